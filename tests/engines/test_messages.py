from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes import readings

from sayso.engines.messages import (
    MAX_BYTES,
    CannotStart,
    Done,
    Inbox,
    Ready,
    Report,
    as_error,
    pack,
    unpack_report,
)
from sayso.engines.outcomes import Refusal
from sayso.errors import ActorsError, MissingExtra, SaysoError, SettingsError

REPORTS: list[Report] = [
    Ready(),
    CannotStart("MissingExtra", "words", "md"),
    Done(refusal=Refusal("memory", "too much"), spent=True),
    *(Done(reading=reading) for reading in readings()),
]


@given(st.integers(1, 10_000), st.permutations(REPORTS))
def test_messages_arrive_whole_however_they_are_cut(size: int, reports: list[Report]) -> None:
    data = b"".join(pack(report) for report in reports)
    inbox = Inbox()
    arrived = []
    for start in range(0, len(data), size):
        inbox.feed(data[start : start + size])
        while (body := inbox.message()) is not None:
            arrived.append(unpack_report(body))
    assert arrived == reports


def test_a_wild_length_is_refused() -> None:
    inbox = Inbox()
    inbox.feed((MAX_BYTES + 1).to_bytes(8, "big"))
    with pytest.raises(ValueError, match="bytes"):
        inbox.message()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MissingExtra", MissingExtra),
        ("ActorsError", ActorsError),
        ("SettingsError", SettingsError),
        ("ImportError", SaysoError),
    ],
)
def test_what_keeps_a_worker_from_starting_keeps_its_type(
    name: str, expected: type[SaysoError]
) -> None:
    error = as_error(CannotStart(name, "words", "md"))
    assert type(error) is expected
    assert "words" in str(error)
