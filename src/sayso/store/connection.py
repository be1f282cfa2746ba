"""Opening a ledger file: is it one, is it whole, and is it of a version we know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from sayso.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerTooNew, NotALedger
from sayso.store.asking import one_row
from sayso.store.migrations import MIGRATIONS, migrate
from sayso.store.standing import follow_all

APPLICATION_ID = 0x53617953
"""`SayS` in ASCII: tells a ledger from every other SQLite file."""
_MAGIC = b"SQLite format 3\0"
_BUSY_MS = 10_000
_CACHE_KIB = 8 * 1024
"""SQLite's own page cache: small, so that a reader's memory settles after few documents. What a
large ledger needs beyond it lies in the system's cache."""
_CHECKPOINT_PAGES = 8_000
"""32 MB. Index pages change with every document; copied into the file at SQLite's usual 4 MB, they
are written and synced again and again, which took half the time of writing (measured)."""


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turns SQLite's errors into ours, with what to do about them."""
    try:
        yield
    except apsw.BusyError as error:
        raise LedgerBusy(
            f"{path}: another process is writing to this ledger; try again when it has finished",
            path,
        ) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise LedgerDamaged(
            f"{path}: the ledger is damaged ({error}); take a backup of it, or read the reports"
            " into a new ledger",
            path,
        ) from error
    except apsw.FullError as error:
        raise LedgerError(
            f"{path}: the disk is full; what was finished is kept, make room and run it again", path
        ) from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError) as error:
        raise LedgerError(
            f"{path}: cannot be written ({error}); the file and its folder must be writable, or"
            " make a copy of it with 'sayso backup'",
            path,
        ) from error
    except apsw.IOError as error:
        raise LedgerError(
            f"{path}: the disk gave an error ({error}); run 'sayso check' when it is back", path
        ) from error


def connect(path: str, *, create: bool = True, busy_ms: int = _BUSY_MS) -> apsw.Connection:
    """An open connection to the ledger at `path`, brought to the newest schema.

    Raises `LedgerError` (missing, a folder, unreadable), `NotALedger`, `LedgerTooNew`,
    `LedgerDamaged` or `LedgerBusy`. A file that is no ledger is not changed in any way.
    """
    _check_file(path, create)
    with translated(path):
        db = _open(path)
        try:
            _prepare(db, path, busy_ms)
        except BaseException:
            db.close()
            raise
    return db


def _check_file(path: str, create: bool) -> None:
    file = Path(path)
    if file.is_dir():
        raise LedgerError(f"{path}: is a folder; name a file for the ledger", path)
    if not file.exists():
        if not create:
            raise LedgerError(
                f"{path}: there is no such ledger; 'sayso read FOLDER --ledger {path}' makes one",
                path,
            )
        if not file.absolute().parent.is_dir():
            raise LedgerError(
                f"{path}: the folder {file.absolute().parent} does not exist; make it first", path
            )
        return
    try:
        with file.open("rb") as stream:
            head = stream.read(100)
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read ({error.strerror})", path) from error
    if head and head[:16] != _MAGIC:
        raise NotALedger(f"{path}: is not a sayso ledger; name another file", path)
    _check_length(file, head, path)


def _check_length(file: Path, head: bytes, path: str) -> None:
    """A cut-off file is found now rather than at the first query that meets the hole."""
    wal = Path(f"{path}-wal")
    if not head or (wal.exists() and wal.stat().st_size):
        return
    size = file.stat().st_size
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big")
    trusted = head[24:28] == head[92:96]  # else the page count in the header is not valid
    if len(head) < 100 or (trusted and pages * page > size):
        raise LedgerDamaged(
            f"{path}: the ledger is cut off ({size} bytes of {pages * page}); take a backup of it,"
            " or read the reports into a new ledger",
            path,
        )


def _open(path: str) -> apsw.Connection:
    # A name that starts with "file:" or ":" would mean something else to SQLite.
    name = str(Path(path).absolute())
    try:
        return apsw.Connection(
            name,
            flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_EXRESCODE,
        )
    except apsw.CantOpenError:
        if Path(name).exists():
            return apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY)
        raise


def _prepare(db: apsw.Connection, path: str, busy_ms: int) -> None:
    db.set_busy_timeout(busy_ms)
    db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    db.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    db.pragma("mmap_size", 0)
    db.pragma("foreign_keys", True)
    db.pragma("cache_size", -_CACHE_KIB)
    version = _identify(db, path)
    if db.readonly("main"):
        return
    db.pragma("journal_mode", "wal")
    db.pragma("synchronous", "normal")
    db.pragma("wal_autocheckpoint", _CHECKPOINT_PAGES)
    if version < len(MIGRATIONS):
        _migrate(db, path)


def _identify(db: apsw.Connection, path: str) -> int:
    """The schema version; 0 for a new, empty file."""
    application = db.pragma("application_id")
    version = int(db.pragma("user_version"))
    if application != APPLICATION_ID:
        if application == 0 and version == 0 and _is_empty(db):
            return 0
        raise NotALedger(
            f"{path}: is an SQLite file but not a sayso ledger; name another file", path
        )
    if version > len(MIGRATIONS):
        raise LedgerTooNew(
            f"{path}: was written by a later version of sayso (schema {version}, this one knows"
            f" {len(MIGRATIONS)}); install that version or a newer one",
            path,
        )
    return version


def _is_empty(db: apsw.Connection) -> bool:
    return one_row(db, "SELECT 1 FROM sqlite_schema LIMIT 1") is None


def _migrate(db: apsw.Connection, path: str) -> None:
    with transaction(db):
        _identify(db, path)  # another process may have been quicker
        db.pragma("application_id", APPLICATION_ID)
        if "m0006_decisions" in migrate(db):
            follow_all(db)


@contextmanager
def transaction(db: apsw.Connection) -> Iterator[None]:
    """A write transaction: all of the block or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
