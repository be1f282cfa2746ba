"""Files and folders as inputs: found lazily, in one order each time, never in circles.

Only regular files are opened: a pipe or a device would wait for ever.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sayso.errors import SetAside
from sayso.records.documents import RawDocument
from sayso.records.provenance import Problem
from sayso.settings import CleanSettings
from sayso.steps.acquire.kinds import ARCHIVE_ENDINGS, MEDIA_TYPES, SNIFFED, Kind, kind_of, sniff
from sayso.steps.acquire.warcs import read_warc

STEP = "acquire"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file that may be read. `size` in bytes, when it was found."""

    path: str
    uri: str
    media_type: Kind
    size: int


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    uri: str
    entries: Iterator[str]
    identity: tuple[int, int]


Found = FoundFile | Problem


def find(paths: Sequence[str | Path]) -> Iterator[Found]:
    """The files at `paths` and in the folders there, and a problem for each that cannot be read.

    In the order given, and by name within a folder; names that begin with a dot are left out.
    No folder is entered twice. Memory grows with the largest folder and the number of folders.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _at(os.fspath(path), seen)


def inputs(found: FoundFile, settings: CleanSettings) -> Iterator[RawDocument | Problem]:
    """What a file holds: one input, or those of an archive, a record at a time.

    Raises SetAside as `load` does; what cannot be read inside an archive is a problem.
    """
    if found.media_type != "application/warc":
        yield load(found, settings)
        return
    try:
        with _open(found.path) as file:
            yield from read_warc(file, found.uri, settings, now=_now())
    except OSError as error:
        raise SetAside(
            "unreadable", _reason(error), "check that it exists and may be read"
        ) from None


def load(found: FoundFile, settings: CleanSettings) -> RawDocument:
    """The bytes of a file that was found and is no archive.

    Raises SetAside: `empty`, `too_large` (over `max_bytes`; no more is ever read) or `unreadable`
    (it went away, is no regular file any more, or may not be read).
    """
    assert found.media_type != "application/warc"
    try:
        with _open(found.path) as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > settings.max_bytes else file.read(settings.max_bytes + 1)
    except OSError as error:
        raise SetAside(
            "unreadable", _reason(error), "check that it exists and may be read"
        ) from None
    if max(size, len(data)) > settings.max_bytes:
        raise SetAside(
            "too_large",
            f"the file has {max(size, len(data)):,} bytes, more than {settings.max_bytes:,}",
            "raise max_bytes or split the file",
        )
    if not data:
        raise SetAside("empty", "the file is empty", "nothing to do")
    place = printable(os.path.abspath(found.path))
    return RawDocument(found.uri, data, found.media_type, _now(), place=place)


def printable(path: str) -> str:
    """`path` as valid Unicode with forward slashes; bytes of no character become `\\xNN`."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    if os.sep != "/":
        text = text.replace(os.sep, "/")
    return "".join(c if c >= " " and c != "\x7f" else f"\\x{ord(c):02x}" for c in text)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _open(path: str) -> BinaryIO:
    """Raises SetAside where `path` is no regular file any more."""
    file = open(path, "rb", opener=_open_waiting_for_nothing)  # noqa: SIM115  the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise SetAside("unreadable", "not a regular file", "name a file or a folder")
    return file


def _at(path: str, seen: set[tuple[int, int]]) -> Iterator[Found]:
    """What a path that the user named leads to."""
    uri = printable(path)
    try:
        info = os.stat(path)
    except (OSError, ValueError) as error:
        yield _problem(uri, error)
        return
    if stat.S_ISDIR(info.st_mode):
        yield from _walk(path, uri, info, seen)
    elif stat.S_ISREG(info.st_mode):
        yield _named_file(path, uri, info)
    else:
        yield _special(uri)


def _walk(path: str, uri: str, info: os.stat_result, seen: set[tuple[int, int]]) -> Iterator[Found]:
    """The files below a folder. A stack of folders, not recursion: trees may be deep."""
    opened = _enter(path, uri, info, seen, ())
    if not isinstance(opened, _Folder):
        yield from [opened] if opened else []
        return
    stack = [opened]
    while stack:
        folder = stack[-1]
        name = next(folder.entries, None)
        if name is None:
            stack.pop()
            continue
        inner = os.path.join(folder.path, name)
        inner_uri = f"{folder.uri.rstrip('/')}/{printable(name)}"
        found = _entry(inner, inner_uri, name)
        if isinstance(found, os.stat_result):
            entered = _enter(inner, inner_uri, found, seen, [f.identity for f in stack])
            if isinstance(entered, _Folder):
                stack.append(entered)
            elif entered is not None:
                yield entered
        elif found is not None:
            yield found


def _entry(path: str, uri: str, name: str) -> Found | os.stat_result | None:
    """What one name in a folder is; for a folder its status, None where it is left out."""
    try:
        info = os.stat(path)
    except OSError as error:
        return _problem(uri, error)
    if stat.S_ISDIR(info.st_mode):
        return info
    media_type = kind_of(name)
    if media_type is None:
        return None
    if not stat.S_ISREG(info.st_mode):
        return _special(uri)
    return FoundFile(path, uri, media_type, info.st_size)


def _enter(
    path: str,
    uri: str,
    info: os.stat_result,
    seen: set[tuple[int, int]],
    above: Sequence[tuple[int, int]],
) -> _Folder | Problem | None:
    """The folder with its names in order; None where it was read before under another name."""
    identity = (info.st_dev, info.st_ino)
    if identity in above:
        return Problem.of(
            uri,
            STEP,
            "loop",
            "a link that leads back into its own folder",
            advice="remove the link",
        )
    if identity in seen:
        return None
    seen.add(identity)
    try:
        names = sorted(name for name in os.listdir(path) if not name.startswith("."))
    except OSError as error:
        return _problem(uri, error)
    return _Folder(path, uri, iter(names), identity)


def _named_file(path: str, uri: str, info: os.stat_result) -> Found:
    media_type = kind_of(path)
    if media_type is None:
        try:
            with open(path, "rb", opener=_open_waiting_for_nothing) as file:
                media_type = sniff(file.read(SNIFFED))
        except OSError as error:
            return _problem(uri, error)
    if media_type is None:
        endings = ", ".join((*MEDIA_TYPES, *ARCHIVE_ENDINGS))
        return Problem.of(
            uri, STEP, "unsupported", "the file is no text", advice=f"sayso reads {endings}"
        )
    return FoundFile(path, uri, media_type, info.st_size)


def _open_waiting_for_nothing(path: str, flags: int) -> int:
    # A file may be replaced by a pipe after it was found; opening that must not wait.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))


def _special(uri: str) -> Problem:
    message = "a pipe, socket or device, which is never opened"
    return Problem.of(uri, STEP, "unreadable", message, advice="name a file or a folder")


def _problem(uri: str, error: OSError | ValueError) -> Problem:
    import errno

    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return Problem.of(
            uri, STEP, "loop", "a link that leads to itself", advice="remove the link"
        )
    message = _reason(error) if isinstance(error, OSError) else "the name cannot be a file's"
    advice = "check that it exists and may be read"
    return Problem.of(uri, STEP, "unreadable", message, advice=advice)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
