"""The generator of collections: the same each time, and true to itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from evals.synthetic.collection import Collection, make_collection
from evals.synthetic.copying import EDITS, copy, merged
from evals.synthetic.drawing import verdict_of
from evals.synthetic.happenings import Question, Saying, Verdict, rival_figures
from evals.synthetic.names import Namer
from evals.synthetic.phrasing import (
    PHRASINGS,
    Bounds,
    Phrasebook,
    PhrasingName,
    bare,
    quoted,
    rounds,
    tidy,
)
from evals.synthetic.remarks import telling
from evals.synthetic.truth import read_truth
from evals.synthetic.writing import REPORTS, TRUTH, rendered, write_collection

from sayso.records.documents import RawDocument
from sayso.settings import CleanSettings
from sayso.steps.clean.clean import clean


@pytest.fixture(scope="module", params=PHRASINGS)
def made(request: pytest.FixtureRequest) -> Collection:
    return make_collection(120, 3, request.param)


def _texts(collection: Collection) -> dict[str, str]:
    return {
        page.file: "\n".join(part.text for part in page.report.parts()) for page in collection.pages
    }


@pytest.mark.parametrize("phrasing", PHRASINGS)
def test_the_same_seed_gives_the_same_bytes(phrasing: PhrasingName, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_collection(make_collection(40, 5, phrasing), tmp_path / name)
    one, two = (
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )
    assert one == two
    assert len(one) >= 41


def test_another_seed_gives_another_collection() -> None:
    names = [
        {entity.name for entity in make_collection(30, seed).truth.entities} for seed in (1, 2)
    ]
    assert len(names[0] & names[1]) < 5


def test_the_truth_comes_back_from_its_file(made: Collection, tmp_path: Path) -> None:
    write_collection(made, tmp_path)
    assert read_truth(tmp_path / TRUTH) == made.truth
    assert {p.name for p in (tmp_path / REPORTS).iterdir()} == {p.file for p in made.pages}


def test_every_quote_stands_in_its_file(made: Collection) -> None:
    texts = _texts(made)
    for question in made.truth.questions:
        for position in question.positions:
            assert {one.file for one in position.evidence} == set(position.files)
            for one in position.evidence:
                assert one.quote in texts[one.file]
    for journey in made.truth.journeys:
        for later in journey.tellings:
            assert later.words in texts[later.file]


def test_figures_stand_in_their_quotes(made: Collection) -> None:
    for question in made.truth.questions:
        for position in question.positions:
            for one in position.evidence:
                for figure in (position.low, position.high):
                    if figure is not None and figure > 10:
                        assert f"{figure:,}" in one.quote


def test_no_slot_or_mark_is_left_in_a_report(made: Collection) -> None:
    for text in _texts(made).values():
        assert not re.search(r"[{}\[\]|~^<>]|,,|,\.| {2}|\ba (?!uni|us|eu|one)[aeiou]", text), text


def test_independence_counts_voices_and_never_files(made: Collection) -> None:
    for question in made.truth.questions:
        for position in question.positions:
            assert position.independent == len({one.voice for one in position.evidence})
            assert position.independent <= len(position.files)
    # Some position must be copied or cited, or nothing is tested by it.
    assert any(
        len(position.files) >= 4 and position.independent == 1
        for question in made.truth.questions
        for position in question.positions
    )


def test_copies_add_files_but_no_voices(made: Collection) -> None:
    origins = {file: group.origin for group in made.truth.copies for file in group.files}
    for question in made.truth.questions:
        for position in question.positions:
            texts = {origins.get(one.file, one.file) for one in position.evidence}
            voices = {one.voice for one in position.evidence if one.file in texts}
            assert position.independent == len(voices)


def test_all_kinds_and_verdicts_come_up(made: Collection) -> None:
    assert {question.kind for question in made.truth.questions} == {
        "fighters", "killed", "wounded", "detained", "responsibility", "present", "supports"
    }  # fmt: skip
    whole = make_collection(600, 1).truth
    assert {question.verdict for question in whole.questions} == {
        None, "agree", "differ", "conflict", "changed_over_time"
    }  # fmt: skip
    assert any(question.within for question in whole.questions)
    edits = {edit for document in whole.documents for edit in document.edits}
    assert edits == {*EDITS, "merged"}
    changes = {one.change for journey in whole.journeys for one in journey.tellings}
    assert changes == {"same", "shortened", "hedge_dropped", "unattributed"}


def test_stories_and_copies_part_the_files(made: Collection) -> None:
    files = [page.file for page in made.pages]
    assert sorted(file for story in made.truth.stories for file in story.files) == sorted(files)
    copied = [file for group in made.truth.copies for file in group.files]
    assert len(copied) == len(set(copied))
    for group in made.truth.copies:
        assert group.origin in group.files
        assert len(group.files) > 1


def test_nothing_is_told_before_it_was_said(made: Collection) -> None:
    published = {one.file: one.published for one in made.truth.documents}
    for group in made.truth.copies:
        assert min(published[file] for file in group.files) == published[group.origin]


def test_sayso_cleans_what_is_written(made: Collection) -> None:
    wrong = []
    for page, record in zip(made.pages[:40], made.truth.documents[:40], strict=True):
        media = "text/html" if page.file.endswith(".html") else "text/plain"
        raw = RawDocument(page.file, rendered(page).encode(), media, "2031-01-01T00:00:00Z")  # type: ignore[arg-type]
        document = clean(raw, CleanSettings()).document
        for part in page.report.parts():
            assert all(told.quote in document.text for told in part.told)
        if (document.outlet, document.published.value) != (record.outlet, record.published):
            wrong.append(page.file)
    assert not wrong


def _sayings(*answers: tuple[str, Bounds | None, bool, int]) -> Iterable[tuple[str, Saying]]:
    question = Question("q", "fighters", "Karsk Front")
    for voice, bounds, holds, day in answers:
        as_of = date(2031, 1, 1) + timedelta(day)
        yield voice, Saying(question, bounds, holds, as_of=as_of)


def test_verdicts_worked_out_by_hand() -> None:
    low, high = Bounds(2000, 3500), Bounds(6000, 6000)
    inside, least = Bounds(3000, 3000, approximate=True), Bounds(3000, None)
    assert verdict_of(_sayings(("Vasch", low, True, 0))) is None
    assert verdict_of(_sayings(("Vasch", low, True, 0), ("Vasch", low, True, 90))) is None
    assert verdict_of(_sayings(("Vasch", low, True, 0), ("Marn", low, True, 0))) == "agree"
    assert verdict_of(_sayings(("Vasch", low, True, 0), ("Marn", inside, True, 0))) == "differ"
    assert verdict_of(_sayings(("Vasch", least, True, 0), ("Marn", high, True, 0))) == "differ"
    assert verdict_of(_sayings(("Vasch", low, True, 0), ("Marn", high, True, 9))) == "conflict"
    later = _sayings(("Vasch", low, True, 0), ("Marn", high, True, 500))
    assert verdict_of(later) == "changed_over_time"
    both = _sayings(("A", low, True, 0), ("B", high, True, 500), ("C", high, True, 5))
    assert verdict_of(both) == "conflict"
    assert verdict_of(_sayings(("A", None, True, 0), ("B", None, False, 0))) == "conflict"


@pytest.mark.parametrize("verdict", ["agree", "differ", "conflict", "changed_over_time"])
@pytest.mark.parametrize(("base", "step"), [(400, 100), (4900, 100), (5, 1), (59, 1)])
def test_rival_figures_stand_as_asked(verdict: Verdict, base: int, step: int) -> None:
    for seed in range(60):
        one, other = rival_figures(Random(seed), verdict, base, step)
        assert (one == other) == (verdict == "agree")
        assert one.meets(other) == (verdict in ("agree", "differ"))
        assert other.meets(one) == one.meets(other)
        for bounds in (one, other):
            assert bounds.low is None or bounds.high is None or bounds.low <= bounds.high


def test_a_remark_is_told_in_four_ways() -> None:
    template = "The road ~could be|will be~ closed^, and nobody minds^"
    assert telling(template, "same") == "The road could be closed, and nobody minds"
    assert telling(template, "unattributed") == "The road could be closed, and nobody minds"
    assert telling(template, "shortened") == "The road could be closed"
    assert telling(template, "hedge_dropped") == "The road will be closed"


def test_words_of_a_figure_and_marks_of_a_clause() -> None:
    book, rng = Phrasebook("seen"), Random(1)
    assert book.count(rng, Bounds(7, 7)) == "seven"
    assert book.count(rng, Bounds(1200, 1200)) == "1,200"
    assert "2,000" in book.count(rng, Bounds(None, 2000))
    assert quoted("it has <<no presence>> there") == "it has “no presence” there"
    assert bare("it has <<no presence>> there") == "it has no presence there"
    assert tidy("said Ada Bek, head of the mission,.") == "said Ada Bek, head of the mission."


def test_each_phrase_of_the_third_set_belongs_to_one_round_and_half() -> None:
    origin = rounds()
    newest = max(round_name for round_name, _ in origin.values())
    told: dict[PhrasingName, set[str]] = {"wider": set(), "held": set()}
    for name, phrases in told.items():
        for section in ("claims", "whole"):
            for same_kind in Phrasebook(name).section(section).values():
                assert len(same_kind) == len(set(same_kind))
                phrases |= set(same_kind)
    assert told["held"] == {phrase for phrase in origin if origin[phrase] == (newest, "held")}
    assert told["wider"] == set(origin) - told["held"]


def test_each_edit_leaves_most_of_the_text(made: Collection) -> None:
    book = Phrasebook("seen")
    slots = {"country": "Tarvia", "town": "Velm", "place": "Doss"}
    page = max(made.pages, key=lambda one: len(one.report.paragraphs))
    before = {part.text.replace("“", '"').replace("”", '"') for part in page.report.paragraphs}
    for seed in range(30):
        edited, names = copy(Random(seed), book, page.report, page.report.publisher, slots)
        after = {part.text.replace("“", '"').replace("”", '"') for part in edited.paragraphs}
        assert names
        assert len(before & after) >= 0.5 * len(before)
        for part in edited.parts():
            assert all(told.quote in part.text for told in part.told)
    assert set(merged(page.report, page.report).paragraphs) >= set(page.report.paragraphs)


def test_names_do_not_run_out() -> None:
    namer = Namer(Random(2))
    names = [namer.place() for _ in range(60_000)]
    assert len(set(names)) == len(names)
