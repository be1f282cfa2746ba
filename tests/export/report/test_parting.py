"""The section where accounts part."""

from __future__ import annotations

from tests.export.disputes.test_disputes import Fake
from tests.steps.match.disputes.drafting import VOSS, count, state

from sayso.export.report import ReportView
from sayso.export.report.page import render


def page(fake: Fake) -> str:
    return render(ReportView(claims=tuple(fake.claims.values()), disputes=tuple(fake.found)))


def test_no_section_without_disputes() -> None:
    assert "Where accounts part" not in page(Fake([]))


def test_counts_are_bars_in_the_order_of_time() -> None:
    late = count(900, "a", published="2034-01-02")
    html = page(Fake([late, count(3000, "b", holder=VOSS)]))
    assert "Where accounts part" in html
    assert "It changed over time" in html
    assert html.index("2031-03-04</bdi>") < html.index("2034-01-02</bdi>")
    section = html[html.index('id="disputes"') : html.index('id="estimates"')]
    assert section.count('<rect class="dot own') == 2


def test_yes_and_no_lie_on_a_line_of_days() -> None:
    denied = state("b", polarity="negative", holder=VOSS, published="2031-03-24")
    html = page(Fake([state("a"), denied]))
    assert 'class="dot" cx="10.0%"' in html
    assert 'class="dot denied" cx="90.0%"' in html


def test_a_claim_without_a_day_has_no_dot() -> None:
    denied = state("b", polarity="negative", holder=VOSS, published=None)
    html = page(Fake([state("a"), denied]))
    assert 'class="dot" cx="50.0%"' in html
    assert 'class="dot denied" cx="' not in html.replace('class="dot denied" cx="10"', "")
