"""The append-only log: entries chained by hash, safe against a stop at any moment.

Beside the log lies its head: how long it is and which hash its last line has. Each entry is
announced there before it is written and confirmed after, so that one rule tells a stopped run from
a tampered log: the log ends at the confirmed line or at the announced one, and nowhere else.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sayso.errors import LedgerDamaged
from sayso.store.custody.entries import ORIGIN, Entry, EntryError, from_line, to_line

LOG = "log.jsonl"
SUFFIX = ".warc.gz"
"""Of the segments beside it."""
HEAD = "head.json"
_LONGEST_LINE = 1 << 24
_PADDED = 512
"""The head is overwritten in place, always as long as before, in one write."""


class Head(Struct, frozen=True):
    """Where the log ends."""

    entries: int = 0
    bytes: int = 0
    hash: str = ORIGIN
    announced: str = ""
    """The hash of the entry that is being written; empty between two entries."""
    segment: str = ""
    """The segment that is being filled, and how much of it is confirmed."""
    filled: int = 0


class Left(Struct, frozen=True):
    """What was found at the end of the log that should not be there."""

    torn: bytes = b""
    """The beginning of a line that was never finished."""
    gap: str = ""
    """How the log and its head disagree; empty where they do not."""


class Log:
    """The log of one folder. Several processes may append to it; each entry is whole or absent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.head = Head()
        folder.mkdir(exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        self._log = os.open(folder / LOG, flags | os.O_APPEND, 0o644)
        self._head = os.open(folder / HEAD, flags, 0o644)

    def close(self) -> None:
        """Puts everything on the disk and lets go of the files. A second call does nothing."""
        if self._log >= 0:
            self.sync()
            os.close(self._log)
            os.close(self._head)
            self._log = self._head = -1

    def sync(self) -> None:
        """Waits until everything that was appended is on the disk."""
        os.fsync(self._log)
        os.fsync(self._head)

    @contextmanager
    def locked(self) -> Iterator[Left]:
        """While nobody else may append. Gives what was found at the end, usually nothing.

        Raises `LedgerDamaged` where the last line is none that sayso wrote.
        """
        fcntl.flock(self._log, fcntl.LOCK_EX)
        try:
            yield self._catch_up()
        finally:
            fcntl.flock(self._log, fcntl.LOCK_UN)

    def append(self, entry: Entry, *, segment: str = "", filled: int = 0) -> Entry:
        """Adds one entry and gives it back as it was written. Only while `locked`."""
        head = self.head
        entry = replace(entry, seq=head.entries + 1, previous=head.hash)
        line, digest = to_line(entry)
        self._write_head(replace(head, announced=digest))
        _write_all(self._log, line)
        after = Head(
            head.entries + 1, head.bytes + len(line), digest, "", head.segment, head.filled
        )
        if segment:
            after = replace(after, segment=segment, filled=filled)
        self._write_head(after)
        return entry

    def _write_head(self, head: Head) -> None:
        os.pwrite(self._head, padded(head), 0)
        self.head = head

    def _catch_up(self) -> Left:
        """Takes in what other processes wrote, and mends the end after a stopped one."""
        size = os.fstat(self._log).st_size
        self.head = read_head(self.folder)
        if size == self.head.bytes and not self.head.announced:
            return Left()
        return self._mend(size)

    def _mend(self, size: int) -> Left:
        """The announced line is there whole, or in part, or not at all."""
        head = self.head
        if size < head.bytes or not head.announced or size - head.bytes > _LONGEST_LINE:
            return self._resume()
        rest = os.pread(self._log, size - head.bytes, head.bytes)
        whole = confirmed(head, rest)
        if whole is not None:
            self._write_head(whole)
            return Left()
        if b"\n" in rest:
            return self._resume()
        os.ftruncate(self._log, head.bytes)
        self._write_head(replace(head, announced=""))
        return Left(rest)

    def _resume(self) -> Left:
        """Goes on from where the log does end, which is not where its head says.

        The machine lost its power, or somebody cut lines off or added some: from here nobody can
        tell, so it is written down, and `verify` tells of it ever after.
        """
        before = self.head
        entries, length, last = 0, 0, ORIGIN
        torn = b""
        with (self.folder / LOG).open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    torn = line
                    break
                entries, length, last = (
                    entries + 1,
                    length + len(line),
                    line[-67:-3].decode("latin-1"),
                )
        if entries:
            self._check_last(length)
        segments = sorted(self.folder.glob(f"*{SUFFIX}"))
        head = Head(entries, length, last)
        if segments:  # nothing of it is taken off: lines that told of it may be what was lost
            path = segments[-1]
            head = replace(head, segment=path.name, filled=path.stat().st_size)
        os.ftruncate(self._log, length)
        self._write_head(head)
        return Left(
            torn,
            f"the head told of {before.entries} entries up to {before.hash}, the log had {entries}",
        )

    def _check_last(self, length: int) -> None:
        """Raises `LedgerDamaged` where the last line cannot be gone on from."""
        start = max(0, length - _LONGEST_LINE)
        lines = os.pread(self._log, length - start, start).splitlines()
        try:
            from_line(lines[-1])
        except EntryError as error:
            raise LedgerDamaged(
                f"{self.folder / LOG}: its last line was altered ({error}); 'sayso verify' tells"
                " more; move the folder away to begin a new log",
                str(self.folder),
            ) from error


def padded(head: Head) -> bytes:
    """The file of a head."""
    return msgspec.json.encode(head).ljust(_PADDED - 1) + b"\n"


def confirmed(head: Head, rest: bytes) -> Head | None:
    """The head after the announced entry, where `rest` is that entry whole; else None."""
    if not rest.endswith(b"\n") or rest.count(b"\n") != 1:
        return None
    try:
        entry, digest = from_line(rest[:-1])
    except EntryError:
        return None
    if digest != head.announced:
        return None
    after = Head(head.entries + 1, head.bytes + len(rest), digest, "", head.segment, head.filled)
    if entry.stored is not None:
        filled = entry.stored.offset + entry.stored.length
        after = replace(after, segment=entry.stored.segment, filled=filled)
    return after


def read_head(folder: Path) -> Head:
    """The head of the log in `folder`; that of an empty log where there is none.

    Raises `LedgerDamaged` where the file is something else.
    """
    try:
        data = (folder / HEAD).read_bytes()
    except FileNotFoundError:
        return Head()
    if not data.strip():
        return Head()
    try:
        return msgspec.json.decode(data, type=Head)
    except msgspec.MsgspecError as error:
        raise LedgerDamaged(f"{folder / HEAD}: is no head of a log", str(folder)) from error


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
