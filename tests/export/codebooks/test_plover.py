"""Claims as a coder of PLOVER writes them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.export.codebooks.plover import coded
from sayso.records.findings import Claim, Modality, Plover, Polarity
from sayso.records.spans import Span

CLAIM = Claim(
    id="claim",
    statement=None,
    document="doc",
    span=Span(0, 1),
    quote="x",
    kind="event",
    polarity="positive",
    modality="actual",
    hedges=(),
    time=None,
    place=None,
    confidence=0.5,
    made_by="test",
)


@pytest.mark.parametrize(
    ("type", "polarity", "modality", "expected"),
    [
        ("AID", "positive", "actual", "AID"),
        ("AID", "positive", "future", "AGREE"),
        ("AID", "negative", "future", "REJECT"),
        ("AID", "positive", "demanded", "REQUEST"),
        ("AID", "negative", "actual", None),
        ("ASSAULT", "positive", "future", "THREATEN"),
        ("ASSAULT", "positive", "possible", "ASSAULT"),
        ("REJECT", "negative", "actual", "REJECT"),
        ("AGREE", "positive", "future", "AGREE"),
    ],
)
def test_words_for_deeds_to_come(
    type: str, polarity: Polarity, modality: Modality, expected: str | None
) -> None:
    claim = replace(CLAIM, plover=Plover(type), polarity=polarity, modality=modality)
    assert coded(claim) == expected


def test_what_is_no_event_has_no_code() -> None:
    assert coded(CLAIM) is None
