"""The planting of changes in quotations."""

from __future__ import annotations

import pytest
from evals.journeys import WAYS


@pytest.mark.parametrize(
    ("way", "text", "changed"),
    [
        ("hedge_dropped", "There could be 40 boats.", "There is 40 boats."),
        ("hedge_dropped", "They reportedly left Velm.", "They left Velm."),
        ("hedge_dropped", "They left Velm.", None),
        ("negation_changed", "They did not leave.", "They did leave."),
        ("negation_changed", "They did not say they would not.", None),
        ("shortened", "one two three four five six seven eight, nine ten eleven twelve",
         "one two three four five six seven eight,"),
        ("shortened", "one two three", None),
    ],
)  # fmt: skip
def test_a_change_is_made_or_is_not_possible(way: str, text: str, changed: str | None) -> None:
    assert WAYS[way](text) == changed
