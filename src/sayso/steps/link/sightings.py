"""Where entities are spoken of, and which of them stands out at a given place.

An entity's salience is the sum over the sentences before of how prominent it is there, halved
with every sentence that lies between: the weighting of Lappin and Leass (An Algorithm for
Pronominal Anaphora Resolution, Computational Linguistics 20(4), 1994), with speakers above
subjects, since a pronoun before "said" mostly is whoever spoke before. What stands in quotation
marks is the speaker's own talk: it counts only where nothing else fits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sayso.records.analyses import Analysis, DocumentEntities, DraftStatement
from sayso.records.findings import Mention
from sayso.records.parses import Parse
from sayso.records.spans import Span, merged

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_REACH = 4_000
"""How far back is looked, in characters."""
_WEIGHTS = (1.0, 2.5, 3.0)
"""By prominence: otherwise, as a subject, as a holder."""
_FORGOTTEN = 60
"""Sentences after which halving any further makes no difference."""


@dataclass(frozen=True, order=True)
class Sighting:
    """A place where an entity was spoken of, and how prominently."""

    position: int
    entity: str
    prominence: int
    """2: as a holder; 1: as a subject; 0: otherwise."""
    spoken: bool = False
    """Whether it stands in somebody's own words."""


class Sightings:
    """The sightings of one document, in text order; more are added as they are found."""

    def __init__(
        self, analysis: Analysis, named: DocumentEntities, drafts: Sequence[DraftStatement]
    ) -> None:
        self._sentences = [
            parse.starts[first] for parse in analysis.parses for first, _ in parse.sentences
        ]
        self._speech = merged(span for draft in drafts for span in draft.exact)
        self._speech_starts = [span.start for span in self._speech]
        heads = {draft.holder_head for draft in drafts}
        self._all = sorted(
            Sighting(m.span.start, m.entity, _prominence(p, m, heads), self._spoken(m.span.start))
            for p, m in _in_bodies(analysis, named)
        )

    def add(self, entity: str, position: int, prominence: int) -> None:
        """Remember that `entity` was spoken of at `position`, by whatever words."""
        insort(self._all, Sighting(position, entity, prominence, self._spoken(position)))

    def last(
        self,
        position: int,
        fits: Callable[[str], bool],
        *,
        outside: Sequence[Span] = (),
        least_prominence: int = 0,
    ) -> str | None:
        """The fitting entity that stands out most before `position`; None where none fits.

        `outside`: what a statement says, where its holder is not named.
        """
        wanted = [
            sighting
            for sighting in self._back(position, _REACH)
            if sighting.prominence >= least_prominence
            and fits(sighting.entity)
            and not any(span.start <= sighting.position < span.end for span in outside)
        ]
        unspoken = wanted if self._spoken(position) else [s for s in wanted if not s.spoken]
        return self._most_salient(unspoken or wanted, position)

    def is_near(self, entity: str, position: int, reach: int) -> bool:
        """Whether the entity was spoken of at most `reach` characters before `position`."""
        return any(sighting.entity == entity for sighting in self._back(position, reach))

    def _back(self, position: int, reach: int) -> list[Sighting]:
        first = bisect_left(self._all, Sighting(max(0, position - reach), "", -1))
        return self._all[first : bisect_left(self._all, Sighting(position, "", -1))]

    def _most_salient(self, sightings: Sequence[Sighting], position: int) -> str | None:
        here = self._sentence(position)
        by_sentence: dict[tuple[str, int], float] = {}
        for sighting in sightings:
            key = (sighting.entity, here - self._sentence(sighting.position))
            by_sentence[key] = max(by_sentence.get(key, 0.0), _WEIGHTS[sighting.prominence])
        salience: dict[str, float] = {}
        for (entity, distance), weight in by_sentence.items():
            salience[entity] = salience.get(entity, 0.0) + weight / 2 ** min(distance, _FORGOTTEN)
        latest = {sighting.entity: sighting.position for sighting in sightings}
        return max(salience, key=lambda e: (salience[e], latest[e]), default=None)

    def _sentence(self, position: int) -> int:
        return bisect_right(self._sentences, position)

    def _spoken(self, position: int) -> bool:
        index = bisect_right(self._speech_starts, position) - 1
        return index >= 0 and position < self._speech[index].end


def _in_bodies(analysis: Analysis, named: DocumentEntities) -> Iterator[tuple[Parse, Mention]]:
    parses = iter(analysis.parses)
    parse = next(parses, None)
    for mention in named.mentions:
        while parse is not None and parse.zone.span.end <= mention.span.start:
            parse = next(parses, None)
        if parse is None:
            return
        if parse.zone.kind == "body":
            yield parse, mention


def _prominence(parse: Parse, mention: Mention, heads: set[int | None]) -> int:
    first, last = parse.tokens_in(mention.span)
    if any(parse.starts[i] in heads for i in range(first, last)):
        return 2
    return int(any(parse.deps[i] in SUBJECTS for i in range(first, last)))
