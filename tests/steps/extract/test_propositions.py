"""Clauses brought down to subject, predicate and second end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.steps.extract.scenery import claims_in, document

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Claim

Find = Callable[[str], list[Claim]]


@pytest.fixture
def assertions(model: SpacyModel) -> Find:
    def find(text: str) -> list[Claim]:
        report = document(text)
        analysis = Analysis(report, model.parse(text, report.zones).parses)
        return [claim for claim in claims_in(analysis).claims if claim.kind == "assertion"]

    return find


@pytest.mark.parametrize(
    ("text", "subject", "predicate", "object", "polarity"),
    [
        ("Ilya Marn took a bribe.", "Ilya Marn", "take bribe", None, "positive"),
        ("Ilya Marn never took bribes.", "Ilya Marn", "take bribe", None, "negative"),
        ("Tarvia betrayed Ostrenia.", "Tarvia", "betray", "Ostrenia", "positive"),
        ("Ostrenia was betrayed by Tarvia.", "Tarvia", "betray", "Ostrenia", "positive"),
        ("Tarvia did not betray Ostrenia.", "Tarvia", "betray", "Ostrenia", "negative"),
        ("Ilya Marn met Dara Voss.", "Ilya Marn", "meet", "Dara Voss", "positive"),
        ("Ilya Marn colluded with Ostrenia.", "Ilya Marn", "collude with", "Ostrenia", "positive"),
        (
            "Ilya Marn was involved in the plot.",
            "Ilya Marn",
            "be involved plot in",
            None,
            "positive",
        ),
        ("Ilya Marn resigned.", "Ilya Marn", "resign", None, "positive"),
        ("Ilya Marn is a spy.", "Ilya Marn", "be spy", None, "positive"),
        ("Ilya Marn is no spy.", "Ilya Marn", "be spy", None, "negative"),
        (
            "Dara Voss accused Ilya Marn of taking bribes.",
            "Ilya Marn",
            "take bribe",
            None,
            "positive",
        ),
    ],
)
def test_a_clause_is_brought_down_to_its_parts(
    assertions: Find, text: str, subject: str, predicate: str, object: str | None, polarity: str
) -> None:
    (claim,) = assertions(text)
    assert claim.subject is not None
    assert claim.subject.quote == subject
    assert claim.predicate == predicate
    assert (claim.object.quote if claim.object else None) == object
    assert claim.polarity == polarity
    assert claim.modality == "actual"
    assert claim.quote == text[claim.span.start : claim.span.end]
    if claim.theme is not None:
        assert claim.theme.quote == text[claim.theme.span.start : claim.theme.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "Ilya Marn said something.",
        "Did Ilya Marn take bribes?",
        "The minister took bribes.",
        "Ilya Marn is a nice person.",
        "Ilya Marn is happy.",
        "Dara Voss wants to change an unfounded perception that Ilya Marn is racist.",
        "Evidence that Ilya Marn is racist is nothing new.",
        "Ilya Marn cannot betray Ostrenia.",
        "Ilya Marn can't betray Ostrenia.",
        "Many want a ban on Ilya Marn from taking bribes.",
        "Ilya Marn wants to resign soon to rest.",
        "",
    ],
)
def test_what_says_too_little_is_no_proposition(assertions: Find, text: str) -> None:
    assert [claim for claim in assertions(text) if claim.modality == "actual"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Tarvia supports the Karsk Front.",
        "The Karsk Front attacked Velm.",
        "The Karsk Front is active in Velm.",
        "The Karsk Front carried out the attack in Velm.",
    ],
)
def test_what_answers_another_question_is_no_proposition_besides(
    assertions: Find, text: str
) -> None:
    assert assertions(text) == []
