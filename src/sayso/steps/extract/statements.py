"""Statements of one document: attributions and quotations brought together.

    '"We hit them," Mohib said. "They ran."'   two direct statements, the second continuing
    'He called it "a disgrace" and left'       mixed: "a disgrace" are the exact words
    'He said they left'                        indirect

A quotation that nobody is said to have said gives no statement, unless it stands in a paragraph
(or right after one) whose speaker is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.records.analyses import Analysis, DraftStatement
from sayso.records.findings import StatementKind
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.attributions import Attribution, find_attributions
from sayso.steps.extract.cues import Cues, load_cues
from sayso.steps.extract.quotations import Quotation, find_quotations, is_name
from sayso.steps.extract.settings_of_speech import find_addressee, find_setting
from sayso.steps.extract.spoken_beside import find_spoken_beside

_STATEMENT_ZONES = frozenset({"body"})
"""A headline repeats what its text says, and a caption what its picture shows."""

_CONFIDENCE = {
    "clause": 0.85,
    "tail": 0.85,
    "parenthesis": 0.85,
    "quote": 0.9,
    "according": 0.9,
    "infinitive": 0.75,
    "preposition": 0.65,
    "object": 0.6,
    "phrase": 0.75,
    "noun": 0.6,
}
_CONTINUED = 0.75
_INHERITED = 0.5
_NESTED = 0.9
"""Factor for a statement inside another."""


@dataclass
class _Zone:
    """One parse with its quotations, while its statements are being made."""

    index: int
    parse: Parse
    text: str
    quotations: list[Quotation]
    """Outermost ones that are speech, in order."""
    names: list[Quotation]
    """Outermost quotations that hold a name or a term."""
    all: list[Quotation]
    """Outermost ones."""
    fragments: list[Quotation]
    """Outermost quotations that are not names: whose words they are depends on the content."""
    used: set[int]
    """Start positions of the quotations that are content already."""


def find_statements(analysis: Analysis, cues: Cues | None = None) -> list[DraftStatement]:
    """The statements of a document, in text order, their holders not yet resolved."""
    cues = cues or load_cues()
    drafts: list[DraftStatement] = []
    pending: list[Span] = []  # paragraphs of a quotation whose speaker is named at its end
    previous: tuple[int, bool] | None = None  # last draft of the zone before; was it left open?
    for index, parse in enumerate(analysis.parses):
        if parse.zone.kind not in _STATEMENT_ZONES:
            continue
        zone = _zone(index, parse, analysis.text)
        first = len(drafts)
        attributions = find_attributions(parse, cues)
        _outer_statements(zone, attributions, drafts)
        _plainly_spoken(zone, cues, drafts)
        if previous is not None and previous[1]:
            _join_open_paragraph(zone, drafts, previous[0])
        _continuations(zone, drafts, first, previous)
        if pending:
            _prepend(drafts, first, pending)
            pending = []
        _nested_statements(zone, attributions, drafts, first)
        pending = _left_pending(zone, drafts, first)
        previous = _last_of(zone, drafts, first, previous)
    return _in_text_order(drafts)


# ── one zone ───────────────────────────────────────────────────────────────────────────────────


def _zone(index: int, parse: Parse, text: str) -> _Zone:
    outermost = [q for q in find_quotations(text, parse.zone.span) if q.level == 0]
    fragments = [q for q in outermost if not is_name(text, q)]
    speech = [q for q in fragments if _is_speech(parse, q)]
    names = [q for q in outermost if is_name(text, q)]
    return _Zone(index, parse, text, speech, names, outermost, fragments, set())


def _is_speech(parse: Parse, quotation: Quotation) -> bool:
    """Whether a quotation can stand for itself: a clause, or some length."""
    first, last = parse.tokens_in(quotation.inner)
    if last - first >= 8:
        return True
    finite = any(parse.tags[i] in ("VBD", "VBZ", "VBP", "MD", "VB") for i in range(first, last))
    return finite and last - first >= 3


def _outer_statements(
    zone: _Zone, attributions: Sequence[Attribution], drafts: list[DraftStatement]
) -> None:
    for attribution in attributions:
        if _inside_speech(zone, attribution):
            continue
        draft = _draft(zone, attribution)
        if draft is not None:
            drafts.append(draft)
            _add_following(zone, attribution, drafts)


def _plainly_spoken(zone: _Zone, cues: Cues, drafts: list[DraftStatement]) -> None:
    """Quotations that the tree left without a speaker, though the words beside them name one."""
    for quotation in zone.quotations:
        if quotation.outer.start in zone.used or not quotation.closed:
            continue
        attribution = find_spoken_beside(zone.parse, quotation, cues)
        if attribution is not None:
            zone.used.add(quotation.outer.start)
            spans = _beside_spans(zone, quotation, attribution)
            content = _content(zone, spans, [quotation])
            drafts.append(_from_attribution(zone, attribution, content))
            _add_following(zone, attribution, drafts)


def _inside_speech(zone: _Zone, attribution: Attribution) -> bool:
    position = zone.parse.starts[attribution.verb]
    return any(q.inner.start <= position < q.inner.end for q in zone.quotations)


def _draft(zone: _Zone, attribution: Attribution) -> DraftStatement | None:
    """The statement that one attribution makes with the quotations around it."""
    parse = zone.parse
    spans = [parse.span(*tokens) for tokens in attribution.content if tokens[1] > tokens[0]]
    touching = [q for q in zone.quotations if any(q.outer.overlaps(s) for s in spans)]
    beside = _beside(zone, attribution) if attribution.takes_quote else None
    if beside is not None and _outranks(zone, beside, attribution, touching):
        spans, touching = _beside_spans(zone, beside, attribution), [beside]
    touching = [q for q in touching if q.outer.start not in zone.used]
    if not spans and not touching:
        return None
    content = _content(zone, spans, touching)
    if not content:
        return None
    for quotation in touching:
        zone.used.add(quotation.outer.start)
    return _from_attribution(zone, attribution, content)


def _outranks(
    zone: _Zone, beside: Quotation, attribution: Attribution, touching: list[Quotation]
) -> bool:
    """Whether the quotation beside a cue is its content rather than what the tree shows.

    '"...," he said of the firm, whose owner left': the tree takes the last clause.
    """
    if beside in touching:
        return False
    if not attribution.content:
        return True
    before = beside.outer.end <= zone.parse.starts[attribution.group[0]]
    first = attribution.content[0][0]
    return before and zone.parse.words[first].lower() != "that"


def _beside_spans(zone: _Zone, beside: Quotation, attribution: Attribution) -> list[Span]:
    """The words before a quotation that ends the reporter's own sentence ('He is "done," she
    said'); nothing where the quotation is a sentence of its own."""
    if beside.outer.start > zone.parse.starts[attribution.verb]:
        return []
    first = zone.parse.tokens_in(beside.outer)[0]
    start = zone.parse.sentences[zone.parse.sentence_of[first]][0]
    lead = zone.text[zone.parse.starts[start] : beside.outer.start].strip()
    if first <= start or len(lead.split()) < 2 or lead[-1] in ".!?:":
        return []
    return [Span(zone.parse.starts[start], beside.outer.start)]


