"""The proof of a brief: every citation opened, every sentence held against what it cites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sayso.errors import NoSuchRecord
from sayso.export.briefs.brief import Asked, Brief, Citation, Picture, Sentence
from sayso.export.briefs.carrying import Evidence, faults_of, is_negative, name_words
from sayso.export.briefs.citing import (
    UNREVIEWED,
    Cited,
    cited,
    dispute_label,
    mark_of,
    review_of,
    source_label,
    spans_of,
    standing,
)
from sayso.export.briefs.drawing import every_picture
from sayso.export.reviews.figures import Precision, stated
from sayso.export.wording import what
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, EntityRef, Statement
from sayso.records.matches import Dispute


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a brief: where, and what."""

    where: str
    """`citation 3`, `sentence 2`, `picture 1`."""
    what: str


@dataclass(frozen=True, slots=True)
class _Opened:
    record: Statement | Claim | Dispute
    evidence: Evidence
    review: str


def check(
    brief: Brief, asked: Asked, *, precision: Callable[[int], Precision | None] | None = None
) -> list[Fault]:
    """What is wrong with the brief, held against its ledger; an empty list if nothing is.

    A heading, a remark and the title are the writer's own and are not tested. `precision` gives the
    error rate of the first so many of the ledger's random sample, for a brief that states it.
    """
    faults = _rate_faults(brief.made, precision)
    opened: dict[int, _Opened] = {}
    seen: set[int] = set()
    for citation in brief.citations:
        where = f"citation {citation.number}"
        if citation.number in seen:
            faults.append(Fault(where, "stands there twice"))
        seen.add(citation.number)
        try:
            opened[citation.number] = _open(citation, asked)
        except _Wrong as wrong:
            faults.append(Fault(where, str(wrong)))
    place = 0
    for block in brief.blocks:
        if isinstance(block, Sentence):
            place += 1
            where = f"sentence {place}"
            faults += [Fault(where, fault) for fault in _sentence_faults(block, opened, seen)]
    pictures = [block for block in brief.blocks if isinstance(block, Picture)]
    drawn = every_picture((one.record for one in opened.values()), asked) if pictures else {}
    for number, picture in enumerate(pictures, start=1):
        if picture.svg not in drawn:
            faults.append(Fault(f"picture {number}", "is not what the ledger draws"))
        elif picture.words not in ("", drawn[picture.svg]):
            faults.append(Fault(f"picture {number}", f"does not show “{picture.words[:80]}”"))
    return faults


def _rate_faults(made: str, precision: Callable[[int], Precision | None] | None) -> list[Fault]:
    given = stated(made)
    if given is None:
        if "precision" in made:
            return [Fault("first line", "states a precision that is no figure of a ledger")]
        return []
    figure, of = given
    now = precision(of) if precision is not None else None
    if str(now) == figure and made.count("precision") == 1:
        return []
    return [Fault("first line", f"says “{figure}”; of so many, the ledger says “{now}”")]


class _Wrong(Exception):
    pass


def _open(citation: Citation, asked: Asked) -> _Opened:
    named = cited(citation.address)
    if named is None:
        raise _Wrong(f"cannot be opened: {citation.address[:80]}")
    try:
        record = asked.record(named.id)
    except NoSuchRecord:
        raise _Wrong(f"the ledger holds no {named.kind} {named.id[:40]}") from None
    if not isinstance(record, Statement | Claim | Dispute) or record.id != named.id:
        raise _Wrong(f"{named.id[:40]} is no {named.kind}")
    if isinstance(record, Dispute):
        expected, evidence = dispute_label(record), _of_dispute(record)
    else:
        record = standing(asked, record)
        document = _document(named, record, asked)
        expected = source_label(document, spans_of(record))
        evidence = _of_finding(record, document, asked)
    label, _, review = citation.label.rpartition("; ")
    if label != expected:
        raise _Wrong(f"says “{label}”, the ledger says “{expected}”")
    now = review_of(asked, named.id)
    if "rejected by" in now:
        raise _Wrong(f"cites what was {now}")
    if review not in (now, UNREVIEWED):
        raise _Wrong(f"says “{review}”, the ledger says “{now}”")
    return _Opened(record, evidence, review)


def _document(named: Cited, record: Statement | Claim, asked: Asked) -> Document:
    if named.document != record.document:
        raise _Wrong("names another document than its finding stands in")
    try:
        document = asked.record(record.document)
    except NoSuchRecord:
        document = None
    if not isinstance(document, Document):
        raise _Wrong("the ledger does not hold its document")
    if named.sha256 != document.sha256:
        raise _Wrong("its hash is not that of the document in the ledger")
    if named.spans != spans_of(record):
        raise _Wrong("its characters are not those of the finding")
    if any(span.end > len(document.text) for span in named.spans):
        raise _Wrong("its characters lie outside the text")
    if isinstance(record, Statement):
        cut = [(words.span, words.quote) for words in record.content]
    else:
        cut = [(record.span, record.quote)]
    if any(span.cut(document.text) != quote for span, quote in cut):
        raise _Wrong("the text at its characters is not what was found there")
    return document


