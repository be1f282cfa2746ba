"""Corrections as people say them become whole judgements in characters and ids."""

from __future__ import annotations

from typing import Any

import pytest
from tests.store.test_standing import TEXT, at, ledger, row_of, said

import sayso
from sayso.errors import JudgementRefused, NoSuchRecord
from sayso.records.documents import Document
from sayso.records.findings import Claim
from sayso.values.corrections import added_id

__all__ = ["ledger"]


def correct(ledger: sayso.Ledger, id: str, by: str = "ines", **changes: Any) -> dict[str, Any]:
    return dict(ledger.correct(id, changes, by=by).value)


def entity(ledger: sayso.Ledger, name: str) -> str:
    (found,) = (e.id for e in ledger.entities() if e.name == name)
    return found


def estimate(ledger: sayso.Ledger, quote: str) -> Claim:
    (found,) = (c for c in ledger.claims(kind="estimate") if c.quote == quote)
    return found


def document(ledger: sayso.Ledger) -> Document:
    (found,) = (d for d in ledger.documents() if d.text == TEXT)
    return found


def test_words_of_the_text_stand_for_their_characters(ledger: sayso.Ledger) -> None:
    one = said(ledger, "300 fighters in Velm")
    assert correct(ledger, one.id, quote="We have 300") == at("We have 300")
    assert said(ledger, "We have 300").id == one.id


def test_of_the_same_words_those_near_the_finding_are_meant(ledger: sayso.Ledger) -> None:
    one = said(ledger, "attacked Durno")
    value = correct(ledger, one.id, quote="Velm")
    assert value["start"] == TEXT.rindex("Velm") != TEXT.index("Velm")


def test_a_name_stands_for_the_entity_and_its_words(ledger: sayso.Ledger) -> None:
    one = said(ledger, "300 fighters in Velm")
    value = correct(ledger, one.id, holder="mira sol", holder_quote="Mira Sol")
    start = TEXT.index("Mira Sol")
    assert value == {
        "holder": entity(ledger, "Mira Sol"),
        "holder_name": "Mira Sol",
        "holder_start": start,
        "holder_end": start + len("Mira Sol"),
    }
    assert row_of(ledger, one.id)["holder"] == "Mira Sol"


def test_an_entity_may_be_given_by_its_id(ledger: sayso.Ledger) -> None:
    one, sol = said(ledger, "attacked Durno"), entity(ledger, "Mira Sol")
    assert correct(ledger, one.id, holder=sol[:8])["holder"] == sol


def test_what_was_corrected_before_stays(ledger: sayso.Ledger) -> None:
    one = said(ledger, "attacked Durno")
    correct(ledger, one.id, act="denies", quote="attacked Durno")
    correct(ledger, one.id, by="omar", holder_name="a shepherd")
    stands = said(ledger, "attacked Durno")
    assert stands.cue is not None
    assert (stands.cue.act, stands.content[0].quote) == ("denies", "attacked Durno")
    assert row_of(ledger, one.id)["holder"] == "a shepherd"
    value = correct(ledger, one.id, holder="Mira Sol")
    assert (value["holder_name"], value["act"]) == ("Mira Sol", "denies")


def test_another_holder_takes_the_place_of_all_that_was_said_of_the_last(
    ledger: sayso.Ledger,
) -> None:
    one = said(ledger, "300 fighters in Velm")
    correct(ledger, one.id, holder="Mira Sol", holder_quote="Mira Sol", kind="indirect")
    assert correct(ledger, one.id, holder_name="a shepherd") == {
        "holder_name": "a shepherd",
        "kind": "indirect",
    }


def test_the_same_holder_keeps_the_words_that_were_shown_for_it(ledger: sayso.Ledger) -> None:
    one = said(ledger, "300 fighters in Velm")
    shown = correct(ledger, one.id, holder="Mira Sol", holder_quote="Mira Sol")
    value = correct(ledger, one.id, holder=entity(ledger, "Mira Sol"), quote="We have 300")
    assert value == {**shown, **at("We have 300")}


def test_what_was_taken_back_or_rejected_is_no_ground(ledger: sayso.Ledger) -> None:
    one = said(ledger, "attacked Durno")
    made = ledger.correct(one.id, {"act": "denies"}, by="ines")
    ledger.withdraw(made.id, by="ines")
    assert correct(ledger, one.id, kind="mixed") == {"kind": "mixed"}
    ledger.judge(one.id, "reject", by="omar")
    assert correct(ledger, one.id, act="warns") == {"act": "warns"}


