"""Asking trafilatura which text of a page is its report: what it is shown, and how thoroughly.

It is asked in its fast way first, and shown the page without scripts, styles, menus and figures:
most of a page, and what it would throw away before it looks for the report. The thorough way adds
two other extractors, whose text is taken where trafilatura's own is short, not in paragraphs, or
less than half of theirs; where none of that can be, the answer would be the same. Measured in
docs/decisions/0128-archives-at-speed.md.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from sayso.steps.clean.context import NOT_THE_REPORT, Is
from sayso.steps.clean.markup import Block, Page

if TYPE_CHECKING:
    from trafilatura.settings import Document

_SURE = 1000
"""Characters from which the fast answer may do: below, the thorough way may find more."""
_IN_PARAGRAPHS = 0.5
"""The share of the fast answer that must stand in paragraphs."""
_PARAGRAPHS = 3
"""So many of them: what trafilatura takes from a page's JSON-LD in its need has one."""
_REST = 1.8
"""How many times the fast answer's length the page's running text may have. The other extractors
win from twice as much on, and find no more than there is."""
_LEAST_SHARE = 0.25
"""Answers that are short and less of the page than this are looked at once more (trafilatura does
so below a fifth)."""
_SHORT = 3000
_OWN = 0.8
"""Where text that no mark of its elements speaks against has this share of the fast answer's
length, the marked text is left out of the account."""
_LEAST_BLOCK = 25
"""Characters from which readability takes a paragraph for text."""
_LINKED = 0.5


def ask(source: str, page: Page) -> str | None:
    """The text that trafilatura takes for the report; None where it finds none."""
    _quieten()
    if not _in_paragraphs(page.blocks):
        return _text(_extracted(without(source, page.scripts), fast=False))
    quick = _extracted(_bare(source, page), fast=True)
    if quick is not None and _suffices(quick, page.blocks):
        return _text(quick)
    return _text(_extracted(without(source, page.scripts), fast=False))


def _bare(source: str, page: Page) -> str:
    """The page without its margins; whole where it says that it is a forum, whose posts trafilatura
    knows by that word in the head."""
    if any("DiscussionForumPosting" in block for block in page.linked_data):
        return without(source, page.scripts)
    return without(source, [*page.scripts, *page.margins])


def without(source: str, ranges: Sequence[tuple[int, int]]) -> str:
    """`source` without these ranges, which may lie in one another."""
    parts: list[str] = []
    position = 0
    for start, end in sorted(ranges):
        if end > position:
            parts.append(source[position : max(start, position)])
            position = end
    parts.append(source[position:])
    return "".join(parts)


def _extracted(page: str, *, fast: bool) -> Document | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(
        page,
        fast=fast,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        deduplicate=False,
    )
    return found if isinstance(found, Document) else None


def _text(found: Document | None) -> str | None:
    from trafilatura.utils import normalize_unicode

    return normalize_unicode(found.text or "") if found is not None else None


def _in_paragraphs(blocks: Sequence[Block]) -> bool:
    """Whether there are paragraphs enough for the fast way to find a report in."""
    return sum(len(block.text) for block in blocks if block.marks & Is.PARAGRAPH) >= _SURE


def _suffices(found: Document, blocks: Sequence[Block]) -> bool:
    """Whether the thorough way would give the same."""
    from trafilatura.external import SANITIZED_XPATH

    length = len(found.text or "")
    body = found.body
    if length < _SURE or body is None:
        return False
    inside = [sum(map(len, p.itertext())) for p in body.iter("p")]
    if len(inside) < _PARAGRAPHS or sum(inside) < _IN_PARAGRAPHS * length:
        return False
    if body.xpath(SANITIZED_XPATH):
        return False
    shown = running = unmarked = 0
    for block in blocks:
        size = len(block.text)
        shown += size
        if size >= _LEAST_BLOCK and block.linked <= _LINKED * size:
            running += size
            unmarked += 0 if block.marks & NOT_THE_REPORT else size
    if length < _SHORT and length < _LEAST_SHARE * shown:
        return False
    if unmarked >= _OWN * length:  # then what is marked is no report to readability either
        running = unmarked
    return running <= _REST * length


@cache
def _quieten() -> None:
    # Without a handler of its own Python prints a library's warnings; ours are records.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
