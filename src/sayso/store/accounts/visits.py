"""Who is in: sessions of browsers, browsers that are known, tokens of programs.

All are random values that only the other side holds; here stand their hashes. A fast hash will do:
256 random bits cannot be guessed, unlike a password.
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

import apsw

from sayso.records.accounts import Account, Role, lesser
from sayso.store.accounts.people import COLUMNS, Kept, kept_from
from sayso.store.asking import one_row

_TOUCH = 60
"""Seconds: a session's last use is written this often at most."""


class Ages(NamedTuple):
    """How long they hold, in seconds."""

    idle: int = 2 * 3600
    """A session that is not used."""
    session: int = 12 * 3600
    """Any session: one working day."""
    device: int = 90 * 86_400
    """A known browser."""
    token: int = 365 * 86_400
    """A program's token."""


def hashed(secret: str) -> str:
    """How a random value is kept."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def begin(db: apsw.Connection, kept: Kept, secret: str, *, now: int) -> bool:
    """Begins a session. False where the account was closed, or its password changed, while the
    old one was being checked."""
    db.execute(
        "INSERT INTO sessions SELECT ?, number, ?, ? FROM accounts"
        " WHERE number = ? AND hash = ? AND disabled IS NULL",
        (hashed(secret), now, now, kept.number, kept.hash),
    )
    return bool(db.changes())


def session(
    db: apsw.Connection, secret: str, *, now: int, ages: Ages, active: bool
) -> Account | None:
    """Whose session this is; None where there is none, or it is too old.

    `active` says that a person did something, and not a page by itself.
    """
    row = one_row(
        db,
        f"SELECT s.seen, {COLUMNS} FROM sessions AS s JOIN accounts AS a ON a.number = s.account"
        " WHERE s.hash = ? AND s.seen > ? AND s.made > ? AND a.disabled IS NULL",
        (hashed(secret), now - ages.idle, now - ages.session),
    )
    if row is None:
        return None
    if active and now - row[0] >= _TOUCH:
        db.execute("UPDATE sessions SET seen = ? WHERE hash = ?", (now, hashed(secret)))
    return kept_from(row[1:]).account


def end(db: apsw.Connection, secret: str) -> None:
    """Ends a session."""
    db.execute("DELETE FROM sessions WHERE hash = ?", (hashed(secret),))


def end_others(db: apsw.Connection, number: int, secret: str) -> None:
    """Ends all sessions of an account but one."""
    db.execute("DELETE FROM sessions WHERE account = ? AND hash != ?", (number, hashed(secret)))


def sessions_of(db: apsw.Connection, number: int, *, now: int, ages: Ages) -> int:
    """How many sessions of an account are open."""
    row = one_row(
        db,
        "SELECT count(*) FROM sessions WHERE account = ? AND seen > ? AND made > ?",
        (number, now - ages.idle, now - ages.session),
    )
    assert row is not None
    return int(row[0])


def sweep(db: apsw.Connection, *, now: int, ages: Ages) -> None:
    """Forgets what is too old to be let in by."""
    db.execute(
        "DELETE FROM sessions WHERE seen <= ? OR made <= ?", (now - ages.idle, now - ages.session)
    )
    db.execute("DELETE FROM devices WHERE made <= ?", (now - ages.device,))
    db.execute("DELETE FROM tokens WHERE ends <= ?", (now,))


def know_device(db: apsw.Connection, number: int, secret: str, *, now: int) -> None:
    """Keeps a browser as one that somebody came in with."""
    db.execute("INSERT OR REPLACE INTO devices VALUES (?, ?, ?)", (hashed(secret), number, now))


def is_device(db: apsw.Connection, number: int, secret: str, *, now: int, ages: Ages) -> bool:
    """Whether this account came in with this browser before."""
    row = one_row(
        db,
        "SELECT 1 FROM devices WHERE hash = ? AND account = ? AND made > ?",
        (hashed(secret), number, now - ages.device),
    )
    return row is not None


def add_token(
    db: apsw.Connection, number: int, secret: str, role: Role, *, now: int, ends: int
) -> None:
    """Keeps a token of a program."""
    db.execute(
        "INSERT INTO tokens VALUES (?, ?, ?, ?, ?)", (hashed(secret), number, role, now, ends)
    )


def drop_tokens(db: apsw.Connection, number: int) -> int:
    """Ends all tokens of an account; gives back how many."""
    db.execute("DELETE FROM tokens WHERE account = ?", (number,))
    return db.changes()


class Bearer(NamedTuple):
    """A program that acts for an account."""

    account: Account
    role: Role
    """The lesser of the token's role and the account's."""


def bearer(db: apsw.Connection, secret: str, *, now: int) -> Bearer | None:
    """Whose token this is; None where there is none, or its time is over."""
    row = one_row(
        db,
        f"SELECT t.role, {COLUMNS} FROM tokens AS t JOIN accounts AS a ON a.number = t.account"
        " WHERE t.hash = ? AND t.ends > ? AND a.disabled IS NULL",
        (hashed(secret), now),
    )
    if row is None:
        return None
    account = kept_from(row[1:]).account
    return Bearer(account, lesser(row[0], account.role))
