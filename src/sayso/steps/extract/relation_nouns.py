"""Relations that a noun tells: "X is a branch of Y", "Y leader X", "X, an ally of Y"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.records.findings import EntityRef
from sayso.steps.extract.negation import called_false, no_such
from sayso.steps.extract.relation_ends import (
    Entry,
    Relation,
    copulas,
    frames,
    hull,
    is_party,
    listing,
    related,
)
from sayso.steps.extract.scenes import Scene

_STEPS = 8
_HYPHENS = frozenset("-‐‑–")


def by_noun(scene: Scene, noun: int) -> Iterator[Relation]:
    """The relations that a noun tells: those of the first frame that fits."""
    for entry in frames("noun").get(scene.parse.lemmas[noun].lower(), ()):
        found = list(_by_frame(scene, noun, entry))
        if found:
            yield from found
            return


def _by_frame(scene: Scene, noun: int, entry: Entry) -> Iterator[Relation]:
    parse = scene.parse
    if entry.get("between"):
        yield from _between(scene, noun, entry)
        return
    if entry.get("at"):
        yield from _at(scene, noun, entry)
        return
    if entry.get("owned"):
        yield from _owned(scene, noun, entry)
        return
    if parse.deps[noun] in {"attr", "oprd"} and entry.get("plural"):
        yield from _plural(scene, noun, entry)
        return
    wanted = entry.get("described")
    if wanted and not any(parse.lemmas[kid].lower() in wanted for kid in parse.children[noun]):
        return
    other = _of_whom(scene, noun, entry)
    if other is None:
        return
    subject, granted = _bearer(scene, noun)
    for found in related(scene, noun, entry, subject, other, granted=granted):
        yield _ended(found) if _is_former(scene, noun) else found


def _is_former(scene: Scene, noun: int) -> bool:
    """`a former branch of`, `ex-leader`: it was so once."""
    parse = scene.parse
    return any(
        parse.words[kid].lower() in {"former", "ex", "erstwhile", "onetime", "one-time"}
        for kid in parse.children[noun]
    )


def _of_whom(scene: Scene, noun: int, entry: Entry) -> int | None:
    """`leader of Y`, `Y's leader`, `Y leader`."""
    other = scene.object_of(noun, entry["prep"])
    of_what = scene.object_of(noun, ("of",))
    if of_what is not None and "to" in entry["prep"] and scene.mention_at(of_what) is None:
        inner = scene.object_of(of_what, ("to", "for"))  # "a supplier of arms to Y"
        other = inner if inner is not None else other
    if other is None and entry.get("possessed"):
        return scene.child(noun, "poss")
    if other is not None or not entry.get("compound"):
        return other
    owner = scene.child(noun, "poss")
    if owner is not None:
        # "Tarvia's spy chief" leads its spies only.
        return owner if scene.child(noun, "compound", "amod") is None else None
    before = scene.mention_at(noun - 1) if noun else None
    return noun - 1 if before is not None else None


def _bearer(scene: Scene, noun: int) -> tuple[int | None, bool]:
    """Of whom a noun is said, and whether only in passing."""
    parse = scene.parse
    dep, head = parse.deps[noun], parse.heads[noun]
    one = parse.heads[head]
    if dep == "pobj" and parse.words[head].lower() == "of" and parse.words[one].lower() == "one":
        noun, dep, head = one, parse.deps[one], parse.heads[one]  # "is one of the backers of"
    if dep == "pobj" and parse.words[head].lower() == "but" and parse.deps[one] == "attr":
        noun, dep, head = one, parse.deps[one], parse.heads[one]  # "is anything but a backer of"
    if dep == "pobj" and parse.words[head].lower() in {"among", "amongst"}:
        return (scene.subject_of(one) if parse.lemmas[one].lower() in copulas() else None), False
    if dep == "nsubj" and parse.lemmas[head].lower() == "be":  # "the backer of Y is X"
        named = scene.child(head, "attr", "acomp", "advmod")
        told = named is not None and named > noun and scene.mention_at(named) is not None
        return (named if told else None), False
    if dep in {"nsubj", "nsubjpass"} and (apart := _apposed_before(scene, noun)) is not None:
        return apart, True
    if dep in {"attr", "oprd"} or _is_second_object(scene, noun):
        fits = parse.lemmas[head].lower() in copulas() or dep != "attr"
        return (_said_to_be(scene, head, noun) if fits else None), False
    if dep == "pobj" and parse.words[head].lower() == "as":
        return _said_to_be(scene, parse.heads[head], noun), False
    apposed = scene.child(noun, "appos")
    if apposed is not None:
        return apposed, True
    if dep == "appos":
        return head, True
    if noun + 1 < len(parse) and scene.kind_at(noun + 1) == "person" and dep != "pobj":
        return noun + 1, True
    return None, False


def _apposed_before(scene: Scene, noun: int) -> int | None:
    """`Tarvia, the backer of Y, met ...`, of which the tree takes the noun for the subject."""
    parse = scene.parse
    first, last = parse.extents[noun]
    comma = first - 1
    behind = last if last < len(parse) else last - 1
    commas = (
        comma > 0
        and parse.words[comma] == ","
        and ","
        in (
            parse.words[behind],
            parse.words[last - 1],
        )
    )
    phrase = parse.pos[first] in {"DET", "ADJ", "NOUN", "PROPN"}  # not ", among them the members"
    return comma - 1 if commas and phrase and scene.mention_at(comma - 1) is not None else None


def _is_second_object(scene: Scene, noun: int) -> bool:
    """`called Tarvia the backer of Y`, which the tree takes for two objects."""
    parse = scene.parse
    verb = parse.heads[noun]
    if parse.deps[noun] != "dobj" or parse.lemmas[verb].lower() not in listing("naming"):
        return False
    first = scene.child(verb, "dobj")
    return first is not None and first < noun


def _said_to_be(scene: Scene, verb: int, noun: int) -> int | None:
    """Of whom a verb says that it is a noun: of "called X the backer" X, of "X was called", "X
    serves as" the subject."""
    parse = scene.parse
    named = scene.child(verb, "dobj", "nsubjpass")
    if named is None and parse.pos[verb] == "VERB":
        named = next(
            (k for k in parse.children[verb] if k < noun and parse.deps[k] == "oprd"), None
        )
    return named if named is not None and named < noun else scene.subject_of(verb)


