"""Statements that the trained tagger found, as drafts.

The tagger says which words are cue, holder and content. What it does not say is made here: the
kind, by the quotation marks inside the content; the act, by the cue's words; time, place and
addressee, by the tree around the cue. Where the rules saw an attribution with the same cue, what
they know beside its spans (who passed it on, the frame) is taken from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.records.analyses import DraftStatement, TaggedAttribution
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.attributions import Attribution
from sayso.steps.extract.contents import find_group
from sayso.steps.extract.continued_speech import continuing
from sayso.steps.extract.cues import Cues
from sayso.steps.extract.nested_speech import is_reported
from sayso.steps.extract.settings_of_speech import find_addressee, find_setting
from sayso.steps.extract.speech_acts import speech_act
from sayso.steps.extract.spoken_zones import SpokenZone, exact_words, kind_of, phrase_at
from sayso.steps.extract.subjects import Subject
from sayso.steps.extract.token_ranges import Tokens

_CLEAR = frozenset({"according", "parenthesis"})
_STOPS = frozenset({".", "!", "?", "…"})


def add_tagged(
    zone: SpokenZone,
    tagged: Sequence[TaggedAttribution],
    attributions: Sequence[Attribution],
    cues: Cues,
    drafts: list[DraftStatement],
) -> None:
    """Add a draft for each tagged attribution that has content; what follows it, as its own."""
    by_verb = {attribution.verb: attribution for attribution in attributions}
    for found in tagged:
        rule = next((by_verb[i] for i in range(*found.cue) if i in by_verb), None)
        one = _with_whole_clause(zone.parse, found, rule)
        words = {piece: _words_inside(zone, piece) for piece in one.contents}
        pieces = {piece: span for piece, span in words.items() if span is not None}
        if not pieces:
            continue
        own, following = _split(zone.parse, one.cue, list(pieces))
        lead = len(drafts)
        content = tuple(pieces[piece] for piece in own)
        drafts.append(_draft(zone, replace(one, contents=tuple(own)), content, rule, cues))
        drafts.extend(
            continuing(zone, pieces[piece], drafts, lead, drafts[lead].confidence)
            for piece in following
        )
        for quotation in zone.quotations:
            if any(quotation.inner.overlaps(zone.parse.span(*piece)) for piece in pieces):
                zone.used.add(quotation.outer.start)


def _with_whole_clause(
    parse: Parse, one: TaggedAttribution, rule: Attribution | None
) -> TaggedAttribution:
    """The attribution, its last content drawn out to the clause whose beginning it is.

    "said that despite the raid, during which 600 were held, the number is …": a content that ends
    before the clause's own verb is none.
    """
    if rule is None or len(rule.content) != 1 or not one.contents:
        return one
    (first, last), (begin, end) = rule.content[0], one.contents[-1]
    if not first <= begin <= first + 1 or not end < last:
        return one
    if end <= parse.head_of(first, last):
        return replace(one, contents=(*one.contents[:-1], (begin, last)))
    return one


def without_tagged(
    attributions: Sequence[Attribution], tagged: Sequence[TaggedAttribution]
) -> list[Attribution]:
    """The rules' attributions whose cue the tagger has not found as well."""
    taken = {i for one in tagged if one.contents for i in range(*one.cue)}
    return [one for one in attributions if one.verb not in taken]


def without_passed_on(
    tagged: Sequence[TaggedAttribution], attributions: Sequence[Attribution]
) -> list[TaggedAttribution]:
    """The tagged attributions but those to somebody who only passed it on.

    "The Courier quoted Vasch as saying that …": annotators give it to the Courier; the rules know
    that Vasch said it, by way of the Courier.
    """
    passing = [one for one in attributions if one.via is not None and one.holder_head is not None]
    return [one for one in tagged if not any(_passes_on(one, rule) for rule in passing)]


def _passes_on(one: TaggedAttribution, rule: Attribution) -> bool:
    told = (one.cue, *one.contents)
    return _holds(one.sources, rule.via) and (
        _holds(told, rule.verb) or _holds(one.contents, rule.holder_head)
    )


def _holds(ranges: Sequence[Tokens], token: int | None) -> bool:
    return token is not None and any(first <= token < last for first, last in ranges)


