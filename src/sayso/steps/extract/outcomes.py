"""What befell those who are counted: `were killed or captured`, `killed 12 people`, `12 dead`."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.steps.extract.befalling import befallen, takes_lives
from sayso.steps.extract.counted import listed, outcome_nouns, outcome_words
from sayso.steps.extract.scenes import Scene

_KNOWN = frozenset({"know", "find", "report", "confirm", "say", "believe", "think"})
_INVARIANT = frozenset({"VBN", "VBD", "VB", "VBG", "VBP", "VBZ", "JJ"})
_NEAR = 6
"""Tokens, all but the last adverbs, between a verb and the number that is its object."""
_JOINED = 8
"""Tokens in which "dead" may follow people and those joined to them."""
_RELATIVE = frozenset({"that", "which", "who", "whom"})
_OPENS = frozenset({"anything", "anywhere", "somewhere"})


def outcome_of(scene: Scene, noun: int, first: int | None = None) -> tuple[str, list[int]] | None:
    """The measure ("killed or captured") of the people that token `noun` names, and the tokens
    that say so; None where nothing befell them. Their number begins at token `first`, if given."""
    parse = scene.parse
    if first is not None and (placed := _beyond_number(scene, first, noun)) is not None:
        found = _of_place(scene, *placed)
        if found is not None:
            taken = found[0] == "captured" and _is_wanted(scene, noun)
            return ("detained", found[1]) if taken else found
    for verb in _verbs_over(scene, noun):
        named = outcome_words().get(parse.lemmas[verb].lower())
        if named is not None and named[0] == "captured" and _is_wanted(scene, noun):
            return "detained", [verb]
        if named is not None:
            return _with_joined(scene, verb, named[0])
    more = befallen(scene, noun)
    if more is not None:
        return more[0], [more[1]]
    before = _participle_before(scene, noun)
    if before is not None:
        return before[0], [before[1]]
    after = _adjective_after(scene, noun)
    if after is not None:
        lemma, word = parse.lemmas[after].lower(), parse.words[after].lower()
        return (outcome_words().get(lemma) or outcome_words()[word])[0], [after]
    head = parse.heads[noun]
    if parse.deps[noun] == "pobj" and parse.words[head].lower() == "of":
        governor = parse.heads[head]
        lost = parse.lemmas[governor].lower() == "loss" and parse.lemmas[noun].lower() == "life"
        name = "killed" if lost else outcome_nouns().get(parse.lemmas[governor].lower())
        if name is not None:
            return name, [governor]
    return None


def _is_wanted(scene: Scene, noun: int) -> bool:
    """`captured 12 suspects`: those whom the police seek are detained."""
    return scene.parse.lemmas[noun].lower() in listed("frames", "wanted")


def _beyond_number(scene: Scene, first: int, noun: int) -> tuple[str, int] | None:
    """Label and head of the counted where the words of their number stand between: in "the lives
    of [at most 70] people" the tree hangs the people on "at". None where nothing does."""
    parse = scene.parse
    top = noun
    while first <= parse.heads[top] < noun and parse.heads[top] != top:
        top = parse.heads[top]
    if top == noun or top == parse.heads[top]:
        return None
    dep, head = parse.deps[top], parse.heads[top]
    if first and parse.words[first - 1].lower() == "of":
        return "pobj", first - 1
    if dep != "prep":
        return dep, head
    if head > noun:
        passive = scene.child(head, "auxpass") is not None
        return ("nsubjpass" if passive else "nsubj"), head
    return ("dobj", head) if parse.pos[head] == "VERB" and first - head <= 2 else None


def _of_place(scene: Scene, dep: str, head: int) -> tuple[str, list[int]] | None:
    """The outcome that stands over a place in the tree: the object of a verb or what is "of"."""
    parse = scene.parse
    if dep == "pobj":
        over = parse.heads[head]
        lemma = parse.lemmas[over].lower()
        if lemma in outcome_nouns():
            return outcome_nouns()[lemma], [over]
        taken = lemma == "life" and parse.deps[over] == "dobj"
        verb = parse.heads[over]
        return ("killed", [verb]) if taken and takes_lives(parse.lemmas[verb]) else None
    named = outcome_words().get(parse.lemmas[head].lower())
    if dep in {"dobj", "nsubjpass"} and named is not None:
        return _with_joined(scene, head, named[0])
    after = _adjective_after(scene, head - 1) if dep == "nsubjpass" else None
    if after is not None:
        lemma, word = parse.lemmas[after].lower(), parse.words[after].lower()
        return (outcome_words().get(lemma) or outcome_words()[word])[0], [after]
    return None


