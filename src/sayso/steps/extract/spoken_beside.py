"""The plain rule: a quotation in marks with "X said" beside it is never lost.

Where the tree fails (unknown names, long titles), the words beside the closing mark still show who
spoke: a few words without a verb and a verb of saying, in either order, then a stop.

    "...," his nephew Sami el Karsi added.      "...," said Col. Bar Tolan, head of the post.
"""

from __future__ import annotations

from sayso.records.parses import Parse
from sayso.steps.extract.attributions import Attribution
from sayso.steps.extract.cues import Cues
from sayso.steps.extract.quotations import Quotation

_REACH = 14
"""How many tokens a holder's words may take."""
_STOPS = frozenset({".", ";", "!", "?", ":", '"', "“", "”", "''"})
_PERSONAL = frozenset({"i", "we", "you", "it", "this", "that", "there"})


def find_spoken_beside(parse: Parse, quotation: Quotation, cues: Cues) -> Attribution | None:
    """The attribution whose words follow the closing mark; None where they are not so plain."""
    at = parse.tokens_in(quotation.outer)[1]
    while at < len(parse) and parse.words[at] in {",", "—", "–", "--"}:
        at += 1
    if at >= len(parse):
        return None
    if _says(parse, at, cues):
        return _inverted(parse, at, cues)
    return _straight(parse, at, cues)


def _says(parse: Parse, index: int, cues: Cues) -> bool:
    cue = cues.verbs.get(parse.lemmas[index].lower())
    finite = parse.tags[index] in ("VBD", "VBZ", "VBP")
    return cue is not None and finite and "quote" in cue.frames


def _straight(parse: Parse, first: int, cues: Cues) -> Attribution | None:
    for index in range(first, min(first + _REACH, len(parse))):
        if _says(parse, index, cues):
            return _made(parse, index, (first, index), cues) if index > first else None
        if parse.words[index] in _STOPS or parse.tags[index] in ("VBD", "VBZ", "VBP", "MD"):
            return None
    return None


def _inverted(parse: Parse, verb: int, cues: Cues) -> Attribution | None:
    last = verb + 1
    while last < min(verb + _REACH, len(parse)) and parse.words[last] not in _STOPS:
        if parse.tags[last] in ("VBD", "VBZ", "VBP", "MD", "WP", "WDT", "IN", "TO", "CC"):
            break
        last += 1
    while last > verb + 1 and parse.words[last - 1] == ",":
        last -= 1
    return _made(parse, verb, (verb + 1, last), cues) if last > verb + 1 else None


def _made(parse: Parse, verb: int, holder: tuple[int, int], cues: Cues) -> Attribution | None:
    head = _head(parse, holder)
    if head is None or parse.words[head].lower() in _PERSONAL:
        return None
    return Attribution(
        pattern="quote",
        verb=verb,
        cue=(verb, verb + 1),
        act=cues.verbs[parse.lemmas[verb].lower()].act,
        holder=holder,
        holder_head=head,
        content=(),
        group=(min(verb, holder[0]), max(verb + 1, holder[1])),
        takes_quote=True,
    )


def _head(parse: Parse, holder: tuple[int, int]) -> int | None:
    """The last name before a comma, else the last noun or pronoun."""
    end = next(
        (i for i in range(*holder) if parse.words[i] == ","),
        holder[1],
    )
    for wanted in (("PROPN",), ("NOUN", "PRON")):
        for index in range(end - 1, holder[0] - 1, -1):
            if parse.pos[index] in wanted:
                return index
    return None
