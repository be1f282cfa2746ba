"""Entities on re3d (defence and security prose on Syria and Iraq), beside bare spaCy.

    python -m evals.entities             both, in one run, with the same model
    python -m evals.entities --errors    what sayso misses and adds, by type

Gold: entities of type Organisation, Person and Location that the annotators stood by (confidence
at least 0.5), each span once. Two sets of them are scored:

    named   those that hold a name: a word with a capital other than a sentence's first word, an
            article or a pronoun ("the Velm Brigade", not "the rebels", "he")
    all     descriptions and pronouns too, which neither system looks for

A span is right if both ends are, after a leading article and a closing possessive are taken off
both sides. The type is right if it maps to the gold's:

    gold            sayso                                   spaCy
    Person          person                                  PERSON
    Organisation    organisation, armed_group, outlet       ORG
    Location        place, state                            GPE, LOC, FAC

A state or GPE also counts as an Organisation where the gold says so ("the United States agreed").
`people` and NORP are left out on both sides: the gold's Nationality marks adjectives.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evals.cases import SHARED
from evals.plain_documents import plain_document
from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.spans import Span
from sayso.steps.extract.names import find_names
from sayso.steps.link.actors import Actors

DATA = ("data/re3d/*/documents.json", "data/re3d/*/entities.json")
PINNED = ("span_f1", "type_f1")
CORPUS = SHARED / "data" / "re3d"
_TYPES = ("Organisation", "Person", "Location")
_MAPPED: dict[str, frozenset[str]] = {
    "person": frozenset(("Person",)),
    "organisation": frozenset(("Organisation",)),
    "armed_group": frozenset(("Organisation",)),
    "outlet": frozenset(("Organisation",)),
    "place": frozenset(("Location",)),
    "state": frozenset(("Location", "Organisation")),
    "PERSON": frozenset(("Person",)),
    "ORG": frozenset(("Organisation",)),
    "GPE": frozenset(("Location", "Organisation")),
    "LOC": frozenset(("Location",)),
    "FAC": frozenset(("Location",)),
}
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s?)$")
_PRONOUNS = frozenset(
    "i he she it they we you him her them us his its their our this that these those who".split()
)

Spans = dict[Span, frozenset[str]]
"""By span: the types it may have."""


@dataclass(frozen=True)
class Text:
    """A document of re3d with its gold, by span (article and possessive off)."""

    text: str
    gold: Spans


@dataclass
class Score:
    """Counts over all documents."""

    gold: int = 0
    found: int = 0
    spans: int = 0
    types: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)

    def f1(self, right: int) -> tuple[float, float, float]:
        """Precision, recall and F1 for so many right ones."""
        precision = right / self.found if self.found else 0.0
        recall = right / self.gold if self.gold else 0.0
        total = precision + recall
        return precision, recall, 2 * precision * recall / total if total else 0.0


def texts(corpus: Path = CORPUS) -> Iterator[Text]:
    """The documents, in order of folder and file."""
    for folder in sorted(path.parent for path in corpus.glob("*/documents.json")):
        gold: dict[str, Spans] = {}
        documents = _lines(folder / "documents.json")
        words = {str(d["_id"]): str(d["text"]) for d in documents}
        for entity in _lines(folder / "entities.json"):
            if entity["type"] in _TYPES and float(str(entity["confidence"])) >= 0.5:
                id = str(entity["documentId"])
                span = trimmed(words[id], Span(int(str(entity["begin"])), int(str(entity["end"]))))
                gold.setdefault(id, {}).setdefault(span, frozenset((str(entity["type"]),)))
        for id, text in words.items():
            yield Text(text, gold.get(id, {}))


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8-sig").splitlines() if line.strip()]


def trimmed(text: str, span: Span) -> Span:
    """The span without a leading article and a closing possessive."""
    words = span.cut(text)
    article = _ARTICLE.match(words)
    start = article.end() if article and article.end() < len(words) else 0
    possessive = _POSSESSIVE.search(words, start)
    end = possessive.start() if possessive and possessive.start() > start else len(words)
    return Span(span.start + start, span.start + end)


def is_named(text: str, span: Span) -> bool:
    """Whether the words hold a name: a capital that no sentence's start or pronoun explains."""
    words = span.cut(text).split()
    before = text[: span.start].rstrip(" \t\"“‘'(")
    opens = not before or before[-1] in ".!?\n:"
    for index, word in enumerate(words):
        plain = word.strip("\"“”‘’'(),.")
        if not plain[:1].isupper() or plain.casefold() in _PRONOUNS:
            continue
        alone = index == 0 and opens and len(words) > 1
        if not alone or any(other[:1].isupper() for other in words[1:]) or plain.isupper():
            return True
    return False


