"""Names that no finder of names took for one: words that a document writes with a capital wherever
they stand."""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.steps.extract.scenes import Scene

_WORD = re.compile(r"[^\W\d_]+")
_STARTS = frozenset(".!?:\n\r\"“”‘'•*-–—")
_SHORTEST = 4
"""Letters of such a name."""
_NOUNS = frozenset({"NNP", "NNPS", "NN", "JJ"})
"""Tags that the parser gives to a name it has never seen."""
_ENDS = frozenset(
    {
        "nsubj",
        "nsubjpass",
        "pobj",
        "dobj",
        "poss",
        "attr",
        "acomp",
        "conj",
        "compound",
        "advmod",
        "amod",
    }
)


def is_unknown_name(scene: Scene, token: int) -> bool:
    """Whether a token that names nothing known is a proper name all the same: one capitalised word
    that the document writes so in mid-sentence, never small, and that stands alone."""
    parse = scene.parse
    word = parse.words[token]
    if parse.tags[token] not in _NOUNS or parse.deps[token] not in _ENDS:
        return False
    if scene.mention_at(token) is not None or token in scene.timed:
        return False
    if any(parse.words[i][:1].isupper() for i in _beside(scene, token)):
        return False
    return word in _capitalised(scene.text)


def _beside(scene: Scene, token: int) -> list[int]:
    first, last = scene.parse.sentences[scene.parse.sentence_of[token]]
    before = [token - 1] if token - 1 > first else []  # the first word has a capital anyway
    return [*before, *([token + 1] if token + 1 < last else [])]


@lru_cache(maxsize=4)
def _capitalised(text: str) -> frozenset[str]:
    """The words that a text capitalises in mid-sentence and nowhere writes small. Linear in it."""
    names: set[str] = set()
    small: set[str] = set()
    for match in _WORD.finditer(text):
        word = match[0]
        if word.islower():
            small.add(word)
        elif len(word) >= _SHORTEST and word[1:].islower():
            before = text[max(0, match.start() - 2) : match.start()]
            if before and not _STARTS.intersection(before):
                names.add(word)
    return frozenset(name for name in names if name.lower() not in small)
