"""The verb or preposition over those who are counted, if it says that somebody has them: `the Front
fields 300 fighters`, `a force of 300`, `is down to 300 men`."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.lexicons import load
from sayso.steps.extract.counted import listed
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.serving import had_by, served, what_is_had, whose

_QUOTES = frozenset("\"“”„«»‘’'") | {"``", "''"}
_WHOLES = frozenset({"total", "minimum", "maximum"})
_OPENING = frozenset({"a", "total", "of", "about", "some", "around", "roughly", "approximately"})
_HOUSES = frozenset({"hold", "house", "shelter", "host", "accommodate", "contain"})
_RANKS = 12
"""Tokens between "ranks" and the verb that numbers them."""
_INSIDE_NUMBER = 4
"""Prepositions that a number may hold ("from 200 up to 300")."""


@dataclass(frozen=True)
class Holding:
    """A noun that owns, as the tree gives it."""

    token: int | None
    frame: bool
    there_is: bool = False
    under_arms: bool = False
    figure: int | None = None


def holding_of(scene: Scene, first: int, noun: int) -> Holding:
    """The verb or preposition over the counted noun, if it says that somebody has them; the number
    begins at token `first`."""
    parse = scene.parse
    top = noun
    # "dozens of fighters": the number word heads the phrase.
    if parse.deps[noun] == "pobj" and parse.words[parse.heads[noun]].lower() == "of":
        over = parse.heads[parse.heads[noun]]
        lemma = parse.lemmas[over].lower()
        if parse.pos[over] == "NUM" or lemma in {
            "dozen",
            "hundred",
            "thousand",
            "score",
            "ten",
            "million",
        }:
            top = over
        elif lemma in _WHOLES:  # "a total of 400 fighters"
            top = over
            deeper = parse.heads[over]
            body = parse.heads[deeper] if parse.deps[over] == "pobj" else over
            if parse.words[deeper].lower() == "of" and (
                parse.lemmas[body].lower() in listed("frames", "bodies")
            ):
                return _of_body(scene, body)
        elif lemma in listed("frames", "figures"):
            return Holding(had_by(scene, over) or had_by(scene, noun), True)
        elif lemma in listed("frames", "loyalties") and parse.deps[over] == "dobj":
            top = over  # "commands the loyalty of 900 men"
        elif lemma in listed("frames", "bodies"):
            return _of_body(scene, over)
    dep, head = parse.deps[top], parse.heads[top]
    if dep == "conj" and parse.pos[head] in {"NOUN", "NUM"} and parse.deps[head] == "dobj":
        dep, head = "dobj", parse.heads[head]  # "has 700 fighters and hundreds of reservists"
    if dep == "nsubj" and parse.deps[head] == "aux" and parse.lemmas[head].lower() == "do":
        dep, head = "dobj", parse.heads[head]  # "how many men does the Front have"
    for _ in range(_INSIDE_NUMBER):
        if dep != "pobj" or not first <= head < noun:
            break
        # "can field between 900 and 1,200 fighters": the preposition is part of the number.
        head = parse.heads[head]
        dep = {"VERB": "dobj", "AUX": "attr"}.get(parse.pos[head], "pobj")
    lemma = parse.lemmas[head].lower()
    if dep == "dobj" and (lemma in listed("frames", "owns") or _brings_together(scene, head)):
        return Holding(_holder(scene, head), True, under_arms=lemma in listed("frames", "arrays"))
    if dep == "dobj" and lemma in _HOUSES and (camp := _camp(scene, head)) is not None:
        return Holding(camp, True)
    if dep == "dobj" and _fields(scene, head):
        return Holding(_holder(scene, head), True, under_arms=True)
    if dep == "attr" and (owner := what_is_had(scene, head)) is not None:
        return Holding(owner, True)
    if dep == "attr" and _strong(scene, top):
        return Holding(scene.subject_of(head), True)  # "the Front is 900 fighters strong"
    if dep == "pobj" and (subject := _come_down(scene, head)) is not None:
        return Holding(subject, True)
    if dep == "pobj" and _owns_with(scene, parse.heads[head], parse.words[head].lower()):
        return Holding(_holder(scene, parse.heads[head]), True)
    if dep in {"attr", "nsubj"} and lemma == "be" and scene.child(head, "expl") is not None:
        return Holding(None, True, there_is=True)
    if dep == "pobj" and parse.words[head].lower() == "with":
        if parse.heads[head] < head:
            return _with(scene, parse.heads[head], head)
        return Holding(_after_comma(scene, noun, parse.heads[head]), True)
    if (
        dep == "pobj"
        and parse.words[head].lower() == "of"
        and (verb := _made_up(scene, parse.heads[head])) is not None
    ):
        whole = scene.subject_of(verb)
        owner = had_by(scene, whole) if whole is not None else None
        return Holding(whole if owner is None else owner, True, figure=owner and whole)
    return _figure_of(scene, dep, head)


def verb_beside(scene: Scene, first: int) -> int | None:
    """`the Front fields “300 fighters”`: a verb of having that the parser took for a noun stands
    between a name and the number."""
    parse = scene.parse
    verb = first - 1
    while verb > 0 and parse.words[verb] in _QUOTES:
        verb -= 1
    while verb > 0 and parse.lemmas[verb].lower() in _OPENING:  # "numbers about 900 fighters"
        verb -= 1
    if verb < 1 or parse.pos[verb] != "NOUN":
        return None
    numbers = parse.tags[verb] == "NNS" and parse.lemmas[verb].lower() == "number"
    if parse.words[verb].lower() == "number" and (ranks := _ranks_before(scene, verb)) is not None:
        return ranks
    if parse.lemmas[verb].lower() not in listed("frames", "owns") and not numbers:
        return None
    return verb - 1 if scene.kind_at(verb - 1) in {"armed_group", "organisation"} else None


def _ranks_before(scene: Scene, verb: int) -> int | None:
    """Whose ranks a misread "number" numbers: "the ranks of the Front in Velm number 900 men"."""
    parse = scene.parse
    for noun in range(verb - 1, max(-1, verb - _RANKS), -1):
        if parse.lemmas[noun].lower() in {"rank", "force"} and noun + 1 < verb:
            behind = parse.words[noun + 1].lower() == "of"
            mention = scene.name_in(noun + 1, verb) if behind else None
            return parse.tokens_in(mention.span)[1] - 1 if mention is not None else None
        if parse.pos[noun] not in {"ADP", "DET", "PROPN", "PART", "NOUN"}:
            return None
    return None


def _holder(scene: Scene, verb: int) -> int | None:
    """Who has what the verb has: its subject."""
    beside = scene.subject_beside(verb)
    return beside if beside is not None else scene.subject_of(verb)


def _owns_with(scene: Scene, verb: int, word: str) -> bool:
    """`call on 300 men`, `boast of 4,000 men`."""
    found = load("measures.toml")["frames"]["owns_with"].get(scene.parse.lemmas[verb].lower(), ())
    return word in found


def _brings_together(scene: Scene, verb: int) -> bool:
    kids = scene.parse.children[verb]
    return any(_owns_with(scene, verb, scene.parse.words[kid].lower()) for kid in kids)


def _camp(scene: Scene, verb: int) -> int | None:
    """`the Front's camps house 900 men`: the camps."""
    camp = _holder(scene, verb)
    known = camp is not None and scene.parse.lemmas[camp].lower() in listed("frames", "camps")
    return camp if known else None


def _made_up(scene: Scene, over: int) -> int | None:
    """The verb that says of what a body is made: "consists of", "is made up of"."""
    parse = scene.parse
    verb = parse.heads[over] if parse.deps[over] == "prt" else over
    made = parse.lemmas[verb].lower() in {"consist", "compose", "comprise", "make"}
    return verb if made else None


def _fields(scene: Scene, verb: int) -> bool:
    """`can put 900 men into the field`."""
    if scene.parse.lemmas[verb].lower() not in {"put", "bring", "send"}:
        return False
    where = scene.object_of(verb, ("into", "in", "under", "to", "onto"))
    return where is not None and scene.parse.lemmas[where].lower() in listed("frames", "fields")


def _strong(scene: Scene, noun: int) -> bool:
    parse = scene.parse
    return noun + 1 < len(parse) and parse.words[noun + 1].lower() == "strong"


def _come_down(scene: Scene, preposition: int) -> int | None:
    """Who has as many left: "the Front is down to 400 men", "was reduced to 400 men"."""
    parse = scene.parse
    if parse.words[preposition].lower() != "to":
        return None
    over = parse.heads[preposition]
    verb = parse.heads[over] if parse.words[over].lower() in {"down", "up"} else over
    reduced = parse.lemmas[verb].lower() in {"reduce", "whittle", "shrink", "cut"}
    if not (reduced or (verb != over and parse.lemmas[verb].lower() == "be")):
        return None
    subject = scene.subject_of(verb)
    named = subject is not None and scene.kind_at(subject) in {"armed_group", "organisation"}
    return subject if named else None


def _of_body(scene: Scene, body: int) -> Holding:
    """`a force of 3,000`: the force, or who has it where it goes by no name: "the Front keeps a
    force of 3,000"."""
    parse = scene.parse
    verb = parse.heads[body]
    whose = served(scene, body)
    if whose is not None:  # "an army of 900 men stands behind the Front"
        armed = parse.lemmas[body].lower() in listed("frames", "under_arms")
        return Holding(whose, True, under_arms=armed)
    if parse.deps[body] != "dobj" or scene.mention_at(body) or scene.name_before(body):
        return Holding(body, True)
    if scene.child(body, "poss") is not None or parse.lemmas[verb].lower() not in (
        listed("frames", "owns")
    ):
        return Holding(body, True)
    holder = _holder(scene, verb)
    named = holder is not None and scene.mention_at(holder) is not None
    return Holding(holder if named else body, True)


