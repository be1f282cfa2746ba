"""Stand-ins used in place of mocks."""

from __future__ import annotations

import hashlib
import os
import re
import time

from sayso.errors import SetAside
from sayso.records.documents import Document, Evidence, Published, RawDocument, Zone
from sayso.records.entities import Alias, Entity, Role
from sayso.records.findings import (
    Claim,
    Cue,
    EntityRef,
    Event,
    Holder,
    Mention,
    Place,
    Plover,
    Statement,
    Words,
)
from sayso.records.provenance import MadeBy, Problem, content_id
from sayso.records.readings import Reading
from sayso.records.spans import OffsetMap, Quote, Span
from sayso.settings import Settings

_SAID = re.compile(r'"([^"\n]+)," said (?:(the [a-z]+) )?([A-Z]\w+(?: [A-Z]\w+)*)')
_COUNT = re.compile(r"(\d+) (fighters|members)")
_ATTACK = re.compile(r"attacked ([A-Z]\w+)")
_NAME = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)*")


def raw(text: str | bytes, uri: str = "a.txt") -> RawDocument:
    """An input as `acquire` would hand it over."""
    data = text if isinstance(text, bytes) else text.encode()
    return RawDocument(uri, data, "text/plain", "2020-01-01T00:00:00Z")


class FakeReader:
    """Makes small readings by simple rules, so that a test can foresee them.

    `"…," said NAME` (or `said the ROLE NAME`) is a statement, `12 fighters` in it an estimate,
    `attacked TOWN` an event, every capitalised run a mention. The first line is the title; lines
    `outlet: X` and `date: X` are obeyed. Orders in the text make it misbehave: HANG, HOG, CRASH,
    RAISE, RECURSE, REFUSE, PARTLY, TWIST (a span that cuts nothing).
    """

    version = "1"

    def __init__(self, settings: Settings) -> None:
        if os.environ.get("FAKE_FAILS_TO_START"):
            raise SystemExit(3)
        self.settings = settings
        self.pause = float(os.environ.get("FAKE_PAUSE", "0"))

    def read(self, raw: RawDocument) -> Reading:
        time.sleep(self.pause)
        text = raw.data.decode()
        _obey(text)
        return _Draft(raw, text, self.made_by).reading()

    @property
    def made_by(self) -> dict[str, MadeBy]:
        return {
            step: MadeBy.of(step, self.version, self.settings.extract)
            for step in ("clean", "extract", "link", "idle")
        }


def _obey(text: str) -> None:
    if "HANG" in text:
        while True:
            time.sleep(0.05)
    if "HOG" in text:
        hog = [bytearray(1 << 26) for _ in range(1000)]
        raise AssertionError(f"the memory limit did not hold: {len(hog)}")
    if "CRASH" in text:
        os._exit(7)
    if "RAISE" in text:
        raise ValueError("a defect")
    if "RECURSE" in text:
        _obey(text)
    if "REFUSE" in text:
        raise SetAside("binary", "this is not text", "leave it out")


