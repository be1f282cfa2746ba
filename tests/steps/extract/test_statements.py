from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis, DraftStatement
from sayso.steps.extract.statements import find_statements

Analyse = Callable[[str], Analysis]


def told(analyse: Analyse, text: str) -> list[tuple[str, str | None, str | None, list[str]]]:
    """Kind, holder, cue and content of each statement."""
    analysis = analyse(text)
    return [
        (
            draft.kind,
            draft.holder.cut(analysis.text) if draft.holder else None,
            draft.cue.cut(analysis.text) if draft.cue else None,
            [span.cut(analysis.text) for span in draft.content],
        )
        for draft in find_statements(analysis)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Minister Oren Vasch said that the road would stay closed until spring.",
            (
                "indirect",
                "Minister Oren Vasch",
                "said",
                ["that the road would stay closed until spring"],
            ),
        ),
        (
            "The road would stay closed until spring, Minister Oren Vasch said on Monday.",
            (
                "indirect",
                "Minister Oren Vasch",
                "said",
                ["The road would stay closed until spring"],
            ),
        ),
        (
            "The Karsk Front has 900 fighters in Velm, the analyst Ilka Brand said on Tuesday.",
            (
                "indirect",
                "the analyst Ilka Brand",
                "said",
                ["The Karsk Front has 900 fighters in Velm"],
            ),
        ),
        (
            "The road, the minister said, would stay closed until spring.",
            ("indirect", "the minister", "said", ["The road", "would stay closed until spring"]),
        ),
        (
            '"We guess. Then we print our guesses," Marn said.',
            ("direct", "Marn", "said", ["We guess. Then we print our guesses,"]),
        ),
        (
            '"We guess," Marn said, "and then we print our guesses."',
            ("direct", "Marn", "said", ["We guess,", "and then we print our guesses."]),
        ),
        (
            "Farr replied: “We talk to whoever holds the road.”",
            ("direct", "Farr", "replied", ["We talk to whoever holds the road."]),
        ),
        (
            "The valley is “a prison without walls,” said Tove Aldane, head of the union.",
            (
                "mixed",
                "Tove Aldane, head of the union",
                "said",
                ["The valley is “a prison without walls,"],
            ),
        ),
        (
            "According to the Ministry of Agriculture, grain for six weeks is stored there.",
            (
                "indirect",
                "the Ministry of Agriculture",
                "According to",
                ["grain for six weeks is stored there"],
            ),
        ),
        (
            "Grain for six weeks is stored there, according to a letter from the ministry.",
            (
                "indirect",
                "a letter from the ministry",
                "according to",
                ["Grain for six weeks is stored there"],
            ),
        ),
        (
            "The Karsk Front denied the presence of foreign fighters in the valley.",
            (
                "indirect",
                "The Karsk Front",
                "denied",
                ["the presence of foreign fighters in the valley"],
            ),
        ),
        (
            "The Dawn Brigades claimed responsibility for an attack on the mayor of Ustrel.",
            (
                "indirect",
                "The Dawn Brigades",
                "claimed responsibility",
                ["an attack on the mayor of Ustrel"],
            ),
        ),
        (
            "The general expressed concern that the truce could break before the thaw.",
            (
                "indirect",
                "The general",
                "expressed concern",
                ["that the truce could break before the thaw"],
            ),
        ),
        (
            "The commanders vowed to fight on until the last soldier leaves.",
            (
                "indirect",
                "The commanders",
                "vowed",
                ["to fight on until the last soldier leaves"],
            ),
        ),
        (
            "Farr called on member states to open the road.",
            ("indirect", "Farr", "called on", ["member states to open the road"]),
        ),
        (
            "The council warned of hunger behind the front line.",
            ("indirect", "The council", "warned of", ["hunger behind the front line"]),
        ),
    ],
)
def test_one_statement(
    analyse: Analyse, text: str, expected: tuple[str, str, str, list[str]]
) -> None:
    lead = "The council of the basin met in the town hall of Velm for two long days this week.\n"
    assert told(analyse, lead + text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The men of the “Hill School No. 4” met in the town and went home in the evening.",
        "He did not say that the road was closed to lorries and carts.",
        "If he says that the road is closed, the lorries will turn back.",
        "The attack underscored the danger that the armed men pose to the whole valley.",
        "We say that the road is closed, and you can also say that it is open.",
        "The meeting took place in Velm and lasted until the evening of the second day.",
    ],
)
def test_no_statement(analyse: Analyse, text: str) -> None:
    assert told(analyse, text) == []


