"""The scorer: full marks for the truth itself, and less for each thing that is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from evals.synthetic.collection import Collection, make_collection
from evals.synthetic.truth import TrueCopies, TrueJourney, TrueQuestion, TrueStory, Truth
from evals.synthetic_disputes import PINNED, errors, score
from evals.synthetic_matching import KINDS, Found, found_in, pair_disputes
from evals.synthetic_scores import journey_figures
from msgspec.structs import replace

from sayso.records.documents import Document, Published
from sayso.records.entities import Alias, Entity
from sayso.records.findings import Words
from sayso.records.matches import (
    About,
    Appearance,
    Change,
    ChangeKind,
    Copies,
    Copy,
    Dispute,
    Joining,
    Journey,
    Origin,
    Position,
    Story,
)
from sayso.records.spans import OffsetMap, Span

_MEASURES = {"fighters", "killed", "wounded", "detained"}


@pytest.fixture(scope="module")
def made() -> Collection:
    return make_collection(150, 11)


def _document(file: str) -> Document:
    return Document(
        id=f"d-{file}", uri=f"reports/{file}", sha256="", media_type="text/plain",
        encoding="utf-8", retrieved="", text="", language=None, title=None, byline=None,
        outlet=None, origin=None, published=Published(), dateline=None, zones=(), evidence={},
        repairs={}, source_map=OffsetMap(()), made_by="m",
    )  # fmt: skip


def _dispute(question: TrueQuestion) -> Dispute:
    positions = tuple(
        Position(
            value=f"{p.low} to {p.high}",
            claims=(),
            holders=(),
            independent_sources=p.independent,
            origins=(Origin("all", (), tuple(f"d-{file}" for file in p.files), ()),),
            low=p.low,
            high=p.high,
        )
        for p in question.positions
    )
    figure = question.kind in _MEASURES
    about = About(
        "estimate" if figure else "status",
        subject_name=question.subject,
        measure=question.kind if figure else None,
        predicate=None if figure else question.kind,
        document=f"d-{question.within[0]}" if question.within else None,
    )
    assert question.verdict is not None
    return Dispute(f"x-{question.id}", about, "?", positions, question.verdict, (), "m")


def _oracle(
    truth: Truth, change: Callable[[list[Dispute]], list[Dispute]] = lambda disputes: disputes
) -> Found:
    records: list[object] = [_document(document.file) for document in truth.documents]
    records += map(_journey, truth.journeys)
    records += change([_dispute(question) for question in truth.disputes()])
    for group in truth.copies:
        documents = tuple(Copy(f"d-{file}", 1.0) for file in group.files)
        records.append(Copies(f"c-{group.origin}", documents, f"d-{group.origin}", (), "m"))
    for story in truth.stories:
        records.append(Story(story.id, tuple(f"d-{file}" for file in story.files), (), "m"))
    return found_in(records)  # type: ignore[arg-type]


def test_the_truth_itself_gets_full_marks(made: Collection) -> None:
    figures = score(made.truth, _oracle(made.truth))
    reading = figures.pop("answers_read")
    assert figures == pytest.approx(dict.fromkeys(figures, 1.0))
    assert reading == 0.0  # there are no claims in it
    assert not errors(made.truth, _oracle(made.truth))


def test_an_empty_ledger_gets_none(made: Collection) -> None:
    figures = score(made.truth, found_in(_document(d.file) for d in made.truth.documents))
    assert figures["dispute_f1"] == figures["copies_recall"] == figures["independence"] == 0.0
    # Every document alone is a clustering, too: pure, and torn apart.
    assert figures["story_b3_precision"] == 1.0
    assert figures["story_b3_recall"] < 0.7


def test_a_missed_and_an_invented_dispute_cost_recall_and_precision(made: Collection) -> None:
    count = len(made.truth.disputes())
    missing = score(made.truth, _oracle(made.truth, lambda disputes: disputes[1:]))
    assert missing["dispute_recall"] == pytest.approx(1 - 1 / count)
    assert missing["dispute_precision"] == 1.0
    twice = score(
        made.truth,
        _oracle(made.truth, lambda disputes: [*disputes, *disputes[:1]]),
    )
    assert twice["dispute_precision"] == pytest.approx(count / (count + 1))
    assert twice["dispute_recall"] == 1.0


def _first_figures(disputes: list[Dispute]) -> int:
    return next(
        number
        for number, one in enumerate(disputes)
        if one.about.kind == "estimate" and len(one.positions) == 2 and not one.about.document
    )


def test_a_wrong_figure_is_no_position(made: Collection) -> None:
    def change(disputes: list[Dispute]) -> list[Dispute]:
        at = _first_figures(disputes)
        first, second = disputes[at].positions
        wrong = replace(first, low=(first.low or 0) + 1)
        return [
            *disputes[:at],
            replace(disputes[at], positions=(wrong, second)),
            *disputes[at + 1 :],
        ]

    found = _oracle(made.truth, change)
    pairing = pair_disputes(made.truth, found)
    assert len(pairing.missed) == len(pairing.spurious) == 1
    lines = errors(made.truth, found)
    assert [line.split()[0] for line in lines] == ["MISSED", "SPURIOUS"]


def test_counting_pages_as_voices_costs_independence_only(made: Collection) -> None:
    def change(disputes: list[Dispute]) -> list[Dispute]:
        return [
            replace(
                dispute,
                positions=tuple(
                    replace(p, independent_sources=len(p.origins[0].documents))
                    for p in dispute.positions
                ),
            )
            for dispute in disputes
        ]

    figures = score(made.truth, _oracle(made.truth, change))
    assert figures["independence"] < 0.8
    assert figures["dispute_f1"] == figures["verdict_accuracy"] == 1.0


def test_one_voice_is_not_spurious_but_two_are(made: Collection) -> None:
    lone = next(q for q in made.truth.questions if q.verdict is None)
    base = _dispute(replace(lone, verdict="agree"))
    more = replace(base.positions[0], independent_sources=2)
    for positions, expected in ((base.positions, 0), ((more,), 1)):
        dispute = replace(base, positions=positions)
        found = _oracle(made.truth, lambda all, one=dispute: [*all, one])  # type: ignore[misc]
        assert len(pair_disputes(made.truth, found).spurious) == expected


def test_agreement_on_what_is_not_asked_is_not_spurious_but_conflict_is(made: Collection) -> None:
    lone = next(q for q in made.truth.questions if q.verdict is None)
    base = replace(
        _dispute(replace(lone, verdict="agree")), about=About("relation", predicate="led_by")
    )
    more = replace(base.positions[0], independent_sources=5)
    for positions, expected in (((more,), 0), ((more, more), 1)):
        dispute = replace(base, positions=positions)
        found = _oracle(made.truth, lambda all, one=dispute: [*all, one])  # type: ignore[misc]
        assert len(pair_disputes(made.truth, found).spurious) == expected


def test_another_subject_or_kind_does_not_match(made: Collection) -> None:
    for about in (
        About("estimate", subject_name="Some Other Front", measure="fighters"),
        About("estimate", subject_name=None, measure="drones"),
    ):

        def change(disputes: list[Dispute], about: About = about) -> list[Dispute]:
            return [
                replace(one, about=about) if one.about.measure == "fighters" else one
                for one in disputes
            ]

        assert pair_disputes(made.truth, _oracle(made.truth, change)).missed


def test_a_subject_may_go_by_any_of_its_names(made: Collection) -> None:
    question = next(q for q in made.truth.disputes() if q.kind == "fighters" and not q.within)
    names = next(e for e in made.truth.entities if e.name == question.subject)
    entity = Entity("e1", "armed_group", names.aliases[0], (), {}, None, (), "m")
    joined = Entity(
        "e2", "armed_group", "THE " + names.name.upper(), (Alias("x", ()),), {}, None, (), "m"
    )
    joining = Joining("j", ("e1", "e2"), "same", 1.0, (), "m")
    about = About("estimate", subject="e1", subject_name="nobody", measure="fighters")
    dispute = replace(_dispute(question), about=about)
    documents = [_document(d.file) for d in made.truth.documents]
    alone = pair_disputes(made.truth, found_in([*documents, entity, dispute]))
    assert len(alone.pairs) == 1
    other = replace(entity, name="Some Other Front")
    apart = pair_disputes(made.truth, found_in([*documents, other, joined, dispute]))
    assert not apart.pairs
    united = pair_disputes(made.truth, found_in([*documents, other, joined, joining, dispute]))
    assert len(united.pairs) == 1


def test_copies_and_stories_are_counted_by_hand() -> None:
    truth = Truth(
        documents=tuple(
            replace(document, file=file)
            for document, file in zip(make_collection(5, 1).truth.documents, "abcde", strict=False)
        ),
        copies=(TrueCopies(("a", "b", "c"), "a"),),
        stories=(TrueStory("s", ("a", "b", "c")), TrueStory("t", ("d", "e"))),
        entities=(),
        questions=(),
        journeys=(),
    )
    found = found_in(
        [
            *(_document(file) for file in "abcde"),
            Copies("x", (Copy("d-a", 1.0), Copy("d-b", 1.0)), "d-b", (), "m"),
            Copies("y", (Copy("d-c", 1.0), Copy("d-d", 1.0)), None, (), "m"),
            Story("z", ("d-a", "d-b"), (), "m"),
            Story("w", ("d-c", "d-d", "d-e"), (), "m"),
        ]
    )
    figures = score(truth, found)
    assert figures["copies_precision"] == pytest.approx(1 / 2)  # ab right, cd wrong
    assert figures["copies_recall"] == pytest.approx(1 / 3)  # of ab, ac, bc
    assert figures["copies_origin"] == 0.0
    assert figures["story_b3_precision"] == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert figures["story_b3_recall"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def _journey(planted: TrueJourney, *, told: bool = True) -> Journey:
    """The journey as it went; without its changes where nothing is `told`."""
    kinds: dict[str, tuple[ChangeKind, ...]] = {
        "same": (),
        "shortened": ("shortened",),
        "hedge_dropped": ("shortened", "hedge_dropped"),
        "unattributed": ("attribution_dropped",),
    }
    appearances = tuple(
        Appearance(
            document=f"d-{one.file}",
            statement=None,
            words=(Words(Span(0, len(one.words)), one.words),),
            published=None,
            outlet=None,
            holder=None,
            follows=None if one.file == planted.first else 0,
            changes=tuple(Change(kind, None, None, "") for kind in kinds[one.change] if told),
        )
        for one in planted.tellings
    )
    return Journey(planted.id, appearances, "m")


def test_journeys_and_what_became_of_the_words(made: Collection) -> None:
    truth = made.truth
    documents = [_document(document.file) for document in truth.documents]
    whole = journey_figures(truth, found_in([*documents, *map(_journey, truth.journeys)]))
    assert set(whole.values()) == {1.0}
    nothing = journey_figures(truth, found_in(documents))
    assert set(nothing.values()) == {0.0}
    half = [_journey(one) for one in truth.journeys[: len(truth.journeys) // 2]]
    assert 0.0 < journey_figures(truth, found_in([*documents, *half]))["journey_recall"] < 1.0


def test_a_journey_that_tells_no_change_has_the_pairs_only(made: Collection) -> None:
    truth = made.truth
    documents = [_document(document.file) for document in truth.documents]
    silent = [_journey(one, told=False) for one in truth.journeys]
    figures = journey_figures(truth, found_in([*documents, *silent]))
    assert figures["journey_recall"] == 1.0
    assert figures["hedge_dropped_recall"] == figures["unattributed_recall"] == 0.0


def test_two_remarks_in_one_journey_cost_precision(made: Collection) -> None:
    truth = made.truth
    documents = [_document(document.file) for document in truth.documents]
    one, other = (_journey(planted) for planted in truth.journeys[:2])
    mixed = replace(one, appearances=(*one.appearances, *other.appearances))
    figures = journey_figures(truth, found_in([*documents, mixed]))
    assert figures["journey_precision"] < 1.0


def test_every_kind_of_question_can_be_found() -> None:
    kinds = {question.kind for question in make_collection(100, 2).truth.questions}
    assert kinds == set(KINDS)
    assert all(kind in KINDS[kind] for kind in kinds)


def test_pinned_figures_are_measured(made: Collection) -> None:
    names = score(made.truth, _oracle(made.truth))
    assert {name.removeprefix("unseen_").removeprefix("held_") for name in PINNED} <= set(names)
