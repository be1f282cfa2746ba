"""Claims as a whole: whose they are, their ids, and that they are sound on anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_grows_by_at_most
from tests.steps.extract.scenery import claims_in, document, entities_of, statement

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.steps.extract.claims import find_claims

TEXT = (
    "The Karsk Front has 300 fighters in Velm.\n"
    "Ilya Marn said that the Ember Brigade has 70 fighters and denied that it attacked Orsk."
)


def test_a_claim_belongs_to_the_statement_around_it(model: SpacyModel) -> None:
    report = document(TEXT)
    said = statement(
        TEXT,
        "that the Ember Brigade has 70 fighters",
        cue="said",
        act="asserts",
        holder="Ilya Marn",
    )
    found = claims_in(Analysis(report, model.parse(TEXT, report.zones).parses), [said])
    owners = {claim.low: claim.statement for claim in found.claims if claim.kind == "estimate"}
    assert owners == {300: None, 70: said.id}


def test_the_innermost_statement_owns_the_claim(model: SpacyModel) -> None:
    outer = statement(
        TEXT, TEXT[TEXT.index("that the") : -1], cue="said", act="asserts", holder="Ilya Marn"
    )
    inner = statement(
        TEXT, "the Ember Brigade has 70 fighters", cue="said", act="asserts", holder="Ilya Marn"
    )
    report = document(TEXT)
    analysis = Analysis(report, model.parse(TEXT, report.zones).parses)
    for order in ([outer, inner], [inner, outer]):
        found = claims_in(analysis, order)
        [claim] = [claim for claim in found.claims if claim.low == 70]
        assert claim.statement == inner.id


def test_a_title_makes_claims_in_the_reports_own_voice(model: SpacyModel) -> None:
    text = "Around 400 Karsk Front fighters still in Tarvia\nMore soon."
    report = document(text, kinds=["title"])
    found = claims_in(Analysis(report, model.parse(text, report.zones).parses))
    [claim] = found.claims
    assert (claim.statement, claim.low, claim.high, claim.approximate) == (None, 400, 400, True)


def test_ids_do_not_depend_on_who_made_them(model: SpacyModel) -> None:
    report = document(TEXT)
    analysis = Analysis(report, model.parse(TEXT, report.zones).parses)
    first = find_claims(analysis, entities_of(TEXT), (), made_by="one")
    second = find_claims(analysis, entities_of(TEXT), (), made_by="two")
    assert [c.id for c in first.claims] == [c.id for c in second.claims]
    assert len({c.id for c in first.claims}) == len(first.claims)


def test_no_text_makes_no_claims(model: SpacyModel) -> None:
    found = claims_in(Analysis(document(""), ()))
    assert (found.claims, found.events) == ((), ())


WORDS = st.sampled_from(
    "the Karsk Front has had killed 12 300 fighters and , of in Velm there are more than dozens"
    " people were wounded by an attack on Dara Voss Tarvia is a safe haven for not active led"
    " from to between 2019 said that which where it ( ) “ ” no will could number meeting was"
    " held".split()
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=25).map(" ".join))
def test_claims_are_sound_on_anything(model: SpacyModel, text: str) -> None:
    report = document(text)
    found = claims_in(Analysis(report, model.parse(text, report.zones).parses))
    known = {event.id for event in found.events}
    for claim in found.claims:
        assert 0 <= claim.confidence <= 1
        if claim.low is not None and claim.high is not None:
            assert claim.low <= claim.high
        if claim.kind == "event":
            assert claim.event in known


SENTENCES = [
    "The Karsk Front has 300 fighters in Velm. ",
    "In 2019 and 2020 there were 12 attacks on March 3. ",
    "killed and wounded and killed and ",
    "12 and 13 and 14 and ",
    "the meeting of the meeting of ",
    "( ( ( 300 fighters ",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_time_grows_with_the_text_and_no_faster(model: SpacyModel, sentence: str) -> None:
    def finding(times: int) -> Callable[[], object]:
        text = sentence * times
        report = document(text)
        analysis = Analysis(report, model.parse(text, report.zones).parses)
        entities = entities_of(text[:2000])
        return lambda: find_claims(analysis, entities, (), made_by="test")

    # Linear is 4, quadratic 16.
    assert_grows_by_at_most(10, finding(200), finding(800))


def test_the_gold_reports_have_all_their_estimates(
    shared: Path, analyse: Callable[[str], Analysis]
) -> None:
    import yaml

    from sayso.steps.extract.names import find_names
    from sayso.steps.link.actors import Actors
    from sayso.steps.link.entities import link_entities

    actors = Actors.load((), builtin=True)
    for gold in yaml.safe_load((shared / "gold" / "reports.yaml").read_text(encoding="utf-8")):
        [path] = shared.glob(f"seeds/{gold['doc']}*")
        analysis = analyse(path.read_text(encoding="utf-8"))
        named = link_entities(analysis, find_names(analysis, actors), actors, made_by="test")
        found = find_claims(analysis, named, (), made_by="test")
        estimates = [
            (claim.measure, claim.low, claim.high)
            for claim in found.claims
            if claim.kind == "estimate"
        ]
        wanted = [(one["measure"], one["low"], one["high"]) for one in gold["estimates"]]
        assert sorted(estimates, key=str) == sorted(wanted, key=str)
