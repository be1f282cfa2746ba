"""Where and to whom something was said: "told Reuters", "said at the meeting"."""

from __future__ import annotations

from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.subjects import noun_phrase

_GATHERINGS = frozenset(
    {
        "address", "assembly", "briefing", "ceremony", "conclusion", "conference", "congress",
        "council", "debate", "dialogue", "event", "forum", "gathering", "hearing", "interview",
        "meeting", "news conference", "opening", "panel", "press conference", "rally",
        "round table", "seminar", "session", "sitting", "speech", "summit", "symposium", "talk",
        "talks", "visit",
        "workshop",
    }
)  # fmt: skip
_PREPOSITIONS = frozenset({"at", "during", "in", "after", "on", "before", "following"})


def find_addressee(parse: Parse, verb: int) -> Span | None:
    """Whom the holder spoke to by name: the object of "told"."""
    if parse.lemmas[verb].lower() not in ("tell", "inform", "assure"):
        return None
    for kid in parse.children[verb]:
        if kid > verb and parse.deps[kid] in ("dobj", "dative") and parse.pos[kid] == "PROPN":
            return parse.span(*noun_phrase(parse, kid))
    return None


def find_setting(parse: Parse, verb: int) -> Span | None:
    """The event at which it was said: "at the conference", "Speaking at a forum in Velm"."""
    for kid in parse.children[verb]:
        if parse.deps[kid] == "prep":
            found = _gathering(parse, kid)
            if found is not None:
                return found
        if parse.deps[kid] == "advcl" and parse.lemmas[kid].lower() in ("speak", "address", "talk"):
            for grandkid in parse.children[kid]:
                if parse.deps[grandkid] in ("prep", "dobj"):
                    found = _gathering(parse, grandkid)
                    if found is not None:
                        return found
    return None


def _gathering(parse: Parse, head: int) -> Span | None:
    """The gathering that a preposition (or the verb "address") leads to."""
    if parse.deps[head] == "dobj":
        return _if_gathering(parse, head)
    if parse.words[head].lower() not in _PREPOSITIONS:
        return None
    for kid in parse.children[head]:
        if parse.deps[kid] == "pobj":
            return _if_gathering(parse, kid)
    return None


def _if_gathering(parse: Parse, noun: int) -> Span | None:
    first, last = noun_phrase(parse, noun)
    inside = {parse.words[i].lower() for i in range(first, last)}
    lemmas = {parse.lemmas[i].lower() for i in range(first, last)}
    if parse.lemmas[noun].lower() in _GATHERINGS or (
        parse.pos[noun] == "PROPN" and (inside | lemmas) & _GATHERINGS
    ):
        return parse.span(first, last)
    return None
