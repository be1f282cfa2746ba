"""Rows as CSV that a spreadsheet does not take for formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from sayso.export.rows import Row, Value

_STARTS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠|%")
_INVISIBLE = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00]*")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")
_LINE_STARTS = frozenset("\t\r\n")


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Lines of CSV (RFC 4180), header first; cells that a spreadsheet would run are defused."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        yield _take(buffer)
        writer.writerow([cell(row[name]) for name in columns])
    yield _take(buffer)


def cell(value: Value) -> str:
    """The value as a cell: `'` before what a spreadsheet would take for a formula.

    Looks past white space and invisible characters at the first visible one, also in its
    full-width form. Plain numbers stay as they are.

        >>> cell("=1+1"), cell("-5"), cell(None)
        ("'=1+1", '-5', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if not value or _NUMBER.fullmatch(value):
        return value
    skipped = _INVISIBLE.match(value)
    first = value[skipped.end() : skipped.end() + 1] if skipped else ""
    dangerous = first in _STARTS_FORMULA if first else False
    return f"'{value}" if dangerous or value[0] in _LINE_STARTS else value


def _take(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
