"""A folder of captures: the pages as files, and what was on the wire in `index.sqlite`.

captures/index.sqlite         every exchange, visits, schedules, problems
captures/pages/3f/3f2a...html what is read, named by its SHA-256, each once
captures/wire/9c/9c11...      the bytes as received, where packing made them different
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw
import msgspec

from sayso.records.captures import Capture, Validators
from sayso.records.provenance import Problem
from sayso.store.connection import translated

_SCHEMA = """
CREATE TABLE IF NOT EXISTS contents (sha256 TEXT PRIMARY KEY, file TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS captures (
    number INTEGER PRIMARY KEY, uri TEXT NOT NULL, final_uri TEXT NOT NULL,
    retrieved TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES contents, exchange BLOB NOT NULL,
    UNIQUE (uri, sha256, retrieved)) STRICT;
CREATE INDEX IF NOT EXISTS captures_sha256 ON captures (sha256);
CREATE TABLE IF NOT EXISTS visits (
    uri TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, sha256 TEXT) STRICT;
CREATE TABLE IF NOT EXISTS schedules (
    source TEXT PRIMARY KEY, due TEXT NOT NULL, failures INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS problems (
    uri TEXT PRIMARY KEY, problem BLOB NOT NULL, seen TEXT NOT NULL) STRICT;
"""
_ENDINGS = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_SIGNS = {b"%PDF-": ".pdf", b"PK\x03\x04": ".docx"}


class CaptureFolder:
    """Captures of one folder; `CaptureSink` and `Visits` in one. Close it, or use it with `with`.

    Files are on the disk before the index names them, so a kill leaves at most a file that nothing
    names, which the same capture uses again. Raises `LedgerError` where it cannot be written.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._path = str(self.folder / "index.sqlite")
        with translated(self._path):
            self._db = apsw.Connection(self._path)
            self._db.set_busy_timeout(10_000)
            for _ in self._db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"):
                pass
            self._db.execute(_SCHEMA)

    def __enter__(self) -> CaptureFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the use of the folder."""
        self._db.close()

    def put(self, capture: Capture) -> None:
        """See `CaptureSink.put`."""
        ending = _ending(capture)
        file = self._keep("pages", capture.sha256, ending, capture.content)
        if capture.body_sha256 != capture.sha256:
            self._keep("wire", capture.body_sha256, "", capture.body)
        exchange = msgspec.structs.replace(capture, body=b"", content=b"")
        with translated(self._path), self._db:
            self._db.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", (capture.sha256, file))
            self._db.execute(
                "INSERT OR IGNORE INTO captures (uri, final_uri, retrieved, sha256, exchange)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    capture.uri,
                    capture.final_uri,
                    capture.retrieved,
                    capture.sha256,
                    msgspec.json.encode(exchange),
                ),
            )
            self._db.execute("DELETE FROM problems WHERE uri = ?", (capture.uri,))

    def known(self, uri: str) -> Validators | None:
        """See `CaptureSink.known`."""
        row = self._one(
            "SELECT exchange FROM captures WHERE uri = ? ORDER BY number DESC LIMIT 1", uri
        )
        return None if row is None else msgspec.json.decode(row[0], type=Capture).validators

    def seen(self, sha256: str) -> bool:
        """See `CaptureSink.seen`."""
        return self._one("SELECT 1 FROM contents WHERE sha256 = ?", sha256) is not None

    def last(self, uri: str) -> Validators | None:
        """See `Visits.last`."""
        row = self._one("SELECT etag, last_modified, sha256 FROM visits WHERE uri = ?", uri)
        return None if row is None else Validators(*row)

    def note(self, uri: str, validators: Validators) -> None:
        """See `Visits.note`."""
        with translated(self._path), self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?)",
                (uri, validators.etag, validators.last_modified, validators.sha256),
            )

    def due(self, source: str) -> tuple[datetime, int] | None:
        """See `Visits.due`."""
        row = self._one("SELECT due, failures FROM schedules WHERE source = ?", source)
        return None if row is None else (datetime.fromisoformat(row[0]), row[1])

    def schedule(self, source: str, due: datetime, failures: int) -> None:
        """See `Visits.schedule`."""
        with translated(self._path), self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO schedules VALUES (?, ?, ?)",
                (source, due.astimezone(UTC).isoformat(timespec="seconds"), failures),
            )

    def set_aside(self, problem: Problem, seen: datetime) -> None:
        """Notes what was not fetched; a later capture of the address takes it back."""
        with translated(self._path), self._db:
            self._db.execute(
                "INSERT OR REPLACE INTO problems VALUES (?, ?, ?)",
                (problem.uri, msgspec.json.encode(problem), seen.astimezone(UTC).isoformat()),
            )

    def solved(self, uri: str) -> None:
        """Takes back the problem of an address that answered again."""
        with translated(self._path), self._db:
            self._db.execute("DELETE FROM problems WHERE uri = ?", (uri,))

    def problems(self) -> list[Problem]:
        """What is not fetched still, by address."""
        with translated(self._path):
            rows: list[Any] = self._db.execute(
                "SELECT problem FROM problems ORDER BY uri"
            ).fetchall()
        return [msgspec.json.decode(row[0], type=Problem) for row in rows]

    def captures(self) -> Iterator[Capture]:
        """All captures in the order they came in, without their bytes."""
        rows: list[Any] = self._db.execute(
            "SELECT exchange FROM captures ORDER BY number"
        ).fetchall()
        for exchange in rows:
            yield msgspec.json.decode(exchange[0], type=Capture)

    def contents(self) -> Iterator[Capture]:
        """Each content under each address that it was answered from, with its bytes."""
        return map(self.capture, self.numbers())

    def numbers(self, *, after: int = 0) -> list[int]:
        """The captures later than number `after` that hold a content first seen at an address.

        Those of the first address (in the order of the alphabet) of each content come first, so
        that what is read does not depend on which page answered first.
        """
        with translated(self._path):
            rows: list[Any] = self._db.execute(
                "SELECT min(number), row_number() OVER (PARTITION BY sha256 ORDER BY final_uri) > 1"
                " FROM captures GROUP BY sha256, final_uri HAVING min(number) > ?",
                (after,),
            ).fetchall()
        return [number for _, number in sorted((later, number) for number, later in rows)]

    def capture(self, number: int) -> Capture:
        """One capture with its bytes, as received and as they are read."""
        with translated(self._path):
            row: Any = self._db.execute(
                "SELECT c.exchange, t.file FROM captures AS c JOIN contents AS t USING (sha256)"
                " WHERE c.number = ?",
                (number,),
            ).fetchone()
        capture = msgspec.json.decode(row[0], type=Capture)
        content = body = (self.folder / row[1]).read_bytes()
        if capture.body_sha256 != capture.sha256:
            digest = capture.body_sha256
            body = (self.folder / "wire" / digest[:2] / digest).read_bytes()
        return msgspec.structs.replace(capture, content=content, body=body)

    def _keep(self, part: str, sha256: str, ending: str, data: bytes) -> str:
        file = Path(part, sha256[:2], sha256 + ending)
        path = self.folder / file
        if path.exists() and path.stat().st_size == len(data):
            return file.as_posix()
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.{os.getpid()}.part")
        with half.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(path)
        return file.as_posix()

    def _one(self, sql: str, *values: str) -> tuple[Any, ...] | None:
        with translated(self._path):
            return self._db.execute(sql, values).fetchone()


def _ending(capture: Capture) -> str:
    """What the file ends in, so that it is read as what it is: one of a few, whatever a stranger
    calls it."""
    for sign, ending in _SIGNS.items():
        if capture.content.startswith(sign):
            return ending
    named = f".{capture.final_uri.partition('?')[0].rpartition('.')[2].lower()}"
    stated = _ENDINGS.get(capture.media_type)
    if stated in (None, ".txt") and named in _ENDINGS.values():
        return named
    return stated or ".html"
