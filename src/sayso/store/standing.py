"""Findings as they stand after what people decided: a view of them, kept ready to be searched.

`record` stays what was found. Where somebody corrected a finding, `standing` holds it as corrected,
and the columns that filters ask for are those of `standing`; a statement that somebody added has a
row of its own. All of it is made again from the judgements whenever they or the findings change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

import apsw
from msgspec.structs import replace

from sayso.records.analyses import DocumentEntities
from sayso.records.documents import Document
from sayso.records.findings import Claim, Mention, Statement
from sayso.records.judgements import Judgement, Standing
from sayso.records.provenance import content_id
from sayso.store.asking import Value, all_rows, one_row
from sayso.store.columns import about_claim, about_statement, claim_columns, statement_columns
from sayso.store.folding import fold
from sayso.store.wire import from_json, to_json
from sayso.values.corrections import (
    added_id,
    added_statement,
    adds,
    corrected_claim,
    corrected_statement,
    said_beside,
    said_within,
)

Table = Literal["statements", "claims"]
_ABOUT = {"statements": ("statement_about", "statement"), "claims": ("claim_about", "claim")}
DECISIONS = ("confirm", "reject", "correct")
"""Judgements that say whether a finding is right."""


def decisions(db: apsw.Connection) -> dict[str, dict[str, str]]:
    """By finding and person, what they hold of it (confirm, reject, correct), the last to decide
    last. What people added is left out: it was not there to be judged."""
    found: dict[str, dict[str, str]] = {}
    rows = db.execute(
        "SELECT finding, person, decision FROM decisions WHERE decision <> 'add' ORDER BY number"
    )
    for finding, person, decision in rows:
        found.setdefault(str(finding), {})[str(person)] = str(decision)
    return found


def states(db: apsw.Connection, ids: Iterable[str]) -> dict[str, str]:
    """By finding: the decision that holds of it (confirm, reject, correct, add)."""
    found: dict[str, str] = {}
    for id in ids:
        if _is_decided(db, id):
            row = one_row(db, "SELECT decision FROM standings WHERE finding = ?", (id,))
            if row is not None:
                found[id] = str(row[0])
    return found


def standing_of(db: apsw.Connection, finding: str) -> Standing | None:
    """What holds of a finding; None where nobody decided about it."""
    if not _is_decided(db, finding):
        return None
    row = one_row(
        db, "SELECT decision, judgement, record FROM standings WHERE finding = ?", (finding,)
    )
    return None if row is None else _standing(db, finding, row)


def _is_decided(db: apsw.Connection, finding: str) -> bool:
    """Whether anybody ever decided about a finding. Of most nobody did, and asking for that takes a
    fiftieth of what the view of what holds takes."""
    return one_row(db, "SELECT 1 FROM decided WHERE finding = ? LIMIT 1", (finding,)) is not None


def standings(db: apsw.Connection) -> Iterator[Standing]:
    """What holds of all findings that the ledger has and somebody decided about, by id."""
    for finding, *row in all_rows(
        db, "SELECT finding, decision, judgement, record FROM standings ORDER BY finding"
    ):
        if _row_of(db, str(finding)) is not None:
            yield _standing(db, str(finding), row)


def _standing(db: apsw.Connection, finding: str, row: Iterable[Any]) -> Standing:
    decision, judgement, line = row
    made = _judgement(line)
    others = all_rows(
        db,
        "SELECT person, decision, record FROM decisions WHERE finding = ? ORDER BY number",
        (finding,),
    )
    at = _row_of(db, finding)
    stands: Statement | Claim | None = None
    if at is not None and at.stands is not None and decision != "reject":
        record = from_json(at.stands)
        assert isinstance(record, Statement | Claim)
        stands = record
    return Standing(
        id=content_id("standing", finding, judgement),
        on=finding,
        decision=decision,
        by=made.by,
        at=made.at,
        judgement=made.id,
        because=made.because,
        people={str(person): own for person, own, _ in others},
        differing=tuple(sorted(str(p) for p, own, his in others if _differs(own, his, made))),
        finding=stands,
        holder_name=_nameless(stands, made),
    )


def _differs(own: str, line: str, held: Judgement) -> bool:
    """Whether somebody holds something else than what holds."""
    if own in ("confirm", "reject"):
        return (own == "reject") != (held.decision == "reject")
    return held.decision == "reject" or _judgement(line).value != held.value


def _nameless(finding: Statement | Claim | None, held: Judgement) -> str | None:
    """A holder's name where the text has no words for the holder."""
    if not isinstance(finding, Statement) or finding.holder is None or finding.holder.quote:
        return None
    name = held.value.get("holder_name")
    return name if isinstance(name, str) and name.strip() else None


