"""Estimates: how many fighters, members, groups, casualties, detained, displaced, attacks, weapons.

A number becomes an estimate by what it counts (`counted.py`), never by how it looks. Vague words
(`dozens`) count only casualties, the detained and strengths; a vague crowd that does something
("the surrender of hundreds of militants") belongs to that event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.records.spans import Span
from sayso.steps.extract.befalling import by_denial
from sayso.steps.extract.counted import Counted, counted_after, lemma_of, listed
from sayso.steps.extract.crowds import does, is_crowd, is_militant, stands_in_place
from sayso.steps.extract.echoes import echo, part_of
from sayso.steps.extract.figures import (
    Estimate,
    figure_of,
    is_body,
    numbers_people,
    of_them,
    of_whole,
    subject_of,
)
from sayso.steps.extract.measured import Measured
from sayso.steps.extract.outcomes import bare_outcome, outcome_before, outcome_of
from sayso.steps.extract.owners import Owner, owner_of
from sayso.steps.extract.relation_ends import is_group
from sayso.steps.extract.replies import asked_for
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.serving import served, whose
from sayso.values.amounts import Amount, find_amounts

_LARGE = 10
"""From here on a number of fighters is a figure on its own; below, it needs a frame or outcome."""


_CLOSE = 4
"""Tokens between an army and the number before "strong"."""
_STANDS_ALONE = 100
"""From here on "the 700 fighters" is a figure too, and not men spoken of before."""


def find_estimates(scene: Scene) -> Iterator[Estimate]:
    """The estimates of one paragraph, in order."""
    parse = scene.parse
    if not len(parse):
        return
    amounts = find_amounts(scene.text, parse.starts[0], parse.ends[-1])
    measured = Measured(scene.text, parse) if amounts else None
    earlier: Estimate | None = None
    for amount, end in _separate(scene, amounts):
        first, last = parse.tokens_in(amount.span)
        if first == last or _names_a_thing(scene, first, amount):
            continue
        if measured is not None and measured.in_unit(amount.number):
            continue
        found = _read(scene, amount, first, parse.tokens_in(end)[1])
        if found is None and earlier is not None:
            found = part_of(scene, amount, last, earlier) or echo(
                scene, amount, first, last, earlier
            )
        if found is not None:
            earlier = found
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
    if number > 1 and parse.words[number - 1].lower() == "in" and parse.pos[number - 2] == "NUM":
        return True  # "one in ten fighters"
    if number in scene.timed and scene.timed[number].span.contains(amount.number):
        return True
    before = parse.words[first - 1].lower() if first else ""
    if before.rstrip(".") in listed("words", "labels") and amount.span == amount.number:
        return not numbers_people(scene, first - 1)
    if before in {"#", "no", "nos"}:
        return True
    mention = scene.mention_at(first)
    if mention is not None and mention.span.contains(amount.number):
        return True
    opened = amount.span.cut(scene.text).lower().startswith(("from ", "between "))
    led = {"the", "in", "since", "'s", "’s", "of", "this", "that"}
    return amount.year_like and (before in led or opened)


def _read(scene: Scene, amount: Amount, first: int, last: int) -> Estimate | None:
    after = last
    if amount.strong:
        return _strong(scene, amount, first, after)
    if after < len(scene.parse) and scene.parse.words[after].lower() == "strong":
        return _strong_behind(scene, amount, first, after)
    counted = counted_after(scene, after)
    if counted is not None:
        return _of_counted(scene, amount, first, counted)
    if _noun_follows(scene, after):
        return None
    return (
        _bare(scene, amount, first, last)
        or figure_of(scene, amount, first, last)
        or of_them(scene, amount, last)
        or _reply(scene, amount, first, last)
        or _part(scene, amount, first, last)
    )


def _part(scene: Scene, amount: Amount, first: int, last: int) -> Estimate | None:
    """`Of the Front's fighters, 900 are based in Velm`."""
    whole = of_whole(scene, last)
    owner = owner_of(scene, whole.noun, whole.noun) if whole is not None else None
    if whole is None or owner is None or not owner.armed or owner.ref is None:
        return None
    return Estimate(amount.span, first, whole.measure, amount, owner.ref, 0.65)


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
    befell = outcome_of(scene, counted.noun, None if amount.vague else first)
    owner = owner_of(scene, first, counted.noun)
    if not _counts(scene, amount, first, counted, owner, befell is not None):
        return None
    span = Span(amount.span.start, parse.ends[counted.last])
    if befell is None or counted.kind.needs == "nothing":
        measure, subject = counted.measure, subject_of(scene, counted, owner)
        if counted.kind.name == "casualties" and counted.kind.measure:
            subject = subject if owner.stated else None
        if _takes_up_arms(scene, counted):
            measure, subject = "members", owner.ref
        return Estimate(
            span, counted.noun, measure, amount, subject, owner.confidence, owner.figure
        )
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
        turned=by_denial(scene, tokens[0], measure),
    )


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
            serving = does(scene, counted.noun, "serves") or stands_in_place(scene, counted.noun)
            if counted.kind.name == "members" and serving and is_crowd(amount):
                return counted.measure == "men" or owner.armed
            return owner.armed and (owner.frame or large) and not owner.civil
        case "militant":
            return (
                (is_militant(scene, counted) or owner.there_is) and not owner.civil and not definite
            )
        case "outcome" if _takes_up_arms(scene, counted):
            return True
        case "outcome":
            return is_crowd(amount) and (
                does(scene, counted.noun, "moves") or stands_in_place(scene, counted.noun)
            )
        case _:
            return False


def _takes_up_arms(scene: Scene, counted: Counted) -> bool:
    """`900 people have taken up arms for the Front`."""
    return counted.measure == "people" and served(scene, counted.noun) is not None


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
    alone = last - 1
    if parse.deps[alone] in {"nsubj", "nsubjpass"} and not amount.year_like:
        befell = outcome_of(scene, alone)  # "Thirty remain in detention"
        if befell is not None:
            return Estimate(amount.span, befell[1][0], befell[0], amount, None, 0.65)
    return None


def _reply(scene: Scene, amount: Amount, first: int, last: int) -> Estimate | None:
    """`How many men does the Front have in Velm? "About 900," he said.`"""
    how = asked_for(scene, first, last)
    if how is None:
        return None
    counted = counted_after(scene, how + 2)
    if counted is None:
        bare = bare_outcome(scene, how + 2)  # "How many were killed?"
        if bare is None:
            return None
        return Estimate(amount.span, bare[1], bare[0], amount, None, 0.6, said_at=first)
    befell = outcome_of(scene, counted.noun)
    owner = owner_of(scene, how, counted.noun)
    if not _counts(scene, amount, how, counted, owner, befell is not None):
        return None
    measure, trigger = counted.measure, counted.noun
    subject = subject_of(scene, counted, owner)
    if befell is not None and counted.kind.needs != "nothing":
        measure, trigger, subject = befell[0], befell[1][0], scene.ref(counted.noun)
    return Estimate(amount.span, trigger, measure, amount, subject, 0.7, said_at=first)


def _strong(scene: Scene, amount: Amount, first: int, after: int) -> Estimate | None:
    """`a 300-strong militia`: the members of what follows."""
    parse = scene.parse
    for index in range(after, min(len(parse), after + 6)):
        if parse.pos[index] == "NOUN" and lemma_of(parse, index) in listed("frames", "bodies"):
            owner = whose(scene, index)
            ref = scene.ref(index if owner is None else owner)
            span = Span(amount.span.start, parse.ends[index])
            return Estimate(span, index, "members", amount, ref if ref.entity else None, 0.75)
        if parse.pos[index] not in {"ADJ", "NOUN", "PROPN"}:
            return None
    return None


def _strong_behind(scene: Scene, amount: Amount, first: int, strong: int) -> Estimate | None:
    """`an army 3,000 strong`, `the Front is 3,000 strong`: how many an armed group is."""
    parse = scene.parse
    noun = first - 1
    while noun > 0 and first - noun < _CLOSE and parse.pos[noun] in {"AUX", "ADV", "PUNCT"}:
        noun -= 1
    if noun < 0 or parse.pos[strong] not in {"ADJ", "ADV"}:
        return None
    over = parse.heads[noun]
    holder = noun
    be = parse.heads[strong]
    if parse.deps[noun] == "attr" and parse.lemmas[over].lower() == "be":
        subject = scene.subject_of(over)  # "the Front is an army 3,000 strong"
        holder = noun if subject is None else subject
    elif parse.lemmas[be].lower() != "be" and parse.deps[be] == "attr":
        be = parse.heads[be]  # the number is taken for what it is, and "strong" for the number's
    if holder == noun and parse.lemmas[be].lower() == "be" and be < strong:
        subject = scene.subject_of(be)  # "the Front is said to be 3,000 strong"
        holder = noun if subject is None else subject
    if not (is_group(scene, holder) or is_body(scene, holder)):
        return None
    if scene.mention_at(holder) is None and (owner := whose(scene, holder)) is not None:
        holder = owner if is_group(scene, owner) else holder  # "the Front's garrison is 900 strong"
    span = Span(amount.span.start, parse.ends[strong])
    # Behind a comma it stands apart from what the sentence says of the holder.
    trigger = strong if parse.words[first - 1] == "," else noun
    return Estimate(span, trigger, "members", amount, scene.ref(holder), 0.7)
