"""From invented reports, through the whole of reading, to disputes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fakes import raw

from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.records.matches import Dispute
from sayso.records.readings import Reading
from sayso.settings import ExtractSettings, Settings
from sayso.steps.match.disputes.gathering import sides_of_reading
from sayso.steps.match.disputes.happenings import behind
from sayso.steps.match.disputes.silence import (
    Unanswered,
    charges_of,
    replies_of,
    silent,
    speakers_of,
)
from sayso.steps.match.disputes.topic_disputes import disputes, needs_signs, stamp
from sayso.steps.match.disputes.topics import Topic, topics
from sayso.steps.match.disputes.whole import disputes_of

REPORTS = {
    "wire": """Karsk Front has up to 3,000 fighters, minister says

VELM, March 4, 2031 (Tarvian Wire) -- The Karsk Front has between 2,000 and 3,000 fighters
in Tarvia, Interior Minister Ilya Marn said on Tuesday.
""",
    "courier": """Analyst puts Front far higher

LENN, March 11, 2031 (Lenn Courier) -- The Karsk Front commands about 7,000 fighters in
Tarvia, according to Dara Voss, an analyst at the Orsk Institute.

"The Karsk Front is active in Tarvia and it is growing," Voss said.
""",
    "later": """Army chief sees weaker Front

VELM, September 20, 2034 (Tarvian Wire) -- General Pavel Dorn said the Karsk Front has 900
fighters in Tarvia.
""",
    "denial": """Front denies presence

ORSK, March 12, 2031 (Orsk Daily) -- A spokesman for the government, Sergei Holt, denied
that the Karsk Front is active in Tarvia.
""",
    "envoy": """Front has 2,000 to 3,000 men

DARN, March 9, 2031 (Darn Post) -- The Karsk Front has 2,000 to 3,000 fighters in Tarvia, UN
envoy Lea Tamm said in an interview. About 400 of its fighters are in the Orsk Valley.
""",
    "if": """Marn warns

DARN, March 9, 2031 (Darn Post) -- Around 500 Karsk Front fighters attacked a post in Lenn
province, the army said. "If the Karsk Front had 10,000 fighters in Tarvia, it would take
the capital," Marn said.
""",
    "charge": """Ostrenia shelters rebels, Tarvia says

VELM, May 5, 2031 (Tarvian Wire) -- Ostrenia harbours the Karsk Front, Foreign Minister Ana
Gold said. She accused the Ostren Brigade of attacking a convoy near Darn.
""",
    "answer": """Ostrenia rejects charge

ORSK, May 6, 2031 (Orsk Daily) -- Ostrenia does not harbour the Karsk Front, President Jon
Ilst said.
""",
}

Read = Callable[..., list[Reading]]


@pytest.fixture(scope="module")
def read(model: SpacyModel) -> Read:
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)

    def some(*names: str) -> list[Reading]:
        return [reader.read(raw(written(REPORTS[name]), f"{name}.txt")) for name in names]

    return some


def written(text: str) -> str:
    """A paragraph a line, as files have it."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def asked(found: list[Dispute]) -> dict[str, Dispute]:
    return {dispute.question: dispute for dispute in found}


def test_strength_by_three_voices_in_three_years(read: Read) -> None:
    found = asked(disputes_of(read("wire", "courier", "later", "envoy", "if")))
    assert list(found) == ["How many fighters does the Karsk Front have in Tarvia?"]
    dispute = next(iter(found.values()))
    answers = {position.value: position for position in dispute.positions}
    assert list(answers) == ["900", "2,000 to 3,000", "about 7,000"]
    assert dispute.verdict == "conflict"
    assert any("later figure" in reason for reason in dispute.reasons)
    both = answers["2,000 to 3,000"]
    assert [holder.name for holder in both.holders] == ["Ilya Marn", "Lea Tamm"]
    assert (both.independent_sources, both.since, both.until) == (2, "2031-03-04", "2031-03-09")


def test_a_denied_presence_against_a_told_one(read: Read) -> None:
    found = asked(disputes_of(read("courier", "denial")))
    dispute = found["Is the Karsk Front active in Tarvia?"]
    holders = [[holder.name for holder in position.holders] for position in dispute.positions]
    assert holders == [["Dara Voss"], ["Sergei Holt"]]
    assert dispute.verdict == "conflict"


