from __future__ import annotations

from collections.abc import Callable

from sayso.learned.attribution.windows import CLS, SEP, windows
from sayso.records.analyses import Analysis

Analyse = Callable[[str], Analysis]
TEXT = (
    "The envoy left Velm. He said so.\n\n"
    + "Rain fell on the road to Karsk. " * 30
    + "\n\nIt ended."
)


def two_pieces(word: str) -> list[int]:
    return [1_000 + len(word), 2_000]


def test_every_word_stands_in_one_window_in_order(analyse: Analyse) -> None:
    parses = analyse(TEXT).parses
    made = windows(parses, two_pieces, 64)
    covered = [(s.parse, i) for w in made for s in w.stretches for i in range(s.first, s.last)]
    assert covered == [(n, i) for n, parse in enumerate(parses) for i in range(len(parse))]


def test_windows_are_no_longer_than_asked_and_marked(analyse: Analyse) -> None:
    for window in windows(analyse(TEXT).parses, two_pieces, 64):
        assert len(window.ids) <= 64
        assert window.ids[0] == CLS
        assert window.ids[-1] == SEP
        assert len(window.ids) == len(window.word_of)
        for number, place in enumerate(window.word_at):
            assert window.word_of[place] == number


def test_a_long_paragraph_is_cut_between_sentences(analyse: Analyse) -> None:
    parses = analyse(TEXT).parses
    ends = {end for _, end in parses[1].sentences}
    for window in windows(parses, two_pieces, 64):
        for stretch in window.stretches:
            if stretch.parse == 1:
                assert stretch.last in ends


def test_a_word_longer_than_a_window_does_not_stop_it(analyse: Analyse) -> None:
    parses = analyse("A B C.").parses
    made = windows(parses, lambda word: [1] * 50, 20)
    assert sum(s.last - s.first for w in made for s in w.stretches) == len(parses[0])
