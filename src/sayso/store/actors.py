"""Profiles of entities, what was compared, and which of them are one actor."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

import apsw

from sayso.records.entities import Entity
from sayso.records.matches import Joining
from sayso.store import queries
from sayso.store.asking import all_rows, one_row
from sayso.store.merging import merge_entities
from sayso.store.wire import from_json, to_json

MOST_READINGS = 200
"""Of an entity that more documents name, the first so many are looked at: a state is named by
nearly all, and its names are known by then."""


def profiled_in(db: apsw.Connection, number: int) -> list[str]:
    """The entities that a document named when it was matched."""
    rows = all_rows(db, "SELECT entity FROM profiled WHERE document = ?", (number,))
    return [str(id) for (id,) in rows]


def note_profiled(db: apsw.Connection, number: int, entities: Iterable[str]) -> None:
    """Remembers which entities a document names."""
    db.execute("DELETE FROM profiled WHERE document = ?", (number,))
    db.executemany(
        "INSERT OR REPLACE INTO profiled VALUES (?, ?)", [(number, id) for id in entities]
    )


def merged(db: apsw.Connection, entity: str) -> tuple[Entity, int] | None:
    """An entity as the sum of its documents, and their number; None where none names it."""
    count = int(db.execute("SELECT count(*) FROM entity_readings WHERE entity = ?", (entity,)).get)
    if not count:
        return None
    rows = all_rows(
        db,
        "SELECT record FROM entity_readings WHERE entity = ? ORDER BY document LIMIT ?",
        (entity, MOST_READINGS),
    )
    parts = [part for (line,) in rows if isinstance(part := from_json(line), Entity)]
    return merge_entities(parts), count


def parent_of(db: apsw.Connection, entity: str) -> str | None:
    """What an entity is part of, as the first document that says so has it."""
    rows = db.execute("SELECT record FROM entity_readings WHERE entity = ? LIMIT 20", (entity,))
    for (line,) in rows:
        record = from_json(line)
        if isinstance(record, Entity) and record.part_of is not None:
            return record.part_of
    return None


def name_of(db: apsw.Connection, entity: str) -> str | None:
    """The name of an entity in the first documents that name it."""
    row = one_row(db, "SELECT name FROM entity_readings WHERE entity = ? LIMIT 1", (entity,))
    return None if row is None else str(row[0])


def day_of_mention(db: apsw.Connection, mention: str) -> str | None:
    """The day (EDTF) on which the document of a mention was published."""
    row = one_row(
        db,
        "SELECT json_extract(d.record, '$.published.value') FROM mentions AS m"
        " JOIN documents AS d ON d.number = m.document WHERE m.id = ?",
        (mention,),
    )
    return None if row is None or row[0] is None else str(row[0])


def keep_profile(db: apsw.Connection, entity: str, record: bytes, keys: Sequence[int]) -> None:
    """Keeps the profile of an entity, in place of an earlier one."""
    forget_profile(db, entity)
    own = sorted(set(keys))
    db.execute(
        "INSERT INTO profiles VALUES (?, ?, ?)",
        (entity, record, struct.pack(f"<{len(own)}q", *own)),
    )
    db.executemany("INSERT INTO profile_keys VALUES (?, ?)", [(key, entity) for key in own])


def renew_profile(db: apsw.Connection, entity: str, record: bytes) -> None:
    """Keeps a profile of which nothing that is compared has changed."""
    db.execute("UPDATE profiles SET record = ? WHERE entity = ?", (record, entity))


def forget_profile(db: apsw.Connection, entity: str) -> None:
    """Drops the profile of an entity and all comparisons with it."""
    row = one_row(db, "SELECT keys FROM profiles WHERE entity = ?", (entity,))
    if row is None:
        return
    keys = struct.unpack(f"<{len(row[0]) // 8}q", row[0])
    db.executemany(
        "DELETE FROM profile_keys WHERE key = ? AND entity = ?", [(key, entity) for key in keys]
    )
    db.execute("DELETE FROM comparisons WHERE one = ?1 OR other = ?1", (entity,))
    db.execute("DELETE FROM profiles WHERE entity = ?", (entity,))


def profile_of(db: apsw.Connection, entity: str) -> bytes | None:
    """The kept profile of an entity."""
    row = one_row(db, "SELECT record FROM profiles WHERE entity = ?", (entity,))
    return None if row is None else bytes(row[0])


def sharing(db: apsw.Connection, keys: Iterable[int], *, most: int) -> dict[int, list[str]]:
    """By key, the entities under it: at most `most` and one more, which tells a hub."""
    sql = "SELECT entity FROM profile_keys WHERE key = ? ORDER BY entity LIMIT ?"
    return {key: [str(id) for (id,) in db.execute(sql, (key, most + 1))] for key in keys}


def bearers(db: apsw.Connection, key: int) -> int:
    """How many entities stand under a key."""
    return int(db.execute("SELECT count(*) FROM profile_keys WHERE key = ?", (key,)).get)


def keys_of(db: apsw.Connection, entity: str) -> frozenset[int]:
    """The keys that an entity stands under."""
    row = one_row(db, "SELECT keys FROM profiles WHERE entity = ?", (entity,))
    return frozenset() if row is None else frozenset(struct.unpack(f"<{len(row[0]) // 8}q", row[0]))


def put_comparison(db: apsw.Connection, one: str, other: str, record: bytes) -> None:
    """Keeps what was found about two entities; `one` is the smaller id."""
    db.execute("INSERT OR REPLACE INTO comparisons VALUES (?, ?, ?)", (one, other, record))


def comparisons_of(db: apsw.Connection, entity: str) -> list[tuple[str, str, bytes]]:
    """What was found about an entity and others."""
    return [
        (str(one), str(other), bytes(record))
        for one, other, record in all_rows(
            db,
            "SELECT one, other, record FROM comparisons WHERE one = ?1"
            " UNION SELECT one, other, record FROM comparisons WHERE other = ?1",
            (entity,),
        )
    ]


def replace_actors(
    db: apsw.Connection,
    entities: Iterable[str],
    standing: Mapping[str, str],
    joinings: Sequence[Joining],
    links: frozenset[tuple[str, str]],
) -> set[str]:
    """Puts these decisions in place of all about these entities; gives back those entities whose
    actor is another than before."""
    before: dict[str, str] = {}
    for entity in entities:
        row = one_row(db, "SELECT actor FROM actors WHERE entity = ?", (entity,))
        before[entity] = str(row[0]) if row else entity
        db.execute("DELETE FROM actors WHERE entity = ?", (entity,))
        db.execute("DELETE FROM joinings WHERE one = ?1 OR other = ?1", (entity,))
    db.executemany("INSERT OR REPLACE INTO actors VALUES (?, ?)", list(standing.items()))
    db.executemany(
        "INSERT OR REPLACE INTO joinings VALUES (?, ?, ?, ?, ?)",
        [(j.id, *j.entities, int(j.entities in links), to_json(j)) for j in joinings],
    )
    return {entity for entity, actor in before.items() if standing.get(entity, entity) != actor}


def actor_of(db: apsw.Connection, entity: str) -> str:
    """The entity that stands for the actor that an entity is: itself where it is alone."""
    row = one_row(db, "SELECT actor FROM actors WHERE entity = ?", (entity,))
    return entity if row is None else str(row[0])


def members_of(db: apsw.Connection, actor: str) -> list[str]:
    """All entities that are this actor, itself among them, by id."""
    rows = all_rows(db, "SELECT entity FROM actors WHERE actor = ? ORDER BY entity", (actor,))
    return [str(id) for (id,) in rows] or [actor]


def standing(db: apsw.Connection) -> dict[str, str]:
    """By entity that is joined with another: the one that stands for them."""
    return dict(all_rows(db, "SELECT entity, actor FROM actors"))


def actor(db: apsw.Connection, id: str) -> Entity:
    """The sum of all entities that are one actor, under the id that stands for it.

    The name is that of the entity that stands for it.
    """
    members = members_of(db, id)
    parts = list(queries.entities(db, members))
    first = next((part for part in parts if part.id == id), parts[0])
    rest = [part for part in parts if part is not first]
    return merge_entities([first, *rest]) if rest else first


def joinings_of(db: apsw.Connection, entity: str) -> list[tuple[Joining, bool]]:
    """What was decided about an entity and others, and whether it made them one."""
    rows = all_rows(
        db,
        "SELECT record, linked FROM joinings WHERE one = ?1 OR other = ?1 ORDER BY id",
        (entity,),
    )
    return [
        (record, bool(linked))
        for line, linked in rows
        if isinstance(record := from_json(line), Joining)
    ]
