from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.records.documents import RawDocument
from sayso.records.findings import Statement
from sayso.records.readings import Reading
from sayso.settings import Settings

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read(model: SpacyModel) -> Read:
    reader = Reader(Settings(), model=model)

    def from_text(text: str) -> Reading:
        raw = RawDocument("report.txt", text.encode(), "text/plain", "2031-03-14T00:00:00Z")
        return reader.read(raw)

    return from_text


def holders(reading: Reading) -> list[tuple[str | None, str]]:
    """Name of each statement's holder, and how it is put."""
    names = {entity.id: entity.name for entity in reading.entities}
    return [
        (names[s.holder.entity] if s.holder.entity else None, s.holder.form)
        for s in reading.statements
        if s.holder is not None
    ]


def test_a_pronoun_is_the_last_speaker(read: Read) -> None:
    reading = read(
        "Minister Oren Vasch said on Monday that the road to Ustrel was closed to all lorries.\n"
        "He said that it would open again in spring."
    )
    assert holders(reading) == [("Oren Vasch", "name"), ("Oren Vasch", "pronoun")]


def test_two_speakers_in_turn(read: Read) -> None:
    reading = read(
        "Minister Oren Vasch said on Monday that the road to Ustrel was closed to all lorries.\n"
        "Opposition deputy Sela Marn said the map was four years old.\n"
        "“We guess. Then we print our guesses,” she added."
    )
    assert holders(reading)[-1] == ("Sela Marn", "pronoun")


def test_a_surname_is_the_person(read: Read) -> None:
    reading = read(
        "Minister Oren Vasch said on Monday that the road to Ustrel was closed to all lorries.\n"
        "“Mend the road,” Vasch said."
    )
    assert {name for name, _ in holders(reading)} == {"Oren Vasch"}


def test_the_name_in_apposition_is_the_holder(read: Read) -> None:
    reading = read(
        "The region's former police chief, Brunt Okell, said that the truce would not hold long."
    )
    assert holders(reading) == [("Brunt Okell", "name")]


def test_the_role_beside_the_name_is_kept(read: Read) -> None:
    reading = read(
        "Tove Aldane, head of the Ordesh Teachers' Union, said that no school would close in May."
    )
    (statement,) = reading.statements
    assert statement.holder is not None
    assert statement.holder.role is not None
    assert statement.holder.role.quote == "head of the Ordesh Teachers' Union"


def test_a_letter_from_a_ministry_is_the_ministry_speaking(read: Read) -> None:
    reading = read(
        "Grain for six weeks is stored there, according to a letter from the Ministry of"
        " Agriculture of Tarvia."
    )
    assert holders(reading) == [("Ministry of Agriculture of Tarvia", "nominal")]


def test_a_description_is_the_person_named_next(read: Read) -> None:
    reading = read(
        "The front has begun to pay its men in grain, a Tarvian border official said on Tuesday.\n"
        "Tarvian Border Service director Oren Vasch said that 2,000 men took its orders."
    )
    assert [name for name, _ in holders(reading)] == ["Oren Vasch", "Oren Vasch"]


def test_a_description_nobody_answers_to_is_an_entity_of_its_own(read: Read) -> None:
    reading = read("The participants warned that the truce could break before the thaw sets in.")
    assert holders(reading) == [("participants", "nominal")]
    entity = next(e for e in reading.entities if e.name == "participants")
    assert entity.kind == "people"


def test_nobody_is_guessed(read: Read) -> None:
    reading = read("He said that the road to Ustrel was closed to all lorries until the spring.")
    (statement,) = reading.statements
    assert statement.holder is not None
    assert statement.holder.entity is None
    assert statement.holder.quote == "He"


def test_a_source_behind_the_source(read: Read) -> None:
    reading = read(
        "The Isel Post quoted General Brunt Okell as saying that the truce would not hold long."
    )
    (statement,) = [s for s in reading.statements if "truce" in s.content[0].quote][:1]
    names = {entity.id: entity.name for entity in reading.entities}
    assert statement.holder is not None
    assert statement.holder.entity is not None
    assert names[statement.holder.entity] == "Brunt Okell"
    assert [via.quote for via in statement.via] == ["Post"] or statement.via[0].quote.endswith(
        "Post"
    )


def test_the_day_it_was_said(read: Read) -> None:
    reading = read("Minister Oren Vasch said on Monday that the road to Ustrel was closed.")
    (statement,) = reading.statements
    assert statement.said is not None
    assert "Monday" in statement.said.quote
    assert statement.said.value is None, "no publication date: nothing anchors a weekday"


def test_where_it_was_said(read: Read) -> None:
    reading = read("Sanna Iler said at the meeting that most of the closed schools would open.")
    (statement,) = reading.statements
    assert statement.setting is not None
    assert statement.setting.quote == "the meeting"


def test_sentences_that_go_on_keep_the_holder(read: Read) -> None:
    reading = read(
        "According to Professor Emil Rell, there are over 20 armed groups in the basin. The largest"
        " of these has nearly 600 fighters. Another group is led by shepherds, he notes."
    )
    assert [name for name, _ in holders(reading)][:3] == ["Emil Rell"] * 3
    middle: Statement = reading.statements[1]
    assert middle.cue is None
    assert middle.continues == reading.statements[0].id
