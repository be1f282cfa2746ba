"""The answer to a question: records, counted and read only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from sayso.errors import MissingExtra
from sayso.export.rows import Columns, Lookup, Row, Value

if TYPE_CHECKING:
    import pandas
    import pyarrow

_T = TypeVar("_T")


@dataclass(frozen=True)
class Shape(Generic[_T]):
    """How records of one type become rows."""

    columns: Columns
    row: Callable[[_T, Lookup], Row] | None = None
    """One record as one row, or else"""
    rows: Callable[[_T, Lookup], Iterable[Row]] | None = None
    """as several: a dispute has one for each answer."""

    def of(self, record: _T, lookup: Lookup) -> list[Row]:
        """The rows of a record."""
        if self.row is not None:
            return [self.row(record, lookup)]
        return list(self.rows(record, lookup)) if self.rows is not None else []


class Table(Generic[_T]):
    """Records that meet some filters; iterate over it, or take it as a data frame.

    Nothing is read before it is asked for, and each iteration asks the ledger anew. `note` says
    what the user should know of how the question was understood; usually None.
    """

    def __init__(
        self,
        records: Callable[[], Iterator[_T]],
        count: Callable[[], int],
        shape: Shape[_T],
        lookup: Lookup,
        *,
        note: str | None = None,
    ) -> None:
        self._records = records
        self._count = count
        self._shape = shape
        self._lookup = lookup
        self.note = note

    def __iter__(self) -> Iterator[_T]:
        return self._records()

    def __len__(self) -> int:
        return self._count()

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.columns)}>"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of a row's values, in order."""
        return tuple(self._shape.columns)

    def rows(self) -> Iterator[Row]:
        """The records as dictionaries of plain values, with names in place of entities' ids."""
        for record in self._records():
            for row in self._shape.of(record, self._lookup):
                yield {name: row[name] for name in self._shape.columns}

    def with_rows(self) -> Iterator[dict[str, Any]]:
        """The records in full, as JSON-ready dictionaries; `row` holds the plain values (`rows`,
        where a record has several)."""
        for record in self._records():
            rows = self._shape.of(record, self._lookup)
            plain = {"row": rows[0]} if self._shape.row is not None else {"rows": rows}
            yield {**msgspec.to_builtins(record), **plain}

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame. Raises `MissingExtra` without `sayso[tables]`."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table. Raises `MissingExtra` without `sayso[tables]`."""
        try:
            import pyarrow
        except ImportError as error:
            raise MissingExtra(
                "tables need pandas and pyarrow: pip install 'sayso[tables]'", extra="tables"
            ) from error
        types = {
            str: pyarrow.string(),
            int: pyarrow.int64(),
            float: pyarrow.float64(),
            bool: pyarrow.bool_(),
        }
        schema = pyarrow.schema([(name, types[kind]) for name, kind in self._shape.columns.items()])
        columns: dict[str, list[Value]] = {name: [] for name in self._shape.columns}
        for row in self.rows():
            for name, value in row.items():
                columns[name].append(value)
        return pyarrow.table(columns, schema=schema)