def bare_outcome(scene: Scene, token: int) -> tuple[str, int] | None:
    """The measure of a number that an outcome word follows at once (`30 wounded`, `12 dead`), and
    the token of that word."""
    parse = scene.parse
    for index in range(token, min(len(parse), token + 3)):
        lemma = parse.lemmas[index].lower()
        named = outcome_words().get(lemma)
        if named is not None and parse.tags[index] in {"VBN", "VBD", "JJ", "NN", "NNS"}:
            if _has_own_object(scene, index):
                return None
            return named[0], index
        if parse.words[index].lower() not in {
            "were",
            "was",
            "are",
            "remain",
            "still",
            "others",
            "more",
            "have",
            "been",
            "had",
        }:
            return None
    return None


def outcome_before(scene: Scene, token: int) -> tuple[str, int] | None:
    """The measure of a number that ends a phrase (`killing at least 10`), with the verb's token."""
    parse = scene.parse
    for index in range(token - 1, max(-1, token - _NEAR), -1):
        named = outcome_words().get(parse.lemmas[index].lower())
        if named is not None and parse.pos[index] == "VERB" and named[1] == "verbs":
            return named[0], index
        if parse.pos[index] != "ADV":
            return None
    return None


def _has_own_object(scene: Scene, verb: int) -> bool:
    return scene.parse.tags[verb] == "VBD" and any(
        kid > verb and scene.parse.deps[kid] == "dobj" for kid in scene.parse.children[verb]
    )


def _verbs_over(scene: Scene, noun: int) -> Iterator[int]:
    """The verbs whose undergoer the noun is."""
    parse = scene.parse
    # `12 members of the group were killed`, `dozens of people`: the noun over it is the subject.
    dep, head = parse.deps[noun], parse.heads[noun]
    if dep in {"conj", "appos"} and parse.pos[head] in {"NOUN", "PROPN", "NUM"}:
        dep, head = parse.deps[head], parse.heads[head]
    if (
        dep == "pobj"
        and parse.words[head].lower() == "of"
        and _is_quantity(scene, parse.heads[head])
    ):
        over = parse.heads[head]
        dep, head = parse.deps[over], parse.heads[over]
    if dep == "pobj" and parse.words[head].lower() == "including":
        over = parse.heads[head]  # "twelve people, including four children, were killed"
        dep, head = parse.deps[over], parse.heads[over]
    if dep == "pobj" and parse.words[head].lower() in {"between", "from"}:
        over = parse.heads[head]
        if parse.words[over].lower() in _OPENS:  # "anything between 60 and 80 people died"
            dep, head = parse.deps[over], parse.heads[over]
        else:
            dep, head = "dobj", over  # "arrested between 10 and 15 members"
    if dep in {"nsubjpass", "dobj"}:
        yield head
        yield from _joined_verbs(scene, head, passive=dep == "nsubjpass")
    elif dep == "nsubj":
        intransitive = listed("words", "intransitive")
        if parse.lemmas[head].lower() in intransitive or (
            parse.tags[head] == "VBN" and scene.child(head, "dobj") is None
        ):
            yield head
        yield from _raised(scene, head)
    if dep == "nsubjpass":
        yield from _raised(scene, head)
    if dep == "attr" and scene.child(head, "nsubj") is None:
        yield from _inverted(scene, head)
    for kid in parse.children[noun]:
        if parse.deps[kid] == "acl" and parse.tags[kid] in {"VBN", "VBD"}:
            yield kid
        if parse.deps[kid] == "relcl" and (
            scene.child(kid, "nsubjpass") is not None
            or _has_for_object(scene, kid)
            or _does(scene, kid)
        ):
            yield kid


def _inverted(scene: Scene, verb: int) -> Iterator[int]:
    """`killed in the blast were 14 people`: the participle that opens the sentence."""
    parse = scene.parse
    for token in (parse.heads[verb], *parse.children[verb]):
        if token < verb and parse.tags[token] in {"VBN", "VBD"}:
            yield token


def _does(scene: Scene, verb: int) -> bool:
    """`fighters who had surrendered`: what it describes does it, and it befalls them."""
    subject = scene.child(verb, "nsubj")
    relative = subject is not None and scene.parse.words[subject].lower() in _RELATIVE
    return relative and scene.parse.lemmas[verb].lower() in listed("words", "intransitive")


def _has_for_object(scene: Scene, verb: int) -> bool:
    """Whether a relative clause has what it describes for its object (`the 14 people that the bomb
    killed`)."""
    parse = scene.parse
    if scene.child(verb, "nsubj") is None:
        return False
    thing = scene.child(verb, "dobj")
    if thing is not None:
        return parse.words[thing].lower() in _RELATIVE
    subject = scene.child(verb, "nsubj")
    whole = subject is not None and parse.words[subject].lower() not in _RELATIVE
    return whole and parse.lemmas[verb].lower() not in listed("words", "intransitive")


def _raised(scene: Scene, verb: int) -> Iterator[int]:
    """`are known to have died`, `were found to have been killed`."""
    parse = scene.parse
    kid = scene.child(verb, "xcomp")
    if kid is None or parse.lemmas[verb].lower() not in _KNOWN:
        return
    passive = scene.child(kid, "auxpass") is not None
    if passive or parse.lemmas[kid].lower() in listed("words", "intransitive"):
        yield kid


