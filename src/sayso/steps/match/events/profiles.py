"""What of a telling says which happening it means: trigger, who, whom, where, when, how many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.match.stories.terms import stems_in
from sayso.values.numerals import SMALL

_ACTORS = frozenset({"nsubj", "csubj", "agent", "poss"})
_TARGETS = frozenset({"dobj", "nsubjpass", "obj", "dative", "attr", "oprd"})
_OBLIQUE = frozenset({"prep", "pobj", "npadvmod", "pcomp"})
_APART = 1
"""Days between two tellings' times from which they are told of two happenings: clocks and datelines
differ by a day."""
_NO_WORDS = frozenset({"DET", "ADP", "PUNCT", "PART", "CCONJ", "SCONJ", "AUX", "PRON", "SPACE"})
_PASSED = frozenset({"conj", "xcomp", "advcl", "acl", "relcl", "ccomp"})


class EventProfile(Struct, frozen=True):
    """One telling of a happening, as far as its own sentence goes. Words are stems, sorted."""

    id: str
    document: str
    start: int
    """Where it stands, to tell the nearer of two in one document: code points."""
    trigger: str
    """The stem of the word that tells of it."""
    words: tuple[str, ...]
    """The other words of the telling that carry meaning."""
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    beside: tuple[str, ...]
    """What else hangs on the trigger: places, times, means, modifiers."""
    around: tuple[str, ...]
    """All words of the sentence that carry meaning."""
    numbers: tuple[str, ...]
    """Numbers among actors and targets and beside them."""
    type: str | None = None
    """PLOVER type, where one was found."""
    noun: bool = False
    """Whether the trigger is a noun; verbs and nouns name happenings in other ways."""
    days: tuple[int, int] | None = None
    """First and last day it may have been, as numbers; None where no time is known."""
    places: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    """Those of the places that are no country, region or province."""
    namesakes: int = 1
    """How many tellings of its document have this trigger."""
    shared: float = 0.0
    """The share of the other documents of its story that have a telling with this trigger."""


def profile_at(parse: Parse, span: Span, document: str, *, id: str) -> EventProfile | None:
    """The profile of the telling at `span`; None where no word of the parse stands there."""
    first, last = parse.tokens_in(span)
    if first >= last:
        return None
    head = parse.head_of(first, last)
    if parse.pos[head] in {"AUX", "ADP", "PART", "DET"} and last - first > 1:
        head = next(
            (t for t in range(first, last) if parse.pos[t] in {"VERB", "NOUN", "PROPN"}), head
        )
    actors, targets, beside = _arguments(parse, head)
    own = set(range(first, last))
    sentence = range(*parse.sentences[parse.sentence_of[head]])
    related = sorted({*actors, *targets, *beside} - own)
    return EventProfile(
        id=id,
        document=document,
        start=span.start,
        trigger=stem_of(parse, head),
        words=_stems(parse, own - {head}),
        actors=_stems(parse, set(actors) - own),
        targets=_stems(parse, set(targets) - own),
        beside=_stems(parse, set(beside) - own),
        around=_stems(parse, set(sentence) - own),
        numbers=tuple(sorted({_number(parse, t) for t in related} - {""})),
        noun=parse.pos[head] in {"NOUN", "PROPN"},
    )


def counted(profiles: Iterable[EventProfile]) -> list[EventProfile]:
    """The profiles, each told how many tellings of its document have its trigger."""
    given = list(profiles)
    counts = Counter((one.document, one.trigger) for one in given)
    return [replace(one, namesakes=counts[one.document, one.trigger]) for one in given]


def of_one_story(profiles: Iterable[EventProfile]) -> list[EventProfile]:
    """The profiles of one story, each told how many of its other documents have its trigger."""
    given = list(profiles)
    holders: dict[str, set[str]] = defaultdict(set)
    for one in given:
        holders[one.trigger].add(one.document)
    others = len({one.document for one in given}) - 1
    if others < 1:
        return [replace(one, shared=0.0) for one in given]
    return [replace(one, shared=(len(holders[one.trigger]) - 1) / others) for one in given]


def stem_of(parse: Parse, token: int) -> str:
    """The stem of a word's lemma."""
    return next((stem for stem, _ in stems_in(parse.lemmas[token].lower())), parse.words[token])