def by_sayso(model: SpacyModel) -> Callable[[str], Spans]:
    """What sayso finds: the names of people, bodies and places."""
    actors = Actors.load([], builtin=True)

    def find(text: str) -> Spans:
        analysis = _analysis(model, text)
        return {
            trimmed(text, name.span): _MAPPED[name.kind]
            for name in find_names(analysis, actors)
            if name.kind in _MAPPED
        }

    return find


def by_spacy(model: SpacyModel) -> Callable[[str], Spans]:
    """What the model alone finds, in the very same parses."""

    def find(text: str) -> Spans:
        return {
            trimmed(text, parse.span(name.start, name.end)): _MAPPED[name.label]
            for parse in _analysis(model, text).parses
            for name in parse.names
            if name.label in _MAPPED
        }

    return find


def _analysis(model: SpacyModel, text: str) -> Analysis:
    document = plain_document(text)
    return Analysis(document, model.parse(text, document.zones).parses)


def score(find: Callable[[str], Spans], part: list[Text], *, named: bool) -> Score:
    """How well `find` does. With `named`, gold without a name neither helps nor hurts."""
    total = Score()
    for one in part:
        found = find(one.text)
        gold = one.gold
        if named:
            gold = {span: kinds for span, kinds in gold.items() if is_named(one.text, span)}
            found = {s: k for s, k in found.items() if s in gold or s not in one.gold}
        total.gold += len(gold)
        total.found += len(found)
        both = gold.keys() & found.keys()
        total.spans += len(both)
        total.types += sum(bool(gold[span] & found[span]) for span in both)
        for span in gold.keys() - both:
            total.missed[f"{'/'.join(sorted(gold[span]))}: {span.cut(one.text)}"] += 1
        for span in found.keys() - both:
            total.added[f"{'/'.join(sorted(found[span]))}: {span.cut(one.text)}"] += 1
    return total


def measure() -> dict[str, float]:
    """sayso's figures on the named entities, and how far the model alone stays behind."""
    model, part = SpacyModel(), list(texts())
    ours = score(by_sayso(model), part, named=True)
    bare = score(by_spacy(model), part, named=True)
    return {
        "span_f1": round(ours.f1(ours.spans)[2], 4),
        "type_f1": round(ours.f1(ours.types)[2], 4),
        "spacy_span_f1": round(bare.f1(bare.spans)[2], 4),
        "spacy_type_f1": round(bare.f1(bare.types)[2], 4),
    }


def main() -> None:
    """Print the figures of both."""
    parser = argparse.ArgumentParser(description="Entities on re3d.")
    parser.add_argument("--errors", action="store_true", help="print what is missed and added")
    options = parser.parse_args()
    model, part = SpacyModel(), list(texts())
    for named in (True, False):
        for name, find in (("sayso", by_sayso(model)), ("spaCy", by_spacy(model))):
            got = score(find, part, named=named)
            for what, right in (("spans", got.spans), ("types", got.types)):
                precision, recall, f1 = got.f1(right)
                which = "named" if named else "all"
                print(
                    f"{which:6} {name:6} {what}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
                    f"  ({right} of {got.gold} gold, {got.found} found)"
                )
            if options.errors and named and name == "sayso":
                for title, counts in (("missed", got.missed), ("added", got.added)):
                    print(f"-- {title}")
                    for words, count in sorted(counts.items()):
                        print(f"   {count} {words!r}")


if __name__ == "__main__":
    main()