def _at(scene: Scene, noun: int, entry: Entry) -> Iterator[Relation]:
    """`is at war with`."""
    parse = scene.parse
    head = parse.heads[noun]
    if parse.deps[noun] == "pobj" and parse.words[head].lower() == entry["at"]:
        other = scene.object_of(noun, entry["prep"])
        if other is None:
            other = scene.object_of(parse.heads[head], entry["prep"])
        if other is None and entry.get("possessed"):
            other = scene.child(noun, "poss", "amod", "compound")
        granted = bool(entry.get("granted"))
        subject = scene.subject_of(parse.heads[head])
        yield from related(scene, noun, entry, subject, other, granted=granted)


def _owned(scene: Scene, noun: int, entry: Entry) -> Iterator[Relation]:
    """`Tarvia's support for Y`: over where the verb says that it ended."""
    owner = scene.child(noun, "poss")
    if owner is None and entry.get("done_by"):
        owner = scene.object_of(noun, ("by",))
        if owner is None:
            adjective = scene.child(noun, "amod", "compound")
            country = adjective is not None and scene.own_country(adjective) is not None
            owner = adjective if country else None
    if owner is not None and scene.parse.tags[owner] == "PRP$":
        condemned = _condemned(scene, noun)
        owner = condemned if condemned is not None else _own(scene, noun)
    other = scene.object_of(noun, entry["prep"])
    verb = scene.parse.heads[noun]
    if owner is None and scene.parse.deps[noun] == "dobj" and _denies(scene, verb):
        yield from related(scene, noun, entry, scene.subject_of(verb), other)
        return
    if owner is None and (denier := _denier(scene, noun)) is not None:
        yield from related(scene, noun, entry, denier, other)
        return
    told = not _is_unreal(scene, noun)
    for found in related(scene, noun, entry, owner, other, granted=told):
        yield _ended(found) if is_over(scene, noun) else found


def _own(scene: Scene, noun: int) -> int | None:
    """`Tarvia makes no secret of its support for Y`: the state that the sentence is about."""
    parse = scene.parse
    token = noun
    for _ in range(_STEPS):
        if parse.pos[token] in {"VERB", "AUX"} or parse.heads[token] == token:
            break
        token = parse.heads[token]
    if parse.pos[token] not in {"VERB", "AUX"} or parse.tags[token] == "VB":
        return None  # "called on Tarvia to end its support"
    subject = scene.subject_of(token)
    told = subject is not None and subject < noun and scene.kind_at(subject) == "state"
    return subject if told else None


def _denier(scene: Scene, noun: int) -> int | None:
    """`Tarvia dismissed allegations of support for Y`: who denies what is alleged of himself."""
    parse = scene.parse
    report = parse.heads[parse.heads[noun]]
    if parse.deps[noun] != "pobj" or parse.lemmas[report].lower() not in listing("reports"):
        return None
    verb = parse.heads[report]
    if parse.deps[report] != "dobj":
        return None
    return scene.subject_of(verb) if _denies(scene, verb) or _rejects(scene, verb) else None


def _rejects(scene: Scene, verb: int) -> bool:
    return scene.parse.lemmas[verb].lower() in {"reject", "dismiss", "rebut", "rebuff"}


