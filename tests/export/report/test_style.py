from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = (files("sayso.export.report") / "style.css").read_text("utf-8")
GROUNDS = ("paper", "panel", "glow")
WORDS = ("ink", "soft", "link", "holder", "cue", "via", "claim", "own", "bad")
ON = (("holder", "holder-ground"), ("ink", "exact-ground"), ("cue", "exact-ground"))
DRAWN = ("direct", "mixed", "indirect", "edge", "own", "claim")


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", block))


LIGHT = colours(STYLE[: STYLE.index("@media screen and (prefers-color-scheme:dark)")])
DARK = LIGHT | colours(
    re.search(r"@media screen and \(prefers-color-scheme:dark\)\{:root\{(.*?)\}\}", STYLE, re.S)[1]  # type: ignore[index]
)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read(theme: dict[str, str]) -> None:
    pairs = [(word, ground) for word in WORDS for ground in GROUNDS] + list(ON)
    poor = {
        pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2)
        for pair in pairs
        if contrast(theme[pair[0]], theme[pair[1]]) < 4.5
    }
    assert poor == {}
    assert contrast(theme["ink"], theme["paper"]) >= 12
    assert contrast(theme["paper"], theme["direct"]) >= 4.5  # the tag of direct statements


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_and_bars_can_be_seen(theme: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.11: three to one for what is drawn."""
    for name in DRAWN:
        assert contrast(theme[name], theme["paper"]) >= 3, name


def test_kinds_differ_in_more_than_colour() -> None:
    styles = [
        re.search(rf"^\.{kind}{{[^}}]*text-decoration-style:(\w+)", STYLE, re.M)
        for kind in ("mixed", "indirect")
    ]
    assert [found[1] for found in styles if found] == ["dashed", "dotted"]


def test_the_sheet_fetches_nothing() -> None:
    assert "@import" not in STYLE
    assert set(re.findall(r"url\((.)", STYLE)) <= {"#"}
    assert "</" not in STYLE
