"""Whether a sentence says no more than what it cites.

A test of words, not of sense: it is strict, so that what passes can be relied on, and a sentence in
free words is refused rather than believed. What it cannot see is said in docs/explain/briefs.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.lexicons import load
from sayso.values.stems import stem

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FOLDED = str.maketrans(dict.fromkeys('“”„‟«»‹›‘’‚‛"`', "'") | dict.fromkeys("‐‑–—−", "-"))

_BESIDE = 6
"""Words beside a quotation in which a negation may bear on it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one citation gives a sentence."""

    quotable: tuple[str, ...]
    """Words that may stand in quotation marks: what is cited, and fields that hold words."""
    fields: tuple[str, ...]
    """Other words that the finding holds: names, role, place, kind, number, outlet, date."""
    acts: frozenset[str]
    """What its speaker does."""
    named: tuple[frozenset[str], ...]
    """Of each who must be named: the words of each of their names, one of them is enough."""
    negative: bool
    """Whether it says that something is not so."""


def faults_of(sentence: str, evidence: list[Evidence]) -> Iterator[str]:
    """Why the sentence is not carried, in words; nothing where it is."""
    quotes, rest = _parted(sentence)
    quotable = [folded(text) for one in evidence for text in one.quotable]
    for quote in quotes:
        for piece in quote.split("…"):
            words = folded(piece)
            places = [(text, at) for text in quotable if (at := _place(text, words)) >= 0]
            if words and not places:
                yield f"does not stand in what is cited: “{piece.strip()}”"
            elif (
                words
                and not is_negative(rest)
                and all(_cuts_negation(text, at, at + len(words)) for text, at in places)
            ):
                yield f"cuts off the negation beside “{piece.strip()}”"
    carried = _carried(evidence)
    foreign = [word for word in _words(rest) if not _known(word, carried)]
    if foreign:
        yield f"not carried by what is cited: {', '.join(dict.fromkeys(foreign))}"
    said = {stem(word) for word in _words(rest)}
    for one in evidence:
        if one.named and not any(name <= said for name in one.named):
            yield "does not say whose word it is"
            break
    negators = _negators()
    negated = any(word in negators for word in _words(sentence))
    if any(one.negative for one in evidence) and not negated and not _denies(sentence):
        yield "leaves out that it is denied or negated"


def folded(text: str) -> str:
    """Text for comparing: one kind of quotation mark and dash, one space, lower case."""
    return " ".join(text.translate(_FOLDED).casefold().split())


def name_words(name: str) -> frozenset[str]:
    """The stems of a name."""
    return frozenset(stem(word) for word in _words(name))


def is_negative(text: str) -> bool:
    """Whether words hold a negation."""
    negators = _negators()
    return any(word in negators for word in _words(text))


def _parted(sentence: str) -> tuple[list[str], str]:
    """What stands in double quotation marks, and the rest. A mark without its partner opens
    nothing."""
    quotes = re.findall(r"“([^“”]*)”", sentence)
    return quotes, re.sub(r"“[^“”]*”", " ", sentence)


def _place(text: str, words: str) -> int:
    """Where the words stand in the text, not inside a longer word; -1: nowhere."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        before = at == 0 or not (text[at - 1].isalnum() and words[0].isalnum())
        after = end == len(text) or not (text[end].isalnum() and words[-1].isalnum())
        if before and after:
            return at
        at = text.find(words, at + 1)
    return -1


def _cuts_negation(text: str, start: int, end: int) -> bool:
    """Whether a negation stands close before or behind the words, in the same sentence."""
    before = re.split(r"[.;!?]", text[:start])[-1]
    behind = re.split(r"[.;!?]", text[end:], maxsplit=1)[0]
    beside = [*_words(before)[-_BESIDE:], *_words(behind)[:_BESIDE]]
    negators = _negators()
    return any(word in negators for word in beside)


def _carried(evidence: list[Evidence]) -> set[str]:
    lexicon = load("briefs.toml")
    carried = set(lexicon["words"]["free"].split())
    for one in evidence:
        for text in (*one.quotable, *one.fields):
            for word in _words(text):
                carried |= {word, stem(word)}
        for act in one.acts:
            told = [*lexicon["synonyms"].get(act, ()), *lexicon["told"].get(act, "").split()]
            carried.update(told)
        if one.negative:
            carried |= _negators()
    return carried


def _known(word: str, carried: set[str]) -> bool:
    if word[0].isdigit():
        return word in carried
    return word in carried or stem(word) in carried


def _words(text: str) -> list[str]:
    """Words in lower case; numbers without the commas between their digits."""
    plain = _NUMBER.sub(lambda found: found[0].replace(",", ""), text)
    return [word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(plain.casefold())]


def _negators() -> frozenset[str]:
    return frozenset(load("briefs.toml")["words"]["negators"].split())


def _denies(sentence: str) -> bool:
    denials = {*load("briefs.toml")["synonyms"]["denies"], "declined", "refused"}
    return any(word in denials for word in _words(sentence))
