"""A group that speaks of itself as `it` or `we`."""

from __future__ import annotations

import pytest
from tests.fakes import raw

from sayso.pipeline import Reader
from sayso.records.findings import Claim


@pytest.fixture(scope="module")
def reader() -> Reader:
    from sayso.settings import ExtractSettings, Settings

    return Reader(Settings(extract=ExtractSettings(attribution="rules")))


def states(reader: Reader, text: str) -> list[tuple[str | None, str | None, str]]:
    """Predicate, name of the subject, polarity of each state told."""
    reading = reader.read(raw(text))
    names = {entity.id: entity.name for entity in reading.entities}

    def name(claim: Claim) -> str | None:
        return names.get(claim.subject.entity or "") if claim.subject else None

    return [(c.predicate, name(c), c.polarity) for c in reading.claims if c.kind == "status"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The Karsk Front denied that it is active in Tarvia.",
            [("active", "Karsk Front", "negative")],
        ),
        (
            "The Karsk Front said it was still active in Tarvia.",
            [("active", "Karsk Front", "positive")],
        ),
    ],
)
def test_it_is_the_group_that_speaks(
    reader: Reader, text: str, found: list[tuple[str, str, str]]
) -> None:
    assert states(reader, text) == found


def test_it_is_not_the_speaker_where_another_was_named(reader: Reader) -> None:
    text = "The Karsk Front said the Dawn Brigades had left and that it was active in Tarvia."
    assert ("active", "Karsk Front", "positive") not in states(reader, text)
