"""Outlets by name: `Reuters`, `reuters.com` and `Reuters news agency` are one."""

from __future__ import annotations

import re

from sayso.values.names import atoms

_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<name>[\w-]+)(?:\.[\w-]+)*\.[a-zа-я]{2,10}(?:/\S*)?", re.IGNORECASE
)
_KINDS = frozenset({"agency", "news", "newspaper", "online", "daily", "press", "tv", "wire"})
"""Words that may stand behind an outlet's name without being part of it."""


def outlet_key(name: str | None) -> str | None:
    """An outlet's name as a string that is the same for its usual spellings; None for none.

    >>> outlet_key("www.karskpost.example"), outlet_key("The Karsk Post")
    ('karskpost', 'karskpost')
    >>> outlet_key("Tarvian News Agency"), outlet_key("Tarvian")
    ('tarvian', 'tarvian')
    """
    if name is None:
        return None
    address = _ADDRESS.fullmatch(name.strip())
    words = list(atoms(address["name"].replace("-", " ") if address else name))
    if len(words) > 1 and words[0] == "the":
        del words[0]
    while len(words) > 1 and words[-1] in _KINDS:
        words.pop()
    return "".join(words) or None
