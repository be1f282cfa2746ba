"""Corrections as people say them: words in place of characters, names in place of ids.

A judgement holds a whole correction, in ids and code points (`values.corrections`). Here it is made
from what somebody changes now and from what was corrected before and still holds.
"""

from __future__ import annotations

from collections.abc import Mapping

import apsw

from sayso.errors import JudgementRefused
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Statement
from sayso.records.judgements import Judgement
from sayso.records.spans import Span
from sayso.store import actors, filters, queries, standing
from sayso.store.asking import all_rows
from sayso.values.corrections import faults_of, fields_of
from sayso.values.wordings import nearest, places_of

Value = str | int | None
Finding = Statement | Claim | Document
WORDS = {"quote": ("start", "end"), "holder_quote": ("holder_start", "holder_end")}
"""Words of the text, and the bounds that they stand for."""
_WHO = ("holder", "subject")
_OF_HOLDER = frozenset(("holder", "holder_name", "holder_start", "holder_end"))
_BOUNDS = frozenset(("low", "high"))


def whole_correction(
    db: apsw.Connection, record: Finding, changes: Mapping[str, Value]
) -> dict[str, Value]:
    """What a judgement is to hold so that `changes` are made and earlier ones stay.

    Raises `JudgementRefused` where a change means nothing, `NoSuchRecord` for an unknown id.
    """
    if not changes:
        raise JudgementRefused("correct: say what is right")
    _check_names(record, changes)
    stands, before = _as_it_stands(db, record)
    made = dict(changes)
    for name in _WHO:
        if isinstance(words := made.get(name), str):
            made[name] = _entity(db, record, name, words)
    for name, ends in WORDS.items():  # first what is said, then who says it, near that
        if name in made:
            at = _place(db, stands, name, made.pop(name), _here(stands, made))
            made |= dict(zip(ends, (at.start, at.end), strict=True))
    if isinstance(holder := made.get("holder"), str):
        made.setdefault("holder_name", queries.name_of(db, holder))
    if isinstance(stands, Claim) and _BOUNDS & made.keys():
        made = {"low": stands.low, "high": stands.high, **made}
    if _is_another(stands, before, made):
        before = {name: value for name, value in before.items() if name not in _OF_HOLDER}
    whole = {**before, **made}
    faults = faults_of(whole, of=fields_of(record))
    if faults:
        raise JudgementRefused(f"correct: {'; '.join(faults)}")
    if isinstance(record, Document) and not {"start", "end"} <= whole.keys():
        raise JudgementRefused("correct: say which words of the document are a statement: quote")
    return whole


def _is_another(stands: Finding, before: Mapping[str, Value], made: Mapping[str, Value]) -> bool:
    """Whether the holder becomes another, so that what was said of the last one holds no more."""
    if "holder" not in made:
        return "holder_name" in made and made["holder_name"] != before.get("holder_name")
    holder = stands.holder if isinstance(stands, Statement) else None
    return made["holder"] != (holder.entity if holder is not None else None)


def _check_names(record: Finding, changes: Mapping[str, Value]) -> None:
    known = set(fields_of(record))
    known |= {name for name, ends in WORDS.items() if known.issuperset(ends)}
    unknown = sorted(changes.keys() - known)
    if unknown:
        what = record.kind if isinstance(record, Claim) else "statement"
        article = "an" if what[0] in "aeiou" else "a"
        raise JudgementRefused(
            f"correct: {', '.join(unknown)} cannot be corrected of {article} {what};"
            f" what can: {', '.join(sorted(known))}"
        )


def _as_it_stands(db: apsw.Connection, record: Finding) -> tuple[Finding, dict[str, Value]]:
    """The finding after what people decided, and the correction that made it so."""
    held = None if isinstance(record, Document) else standing.standing_of(db, record.id)
    if held is None or held.decision == "reject":
        return record, {}
    made = queries.record(db, held.judgement)
    corrects = isinstance(made, Judgement) and made.decision == "correct"
    if not corrects or held.decision == "add":
        return held.finding or record, {}
    assert isinstance(made, Judgement)
    return held.finding or record, dict(made.value)


def _place(
    db: apsw.Connection, stands: Finding, name: str, words: Value, here: Span | None
) -> Span:
    """Where the text has these words, nearest to what is said."""
    id = stands.id if isinstance(stands, Document) else stands.document
    document = queries.record(db, id)
    assert isinstance(document, Document)
    found = places_of(str(words or ""), document.text)
    if not found:
        raise JudgementRefused(f"correct: {name}: the text of {id[:8]} does not say “{words}”")
    if here is None and len(found) > 1:
        raise JudgementRefused(
            f"correct: {name}: the text says this {len(found)} times; give more of the words, or"
            " start and end"
        )
    return found[0] if here is None else nearest(found, here)


def _here(stands: Finding, made: Mapping[str, Value]) -> Span | None:
    """The words of the finding, corrected or as they stand; None where there are none yet."""
    start, end = made.get("start"), made.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
        return Span(start, end)
    if isinstance(stands, Document):
        return None
    return stands.span if isinstance(stands, Claim) else stands.content[0].span


def _entity(db: apsw.Connection, record: Finding, field: str, words: str) -> str:
    """The entity with this id or name; of several that are one actor, the one in the document."""
    named = filters.exactly_named(db, words)
    if not named:
        entity = queries.record(db, words) if _is_id(words) else None
        if isinstance(entity, Entity):
            return entity.id
        more = "; in words of your own: holder_name" if field == "holder" else ""
        raise JudgementRefused(
            f"correct: {field}: no entity of the ledger has this id or name: {words}{more}"
        )
    document = record.id if isinstance(record, Document) else record.document
    here = _named_in(db, document)
    own = [id for id in named if id in here]
    if len(own) == 1:
        return own[0]
    acting = sorted({actors.actor_of(db, id) for id in own or named})
    if len(acting) > 1:
        ids = ", ".join(id[:8] for id in acting[:5])
        raise JudgementRefused(
            f"correct: {field}: several entities have this name ({ids}: give an id): {words}"
        )
    own = own or [id for id in actors.members_of(db, acting[0]) if id in here]
    return own[0] if own else acting[0]


def _is_id(words: str) -> bool:
    return len(words) >= 6 and all(sign in "0123456789abcdef" for sign in words)


def _named_in(db: apsw.Connection, document: str) -> set[str]:
    rows = all_rows(
        db,
        "SELECT e.entity FROM entity_readings AS e JOIN documents AS d ON d.number = e.document"
        " WHERE d.id = ?",
        (document,),
    )
    return {str(id) for (id,) in rows}
