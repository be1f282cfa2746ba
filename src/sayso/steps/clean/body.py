"""Which blocks of a page are its report: trafilatura's choice, matched back to our blocks.

Where trafilatura may not be asked (a page that nests too deep for libxml2, which then loses text in
silence, or is too large for it) or gives nothing, our own rules decide: see `by_rules`.
Chosen by measuring: docs/decisions/0010-article-text.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.steps.clean.asking import ask
from sayso.steps.clean.context import NOT_THE_REPORT, Is
from sayso.steps.clean.lines import ends_sentence
from sayso.steps.clean.markup import Block, Page

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_ENOUGH = 0.7
"""The share of a block's shingles that trafilatura's text must hold."""
_COPIED = 0.9
"""The share of shingles that stood before, above which a block is a copy."""
_LONG = 80
"""Code points from which a paragraph counts as text on its own."""
_LINKED = 0.5
"""The share of linked characters above which a block is a link, not text."""


def by_trafilatura(source: str, page: Page) -> list[bool] | None:
    """For each block whether trafilatura takes it as the report; None where it finds none."""
    taken = ask(source, page)
    if not taken:
        return None
    blocks = page.blocks
    chosen = _once(_matched(taken, blocks), blocks)
    return with_gaps(blocks, chosen) if any(chosen) else None


def _matched(taken: str, blocks: Sequence[Block]) -> list[bool]:
    shingles: set[int] = set()
    lines: set[str] = set()
    for line in taken.split("\n"):
        words = _words(line)
        lines.add(" ".join(words))
        shingles.update(_shingles(words))
    chosen = [False] * len(blocks)
    strong: list[int] = []
    for index, block in enumerate(blocks):
        words = _words(block.text)
        own = _shingles(words)
        if len(own) >= 3:
            chosen[index] = sum(s in shingles for s in own) >= _ENOUGH * len(own)
            if chosen[index] and len(block.text) >= _LONG:
                strong.append(index)
        else:
            chosen[index] = bool(words) and " ".join(words) in lines
    if strong:  # a menu entry that repeats a heading's words lies outside the report
        first, last = strong[0], strong[-1]
        for index, block in enumerate(blocks):
            if chosen[index] and not first <= index <= last and len(block.text) < _LONG:
                near = first - 3 <= index <= last + 3
                chosen[index] = near and block.linked <= _LINKED * len(block.text)
    return chosen


def _once(chosen: list[bool], blocks: Sequence[Block]) -> list[bool]:
    """`chosen` without second copies of text: pages hold hidden ones for other screens.

    Of two copies the one that no mark of its elements speaks against stays, else the first.
    """
    seen: set[int] = set()
    long = [i for i, good in enumerate(chosen) if good and len(blocks[i].text) >= _LONG]
    for index in sorted(long, key=lambda i: bool(blocks[i].marks & NOT_THE_REPORT)):
        own = _shingles(_words(blocks[index].text))
        if own and sum(shingle in seen for shingle in own) >= _COPIED * len(own):
            chosen[index] = False
        seen.update(own)
    return chosen


def by_rules(blocks: Sequence[Block]) -> list[bool]:
    """For each block whether our own rules take it as the report.

    The container that holds most running text wins; short lines between its paragraphs go with it.
    A page whose text stands in no container of its own is taken as a whole, menus aside.
    """
    running = [_is_running(block) for block in blocks]
    if not any(running):
        running = [_is_text(block) for block in blocks]
    if not any(running):  # a page of one unfinished sentence is no page of menus
        running = [_is_words(block) for block in blocks]
    weights: dict[int, int] = {}
    for block, good in zip(blocks, running, strict=True):
        if good:
            weights[block.parent] = weights.get(block.parent, 0) + len(block.text)
    total = sum(weights.values())
    kept = {parent for parent, weight in weights.items() if weight >= 0.1 * total}
    chosen = [good and block.parent in kept for block, good in zip(blocks, running, strict=True)]
    return with_gaps(blocks, _once(chosen, blocks))


def with_gaps(blocks: Sequence[Block], chosen: list[bool]) -> list[bool]:
    """`chosen` and the headings and short paragraphs between chosen blocks of one container."""
    result = list(chosen)
    parents = {block.parent for block, good in zip(blocks, chosen, strict=True) if good}
    inside = [index for index, good in enumerate(chosen) if good]
    if not inside:
        return result
    for index in range(inside[0], inside[-1]):
        block = blocks[index]
        if result[index] or block.parent not in parents:
            continue
        text = block.marks & (Is.PARAGRAPH | Is.HEADING) and not block.marks & _OTHER
        if text and block.linked <= _LINKED * len(block.text):
            result[index] = True
    return result


_OTHER = NOT_THE_REPORT | Is.CAPTION | Is.BYLINE | Is.DATE


def _is_text(block: Block) -> bool:
    return (
        len(block.text) >= 40
        and block.linked <= _LINKED * len(block.text)
        and ends_sentence(block.text)
    )


def _is_words(block: Block) -> bool:
    few = block.linked <= _LINKED * len(block.text) and not block.marks & NOT_THE_REPORT
    return few and block.text.count(" ") >= 7


def _is_running(block: Block) -> bool:
    if block.marks & (NOT_THE_REPORT | Is.CAPTION):
        return False
    return len(block.text) >= _LONG and _is_text(block)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _shingles(words: list[str]) -> list[int]:
    return [hash(tuple(words[i : i + _SHINGLE])) for i in range(len(words) - _SHINGLE + 1)]
