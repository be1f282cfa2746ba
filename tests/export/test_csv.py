from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.csv import cell, csv_lines


@pytest.mark.parametrize(
    "live",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "＝1",
        "＋1",
        "－1",
        "＠SUM",
        "\u202e=1",
        "=cmd|' /C calc'!A0",
        "-",
        "@handle",
        "+44 20 7946",
    ],
)
def test_formulas_are_defused(live: str) -> None:
    assert cell(live) == f"'{live}"


@pytest.mark.parametrize(
    "plain", ["-5", "+5", "-2,500", "1.5", "-12%", "Velm", "", "a=b", "O'Venn", "«=»", "5-6"]
)
def test_the_rest_is_left_as_it_is(plain: str) -> None:
    assert cell(plain) == plain


def test_other_values() -> None:
    assert [cell(v) for v in (None, True, False, -3, 0.75)] == ["", "true", "false", "-3", "0.75"]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_cells_come_back(rows: list[tuple[str, str]]) -> None:
    lines = "".join(csv_lines(("a", "b"), [{"a": a, "b": b} for a, b in rows]))
    back = list(csv.reader(io.StringIO(lines, newline="")))
    assert back[0] == ["a", "b"]
    assert [tuple(row) for row in back[1:]] == [(cell(a), cell(b)) for a, b in rows]
