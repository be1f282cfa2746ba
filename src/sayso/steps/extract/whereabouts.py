"""The time and the place of what a token tells: the nearest that hang on it or over it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from sayso.records.findings import Place, Time
from sayso.steps.extract.clefts import cleft_over, whose_place
from sayso.steps.extract.places import to_place
from sayso.steps.extract.scenes import Found, Scene

_BACK = 80
"""Tokens back in which "there" looks for its place."""
_MANY = 8
"""Places in a sentence beyond which none is told by standing alone in its clause."""
_STEPS = 12
"""Steps up the tree from a time to its verb."""
_OPENERS = frozenset({"that", "and", "but", "while"})
_OWN_CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl", "csubj", "parataxis"})
ANYTHING = frozenset({"*"})
"""For `through`: climb over any word of the clause."""


def time_near(scene: Scene, token: int, *, through: frozenset[str] = ANYTHING) -> Time | None:
    """The time that hangs on the token or over it in its clause; None where none does."""
    below = token
    for index in _reach(scene, token, through):
        joined = scene.parse.deps[below] == "conj" and scene.parse.pos[below] in {"VERB", "AUX"}
        for time in scene.times.get(index, ()):
            # Of two joined verbs, only a time before both is of both.
            if not joined or time.span.end <= scene.parse.starts[index]:
                return time
        below = index
    return _first_of(scene.times, _sharing(scene, token))


def place_near(scene: Scene, token: int, *, through: frozenset[str] = ANYTHING) -> Place | None:
    """The place that hangs on the token or over it in its clause; of a relative clause with
    "where", the place it describes; of "there", the place named before."""
    here = _there(scene, token)
    if here is not None:
        return here
    for index in _reach(scene, token, through):
        places = scene.places.get(index)
        if places:
            return places[0]
        if scene.parse.deps[index] == "relcl":
            described = _place_at(scene, scene.parse.heads[index]) or _where(scene, index)
            if described is not None:
                return described
        place = _place_apart(scene, index)
        if place is not None:
            return place
    return _first_of(scene.places, _sharing(scene, token)) or _fronted(scene, token)


def _fronted(scene: Scene, token: int) -> Place | None:
    """The place that opens the token's clause: "In Velm alone, the Front has 900 men", wherever the
    tree hangs it."""
    parse = scene.parse
    for verb in scene.within_clause(token):
        subject = scene.child(verb, "nsubj", "nsubjpass")
        if subject is None:
            continue
        comma = parse.extents[subject][0] - 1
        last = comma - 1
        if last < 1 or parse.words[comma] != ",":
            return None
        last -= parse.words[last].lower() == "alone"
        place = scene.placed.get(last)
        if place is None:
            return None
        before = parse.tokens_in(place.span)[0] - 2
        opens = before < parse.sentences[parse.sentence_of[token]][0] or (
            parse.pos[before] == "PUNCT" or parse.words[before].lower() in _OPENERS
        )
        return place if opens else None
    return None


def place_within(scene: Scene, token: int) -> Place | None:
    """The place that stands somewhere in the token's own clause (`the strength of the Front in
    Velm is 900 men`, `has 900 men under its command in Velm`): the only one there, or None."""
    parse = scene.parse
    verb = _clause(scene, token)
    first, last = parse.sentences[parse.sentence_of[token]]
    order = scene.placed_order
    inside = order[bisect_left(order, first) : bisect_left(order, last)]
    if len(inside) > _MANY:
        return None
    found = {
        place.entity or place.quote: place
        for at in inside
        if _clause(scene, at) == verb
        for place in scene.places[at]
        if scene.owners[token] in (scene.owners[at], scene.owners[parse.tokens_in(place.span)[0]])
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _clause(scene: Scene, token: int) -> int:
    """The word over the token's own clause."""
    parse = scene.parse
    for _ in range(_STEPS):
        what = parse.deps[token] == "csubj" and any(
            parse.words[kid].lower() == "what" for kid in parse.children[token]
        )  # "what the Front has in Velm is 900 men"
        what = what or _opens(scene, token)
        if (parse.deps[token] in _OWN_CLAUSES and not what) or parse.heads[token] == token:
            break
        token = parse.heads[token]
    return token


def _opens(scene: Scene, token: int) -> bool:
    """Whether a participle opens the clause of a "be" without a subject: "remaining in Velm are 900
    men"."""
    parse = scene.parse
    head = parse.heads[token]
    if token >= head or parse.lemmas[head].lower() != "be":
        return False
    return parse.tags[token] in {"VBG", "VBN"} and scene.child(head, "nsubj") is None


def time_within(scene: Scene, verb: int) -> Time | None:
    """The time that stands somewhere under the verb in its own clause (`killed two men during a
    search in Velm yesterday`): the only one of its sentence, or None."""
    parse = scene.parse
    first, last = parse.sentences[parse.sentence_of[verb]]
    found = scene.only_time(first, last)
    if found is None:
        return None
    at, time = found
    for _ in range(_STEPS):
        if at == verb:
            return time
        if parse.deps[at] in _OWN_CLAUSES or parse.heads[at] == at:
            return None
        at = parse.heads[at]
    return None


def _first_of(table: dict[int, list[Found]], tokens: Iterator[int]) -> Found | None:
    return next((item for token in tokens for item in table.get(token, ())), None)


def _sharing(scene: Scene, token: int) -> Iterator[int]:
    """The participles joined to the token's verb: of "12 were killed and 30 injured in Velm", the
    second has the place of both."""
    parse = scene.parse
    for index in scene.within_clause(token):
        if parse.tags[index] in {"VBN", "VBD"}:
            yield from (
                kid
                for kid in parse.children[index]
                if parse.deps[kid] == "conj" and parse.tags[kid] == "VBN"
            )
            return


def _reach(scene: Scene, token: int, through: frozenset[str]) -> Iterator[int]:
    """The token, then what stands over it: any word of its clause, or only its own verb and the
    verbs in `through`."""
    parse = scene.parse
    if "*" in through:
        yield from scene.within_clause(token)
        return
    below = token
    for index in scene.within_clause(token):
        if index != token:
            subject = parse.deps[below] in {"nsubj", "nsubjpass"} and below == token
            known = parse.lemmas[index].lower() in through
            passes = parse.deps[below] in {"prep", "pobj", "conj", "xcomp"} and (
                parse.pos[index] in {"ADP", "NOUN", "VERB"}
            )
            if not (subject or known or (passes and through)):
                return
            if parse.pos[index] == "VERB" and not (subject or known):
                return
            if parse.pos[index] == "NOUN" and parse.lemmas[index].lower() != "responsibility":
                return
        yield index
        for kid in parse.children[index]:  # "held in Velm", beside the noun
            if index == token and parse.deps[kid] in {"acl", "relcl"} and kid > token:
                yield kid
        below = index


def _there(scene: Scene, token: int) -> Place | None:
    """The last place before a "there" that stands beside the token."""
    parse = scene.parse
    if not any(
        parse.words[kid].lower() == "there" and parse.deps[kid] == "advmod"
        for kid in parse.children[token]
    ):
        return None
    for index in range(token, max(-1, token - _BACK), -1):
        place = scene.placed.get(index)
        if place is not None and place.span.end <= parse.starts[token]:
            return place
    return None


def _where(scene: Scene, verb: int) -> Place | None:
    """The place of "Velm, where the Front has 900 men", whatever part it plays itself."""
    parse = scene.parse
    if not any(parse.words[kid].lower() == "where" for kid in parse.children[verb]):
        return None
    mention = scene.mention_at(parse.heads[verb])
    entity = scene.entities.entity_of(mention) if mention is not None else None
    if mention is None or entity is None or entity.kind not in {"place", "state"}:
        return None
    return to_place(scene.text, parse, mention, entity)


def _place_apart(scene: Scene, verb: int) -> Place | None:
    """`it is in Velm that VERB`, `Velm is one of the towns where VERB`."""
    place = whose_place(scene, verb)
    named = scene.mention_at(place) if place is not None else None
    if named is not None:
        return to_place(scene.text, scene.parse, named, scene.entities.entity_of(named))
    copula = cleft_over(scene, verb)
    return next(iter(scene.places.get(copula, ())), None) if copula is not None else None


def _place_at(scene: Scene, token: int) -> Place | None:
    """The place whose words cover this token."""
    return scene.placed.get(token)
