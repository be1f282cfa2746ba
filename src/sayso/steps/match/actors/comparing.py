"""Whether two profiles are one actor, how surely, and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from sayso.records.entities import EntityKind
from sayso.records.matches import Sameness
from sayso.steps.link.geometry import kilometres
from sayso.steps.match.actors.likeness import NameFit, fit_names, fits_beside
from sayso.steps.match.actors.names import is_short
from sayso.steps.match.actors.offices import RoleReason, compare_offices
from sayso.steps.match.actors.profiles import ActorProfile
from sayso.values.names import atoms

_BODIES: frozenset[EntityKind] = frozenset(("organisation", "armed_group", "outlet"))
_NEVER: frozenset[EntityKind] = frozenset(("document",))
_FAR = 60.0
"""Kilometres: two places of one name that lie further apart are two."""
_ORDER = {
    "equal": 6,
    "alike": 5,
    "longer": 4,
    "initials": 3,
    "office": 3,
    "part": 2,
    "near": 1,
    "other": 0,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found about two entities, `left` the smaller id."""

    left: str
    right: str
    decision: Sameness
    score: float
    """How alike they are, 0..1."""
    reasons: tuple[str, ...]
    """In words, the weightiest first."""
    weak: bool = False
    """Whether it rests on a part of a name or an abbreviation: it holds only where nobody else
    fits as well."""
    binding: bool = False
    """Whether nothing that is decided about others may make them one: known actors, a part and
    its whole."""


def compare(left: ActorProfile, right: ActorProfile) -> Comparison:
    """Whether two profiles are one actor. Symmetric, and the same on every machine.

    Careful before eager: what is only near, a part or an initial is `unsure` unless roles agree.
    """
    if right.id < left.id:
        left, right = right, left
    barred = _barred(left, right)
    if barred is not None:
        return Comparison(left.id, right.id, "different", 0.0, (barred,), binding=True)
    told = _is_told_country(left, right)
    if not (told or _one_kind(left.kind, right.kind)):
        words = f"one is {_a(left.kind)}, the other {_a(right.kind)}"
        return Comparison(left.id, right.id, "different", 0.0, (words,))
    shared = _shared_identifier(left, right)
    if shared is not None:
        return Comparison(left.id, right.id, "same", 1.0, (shared,))
    if not left.names or not right.names:
        described = left.name if not left.names else right.name
        words = f"{described!r} is a description, no name"
        return Comparison(left.id, right.id, "different", 0.0, (words,))
    if told:
        reasons = (f"both are called {left.name!r}", "one report tells of it as a country")
        return Comparison(left.id, right.id, "same", 0.85, reasons)
    fit = _best_fit(left, right)
    if left.kind == "person":
        return _persons(left, right, fit)
    return _others(left, right, fit)


def _persons(left: ActorProfile, right: ActorProfile, fit: NameFit) -> Comparison:
    roles = compare_offices(left.offices, right.offices)
    reasons = tuple(reason for reason in (fit.reason, roles.reason) if reason)
    decision, score = _weigh(fit, roles)
    if roles.speaking in ("against", "apart"):
        reasons = reasons[::-1]
    # "George Velm" may be any of several who have a further name: it must fit one alone.
    weak = fit.fit not in ("equal", "alike")
    return Comparison(left.id, right.id, decision, round(score, 4), reasons, weak=weak)


def _weigh(fit: NameFit, roles: RoleReason) -> tuple[Sameness, float]:
    whole = fit.fit in ("equal", "alike", "longer")
    if fit.fit == "other":
        return "different", fit.score
    if roles.speaking == "apart":
        return "different", 0.3 * fit.score
    if roles.speaking == "against":
        return ("unsure", 0.6 * fit.score) if whole else ("different", 0.4 * fit.score)
    if whole:
        return "same", fit.score
    if roles.speaking == "same body":
        return "unsure", min(0.8, fit.score + 0.1)
    if roles.speaking == "same office":
        return "same", min(0.95, fit.score + 0.35)
    return "unsure", fit.score


def _others(left: ActorProfile, right: ActorProfile, fit: NameFit) -> Comparison:
    reasons, score, weak = [fit.reason], fit.score, fit.fit == "initials"
    decision: Sameness
    if fit.fit in ("equal", "alike", "longer", "initials"):
        decision = "same"
    elif fit.fit == "office" and left.part_of is not None and left.part_of == right.part_of:
        decision, score = "same", 0.95
        reasons.append(f"both are part of {left.part_of_name or left.part_of}")
    elif fit.fit == "other":
        decision = "different"
    elif fit.fit == "part" and _in_one_company(left, right):
        # Of one word, but both back, fight or lead the same body: few bodies share name and foe.
        decision, score = "same", 0.85
        reasons = [f"both are called {left.name!r}", "reports relate both to the same actor"]
    else:
        decision = "unsure"
    if decision == "same" and left.kind in ("place", "state") and right.kind in ("place", "state"):
        decision, words = _placed(left, right)
        score = score if decision == "same" else 0.5 * score
        reasons.insert(0, words)
    if decision == "same" and left.kind in _BODIES:
        above = _parents_differ(left, right)
        if above is not None:
            decision, score = "unsure", 0.6 * score
            reasons.insert(0, above)
    kept = tuple(reason for reason in reasons if reason)
    return Comparison(left.id, right.id, decision, round(score, 4), kept, weak=weak)


