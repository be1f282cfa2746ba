"""What holds for any input: nothing visible is lost, and the map leads back."""

from __future__ import annotations

import re
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.steps.clean.making import check, raw

from sayso.errors import SetAside
from sayso.records.documents import MediaType
from sayso.settings import CleanSettings
from sayso.steps.clean.clean import clean
from sayso.steps.clean.decode import decoded
from sayso.steps.clean.mapped import Mapped
from sayso.steps.clean.markup import read_page
from sayso.steps.clean.repair import repair

PIECES = st.sampled_from(
    [
        "The council of Velm said the bridge would stay closed on Monday night.",
        "VELM: ",
        "By Ana Brod",
        "Related News",
        "2 Comments",
        "Ilka\n2 hours ago\n",
        "\nReply\n",
        "old_miller, 3 March 2031 16:15\n",
        "09:10 / 03.03.2031",
        "LINK: https://orra.example/x",
        "The post x appeared first on Orra News.",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\u202e",
        "\u200b",
        "\xa0",
        "\x00",
        "Ã©",
        "â€œ",
        "“",
        "”",
        "<p>",
        "</p>",
        "<div class='comments'>",
        "</div>",
        "<br>",
        "<a href='/x'>",
        "</a>",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<h1>",
        "</h1>",
        "&amp;",
        "&quot",
        "&#8220;",
        "<",
        ">",
        "*",
        "**",
        "[x](y)",
        "# ",
        "> ",
        "- ",
        "```",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)
TYPES = st.sampled_from(["text/plain", "text/html", "text/markdown"])


@given(TEXTS, TYPES)
@settings(max_examples=400, deadline=None)
def test_any_text_keeps_the_contract(text: str, media_type: MediaType) -> None:
    data = text.encode("utf-8", "surrogatepass")
    with suppress(SetAside):
        check(clean(raw(data, media_type), CleanSettings()).document, data)


@given(st.binary(max_size=200), TYPES)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_set_aside(data: bytes, media_type: MediaType) -> None:
    with suppress(SetAside):
        check(clean(raw(data, media_type), CleanSettings()).document, data)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_plain_text_keeps_every_letter(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    with suppress(SetAside):
        found = clean(raw(data), CleanSettings()).document
        if "mojibake" in found.repairs:
            return
        assert re.findall(r"\w", found.text) == re.findall(r"\w", decoded(data, found.encoding))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_page_read_twice_is_the_same(text: str) -> None:
    one, two = (read_page(text, max_attributes=512) for _ in range(2))
    assert [block.text for block in one.blocks] == [block.text for block in two.blocks]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_mending_twice_mends_nothing_more(text: str) -> None:
    once, _ = repair(text)
    again, counts = repair(once.text)
    counts.pop("replacement_characters", None)
    if "mojibake" not in counts:
        assert again.text == once.text


@given(TEXTS, st.integers(0, 50))
@settings(max_examples=200, deadline=None)
def test_maps_compose(text: str, cut: int) -> None:
    inner, _ = repair(text)
    outer = Mapped.same(inner.text[cut:], cut)
    both = outer.over(inner)
    assert both.text == outer.text
    position = 0
    for run in both.runs:
        assert run.clean_start == position
        position = run.clean_end
    assert position == len(both.text)
