"""What became of one address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.records.provenance import Problem

Result = Literal["kept", "same_content", "unchanged", "left_out", "failed"]
"""`same_content`: kept already, under this or another address, which is noted. `left_out`: in a
language that is not asked for."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of one address."""

    source: str
    uri: str
    result: Result
    size: int = 0
    """Bytes received."""
    problem: Problem | None = None
    left: int = 0
    """Pages of this source that are still to be fetched, as far as is known."""
