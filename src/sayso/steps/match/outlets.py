"""Outlets by name: `Reuters`, `reuters.com` and `Reuters news agency` are one; so are `VNA` and
`Velm News Agency`, where both are spoken of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from sayso.lexicons import words
from sayso.values.names import abbreviates, atoms

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
    found = atoms(address["name"].replace("-", " ") if address else name)
    if len(found) > 1 and found[0] == "the":
        found = found[1:]
    whole = "".join(found)
    for kind in _KINDS:
        if whole.endswith(kind) and len(whole) > len(kind):
            whole = whole.removesuffix(kind)
            break
    return whole or None


class OutletNames:
    """The outlets that some texts speak of, and which of their names are one outlet's.

    An abbreviation is joined with the one full name that it abbreviates; where it may stand for
    two it stays alone.
    """

    def __init__(self, names: Iterable[str | None]) -> None:
        given = sorted({name for name in names if name})
        fulls = [name for name in given if len(atoms(name)) > 1]
        meant: dict[str, set[str]] = defaultdict(set)
        # Only the full names that begin with the same letter are tried.
        by_letter: dict[str, list[str]] = defaultdict(list)
        for full in fulls:
            for first in {atoms(full)[0][0], *(w[0] for w in atoms(full)[1:2])}:
                by_letter[first].append(full)
        for short in given:
            if _is_abbreviation(short):
                for full in by_letter[atoms(short)[0][0]]:
                    if abbreviates(short, full):
                        meant[outlet_key(short) or ""].add(outlet_key(full) or "")
        self._full = {short: min(keys) for short, keys in meant.items() if len(keys) == 1}

    def key(self, name: str | None) -> str | None:
        """The outlet's name as a string that is the same for all its names; None for none."""
        found = outlet_key(name)
        return self._full.get(found, found) if found is not None else None


def _is_abbreviation(name: str) -> bool:
    letters = "".join(char for char in name if char.isalpha())
    return 2 <= len(letters) <= 6 and letters.isupper() and len(atoms(name)) == 1


def is_agency(name: str | None) -> bool:
    """Whether an outlet is a news agency, by its name: papers print what agencies write."""
    found = atoms(name or "")
    return bool(found) and (found[-1] in _AGENCY or outlet_key(name) in _agencies())


_AGENCY = frozenset({"agency", "wire"})


@cache
def _agencies() -> frozenset[str | None]:
    return frozenset(map(outlet_key, words("clean/agencies.toml", "agencies")))