def _joined_verbs(scene: Scene, verb: int, *, passive: bool) -> Iterator[int]:
    """Verbs joined to this one that the noun undergoes as well (`found and killed 12`)."""
    parse = scene.parse
    if passive:
        for kid in parse.children[verb]:
            if parse.deps[kid] == "conj" and parse.tags[kid] == "VBN":
                yield kid
    elif parse.deps[verb] == "conj" and scene.child(parse.heads[verb], "dobj") is None:
        yield parse.heads[verb]


def _is_quantity(scene: Scene, token: int) -> bool:
    return scene.parse.pos[token] == "NUM" or scene.parse.lemmas[token].lower() in {
        "dozen",
        "hundred",
        "thousand",
        "score",
        "ten",
        "number",
        "total",
        "minimum",
        "maximum",
    }


def _with_joined(scene: Scene, verb: int, first: str) -> tuple[str, list[int]]:
    """`killed or captured`: the outcomes of the verbs joined to this one, in its own words."""
    parse = scene.parse
    names, tokens = [first], [verb]
    word = "or"
    family = [verb, *parse.children[verb]]
    if parse.deps[verb] == "conj" and scene.child(verb, "nsubj", "nsubjpass") is None:
        family = [parse.heads[verb], *family]
    for kid in family:
        if kid == verb or (parse.deps[kid] != "conj" and kid > verb):
            continue
        named = outcome_words().get(parse.lemmas[kid].lower())
        if named is None or named[0] in names or _counts_others(scene, kid, verb):
            continue
        names.append(named[0])
        tokens.append(kid)
        low, high = sorted((verb, kid))
        between = {parse.words[index].lower() for index in range(low, high)}
        word = "and" if "and" in between or "&" in between else "or"
    ordered = [name for _, name in sorted(zip(tokens, names, strict=True))]
    return f" {word} ".join(ordered), sorted(tokens)


def _counts_others(scene: Scene, verb: int, over: int) -> bool:
    """`killed and 40 wounded`: the joined verb has a subject, an object or a number of its own."""
    parse = scene.parse
    before = parse.tags[verb - 1] if verb else ""
    if verb != over and parse.heads[over] == verb and scene.child(verb, "dobj") is not None:
        return True  # "killed 12 people and wounded 40 others"
    if before == "CD" or parse.words[verb - 1].lower() in {"others", "more"}:
        return True
    return any(
        parse.deps[kid] in {"nsubj", "nsubjpass", "dobj", "nummod"} and parse.deps[verb] == "conj"
        for kid in parse.children[verb]
    )


def _participle_before(scene: Scene, noun: int) -> tuple[str, int] | None:
    """`30 injured people`, `nine detained men`, behind their number."""
    parse = scene.parse
    index = noun - 1
    before = index - 1
    if before > 1 and [word.lower() for word in parse.words[before - 1 : index]] == ["or", "so"]:
        before -= 2
    if before < 0 or parse.deps[index] != "amod" or parse.tags[before] != "CD":
        return None
    named = outcome_words().get(parse.lemmas[index].lower())
    named = named or _of_participle(parse.words[index].lower())
    return (named[0], index) if named is not None else None


def _of_participle(word: str) -> tuple[str, str] | None:
    """`injured`, `detained` as adjectives keep their ending in the lemma."""
    stems = (word.removesuffix("ed"), word.removesuffix("d"))
    return next((found for stem in stems if (found := outcome_words().get(stem))), None)


def _adjective_after(scene: Scene, noun: int) -> int | None:
    """`left 12 people dead`."""
    parse = scene.parse
    told = False
    for index in range(noun + 1, min(len(parse), noun + 5)):
        named = outcome_words().get(parse.lemmas[index].lower())
        named = named or outcome_words().get(parse.words[index].lower())  # "missing"
        if named is not None and named[1] == "adjectives":
            return index
        if named is not None and parse.tags[index] == "VBN" and (told or index == noun + 1):
            return index
        # "were reported killed", "are feared dead"
        telling = parse.lemmas[index].lower() in listed("frames", "tellings")
        told = told or (telling and parse.tags[index] == "VBN")
        if parse.pos[index] not in {"AUX", "ADV", "PART"} and not telling:
            return _left_dead(scene, noun)
    return None


def _left_dead(scene: Scene, noun: int) -> int | None:
    """`left five soldiers and two guides dead`: the word is behind those joined to them."""
    parse = scene.parse
    verb = parse.heads[parse.heads[noun]] if parse.deps[noun] == "conj" else parse.heads[noun]
    if parse.lemmas[verb].lower() != "leave" or not verb < noun:
        return None
    for index in range(noun + 1, min(len(parse), noun + _JOINED)):
        named = outcome_words().get(parse.words[index].lower())
        if named is not None and named[1] == "adjectives":
            return index
        if parse.pos[index] not in {"CCONJ", "NUM", "NOUN", "PROPN", "ADJ", "DET"}:
            return None
    return None
