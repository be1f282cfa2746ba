"""The word lists: TOML files beside this module, each with its source and licence in its head."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of `name`.toml, read once a process. Callers must not change it."""
    text = files("sayso.lexicons").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