class _Row(NamedTuple):
    document: int
    stands: str | None


def _row_of(db: apsw.Connection, finding: str) -> _Row | None:
    for table, added in (("statements", "added"), ("claims", "NULL")):
        row = one_row(
            db,
            f"SELECT document, standing, {added}, record FROM {table} WHERE id = ?",
            (finding,),
        )
        if row is not None:
            number, stands, added_by, record = row
            return _Row(int(number), stands or (record if added_by is not None else None))
    return None


def is_judged(db: apsw.Connection, document: str) -> bool:
    """Whether people decided about a document or findings in it."""
    row = one_row(
        db,
        "SELECT 1 FROM judgements WHERE document = ? AND decision IN ('confirm', 'reject',"
        " 'correct') UNION ALL SELECT 1 FROM judgements WHERE judged = ?1 LIMIT 1",
        (document,),
    )
    return row is not None


def follow(db: apsw.Connection, document: str) -> None:
    """Points what people decided at the findings that the document has now, and makes these stand
    as decided. To be called whenever one of the two changed; the caller holds the transaction.

    A judgement goes with a finding of another id where exactly one stands at the very characters
    that were judged; of two, nobody guesses which was meant.
    """
    row = one_row(db, "SELECT number FROM documents WHERE id = ?", (document,))
    if row is None:
        return
    number = int(row[0])
    db.execute("DELETE FROM statements WHERE document = ? AND added IS NOT NULL", (number,))
    findings = _Findings(db, number)
    _point(db, document, findings)
    _Restanding(db, document, number, findings).run()


def follow_all(db: apsw.Connection) -> None:
    """The same for every document that was judged."""
    rows = all_rows(
        db,
        "SELECT DISTINCT d.id FROM judgements AS j JOIN documents AS d"
        " ON d.id = j.document OR d.id = j.judged WHERE j.decision IN ('confirm', 'reject',"
        " 'correct')",
    )
    for (id,) in rows:
        follow(db, str(id))


class _Findings:
    """What was found in one document, as it was found."""

    def __init__(self, db: apsw.Connection, number: int) -> None:
        self.statements: dict[str, Statement] = {}
        self.claims: dict[str, Claim] = {}
        self.changed: set[str] = set()
        """Those that stand otherwise than they were found."""
        for table in ("statements", "claims"):
            for line, stands in db.execute(
                f"SELECT record, standing FROM {table} WHERE document = ? ORDER BY place", (number,)
            ):
                record = from_json(line)
                if isinstance(record, Statement):
                    self.statements[record.id] = record
                elif isinstance(record, Claim):
                    self.claims[record.id] = record
                if stands is not None:
                    self.changed.add(record.id)

    def has(self, id: str) -> bool:
        """Whether it is one of them."""
        return id in self.statements or id in self.claims

    def at(self) -> dict[tuple[int, int], list[str]]:
        """The findings by their characters."""
        found: dict[tuple[int, int], list[str]] = {}
        spans = [(s.id, s.content[0].span) for s in self.statements.values() if s.content]
        for id, span in [*spans, *((c.id, c.span) for c in self.claims.values())]:
            found.setdefault((span.start, span.end), []).append(id)
        return found


