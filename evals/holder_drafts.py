"""Annotated attributions as the drafts that the statement finder would hand on.

So resolution can be measured on statements that are given, in the order in which it meets them
in life.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.brat import parse
from evals.gold import occurrences
from evals.scoring import kind_of
from sayso.records.analyses import Analysis, DraftStatement
from sayso.records.parses import Parse
from sayso.records.spans import Span

_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|''(?:[^']|'(?!'))*(?:'')?")
"""What stands in double marks of quotation; a mark that is not closed holds to the end."""


@dataclass(frozen=True)
class Attributed:
    """One annotated attribution; positions in the raw text."""

    source: Span | None
    """From the first to the last character of the holder."""
    cue: Span | None
    content: tuple[Span, ...]


def polnear_attributions(shared: Path, file: str, text: str) -> list[Attributed]:
    """The attributions of an article, by its first annotator's name."""
    folder = shared / "data" / "polnear" / "dev" / "attributions"
    first = min(folder.glob(f"{Path(file).stem}_????.ann"))
    return [
        Attributed(_hull(found.source), found.cue[0] if found.cue else None, found.content)
        for found in parse(first.read_text(encoding="utf-8"))
    ]


def _hull(pieces: Sequence[Span]) -> Span | None:
    return Span(pieces[0].start, pieces[-1].end) if pieces else None


def seed_attributions(shared: Path, file: str, text: str) -> list[Attributed]:
    """The attributions of a sample report: its gold gives words, here found in the text."""
    import yaml

    entries: list[dict[str, Any]] = yaml.safe_load(
        (shared / "gold" / "reports.yaml").read_text("utf-8")
    )
    entry = next(entry for entry in entries if f"{entry['doc']}.txt" == file)
    return [_of_gold(text, statement) for statement in entry["statements"]]


def _of_gold(text: str, statement: dict[str, Any]) -> Attributed:
    content = tuple(next(iter(occurrences(text, words))) for words in statement["content"])
    holder = _nearest(text, statement.get("who", statement["holder"]), content)
    role = _nearest(text, statement.get("role", ""), content)
    if holder is not None and role is not None and not text[role.end : holder.start].strip():
        holder = Span(role.start, holder.end)  # "Secretary of the Council Ana Dorn"
    return Attributed(holder, _nearest(text, statement.get("cue", ""), content), content)


def _nearest(text: str, words: str, content: tuple[Span, ...]) -> Span | None:
    """The occurrence nearest to the content, outside it."""

    def distance(span: Span) -> int:
        return min(min(abs(p.start - span.end), abs(span.start - p.end)) for p in content)

    found = [
        span
        for span in (occurrences(text, words) if words else ())
        if not any(piece.overlaps(span) for piece in content)
    ]
    return min(found, key=distance, default=None)


def drafted(
    analysis: Analysis, attributions: Iterable[Attributed]
) -> list[tuple[Span | None, DraftStatement]]:
    """Each attribution's source in the raw text and its draft, sorted by content as in life.

    An attribution whose holder stands in a zone that is not read is left out.
    """
    found = [
        (attribution.source, draft)
        for attribution in attributions
        if (draft := _draft(analysis, attribution)) is not None
    ]
    return sorted(found, key=lambda pair: _place(pair[1]))


def _place(draft: DraftStatement) -> Span:
    place = draft.content[0] if draft.content else draft.holder
    assert place is not None  # a draft without a holder was not made
    return place


def _draft(analysis: Analysis, attribution: Attributed) -> DraftStatement | None:
    clean = analysis.document.source_map.to_clean
    holder = clean(attribution.source) if attribution.source else None
    if holder is None:
        return None
    zone = next((i for i, p in enumerate(analysis.parses) if p.zone.span.overlaps(holder)), None)
    head = None if zone is None else _head(analysis.parses[zone], holder)
    if zone is None or head is None:
        return None
    content = tuple(span for piece in attribution.content if (span := clean(piece)) is not None)
    return DraftStatement(
        zone=zone,
        kind=kind_of(analysis.text, content),
        content=content,
        exact=tuple(_quoted(analysis.text, content)),
        confidence=1.0,
        pattern="annotated",
        holder=holder,
        holder_head=head,
        cue=clean(attribution.cue) if attribution.cue else None,
    )


def _quoted(text: str, content: Iterable[Span]) -> Iterator[Span]:
    for piece in content:
        for quoted in _QUOTED.finditer(text, piece.start, piece.end):
            yield Span(*quoted.span())


def _head(parse: Parse, holder: Span) -> int | None:
    """Where the token begins that the holder's others hang on."""
    first, last = parse.tokens_in(holder)
    for token in range(first, last):
        head = parse.heads[token]
        if (head == token or not first <= head < last) and parse.pos[token] != "PUNCT":
            return parse.starts[token]
    return parse.starts[first] if first < last else None
