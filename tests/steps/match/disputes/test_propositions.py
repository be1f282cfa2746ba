"""What one says somebody did, and another denies: from invented reports to disputes."""

from __future__ import annotations

import dataclasses

import pytest
from evals.plain_documents import plain_document
from msgspec.structs import replace
from tests.steps.match.disputes.drafting import MARN, VOSS, side

from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.records.documents import Published
from sayso.records.findings import Words
from sayso.records.matches import Dispute
from sayso.records.readings import Reading
from sayso.records.spans import Span
from sayso.settings import ExtractSettings, Settings
from sayso.steps.match.disputes.predicates import same_predicate
from sayso.steps.match.disputes.sides import DisputeClaim, Matched, Party
from sayso.steps.match.disputes.whole import disputes_among, disputes_of

LEAD = "Tarvian Foreign Minister Ada Brin and Ostrenian Interior Minister Ilya Marn spoke in Velm."


@pytest.fixture(scope="module")
def reader(model: SpacyModel) -> Reader:
    return Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)


def _read(reader: Reader, *texts: str) -> list[Reading]:
    return [
        reader.read_document(
            replace(
                plain_document(f"{LEAD}\n\n{text}"),
                id=f"d{number}",
                uri=f"{number}.txt",
                published=Published("2031-03-04"),
            )
        )
        for number, text in enumerate(texts)
    ]


def _one_name(readings: list[Reading]) -> Matched:
    """Entities of one name are one actor, as the step before would find."""
    first: dict[str, str] = {}
    actors = {}
    for reading in readings:
        for entity in reading.entities:
            actors[entity.id] = first.setdefault(entity.name, entity.id)
    return Matched(actors=actors)


def _assertions(reader: Reader, *texts: str) -> list[Dispute]:
    readings = _read(reader, *texts)
    found = disputes_of(readings, matched=_one_name(readings))
    return [dispute for dispute in found if dispute.about.kind == "assertion"]


@pytest.mark.parametrize(
    ("one", "other", "question"),
    [
        (
            "Ilya Marn said that Ada Brin had taken a bribe.",
            "“I never took bribes,” Ada Brin said.",
            "Did Ada Brin take a bribe?",
        ),
        (
            "Ilya Marn accused Ada Brin of taking bribes.",
            "Ada Brin denied that she had taken bribes.",
            "Did Ada Brin take bribes?",
        ),
        (
            "Ilya Marn said that Tarvia had betrayed Ostrenia.",
            "Ada Brin denied that Tarvia had betrayed Ostrenia.",
            "Did Tarvia betray Ostrenia?",
        ),
    ],
)
def test_an_assertion_and_its_denial_are_a_conflict(
    reader: Reader, one: str, other: str, question: str
) -> None:
    (dispute,) = _assertions(reader, one, other)
    assert dispute.question == question
    assert dispute.verdict == "conflict"
    yes, no = dispute.positions
    assert [holder.name for holder in yes.holders] == ["Ilya Marn"]
    assert [holder.name for holder in no.holders] == ["Ada Brin"]
    assert (yes.independent_sources, no.independent_sources) == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Ilya Marn accused Ada Brin of taking bribes. Ms Brin denied the allegation.",
        "Ada Brin rejected accusations by Ilya Marn that she had taken bribes.",
    ],
)
def test_one_report_may_hold_both(reader: Reader, text: str) -> None:
    (dispute,) = _assertions(reader, text)
    assert [[h.name for h in p.holders] for p in dispute.positions] == [
        ["Ilya Marn"],
        ["Ada Brin"],
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilya Marn said that Ada Brin had taken bribes.", "Ada Brin met Ilya Marn."),
        ("Ilya Marn said that Ada Brin had taken bribes.", "Ada Brin took bribes, he said."),
        ("Ilya Marn said that Ada Brin had met Dara Voss.", "Ada Brin denied she took bribes."),
        ("Ada Brin took bribes.", "Ada Brin did not take bribes."),
        ("Ilya Marn said Ada Brin may have taken bribes.", "Ada Brin denied taking bribes."),
    ],
)
def test_no_dispute_where_nobody_denies_the_same(reader: Reader, one: str, other: str) -> None:
    assert _assertions(reader, one, other) == []


