"""Estimates whose number stands apart from what it counts: "the number of members is 300"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.records.findings import EntityRef
from sayso.records.spans import Span
from sayso.steps.extract.counted import (
    Counted,
    counted_after,
    kinds,
    lemma_of,
    listed,
    plural,
)
from sayso.steps.extract.crowds import is_militant
from sayso.steps.extract.outcomes import outcome_of
from sayso.steps.extract.owners import Owner, owner_of
from sayso.steps.extract.relation_ends import is_group, through
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.serving import had_by, served, whose
from sayso.steps.extract.tolls import (
    befell_those,
    toll_before,
    toll_counted,
    toll_headed,
    toll_meant,
    toll_named,
)
from sayso.values.amounts import Amount

_LEAST = 10
_SENTENCE = 40
"""Tokens of a sentence in which its subject is looked for."""
_SIZES = frozenset({"headcount", "manpower", "membership", "rank", "size", "strength"})
_NUMBERS = frozenset({"number", "numbered", "total", "totalled", "totaled"})
_GIVES_TOLL = frozenset("stand reach climb put place give bring raise revise lift update".split())
_WORDY = frozenset({"a", "an", "estimated", "total", "of", "confirmed"})
_COUNTS = frozenset({"number", "count", "total", "tally"})
_BACK = 10
"""Tokens between a noun and the "number" that says how many they are."""


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
    figure: int | None = None
    """The noun for the figure ("the number of dead in Velm"), where a place may hang as well."""
    turned: bool = False
    """Its words hold a "not" that is no denial ("14 people did not survive")."""
    said_at: int | None = None
    """The token that tells who says it, where the trigger does not: the trigger of an answer stands
    in the question."""


def subject_of(scene: Scene, counted: Counted, owner: Owner) -> EntityRef | None:
    if owner.ref is not None and (owner.stated or counted.kind.name in {"strength", "members"}):
        return owner.ref
    return scene.ref(counted.noun) if scene.name_before(counted.noun) is not None else None


def figure_of(scene: Scene, amount: Amount, first: int, last: int) -> Estimate | None:
    """`the number of IS members in Velm is between 2,500 and 4,000`."""
    parse = scene.parse
    verb = _stating_verb(scene, first, last)
    if verb is not None:
        for kid in parse.children[verb]:
            subject = parse.deps[kid] in {"nsubj", "nsubjpass", "dobj"} and kid < first
            puts = parse.lemmas[verb].lower() in listed("frames", "puts")
            subject = subject or (puts and parse.deps[kid] == "dobj" and kid >= last)
            # "900 is the number of fighters that the Front has"
            turned = parse.deps[kid] == "attr" and kid >= last and parse.deps[last - 1] == "nsubj"
            if subject or turned:
                found = _of_figure(scene, amount, kid, verb)
                if found is not None:
                    # The verb may be that of the saying: what it says begins with its object.
                    outside = scene.owners[found.trigger] != scene.owners[first]
                    return replace(found, trigger=kid) if outside else found
        over = scene.subject_of(verb) if parse.deps[verb] == "xcomp" else None
        if over is not None and (found := _of_figure(scene, amount, over, verb)) is not None:
            return found  # "the group is thought to number 300"
    return (
        _numbering_by_words(scene, amount, first)
        or _body(scene, amount, first)
        or _headed(scene, amount, first)
    )


def _headed(scene: Scene, amount: Amount, first: int) -> Estimate | None:
    """`Strength of the Front in Velm: about 900.`"""
    parse = scene.parse
    if first < 2 or parse.words[first - 1] != ":":
        return None
    toll = toll_headed(scene, first - 1)
    if toll is not None:
        span = Span(parse.starts[toll[1]], amount.span.end)
        return Estimate(span, toll[1], toll[0], amount, None, 0.7, toll[1])
    start = parse.sentences[parse.sentence_of[first]][0]
    for noun in range(start, first - 1):
        if parse.pos[noun] in {"VERB", "AUX"}:
            return None
        if parse.lemmas[noun].lower() in listed("frames", "figures"):
            return _of_figure(scene, amount, noun, noun)
    counted = counted_after(scene, start)
    owner = owner_of(scene, start, counted.noun) if counted is not None else None
    if counted is None or owner is None or owner.ref is None or not owner.armed:
        return None
    if counted.kind.name not in {"strength", "members"} or not owner.ref.entity:
        return None
    span = Span(parse.starts[counted.noun], amount.span.end)
    return Estimate(span, counted.noun, counted.measure, amount, owner.ref, 0.65)


def of_whole(scene: Scene, last: int) -> Counted | None:
    """The noun of which a number without one counts a part: "of the Front's fighters, 900 are based
    in Velm"."""
    parse = scene.parse
    if last >= len(parse) or parse.pos[last] not in {"AUX", "VERB"}:
        return None
    start = parse.sentences[parse.sentence_of[last]][0]
    while start < last and parse.pos[start] == "PUNCT":
        start += 1
    if parse.words[start].lower() != "of":
        return None
    counted = counted_after(scene, start + 1)
    comma = counted is not None and "," in parse.words[counted.last : last]
    if counted is None or not comma or counted.kind.name not in {"strength", "members"}:
        return None
    verb = next((t for t in scene.climb(last) if parse.pos[t] in {"VERB", "AUX"}), last)
    held = listed("frames", "serves") | listed("frames", "being")
    return counted if parse.lemmas[verb].lower() in held else None


