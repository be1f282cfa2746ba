"""Disputes follow what people decided: at once, the same in any order, and back again."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from tests.engines.matching.test_matching import (
    REPORTS,
    RULES,
    folder,
    ledger,
    read_ledger,
)

import sayso
from sayso.records.documents import Document
from sayso.records.findings import Claim, Statement
from sayso.records.matches import Dispute, Position

__all__ = ["folder", "ledger", "read_ledger"]
Step = tuple[str, str, dict[str, str | int | None]]


def disputes(ledger: sayso.Ledger) -> list[Dispute]:
    return list(ledger.disputes())


def without_words(found: list[Dispute]) -> list[tuple[object, ...]]:
    """Disputes without reasons, which tell when somebody decided."""
    return [(d.id, d.positions, d.verdict, d.left_out) for d in found]


def strength(ledger: sayso.Ledger) -> Dispute:
    return next(d for d in ledger.disputes() if "How many fighters" in d.question)


def position(dispute: Dispute, value: str) -> Position:
    return next(p for p in dispute.positions if p.value == value)


def claim_of(ledger: sayso.Ledger, value: str) -> Claim:
    """A claim of the position with this value that stands in a statement."""
    for id in position(strength(ledger), value).claims:
        record = ledger.record(id)
        if isinstance(record, Claim) and record.statement is not None:
            return record
    raise AssertionError(value)


def test_a_rejected_claim_takes_no_position_and_the_dispute_says_why(ledger: sayso.Ledger) -> None:
    ledger.match()
    before = disputes(ledger)
    (claim,) = position(strength(ledger), "about 900").claims
    made = ledger.judge(claim, "reject", by="ines", because="a slip of the pen")
    after = strength(ledger)
    assert [p.value for p in after.positions] == ["2,000 to 3,500"]
    assert (after.verdict, after.left_out) == ("agree", (claim,))
    assert any("ines rejected it" in r and "a slip of the pen" in r for r in after.reasons)
    ledger.withdraw(made.id, by="ines")
    assert disputes(ledger) == before


def test_a_rejected_statement_takes_its_claims_with_it(ledger: sayso.Ledger) -> None:
    ledger.match()
    claim = claim_of(ledger, "2,000 to 3,500")
    assert claim.statement is not None
    made = ledger.judge(claim.statement, "reject", by="ines")
    left = strength(ledger)
    assert [p.value for p in left.positions] == ["about 900"]
    assert claim.id in left.left_out
    ledger.match()
    assert strength(ledger) == left
    ledger.withdraw(made.id, by="ines")
    assert claim.id in position(strength(ledger), "2,000 to 3,500").claims


def test_a_corrected_estimate_moves_its_position(ledger: sayso.Ledger) -> None:
    ledger.match()
    before = disputes(ledger)
    claim = claim_of(ledger, "2,000 to 3,500")
    made = ledger.judge(claim.id, "correct", by="ines", value={"low": 200, "high": 350})
    assert claim.id in position(strength(ledger), "200 to 350").claims
    assert ledger.record(claim.id) == claim, "the claim under it never changes"
    ledger.withdraw(made.id, by="ines")
    assert disputes(ledger) == before


def test_a_corrected_holder_takes_the_position(ledger: sayso.Ledger) -> None:
    ledger.match()
    claim = claim_of(ledger, "2,000 to 3,500")
    assert claim.statement is not None
    vasch = ledger.find("Oren Vasch")  # of the other report: this one does not name him
    ledger.judge(claim.statement, "correct", by="ines", value={"holder": vasch})
    holders = {h.name for h in position(strength(ledger), "2,000 to 3,500").holders}
    assert "Oren Vasch" in holders
    assert "Sela Marn" not in holders


def test_read_and_matched_again_it_holds(ledger: sayso.Ledger, folder: Path) -> None:
    ledger.match()
    claim = claim_of(ledger, "2,000 to 3,500")
    ledger.judge(claim.id, "correct", by="ines", value={"low": 200, "high": 350})
    assert claim.statement is not None
    ledger.judge(claim.statement, "correct", by="ines", value={"holder": ledger.find("Oren Vasch")})
    held = disputes(ledger)
    document = ledger.record(claim.document)
    assert isinstance(document, Document)
    number = ledger._file.db.execute(
        "SELECT number FROM documents WHERE id = ?", (document.id,)
    ).get
    with ledger._file.writing():
        ledger._file.db.execute("DELETE FROM matched WHERE document = ?", (number,))
    ledger.match()
    assert disputes(ledger) == held
    with ledger._file.writing():  # as if another recipe had read it
        ledger._file.db.execute("UPDATE documents SET recipe = 'old', digest = 'old'")
    ledger.read([str(p) for p in sorted(folder.iterdir())], workers=0, settings=RULES)
    ledger.match()
    assert disputes(ledger) == held
    assert len(ledger.documents()) == len(REPORTS)


def test_the_order_of_judging_withdrawing_and_matching_does_not_matter(
    ledger: sayso.Ledger, tmp_path: Path
) -> None:
    claims = sorted(c.id for c in ledger.claims(kind="estimate"))
    said = next(s for s in ledger.statements() if isinstance(s, Statement) and s.holder)
    steps: list[Step] = [
        ("reject", claims[0], {}),
        ("correct", claims[-1], {"low": 10, "high": 20}),
        ("reject", said.id, {}),
        ("match", "", {}),
    ]
    results = []
    for number, order in enumerate(permutations(steps)):
        if number % 4:
            continue
        path = tmp_path / f"{number}.sayso"
        ledger.backup(path)
        with sayso.open(path) as own:
            for decision, on, value in order:
                if decision == "match":
                    own.match()
                    continue
                own.judge(on, decision, by="ines", value=value)  # type: ignore[arg-type]
                taken = own.judge(on, "reject", by="omar")
                own.withdraw(taken.id, by="omar")
            results.append(without_words(disputes(own)))
            for one in own.judgements(withdrawn=False):
                own.withdraw(one.id, by="ines")
            results.append(without_words(disputes(own)))
    assert len(results) == 12
    assert all(result == results[0] for result in results[::2])
    assert all(result == results[1] for result in results[1::2])
    assert results[0] != results[1]
