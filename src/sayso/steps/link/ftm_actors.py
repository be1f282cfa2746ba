"""Public lists of actors in FollowTheMoney JSON, as known actors.

Read are entities of the schemata Person, Organization, PublicBody, Company and LegalEntity, one a
line or in one list, and Ownership between them; other schemata are passed over. What is kept of an
entry is its names, its parent, and its ids at Wikidata, the UN's list and the LEI register. No
addresses, birth dates, passports, relatives or notes are kept, and no person for whom the
file gives neither an office nor a topic of public life.

Of a person, names of one word are left out: they would be found in anybody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from sayso.errors import ActorsError
from sayso.records.entities import EntityKind
from sayso.steps.link.actors import Actor, Actors, KnownAlias
from sayso.values.names import atoms

MOST_ACTORS = 200_000
"""Entries of one file that are kept; the rest is set aside."""
MOST_NAMES = 40
"""Names of one entry."""
LONGEST_NAME = 160
"""Characters; longer ones are left out."""
LONGEST_LINE = 1_000_000
"""Bytes of an entry; longer ones are set aside."""
MOST_BYTES = 256_000_000
"""Of a file that is one list and must be read at once."""
MOST_PROBLEMS = 1_000
"""Problems that are listed; the rest is only counted."""

_KINDS: dict[str, EntityKind] = {
    "Person": "person",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "Company": "organisation",
    "LegalEntity": "organisation",
}
_PUBLIC_LIFE = re.compile(r"role\.(?:pep|judge|civ|diplo)|gov(?:\..+)?|pol\..+|mil|sanction")
_ARMED = frozenset(("crime.terror", "crime.war", "mil"))
_NAMES = ("name", "alias", "previousName", "weakAlias")
_SCHEMES = {"wikidataId": "wikidata", "unscId": "un_sanctions", "leiCode": "lei"}
_LATIN = re.compile(r"^[\W\d]*[A-Za-zÀ-ɏ]")
_WIKIDATA = re.compile(r"Q[1-9]\d{0,11}")


@dataclass(frozen=True, slots=True)
class FtmProblem:
    """An entry that was set aside."""

    line: int
    """Number of its line, or of the entry in a list; from 1."""
    reason: str


@dataclass(frozen=True)
class FtmActors:
    """What a list gives."""

    actors: tuple[Actor, ...]
    """By key. An entry that is a known actor already has its key."""
    known: frozenset[str] = frozenset()
    """Keys of actors that were known before the list."""
    positions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Offices of persons as the list words them, by key."""
    problems: tuple[FtmProblem, ...] = ()
    """At most `MOST_PROBLEMS`."""
    set_aside: int = 0
    """How many entries were set aside in all."""
    passed_over: int = 0
    """How many were of other schemata."""


def load_ftm(path: Path, known: Actors | None = None) -> FtmActors:
    """The actors of a FollowTheMoney file: a list, or an entity a line.

    An entry that shares an id or a full name with one of `known` is taken for it. A bad entry is
    set aside with its reason. Raises ActorsError where the file itself cannot be read. Lines are
    streamed; a list is read at once.
    """
    reading = _Reading(path.name, known)
    try:
        for number, entry in _entries(path):
            reading.take(number, entry)
    except OSError as error:
        raise ActorsError(f"{path}: cannot be read: {error}") from error
    return reading.finished()


