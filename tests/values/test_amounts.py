"""Amounts: their bounds, their span, and what is no amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.amounts import Amount, find_amounts
from sayso.values.numerals import parse_digits

CASES = [
    ("between 2,500 and 4,000", 2500, 4000, False),
    ("from 2,500 to 4,000", 2500, 4000, False),
    ("2,500-4,000", 2500, 4000, False),
    ("2,500–4,000", 2500, 4000, False),
    ("more than 20", 20, None, False),
    ("over 20", 20, None, False),
    ("exceeds 1,500", 1500, None, False),
    ("at least 15", 15, None, False),
    ("no fewer than 30", 30, None, False),
    ("200+", 200, None, False),
    ("500 or more", 500, None, False),
    ("nearly 6,000", 6000, 6000, True),
    ("close to 6,000", 6000, 6000, True),
    ("some 7,000", 7000, 7000, True),
    ("an estimated 300", 300, 300, True),
    ("at least some 200", 200, None, True),
    ("up to 500", None, 500, False),
    ("as few as 50 and as many as 80", 50, 80, False),
    ("from as few as 50 to as many as 80", 50, 80, False),
    ("50 at the least and 80 at the most", 50, 80, False),
    ("50 at a minimum, 80 at a maximum", 50, 80, False),
    ("no fewer than 50 nor more than 80", 50, 80, False),
    ("neither fewer than 50 nor more than 80", 50, 80, False),
    ("at least 50, at most 80", 50, 80, False),
    ("50 to as many as 80", 50, 80, False),
    ("between about 50 and 80", 50, 80, True),
    ("ranging from 50 to 80", 50, 80, False),
    ("50-to-80", 50, 80, False),
    ("no more and no less than 50", 50, 50, False),
    ("not over 50", None, 50, False),
    ("not in excess of 50", None, 50, False),
    ("not exceeding 50", None, 50, False),
    ("at the outside 50", None, 50, False),
    ("a ceiling of 50", None, 50, False),
    ("50 at the outside", None, 50, False),
    ("not under 50", 50, None, False),
    ("north of 50", 50, None, False),
    ("50 if not more", 50, None, False),
    ("50 and possibly more", 50, None, False),
    ("at least a confirmed 50", 50, None, False),
    ("somewhat over 50", 50, 50, True),
    ("a few short of 50", 50, 50, True),
    ("50, give or take a few,", 50, 50, True),
    ("approx. 50", 50, 50, True),
    ("barely 50", 50, 50, True),
    ("fewer than 100", None, 100, False),
    ("no more than 60", None, 60, False),
    ("dozens", 24, None, True),
    ("hundreds", 200, None, True),
    ("hundreds of thousands", 200_000, None, True),
    ("several thousand", 2000, None, True),
    ("a few hundred", 200, None, True),
    ("scores", 40, None, True),
    ("a dozen", 12, 12, True),
    ("two dozen", 24, 24, True),
    ("two or three dozen", 24, 36, True),
    ("half a dozen", 6, 6, True),
    ("twenty-five", 25, 25, False),
    ("three hundred and fifty", 350, 350, False),
    ("one hundred thousand", 100_000, 100_000, False),
    ("two and a half million", 2_500_000, 2_500_000, False),
    ("1.5 million", 1_500_000, 1_500_000, False),
    ("2.3 thousand", 2300, 2300, False),
    ("10k", 10_000, 10_000, False),
    ("2 to 3 million", 2_000_000, 3_000_000, False),
    ("3-4,000", 3000, 4000, False),
    ("30 or 40", 30, 40, True),
    ("1,50,000", 150_000, 150_000, False),
]


@pytest.mark.parametrize(("words", "low", "high", "approximate"), CASES)
def test_bounds(words: str, low: int | None, high: int | None, approximate: bool) -> None:
    text = f"There are {words} of them."
    [amount] = find_amounts(text)
    assert amount.span.cut(text) == words
    assert (amount.low, amount.high, amount.approximate) == (low, high, approximate)


@pytest.mark.parametrize(
    "text",
    [
        "the 9/11 attacks",
        "on the 40th day",
        "a two-day visit",
        "a 12-year-old",
        "it cost $4,000",
        "about 40 percent",
        "40% of it",
        "on 16.11.2024",
        "on 2019-12-18",
        "on December 11",
        "the Sept. 11 attacks",
        "at 15:30",
        "an F-16 and a T-72",
        "1.5 of them",
        "as he wrote [12]",
        "nothing at all",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert find_amounts(text) == []


def test_space_after_a_month_day_groups_nothing() -> None:
    [amount] = find_amounts("On March 15 300 men came")
    assert amount.low == 300


def test_a_strong_force_is_told_apart() -> None:
    [amount] = find_amounts("a 300-strong militia")
    assert (amount.strong, amount.low) == (True, 300)


@pytest.mark.parametrize("separator", [",", ".", "’", "'", " ", "\u00a0", "\u202f", ""])
@given(number=st.integers(1, 10**9))
def test_digits_in_every_style_read_back(separator: str, number: int) -> None:
    written = f"{number:,}".replace(",", separator)
    [amount] = find_amounts(f"They counted {written} men.")
    assert (amount.low, amount.high) == (number, number)


UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number: int) -> str:
    """The English words of a number below a thousand million."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    for scale, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            joint = " and " if name == "hundred" else " "
            tail = joint + spelled(rest) if rest else ""
            return f"{spelled(number // scale)} {name}{tail}"
    raise AssertionError(number)


