"""What speaks for and against two mentions meaning one person, thing, place or time."""

from __future__ import annotations

from sayso.steps.match.events.signs import overlap
from sayso.steps.match.kindred import nearness
from sayso.steps.match.mentions.profiles import MentionProfile
from sayso.steps.match.stories.background import Background
from sayso.values.names import abbreviates
from sayso.values.stems import stem

_FAR = 4
"""Sentences beyond which distance tells no more."""
_GENDERS = frozenset({"he", "she"})


def signs(
    one: MentionProfile,
    other: MentionProfile,
    background: Background,
    alike: float = 0.0,
    *,
    one_story: bool = True,
) -> dict[str, float]:
    """By name; most of them 0..1. `alike`: the cosine of the documents, 1 for one document."""
    together = one.document == other.document
    looks = "_".join(sorted((one.look, other.look)))
    near = nearness(one.head, other.head)
    governed = nearness(one.governor, other.governor) if one.governor and other.governor else None
    left, right = _stems(one), _stems(other)
    rarity = background.rarity
    same_head = one.head == other.head
    found = {
        looks: 1.0,
        "together": float(together),
        "one_story": float(one_story),
        "alike": alike,
        "same_head": float(same_head),
        "same_words": float(one.words == other.words),
        "head_rarity": min(rarity(one.head), rarity(other.head)),
        "nearness": 0.0 if near is None else near,
        "words": overlap(left, right, background),
        "all_in_other": float(set(left) <= set(right) or set(right) <= set(left)),
        "last_word": float(one.words[-1:] == other.words[-1:]),
        "modifiers": overlap(one.modifiers, other.modifiers, background),
        "around": overlap(one.around, other.around, background),
        "governor": 0.0 if governed is None else governed,
        "same_governor": float(bool(one.governor) and one.governor == other.governor),
        "same_role": float(one.role == other.role),
        "same_number": float(one.plural == other.plural),
        "length": min(6, abs(len(one.words) - len(other.words))) / 6,
        "shorter": min(6, len(one.words), len(other.words)) / 6,
        "longer": min(8, max(len(one.words), len(other.words))) / 8,
    }
    if one.modifiers and other.modifiers:
        found["other_modifiers"] = float(not set(one.modifiers) & set(other.modifiers))
    digits = {w for w in one.words if w[:1].isdigit()}, {w for w in other.words if w[:1].isdigit()}
    if digits[0] and digits[1]:
        found["same_digits" if digits[0] == digits[1] else "other_digits"] = 1.0
    if one.name and other.name:
        short, long = sorted((one.words, other.words), key=len)
        found["same_name"] = float(one.name == other.name)
        found["name_in_other"] = float(set(short) <= set(long))
        found["name_words"] = overlap(short, long, background)
        found["abbreviates"] = float(
            len(short) == 1 and len(long) > 1 and abbreviates(short[0].upper(), " ".join(long))
        )
        found["no_common_word"] = float(not set(short) & set(long))
    if one.entity and other.entity:
        same = one.entity == other.entity
        found["same_entity" if same else "other_entity"] = 1.0
        found["entity_words"] = overlap(one.entity.split(), other.entity.split(), background)
    elif one.entity or other.entity:
        named, words = (one.entity, right) if one.entity else (other.entity, left)
        found["entity_named"] = overlap([stem(w) for w in named.split()], words, background)
    if one.kind and other.kind:
        found["same_kind" if one.kind == other.kind else "other_kind"] = 1.0
    if one.pronoun and other.pronoun:
        found["same_pronoun"] = float(one.pronoun == other.pronoun)
        found["other_gender"] = float(
            one.pronoun != other.pronoun and {one.pronoun, other.pronoun} <= _GENDERS
        )
    elif one.pronoun or other.pronoun:
        pronoun, rest = (one, other) if one.pronoun else (other, one)
        found[f"pronoun_{pronoun.pronoun}"] = 1.0
        found["pronoun_after"] = float(together and rest.span.start < pronoun.span.start)
        found["pronoun_person"] = float(
            pronoun.pronoun in _GENDERS and rest.kind in {"person", "PERSON"}
        )
        found["pronoun_no_person"] = float(
            pronoun.pronoun in _GENDERS and rest.kind not in {"person", "PERSON", ""}
        )
        found["pronoun_subject"] = float(rest.role == "subject")
    if (one.beside and other.beside) or one.beside == other.head or other.beside == one.head:
        found["said_to_be"] = float(one.beside == other.head or other.beside == one.head)
    if together:
        found["sentences"] = min(_FAR, abs(one.sentence - other.sentence)) / _FAR
        found["distance"] = min(1.0, abs(one.span.start - other.span.start) / 400)
        found["inside"] = float(one.span.overlaps(other.span))
    return found


def _stems(one: MentionProfile) -> tuple[str, ...]:
    return tuple({one.head, *one.modifiers})