def of_them(scene: Scene, amount: Amount, last: int) -> Estimate | None:
    """`There are between 300 and 400 of them`: the members of the armed group that is the subject
    of the sentence before, if none else is spoken of there."""
    parse = scene.parse
    if [word.lower() for word in parse.words[last : last + 2]] != ["of", "them"]:
        return None
    sentence = parse.sentence_of[last]
    existing = any(word.lower() == "there" for word in parse.words[max(0, last - 12) : last])
    if not sentence or not existing or (amount.low or amount.high or 0) < _LEAST:
        return None
    first, end = parse.sentences[sentence - 1]
    for token in range(first, min(end, first + _SENTENCE)):
        if parse.deps[token] in {"nsubj", "nsubjpass"}:
            ref = scene.ref(through(scene, token))
            if ref.entity is None or not is_group(scene, token):
                return None
            span = Span(amount.span.start, parse.ends[last + 1])
            return Estimate(span, last - 1, "members", amount, ref, 0.6)
    return None


def _numbering_by_words(scene: Scene, amount: Amount, first: int) -> Estimate | None:
    """`the Front's men in Velm number 300`, where the tree takes "number" for a noun."""
    parse = scene.parse
    verb = first - 1
    while verb > 0 and parse.words[verb].lower() in _WORDY:
        verb -= 1
    if verb < 1 or parse.words[verb].lower() not in _NUMBERS:
        return None
    if parse.pos[verb - 1] == "DET":
        return None  # "included the number two of the police"
    toll = toll_before(scene, verb)
    if toll is not None:
        measure, named = toll
        span = Span(parse.starts[named], amount.span.end)
        return Estimate(span, named, measure, amount, None, 0.7, verb)
    for noun in range(verb - 1, max(-1, verb - _BACK), -1):
        kind = kinds().get(lemma_of(parse, noun))
        if kind is not None and parse.tags[noun] in {"NNS", "NNPS"}:
            if kind.needs not in {"frame", "group"}:
                return None
            owner = owner_of(scene, noun, noun)
            if not owner.armed:
                return None
            counted = Counted(noun, noun, kind, plural(parse, noun))
            span = Span(parse.starts[noun], amount.span.end)
            subject = subject_of(scene, counted, owner)
            return Estimate(span, noun, counted.measure, amount, subject, 0.7)
        if parse.pos[noun] not in {"ADP", "DET", "PROPN", "ADJ"}:
            return None
    return None