def test_one_bound_changes_and_the_other_stays(ledger: sayso.Ledger) -> None:
    one = estimate(ledger, "45 members")
    assert correct(ledger, one.id, low=40) == {"low": 40, "high": 45}
    assert correct(ledger, one.id, high=None) == {"low": 40, "high": None}
    assert row_of(ledger, one.id)["what"] == "at least 40 members"


def test_a_statement_that_was_missed_is_added(ledger: sayso.Ledger) -> None:
    of = document(ledger)
    made = ledger.correct(
        of.id, {"quote": "Calm in Velm", "holder": "Orlo Venn", "act": "asserts"}, by="ines"
    )
    added = said(ledger, "Calm in Velm")
    assert (added.id, added.document) == (added_id(made.id), of.id)
    assert added.holder is not None
    assert added.holder.quote == "Orlo Venn"
    again = correct(ledger, added.id, quote="Calm")
    assert again == {"start": 0, "end": 4}
    stands = said(ledger, "Calm")
    assert stands.holder == added.holder
    assert stands.content[0].quote == "Calm"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "say what is right"),
        ({"tone": "angry"}, "tone cannot be corrected of a statement; what can: act, end"),
        ({"low": 5}, "low cannot be corrected of a statement"),
        ({"quote": "We have 400"}, "does not say “We have 400”"),
        ({"quote": " "}, "does not say"),
        ({"act": "sings"}, "act is one of asserts"),
        ({"holder": "Nobody Here"}, "no entity of the ledger has this id or name: Nobody Here"),
        ({"holder_quote": "nobody"}, "holder_quote: the text"),
        ({"start": 5}, "do not lie in the text"),
    ],
)
def test_what_means_nothing_is_refused_and_says_why(
    ledger: sayso.Ledger, changes: dict[str, Any], why: str
) -> None:
    one = said(ledger, "300 fighters in Velm")
    with pytest.raises(JudgementRefused) as refused:
        ledger.correct(one.id, changes, by="ines")
    assert why in str(refused.value)
    assert list(ledger.judgements()) == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"relation": "led_by"}, "relation cannot be corrected of an estimate"),
        ({"low": 50}, "low is above high"),
        ({"low": -1}, "low is below nothing"),
        ({"measure": " "}, "measure is a word"),
        ({"subject": "Nobody Here"}, "no entity"),
        ({"holder": "Mira Sol"}, "holder cannot be corrected"),
    ],
)
def test_so_it_is_with_a_claim(ledger: sayso.Ledger, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(JudgementRefused) as refused:
        ledger.correct(estimate(ledger, "45 members").id, changes, by="ines")
    assert why in str(refused.value)


def test_other_records_are_not_corrected(ledger: sayso.Ledger) -> None:
    with pytest.raises(JudgementRefused, match="is of type entity; statements and claims"):
        ledger.correct(entity(ledger, "Mira Sol"), {"quote": "Mira"}, by="ines")
    with pytest.raises(NoSuchRecord):
        ledger.correct("0123456789", {"act": "denies"}, by="ines")
    with pytest.raises(JudgementRefused, match="which words of the document"):
        ledger.correct(document(ledger).id, {"act": "denies"}, by="ines")
    with pytest.raises(JudgementRefused, match="says this 2 times"):
        ledger.correct(document(ledger).id, {"quote": "Velm"}, by="ines")


def test_a_name_of_several_is_told_by_the_document_or_refused(ledger: sayso.Ledger) -> None:
    youth, sol = entity(ledger, "Karsk Front Youth"), entity(ledger, "Mira Sol")
    with ledger.reading() as db:
        sql = "INSERT INTO entity_names SELECT 'mira sol', entity, document FROM entity_names"
        db.execute(f"{sql} WHERE entity = ?", (youth,))
    here, both = said(ledger, "attacked Durno"), said(ledger, "no 300 fighters")
    assert correct(ledger, here.id, holder="Mira Sol")["holder"] == sol
    with pytest.raises(JudgementRefused, match="several entities have this name") as refused:
        ledger.correct(both.id, {"holder": "Mira Sol"}, by="ines")
    assert youth[:8] in str(refused.value)
    assert correct(ledger, both.id, holder=youth)["holder"] == youth
