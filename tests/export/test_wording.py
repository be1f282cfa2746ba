from __future__ import annotations

import pytest

from sayso.export.wording import bounds


@pytest.mark.parametrize(
    ("low", "high", "approximate", "words"),
    [
        (2500, 4000, False, "2,500–4,000"),
        (300, 300, False, "300"),
        (300, 300, True, "about 300"),
        (20, None, False, "at least 20"),
        (None, 50, False, "at most 50"),
        (None, None, False, "no number of"),
        (0, 0, False, "0"),
    ],
)
def test_bounds(low: int | None, high: int | None, approximate: bool, words: str) -> None:
    assert bounds(low, high, approximate) == words