def _point(db: apsw.Connection, document: str, findings: _Findings) -> None:
    rows = all_rows(
        db,
        "SELECT number, id, judged, decision, start, ends, record FROM judgements"
        " WHERE (document = ?1 OR judged = ?1) AND decision IN ('confirm', 'reject', 'correct')",
        (document,),
    )
    at: dict[tuple[int, int], list[str]] | None = None
    pointed = []
    for number, id, judged, decision, start, end, line in rows:
        finding, added = str(judged), False
        if judged == document:
            added = decision == "correct" and adds(_judgement(line).value)
            finding = added_id(id) if added else finding
        elif start is not None and not (findings.has(judged) or _is_known(db, judged)):
            at = findings.at() if at is None else at
            heirs = at.get((int(start), int(end)), [])
            finding = heirs[0] if len(heirs) == 1 else finding
        pointed.append((number, finding, added))
    db.executemany("INSERT OR REPLACE INTO decided VALUES (?, ?, ?)", pointed)


def _is_known(db: apsw.Connection, id: str) -> bool:
    """Whether it is the id of a mention, or of a statement that somebody added."""
    return (
        one_row(
            db,
            "SELECT 1 FROM mentions WHERE id = ?1 UNION ALL"
            " SELECT 1 FROM decided WHERE finding = ?1 AND adds LIMIT 1",
            (id,),
        )
        is not None
    )


