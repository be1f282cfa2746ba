"""How often one may try: after some free tries, each wait is twice the one before.

A try is counted when it begins and given back when it was right, so that a hundred at once count
as a hundred. Nobody is locked out: each wait has an end, a refused try makes it no longer, and a
browser that somebody came in with before is counted by itself (OWASP's device cookies), so that a
stranger's tries do not stand in its way.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import NamedTuple

_HELD = 50_000
"""Keys that are held: a stranger with many addresses must not fill the memory."""
_V6_HOUSE = 64
"""Bits of an IPv6 address that tell one connection from another."""


class Pace(NamedTuple):
    """How tries by one key are slowed."""

    free: int
    """Wrong tries without a wait."""
    most: float
    """The longest wait in seconds; the first is one."""
    forgotten: float
    """Seconds without a try after which all is forgotten."""


ACCOUNT = Pace(5, 60.0, 3600.0)
"""Strangers at one account, wherever they come from: a short wait, for it meets its owner too."""
ADDRESS = Pace(20, 900.0, 3600.0)
"""One address, at whatever accounts: a whole office may stand behind it."""
DEVICE = Pace(5, 900.0, 3600.0)
"""A browser that came in before: it may be a stolen one."""


class Wait(NamedTuple):
    """What becomes of a try."""

    seconds: float
    """Until the next will be looked at; 0.0 where this one was counted and may go on."""
    new: bool
    """Whether it is the first that has to wait for this moment: one line in the log will do."""


Key = tuple[str, str, Pace]
"""Kind, value, pace."""


@dataclass(slots=True)
class _Tries:
    count: int = 0
    until: float = 0.0
    last: float = 0.0
    told: float = 0.0
    """The `until` of the last wait that somebody was told of."""


class Limits:
    """Tries that were made, in memory; thread-safe. `clock` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tries: dict[tuple[str, str], _Tries] = {}

    def take(self, keys: Sequence[Key]) -> Wait:
        """Counts one try by all keys; or none, where one of them has to wait."""
        with self._lock:
            now = self._clock()
            held = [found for key in keys if (found := self._tries.get(key[:2]))]
            longest = max(held, key=lambda tries: tries.until, default=None)
            if longest is not None and longest.until > now:
                new = longest.told != longest.until
                longest.told = longest.until
                return Wait(longest.until - now, new)
            for key in keys:
                self._count(key, now)
            return Wait(0.0, False)

    def give_back(self, keys: Sequence[Key]) -> None:
        """The try was right: it does not count."""
        with self._lock:
            for key in keys:
                found = self._tries.get(key[:2])
                if found is not None:
                    found.count = max(0, found.count - 1)
                    found.until = 0.0

    def _count(self, key: Key, now: float) -> None:
        kind, value, pace = key
        found = self._tries.get((kind, value))
        if found is None:
            if len(self._tries) >= _HELD:
                self._make_room(now)
            found = self._tries[(kind, value)] = _Tries()
        if now - found.last > pace.forgotten:
            found.count = 0
        found.count += 1
        found.last = now
        if found.count > pace.free:
            found.until = now + min(2.0 ** min(found.count - pace.free - 1, 30), pace.most)

    def _make_room(self, now: float) -> None:
        """Forgets those with the fewest tries: names made up by the thousand have one each, and
        must not push out the account that is really tried at."""
        out = heapq.nsmallest(
            len(self._tries) // 4,
            self._tries.items(),
            key=lambda item: (now - item[1].last < ADDRESS.forgotten, item[1].count, item[1].last),
        )
        for key, _ in out:
            del self._tries[key]


def house_of(address: str) -> str:
    """What an address is counted by: an IPv4 address, the first half of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:100]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> (128 - _V6_HOUSE) << (128 - _V6_HOUSE)))
