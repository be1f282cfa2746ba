"""Stories, and the happenings told in them: the reports around each new one are gathered again.

Where many reports are new, all are gathered; else those that share a telling word with a new one in
its days. Then words are as rare as they were found to be when all were gathered last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import apsw
import msgspec

from sayso.records.matches import Story
from sayso.records.provenance import MadeBy
from sayso.records.readings import Reading
from sayso.steps.match.events.happenings import gather_events
from sayso.steps.match.events.profiles import EventProfile
from sayso.steps.match.events.told import event_profiles
from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.documents import Documents
from sayso.steps.match.stories.features import StoryFeatures, features
from sayso.steps.match.stories.gathering import StorySettings, gather
from sayso.steps.match.stories.keys import candidate_keys
from sayso.store import extracts
from sayso.store import stories as table
from sayso.store.extracts import key_of

STEP = "stories"
EVENTS = "events"
VERSION = "3"
_WHOLE = 0.05
"""Share of new documents from which all stories are gathered again, and not only those around."""
_MOST = 200
"""Reports under one word that are looked at around a new one."""
_OWN = 0.1
"""What a report of the background that ships counts beside one of the ledger."""
_features = msgspec.msgpack.Decoder(StoryFeatures)
_told = msgspec.msgpack.Decoder(list[tuple[str, EventProfile]])
_counts = msgspec.msgpack.Decoder(tuple[float, dict[str, float]])


def stamp(settings: StorySettings) -> MadeBy:
    """The stamp of this step."""
    return MadeBy.of(STEP, VERSION, settings)


class StoryGatherer:
    """Gathers the reports of one happening as they come in."""

    def __init__(self, db: apsw.Connection, settings: StorySettings | None = None) -> None:
        self._db = db
        self._settings = settings or StorySettings()
        self.touched: set[int] = set()
        self._left: set[str] = set()
        """Events that documents told of before they were read anew."""

    def add(self, number: int, reading: Reading) -> None:
        """Keeps what stories and happenings want of a document."""
        self._left.update(event for event, _ in self._profiles(number))
        made = features(reading)
        keys = [key_of(key) for key in candidate_keys(made)]
        extracts.keep(self._db, number, STEP, msgspec.msgpack.encode(made), keys)
        event_of = {claim.id: claim.event for claim in reading.claims if claim.event is not None}
        told = [(event_of[p.id], p) for p in event_profiles(reading) if p.id in event_of]
        extracts.keep(self._db, number, EVENTS, msgspec.msgpack.encode(told), ())
        self.touched.add(number)

    def regroup(self, copies: Mapping[str, str]) -> set[str]:
        """Gathers the reports around those touched; gives back the events that are another
        happening than before. `copies`: by document, the text that it is a copy of."""
        everything = self._db.execute("SELECT count(*) FROM extracts WHERE step = ?", (STEP,)).get
        kept = extracts.counts_of(self._db, STEP)
        whole = kept is None or len(self.touched) >= _WHOLE * int(everything)
        around = dict(extracts.extracts(self._db, STEP)) if whole else self._around()
        reports = [_features.decode(record) for record in around.values()]
        background = self._counted(reports) if whole else _background(kept or b"")
        found = gather(
            reports,
            background,
            settings=self._settings,
            copies=copies,
            counted=False,
            made_by=stamp(self._settings).id,
        )
        table.replace_stories(self._db, around, found)
        self.touched.clear()
        return self._happenings(around, reports, found, background)

    def _counted(self, reports: Sequence[StoryFeatures]) -> Background:
        """How common words are in the whole ledger, kept for what comes in later."""
        stems = [[term.stem for term in report.terms] for report in reports]
        background = built_in().with_reports(stems, own=_OWN)
        extracts.keep_counts(self._db, STEP, msgspec.msgpack.encode(background.counted))
        return background

    def _happenings(
        self,
        around: Iterable[int],
        reports: Sequence[StoryFeatures],
        found: Sequence[Story],
        background: Background,
    ) -> set[str]:
        """Which events of the documents looked at are one happening."""
        number_of = dict(zip((r.document for r in reports), around, strict=True))
        looked_at = {event for n in number_of.values() for event, _ in self._profiles(n)}
        documents = Documents(reports, [story.documents for story in found], background)
        happenings: dict[str, str] = {}
        for story in found:
            told = [one for id in story.documents for one in self._profiles(number_of[id])]
            event_of = {profile.id: event for event, profile in told}
            for group in gather_events([p for _, p in told], documents, background):
                events = sorted({event_of[id] for id in group})
                if len(events) > 1:
                    happenings.update(dict.fromkeys(events, events[0]))
        changed = table.replace_happenings(self._db, looked_at | self._left, happenings)
        self._left.clear()
        return changed

    def _profiles(self, number: int) -> list[tuple[str, EventProfile]]:
        record = extracts.extract_of(self._db, number, EVENTS)
        return [] if record is None else _told.decode(record)

    def _around(self) -> dict[int, bytes]:
        """The touched reports, those that share a telling word with them in their days, and all
        of the stories that these are in."""
        near: dict[int, bytes] = {}
        for number in self.touched:
            own = extracts.extract_of(self._db, number, STEP)
            if own is None:
                continue
            near[number] = own
            day = _features.decode(own).published
            keys = extracts.keys_of(self._db, number, STEP)
            for other in extracts.sharing(self._db, STEP, keys, most=_MOST):
                record = extracts.extract_of(self._db, other, STEP)
                if record is not None and self._is_near(day, _features.decode(record).published):
                    near[other] = record
        for number in list(near):
            story = table.story_of(self._db, number)
            for other in table.documents_of(self._db, story) if story else ():
                record = None if other in near else extracts.extract_of(self._db, other, STEP)
                if record is not None:
                    near[other] = record
        return near

    def _is_near(self, one: int | None, other: int | None) -> bool:
        if one is None or other is None:
            return True
        return abs(one - other) <= self._settings.days


def _background(kept: bytes) -> Background:
    reports, counts = _counts.decode(kept)
    return Background(reports, counts)