def test_a_quotation_after_the_sentence_is_its_own_statement(analyse: Analyse) -> None:
    text = "“They recruit where the road ends,” Vasch said. “Mend the road and you halve them.”"
    analysis = analyse(text)
    first, second = find_statements(analysis)
    assert second.cue is None
    assert second.continues == 0
    assert second.holder == first.holder


def test_a_quotation_over_two_paragraphs_is_one_statement(analyse: Analyse) -> None:
    text = (
        "Vasch said: “They recruit where the road ends.\n\n“Mend the road and you halve the Front.”"
    )
    assert told(analyse, text) == [
        (
            "direct",
            "Vasch",
            "said",
            ["They recruit where the road ends.", "Mend the road and you halve the Front."],
        )
    ]


def test_a_speaker_named_at_the_end_of_the_second_paragraph(analyse: Analyse) -> None:
    text = (
        "“They recruit where the road ends and the school is shut.\n\n"
        "“Mend the road and you halve the Front,” Vasch said."
    )
    (only,) = told(analyse, text)
    assert only[3][0].startswith("They recruit")
    assert only[3][1].startswith("Mend the road")


def test_exact_words_are_kept_apart(analyse: Analyse) -> None:
    analysis = analyse("He called the charge “a story for tired voters” and said it was “mad”.")
    exact = [s.cut(analysis.text) for d in find_statements(analysis) for s in d.exact]
    assert "mad" in exact or "a story for tired voters" in exact


def test_a_statement_inside_a_quotation_knows_its_outer_one(analyse: Analyse) -> None:
    text = (
        "“In May the Front claimed responsibility for an attack on the mill of Ustrel,”"
        " Vasch told reporters."
    )
    outer, inner = find_statements(analyse(text))
    assert outer.kind == "direct"
    assert inner.act == "claims_responsibility"
    assert inner.outer == 0


def test_a_quotation_with_a_speaker_beside_it_is_never_lost(analyse: Analyse) -> None:
    text = "“We had called him before he boarded the ferry,” his nephew Sami el Karsi added."
    (only,) = told(analyse, text)
    assert only[0] == "direct"
    assert only[1] is not None
    assert "Karsi" in only[1]


def test_titles_comments_and_notices_say_nothing(analyse: Analyse) -> None:
    text = (
        "Basin Council warns of hunger behind the line\n\n"
        "The council met in the town hall of Velm for two long days this week.\n\n"
        "2 Comments\n\n"
        "I say that they are all liars.\n"
    )
    assert told(analyse, text) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Vasch",
                "said",
                "that",
                "“",
                "”",
                '"',
                "'",
                ",",
                ".",
                "the road",
                "is closed",
                "\n\n",
                "according to",
                "he",
                "denied",
                "claimed responsibility for",
                "to",
                "and",
                "who",
            ]
        ),
        min_size=3,
        max_size=25,
    )
)
def test_any_text_gives_statements_that_lie_in_it(model: SpacyModel, words: list[str]) -> None:
    from sayso.records.documents import Zone
    from sayso.records.spans import Span

    text = " ".join(words)
    document = _document(text)
    zones = [Zone("body", Span(0, len(text)))] if text.strip() else []
    analysis = Analysis(document, model.parse(text, zones).parses)
    drafts = find_statements(analysis)
    for index, draft in enumerate(drafts):
        _check(draft, len(text), index)


def _check(draft: DraftStatement, length: int, index: int) -> None:
    assert draft.content
    assert 0 < draft.confidence <= 1
    for span in (*draft.content, *draft.exact):
        assert 0 <= span.start < span.end <= length
    if draft.kind == "indirect":
        assert not draft.exact
    assert draft.continues is None or draft.continues != index
    assert draft.outer is None or draft.outer != index


def _document(text: str):  # type: ignore[no-untyped-def]
    from sayso.records.documents import Document, Published
    from sayso.records.spans import OffsetMap

    return Document(
        id="d", uri="d.txt", sha256="0", media_type="text/plain", encoding="utf-8",
        retrieved="2031-01-01T00:00:00Z", text=text, language="en", title=None, byline=None,
        outlet=None, origin=None, published=Published(), dateline=None, zones=(), evidence={},
        repairs={}, source_map=OffsetMap.identity(len(text)), made_by="m",
    )  # fmt: skip


def test_a_subject_is_not_its_own_content(analyse: Analyse) -> None:
    text = "Pavel Idrin, who led the border service until last year, doubts the figure."
    assert all("Idrin" not in content for *_, pieces in told(analyse, text) for content in pieces)


def test_according_to_nobody_after_it_gives_no_statement(analyse: Analyse) -> None:
    assert find_statements(analyse("who he according to")) == []