def test_the_denial_of_anothers_word_leaves_that_word_with_him(reader: Reader) -> None:
    text = "Ada Brin dismissed claims by Ilya Marn that the Karsk Front is active in Orsk."
    (reading,) = _read(reader, text)
    states = [claim for claim in reading.claims if claim.kind == "status"]
    assert sorted(claim.polarity for claim in states) == ["negative", "positive"]
    assert len({claim.statement for claim in states}) == 2
    assert all(
        claim.quote == reading.document.text[claim.span.start : claim.span.end]
        for claim in reading.claims
    )


BRIN = Party("brin", "Ada Brin", "person")


def _assertion(document: str, predicate: str = "take bribe", **more: object) -> DisputeClaim:
    return side(
        document,
        kind="assertion",
        subject=BRIN,
        measure="",
        predicate=predicate,
        **more,  # type: ignore[arg-type]
    )


def test_words_years_apart_have_changed() -> None:
    sides = [
        _assertion("a", holder=MARN),
        _assertion("b", holder=VOSS, polarity="negative", published="2033-05-01"),
    ]
    (dispute,) = disputes_among(sides)
    assert dispute.verdict == "changed_over_time"


def test_a_no_before_anybody_told_of_the_deed_is_no_denial_of_it() -> None:
    told = _assertion("a", holder=MARN, published="2031-03-14")
    early = _assertion("b", holder=VOSS, polarity="negative", published="2031-03-04")
    late = _assertion("c", holder=VOSS, polarity="negative", published="2031-03-12")
    assert disputes_among([told, early]) == []
    (dispute,) = disputes_among([told, early, late])
    assert [len(position.claims) for position in dispute.positions] == [1, 1]


def _broke(document: str, words: str, **more: object) -> DisputeClaim:
    bare = _assertion(document, predicate="violate law", **more)
    theme = Words(Span(0, len(words)), words)
    return dataclasses.replace(bare, claim=replace(bare.claim, theme=theme))


def test_nouns_that_are_described_otherwise_are_two() -> None:
    charge = _broke("a", "the fundraising laws", holder=MARN)
    other = _broke("b", "agency rules", holder=MARN)
    plain = _broke("c", "a law", holder=MARN)
    denial = _broke("d", "fundraising law", holder=VOSS, polarity="negative")
    (dispute,) = disputes_among([charge, other, plain, denial])
    assert [len(position.claims) for position in dispute.positions] == [2, 1]
    assert disputes_among([other, denial]) == []


def test_a_reports_own_no_is_no_denial() -> None:
    sides = [_assertion("a", holder=MARN), _assertion("b", holder=None, polarity="negative")]
    assert disputes_among(sides) == []


def test_one_speaker_in_one_text_explains_himself() -> None:
    sides = [_assertion("a", holder=MARN), _assertion("a", holder=MARN, polarity="negative")]
    assert disputes_among(sides) == []


def test_the_order_of_reports_does_not_matter() -> None:
    sides = [
        _assertion("a", holder=MARN),
        _assertion("b", holder=VOSS, polarity="negative"),
        _assertion("c", holder=MARN),
    ]
    assert disputes_among(sides) == disputes_among(sides[::-1])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("send missile to", "supply rocket to", True),
        ("murder", "assassinate", True),
        ("break into", "hack", True),
        ("take bribe", "accept kickback", True),
        ("meet", "invade", False),
        ("supply weapon to", "supply weapon from", False),
        ("", "", True),
    ],
)
def test_predicates_of_one_meaning(one: str, other: str, same: bool) -> None:
    assert (same_predicate(one) == same_predicate(other)) is same
