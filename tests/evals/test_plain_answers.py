"""The case of plain sentences: its data and its figures."""

from __future__ import annotations

from evals.plain_answers import Read, figures, sentences


def test_a_third_of_the_sentences_are_traps_and_none_stands_twice() -> None:
    given = sentences()
    traps = [one for one in given if not one.answers()]
    assert len(given) == len({one.text for one in given}) > 120
    assert 0.25 < len(traps) / len(given) < 0.5


def test_figures_of_readings_that_are_right_and_of_none() -> None:
    given = sentences()
    right = figures([Read(one, frozenset(one.answers())) for one in given])
    assert (right["f1"], right["traps"]) == (1.0, 0.0)
    nothing = figures([Read(one, frozenset()) for one in given])
    assert (nothing["recall"], nothing["traps"]) == (0.0, 0.0)


def test_what_is_added_costs_precision() -> None:
    trap = next(one for one in sentences() if not one.answers())
    told = figures([Read(trap, frozenset({("behind", "Karsk Front", True)}))])
    assert (told["precision"], told["traps"]) == (0.0, 1.0)
