"""Entities on re3d (defence and security prose on Syria and Iraq), beside bare spaCy.

    python -m evals.entities             both, in one run, with the same model
    python -m evals.entities --folders   by folder, too
    python -m evals.entities --errors    what sayso misses and adds, by type

Gold: entities that the annotators stood by (confidence at least 0.5), each span once. Scored are

    named   those that hold a name: a word with a capital other than a sentence's first word, an
            article or a pronoun ("the Velm Brigade", not "the rebels", "he")
    all     descriptions and pronouns too, which neither system looks for
    more    `all`, with times

A span is right if both ends are, after a leading article and a closing possessive are taken off
both sides. The type is right if it maps to the gold's:

    gold            sayso                                           spaCy
    Person          person                                          PERSON
    Organisation    organisation, armed_group, outlet, people       ORG
    Location        place, state                                    GPE, LOC, FAC
    Temporal        times                                           DATE, TIME

A state or GPE also counts as an Organisation where the gold says so ("the United States agreed").
The gold calls people taken together ("Tarvian officials") an Organisation; NORP, nearly always an
adjective, is not counted as one: that would only lower spaCy's figures. Left out are types that the
ledger holds for itself nowhere (Nationality, Vehicle, Weapon, DocumentReference, Coordinate and the
like), and quantities and money, which it holds only where they are part of a claim.

sayso finds phrases with a tagger trained on re3d. Each folder is read here with a tagger trained
on the other folders (`evals/data/phrases`); a folder that came later with the one in the package.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.cases import SHARED
from evals.plain_documents import plain_document
from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.spans import Span
from sayso.steps.extract.names import find_names
from sayso.steps.extract.phrase_tagger import PhraseTagger
from sayso.steps.extract.phrases import find_phrases
from sayso.steps.extract.times import dated_times
from sayso.steps.link.actors import Actors
from sayso.steps.link.entities import link_entities
from sayso.steps.link.phrases import link_phrases

DATA = ("data/re3d/*/documents.json", "data/re3d/*/entities.json")
FOLDS = Path(__file__).parent / "data" / "phrases"
"""Taggers that have not seen one folder, by `fold_name`; `training/phrases.py` writes them."""
OWN = tuple(sorted(FOLDS.glob("*.npz")))
PINNED = ("span_f1", "type_f1", "all_span_f1", "all_type_f1")
CORPUS = SHARED / "data" / "re3d"
_ENTITIES = frozenset(("Organisation", "Person", "Location"))
_MORE = _ENTITIES | {"Temporal"}
_TEMPORAL = frozenset(("Temporal",))
_MAPPED: dict[str, frozenset[str]] = {
    "person": frozenset(("Person",)),
    "organisation": frozenset(("Organisation",)),
    "armed_group": frozenset(("Organisation",)),
    "outlet": frozenset(("Organisation",)),
    "people": frozenset(("Organisation",)),
    "place": frozenset(("Location",)),
    "state": frozenset(("Location", "Organisation")),
    "PERSON": frozenset(("Person",)),
    "ORG": frozenset(("Organisation",)),
    "GPE": frozenset(("Location", "Organisation")),
    "LOC": frozenset(("Location",)),
    "FAC": frozenset(("Location",)),
    "DATE": _TEMPORAL,
    "TIME": _TEMPORAL,
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

    folder: str
    text: str
    gold: Spans


Find = Callable[[Text], Spans]


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
            if entity["type"] in _MORE and float(str(entity["confidence"])) >= 0.5:
                id = str(entity["documentId"])
                span = trimmed(words[id], Span(int(str(entity["begin"])), int(str(entity["end"]))))
                gold.setdefault(id, {}).setdefault(span, frozenset((str(entity["type"]),)))
        for id, text in words.items():
            yield Text(folder.name, text, gold.get(id, {}))


def fold_name(folder: str) -> str:
    """The file of the tagger that has not seen this folder."""
    return "-".join(folder.lower().split()) + ".npz"


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


def by_sayso(model: SpacyModel) -> Find:
    """What sayso's ledger holds: names, and the phrases that stand for people, bodies, places.

    A folder that the built-in phrase tagger was trained on is read with one that was not.
    """
    actors = Actors.load([], builtin=True)
    taggers = {path.name: PhraseTagger.load(path) for path in FOLDS.glob("*.npz") if path.is_file()}

    def find(one: Text) -> Spans:
        analysis = _analysis(model, one.text)
        names = find_names(analysis, actors)
        named = link_entities(analysis, names, actors, made_by="evals")
        tagger = taggers.get(fold_name(one.folder))
        phrases = find_phrases(analysis, names, actors, tagger)
        phrased = link_phrases(analysis, named, phrases, made_by="evals")
        kinds = {e.id: e.kind for e in (*named.entities.values(), *phrased.entities)}
        found = {
            trimmed(one.text, mention.span): _MAPPED[kinds[mention.entity]]
            for mention in (*named.mentions, *phrased.mentions)
            if kinds[mention.entity] in _MAPPED
        }
        times = dated_times(analysis)
        return found | {trimmed(one.text, time.span): _TEMPORAL for time in times}

    return find


def by_spacy(model: SpacyModel) -> Find:
    """What the model alone finds, in the very same parses."""

    def find(one: Text) -> Spans:
        return {
            trimmed(one.text, parse.span(name.start, name.end)): _MAPPED[name.label]
            for parse in _analysis(model, one.text).parses
            for name in parse.names
            if name.label in _MAPPED
        }

    return find


def _analysis(model: SpacyModel, text: str) -> Analysis:
    document = plain_document(text)
    return Analysis(document, model.parse(text, document.zones).parses)


def score(
    find: Find, part: Sequence[Text], *, named: bool, types: frozenset[str] = _ENTITIES
) -> Score:
    """How well `find` does. With `named`, gold without a name neither helps nor hurts."""
    total = Score()
    for one in part:
        gold = _of(types, one.gold)
        found = _of(types, find(one))
        if named:
            wanted = {span: kinds for span, kinds in gold.items() if is_named(one.text, span)}
            found = {s: k for s, k in found.items() if s in wanted or s not in gold}
            gold = wanted
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


def _of(types: frozenset[str], spans: Spans) -> Spans:
    return {span: kinds & types for span, kinds in spans.items() if kinds & types}


def measure() -> dict[str, float]:
    """sayso's figures, and those of the model alone beside them."""
    model, part = SpacyModel(), list(texts())
    figures: dict[str, float] = {}
    for who, find in (("", by_sayso(model)), ("spacy_", by_spacy(model))):
        for which, named in (("", True), ("all_", False)):
            got = score(find, part, named=named)
            figures[f"{who}{which}span_f1"] = round(got.f1(got.spans)[2], 4)
            figures[f"{who}{which}type_f1"] = round(got.f1(got.types)[2], 4)
    return figures


