"""Proving custody: that no line, no kept byte and no document's record was altered or lost.

What is proven is that log, head, segments and ledger fit one another. Whoever may write to all of
them can make up a whole new set that fits; against that helps only a hash of the log that was
noted elsewhere (`known`), which then must still occur in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from sayso.errors import LedgerDamaged
from sayso.store.asking import all_rows
from sayso.store.custody.entries import ORIGIN, Entry, EntryError, Stored, from_line
from sayso.store.custody.keeping import folder_of
from sayso.store.custody.log import HEAD, LOG, SUFFIX, read_head
from sayso.store.ledger_file import LedgerFile

_CHUNK = 1 << 20
_MOST_FAULTS = 100
"""So many faults are listed; more are counted."""


@dataclass(slots=True)
class _Seen:
    """What the log says, as far as it could be read."""

    faults: list[str] = field(default_factory=list)
    entries: int = 0
    last: str = ORIGIN
    digests: set[bytes] = field(default_factory=set)
    """SHA-256 of the bytes of each input."""
    stored: list[tuple[int, Entry, Stored]] = field(default_factory=list)
    known: bool = False


def verify(ledger: str | Path, *, known: str | None = None) -> list[str]:
    """What does not fit, a line each; nothing if all is as it was written.

    `known` is a hash of the log that was noted at some time. Takes time in line with the log, the
    kept bytes and the number of documents; memory grows by about 100 bytes an entry. Raises
    `LedgerError` where the ledger cannot be opened.
    """
    file = LedgerFile(str(ledger), create=False)
    try:
        documents = [
            (str(uri), str(digest))
            for uri, digest in all_rows(file.db, "SELECT uri, sha256 FROM documents ORDER BY uri")
        ]
    finally:
        file.close()
    folder = folder_of(ledger)
    if not (folder / LOG).exists():
        if not documents and not folder.exists():
            return []
        return [f"{folder / LOG}: there is no log; {len(documents)} documents have no record"]
    seen = _read_log(folder / LOG, known)
    _check_end(folder, seen)
    _check_segments(folder, seen)
    _check_documents(documents, seen)
    if known is not None and not seen.known:
        seen.faults.append(f"no line of the log has the hash {known}: it is another log")
    return _shortened(seen.faults)


def last_hash(ledger: str | Path) -> tuple[int, str]:
    """How many entries the log has, and the hash of the last: worth noting down elsewhere."""
    head = read_head(folder_of(ledger))
    return head.entries, head.hash


def _read_log(path: Path, known: str | None) -> _Seen:
    seen = _Seen()
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                seen.faults.append(
                    f"log line {number} is cut off: a run was stopped there, or it was cut"
                )
                break
            _read_line(number, line[:-1], known, seen)
    return seen


def _read_line(number: int, line: bytes, known: str | None, seen: _Seen) -> None:
    seen.entries += 1
    try:
        entry, digest = from_line(line)
    except EntryError as error:
        seen.faults.append(f"log line {number} was altered: {error}")
        # What the line itself names goes on, so that one altered line is one fault.
        seen.last = line[-66:-2].decode("ascii", "replace")
        return
    if entry.previous != seen.last or entry.seq != number:
        seen.faults.append(
            f"log line {number} does not follow the one before it: a line was deleted, added or"
            " moved"
        )
    seen.last = digest
    seen.known = seen.known or digest == known
    if entry.action == "resumed":
        seen.faults.append(f"before log line {number} lines were lost or added: {entry.note}")
    if entry.sha256:
        seen.digests.add(bytes.fromhex(entry.sha256))
    if entry.stored is not None:
        seen.stored.append((number, entry, entry.stored))


def _check_end(folder: Path, seen: _Seen) -> None:
    """The log must end where the head says, or one announced entry later."""
    try:
        head = read_head(folder)
    except LedgerDamaged as error:
        seen.faults.append(str(error))
        return
    if not (folder / HEAD).exists():
        seen.faults.append(f"{folder / HEAD}: the head of the log is missing")
        return
    ends = {(head.entries, head.hash)}
    if head.announced:
        ends.add((head.entries + 1, head.announced))
    if (seen.entries, seen.last) in ends:
        return
    if seen.entries < head.entries:
        seen.faults.append(
            f"the log has {seen.entries} lines of {head.entries}: its end was cut off"
        )
    elif seen.entries > head.entries + bool(head.announced):
        seen.faults.append(
            f"the log has {seen.entries} lines, {seen.entries - head.entries} more than were"
            " written: lines were added by hand"
        )
    else:
        seen.faults.append("the last line of the log is not the one that was written")


def _check_segments(folder: Path, seen: _Seen) -> None:
    by_segment: dict[str, list[tuple[int, Entry, Stored]]] = {}
    for number, entry, stored in seen.stored:
        by_segment.setdefault(stored.segment, []).append((number, entry, stored))
    present = {path.name for path in folder.glob(f"*{SUFFIX}")}
    for name in sorted(present - set(by_segment)):
        seen.faults.append(f"{folder / name}: the log says nothing of this file")
    for name, parts in sorted(by_segment.items()):
        if name not in present:
            seen.faults.append(f"{folder / name}: the file is gone, with {len(parts)} entries")
            continue
        seen.faults.extend(_check_segment(folder / name, parts))


def _check_segment(path: Path, parts: list[tuple[int, Entry, Stored]]) -> Iterator[str]:
    position = 0
    with path.open("rb") as file:
        for number, entry, stored in parts:
            if stored.offset != position:
                yield f"log line {number}: its bytes do not follow those before in {path.name}"
            position = stored.offset + stored.length
            file.seek(stored.offset)
            if _hash(file, stored.length) != stored.sha256:
                yield f"{path.name}: the bytes of log line {number} ({entry.uri}) were altered"
                continue
            file.seek(stored.offset)
            if _payload_hash(file) != (entry.body_sha256 or entry.sha256):
                yield f"{path.name}: log line {number} ({entry.uri}) keeps other bytes than it says"
    if path.stat().st_size != position:
        yield f"{path.name}: has {path.stat().st_size:,} bytes, the log says {position:,}"


def _hash(file: BinaryIO, length: int) -> str:
    digest = sha256()
    while length and (chunk := file.read(min(_CHUNK, length))):
        digest.update(chunk)
        length -= len(chunk)
    return digest.hexdigest()


def _payload_hash(file: BinaryIO) -> str:
    """The SHA-256 of the first answer or file from here on, empty where there is none."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    digest = sha256()
    try:
        for record in ArchiveIterator(file):
            if record.rec_type in ("response", "resource"):
                while chunk := record.raw_stream.read(_CHUNK):
                    digest.update(chunk)
                return digest.hexdigest()
    except ArchiveLoadFailed:
        pass
    return ""


def _check_documents(documents: list[tuple[str, str]], seen: _Seen) -> None:
    for uri, digest in documents:
        if bytes.fromhex(digest) not in seen.digests:
            seen.faults.append(f"document {uri}: the log does not tell how its bytes came")


def _shortened(faults: list[str]) -> list[str]:
    if len(faults) <= _MOST_FAULTS:
        return faults
    return [*faults[:_MOST_FAULTS], f"... and {len(faults) - _MOST_FAULTS:,} more"]