def _after_comma(scene: Scene, noun: int, verb: int) -> int | None:
    """`with 900 fighters in Velm, the Front is ...`: the subject behind the comma."""
    subject = scene.subject_of(verb)
    if subject is None or subject < noun:
        return None
    first = scene.parse.extents[subject][0]
    behind = first > 0 and scene.parse.words[first - 1] == ","
    return subject if behind and scene.mention_at(subject) is not None else None


def _figure_of(scene: Scene, dep: str, head: int) -> Holding:
    """`the Front's strength ranges from 1,500 to 2,200 fighters`: the Front."""
    parse = scene.parse
    verb = parse.heads[head] if dep == "pobj" else head
    if dep == "pobj" and parse.pos[verb] == "ADP":  # "increased from 150 to 400 men"
        verb = parse.heads[verb]
    figures = listed("frames", "figures") | listed("frames", "strengths")
    if (
        dep == "pobj" and parse.pos[verb] == "NOUN" and parse.lemmas[verb].lower() in figures
    ):  # the tree's slip: "at" is "put"'s
        at = parse.words[head].lower() == "at" and parse.deps[verb] == "dobj"
        return Holding(whose(scene, verb), True) if at else Holding(None, False)
    if dep not in {"pobj", "attr", "dobj"} or parse.lemmas[verb].lower() not in (
        listed("frames", "states")
    ):
        return Holding(None, False)
    body = scene.child(verb, "nsubj")
    if dep == "pobj" and body is not None and _grows(scene, verb, body):
        return Holding(body, True)
    subject = scene.child(verb, "nsubj", "nsubjpass")
    if subject is None:
        subject = _figure_before(scene, verb)
    for noun in (subject, scene.child(verb, "dobj")):
        if noun is not None and parse.lemmas[noun].lower() in figures:
            return Holding(whose(scene, noun), True)
    body = scene.child(verb, "dobj")
    put = dep == "pobj" and parse.lemmas[verb].lower() in listed("frames", "puts")
    if put and body is not None and scene.kind_at(body) in {"armed_group", "organisation"}:
        return Holding(body, True)  # "we estimate the Front at 900 men"
    return Holding(None, False)


