from __future__ import annotations

import pytest
from evals.cases import SHARED
from evals.clusterings import b_cubed, ceaf_e, clusters, conll, muc
from evals.coreference import ECB_PLUS, MEANTIME, ecb_plus, meantime

GOLD = [{"a", "b", "c"}, {"d", "e"}, {"f"}]


def test_the_gold_itself_is_right() -> None:
    assert muc(GOLD, GOLD) == b_cubed(GOLD, GOLD) == ceaf_e(GOLD, GOLD) == conll(GOLD, GOLD) == 1


def test_scores_of_a_case_worked_out_by_hand() -> None:
    found = [{"a", "b"}, {"c", "d", "e"}, {"f"}]
    # MUC: 2 of 3 links are kept, 2 of 3 given are right.
    assert muc(GOLD, found) == pytest.approx(2 / 3)
    # B³ precision (2 + 1/3 + 4/3 + 1) / 6, recall (4/3 + 1/3 + 2 + 1) / 6.
    assert b_cubed(GOLD, found) == pytest.approx((2 + 1 / 3 + 4 / 3 + 1) / 6)
    # CEAF-e: Dice 4/5, 4/5, 1.
    assert ceaf_e(GOLD, found) == pytest.approx((0.8 + 0.8 + 1) / 3)


def test_alone_or_all_together() -> None:
    alone = [{x} for one in GOLD for x in one]
    together = [set().union(*GOLD)]
    assert muc(GOLD, alone) == 0
    assert 0 < b_cubed(GOLD, together) < 1
    assert ceaf_e(GOLD, []) == 0
    assert clusters({"a": 1, "b": 1, "c": 2}) == [{"a", "b"}, {"c"}]


@pytest.mark.skipif(not ECB_PLUS.exists(), reason=f"needs ECB+ under {SHARED}")
def test_mentions_of_ecb_plus_stand_where_they_should() -> None:
    reports = ecb_plus("Dev")
    assert len(reports) == 196
    assert len({report.story for report in reports}) == 16
    assert sum(m.kind == "event" for r in reports for m in r.mentions) == 1245
    for report in reports:
        for mention in report.mentions:
            quote = mention.span.cut(report.document.text)
            assert quote.strip() == quote != ""
            assert "\n" not in quote


@pytest.mark.skipif(not MEANTIME.exists(), reason=f"needs MEANTIME under {SHARED}")
def test_articles_of_meantime_have_days_and_stories() -> None:
    articles = meantime()
    assert len(articles) == 60
    assert len({article.story for article in articles}) == 45
    assert all(len(a.document.published.value or "") == 10 for a in articles)
    assert sum(m.kind == "event" for a in articles for m in a.mentions) == 1338
