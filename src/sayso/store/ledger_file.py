"""One open ledger file: what is asked of it, in one place."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

import apsw

from sayso.errors import LedgerDamaged, LedgerError
from sayso.records.provenance import Problem
from sayso.records.readings import Reading
from sayso.store import integrity, queries
from sayso.store.asking import all_rows
from sayso.store.connection import connect, transaction, translated
from sayso.store.importing import import_lines
from sayso.store.wire import Record
from sayso.store.writer import (
    Written,
    add_sighting,
    has_problem,
    settle,
    write_problem,
    write_reading,
)


class LedgerFile:
    """A ledger on disk. Many may read it at once; each write is one transaction.

    Not thread-safe: one object a thread. Every method raises the `LedgerError` that fits where the
    file cannot be used.
    """

    def __init__(self, path: str, *, create: bool = True, busy_ms: int = 10_000) -> None:
        self.path = path
        self._token: str | None = None
        self.db = connect(path, create=create, busy_ms=busy_ms)
        try:
            with translated(path):
                self._recover()
        except BaseException:
            self.db.close()
            raise

    def close(self) -> None:
        """Ends the work with the file; a second call does nothing."""
        try:
            with translated(self.path):
                if self._token is not None:
                    with transaction(self.db):
                        self.db.execute("DELETE FROM writers WHERE token = ?", (self._token,))
                    self._token = None
                    self.db.pragma("optimize")
        finally:
            self.db.close()

    def add(self, reading: Reading, recipe: str | None) -> Written:
        """Writes one document with all its findings, or nothing of it."""
        with self.writing():
            return write_reading(self.db, reading, recipe)

    def set_aside(self, problem: Problem) -> None:
        """Records an input that could not be read."""
        with self.writing():
            write_problem(self.db, problem)

    def solved(self, uri: str) -> None:
        """Takes back that the input of this name could not be read, if that was recorded."""
        with translated(self.path):
            if has_problem(self.db, uri):
                with self.writing():
                    settle(self.db, uri)

    def is_read(self, uri: str, sha256: str, media_type: str, recipe: str) -> bool:
        """Whether these bytes were read by this recipe, so that nothing is to be done.

        Bytes that are known under another path are noted as seen at `uri` too. False where `uri`
        comes before the path that they were read under: then they must be read again, because the
        first path counts.
        """
        with translated(self.path):
            row = self.db.execute(
                "SELECT number, read_as FROM documents"
                " WHERE sha256 = ? AND media_type = ? AND recipe = ?",
                (sha256, media_type, recipe),
            ).fetchone()
            if row is None or uri < row[1]:
                return False
            if not self._is_noted(row[0], uri):
                with self.writing():
                    add_sighting(self.db, row[0], uri)
            return True

    def load(self, lines: Iterable[bytes]) -> int:
        """Writes all records of an export, or nothing; gives back how many documents it held."""
        with self.writing():
            return import_lines(self.db, lines)

    def everything(self) -> Iterator[Record]:
        """Every record in the order of an export, all as of one moment."""
        with translated(self.path), self.snapshot():
            yield from queries.everything(self.db)

    def check(self) -> list[str]:
        """What is wrong with the ledger; nothing if it is whole."""
        with translated(self.path):
            return integrity.check(self.db)

    def backup(self, target: str, beside: Callable[[], None] = lambda: None) -> None:
        """Puts a whole copy at `target`; `beside` is called before it takes its name."""
        with translated(self.path):
            integrity.backup(self.db, self.path, target, beside)

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """The connection, for queries; SQLite's errors become ours."""
        with translated(self.path):
            yield self.db

    def _is_noted(self, number: int, uri: str) -> bool:
        return bool(
            self.db.execute(
                "SELECT 1 FROM sightings WHERE document = ? AND uri = ?"
                " AND NOT EXISTS (SELECT 1 FROM problems WHERE uri = ?2 AND document IS NULL)",
                (number, uri),
            ).fetchone()
        )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that writes: all of it is kept, or nothing."""
        if self.db.readonly("main"):
            raise LedgerError(
                f"{self.path}: cannot be written; make a copy of it with 'sayso backup'", self.path
            )
        with translated(self.path), transaction(self.db):
            token = self._token or self._sign_in()
            yield
        self._token = token

    def _sign_in(self) -> str:
        token = uuid.uuid4().hex
        row = (token, socket.gethostname(), os.getpid())
        self.db.execute("INSERT INTO writers VALUES (?, ?, ?)", row)
        return token

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is asked inside is answered as of one moment."""
        nested = self.db.in_transaction  # then the outer one already holds one moment
        if not nested:
            self.db.execute("BEGIN")
        try:
            yield
        finally:
            # A reader that stops half way may be collected after the file was closed.
            with suppress(apsw.ConnectionClosedError):
                if not nested:
                    self.db.execute("ROLLBACK")

    def _recover(self) -> None:
        """After an unclean stop of a writer on this machine: check the file, then forget it."""
        sql = "SELECT token, pid FROM writers WHERE host = ?"
        rows = all_rows(self.db, sql, (socket.gethostname(),))
        gone = [token for token, pid in rows if not _is_alive(pid)]
        if not gone:
            return
        faults = integrity.quick_check(self.db)
        if faults:
            raise LedgerDamaged(
                f"{self.path}: the last writer was stopped and the ledger is damaged"
                f" ({faults[0]}); take a backup of it, or read the reports into a new ledger",
                self.path,
            )
        if not self.db.readonly("main"):
            with transaction(self.db):
                self.db.executemany("DELETE FROM writers WHERE token = ?", [(t,) for t in gone])


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