def _figure_before(scene: Scene, verb: int) -> int | None:
    """The figure ahead of a verb to which the tree gives no subject."""
    parse = scene.parse
    for token in range(verb - 1, max(-1, verb - _RANKS), -1):
        if parse.words[token] == "," or parse.pos[token] in {"VERB", "AUX"}:
            return None
        if parse.lemmas[token].lower() in listed("frames", "figures"):
            return token
    return None


def _grows(scene: Scene, verb: int, body: int) -> bool:
    """`the militia grew from 200 men`: a body under arms or a named group that changes in size."""
    parse = scene.parse
    if parse.lemmas[verb].lower() not in listed("frames", "changes"):
        return False
    named = scene.kind_at(body) in {"armed_group", "organisation"}
    return named or parse.lemmas[body].lower() in listed("frames", "under_arms")


def _with(scene: Scene, over: int, preposition: int) -> Holding:
    """`X, with nearly 6,000 fighters`; `the largest is X, with ...`."""
    parse = scene.parse
    before = preposition - 1
    while before > 0 and parse.pos[before] == "PUNCT" and preposition - before < 4:
        before -= 1
    if before >= 0 and scene.kind_at(before) not in {None, "place"}:
        return Holding(before, True)  # not "is in Velm with 900 men"
    if parse.pos[over] in {"NOUN", "PROPN", "PRON"}:
        return Holding(over, True)
    for dep in ("attr", "nsubj", "nsubjpass"):
        token = scene.child(over, dep)
        if token is not None and (scene.mention_at(token) or scene.name_before(token)):
            return Holding(token, True)
    return Holding(
        scene.subject_of(over), parse.lemmas[over].lower() in {"be", "remain", "operate", "emerge"}
    )
