"""Relations between actors, by the frames of `relations.toml`."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.steps.extract.relation_ends import Relation
from sayso.steps.extract.relation_misread import by_misread
from sayso.steps.extract.relation_nouns import by_hyphen, by_noun
from sayso.steps.extract.relation_transfers import by_transfer
from sayso.steps.extract.relation_verbs import by_flow, by_participle, by_verb
from sayso.steps.extract.scenes import Scene

__all__ = ["Relation", "find_relations"]

_VERBS = frozenset({"VERB", "AUX", "ADJ", "ADV"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})


def find_relations(scene: Scene) -> Iterator[Relation]:
    """The relations of one paragraph, in order of their triggers."""
    parse = scene.parse
    for token in range(len(parse)):
        pos = parse.pos[token]
        found: list[Relation] = []
        if pos in _VERBS:
            found = list(by_hyphen(scene, token))
            found = found or list(by_participle(scene, token)) or list(by_verb(scene, token))
            found = found or list(by_flow(scene, token))
        if not found and pos in _NOUNS:
            found = list(by_noun(scene, token)) or list(by_transfer(scene, token))
            found = found or list(by_misread(scene, token))
        yield from found
