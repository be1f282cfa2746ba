"""The file of floors: what each case must reach, and on which data it was measured.

A floor is the best value a figure has had when someone ran `--update`. It is never lowered by this
program; a reviewer sees in the diff of `floors.json` if somebody lowers one by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.003
"""How far a figure may lie on the wrong side of its bound: other processors round differently."""


class FloorLowered(Exception):
    """An update would have made a bound easier to meet."""


class OtherCorpus(Exception):
    """The data is not the data that the floors were measured on."""


@dataclass(frozen=True)
class Pinned:
    """One case's bounds: least values, greatest values, and the hash of the data."""

    corpus: str
    floors: dict[str, float] = field(default_factory=dict)
    ceilings: dict[str, float] = field(default_factory=dict)

    def failures(self, figures: Mapping[str, float]) -> list[str]:
        """What a measurement falls short of, one line each; a figure left out falls short."""
        found: list[str] = []
        for name, floor in self.floors.items():
            value = figures.get(name)
            if value is None or value < floor - TOLERANCE:
                found.append(f"{name} is {_shown(value)}, its floor is {floor:.4f}")
        for name, ceiling in self.ceilings.items():
            value = figures.get(name)
            if value is None or value > ceiling + TOLERANCE:
                found.append(f"{name} is {_shown(value)}, its ceiling is {ceiling:.4f}")
        return found

    def raised(self, new: Pinned) -> Pinned:
        """These bounds drawn tighter where `new` is better.

        Raises FloorLowered where a figure is worse than its bound or is gone, and OtherCorpus where
        the data differs.
        """
        if new.corpus != self.corpus:
            raise OtherCorpus("the data changed since the floors were measured")
        worse = self.failures(new.floors | new.ceilings)
        if worse:
            raise FloorLowered("; ".join(worse))
        return Pinned(
            self.corpus,
            {k: max(v, self.floors.get(k, v)) for k, v in new.floors.items()},
            {k: min(v, self.ceilings.get(k, v)) for k, v in new.ceilings.items()},
        )


def _shown(value: float | None) -> str:
    return "missing" if value is None else f"{value:.4f}"


def read(path: Path = FLOORS) -> dict[str, Pinned]:
    """The bounds by case; none where the file does not exist."""
    if not path.exists():
        return {}
    return {name: Pinned(**fields) for name, fields in json.loads(path.read_text("utf-8")).items()}


def write(pinned: Mapping[str, Pinned], path: Path = FLOORS) -> None:
    """Write the bounds, sorted, so that a change shows as one line."""
    plain = {
        name: {
            "corpus": case.corpus,
            "floors": {k: round(v, 4) for k, v in sorted(case.floors.items())},
            "ceilings": {k: round(v, 4) for k, v in sorted(case.ceilings.items())},
        }
        for name, case in sorted(pinned.items())
    }
    path.write_text(json.dumps(plain, indent=2) + "\n", "utf-8")
