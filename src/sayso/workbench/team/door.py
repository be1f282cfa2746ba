"""The door: by name and password in, with a session; by a session or a token recognised."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import apsw

from sayso.errors import AccountsError
from sayso.judging import now as stamp
from sayso.records.accounts import Account, Happening, Noted
from sayso.store.accounts import log, people, visits
from sayso.store.accounts.file import changing, opened
from sayso.store.accounts.people import Kept
from sayso.store.accounts.visits import Ages, Bearer
from sayso.workbench.team.limits import ACCOUNT, ADDRESS, DEVICE, Key, Limits, house_of
from sayso.workbench.team.passwords import Passwords, check_new

_LONGEST_NAME = 200
"""Characters of a name that is looked up: what is longer is nobody's."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Who came in, and what their browser is to keep."""

    account: Account
    session: str
    device: str | None
    """None where the browser was known."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not let in; the reason does not tell a wrong name from a wrong password."""

    wait: float = 0.0
    """Seconds before the next try will be looked at; 0.0 where this one was."""


class Door:
    """What is asked of the file of accounts at `path` while people come and go.

    Thread-safe: each call opens the file of its own. `clock` gives seconds since 1970. Every method
    raises `AccountsError` where the file cannot be used.
    """

    def __init__(
        self,
        path: str,
        *,
        passwords: Passwords | None = None,
        clock: Callable[[], float] = time.time,
        pace: Callable[[], float] = time.monotonic,
        ages: Ages | None = None,
    ) -> None:
        self.path = path
        self.ages = ages or Ages()
        self.passwords = passwords or Passwords()
        assert self.passwords.nobodys  # not when the first unknown name comes, which would tell
        self._clock = clock
        self._limits = Limits(pace)

    def enter(self, name: str, password: str, *, address: str, device: str) -> Entered | Refused:
        """Lets in who gives the right password; `device` is what their browser is known by, if it
        is. The session is always a new one: one that was planted in a browser is worth nothing."""
        asked = name.strip() if len(name) <= _LONGEST_NAME else ""
        with opened(self.path) as db:
            kept = people.find(db, asked)
            keys, is_known = self._keys(db, kept, asked, address, device)
        wait = self._limits.take(keys)
        if wait.seconds > 0:
            if wait.new:
                self._note("slowed", kept, address)
            return Refused(wait.seconds)
        if not self.passwords.fits(kept.hash if kept else None, password):
            self._note("failed", kept, address)
            return Refused()
        assert kept is not None
        entered = self._begin(
            kept, password, address, None if is_known else secrets.token_urlsafe(32)
        )
        if entered is None:
            self._note("stale", kept, address)
            return Refused()
        self._limits.give_back(keys)
        return entered

    def visitor(self, session: str, *, active: bool) -> Account | None:
        """Whose session this is; `active` where a person does something, and not a page alone."""
        if not session:
            return None
        with opened(self.path) as db:
            return visits.session(db, session, now=self._now(), ages=self.ages, active=active)

    def bearer(self, token: str) -> Bearer | None:
        """For whom a program with this token acts."""
        with opened(self.path) as db:
            return visits.bearer(db, token, now=self._now())

    def leave(self, session: str, account: str) -> None:
        """Ends a session."""
        with changing(self.path) as db:
            visits.end(db, session)
            log.note(db, Noted(stamp(), "logout", account, account, None))

    def change_password(
        self, name: str, old: str, new: str, *, address: str, device: str
    ) -> Entered | Refused:
        """Gives who knows the old password a new one. All sessions end; a new one begins.

        Raises `AccountsError` where the new one may not be chosen.
        """
        check_new(new, name)
        with opened(self.path) as db:
            kept = people.known(db, name)
            keys, _ = self._keys(db, kept, name, address, device)
        wait = self._limits.take(keys)
        if wait.seconds > 0:
            return Refused(wait.seconds)
        if not self.passwords.fits(kept.hash, old):
            self._note("failed", kept, address)
            return Refused()
        self._limits.give_back(keys)
        if old == new:
            raise AccountsError("the new password is the old one; choose another")
        hash = self.passwords.hash(new)
        with changing(self.path) as db:
            people.set_password(db, name, hash)
            log.note(db, Noted(stamp(), "password", kept.account.name, name, address))
            kept = people.known(db, name)
        entered = self._begin(kept, new, address, secrets.token_urlsafe(32))
        return entered or Refused()

    def sessions_of(self, name: str) -> int:
        """How many sessions of an account are open."""
        with opened(self.path) as db:
            number = people.known(db, name).number
            return visits.sessions_of(db, number, now=self._now(), ages=self.ages)

    def end_others(self, name: str, session: str) -> None:
        """Ends all sessions of an account but this one."""
        with changing(self.path) as db:
            visits.end_others(db, people.known(db, name).number, session)

    def _keys(
        self, db: apsw.Connection, kept: Kept | None, asked: str, address: str, device: str
    ) -> tuple[list[Key], bool]:
        """What the try is counted by, and whether this account came in with this browser before."""
        if kept and device:
            now = self._now()
            if visits.is_device(db, kept.number, device, now=now, ages=self.ages):
                return [("device", visits.hashed(device), DEVICE)], True
        name = sha256(people.folded(asked).encode("utf-8", "replace")).hexdigest()
        return [("account", name, ACCOUNT), ("address", house_of(address), ADDRESS)], False

    def _begin(self, kept: Kept, password: str, address: str, device: str | None) -> Entered | None:
        newer = self.passwords.hash(password) if self.passwords.is_old(kept.hash) else None
        session = secrets.token_urlsafe(32)
        now = self._now()
        with changing(self.path) as db:
            if newer is not None and people.set_hash(db, kept, newer):
                kept = kept._replace(hash=newer)
            if not visits.begin(db, kept, session, now=now):
                return None
            if device is not None:
                visits.know_device(db, kept.number, device, now=now)
            visits.sweep(db, now=now, ages=self.ages)
            name = kept.account.name
            log.note(db, Noted(stamp(), "login", name, name, address))
        return Entered(kept.account, session, device)

    def _note(self, what: Happening, kept: Kept | None, address: str) -> None:
        with changing(self.path) as db:
            name = kept.account.name if kept else None
            log.note(db, Noted(stamp(), what, name, None, address))

    def _now(self) -> int:
        return int(self._clock())
