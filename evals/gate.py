"""The quality gate: measures every case and fails where a figure fell below its floor.

    python -m evals.gate                 every case
    python -m evals.gate polnear         one
    python -m evals.gate --update        raise the floors to what was measured (never lowers one)
    python -m evals.gate --update --new-corpus polnear   start a case anew: its data was replaced

A case whose data is not at hand is skipped, saying so: that is no failure. A case that has floors
but no module is one. The exit code is 0 if nothing failed, else 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from evals import cases, floors
from evals.cases import Case
from evals.floors import FloorLowered, OtherCorpus, Pinned

Verdict = Literal["passed", "failed", "skipped", "unpinned"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evals.gate", description="The quality gate.")
    parser.add_argument("names", nargs="*", help=f"cases: {', '.join(cases.NAMES)}")
    parser.add_argument("--update", action="store_true", help="raise floors")
    parser.add_argument(
        "--new-corpus", action="store_true", help="with --update: data was replaced"
    )
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(cases.NAMES)
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    names = options.names or cases.NAMES
    if options.update:
        return update(names, new_corpus=options.new_corpus)
    return check(names)


def check(names: Iterable[str], path: Path = floors.FLOORS) -> int:
    """Measure the cases against their floors; 1 if any failed."""
    pinned = floors.read(path)
    verdicts = [check_case(name, cases.load(name), pinned.get(name)) for name in names]
    print(", ".join(f"{verdicts.count(v)} {v}" for v in sorted(set(verdicts))))
    return 1 if "failed" in verdicts else 0


def check_case(name: str, case: Case | None, pinned: Pinned | None) -> Verdict:
    """Measure one case and print how it stands."""
    if case is None:
        print(f"{name}: no such module" + (", but it has floors" if pinned else ", skipped"))
        return "failed" if pinned else "skipped"
    if not case.data:
        print(f"{name}: skipped, its data is not at hand")
        return "skipped"
    if pinned and case.corpus() != pinned.corpus:
        print(f"{name}: failed, the data is not the data its floors were measured on")
        return "failed"
    figures = _measured(case)
    if pinned is None:
        print(f"{name}: no floors yet")
        return "unpinned"
    failures = pinned.failures(figures)
    for line in failures:
        print(f"{name}: FAILED: {line}")
    return "failed" if failures else "passed"


def update(names: Iterable[str], *, new_corpus: bool, path: Path = floors.FLOORS) -> int:
    """Raise the floors of the cases to what is measured; 1 if one would have to be lowered."""
    refused = False
    for name in names:
        case = cases.load(name)
        if case is None or not case.data:
            print(f"{name}: skipped, no module or no data")
            continue
        fresh = pin(case, _measured(case))
        pinned = floors.read(path)  # read anew: cases take long, and another run may have written
        try:
            old = pinned.get(name)
            pinned[name] = fresh if old is None or new_corpus else old.raised(fresh)
        except (FloorLowered, OtherCorpus) as error:
            print(f"{name}: REFUSED, nothing changed: {error}")
            refused = True
            continue
        floors.write(pinned, path)
        print(f"{name}: floors written")
    return 1 if refused else 0


def pin(case: Case, figures: dict[str, float]) -> Pinned:
    """The bounds that these figures would make."""
    wanted = {name: v for name, v in figures.items() if not case.pinned or name in case.pinned}
    return Pinned(
        corpus=case.corpus(),
        floors={k: v for k, v in wanted.items() if k not in case.lower_is_better},
        ceilings={k: v for k, v in wanted.items() if k in case.lower_is_better},
    )


def _measured(case: Case) -> dict[str, float]:
    began = time.perf_counter()
    figures = case.measure()
    print(f"{case.name}: {len(case.data)} files, {time.perf_counter() - began:.1f} s")
    for name, value in figures.items():
        print(f"  {name:30} {value:.4f}")
    return figures


if __name__ == "__main__":
    sys.exit(main())