class _Draft:
    """One reading in the making."""

    def __init__(self, raw: RawDocument, text: str, stamps: dict[str, MadeBy]) -> None:
        self.raw = raw
        self.text = text
        self.stamps = stamps
        self.sha256 = hashlib.sha256(raw.data).hexdigest()
        self.id = content_id("document", self.sha256, raw.media_type)
        self.entities: dict[str, Entity] = {}
        self.mentions: dict[tuple[int, int], Mention] = {}

    def reading(self) -> Reading:
        for match in _NAME.finditer(self.text):
            self.mention(match.start(), match.end())
        pairs = [self.statement(match) for match in _SAID.finditer(self.text)]
        statements = tuple(statement for statement, _ in pairs)
        claims, events = self.claims(pairs)
        problems: tuple[Problem, ...] = ()
        if "PARTLY" in self.text:
            problems = (
                Problem.of(
                    self.raw.uri, "clean", "text_lost", "half of it is lost", document=self.id
                ),
            )
        return Reading(
            document=self.document(),
            entities=tuple(self.entities.values()),
            mentions=tuple(self.mentions.values()),
            statements=statements,
            claims=claims,
            events=events,
            made_by=tuple(self.stamps.values()),
            problems=problems,
        )

    def document(self) -> Document:
        title = self.text.split("\n", 1)[0] or None
        outlet = re.search(r"^outlet: (.+)$", self.text, re.MULTILINE)
        date = re.search(r"^date: (\S+)$", self.text, re.MULTILINE)
        published = (
            Published(date[1], "text", date[1], Span(*date.span(1))) if date else Published()
        )
        evidence = {}
        if outlet:
            evidence["outlet"] = Evidence("text", outlet[1], Span(*outlet.span(1)))
        return Document(
            id=self.id,
            uri=self.raw.uri,
            sha256=self.sha256,
            media_type=self.raw.media_type,
            encoding="utf-8",
            retrieved=self.raw.retrieved,
            text=self.text,
            language="en",
            title=title,
            byline=None,
            outlet=outlet[1] if outlet else None,
            origin=None,
            published=published,
            dateline=None,
            zones=(Zone("body", Span(0, len(self.text))),),
            evidence=evidence,
            repairs={},
            source_map=OffsetMap.identity(len(self.text)),
            made_by=self.stamps["clean"].id,
        )

    def mention(self, start: int, end: int) -> Mention:
        if (start, end) in self.mentions:
            return self.mentions[(start, end)]
        name = self.text[start:end]
        id = content_id("mention", self.id, start, end)
        # Names that differ in case only are one entity, so that its name is a matter of counting.
        entity = content_id("entity", "person", name.lower())
        known = self.entities.get(entity)
        aliases = {alias.name: alias.mentions for alias in known.aliases} if known else {}
        aliases[name] = (*aliases.get(name, ()), id)
        self.entities[entity] = Entity(
            id=entity,
            kind="person",
            name=known.name if known else name,
            aliases=tuple(Alias(name, ids) for name, ids in sorted(aliases.items())),
            identifiers={"wikidata": f"Q{len(name)}"} if len(name) > 6 else {},
            part_of=None,
            roles=known.roles if known else (),
            made_by=self.stamps["link"].id,
        )
        made_by = self.stamps["link"].id
        found = Mention(id, self.id, Span(start, end), name, entity, "name", made_by)
        self.mentions[(start, end)] = found
        return found

    def statement(self, match: re.Match[str]) -> tuple[Statement, re.Match[str]]:
        content = Words(Span(*match.span(1)), match[1])
        said = match.start() + match[0].index(" said ", len(match[1])) + 1
        start, end = match.span(3)
        entity = self.mention(start, end).entity
        role = Words(Span(*match.span(2)), match[2]) if match[2] else None
        if role:
            self._add_role(entity, role.quote, self.mention(start, end).id)
        quote = "twisted" if "TWIST" in self.text else match[3]
        statement = Statement(
            id=content_id("statement", self.id, match.start()),
            document=self.id,
            kind="direct",
            holder=Holder(entity, Span(start, end), quote, "name", role),
            cue=Cue(Span(said, said + 4), "said", "asserts"),
            content=(content,),
            exact=(content,),
            via=(),
            setting=None,
            said=None,
            confidence=0.75,
            made_by=self.stamps["extract"].id,
        )
        return statement, match

    def _add_role(self, entity: str, role: str, mention: str) -> None:
        old = self.entities[entity]
        self.entities[entity] = Entity(
            old.id,
            old.kind,
            old.name,
            old.aliases,
            old.identifiers,
            old.part_of,
            (*old.roles, Role(role, None, mention)),
            old.made_by,
        )

    def claims(
        self, pairs: list[tuple[Statement, re.Match[str]]]
    ) -> tuple[tuple[Claim, ...], tuple[Event, ...]]:
        claims: list[Claim] = []
        events: list[Event] = []
        for statement, said in pairs:
            counts = _COUNT.finditer(self.text, *said.span(1))
            claims.extend(self.claim(statement, match, None) for match in counts)
            for match in _ATTACK.finditer(self.text, *said.span(1)):
                event = content_id("event", self.id, match.start())
                claims.append(self.claim(statement, match, event))
                town = self.mention(*match.span(1))
                events.append(
                    Event(
                        event,
                        Plover("ASSAULT"),
                        None,
                        None,
                        (),
                        (EntityRef(town.entity, town.span, town.quote),),
                        (claims[-1].id,),
                    )
                )
        return tuple(claims), tuple(events)

    def claim(self, statement: Statement, match: re.Match[str], event: str | None) -> Claim:
        quote = Quote.of(self.text, match.start(), match.end())
        place = None
        if event:
            town = self.mention(*match.span(1))
            place = Place(town.span, town.quote, town.entity)
        return Claim(
            id=content_id("claim", self.id, match.start()),
            statement=statement.id,
            document=self.id,
            span=quote.span,
            quote=quote.quote,
            kind="event" if event else "estimate",
            polarity="positive",
            modality="actual",
            hedges=(),
            time=None,
            place=place,
            confidence=0.5,
            made_by=self.stamps["extract"].id,
            measure=None if event else match[2],
            low=None if event else int(match[1]),
            high=None if event else int(match[1]),
            approximate=None if event else False,
            event=event,
            plover=Plover("ASSAULT") if event else None,
        )


REPORTS = {
    "reports/first.txt": (
        "Calm in Velm\noutlet: Tarvia Courier\ndate: 2019-12-18\n"
        '"We have 300 fighters in Velm," said the spokesman Orlo Venn of Karsk Front. '
        '"They attacked Durno," said Mira Sol.\n'
    ),
    "reports/second.txt": (
        "Denial from the east\noutlet: Eastern Post\ndate: 2020-01\n"
        '"There are no 300 fighters near Velm," said Mira Sol. '
        '"The Front of Orlo Venn has 45 members," said Karsk Front Youth.\n'
    ),
    "reports/third.txt": 'Short\n"PARTLY true," said ORLO VENN. "So," said Karsk Front.\n',
}
"""Three reports about invented people and places."""
RIVER = """The river guard closed the ferry at Low Mill after two boats were lost, its captain said.
Grain for the villages on the far bank will be carried over the winter road until the ice is gone.
Traders in Ustrel said prices had doubled in a week and that the mills stood still for want of wood.
The council of the valley meets on Thursday to hear the millers, the captain and the road guild.
"""
"""Long enough to be known as one text under several heads."""


def readings() -> list[Reading]:
    """What `FakeReader` makes of `REPORTS`."""
    reader = FakeReader(Settings())
    return [reader.read(raw(text, uri)) for uri, text in REPORTS.items()]