def _sentence_faults(sentence: Sentence, opened: dict[int, _Opened], known: set[int]) -> list[str]:
    if not sentence.cites:
        return [f"carries no citation: “{sentence.text[:80]}”"]
    faults = [f"cites {n}, which is not there" for n in sentence.cites if n not in known]
    if any(number not in opened for number in sentence.cites):
        return faults  # that the citation is wrong is said above
    basis = [opened[number] for number in dict.fromkeys(sentence.cites)]
    mark = mark_of(one.review for one in basis)
    if mark and sentence.review != mark:
        faults.append(f"is not marked as {mark}")
    disputes = [one.record for one in basis if isinstance(one.record, Dispute)]
    findings = [one for one in basis if not isinstance(one.record, Dispute)]
    if disputes and findings:
        faults += _position_faults(sentence.text, disputes, [one.record.id for one in findings])
    else:
        faults += faults_of(sentence.text, [one.evidence for one in basis])
    return faults


def _position_faults(text: str, disputes: list[Dispute], ids: list[str]) -> list[str]:
    """Of a sentence on one answer: its findings take that answer, and those are its holders."""
    for dispute in disputes:
        for position in dispute.positions:
            if not set(ids) <= set(position.claims):
                continue
            names = tuple(name_words(holder.name) for holder in position.holders)
            count = str(position.independent_sources)
            left = str(max(0, len(position.claims) - len(ids)))
            fields = (count, left, *(holder.name for holder in position.holders))
            evidence = [
                Evidence((position.value,), fields, frozenset({"asserts"}), (name,), False)
                for name in names or (frozenset[str](),)
            ]
            return list(faults_of(text, evidence))
    return ["what it cites is not one answer of the dispute"]


def _of_dispute(dispute: Dispute) -> Evidence:
    values = tuple(position.value for position in dispute.positions)
    return Evidence((dispute.question, *values), (dispute.verdict,), frozenset(), (), False)


def _of_finding(record: Statement | Claim, document: Document, asked: Asked) -> Evidence:
    lookup = asked.lookup()
    statement = record if isinstance(record, Statement) else None
    if isinstance(record, Claim) and record.statement:
        statement = lookup.statement(record.statement)
    if statement is not None and statement is not record:
        corrected = standing(asked, statement)
        statement = corrected if isinstance(corrected, Statement) else statement
    quotable: list[str] = []
    fields = [document.outlet or "", document.published.value or ""]
    named: list[str] = []
    acts: set[str] = set()
    if isinstance(record, Statement):
        quotable += [words.quote for words in record.content]
    else:
        quotable += [record.quote, *(words.quote for words in record.hedges)]
        fields += [what(record), *_names(record.subject, asked), *_names(record.object, asked)]
        for reference in (*record.actors, *record.targets):
            fields += _names(reference, asked)
        fields += [record.place.quote] if record.place else []
        fields += [record.time.value or "", record.time.quote] if record.time else []
    if statement is None:
        named = [document.outlet, "report"] if document.outlet else ["report"]
    else:
        named = _holder_names(statement, asked)
        fields += [*named, *(name for via in statement.via for name in _names(via, asked))]
        if statement.holder is not None and statement.holder.role is not None:
            fields.append(statement.holder.role.quote)
        if statement.cue is not None:
            acts.add(statement.cue.act)
            quotable.append(statement.cue.quote)
        if statement.said is not None:
            fields += [statement.said.value or "", statement.said.quote]
        if statement.setting is not None:
            fields.append(statement.setting.quote)
    negative = is_negative(" ".join(quotable)) or "denies" in acts
    if isinstance(record, Claim):
        negative = negative or record.polarity == "negative"
    return Evidence(
        tuple(quotable),
        tuple(fields),
        frozenset(acts),
        tuple(name_words(name) for name in named if name),
        negative,
    )


def _holder_names(statement: Statement, asked: Asked) -> list[str]:
    holder = statement.holder
    if holder is None:
        return []
    reference = EntityRef(holder.entity, holder.span, holder.quote)
    return _names(reference, asked)


def _names(reference: EntityRef | None, asked: Asked) -> list[str]:
    """All names of an entity; a pronoun or description in the text is no name of it."""
    if reference is None:
        return []
    if reference.entity is None:
        return [reference.quote]
    try:
        record = asked.record(reference.entity)
    except NoSuchRecord:
        return [reference.quote]
    if not isinstance(record, Entity):
        return [reference.quote]
    return [record.name, *(alias.name for alias in record.aliases)]
