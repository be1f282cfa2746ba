"""Quotations planted in a second document, changed or not, and followed.

    python -m evals.journeys [--part train|dev]    the figures
    python -m evals.journeys --errors 20           what was missed or told wrongly

What people marked as said in PolNeAR's articles (`train`, on which limits were set, or `dev`) is
taken as it stands. Of every third passage of ten words or more one later document gets the words,
with one change made by a seeded hand: none, cut after a comma or half-way, a hedge or a negation
taken out, "could be" made "is", the speaker changed, or the speaker left out. The other passages
stand beside them: whoever joins them with a planted one, or with one another, is wrong, unless
the words were there twice before anything was planted.

    pair_recall         planted pairs that one journey holds
    pair_precision      pairs of documents in a journey that were planted or there before
    KIND_precision, _recall   changes of this kind told of the planted appearances
    exact_recall        planted pairs that equal words alone would find (the baseline)
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from evals.brat import articles
from evals.cases import SHARED
from evals.polnear import reference
from sayso.records.findings import Words
from sayso.records.matches import Journey
from sayso.records.spans import Span
from sayso.steps.match.journeys.following import journeys
from sayso.steps.match.journeys.passages import Passage

DATA = ("data/polnear/dev/text/*.txt", "data/polnear/dev/attributions/*.ann")
KINDS = (
    "shortened",
    "hedge_dropped",
    "negation_changed",
    "attribution_dropped",
    "attribution_changed",
)
PINNED = (
    "pair_precision",
    "pair_recall",
    *(f"{kind}_recall" for kind in KINDS),
    "hedge_dropped_precision",
    "negation_changed_precision",
)
SEED = 5
_LEAST = 10
_QUOTED = re.compile(r"[\"“”]|''|``")
_HEDGE = re.compile(
    r"\b(?:could|may|might|probably|reportedly|possibly|perhaps|likely|apparently|allegedly)\b ?"
)
_COULD_BE = re.compile(r"\b(?:could|may|might) be\b")
_NOT = re.compile(r" not\b|n['’]t\b")
_EARLIER, _LATER = "2031-05-01", "2031-05-02"


@dataclass(frozen=True)
class Planted:
    """Words of one document that a later one has, and what was done to them."""

    source: Passage
    copy: Passage
    change: str
    """A kind of change, or `same`."""


def passages(part: str) -> Iterator[Passage]:
    """What people marked as said in a part of PolNeAR, in the order of the articles."""
    for number, article in enumerate(articles(SHARED / "data" / "polnear" / part)):
        for index, one in enumerate(reference(article) or ()):
            pieces = tuple(Words(span, span.cut(article.text)) for span in one.content)
            if not pieces:
                continue
            source = " ".join(span.cut(article.text) for span in one.source) or None
            quoted = any(_QUOTED.search(piece.quote) for piece in pieces)
            yield Passage(
                document=f"d{number}",
                pieces=pieces,
                published=_EARLIER,
                statement=f"d{number}-{index}",
                kind="direct" if quoted else "indirect",
                holder=f"d{number}-{source}" if source else None,
                holder_name=source,
            )


def plant(told: list[Passage]) -> list[Planted]:
    """A later document for every third passage that is long enough."""
    chance = random.Random(SEED)
    made: list[Planted] = []
    for index, source in enumerate(told[::3]):
        text = " ".join(piece.quote for piece in source.pieces)
        if len(source.words) < _LEAST:
            continue
        ways = [way for way in WAYS if WAYS[way](text) is not None]
        if source.holder is None:
            ways = [way for way in ways if not way.startswith("attribution")]
        # Rare changes first: a hedge stands in one passage of ten.
        rare = [way for way in ways if way in ("hedge_dropped", "negation_changed")]
        way = chance.choice(rare or ways)
        made.append(Planted(source, _copied(source, WAYS[way](text) or text, way, index), way))
    return made


def _copied(source: Passage, text: str, way: str, index: int) -> Passage:
    copy = replace(
        source,
        document=f"p{index}",
        pieces=(Words(Span(0, len(text)), text),),
        published=_LATER,
        statement=f"p{index}-s",
    )
    if way == "attribution_changed":
        return replace(copy, holder="somebody else", holder_name="Ana Dorn")
    if way == "attribution_dropped":
        return replace(copy, statement=None, holder=None, holder_name=None, kind=None)
    return copy


def _cut(text: str) -> str | None:
    """The beginning of a text, up to a comma behind its first eight words, else half of it."""
    words = text.split()
    for count in range(8, len(words) - 2):
        if words[count - 1].endswith(","):
            return " ".join(words[:count])
    return " ".join(words[: max(8, len(words) // 2)]) if len(words) >= 12 else None


def _unhedged(text: str) -> str | None:
    if _COULD_BE.search(text):
        return _COULD_BE.sub("is", text, count=1)
    return _HEDGE.sub("", text, count=1) if _HEDGE.search(text) else None


def _turned(text: str) -> str | None:
    return _NOT.sub("", text, count=1) if len(_NOT.findall(text)) == 1 else None


WAYS: dict[str, Callable[[str], str | None]] = {
    "same": lambda text: text,
    "shortened": _cut,
    "hedge_dropped": _unhedged,
    "negation_changed": _turned,
    "attribution_changed": lambda text: text,
    "attribution_dropped": lambda text: text,
}


@cache
def _followed(part: str) -> tuple[list[Planted], list[Journey], set[frozenset[str]]]:
    told = list(passages(part))
    before = {
        frozenset(pair)
        for one in journeys(told, made_by="evals")
        for pair in combinations({a.document for a in one.appearances}, 2)
    }
    planted = plant(told)
    quotes = [*told, *(p.copy for p in planted if p.copy.statement is not None)]
    sentences = [p.copy for p in planted if p.copy.statement is None]
    return planted, journeys(quotes, sentences, made_by="evals"), before


def figures(part: str) -> dict[str, float]:
    """The figures of one part."""
    planted, found, before = _followed(part)
    wanted = {frozenset((p.source.document, p.copy.document)): p for p in planted}
    pairs = {
        frozenset(pair)
        for one in found
        for pair in combinations({a.document for a in one.appearances}, 2)
    }
    there = pairs & (wanted.keys() | _carried(planted, before) | before)
    told = _changes(found)
    hit, claimed, total = Counter[str](), Counter[str](), Counter[str]()
    for one in planted:
        total[one.change] += 1
        kinds = told.get(one.copy.document, set())
        claimed.update(kinds)
        hit[one.change] += one.change in kinds
    equal = sum(p.source.words.folded == p.copy.words.folded for p in planted)
    result = {
        "pair_recall": sum(pair in pairs for pair in wanted) / len(wanted),
        "pair_precision": len(there) / max(1, len(pairs)),
        "exact_recall": equal / len(planted),
        "planted": float(len(planted)),
    }
    for kind in KINDS:
        result[f"{kind}_recall"] = hit[kind] / max(1, total[kind])
        result[f"{kind}_precision"] = hit[kind] / max(1, claimed[kind])
    return result


def _carried(planted: list[Planted], before: set[frozenset[str]]) -> set[frozenset[str]]:
    """Pairs that planting made of pairs that were there: a copy and what its source was beside."""
    beside: dict[str, set[str]] = {}
    for pair in before:
        one, other = sorted(pair)
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    copies: dict[str, list[str]] = {}
    for p in planted:
        copies.setdefault(p.source.document, []).append(p.copy.document)
    found: set[frozenset[str]] = set()
    for p in planted:
        for other in beside.get(p.source.document, ()):
            found.add(frozenset((p.copy.document, other)))
            found |= {frozenset((p.copy.document, copy)) for copy in copies.get(other, ())}
    return found


def _changes(found: list[Journey]) -> dict[str, set[str]]:
    """By document: the kinds of change told of it."""
    told: dict[str, set[str]] = {}
    for one in found:
        for appearance in one.appearances:
            kinds = told.setdefault(appearance.document, set())
            kinds |= {change.kind for change in appearance.changes}
    return told


def measure() -> dict[str, float]:
    """Our figures on dev."""
    return figures("dev")


def _errors(part: str, limit: int) -> None:
    planted, found, _ = _followed(part)
    told = _changes(found)
    wrong = 0
    for one in planted:
        kinds = told.get(one.copy.document)
        weighty = {k for k in kinds or () if k in KINDS}
        expected = set() if one.change == "same" else {one.change}
        if kinds is None or weighty != expected:
            wrong += 1
            if wrong > limit:
                return
            print(one.change, "| told:", kinds)
            print("   ", " ".join(piece.quote for piece in one.source.pieces).replace("\n", " "))
            print("   ", one.copy.pieces[0].quote.replace("\n", " "))


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description="Quotations planted and followed.")
    arguments.add_argument("--part", choices=("train", "dev"), default="dev")
    arguments.add_argument("--errors", type=int, default=0, metavar="N")
    given = arguments.parse_args()
    if given.errors:
        _errors(given.part, given.errors)
        return
    for name, value in figures(given.part).items():
        print(f"{name:28} {value:.4f}")


if __name__ == "__main__":
    main()