def keep_clear(zone: SpokenZone, drafts: list[DraftStatement], first: int) -> None:
    """Leave of the rules' drafts from `first` on those that are clear-cut and new.

    Speech in marks beside "X said" is never lost, nor "according to X", nor what one source reports
    of another ("X reported that Y said …"), which annotators seldom mark. Measured on articles that
    no training saw, what else the rules alone find is wrong twice as often as it is right.
    """
    tagged = [draft for draft in drafts[first:] if draft.pattern == "tagged"]
    reporting = [*tagged, *(one for one in drafts[first:] if one.passed_on is not None)]
    # Drafts point at one another by index, and what is left out here stands after all the tagged
    # ones and is pointed at by none.
    drafts[first:] = [
        draft
        for draft in drafts[first:]
        if _is_tagged(draft)
        or draft.passed_on is not None
        or is_reported(zone, draft, reporting)
        or _is_clear(draft, tagged)
    ]


def _is_tagged(draft: DraftStatement) -> bool:
    return draft.pattern in ("tagged", "continued")


def _is_clear(draft: DraftStatement, tagged: Sequence[DraftStatement]) -> bool:
    """Whether a draft of the rules is clear-cut, and of words that the tagger gives to nobody."""
    if draft.kind != "direct" and draft.pattern not in _CLEAR:
        return False
    content = sum(len(piece) for piece in draft.content)
    return all(2 * _shared(draft, one) < content for one in tagged)


def _shared(one: DraftStatement, other: DraftStatement) -> int:
    """Characters that both contents hold."""
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in one.content
        for b in other.content
    )


def _split(
    parse: Parse, cue: Tokens, pieces: Sequence[Tokens]
) -> tuple[list[Tokens], list[Tokens]]:
    """The pieces of the cue's own sentence, and those of later ones ('"A," she said. "B."')."""
    own: list[Tokens] = []
    following: list[Tokens] = []
    for piece in pieces:
        ended = own and piece[0] > cue[1] and _sentence_ends(parse, cue[1], piece[0])
        (following if ended or following else own).append(piece)
    return own, following


def _sentence_ends(parse: Parse, first: int, last: int) -> bool:
    """Whether a full stop stands among the tokens `[first, last)`."""
    return any(parse.words[i] in _STOPS for i in range(first, last))


def _draft(
    zone: SpokenZone,
    one: TaggedAttribution,
    content: tuple[Span, ...],
    rule: Attribution | None,
    cues: Cues,
) -> DraftStatement:
    parse = zone.parse
    exact = exact_words(zone, content)
    source = one.sources[0] if one.sources else _subject_by_rule(one, rule)
    head = None if source is None else parse.head_of(*source)
    verb = rule.verb if rule else parse.head_of(*one.cue)
    act = speech_act(parse, one.cue, one.contents, cues)
    return DraftStatement(
        zone=zone.index,
        kind=kind_of(zone, content, exact),
        content=content,
        exact=exact,
        confidence=one.confidence,
        pattern="tagged",
        holder=parse.span(*source) if source else None,
        holder_head=None if head is None else parse.starts[head],
        cue=parse.span(*one.cue),
        act=rule.act if rule and rule.content else act.act,
        polarity=act.polarity,
        modality=act.modality,
        group=parse.span(*_group(parse, verb, one.cue, source, head)),
        passed_on=phrase_at(parse, rule.via if rule else None),
        addressee=find_addressee(parse, verb),
        setting=find_setting(parse, verb),
    )


def _subject_by_rule(one: TaggedAttribution, rule: Attribution | None) -> Tokens | None:
    """The holder that the rules see at the same cue, for an attribution that was given none."""
    if rule is None or rule.holder is None or _holds(one.contents, rule.holder_head):
        return None
    return rule.holder


def _group(parse: Parse, verb: int, cue: Tokens, source: Tokens | None, head: int | None) -> Tokens:
    subject = None if source is None or head is None else Subject(head, source)
    low, high = find_group(parse, verb, subject)
    return min(low, cue[0]), max(high, cue[1])


def _words_inside(zone: SpokenZone, piece: Tokens) -> Span | None:
    """The characters of a piece; without the marks if it lies in one quotation as a whole.

    None if nothing is left. Marks inside stay: 'that "they left"', '"They left" was all'.
    """
    span = zone.parse.span(*piece)
    start, end = span.start, span.end
    for quotation in zone.all:
        if quotation.outer.start <= span.start and span.end <= quotation.outer.end:
            start, end = max(start, quotation.inner.start), min(end, quotation.inner.end)
    while start < end and zone.text[start].isspace():
        start += 1
    while end > start and zone.text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None
