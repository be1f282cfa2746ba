"""Pairs of names of public figures, groups and bodies: are they one actor?

    python -m evals.name_pairs            figures of both halves, beside nomenklatura and rapidfuzz
    python -m evals.name_pairs --errors   what goes wrong on the half that rules were tuned on

`evals/data/name_pairs.toml`: facts compiled by us, written down before the comparison was run on
any of them; about half are near misses (relatives, namesakes, branches, sister bodies). A pair's
half is told by a hash of its names: half 0 was looked at while rules and lists were written, of
half 1 only the figures were seen. One person wrote pairs and rules, so expect less on others.

A pair counts as joined where both names are the same known actor or `compare` says `same`; this is
what a ledger does. `alone` is the same without the list of known actors. Beside it on the same
pairs and names, without roles: nomenklatura's logic_v2, and rapidfuzz's token_sort_ratio at a
threshold of 85, each also at the threshold that is best for it on these very pairs.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from sayso.records.entities import Alias, Entity, EntityKind
from sayso.steps.link.actors import Actor, Actors
from sayso.steps.match.actors.comparing import Comparison, compare
from sayso.steps.match.actors.profiles import ActorProfile, Office, chain, profile
from sayso.values.names import atoms

_FILE = Path(__file__).parent / "data" / "name_pairs.toml"
FILES = (_FILE,)
DATA: tuple[str, ...] = ()


@dataclass(frozen=True)
class NamePair:
    """Two names, and whether they are one actor."""

    kind: EntityKind
    left: str
    right: str
    same: bool
    left_roles: tuple[Office, ...] = ()
    right_roles: tuple[Office, ...] = ()

    @property
    def half(self) -> int:
        """0: rules were tuned on it; 1: not looked at."""
        return sha256(f"{self.left}|{self.right}".encode()).digest()[0] % 2


def pairs(half: int | None = None) -> list[NamePair]:
    """The pairs of a half (None: all)."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    found = [
        NamePair(group["kind"], left, right, group["same"])
        for group in data["group"]
        for left, right in group["pairs"]
    ]
    for one in data["pair"]:
        left, right = (
            tuple(_office(words) for words in one.get(f"{side}_roles", ()))
            for side in ("left", "right")
        )
        found.append(NamePair(one["kind"], one["left"], one["right"], one["same"], left, right))
    return [pair for pair in found if half is None or pair.half == half]


def _office(words: str) -> Office:
    role, body, year = (part.strip() for part in words.split("@"))
    actor = _actor(body)
    if actor is None:
        return Office(role, None, body, (), year, year)
    id = f"actor {actor.key}"
    return Office(role, id, actor.name, chain(_above().get(id), _above()), year, year)


@cache
def _known() -> Actors:
    return Actors.load([], builtin=True)


def _actor(name: str) -> Actor | None:
    words = atoms(name)
    words = words[1:] if words[:1] == ("the",) else words
    found = _known().names.get(words)
    return found[0][0] if found else None


def as_profile(
    name: str, kind: EntityKind, offices: tuple[Office, ...] = (), *, id: str, known: bool = True
) -> ActorProfile:
    """A profile of an entity of which only this name (and these roles) is known."""
    actor = _actor(name) if known and kind != "person" else None
    above = _above()
    id = f"actor {actor.key}" if actor else id
    kind = actor.kind if actor else kind
    entity = Entity(id, kind, name, (Alias(name, ()),), {}, above.get(id), (), "eval")
    made = profile(entity, above=above, known=actor)
    return msgspec.structs.replace(made, offices=offices)


@cache
def _above() -> dict[str, str | None]:
    return {f"actor {a.key}": f"actor {a.part_of}" if a.part_of else None for a in _known()}


def judged(pair: NamePair, *, known: bool = True) -> Comparison:
    """What sayso makes of a pair."""
    left = as_profile(pair.left, pair.kind, pair.left_roles, id="1", known=known)
    right = as_profile(pair.right, pair.kind, pair.right_roles, id="2", known=known)
    if left.id == right.id:
        return Comparison(left.id, right.id, "same", 1.0, ("one known actor",))
    return compare(left, right)


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of what was joined."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def score(gold: Sequence[bool], joined: Sequence[bool]) -> Score:
    """How well the joined pairs are those that are one."""
    right = sum(a and b for a, b in zip(gold, joined, strict=True))
    return Score(right / max(1, sum(joined)), right / max(1, sum(gold)))