def _content(zone: _Zone, spans: list[Span], touching: list[Quotation]) -> tuple[Span, ...]:
    """Content spans widened to whole quotations, their marks left out."""
    pieces: list[Span] = []
    for span in spans:
        whole = span
        for quotation in (*touching, *zone.names):
            if quotation.outer.overlaps(whole):
                whole = Span(
                    min(whole.start, quotation.outer.start), max(whole.end, quotation.outer.end)
                )
        pieces.append(whole)
    covered = [q for q in touching if not any(p.overlaps(q.outer) for p in pieces)]
    pieces.extend(quotation.outer for quotation in covered)
    cleaned = [_without_marks(zone, piece, touching) for piece in pieces]
    return _merged([piece for piece in cleaned if piece is not None])


def _without_marks(zone: _Zone, piece: Span, touching: list[Quotation]) -> Span | None:
    """A piece of content without the marks at its ends, and without "that" before a quotation."""
    start, end = piece.start, piece.end
    for quotation in touching:
        lead = zone.text[start : quotation.outer.start].strip(" ,:—–-\n\t")
        tail = zone.text[quotation.outer.end : end].strip(" .,;:!?—–-\n\t")
        if quotation.outer.start >= start and lead.lower() in ("", "that"):
            start = quotation.inner.start
        if quotation.outer.end <= end and not tail:
            end = quotation.inner.end
    while start < end and zone.text[start].isspace():
        start += 1
    while end > start and zone.text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


