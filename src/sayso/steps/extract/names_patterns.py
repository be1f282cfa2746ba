"""Names told by their form: bodies ("Institute for ..."), quoted names, titled persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from sayso.lexicons import words as listed
from sayso.records.parses import Parse
from sayso.steps.extract import names_kinds
from sayso.steps.extract.names_candidates import Candidate, Rank
from sayso.steps.extract.names_model import told_kind
from sayso.values.names import PARTICLES, abbreviates, fold

_LINKS = frozenset(("of", "for", "on", "against", "to"))
_LIST = frozenset(("and", "&", ","))
_NO_START = frozenset(("DT", "PRP$", "POS", "IN", "CC", "WRB", "WP", "MD", "RB", "HYPH"))
_OPEN = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'", "``": "''"}
_BRACKETS = {"(": ")", "[": "]"}
_LONGEST = 14
"""Tokens of a body's name; longer runs of capitals are headings."""


def body_candidates(
    parse: Parse, labels: Mapping[int, str], places: Set[int]
) -> Iterator[Candidate]:
    """Bodies: a run of capitals that ends in (or begins with) a word for a body, and its "of ...".

    `labels` gives the model's label of each token that it took for part of a name; `places` the
    tokens before which a known place or state ends.
    """
    index = 0
    while index < len(parse):
        if not (_is_head(parse, index) and _capital(parse, index)):
            index += 1
            continue
        first = _run_start(parse, index, labels)
        last = _run_end(parse, index, labels, places)
        if 1 < last - first <= _LONGEST:
            found = told_kind(parse, Candidate(first, last, "organisation", Rank.PATTERN))
            if found is not None:
                yield found
        index = max(last, index + 1)


def _is_head(parse: Parse, index: int) -> bool:
    return fold(parse.words[index]) in listed("naming.toml", "institutions")


def _run_start(parse: Parse, head: int, labels: Mapping[int, str]) -> int:
    first = head
    while first > 0 and head - first < _LONGEST:
        before = first - 1
        tied = before > 0 and _tied(parse, before)
        if not (_capital(parse, before) or tied or _joins(parse, before, labels)):
            break
        first = before
    for index in range(head - 1, first - 1, -1):  # offices before a body are no part of it
        if fold(parse.words[index]).rstrip(".") in listed("titles.toml", "titles") - {"general"}:
            first = index + 1
            break
    while first < head and (parse.tags[first] in _NO_START or not _capital(parse, first)):
        first += 1
    return first


def _joins(parse: Parse, index: int, labels: Mapping[int, str]) -> bool:
    """Whether the "and" before a body's head joins words of its name ("Drugs and Crime Office")."""
    if parse.words[index] not in ("and", "&") or not 0 < index < len(parse) - 1:
        return False
    left = index - 1
    return (
        _capital(parse, left)
        and _capital(parse, index + 1)
        and not _is_head(parse, left)
        and labels.get(left) in (None, "ORG")
    )


def _run_end(parse: Parse, head: int, labels: Mapping[int, str], places: Set[int]) -> int:
    """The end of "Institute for Political Studies", "Ministry of Trade and Ports of Tarvia"."""
    last = head + 1
    while last < len(parse) and last - head < _LONGEST:
        step = _over_link(parse, head, last)
        if step is None:
            break
        stop = step
        while stop < min(len(parse), head + _LONGEST) and (
            _capital(parse, stop) or _tied(parse, stop)
        ):
            person = labels.get(stop) == "PERSON" != labels.get(stop - 1)
            if stop > step and (person or stop in places):
                break
            stop += 1
        other = parse.words[last] in _LIST and _begins_other(parse, step, labels)
        if stop == step or other:
            break
        last = stop
    return last


def _over_link(parse: Parse, head: int, last: int) -> int | None:
    """Where the name may go on behind an "of" or, once there was one, behind an "and"."""
    word = parse.words[last]
    if word in _LINKS:
        the = last + 1 < len(parse) and parse.words[last + 1] == "the"
        return last + 2 if the else last + 1
    if word in _LIST and last > head + 1 and (word != "," or _list_goes_on(parse, last)):
        return last + 1
    return None


def _list_goes_on(parse: Parse, comma: int) -> bool:
    """`, Industry and Ports`: capitals and then an "and" with another capital."""
    index = comma + 1
    while index < len(parse) and _capital(parse, index) and index - comma < 4:
        index += 1
    return (
        comma + 1 < index < len(parse) - 1
        and parse.words[index] == "and"
        and _capital(parse, index + 1)
    )


def _begins_other(parse: Parse, token: int, labels: Mapping[int, str]) -> bool:
    """Whether what follows "and" is a name of its own, not the end of this one."""
    if token >= len(parse) or parse.words[token].isupper():
        return True
    if labels.get(token) in ("PERSON", "GPE", "NORP") and labels.get(token - 1) is None:
        return True
    run = token
    while run < len(parse) and _capital(parse, run) and run - token < _LONGEST:
        if _is_head(parse, run):
            return True
        run += 1
    return False


def _capital(parse: Parse, index: int) -> bool:
    return parse.words[index][:1].isupper() and parse.tags[index] not in ("PRP", "UH")


