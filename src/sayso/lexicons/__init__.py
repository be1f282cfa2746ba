"""Word lists and known actors as data files, and the one way to read them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of the data file `name` of this folder. Shared: read it, never change it."""
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The list `key` of the data file `name`, as a set."""
    return frozenset(load(name)[key])
