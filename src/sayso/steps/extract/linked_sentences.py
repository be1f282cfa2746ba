"""Sentences that go on with what somebody was just said to have said.

    According to Professor Rell there are over 20 groups. The largest of these has 600 men. The
    smallest has no name, he notes.

The middle sentence is the professor's: it takes up his words ("of these"), and he is still speaking
after it. Both are asked for; a sentence that only follows is left in the report's own voice.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.records.analyses import Analysis, DraftStatement
from sayso.records.parses import Parse
from sayso.records.spans import Span

_CONFIDENCE = 0.5
_REACH = 5
"""How many words into its sentence a link may stand."""
_TAKING_UP = frozenset(
    {"these", "those", "them", "such", "another", "others", "it", "they", "its", "their"}
)
_ADDING = frozenset({"additionally", "moreover", "furthermore", "also"})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_SAYING = frozenset({"asserts", "predicts", "warns"})


def add_linked_sentences(analysis: Analysis, drafts: list[DraftStatement]) -> None:
    """Add a statement for each sentence that goes on with the one before it."""
    by_zone: dict[int, list[int]] = {}
    for index, draft in enumerate(drafts):
        if draft.outer is None:
            by_zone.setdefault(draft.zone, []).append(index)
    for zone, inside in by_zone.items():
        after = by_zone.get(zone + 1, [])
        _add_in_zone(analysis, zone, inside, after, drafts)


def _add_in_zone(
    analysis: Analysis,
    zone: int,
    inside: Sequence[int],
    after: Sequence[int],
    drafts: list[DraftStatement],
) -> None:
    parse = analysis.parses[zone]
    owners: dict[int, int] = {}
    for index in inside:
        for sentence in _sentences(parse, drafts[index]):
            owners[sentence] = index
    for sentence in range(1, len(parse.sentences)):
        if sentence in owners or sentence - 1 not in owners:
            continue
        leader = owners[sentence - 1]
        following = owners.get(sentence + 1)
        if following is None and sentence == len(parse.sentences) - 1 and after:
            following = min(after, key=lambda index: drafts[index].content[0].start)
        if (
            following is not None
            and _speaks(drafts[leader])
            and _takes_up(parse, sentence)
            and _same_holder(analysis, drafts[leader], drafts[following])
        ):
            drafts.append(_draft(parse, sentence, leader, drafts))
            owners[sentence] = leader


def _sentences(parse: Parse, draft: DraftStatement) -> set[int]:
    spans = [*draft.content, *([draft.cue] if draft.cue else [])]
    return {parse.sentence_of[i] for span in spans for i in range(*parse.tokens_in(span))}


def _speaks(draft: DraftStatement) -> bool:
    return draft.kind == "indirect" and draft.holder is not None and draft.act in _SAYING


def _takes_up(parse: Parse, sentence: int) -> bool:
    """Whether the sentence's first words refer to the one before."""
    first, last = parse.sentences[sentence]
    words = [parse.words[i].lower() for i in range(first, min(last, first + _REACH))]
    return bool(words) and (bool(_TAKING_UP & set(words)) or words[0] in _ADDING)


def _same_holder(analysis: Analysis, one: DraftStatement, other: DraftStatement) -> bool:
    """Whether the later statement's holder is a pronoun, or shares its last word with the first."""
    if one.holder is None or other.holder is None:
        return False
    first = one.holder.cut(analysis.text).split()
    second = other.holder.cut(analysis.text).split()
    return second[0].lower() in _PRONOUNS or first[-1] == second[-1]


def _draft(
    parse: Parse, sentence: int, leader: int, drafts: Sequence[DraftStatement]
) -> DraftStatement:
    first, last = parse.sentences[sentence]
    if parse.words[last - 1] in {".", "!", "?"} and last - first > 1:
        last -= 1
    content: Span = parse.span(first, last)
    lead = drafts[leader]
    return DraftStatement(
        zone=lead.zone,
        kind="indirect",
        content=(content,),
        exact=(),
        confidence=_CONFIDENCE,
        holder=lead.holder,
        holder_head=lead.holder_head,
        act=lead.act,
        continues=leader if lead.continues is None else lead.continues,
    )
