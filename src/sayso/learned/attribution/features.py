"""What the attribution tagger is told of a paragraph besides its words: numbers from the parse.

Training and reading call the same functions, so that the network never sees one thing and then
another. All features are small integers, looked up in learned tables.

Two kinds: of a word by itself (its tag, its relation to its head), and of a word as seen from one
cue (the way to it in the tree, how far it stands, which quotation marks lie between).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sayso.learned.attribution.windows import Window
from sayso.records.parses import Parse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]

RELATIONS = (
    *("ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux"),
    *("auxpass", "case", "cc", "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep"),
    *("det", "dobj", "expl", "intj", "mark", "meta", "neg", "nmod", "npadvmod", "nsubj"),
    *("nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj", "predet"),
    *("prep", "prt", "punct", "quantmod", "relcl", "xcomp"),
)
TAGS = (
    *("$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW"),
    *("HYPH", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT"),
    *("POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG"),
    *("VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "_SP", "``"),
)
_RELATION = {name: number for number, name in enumerate(RELATIONS, 1)}
_TAG = {name: number for number, name in enumerate(TAGS, 1)}

N_RELATIONS = len(RELATIONS) + 1
"""0 is a relation that the list does not know."""
N_TAGS = len(TAGS) + 1

_CLIMBS = 4
"""The way up from the cue is told apart for 0, 1, 2, and 3 or more steps."""
_ON_CHAIN = _CLIMBS * 2 * N_RELATIONS
_OTHER_SENTENCE = _ON_CHAIN + _CLIMBS
_SENTENCES = 3
N_PATHS = _OTHER_SENTENCE + 2 * _SENTENCES

_DISTANCES = np.array([1, 2, 3, 4, 5, 7, 10, 15, 23, 40])
N_DISTANCES = 2 * len(_DISTANCES) + 1

_MARKS = frozenset({'"', "“", "”", "„", "«", "»", "''", "``"})
_OPENS = frozenset({"“", "„", "«", "``"})
_CLOSES = frozenset({"”", "»"})
N_QUOTES = 4 * 2 * 2


def tag_ids(parse: Parse, first: int, last: int) -> Ids:
    """Each word's Penn tag."""
    return np.array([_TAG.get(tag, 0) for tag in parse.tags[first:last]], dtype=np.int64)


def relation_ids(parse: Parse, first: int, last: int) -> Ids:
    """Each word's relation to its head."""
    return np.array([_RELATION.get(dep, 0) for dep in parse.deps[first:last]], dtype=np.int64)


def of_pieces(window: Window, parses: Sequence[Parse]) -> tuple[Ids, Ids]:
    """The tag and the relation of the word that each piece of a window belongs to; 0 for marks."""
    none = np.zeros(1, dtype=np.int64)
    of_word = [
        np.concatenate([*(find(parses[s.parse], s.first, s.last) for s in window.stretches), none])
        for find in (tag_ids, relation_ids)
    ]
    word_of = np.array(window.word_of)  # -1, a mark, takes the last: 0
    return of_word[0][word_of], of_word[1][word_of]


class QuotationMarks:
    """The double quotation marks of one parse: which words are marks, which stand inside them."""

    def __init__(self, words: Sequence[str]) -> None:
        inside = False
        passed = 0
        self.is_mark = np.zeros(len(words), dtype=np.int64)
        self.is_inside = np.zeros(len(words), dtype=np.int64)
        self.passed = np.zeros(len(words), dtype=np.int64)
        """Marks up to and with each word."""
        for index, word in enumerate(words):
            if word in _MARKS:
                passed += 1
                self.is_mark[index] = 1
                inside = word in _OPENS or (word not in _CLOSES and not inside)
            self.is_inside[index] = inside
            self.passed[index] = passed


def path_ids(parse: Parse, head: int, first: int, last: int) -> Ids:
    """For each word of `[first, last)`, its way in the tree from the cue's `head`.

    Up from the cue `climb` steps to an ancestor, then down the branch of one relation on one side;
    or a word on that way up; or how many sentences away. Linear in the words of the sentence.
    """
    own = parse.sentence_of[head]
    away = np.array(parse.sentence_of[first:last], dtype=np.int64) - own
    ids: Ids = np.minimum(np.abs(away), _SENTENCES) - 1 + _OTHER_SENTENCE + _SENTENCES * (away > 0)
    ways: dict[int, int] = {}
    at, climbed = head, 0
    while at not in ways:
        ways[at] = _ON_CHAIN + min(climbed, _CLIMBS - 1)
        at, climbed = parse.heads[at], climbed + 1
    climbs = {word: min(step, _CLIMBS - 1) for step, word in enumerate(ways)}
    start, end = parse.sentences[own]
    for index in range(max(start, first), min(end, last)):
        ids[index - first] = _way(parse, index, head, ways, climbs)
    return ids


def _way(parse: Parse, index: int, head: int, ways: dict[int, int], climbs: dict[int, int]) -> int:
    trail: list[int] = []
    at = index
    while at not in ways:
        trail.append(at)
        above = parse.heads[at]
        if above in climbs:
            side = 1 if at > head else 0
            relation = _RELATION.get(parse.deps[at], 0)
            ways[at] = (climbs[above] * 2 + side) * N_RELATIONS + relation
        elif above == at:  # another root in the same sentence
            ways[at] = 0
        else:
            at = above
    found = ways[at]
    for passed in trail:
        ways[passed] = found
    return found


def distance_ids(length: int, first: int, last: int) -> Ids:
    """For each of `length` words, how far it stands from the cue `[first, last)`, by steps."""
    index = np.arange(length)
    before = np.searchsorted(_DISTANCES, first - index, side="right")
    after = np.searchsorted(_DISTANCES, index - last + 1, side="right")
    ids = np.where(index < first, before, 0)
    return np.where(index >= last, len(_DISTANCES) + after, ids).astype(np.int64)


def quote_ids(marks: QuotationMarks, cue: int, first: int, last: int) -> Ids:
    """For each word of `[first, last)`, the quotation marks between it and the cue (0 to 3)."""
    between = np.minimum(np.abs(marks.passed[first:last] - marks.passed[cue]), 3)
    inside, mark = marks.is_inside[first:last], marks.is_mark[first:last]
    ids: Ids = (between * 2 + inside) * 2 + mark
    return ids
