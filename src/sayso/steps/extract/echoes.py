"""Numbers that count what a number before them counted: "had 2,000 fighters; now has 700"."""

from __future__ import annotations

from sayso.records.parses import Parse
from sayso.steps.extract.counted import kinds, listed
from sayso.steps.extract.figures import Estimate
from sayso.steps.extract.scenes import Scene
from sayso.values.amounts import Amount

_LEAST = 10
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
        stem = noun[:-1] if noun.endswith("s") else noun
        kind = kinds().get({"men": "man"}.get(noun, stem))
        return kind is not None and kind.name in {"strength", "members"} and verb < first
    subject = scene.child(verb, "nsubj", "nsubjpass")
    if subject is None or lemma not in listed("frames", "states"):
        return False
    number = parse.lemmas[subject].lower() in {"number", "figure", "toll", "total"}
    return number and not any(parse.words[kid].lower() == "of" for kid in parse.children[subject])
