"""Estimates and the time that each holds for, in phrases of our own, a third of them traps.

    python -m evals.dated_estimates            the figures of both halves
    python -m evals.dated_estimates --errors   and every phrase of the half looked at that is not
                                               read exactly

The phrases were written before any rule was run on them, and half of them (by SHA-256 of the text)
were never looked at while rules changed; `_unseen` figures are of that half. Every report is
taken to be of 14 December 2024.

    bounds  share of the phrases with estimates whose bounds are all right and none is added
    when    share of the figures in those whose time is right: the EDTF value, or present with no
            value ("currently"), or none where the words say none ("said on Monday that it has ...")
    dated   the same over the figures whose time is said
    traps   numbers of something else that are listed as estimates
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from evals.plain_documents import plain_document
from evals.readings import reader
from sayso.records.documents import Published
from sayso.records.findings import Claim

PHRASES = Path(__file__).resolve().parent / "data" / "dated_estimates.jsonl"
DATA: tuple[str, ...] = ()
FILES = (PHRASES,)
LOWER_IS_BETTER = ("traps", "traps_unseen")
_PUBLISHED = Published("2024-12-14", "metadata")


@dataclass(frozen=True)
class Phrase:
    """A phrase, its estimates as they should be, and those found, in text order."""

    text: str
    gold: list[dict[str, Any]]
    found: list[Claim]

    @property
    def exact(self) -> bool:
        """Whether its bounds are all right and none is added."""
        return [(one["low"], one["high"]) for one in self.gold] == [
            (claim.low, claim.high) for claim in self.found
        ]

    @property
    def whens(self) -> list[tuple[bool, bool]]:
        """For each figure whether its time is said, and whether it is read right."""
        return [
            (wanted != (None, None), wanted == when_of(claim))
            for one, claim in zip(self.gold, self.found, strict=True)
            for wanted in [(one["when"], one["reference"])]
        ]


def when_of(claim: Claim) -> tuple[str | None, str | None]:
    """A claim's time as value and, where it has none, what it refers to."""
    if claim.time is None:
        return None, None
    value = claim.time.value
    return value, None if value is not None else claim.time.reference or "unread"


def is_seen(text: str) -> bool:
    """Whether a phrase is of the half that was looked at."""
    return int(sha256(text.encode()).hexdigest(), 16) % 2 == 0


def phrases() -> Iterator[Phrase]:
    """Each phrase, read."""
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = replace(plain_document(row["text"]), published=_PUBLISHED)
        claims = reader().read_document(document).claims
        yield Phrase(row["text"], row["estimates"], [c for c in claims if c.kind == "estimate"])


def scores(part: Sequence[Phrase]) -> dict[str, float]:
    """The figures over some phrases."""
    clear = [one for one in part if one.gold]
    whens = [when for one in clear if one.exact for when in one.whens]
    dated = [right for said, right in whens if said]
    return {
        "bounds": sum(one.exact for one in clear) / max(1, len(clear)),
        "when": sum(right for _, right in whens) / max(1, len(whens)),
        "dated": sum(dated) / max(1, len(dated)),
        "traps": float(sum(bool(one.found) for one in part if not one.gold)),
    }


def measure() -> dict[str, float]:
    """The figures over all phrases, and over the half that was not looked at."""
    read = list(phrases())
    unseen = scores([one for one in read if not is_seen(one.text)])
    return scores(read) | {f"{name}_unseen": value for name, value in unseen.items()}


def main() -> None:
    """Print the figures, with `--errors` what is wrong in the half looked at."""
    parser = argparse.ArgumentParser(prog="python -m evals.dated_estimates", description=__doc__)
    parser.add_argument("--errors", action="store_true")
    errors = parser.parse_args().errors
    read = list(phrases())
    for one in read if errors else ():
        if is_seen(one.text) and not (one.exact and all(right for _, right in one.whens)):
            print(one.text)
            print("   gold ", [tuple(gold.values()) for gold in one.gold])
            print(
                "   found",
                [(c.measure, c.low, c.high, c.approximate, *when_of(c)) for c in one.found],
            )
    for name, seen in ((True, "looked at"), (False, "other half")):
        part = [one for one in read if is_seen(one.text) == name]
        figures = "  ".join(f"{key} {value:.3f}" for key, value in scores(part).items())
        print(
            f"{seen}: {len(part)} phrases, {sum(bool(one.gold) for one in part)} clear  {figures}"
        )


if __name__ == "__main__":
    main()
