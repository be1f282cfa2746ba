"""Whose the counted are: `ISIS members`, `members of the Front`, `the group has 300 fighters`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from sayso.lexicons import load
from sayso.records.findings import EntityRef, Mention
from sayso.steps.extract.counted import listed
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.serving import had_by, named_beside, served, what_is_had, whose

_QUOTES = frozenset("\"“”„«»‘’'") | {"``", "''"}
_WHOLES = frozenset({"total", "minimum", "maximum"})
_OPENING = frozenset({"a", "total", "of", "about", "some", "around", "roughly", "approximately"})
_HOUSES = frozenset({"hold", "house", "shelter", "host", "accommodate", "contain"})
_ARMS = 12
"""Tokens behind those counted in which a clause may say that they are under arms."""
_RANKS = 12
"""Tokens between "ranks" and the verb that numbers them."""
_INSIDE_NUMBER = 4
"""Prepositions that a number may hold ("from 200 up to 300")."""
_OF = frozenset({"of", "from", "by", "loyal", "belonging", "in", "within", "with", "for"})


@dataclass(frozen=True)
class Owner:
    """Who has those that are counted, and how the text says so."""

    ref: EntityRef | None
    armed: bool
    """An armed group, or a word for one."""
    civil: bool
    """A council, channel, club or the like."""
    frame: bool
    """The sentence gives a strength (`has`, `there are`, `with`, `number of`)."""
    there_is: bool
    stated: bool
    """Named with the number itself, not taken from the sentence's subject."""
    confidence: float
    figure: int | None = None
    """The noun in between, where that is had ("the force that the Front has in Velm")."""


@dataclass(frozen=True)
class _Holding:
    """A noun that owns, as the tree gives it."""

    token: int | None
    frame: bool
    there_is: bool = False
    under_arms: bool = False
    figure: int | None = None


def owner_of(scene: Scene, first: int, noun: int) -> Owner:
    """The owner of what token `noun` counts; the number begins at token `first`."""
    holding = _holding(scene, first, noun)
    if _under_arms(scene, noun):
        holding = replace(holding, frame=True, under_arms=True)
    elif holding.frame and _armed(scene, noun):
        holding = replace(holding, under_arms=True)
    named = scene.name_in(min(first, noun), noun + 1) or _named_after(scene, noun)
    if named is not None:
        ref = EntityRef(named.entity, named.span, named.quote)
        return _judged(scene, holding, ref, named, stated=True)
    token = _possessor(scene, first, noun)
    if token is None:
        token = _of(scene, noun)
    if token is not None and scene.parse.tags[token] == "WP$":
        token = _described(scene, noun)
    if token is None:
        token = served(scene, noun) or had_by(scene, noun)
        holding = holding if token is None else replace(holding, frame=True, figure=noun)
    if token is None:
        token = holding.token
    if token is None:
        token = named_beside(scene, noun)
    if token is None and not holding.there_is:
        token = _verb_beside(scene, first)
        holding = holding if token is None else replace(holding, token=token, frame=True)
    if token is not None:
        token = _body_behind(scene, token)
        mention = scene.mention_at(token) or scene.name_before(token)
        ref = scene.ref(token)
        return _judged(scene, holding, ref, mention, stated=True, token=token)
    inherited = _clause_subject(scene, noun)
    if inherited is not None:
        ref = EntityRef(inherited.entity, inherited.span, inherited.quote)
        return _judged(scene, holding, ref, inherited, stated=False)
    return _judged(scene, holding, None, None, stated=False)


def _body_behind(scene: Scene, token: int) -> int:
    """The group whose contingent, ranks or strength has them, where that goes by no name."""
    parse = scene.parse
    sorts = ("bodies", "strengths", "figures", "camps")
    bodies = frozenset().union(*(listed("frames", sort) for sort in sorts))
    if scene.mention_at(token) is not None or parse.lemmas[token].lower() not in bodies:
        return token
    owner = whose(scene, token)
    named = owner is not None and scene.kind_at(owner) in {"armed_group", "organisation"}
    return owner if owner is not None and named else token


def _under_arms(scene: Scene, noun: int) -> bool:
    """`900 men under arms`, `the men that the Front has under arms`."""
    parse = scene.parse
    last = min(parse.extents[noun][1], noun + _ARMS)
    return ("under", "arms") in pairwise(word.lower() for word in parse.words[noun:last])


def _armed(scene: Scene, noun: int) -> bool:
    parse = scene.parse
    return any(parse.words[kid].lower() == "armed" for kid in parse.children[noun])


