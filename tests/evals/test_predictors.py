from __future__ import annotations

import pytest
from evals.predictors import Sayso, Textacy
from evals.scoring import Predicted

TEXT = (
    "Road to Velm open\n\nThe mill burned on Monday.\n\n“We hold the bridge now,” said Ana Dorn.\n"
)


def cut(text: str, found: Predicted) -> list[str]:
    spans = [*found.content, *(span for span in (found.holder, found.cue) if span)]
    return [span.cut(text) for span in spans]


@pytest.fixture(scope="module")
def textacy() -> Textacy:
    pytest.importorskip("textacy")
    return Textacy()


def test_textacys_findings_lie_where_they_stand_in_the_text(textacy: Textacy) -> None:
    (found,) = textacy(TEXT)
    assert cut(TEXT, found) == ["“We hold the bridge now,”", "Ana Dorn", "said"]


def test_a_paragraph_that_textacy_refuses_has_no_findings_and_is_counted(textacy: Textacy) -> None:
    before = textacy.refused
    assert textacy('"We hold the bridge, said Ana Dorn.') == []
    assert textacy.refused == before + 1


def test_sayso_gives_positions_in_the_raw_text() -> None:
    raw = TEXT.replace("“", "â€œ").replace("”", "â€\x9d").replace("Road", "\u200b\ufeffRoad")
    (found,) = Sayso()(raw)
    content, *rest = cut(raw, found)
    assert content.startswith("We hold the bridge now")
    assert rest == ["Ana Dorn", "said"]
    assert found.kind == "direct"


def test_a_quotation_that_goes_on_after_its_cue_is_one_attribution() -> None:
    text = (
        "“We hold the bridge now,” Ana Dorn said. “It is the only road to Velm.”\n\n"
        "“The mill burned on Monday and nobody came,” Piet Aust said.\n"
    )
    found = Sayso()(text)
    assert [len(attribution.content) for attribution in found] == [2, 1]
    assert [a.holder.cut(text) for a in found if a.holder] == ["Ana Dorn", "Piet Aust"]
