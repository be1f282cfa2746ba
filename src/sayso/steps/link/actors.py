"""Known actors: who goes by which names, from the built-in files and the user's own."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from sayso.errors import ActorsError
from sayso.lexicons import load as load_lexicon
from sayso.records.entities import EntityKind
from sayso.steps.link.trie import NameTrie
from sayso.values.names import APOSTROPHES, atoms

BUILTIN = (
    "actors_states.toml",
    "actors_peoples.toml",
    "actors_places.toml",
    "actors_groups.toml",
    "actors_organisations.toml",
    "actors_outlets.toml",
)
Case = Literal["capital", "exact", "any"]


class KnownAlias(Struct, frozen=True, forbid_unknown_fields=True):
    """A name of a known actor, and when to trust it."""

    name: str
    case: Case = "capital"
    """`capital`: the words that begin with a capital here must do so in the text; `exact`: letter
    for letter; `any`: however it is written."""
    context: tuple[str, ...] = ()
    """Lower-case words of which one must stand near, unless the text also uses another name."""


class Actor(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a file of known actors."""

    key: str
    kind: EntityKind
    name: str
    source: str
    """Where the entry can be checked."""
    aliases: tuple[str | KnownAlias, ...] = ()
    name_is_alias: bool = True
    """False where the plain name alone says too little (`Dawn`)."""
    part_of: str | None = None
    capital_of: str | None = None
    """Of a place: the state whose government reports may mean by it."""
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Nouns for the people of a state: `Afghans`."""
    identifiers: dict[str, str] = {}

    @property
    def names(self) -> tuple[KnownAlias, ...]:
        """All names with their conditions, the actor's own name first."""
        own = (KnownAlias(self.name),) if self.name_is_alias else ()
        return own + tuple(
            KnownAlias(alias) if isinstance(alias, str) else alias for alias in self.aliases
        )


class _Change(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry as a file gives it: a new actor, or a change to one that is known already."""

    key: str
    kind: EntityKind | None = None
    name: str | None = None
    source: str | None = None
    aliases: tuple[str | KnownAlias, ...] = ()
    name_is_alias: bool | None = None
    part_of: str | None = None
    capital_of: str | None = None
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    identifiers: dict[str, str] = {}
    without: tuple[str, ...] = ()
    """Aliases to drop."""
    replace: bool = False
    """Forget what earlier files said of this key."""


class Actors:
    """All known actors, by key, name or adjective. Nothing in it changes after loading."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = {actor.key: actor for actor in actors}
        self._people = dict(_peoples(self._actors.values()))

    @classmethod
    def load(cls, files: Sequence[Path], *, builtin: bool) -> Actors:
        """The built-in actors (if `builtin`) with those of `files` laid over them, in order.

        Raises ActorsError, naming the file and the entry or line, where one cannot be used.
        """
        merged: dict[str, Actor] = {}
        if builtin:
            for name in BUILTIN:
                _lay_over(merged, load_lexicon(name), name, text="")
        for path in files:
            text, data = _read(path)
            _lay_over(merged, data, str(path), text=text)
        _check_references(merged, [str(path) for path in files])
        return cls(merged.values())

    def __iter__(self) -> Iterator[Actor]:
        yield from self._actors.values()
        yield from self._people.values()

    def __len__(self) -> int:
        return len(self._actors) + len(self._people)

    def get(self, key: str) -> Actor | None:
        """The actor of this key."""
        return self._actors.get(key) or self._people.get(key)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all entries: the same data give the same, in whatever files they stood."""
        entries = sorted(self._actors.values(), key=lambda actor: actor.key)
        digest = blake2b(digest_size=12, person=b"sayso-actors")
        digest.update(msgspec.json.encode(entries, order="deterministic"))
        return digest.hexdigest()

    @cached_property
    def names(self) -> NameTrie[tuple[Actor, KnownAlias]]:
        """All names by their words; under one name, the most demanding alias comes first."""
        pairs = [(actor, alias) for actor in self for alias in actor.names]
        pairs.sort(key=lambda pair: (not pair[1].context, pair[1].case != "exact", pair[0].key))
        trie: NameTrie[tuple[Actor, KnownAlias]] = NameTrie()
        for actor, alias in pairs:
            for words in _spellings(alias.name):
                trie.add(words, (actor, alias))
        return trie

    @cached_property
    def adjectives(self) -> NameTrie[Actor]:
        """States and peoples by their adjectives: `Afghan`, `Central Asian`."""
        trie: NameTrie[Actor] = NameTrie()
        for actor in self._actors.values():
            for adjective in actor.adjectives:
                trie.add(atoms(adjective), actor)
        return trie

    def by_adjective(self, words: str) -> Actor | None:
        """The state (or else the people) that an adjective belongs to."""
        found = self.adjectives.get(atoms(words))
        states = [actor for actor in found if actor.kind == "state"]
        return next(iter(states or found), None)


def _peoples(actors: Iterable[Actor]) -> Iterator[tuple[str, Actor]]:
    for actor in actors:
        if actor.people:
            people = Actor(
                f"{actor.key}-people",
                "people",
                actor.people[0],
                actor.source,
                aliases=actor.people[1:],
            )
            yield people.key, people


def _spellings(name: str) -> set[tuple[str, ...]]:
    """A name's words; with apostrophes both as nothing and as the gap some tokenisers make."""
    parted = name
    for mark in APOSTROPHES:
        parted = parted.replace(mark, " ")
    return {words for words in (atoms(name), atoms(parted)) if words}


def _read(path: Path) -> tuple[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ActorsError(f"{path}: cannot be read: {error}") from error
    try:
        data = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ActorsError(f"{path}: {error}") from error
    return text, {"actor": data} if isinstance(data, list) else data


def _lay_over(merged: dict[str, Actor], data: Any, file: str, *, text: str) -> None:
    entries = data.get("actor") if isinstance(data, dict) else None
    if not isinstance(entries, list) or set(data) != {"actor"}:
        raise ActorsError(f"{file}: expected a list of entries named `actor` and nothing else")
    lines = [text.count("\n", 0, at.start()) + 1 for at in _ENTRY.finditer(text)]
    if len(lines) != len(entries):
        lines = []
    for number, entry in enumerate(entries):
        where = f"{file}: entry {number + 1}" + (f" (line {lines[number]})" if lines else "")
        try:
            change = msgspec.convert(entry, _Change)
            merged[change.key] = _merge(merged.get(change.key), change)
        except (msgspec.ValidationError, ActorsError) as error:
            raise ActorsError(f"{where}: {error}") from error


_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*actor[ \t]*\]\]", re.MULTILINE)


