"""The office or description that stands beside a person's name."""

from __future__ import annotations

from bisect import bisect_right

from sayso.lexicons import words as listed
from sayso.records.findings import Words
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.values.names import fold

_REACH = 24
"""Tokens a role may be long."""
_NOUNS = frozenset("NN NNS NNP NNPS JJ JJR JJS VBG VBN CD HYPH POS AFX FW".split())
_LINKS = frozenset("of for to in at on on-behalf-of with and & against".split())
_HYPHENS = frozenset("-‐‑–")
_ENDS = frozenset("WP WDT WRB MD VBD VBZ VBP PRP EX UH TO".split())
_ARTICLES = frozenset("the a an".split())
_QUALIFIERS = frozenset("former ex then acting current deputy vice late".split())


def role_of(parse: Parse, first: int, last: int, *, text: str) -> Words | None:
    """The words of the role beside the person at tokens `[first, last)`; None if there is none.

    Before the name as a title or noun phrase ("Tarvian Security Council Secretary", "the envoy,"),
    behind it as an apposition (", head of the Velm Institute"). `text` is the document's text.
    """
    span = role_span(parse, first, last)
    return Words(span, span.cut(text)) if span is not None else None


def role_span(parse: Parse, first: int, last: int) -> Span | None:
    """The characters of the role beside a person's name; None if none stands there."""
    tokens = _before(parse, first) or _behind(parse, last)
    return parse.span(*tokens) if tokens else None


def _before(parse: Parse, first: int) -> tuple[int, int] | None:
    end = first
    floor = max(parse.sentences[parse.sentence_of[first]][0], first - _REACH)
    apposed = end - 1 > floor and parse.words[end - 1] == ","
    if apposed:
        end -= 1
    if end <= floor:
        return None
    start = _noun_run(parse, end, floor)
    head = end - 1
    if not _is_role(parse, head) or head < start:
        found = _role_behind_link(parse, end, floor)
        if found is None:
            return None
        head = found
        start = _noun_run(parse, head + 1, floor)
    return _trimmed(parse, start, end)


def _noun_run(parse: Parse, end: int, floor: int) -> int:
    """Where the run of nouns and adjectives that ends before `end` begins."""
    start = end
    while start > floor:
        before = start - 1
        word = parse.words[before]
        if _in_person(parse, before):
            break
        joined = (
            word in ("and", "&")
            and before - 1 >= floor
            and parse.tags[before - 1] in ("NNP", "NNPS")
            and not _in_person(parse, before - 1)
            and start < end
            and parse.tags[start] in ("NNP", "NNPS")
        )
        if parse.tags[before] not in _NOUNS and word not in _HYPHENS and not joined:
            break
        if parse.tags[before] in ("VBG", "VBN") and word not in ("acting", "retired", "exiled"):
            break
        start = before
    return start


def _in_person(parse: Parse, token: int) -> bool:
    """Whether the model took the token for part of a person's name, and it is no office."""
    index = bisect_right(parse.names, token, key=lambda name: name.start) - 1
    if index < 0:
        return False
    name = parse.names[index]
    office = _is_role(parse, token) or fold(parse.words[token]).rstrip(".") in _titles()
    return name.label == "PERSON" and token < name.end and not office


def _titles() -> frozenset[str]:
    return listed("titles.toml", "titles")


def _role_behind_link(parse: Parse, end: int, floor: int) -> int | None:
    """The office in "Secretary of the Council of Tarvia NAME": it stands before an "of"."""
    index = end - 1
    while index >= floor:
        tag, word = parse.tags[index], fold(parse.words[index])
        if word in _LINKS and index > floor and _is_role(parse, index - 1):
            return index - 1
        if not (tag in _NOUNS or tag in ("DT", "PRP$") or word in _LINKS or word in _HYPHENS):
            return None
        index -= 1
    return None


def _behind(parse: Parse, last: int) -> tuple[int, int] | None:
    if last + 1 >= len(parse) or parse.words[last] not in (",", "(", "–", "—"):
        return None
    start = last + 1
    limit = min(parse.sentences[parse.sentence_of[last - 1]][1], start + _REACH)
    end, linked, seen = start, False, False
    while end < limit and not _stops(parse, end, linked=linked):
        word = fold(parse.words[end])
        if (word in _LINKS and word != "and") or parse.tags[end] == "VBN":
            linked = True
            if not seen:
                return None
        seen = seen or _is_role(parse, end)
        end += 1
    while end > start and (
        parse.tags[end - 1] in ("IN", "DT", "CC", "RB") or not _has_word(parse, end - 1)
    ):
        end -= 1
    return _trimmed(parse, start, end) if seen and end > start else None


def _stops(parse: Parse, index: int, *, linked: bool) -> bool:
    word, tag = parse.words[index], parse.tags[index]
    if tag in _ENDS or (tag == "VBD" and not linked):
        return True
    return (
        not _has_word(parse, index)
        and tag not in ("HYPH", "POS")
        and word not in ("’s", "'s", "'", "’")
    )


def _has_word(parse: Parse, index: int) -> bool:
    return any(char.isalnum() for char in parse.words[index])


def _is_role(parse: Parse, index: int) -> bool:
    if parse.tags[index] in ("VBD", "VBZ", "VBP", "VB", "IN"):
        return False
    word = fold(parse.words[index]).rstrip(".")
    if word in listed("titles.toml", "roles") or fold(parse.lemmas[index]) in listed(
        "titles.toml", "roles"
    ):
        return True
    return word in _titles() - _QUALIFIERS


def _trimmed(parse: Parse, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (
        parse.tags[start] in ("DT", "PRP$", "POS", "CC", "RB", "HYPH")
        or fold(parse.words[start]) in _ARTICLES
        or not _has_word(parse, start)
    ):
        start += 1
    return (start, end) if start < end else None


def is_trade(role: str) -> bool:
    """Whether a role is a trade or a place in life, held under no one: "expert", "farmer"."""
    return any(word in listed("titles.toml", "trades") for word in fold(role).split())
