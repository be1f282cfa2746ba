"""Journeys: the same words followed through documents, and what became of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_grows_by_at_most
from tests.steps.match.articles import report

from sayso.records.documents import Document
from sayso.records.findings import Claim, Cue, Holder, Statement, Words
from sayso.records.matches import Appearance, Change, Journey
from sayso.records.spans import Span
from sayso.steps.match.journeys.alignment import align
from sayso.steps.match.journeys.following import journeys
from sayso.steps.match.journeys.passages import Passage, phrases, told, untold

FULL = (
    "According to our data, there could be some 4,000 fighters in the hills above Velm by the"
    " spring."
)


def words(document: Document, quote: str) -> Words:
    start = document.text.index(quote)
    return Words(Span(start, start + len(quote)), quote)


def quoted(
    id: str,
    content: str,
    published: str | None,
    *,
    holder: str | None = "Ilya Marn",
    kind: str = "direct",
    before: str = "",
) -> Passage:
    """The passage of a report `Ilya Marn said: "..."`."""
    text = f'News\n\n{before}{holder or "It was"} said: "{content}"\n'
    document = report(id, text, outlet=f"Paper {id}", published=published)
    said = words(document, "said")
    named = words(document, holder) if holder else None
    statement = Statement(
        id=f"s-{id}",
        document=id,
        kind=kind,  # type: ignore[arg-type]
        holder=Holder(f"e-{holder}", named.span, named.quote, "name") if named else None,
        cue=Cue(said.span, said.quote, "asserts"),
        content=(words(document, content),),
        exact=(words(document, content),) if kind == "direct" else (),
        via=(),
        setting=None,
        said=None,
        confidence=1.0,
        made_by="test",
    )
    return told(document, statement)


def one(*passages: Passage, sentences: tuple[Passage, ...] = ()) -> Journey:
    found = journeys(passages, sentences, made_by="test")
    assert len(found) == 1
    return found[0]


def kinds(appearance: Appearance) -> list[str]:
    return [change.kind for change in appearance.changes]


def last(journey: Journey, kind: str) -> Change:
    """The one change of this kind in the last appearance."""
    (found,) = (change for change in journey.appearances[-1].changes if change.kind == kind)
    return found


def test_a_journey_begins_where_the_words_were_first_seen() -> None:
    journey = one(
        quoted("a", FULL, "2031-05-03"), quoted("b", FULL, "2031-05-01"), quoted("c", FULL, None)
    )
    assert [(a.document, a.follows) for a in journey.appearances] == [
        ("b", None),
        ("a", 0),
        ("c", 0),
    ]
    assert all(a.changes == () for a in journey.appearances)


def test_could_be_that_became_are_is_a_dropped_hedge() -> None:
    journey = one(
        quoted("a", "There could be 4,000 fighters in the hills above Velm", "2031-05-01"),
        quoted("b", "There are 4,000 fighters in the hills above Velm", "2031-05-02"),
    )
    change = last(journey, "hedge_dropped")
    assert change.before is not None
    assert change.after is not None
    assert (change.before.quote, change.after.quote) == ("could be", "are")
    assert change.note == "“could be” became “are”"


def test_according_to_our_data_that_vanished_is_a_dropped_hedge() -> None:
    tail = "There are 4,000 fighters in the hills above Velm"
    journey = one(
        quoted("a", f"{tail}, according to our data", "2031-05-01"), quoted("b", tail, "2031-05-02")
    )
    assert last(journey, "hedge_dropped").note == "“according to our data” left out"


def test_some_before_a_number_is_no_hedge_and_nearly_is() -> None:
    journey = one(
        quoted("a", "There are nearly 4,000 fighters in the hills", "2031-05-01"),
        quoted("b", "There are 4,000 fighters in the hills", "2031-05-02"),
    )
    assert kinds(journey.appearances[-1]) == ["hedge_dropped"]
    journey = one(
        quoted("a", "They came nearly as far as the hills above the town", "2031-05-01"),
        quoted("b", "They came as far as the hills above the town", "2031-05-02"),
    )
    assert kinds(journey.appearances[-1]) == ["shortened"]


def test_a_clause_that_was_cut_with_its_hedge_is_only_shortened() -> None:
    head = "There are 4,000 fighters in the hills above Velm"
    journey = one(
        quoted("a", f"{head} and their leaders may cross the river into Ostren", "2031-05-01"),
        quoted("b", head, "2031-05-02"),
    )
    change = last(journey, "shortened")
    assert change.note == "9 words left out"
    assert change.before is not None
    assert change.before.quote.startswith("and their leaders may")


def test_a_lost_not_is_told() -> None:
    journey = one(
        quoted("a", "We do not have any fighters in the hills above Velm", "2031-05-01"),
        quoted("b", "We have fighters in the hills above Velm", "2031-05-02"),
    )
    assert "negation_changed" in kinds(journey.appearances[-1])


def test_words_that_lost_their_speaker() -> None:
    later = report(
        "b",
        f"News\n\nIt is cold in Velm this year. {FULL} The road is closed.\n",
        published="2031-05-02",
    )
    journey = one(quoted("a", FULL, "2031-05-01"), sentences=tuple(untold(later, ())))
    change = last(journey, "attribution_dropped")
    assert journey.appearances[-1].words[0].quote == FULL
    assert change.before is not None
    assert change.before.quote == "Ilya Marn"
    assert "quotation_marks_dropped" in kinds(journey.appearances[-1])


def test_words_given_to_another() -> None:
    journey = one(
        quoted("a", FULL, "2031-05-01"), quoted("b", FULL, "2031-05-02", holder="Ana Dorn")
    )
    assert last(journey, "attribution_changed").note == "Ilya Marn became Ana Dorn"


def test_a_hedge_outside_the_words_counts() -> None:
    content = "there are 4,000 fighters in the hills above Velm"
    passage = quoted("a", content, "2031-05-01", before="Reportedly, ")
    document = report("a", f'News\n\nReportedly, Ilya Marn said: "{content}"\n')
    hedge = words(document, "Reportedly")
    passage = Passage(**{**passage.__dict__, "hedges": (hedge,)})
    journey = one(passage, quoted("b", content, "2031-05-02"))
    assert last(journey, "hedge_dropped").before == hedge


def test_claims_bring_their_hedges_but_not_the_attribution() -> None:
    document = report(
        "a", "News\n\nAccording to Ilya Marn, there are apparently 40 boats in Velm.\n"
    )
    content = words(document, "there are apparently 40 boats in Velm")
    named, cue = words(document, "Ilya Marn"), words(document, "According to")
    statement = Statement(
        "s",
        "a",
        "indirect",
        Holder("e", named.span, named.quote, "name"),
        Cue(cue.span, cue.quote, "asserts"),
        (content,),
        (),
        (),
        None,
        None,
        1.0,
        "t",
    )
    claim = Claim(
        "c",
        "s",
        "a",
        content.span,
        content.quote,
        "estimate",
        "positive",
        "actual",
        (cue, words(document, "apparently")),
        None,
        None,
        1.0,
        "t",
    )
    assert [hedge.quote for hedge in told(document, statement, [claim]).hedges] == ["apparently"]


def test_each_is_laid_beside_the_wording_it_is_nearest_to() -> None:
    short = "There could be some 4,000 fighters in the hills"
    journey = one(
        quoted("a", FULL, "2031-05-01"),
        quoted("b", short, "2031-05-02"),
        quoted("c", FULL, "2031-05-03"),
        quoted("d", short, "2031-05-04"),
    )
    assert [a.follows for a in journey.appearances] == [None, 0, 0, 1]
    assert [bool(a.changes) for a in journey.appearances] == [False, True, False, False]


def test_of_one_day_those_come_first_that_have_it_from_nobody() -> None:
    copy = replace(quoted("a", FULL, "2031-05-01"), second_hand=True)
    journey = one(copy, quoted("b", FULL, "2031-05-01"), quoted("c", FULL, "2031-05-02"))
    assert [a.document for a in journey.appearances] == ["b", "a", "c"]


def test_a_short_quotation_may_stand_in_a_long_one() -> None:
    journey = one(
        quoted("a", "We may have lost the trust of Velm, and schools will not win it back", None),
        quoted("b", "We have lost the trust of Velm", None),
    )
    assert kinds(journey.appearances[-1]) == ["hedge_dropped", "shortened"]


def test_possible_that_is_a_hedge() -> None:
    plain = "the talks in Velm were over before they began"
    journey = one(quoted("a", f"It is possible that {plain}", None), quoted("b", plain, None))
    assert kinds(journey.appearances[-1]) == ["hedge_dropped"]


def test_a_set_phrase_said_of_two_towns_is_no_journey() -> None:
    phrase = "We may have lost the trust of {}, and it will take more than schools to win it back"
    velm = quoted("a", phrase.format("Velm"), None)
    brod = quoted("b", phrase.format("Brod"), None, holder="Ana Dorn")
    assert journeys([velm, brod], made_by="test") == []
    # The same man may have been quoted wrongly.
    assert kinds(one(velm, quoted("b", phrase.format("Brod"), None)).appearances[1]) == ["reworded"]


def test_a_set_phrase_is_told_by_its_names_whatever_stands_beside_them() -> None:
    phrase = "It is possible that the talks in {} over before they began, as each brought its map"
    velm = quoted("a", phrase.format("Velm are"), None)
    brod = quoted("b", phrase.format("Brod were"), None, holder="Ana Dorn")
    assert journeys([velm, brod], made_by="test") == []
    there = quoted("b", phrase.format("Velm were"), None, holder="Ana Dorn")
    assert len(one(velm, there).appearances) == 2


def test_a_name_written_otherwise_is_the_same_name() -> None:
    phrase = "the letter that {} Marn sent to the council in the spring was never answered"
    journey = one(
        quoted("a", phrase.format("Ilya"), None, holder="Ana Dorn"),
        quoted("b", phrase.format("Mr."), None),
    )
    assert len(journey.appearances) == 2


def test_other_words_are_other_journeys() -> None:
    other = "The council will mend the northern pier before the winter comes to the coast"
    found = journeys(
        [
            quoted("a", FULL, None),
            quoted("b", FULL, None),
            quoted("c", other, None),
            quoted("d", other, None),
        ],
        made_by="test",
    )
    assert [sorted(a.document for a in j.appearances) for j in found] in (
        [["a", "b"], ["c", "d"]],
        [["c", "d"], ["a", "b"]],
    )


@pytest.mark.parametrize("content", ["We shall see", "… ", "of the in a to and so that it is"])
def test_words_that_anybody_may_say_make_no_journey(content: str) -> None:
    assert journeys([quoted(id, content, None) for id in "ab"], made_by="test") == []


def test_one_document_alone_makes_no_journey() -> None:
    assert journeys([quoted("a", FULL, None), quoted("a", FULL, None)], made_by="test") == []


def test_sentences_alone_make_no_journey() -> None:
    sentences = [s for id in "ab" for s in untold(report(id, f"News\n\n{FULL}\n"), ())]
    assert journeys([], sentences, made_by="test") == []


def test_sentences_inside_what_is_said_are_not_the_reports_own() -> None:
    passage = quoted("a", FULL, None)
    document = report("a", f'News\n\nIlya Marn said: "{FULL}"\n')
    statement = Statement(
        "s", "a", "direct", None, None, passage.pieces, (), (), None, None, 1.0, "t"
    )
    assert list(untold(document, [statement])) == []


SENTENCES = st.lists(
    st.sampled_from("there could be are not nearly 4,000 fighters in the hills above velm".split()),
    min_size=6,
    max_size=30,
).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(SENTENCES, st.sampled_from([None, "2031-05-01", "2031-05", "2032"])),
        min_size=2,
        max_size=6,
    ),
    st.randoms(),
)
def test_spans_cut_their_quotes_and_order_is_nothing(
    said: list[tuple[str, str | None]], chance: random.Random
) -> None:
    passages = [quoted(f"d{n}", text, date) for n, (text, date) in enumerate(said)]
    texts = {f"d{n}": f'News\n\nIlya Marn said: "{text}"\n' for n, (text, _) in enumerate(said)}
    found = journeys(passages, made_by="test")
    for journey in found:
        for index, appearance in enumerate(journey.appearances):
            assert appearance.follows is None or appearance.follows < index
            for part in appearance.words:
                assert part.span.cut(texts[appearance.document]) == part.quote
            for change in appearance.changes:
                assert appearance.follows is not None
                earlier = texts[journey.appearances[appearance.follows].document]
                if change.before is not None:
                    assert change.before.span.cut(earlier) == change.before.quote
                if change.after is not None:
                    assert change.after.span.cut(texts[appearance.document]) == change.after.quote
    chance.shuffle(passages)
    assert journeys(passages, made_by="test") == found


def test_scattered_small_words_are_no_shared_words() -> None:
    left = "the boat of the town in a storm and the end of it".split()
    right = "the x1 x2 x3 of y1 y2 y3 in z1 z2 z3 and w1 w2 w3 it".split()
    assert align(left, right).shared == 0


def test_a_phrase_that_thousands_use_takes_no_quadratic_time() -> None:
    chance = random.Random(5)

    def following(count: int) -> Callable[[], object]:
        passages = [
            quoted(
                f"d{n:05}",
                f"at the end of the day we {' '.join(str(chance.random()) for _ in range(8))}",
                None,
            )
            for n in range(count)
        ]
        return lambda: journeys(passages, made_by="test")

    assert_grows_by_at_most(16, following(500), following(2_000), least=0.05)


def test_phrases_to_search_for_stand_in_the_passage() -> None:
    found = phrases(quoted("a", FULL, None))
    assert found == (
        "according to our data there",
        "could be some 4 000",
        "fighters in the hills above",
    )
    assert phrases(quoted("a", "It is on.", None)) == ()
    assert len(phrases(quoted("a", "harbour master " * 5000, None))) == 40
