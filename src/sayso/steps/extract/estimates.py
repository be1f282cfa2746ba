"""Estimates: how many fighters, members, groups, casualties, detained, displaced, attacks, weapons.

A number becomes an estimate by what it counts (`counted.py`), never by how it looks. Vague words
(`dozens`) count only casualties, the detained and strengths; a vague crowd that does something
("the surrender of hundreds of militants") belongs to that event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.records.findings import EntityRef
from sayso.records.spans import Span
from sayso.steps.extract.counted import (
    Counted,
    counted_after,
    kinds,
    lemma_of,
    listed,
    outcome_words,
    plural,
)
from sayso.steps.extract.outcomes import bare_outcome, outcome_before, outcome_of
from sayso.steps.extract.owners import Owner, owner_of
from sayso.steps.extract.scenes import Scene
from sayso.values.amounts import Amount, find_amounts

_LARGE = 10
"""From here on a number of fighters is a figure on its own; below, it needs a frame or outcome."""

_CROWD = 100
"""From here on a number of people of no arms is a figure, if they move or are said to be
somewhere."""

_IN = frozenset({"in", "from", "at", "across", "around", "near"})

_STANDS_ALONE = 100
"""From here on "the 700 fighters" is a figure too, and not men spoken of before."""


@dataclass(frozen=True)
class Estimate:
    """One figure, its words and what it is of."""

    span: Span
    trigger: int
    """The token that polarity, place and time are read from."""
    measure: str
    amount: Amount
    subject: EntityRef | None
    confidence: float


def find_estimates(scene: Scene) -> Iterator[Estimate]:
    """The estimates of one paragraph, in order."""
    parse = scene.parse
    if not len(parse):
        return
    amounts = find_amounts(scene.text, parse.starts[0], parse.ends[-1])
    for amount, end in _separate(scene, amounts):
        first, last = parse.tokens_in(amount.span)
        if first == last or _names_a_thing(scene, first, amount):
            continue
        found = _read(scene, amount, first, parse.tokens_in(end)[1])
        if found is not None:
            yield found


def _separate(scene: Scene, amounts: Sequence[Amount]) -> Iterator[tuple[Amount, Span]]:
    """Each amount with the words after which its noun stands. `grew from 2,200 to 4,000` is two
    figures, what it was and what it is, with one noun."""
    parse = scene.parse
    for amount in amounts:
        words = amount.span.cut(scene.text)
        first, last = parse.tokens_in(amount.span)
        verbs = {parse.lemmas[index].lower() for index in range(max(0, first - 4), first)}
        changes = verbs & listed("frames", "changes") and words.lower().startswith("from ")
        middle = words.lower().find(" to ")
        if first == last or not changes or middle < 0:
            yield amount, amount.span
            continue
        cut = amount.span.start + middle
        for half in (
            *find_amounts(scene.text, amount.span.start + len("from "), cut + 1),
            *find_amounts(scene.text, cut + len(" to "), amount.span.end),
        ):
            yield half, amount.span


def _names_a_thing(scene: Scene, first: int, amount: Amount) -> bool:
    """`Resolution 2593`, `the 2015 attacks`, `the 1267 Committee`."""
    parse = scene.parse
    number = parse.tokens_in(amount.number)[0]
    if number in scene.timed and scene.timed[number].span.contains(amount.number):
        return True
    before = parse.words[first - 1].lower() if first else ""
    if before.rstrip(".") in listed("words", "labels") and amount.span == amount.number:
        return True
    if before in {"#", "no", "nos"}:
        return True
    mention = scene.mention_at(first)
    if mention is not None and mention.span.contains(amount.number):
        return True
    return amount.year_like and before in {"the", "in", "since", "'s", "’s", "of", "this", "that"}


def _read(scene: Scene, amount: Amount, first: int, last: int) -> Estimate | None:
    after = last
    if amount.strong:
        return _strong(scene, amount, first, after)
    counted = counted_after(scene, after)
    if counted is not None:
        return _of_counted(scene, amount, first, counted)
    if _noun_follows(scene, after):
        return None
    return _bare(scene, amount, first, last) or _figure(scene, amount, first, last)


def _noun_follows(scene: Scene, token: int) -> bool:
    """Whether the number counts a noun that is not listed."""
    parse = scene.parse
    for index in range(token, min(len(parse), token + 4)):
        if parse.pos[index] in {"NOUN", "PROPN"} and parse.tags[index] != "VBN":
            return bare_outcome(scene, index) is None
        if parse.pos[index] != "ADJ" or bare_outcome(scene, index) is not None:
            return False
    return False


def _of_counted(scene: Scene, amount: Amount, first: int, counted: Counted) -> Estimate | None:
    parse = scene.parse
    befell = outcome_of(scene, counted.noun)
    owner = owner_of(scene, first, counted.noun)
    if not _counts(scene, amount, first, counted, owner, befell is not None):
        return None
    span = Span(amount.span.start, parse.ends[counted.last])
    if befell is None or counted.kind.needs == "nothing":
        measure, subject = counted.measure, _subject(scene, counted, owner)
        if counted.kind.name == "casualties" and counted.kind.measure:
            subject = subject if owner.stated else None
        return Estimate(span, counted.noun, measure, amount, subject, owner.confidence)
    measure, tokens = befell
    ends = [span.end, *(parse.ends[token] for token in tokens)]
    starts = [span.start, *(parse.starts[token] for token in tokens)]
    return Estimate(
        Span(min(starts), max(ends)),
        tokens[0],
        measure,
        amount,
        scene.ref(counted.noun),
        0.85,
    )


def _subject(scene: Scene, counted: Counted, owner: Owner) -> EntityRef | None:
    if owner.ref is not None and (owner.stated or counted.kind.name in {"strength", "members"}):
        return owner.ref
    return scene.ref(counted.noun) if scene.name_before(counted.noun) is not None else None


def _counts(
    scene: Scene, amount: Amount, first: int, counted: Counted, owner: Owner, befell: bool
) -> bool:
    """Whether a number of these, here, is a figure that an analyst keeps."""
    if amount.vague and not (
        befell or owner.frame or counted.kind.name in {"casualties", "detained"}
    ):
        return False
    if amount.vague and counted.kind.needs not in {
        "frame",
        "group",
        "outcome",
        "nothing",
        "militant",
    }:
        return False
    if befell and counted.kind.name in {"strength", "members", "people"}:
        return True
    return _meets(scene, amount, first, counted, owner)


def _meets(scene: Scene, amount: Amount, first: int, counted: Counted, owner: Owner) -> bool:
    """Whether what the class of noun asks for is there."""
    large = (amount.low or amount.high or 0) >= _LARGE
    definite = (
        scene.parse.words[first - 1].lower() in {"the", "these", "those", "both"}
        if first
        else False
    )
    match counted.kind.needs:
        case "nothing":
            if amount.low == amount.high == 1:
                return False  # "not one rifle", "one attack": no count
            return not (definite and not large) and not amount.year_like
        case "frame":
            return owner.frame or (large and (not definite or (amount.low or 0) >= _STANDS_ALONE))
        case "group":
            serving = _does(scene, counted.noun, "serves") or _stands_in_place(scene, counted.noun)
            if counted.kind.name == "members" and serving and _is_crowd(amount):
                return counted.measure == "men" or owner.armed
            return owner.armed and (owner.frame or large) and not owner.civil
        case "militant":
            return (
                (_is_militant(scene, counted) or owner.there_is)
                and not owner.civil
                and not definite
            )
        case "outcome":
            return _is_crowd(amount) and (
                _does(scene, counted.noun, "moves") or _stands_in_place(scene, counted.noun)
            )
        case _:
            return False


def _is_crowd(amount: Amount) -> bool:
    """Whether so many people are a figure that is claimed, not a scene that is told."""
    return not amount.vague and (amount.low or amount.high or 0) >= _CROWD


def _does(scene: Scene, noun: int, what: str) -> bool:
    """Whether the counted do one of the listed things ("have left", "take orders")."""
    parse = scene.parse
    if parse.deps[noun] not in {"nsubj", "nsubjpass"}:
        return False
    verb = parse.heads[noun]
    objects = {parse.lemmas[kid].lower() for kid in parse.children[verb]}
    return parse.lemmas[verb].lower() in listed("frames", what) or (
        what == "serves" and "order" in objects
    )


def _stands_in_place(scene: Scene, noun: int) -> bool:
    """`20,000 people in the Upper Doss valley`: a named place right behind the counted."""
    parse = scene.parse
    for kid in parse.children[noun]:
        if kid > noun and parse.deps[kid] == "prep" and parse.words[kid].lower() in _IN:
            first, last = parse.extents[kid]
            if any(parse.pos[index] == "PROPN" for index in range(first + 1, last)):
                return True
    return False


def _is_militant(scene: Scene, counted: Counted) -> bool:
    first, last = scene.noun_phrase(counted.noun)
    return any(
        scene.parse.lemmas[index].lower() in listed("words", "militant")
        for index in range(first, last)
    )


def _bare(scene: Scene, amount: Amount, first: int, last: int) -> Estimate | None:
    """`30 wounded`, `killing at least 10`: an outcome with a number and no noun."""
    parse = scene.parse
    if amount.low == amount.high == 1:
        return None
    after = bare_outcome(scene, last)
    if after is not None:
        span = Span(amount.span.start, parse.ends[after[1]])
        return Estimate(span, after[1], after[0], amount, None, 0.7)
    before = outcome_before(scene, first)
    if before is not None:
        span = Span(parse.starts[before[1]], amount.span.end)
        return Estimate(span, before[1], before[0], amount, None, 0.7)
    return None


def _strong(scene: Scene, amount: Amount, first: int, after: int) -> Estimate | None:
    """`a 300-strong militia`: the members of what follows."""
    parse = scene.parse
    for index in range(after, min(len(parse), after + 6)):
        if parse.pos[index] == "NOUN" and lemma_of(parse, index) in listed("frames", "bodies"):
            owner = scene.child(index, "poss")
            ref = scene.ref(index if owner is None else owner)
            span = Span(amount.span.start, parse.ends[index])
            return Estimate(span, index, "members", amount, ref if ref.entity else None, 0.75)
        if parse.pos[index] not in {"ADJ", "NOUN", "PROPN"}:
            return None
    return None


def _figure(scene: Scene, amount: Amount, first: int, last: int) -> Estimate | None:
    """`the number of IS members in Velm is between 2,500 and 4,000`."""
    parse = scene.parse
    verb = _stating_verb(scene, first, last)
    if verb is not None:
        for kid in parse.children[verb]:
            if parse.deps[kid] in {"nsubj", "nsubjpass", "dobj"} and kid < first:
                found = _of_figure(scene, amount, kid, verb)
                if found is not None:
                    return found
    return _body(scene, amount, first)


def _stating_verb(scene: Scene, first: int, last: int) -> int | None:
    parse = scene.parse
    for start in range(first, last):
        if parse.tags[start] not in {"CD", "NNS", "NN"}:
            continue
        for token in scene.climb(start):
            verbal = parse.pos[token] in {"VERB", "AUX"}
            if verbal and parse.lemmas[token].lower() in listed("frames", "states"):
                return token
            inside = first <= token < last  # "close to 4,000" may be read as a verb
            if parse.pos[token] == "VERB" and not inside:
                return None
    for index in range(first, last):  # "exceeds 1,500": the verb is part of the amount
        if parse.pos[index] == "VERB" and parse.lemmas[index].lower() in listed("frames", "states"):
            return index
    return None


def _of_figure(scene: Scene, amount: Amount, noun: int, verb: int) -> Estimate | None:
    parse = scene.parse
    lemma = parse.lemmas[noun].lower()
    if lemma not in listed("frames", "figures"):
        return _numbering(scene, amount, noun, verb)
    toll = lemma == "toll"
    of = next((k for k in parse.children[noun] if parse.words[k].lower() == "of"), None)
    start = min(parse.starts[noun], amount.span.start)
    span = Span(start, max(amount.span.end, parse.ends[noun]))
    if of is None:
        if toll and any(parse.lemmas[k].lower() == "death" for k in parse.children[noun]):
            return Estimate(span, verb, "killed", amount, None, 0.8)
        return _own_figure(scene, amount, noun, verb, span)
    counted = counted_after(scene, of + 1)
    those = _those_who(scene, of + 1) if counted is None else None
    if those is not None:  # "the number of those who have fled"
        return Estimate(span, verb, those, amount, None, 0.75)
    if counted is None or (counted.kind.needs in {"militant"} and not _is_militant(scene, counted)):
        return None
    owner = owner_of(scene, of, counted.noun)
    if counted.kind.needs == "group" and (owner.civil or not owner.armed):
        return None
    befell = outcome_of(scene, counted.noun)
    if counted.kind.needs == "outcome" and befell is None:
        return None
    measure = befell[0] if befell is not None else counted.measure
    return Estimate(span, counted.noun, measure, amount, _subject(scene, counted, owner), 0.9)


def _those_who(scene: Scene, token: int) -> str | None:
    """What befell "those who ..."."""
    parse = scene.parse
    if token >= len(parse) or parse.words[token].lower() not in {"those", "people", "all"}:
        return None
    for kid in parse.children[token]:
        if parse.deps[kid] in {"relcl", "acl"} and parse.lemmas[kid].lower() in outcome_words():
            return outcome_words()[parse.lemmas[kid].lower()][0]
    return None


def _own_figure(scene: Scene, amount: Amount, noun: int, verb: int, span: Span) -> Estimate | None:
    """`the Karsk Front's strength is put at 300`: its members, if it is an armed group."""
    parse = scene.parse
    holder = scene.child(noun, "poss")
    if holder is None or scene.kind_at(holder) != "armed_group":
        return None
    if parse.lemmas[noun].lower() not in {"strength", "membership", "size", "rank"}:
        return None
    return Estimate(span, verb, "members", amount, scene.ref(holder), 0.7)


def _numbering(scene: Scene, amount: Amount, noun: int, verb: int) -> Estimate | None:
    """`its fighters number about 300`."""
    parse = scene.parse
    if parse.lemmas[verb].lower() not in {"number", "total"}:
        return None
    kind = kinds().get(lemma_of(parse, noun))
    if kind is None or kind.needs not in {"frame", "group"}:
        return None
    span = Span(min(parse.starts[noun], amount.span.start), amount.span.end)
    owner = owner_of(scene, noun, noun)
    counted = Counted(noun, noun, kind, plural(parse, noun))
    if kind.needs == "group" and not owner.armed:
        return None
    return Estimate(span, verb, counted.measure, amount, _subject(scene, counted, owner), 0.8)


def _body(scene: Scene, amount: Amount, first: int) -> Estimate | None:
    """`a militia of 3,000`: the members of a body of armed people."""
    parse = scene.parse
    if first < 2 or parse.words[first - 1].lower() != "of":
        return None
    noun = first - 2
    if lemma_of(parse, noun) not in listed("frames", "bodies"):
        return None
    armed = scene.name_before(noun) is not None or any(
        parse.lemmas[index].lower() in listed("words", "militant")
        for index in range(*scene.noun_phrase(noun))
    )
    if not armed and lemma_of(parse, noun) not in {"militia", "garrison", "battalion", "brigade"}:
        return None
    ref = scene.ref(noun)
    return Estimate(
        Span(parse.starts[noun], amount.span.end),
        noun,
        "members",
        amount,
        ref if ref.entity else None,
        0.65,
    )
