"""Looks for inputs that break an edge, for a bounded time, and keeps what it finds.

    python -m tests.fuzz.hunt --seconds 60 [--edge pdf] [--seed 1]

Found cases go to tests/fuzz/corpus/EDGE/, where the tests read them for ever after.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from hashlib import sha256
from pathlib import Path

from tests.fuzz.edges import EDGES, SECONDS, attempt, mutated

CORPUS = Path(__file__).resolve().parent / "corpus"


def hunt(name: str, seconds: float, seed: int) -> tuple[int, list[str]]:
    """How many inputs were tried, and the names of the cases kept."""
    edge = EDGES[name]
    chance = random.Random(f"{name} {seed}")
    kept = [path.read_bytes() for path in sorted((CORPUS / name).glob("*.bin"))]
    pool = [*edge.seeds, *kept]
    found: dict[str, str] = {}
    tried = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        data = mutated(chance.choice(pool), chance)
        if len(pool) < 200 and chance.random() < 0.02:
            pool.append(data)
        tried += 1
        begun = time.monotonic()
        what = ""
        try:
            attempt(edge, data)
        # Whatever it is, it is what is being looked for.
        except Exception as error:  # noqa: BLE001
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
            what = f"{type(error).__name__} {where}"
        if time.monotonic() - begun > SECONDS:
            what = what or "too slow"
        if what and what not in found:
            found[what] = sha256(data).hexdigest()[:12]
            (CORPUS / name).mkdir(parents=True, exist_ok=True)
            (CORPUS / name / f"{found[what]}.bin").write_bytes(data)
    return tried, [f"{what} ({case})" for what, case in found.items()]


def main() -> int:
    """Hunts at each edge in turn; 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for each edge")
    parser.add_argument("--edge", choices=sorted(EDGES))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    bad = False
    for name in [options.edge] if options.edge else EDGES:
        tried, found = hunt(name, options.seconds, options.seed)
        bad = bad or bool(found)
        print(f"{name:14} {tried:7,} inputs: {', '.join(found) or 'nothing found'}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