def _arguments(parse: Parse, head: int) -> tuple[list[int], list[int], list[int]]:
    """The tokens of actors, of targets and of what else hangs on a trigger."""
    actors: list[int] = []
    targets: list[int] = []
    beside: list[int] = []
    for child in parse.children[head]:
        dep = parse.deps[child]
        into = (
            actors
            if dep in _ACTORS
            else targets
            if dep in _TARGETS
            else beside
            if dep in _OBLIQUE or dep in {"compound", "amod", "nummod", "advmod"}
            else None
        )
        if into is None:
            continue
        if dep == "prep" and parse.lemmas[child].lower() == "of":
            into = targets
        if dep == "prep" and parse.lemmas[child].lower() == "by":
            into = actors
        into.extend(_phrase(parse, child))
    if not actors:
        actors += _passed_on(parse, head)
    if parse.deps[head] in {"acl", "relcl", "amod"} and parse.heads[head] != head:
        noun = parse.heads[head]
        (targets if parse.tags[head] == "VBN" else actors).extend(_phrase(parse, noun, short=True))
    if parse.deps[head] in _TARGETS | {"pobj"} and parse.pos[head] in {"NOUN", "PROPN"}:
        actors += _governing(parse, head) if not actors else []
    return actors, targets, beside


def _passed_on(parse: Parse, head: int) -> list[int]:
    """The subject of the verb that a verb is joined to or depends on."""
    for _ in range(3):
        above = parse.heads[head]
        if above == head or parse.deps[head] not in _PASSED or parse.pos[above] != "VERB":
            return []
        for child in parse.children[above]:
            if parse.deps[child] in {"nsubj", "nsubjpass"}:
                return _phrase(parse, child)
        head = above
    return []


def _governing(parse: Parse, noun: int) -> list[int]:
    """The subject of the verb that a noun is an object of: "they staged an attack"."""
    above = parse.heads[noun]
    if parse.pos[above] == "ADP":
        above = parse.heads[above]
    if parse.pos[above] not in {"VERB", "AUX"}:
        return []
    for child in parse.children[above]:
        if parse.deps[child] == "nsubj":
            return _phrase(parse, child)
    return []


def _phrase(parse: Parse, head: int, *, short: bool = False) -> list[int]:
    """The words of a phrase, without clauses that hang on it; a dozen at most."""
    found = [head]
    waiting = [head]
    while waiting and len(found) < 12:
        token = waiting.pop(0)
        for child in parse.children[token]:
            dep = parse.deps[child]
            if dep in {"relcl", "acl", "advcl", "ccomp", "punct", "cc", "conj"}:
                continue
            if short and dep == "prep":
                continue
            found.append(child)
            waiting.append(child)
    return found


def _stems(parse: Parse, tokens: Iterable[int]) -> tuple[str, ...]:
    found = {stem_of(parse, t) for t in tokens if parse.pos[t] not in _NO_WORDS}
    return tuple(sorted(found))


def _number(parse: Parse, token: int) -> str:
    word = parse.words[token].lower().replace(",", "")
    if word in SMALL:
        return str(SMALL[word])
    return word if word[:1].isdigit() else ""


def times_differ(left: EventProfile, right: EventProfile) -> bool:
    """Whether two tellings are told of days too far apart for one happening."""
    if left.days is None or right.days is None:
        return False
    gap = max(left.days[0], right.days[0]) - min(left.days[1], right.days[1])
    return gap > _APART


def in_order(profiles: Iterable[EventProfile]) -> Iterator[EventProfile]:
    """By document, place and id."""
    yield from sorted(profiles, key=lambda one: (one.document, one.start, one.id))
