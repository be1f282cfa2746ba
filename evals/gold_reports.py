"""The five sample reports, those of them that have gold: statements, estimates, document fields.

    python -m evals.gold_reports            what was found, missed and wrong, report by report

`statements_right`: found, with the right holder and kind. Figures that begin with `best_` are those
of the trained tagger, the others those of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evals.cases import SHARED
from evals.gold import (
    Check,
    Found,
    Names,
    Record,
    agreements,
    holder_right,
    match_estimates,
    match_statements,
    occurrences,
    plain,
    statement_right,
)
from sayso.records.documents import RawDocument
from sayso.records.findings import Statement
from sayso.records.readings import Reading
from sayso.records.spans import Span
from sayso.settings import AttributionName, ExtractSettings, Settings

GOLD = SHARED / "gold" / "reports.yaml"
SEEDS = SHARED / "seeds"
DATA = ("gold/reports.yaml", "seeds/*.txt")
_MOST = ("wrong_statements_most", "estimates_surplus_most")
LOWER_IS_BETTER = (*_MOST, *(f"best_{name}" for name in _MOST))
_FIELDS = ("title", "byline", "dateline", "origin", "outlet")


def measure() -> dict[str, float]:
    """The figures over all reports that have gold."""
    return measured(GOLD, SEEDS)


def measured(gold: Path, folder: Path) -> dict[str, float]:
    """The figures by rules, and by the trained tagger."""
    rules, best = (
        Report.together(compare(*one) for one in readings(gold, folder, name)).figures()
        for name in ("rules", "best")
    )
    return rules | {f"best_{name}": value for name, value in best.items()}


def readings(
    gold: Path = GOLD, folder: Path = SEEDS, attribution: AttributionName = "auto"
) -> list[tuple[Record, Reading]]:
    """Each gold entry and the reading of its report in `folder`."""
    import yaml

    from sayso.pipeline import Reader

    reader = Reader(Settings(extract=ExtractSettings(attribution=attribution)))
    entries: list[Record] = yaml.safe_load(gold.read_text("utf-8"))
    return [(entry, reader.read(_raw(folder / f"{entry['doc']}.txt"))) for entry in entries]


def _raw(path: Path) -> RawDocument:
    return RawDocument(path.name, path.read_bytes(), "text/plain", "2020-01-01T00:00:00Z")


class Report:
    """What was right in one report, or in several together, by heading."""

    HEADINGS = (
        "statements_found",
        "statements_right",
        "statement_holders",
        "statement_kinds",
        "estimate_bounds",
        "estimate_measure",
        "estimate_subject",
        "estimate_place",
        "estimate_holder",
        "document_fields",
        "zones",
        "aliases",
    )

    def __init__(self) -> None:
        self.checks = {heading: Check() for heading in self.HEADINGS}
        self.wrong: list[str] = []
        self.surplus: list[str] = []
        self.wrong_most = 0
        self.surplus_most = 0

    @classmethod
    def together(cls, reports: Iterable[Report]) -> Report:
        """Several reports as one; the greatest number of wrong findings in any is kept."""
        whole = cls()
        for report in reports:
            for heading, check in report.checks.items():
                whole.checks[heading].join(check)
            whole.wrong += report.wrong
            whole.surplus += report.surplus
            whole.wrong_most = max(whole.wrong_most, report.wrong_most)
            whole.surplus_most = max(whole.surplus_most, report.surplus_most)
        return whole

    def figures(self) -> dict[str, float]:
        """Shares by heading, and the most wrong findings in one report."""
        shares = {heading: check.share for heading, check in self.checks.items()}
        return shares | {
            "wrong_statements_most": float(self.wrong_most),
            "estimates_surplus_most": float(self.surplus_most),
        }


def compare(gold: Record, reading: Reading) -> Report:
    """One report."""
    report = Report()
    names = Names(reading.entities)
    _statements(report, match_statements(gold.get("statements", []), reading), names)
    _estimates(report, gold.get("estimates", []), reading, names)
    _document(report.checks, gold, reading)
    for group in gold.get("aliases", []):
        report.checks["aliases"].count(names.together(group), f"not one entity: {group}")
    return report


def _statements(report: Report, found: Found, names: Names) -> None:
    checks = report.checks
    for gold, statement in found.pairs:
        told = f"{_short(gold)}\n      found as {_told(statement, names)}"
        right_holder = holder_right(gold, statement, names)
        checks["statements_found"].count(True, "")
        checks["statement_holders"].count(right_holder, f"holder: {told}")
        checks["statement_kinds"].count(gold["kind"] == statement.kind, f"kind: {told}")
        checks["statements_right"].count(statement_right(gold, statement, names), told)
    for gold in found.missed:
        checks["statements_found"].count(False, _short(gold))
        checks["statements_right"].count(False, f"missed: {_short(gold)}")
    report.wrong.extend(_told(statement, names) for statement in found.wrong)
    report.wrong_most = len(report.wrong)


def _estimates(report: Report, gold: list[Record], reading: Reading, names: Names) -> None:
    pairs = match_estimates(gold, reading)
    for record, claim in pairs:
        said = f"{record['low']}..{record['high']} {record['measure']} ({record['subject']})"
        report.checks["estimate_bounds"].count(claim is not None, f"no claim: {said}")
        agreed = agreements(record, claim, reading, names) if claim else {}
        for part in ("measure", "subject", "place", "holder"):
            note = f"{said}: {claim.quote if claim else 'missed'}"
            report.checks[f"estimate_{part}"].count(agreed.get(part, False), note)
    used = {claim.id for _, claim in pairs if claim}
    report.surplus.extend(
        f"{claim.low}..{claim.high} {claim.measure}: {claim.quote}"
        for claim in reading.claims
        if claim.kind == "estimate" and claim.id not in used
    )
    report.surplus_most = len(report.surplus)


def _document(checks: dict[str, Check], gold: Record, reading: Reading) -> None:
    document = reading.document
    given = {
        "title": document.title,
        "byline": document.byline,
        "dateline": document.dateline.place if document.dateline else None,
        "origin": document.origin,
        "outlet": document.outlet,
    }
    wanted = {**gold, "outlet": gold.get("republisher")}
    for name in _FIELDS:
        if name == "outlet" and wanted["outlet"] is None:
            continue  # the gold says nothing of who printed it
        right = plain(wanted.get(name) or "") == plain(given[name] or "")
        note = f"{name}: {given[name]!r}, not {wanted.get(name)!r}"
        checks["document_fields"].count(right, note)
    for kind, pieces in gold.get("zones", {}).items():
        zones = [zone.span for zone in document.zones if zone.kind == kind]
        for piece in pieces:
            note = f"not all {kind}: {piece}"
            checks["zones"].count(_inside(document.text, piece, zones), note)


def _inside(text: str, piece: str, zones: list[Span]) -> bool:
    """Whether the last place of `piece` in the text lies in zones (a title's words come first)."""
    places = list(occurrences(text, piece))
    return bool(places) and any(zone.contains(place) for place in places for zone in zones)


def _short(gold: Record) -> str:
    return f"[{gold.get('holder')} / {gold['kind']}] {_clip(' … '.join(gold['content']))}"


def _told(statement: Statement, names: Names) -> str:
    holder: Any = statement.holder
    who = f"{holder.quote} = {sorted(names.of(holder.entity))[:3]}" if holder else "nobody"
    cue = statement.cue.quote if statement.cue else "-"
    said = " … ".join(words.quote for words in statement.content)
    return f"[{who} / {statement.kind} / {cue}] {_clip(said)}"


def _clip(text: str) -> str:
    return text if len(text) <= 110 else text[:107] + "..."


def main() -> None:
    """Print each report."""
    print_reports(readings())


def print_reports(entries: Iterable[tuple[Record, Reading]]) -> None:
    """Print each report and all together."""
    reports = []
    for gold, reading in entries:
        report = compare(gold, reading)
        reports.append(report)
        print(f"\n== {gold['doc']}")
        _print(report)
    print("\n== together")
    for name, value in Report.together(reports).figures().items():
        print(f"  {name:24} {value:.3f}")


def _print(report: Report) -> None:
    for heading, check in report.checks.items():
        print(f"  {heading:20} {check.right}/{check.total}")
        if heading not in ("statements_found", "statement_holders", "statement_kinds"):
            for note in check.notes:
                print(f"    - {note}")
    for title, lines in (("wrong statements", report.wrong), ("more estimates", report.surplus)):
        print(f"  {title:20} {len(lines)}")
        for line in lines:
            print(f"    + {line}")


if __name__ == "__main__":
    main()
