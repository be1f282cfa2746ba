from __future__ import annotations

import pytest

from sayso.store.folding import date_range, day_of, fold, words_of


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The  Karsk\nFront", "karsk front"),
        ("KARSK FRONT", "karsk front"),
        ("Ångström–Sol", "angstrom-sol"),
        ("O’Venn", "o'venn"),
        ("the", "the"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_names_fold(name: str, folded: str) -> None:
    assert fold(name) == folded
    assert fold(fold(name)) == folded


def test_words_leave_out_marks_and_order() -> None:
    assert words_of("Front, Karsk (youth)") == {"karsk", "front", "youth"}


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2019-12-18", ("2019-12-18", "2019-12-18")),
        ("2019-12", ("2019-12-00", "2019-12-99")),
        ("2019", ("2019-00-00", "2019-99-99")),
        ("2019~", ("2019-00-00", "2019-99-99")),
        ("2019-12-18T10:00:00Z", ("2019-12-18", "2019-12-18")),
        ("2019/2020-03", ("2019-00-00", "2020-03-99")),
        ("2019/..", ("2019-00-00", "9999-99-99")),
        ("../2019", ("0000-00-00", "2019-99-99")),
        ("soon", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_dates_have_an_earliest_and_a_latest_day(
    edtf: str | None, expected: tuple[str | None, str | None]
) -> None:
    assert date_range(edtf) == expected


def test_only_plain_dates_are_taken_from_users() -> None:
    assert day_of("2019-12") == "2019-12"
    assert day_of("2019-12-") is None
    assert day_of("12/2019") is None