def main() -> None:
    """Print the figures of both."""
    parser = argparse.ArgumentParser(description="Entities on re3d.")
    parser.add_argument("--folders", action="store_true", help="print each folder's figures, too")
    parser.add_argument("--errors", action="store_true", help="print what is missed and added")
    options = parser.parse_args()
    model, part = SpacyModel(), list(texts())
    systems = (("sayso", by_sayso(model)), ("spaCy", by_spacy(model)))
    for name, find in systems:
        for which, named, types in (
            ("named", True, _ENTITIES),
            ("all", False, _ENTITIES),
            ("more", False, _MORE),
        ):
            _print(f"{which:6} {name}", score(find, part, named=named, types=types))
        for type in sorted(_MORE):
            _print(f"{type:12} {name}", score(find, part, named=False, types=frozenset((type,))))
        for folder in sorted({one.folder for one in part}) if options.folders else ():
            own = [one for one in part if one.folder == folder]
            _print(f"named {folder:41} {name}", score(find, own, named=True))
        if options.errors and name == "sayso":
            got = score(find, part, named=True)
            for title, counts in (("missed", got.missed), ("added", got.added)):
                print(f"-- {title}")
                for words, count in sorted(counts.items()):
                    print(f"   {count} {words!r}")


def _print(title: str, got: Score) -> None:
    for what, right in (("spans", got.spans), ("types", got.types)):
        precision, recall, f1 = got.f1(right)
        print(
            f"{title} {what}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
            f"  ({right} of {got.gold} gold, {got.found} found)"
        )


if __name__ == "__main__":
    main()