BLAME = {
    "Ilya Marn blamed the Karsk Front for the attack in Velm.": ("Karsk Front", True),
    "The police chief said the Karsk Front was behind the attack in Velm.": ("Karsk Front", True),
    "The Karsk Front was responsible for the bombing in Velm, Marn said.": ("Karsk Front", True),
    "The Karsk Front had no hand in the attack in Velm, Marn said.": ("Karsk Front", False),
    "The Karsk Front said it did not carry out the attack in Velm.": ("Karsk Front", False),
    "Ilya Marn condemned the attack in Velm and met the Karsk Front.": None,
    "Ilya Marn praised the Karsk Front for condemning the attack in Velm.": None,
    "Officials told the Karsk Front of the attack in Velm.": None,
}


@pytest.mark.parametrize("sentence", BLAME)
def test_who_is_blamed_for_an_attack_in_other_words_than_those_of_a_deed(
    model: SpacyModel, sentence: str
) -> None:
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)
    text = f"Blast in the town\n\nVELM, April 3, 2031 (Tarvian Wire) -- {sentence}\n"
    sides = sides_of_reading(reader.read(raw(text, "blame.txt")))
    found = {(party.name, done) for side in sides for party, done in behind(side)}
    wanted = BLAME[sentence]
    assert found == ({wanted} if wanted is not None else set())


@pytest.mark.parametrize("noun", ["claims", "reports", "accusations"])
def test_a_rejected_claim_is_a_denial(model: SpacyModel, noun: str) -> None:
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)
    text = f"Marn speaks\n\nVELM, April 3, 2031 (Tarvian Wire) -- Marn rejected {noun} that"
    active = f"{text} the Karsk Front operates in Tarvia.\n"
    (side,) = [s for s in sides_of_reading(reader.read(raw(active))) if s.claim.kind == "status"]
    assert (side.polarity, side.holder and side.holder.name) == ("negative", "Marn")
    armed = f"{text} Ostrenia supports the Karsk Front.\n"
    (side,) = [s for s in sides_of_reading(reader.read(raw(armed))) if s.claim.kind == "relation"]
    assert side.polarity == "negative"


NOT_THERE = (
    "The Karsk Front has no presence in Pakistan, Marn said.",
    "There are no Karsk Front fighters in Pakistan, Marn said.",
    "The Karsk Front is no longer present in Pakistan, Marn said.",
    "The Karsk Front has been wiped out in Pakistan, Marn said.",
    "Marn denied the presence of the Karsk Front in Pakistan.",
)


@pytest.mark.parametrize("sentence", NOT_THERE)
def test_ways_to_deny_a_presence(model: SpacyModel, sentence: str) -> None:
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)
    there = "The Karsk Front maintains a presence in Pakistan, Voss said."
    texts = (f"News\n\nVELM, April 3, 2031 (Wire) -- {one}\n" for one in (sentence, there))
    readings = [reader.read(raw(text, f"{number}.txt")) for number, text in enumerate(texts)]
    (found,) = disputes_of(readings)
    assert found.question == "Is the Karsk Front active in Pakistan?"
    assert found.verdict == "conflict"


def test_the_country_is_the_one_that_is_named_alone(model: SpacyModel) -> None:
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)
    head = "News\n\nVELM, April 3, 2031 (Wire) -- "
    one = f"{head}Marn spoke of Pakistan. He said the Karsk Front is not active in the country.\n"
    two = one.replace("of Pakistan", "of Pakistan and Iran")
    places = []
    for text in (one, two):
        sides = sides_of_reading(reader.read(raw(text)))
        places += [side.scope.name for side in sides if side.claim.kind == "status"]
    assert places == ["Pakistan", None]


GONE = """Brigade gone

VELM, July 20, 2032 (Tarvian Wire) -- The Ostren Brigade is no longer present in Tarvia, Defence
Minister Ruben Kohl said.
"""
THERE = """Brigade there

LENN, July 21, 2032 (Lenn Courier) -- The Ostren Brigade is operating in Tarvia, Sara Quill said.
"""