def _is_unreal(scene: Scene, noun: int) -> bool:
    """`Tarvia's support for Y does not exist`, `... is a myth`: the sentence itself is about
    whether there is any."""
    parse = scene.parse
    dep, verb = parse.deps[noun], parse.heads[noun]
    if dep == "attr":
        return scene.child(verb, "expl") is not None  # "there is no support"
    token = noun
    while parse.deps[token] in {"pobj", "prep"}:  # "no question of their support"
        token = parse.heads[token]
        if parse.lemmas[token].lower() in listing("reports") or (
            parse.pos[token] in {"NOUN", "PRON"}
            and parse.lemmas[token].lower() != "secret"
            and no_such(parse, token)
        ):
            return True  # "reports of their support"
    if dep == "dobj":
        return _denies(scene, verb)
    if dep not in {"nsubj", "nsubjpass"}:
        return False
    return parse.lemmas[verb].lower() == "exist" or called_false(parse, verb, noun)


def _denies(scene: Scene, verb: int) -> bool:
    """`denied any support for Y`: what one denies so is one's own."""
    return scene.parse.lemmas[verb].lower() in {"deny", "disclaim", "disavow", "dispute", "refute"}


def _condemned(scene: Scene, noun: int) -> int | None:
    """`condemned Tarvia for its support of Y`: whom the verb is said of."""
    parse = scene.parse
    preposition = parse.heads[noun]
    if parse.deps[noun] != "pobj" or parse.words[preposition].lower() not in {"for", "over"}:
        return None
    verb = parse.heads[preposition]
    if parse.pos[verb] != "VERB":
        return None
    passive = scene.child(verb, "nsubjpass")
    return passive if passive is not None else scene.direct_object(verb)


def _between(scene: Scene, noun: int, entry: Entry) -> Iterator[Relation]:
    """`the alliance between X and Y`."""
    one = scene.object_of(noun, ("between",))
    two = scene.child(one, "conj") if one is not None else None
    for found in list(related(scene, noun, entry, one, two, granted=True))[-1:]:
        yield _ended(found) if is_over(scene, noun) else found


def _plural(scene: Scene, noun: int, entry: Entry) -> Iterator[Relation]:
    """`X and Y are allies`."""
    subject = scene.subject_of(scene.parse.heads[noun])
    two = scene.child(subject, "conj") if subject is not None else None
    yield from list(related(scene, noun, entry, subject, two))[:1]


def is_over(scene: Scene, noun: int) -> bool:
    """Whether the verb of a noun says that it has ended: "their alliance collapsed"."""
    parse = scene.parse
    verb = parse.heads[noun]
    if parse.deps[noun] == "nsubj" and scene.child(verb, "dobj") is not None:
        return False  # "their support for Y did not stop the army"
    if any(parse.tags[kid] in {"MD", "TO"} for kid in parse.children[verb]):
        return False  # "must end": it has not
    end = scene.object_of(verb, ("to",))
    if parse.lemmas[verb].lower() == "come" and end is not None:
        return parse.deps[noun] == "nsubj" and parse.lemmas[end].lower() in {"end", "halt", "close"}
    past = scene.child(verb, "attr")
    if past is not None and parse.deps[noun] == "nsubj":  # "is a thing of the past"
        return parse.lemmas[past].lower() in {"history", "past"} or (
            parse.lemmas[past].lower() == "thing"
            and "past" in [parse.words[i].lower() for i in range(*parse.extents[past])]
        )
    return parse.deps[noun] in {"nsubj", "nsubjpass", "dobj"} and (
        parse.lemmas[verb].lower() in listing("ending")
    )


def _ended(found: Relation) -> Relation:
    return replace(found, ended=True)


def by_hyphen(scene: Scene, word: int) -> Iterator[Relation]:
    """`Tarvian-backed Karsk Front`, `Ember-linked group`: a participle tied to a name."""
    parse = scene.parse
    entry = next(iter(frames("hyphen").get(parse.words[word].lower(), ())), None)
    if entry is None or word < 2 or parse.words[word - 1] not in _HYPHENS:
        return
    before, head = word - 2, parse.heads[word]
    if head <= word or not is_party(scene, head) or not parse.words[before][:1].isupper():
        return
    mention = scene.mention_at(before)
    words = scene.words(before, before + 1)
    other = (
        EntityRef(mention.entity, mention.span, mention.quote)
        if mention is not None
        else EntityRef(scene.state_meant(before), words.span, words.quote)
    )
    ref = scene.ref(head)
    if ref.entity is None or ref.entity == other.entity or ref.span.overlaps(other.span):
        return
    ends = (other, ref) if entry.get("swap") else (ref, other)
    yield Relation(
        word,
        hull(scene, word, ref.span, other.span),
        ends[0],
        entry["relation"],
        ends[1],
        taken_for_granted=True,
    )
