"""The attacks that a document reports, each with who took which part in it.

Parses ─▶ phrases with features ─▶ chances of each part ─▶ one incident a type and document
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.records.parses import Parse
from sayso.steps.extract.attack_model import ROLES, document_features, part_chances, type_chances
from sayso.steps.extract.attack_phrases import Phrase, phrases_of, trigger_types, triggers_of

TYPE_FROM = 0.2
"""The chance from which a document is taken to tell of an attack of a type."""
PART_FROM = {
    "perpetrator": 0.3,
    "organisation": 0.2,
    "target": 0.3,
    "victim": 0.4,
    "weapon": 0.2,
}
"""The chance from which a phrase is taken to have a part."""
_NEAR = 1
"""Sentences between a phrase and the word that tells of an attack, where there are several."""


@dataclass(frozen=True)
class Part:
    """A phrase in its part, with the chance that it has it."""

    phrase: Phrase
    role: str
    chance: float


@dataclass
class Incident:
    """One attack of a document: its type and who took part; an empty part is unknown."""

    type: str
    chance: float
    parts: list[Part] = field(default_factory=list)

    def of(self, role: str) -> list[Part]:
        """Those with this part, the surest first."""
        return sorted((p for p in self.parts if p.role == role), key=lambda p: -p.chance)

    def entities(self, role: str) -> list[list[Part]]:
        """The same, those joined that name one thing: one ends in the other's last word, stands
        in it, or follows it in brackets."""
        found: list[list[Part]] = []
        known: dict[object, int] = {}
        for part in self.of(role):
            keys = _identity(part.phrase)
            index = next((known[key] for key in keys if key in known), len(found))
            if index == len(found):
                found.append([])
            found[index].append(part)
            for key in keys:
                known.setdefault(key, index)
        return found


def _identity(phrase: Phrase) -> list[object]:
    """What two phrases share if they name one thing."""
    keys: list[object] = [phrase.words.split()[-1]]
    for mention in phrase.mentions:
        # "the Karsk Front (KF)": the bracket opens two characters behind the name.
        keys += [("at", mention.span.start), ("at", mention.span.end + 2)]
    return keys


def find_attacks(parses: Sequence[Parse]) -> list[Incident]:
    """The attacks of a document, at most one a type; what is merged so is one to the reader."""
    told = _sentences_of(parses)
    if not told:
        return []
    chances = type_chances(document_features(parses))
    incidents = [Incident(kind, chance) for kind, chance in chances.items() if chance >= TYPE_FROM]
    if not incidents:
        return []
    for part in parts_of(parses):
        shared = part.role in {"perpetrator", "organisation"}  # who did one did the others, mostly
        for incident in incidents if shared else _taking(part.phrase, incidents, told):
            incident.parts.append(part)
    return incidents


def parts_of(parses: Sequence[Parse]) -> list[Part]:
    phrases = list(phrases_of(parses).values())
    found = []
    for phrase, chances in zip(phrases, part_chances(p.features for p in phrases), strict=True):
        best = 1 + int(chances[1:].argmax())
        role = ROLES[best]
        if chances[best] >= PART_FROM[role]:
            found.append(Part(phrase, role, float(chances[best])))
    return found


def _sentences_of(parses: Sequence[Parse]) -> dict[str, set[int]]:
    """By type, the sentences that tell of it, counted through the document."""
    found: dict[str, set[int]] = {}
    number = 0
    for parse in parses:
        for first, last in parse.sentences:
            for token in triggers_of(parse, first, last):
                found.setdefault(trigger_types()[parse.lemmas[token].lower()], set()).add(number)
            number += 1
    return found


def _taking(phrase: Phrase, incidents: list[Incident], told: dict[str, set[int]]) -> list[Incident]:
    """The incidents that a phrase takes part in: those told beside it, else the surest."""
    if len(incidents) == 1:
        return incidents
    beside = [
        incident
        for incident in incidents
        if any(
            mention.sentence + step in told.get(incident.type, ())
            for mention in phrase.mentions
            for step in range(-_NEAR, 1)
        )
    ]
    return beside or [max(incidents, key=lambda incident: incident.chance)]