def test_no_longer_denies(model: SpacyModel) -> None:
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)
    texts = enumerate((GONE, THERE))
    readings = [reader.read(raw(written(text), f"{number}.txt")) for number, text in texts]
    found = asked(disputes_of(readings))
    assert found["Is the Ostren Brigade active in Tarvia?"].verdict == "conflict"


RISING = """Toll in Velm blast rises

VELM, April 3, 2031 (Tarvian Wire) -- The death toll from Wednesday's bomb attack in Velm
has risen to 22, the health ministry said. Last year, 300 people were killed in Tarvia.
"""


def test_which_dead_are_an_attacks_and_that_a_toll_has_risen(model: SpacyModel) -> None:
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)
    sides = sides_of_reading(reader.read(raw(written(RISING), "rising.txt")))
    tolls = {side.claim.low: side for side in sides if side.claim.measure == "killed"}
    assert tolls[22].updates
    assert tolls[22].event is not None
    assert tolls[300].event != tolls[22].event


def test_a_charge_and_its_denial(read: Read) -> None:
    found = asked(disputes_of(read("charge", "answer")))
    assert found["Does Ostrenia harbour the Karsk Front?"].verdict == "conflict"


def test_one_report_by_itself_has_none(read: Read) -> None:
    for name in REPORTS:
        assert disputes_of(read(name)) == [], name


def test_topic_by_topic_gives_what_the_whole_gives(read: Read) -> None:
    """As a ledger does it: documents come one by one, and only topics that they touch are made
    again."""
    readings = read(*REPORTS)
    index: dict[Topic, list] = {}  # type: ignore[type-arg]
    kept: dict[Topic, list[Dispute]] = {}
    for reading in readings:
        touched = set()
        for side in sides_of_reading(reading):
            for topic in topics(side):
                index.setdefault(topic, []).append(side)
                touched.add(topic._replace(role="answer"))
        for topic in touched:
            members = list(index.get(topic, []))
            if needs_signs(topic, members):
                members += index.get(topic._replace(role="sign"), [])
            kept[topic] = disputes(topic, members, made_by=stamp().id)
    found = sorted((d for some in kept.values() for d in some), key=lambda d: d.id)
    assert found == disputes_of(readings)


def _silent(readings: list[Reading]) -> list[Unanswered]:
    charges = [
        charge
        for r in readings
        for charge in charges_of(r.document, r.entities, r.mentions, r.statements, r.claims)
    ]
    replies = [
        reply
        for r in readings
        for reply in replies_of(r.document, r.entities, r.mentions, r.statements)
    ]
    heard = [id for r in readings for id in speakers_of(r.entities, r.statements)]
    for r in readings:
        mine = [charge for charge in charges if charge.document == r.document.id]
        assert all(c.words.span.cut(r.document.text) == c.words.quote for c in mine)
    return silent(charges, replies, speakers=heard)


ANSWER = """Brigade speaks

ORSK, May 7, 2031 (Orsk Daily) -- The Ostren Brigade denied that it attacked the convoy.
"""


def test_who_is_accused_and_silent(read: Read, model: SpacyModel) -> None:
    readings = read("charge", "answer")
    found = _silent(readings)
    assert [(item.name, item.speaks) for item in found] == [("Ostren Brigade", False)]
    charge = found[0].charges[0]
    assert charge.by is not None
    assert (charge.by.name, charge.words.quote) == ("Ana Gold", "attacking a convoy near Darn")
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)
    assert _silent([*readings, reader.read(raw(ANSWER, "answer2.txt"))]) == []


def test_the_five_reports(shared: Path, model: SpacyModel) -> None:
    reader = Reader(model=model)
    paths = sorted((shared / "seeds").glob("*.txt"))
    found = disputes_of([reader.read(raw(path.read_bytes(), path.name)) for path in paths])
    by_kind = {(d.about.kind, d.about.document is not None, d.verdict) for d in found}
    assert ("estimate", True, "differ") in by_kind
    assert ("estimate", False, "differ") in by_kind
    assert ("status", False, "conflict") in by_kind
    assert len(found) <= 4
