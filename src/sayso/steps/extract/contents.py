"""Where the content of an attribution begins and ends, as token ranges of one parse."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.records.findings import Act
from sayso.records.parses import Parse
from sayso.steps.extract.complements import (
    called_false,
    complement,
    described_as,
    figure,
    has_to,
    infinitive,
    noun_object,
    prepositional,
)
from sayso.steps.extract.cues import Cues, VerbCue
from sayso.steps.extract.subjects import Subject
from sayso.steps.extract.token_ranges import Pattern, Tokens, has_finite_verb, mark_of, trim

_TRAILING = frozenset(
    {"npadvmod", "advmod", "prep", "dobj", "dative", "nsubj", "prt", "tmod", "aux"}
)


_STOPS = frozenset({".", "!", "?", ";", '"', "”", "''", ":", ")"})


_DASHES = frozenset({"—", "–", "--", "-"})


_QUOTES = frozenset({'"', "”", "''", "’", "'", "»", "“"})


PLAIN_SAYING = frozenset({"say", "add", "report", "tell", "note", "write", "state", "explain"})


def contents(
    parse: Parse, verb: int, cue: VerbCue, group: Tokens, cues: Cues
) -> Iterator[tuple[Pattern, tuple[Tokens, ...], Act]]:
    """The possible contents of a verb, likeliest first."""
    kids = parse.children[verb]
    if "clause" in cue.frames:
        citing = [k for k in kids if k > verb and parse.lemmas[k].lower() in ("cite", "quote")]
        after = [
            k
            for k in kids + [inner for k in citing for inner in parse.children[k]]
            if (
                parse.deps[k] == "ccomp"
                or (parse.deps[k] == "advcl" and mark_of(parse, k) == "that")
            )
            and k > verb
            and _is_clause(parse, k)
            and not (cue.act == "believes" and has_to(parse, k))
        ]
        if after:
            yield "clause", (_clause(parse, verb, after[0], cues),), cue.frames["clause"]
        around = _around(parse, verb, group)
        if around is not None:
            yield around[0], around[1], cue.frames["clause"]
    if "complement" in cue.frames or "as" in cue.frames:
        content = called_false(parse, verb)
        if content is not None:
            yield "object", (content,), "denies"
    if "infinitive" in cue.frames:
        content = infinitive(parse, verb)
        if content is not None:
            yield "infinitive", (content,), cue.frames["infinitive"]
    yield from prepositional(parse, verb, cue)
    if "clause" in cue.frames and "object" not in cue.frames:
        content = noun_object(parse, verb, gerunds_only=True)
        if content is not None:
            yield "object", (content,), cue.frames["clause"]
    if "object" in cue.frames:
        content = noun_object(parse, verb)
        if content is not None:
            yield "object", (content,), cue.frames["object"]
    if "figure" in cue.frames:
        content = figure(parse, verb)
        if content is not None:
            yield "object", (content,), cue.frames["figure"]
    if "complement" in cue.frames:
        content = complement(parse, verb)
        if content is not None:
            yield "object", (content,), cue.frames["complement"]
    if "as" in cue.frames:
        content = described_as(parse, verb)
        if content is not None:
            yield "object", (content,), cue.frames["as"]


def _is_clause(parse: Parse, head: int) -> bool:
    return parse.pos[head] in ("VERB", "AUX") or any(
        parse.deps[kid] in ("nsubj", "nsubjpass", "cop", "expl", "csubj", "mark")
        for kid in parse.children[head]
    )


def _clause(parse: Parse, verb: int, head: int, cues: Cues) -> Tokens:
    """The tokens of a clause that follows its verb."""
    first, last = parse.extents[head]
    first = max(first, verb + 1, *(k for k in parse.children[head] if _is_that(parse, k)))
    for kid in parse.children[verb]:  # "... just as they did before" is hung on the verb of saying
        if (
            kid > head
            and parse.deps[kid] in ("advcl", "prep")
            and parse.extents[kid][0] <= last + 1
        ):
            last = max(last, parse.extents[kid][1])
    return trim(parse, first, _own_end(parse, verb, head, (first, last), cues))


def _is_that(parse: Parse, token: int) -> bool:
    return parse.deps[token] == "mark" and parse.words[token].lower() == "that"


def _own_end(parse: Parse, verb: int, head: int, clause: Tokens, cues: Cues) -> int:
    """Where the content ends and the reporter goes on: before ", adding that ..." and before
    "and vowed to ...", which the parser hangs on the clause as easily as on the verb."""
    first, last = clause
    for index in range(first + 2, last):
        if parse.lemmas[index].lower() not in cues.verbs:
            continue
        if parse.tags[index] == "VBG" and parse.words[index - 1] == ",":
            return index - 1
        if (
            parse.deps[index] == "conj"
            and parse.heads[index] == head
            and parse.tags[index] == parse.tags[verb]
            and parse.words[index - 1].lower() in ("and", "but", "then", "also")
        ):
            return index - 1
    return last


def find_group(parse: Parse, verb: int, subject: Subject | None) -> Tokens:
    """The stretch of holder, cue, time, place and addressee around the verb."""
    first = last = verb
    for kid in parse.children[verb]:
        dep = parse.deps[kid]
        if kid > verb and dep in _TRAILING:
            low, high = parse.extents[kid]
            if low > verb and low <= last + 2 and not _holds_clause(parse, kid):
                last = max(last, high - 1)
        elif kid < verb and dep in ("aux", "auxpass", "neg", "advmod"):
            first = min(first, parse.extents[kid][0]) if kid >= verb - 3 else first
    if parse.deps[verb] == "pcomp":  # "[the paper quoted him as] saying"
        quoting = parse.heads[parse.heads[verb]]
        subjects = [k for k in parse.children[quoting] if parse.deps[k] in ("nsubj", "nsubjpass")]
        first = min([first, quoting, *(parse.extents[k][0] for k in subjects)])
    if subject is not None:
        low, high = subject.tokens
        if high <= verb and not has_finite_verb(parse, high, verb):
            first = min(first, low)
        elif low > verb:
            last = max(last, high - 1)
    return first, last + 1


def _holds_clause(parse: Parse, kid: int) -> bool:
    return any(parse.deps[k] in ("ccomp", "pcomp") for k in parse.children[kid])


def _around(parse: Parse, verb: int, group: Tokens) -> tuple[Pattern, tuple[Tokens, ...]] | None:
    """Content before (and after) a finite cue that is set off by commas."""
    if parse.tags[verb] not in ("VBD", "VBZ", "VBP", "VBN") or parse.deps[verb] == "acl":
        return None
    if parse.deps[verb] == "relcl" and not _says_aside(parse, verb):
        return None
    first, last = parse.sentences[parse.sentence_of[verb]]
    low, high = group
    edge = _set_off(parse, first, low)
    if edge is None or _is_circumstance(parse, verb, first):
        return None
    subjects = [k for k in parse.children[verb] if parse.deps[k] == "nsubj"]
    if subjects and max(subjects) < edge:
        return None  # "Pavel Idrin, who led it, doubts the figure"
    left = trim(parse, first, edge)
    finite = has_finite_verb(parse, first, edge)
    if high >= last or parse.words[high] in _STOPS:
        return ("tail", (left,)) if finite else None
    if parse.words[high] in _DASHES:
        return ("tail", (left,)) if finite else None
    if parse.words[high] == ",":
        right = trim(parse, high + 1, last)
        if _goes_on(parse, verb, right):
            return "parenthesis", (left, right)
        return ("tail", (left,)) if finite else None
    if finite and parse.lemmas[verb].lower() in PLAIN_SAYING:
        return "tail", (left,)
    return None


def _says_aside(parse: Parse, verb: int) -> bool:
    """Whether a verb that the tree takes for a relative clause says what stands before it ("The
    Front has 900 men in Velm, the analyst said"): a plain one, with a subject and no "who"."""
    subject = next((kid for kid in parse.children[verb] if parse.deps[kid] == "nsubj"), None)
    if subject is None or parse.lemmas[verb].lower() not in PLAIN_SAYING:
        return False
    related = any(parse.tags[kid] in ("WP", "WDT", "WP$") for kid in parse.children[verb])
    comma = parse.extents[subject][0] - 1
    return not related and subject < verb and comma >= 0 and parse.words[comma] == ","


def _set_off(parse: Parse, first: int, low: int) -> int | None:
    """Where the words before a cue end, if a comma or dash (or a mark after one) sets them off."""
    edge = low - 1
    if edge > first and parse.words[edge] in _QUOTES:
        edge -= 1
        if parse.words[edge] in {",", "?", "!"}:
            return low
        return None
    if edge >= first + 1 and (parse.words[edge] == "," or parse.words[edge] in _DASHES):
        return edge
    return None


def _is_circumstance(parse: Parse, verb: int, first: int) -> bool:
    """Whether what stands before the cue is when or why it was said ("While we left, he ...")."""
    return any(
        parse.deps[kid] == "advcl" and kid < verb and parse.extents[kid][0] <= first
        for kid in parse.children[verb]
    )


def _goes_on(parse: Parse, verb: int, right: Tokens) -> bool:
    """Whether the content goes on after a cue set off by commas, and not the reporter."""
    first, last = right
    if last - first < 2 or any(
        parse.deps[kid] == "ccomp" and kid > verb and mark_of(parse, kid) == "that"
        for kid in parse.children[verb]
    ):
        return False
    word = parse.words[first].lower()
    if word in ("and", "but", "or"):  # ", and had passed all checks": no subject of its own
        return parse.tags[first + 1] in ("VBD", "VBZ", "VBP", "MD")
    if word in {"while", "although", "though", "as", "which", "who", "whose"}:
        return False
    if parse.tags[first] in ("VBG", "VBN") and parse.heads[first] == verb:
        return False
    return has_finite_verb(parse, first, last)


def clause_around(parse: Parse, index: int, group: Tokens) -> tuple[Tokens, ...]:
    """The clause that a phrase modifies, without the phrase."""
    first, last = parse.sentences[parse.sentence_of[index]]
    head = parse.heads[index]
    steps = 0
    while parse.pos[head] not in ("VERB", "AUX") and parse.heads[head] != head and steps < 20:
        head = parse.heads[head]
        steps += 1
    low, high = parse.extents[head]
    if group[0] <= first + 1:  # in front of a sentence it speaks of all of it
        low, high = first, last
    pieces: list[Tokens] = []
    left = trim(parse, low, min(group[0], high))
    right = trim(parse, max(group[1], low), high)
    if left[1] > left[0]:
        pieces.append(left)
    if right[1] > right[0]:
        pieces.append(right)
    return tuple(pieces)