@given(number=st.integers(1, 10**9 - 1))
def test_words_read_back(number: int) -> None:
    text = f"They counted {spelled(number)} men."
    [amount] = find_amounts(text)
    assert (amount.low, amount.high) == (number, number)
    assert amount.span.cut(text) == spelled(number)


@given(low=st.integers(100, 10**6), more=st.integers(0, 10**6))
def test_ranges_read_back(low: int, more: int) -> None:
    for words in (f"between {low:,} and {low + more:,}", f"from {low:,} to {low + more:,}"):
        [amount] = find_amounts(words)
        assert (amount.low, amount.high) == (low, low + more)


PIECES = st.sampled_from(
    [
        *(case[0] for case in CASES),
        "and",
        "to",
        "-",
        "of",
        "between",
        "12",
        "3.5",
        ",",
        "(",
        "men",
        "$",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join)))
def test_amounts_are_sound_on_anything(text: str) -> None:
    end = 0
    for amount in find_amounts(text):
        assert isinstance(amount, Amount)
        assert amount.span.contains(amount.number)
        assert amount.span.start >= end
        end = amount.span.end
        assert amount.low is not None or amount.high is not None
        if amount.low is not None and amount.high is not None:
            assert 0 <= amount.low <= amount.high


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("killed 50, at most 80 hurt", [(50, 50), (None, 80)]),
        ("killed 50 and up to 80 were hurt", [(50, 50), (None, 80)]),
        ("these add up to 50", [(50, 50)]),
        ("killed 50 and more than 80 were hurt", [(50, 50), (80, None)]),
        ("killed 50 and upwards of 80 were hurt", [(50, 50), (80, None)]),
        ("50 plus 80", [(50, 50), (80, 80)]),
        ("the minimum was met by 50", [(50, 50)]),
    ],
)
def test_words_between_two_numbers_go_with_the_right_one(
    text: str, bounds: list[tuple[int | None, int | None]]
) -> None:
    assert [(found.low, found.high) for found in find_amounts(text)] == bounds


def test_a_long_run_of_numbers_takes_linear_time() -> None:
    assert len(find_amounts("more than 20 men, " * 5000)) == 5000


@pytest.mark.parametrize("written", ["1.5", "16.11.2024", "4,00", "1,2,3", "0123456789012345"])
def test_digits_that_are_no_whole_number(written: str) -> None:
    assert parse_digits(written) is None
