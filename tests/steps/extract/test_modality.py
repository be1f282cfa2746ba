"""Polarity, modality and hedges of claims."""

from __future__ import annotations

import pytest
from tests.steps.extract.scenery import claims_in, document, statement

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Claim


def only(model: SpacyModel, text: str, kind: str) -> Claim:
    report = document(text)
    analysis = Analysis(report, model.parse(text, report.zones).parses)
    [claim] = [claim for claim in claims_in(analysis).claims if claim.kind == kind]
    return claim


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("The Karsk Front attacked the soldiers in Orsk.", "positive", "actual"),
        ("The Karsk Front did not attack the soldiers in Orsk.", "negative", "actual"),
        ("The Karsk Front never attacked the soldiers in Orsk.", "negative", "actual"),
        ("No attack took place in Orsk.", "negative", "actual"),
        ("The Karsk Front may attack the soldiers in Orsk.", "positive", "possible"),
        ("The Karsk Front could attack the soldiers in Orsk.", "positive", "possible"),
        ("The Karsk Front will attack the soldiers in Orsk.", "positive", "future"),
        ("The Karsk Front plans to attack the soldiers in Orsk.", "positive", "future"),
        ("The Karsk Front vowed to attack the soldiers in Orsk.", "positive", "future"),
        ("The Karsk Front would attack the soldiers in Orsk.", "positive", "conditional"),
        ("If the Karsk Front attacks the soldiers, Tarvia closes.", "positive", "conditional"),
        ("The army must attack the Karsk Front in Orsk.", "positive", "demanded"),
        ("The police foiled an attack in Orsk.", "negative", "actual"),
        (
            "There is no doubt that the Karsk Front attacked the soldiers in Orsk.",
            "positive",
            "actual",
        ),
        ("It is no secret that the Karsk Front attacked the soldiers.", "positive", "actual"),
        ("There is no sign that the Karsk Front attacked the soldiers.", "positive", "possible"),
    ],
)
def test_how_an_attack_is_put(model: SpacyModel, text: str, polarity: str, modality: str) -> None:
    claim = only(model, text, "event")
    assert (claim.polarity, claim.modality) == (polarity, modality)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The Karsk Front reportedly attacked the soldiers in Orsk.", "reportedly"),
        ("The Karsk Front allegedly attacked the soldiers in Orsk.", "allegedly"),
        ("The Karsk Front could attack the soldiers in Orsk.", "could"),
        (
            "The Karsk Front, according to our data, attacked the soldiers in Orsk.",
            "according to our data",
        ),
    ],
)
def test_the_words_that_weaken(model: SpacyModel, text: str, hedge: str) -> None:
    claim = only(model, text, "event")
    assert hedge in [words.quote for words in claim.hedges]


def test_joined_verbs_do_not_share_a_negation(model: SpacyModel) -> None:
    text = "The Karsk Front is not active in Tarvia and poses no threat to Ostrenia."
    report = document(text)
    analysis = Analysis(report, model.parse(text, report.zones).parses)
    states = [claim for claim in claims_in(analysis).claims if claim.kind == "status"]
    assert {(claim.predicate, claim.polarity) for claim in states} == {
        ("active", "negative"),
        ("threatening", "negative"),
    }


@pytest.mark.parametrize(
    ("cue", "act", "polarity", "modality"),
    [
        ("denied", "denies", "negative", "actual"),
        ("confirmed", "asserts", "positive", "actual"),
        ("demanded", "demands", "positive", "demanded"),
        ("predicted", "predicts", "positive", "future"),
    ],
)
def test_the_act_of_the_statement_counts_once(
    model: SpacyModel, cue: str, act: str, polarity: str, modality: str
) -> None:
    text = f"The Ember Brigade {cue} the presence of armed groups in Tarvia."
    report = document(text)
    said = statement(
        text,
        "the presence of armed groups in Tarvia",
        cue=cue,
        act=act,  # type: ignore[arg-type]
        holder="Ember Brigade",
    )
    found = claims_in(Analysis(report, model.parse(text, report.zones).parses), [said])
    [claim] = [claim for claim in found.claims if claim.kind == "status"]
    assert (claim.statement, claim.polarity, claim.modality) == (said.id, polarity, modality)


def test_a_meeting_does_not_take_the_mood_of_who_speaks_at_it(model: SpacyModel) -> None:
    claim = only(model, "At the conference in Velm, officials warned of floods.", "event")
    assert (claim.polarity, claim.modality) == ("positive", "actual")
