"""Outlets by name: `Reuters`, `reuters.com` and `Reuters news agency` are one."""

from __future__ import annotations

import re

from sayso.values.names import atoms

_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<name>[\w-]+)(?:\.[\w-]+)*\.[a-zа-я]{2,10}(?:/\S*)?", re.IGNORECASE
)
_KINDS = ("newsagency", "pressagency", "agency", "online")
"""What may stand behind an outlet's name without being part of it. `News`, `Daily` and `Press` do
tell outlets apart."""


def outlet_key(name: str | None) -> str | None:
    """An outlet's name as a string that is the same for its usual spellings; None for none.

    >>> outlet_key("www.karskpost.example"), outlet_key("The Karsk Post")
    ('karskpost', 'karskpost')
    >>> outlet_key("Velm News Agency"), outlet_key("Velm News")
    ('velm', 'velmnews')
    """
    if name is None:
        return None
    address = _ADDRESS.fullmatch(name.strip())
    words = atoms(address["name"].replace("-", " ") if address else name)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    whole = "".join(words)
    for kind in _KINDS:
        if whole.endswith(kind) and len(whole) > len(kind):
            whole = whole.removesuffix(kind)
            break
    return whole or None
