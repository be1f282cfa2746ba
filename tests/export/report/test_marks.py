from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.growth import assert_grows_by_at_most

from sayso.export.report.letters import plain, shorten, split
from sayso.export.report.marks import Mark, cut
from sayso.records.spans import Span

spots = st.integers(0, 40)
marks = st.builds(
    Mark,
    st.tuples(spots, spots).map(lambda pair: Span(min(pair), max(pair))),
    st.sampled_from(["holder", "cue", "direct", "indirect", "claim"]),
    st.integers(0, 9),
)


@given(st.integers(0, 40), st.lists(marks, max_size=12), st.lists(spots, max_size=5))
def test_each_character_carries_exactly_the_marks_that_cover_it(
    length: int, found: list[Mark], cuts: list[int]
) -> None:
    segments = cut(length, found, cuts)
    assert [place for s in segments for place in range(s.start, s.end)] == list(range(length))
    for segment in segments:
        for place in range(segment.start, segment.end):
            over = [mark for mark in found if mark.span.start <= place < mark.span.end]
            assert set(segment.kinds) == {mark.kind for mark in over}
            assert set(segment.numbers) == {mark.number for mark in over} - {0}
            content = [mark for mark in over if mark.kind in ("direct", "indirect")]
            assert segment.deep == (len(content) > 1)


def test_a_segment_names_at_most_twelve_statements_and_counts_the_rest() -> None:
    (segment,) = cut(5, [Mark(Span(0, 5), "direct", number) for number in range(1, 31)])
    assert segment.numbers == tuple(range(1, 13))
    assert segment.more == 18


def test_deep_nesting_stays_cheap() -> None:
    def nested(depth: int) -> list[Mark]:
        return [Mark(Span(n, 2 * depth - n), "direct", n + 1) for n in range(depth)]

    few, many = nested(4_000), nested(32_000)
    assert_grows_by_at_most(8 * 4, lambda: cut(8_000, few), lambda: cut(64_000, many))


@given(st.text())
def test_letters_join_to_the_text(text: str) -> None:
    joined = "".join(part.text for part in split(text))
    assert len(joined) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, joined, strict=True))
    assert len(plain(text)) == len(text)


def test_overrides_stand_alone_and_joiners_do_not() -> None:
    assert [part.code for part in split("a\u202eb")] == ["", "U+202E", ""]
    assert [part.code for part in split("می\u200cگوید")] == [""]


@given(st.text(), st.integers(5, 40))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width + 2
    assert "\n" not in shorten(text, width)
