"""The bytes of an archive as one stream, whether it is compressed or not, and how to go on after
damage.

Reads with zlib alone, in pieces: no part of an archive is ever in memory whole, and a member that
inflates without end is left where its budget ends.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO

_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b\x08"
_MARK = b"WARC/"
_MOST_TRIES = 10_000
"""So many places that look like the start of a member are tried in one search."""


class Damaged(Exception):
    """The stream cannot be read on from here. `at`: the position of the damage in the file."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(what)
        self.what = what
        self.at = at


class Members:
    """A file of gzip members, or of none, read forward.

    `start` is the position in the file of the member that the next byte belongs to (of the byte
    itself where nothing is compressed).
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._buffer = bytearray()
        self._raw = b""
        self._at = 0
        """Position in the file of the first byte of `_raw`."""
        self._start = 0
        self._inflater: zlib._Decompress | None = None
        head = file.read(len(_GZIP))
        file.seek(0)
        self.compressed = head == _GZIP

    @property
    def start(self) -> int:
        return self._start if self.compressed else self._at - len(self._buffer)

    def line_end(self, mark: bytes, limit: int) -> bytes | None:
        """The bytes up to and with `mark`; None where the stream ends first.

        Raises `Damaged` where there is no mark within `limit` bytes.
        """
        searched = 0
        while True:
            found = self._buffer.find(mark, max(0, searched - len(mark)))
            if 0 <= found <= limit:
                return self.take(found + len(mark))
            searched = len(self._buffer)
            if searched > limit:
                raise Damaged("what stands here is no record", self.start)
            if not self._fill():
                return None

    def skip_blank(self) -> bool:
        """Leaves out line breaks between records; False where the stream ends."""
        while True:
            bare = self._buffer.lstrip(b"\r\n")
            del self._buffer[: len(self._buffer) - len(bare)]
            if self._buffer:
                return True
            if not self._fill():
                return False

    def take(self, number: int) -> bytes:
        """The next `number` bytes, or fewer where the stream ends."""
        while len(self._buffer) < number:
            if not self._fill():
                break
        data = bytes(self._buffer[:number])
        del self._buffer[:number]
        return data

    def leave_out(self, number: int) -> int:
        """Passes over `number` bytes and says how many there were."""
        left = number
        while left:
            if not self._buffer and not self._fill():
                break
            step = min(left, len(self._buffer))
            del self._buffer[:step]
            left -= step
        return number - left

    def find_next(self) -> bool:
        """Goes to the next place after the current one where a record begins; False at the end.

        Compressed: the next member that begins with a record. Otherwise the next line that does.
        """
        return self._next_member() if self.compressed else self._next_line()

    def _fill(self) -> bool:
        """Adds to the buffer; False at the end. Raises `Damaged`."""
        if not self.compressed:
            data = self._file.read(_CHUNK)
            self._buffer += data
            self._at += len(data)
            return bool(data)
        while True:
            if not self._raw:
                self._raw = self._file.read(_CHUNK)
                if not self._raw:
                    if self._inflater is not None:
                        raise Damaged("the file ends in the middle of a record", self._start)
                    return False
            if self._inflater is None:
                if not self._begin():
                    return False
                continue
            before = len(self._raw)
            data = self._inflate()
            self._at += before - len(self._raw)
            if data:
                self._buffer += data
                return True

    def _begin(self) -> bool:
        """Opens the member at the current position; zeros that pad the end are no member."""
        if not self._buffer:
            self._start = self._at
        if not self._raw.strip(b"\0"):
            self._at += len(self._raw)
            self._raw = b""
            return True
        self._inflater = zlib.decompressobj(31)
        return True

    def _inflate(self) -> bytes:
        assert self._inflater is not None
        try:
            data = self._inflater.decompress(self._raw, _CHUNK)
        except zlib.error:
            raise Damaged("the compressed data are damaged", self._start) from None
        if self._inflater.eof:
            self._raw = self._inflater.unused_data
            self._inflater = None
        else:
            self._raw = self._inflater.unconsumed_tail
        return data

    def _next_member(self) -> bool:
        position = self._start + 1
        for _ in range(_MOST_TRIES):
            found = _find(self._file, _GZIP, position)
            if found is None:
                return False
            if self._begins_record(found):
                self._go(found)
                return True
            position = found + 1
        return False

    def _begins_record(self, position: int) -> bool:
        self._file.seek(position)
        try:
            head = zlib.decompressobj(31).decompress(self._file.read(1024), 64)
        except zlib.error:
            return False
        return head.lstrip(b"\r\n").startswith(_MARK)

    def _next_line(self) -> bool:
        found = _find(self._file, b"\n" + _MARK, self.start)
        if found is None:
            return False
        self._go(found + 1)
        return True

    def _go(self, position: int) -> None:
        self._file.seek(position)
        self._buffer.clear()
        self._raw, self._inflater = b"", None
        self._at = self._start = position


def _find(file: BinaryIO, mark: bytes, position: int) -> int | None:
    """Where `mark` next stands in the file from `position` on."""
    file.seek(position)
    tail = b""
    while data := file.read(1 << 20):
        found = (tail + data).find(mark)
        if found >= 0:
            return position - len(tail) + found
        position += len(data)
        tail = (tail + data)[-len(mark) + 1 :] if len(mark) > 1 else b""
    return None
