"""Sides of a dispute, as claims whose source is told."""

from __future__ import annotations

from sayso.records.findings import Claim, Cue, EntityRef, Holder, Statement, Words
from sayso.records.spans import Span
from sayso.steps.match.copies.first_published import CopyFacts
from sayso.steps.match.disputes.sides import CopyOf, DisputeClaim, Matched, Party, Source
from sayso.steps.match.origins.of_sides import origins_of_sides, sourced

HERE = Span(0, 4)


def side(
    number: int,
    holder: Party | None,
    *,
    role: str | None = None,
    via: tuple[EntityRef, ...] = (),
    outlet: str | None = None,
) -> DisputeClaim:
    """A claim of document `d<number>`, said by `holder` or by the report itself."""
    document = f"d{number}"
    statement = None
    if holder is not None:
        said = Words(HERE, "Velm")
        words = Words(HERE, role) if role else None
        statement = Statement(
            f"s{number}", document, "indirect", Holder(holder.id, HERE, holder.name, "name", words),
            Cue(HERE, "said", "asserts"), (said,), (), via, None, None, 1.0, "test",
        )  # fmt: skip
    claim = Claim(
        f"c{number}", statement.id if statement else None, document, HERE, "Velm", "estimate",
        "positive", "actual", (), None, None, 1.0, "test",
    )  # fmt: skip
    source = Source(document, document, outlet or f"Paper {number}", None, "2031-05-01")
    return DisputeClaim(claim, statement, source, holder=holder)


def test_one_actor_under_two_entities_is_one_voice() -> None:
    sides = [side(1, Party("e1", "Marn", "person")), side(2, Party("e2", "Ilya Marn", "person"))]
    assert len(origins_of_sides(Matched())(sides)) == 2
    told = origins_of_sides(Matched(actors={"e1": "e2"}, names={"e2": "Ilya Marn"}))(sides)
    assert [origin.name for origin in told] == ["Ilya Marn"]


def test_copies_are_one_text() -> None:
    copies = {f"d{n}": CopyOf("g", None) for n in (1, 2)}
    told = origins_of_sides(Matched(copies=copies))([side(1, None), side(2, None)])
    assert len(told) == 1


def test_a_page_of_several_reports_is_the_one_its_claim_stands_in() -> None:
    copies = {"d1": CopyOf("g", None), "d2": CopyOf("h", None)}
    sides = [side(1, None), side(2, None)]
    assert len(origins_of_sides(Matched(copies=copies))(sides)) == 2
    groups = {"d1": ["g"], "d2": ["g", "h"]}
    assert len(origins_of_sides(Matched(copies=copies), groups=groups)(sides)) == 1


def test_the_agency_of_the_dateline_counts() -> None:
    facts = {f"d{n}": CopyFacts(f"d{n}", agency="Velm Wire") for n in (1, 2)}
    sides = [side(1, None), side(2, None)]
    assert [o.name for o in origins_of_sides(Matched(), facts)(sides)] == ["Velm Wire"]
    assert len(origins_of_sides(Matched())(sides)) == 2


def test_a_spokesman_is_his_body() -> None:
    holder = Party("e1", "Ana Dorn", "person", above=("ministry",))
    claim = sourced(side(1, holder, role="ministry spokeswoman"), Matched())
    assert claim.speaks_for is not None
    assert claim.speaks_for.entity == "ministry"
    assert sourced(side(1, holder, role="minister"), Matched()).speaks_for is None


def test_who_is_only_described_is_not_named() -> None:
    wire = EntityRef("wire", HERE, "Velm Wire")
    claim = sourced(side(1, Party("~officials", "officials"), via=(wire,)), Matched())
    assert (claim.named, claim.own_voice) == (False, False)
    assert claim.via[0].name == "Velm Wire"


def test_an_outlet_that_is_cited_is_an_outlet() -> None:
    claim = sourced(side(1, Party("wire", "Velm Wire", "outlet")), Matched())
    assert claim.holder_is_outlet
    cited = [side(1, Party("wire", "Velm Wire", "outlet")), side(2, None, outlet="Velm Wire")]
    assert len(origins_of_sides(Matched())(cited)) == 1
