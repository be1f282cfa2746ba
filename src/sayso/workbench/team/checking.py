"""Work on passwords, few at a time: each takes 64 MiB, and a second on a slow machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

_T = TypeVar("_T")
_AT_ONCE = 2
_WAITING = 30
"""Who comes when so many wait already is told to come again: the rest of the workbench goes on."""


class Busy(Exception):
    """Too many are at the door."""


class Checking:
    """The queue of an application before its password hashes."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._here = 0

    async def run(self, work: Callable[[], _T]) -> _T:
        """Runs `work` in a thread when it is its turn. Raises `Busy`."""
        if self._here >= _AT_ONCE + _WAITING:
            raise Busy
        self._here += 1
        try:
            async with self._places:
                return await run_in_threadpool(work)
        finally:
            self._here -= 1
