from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.cli.plain import one_line, visible


def test_control_and_direction_characters_are_shown() -> None:
    assert visible("a\x1b[31mb") == "a<U+001B>[31mb"
    assert visible("a\u202eb\u2066\u200b\x9b\x7f\r") == (
        "a<U+202E>b<U+2066><U+200B><U+009B><U+007F><U+000D>"
    )
    assert visible("Łódź [bold]\n\t李") == "Łódź [bold]\n\t李"
    assert visible("\ud800") == "<U+D800>"


@given(st.text(), st.integers(4, 60))
def test_cells_are_short_and_harmless(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert "\x1b" not in line
    line.encode()


def test_cells_are_cut_at_words() -> None:
    assert one_line("one two three four", 12) == "one two…"
    assert one_line("abcdefghijklmnop", 6) == "abcde…"
