"""The ledger: the one object through which people and doors read and ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Self, TypeVar

from msgspec.structs import replace

from sayso.engines.collecting import Collector, Inputs, Progress, ReadSummary, load_all
from sayso.engines.loading import DEFAULT_READER
from sayso.errors import JudgementRefused, NoSuchRecord
from sayso.export import rows
from sayso.export.disputes import DISPUTE_COLUMNS, dispute_rows, is_about
from sayso.export.files import whole_file
from sayso.export.json import json_lines
from sayso.export.tables import Shape, Table
from sayso.judging import correctable, made_judgement, now
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Statement
from sayso.records.judgements import Decision, Judgement, Standing
from sayso.records.matches import Copies, Dispute, Journey, Story
from sayso.records.provenance import Problem
from sayso.settings import Settings, actor_files
from sayso.store import actor_files as lists
from sayso.store import filters, queries, standing
from sayso.store.actors import actor_of
from sayso.store.copies import all_copies
from sayso.store.custody import Custody, copy_custody, verify
from sayso.store.disputes import all_disputes
from sayso.store.filters import Filter, Selection
from sayso.store.ledger_file import LedgerFile
from sayso.store.stories import all_stories
from sayso.store.wire import Record

if TYPE_CHECKING:
    import apsw

    from sayso.engines.matching.matcher import MatchSummary
    from sayso.export.report import ReportView
    from sayso.steps.match.disputes.silence import Unanswered
    from sayso.store.searches import Listed, SavedSearch

Paths = str | Path | Iterable[str | Path]


class LoadedActors(NamedTuple):
    """What a list of known actors gave."""

    actors: int
    known: int
    """How many of them were known before."""
    set_aside: int
    problems: tuple[tuple[int, str], ...]
    """The first entries that were set aside: line or number, and the reason."""


_T = TypeVar("_T")
_CACHED = 10_000
"""So many names, sources and statements each are remembered while a table is gone through."""


def open(path: str | Path, *, create: bool = True) -> Ledger:
    """The ledger at `path`; a new, empty one if there is none and `create` is true.

    Raises `LedgerError` where the file cannot be used: `NotALedger`, `LedgerTooNew`,
    `LedgerDamaged`, `LedgerBusy`, or the error itself for a missing or unwritable path.
    """
    return Ledger(path, create=create)


class Ledger:
    """Who said what, in one file. Use it as a context manager, or `close` it.

        with sayso.open("region.sayso") as ledger:
            ledger.read("reports/")
            for statement in ledger.statements(holder="Karsk Front"):
                ...

    Not thread-safe: open the file once a thread. Many processes may read while one writes.
    """

    def __init__(
        self, path: str | Path, *, create: bool = True, reader: str = DEFAULT_READER
    ) -> None:
        """`reader` names, as `module:class`, what reads a document (`ports.ReadsDocuments`)."""
        self.path = str(path)
        self._reader = reader
        self._file = LedgerFile(self.path, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Ledger {self.path}>"

    def close(self) -> None:
        """Ends the work with the file. A second call does nothing."""
        self._file.close()

    # Reading

    def read(
        self,
        paths: Paths,
        *,
        workers: int | None = None,
        settings: Settings | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> ReadSummary:
        """What became of the files at `paths` (files, archives or folders of them).

        The log beside the ledger tells of each where it came from: see `verify`. Each document is
        in the ledger as soon as it is read, whole or not at all; stopped at any moment, the same
        call goes on where it was. What was read before, by the same version and settings, is left
        alone. Inputs that cannot be read are set aside: see `problems`.

        `workers` processes (0: this one, without deadlines) take the place of the number in
        `settings`. `progress` is called after each input. Raises `ActorsError`, `MissingExtra`,
        `SettingsError` or `LedgerError` where nothing can be read at all.
        """
        from sayso.steps.acquire.files import find, inputs

        chosen = settings or Settings()
        if workers is not None:
            chosen = replace(chosen, read=replace(chosen.read, workers=workers))
        total = None if progress is None else sum(1 for _ in find(_as_list(paths)))
        found = load_all(
            find(_as_list(paths)),
            lambda found: inputs(found, chosen.clean),
            lambda found: found.uri,
        )
        with Custody(self.path) as custody:
            return self._collect(found, chosen, custody, progress, total)

    def read_inputs(
        self,
        inputs: Inputs,
        *,
        custody: Custody,
        settings: Settings | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> ReadSummary:
        """As `read`, of what is at hand already: what was fetched, and what could not be.

        `custody` is this ledger's; what was captured into it is not written down a second time.
        """
        return self._collect(inputs, settings or Settings(), custody, progress, None)

    def _collect(
        self,
        inputs: Inputs,
        settings: Settings,
        custody: Custody,
        progress: Callable[[Progress], None] | None,
        total: int | None,
    ) -> ReadSummary:
        with self._with_lists(settings) as chosen:
            collector = Collector(
                self._file,
                chosen,
                reader=self._reader,
                report=progress,
                total=total,
                custody=custody,
            )
            return collector.collect(inputs)

    def match(
        self,
        *,
        settings: Settings | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> MatchSummary:
        """Finds across documents what is new since the last time: which names are one actor, which
        pages one text, which reports one story, and where the accounts part.

        Stopped at any moment, also by what `progress` raises, the same call goes on where it was.
        `progress` is called with the stage, how many of it are done, and of how many. Raises
        `ActorsError` or `LedgerError`; that it failed stands in `problems` until it succeeds.
        """
        from sayso.engines.matching.failures import failure_noted
        from sayso.engines.matching.matcher import Matcher
        from sayso.steps.link.actors import Actors

        with self._with_lists(settings or Settings()) as chosen:
            extract = chosen.extract
            known = Actors.load(actor_files(extract), builtin=extract.builtin_actors)
        with failure_noted(self._file):
            return Matcher(self._file, known, progress=progress).match()

    # Lists of known actors

    def load_actors(self, path: Path) -> LoadedActors:
        """Reads a list of known actors and keeps it: `read` and `match` of this ledger use it.

        FollowTheMoney JSON, or our own TOML or JSON. Raises `ActorsError` where the file cannot be
        used at all; entries that cannot be used are set aside with their reason.
        """
        from sayso.steps.link.actors import Actors
        from sayso.steps.link.ftm_actors import actors_json, is_ftm, load_ftm

        if is_ftm(path):
            found = load_ftm(path, Actors.load([], builtin=True))
            content, count = actors_json(found), len(found.actors)
            problems = tuple((problem.line, problem.reason) for problem in found.problems)
            loaded = LoadedActors(count, len(found.known), found.set_aside, problems)
        else:
            before = len(Actors.load([], builtin=True))
            count = len(Actors.load([path], builtin=True)) - before
            content, loaded = path.read_bytes(), LoadedActors(count, 0, 0, ())
        name = path.name if not is_ftm(path) else f"{path.stem}.json"
        with self._file.writing():
            lists.keep(self._file.db, name, count, content)
        return loaded

    def actor_lists(self) -> list[lists.KeptList]:
        """The lists of known actors that this ledger keeps, by name."""
        with self._file.reading() as db:
            return lists.lists(db)

    def drop_actors(self, name: str) -> bool:
        """Forgets a list; False where there is none of that name."""
        with self._file.writing():
            return lists.drop(self._file.db, name)

    @contextmanager
    def _with_lists(self, settings: Settings) -> Iterator[Settings]:
        """The settings with the lists that this ledger keeps, as files for as long as it lasts.

        What a user names goes over what is kept. The recipe of a reading hashes their contents,
        so it does not matter where they lie.
        """
        with self._file.reading() as db:
            kept = lists.contents(db)
        if not kept:
            yield settings
            return
        with TemporaryDirectory(prefix="sayso-") as folder:
            paths = []
            for number, (name, content) in enumerate(kept):
                path = Path(folder) / f"{number:03}{Path(name).suffix}"
                path.write_bytes(content)
                paths.append(str(path))
            extract = settings.extract
            yield replace(settings, extract=replace(extract, actors=(*paths, *extract.actors)))

    # Asking

    def statements(
        self,
        *,
        holder: str | None = None,
        about: str | None = None,
        kind: str | None = None,
        act: str | None = None,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        search: str | None = None,
        confidence: float | None = None,
        order: filters.Order = "text",
    ) -> Table[Statement]:
        """The statements that meet all filters, by document and place in it, as they stand:
        corrected where people corrected them, with those that people added; `record` gives what was
        found, `standing` who decided what.

        `holder` and `about` are names: one that equals a name of an entity, in any letter case,
        stands for that entity only; else all names that hold all its words are taken, and the
        table's `note` says so. `since` and `until` (`2019`, `2019-12`, `2019-12-18`) look at when
        it was said, else at when it was published; statements without any date are left out.
        `confidence` leaves out what is less sure (0..1); with `order="confidence"` the surest come
        first.
        """
        wanted = Filter(
            confidence=confidence,
            order=order,
            holder=holder,
            about=about,
            kind=kind,
            act=act,
            since=since,
            until=until,
            outlet=outlet,
            search=search,
        )
        with self._file.reading() as db:
            selection = filters.select_statements(db, wanted)
        return self._table(
            lambda: self._findings(selection, Statement),
            selection,
            Shape(rows.STATEMENT_COLUMNS, rows.statement_row),
        )

    def claims(
        self,
        *,
        kind: str | None = None,
        holder: str | None = None,
        about: str | None = None,
        place: str | None = None,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        search: str | None = None,
        confidence: float | None = None,
        order: filters.Order = "text",
    ) -> Table[Claim]:
        """The claims that meet all filters; see `statements` for what the filters mean.

        `holder` is the holder of the claim's statement; `place` a name of the claim's place.
        """
        wanted = Filter(
            confidence=confidence,
            order=order,
            kind=kind,
            holder=holder,
            about=about,
            place=place,
            since=since,
            until=until,
            outlet=outlet,
            search=search,
        )
        with self._file.reading() as db:
            selection = filters.select_claims(db, wanted)
        return self._table(
            lambda: self._findings(selection, Claim),
            selection,
            Shape(rows.CLAIM_COLUMNS, rows.claim_row),
        )

    def documents(
        self,
        *,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        search: str | None = None,
    ) -> Table[Document]:
        """The documents that meet all filters, by path; dates are those of publication."""
        wanted = Filter(outlet=outlet, since=since, until=until, search=search)
        with self._file.reading() as db:
            selection = filters.select_documents(db, wanted)

        def records() -> Iterator[Document]:
            with self._file.reading() as db:
                yield from queries.documents(db, selection)

        return self._table(records, selection, Shape(rows.DOCUMENT_COLUMNS, rows.document_row))

    def entities(self, *, name: str | None = None, kind: str | None = None) -> Table[Entity]:
        """The entities with this name (as `statements` takes a holder) and kind."""
        with self._file.reading() as db:
            ids, note = (None, None) if name is None else filters.entities_named(db, name)

        def records() -> Iterator[Entity]:
            with self._file.reading() as db:
                for entity in queries.entities(db, ids):
                    if kind is None or entity.kind == kind:
                        yield entity

        shape = Shape(rows.ENTITY_COLUMNS, rows.entity_row)
        return Table(records, lambda: sum(1 for _ in records()), shape, self._lookup(), note=note)

    def problems(self) -> Table[Problem]:
        """The inputs that were set aside, and parts of documents that were not read, by path."""

        def records() -> Iterator[Problem]:
            with self._file.reading() as db:
                yield from queries.problems(db)

        shape = Shape(rows.PROBLEM_COLUMNS, rows.problem_row)
        return Table(records, lambda: sum(1 for _ in records()), shape, self._lookup())

    def disputes(self, *, about: str | None = None, verdict: str | None = None) -> Table[Dispute]:
        """Claims about one thing laid side by side, as of the last `match`, by id; as rows, one for
        each answer.

        `about` is a name, as `statements` takes a holder: of whom, where, or whose word it is; or,
        where no entity has it, words of the question.
        """
        with self._file.reading() as db:
            ids, note = (None, None) if about is None else filters.entities_named(db, about)
            if ids is not None:
                ids = sorted({actor_of(db, id) for id in ids} | set(ids))

        def records() -> Iterator[Dispute]:
            with self._file.reading() as db:
                for dispute in all_disputes(db, about=ids or None, verdict=verdict):
                    if about is None or ids or is_about(dispute, about):
                        yield dispute

        shape = Shape[Dispute](DISPUTE_COLUMNS, rows=dispute_rows)
        return Table(records, lambda: sum(1 for _ in records()), shape, self._lookup(), note=note)

    def copies(self) -> Table[Copies]:
        """Documents that are one text, as of the last `match`, by id."""

        def records() -> Iterator[Copies]:
            with self._file.reading() as db:
                yield from all_copies(db)

        shape = Shape(rows.COPIES_COLUMNS, rows.copies_row)
        return Table(records, lambda: sum(1 for _ in records()), shape, self._lookup())

    def stories(self) -> Table[Story]:
        """Documents that report the same happening, as of the last `match`, by id."""

        def records() -> Iterator[Story]:
            with self._file.reading() as db:
                yield from all_stories(db)

        shape = Shape(rows.STORY_COLUMNS, rows.story_row)
        return Table(records, lambda: sum(1 for _ in records()), shape, self._lookup())

    # Judging

    def judge(
        self,
        on: str,
        decision: Decision,
        *,
        by: str,
        because: str | None = None,
        value: dict[str, str | int | None] | None = None,
    ) -> Judgement:
        """Writes down what a person decided about a record, and gives it back.

        `value` by decision: `same` and `different` of two entities need `other`; `grade` needs
        `source` (A to F) or `information` (1 to 6) of the Admiralty scheme; `correct` holds the
        fields as they should be (`values.corrections`), or, about a document, a statement that was
        missed. Lists, searches and disputes follow at once; of two joined entities nothing changes
        before the next `match`. Raises `NoSuchRecord`, or `JudgementRefused` where the decision
        cannot be about that.
        """
        from sayso.store.judging import anchor_of, write_judgement

        record, given = self.record(on), dict(value or {})
        if isinstance(other := given.get("other"), str):
            named = self.record(other)
            if not isinstance(named, Entity):
                raise JudgementRefused(f"{decision}: {other} is no entity")
            given["other"] = named.id
        if decision == "correct":
            self._check_correction(record, given)
        judgement = made_judgement(record, decision, by=by, at=now(), because=because, value=given)
        with self._file.writing():
            write_judgement(self._file.db, judgement, anchor_of(self._file.db, record.id))
        self._settle_judged()
        return judgement

    def correct(
        self,
        on: str,
        changes: Mapping[str, str | int | None],
        *,
        by: str,
        because: str | None = None,
    ) -> Judgement:
        """Sets fields of a statement or claim right, or adds a statement that a document lacks.

        `changes` are fields of `values.corrections`, said as people say them: `quote` is the right
        words as they stand in the text (those nearest to what was found), `holder_quote` the words
        for the source, `holder` and `subject` an id or a name of an entity. What was corrected
        before and still holds stays, and so does one bound of an estimate when the other changes
        (None: open). The judgement given back holds it all; `withdraw` takes it back. Raises
        `NoSuchRecord`, or `JudgementRefused` where a field or value means nothing for that record.
        """
        from sayso.correcting import whole_correction

        record = correctable(self.record(on))
        with self._file.reading() as db:
            value = whole_correction(db, record, changes)
        return self.judge(record.id, "correct", by=by, because=because, value=value)

    def _check_correction(self, record: Record, value: dict[str, str | int | None]) -> None:
        """Who is named must be there, and what is marked lie in the text."""
        for name in ("holder", "subject"):
            if isinstance(id := value.get(name), str) and not isinstance(self.record(id), Entity):
                raise JudgementRefused(f"correct: {id} is no entity")
        where = record.document if isinstance(record, Statement | Claim) else record.id
        for first, last in (("start", "end"), ("holder_start", "holder_end")):
            start, end = value.get(first), value.get(last)
            if start is None and end is None:
                continue
            document = self.record(where)
            length = len(document.text) if isinstance(document, Document) else 0
            marked = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length
            if not marked:
                raise JudgementRefused(f"correct: {first} and {last} do not lie in the text")

    def withdraw(self, judgement: str, *, by: str) -> Judgement:
        """Takes a judgement back; it stays in the log as withdrawn. Raises `NoSuchRecord`."""
        from sayso.store.judging import write_withdrawal

        record = self.record(judgement)
        if not isinstance(record, Judgement):
            raise NoSuchRecord(f"{judgement}: is no judgement", judgement)
        with self._file.writing():
            write_withdrawal(self._file.db, record.id, now(), by)
        self._settle_judged()
        again = self.record(record.id)
        assert isinstance(again, Judgement)
        return again

    def judgements(self, on: str | None = None, *, withdrawn: bool = True) -> Iterator[Judgement]:
        """The judgements in the order in which they were made; those about one record, if given."""
        from sayso.store.judging import judgements

        with self._file.reading() as db:
            yield from judgements(db, on=on, withdrawn=withdrawn)

    def standing(self, finding: str) -> Standing | None:
        """What people decided about the finding with this id and how it stands after that; None
        where nobody decided."""
        with self._file.reading() as db:
            return standing.standing_of(db, finding)

    def standings(self) -> list[Standing]:
        """The same of all findings that somebody decided about, by id."""
        with self._file.reading() as db:
            return list(standing.standings(db))

    def decisions(self) -> dict[str, dict[str, str]]:
        """By finding and person what they hold of it: confirm, reject or correct."""
        with self._file.reading() as db:
            return standing.decisions(db)

    def _settle_judged(self) -> None:
        """Makes the disputes again that rest on what was just judged."""
        from sayso.store.touched import kept

        with self._file.reading() as db:
            if not kept(db, "judged"):
                return
        from sayso.engines.matching.judged import settle_judged

        settle_judged(self._file)

    def keep_search(self, name: str, listed: Listed, query: str, *, by: str) -> SavedSearch:
        """Keeps a search of the workbench under a name; it stands in no export."""
        from sayso.store import searches

        with self._file.writing():
            return searches.keep(
                self._file.db, name=name, listed=listed, query=query, by=by, at=now()
            )

    def withdraw_search(self, search: str, *, by: str) -> SavedSearch:
        """Takes a kept search out of the lists. Raises `NoSuchRecord`."""
        from sayso.store import searches

        with self._file.writing():
            return searches.withdraw(self._file.db, search, at=now(), by=by)

    # One by one

    def find(self, words: str) -> str:
        """The id of the record that `words` are the id of, or of the actor of this name.

        Raises `NoSuchRecord` where there is none, or several.
        """
        try:
            return self.record(words).id
        except NoSuchRecord:
            with self._file.reading() as db:
                ids = sorted({actor_of(db, id) for id in filters.exactly_named(db, words)})
            if len(ids) != 1:
                what = "several entities have" if ids else "no record has"
                some = f" ({', '.join(id[:8] for id in ids[:5])}: give an id)" if ids else ""
                raise NoSuchRecord(f"{words}: {what} this id or name{some}", words) from None
            return ids[0]

    def why(self, id: str) -> list[str]:
        """Why an entity was joined with others or kept apart from them, or why a dispute, a story
        or copies were found: in words, a line each. `id` is an id or a name."""
        from sayso.explaining import reasons_for

        record = self.record(self.find(id))
        with self._file.reading() as db:
            return reasons_for(db, record)

    def bars(self, one: str, other: str) -> list[str]:
        """What keeps two entities (ids or names) from being one actor though a person said so, and
        what can be done about it; a line each."""
        from sayso.explaining import bars_between

        ids = self.find(one), self.find(other)
        with self._file.reading() as db:
            return bars_between(db, *ids)

    def journeys(self, statement: str | None = None) -> list[Journey]:
        """How words travelled: the same ones found in several documents, what became of them.

        Of one statement (an id), or of all: that reads all texts and holds what is said in memory.
        """
        from sayso.engines.matching.journeys import all_journeys, journeys_of

        with self._file.reading() as db:
            if statement is None:
                return all_journeys(db)
            record = self.record(statement)
            if not isinstance(record, Statement):
                raise NoSuchRecord(f"{statement}: is no statement", statement)
            return journeys_of(db, record)

    def silent(self) -> list[Unanswered]:
        """Who is accused of something and has no answer in the ledger, by name."""
        from sayso.engines.matching.silence import unanswered

        with self._file.reading() as db:
            return unanswered(db)

    def record(self, id: str) -> Record:
        """The record with this id; the first six characters or more will do if they are unique.

        Raises `NoSuchRecord`.
        """
        with self._file.reading() as db:
            return queries.record(db, id)

    def findings(self, document: str) -> Iterator[Record]:
        """The mentions, statements, claims and events of the document with this id, in order."""
        with self._file.reading() as db:
            yield from queries.findings_in(db, document)

    def records(self) -> Iterator[Record]:
        """Every record of the ledger in the order of an export, all as of one moment."""
        return self._file.everything()

    def name_of(self, entity: str) -> str | None:
        """The name that most documents use for an entity; None for an unknown id."""
        with self._file.reading() as db:
            return queries.name_of(db, entity)

    def lookup(self) -> rows.Lookup:
        """How rows of plain values find names and sources."""
        return self._lookup()

    def reading(self) -> AbstractContextManager[apsw.Connection]:
        """The connection, for what this class has no question for; nothing is to be written."""
        return self._file.reading()

    # Leaving and coming back

    def export(self, out: str | Path | BinaryIO) -> None:
        """Writes every record as JSON Lines to a path (whole or not at all) or an open file."""
        with ExitStack() as stack:
            stream = stack.enter_context(whole_file(out)) if isinstance(out, str | Path) else out
            for line in json_lines(self.records()):
                stream.write(line)

    def load(self, jsonl: str | Path | Iterable[bytes]) -> int:
        """Reads an export in again and gives back how many documents it held.

        All of it is written or, with `ImportRefused` (and the line), nothing. Documents that the
        ledger holds already take the findings of the file. Raises `OSError` for an unreadable path.
        """
        if not isinstance(jsonl, str | Path):
            return self._file.load(jsonl)
        with Path(jsonl).open("rb") as stream:
            return self._file.load(stream)

    def report(self, out: str | Path, *, title: str | None = None) -> None:
        """Writes the ledger as one self-contained HTML page, whole or not at all."""
        from sayso.export.report import ReportView, render

        page = render(self._view(title or Path(self.path).stem, ReportView))
        with whole_file(out) as stream:
            stream.write(page.encode())

    def backup(self, target: str | Path) -> None:
        """Puts a whole copy of the ledger at `target`, also while another process writes to it.

        Its custody goes beside it: `verify` says the same of the copy.
        """
        self._file.backup(str(target), lambda: copy_custody(self.path, target))

    def verify(self, *, known: str | None = None) -> list[str]:
        """What was altered or lost since it came in, a line each; an empty list if nothing was.

        `known` is a hash of the log that was noted earlier: it must still be in it.
        """
        return verify(self.path, known=known)

    def check(self) -> list[str]:
        """What is wrong with the ledger, a line each; an empty list if it is whole."""
        return self._file.check()

    def _view(self, title: str, view: type[ReportView]) -> ReportView:
        groups: dict[str, list[Record]] = {}
        with self._file.snapshot():
            for record in self.records():
                groups.setdefault(f"{record.__struct_config__.tag}", []).append(record)
            groups |= {"statement": list(self.statements()), "claim": list(self.claims())}
        names = {kind: kind + "s" for kind in ("document", "mention", "statement", "claim")}
        names |= {"event": "events", "problem": "problems", "entity": "entities"}
        names |= {"dispute": "disputes", "standing": "standings"}
        parts: dict[str, Any] = {
            field: tuple(groups.get(kind, ())) for kind, field in names.items()
        }
        return view(title=title, version=version("sayso"), **parts)

    def _findings(self, selection: Selection, kind: type[_T]) -> Iterator[_T]:
        with self._file.reading() as db:
            for record in queries.findings(db, selection):
                assert isinstance(record, kind)
                yield record

    def _table(
        self, records: Callable[[], Iterator[_T]], selection: Selection, shape: Shape[_T]
    ) -> Table[_T]:
        def count() -> int:
            with self._file.reading() as db:
                return queries.count(db, selection)

        return Table(records, count, shape, self._lookup(), note=selection.note)

    def _lookup(self) -> rows.Lookup:
        """What rows ask for again and again, remembered for one table."""

        @lru_cache(_CACHED)
        def name(entity: str) -> str | None:
            with self._file.reading() as db:
                return queries.name_of(db, entity)

        @lru_cache(_CACHED)
        def document(id: str) -> dict[str, str | None]:
            with self._file.reading() as db:
                return queries.source_of(db, id)

        @lru_cache(_CACHED)
        def statement(id: str) -> Statement | None:
            try:
                record = self.record(id)
            except NoSuchRecord:
                return None
            held = self.standing(id)
            stands = held.finding if held is not None and held.finding is not None else record
            return stands if isinstance(stands, Statement) else None

        return rows.Lookup(name, document, statement, self.standing)


def _as_list(paths: Paths) -> list[str | Path]:
    return [paths] if isinstance(paths, str | Path) else list(paths)
