"""Who is said to answer for an attack in words that are no deed: "X was behind the attack", "the
attack was the work of X", "blamed X for the attack", "X had no part in the attack".

Read from the tree, from the noun that names the attack upwards; the words stand in `attacks.toml`.
Denials that stand over the attack in the tree are left to its stance; `cleared` tells of the
others.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.lexicons import words as lexicon
from sayso.steps.extract.answerable_ends import (
    Answerable,
    answering,
    belonging,
    has_to_do,
    lemma_at,
    nothing_to_do,
)
from sayso.steps.extract.blame_laid import (
    identified_as,
    laid_on,
    led_to,
    named_as,
    order_came,
    ordered_by,
    other_than,
    said_of_it,
)
from sayso.steps.extract.clefts import but_for, not_but, subject_told
from sayso.steps.extract.scenes import Scene

_VERBS = frozenset({"VERB", "AUX"})
_QUESTIONS = frozenset({"WP", "WDT", "WP$"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ACCUSING = frozenset({"of", "for"})


def answerable(scene: Scene, attack: int) -> Answerable | None:
    """Who is said to answer for the attack that token `attack` names or means; None for nobody."""
    for found in _found(scene, attack):
        if scene.parse.tags[found.doer] in _QUESTIONS or found.doer == attack:
            continue
        return found
    return None


def asked_about(scene: Scene, attack: int) -> bool:
    """Whether it is asked who answers for the attack: `who carried out the attack`."""
    return any(scene.parse.tags[found.doer] in _QUESTIONS for found in _found(scene, attack))


def _found(scene: Scene, attack: int) -> Iterator[Answerable]:
    parse = scene.parse
    dep, head = parse.deps[attack], parse.heads[attack]
    if dep == "dobj" and parse.pos[head] in _VERBS:
        yield from _done(scene, head)
        yield from _laid(scene, head)
        yield from _if_told(named_as(scene, head, attack))
    elif dep in _SUBJECTS:
        yield from _subject(scene, head)
    elif dep == "pobj":
        yield from _under(scene, parse.words[head].lower(), head)
        yield from _if_told(laid_on(scene, head, attack))
        own = said_of_it(scene, head)
        if own is not None:
            yield Answerable(*own)
    for kid in parse.children[attack]:  # "the attack, blamed on X,", "the attack that X staged"
        if parse.deps[kid] == "acl" and parse.tags[kid] == "VBN":
            yield from _laid(scene, kid)
        elif parse.deps[kid] == "relcl" and lemma_at(scene, kid) == "be":
            yield from _of_which(scene, kid)
        elif parse.deps[kid] == "relcl" and lemma_at(scene, kid) in answering("does") | answering(
            "owns_up"
        ):
            if scene.child(kid, "nsubjpass") is not None:  # "which was claimed by X"
                yield from _if_told(scene.object_of(kid, ("by",)))
            relative = scene.child(kid, "dobj")
            subject = scene.child(kid, "nsubj")
            if subject is not None and relative is not None and relative < subject:
                yield Answerable(subject)


def _of_which(scene: Scene, verb: int) -> Iterator[Answerable]:
    """`the attack, for which X is responsible,`."""
    word = scene.child(verb, "acomp")
    if word is None or lemma_at(scene, word) not in answering("adjectives"):
        return
    which = scene.object_of(word, ("for", "in")) or scene.object_of(verb, ("for", "in"))
    if which is not None and scene.parse.tags[which] in {"WDT", "WP"}:
        yield from _whom(scene, verb)


def _if_told(doer: int | None) -> Iterator[Answerable]:
    if doer is not None:
        yield Answerable(doer)


def _done(scene: Scene, verb: int) -> Iterator[Answerable]:
    """`X carried out the attack`, `X admitted the attack`, `those who staged the attack belong to
    X`."""
    parse = scene.parse
    person = parse.heads[verb]
    if (
        parse.deps[verb] == "relcl"
        and parse.deps[person] in _SUBJECTS
        and lemma_at(scene, verb) in answering("does")
        and _is_person(scene, person)
    ):
        yield from belonging(scene, parse.heads[person])
    if lemma_at(scene, verb) in answering("does") | answering("owns_up"):
        yield from _whom(scene, verb)
    if lemma_at(scene, verb) in answering("disowns"):
        yield from (Answerable(found.doer, cleared=True) for found in _whom(scene, verb))


def _is_person(scene: Scene, token: int) -> bool:
    return (
        lemma_at(scene, token) in answering("persons")
        or scene.parse.words[token].lower() == "those"
    )


def _laid(scene: Scene, verb: int) -> Iterator[Answerable]:
    """`pinned the attack on X`, `the attack was attributed to X`."""
    if lemma_at(scene, verb) in answering("lays"):
        doer = scene.object_of(verb, ("on", "to"))
        thing = scene.child(verb, "dobj")
        if doer is None and thing is not None:  # the tree may hang "on X" on the attack
            doer = scene.object_of(thing, ("on",))
        if doer is not None:
            yield Answerable(doer, cleared=_is_wrong(scene, verb))


def _subject(scene: Scene, verb: int) -> Iterator[Answerable]:
    """`the attack was carried out by X`, `the attack was the work of X`."""
    if lemma_at(scene, verb) in answering("does") | answering("owns_up"):
        agent = scene.object_of(verb, ("by",))
        if agent is not None:
            other = other_than(scene, agent)
            yield Answerable(agent if other is None else other, cleared=other is not None)
        yield from _if_told(ordered_by(scene, verb))
    yield from _laid(scene, verb)
    yield from has_to_do(scene, verb)
    ours = scene.child(verb, "attr", "acomp")
    if ours is not None and scene.parse.words[ours].lower() == "ours":
        yield Answerable(ours)
    work = scene.child(verb, "attr")
    if work is not None and lemma_at(scene, work) in answering("works"):
        doer = scene.object_of(work, ("of",))
        doer = doer if doer is not None else scene.child(work, "poss")
        if doer is not None:
            yield Answerable(doer)


def _under(scene: Scene, preposition: str, at: int) -> Iterator[Answerable]:
    """The attack stands under a preposition: behind, for, in, of, with, to."""
    parse = scene.parse
    over = parse.heads[at]
    lemma = lemma_at(scene, over)
    if parse.deps[over] in _SUBJECTS and (
        lemma in answering("doers")
        or (preposition == "behind" and lemma in answering("persons") | answering("bodies"))
    ):
        yield from belonging(scene, parse.heads[over])
    yield from _if_told(order_came(scene, over))
    yield from _if_told(led_to(scene, over))
    if lemma in answering("doers") or (preposition == "behind" and lemma in answering("bodies")):
        yield from _if_told(identified_as(scene, over))
    if preposition == "behind" and lemma_at(scene, parse.heads[over]) in {"see", "suspect"}:
        yield from _if_told(over if parse.deps[over] == "dobj" else None)
    if preposition == "behind" and lemma == "see":
        yield from _if_told(scene.child(over, "dobj"))
    if preposition == "from" and lemma == "distance":
        yield from (Answerable(found.doer, cleared=True) for found in _whom(scene, over))
    if (
        lemma in answering("doers") and parse.deps[over] == "attr"
    ):  # "X is the author of the attack"
        yield from _whom(scene, parse.heads[over])
    if preposition == "behind" and parse.deps[over] == "attr" and lemma in {"force", "group"}:
        yield from _whom(scene, parse.heads[over])
    if preposition == "behind" and parse.pos[over] in _VERBS and lemma in {"be", "stand"}:
        yield from _whom(scene, over)
        inverted = scene.child(over, "dobj", "attr")  # "behind the attack stood X"
        if inverted is not None and at < over:
            yield Answerable(inverted)
    if lemma in answering("adjectives") and preposition in {"for", "of", "in"}:
        yield from _quality(scene, over)
    if lemma in answering("innocent") and preposition in {"of", "in"}:
        yield from (Answerable(found.doer, cleared=True) for found in _quality(scene, over))
    if preposition in {"for", "in", "with", "to"} and lemma in answering("shares"):
        yield from _share(scene, over)
    elif preposition in {"for", "in"} and lemma in answering("shares_by"):
        share = scene.child(over, "dobj", "nsubjpass")  # the tree hangs "in" on the verb at times
        if share is not None and lemma_at(scene, share) in answering("shares"):
            yield from _share(scene, share)
    if preposition in _ACCUSING and lemma in answering("blames"):
        yield from _accused(scene, over)
    if preposition in _ACCUSING and parse.deps[over] == "dobj":  # "of" may hang on whom it is of
        above = lemma_at(scene, parse.heads[over])
        if above in answering("clears") | answering("blames"):
            yield Answerable(over, cleared=above in answering("clears"))
    if preposition == "of" and lemma in answering("clears"):
        yield from (Answerable(found.doer, cleared=True) for found in _accused(scene, over))
    if preposition == "for" and lemma == "blame":
        yield from _to_blame(scene, over)
    if preposition == "to" and lemma in answering("owns_up"):
        yield from _whom(scene, over)
    if preposition == "with" and lemma == "do":
        yield from nothing_to_do(scene, over)


def _whom(scene: Scene, verb: int) -> Iterator[Answerable]:
    doer, cleared = _doer_of(scene, verb)
    if doer is not None:
        yield Answerable(doer, cleared)


def _doer_of(scene: Scene, verb: int) -> tuple[int | None, bool]:
    """The subject of a verb, also of "accused X of doing" and "it was X that did"; and whether it
    is said not to be it ("it was not X that did")."""
    parse = scene.parse
    dep, head = parse.deps[verb], parse.heads[verb]
    if dep == "pcomp" and parse.words[head].lower() in _ACCUSING:
        over = _accusing(scene, head)
        found = next(_accused(scene, over), None) if over is not None else None
        return (found.doer, found.cleared) if found is not None else (None, False)
    if dep == "pcomp":
        over = parse.heads[head]
        far = parse.words[over].lower() == "far" and parse.heads[over] != over
        return scene.subject_of(parse.heads[over] if far else over), False
    subject = subject_told(scene, verb)
    if subject is None:
        return None, False
    other = other_than(scene, subject)
    if other is not None:
        return other, True
    first = parse.extents[subject][0]
    if parse.deps[subject] in {"appos", "conj"} and "not" in (
        parse.words[first].lower(),
        parse.words[first - 1].lower() if first else "",
    ):
        return subject, True  # "it was smugglers, not X, who did it"
    left_out = not_but(scene, subject)
    if left_out is not None and scene.kind_at(subject) is None:
        return left_out, True
    instead = but_for(scene, subject)
    if instead is not None and scene.kind_at(subject) is None and _denied_as(scene, instead):
        return instead, True
    return subject, False


def _denied_as(scene: Scene, noun: int) -> bool:
    """`it was not X but Y`: whether X is said not to be it; "not" before X is read with it."""
    copula = scene.parse.heads[noun]
    return scene.child(copula, "neg") is not None and scene.child(noun, "neg") is None


def _accusing(scene: Scene, preposition: int) -> int | None:
    """The verb that a preposition of accusing hangs on: its head, or over the one who accuses
    ("accused by police of staging")."""
    parse = scene.parse
    over = parse.heads[preposition]
    if lemma_at(scene, over) in answering("blames"):
        return over
    if parse.deps[over] == "pobj" and parse.deps[parse.heads[over]] == "agent":
        over = parse.heads[parse.heads[over]]
        return over if lemma_at(scene, over) in answering("blames") else None
    return None


def _accused(scene: Scene, verb: int) -> Iterator[Answerable]:
    """`blamed X for`, `X was accused of`."""
    passive = scene.child(verb, "nsubjpass")
    doer = scene.antecedent(passive) if passive is not None else scene.direct_object(verb)
    if doer is None and scene.parse.deps[verb] == "acl":
        doer = scene.parse.heads[verb]
    if doer is not None:
        yield Answerable(doer, cleared=_is_wrong(scene, verb))


def _is_wrong(scene: Scene, verb: int) -> bool:
    """`wrongly blamed`, `blamed without reason`, `it is wrong to blame`, `blaming X was wrong`."""
    parse = scene.parse
    if any(parse.words[kid].lower() in answering("wrongly") for kid in parse.children[verb]):
        return True
    reason = scene.object_of(verb, ("without",))
    if reason is not None and lemma_at(scene, reason) in answering("reasons"):
        return True
    if parse.deps[verb] not in {"csubj", "xcomp", "ccomp", "nsubj"}:
        return False
    over, false = parse.heads[verb], lexicon("stances.toml", "reports_called_false")
    words = [over, *(k for k in parse.children[over] if parse.deps[k] in {"acomp", "attr"})]
    return any(parse.pos[k] == "ADJ" and parse.words[k].lower() in false for k in words)


def _quality(scene: Scene, word: int) -> Iterator[Answerable]:
    """`X is responsible for`, `held X responsible for`."""
    parse = scene.parse
    dep, head = parse.deps[word], parse.heads[word]
    if dep == "amod" and parse.deps[head] in _SUBJECTS and _is_person(scene, head):
        yield from belonging(scene, parse.heads[head])  # "those responsible for it are of X"
    elif (
        dep == "amod"
        and parse.deps[head] == "dobj"
        and lemma_at(scene, parse.heads[head]) == "hold"
    ):
        yield Answerable(head)
    elif scene.child(word, "nsubj", "nsubjpass") is not None:
        # "X was involved in"; or "held X responsible", a small clause.
        yield from _whom(scene, word)
    elif dep in {"acomp", "attr"}:
        yield from _whom(scene, head)
    elif dep in {"amod", "relcl", "acl"} and parse.words[head].lower() == "way":
        yield from _whom(scene, parse.heads[parse.heads[head]])  # "is in no way involved in"
    elif dep in {"oprd", "ccomp", "xcomp", "conj"}:
        held = scene.direct_object(head) if lemma_at(scene, head) == "hold" else None
        subject = held if held is not None else scene.subject_of(head)
        if subject is not None:
            yield Answerable(subject)
    elif dep in {"ROOT", "relcl"}:
        yield from _whom(scene, word)


def _share(scene: Scene, noun: int) -> Iterator[Answerable]:
    """`X had a hand in`, `denied X's role in`, `responsibility for it was claimed by X`."""
    parse = scene.parse
    owner = scene.child(noun, "poss")
    if owner is None:
        owner = scene.object_of(noun, ("of", "by"))
    if owner is None:
        compound = scene.child(noun, "compound", "nmod")
        owner = compound if compound is not None and scene.mention_at(compound) else None
    if owner is not None:
        if parse.tags[owner] != "PRP$":
            yield Answerable(owner)
        return
    over = parse.heads[parse.heads[noun]]
    if (
        parse.deps[noun] == "pobj"
        and lemma_at(scene, over) == "claim"
        and parse.pos[over] == "NOUN"
    ):
        made = parse.heads[over]  # "a claim of responsibility for it came from X"
        source = ("from",) if lemma_at(scene, made) == "come" else ("by",)
        yield from _if_told(scene.object_of(made, source))
        return
    if parse.deps[noun] == "pobj" and lemma_at(scene, over) in answering("clears") | answering(
        "blames"
    ):
        cleared = lemma_at(scene, over) in answering("clears")
        yield from (Answerable(found.doer, cleared=cleared) for found in _accused(scene, over))
        return
    dep, verb = parse.deps[noun], parse.heads[noun]
    if dep == "nsubj" and lemma_at(scene, verb) in {"lie", "rest", "fall"}:
        doer = scene.object_of(verb, ("with", "on", "upon"))
        if doer is not None:
            yield Answerable(doer)
        return
    if lemma_at(scene, verb) not in answering("shares_by"):
        return
    if dep == "nsubjpass":
        agent = scene.object_of(verb, ("by",))
        if agent is not None:
            yield Answerable(agent)
    elif dep == "dobj":
        yield from _whom(scene, verb)


def _to_blame(scene: Scene, word: int) -> Iterator[Answerable]:
    """`X is to blame for the attack`."""
    parse = scene.parse
    to = any(parse.words[kid].lower() == "to" for kid in parse.children[word])
    if to and parse.deps[word] == "xcomp" and parse.lemmas[parse.heads[word]].lower() == "be":
        yield from _whom(scene, parse.heads[word])
