"""Which persons of a document are men, and which women: by title, given name and pronouns."""

from __future__ import annotations

from collections import Counter

from sayso.lexicons import load, words
from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.parses import Parse

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
_SURE = 3
"""How many times as many pronouns of one kind as of the other settle it."""


def genders(analysis: Analysis, named: DocumentEntities) -> dict[str, bool]:
    """Persons known to be men (True) or women (False), by entity id.

    A title ("Ms. Rowe") or a given name decides; without either, the pronouns that follow the one
    person named before them in their sentence ("Rowe said she ..."), if they agree.
    """
    return _by_pronouns(analysis, named) | _by_names(analysis, named)


def _by_names(analysis: Analysis, named: DocumentEntities) -> dict[str, bool]:
    male, female = words("given_names.toml", "male"), words("given_names.toml", "female")
    titles = load("given_names.toml")["titles"]
    known: dict[str, bool] = {}
    for mention in named.mentions:
        if named.entity_of(mention).kind != "person":
            continue
        before = analysis.text[max(0, mention.span.start - 12) : mention.span.start].lower().split()
        title = before[-1] if before else ""
        parts = mention.quote.lower().split()
        given = parts[0] if len(parts) > 1 else ""
        if title in titles["male"] or (given in male and mention.entity not in known):
            known[mention.entity] = True
        elif title in titles["female"] or (given in female and mention.entity not in known):
            known[mention.entity] = False
    return known


def _by_pronouns(analysis: Analysis, named: DocumentEntities) -> dict[str, bool]:
    men: Counter[str] = Counter()
    women: Counter[str] = Counter()
    for parse in analysis.parses:
        for first, last in parse.sentences:
            _count(parse, range(first, last), named, men=men, women=women)
    found = {entity: True for entity in men if men[entity] >= _SURE * max(1, women[entity])}
    return found | {e: False for e in women if women[e] >= _SURE * max(1, men[e])}


def _count(
    parse: Parse,
    sentence: range,
    named: DocumentEntities,
    *,
    men: Counter[str],
    women: Counter[str],
) -> None:
    seen: set[str] = set()
    for token in sentence:
        mention = named.at(parse.starts[token])
        if mention is not None and named.entity_of(mention).kind == "person":
            seen.add(mention.entity)
        elif len(seen) == 1:
            word = parse.words[token].lower()
            if word in MALE or word in FEMALE:
                (men if word in MALE else women).update(seen)