def _merge(known: Actor | None, change: _Change) -> Actor:
    given = {
        name: value
        for name in ("kind", "name", "source", "name_is_alias", "part_of", "capital_of")
        if (value := getattr(change, name)) is not None
    }
    if known is None or change.replace:
        missing = [name for name in ("kind", "name", "source") if name not in given]
        if missing:
            raise ActorsError(f"a new actor ({change.key!r}) needs {', '.join(missing)}")
        known = Actor(change.key, given["kind"], given["name"], given["source"])
    dropped = {atoms(name) for name in change.without}
    kept = [alias for alias in known.aliases if atoms(_text(alias)) not in dropped]
    changed = {_text(alias) for alias in change.aliases}
    actor = msgspec.structs.replace(
        known,
        **given,
        aliases=(*(alias for alias in kept if _text(alias) not in changed), *change.aliases),
        adjectives=tuple(dict.fromkeys((*known.adjectives, *change.adjectives))),
        people=tuple(dict.fromkeys((*known.people, *change.people))),
        identifiers={**known.identifiers, **change.identifiers},
    )
    _check(actor)
    return actor


def _text(alias: str | KnownAlias) -> str:
    return alias if isinstance(alias, str) else alias.name


def _check(actor: Actor) -> None:
    if not actor.key or actor.key != actor.key.strip():
        raise ActorsError("`key` must not be empty or padded with spaces")
    for alias in (KnownAlias(actor.name), *actor.names):
        if not atoms(alias.name):
            raise ActorsError(f"{actor.key!r}: a name without letters or digits: {alias.name!r}")


def _check_references(actors: dict[str, Actor], files: Sequence[str]) -> None:
    given = f" (after reading {', '.join(files)})" if files else ""
    for actor in actors.values():
        for field in ("part_of", "capital_of"):
            target = getattr(actor, field)
            if target is not None and target not in actors:
                raise ActorsError(f"{actor.key!r}: {field} names no actor: {target!r}{given}")
        seen = {actor.key}
        above = actor.part_of
        while above is not None:
            if above in seen:
                raise ActorsError(f"{actor.key!r}: part_of leads back to itself{given}")
            seen.add(above)
            above = actors[above].part_of
