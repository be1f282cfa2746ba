"""Say-so without a verb of saying: "in the view of X", "in X's words", "as X put it"."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records.parses import Parse
from sayso.steps.extract.subjects import find_subject, noun_phrase
from sayso.steps.extract.token_ranges import Tokens

_VIEWS = frozenset({"assessment", "estimation", "judgement", "judgment", "opinion", "view", "word"})
_ACCOUNTS = frozenset({"account", "count", "estimate", "reckoning", "tally", "telling"})
VIEWPOINTS = _VIEWS | _ACCOUNTS | {"put"}
"""Lemmas of the tokens at which one may be told of."""
_OWN = frozenset({"my", "our", "your"})
_CLAUSES = frozenset({"VERB", "AUX"})


@dataclass(frozen=True)
class Viewpoint:
    """Whose view a clause is given as, in token ranges."""

    at: int
    """The token that hangs on the clause."""
    cue: Tokens
    holder: Tokens
    holder_head: int
    group: Tokens


def viewpoint(parse: Parse, index: int) -> Viewpoint | None:
    """What is told of at this token, a noun or verb; None where it is nobody's view."""
    lemma = parse.lemmas[index].lower()
    if lemma in _VIEWS:
        return _view(parse, index, "in")
    if lemma in _ACCOUNTS:
        return _view(parse, index, "by")
    return _as_put(parse, index) if lemma == "put" else None


def _view(parse: Parse, noun: int, through: str) -> Viewpoint | None:
    """ "In the view of the minister", "by Mr Marn's account", of the noun and the preposition it
    takes; "in view of" and "by all accounts" are none."""
    at = parse.heads[noun]
    if parse.deps[noun] != "pobj" or parse.words[at].lower() != through or at > noun:
        return None
    if parse.deps[at] != "prep" or parse.pos[parse.heads[at]] not in _CLAUSES:
        return None
    kids = parse.children[noun]
    owner = next((kid for kid in kids if parse.deps[kid] == "poss"), None)
    if owner is not None:
        if parse.words[owner].lower() in _OWN:
            return None
        holder = noun_phrase(parse, owner)
        return Viewpoint(at, (noun, noun + 1), holder, owner, (at, noun + 1))
    of = next((kid for kid in kids if parse.words[kid].lower() == "of"), None)
    whose = next((k for k in parse.children[of] if parse.deps[k] == "pobj"), None) if of else None
    if of is None or whose is None or not any(parse.deps[kid] == "det" for kid in kids):
        return None
    holder = noun_phrase(parse, whose)
    if holder[0] <= of or _runs_on(parse, at, holder):
        return None
    return Viewpoint(at, (at, of + 1), holder, whose, (at, holder[1]))


def _runs_on(parse: Parse, at: int, holder: Tokens) -> bool:
    """Whether the tree takes the clause's own subject for a part of the holder: before a clause,
    a comma parts both ("by the account of Mr Marn, Tarvia arms the Front")."""
    opens = parse.heads[at] > at
    return opens and (holder[1] >= len(parse) or parse.words[holder[1]] != ",")


def _as_put(parse: Parse, verb: int) -> Viewpoint | None:
    """ "As the minister put it", of the verb."""
    kids = parse.children[verb]
    mark = next((kid for kid in kids if parse.words[kid].lower() == "as"), None)
    thing = next((kid for kid in kids if parse.deps[kid] == "dobj"), None)
    if mark is None or thing is None or mark > verb or parse.words[thing].lower() != "it":
        return None
    if any(kid > thing and parse.deps[kid] == "prep" for kid in kids):  # "put it on the lorry"
        return None
    subject = find_subject(parse, verb)
    if subject is None or parse.deps[verb] not in {"advcl", "ccomp", "parataxis"}:
        return None
    last = max(thing + 1, subject.tokens[1])
    return Viewpoint(verb, (verb, verb + 1), subject.tokens, subject.head, (mark, last))
