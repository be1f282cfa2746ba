"""Hostile texts of any size: what is cheap to write and may be dear to read.

Each function gives about `size` characters. None is copied from anywhere.
"""

from __future__ import annotations

from collections.abc import Callable

from sayso.records.documents import MediaType

Make = Callable[[int], str]


def _repeat(piece: str) -> Make:
    return lambda size: piece * max(1, size // len(piece))


def _nested(opening: str, middle: str, closing: str) -> Make:
    def make(size: int) -> str:
        depth = max(1, size // (len(opening) + len(closing)))
        return opening * depth + middle + closing * depth

    return make


def _counted(pattern: str) -> Make:
    """`pattern` with a running number, so that every piece differs."""

    def make(size: int) -> str:
        count = max(1, size // (len(pattern) + 3))
        return "".join(pattern.replace("#", str(number)) for number in range(count))

    return make


TEXTS: dict[str, Make] = {
    "straight marks": _repeat('"'),
    "spaced straight marks": _repeat('" '),
    "opening marks only": _repeat("“"),
    "marks around letters": _repeat('"a" '),
    "opening marks and words": _repeat("“We hold the road "),
    "nested marks": _nested("“a ‘b ", "c", "’ d”"),
    "apostrophes": _repeat("'' ' "),
    "guillemets and low marks": _repeat("„«a»“ "),
    "a mark each paragraph": _repeat("“We hold the road.\n\n"),
    "quotations in a row": _repeat("“We hold it,” he said. “It is ours.” "),
    "said that": _repeat("he said that "),
    "said, said": _repeat("said "),
    "according to": _repeat("according to Ana Dorn, "),
    "pronouns": _repeat("He said he told her she said it. "),
    "one endless word": _repeat("a"),
    "one endless sentence": _repeat("the road to Velm and "),
    "open brackets": _repeat("("),
    "brackets with initials": _repeat("Karsk Front (KF) "),
    "names": _counted("Ana Dorn# of Velm# met Piet Aust#. "),
    "speakers": _counted("Ana Dorn# said Velm# was open. "),
    "numbers": _counted("between # and #,000 fighters, "),
    "dates": _repeat("on 12 December 2019, Monday, last week "),
    "digits": _repeat("1234567890,"),
    "commas": _repeat(","),
    "full stops": _repeat(". "),
    "dashes": _repeat("— -- - "),
    "empty lines": _repeat("\n"),
    "short lines": _counted("a#\n"),
    "spaces": lambda size: "a" + " " * size + "b",
    "addresses": _repeat("https://velm.example/a?b=c "),
    "ampersands": _repeat("&amp;amp;"),
    "broken encoding": _repeat("â€œVelmâ€\x9d "),
    "invisible marks": _repeat("a\u200b\u202e\u2066"),
    "combining marks": lambda size: "a" + "\u0301" * size,
    "byline lines": _repeat("By Ana Dorn\n"),
    "datelines": _repeat("VELM, September 15. /TASS/. "),
    "also known as": _repeat("Karsk, also known as Kars, "),
}

_REPORT = "".join(
    f"<p>On day {day} of the siege “the road to Velm is open,” Ana Dorn of the town council said,"
    f" and {day * 7} carts of grain came down from the mills before the evening bell.</p>\n"
    for day in range(1, 13)
)


def _page(make: Make) -> Make:
    """`make`'s markup in the midst of a report that any reader would find."""
    head = f"<html><head><title>Velm is open</title></head><body><article>{_REPORT}"
    tail = f"{_REPORT.replace('Ana Dorn', 'Piet Aust')}</article></body></html>"
    return lambda size: head + make(size) + tail


PAGES: dict[str, Make] = {
    "nested tags": _nested("<div>", "<p>Velm is open.</p>", "</div>"),
    "unclosed tags": _repeat("<p><b><i>"),
    "less-than signs": _repeat("<"),
    "attributes": lambda size: f"<p {_counted('a#=b ')(size)}>Velm is open.</p>",
    "comments": _repeat("<!-- a -- b -->"),
    "entities": _repeat("&lt;&#8220;"),
    "paragraphs": _repeat("<p>“Velm is open,” Ana Dorn said.</p>\n"),
    "links": _counted("<a href='/velm/#'>Velm #</a> "),
    "table cells": _repeat("<tr><td>Velm<td>40"),
}


def inputs() -> dict[str, tuple[MediaType, Make]]:
    """All of them, by name."""
    texts: dict[str, tuple[MediaType, Make]] = {k: ("text/plain", v) for k, v in TEXTS.items()}
    pages: dict[str, tuple[MediaType, Make]] = {
        f"html: {k}": ("text/html", _page(v)) for k, v in PAGES.items()
    }
    return texts | pages
