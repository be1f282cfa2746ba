"""What stands in an address, read strictly: what cannot be understood is refused, for a filter
that is silently left out would give an answer to another question."""

from __future__ import annotations

import math
from collections.abc import Collection

from starlette.requests import Request

from sayso.errors import SettingsError

_LAST = (1 << 63) - 1
"""The largest number of a row."""


def query_of(request: Request) -> dict[str, str]:
    """The fields of the address; of one given twice, the last."""
    return dict(request.query_params)


def cursor(query: dict[str, str]) -> int | None:
    """Where the page before ended; None for the first page. Raises `SettingsError`."""
    given = query.get("after", "")
    if not given:
        return None
    # Not `isdigit`: it takes "²" for a digit, of which no number can be made.
    if not given.isascii() or not given.isdecimal() or len(given) > 19 or int(given) > _LAST:
        raise SettingsError(f"after: {given!r} is no cursor; take it from the page before")
    return int(given)


def share(query: dict[str, str], name: str) -> float | None:
    """A number from 0 to 1; None where nothing is given. Raises `SettingsError`."""
    given = query.get(name, "").strip()
    if not given:
        return None
    try:
        number = float(given)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:  # nor is "nan" a number
        raise SettingsError(f"{name}: {given!r} is no number from 0 to 1")
    return number


def choice(query: dict[str, str], name: str, known: Collection[str]) -> str | None:
    """One of the known words; None where nothing is given. Raises `SettingsError`."""
    given = query.get(name, "")
    if not given:
        return None
    if given not in known:
        raise SettingsError(f"{name}: {given!r} is none of {', '.join(known)}")
    return given


async def body_of(request: Request, largest: int) -> bytes | None:
    """What was sent; None where it is more than so many bytes, of which the rest is never held."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > largest:
            return None
    return body