def _merged(pieces: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for piece in sorted(pieces):
        if merged and piece.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, piece.end))
        else:
            merged.append(piece)
    return tuple(merged)


def _beside(zone: _Zone, attribution: Attribution) -> Quotation | None:
    """The unused quotation that touches an attribution: before it or after it."""
    low = zone.parse.starts[attribution.group[0]]
    high = zone.parse.ends[attribution.group[1] - 1]
    before = [q for q in zone.all if q.outer.end <= low]
    if before and _is_bridge(zone.text[before[-1].outer.end : low]):
        candidate = before[-1]
        spoken = candidate in zone.quotations or _ends_like_speech(zone, candidate)
        if candidate.outer.start not in zone.used and spoken:
            return candidate
    after = [q for q in zone.quotations if q.outer.start >= high]
    if after and _is_bridge(zone.text[high : after[0].outer.start]):
        return after[0]
    return None


def _ends_like_speech(zone: _Zone, quotation: Quotation) -> bool:
    """Whether a short quotation ends as one does before "he said": with a comma at its mark."""
    inside = quotation.inner.cut(zone.text).rstrip()[-1:]
    return inside in (",", "!", "?") or zone.text[quotation.outer.end :][:1] == ","


def _is_bridge(gap: str) -> bool:
    """Whether nothing but punctuation (and "that") lies between a cue and a quotation."""
    return gap.strip(" ,:;—–-\t\n").lower() in ("", "that", "and", "but")


def _from_attribution(
    zone: _Zone, attribution: Attribution, content: tuple[Span, ...]
) -> DraftStatement:
    parse = zone.parse
    exact = _exact(zone, content)
    holder = attribution.holder
    return DraftStatement(
        zone=zone.index,
        kind=_kind(zone, content, exact),
        content=content,
        exact=exact,
        confidence=_CONFIDENCE[attribution.pattern],
        holder=parse.span(*holder) if holder else None,
        holder_head=parse.starts[attribution.holder_head]
        if attribution.holder_head is not None
        else None,
        cue=parse.span(*attribution.cue),
        act=attribution.act,
        group=parse.span(*attribution.group),
        passed_on=_word(parse, attribution.via),
        addressee=find_addressee(parse, attribution.verb),
        setting=find_setting(parse, attribution.verb),
    )


def _word(parse: Parse, token: int | None) -> Span | None:
    return None if token is None else Span(parse.starts[token], parse.ends[token])


