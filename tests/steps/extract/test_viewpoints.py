"""Say-so without a verb of saying."""

from __future__ import annotations

import pytest
from tests.steps.extract.scenery import document

from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.records.findings import Statement
from sayso.settings import ExtractSettings, Settings


@pytest.fixture(scope="module")
def reader(model: SpacyModel) -> Reader:
    return Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)


def _statements(reader: Reader, text: str) -> tuple[Statement, ...]:
    return reader.read_document(document(text)).statements


@pytest.mark.parametrize(
    ("text", "holder", "content"),
    [
        (
            "In the view of Tarvian Intelligence Chief Ada Brin, the Front has bases in Velm.",
            "Ada Brin",
            "the Front has bases in Velm",
        ),
        ("In Mr Marn's opinion, the Front has left Velm.", "Marn", "the Front has left Velm"),
        (
            "By Mr Marn's count, the Front has 900 men in Velm.",
            "Marn",
            "the Front has 900 men in Velm",
        ),
        (
            "The view of Minister Ada Brin is that the Front has bases in Velm.",
            "Ada Brin",
            "that the Front has bases in Velm",
        ),
        (
            "Ada Brin made it clear that the Front has left Velm.",
            "Ada Brin",
            "that the Front has left Velm",
        ),
        (
            "Ada Brin gave the number of wounded in Velm as 80.",
            "Ada Brin",
            "the number of wounded in Velm as 80",
        ),
        (
            "Mr Marn put the number of arrests in Velm at no fewer than 100.",
            "Marn",
            "the number of arrests in Velm at no fewer than 100",
        ),
        (
            "Mr Marn attributed the attack in Velm to the Front.",
            "Marn",
            "the attack in Velm to the Front",
        ),
        (
            "As Mr Marn put it, the attack in Velm is the work of the Front.",
            "Marn",
            "the attack in Velm is the work of the Front",
        ),
    ],
)
def test_whose_view_it_is_says_it(reader: Reader, text: str, holder: str, content: str) -> None:
    (statement,) = _statements(reader, text)
    assert statement.holder is not None
    assert holder in statement.holder.quote
    assert [words.quote for words in statement.content] == [content]


@pytest.mark.parametrize(
    "text",
    [
        "In view of the attack, the road to Velm was closed.",
        "Changes in the view of the valley brought painters to Velm.",
        "As the men put it on the lorry, the road to Velm was closed.",
        "In my opinion, the road to Velm is closed.",
        "By all accounts, the road to Velm is closed.",
        "He made his way to Velm at noon.",
        "They put the number of the house at the top of the page.",
        "She gave the strength of the bridge as a reason.",
        "The view of the valley is that of a painter.",
    ],
)
def test_no_say_so_where_nobody_else_has_a_view(reader: Reader, text: str) -> None:
    assert _statements(reader, text) == ()
