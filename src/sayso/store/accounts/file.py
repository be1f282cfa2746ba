"""Opening a file of accounts: one that only its owner can read, of a version that we know."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from sayso.errors import AccountsError
from sayso.store.accounts.schema import MIGRATIONS
from sayso.store.connection import transaction
from sayso.store.migrations import migrate

APPLICATION_ID = 0x53617941
"""`SayA` in ASCII: tells a file of accounts from a ledger."""
_BUSY_MS = 5_000


def accounts_path(ledger: str) -> str:
    """Where the accounts of a ledger are kept: beside it."""
    return f"{ledger}.accounts"


@contextmanager
def opened(path: str, *, create: bool = False) -> Iterator[apsw.Connection]:
    """A connection to the file of accounts at `path`; closed at the end of the block.

    Raises `AccountsError` where there is none, where others than its owner can read it, where it
    is something else, and where SQLite cannot use it.
    """
    _check(path, create)
    try:
        db = apsw.Connection(
            str(Path(path).absolute()),
            flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_EXRESCODE,
        )
        try:
            _prepare(db, path)
            yield db
        finally:
            db.close()
    except apsw.BusyError as error:
        raise AccountsError(
            f"{path}: another process is writing to it; try again in a moment"
        ) from error
    except apsw.Error as error:
        raise AccountsError(f"{path}: the file of accounts cannot be used ({error})") from error


@contextmanager
def changing(path: str, *, create: bool = False) -> Iterator[apsw.Connection]:
    """The same in one transaction: all of the block is kept, or nothing of it."""
    with opened(path, create=create) as db, transaction(db):
        yield db


def _check(path: str, create: bool) -> None:
    if create:
        try:
            # SQLite would make it readable for everybody; its journal takes the rights of the file.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            pass
        except OSError as error:
            raise AccountsError(f"{path}: cannot be made ({error.strerror})") from error
    try:
        found = os.stat(path)
    except FileNotFoundError:
        raise AccountsError(
            f"{path}: there are no accounts yet; make the first, which looks after the others:"
            f" sayso accounts add {path.removesuffix('.accounts')} NAME --role admin"
        ) from None
    except OSError as error:
        raise AccountsError(f"{path}: cannot be read ({error.strerror})") from error
    if not stat.S_ISREG(found.st_mode):
        raise AccountsError(f"{path}: is no file of accounts")
    if found.st_mode & 0o077:
        raise AccountsError(
            f"{path}: others on this machine can read or change it; take that from them first:"
            f" chmod 600 {path}"
        )


def _prepare(db: apsw.Connection, path: str) -> None:
    db.set_busy_timeout(_BUSY_MS)
    db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    db.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    db.pragma("foreign_keys", True)
    db.pragma("secure_delete", True)  # what was deleted is overwritten
    db.pragma("synchronous", "full")  # a disabled account must stay so after a power cut
    if _version(db, path) < len(MIGRATIONS):
        with transaction(db):
            _version(db, path)  # another process may have been quicker
            db.pragma("application_id", APPLICATION_ID)
            migrate(db, MIGRATIONS)


def _version(db: apsw.Connection, path: str) -> int:
    version = int(db.pragma("user_version"))
    if db.pragma("application_id") != APPLICATION_ID:
        if version or db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            raise AccountsError(f"{path}: is no file of accounts")
        return 0
    if version > len(MIGRATIONS):
        raise AccountsError(
            f"{path}: was written by a later version of sayso; install that one or a newer one"
        )
    return version
