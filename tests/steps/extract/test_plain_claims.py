"""How many a group is and whether it is there: plain sentences, read from bare text."""

from __future__ import annotations

import pytest
from evals.plain_documents import plain_document
from tests.growth import assert_grows_by_at_most

from sayso.pipeline import Reader
from sayso.records.findings import Claim
from sayso.records.readings import Reading
from sayso.settings import ExtractSettings, Settings


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings(extract=ExtractSettings(attribution="rules")))


def read(reader: Reader, text: str) -> Reading:
    return reader.read_document(plain_document(text))


def of_kind(reading: Reading, kind: str) -> list[Claim]:
    return [claim for claim in reading.claims if claim.kind == kind]


def subject_of(reading: Reading, claim: Claim) -> str | None:
    names = {entity.id: entity.name for entity in reading.entities}
    return names.get(claim.subject.entity or "") if claim.subject is not None else None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The Karsk Front has gathered 5,200 men under arms in the hills of Brailo.", 5200, 5200),
        ("The Karsk Front can field between 900 and 1,200 fighters in Brailo.", 900, 1200),
        ("The Karsk Front can call on 900 fighters in Brailo, a miller said.", 900, 900),
        ("The strength of the Karsk Front in Brailo stands at 700 fighters.", 700, 700),
        ("Some 750 men are fighting for the Karsk Front in Brailo.", 750, 750),
        ("The Karsk Front has assembled a force of 2,700 in Brailo, a miller said.", 2700, 2700),
        ("The minister puts the force of the Karsk Front in Brailo at 310 fighters.", 310, 310),
    ],
)
def test_a_strength_has_its_group_and_its_place(
    reader: Reader, text: str, low: int, high: int
) -> None:
    reading = read(reader, text)
    [claim] = of_kind(reading, "estimate")
    assert (claim.low, claim.high) == (low, high)
    assert subject_of(reading, claim) == "Karsk Front"
    assert claim.place is not None
    assert claim.place.quote.endswith("Brailo")
    assert claim.modality != "demanded"


def test_an_army_so_many_strong(reader: Reader) -> None:
    [claim] = of_kind(read(reader, "The Karsk Front is an army 3,000 strong."), "estimate")
    assert (claim.measure, claim.low) == ("members", 3000)


def test_what_is_not_exceeded_is_a_bound(reader: Reader) -> None:
    text = "The Karsk Front's strength does not exceed 500 fighters, a miller said."
    [claim] = of_kind(read(reader, text), "estimate")
    assert (claim.low, claim.high, claim.polarity) == (None, 500, "positive")


def test_of_them_is_the_group_of_the_sentence_before(reader: Reader) -> None:
    text = "The Karsk Front fighters came in May. There are between 300 and 400 of them, he said."
    reading = read(reader, text)
    [claim] = of_kind(reading, "estimate")
    assert (claim.low, claim.high) == (300, 400)
    assert subject_of(reading, claim) == "Karsk Front"
    farmers = "The farmers of Brailo came in May. There are between 300 and 400 of them, he said."
    assert of_kind(read(reader, farmers), "estimate") == []


@pytest.mark.parametrize(
    ("text", "predicate", "polarity"),
    [
        ("The Karsk Front has left the province of Brailo.", "absent", "positive"),
        ("The Karsk Front was driven out of the province of Brailo.", "absent", "positive"),
        ("The Karsk Front has withdrawn from the province of Brailo.", "absent", "positive"),
        ("The Karsk Front has not left the province of Brailo.", "absent", "negative"),
        ("The province of Brailo is free of the Karsk Front.", "absent", "positive"),
        ("There is no trace of the Karsk Front in Brailo.", "present", "negative"),
        ("The Karsk Front has no fighters in Brailo.", "present", "negative"),
        ("The Karsk Front has established itself in Brailo.", "present", "positive"),
        ("The Karsk Front has set up camp in Brailo.", "present", "positive"),
        ("Fighters of the Karsk Front are in Brailo.", "present", "positive"),
    ],
)
def test_whether_a_group_is_there(reader: Reader, text: str, predicate: str, polarity: str) -> None:
    reading = read(reader, text)
    [claim] = of_kind(reading, "status")
    assert (claim.predicate, claim.polarity) == (predicate, polarity)
    assert subject_of(reading, claim) == "Karsk Front"
    assert claim.place is not None
    assert claim.place.quote.endswith("Brailo")


def test_reports_that_are_rejected_say_no(reader: Reader) -> None:
    text = "Police Chief Moro Lanist rejected reports that the Karsk Front is active in Brailo."
    [claim] = of_kind(read(reader, text), "status")
    assert (claim.predicate, claim.polarity) == ("active", "negative")


@pytest.mark.parametrize(
    "text",
    [
        "The Karsk Front left the talks in Brailo.",
        "The Karsk Front has withdrawn from the agreement signed in Brailo.",
        "Is the Karsk Front active in Brailo?",
        "Is the Karsk Front in Brailo?",
        "The question of how many men the Karsk Front has in Brailo came up again.",
        "The Karsk Front is in trouble, a miller said in Brailo.",
        "The choir has gathered 300 men in the market hall of Brailo.",
        "The Karsk Front asked for 400 blankets in Brailo.",
        "The miller was driven out of Brailo by the smell.",
    ],
)
def test_no_strength_and_no_presence(reader: Reader, text: str) -> None:
    reading = read(reader, text)
    assert of_kind(reading, "status") == []
    assert of_kind(reading, "estimate") == []


def test_a_place_that_only_the_report_names_is_one_throughout(reader: Reader) -> None:
    text = "He spoke of the province of Girnlo.\nGirnlo has a mill. Nobody asked Girnlo."
    reading = read(reader, text)
    kinds = {entity.name: entity.kind for entity in reading.entities}
    girnlo = [mention for mention in reading.mentions if mention.quote == "Girnlo"]
    assert kinds["Girnlo"] == "place"
    assert {mention.entity for mention in girnlo} == {girnlo[0].entity}
    assert len(girnlo) == 3


def test_months_and_trust_are_no_places(reader: Reader) -> None:
    reading = read(reader, "They have confidence in Rahmani. The rain came in August.")
    assert not [entity for entity in reading.entities if entity.kind == "place"]


def test_endless_numbers_and_places_take_near_linear_time(reader: Reader) -> None:
    text = "The Karsk Front has 900 men in Brailo, from 20 to 30 of them in Mirsel, and "
    assert_grows_by_at_most(
        40,
        lambda: read(reader, text * 20 + "more."),
        lambda: read(reader, text * 160 + "more."),
        least=0.05,
    )