class _Restanding:
    """Makes the findings of one document stand as people decided."""

    def __init__(
        self, db: apsw.Connection, document: str, number: int, findings: _Findings
    ) -> None:
        self._db = db
        self._number = number
        self._findings = findings
        line, text, outlet = all_rows(
            db,
            "SELECT d.record, t.text, d.outlet FROM documents AS d JOIN texts AS t USING (number)"
            " WHERE d.number = ?",
            (number,),
        )[0]
        record = from_json(line)
        assert isinstance(record, Document)
        self._document, self._text, self._outlet = record, str(text), outlet
        self._held = self._holding(document)
        self._named = {
            str(id)
            for (id,) in db.execute(
                "SELECT entity FROM entity_readings WHERE document = ?", (number,)
            )
        }

    def _holding(self, document: str) -> dict[str, Judgement]:
        """The judgements that change findings of this document: corrections and additions."""
        rows = all_rows(
            self._db,
            "SELECT s.finding, s.record FROM decided AS d JOIN judgements AS j"
            " ON j.number = d.judgement JOIN standings AS s ON s.finding = d.finding"
            " WHERE (j.document = ?1 OR j.judged = ?1) AND s.decision IN ('correct', 'add')",
            (document,),
        )
        return {str(id): _judgement(line) for id, line in rows}

    def run(self) -> None:
        additions = self._additions()
        if not (self._held or additions or self._findings.changed):
            return
        lines = all_rows(
            self._db, "SELECT record FROM mentions WHERE document = ?", (self._number,)
        )
        mentions = [m for (line,) in lines if isinstance(m := from_json(line), Mention)]
        entities = DocumentEntities((), mentions)
        found = self._findings.statements
        stands = {s.id: self._statement(s, mentions) for s in found.values()}
        moved = [s for s in stands.values() if s.content != found[s.id].content]
        for id, one in stands.items():
            if one != found[id] or id in self._findings.changed:
                self._update("statements", one, found[id], about_statement(one, entities), one)
        for bare in self._added(additions, mentions):
            one = self._statement(bare, mentions)
            self._insert(bare, one, about_statement(one, entities))
            stands[one.id] = one
            moved.append(one)
        for claim in self._findings.claims.values():
            now = self._claim(claim, stands, moved)
            said = stands.get(now.statement or "")
            ids = {claim.id, claim.statement or ""}
            if now != claim or ids & self._findings.changed or (
                said is not None and said != found.get(said.id)
            ):  # fmt: skip
                self._update("claims", now, claim, about_claim(now, entities), said)

    def _statement(self, statement: Statement, mentions: list[Mention]) -> Statement:
        held = self._held.get(statement.id)
        if held is None or held.id == statement.made_by:
            return statement
        return corrected_statement(statement, held.value, self._text, mentions)

    def _additions(self) -> list[Judgement]:
        """The judgements that add statements and were not taken back."""
        rows = all_rows(
            self._db,
            "SELECT j.record FROM judgements AS j JOIN decided AS d ON d.judgement = j.number"
            " WHERE d.adds AND j.judged = ? AND NOT EXISTS"
            " (SELECT 1 FROM withdrawals AS w WHERE w.judgement = j.id)",
            (self._document.id,),
        )
        return [_judgement(line) for (line,) in rows]

    def _added(self, additions: Iterable[Judgement], mentions: list[Mention]) -> list[Statement]:
        """What people added, in the order of the text."""
        made = (added_statement(j, self._document.id, self._text, mentions) for j in additions)
        return sorted((s for s in made if s is not None), key=lambda s: (s.content[0].span, s.id))

    def _claim(
        self, claim: Claim, statements: dict[str, Statement], moved: list[Statement]
    ) -> Claim:
        """The claim as corrected, in the statement whose words it stands in now."""
        held = self._held.get(claim.id)
        if held is not None:
            claim = corrected_claim(claim, held.value, self._text)
        own = statements.get(claim.statement or "")
        if own is not None and said_beside(claim, own) and any(own.id == m.id for m in moved):
            claim = replace(claim, statement=None)
        if claim.statement is None:
            inside = (one.id for one in moved if said_within(claim, one))
            claim = replace(claim, statement=next(inside, None))
        return claim

    def _update(
        self,
        table: Table,
        stands: Statement | Claim,
        found: Statement | Claim,
        about: set[str],
        said: Statement | None,
    ) -> None:
        """Writes what differs: an index that is not touched costs nothing."""
        columns = self._columns(stands, said)
        number, *old = all_rows(
            self._db, f"SELECT number, {', '.join(columns)} FROM {table} WHERE id = ?", (found.id,)
        )[0]
        new = {
            name: value
            for (name, value), was in zip(columns.items(), old, strict=True)
            if value != was
        }
        new["standing"] = to_json(stands) if stands != found else None
        sets = ", ".join(f"{name} = ?" for name in new)
        self._db.execute(f"UPDATE {table} SET {sets} WHERE number = ?", (*new.values(), number))
        name, column = _ABOUT[table]
        self._db.execute(f"DELETE FROM {name} WHERE {column} = ?", (number,))
        _insert_about(self._db, table, int(number), about)

    def _insert(self, bare: Statement, stands: Statement, about: set[str]) -> None:
        """A statement that somebody added, after the last that begins before it."""
        start = bare.content[0].span
        before = sum(s.content[0].span < start for s in self._findings.statements.values())
        row: dict[str, Value] = {
            **self._columns(stands, stands),
            "id": bare.id,
            "document": self._number,
            "place": before - 1,
            "outlet": self._outlet,
            "record": to_json(bare),
            "standing": to_json(stands) if stands != bare else None,
            "added": bare.made_by,
        }
        insert_finding(self._db, "statements", row, about)

    def _columns(self, finding: Statement | Claim, said: Statement | None) -> dict[str, Value]:
        if isinstance(finding, Statement):
            columns = statement_columns(finding, self._document)
        else:
            columns = claim_columns(finding, said, self._document)
        holder = columns["holder"]
        found: dict[str, Value] = {**columns, "other_holder": None}
        if holder is not None and holder not in self._named:
            found |= {"holder": None, "other_holder": holder}
        held = self._held.get(said.id) if said is not None else None
        if said is not None and held is not None and (name := _nameless(said, held)):
            found["holder_words"] = fold(name)
        return found


def insert_finding(
    db: apsw.Connection, table: Table, row: Mapping[str, Value], about: set[str]
) -> None:
    """A new row of a statement or claim, and the entities that it is about."""
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    _insert_about(db, table, db.last_insert_rowid(), about)


def _insert_about(db: apsw.Connection, table: Table, number: int, about: set[str]) -> None:
    name, column = _ABOUT[table]
    db.executemany(
        f"INSERT INTO {name} (entity, {column}) VALUES (?, ?)", [(id, number) for id in about]
    )


def _judgement(line: str) -> Judgement:
    record = from_json(line)
    assert isinstance(record, Judgement)
    return record
