"""A brief of findings that somebody picked: one sentence each, in words that claim no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sayso.errors import BriefRefused, NoSuchRecord
from sayso.export.briefs.brief import (
    Asked,
    Block,
    Brief,
    Citation,
    Heading,
    Picture,
    Sentence,
    one_line,
)
from sayso.export.briefs.citing import (
    address_of,
    cited,
    dispute_label,
    mark_of,
    review_of,
    source_label,
    spans_of,
    standing,
)
from sayso.export.briefs.drawing import PictureKind, drawn_of_claims, drawn_of_dispute
from sayso.export.wording import what
from sayso.lexicons import load
from sayso.records.documents import Document
from sayso.records.findings import Claim, EntityRef, Statement
from sayso.records.matches import Dispute, Position

_MOST_CITED = 12
"""Findings that one position of a dispute cites; the sentence says how many more there are."""
_VERDICTS = {
    "agree": "The accounts agree",
    "differ": "The accounts differ",
    "conflict": "The accounts conflict",
    "changed_over_time": "The accounts changed over time",
}


def compose(
    asked: Asked,
    ids: Iterable[str],
    *,
    title: str,
    made: str,
    pictures: Iterable[PictureKind] = (),
) -> Brief:
    """The brief of the findings with these ids, in their order; each once.

    Statements and claims become one sentence, disputes a part of their own. Raises `NoSuchRecord`
    for an id that the ledger does not hold or that is of something else, and `BriefRefused` for a
    finding that somebody rejected.
    """
    writer = _Writer(asked)
    for id in dict.fromkeys(ids):
        record = asked.record(id)
        if isinstance(record, Statement | Claim):
            writer.finding(record)
        elif isinstance(record, Dispute):
            writer.dispute(record)
        else:
            raise NoSuchRecord(f"{id}: a brief is made of statements, claims and disputes", id)
    text = Brief(one_line(title), one_line(made), tuple(writer.blocks), tuple(writer.citations))
    return illustrate(text, asked, pictures)


def illustrate(brief: Brief, asked: Asked, pictures: Iterable[PictureKind] = ()) -> Brief:
    """The brief with the answers of its disputes drawn on a scale (and over time, where asked for),
    and at its end, where asked for, the map, the timeline and the network of all claims that it
    cites. Pictures that it had are drawn anew."""
    wanted = list(dict.fromkeys(pictures))
    cites = {one.number: named for one in brief.citations if (named := cited(one.address))}
    blocks: list[Block] = []
    drawn: set[str] = set()
    for block in brief.blocks:
        if isinstance(block, Picture):
            continue
        blocks.append(block)
        for number in block.cites if isinstance(block, Sentence) else ():
            named = cites.get(number)
            if named is None or named.kind != "dispute" or named.id in drawn:
                continue
            drawn.add(named.id)
            dispute = asked.record(named.id)
            if isinstance(dispute, Dispute):
                blocks += drawn_of_dispute(dispute, asked if "dispute" in wanted else None)
    claims = [r for c in cites.values() if isinstance(r := asked.record(c.id), Claim)]
    blocks += drawn_of_claims(claims, asked, wanted)
    return replace(brief, blocks=tuple(blocks))


class _Writer:
    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._lookup = asked.lookup()
        self._numbers: dict[str, int] = {}
        self._reviews: dict[int, str] = {}
        self.blocks: list[Block] = []
        self.citations: list[Citation] = []

    def finding(self, record: Statement | Claim) -> None:
        number = self._cite(record)
        record = standing(self._asked, record)
        text = self._statement(record) if isinstance(record, Statement) else self._claim(record)
        self._say(text, [number])

    def _say(self, text: str, cites: list[int]) -> None:
        mark = mark_of(self._reviews[number] for number in cites)
        self.blocks.append(Sentence(one_line(text), tuple(cites), mark))

    def dispute(self, dispute: Dispute) -> None:
        number = self._cite(dispute)
        self.blocks.append(Heading(one_line(dispute.question)))
        answers = ", ".join(quoted(position.value) for position in dispute.positions)
        self._say(f"{_VERDICTS[dispute.verdict]}: {answers}.", [number])
        for position in dispute.positions:
            self._position(position, number)

    def _position(self, position: Position, dispute: int) -> None:
        cites = [dispute]
        for id in position.claims[:_MOST_CITED]:
            record = self._asked.record(id)
            if isinstance(record, Statement | Claim):
                cites.append(self._cite(record))
        holders = ", ".join(holder.name for holder in position.holders) or "somebody unnamed"
        count = position.independent_sources
        origins = f"{count} independent {'origin' if count == 1 else 'origins'}"
        left = len(position.claims) - _MOST_CITED
        more = f", and {left} more" if left > 0 else ""
        text = f"{quoted(position.value)}, according to {holders}: {origins}{more}."
        self._say(text, cites)

    def _statement(self, statement: Statement) -> str:
        content = " … ".join(words.quote for words in statement.content)
        how = {
            "direct": "",
            "mixed": ", partly in the words of the report",
            "indirect": ", in the words of the report",
        }[statement.kind]
        return f"{self._said(statement)}{how}: {_closed(quoted(content))}"

    def _claim(self, claim: Claim) -> str:
        said = self._lookup.statement(claim.statement) if claim.statement else None
        outlet = self._lookup.document(claim.document).get("outlet") or "The report"
        who = f"{outlet}, in its own voice" if said is None else self._said(said)
        of = f" of {self._name(claim.subject)}" if claim.subject else ""
        hedges = [words.quote for words in claim.hedges if words.quote not in claim.quote]
        weakened = f", with the words {', '.join(quoted(h) for h in hedges)}" if hedges else ""
        return f"{who}: {quoted(claim.quote)} ({what(claim)}{of}){weakened}."

    def _said(self, statement: Statement) -> str:
        holder, cue = statement.holder, statement.cue
        who = "Somebody unnamed"
        if holder is not None:
            name = self._lookup.name(holder.entity) if holder.entity else None
            who = name or holder.quote
            if who.split(" ")[0].islower():
                who = who[0].upper() + who[1:]
            if holder.role is not None and holder.role.quote not in who:
                who = f"{who} ({holder.role.quote})"
        told = load("briefs.toml")["told"][cue.act] if cue else "said"
        if cue is not None and (cue.polarity != "positive" or cue.modality != "actual"):
            told = f"({quoted(cue.quote)})"
        via = "".join(f", according to {self._name(one)}" for one in statement.via)
        return f"{who} {told}{via}"

    def _name(self, reference: EntityRef) -> str:
        name = self._lookup.name(reference.entity) if reference.entity else None
        return name or reference.quote

    def _cite(self, record: Statement | Claim | Dispute) -> int:
        if record.id in self._numbers:
            return self._numbers[record.id]
        review = review_of(self._asked, record.id)
        if "rejected by" in review:
            raise BriefRefused(f"{record.id[:8]} was {review}: it goes into no brief")
        document = None
        if isinstance(record, Dispute):
            label, address = dispute_label(record), address_of(record, None)
        else:
            document = self._asked.record(record.document)
            assert isinstance(document, Document)
            stands = standing(self._asked, record)
            label = source_label(document, spans_of(stands))
            address = address_of(stands, document)
        number = self._numbers[record.id] = len(self.citations) + 1
        self._reviews[number] = review
        self.citations.append(Citation(number, f"{label}; {review}", address))
        return number


def quoted(text: str) -> str:
    """Text in double quotation marks; those inside it become single ones."""
    return "“" + one_line(text).rstrip(",;:–— ").translate(_INNER) + "”"


def _closed(quote: str) -> str:
    """A quotation at the end of a sentence: one full stop is enough."""
    return quote if quote[-2:-1] in (".", "!", "?") else quote + "."


_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'", "„": "‚", "«": "‹", "»": "›"})