def numbers_people(scene: Scene, verb: int) -> bool:
    """Whether "number" is the verb of people before it ("the Front's men number 300").

    Not where the tree makes a name part of it ("men in Velm number 300" as some "Velm number"):
    whether that is where they are or who they are can then not be told.
    """
    parse = scene.parse
    if parse.words[verb].lower() != "number":
        return False
    if parse.pos[verb] == "VERB" and scene.subject_of(verb) is not None:
        return True  # "members of the Front are thought to number 300"
    if parse.pos[verb - 1] != "DET" and toll_before(scene, verb) is not None:
        return True
    if verb and parse.pos[verb - 1] == "PROPN" and parse.heads[verb - 1] == verb:
        name = verb - 1
        while name and parse.pos[name] in {"PROPN", "DET"}:
            name -= 1
        if parse.pos[name] == "ADP" and parse.words[name].lower() != "of":
            return False
    for noun in range(verb - 1, max(-1, verb - _BACK), -1):
        if parse.tags[noun] in {"NNS", "NNPS"}:
            return lemma_of(parse, noun) in kinds()
        if parse.pos[noun] not in {"ADP", "DET", "PROPN", "ADJ"}:
            return False
    return False


def is_body(scene: Scene, noun: int) -> bool:
    """A named armed group, or a body that can be nothing but armed."""
    if lemma_of(scene.parse, noun) in listed("frames", "under_arms"):
        return True
    plural_noun = scene.parse.tags[noun] in {"NNS", "NNPS"} and scene.kind_at(noun) is None
    return not plural_noun and is_group(scene, noun)


def _stating_verb(scene: Scene, first: int, last: int) -> int | None:
    parse = scene.parse
    for start in range(first, last):
        if parse.tags[start] not in {"CD", "NNS", "NN"}:
            continue
        for token in _up_to_saying(scene, start):
            verbal = parse.pos[token] in {"VERB", "AUX"}
            if verbal and parse.lemmas[token].lower() in listed("frames", "states"):
                return token
            inside = first <= token < last  # "close to 4,000" may be read as a verb
            aside = parse.deps[token] in {"relcl", "acl", "advcl"} and token < first
            before = parse.words[first - 1].lower() if first else ""
            if aside and (before in {"at", "as"} or parse.words[first].lower() == "at"):
                continue  # "put the number of those who fled at 900": the parser's slip
            if parse.pos[token] == "VERB" and not inside:
                return None
    for index in range(first, last):  # "exceeds 1,500": the verb is part of the amount
        if parse.pos[index] == "VERB" and parse.lemmas[index].lower() in listed("frames", "states"):
            return index
    return None


def _up_to_saying(scene: Scene, token: int) -> Iterator[int]:
    """As `Scene.climb`, and the word above it: of "he put the toll at 40" only "the toll at 40" is
    what he says."""
    last = token
    for last in scene.climb(token):
        yield last
    over = scene.parse.heads[last]
    outside = scene.owners[over] != scene.owners[last]
    puts = scene.parse.lemmas[over].lower() in listed("frames", "puts")
    said = scene.child(over, "neg") is None and scene.parse.tags[over] in {"VBD", "VBZ", "VBP"}
    if outside and puts and said:
        yield over


