"""What trafilatura is shown, and when its fast way is enough: the thorough way is the measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.steps.clean.test_good_text import PARAGRAPHS, page

from sayso.steps.clean import asking
from sayso.steps.clean.body import by_trafilatura
from sayso.steps.clean.markup import read_page

LONG = [
    f"{p} It was the {n}th day of the siege, he said in Osk." for n in range(4) for p in PARAGRAPHS
]
TEXT = "".join(f"<p>{p}</p>" for p in LONG)
MENU = "<nav><ul>" + "<li><a href=/x>Weather in Velm</a></li>" * 40 + "</ul></nav>"
PAGES = {
    "a report in paragraphs": page(TEXT),
    "a menu before it": page(TEXT, before=MENU),
    "figures between": page(TEXT + "<figure><img src=a><figcaption>The mill</figcaption></figure>"),
    "drawings between": page(TEXT + "<svg><path d='M0 0'/><text>icon</text></svg>" + TEXT),
    "a script that holds markup": page(TEXT + "<script>var a = '<p>no</p><nav>';</script>"),
    "a short report": page(),
    "text in line breaks": page("<br>".join(LONG)),
    "a menu left open": page(TEXT, before="<nav><ul><li>Weather"),
    "comments beside it": page(TEXT, after="<div class=comments>" + TEXT + "</div>"),
    "a box of text beside it": page(TEXT, after="<aside><p>" + " ".join(LONG) + "</p></aside>"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_fast_way_chooses_what_the_thorough_way_does(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = PAGES[name].decode()
    markup = read_page(source, max_attributes=1000)
    found = by_trafilatura(source, markup)
    monkeypatch.setattr(asking, "_in_paragraphs", lambda blocks: False)
    assert found == by_trafilatura(source, markup)
    assert found is not None
    assert any(found)


def test_most_of_a_page_is_not_shown() -> None:
    source = PAGES["a menu before it"].decode()
    markup = read_page(source, max_attributes=1000)
    shown = asking.without(source, [*markup.scripts, *markup.margins])
    assert "Weather" not in shown
    assert "<head>" not in shown
    assert all(p in shown for p in PARAGRAPHS)


def test_a_menu_left_open_hides_nothing() -> None:
    source = PAGES["a menu left open"].decode()
    markup = read_page(source, max_attributes=1000)
    shown = asking.without(source, markup.margins)
    assert all(p in shown for p in LONG)


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)
)
def test_ranges_in_any_order_are_left_out_once(text: str, pairs: list[tuple[int, int]]) -> None:
    ranges = [(min(p), max(p)) for p in pairs]
    kept = "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in ranges))
    assert asking.without(text, ranges) == kept
