"""A quotation on its way: told whole, shortened, without its hedge, without its speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evals.synthetic.world import Person

Change = Literal["same", "shortened", "hedge_dropped", "unattributed"]
_HEDGE = re.compile(r"~([^~|]*)\|([^~]*)~")
_TAIL = re.compile(r"\^([^^]*)\^")


@dataclass(frozen=True)
class Remark:
    """Words that somebody said once."""

    id: str
    person: Person
    template: str
    """With the marks of `seen.toml`, its slots filled."""

    @property
    def words(self) -> str:
        """As they were said."""
        return telling(self.template, "same")


def telling(template: str, change: Change) -> str:
    """The words after one change. A telling that drops the hedge is shortened as well."""
    shortened = change in ("shortened", "hedge_dropped")
    words = _TAIL.sub("" if shortened else r"\1", template)
    return _HEDGE.sub(r"\2" if change == "hedge_dropped" else r"\1", words)
