"""Disputes laid out, as Markdown, as rows and at the door."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest
from tests.steps.match.disputes.drafting import VOSS, count, state

from sayso.cli.disputing import answer
from sayso.export.disputes import (
    DISPUTE_COLUMNS,
    dispute_rows,
    in_order,
    is_about,
    lay_out,
    markdown,
)
from sayso.export.rows import Lookup
from sayso.records.findings import Claim
from sayso.records.matches import Dispute
from sayso.steps.match.disputes.sides import DisputeClaim
from sayso.steps.match.disputes.whole import disputes_among


class Fake:
    """A ledger of sides."""

    def __init__(self, sides: list[DisputeClaim]) -> None:
        self.claims = {side.claim.id: side.claim for side in sides}
        self.found = disputes_among(sides)

    def disputes(self, *, about: str | None = None) -> Iterable[Dispute]:
        return [d for d in self.found if about is None or is_about(d, about)]

    def claim(self, id: str) -> Claim | None:
        return self.claims.get(id)

    def grades(self) -> dict[str, dict[str, str | int | None]]:
        return {"c": {"source": "B"}}

    def lookup(self) -> Lookup:
        def document(id: str) -> dict[str, str | None]:
            return {"uri": f"{id}.txt", "outlet": f"Outlet {id}", "published": "2031-03-04"}

        return Lookup(lambda id: None, document, lambda id: None)


@pytest.fixture
def ledger() -> Fake:
    denied = state("d", polarity="negative", holder=VOSS)
    return Fake(
        [count(900, "a"), count(3000, "b", holder=VOSS), state("c"), denied, count(900, "e")]
    )


def test_the_gravest_come_first(ledger: Fake) -> None:
    agree = disputes_among([count(5, "a", measure="tanks"), count(5, "b", measure="tanks")])
    ordered = in_order([*agree, *ledger.found])
    assert [dispute.verdict for dispute in ordered] == ["conflict", "conflict", "agree"]


def test_about_finds_by_subject_place_and_holder(ledger: Fake) -> None:
    first = ledger.found[0]
    assert is_about(first, "karsk front")
    assert is_about(first, "TARVIA")
    assert is_about(first, "Voss")
    assert not is_about(first, "Kars")
    assert not is_about(first, "")


def test_layout_quotes_at_most_so_many_and_counts_the_rest(ledger: Fake) -> None:
    strength = next(d for d in ledger.found if d.about.kind == "estimate")
    laid = lay_out(strength, ledger.claim, ledger.lookup(), quotes=1)
    first = laid.answers[0]
    assert (first.value, first.independent, len(first.quotes), first.left_out) == ("900", 2, 1, 1)
    assert first.quotes[0].source == "Outlet a"
    assert first.quotes[0].grade is None
    assert first.dates == "2031-03-04"


def test_a_grade_stands_beside_the_words_that_a_person_graded(ledger: Fake) -> None:
    strength = next(d for d in ledger.found if d.about.kind == "estimate")
    graded = strength.positions[0].claims[0]
    grades = {graded: {"source": "B", "information": 2}}
    laid = lay_out(strength, ledger.claim, ledger.lookup(), grades=grades)
    shown = [quote.grade for item in laid.answers for quote in item.quotes]
    assert shown.count("B2") == 1
    assert shown.count(None) == len(shown) - 1
    assert "(graded B2)" in "\n".join(markdown(laid))


def test_markdown_lets_no_report_make_links_or_html(ledger: Fake) -> None:
    claim = next(iter(ledger.claims.values()))
    hostile = msgspec.structs.replace(claim, quote="<b>[x](http://y.example)</b>\n# z")
    ledger.claims[claim.id] = hostile
    lines = [
        line
        for dispute in ledger.found
        for line in markdown(lay_out(dispute, ledger.claim, ledger.lookup()))
    ]
    assert any("\\<b\\>\\[x\\]" in line for line in lines)
    assert not any("<b>" in line or line.startswith("# ") for line in lines)
    assert lines[0].startswith("## ")


def test_rows_have_the_columns_one_an_answer(ledger: Fake) -> None:
    rows = [row for dispute in ledger.found for row in dispute_rows(dispute)]
    assert len(rows) == 4
    assert all(list(row) == list(DISPUTE_COLUMNS) for row in rows)


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv", "md"])
def test_every_format_names_the_question_or_the_record(
    ledger: Fake, format: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    answer(ledger, "Karsk Front", ["conflict"], 1, format)
    out, err = capsysbinary.readouterr()
    shown = out.decode()
    assert "Karsk Front" in shown
    assert "1 of 2 shown" in err.decode()
    if format == "jsonl":
        assert msgspec.json.decode(out, type=Dispute) in ledger.found


def test_nothing_found_is_said(ledger: Fake, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    answer(ledger, "Nobody", [], 0, "table")
    assert b"Nothing found" in capsysbinary.readouterr().err