def is_ftm(path: Path) -> bool:
    """Whether a file looks like FollowTheMoney JSON: its first entry has a schema.

    Raises ActorsError where it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(65_536)
    except OSError as error:
        raise ActorsError(f"{path}: cannot be read: {error}") from error
    return head.lstrip(b"\xef\xbb\xbf \t\r\n[")[:1] == b"{" and b'"schema"' in head


def actors_json(found: FtmActors) -> bytes:
    """The actors as a file of known actors (see docs/actors.md), the same bytes for the same list.

    What is known already only gains names and ids.
    """
    entries = []
    for actor in found.actors:
        entry = {
            name: value
            for name, value in msgspec.to_builtins(actor).items()
            if value not in (None, [], {}, ())
        }
        if actor.key in found.known:
            entry = {
                name: value
                for name, value in entry.items()
                if name in ("key", "aliases", "identifiers")
            }
        elif actor.name_is_alias:
            entry.pop("name_is_alias", None)
        entries.append(entry)
    return msgspec.json.format(msgspec.json.encode({"actor": entries}), indent=1) + b"\n"


def _entries(path: Path) -> Iterator[tuple[int, Any]]:
    """The entries with their numbers; an undecodable one is given as the error."""
    with path.open("rb") as file:
        start = file.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        file.seek(0)
        if start == b"[":
            yield from _listed(path, file.read(MOST_BYTES + 1))
            return
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                while line and not line.endswith(b"\n"):
                    line = file.readline(LONGEST_LINE)
                yield number, ActorsError(f"longer than {LONGEST_LINE:,} bytes")
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield number, _decoded(line.lstrip(b"\xef\xbb\xbf"))


def _listed(path: Path, data: bytes) -> Iterator[tuple[int, Any]]:
    if len(data) > MOST_BYTES:
        raise ActorsError(
            f"{path}: a list of over {MOST_BYTES // 1_000_000} MB; write it an entry a line"
        )
    try:
        entries = msgspec.json.decode(data.lstrip(b"\xef\xbb\xbf"), type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        raise ActorsError(f"{path}: {error}") from error
    for number, entry in enumerate(entries, start=1):
        yield number, _decoded(bytes(entry))


def _decoded(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return ActorsError(f"no JSON: {error}")


class _Reading:
    """The list while it is read."""

    def __init__(self, file: str, known: Actors | None) -> None:
        self._file = file
        self._known = known
        self._by_id: dict[tuple[str, str], list[Actor]] = {}
        for actor in known or ():
            for pair in actor.identifiers.items():
                self._by_id.setdefault(pair, []).append(actor)
        self._found: dict[str, Actor] = {}
        self._keys: dict[str, str] = {}
        """By the list's id: our key."""
        self._parents: dict[str, str] = {}
        """By the list's id: that of its parent."""
        self._positions: dict[str, tuple[str, ...]] = {}
        self._matched: set[str] = set()
        self._problems: list[FtmProblem] = []
        self._set_aside = 0
        self._passed_over = 0

    def take(self, number: int, entry: Any) -> None:
        """Takes in one entry, or sets it aside."""
        try:
            if isinstance(entry, ActorsError):
                raise entry
            self._take(entry)
        except ActorsError as error:
            self._set_aside += 1
            if len(self._problems) < MOST_PROBLEMS:
                self._problems.append(FtmProblem(number, str(error)))

    def _take(self, entry: Any) -> None:
        if not isinstance(entry, dict) or not isinstance(entry.get("schema"), str):
            raise ActorsError("no entity: it has no `schema`")
        values = entry.get("properties")
        if not isinstance(values, dict):
            raise ActorsError("it has no `properties`")
        if entry["schema"] == "Ownership":
            for asset, owner in zip(_texts(values, "asset"), _texts(values, "owner"), strict=False):
                self._parents.setdefault(asset, owner)
            return
        kind = _KINDS.get(entry["schema"])
        if kind is None:
            self._passed_over += 1
            return
        id = entry.get("id")
        if not isinstance(id, str) or not 0 < len(id.strip()) <= LONGEST_NAME:
            raise ActorsError("it has no usable `id`")
        self._keep(id.strip(), kind, values)

    def _keep(self, id: str, kind: EntityKind, values: dict[str, Any]) -> None:
        topics = set(_texts(values, "topics"))
        positions = tuple(_texts(values, "position"))[:MOST_NAMES]
        if kind == "person" and not positions and not any(map(_PUBLIC_LIFE.fullmatch, topics)):
            raise ActorsError("a person without an office or a topic of public life")
        if kind == "organisation" and topics & _ARMED:
            kind = "armed_group"
        names = _names(kind, values)
        if not names:
            raise ActorsError("it has no usable name")
        if len(self._found) >= MOST_ACTORS:
            raise ActorsError(f"more than {MOST_ACTORS:,} actors in one file")
        actor = self._actor(id, kind, names, values)
        self._keys[id] = actor.key
        earlier = self._found.get(actor.key)
        self._found[actor.key] = actor if earlier is None else _both(earlier, actor)
        if positions:
            self._positions[actor.key] = positions
        for parent in _texts(values, "parent")[:1]:
            self._parents[id] = parent

    def _actor(
        self, id: str, kind: EntityKind, names: list[str | KnownAlias], values: dict[str, Any]
    ) -> Actor:
        identifiers = _identifiers(id, values, person=kind == "person")
        first = names[0] if isinstance(names[0], str) else names[0].name
        known = self._same_as(first, kind, identifiers)
        if known is not None:
            self._matched.add(known.key)
            there = {atoms(alias.name) for alias in known.names} | {atoms(known.name)}
            return Actor(
                known.key,
                known.kind,
                known.name,
                known.source,
                aliases=tuple(name for name in names if atoms(_text(name)) not in there),
                identifiers={k: v for k, v in identifiers.items() if k not in known.identifiers},
            )
        return Actor(
            f"ftm:{id}",
            kind,
            first,
            f"{self._file}: {id}",
            aliases=tuple(names[1:]),
            identifiers=identifiers,
        )

    def _same_as(self, name: str, kind: EntityKind, ids: dict[str, str]) -> Actor | None:
        for pair in sorted(ids.items()):
            if len(bearers := self._by_id.get(pair, [])) == 1:
                return bearers[0]
        # An id that several known actors share (a branch and its whole) tells nothing.
        if self._known is None or kind == "person":
            return None
        bodies = ("organisation", "armed_group", "outlet")
        found = [a for a, _ in self._known.names.get(atoms(name)) if a.kind in bodies]
        clear = [
            a for a in found if all(s not in ids or ids[s] == v for s, v in a.identifiers.items())
        ]
        return clear[0] if len({a.key for a in clear}) == 1 and len(atoms(name)) > 1 else None

    def finished(self) -> FtmActors:
        """All actors, each with its parent where the list has it, too."""
        for id, parent in sorted(self._parents.items()):
            key, above = self._keys.get(id), self._keys.get(parent)
            if key is None or above is None or key in self._matched:
                continue
            if self._found[key].kind != "person" and not self._leads_to(above, key):
                self._found[key] = msgspec.structs.replace(self._found[key], part_of=above)
        return FtmActors(
            actors=tuple(self._found[key] for key in sorted(self._found)),
            known=frozenset(self._matched),
            positions=dict(sorted(self._positions.items())),
            problems=tuple(self._problems),
            set_aside=self._set_aside,
            passed_over=self._passed_over,
        )

    def _leads_to(self, key: str, end: str) -> bool:
        """Whether the parents of `key` lead to `end`: then it must not be below it. Long chains
        are taken to do so."""
        at: str | None = key
        for _ in range(32):
            if at is None:
                return False
            if at == end:
                return True
            actor = self._found.get(at) or (self._known.get(at) if self._known else None)
            at = actor.part_of if actor is not None else None
        return True


