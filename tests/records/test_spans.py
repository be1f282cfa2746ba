from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SpanError
from sayso.records.spans import OffsetMap, Quote, Run, Span


def test_a_span_is_written_as_a_pair() -> None:
    import msgspec

    assert msgspec.json.encode(Span(3, 8)) == b"[3,8]"
    assert msgspec.json.decode(b"[3,8]", type=Span) == Span(3, 8)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (5, 4)])
def test_a_span_must_go_forward(start: int, end: int) -> None:
    with pytest.raises(SpanError):
        Span(start, end)


def test_a_quote_must_be_as_long_as_its_span() -> None:
    with pytest.raises(SpanError):
        Quote(Span(0, 3), "four")


def test_a_quote_must_lie_in_the_text() -> None:
    with pytest.raises(SpanError):
        Quote.of("short", 2, 9)


@given(st.text(), st.data())
def test_quotes_cut_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = Quote.of(text, start, end)
    assert quote.span.cut(text) == quote.quote == text[start:end]


@st.composite
def maps(draw: st.DrawFn) -> tuple[str, str, OffsetMap]:
    """A source, a cleaned text and their map: pieces kept, replaced, dropped or inserted."""
    source, clean = "", ""
    runs: list[Run] = []
    for _ in range(draw(st.integers(0, 12))):
        what = draw(st.sampled_from(["keep", "replace", "drop", "insert"]))
        old = draw(st.text(min_size=1, max_size=5)) if what != "insert" else ""
        new = {"keep": old, "drop": ""}.get(what, "")
        if what in ("replace", "insert"):
            new = draw(st.text(min_size=1, max_size=4))
        if new:
            runs.append(Run(len(clean), len(clean) + len(new), len(source), len(source) + len(old)))
        source, clean = source + old, clean + new
    return source, clean, OffsetMap.of(runs)


@given(maps(), st.data())
def test_what_was_kept_goes_there_and_back(
    made: tuple[str, str, OffsetMap], data: st.DataObject
) -> None:
    source, clean, offsets = made
    for run in offsets.runs:
        if (
            run.is_one_to_one
            and source[run.source_start : run.source_end]
            == (clean[run.clean_start : run.clean_end])
        ):
            start = data.draw(st.integers(run.clean_start, run.clean_end - 1))
            end = data.draw(st.integers(start + 1, run.clean_end))
            there = offsets.to_source(Span(start, end))
            assert there.cut(source) == clean[start:end]
            assert offsets.to_clean(there) == Span(start, end)


@given(maps())
def test_runs_cover_the_clean_text_in_order(made: tuple[str, str, OffsetMap]) -> None:
    source, clean, offsets = made
    at, behind = 0, 0
    for run in offsets.runs:
        assert run.clean_start == at
        assert behind <= run.source_start <= run.source_end <= len(source)
        at, behind = run.clean_end, run.source_end
    assert at == len(clean)


def test_a_mended_piece_maps_as_a_whole() -> None:
    offsets = OffsetMap((Run(0, 5, 3, 8), Run(5, 6, 8, 13), Run(6, 9, 13, 16)))
    assert offsets.to_source(Span(5, 6)) == Span(8, 13)
    assert offsets.to_source(Span(4, 7)) == Span(7, 14)
    assert offsets.to_clean(Span(9, 10)) == Span(5, 6)
    assert offsets.to_clean(Span(0, 2)) is None
