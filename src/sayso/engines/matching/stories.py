"""Stories: the reports around each new one are gathered again."""

from __future__ import annotations

from collections.abc import Mapping

import apsw
import msgspec

from sayso.records.provenance import MadeBy
from sayso.records.readings import Reading
from sayso.steps.match.stories.features import StoryFeatures, features
from sayso.steps.match.stories.gathering import StorySettings, gather
from sayso.steps.match.stories.keys import candidate_keys
from sayso.store import extracts
from sayso.store import stories as table
from sayso.store.extracts import key_of

STEP = "stories"
VERSION = "1"
_WHOLE = 0.05
"""Share of new documents from which all stories are gathered again, and not only those around."""
_MOST = 200
"""Reports under one word that are looked at around a new one."""
_features = msgspec.msgpack.Decoder(StoryFeatures)


def stamp(settings: StorySettings) -> MadeBy:
    """The stamp of this step."""
    return MadeBy.of(STEP, VERSION, settings)


class StoryGatherer:
    """Gathers the reports of one happening as they come in."""

    def __init__(self, db: apsw.Connection, settings: StorySettings | None = None) -> None:
        self._db = db
        self._settings = settings or StorySettings()
        self.touched: set[int] = set()

    def add(self, number: int, reading: Reading) -> None:
        """Keeps the features of a document."""
        made = features(reading)
        keys = [key_of(key) for key in candidate_keys(made)]
        extracts.keep(self._db, number, STEP, msgspec.msgpack.encode(made), keys)
        self.touched.add(number)

    def regroup(self, copies: Mapping[str, str]) -> set[int]:
        """Gathers the reports around those touched; gives back all that were looked at.

        `copies`: by document, the text that it is a copy of.
        """
        everything = self._db.execute("SELECT count(*) FROM extracts WHERE step = ?", (STEP,)).get
        if len(self.touched) >= _WHOLE * int(everything):
            around = dict(extracts.extracts(self._db, STEP))
        else:
            around = self._around()
        reports = [_features.decode(record) for record in around.values()]
        found = gather(
            reports, settings=self._settings, copies=copies, made_by=stamp(self._settings).id
        )
        table.replace_stories(self._db, around, found)
        self.touched.clear()
        return set(around)

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
                if (
                    other not in near
                    and (record := extracts.extract_of(self._db, other, STEP)) is not None
                ):
                    near[other] = record
        return near

    def _is_near(self, one: int | None, other: int | None) -> bool:
        if one is None or other is None:
            return True
        return abs(one - other) <= self._settings.days