def _judged(
    scene: Scene,
    holding: _Holding,
    ref: EntityRef | None,
    mention: Mention | None,
    *,
    stated: bool,
    token: int | None = None,
) -> Owner:
    kind = scene.entities.entity_of(mention).kind if mention is not None else None
    words = (ref.quote if ref is not None else "").lower().replace("-", " ").split()
    if token is not None:
        first, last = scene.noun_phrase(token)
        words += [scene.parse.lemmas[index].lower() for index in range(first, last)]
        words += _meant(scene, token)
    civil = bool(set(words) & listed("words", "civil")) or kind in {"outlet", "document", "state"}
    by_word = bool(words) and bool(
        set(words)
        & (listed("words", "armed") | listed("words", "militant") | listed("frames", "under_arms"))
    )
    pronoun = token is not None and scene.parse.tags[token] in {"PRP", "PRP$"}
    armed = kind == "armed_group" or (
        not civil and (kind in {"organisation", "people"} or by_word or pronoun)
    )
    known = ref is not None and (ref.entity is not None or by_word)
    # A description that names no entity ("the force") tells who only in its own words.
    return Owner(
        ref=ref if known or (ref is not None and stated and not civil) else None,
        armed=holding.under_arms or (armed and (not civil or kind == "armed_group")),
        civil=civil and kind != "armed_group" and not holding.under_arms,
        frame=holding.frame,
        there_is=holding.there_is,
        stated=stated,
        figure=holding.figure,
        confidence=0.9 if ref is not None and ref.entity and stated else 0.7,
    )


def _meant(scene: Scene, pronoun: int) -> list[str]:
    """The noun that "its" and "their" most likely stand for, if it is one of a civil body: the
    first subject of the sentence ("the party put the number of its members at 300")."""
    parse = scene.parse
    if parse.tags[pronoun] != "PRP$":
        return []
    first = parse.sentences[parse.sentence_of[pronoun]][0]
    subject = next(
        (i for i in range(first, pronoun) if parse.deps[i] in {"nsubj", "nsubjpass"}), None
    )
    lemma = parse.lemmas[subject].lower() if subject is not None else ""
    return [lemma] if lemma in listed("words", "civil") else []


def _named_after(scene: Scene, noun: int) -> Mention | None:
    """`members of the Karsk Front`, `fighters from the Front`."""
    token = _of(scene, noun)
    if token is None:
        return None
    mention = scene.mention_at(token)
    if mention is None:
        return scene.name_before(token)
    kind = scene.entities.entity_of(mention).kind
    return mention if kind in {"armed_group", "organisation", "people"} else None


def _of(scene: Scene, noun: int) -> int | None:
    parse = scene.parse
    if parse.deps[noun] == "npadvmod" and parse.lemmas[parse.heads[noun]].lower() == "loyal":
        return scene.object_of(parse.heads[noun], ("to",))  # "men loyal to the Front are in Velm"
    for kid in parse.children[noun]:
        word = parse.words[kid].lower()
        if kid < noun or word not in _OF:
            continue
        if parse.deps[kid] == "prep":
            found = scene.child(kid, "pobj")
            if found is None or scene.parse.pos[found] == "NUM":
                continue
            if word in {"of", "from", "by"} and not _is_place(scene, found):
                return found
            if word in {"in", "within"} and scene.kind_at(found) == "armed_group":
                return found
        elif parse.deps[kid] in {"acl", "amod"} or word in {"loyal", "belonging"}:
            found = scene.object_of(kid, ("to",))
            if found is not None:
                return found
    return None


def _described(scene: Scene, noun: int) -> int | None:
    """Of "the Front, whose fighters number 300": the Front."""
    parse = scene.parse
    if parse.deps[noun] == "appos":
        return parse.heads[noun]
    for token in scene.climb(noun):
        if parse.deps[token] == "relcl":
            return parse.heads[token]
    return None


def _verb_beside(scene: Scene, first: int) -> int | None:
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


def _is_place(scene: Scene, token: int) -> bool:
    return scene.kind_at(token) in {"place", "state"}


def _possessor(scene: Scene, first: int, noun: int) -> int | None:
    """`the group's 3,000 fighters`, `their 300 men`."""
    kid = scene.child(noun, "poss")
    return kid if kid is not None and kid <= max(first, noun) else None