def _in_one_company(left: ActorProfile, right: ActorProfile) -> bool:
    """Whether two bodies have the very same name of one word, and reports relate both to one
    actor."""
    own, other = atoms(left.name), atoms(right.name)
    return len(own) == 1 and own == other and not set(left.beside).isdisjoint(right.beside)


def _placed(left: ActorProfile, right: ActorProfile) -> tuple[Sameness, str]:
    """Places of one name are one only where they lie together; states have their names alone."""
    if left.kind == right.kind == "state" and atoms(left.name) == atoms(right.name):
        return "same", "no two states have one name"
    if left.latitude is None or left.longitude is None or right.latitude is None:
        return "unsure", "where one of them lies is not known"
    if right.longitude is None:
        return "unsure", "where one of them lies is not known"
    far = kilometres((left.latitude, left.longitude), (right.latitude, right.longitude))
    if far > _FAR:
        return "different", f"they lie {far:.0f} km apart"
    return "same", f"they lie {far:.0f} km apart" if far >= 1 else "they lie in one place"


def _best_fit(left: ActorProfile, right: ActorProfile) -> NameFit:
    kind = left.kind if left.kind == right.kind else _shared_kind(left.kind, right.kind)
    if kind == "person" and left.known is None and right.known is None:
        own = fit_names(left.name, right.name, kind)
        if not fits_beside(own, left.name, right.name):
            return own  # a shorter alias of both must not make one of John A. and John B. Velm
    best = NameFit("other", 0.0, "no name in common")
    explained = [any(len(atoms(n)) > 1 for n in one.names) for one in (left, right)]
    for a, b in product(left.names, right.names):
        if kind != "person" and all(explained) and (is_short(a) or is_short(b)):
            continue  # what the letters stand for is known: the full names tell
        fit = fit_names(a, b, kind)
        if (_ORDER[fit.fit], fit.score, fit.reason) > (_ORDER[best.fit], best.score, best.reason):
            best = fit
            if best.fit == "equal" and best.score == 1.0:
                break
    return best


def _shared_kind(left: EntityKind, right: EntityKind) -> EntityKind:
    """The kind by whose rules names of two kinds are compared: the more careful one."""
    return "place" if "place" in (left, right) else "organisation"


def _barred(left: ActorProfile, right: ActorProfile) -> str | None:
    """Why they are two whatever their names say; None where nothing says so."""
    if left.id in right.above or right.id in left.above:
        part, whole = (right, left) if left.id in right.above else (left, right)
        return f"{part.name} is part of {whole.name}"
    if left.known is not None and right.known is not None and left.known != right.known:
        return f"{left.name} and {right.name} are two known actors"
    for scheme in sorted(left.identifiers.keys() & right.identifiers.keys()):
        if left.identifiers[scheme] != right.identifiers[scheme]:
            return f"they have different ids in {scheme}"
    if left.kind in _NEVER or right.kind in _NEVER:
        return "documents are never joined"
    return None


def _shared_identifier(left: ActorProfile, right: ActorProfile) -> str | None:
    for scheme in sorted(left.identifiers.keys() & right.identifiers.keys()):
        return f"both have {left.identifiers[scheme]} in {scheme}"
    return None


def _one_kind(left: EntityKind, right: EntityKind) -> bool:
    return (
        left == right
        or (left in _BODIES and right in _BODIES)
        or {left, right} == {"place", "state"}
    )


def _is_told_country(left: ActorProfile, right: ActorProfile) -> bool:
    """Whether one is a country that no list knows, told by its ministers in its own report, and
    the other what a further report makes of its one word: a body, or a place that lies nowhere."""
    return (
        {left.kind, right.kind} in ({"organisation", "state"}, {"place", "state"})
        and left.known is None
        and right.known is None
        and left.latitude is None
        and right.latitude is None
        and not (left.identifiers or right.identifiers)
        and len(atoms(left.name)) == 1
        and atoms(left.name) == atoms(right.name)
    )


def _parents_differ(left: ActorProfile, right: ActorProfile) -> str | None:
    if left.part_of is None or right.part_of is None or left.part_of == right.part_of:
        return None
    if left.part_of in right.above or right.part_of in left.above:
        return None
    one, two = left.part_of_name or left.part_of, right.part_of_name or right.part_of
    return f"one is part of {one}, the other of {two}"


def _a(kind: str) -> str:
    words = kind.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
