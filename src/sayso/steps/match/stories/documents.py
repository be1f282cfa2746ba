"""The documents among which happenings and mentions are compared: how alike, in which story."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.features import StoryFeatures
from sayso.steps.match.stories.likeness import cosine, weighed

UNKNOWN = 0.5
"""How alike two documents of one story are taken to be where their words are not known."""


class Documents:
    """Answers for pairs of documents, of which not all features need be given."""

    def __init__(
        self,
        features: Iterable[StoryFeatures],
        stories: Iterable[Iterable[str]],
        background: Background | None = None,
    ) -> None:
        given = sorted(features, key=lambda one: one.document)
        counts = (background or built_in()).with_reports(
            ([term.stem for term in one.terms] for one in given), own=0.1
        )
        self._vectors = {one.document: weighed(one, counts).terms for one in given}
        self._story: dict[str, str] = {}
        for story in stories:
            names = sorted(story)
            self._story.update(dict.fromkeys(names, names[0]))
        self._alike: dict[tuple[str, str], float] = {}

    def alike(self, one: str, other: str) -> float:
        """The cosine of two documents' terms, 0..1; 1 of a document with itself.

        Where the features of one were not given: one half within a story, else 0.
        """
        if one == other:
            return 1.0
        if one not in self._vectors or other not in self._vectors:
            return UNKNOWN if self.story(one) == self.story(other) else 0.0
        pair = (one, other) if one < other else (other, one)
        if pair not in self._alike:
            self._alike[pair] = cosine(self._vectors[one], self._vectors[other])
        return self._alike[pair]

    def story(self, document: str) -> str:
        """The first document of its story; itself where it is in none."""
        return self._story.get(document, document)