def _texts(values: dict[str, Any], name: str) -> list[str]:
    """The values of a property that are text of a sensible length, each once."""
    found = values.get(name)
    listed = found if isinstance(found, list) else [found]
    kept = (" ".join(v.split()) for v in listed[: 4 * MOST_NAMES] if isinstance(v, str))
    return [v for v in dict.fromkeys(kept) if 0 < len(v) <= LONGEST_NAME]


def _names(kind: EntityKind, values: dict[str, Any]) -> list[str | KnownAlias]:
    """The names that may be looked for in texts, the first in Latin letters before the others."""
    found: list[str | KnownAlias] = []
    seen: set[tuple[str, ...]] = set()
    for field_name in _NAMES:
        for text in _texts(values, field_name):
            words = atoms(text)
            lone = len(words) < 2 and (kind == "person" or field_name == "weakAlias")
            if words and not lone and len("".join(words)) > 2 and words not in seen:
                seen.add(words)
                found.append(text)
    if kind != "person" and found:
        for text in _texts(values, "abbreviation"):
            if len(atoms(text)) == 1 and len(text) >= 3 and atoms(text) not in seen:
                seen.add(atoms(text))
                found.append(KnownAlias(text, case="exact"))
    # Reports are English: who is listed as Илья Марн is shown as Ilya Marn where the list has both.
    own = next((name for name in found if _LATIN.search(_text(name)) is not None), None)
    if own is not None and isinstance(own, str):
        found.remove(own)
        found.insert(0, own)
    return found[:MOST_NAMES]


def _identifiers(id: str, values: dict[str, Any], *, person: bool) -> dict[str, str]:
    found = {}
    for field_name, scheme in _SCHEMES.items():
        given = _texts(values, field_name)
        if given and not (person and scheme == "lei"):
            found[scheme] = given[0]
    if "wikidata" not in found and _WIKIDATA.fullmatch(id):
        found["wikidata"] = id
    if "wikidata" in found and not _WIKIDATA.fullmatch(found["wikidata"]):
        del found["wikidata"]
    return dict(sorted(found.items()))


def _both(one: Actor, two: Actor) -> Actor:
    """Two entries of one key, as one."""
    names = dict.fromkeys(
        (*one.aliases, *((two.name,) if two.name != one.name else ()), *two.aliases)
    )
    return msgspec.structs.replace(
        one,
        aliases=tuple(names)[:MOST_NAMES],
        identifiers={**two.identifiers, **one.identifiers},
    )


def _text(alias: str | KnownAlias) -> str:
    return alias if isinstance(alias, str) else alias.name
