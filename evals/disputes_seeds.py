"""Where the accounts of the five sample reports part, against what a careful reader found.

    python -m evals.disputes_seeds       the figures, and every dispute found with its reasons

    found       share of the expected disputes that are found: same question, same subject and place
    positions   share of the expected answers that are given, with the documents they rest on
    verdicts    share of the expected disputes found that have the right verdict
    spurious    disputes found that no reader would list

The expectations were written by hand from the reports and hold facts only: who is asked about by
key of the file of actors, figures, and the documents by the start of their names. None of the
reports tells the year it is from, so the reader does not call the two strengths a contradiction or
a change. The rules were written with these reports in sight; expect less on others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.gold_reports import SEEDS, _raw
from sayso.pipeline import Reader
from sayso.records.matches import Dispute, Verdict
from sayso.records.provenance import content_id
from sayso.records.readings import Reading
from sayso.steps.match.disputes.whole import disputes_of

DATA = ("seeds/*.txt",)
LOWER_IS_BETTER = ("spurious",)

_BRANCH, _PARENT, _COUNTRY = "islamic-state-khorasan", "islamic-state", "afghanistan"


@dataclass(frozen=True)
class Expected:
    """A dispute that a reader lists."""

    kind: str
    what: str
    subject: str | None
    verdict: Verdict
    answers: dict[object, frozenset[str]]
    """By bounds, or by whether it says no: reports (by number) that must be behind it."""
    headline_of: str | None = None
    required: bool = True
    """False: a reader may list it or not."""


EXPECTED = (
    Expected(
        "estimate",
        "strength",
        _BRANCH,
        "differ",
        {(2500, 4000): frozenset({"001"}), (6000, 6000): frozenset({"003"})},
    ),
    Expected(
        "estimate",
        "strength",
        _PARENT,
        "differ",
        {(4000, 4000): frozenset({"001"}), (2500, 4000): frozenset({"001"})},
        headline_of="001",
    ),
    Expected(
        "status",
        "active",
        _BRANCH,
        "conflict",
        {False: frozenset({"003"}), True: frozenset({"004"})},
    ),
    Expected(
        "status",
        "active",
        None,
        "conflict",
        {False: frozenset({"003", "004"}), True: frozenset({"004"})},
        required=False,
    ),
)


def measure() -> dict[str, float]:
    """The figures."""
    readings = _readings()
    return figures(disputes_of(readings), _numbers(readings))


def figures(found: Sequence[Dispute], number: dict[str, str]) -> dict[str, float]:
    """The figures of these disputes; `number` gives the report's number by document."""
    required = [expected for expected in EXPECTED if expected.required]
    hits = {
        index: dispute
        for index, expected in enumerate(EXPECTED)
        for dispute in found
        if _same(expected, dispute, number)
    }
    held = [index for index, expected in enumerate(EXPECTED) if expected.required and index in hits]
    answers = [
        _rests_on(hits.get(index), answer, reports, number)
        for index, expected in enumerate(EXPECTED)
        if expected.required
        for answer, reports in expected.answers.items()
    ]
    listed = {dispute.id for dispute in hits.values()}
    return {
        "found": len(held) / len(required),
        "positions": sum(answers) / len(answers),
        "verdicts": sum(hits[i].verdict == EXPECTED[i].verdict for i in held) / len(required),
        "spurious": float(sum(dispute.id not in listed for dispute in found)),
    }


def _same(expected: Expected, dispute: Dispute, number: dict[str, str]) -> bool:
    about = dispute.about
    subject = _known(expected.subject) if expected.subject is not None else None
    what = about.measure if expected.kind == "estimate" else about.predicate
    return (
        about.kind == expected.kind
        and about.subject == subject
        and what == expected.what
        and about.place == _known(_COUNTRY)
        and (number.get(about.document or "") == expected.headline_of)
    )


def _rests_on(
    dispute: Dispute | None, answer: object, reports: frozenset[str], number: dict[str, str]
) -> bool:
    if dispute is None:
        return False
    for position in dispute.positions:
        bounds = (position.low, position.high)
        given = position.value.startswith("not ") if isinstance(answer, bool) else bounds
        behind = {number[id] for origin in position.origins for id in origin.documents}
        if given == answer and reports <= behind:
            return True
    return False


def _known(key: str) -> str:
    return content_id("entity", "actor", key)


def _readings() -> list[Reading]:
    reader = Reader()
    return [reader.read(_raw(path)) for path in sorted(SEEDS.glob("*.txt"))]


def _numbers(readings: Sequence[Reading]) -> dict[str, str]:
    return {reading.document.id: reading.document.uri[:3] for reading in readings}


def main() -> None:
    """Prints the figures and the disputes."""
    readings = _readings()
    found = disputes_of(readings)
    for name, value in figures(found, _numbers(readings)).items():
        print(f"{name:12}{value:.3f}")
    for dispute in found:
        print(f"\n{dispute.question}  [{dispute.verdict}]")
        for position in dispute.positions:
            names = ", ".join(holder.name for holder in position.holders)
            print(f"  {position.value} ({position.independent_sources}): {names}")
        for reason in dispute.reasons:
            print(f"  * {reason}")


if __name__ == "__main__":
    main()
