"""Accounts: made, found, given another role or password, closed. Never deleted: judgements bear
their names, and nobody else may come to have one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import apsw

from sayso.errors import AccountsError
from sayso.records.accounts import ROLES, Account, Role
from sayso.store.asking import all_rows, one_row

LONGEST_NAME = 64
"""Characters."""


class Kept(NamedTuple):
    """An account as it stands in the file."""

    number: int
    account: Account
    hash: str
    """Of its password."""


def folded(name: str) -> str:
    """What two names have in common that look the same: case, width and composition."""
    readable = name.encode("utf-8", "replace").decode()  # a command line may hold broken bytes
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", readable).casefold())


def checked_name(given: str) -> str:
    """The name as it is kept. Raises `AccountsError` where it is empty or too long, or has
    characters that cannot be seen or that turn the direction of the text."""
    name = " ".join(unicodedata.normalize("NFC", given).split(" ")).strip()
    if not name or len(name) > LONGEST_NAME:
        raise AccountsError(f"a name has 1 to {LONGEST_NAME} characters")
    # C: controls, formats, surrogates, what is not assigned; Z: spaces and separators.
    odd = [c for c in name if c != " " and unicodedata.category(c)[0] in "CZ"]
    if odd or "  " in name or not folded(name).strip():
        what = f"U+{ord(odd[0]):04X}" if odd else "two spaces in a row"
        raise AccountsError(f"a name must not have {what} in it")
    return name


def add(
    db: apsw.Connection, name: str, role: Role, hash: str, *, at: str, must_change: bool = False
) -> Account:
    """Makes an account. Raises `AccountsError` where one of that name is there, open or closed."""
    made = Account(checked_name(name), _checked_role(role), at, must_change=must_change)
    db.execute(
        "INSERT INTO accounts (folded, name, hash, role, created, start)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (folded(made.name), made.name, hash, made.role, at, int(must_change)),
    )
    if not db.changes():
        raise AccountsError(f"{made.name}: there is an account of this name, open or closed")
    return made


def find(db: apsw.Connection, name: str) -> Kept | None:
    """The account of a name, however it is written; closed ones too."""
    row = one_row(db, f"SELECT {COLUMNS} FROM accounts AS a WHERE folded = ?", (folded(name),))
    return None if row is None else kept_from(row)


def known(db: apsw.Connection, name: str) -> Kept:
    """The account of a name. Raises `AccountsError` where there is none."""
    found = find(db, name)
    if found is None:
        raise AccountsError(f"{name}: there is no account of this name")
    return found


def everybody(db: apsw.Connection) -> Iterator[Account]:
    """All accounts by name."""
    for row in all_rows(db, f"SELECT {COLUMNS} FROM accounts AS a ORDER BY folded"):
        yield kept_from(row).account


def set_role(db: apsw.Connection, name: str, role: Role) -> Account:
    """Gives an account another role. Raises `AccountsError`, also for the last admin."""
    found = known(db, name)
    _checked_role(role)
    if role != "admin":
        _keep_an_admin(db, found)
    db.execute("UPDATE accounts SET role = ? WHERE number = ?", (role, found.number))
    return known(db, name).account


def set_password(db: apsw.Connection, name: str, hash: str, *, must_change: bool = False) -> None:
    """Gives an account another password; all its sessions and known browsers are forgotten."""
    found = known(db, name)
    db.execute(
        "UPDATE accounts SET hash = ?, start = ? WHERE number = ?",
        (hash, int(must_change), found.number),
    )
    forget(db, found.number)


def set_hash(db: apsw.Connection, kept: Kept, hash: str) -> bool:
    """The same password by newer parameters: sessions go on. False where it was just changed."""
    db.execute(
        "UPDATE accounts SET hash = ? WHERE number = ? AND hash = ?",
        (hash, kept.number, kept.hash),
    )
    return bool(db.changes())


def disable(db: apsw.Connection, name: str, *, at: str) -> Account:
    """Closes an account at once: sessions, browsers and tokens end. Raises `AccountsError`, also
    for the last admin."""
    found = known(db, name)
    _keep_an_admin(db, found)
    db.execute(
        "UPDATE accounts SET disabled = coalesce(disabled, ?) WHERE number = ?", (at, found.number)
    )
    forget(db, found.number)
    db.execute("DELETE FROM tokens WHERE account = ?", (found.number,))
    return known(db, name).account


def enable(db: apsw.Connection, name: str) -> Account:
    """Opens an account again, with the password that it had. Raises `AccountsError`."""
    found = known(db, name)
    db.execute("UPDATE accounts SET disabled = NULL WHERE number = ?", (found.number,))
    return known(db, name).account


def forget(db: apsw.Connection, number: int) -> None:
    """Ends the sessions of an account and forgets its browsers."""
    db.execute("DELETE FROM sessions WHERE account = ?", (number,))
    db.execute("DELETE FROM devices WHERE account = ?", (number,))


def open_admins(db: apsw.Connection) -> int:
    """How many admins can come in."""
    row = one_row(db, "SELECT count(*) FROM accounts WHERE role = 'admin' AND disabled IS NULL")
    assert row is not None
    return int(row[0])


COLUMNS = "a.number, a.name, a.role, a.created, a.disabled, a.start, a.hash"
"""Of `accounts AS a`, in the order in which `kept_from` reads them."""


def kept_from(row: tuple[object, ...]) -> Kept:
    """The account in a row of `COLUMNS`."""
    number, name, role, created, disabled, start, hash = row
    assert isinstance(number, int)
    account = Account(
        str(name),
        _checked_role(str(role)),
        str(created),
        None if disabled is None else str(disabled),
        bool(start),
    )
    return Kept(number, account, str(hash))


def _checked_role(role: str) -> Role:
    for one in ROLES:
        if one == role:
            return one
    raise AccountsError(f"{role}: a role is one of {', '.join(ROLES)}")


def _keep_an_admin(db: apsw.Connection, leaving: Kept) -> None:
    held = leaving.account
    if held.role == "admin" and held.disabled is None and open_admins(db) == 1:
        raise AccountsError(
            f"{held.name}: is the last admin; make another one first, or nobody could look after"
            " the accounts"
        )
