"""Press releases: a number, a dateline on a line of its own, and what they say of the date."""

from __future__ import annotations

import pytest
from tests.steps.clean.making import document

BODY = "A patrol found two rifles in a mill near the river on Tuesday, the command said.\n"


def test_a_dateline_on_its_own_line_is_the_dateline_and_the_date() -> None:
    found = document(
        f"Command of the River\n2031-03-S-014\n\nVELM, Tarvia (March 12, 2031)\n{BODY}"
    )
    assert found.dateline is not None
    assert found.dateline.date == "March 12, 2031"
    assert found.published.value == "2031-03-12"


def test_the_number_gives_the_month_where_nothing_gives_the_day() -> None:
    found = document(f"Command of the River\n2031-03-S-014\n\nVELM, Tarvia (March 12) - {BODY}")
    assert (found.published.value, found.published.basis) == ("2031-03", "text")


@pytest.mark.parametrize("number", ["2031-13-S-014", "2031-03", "call 2031-03-5555"])
def test_other_numbers_give_no_date(number: str) -> None:
    found = document(f"Command of the River\n{number}\n\nVELM, Tarvia (March 12) - {BODY}")
    assert found.published.value is None
