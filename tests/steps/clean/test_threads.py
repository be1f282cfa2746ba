"""Readers' comments under no heading become comments, and what only looks so stays the report."""

from __future__ import annotations

import pytest
from tests.steps.clean.making import document, kinds
from tests.steps.clean.threads import (
    COMMENTS,
    ENTRIES,
    EVERYWHERE,
    LEFT,
    OTHER_PAGES,
    OTHERS,
    PAGES,
    THREADS,
    page,
    report,
    text,
    wanted,
)

from sayso.records.documents import Document
from sayso.steps.clean.heads import is_name, is_time, signature
from sayso.steps.clean.threads import find_thread
from sayso.steps.clean.wording import wording


def kinds_of(of: Document, words: str) -> set[str]:
    """The kinds of the zones that hold these words."""
    return {kind for kind, said in kinds(of) if words in said}


@pytest.mark.parametrize("name", THREADS)
def test_comments_of_a_text(name: str) -> None:
    found = document(text(THREADS[name]))
    assert {w: kinds_of(found, w) for w in wanted(THREADS[name], ">")} == {
        words: {"comment"} for words in wanted(THREADS[name], ">")
    }
    assert all(kinds_of(found, words) == {"body"} for words in wanted(THREADS[name], "|"))


def test_what_stands_below_comments_is_no_comment() -> None:
    found = document(
        text(THREADS["name, time ago, reply"]) + "© 2031 Orra News. All rights reserved.\n"
    )
    assert kinds_of(found, "All rights reserved") == {"notice"}
    assert kinds_of(found, "Well said.") == {"comment"}


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_looks_like_comments_stays_the_report(name: str) -> None:
    found = document(text(OTHERS[name]))
    assert {w: kinds_of(found, w) for w in wanted(OTHERS[name], "|")} == {
        words: {"body"} for words in wanted(OTHERS[name], "|")
    }
    assert "comment" not in {kind for kind, _ in kinds(found)}


@pytest.mark.parametrize("name", LEFT)
def test_what_nothing_tells_is_left(name: str) -> None:
    found = document(text(LEFT[name]))
    assert all(kinds_of(found, words) == {"body"} for words in wanted(LEFT[name], ">"))


@pytest.mark.parametrize("inside", [True, False], ids=["inside", "beside"])
@pytest.mark.parametrize("long", [True, False], ids=["long", "short"])
@pytest.mark.parametrize("name", PAGES)
def test_comments_of_a_page(name: str, long: bool, inside: bool) -> None:
    found = document(page(PAGES[name], long=long, inside=inside), "text/html")
    assert [kinds_of(found, words) for _, _, words in COMMENTS] == [{"comment"}] * len(COMMENTS)
    assert all(kinds_of(found, words) == {"body"} for words in report(long=long))


@pytest.mark.parametrize("long", [True, False], ids=["long", "short"])
@pytest.mark.parametrize("name", OTHER_PAGES)
def test_what_only_looks_so_on_a_page(name: str, long: bool) -> None:
    found = document(page(OTHER_PAGES[name], long=long), "text/html")
    assert [kinds_of(found, words) for _, _, words in ENTRIES] == [{"body"}] * len(ENTRIES)
    assert all(kinds_of(found, words) == {"body"} for words in report(long=long))


@pytest.mark.parametrize("around", EVERYWHERE)
@pytest.mark.parametrize("name", ["a list", "marked for search engines"])
def test_a_name_that_all_of_a_page_bears_says_nothing(name: str, around: str) -> None:
    found = document(page(PAGES[name], around=around, long=True), "text/html")
    assert all(kinds_of(found, words) == {"body"} for words in report(long=True))


def test_the_words_of_a_comment_are_told_from_what_stands_around() -> None:
    lines = [
        line.lstrip("|>") for line in text(THREADS["name, time ago, reply"]).split("\n") if line
    ]
    found = find_thread(lines, [False] * len(lines))
    assert [lines[i] for i in sorted(found.words)] == wanted(THREADS["name, time ago, reply"], ">")
    assert {"Ilka", "3 hours ago", "Reply", "old_miller"} <= {lines[i] for i in found.around}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("velm_watch · 2 hours ago", "velm_watch"),
        ("Ilka wrote on 3 March 2031, 16:15:", "Ilka"),
        ("Posted by Ilka Brand, 3 March 2031, 4:15pm", "Ilka Brand"),
        ("Ilka, Sarn, Tarvia, 2 hours ago", "Ilka"),
        ("miller > Ilka 2 hours ago (edited)", "miller"),
        ("The bridge was closed on 3 March 2031", None),
        ("He had left Velm two hours ago", None),
        ("3 March 2031", None),
        ("Born 3 May 1999, in Velm", None),
    ],
)
def test_a_name_with_a_time(line: str, name: str | None) -> None:
    assert signature(line) == name


def test_times_and_names_alone() -> None:
    assert all(
        map(is_time, ("2 hours ago", "3 March 2031 at 4:15 pm", "2d", "just now", "March 3"))
    )
    assert not any(map(is_time, ("16:15", "in two hours", "3 March", "12", "Monday")[:2]))
    assert all(map(is_name, ("Ilka", "old_miller", "Bo T.", "Ilka Brand says:", "@velmwatch")))
    assert not any(map(is_name, ("Well said.", "12", "“Ilka”", "Velm is free and so are we all")))


def test_buttons_in_a_row() -> None:
    words = wording()
    assert all(map(words.is_reply, ("Reply", "Like · Reply · 2d", "Reply ↓", "12 Like Reply (3)")))
    assert all(map(words.is_button, ("Like (3)", "Upvote 12 Downvote", "2 replies", "•", "#1")))
    assert not any(map(words.is_reply, ("Like", "No reply came", "Reply came late")))
    assert not any(map(words.is_button, ("Share of the vote", "Report on Velm", "2 dead")))
