"""Statements whose holders are known: names, pronouns and descriptions resolved to entities.

    Nikolai Patrushev said ...        a name: the mention's entity
    he said ...                       the last person who spoke, or whom a sentence was about
    the paper wrote ...               the last outlet named
    a press release from the ministry the body behind it
    a top security official said ...  the person named next whose role says the same
    the participants warned ...       an entity of this document, named by the description

Where nothing decides, the entity stays None: the words are kept, and nobody is guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.lexicons import load
from sayso.records.analyses import Analysis, DocumentEntities, DraftStatement
from sayso.records.entities import Entity
from sayso.records.findings import (
    Cue,
    EntityRef,
    Form,
    Holder,
    Mention,
    Statement,
    Time,
    Words,
)
from sayso.records.parses import Parse
from sayso.records.provenance import content_id
from sayso.records.spans import Span
from sayso.steps.link.antecedents import Antecedents
from sayso.steps.link.descriptions import Descriptions
from sayso.steps.link.roles import role_of

_RELATIVE = ("WP", "WDT")


@dataclass(frozen=True)
class Resolved:
    """The statements of a document, and the mentions and entities that their holders added."""

    statements: tuple[Statement, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    antecedents: Antecedents
    """Who was spoken of where, for claims that refer to them."""


@dataclass
class _Progress:
    """What has been resolved so far, in text order."""

    analysis: Analysis
    named: DocumentEntities
    antecedents: Antecedents
    descriptions: Descriptions
    made_by: str
    holders: list[Holder | None] = field(default_factory=list)
    """By draft."""
    vias: list[tuple[EntityRef, ...]] = field(default_factory=list)
    """By draft."""
    ids: list[str] = field(default_factory=list)
    mentions: dict[str, Mention] = field(default_factory=dict)


def resolve_holders(
    analysis: Analysis,
    named: DocumentEntities,
    drafts: Sequence[DraftStatement],
    *,
    times: Sequence[Time] = (),
    made_by: str,
) -> Resolved:
    """The drafts as statements, each holder resolved as far as the document tells."""
    progress = _Progress(
        analysis,
        named,
        Antecedents(analysis, named, drafts),
        Descriptions(analysis, named, made_by=made_by),
        made_by,
    )
    ordered = sorted(times, key=lambda time: time.span)
    statements = [_statement(progress, draft, ordered) for draft in drafts]
    return Resolved(
        tuple(statements),
        tuple(progress.mentions.values()),
        tuple(progress.descriptions.made.values()),
        progress.antecedents,
    )


def _statement(progress: _Progress, draft: DraftStatement, times: Sequence[Time]) -> Statement:
    text, document = progress.analysis.text, progress.analysis.document
    holder = _holder(progress, draft)
    progress.holders.append(holder)
    progress.vias.append(_via(progress, draft))
    id = content_id("statement", document.id, draft.kind, draft.content, draft.cue, draft.holder)
    progress.ids.append(id)
    return Statement(
        id=id,
        document=document.id,
        kind=draft.kind,
        holder=holder,
        cue=_cue(text, draft),
        content=tuple(_words(text, span) for span in draft.content),
        exact=tuple(_words(text, span) for span in draft.exact),
        via=progress.vias[-1],
        setting=_words(text, draft.setting) if draft.setting else None,
        said=_said(draft, times),
        confidence=round(draft.confidence, 4),
        made_by=progress.made_by,
        continues=progress.ids[draft.continues] if draft.continues is not None else None,
    )


def _cue(text: str, draft: DraftStatement) -> Cue | None:
    if draft.cue is None:
        return None
    return Cue(draft.cue, draft.cue.cut(text), draft.act, draft.polarity, draft.modality)


def _words(text: str, span: Span) -> Words:
    return Words(span, span.cut(text))


def _said(draft: DraftStatement, times: Sequence[Time]) -> Time | None:
    """The time expression that belongs to the cue ("said on Monday")."""
    if draft.group is None:
        return None
    # Times are in order: only those that begin inside the group are looked at.
    first = bisect_left(times, draft.group.start, key=lambda time: time.span.start)
    last = bisect_left(times, draft.group.end, key=lambda time: time.span.start)
    outside = (
        time
        for time in times[first:last]
        if draft.group.contains(time.span)
        and not any(piece.overlaps(time.span) for piece in draft.content)
        and not (draft.holder and draft.holder.contains(time.span))
    )
    return next(outside, None)


def _via(progress: _Progress, draft: DraftStatement) -> tuple[EntityRef, ...]:
    """The sources between the document and the holder, outermost first."""
    text = progress.analysis.text
    chain: list[EntityRef] = []
    outer = draft.outer
    if outer is not None and outer < len(progress.vias):
        holder = progress.holders[outer]
        chain.extend(progress.vias[outer])
        if holder is not None:
            chain.append(EntityRef(holder.entity, holder.span, holder.quote))
    if draft.passed_on is not None:
        parse = progress.analysis.parses[draft.zone]
        head = parse.starts[parse.head_of(*parse.tokens_in(draft.passed_on))]
        entity, _ = _entity_at(progress, draft.passed_on, head, draft)
        chain.append(EntityRef(entity, draft.passed_on, draft.passed_on.cut(text)))
    if draft.addressee is not None:
        entity = _named_in(progress, draft.addressee, draft.addressee.start)
        if entity is not None and progress.named.entities[entity].kind == "outlet":
            chain.append(EntityRef(entity, draft.addressee, draft.addressee.cut(text)))
    return tuple(chain)


def _holder(progress: _Progress, draft: DraftStatement) -> Holder | None:
    if draft.continues is not None and draft.continues < len(progress.holders):
        return progress.holders[draft.continues]
    if draft.holder is None or draft.holder_head is None:
        return None
    entity, form = _entity_at(progress, draft.holder, draft.holder_head, draft)
    text = progress.analysis.text
    if entity is not None and form != "name":
        _add_mention(progress, draft.holder, entity, form)
    progress.antecedents.note_holder(entity, draft.holder_head)
    return Holder(
        entity=entity,
        span=draft.holder,
        quote=draft.holder.cut(text),
        form=form,
        role=_role(progress, draft),
    )


def _entity_at(
    progress: _Progress, span: Span, head: int, draft: DraftStatement
) -> tuple[str | None, Form]:
    """Whom these words mean, and how they say it."""
    parse = progress.analysis.parses[draft.zone]
    token = parse.tokens_in(Span(head, head + 1))[0]
    if parse.pos[token] == "PRON" or parse.tags[token] in ("PRP", "PRP$", *_RELATIVE):
        return _meant(progress, parse, token, draft), "pronoun"
    name = _named_in(progress, span, head)
    if name is not None:
        return name, "name"
    return _described(progress, parse, token, span), "nominal"


def _meant(progress: _Progress, parse: Parse, token: int, draft: DraftStatement) -> str | None:
    antecedents = progress.antecedents
    if parse.tags[token] in _RELATIVE:
        return antecedents.of_relative(parse, token)
    word = parse.words[token].lower()
    return antecedents.of_pronoun(word, parse.starts[token], outside=draft.content)


def _named_in(progress: _Progress, span: Span, head: int) -> str | None:
    """The entity that the head word names, or the name in apposition to it.

    "Afghanistan's former spy chief, Amarullah Saleh": the person; "the newspaper Dawn": the outlet.
    """
    mention = progress.named.at(head)
    if mention is not None:
        return mention.entity
    text = progress.analysis.text
    for inside in progress.named.within(span):
        kind = progress.named.entity_of(inside).kind
        before = _without_title(text[span.start : inside.span.start])
        behind = text[inside.span.end : min(span.end, inside.span.end + 40)]
        if behind[:2] in ("'s", "’s") and behind[2:].strip():
            continue  # "Mr. Tobler's sons", "one of Mr. Tobler's sons"
        if kind == "person" and _is_modifier(text[inside.span.end : head]):
            continue  # "the Tobler campaign"
        if kind == "person" and not f" {before}".rstrip().endswith(
            (" of", " for", " to", "'s", "’s")
        ):
            return inside.entity
        if _is_next_word(text[head : inside.span.start]) and kind not in ("place", "state"):
            return inside.entity
    return None


def _without_title(before: str) -> str:
    words = before.split()
    if words and words[-1].lower() in load("given_names.toml")["titles"]["address"]:
        return " ".join(words[:-1])
    return before


def _is_modifier(between: str) -> bool:
    """Whether a name before a head word belongs to it: nothing but words stands between."""
    return between[:1] == " " and all(word.isalpha() for word in between.split())


def _is_next_word(between: str) -> bool:
    """Whether only one word and marks of quotation stand from a head word to a name."""
    return len(between.split()) == 1 and between[-1:] in " \"“‘'«,"


def _described(progress: _Progress, parse: Parse, head: int, span: Span) -> str | None:
    body = progress.descriptions.body_of(parse, head, span)
    if body is not None:
        return body
    definite = parse.words[parse.tokens_in(span)[0]].lower() in ("the", "this", "that", "these")
    again = progress.antecedents.of_description(parse, head, span, definite=definite)
    if again is not None:
        return again
    described = progress.descriptions.entity(parse, head, span)
    if described is not None:
        progress.antecedents.note_description(progress.descriptions.made[described])
    return described


def _add_mention(progress: _Progress, span: Span, entity: str, form: Form) -> None:
    document = progress.analysis.document.id
    id = content_id("mention", document, span, form)
    quote = span.cut(progress.analysis.text)
    progress.mentions[id] = Mention(id, document, span, quote, entity, form, progress.made_by)


def _role(progress: _Progress, draft: DraftStatement) -> Words | None:
    if draft.holder is None:
        return None
    address = load("given_names.toml")["titles"]["address"]  # "Mr" is no role
    for mention in progress.named.within(draft.holder):
        if progress.named.entity_of(mention).kind == "person":
            parse = progress.analysis.parses[draft.zone]
            tokens = parse.tokens_in(mention.span)
            role = role_of(parse, *tokens, text=progress.analysis.text)
            if role is not None and role.quote.lower() not in address:
                return role
    return None
