"""Reports by their telling words, to find what a new one may belong to without reading all.

The stories that come of it stand until all reports are gathered again: only `gather` over all of
them is free of the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sayso.records.matches import Story
from sayso.steps.match.stories.background import Background
from sayso.steps.match.stories.features import StoryFeatures
from sayso.steps.match.stories.gathering import StorySettings, gather
from sayso.steps.match.stories.keys import candidate_keys
from sayso.steps.match.stories.likeness import days_apart

MOST_NEAR = 60
"""Reports that a new one is laid beside, those that share most telling words first."""
MOST_TOGETHER = 300
"""Reports that are gathered anew around a new one, with the members of its neighbours' stories."""


class StoryIndex:
    """The features of the reports of a ledger, held in memory: some 5 KB a report."""

    def __init__(self, background: Background, settings: StorySettings | None = None) -> None:
        """`background`: the counts of the collection, as they were when all was gathered last
        (`Background.with_reports`)."""
        self._background = background
        self._settings = settings or StorySettings()
        self._reports: dict[str, StoryFeatures] = {}
        self._under: dict[str, dict[str, None]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self._reports)

    def add(self, features: StoryFeatures) -> None:
        """Hold a report; one of the same document is replaced."""
        self.remove(features.document)
        self._reports[features.document] = features
        for key in candidate_keys(features, self._background):
            self._under[key][features.document] = None

    def remove(self, document: str) -> None:
        """Let go of a report; nothing happens where it is not held."""
        held = self._reports.pop(document, None)
        if held is not None:
            for key in candidate_keys(held, self._background):
                self._under[key].pop(document, None)

    def near(self, features: StoryFeatures) -> list[str]:
        """The reports held that a report is worth comparing with, the nearest first."""
        shared: dict[str, float] = defaultdict(float)
        for key in candidate_keys(features, self._background):
            rarity = self._background.rarity(key)
            for document in self._under.get(key, ()):
                apart = days_apart(features, self._reports[document])
                if document != features.document and (apart or 0) <= self._settings.days:
                    shared[document] += rarity
        return sorted(shared, key=lambda name: (-shared[name], name))[:MOST_NEAR]

    def stories_around(
        self, features: StoryFeatures, stories: Iterable[Story], *, made_by: str = ""
    ) -> list[Story]:
        """The stories of a report and its neighbours, gathered anew.

        `stories`: those that now hold any of `near(features)`. They are replaced by what is
        returned; a report that is in none of these stands alone.
        """
        names = dict.fromkeys(self.near(features))
        for story in sorted(stories, key=lambda one: one.documents):
            if not names.keys().isdisjoint(story.documents):
                names.update(dict.fromkeys(story.documents))
        names.pop(features.document, None)
        chosen = [self._reports[name] for name in names if name in self._reports]
        return gather(
            [features, *chosen[:MOST_TOGETHER]],
            self._background,
            settings=self._settings,
            counted=False,
            made_by=made_by,
        )
