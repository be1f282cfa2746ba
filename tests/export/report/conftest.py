"""A small ledger about the invented republic of Tarvia, made by hand from records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from sayso.export.report import ReportView
from sayso.records.documents import Dateline, Document, Published, Zone, ZoneKind
from sayso.records.entities import Alias, Entity, EntityKind, Role
from sayso.records.findings import (
    Act,
    Claim,
    Cue,
    EntityRef,
    Holder,
    Mention,
    Place,
    Statement,
    StatementKind,
    Time,
    Words,
)
from sayso.records.provenance import Problem, content_id
from sayso.records.spans import OffsetMap, Span


def span_of(text: str, quote: str) -> Span:
    """Where `quote` stands; `[Vasch] told` finds the `Vasch` that is followed by ` told`."""
    lead, _, rest = quote.rpartition("[")
    inner, _, tail = rest.partition("]")
    start = text.index(lead + inner + tail) + len(lead)
    return Span(start, start + len(inner))


def entity(name: str, kind: EntityKind, *aliases: str, role: str | None = None) -> Entity:
    return Entity(
        id=content_id("entity", kind, name),
        kind=kind,
        name=name,
        aliases=tuple(Alias(alias, ()) for alias in aliases),
        identifiers={},
        part_of=None,
        roles=(Role(role, None, "m"),) if role else (),
        made_by="test",
    )


@dataclass
class Draft:
    """One report in the making: zones by paragraph, findings by the words they are cut from."""

    uri: str
    paragraphs: Sequence[tuple[ZoneKind, str]]
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    dateline: str | None = None
    statements: list[Statement] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = "\n\n".join(text for _, text in self.paragraphs)
        self.id = content_id("document", self.uri, self.text)

    def words(self, quote: str) -> Words:
        span = span_of(self.text, quote)
        return Words(span, span.cut(self.text))

    def refer(self, quote: str, who: Entity | None) -> EntityRef:
        span = span_of(self.text, quote)
        if who is not None:
            id = content_id("mention", self.id, span)
            cut = span.cut(self.text)
            self.mentions.append(Mention(id, self.id, span, cut, who.id, "name", "test"))
        return EntityRef(who.id if who else None, span, span.cut(self.text))

    def say(
        self,
        kind: StatementKind,
        holder: tuple[str, Entity | None] | None,
        cue: tuple[str, Act] | None,
        *content: str,
        exact: Sequence[str] = (),
        via: Sequence[tuple[str, Entity | None]] = (),
        role: str | None = None,
    ) -> Statement:
        found = tuple(self.words(quote) for quote in content)
        who = self.refer(*holder) if holder else None
        statement = Statement(
            id=content_id("statement", self.id, found, kind),
            document=self.id,
            kind=kind,
            holder=Holder(
                who.entity, who.span, who.quote, "name", self.words(role) if role else None
            )
            if who
            else None,
            cue=Cue(span_of(self.text, cue[0]), cue[0], cue[1]) if cue else None,
            content=found,
            exact=found if kind == "direct" else tuple(self.words(quote) for quote in exact),
            via=tuple(self.refer(*source) for source in via),
            setting=None,
            said=None,
            confidence=0.9,
            made_by="test",
        )
        self.statements.append(statement)
        return statement

    def count(
        self,
        quote: str,
        subject: tuple[str, Entity | None],
        measure: str,
        low: int | None,
        high: int | None,
        *,
        approximate: bool = False,
        statement: Statement | None = None,
        place: str | None = None,
        hedge: str | None = None,
        time: str | None = None,
    ) -> Claim:
        span = span_of(self.text, quote)
        claim = Claim(
            id=content_id("claim", self.id, span, measure, low, high),
            statement=statement.id if statement else None,
            document=self.id,
            span=span,
            quote=quote,
            kind="estimate",
            polarity="positive",
            modality="actual",
            hedges=(self.words(hedge),) if hedge else (),
            time=Time(span_of(self.text, time), time, None, None) if time else None,
            place=Place(span_of(self.text, place), place) if place else None,
            confidence=0.8,
            made_by="test",
            subject=self.refer(*subject),
            measure=measure,
            low=low,
            high=high,
            approximate=approximate,
        )
        self.claims.append(claim)
        return claim

    @property
    def document(self) -> Document:
        zones, position = [], 0
        for kind, text in self.paragraphs:
            lead = self.dateline if kind == "body" and self.dateline else ""
            if lead and text.startswith(lead):
                zones.append(Zone("dateline", Span(position, position + len(lead))))
                gap = len(text) - len(text[len(lead) :].lstrip())
                zones.append(Zone(kind, Span(position + gap, position + len(text))))
            else:
                zones.append(Zone(kind, Span(position, position + len(text))))
            position += len(text) + 2
        where = span_of(self.text, self.dateline) if self.dateline else None
        return Document(
            id=self.id,
            uri=self.uri,
            sha256="0" * 64,
            media_type="text/plain",
            encoding="utf-8",
            retrieved="2031-05-01T00:00:00Z",
            text=self.text,
            language="en",
            title=self.title,
            byline=None,
            outlet=self.outlet,
            origin=None,
            published=Published(self.published, "metadata" if self.published else None),
            dateline=Dateline(where, self.dateline) if where and self.dateline else None,
            zones=tuple(zones),
            evidence={},
            repairs={"mojibake": 2} if self.uri.endswith("2.txt") else {},
            source_map=OffsetMap.identity(len(self.text)),
            made_by="test",
        )


FRONT = entity("Karsk Front", "armed_group", "KF", "the Front")
VASCH = entity("Oren Vasch", "person", "Vasch", role="Interior Minister")
TARVIA = entity("Tarvia", "state")
TNA = entity("Tarvian News Agency", "outlet", "TNA")
GREY = entity("Mila Grey", "person", role="analyst")


def first() -> Draft:
    draft = Draft(
        "reports/1.txt",
        [
            ("notice", "Home | News | Sport"),
            ("title", "Front has 3,000 fighters, minister says"),
            (
                "body",
                "VELM: The Karsk Front has between 2,000 and 3,500 fighters in the Upper Doss "
                "valley, Interior Minister Oren Vasch said on Monday.",
            ),
            (
                "body",
                "“They have lost the roads,” Vasch told reporters. “By winter they will have lost "
                "the valley, according to our data.”",
            ),
            ("body", "The Front denied that it had withdrawn, TNA reported."),
            ("comment", "Well said, minister!"),
            ("related", "Ten photographs of the Doss in spring"),
        ],
        title="Front has 3,000 fighters, minister says",
        outlet="Velm Courier",
        published="2031-03-10",
        dateline="VELM:",
    )
    main = draft.say(
        "indirect",
        ("Oren Vasch", VASCH),
        ("said", "asserts"),
        "The Karsk Front has between 2,000 and 3,500 fighters in the Upper Doss valley",
        role="Interior Minister",
    )
    draft.say(
        "direct",
        ("[Vasch] told", VASCH),
        ("told", "asserts"),
        "They have lost the roads,",
        "By winter they will have lost the valley, according to our data.",
    )
    draft.say(
        "indirect",
        ("The Front", FRONT),
        ("denied", "denies"),
        "that it had withdrawn",
        via=[("TNA", TNA)],
    )
    draft.count(
        "between 2,000 and 3,500 fighters",
        ("The Karsk Front", FRONT),
        "fighters",
        2000,
        3500,
        statement=main,
        place="Upper Doss valley",
    )
    draft.count("3,000 fighters", ("Front", FRONT), "fighters", 3000, 3000)
    return draft


def second() -> Draft:
    draft = Draft(
        "reports/2.txt",
        [
            (
                "body",
                "The “Karsk Front” could now count “nearly 6,000 rifles, no fewer”, according to "
                "the analyst Mila Grey, up from more than 500 men a year ago. Up to 90 were "
                "killed, a man who gave no name said.",
            ),
        ],
        published="2031-04",
    )
    grey = draft.say(
        "mixed",
        ("Mila Grey", GREY),
        ("according to", "asserts"),
        "The “Karsk Front” could now count “nearly 6,000 rifles, no fewer”",
        "up from more than 500 men a year ago",
        exact=["nearly 6,000 rifles, no fewer"],
    )
    loss = draft.say(
        "indirect",
        ("a man who gave no name", None),
        ("said", "asserts"),
        "Up to 90 were killed",
    )
    front = ("Karsk Front", FRONT)
    draft.count(
        "nearly 6,000 rifles",
        front,
        "fighters",
        6000,
        6000,
        approximate=True,
        statement=grey,
        hedge="could",
    )
    draft.count("more than 500 men", front, "men", 500, None, statement=grey, time="a year ago")
    draft.count("Up to 90 were killed", front, "killed", None, 90, statement=loss)
    return draft


def view_of(*drafts: Draft, **more: object) -> ReportView:
    return ReportView(
        documents=tuple(draft.document for draft in drafts),
        entities=(FRONT, VASCH, TARVIA, TNA, GREY),
        mentions=tuple({m.id: m for draft in drafts for m in draft.mentions}.values()),
        statements=tuple(item for draft in drafts for item in draft.statements),
        claims=tuple(item for draft in drafts for item in draft.claims),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def view() -> ReportView:
    problem = Problem.of(
        "reports/broken.html",
        "clean",
        "binary",
        "The file holds no text.",
        advice="Save the page as HTML and read it again.",
    )
    return view_of(first(), second(), problems=(problem,), title="The Doss valley", version="0.1.0")
