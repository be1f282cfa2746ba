"""Reading tags by what was read of the same tags before gives what reading each anew gives."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.steps.clean.tokens import Kind, Tokenizer

PIECES = (
    "<p>",
    "</p>",
    "<P CLASS=x>",
    "<a href='it\">s'>",
    '<a href="/x">',
    "<a b='\" c=\"d'>",
    '<a b="c>',
    "<td a=1 b = '2'>",
    "<i\n/>",
    "<br/>",
    "<x y='>",
    '">',
    "'>",
    "<!-- a -->",
    "<!-->",
    "<![CDATA[a>b]]>",
    "<![CDATA[",
    "<script>",
    "</script>",
    "<title a=b>",
    "</title>",
    "<",
    ">",
    '"',
    "'",
    " ",
    "Velm",
    "<é>",
    '<p id="a" id="b" ID=c>',
    "<?x?>",
    "<!doctype html>",
)


def told(
    source: str, most: int, *, anew: bool
) -> tuple[list[tuple[Kind, str, int, int, str]], int]:
    """The tokens, and how many tags were crowded; `anew`: nothing is known from before."""
    tokenizer = Tokenizer(source, most)
    found = []
    for kind, tag, start, end in tokenizer.tokens():
        if anew:
            tokenizer.forget()
        found.append((kind, tag.name, start, end, str(sorted(tag.attributes.items()))))
    return found, tokenizer.crowded


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from((1, 100)))
def test_known_tags_are_read_as_new_ones(source: str, most: int) -> None:
    assert told(source, most, anew=False) == told(source, most, anew=True)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_tokens_stand_in_order_and_lie_in_the_source(source: str) -> None:
    position = 0
    for _, _, start, end in Tokenizer(source, 100).tokens():
        assert position <= start <= end <= len(source)
        position = start


def test_many_brackets_take_little_time() -> None:
    for source in ("<" * 400_000 + ">", "<a " * 200_000, '<a b="' * 100_000, "<p>" * 200_000):
        began = time.process_time()
        assert sum(1 for _ in Tokenizer(source, 100).tokens()) >= 1
        assert time.process_time() - began < 8
