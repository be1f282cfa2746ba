"""ECB+ and MEANTIME: news in which each mention of a happening, person or thing names its chain.

`ecb_plus` (Cybulska and Vossen 2014; train and dev, the sentences that were checked): a topic is a
kind of happening ("an earthquake"), a sub-topic ("1ecb", "1ecbplus") one happening, told by several
reports. Chains run across reports. There are no dates of publication.

`meantime` (Minard et al. 2016; the 60 articles annotated across documents): Wikinews on Apple and
on car makers, 2005 to 2013. It names no stories. Here, articles are one story that are joined by
chains of events; few are.

`gum` (Zeldes 2017; news outside of its test part): 17 articles of Wikinews, chains inside each.
Only training reads it.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from evals.cases import SHARED
from evals.plain_documents import plain_document
from sayso.records.documents import Document, Published, Zone
from sayso.records.spans import Span

ECB_PLUS = SHARED / "data" / "ecbplus"
GUM = SHARED / "data" / "gum"
MEANTIME = SHARED / "data" / "meantime" / "intra_cross-doc_annotation"
Kind = Literal["event", "entity"]
KINDS: tuple[Kind, Kind] = ("event", "entity")


@dataclass(frozen=True)
class GoldMention:
    """Words that mean one thing with all the mentions of the same chain."""

    kind: Kind
    span: Span
    chain: str


@dataclass(frozen=True)
class Report:
    """A document with its gold mentions, topic and story."""

    document: Document
    topic: str
    story: str
    mentions: tuple[GoldMention, ...]


def ecb_plus(part: Literal["Train", "Dev"], folder: Path = ECB_PLUS) -> list[Report]:
    """The reports of one part, in the order of the file."""
    sentences: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for line in (folder / f"ECB_{part}_corpus.txt").read_text("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) >= 4:
            sentences[fields[0]][int(fields[1])][int(fields[2])] = fields[3]
    mentions: dict[str, list[GoldMention]] = defaultdict(list)
    laid = {name: _laid_out(own) for name, own in sentences.items()}
    for kind in KINDS:
        path = folder / f"ECB_{part}_{kind.capitalize()}_gold_mentions.json"
        for one in json.loads(path.read_text("utf-8")):
            places = laid[one["doc_id"]][1]
            tokens = [places[one["sent_id"], number] for number in one["tokens_number"]]
            span = Span(min(t.start for t in tokens), max(t.end for t in tokens))
            mentions[one["doc_id"]].append(GoldMention(kind, span, one["coref_chain"]))
    reports: list[Report] = []
    for name, (text, _) in laid.items():
        topic, _, rest = name.partition("_")
        story = topic + ("ecbplus" if rest.endswith("ecbplus") else "ecb")
        document = replace(plain_document(text), id=name, uri=name)
        reports.append(Report(document, topic, story, _sorted(mentions[name])))
    return reports


def meantime(folder: Path = MEANTIME) -> list[Report]:
    """All articles, by name."""
    found = [_article(path) for path in sorted(folder.glob("*/*.xml"))]
    stories = _joined_by_events(found)
    return [
        Report(one.document, one.topic, stories[one.document.id], one.mentions) for one in found
    ]


def _article(path: Path) -> Report:
    root = ET.parse(path).getroot()
    sentences: dict[int, dict[int, str]] = defaultdict(dict)
    for token in root.iter("token"):
        sentences[int(token.get("sentence", 0))][int(token.get("t_id", 0))] = token.text or ""
    text, places = _laid_out(sentences)
    by_id = {number: span for (_, number), span in places.items()}
    markables = root.find("Markables")
    assert markables is not None
    spans: dict[str, tuple[Kind, Span]] = {}
    chains: dict[str, str] = {}
    published: str | None = None
    for element in markables:
        id = element.get("m_id", "")
        if element.tag in {"EVENT", "ENTITY"}:
            chains[id] = element.get("instance_id") or f"{path.stem} {id}"
        elif element.tag in {"EVENT_MENTION", "ENTITY_MENTION"}:
            own = [by_id[int(a.get("t_id", 0))] for a in element.iter("token_anchor")]
            kind: Kind = "event" if element.tag == "EVENT_MENTION" else "entity"
            spans[id] = (kind, Span(min(s.start for s in own), max(s.end for s in own)))
        elif element.get("functionInDocument") == "CREATION_TIME":
            published = element.get("value")
    mentions: list[GoldMention] = []
    for link in root.iter("REFERS_TO"):
        target = link.find("target")
        chain = chains.get(target.get("m_id", "")) if target is not None else None
        meant = [source.get("m_id", "") for source in link.findall("source")]
        if chain is not None:
            mentions += (GoldMention(*spans[id], chain) for id in meant if id in spans)
    plain = plain_document(text)
    first = plain.zones[0]
    document = replace(
        plain,
        id=path.stem,
        uri=path.stem,
        zones=(Zone("title", first.span), *plain.zones[1:]),
        title=first.span.cut(text),
        published=Published(_iso(published), "metadata"),
    )
    return Report(document, path.parent.name, "", _sorted(mentions))


_BRACKETED = re.compile(r"(\()?([a-z]+-[0-9]+)[^()]*(\))?")


def gum(folder: Path = GUM) -> list[Report]:
    """The articles of GUM, by name; all mentions are of entities."""
    return [_gum_article(path) for path in sorted(folder.glob("*.conll"))]


def _gum_article(path: Path) -> Report:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    words = {n: row[1] for n, row in enumerate(row for row in rows if len(row) >= 3)}
    marks = [row[2] for row in rows if len(row) >= 3]
    text, places = _laid_out({0: words})
    begun: dict[str, list[int]] = defaultdict(list)
    mentions: list[GoldMention] = []
    for number, mark in enumerate(marks):
        for opened, name, closed in _BRACKETED.findall(mark):
            if opened:
                begun[name].append(number)
            if closed and begun[name]:
                start = places[0, begun[name].pop()].start
                chain = f"{path.stem} {name.partition('-')[2]}"
                span = Span(start, places[0, number].end)
                mentions.append(GoldMention("entity", span, chain))
    document = replace(plain_document(text), id=path.stem, uri=path.stem)
    return Report(document, path.stem, path.stem, _sorted(mentions))


def _iso(value: str | None) -> str | None:
    """`2009-02-03`; one article has `03-02-2009`."""
    if value and value[2:3] == "-":
        day, month, year = value.split("-")
        return f"{year}-{month}-{day}"
    return value


def _laid_out(
    sentences: dict[int, dict[int, str]],
) -> tuple[str, dict[tuple[int, int], Span]]:
    """A sentence a line, words parted by spaces; and where each word stands."""
    places: dict[tuple[int, int], Span] = {}
    lines: list[str] = []
    position = 0
    for sentence, words in sorted(sentences.items()):
        for number, word in sorted(words.items()):
            places[sentence, number] = Span(position, position + len(word))
            position += len(word) + 1
        lines.append(" ".join(word for _, word in sorted(words.items())))
    return "\n".join(lines), places


def _sorted(mentions: Iterable[GoldMention]) -> tuple[GoldMention, ...]:
    return tuple(sorted(mentions, key=lambda m: (m.span, m.kind, m.chain)))


def _joined_by_events(reports: list[Report]) -> dict[str, str]:
    """By article: the first article it is joined to by chains of events."""
    first = {report.document.id: report.document.id for report in reports}

    def root(name: str) -> str:
        while first[name] != name:
            name = first[name]
        return name

    holders: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        for chain in {m.chain for m in report.mentions if m.kind == "event"}:
            holders[chain].append(report.document.id)
    for names in holders.values():
        for name in names[1:]:
            one, other = sorted((root(names[0]), root(name)))
            first[other] = one
    return {name: root(name) for name in first}


def of_kind(report: Report, kind: Kind) -> Iterator[GoldMention]:
    """The report's mentions of happenings, or of entities."""
    return (mention for mention in report.mentions if mention.kind == kind)
