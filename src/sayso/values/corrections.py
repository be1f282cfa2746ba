"""What a correction makes of a finding: the finding as a person says it should be.

Nothing here changes a finding. A new one is made, with the id of the old one, to be shown, searched
and counted in its place. Of a correction only what can be applied is: what lies outside the text or
is no word of the vocabulary is left as the machine had it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast, get_args

from msgspec.structs import replace

from sayso.records.documents import Document
from sayso.records.findings import (
    Act,
    Claim,
    ClaimKind,
    Cue,
    EntityRef,
    Holder,
    Mention,
    Polarity,
    Statement,
    StatementKind,
    Words,
)
from sayso.records.judgements import Judgement
from sayso.records.provenance import content_id
from sayso.records.spans import Span

Value = Mapping[str, str | int | None]
_MARKS = frozenset("\"“”„«»‘’'")
NUMBERS = ("start", "end", "holder_start", "holder_end", "low", "high")
_TERMS = ("measure", "predicate", "relation")
OF_STATEMENTS = frozenset(
    ("start", "end", "holder", "holder_name", "holder_start", "holder_end", "kind", "act")
)
"""What can be corrected of a statement: the bounds of its content, the holder (id of an entity) or
a name for one, the bounds of the words that name it, the kind, the act."""
_OF_ALL_CLAIMS = frozenset(("start", "end", "polarity"))
OF_CLAIMS: dict[ClaimKind, frozenset[str]] = {
    "estimate": _OF_ALL_CLAIMS | {"subject", "low", "high", "measure"},
    "event": _OF_ALL_CLAIMS,
    "status": _OF_ALL_CLAIMS | {"subject", "predicate"},
    "relation": _OF_ALL_CLAIMS | {"subject", "relation"},
    "assertion": _OF_ALL_CLAIMS | {"subject", "predicate"},
}
"""What can be corrected of a claim, by kind. `low` and `high` stand together: one left out is
open."""


def fields_of(record: Statement | Claim | Document) -> frozenset[str]:
    """What can be corrected of a finding, or told of a statement that a document lacks."""
    return OF_CLAIMS[record.kind] if isinstance(record, Claim) else OF_STATEMENTS


def added_id(judgement: str) -> str:
    """The id of the statement that a judgement adds."""
    return content_id("statement", "added", judgement)


def adds(value: Value) -> bool:
    """Whether a correction of a document adds a statement to it."""
    return isinstance(value.get("start"), int) and isinstance(value.get("end"), int)


def faults_of(value: Value, *, of: frozenset[str]) -> list[str]:
    """What in a correction means nothing, in words; an empty list if all of it does."""
    found = [f"{name} cannot be corrected" for name in sorted(value.keys() - of)]
    found += [f"{n} is no number" for n in NUMBERS if not isinstance(value.get(n), int | None)]
    found += [f"{n} is a word" for n in _TERMS if not _is_term(value.get(n, "x"))]
    words = {"kind": StatementKind, "act": Act, "polarity": Polarity}
    for name, known in words.items():
        if value.get(name) is not None and value[name] not in get_args(known):
            found.append(f"{name} is one of {', '.join(get_args(known))}")
    low, high = value.get("low"), value.get("high")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        found.append("low is above high")
    found += [f"{n} is below nothing" for n in ("low", "high") if _is_below(value.get(n))]
    return found


def _is_term(value: str | int | None) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_below(value: str | int | None) -> bool:
    return isinstance(value, int) and value < 0


def corrected_statement(
    statement: Statement, value: Value, text: str, mentions: Iterable[Mention]
) -> Statement:
    """The statement as the correction has it; `mentions` are those of the document, whose text is
    `text`. A holder whom the document does not name stands at no characters (an empty span)."""
    if (span := _span(value, "start", "end", text)) is not None:
        whole = Words(span, span.cut(text))
        statement = replace(statement, content=(whole,), exact=_within(statement.exact, span, text))
    holder = _holder(statement, value, text, mentions)
    kind = value.get("kind")
    if isinstance(kind, str) and kind in get_args(StatementKind):
        statement = replace(statement, kind=kind, exact=_exact(statement, kind))
    return replace(statement, holder=holder, cue=_cue(statement, value))


def added_statement(
    judgement: Judgement, document: str, text: str, mentions: Iterable[Mention]
) -> Statement | None:
    """The statement that a person found and the machine missed; None where its characters do not
    lie in the text. Its stamp is the judgement."""
    span = _span(judgement.value, "start", "end", text)
    if span is None:
        return None
    words = Words(span, span.cut(text))
    quoted = span.start > 0 and text[span.start - 1] in _MARKS and text[span.end : span.end + 1]
    kind: StatementKind = "direct" if quoted and quoted in _MARKS else "indirect"
    bare = Statement(
        id=added_id(judgement.id),
        document=document,
        kind=kind,
        holder=None,
        cue=None,
        content=(words,),
        exact=(words,) if kind == "direct" else (),
        via=(),
        setting=None,
        said=None,
        confidence=1.0,
        made_by=judgement.id,
    )
    rest = {k: v for k, v in judgement.value.items() if k not in ("start", "end")}
    return corrected_statement(bare, rest, text, mentions)


def corrected_claim(claim: Claim, value: Value, text: str) -> Claim:
    """The claim as the correction has it."""
    new: dict[str, Any] = {}
    if (span := _span(value, "start", "end", text)) is not None:
        new |= {"span": span, "quote": span.cut(text)}
    if "low" in value or "high" in value:
        low, high = value.get("low"), value.get("high")
        if isinstance(low, int | None) and isinstance(high, int | None):
            new |= {"low": low, "high": high, "approximate": False}
    if value.get("polarity") in get_args(Polarity):
        new["polarity"] = value["polarity"]
    for name in ("measure", "predicate", "relation"):
        if isinstance(value.get(name), str):
            new[name] = value[name]
    if "predicate" in new and new["predicate"] != claim.predicate:
        new["theme"] = None  # its noun is that of the words before
    if isinstance(subject := value.get("subject"), str):
        at = Span(claim.span.start, claim.span.start)
        old = claim.subject
        same = old is not None and old.entity == subject
        new["subject"] = old if same else EntityRef(subject, at, "")
    return replace(claim, **new)


def said_within(claim: Claim, statement: Statement) -> bool:
    """Whether all of a claim stands in what a statement says."""
    return any(words.span.contains(claim.span) for words in statement.content)


def said_beside(claim: Claim, statement: Statement) -> bool:
    """Whether nothing of a claim stands in what a statement says."""
    return not any(words.span.overlaps(claim.span) for words in statement.content)


def _span(value: Value, first: str, last: str, text: str) -> Span | None:
    start, end = value.get(first), value.get(last)
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
        return Span(start, end)
    return None


def _within(exact: tuple[Words, ...], span: Span, text: str) -> tuple[Words, ...]:
    """The speaker's own words, as far as they still are content."""
    kept = (words.span for words in exact if words.span.overlaps(span))
    cut = (Span(max(one.start, span.start), min(one.end, span.end)) for one in kept)
    return tuple(Words(one, one.cut(text)) for one in cut)