def _exact(zone: _Zone, content: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of the content that stand in quotation marks."""
    exact: list[Span] = []
    for piece in content:
        for quotation in zone.fragments:
            if quotation.inner.overlaps(piece):
                start = max(piece.start, quotation.inner.start)
                end = min(piece.end, quotation.inner.end)
                exact.append(Span(start, end))
    return tuple(exact)


def _kind(zone: _Zone, content: Sequence[Span], exact: Sequence[Span]) -> StatementKind:
    if not exact:
        return "indirect"
    outside = sum(len(piece) for piece in content) - sum(len(piece) for piece in exact)
    return "direct" if outside <= 0 else "mixed"


# ── quotations that share an attribution ───────────────────────────────────────────────────────


def _add_following(zone: _Zone, attribution: Attribution, drafts: list[DraftStatement]) -> None:
    """'"A," he said, "B."': the second quotation is content of the same statement."""
    draft = drafts[-1]
    high = zone.parse.ends[attribution.group[1] - 1]
    if draft.kind == "indirect" or max(piece.end for piece in draft.content) > high:
        return
    for quotation in zone.quotations:
        if quotation.outer.start < high or quotation.outer.start in zone.used:
            continue
        gap = zone.text[high : quotation.outer.start].strip(" \t\n")
        if gap in (",", "—", "–", "-", "--", ":", ""):
            zone.used.add(quotation.outer.start)
            content = (*draft.content, quotation.inner)
            exact = _exact(zone, content)
            drafts[-1] = replace(
                draft, content=content, exact=exact, kind=_kind(zone, content, exact)
            )
        return


def _continuations(
    zone: _Zone,
    drafts: list[DraftStatement],
    first: int,
    previous: tuple[int, bool] | None,
) -> None:
    """Quotations without a cue of their own take the speaker of the one before."""
    for quotation in zone.quotations:
        if quotation.outer.start in zone.used or not quotation.opened:
            continue
        if not _stands_alone(zone, quotation):
            continue
        leader = _leader(zone, drafts, first, quotation)
        confidence = _CONTINUED
        if leader is None and previous is not None and _opens_zone(zone, quotation):
            leader, confidence = previous[0], _INHERITED
        if leader is None:
            continue
        zone.used.add(quotation.outer.start)
        lead = drafts[leader]
        drafts.append(
            DraftStatement(
                zone=zone.index,
                kind="direct",
                content=(quotation.inner,),
                exact=(quotation.inner,),
                confidence=confidence,
                holder=lead.holder,
                holder_head=lead.holder_head,
                act="asserts",
                continues=leader if lead.continues is None else lead.continues,
            )
        )


def _stands_alone(zone: _Zone, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence between sentences, not a part of the reporter's own."""
    before = zone.text[zone.parse.zone.span.start : quotation.outer.start].rstrip()
    after = zone.text[quotation.outer.end : zone.parse.zone.span.end].lstrip()
    starts = not before or before[-1] in '.!?:”"»'
    ends = not after or after[0].isupper() or after[0] in '“"«'
    complete = quotation.inner.cut(zone.text).rstrip()[-1:] in ".!?,…"
    return starts and ends and (complete or not after)


def _opens_zone(zone: _Zone, quotation: Quotation) -> bool:
    return not zone.text[zone.parse.zone.span.start : quotation.outer.start].strip()


def _leader(
    zone: _Zone, drafts: list[DraftStatement], first: int, quotation: Quotation
) -> int | None:
    """The nearest statement before a quotation in its zone, a quoted one first."""
    before = [
        index
        for index in range(first, len(drafts))
        if drafts[index].outer is None
        and max(drafts[index].content[-1].end, _cue_end(drafts[index])) <= quotation.outer.start
    ]
    direct = [index for index in before if drafts[index].kind == "direct"]
    return max(direct or before, key=lambda index: drafts[index].content[0].start, default=None)


def _cue_end(draft: DraftStatement) -> int:
    return draft.cue.end if draft.cue else 0


# ── quotations over several paragraphs ─────────────────────────────────────────────────────────


def _join_open_paragraph(zone: _Zone, drafts: list[DraftStatement], leader: int) -> None:
    """A paragraph that opens with a mark goes on with the one that was left open before it."""
    for quotation in zone.quotations:
        if quotation.outer.start in zone.used or not quotation.opened:
            return
        if not _opens_zone(zone, quotation):
            return
        zone.used.add(quotation.outer.start)
        lead = drafts[leader]
        content = (*lead.content, quotation.inner)
        drafts[leader] = replace(lead, content=content, exact=(*lead.exact, quotation.inner))
        return


def _left_pending(zone: _Zone, drafts: list[DraftStatement], first: int) -> list[Span]:
    """The quotation that fills the zone, is left open and has no speaker yet."""
    if len(drafts) > first:
        return []
    return [
        q.inner
        for q in zone.quotations
        if not q.closed and q.outer.start not in zone.used and _opens_zone(zone, q)
    ][-1:]


def _prepend(drafts: list[DraftStatement], first: int, pending: list[Span]) -> None:
    """The paragraphs before belong to the quotation that this zone begins with."""
    for index in range(first, len(drafts)):
        draft = drafts[index]
        if draft.kind == "direct" and draft.cue is not None:
            drafts[index] = replace(
                draft, content=(*pending, *draft.content), exact=(*pending, *draft.exact)
            )
            return


def _last_of(
    zone: _Zone,
    drafts: list[DraftStatement],
    first: int,
    previous: tuple[int, bool] | None,
) -> tuple[int, bool] | None:
    """The statement that the next paragraph may go on with, and whether it was left open."""
    open_end = any(
        not q.closed and q.outer.end == zone.parse.zone.span.end for q in zone.quotations
    )
    outer = [i for i in range(first, len(drafts)) if drafts[i].outer is None]
    if outer:
        return max(outer, key=lambda i: drafts[i].content[-1].end), open_end
    if previous is not None and previous[1] and zone.used:
        return previous[0], open_end
    return None


# ── statements inside statements ───────────────────────────────────────────────────────────────

_STRONG = frozenset({"clause", "tail", "phrase", "according", "parenthesis"})
_STRONG_ACTS = frozenset(
    {"denies", "claims_responsibility", "warns", "pledges", "accuses", "asserts"}
)
_REPORTING = frozenset(
    {
        "accuse", "allege", "announce", "assert", "claim", "confirm", "declare", "deny", "insist",
        "pledge", "promise", "report", "say", "state", "take", "tell", "threaten", "vow", "warn",
        "accept", "admit", "accord", "according",
    }
)  # fmt: skip


def _nested_statements(
    zone: _Zone,
    attributions: Sequence[Attribution],
    drafts: list[DraftStatement],
    first: int,
) -> None:
    """Speech inside quoted speech ("the group claimed responsibility for ...," he said).

    Only clear cases: a speaker repeats many things that are no report of another's words.
    """
    for attribution in attributions:
        if not _inside_speech(zone, attribution) or not _is_report(zone, attribution):
            continue
        parse = zone.parse
        position = parse.starts[attribution.verb]
        outer = next(
            (
                i
                for i in range(first, len(drafts))
                if any(p.start <= position < p.end for p in drafts[i].content)
            ),
            None,
        )
        spans = [parse.span(*tokens) for tokens in attribution.content]
        if outer is None or not spans:
            continue
        draft = _from_attribution(zone, attribution, _merged(spans))
        drafts.append(
            replace(
                draft,
                kind="indirect",
                exact=(),
                outer=outer,
                confidence=draft.confidence * _NESTED * drafts[outer].confidence,
            )
        )


def _is_report(zone: _Zone, attribution: Attribution) -> bool:
    parse = zone.parse
    head = attribution.holder_head
    return (
        attribution.pattern in _STRONG
        and attribution.act in _STRONG_ACTS
        and parse.lemmas[attribution.verb].lower() in _REPORTING
        and head is not None
        and parse.pos[head] in ("PROPN", "NOUN")
    )


def _in_text_order(drafts: list[DraftStatement]) -> list[DraftStatement]:
    """Drafts sorted by their content, with the indices that they hold of one another mended."""
    order = sorted(
        range(len(drafts)), key=lambda i: (drafts[i].content[0], drafts[i].outer is not None)
    )
    place = {old: new for new, old in enumerate(order)}
    return [
        replace(
            drafts[old],
            outer=place[o] if (o := drafts[old].outer) is not None else None,
            continues=place[c] if (c := drafts[old].continues) is not None else None,
        )
        for old in order
    ]
