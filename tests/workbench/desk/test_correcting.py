"""Correcting where the words stand: handles by mouse, touch and keys, in every script; sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.workbench.desk.conftest import Served
from tests.workbench.desk.test_browser import Desk


@pytest.fixture
def desk(served: Served, chromium: Any) -> Iterator[Desk]:
    desk = Desk(served, chromium, viewport={"width": 1280, "height": 900}, has_touch=True)
    yield desk
    desk.context.close()
    assert desk.errors == []


def _correct(desk: Desk, title: str, words: str) -> str:
    """Opens the correction of these words of a text, which is given back."""
    document = desk.document(title)
    desk.go(f"/documents/{document}")
    text = desk.text(document)
    desk.press("j")
    desk.mark(words)
    desk.press("e")
    desk.page.wait_for_selector("dialog.correct[open]")
    assert _preview(desk) == words
    return text


def _preview(desk: Desk) -> str:
    return str(desk.page.text_content(".preview"))


def _stored(desk: Desk, text: str) -> str:
    """The words that are stored when it is saved by the key."""
    desk.page.focus(".handle[data-end=end]")
    desk.press("Enter")
    desk.says("Corrected.")
    value = desk.get("/judgements")["judgements"][0]["value"]
    return text[value["start"] : value["end"]]


def test_arrows_move_an_end_by_a_character_as_people_see_it(desk: Desk) -> None:
    text = _correct(desk, "on the pass", "Families")
    steps = (
        ("Shift+ArrowLeft", " Families"),
        ("Shift+ArrowLeft", "👩‍👩‍👧‍👦 Families"),
        ("ArrowRight", "👩‍👩‍👧‍👦 Families "),
        ("ArrowRight", "👩‍👩‍👧‍👦 Families 🚶🏽‍♀️"),
        ("ArrowLeft", "👩‍👩‍👧‍👦 Families "),
        ("ArrowRight", "👩‍👩‍👧‍👦 Families 🚶🏽‍♀️"),
    )
    for key, words in steps:
        desk.press(key)
        assert _preview(desk) == words
    assert _stored(desk, text) == "👩‍👩‍👧‍👦 Families 🚶🏽‍♀️"


def test_an_accent_and_a_flag_are_never_cut_in_two(desk: Desk) -> None:
    text = _correct(desk, "on the pass", "The caf")
    desk.press("ArrowRight")
    assert _preview(desk) == "The cafe\u0301"
    desk.press("ArrowLeft", "Control+ArrowRight", "Alt+ArrowRight")
    assert _preview(desk) == "The cafe\u0301 at"
    for _ in range(16):
        desk.press("ArrowRight")
    assert _preview(desk).endswith("open 🇺🇳"[-1]) or "🇺🇳" not in _preview(desk)
    assert _stored(desk, text) in text


def test_shift_moves_the_other_end_and_the_focus_tells_which_is_one(desk: Desk) -> None:
    _correct(desk, "on the pass", "crossed the")
    desk.page.focus(".handle[data-end=start]")
    desk.press("Control+ArrowLeft")
    assert re.fullmatch(r"\S+ crossed the", _preview(desk))
    desk.press("Shift+Control+ArrowRight")
    assert _preview(desk).endswith("crossed the pass")
    desk.press("Control+ArrowRight", "Control+ArrowRight")
    assert _preview(desk) == "the pass"


def test_the_ends_never_meet(desk: Desk) -> None:
    _correct(desk, "on the pass", "who")
    desk.press(*["ArrowLeft"] * 6)
    assert _preview(desk) == "w"
    desk.press(*["Shift+ArrowRight"] * 6)
    assert _preview(desk) == "w"


@pytest.mark.parametrize("words", ["مرحبا", "שלום"])
def test_words_from_right_to_left_are_stored_as_they_stand(desk: Desk, words: str) -> None:
    text = _correct(desk, "on the pass", words)
    start, end = (desk.page.locator(f".handle[data-end={e}]").bounding_box() for e in _ENDS)
    assert start is not None
    assert end is not None
    assert start["x"] > end["x"], "the first letter stands at the right"
    desk.press("ArrowRight", "ArrowRight")  # on, in a paragraph from left to right
    at = text.index(words)
    assert _preview(desk) == text[at : at + len(words) + 2]
    assert _stored(desk, text) == text[at : at + len(words) + 2]


_ENDS = ("start", "end")
POINT = """([at, which]) => {
    const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
    let seen = 0;
    while (walker.nextNode()) {
        if (walker.currentNode.parentElement.closest("summary")) continue;
        const points = [...walker.currentNode.data];
        if (at < seen + points.length) {
            const range = document.createRange();
            const unit = points.slice(0, at - seen).join("").length;
            range.setStart(walker.currentNode, unit);
            range.setEnd(walker.currentNode, unit + points[at - seen].length);
            const box = range.getBoundingClientRect();
            return [which === "start" ? box.left + 1 : box.right - 1, (box.top + box.bottom) / 2];
        }
        seen += points.length;
    }
}"""
"""Where a character of the text stands on the page."""


def _grip(desk: Desk, which: str) -> tuple[float, float]:
    box = desk.page.locator(f".handle[data-end={which}]").bounding_box()
    assert box is not None
    return box["x"] + 1, box["y"] + box["height"] / 2


def test_the_handles_are_dragged_to_where_the_mouse_goes(desk: Desk) -> None:
    text = _correct(desk, "on the pass", "crossed")
    for which, to in (("end", "said"), ("start", "Families")):
        at = text.index(to) if which == "start" else text.index(to) + len(to) - 1
        x, y = _grip(desk, which)
        desk.page.mouse.move(x, y)
        desk.page.mouse.down()
        goal = desk.page.evaluate(POINT, [at, which])
        desk.page.mouse.move(*goal, steps=5)
        desk.page.mouse.up()
    begin, end = text.index("Families"), text.index("said") + 4
    assert _preview(desk) == text[begin:end]
    desk.page.mouse.move(600, 700)
    assert _preview(desk) == text[begin:end], "what is let go stays"
    assert _stored(desk, text) == text[begin:end]
    desk.page.wait_for_selector(".correction >> text=Corrected to")
    desk.press("u")
    desk.says("Undone.")
    desk.page.wait_for_selector(".correction", state="detached")


def test_a_finger_drags_by_the_knob_below_the_line(desk: Desk) -> None:
    text = _correct(desk, "on the pass", "crossed")
    x, y = _grip(desk, "end")
    at = text.index("said") + 3
    goal_x, goal_y = desk.page.evaluate(POINT, [at, "end"])
    below = 22
    touch = desk.context.new_cdp_session(desk.page)

    def finger(kind: str, *points: tuple[float, float]) -> None:
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]},
        )

    finger("touchStart", (x + 6, y + below))
    for share in (0.3, 0.7, 1.0):
        finger("touchMove", (x + 6 + (goal_x - x) * share, y + below + (goal_y - y) * share))
    finger("touchEnd")
    assert _preview(desk) == text[text.index("crossed") : at + 1]
    assert desk.page.evaluate("() => scrollY") == 0, "the page did not move under the finger"


def test_dragging_past_the_other_end_leaves_a_character(desk: Desk) -> None:
    text = _correct(desk, "on the pass", "crossed")
    x, y = _grip(desk, "end")
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    desk.page.mouse.move(*desk.page.evaluate(POINT, [text.index("Families"), "start"]), steps=4)
    desk.page.mouse.up()
    assert _preview(desk) == "c"


def test_the_source_has_characters_of_its_own(desk: Desk) -> None:
    document = desk.document("on the pass")
    desk.go(f"/documents/{document}")
    text = desk.text(document)
    desk.press("j", "e", "s")
    assert _preview(desk) == "Mira Sol"
    desk.press("Shift+Control+ArrowRight")
    assert _preview(desk) == "Sol"
    desk.press("s")
    assert "crossed" in _preview(desk), "the words are as they were"
    desk.press("Enter")
    desk.says("Corrected.")
    value = desk.get("/judgements")["judgements"][0]["value"]
    assert text[value["holder_start"] : value["holder_end"]] == "Sol"
    desk.page.wait_for_selector(".correction >> text=the source being")
    card = desk.get(f"/documents/{document}")["statements"][0]
    assert card["corrected"]["holder_quote"] == "Sol"
    desk.forget()
    desk.press("e", "s")
    assert _preview(desk) == "Sol", "one goes on from what was corrected"
    desk.press("Escape", "u")
    desk.says("Undone.")


def test_a_source_is_found_by_typing_with_or_without_accents(desk: Desk) -> None:
    desk.go(f"/documents/{desk.document('on the pass')}")
    desk.press("j", "e")
    box = "input[name=holder_words]"
    desk.page.fill(box, "bránd")
    assert desk.page.locator("#holder-list li:visible").all_inner_texts() == ["Ilka Brand"]
    desk.press("Enter")
    assert desk.page.input_value(box) == "Ilka Brand"
    desk.page.fill(box, "half a na")
    desk.press("Tab")
    assert desk.page.input_value(box) == "Ilka Brand", "half a name is nobody"
    desk.page.fill(box, "")
    desk.press("ArrowDown", "ArrowDown")
    assert desk.page.get_attribute(box, "aria-activedescendant")
    desk.press("Escape")
    assert desk.page.query_selector("dialog.correct[open]"), "the list alone was closed"
    desk.press("Escape")
    assert not desk.page.query_selector("dialog.correct[open]")
    assert desk.get("/judgements")["judgements"] == []


def test_a_source_that_the_text_does_not_name_is_found_in_the_ledger(desk: Desk) -> None:
    document = desk.document("The Front in the hills")
    desk.go(f"/documents/{document}")
    desk.press("j", "e")
    desk.page.fill("input[name=holder_words]", "Ilka Brand")
    desk.page.locator("#holder-list li.elsewhere").wait_for()
    desk.press("Enter")
    desk.page.click("text=Save")
    desk.says("Corrected.")
    value = desk.get("/judgements")["judgements"][0]["value"]
    assert value["holder_name"] == "Ilka Brand"
    assert desk.get(f"/actors/{value['holder']}")


def test_the_keys_of_correcting_are_told_and_do_nothing_else(desk: Desk) -> None:
    desk.go(f"/documents/{desk.document('on the pass')}")
    desk.press("j", "e", "y", "n", "b")
    assert desk.get("/judgements")["judgements"] == []
    desk.press("?")
    keys = desk.page.inner_text("dialog.keys")
    for words in ("by a character", "by a word", "the other end", "or the source", "save the corr"):
        assert words in keys
    desk.press("Escape")
    assert desk.page.query_selector("dialog.correct[open]")
    desk.press("Escape")
    assert not desk.page.locator(".handle:visible").count()


def test_a_span_outside_of_the_text_is_refused(client: Any) -> None:
    document = client.get("/documents").json()["documents"][0]["id"]
    for bad in ({"holder_start": -1, "holder_end": 3}, {"holder_start": 5, "holder_end": 10**9}):
        given = {"on": document, "decision": "correct", "value": {"start": 0, "end": 1, **bad}}
        assert client.post("/judgements", json=given).status_code == 400
