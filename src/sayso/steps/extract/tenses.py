"""Whether the words over a time speak of the past or of what is to come."""

from __future__ import annotations

from typing import Literal

from sayso.records.parses import Parse
from sayso.records.spans import Span

Tense = Literal["past", "future"]
_CLIMB = 12
"""Steps up the tree at most: a bound for hostile texts."""
_COMING = frozenset({"will", "shall", "'ll", "’ll", "wo", "would", "may", "might", "could", "can"})
_HAVING = frozenset({"has", "have", "had", "having", "'ve", "’ve", "'s", "’s"})
_OPEN = frozenset({"until", "till", "by"})
_LINKS = frozenset({"ADP", "PROPN", "NUM", "SCONJ"})
"""What may stand between a time and the verb whose time it is."""
_AWAITED = frozenset(
    {"schedule", "expect", "plan", "due", "set", "slate", "propose", "intend", "aim", "payable"}
)


class Tenses:
    """The tenses of one parse; each verb is looked at once, however many times hang on it."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._known: dict[int, Tense | None] = {}

    def at(self, position: int) -> Tense | None:
        """The tense of the clause that the token at this character stands in; None where no verb
        says.

        A past verb says nothing of what hangs on its nouns ("declared a dividend, payable
        December 7") or follows "until" and "by".
        """
        parse = self._parse
        first, last = parse.tokens_in(Span(position, position + 1))
        if first == last:
            return None
        index, direct = first, True
        for step in range(_CLIMB):
            said = self._said(index)
            if said is not None:
                return said if direct or said == "future" else None
            word = parse.words[index].lower()
            if parse.deps[index] == "poss":  # "Wednesday's ruling"
                return None
            if word == "since":
                return "past"
            direct = direct and word not in _OPEN and (step == 0 or parse.pos[index] in _LINKS)
            if parse.heads[index] == index:
                return None
            index = parse.heads[index]
        return None

    def _said(self, index: int) -> Tense | None:
        if index not in self._known:
            self._known[index] = _of_verb(self._parse, index)
        return self._known[index]


def _of_verb(parse: Parse, index: int) -> Tense | None:
    """What this word says of time, if it is a verb or a word that looks ahead."""
    if parse.lemmas[index].lower() in _AWAITED and parse.tags[index] in {"VBN", "JJ", "VBG", "IN"}:
        return "future"
    if parse.pos[index] not in {"VERB", "AUX"}:
        return None
    helpers = [kid for kid in parse.children[index] if parse.deps[kid] in {"aux", "auxpass"}]
    words = {parse.words[kid].lower() for kid in helpers}
    tag = parse.tags[index]
    if words & _COMING:
        return "future"
    if "to" in words and tag in {"VB", "VBN"}:
        return None if parse.deps[index] in {"advcl", "acl", "relcl"} and tag == "VB" else "future"
    if tag == "VBD" or any(parse.tags[kid] == "VBD" for kid in helpers):
        return "past"
    if tag == "VBN":
        return None if words and not words & _HAVING else "past"
    return "future" if tag == "VBG" and helpers else None
