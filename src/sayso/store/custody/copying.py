"""A whole copy of custody, taken while others write to it.

The log and its segments only grow, so what they hold at one moment can be copied at leisure: only
that moment needs the lock.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from msgspec.structs import replace

from sayso.store.custody.keeping import folder_of
from sayso.store.custody.log import HEAD, LOG, SUFFIX, Head, confirmed, padded, read_head

_CHUNK = 1 << 20


def copy_custody(ledger: str | Path, target: str | Path) -> None:
    """Puts a copy of the custody of `ledger` beside the ledger at `target`, in place of what is
    there; takes away what is there where `ledger` has none.

    What a stopped run left unfinished is not copied, and `verify` says of the copy what it says of
    the original. On the disk before it takes its name. Raises `OSError`, and `LedgerDamaged` where
    the head of the log is none.
    """
    source, final = folder_of(ledger), folder_of(Path(target).absolute())
    part = final.with_name(f".{final.name}.{os.getpid()}.part")
    old = final.with_name(f".{final.name}.{os.getpid()}.old")
    try:
        if (source / LOG).exists():
            part.mkdir()
            _copy(source, part)
        if final.exists():
            final.replace(old)
        if part.exists():
            try:
                part.replace(final)
            except OSError:
                if old.exists():
                    old.replace(final)
                raise
        _to_disk(final.parent)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _copy(source: Path, part: Path) -> None:
    head, log_bytes, segments = _moment(source)
    _copy_file(source / LOG, part / LOG, log_bytes)
    for name, size in segments.items():
        _copy_file(source / name, part / name, size)
    if (source / HEAD).exists():
        (part / HEAD).write_bytes(padded(head))
        _to_disk(part / HEAD)
    _to_disk(part)


def _moment(source: Path) -> tuple[Head, int, dict[str, int]]:
    """The head, and how much of the log and of each segment belongs to it."""
    with (source / LOG).open("rb") as log:
        fcntl.flock(log, fcntl.LOCK_SH)
        head = read_head(source)
        size = os.fstat(log.fileno()).st_size
        segments = {path.name: path.stat().st_size for path in sorted(source.glob(f"*{SUFFIX}"))}
        if head.announced and size >= head.bytes:
            log.seek(head.bytes)
            rest = log.read(size - head.bytes)
            whole = confirmed(head, rest)
            if whole is not None or b"\n" not in rest:
                head = whole or replace(head, announced="")
                size = head.bytes
    if size == head.bytes:
        # Otherwise lines were lost or added: all of it is copied, for `verify` to tell of.
        segments = {name: length for name, length in segments.items() if name <= head.segment}
        if head.segment in segments:
            segments[head.segment] = min(segments[head.segment], head.filled)
    return head, size, segments


def _copy_file(source: Path, target: Path, size: int) -> None:
    with source.open("rb") as old, target.open("xb") as new:
        while size and (chunk := old.read(min(_CHUNK, size))):
            new.write(chunk)
            size -= len(chunk)
        new.flush()
        os.fsync(new.fileno())


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