def best_threshold(gold: Sequence[bool], scores: Sequence[float]) -> tuple[float, Score]:
    """The threshold of best F1 on these very pairs, and the scores there."""
    found = [(score(gold, [s >= t for s in scores]), t) for t in sorted(set(scores))]
    best, threshold = max(found, key=lambda pair: (pair[0].f1, pair[1]))
    return threshold, best


def by_tokens(pairs: Iterable[tuple[str, str, EntityKind]]) -> list[float]:
    """rapidfuzz's token_sort_ratio, 0..1."""
    from rapidfuzz.fuzz import token_sort_ratio
    from rapidfuzz.utils import default_process

    return [token_sort_ratio(a, b, processor=default_process) / 100 for a, b, _ in pairs]


def by_nomenklatura(pairs: Iterable[tuple[str, str, EntityKind]]) -> list[float]:
    """nomenklatura's logic_v2 on the names alone, 0..1."""
    from followthemoney import model
    from nomenklatura.matching import LogicV2, ScoringConfig

    config, scores = ScoringConfig.defaults(), []
    for number, (left, right, kind) in enumerate(pairs):
        schema = "Person" if kind == "person" else "Organization"
        one, two = (
            model.get_proxy(
                {"id": f"{number}-{side}", "schema": schema, "properties": {"name": [name]}}
            )
            for side, name in (("a", left), ("b", right))
        )
        scores.append(LogicV2.compare(one, two, config).score)
    return scores


PEERS: dict[str, tuple[Callable[[Iterable[tuple[str, str, EntityKind]]], list[float]], float]] = {
    "nomenklatura logic_v2": (by_nomenklatura, 0.7),
    "rapidfuzz token_sort_ratio": (by_tokens, 0.85),
}
"""By name: the scores, and the threshold its users take."""


def measure() -> dict[str, float]:
    """sayso's figures on the half not looked at, with and without the list of known actors."""
    part = pairs(1)
    gold = [pair.same for pair in part]
    figures = {}
    for name, known in (("", True), ("alone_", False)):
        got = score(gold, [judged(pair, known=known).decision == "same" for pair in part])
        figures[f"{name}precision"] = round(got.precision, 4)
        figures[f"{name}recall"] = round(got.recall, 4)
    return figures


def main() -> None:
    """Print the figures of both halves."""
    parser = argparse.ArgumentParser(description="Pairs of names.")
    parser.add_argument("--errors", action="store_true", help="print what went wrong on half 0")
    if parser.parse_args().errors:
        _show_errors()
        return
    for half in (0, 1):
        part = pairs(half)
        gold = [pair.same for pair in part]
        print(f"half {half}: {len(part)} pairs, {sum(gold)} of them one actor")
        for name, known in (("sayso", True), ("sayso alone", False)):
            found = [judged(pair, known=known).decision for pair in part]
            got = score(gold, [decision == "same" for decision in found])
            wrong = sum(d == "different" for d, same in zip(found, gold, strict=True) if same)
            print(f"  {name:28} {got}  (one actor called different: {wrong})")
        names = [(pair.left, pair.right, pair.kind) for pair in part]
        for name, (peer, usual) in PEERS.items():
            _show_peer(name, gold, peer(names), usual)


def _show_peer(name: str, gold: list[bool], scores: list[float], usual: float) -> None:
    threshold, best = best_threshold(gold, scores)
    at_usual = score(gold, [s >= usual for s in scores])
    print(f"  {name:28} {at_usual}  at {usual}; best {best}  at {threshold:.2f}")


def _show_errors() -> None:
    for pair in pairs(0):
        for known in (True, False):
            got = judged(pair, known=known)
            if (got.decision == "same") != pair.same:
                print(
                    f"{'with' if known else 'without'} {pair.kind} {pair.left} | {pair.right}: "
                    f"same={pair.same} {got.decision} {got.score} {got.reasons}"
                )


if __name__ == "__main__":
    main()