def _of_figure(scene: Scene, amount: Amount, noun: int, verb: int) -> Estimate | None:
    parse = scene.parse
    lemma = parse.lemmas[noun].lower()
    if lemma not in listed("frames", "figures"):
        return _numbering(scene, amount, noun, verb)
    of = next((k for k in parse.children[noun] if parse.words[k].lower() == "of"), None)
    start = min(parse.starts[noun], amount.span.start)
    span = Span(start, max(amount.span.end, parse.ends[noun]))
    toll = _toll(scene, noun, verb) if lemma == "toll" else None
    if of is None:
        toll = toll or befell_those(scene, noun)  # "the number killed in Velm"
        if toll is not None:
            return Estimate(span, verb, toll, amount, None, 0.8, noun)
        return _own_figure(scene, amount, noun, verb, span)
    inner = scene.child(of, "pobj")
    nested = inner is not None and parse.lemmas[inner].lower() in {"number", *_SIZES}
    if inner is not None and nested and inner != noun:
        return _of_figure(scene, amount, inner, verb)  # "estimates of the number of fighters"
    if inner is not None and lemma in _SIZES and is_group(scene, inner):
        return Estimate(span, verb, "members", amount, scene.ref(inner), 0.7, noun)
    befallen = toll_named(scene, of + 1)
    if befallen is not None:  # "the number of dead", "of those who have fled"
        return Estimate(span, verb, befallen[0], amount, None, 0.75, noun)
    if toll is not None:
        return Estimate(span, verb, toll, amount, None, 0.75, noun)
    serving = served(scene, inner) if inner is not None else None
    if serving is not None and parse.words[of + 1].lower() in {"those", "people"}:
        return Estimate(span, verb, "members", amount, scene.ref(serving), 0.7, noun)
    counted = counted_after(scene, of + 1)
    if counted is None or (counted.kind.needs in {"militant"} and not is_militant(scene, counted)):
        return None
    owner = owner_of(scene, of, counted.noun)
    if counted.kind.needs == "group" and (owner.civil or not owner.armed):
        return None
    befell = outcome_of(scene, counted.noun)
    if befell is None and (counted.kind.needs == "outcome" or _are_some(scene, counted.noun)):
        return None
    measure = befell[0] if befell is not None else counted.measure
    subject = subject_of(scene, counted, owner)
    said = had_by(scene, noun) is not None or owner.figure is not None
    figure = noun if said else None
    return Estimate(span, counted.noun, measure, amount, subject, 0.9, figure)


def _are_some(scene: Scene, noun: int) -> bool:
    """`the number of fighters who left the Front`, `of troops needed to hold Velm`: of those that
    there are, only some are meant, or none are there yet."""
    parse = scene.parse
    for kid in parse.children[noun]:
        if kid > noun and parse.deps[kid] in {"relcl", "acl"}:
            lemma = parse.lemmas[kid].lower()
            if lemma not in listed("frames", "serves") | listed("frames", "being"):
                return True
    return False


def _toll(scene: Scene, noun: int, verb: int) -> str | None:
    """`the death toll is 40`, `the toll rose to 40`, `put the toll of the attack at 40`."""
    stating = listed("frames", "changes") | _GIVES_TOLL
    return toll_counted(scene, noun, stated=scene.parse.lemmas[verb].lower() in stating)


def _own_figure(scene: Scene, amount: Amount, noun: int, verb: int, span: Span) -> Estimate | None:
    """`the Karsk Front's strength is put at 300`: its members, if it is an armed group."""
    parse = scene.parse
    holder = whose(scene, noun)
    if holder is None:
        return None
    if parse.words[holder].lower() == "their" and parse.lemmas[noun].lower() in _COUNTS:
        meant = toll_meant(scene, holder)  # "Of the dead, he said that their number was 40"
        return Estimate(span, verb, meant[0], amount, None, 0.65, noun) if meant else None
    numbers = parse.words[noun].lower() == "numbers"
    if not is_group(scene, holder) or not (numbers or parse.lemmas[noun].lower() in _SIZES):
        return None
    return Estimate(span, verb, "members", amount, scene.ref(holder), 0.7)


