"""The names that the language back end saw, mended."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.lexicons import words as listed
from sayso.records.entities import EntityKind
from sayso.records.parses import Name, Parse
from sayso.steps.extract import names_kinds
from sayso.steps.extract.names_candidates import Candidate, Rank
from sayso.values.names import PARTICLES, fold

_EDGES = frozenset("\"“”„«»‘’'`()[]{},.;:!?-–—*/|#@&…")
_CUTS = frozenset('()[]{}/|;:,"“”„«»…')
_HYPHENS = frozenset("-‐‑")
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our some any all".split()
)
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday tomorrow".split()
)
_LOWER_IN_ORGANISATIONS = frozenset("of for the and on in to against at & de la du des".split())


def model_candidates(parse: Parse) -> Iterator[Candidate]:
    """The model's names with their ends mended, titles and page furniture taken off."""
    for name in parse.names:
        kind = names_kinds.of_label(name.label)
        for first, last in _parts(parse, name) if kind else ():
            candidate = _candidate(parse, first, last, name.label)
            if candidate is not None:
                yield candidate


def _candidate(parse: Parse, first: int, last: int, label: str) -> Candidate | None:
    first, last = _mend(parse, first, last, person=label == "PERSON")
    kind = names_kinds.of_label(label)
    if kind is None or first >= last or not _is_name(parse, first, last):
        return None
    text = " ".join(parse.words[first:last])
    if _arabic_person(parse, first, last) and names_kinds.by_words(text) is None:
        kind = "person"
    if kind == "people" and parse.tags[last - 1] not in ("NNPS", "NNS"):
        return None
    rank = Rank.NAME if last - first > 1 else Rank.GUESS
    return told_kind(parse, Candidate(first, last, kind, rank))


def told_kind(parse: Parse, candidate: Candidate) -> Candidate | None:
    """The candidate with the kind that words tell; None where it turns out to be no entity."""
    first, last = candidate.first, candidate.last
    text = " ".join(parse.words[first:last])
    if candidate.kind in ("person", "people"):
        told = names_kinds.by_context(parse, first, last) if candidate.kind == "person" else None
        if told != "outlet" or last - first > 1:
            return candidate
        return Candidate(first, last, "outlet", candidate.rank, sure=True)
    if names_kinds.is_event(text) or names_kinds.is_generic(text):
        return None
    if candidate.kind == "place":
        return candidate
    told = names_kinds.by_context(parse, first, last) or names_kinds.by_words(text)
    told = told or names_kinds.by_sentence(parse, first, text)
    kind: EntityKind = told or candidate.kind
    return Candidate(first, last, kind, candidate.rank, sure=told is not None)


def _parts(parse: Parse, name: Name) -> Iterator[tuple[int, int]]:
    """The pieces of a name between brackets, slashes, quotation marks and other ends of names."""
    start = name.start
    for index in range(name.start, name.end + 1):
        ends = index == name.end
        if ends or (parse.words[index] in _CUTS and not _comma_of_a_body(parse, index, name)):
            if start < index:
                yield start, index
            start = index + 1


def _comma_of_a_body(parse: Parse, index: int, name: Name) -> bool:
    """`Ministry of Trade, Industry and Ports`: a comma inside a list that "and" ends."""
    if name.label != "ORG" or parse.words[index] != ",":
        return False
    return any(word in ("and", "&") for word in parse.words[index : min(name.end, index + 12)])


def _mend(parse: Parse, first: int, last: int, *, person: bool) -> tuple[int, int]:
    first, last = _trim(parse, first, last)
    if first < last:
        first, last = _over_hyphens(parse, first, last)
    if person:
        first, last = _only_person(parse, first, last)
    return first, last


def _trim(parse: Parse, first: int, last: int) -> tuple[int, int]:
    while first < last and _is_edge(parse, first):
        first += 1
    while first < last and (parse.words[last - 1] in _EDGES or parse.tags[last - 1] == "POS"):
        last -= 1
    while (
        first < last
        and parse.words[last - 1].islower()
        and parse.tags[last - 1] in ("IN", "CC", "DT", "TO")
    ):
        last -= 1
    return first, last


def _is_edge(parse: Parse, index: int) -> bool:
    word = parse.words[index]
    if word in _EDGES or fold(word) in _DETERMINERS or parse.tags[index] == "POS":
        return True
    return word.islower() and word not in PARTICLES and not any(c.isdigit() for c in word)


def _over_hyphens(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """The name with the words that hyphens tie to it (`Khalil` of `Khalil-ur-Rahman`)."""
    while (
        last + 1 < len(parse)
        and parse.words[last] in _HYPHENS
        and parse.ends[last - 1] == parse.starts[last]
        and parse.ends[last] == parse.starts[last + 1]
        and (parse.words[last + 1][:1].isupper() or fold(parse.words[last + 1]) in PARTICLES)
    ):
        last += 2
    while (
        first >= 2
        and parse.words[first - 1] in _HYPHENS
        and parse.ends[first - 1] == parse.starts[first]
        and parse.ends[first - 2] == parse.starts[first - 1]
        and (parse.words[first - 2][:1].isupper() or fold(parse.words[first - 2]) in PARTICLES)
    ):
        first -= 2
    return first, last


def _only_person(parse: Parse, first: int, last: int) -> tuple[int, int]:
    titles = listed("titles.toml", "titles")
    while last - first > 1 and fold(parse.words[first]).rstrip(".") in titles:
        first += 1
    for index in range(first, last):
        word = parse.words[index]
        if word.islower() and fold(word) not in PARTICLES and word not in _HYPHENS:
            last = index
            break
    return _trim(parse, first, last)


def _is_name(parse: Parse, first: int, last: int) -> bool:
    words = [word for word in parse.words[first:last] if any(c.isalpha() for c in word)]
    numbered = any(word[0].isdigit() and word.isalnum() for word in words)  # "1tv"
    if not numbered and not any(c.isupper() for word in words for c in word):
        return False
    folded = [fold(word) for word in words]
    if all(word in CALENDAR for word in folded):
        return False
    text = "".join(parse.words[first:last])
    return "://" not in text and "@" not in text and len(text) > 1 and len(text) <= 120


def _arabic_person(parse: Parse, first: int, last: int) -> bool:
    """`Khalil-ur-Rahman Haqqani`: a hyphened article between capitals, and more than one name."""
    words = parse.words[first:last]
    articles = [
        index
        for index, word in enumerate(words)
        if word in ("ur", "ul", "ud") and 0 < index < len(words) - 1
    ]
    return bool(articles) and words[0][:1].isupper()
