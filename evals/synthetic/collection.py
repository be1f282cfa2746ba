"""A whole collection: theatres are made until there are reports enough, and the truth is drawn
from the reports as they came to stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from evals.synthetic.copying import copy, merged
from evals.synthetic.drawing import draw_questions, names_in
from evals.synthetic.happenings import Happening, Occasion, Planner
from evals.synthetic.names import Namer
from evals.synthetic.phrasing import Phrasebook, PhrasingName, fill
from evals.synthetic.remarks import Remark
from evals.synthetic.reports import Report, Reporter
from evals.synthetic.truth import (
    Telling,
    TrueCopies,
    TrueDocument,
    TrueEntity,
    TrueJourney,
    TrueStory,
    Truth,
)
from evals.synthetic.world import Outlet, Theatre, make_theatre


@dataclass(frozen=True)
class Page:
    """A report with its file name and its past."""

    file: str
    report: Report
    record: TrueDocument
    story: str


@dataclass(frozen=True)
class Collection:
    """Pages and what is true of them."""

    pages: tuple[Page, ...]
    truth: Truth


@dataclass
class _Draft:
    """What is gathered while reports are written."""

    files: Iterator[str]
    pages: list[Page] = field(default_factory=list)
    copies: list[TrueCopies] = field(default_factory=list)
    remarks: dict[str, Remark] = field(default_factory=dict)
    entities: list[TrueEntity] = field(default_factory=list)


def make_collection(documents: int, seed: int, phrasing: PhrasingName = "seen") -> Collection:
    """At least `documents` reports, less than a theatre's worth (about 80) more.

    The same arguments give the same collection on every machine. Cut off at a number, groups of
    copies would lose their origins, so the last happening is written to its end.
    """
    rng = Random(f"{seed} {phrasing}")
    namer, book = Namer(rng), Phrasebook(phrasing)
    draft = _Draft(_file_names(rng, documents))
    number = 0
    while len(draft.pages) < documents:
        theatre = make_theatre(rng, namer)
        draft.entities += names_in(theatre)
        for happening in Planner(rng, theatre, number).happenings():
            _write_happening(rng, book, happening, draft)
        number += 1
    return Collection(tuple(sorted(draft.pages, key=lambda page: page.file)), _truth(draft))


def _file_names(rng: Random, documents: int) -> Iterator[str]:
    """Names that say nothing: neither the order of files nor their numbers follow the stories."""
    width = len(str(documents)) + 2
    given: set[int] = set()
    while True:
        number = rng.randrange(10**width)
        if number not in given:
            given.add(number)
            yield f"{number:0{width}}.{'html' if rng.random() < 0.6 else 'txt'}"


def _write_happening(rng: Random, book: Phrasebook, happening: Happening, draft: _Draft) -> None:
    theatre = happening.theatre
    reporter = Reporter(rng, book, happening)
    outlets = list(theatre.outlets)
    for number, occasion in enumerate(happening.occasions):
        story = happening.id if happening.is_one_story else f"{happening.id}-{number}"
        of_agency = occasion.voice.person is None or rng.random() < 0.4
        rng.shuffle(outlets)
        publisher = theatre.agency if of_agency else outlets[0]
        free = outlets if of_agency else outlets[1:]
        remark = _remark(rng, book, occasion, happening, f"{happening.id}-r{number}")
        told = [occasion]
        if happening.kind == "attack" and number == 2 and rng.random() < 0.5:
            told = [happening.occasions[1], occasion]  # a report that hears both sides
        report = reporter.original(told, publisher, remark)
        if happening.headline is not None and number == 0:
            report = reporter.with_headline(report, happening.headline, occasion.sayings[0])
        if remark is not None:
            draft.remarks[remark.id] = remark
        origin = _add(draft, report, happening, story, "original", None, ())
        free = _reprint(rng, book, origin, free, happening, draft)
        if occasion.sayings and rng.random() < 0.6:
            cited = reporter.citing(occasion, publisher, free[0], remark)
            _add(draft, cited, happening, story, "citing", publisher.name, ())
        if occasion.voice.person is not None and len(free) > 1 and rng.random() < 0.35:
            # Another reporter was at the same place: other words, the same voice.
            again = reporter.original([occasion], free[1], None)
            _add(draft, again, happening, story, "original", None, ())


def _reprint(
    rng: Random,
    book: Phrasebook,
    origin: Page,
    outlets: Sequence[Outlet],
    happening: Happening,
    draft: _Draft,
) -> list[Outlet]:
    """Copies of the origin, each by another outlet; gives back the outlets that printed none."""
    count = rng.choices((0, 1, 2, 3), (4, 3, 2, 1))[0]
    slots = {
        "country": happening.theatre.country,
        "town": happening.town,
        "place": happening.province.name,
    }
    files = [origin.file]
    for outlet in outlets[:count]:
        report, edits = copy(rng, book, origin.report, outlet, slots)
        if rng.random() < 0.1:
            # Two in one page; the second is about nothing that anybody asks about.
            plain = replace(happening, kind="other", occasions=(), headline=None)
            other = Reporter(rng, book, plain).original(
                [Occasion(happening.occasions[0].voice, happening.day, ())], outlet, None
            )
            report, edits = merged(report, other), (*edits, "merged")
        page = _add(draft, report, happening, origin.story, "copy", origin.file, edits)
        files.append(page.file)
    if len(files) > 1:
        draft.copies.append(TrueCopies(tuple(sorted(files)), origin.file))
    return list(outlets[count:])


def _remark(
    rng: Random, book: Phrasebook, occasion: Occasion, happening: Happening, id: str
) -> Remark | None:
    person = occasion.voice.person
    if person is None or rng.random() < 0.3:
        return None
    town = rng.choice(happening.province.towns)
    slots = {"town": town, "capital": happening.theatre.capital}
    return Remark(id, person, fill(book.pick(rng, "remarks", "any"), slots))


def _add(
    draft: _Draft,
    report: Report,
    happening: Happening,
    story: str,
    made: str,
    source: str | None,
    edits: tuple[str, ...],
) -> Page:
    file = next(draft.files)
    record = TrueDocument(
        file,
        report.publisher.name,
        report.published.isoformat(),
        made,  # type: ignore[arg-type]
        happening.id,
        source,
        edits,
    )
    page = Page(file, report, record, story)
    draft.pages.append(page)
    return page


def _truth(draft: _Draft) -> Truth:
    stories: dict[str, list[str]] = {}
    for page in draft.pages:
        stories.setdefault(page.story, []).append(page.file)
    return Truth(
        documents=tuple(sorted((p.record for p in draft.pages), key=lambda r: r.file)),
        copies=tuple(draft.copies),
        stories=tuple(TrueStory(id, tuple(sorted(files))) for id, files in stories.items()),
        entities=tuple(draft.entities),
        questions=draw_questions((page.file, page.report) for page in draft.pages),
        journeys=_journeys(draft),
    )


def _journeys(draft: _Draft) -> tuple[TrueJourney, ...]:
    tellings: dict[str, list[Telling]] = {}
    for page in draft.pages:
        for part in page.report.parts():
            for said in part.remarked:
                telling = Telling(page.file, said.words, said.change)
                tellings.setdefault(said.remark.id, []).append(telling)
    return tuple(
        TrueJourney(id, remark.person.name, remark.words, tellings[id][0].file, (*tellings[id],))
        for id, remark in draft.remarks.items()
        if len(tellings[id]) > 1
    )


def theatres(seed: int, count: int) -> list[Theatre]:
    """The first theatres of a seed, for who needs names only."""
    rng = Random(seed)
    namer = Namer(rng)
    return [make_theatre(rng, namer) for _ in range(count)]
