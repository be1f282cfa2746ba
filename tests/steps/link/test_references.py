from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.records.documents import RawDocument
from sayso.records.readings import Reading
from sayso.settings import Settings

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read(model: SpacyModel) -> Read:
    reader = Reader(Settings(), model=model)

    def from_text(text: str) -> Reading:
        raw = RawDocument("report.txt", text.encode(), "text/plain", "2031-03-14T00:00:00Z")
        return reader.read(raw)

    return from_text


def subjects(reading: Reading) -> list[str | None]:
    """The names of the subjects of all estimates."""
    names = {entity.id: entity.name for entity in reading.entities}
    return [
        names.get(claim.subject.entity or "") if claim.subject else None
        for claim in reading.claims
        if claim.kind == "estimate"
    ]


def test_the_group_is_the_one_just_named(read: Read) -> None:
    reading = read(
        "The armed group known as the Karsk Front was founded in the town of Velm in May.\n"
        "Minister Oren Vasch said that the group has nearly 800 fighters in the valley."
    )
    assert subjects(reading) == ["Karsk Front"]


def test_several_groups_are_no_one(read: Read) -> None:
    reading = read(
        "The armed group known as the Karsk Front was founded in the town of Velm in May.\n"
        "Minister Oren Vasch said that these groups have nearly 800 fighters in the valley."
    )
    assert subjects(reading) == [None]


def test_what_was_spoken_of_long_before_is_not_meant(read: Read) -> None:
    filler = "The road to the town of Ustrel was closed to all lorries until the spring. " * 12
    reading = read(
        "The armed group known as the Karsk Front was founded in the town of Velm in May.\n"
        f"{filler}\nMinister Oren Vasch said that the group has nearly 800 fighters there."
    )
    assert subjects(reading) == [None]


def test_no_more_than_is_a_bound_and_no_denial(read: Read) -> None:
    reading = read(
        "Minister Arvo Sulm said no more than 800 fighters of the Karsk Front were left in Velm."
    )
    (claim,) = [claim for claim in reading.claims if claim.kind == "estimate"]
    assert (claim.low, claim.high, claim.polarity) == (None, 800, "positive")