def _exact(statement: Statement, kind: str) -> tuple[Words, ...]:
    if kind == "direct":
        return statement.content
    return () if kind == "indirect" else statement.exact


def _holder(
    statement: Statement, value: Value, text: str, mentions: Iterable[Mention]
) -> Holder | None:
    """Who says it: where the person showed the words, else where the document names the holder
    nearest, else nowhere."""
    old, entity, name = statement.holder, value.get("holder"), value.get("holder_name")
    at = _span(value, "holder_start", "holder_end", text)
    if not isinstance(entity, str):
        entity = None
    if entity is None and not isinstance(name, str) and at is None:
        return old
    if old is not None and entity is not None and old.entity == entity and at is None:
        return old
    if at is None and entity is not None:
        at = _nearest(entity, statement, mentions)
    if at is None and isinstance(name, str) and name.strip():
        at = _told(name.strip(), statement, text)
    if at is None:
        at = Span(statement.content[0].span.start, statement.content[0].span.start)
    return Holder(entity, at, at.cut(text), "name")


def _nearest(entity: str, statement: Statement, mentions: Iterable[Mention]) -> Span | None:
    """The name of an entity that stands nearest to what is said, outside of it if there is one."""
    here = statement.content[0].span
    named = [m.span for m in mentions if m.entity == entity and m.form == "name"]
    return min(
        named,
        key=lambda span: (here.contains(span), abs(span.start - here.start), span.start),
        default=None,
    )


def _told(name: str, statement: Statement, text: str) -> Span | None:
    """The place where a text has a name, nearest to what is said."""
    here = statement.content[0].span.start
    before, after = text.rfind(name, 0, here), text.find(name, here)
    found = [start for start in (before, after) if start >= 0]
    if not found:
        return None
    start = min(found, key=lambda place: abs(place - here))
    return Span(start, start + len(name))


def _cue(statement: Statement, value: Value) -> Cue | None:
    act, cue = value.get("act"), statement.cue
    if act not in get_args(Act):
        return cue
    if cue is None:
        start = statement.content[0].span.start
        return Cue(Span(start, start), "", cast(Act, act))
    return replace(cue, act=act)
