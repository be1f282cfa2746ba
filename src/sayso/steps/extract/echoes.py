"""Numbers that count what a number before them counted: "had 2,000 fighters; now has 700"."""

from __future__ import annotations

from sayso.records.parses import Parse
from sayso.steps.extract.counted import kinds, listed
from sayso.steps.extract.figures import Estimate
from sayso.steps.extract.scenes import Scene
from sayso.values.amounts import Amount

_LEAST = 10
_OF_THEM = (["of", "them"], ["of", "these"], ["of", "those"])
_BEFELL = frozenset({"killed", "wounded", "detained", "captured", "abducted", "missing"})
_OWNS = frozenset({"have", "command", "field", "number", "count", "muster"})


def echo(scene: Scene, amount: Amount, first: int, last: int, earlier: Estimate) -> Estimate | None:
    """The estimate of a number without a noun, in the measure of the one before it in the
    paragraph; None where the number is not said to be had or to be the number."""
    if amount.vague or amount.year_like or (amount.low or amount.high or 0) < _LEAST:
        return None
    if last - 1 < earlier.trigger:
        return None
    verb = _verb(scene.parse, first, last)
    if verb is None or not _says(scene, verb, first, earlier):
        return None
    return Estimate(amount.span, verb, earlier.measure, amount, earlier.subject, 0.6)


def part_of(scene: Scene, amount: Amount, last: int, earlier: Estimate) -> Estimate | None:
    """`wounded 34, eight of them seriously`: those of the figure before it in the sentence whom
    the same befell; None where they do something of their own."""
    parse = scene.parse
    if [word.lower() for word in parse.words[last : last + 2]] not in _OF_THEM:
        return None
    if parse.sentence_of[last] != parse.sentence_of[earlier.trigger]:
        return None
    if earlier.measure.split()[0] not in _BEFELL or not _is_part(amount, earlier.amount):
        return None
    token = last + 2
    described = False
    while token < len(parse) and parse.pos[token] in {"ADV", "ADJ", "NOUN", "CCONJ"}:
        described = True
        token += 1
    ends = token >= len(parse) or parse.pos[token] == "PUNCT"
    if not described or not ends:
        return None
    return Estimate(amount.span, last - 1, earlier.measure, amount, earlier.subject, 0.6)


def _is_part(amount: Amount, whole: Amount) -> bool:
    most = whole.high if whole.high is not None else whole.low
    return amount.low is not None and most is not None and 0 < amount.low <= most


def _verb(parse: Parse, first: int, last: int) -> int | None:
    """The verb right over a number that no noun of its own stands over."""
    token = next((index for index in range(first, last) if parse.tags[index] == "CD"), None)
    for _ in range(4):
        if token is None:
            return None
        head = parse.heads[token]
        if parse.pos[head] in {"VERB", "AUX"}:
            return head if head != token else None
        if parse.pos[head] not in {"ADP", "ADV", "ADJ", "NUM", "SCONJ"}:
            return None
        token = head
    return None


def _says(scene: Scene, verb: int, first: int, earlier: Estimate) -> bool:
    """`has fewer than 700`, `the number is closer to 1,000`."""
    parse = scene.parse
    lemma = parse.lemmas[verb].lower()
    noun = earlier.measure.split()[0]
    if lemma in _OWNS:
        return _is_strength(noun) and verb < first
    subject = scene.child(verb, "nsubj", "nsubjpass")
    if subject is None or lemma not in listed("frames", "states"):
        return False
    if lemma in listed("frames", "changes") and verb < first and earlier.trigger > verb:
        return _is_strength(noun)  # "grew from 200 men in 2017 to 1,400 in 2020"
    number = parse.lemmas[subject].lower() in {"number", "figure", "toll", "total"}
    return number and not any(parse.words[kid].lower() == "of" for kid in parse.children[subject])


def _is_strength(noun: str) -> bool:
    """Whether a measure counts people under arms."""
    stem = noun[:-1] if noun.endswith("s") else noun
    kind = kinds().get({"men": "man"}.get(noun, stem))
    return kind is not None and kind.name in {"strength", "members"}