def _numbering(scene: Scene, amount: Amount, noun: int, verb: int) -> Estimate | None:
    """`its fighters number about 300`, `deaths have reached 30`."""
    parse = scene.parse
    had = had_by(scene, noun)  # "the men that the Front has add up to 900"
    if parse.lemmas[verb].lower() not in {"number", "total"} and had is None:
        return _reaching(scene, amount, noun, verb) or _forces(scene, amount, noun, verb)
    if is_body(scene, noun):  # "the group numbers 300"
        whole = Span(min(parse.starts[noun], amount.span.start), amount.span.end)
        return Estimate(whole, verb, "members", amount, scene.ref(noun), 0.7)
    toll = toll_named(scene, noun)  # "its wounded total 30"
    if toll is not None:
        whole = Span(min(parse.starts[noun], amount.span.start), amount.span.end)
        return Estimate(whole, verb, toll[0], amount, None, 0.75, noun)
    noun = scene.antecedent(noun)  # "its fighters, who number 300"
    kind = kinds().get(lemma_of(parse, noun))
    if kind is None or kind.needs not in {"frame", "group"}:
        return None
    span = Span(min(parse.starts[noun], amount.span.start), amount.span.end)
    owner = owner_of(scene, noun, noun)
    counted = Counted(noun, noun, kind, plural(parse, noun))
    if kind.needs == "group" and not owner.armed:
        return None
    subject, figure = subject_of(scene, counted, owner), noun if had is not None else None
    return Estimate(span, verb, counted.measure, amount, subject, 0.8, figure)


def _reaching(scene: Scene, amount: Amount, noun: int, verb: int) -> Estimate | None:
    """`deaths have reached 30`, `arrests rose to 50`."""
    parse = scene.parse
    toll = toll_named(scene, noun) if parse.deps[noun] == "nsubj" else None
    if toll is None or parse.lemmas[verb].lower() not in listed("frames", "reaches"):
        return None
    span = Span(min(parse.starts[noun], amount.span.start), amount.span.end)
    return Estimate(span, verb, toll[0], amount, None, 0.7, noun)


def _forces(scene: Scene, amount: Amount, noun: int, verb: int) -> Estimate | None:
    """`Front forces in Velm stand at 900`, `the Front's presence in Velm is put at 900`."""
    parse = scene.parse
    known = parse.lemmas[noun].lower() in listed("frames", "strengths") - {"unit"}
    owner = whose(scene, noun) if known else None
    if owner is None or not is_group(scene, owner):
        return None
    span = Span(min(parse.starts[noun], amount.span.start), amount.span.end)
    return Estimate(span, verb, "members", amount, scene.ref(owner), 0.7, noun)


def _body(scene: Scene, amount: Amount, first: int) -> Estimate | None:
    """`a militia of 3,000`: the members of a body of armed people."""
    parse = scene.parse
    if first < 2 or parse.words[first - 1].lower() != "of":
        return None
    noun = first - 2
    if parse.lemmas[noun].lower() in _SIZES:
        return _strength(scene, amount, noun)
    if parse.lemmas[noun].lower() == "toll":
        toll = toll_counted(scene, noun, stated=False)  # "with a death toll of 40"
        span = Span(parse.starts[noun], amount.span.end)
        return Estimate(span, noun, toll, amount, None, 0.75, noun) if toll is not None else None
    if lemma_of(parse, noun) not in listed("frames", "bodies"):
        return None
    owner = owner_of(scene, noun, noun)
    if owner.frame and owner.ref is not None and owner.ref.entity and owner.armed:
        span = Span(parse.starts[noun], amount.span.end)  # "has assembled a force of 2,700"
        return Estimate(span, noun, "members", amount, owner.ref, 0.7)
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


def _strength(scene: Scene, amount: Amount, noun: int) -> Estimate | None:
    """`the Front has a strength of 2,000`, `the Front, with its strength of 2,000`."""
    parse = scene.parse
    over = parse.heads[noun]
    holder = scene.child(noun, "poss")
    if holder is None and parse.deps[noun] == "dobj" and parse.lemmas[over].lower() == "have":
        holder = scene.subject_of(over)
    if holder is None or not is_group(scene, holder):
        return None
    span = Span(parse.starts[noun], amount.span.end)
    return Estimate(span, noun, "members", amount, scene.ref(holder), 0.7)
