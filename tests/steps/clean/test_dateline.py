"""Datelines of the agencies' styles, and what is none."""

from __future__ import annotations

import pytest

from sayso.steps.clean.dateline import find_dateline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VELM: The council", ("VELM:", "VELM", None, None)),
        ("VELM -- The council", ("VELM --", "VELM", None, None)),
        ("VELM (Reuters) - The", ("VELM (Reuters) -", "VELM", None, "Reuters")),
        ("VELM, March 3. /TASS/. The", ("VELM, March 3. /TASS/.", "VELM", "March 3", "TASS")),
        ("VELM, Mar 3 (AFP) — The", ("VELM, Mar 3 (AFP) —", "VELM", "Mar 3", "AFP")),
        ("VELM, Tarvia (AP) — A", ("VELM, Tarvia (AP) —", "VELM, Tarvia", None, "AP")),
        ("Velm (AFP) – The", ("Velm (AFP) –", "Velm", None, "AFP")),
        (
            "VELM. March 3 (Interfax) - It",
            ("VELM. March 3 (Interfax) -", "VELM", "March 3", "Interfax"),
        ),
        (
            "VELM/KARSK, Mar. 3 (Xinhua) -- X",
            ("VELM/KARSK, Mar. 3 (Xinhua) --", "VELM/KARSK", "Mar. 3", "Xinhua"),
        ),
        (
            "NEW VELM, 3 March 2031 – The",
            ("NEW VELM, 3 March 2031 –", "NEW VELM", "3 March 2031", None),
        ),
        ("ВЕЛЬМ, 3 марта. /ТАСС/. Совет", ("ВЕЛЬМ, 3 марта. /ТАСС/.", "ВЕЛЬМ", "3 марта", "ТАСС")),
        (
            "ВЕЛЬМ, 3 мар — РИА Новости. Совет",
            ("ВЕЛЬМ, 3 мар — РИА Новости.", "ВЕЛЬМ", "3 мар", "РИА Новости"),
        ),
        ("VELM, D.C. — The", ("VELM, D.C. —", "VELM, D.C.", None, None)),
    ],
)
def test_datelines(text: str, expected: tuple[str, str | None, str | None, str | None]) -> None:
    found = find_dateline(text, 0, len(text))
    assert found is not None
    assert (found.quote, found.place, found.date, found.agency) == expected
    assert found.span.cut(text) == found.quote


@pytest.mark.parametrize(
    "text",
    [
        "Tolan: We shall not go",
        "BREAKING: The bridge",
        "NATO: The alliance",
        "KFT — the group that took Velm",
        "The Front — a loose band — Left",
        "He said – The bridge",
        "Around 40 men - The",
        "VELM council: The",
        "In VELM: the bridge",
        "",
        ":",
    ],
)
def test_no_datelines(text: str) -> None:
    assert find_dateline(text, 0, len(text)) is None


def test_only_the_strict_form_counts_later_in_a_report() -> None:
    assert find_dateline("VELM: The", 0, 9, first=False) is None
    text = "VELM, March 3 (AFP) — The"
    assert find_dateline(text, 0, len(text), first=False) is not None


def test_a_line_that_is_nothing_but_a_dateline() -> None:
    line = "VELM, Tarvia (March 12, 2031)"
    found = find_dateline(line, 0, len(line), first=False)
    assert found is not None
    assert (found.quote, found.place, found.date) == (line, "VELM, Tarvia", "March 12, 2031")
