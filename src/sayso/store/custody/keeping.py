"""Writing custody: a folder beside the ledger with the log and what was kept.

`region.sayso` has `region.sayso.custody/`: `log.jsonl`, its head, and segments of WARC. What is
fetched is always kept there, since nobody else has those bytes. Of files that the user gave only
the hash, path, size and time are written down; their bytes are kept on request.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sayso.records.captures import Capture, Validators
from sayso.records.documents import RawDocument
from sayso.store.custody.captured import Captured
from sayso.store.custody.entries import Action, Entry, Stored
from sayso.store.custody.log import Log
from sayso.store.custody.segments import Kept, append, cut_back, name_of, opening, records_of

_SYNC_EVERY = 256
"""So many entries at most are lost with the machine's power; none with the process."""
_SEGMENT_BYTES = 1 << 30


def folder_of(ledger: str | Path) -> Path:
    """Where the custody of the ledger at this path lies."""
    return Path(f"{ledger}.custody")


class Custody:
    """The custody of one ledger, for writing. Use it as a context manager, or `close` it.

    Nothing is made before the first entry. Several threads and processes may write at once. A stop
    at any moment (kill -9) loses at most the entry that was being written, and the next entry is
    one that says so. Raises `LedgerDamaged` where the log does not end as it was left, `OSError`
    where it cannot be written.
    """

    def __init__(
        self,
        ledger: str | Path,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        segment_bytes: int = _SEGMENT_BYTES,
    ) -> None:
        self.folder = folder_of(ledger)
        self._name = Path(ledger).name
        self._clock = clock
        self._segment_bytes = segment_bytes
        self._log: Log | None = None
        self._unsynced = 0
        self._by = software()
        self._lock = threading.RLock()

    def __enter__(self) -> Custody:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Puts everything on the disk. A second call does nothing."""
        if self._log is not None:
            self._log.close()
            self._log = None

    def received(self, raw: RawDocument, *, place: str = "", keep_bytes: bool = False) -> Entry:
        """Writes down that these bytes came in; `keep_bytes` puts them into a segment, too."""
        kept = Kept(raw.uri, raw.data, raw.media_type, raw.retrieved) if keep_bytes else None
        return self._enter(
            "received",
            kept,
            uri=raw.uri,
            sha256=sha256(raw.data).hexdigest(),
            size=len(raw.data),
            media_type=raw.media_type,
            retrieved=raw.retrieved,
            place=place,
        )

    def put(self, capture: Capture) -> None:
        """Keeps what a server answered, and writes down where, when and after which redirects.

        The same capture again changes nothing. Content that is kept already, under any address, is
        written down without its bytes.
        """
        with self._lock:
            self._put(capture)

    def _put(self, capture: Capture) -> None:
        kept = self._kept
        if kept.has(capture):
            return
        is_seen = self.seen(capture.sha256)
        answer = None if is_seen else _answer(capture)
        coded = capture.body_sha256 != capture.sha256
        entry = self._enter(
            "captured",
            answer,
            uri=capture.uri,
            final_uri=capture.final_uri if capture.final_uri != capture.uri else "",
            sha256=capture.sha256,
            body_sha256=capture.body_sha256 if coded else "",
            size=len(capture.content),
            media_type=capture.media_type,
            retrieved=capture.retrieved,
            status=capture.status,
            headers=capture.headers,
            redirects=capture.redirects,
            peer=capture.peer,
            truncated=capture.truncated or "",
            note="the bytes are those that were kept before" if is_seen else "",
        )
        kept.add(entry)

    def known(self, uri: str) -> Validators | None:
        """What the last capture of `uri` can be compared by; None where there is none."""
        with self._lock:
            return self._kept.last.get(uri)

    def seen(self, sha256: str) -> bool:
        """Whether content with this SHA-256 is kept already, under any address."""
        with self._lock:
            return bytes.fromhex(sha256) in self._kept.contents

    @cached_property
    def _kept(self) -> Captured:
        """What was captured so far, by the log; read once, about 300 bytes an address."""
        return Captured.of(self.folder)

    def derived(self, raw: RawDocument, *, note: str = "") -> Entry:
        """Writes down that an input was made from ranges of others that came in before."""
        return self._enter(
            "derived",
            None,
            uri=raw.uri,
            sha256=sha256(raw.data).hexdigest(),
            size=len(raw.data),
            media_type=raw.media_type,
            retrieved=raw.retrieved,
            made_from=raw.made_from,
            note=note,
        )

    def _enter(self, action: Action, kept: Kept | None, **fields: object) -> Entry:
        records = records_of(kept) if kept is not None else b""
        with self._lock:
            with self._open() as log:
                stored = self._store(log, records) if records else None
                entry = self._append(log, action, stored, **fields)
            self._unsynced += 1
            if stored is not None or self._unsynced >= _SYNC_EVERY:
                log.sync()
                self._unsynced = 0
            return entry

    @contextmanager
    def _open(self) -> Iterator[Log]:
        """The log, locked, with what a stopped run left behind put right and written down."""
        if self._log is None:
            self._log = Log(self.folder)
        log = self._log
        with log.locked() as left:
            if not log.head.entries:
                self._append(log, "begun", None, uri=self._name)
            head = log.head
            if left.torn:
                self._recover(log, left.torn, "the log")
            if left.gap:
                self._append(log, "resumed", None, note=left.gap)
            for segment, filled in ((head.segment, head.filled), (_after(head.segment), 0)):
                torn = cut_back(self.folder, segment, filled)
                if torn:
                    self._recover(log, torn, segment)
            yield log

    def _recover(self, log: Log, torn: bytes, where: str) -> None:
        what = f"a stopped run left {len(torn)} bytes of an unfinished entry at the end of {where}"
        self._append(
            log, "recovered", None, sha256=sha256(torn).hexdigest(), size=len(torn), note=what
        )

    def _append(self, log: Log, action: Action, stored: Stored | None, **fields: object) -> Entry:
        entry = Entry(seq=0, time=self._now(), action=action, by=self._by, stored=stored, **fields)  # type: ignore[arg-type]  # the names are checked where they are given
        if stored is None:
            return log.append(entry)
        return log.append(entry, segment=stored.segment, filled=stored.offset + stored.length)

    def _store(self, log: Log, records: bytes) -> Stored:
        head = log.head
        segment, filled = head.segment, head.filled
        if not segment or filled >= self._segment_bytes:
            segment, filled = _after(segment), 0
            records = opening(segment, self._by, self._now()) + records
        return append(self.folder, segment, filled, records)

    def _now(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _answer(capture: Capture) -> Kept:
    """A capture as WARC keeps it."""
    via = {"via": capture.uri} if capture.final_uri != capture.uri else {}
    hops = {
        f"redirect-{number}": f"{hop.status} {hop.uri} -> {hop.location}"
        for number, hop in enumerate(capture.redirects, 1)
    }
    return Kept(
        capture.final_uri,
        capture.body,
        capture.media_type,
        capture.retrieved,
        status=capture.status,
        reason=capture.reason_phrase,
        headers=capture.headers,
        request=capture.request_headers,
        method=capture.method,
        protocol=_protocol(capture.http_version),
        peer=capture.peer,
        truncated=capture.truncated or "",
        fields={**via, **hops},
    )


def _protocol(version: str) -> str:
    """The protocol as a status line names it; WARC writes later ones in the form of 1.1."""
    return "HTTP/1.0" if version.upper().endswith("1.0") else "HTTP/1.1"


def _after(segment: str) -> str:
    """The name of the segment that follows."""
    return name_of(int(segment.split(".", 1)[0]) + 1 if segment else 1)


def software() -> str:
    """What writes the log, as each entry names it."""
    try:
        return f"sayso {version('sayso')}"
    except PackageNotFoundError:
        return "sayso"
