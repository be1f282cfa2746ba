"""What a reporting verb governs that is no finite clause: infinitives, objects, prepositions."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.records.findings import Act
from sayso.records.parses import Parse
from sayso.steps.extract.cues import VerbCue
from sayso.steps.extract.negation import said_to_be_false
from sayso.steps.extract.token_ranges import Pattern, Tokens, has_finite_verb, mark_of, trim

_ANONYMITY = frozenset({"name", "identify", "quote"})


def infinitive(parse: Parse, verb: int) -> Tokens | None:
    for kid in parse.children[verb]:
        if parse.lemmas[kid].lower() in _ANONYMITY:
            return None  # "asked not to be named"
        if parse.deps[kid] in ("xcomp", "ccomp", "advcl") and kid > verb and has_to(parse, kid):
            first, last = parse.extents[kid]
            for other in parse.children[verb]:  # "urged [the ministers to ...]"
                if not verb < other < kid:
                    continue
                if parse.deps[other] in ("dobj", "dative", "nsubj"):
                    first = min(first, parse.extents[other][0])
                elif parse.words[other].lower() in ("on", "upon"):  # "called on [them to ...]"
                    first = min(first, other + 1)
            return trim(parse, max(first, verb + 1), last)
    return None


def has_to(parse: Parse, head: int) -> bool:
    return any(
        parse.deps[kid] == "aux" and parse.words[kid].lower() == "to"
        for kid in parse.children[head]
    )


def prepositional(
    parse: Parse, verb: int, cue: VerbCue
) -> Iterator[tuple[Pattern, tuple[Tokens, ...], Act]]:
    for kid in parse.children[verb]:
        word = parse.words[kid].lower()
        if parse.deps[kid] not in ("prep", "prt") or word not in cue.frames or kid < verb:
            continue
        first, last = parse.extents[kid]
        first = kid + 1
        for other in parse.children[verb]:  # "accused [Pakistan of harbouring ...]"
            if verb < other < kid and parse.deps[other] == "dobj":
                first = parse.extents[other][0]
        last = with_what_follows(parse, verb, kid, last)
        if last - first >= 1:
            yield "preposition", (trim(parse, first, last),), cue.frames[word]
            return


def noun_object(parse: Parse, verb: int, *, gerunds_only: bool = False) -> Tokens | None:
    for kid in parse.children[verb]:
        if kid <= verb:
            continue
        gerund = parse.deps[kid] in ("xcomp", "ccomp") and (
            parse.tags[kid] == "VBG"
            or any(parse.words[inner].lower() == "having" for inner in parse.children[kid])
        )
        noun = parse.deps[kid] == "dobj" and parse.pos[kid] != "PRON" and not gerunds_only
        if gerund or noun:
            first, last = parse.extents[kid]
            last = with_what_follows(parse, verb, kid, last)
            return trim(parse, max(first, verb + 1), last)
    return None


def with_what_follows(parse: Parse, verb: int, kid: int, last: int) -> int:
    """The end of an object and of what the parser hung on the verb behind it.

    "announced [a concert] [in aid of the miners]", "warned of [hunger] [behind the front line]".
    """
    for other in parse.children[verb]:
        if other <= kid or parse.deps[other] != "prep":
            continue
        gap = parse.extents[other][0] - last
        if gap == 0 or (gap == 1 and parse.words[last] == ","):
            last = parse.extents[other][1]
    return last


_FIGURES = frozenset({"count", "figure", "loss", "number", "size", "strength", "toll", "total"})
_PUT_AT = 14
"""Tokens from the noun of a figure in which "at" may follow it."""
_BOUNDS = 8
"""Tokens behind "at" in which the number stands ("at at least 77 but no more than 102")."""


def figure(parse: Parse, verb: int) -> Tokens | None:
    """ "put [the number of dead at 20]", "gave [the toll as 20]"."""
    at_word = "as" if parse.lemmas[verb].lower() == "give" else "at"
    for kid in parse.children[verb]:
        if kid > verb and parse.deps[kid] == "dobj" and parse.lemmas[kid].lower() in _FIGURES:
            first, _ = parse.extents[kid]
            _, end = parse.sentences[parse.sentence_of[verb]]
            reach = range(kid + 1, min(kid + _PUT_AT, end))
            # The tree may hang the "at" on any word before it ("people detained at ...").
            at = next((i for i in reach if parse.words[i].lower() == at_word), None)
            if at is None:
                return None
            numbers = [i for i in range(at, min(at + _BOUNDS, end)) if parse.tags[i] == "CD"]
            if not numbers:
                return None
            last = max(numbers[-1] + 1, parse.extents[at][1])
            return trim(parse, max(first, verb + 1), last)
    return None


def complement(parse: Parse, verb: int) -> Tokens | None:
    """ "called [the charge a tale]": object and what it is said to be."""
    for kid in parse.children[verb]:
        if kid > verb and parse.deps[kid] == "oprd":
            objects = [k for k in parse.children[verb] if verb < k < kid]
            named = [k for k in objects if parse.deps[k] in ("dobj", "nsubj")]
            first = parse.extents[named[0]][0] if named else parse.extents[kid][0]
            return trim(parse, first, parse.extents[kid][1])
        if kid > verb and parse.deps[kid] == "ccomp" and not has_finite_verb(parse, verb + 1, kid):
            return trim(parse, max(verb + 1, parse.extents[kid][0]), parse.extents[kid][1])
    return None


def called_false(parse: Parse, verb: int) -> Tokens | None:
    """ "called [reports that the road was closed] untrue": denied by whoever calls them so."""
    false = said_to_be_false(parse, verb)
    objects = [k for k in parse.children[verb] if k > verb and parse.deps[k] == "dobj"]
    if false is None:
        return None
    if not objects:  # "dismissed as baseless [claims that the road was closed]"
        noun = parse.heads[false]
        under = parse.deps[noun] == "pobj" and parse.words[parse.heads[noun]].lower() == "as"
        return trim(parse, false + 1, parse.extents[noun][1]) if under and noun > false else None
    if objects[0] > false:
        return None
    while parse.pos[false - 1] in ("DET", "ADV") or parse.words[false - 1].lower() == "as":
        false -= 1
    first = parse.extents[objects[0]][0]
    return trim(parse, first, false) if false > objects[0] else None


def described_as(parse: Parse, verb: int) -> Tokens | None:
    objects = [k for k in parse.children[verb] if k > verb and parse.deps[k] == "dobj"]
    for kid in parse.children[verb]:
        if kid > verb and parse.words[kid].lower() == "as" and parse.deps[kid] == "prep":
            first = parse.extents[objects[0]][0] if objects and objects[0] < kid else kid + 1
            return trim(parse, first, parse.extents[kid][1])
    return None


def phrase_content(
    parse: Parse, verb: int, noun: int, prepositions: frozenset[str]
) -> Tokens | None:
    for kid in parse.children[noun] + [k for k in parse.children[verb] if k > noun]:
        if kid <= noun:
            continue
        if parse.deps[kid] in ("acl", "ccomp", "relcl") and mark_of(parse, kid) == "that":
            return trim(parse, *parse.extents[kid])
        if parse.deps[kid] == "prep" and parse.words[kid].lower() in prepositions:
            end = max(parse.extents[kid][1], parse.extents[noun][1])
            for other in parse.children[verb]:  # "... and the spillover", hung on the verb
                if other > noun and parse.deps[other] == "conj" and parse.pos[other] == "NOUN":
                    end = max(end, parse.extents[other][1])
            end = with_what_follows(parse, verb, kid, end)
            return trim(parse, kid + 1, end) if end > kid + 1 else None
    return None
