"""Why reports are one story, in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sayso.lexicons import load as load_lexicon
from sayso.steps.match.stories.features import Named
from sayso.steps.match.stories.likeness import Vector, Weighed

_MOST = 4
_TELLING = 0.1
"""Words of less weight in a report's vector (at most 1) say nothing to a reader."""


def reasons(reports: Sequence[Weighed]) -> tuple[str, ...]:
    """What most of these reports have in common, the weightiest first; needs two or more."""
    found = [_when(reports)]
    places = _common(reports, lambda one: one.features.places, lambda one: one.places)
    names = _common(reports, lambda one: one.features.names, lambda one: one.names)
    words = _common_words(reports, [*places, *names])
    told = [
        _wording(kind)
        for kind, count in sorted(Counter(k for r in reports for k in r.features.events).items())
        if _most(count, reports)
    ]
    subject = "both" if len(reports) == 2 else "most"
    found.append(f"{subject} name {_listed(places + names)}" if places or names else "")
    found.append(f"{subject} tell of {_listed(told[:_MOST])}" if told else "")
    found.append("share " + _listed([f"‘{word}’" for word in words]) if words else "")
    return tuple(reason for reason in found if reason)


def _when(reports: Iterable[Weighed]) -> str:
    days = sorted(d for r in reports if (d := r.features.published) is not None)
    if len(days) < 2:
        return ""
    first, last = date.fromordinal(days[0]), date.fromordinal(days[-1])
    if first == last:
        return f"same day, {first.isoformat()}"
    return f"within {(last - first).days + 1} days, {first.isoformat()} to {last.isoformat()}"


def _common(
    reports: Sequence[Weighed],
    named: Callable[[Weighed], Iterable[Named]],
    weights: Callable[[Weighed], Vector],
) -> list[str]:
    names: dict[str, Counter[str]] = defaultdict(Counter)
    weight: dict[str, float] = defaultdict(float)
    for report in reports:
        own = weights(report)
        for one in named(report):
            names[one.key][one.name] += 1
            weight[one.key] += own.get(one.key, 0.0)
    shared = [key for key in names if _most(names[key].total(), reports)]
    shared.sort(key=lambda key: (-weight[key], key))
    return [_usual(names[key]) for key in shared[:_MOST]]


def _common_words(reports: Sequence[Weighed], named: Iterable[str]) -> list[str]:
    known = {word.casefold() for name in named for word in name.split()}
    words: dict[str, Counter[str]] = defaultdict(Counter)
    weight: dict[str, float] = defaultdict(float)
    for report in reports:
        for term in report.features.terms:
            weighs = report.terms.get(term.stem, 0.0)
            if term.word.casefold() in known or weighs < _TELLING or not term.word[0].isalpha():
                continue
            words[term.stem][term.word] += 1
            weight[term.stem] += weighs
    shared = [stem for stem in words if _most(words[stem].total(), reports)]
    shared.sort(key=lambda stem: (-weight[stem], stem))
    return [_usual(words[stem]) for stem in shared[:_MOST]]


def _most(count: int, reports: Sequence[Weighed]) -> bool:
    return count >= 2 and 2 * count > len(reports)


def _usual(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _wording(kind: str) -> str:
    """`an attack` for ASSAULT; see `lexicons/stories.toml`."""
    words: dict[str, str] = load_lexicon("stories.toml")["events"]
    return words.get(kind, kind.lower())


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
