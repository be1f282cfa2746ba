"""Watching: one long-lived process that looks at each source when it is due.

What is due when is kept with the captures, so a process that was stopped goes on where it was, and
looks at nothing again that is not due.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event

from sayso.engines.gathered import Gathered
from sayso.engines.gathering import Gatherer
from sayso.ports import Visits
from sayso.steps.acquire.sources import Source

_JITTER = 0.1
_LONGEST = timedelta(days=1)
_NAP = 30.0
"""Seconds; a machine that slept, or a clock that was set, is noticed so soon."""


class Watcher:
    """Looks at sources for as long as it is left to. One object a process.

    `seed` sets by how much each look is put off or brought forward (a tenth at most), so that a
    hundred sources of one hour do not all come at once. A source that fails is looked at half as
    often after each failure, once a day at least. `stop` ends it after the page at hand.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        gatherer: Gatherer,
        visits: Visits,
        *,
        stop: Event,
        seed: int = 0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._sources = sources
        self._gatherer = gatherer
        self._visits = visits
        self._stop = stop
        self._seed = seed
        self._now = now
        self._wait = wait or stop.wait
        self._under_way: set[str] = set()

    def watch(self) -> Iterator[Gathered]:
        """What becomes of each address, as it happens, without an end unless stopped."""
        with self._gatherer.rounds() as rounds:
            while not self._stop.is_set():
                for source in self.due():
                    self._under_way.add(source.name)
                    rounds.add(self._gatherer.look(source), self._schedules(source))
                left = max(0.0, (self.next_due() - self._now()).total_seconds())
                if rounds.is_idle:
                    self._wait(min(_NAP, left))
                else:
                    yield from rounds.results(min(_NAP, left))

    @property
    def is_looking(self) -> bool:
        """Whether a look is under way."""
        return bool(self._under_way)

    def due(self) -> list[Source]:
        """The sources that are to be looked at now, those longest due first."""
        now = self._now()
        times = [(self._due(source), source) for source in self._idle()]
        waiting = [(at, source) for at, source in times if at <= now]
        return [source for _, source in sorted(waiting, key=lambda pair: pair[0])]

    def next_due(self) -> datetime:
        """When the next source is due; far off where all are looked at now."""
        return min(map(self._due, self._idle()), default=self._now() + _LONGEST)

    def _idle(self) -> list[Source]:
        return [source for source in self._sources if source.name not in self._under_way]

    def _due(self, source: Source) -> datetime:
        noted = self._visits.due(source.name)
        if noted is None:
            return datetime.min.replace(tzinfo=UTC)
        # a shorter interval in a changed watch file holds at once
        failures = noted[1]
        return min(noted[0], self._now() + self._interval(source, failures) * (1 + _JITTER))

    def _schedules(self, source: Source) -> Callable[[Counter[str]], None]:
        """What gives a source its place in the calendar when a look at it is over."""

        def over(counts: Counter[str]) -> None:
            noted = self._visits.due(source.name)
            only_failures = counts["failed"] > 0 and counts.total() == counts["failed"]
            failures = (noted[1] if noted else 0) + 1 if only_failures else 0
            interval = self._interval(source, failures) * self._spread(source)
            self._visits.schedule(source.name, self._now() + interval, failures)
            self._under_way.discard(source.name)

        return over

    def _interval(self, source: Source, failures: int) -> timedelta:
        longest = max(source.every, _LONGEST)
        return min(source.every * (1 << min(failures, 16)), longest)

    def _spread(self, source: Source) -> float:
        chance = random.Random(f"{self._seed} {source.name} {self._now().isoformat()}")
        return 1 + _JITTER * (2 * chance.random() - 1)
