"""How likely two reports tell of the same happening.

Short reports of one happening may share few words, but both share words with a third. So beside
its own words each report is compared by those of its nearest reports (query expansion, Rocchio
1971).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, sqrt

from sayso.steps.match.logistic import load
from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.features import Named, StoryFeatures
from sayso.values.stems import stem

WEIGHTS = "stories"
"""Trained by `training/stories.py`."""
NEIGHBOURS = 8
"""How many of the nearest reports lend their words."""
_LENDS = 0.2
"""Cosine from which a near report lends its words. In a small collection on one conflict even the
nearest reports tell of other happenings. Found on ECB+ train and MEANTIME's half on car makers."""
_WIDE = 120
"""Terms of a report and its neighbours that are kept."""
NEAR = 3
"""Reports published at most so many days apart are not told apart by their dates."""
_DAY = 0.25
"""What each day beyond that takes from the log of the odds. Set by hand: the stories that the
weights were trained on have no dates of publication."""

Vector = Mapping[str, float]


@dataclass(frozen=True)
class Weighed:
    """A report's features as vectors of length 1, weighted by a background."""

    features: StoryFeatures
    terms: Vector
    names: Vector
    places: Vector
    numbers: frozenset[str]


def weighed(features: StoryFeatures, background: Background) -> Weighed:
    """The vectors of one report."""
    terms = {term.stem: term.weight * background.rarity(term.stem) for term in features.terms}
    return Weighed(
        features,
        unit(terms),
        unit(_by_rarity(features.names, background)),
        unit(_by_rarity(features.places, background)),
        frozenset(stem for stem in terms if stem[0].isdigit()),
    )


def _by_rarity(named: Iterable[Named], background: Background) -> dict[str, float]:
    """Names by what their rarest word tells: they are counted among the words of a report."""
    return {
        one.key: one.weight * max(background.rarity(stem(word)) for word in one.key.split())
        for one in named
    }


def unit(vector: Vector) -> Vector:
    """The vector with length 1; empty where it has none."""
    length = sqrt(sum(value * value for value in vector.values()))
    return {name: value / length for name, value in vector.items() if value > 0} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Of two vectors of length 1; 0 where one is empty."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[name] for name, value in one.items() if name in other)


def widened(terms: Vector, nearest: Iterable[tuple[float, Vector]]) -> Vector:
    """A report's terms with those of its nearest reports, each by how near it is."""
    wide = dict(terms)
    for nearness, theirs in nearest:
        if nearness < _LENDS:
            continue
        for name, value in theirs.items():
            wide[name] = wide.get(name, 0.0) + nearness * value
    if len(wide) > _WIDE:
        wide = dict(sorted(wide.items(), key=lambda item: (-item[1], item[0]))[:_WIDE])
    return unit(wide)


def signs(one: Weighed, other: Weighed, wide: float) -> dict[str, float]:
    """What speaks for and against, by name. `wide`: the cosine of the widened terms."""
    left, right = one.features, other.features
    terms = cosine(one.terms, other.terms)
    common = sorted(
        min(value, other.terms[name]) for name, value in one.terms.items() if name in other.terms
    )
    found = {
        "terms": terms,
        "terms_root": sqrt(terms),
        "best_terms": sum(common[-3:]),
        "wide": wide,
        "wide_squared": wide * wide,
        "names": cosine(one.names, other.names),
        "places": cosine(one.places, other.places),
        "events": _share(left.events, right.events),
    }
    if one.names and other.names and not one.names.keys() & other.names.keys():
        found["no_common_name"] = 1.0
    if one.places and other.places and not one.places.keys() & other.places.keys():
        found["no_common_place"] = 1.0
    if one.numbers and other.numbers:
        found["same_number" if one.numbers & other.numbers else "other_numbers"] = 1.0
    return found


def _share(left: Iterable[str], right: Iterable[str]) -> float:
    one, other = set(left), set(right)
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


def days_apart(one: StoryFeatures, other: StoryFeatures) -> int | None:
    """Between the days of publication; None where one is not known."""
    if one.published is None or other.published is None:
        return None
    return abs(one.published - other.published)


def likelihood(one: Weighed, other: Weighed, wide: float) -> float:
    """That both tell of one happening, 0..1: trained, and less the farther apart in days."""
    probability = load(WEIGHTS).probability(signs(one, other, wide))
    apart = days_apart(one.features, other.features)
    if apart is None or apart <= NEAR or probability <= 0:
        return probability
    odds = probability / max(1e-12, 1 - probability) * exp(-_DAY * (apart - NEAR))
    return odds / (1 + odds)


def likeness(
    left: StoryFeatures, right: StoryFeatures, background: Background | None = None
) -> tuple[float, tuple[str, ...]]:
    """How likely two reports tell of one happening, 0..1, and why, as if there were no others."""
    from sayso.steps.match.stories.reasons import reasons

    counts = background or built_in()
    one, other = weighed(left, counts), weighed(right, counts)
    near = cosine(one.terms, other.terms)
    wide = cosine(
        widened(one.terms, [(near, other.terms)]), widened(other.terms, [(near, one.terms)])
    )
    return likelihood(one, other, wide), reasons([one, other])