def _holding(scene: Scene, first: int, noun: int) -> _Holding:
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
            return _Holding(had_by(scene, over) or had_by(scene, noun), True)
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
        return _Holding(_holder(scene, head), True, under_arms=lemma in listed("frames", "arrays"))
    if dep == "dobj" and lemma in _HOUSES and (camp := _camp(scene, head)) is not None:
        return _Holding(camp, True)
    if dep == "dobj" and _fields(scene, head):
        return _Holding(_holder(scene, head), True, under_arms=True)
    if dep == "attr" and (owner := what_is_had(scene, head)) is not None:
        return _Holding(owner, True)
    if dep == "attr" and _strong(scene, top):
        return _Holding(scene.subject_of(head), True)  # "the Front is 900 fighters strong"
    if dep == "pobj" and (subject := _come_down(scene, head)) is not None:
        return _Holding(subject, True)
    if dep == "pobj" and _owns_with(scene, parse.heads[head], parse.words[head].lower()):
        return _Holding(_holder(scene, parse.heads[head]), True)
    if dep in {"attr", "nsubj"} and lemma == "be" and scene.child(head, "expl") is not None:
        return _Holding(None, True, there_is=True)
    if dep == "pobj" and parse.words[head].lower() == "with":
        if parse.heads[head] < head:
            return _with(scene, parse.heads[head], head)
        return _Holding(_after_comma(scene, noun, parse.heads[head]), True)
    if (
        dep == "pobj"
        and parse.words[head].lower() == "of"
        and (verb := _made_up(scene, parse.heads[head])) is not None
    ):
        whole = scene.subject_of(verb)
        owner = had_by(scene, whole) if whole is not None else None
        return _Holding(whole if owner is None else owner, True, figure=owner and whole)
    return _figure_of(scene, dep, head)


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


def _of_body(scene: Scene, body: int) -> _Holding:
    """`a force of 3,000`: the force, or who has it where it goes by no name: "the Front keeps a
    force of 3,000"."""
    parse = scene.parse
    verb = parse.heads[body]
    whose = served(scene, body)
    if whose is not None:  # "an army of 900 men stands behind the Front"
        armed = parse.lemmas[body].lower() in listed("frames", "under_arms")
        return _Holding(whose, True, under_arms=armed)
    if parse.deps[body] != "dobj" or scene.mention_at(body) or scene.name_before(body):
        return _Holding(body, True)
    if scene.child(body, "poss") is not None or parse.lemmas[verb].lower() not in (
        listed("frames", "owns")
    ):
        return _Holding(body, True)
    holder = _holder(scene, verb)
    named = holder is not None and scene.mention_at(holder) is not None
    return _Holding(holder if named else body, True)


def _after_comma(scene: Scene, noun: int, verb: int) -> int | None:
    """`with 900 fighters in Velm, the Front is ...`: the subject behind the comma."""
    subject = scene.subject_of(verb)
    if subject is None or subject < noun:
        return None
    first = scene.parse.extents[subject][0]
    behind = first > 0 and scene.parse.words[first - 1] == ","
    return subject if behind and scene.mention_at(subject) is not None else None


def _figure_of(scene: Scene, dep: str, head: int) -> _Holding:
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
        return _Holding(whose(scene, verb), True) if at else _Holding(None, False)
    if dep not in {"pobj", "attr", "dobj"} or parse.lemmas[verb].lower() not in (
        listed("frames", "states")
    ):
        return _Holding(None, False)
    body = scene.child(verb, "nsubj")
    if dep == "pobj" and body is not None and _grows(scene, verb, body):
        return _Holding(body, True)
    subject = scene.child(verb, "nsubj", "nsubjpass")
    if subject is None:
        subject = _figure_before(scene, verb)
    for noun in (subject, scene.child(verb, "dobj")):
        if noun is not None and parse.lemmas[noun].lower() in figures:
            return _Holding(whose(scene, noun), True)
    body = scene.child(verb, "dobj")
    put = dep == "pobj" and parse.lemmas[verb].lower() in listed("frames", "puts")
    if put and body is not None and scene.kind_at(body) in {"armed_group", "organisation"}:
        return _Holding(body, True)  # "we estimate the Front at 900 men"
    return _Holding(None, False)


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


def _with(scene: Scene, over: int, preposition: int) -> _Holding:
    """`X, with nearly 6,000 fighters`; `the largest is X, with ...`."""
    parse = scene.parse
    before = preposition - 1
    while before > 0 and parse.pos[before] == "PUNCT" and preposition - before < 4:
        before -= 1
    if before >= 0 and scene.kind_at(before) not in {None, "place"}:
        return _Holding(before, True)  # not "is in Velm with 900 men"
    if parse.pos[over] in {"NOUN", "PROPN", "PRON"}:
        return _Holding(over, True)
    for dep in ("attr", "nsubj", "nsubjpass"):
        token = scene.child(over, dep)
        if token is not None and (scene.mention_at(token) or scene.name_before(token)):
            return _Holding(token, True)
    return _Holding(
        scene.subject_of(over), parse.lemmas[over].lower() in {"be", "remain", "operate", "emerge"}
    )


def _clause_subject(scene: Scene, noun: int) -> Mention | None:
    """The armed group that is the subject of the clause around: of "the group holds the north,
    where 2,000 militants ...", the group."""
    parse = scene.parse
    for token in scene.climb(noun):
        if token == noun or parse.pos[token] not in {"VERB", "AUX"}:
            continue
        subject = scene.child(token, "nsubj", "nsubjpass")
        if subject is None or subject == noun:
            continue
        mention = scene.mention_at(subject) or scene.name_before(subject)
        if mention is not None and scene.entities.entity_of(mention).kind == "armed_group":
            return mention
    return None
