"""Judgements: what a person may decide about which record."""

from __future__ import annotations

from datetime import UTC, datetime

from sayso.errors import JudgementRefused
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Statement
from sayso.records.judgements import Decision, Judgement
from sayso.records.matches import Copies, Dispute, Story
from sayso.records.provenance import content_id
from sayso.store.wire import Record
from sayso.values.corrections import faults_of, fields_of

Value = dict[str, str | int | None]
_SOURCE = frozenset("ABCDEF")
_INFORMATION = range(1, 7)


def now() -> str:
    """The time as RFC 3339 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def made_judgement(
    record: Record, decision: Decision, *, by: str, at: str, because: str | None, value: Value
) -> Judgement:
    """The judgement of a record. Raises `JudgementRefused` where it makes no sense."""
    if not by.strip():
        raise JudgementRefused("a judgement needs the name of who made it: --by NAME")
    checked = _checked(record, decision, value)
    id = content_id("judgement", record.id, decision, sorted(checked.items()), by, at)
    return Judgement(id, record.id, decision, checked, by, at, because)


def _checked(record: Record, decision: Decision, value: Value) -> Value:
    if decision in ("same", "different"):
        other = value.get("other")
        if not isinstance(record, Entity) or not isinstance(other, str) or other == record.id:
            raise JudgementRefused(f"{decision}: needs two entities")
        return {"other": other}
    if decision == "grade":
        return _graded(record, value)
    if decision == "correct":
        _check_correction(record, value)
    if decision in ("confirm", "reject", "correct") and isinstance(record, Judgement):
        raise JudgementRefused("a judgement is not judged: withdraw it")
    return value


def correctable(record: Record) -> Statement | Claim | Document:
    """The record, if it is one that can be corrected. Raises `JudgementRefused`."""
    if isinstance(record, Statement | Claim | Document):
        return record
    what = str(record.__struct_config__.tag)
    raise JudgementRefused(
        f"correct: {record.id[:8]} is of type {what}; statements and claims are corrected, and a"
        " document where a statement in it was missed"
    )


def _check_correction(record: Record, value: Value) -> None:
    if not value:
        raise JudgementRefused("correct: say what is right")
    faults = faults_of(value, of=fields_of(correctable(record)))
    if faults:
        raise JudgementRefused(f"correct: {'; '.join(faults)}")


def _graded(record: Record, value: Value) -> Value:
    """Admiralty scheme: the source's reliability A to F, the information's credibility 1 to 6."""
    if not isinstance(record, Entity | Statement | Claim | Dispute | Copies | Story):
        raise JudgementRefused("grade: a source (an entity), a statement or a claim is graded")
    source, information = value.get("source"), value.get("information")
    if source is None and information is None:
        raise JudgementRefused(
            "grade: give a source grade (A to F) or an information grade (1 to 6)"
        )
    if source is not None and str(source).upper() not in _SOURCE:
        raise JudgementRefused(f"grade: a source is graded A to F, not {source!r}")
    if information is not None and (
        not str(information).isdecimal() or int(information) not in _INFORMATION
    ):
        raise JudgementRefused(f"grade: information is graded 1 to 6, not {information!r}")
    graded: Value = {}
    if source is not None:
        graded["source"] = str(source).upper()
    if information is not None:
        graded["information"] = int(information)
    return graded