def _tied(parse: Parse, index: int) -> bool:
    """A hyphen between two words, the second with a capital, without spaces."""
    return (
        parse.words[index] in ("-", "‑", "‐")
        and 0 < index < len(parse) - 1
        and parse.ends[index - 1] == parse.starts[index]
        and parse.ends[index] == parse.starts[index + 1]
        and _capital(parse, index + 1)
    )


def quoted_candidates(parse: Parse) -> Iterator[Candidate]:
    """Names in quotation marks: at most six words in capitals, a noun for groups beside."""
    index = 0
    while index < len(parse) - 2:
        closing = _OPEN.get(parse.words[index])
        end = _closing(parse, index, closing) if closing else None
        if end is not None and _all_capitals(parse, index + 1, end):
            found = _quoted(parse, index + 1, end)
            if found is not None:
                yield found
            index = end
        index += 1


def _closing(parse: Parse, start: int, closing: str) -> int | None:
    for index in range(start + 2, min(start + 12, len(parse))):
        if parse.words[index] in closing:
            return index
    return None


def _all_capitals(parse: Parse, first: int, last: int) -> bool:
    words = [word for word in parse.words[first:last] if any(c.isalpha() for c in word)]
    strong = [w for w in words if fold(w) not in PARTICLES and w not in ("and", "of", "the", "for")]
    return (
        len(strong) > 0
        and len(words) <= 6
        and all(word[0].isupper() for word in strong)
        and not any(word in _BRACKETS or word in ",;!?" for word in parse.words[first:last])
    )


def _quoted(parse: Parse, first: int, last: int) -> Candidate | None:
    while first < last and not any(c.isalnum() for c in parse.words[last - 1]):
        last -= 1
    if first == last:
        return None
    told = names_kinds.by_context(parse, first, last)
    text = " ".join(parse.words[first:last])
    told = told or names_kinds.by_words(text)
    if told is None and names_kinds.speaks_of_groups(parse, first):
        told = "armed_group" if names_kinds.speaks_of_violence(parse, first) else "organisation"
    return Candidate(first, last, told, Rank.PATTERN, sure=True) if told else None


def bracket_candidates(parse: Parse, names: list[Candidate]) -> Iterator[Candidate]:
    """Abbreviations in brackets behind a name whose words they abbreviate."""
    for name in names:
        opening = name.last
        closing = _BRACKETS.get(parse.words[opening]) if opening < len(parse) else None
        if closing is None:
            continue
        first = opening + 1
        last = next(
            (i for i in range(first, min(first + 6, len(parse))) if parse.words[i] == closing), None
        )
        if last is None or last == first:
            continue
        short = "".join(parse.words[first:last])
        full = " ".join(parse.words[name.first : name.last])
        if sum(c.isupper() for c in short) >= 2 and abbreviates(short, full):
            yield Candidate(first, last, name.kind, Rank.PATTERN, sure=name.sure)


def titled_candidates(parse: Parse, labels: Mapping[int, str]) -> Iterator[Candidate]:
    """Persons: capitals behind a title or an office ("Mr", "General", "Foreign Minister")."""
    index = 0
    while index < len(parse) - 1:
        if not (_is_title(parse, index) and _capital(parse, index + 1)):
            index += 1
            continue
        first, last = index + 1, _person_end(parse, index + 1)
        for inside in range(last - 1, first - 1, -1):
            if _is_title(parse, inside) or labels.get(inside) in ("NORP", "GPE"):
                first = inside + 1
                break
        if first < last and _person_like(parse, first, last):
            yield Candidate(first, last, "person", Rank.NAME if last - first > 1 else Rank.GUESS)
        index = max(last, index + 1)


def person_behind(parse: Parse, body: Candidate, places: Set[int]) -> Iterator[Candidate]:
    """The person in "Secretary of the Council of Tarvia NAME": capitals right behind its place."""
    last = _person_end(parse, body.last) if body.last in places else body.last
    if last - body.last > 1 and _person_like(parse, body.last, last):
        yield Candidate(body.last, last, "person", Rank.NAME)


def _is_title(parse: Parse, index: int) -> bool:
    return fold(parse.words[index]).rstrip(".") in listed("titles.toml", "titles")


def _person_end(parse: Parse, first: int) -> int:
    last = first
    while last < len(parse) and last - first < 8 and _in_person(parse, first, last):
        last += 1
    return last


def _in_person(parse: Parse, first: int, index: int) -> bool:
    """Whether a token can go on a person's name that begins at `first`."""
    if _capital(parse, index) and parse.tags[index] in ("NNP", "NNPS"):
        return True
    if not first < index < len(parse) - 1:
        return False
    word, following = fold(parse.words[index]), parse.words[index + 1]
    if word == "-":
        return _capital(parse, index + 1) or fold(following) in PARTICLES
    particle = word in PARTICLES - {"e", "i", "as", "an", "at", "us", "de"}
    return particle and (_capital(parse, index + 1) or following == "-")


def _person_like(parse: Parse, first: int, last: int) -> bool:
    heads = listed("naming.toml", "institutions") | listed("naming.toml", "events")
    return not any(
        fold(word) in heads
        or fold(word).removesuffix("s") in listed("titles.toml", "roles")
        or any(c.isdigit() for c in word)
        or (word.isupper() and len(word) > 1)
        for word in parse.words[first:last]
    )
