"""Words that deny what they stand beside, and words that only look as if they did.

"At no time", "neither ... nor", "described reports of it as fabricated", "there is no truth in
reports that ..."; and "there is no doubt that ...", "the Front, not smugglers, ...".
"""

from __future__ import annotations

from functools import cache

from sayso.lexicons import load
from sayso.lexicons import words as lexicon
from sayso.records.parses import Parse

_COMPARATIVES = frozenset({"more", "fewer", "less", "later", "earlier", "larger", "smaller"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_COMPLEMENTS = frozenset({"acomp", "attr", "oprd"})
_CLAUSES = frozenset({"acl", "ccomp", "prep", "pcomp"})
_TRUTH_IN = frozenset({"in", "to", "behind", "for"})
_DENYING = frozenset(
    {
        ("far", "from"),
        ("anything", "but"),
        ("nothing", "to"),
        ("nothing", "in"),
        ("nothing", "behind"),
    }
)
_SAYING = frozenset({"say", "claim", "suggest", "allege", "assert", "maintain", "speak", "think"})
_REACH = 12
"""Tokens between two joined verbs in which "nor" is looked for."""


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(load("hedges.toml")["negation"][key])


@cache
def _reports() -> frozenset[str]:
    return frozenset(load("relations.toml")["reports"]["lemmas"])


def negates(parse: Parse, kid: int) -> bool:
    """Whether a word beside a verb or noun denies it: "not", "never", "no longer", "at no time"."""
    word, dep = parse.words[kid].lower(), parse.deps[kid]
    if compares(parse, kid):
        return False
    if dep == "prep":
        return _never(parse, kid)
    return (
        dep == "neg"
        or (dep in {"det", "advmod", "preconj"} and word in _listed("words"))
        or (word == "longer" and kid > 0 and parse.words[kid - 1].lower() == "no")
        or (word == "more" and dep in {"advmod", "acomp", "attr"} and _no_more(parse, kid))
    )


def _no_more(parse: Parse, more: int) -> bool:
    """`is no more in Velm`; not "no more than"."""
    behind = parse.words[more + 1].lower() if more + 1 < len(parse) else ""
    return more > 0 and parse.words[more - 1].lower() == "no" and behind != "than"


def compares(parse: Parse, token: int) -> bool:
    """Whether a "no" or "not" belongs to a number ("no more than 800", "not fewer than ten")."""
    behind = [parse.words[i].lower() for i in range(token + 1, min(token + 3, len(parse)))]
    return len(behind) == 2 and behind[0] in _COMPARATIVES and behind[1] == "than"


def _never(parse: Parse, preposition: int) -> bool:
    """`at no time`, `on no occasion`, `in no way`; "in no time" says how fast."""
    noun = next((k for k in parse.children[preposition] if parse.deps[k] == "pobj"), None)
    if noun is None or not any(parse.words[k].lower() == "no" for k in parse.children[noun]):
        return False
    phrase = parse.words[preposition].lower(), parse.words[noun].lower()
    return phrase[1] in _listed("occasions") and phrase != ("in", "time")


def no_such(parse: Parse, noun: int) -> bool:
    """`no attack took place`, `poses no threat`. "The Front, not smugglers," is the Front."""
    return any(
        (
            (parse.deps[kid] == "det" and parse.words[kid].lower() in {"no", "neither"})
            or (parse.deps[kid] in {"preconj", "cc"} and parse.words[kid].lower() == "neither")
            or (parse.deps[kid] == "neg" and parse.words[kid].lower() == "not" and kid < noun)
        )
        and not compares(parse, kid)
        for kid in parse.children[noun]
    ) or parse.words[noun].lower() in {"nobody", "none", "nothing"}


def nor(parse: Parse, below: int, token: int) -> bool:
    """`neither ordered nor carried out`: whether the second of two joined verbs is denied so."""
    return parse.deps[below] == "conj" and any(
        parse.words[index].lower() == "nor" for index in range(max(token, below - _REACH), below)
    )


def undoubted(parse: Parse, token: int, below: int) -> bool:
    """`there is no doubt that`, `nobody disputes that`: said to be so, however it is put."""
    lemma, kids = parse.lemmas[token].lower(), parse.children[token]
    denied = any(parse.deps[kid] == "neg" for kid in kids)
    if lemma == "be" and parse.deps[below] in {"ccomp", "csubj"}:  # "it is no secret that"
        return any(
            parse.deps[kid] in {"attr", "acomp"}
            and parse.lemmas[kid].lower() in _listed("doubts")
            and (denied or no_such(parse, kid))
            for kid in kids
        )
    if label(parse, below) not in _CLAUSES or lemma not in _listed("doubts"):
        return False
    if parse.pos[token] == "NOUN":
        if lemma == "question" and parse.deps[below] == "prep":
            return False  # "no question of doing it": it will not be done
        told = parse.heads[token]  # "it is not a coincidence that"
        denied = parse.deps[token] == "attr" and any(
            parse.deps[kid] == "neg" for kid in parse.children[told]
        )
        return denied or any(parse.words[kid].lower() in {"no", "little"} for kid in kids)
    if parse.pos[token] != "VERB":
        return False
    return denied or any(parse.deps[kid] in _SUBJECTS and no_such(parse, kid) for kid in kids)


def unproved(parse: Parse, token: int, below: int) -> bool:
    """`there is no evidence that`, `saw no sign that`: it is left open."""
    if parse.deps[below] not in {"acl", "ccomp", "relcl"} or parse.pos[token] != "NOUN":
        return False
    return parse.lemmas[token].lower() in _listed("evidence") and any(
        parse.words[kid].lower() in {"no", "any"} for kid in parse.children[token]
    )


def impossible(parse: Parse, modal: int) -> bool:
    """`cannot be`, `could not have been`, `must not be blamed`: no mere possibility, but a denial;
    `can only be`: none either. Not of what cannot be known: "cannot be confirmed"."""
    verb, word = parse.heads[modal], parse.words[modal].lower()
    only = modal + 1 < len(parse) and parse.words[modal + 1].lower() == "only"
    if word == "can" and only and parse.lemmas[verb].lower() == "be":
        return True  # "can only be the work of X"
    blaming = word in {"should", "must"} and parse.lemmas[verb].lower() in {"blame", "accuse"}
    if word not in {"can", "could", "ca"} and not blaming:
        return False
    if parse.lemmas[verb].lower() not in _listed("impossible"):
        return False
    return any(parse.deps[kid] == "neg" for kid in parse.children[verb])


def label(parse: Parse, token: int) -> str:
    """How a clause hangs on its head: one with "that" as its mark completes a noun ("the claim that
    X arms Y") where the tree makes it a relative clause."""
    dep = parse.deps[token]
    if dep == "relcl" and any(
        parse.deps[kid] == "mark" and parse.words[kid].lower() == "that"
        for kid in parse.children[token]
    ):
        return "acl"
    return dep


def called_false(parse: Parse, token: int, below: int) -> bool:
    """Whether the words of `token` say that what hangs under it at `below` is false: `it is a lie
    that`, `the reports were fabricated`, `described the reports as untrue`, `called them lies`."""
    dep = label(parse, below)
    false = lexicon("stances.toml", "called_false")
    if dep in {"ccomp", "csubj", "acl", *_SUBJECTS} and _said_of_it(parse, token, false):
        return True
    if dep in {"nsubj", "csubj"} and _groundless(parse, token):
        return True
    if dep in _SUBJECTS and _is_report(parse, below):
        wrong = lexicon("stances.toml", "reports_called_false")
        if _said_of_it(parse, token, wrong) or parse.words[token].lower() in wrong:
            return True
    if wrong_to_say(parse, token, below):
        return True
    if dep in _SUBJECTS and _is_false(parse, token, false):
        return True
    if (
        dep in {"acl", "ccomp"}
        and parse.pos[token] == "NOUN"
        and parse.words[token].lower() in false
    ):
        return True  # "it is a myth that"
    return dep == "dobj" and _named_false(parse, token)


def denies_below(parse: Parse, token: int, below: int) -> bool:
    """`nowhere to be found`, `far from supporting`, `anything but a backer`, `has yet to set foot
    there`: words that deny what hangs on them."""
    word = parse.words[token].lower()
    if parse.lemmas[token].lower() == "have" and parse.deps[below] == "xcomp":
        return any(parse.words[kid].lower() == "yet" for kid in parse.children[token])
    return word == "nowhere" or (word, parse.words[below].lower()) in _DENYING


def wrong_to_say(parse: Parse, token: int, below: int) -> bool:
    """`it would be wrong to say that`: denied, in whatever mood."""
    if parse.lemmas[below].lower() not in _SAYING:
        return False
    if parse.deps[below] not in {"xcomp", "acl", "ccomp", "advcl"}:
        return False
    wrong = lexicon("stances.toml", "called_false") | lexicon(
        "stances.toml", "reports_called_false"
    )
    adjective = parse.pos[token] == "ADJ" and parse.words[token].lower() in wrong
    return adjective or _said_of_it(parse, token, wrong)


def no_question(parse: Parse, token: int, below: int) -> bool:
    """`there can be no question of support`: denied, though it "can be"."""
    if parse.lemmas[token].lower() != "question" or parse.pos[token] != "NOUN":
        return False
    return parse.deps[below] == "prep" and no_such(parse, token)


def reports_called_false(parse: Parse, noun: int) -> bool:
    """`reports that ... were false`, `no truth in reports that ...`: the words of whoever says so,
    who denies them, and no report's own."""
    head, dep = parse.heads[noun], parse.deps[noun]
    if dep in _SUBJECTS and _said_of_it(
        parse, head, lexicon("stances.toml", "reports_called_false")
    ):
        return True
    if dep == "pobj" and parse.words[head].lower() in _TRUTH_IN:
        return _no_truth(parse, parse.heads[head])
    if dep == "nsubj" and _has_no_basis(parse, head):
        return True
    return called_false(parse, head, noun)


def _is_report(parse: Parse, noun: int) -> bool:
    """A noun for what is reported; an idea is one only with what it says ("the idea of deporting
    them is absurd" blames, and denies nothing)."""
    lemma = parse.lemmas[noun].lower()
    if lemma in {"idea", "notion", "theory"}:
        return any(label(parse, kid) in {"acl", "ccomp"} for kid in parse.children[noun])
    return lemma in _reports()


def _groundless(parse: Parse, verb: int) -> bool:
    """`the reports are without foundation`, `the reports lack any basis`."""
    lemma, truth = parse.lemmas[verb].lower(), _listed("truth")
    for kid in parse.children[verb]:
        if lemma == "be" and parse.words[kid].lower() == "without":
            return any(parse.lemmas[k].lower() in truth for k in parse.children[kid])
        if lemma == "lack" and parse.deps[kid] == "dobj" and parse.lemmas[kid].lower() in truth:
            return True
    return False


def _has_no_basis(parse: Parse, verb: int) -> bool:
    """`the reports have no basis`: whose "no" is read as that of the verb's object."""
    return parse.lemmas[verb].lower() == "have" and any(
        parse.deps[kid] == "dobj"
        and parse.lemmas[kid].lower() in _listed("truth")
        and no_such(parse, kid)
        for kid in parse.children[verb]
    )


def _no_truth(parse: Parse, truth: int) -> bool:
    """`no truth in`, `not a shred of truth in`, `nothing to`, `no basis for`."""
    if parse.words[truth].lower() == "nothing":
        return True
    if parse.lemmas[truth].lower() not in _listed("truth"):
        return False
    shred = parse.deps[truth] == "pobj" and parse.words[parse.heads[truth]].lower() == "of"
    if shred and not no_such(parse, truth):
        truth = parse.heads[parse.heads[truth]]
    verb = parse.heads[truth]
    return no_such(parse, truth) or any(parse.deps[kid] == "neg" for kid in parse.children[verb])


def _said_of_it(parse: Parse, verb: int, false: frozenset[str]) -> bool:
    return any(
        parse.deps[kid] in _COMPLEMENTS
        and (parse.lemmas[kid].lower() in false or parse.words[kid].lower() in false)
        for over in (verb, *_turning_out(parse, verb))
        for kid in parse.children[over]
    )


def _turning_out(parse: Parse, verb: int) -> list[int]:
    """`turned out to be false`: the "be"."""
    if parse.lemmas[verb].lower() not in {"turn", "prove"}:
        return []
    return [kid for kid in parse.children[verb] if parse.deps[kid] == "xcomp"]


def _is_false(parse: Parse, token: int, false: frozenset[str]) -> bool:
    """The adjective of a small clause or the participle of a passive itself."""
    word = parse.words[token].lower()
    if parse.tags[token] == "VBN":
        return word in false or word in _listed("disproved")
    return parse.pos[token] in {"ADJ", "NOUN"} and word in false


def _named_false(parse: Parse, verb: int) -> bool:
    """`described it as fabricated`. "Dismissed it as a lie" is denied once, by its verb."""
    if parse.lemmas[verb].lower() in load("hedges.toml")["governors"]["negative"]:
        return False
    return said_to_be_false(parse, verb) is not None


def said_to_be_false(parse: Parse, verb: int) -> int | None:
    """The token of "untrue" in `called reports that ... untrue`, `described ... as untrue`. Told by
    the order of words: the tree hangs it on what stands before it."""
    false, naming = lexicon("stances.toml", "called_false"), _listed("calling")
    if any(
        parse.deps[kid] == "dobj" and parse.lemmas[kid].lower() in _reports()
        for kid in parse.children[verb]
    ):
        false |= lexicon("stances.toml", "reports_called_false")
    last = parse.extents[verb][1]
    while last > verb + 1 and parse.pos[last - 1] == "PUNCT":
        last -= 1
    for index in range(last - 1, verb + 1, -1):
        word = parse.words[index].lower()
        if word not in false and word not in _listed("disproved"):
            continue
        before = [parse.words[i].lower() for i in range(max(verb, index - 3), index)]
        if "as" in before:
            return index
        if parse.lemmas[verb].lower() in naming and index == last - 1:
            at = index - 1
            while parse.pos[at] in {"DET", "ADV"}:
                at -= 1
            return None if parse.lemmas[at].lower() == "be" else index
    return None
