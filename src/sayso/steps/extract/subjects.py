"""Who a verb of saying belongs to: its subject, however far away it stands."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records.parses import Parse

_TITLE = 16
"""How many tokens a title before a name may take."""
_EDGES = frozenset({",", '"', "”", "''", "’", "»", "—", "–", "--", ":", ";", "("})
_LIMIT = 8
"""How many verbs may be climbed in search of a subject."""


@dataclass(frozen=True)
class Subject:
    """The holder's words: their head token and the tokens `[first, last)`."""

    head: int
    tokens: tuple[int, int]
    via: int | None = None
    """Head token of who passes it on ("X" in "X quoted Y as saying")."""


def find_subject(parse: Parse, verb: int) -> Subject | None:
    """The subject of a reporting verb; None where nobody is named ("it was reported that")."""
    for _ in range(_LIMIT):
        if _is_passive(parse, verb):
            return _agent(parse, verb)
        head = _own_subject(parse, verb)
        if head is not None:
            return _resolved(parse, head, verb)
        climbed = _climb(parse, verb)
        if climbed is None:
            return None
        if isinstance(climbed, Subject):
            return climbed
        verb = climbed
    return None


def with_title(parse: Parse, verb: int, subject: Subject | None) -> Subject | None:
    """The subject with the title in front of it that the parser hung elsewhere.

    "[The men remain in the valley], [Secretary General of the Council Ione] Farr told ...": the
    clause said stands before the verb, so the words from its comma on are the holder's.
    """
    if subject is None or subject.tokens[1] > verb:
        return subject
    low = subject.tokens[0]
    said = [k for k in parse.children[verb] if parse.deps[k] == "ccomp" and k < low]
    if not said or parse.words[low - 1] in _EDGES:
        return subject
    for index in range(low - 1, max(said[-1], low - _TITLE), -1):
        if parse.words[index] == ",":
            return Subject(subject.head, (index + 1, subject.tokens[1]), subject.via)
        if parse.tags[index] in ("VBD", "VBZ", "VBP", "MD", "CC"):
            return subject
    return subject


def subject_by_words(parse: Parse, verb: int) -> Subject | None:
    """The holder in front of a verb of saying to which the tree gives no subject.

    "[The Brigades have 500 fighters], [a source who asked not to be named] told the paper": the
    words from the last comma on, if they begin as a noun phrase does; None otherwise.
    """
    first = parse.sentences[parse.sentence_of[verb]][0]
    for index in range(verb - 1, max(first, verb - _TITLE) - 1, -1):
        if parse.words[index] in _EDGES:
            start = index + 1
            break
    else:
        return None
    if start >= verb or parse.pos[start] not in ("DET", "PROPN", "NOUN", "PRON", "ADJ"):
        return None
    head = start
    while head + 1 < verb and parse.pos[head] not in ("NOUN", "PROPN", "PRON"):
        head += 1
    while head + 1 < verb and parse.pos[head + 1] in ("NOUN", "PROPN"):
        head += 1
    if parse.pos[head] not in ("NOUN", "PROPN", "PRON") or parse.tags[head] in ("WP", "WDT", "EX"):
        return None
    return Subject(head, (start, verb))


def noun_phrase(parse: Parse, head: int) -> tuple[int, int]:
    """The tokens of a noun phrase: its subtree, without clauses that follow it.

    An apposition stays ("Hamza Baloch, a military analyst"): it tells who the holder is.
    """
    first, last = parse.extents[head]
    for kid in parse.children[head]:
        if kid > head and parse.deps[kid] in ("relcl", "advcl", "ccomp", "parataxis"):
            low = parse.extents[kid][0]
            if low > head:
                last = min(last, low)
    while last > head + 1 and parse.words[last - 1] in {",", "—", "–", "--", "-", ":", ";", "("}:
        last -= 1
    while first < head and (parse.words[first] in {",", '"', "“"} or parse.deps[first] == "cc"):
        first += 1
    return first, last


def _own_subject(parse: Parse, verb: int) -> int | None:
    subjects = [k for k in parse.children[verb] if parse.deps[k] == "nsubj"]
    if subjects:  # a slip of the parser gives two: the nearer one is right
        return min(subjects, key=lambda k: abs(k - verb))
    # '"...," said NAME' is read as verb and object where the quotation confuses the parser.
    for kid in parse.children[verb]:
        if (
            parse.deps[kid] in ("dobj", "attr", "oprd", "npadvmod")
            and parse.tags[verb] in ("VBD", "VBZ")
            and parse.pos[kid] in ("PROPN", "PRON")
            and parse.extents[kid][0] == verb + 1
            and verb > 0
            and parse.words[verb - 1] in {'"', "”", ",", "''", "»", "’", "'"}
        ):
            return kid
    return None


def _is_passive(parse: Parse, verb: int) -> bool:
    return any(parse.deps[k] in ("nsubjpass", "auxpass") for k in parse.children[verb])


def _agent(parse: Parse, verb: int) -> Subject | None:
    for kid in parse.children[verb]:
        if parse.deps[kid] == "agent":
            for pobj in parse.children[kid]:
                if parse.deps[pobj] == "pobj":
                    return Subject(pobj, noun_phrase(parse, pobj))
    return None


def _resolved(parse: Parse, head: int, verb: int) -> Subject | None:
    """The subject itself, or the noun that a relative pronoun stands for."""
    if parse.deps[head] == "expl" or parse.words[head].lower() == "there":
        return None
    if parse.tags[head] in ("WP", "WDT"):
        if parse.deps[verb] == "relcl":
            noun = parse.heads[verb]
            return Subject(noun, noun_phrase(parse, noun))
        return None
    return Subject(head, noun_phrase(parse, head))


def _climb(parse: Parse, verb: int) -> int | Subject | None:
    """Where to look next for the subject of a verb that has none of its own."""
    dep, head = parse.deps[verb], parse.heads[verb]
    if head == verb:
        return None
    if dep == "conj" and parse.pos[head] in ("VERB", "AUX"):
        return head
    if dep == "pcomp":
        return _climb_from_preposition(parse, head)
    if dep == "acl" and parse.tags[verb] == "VBG":
        return Subject(head, noun_phrase(parse, head))
    if dep in ("xcomp", "advcl", "ccomp") and parse.pos[head] in ("VERB", "AUX"):
        if parse.tags[verb] in ("VBG", "VB"):
            return head
        return None
    return None


def _climb_from_preposition(parse: Parse, preposition: int) -> int | Subject | None:
    """ "was quoted as saying", "quoted him as saying", "responded by saying"."""
    verb = parse.heads[preposition]
    if parse.pos[verb] not in ("VERB", "AUX"):
        return None
    if parse.words[preposition].lower() == "as":
        for kid in parse.children[verb]:
            if parse.deps[kid] == "nsubjpass":
                agent = _agent(parse, verb)
                return Subject(kid, noun_phrase(parse, kid), agent.head if agent else None)
            if parse.deps[kid] == "dobj":
                outer = _own_subject(parse, verb)
                return Subject(kid, noun_phrase(parse, kid), outer)
        return None
    return verb
