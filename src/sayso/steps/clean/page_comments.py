"""Readers' comments among the blocks of a page that were taken for its report.

Elements say it (a class, schema.org's `Comment`, the role), or what repeats in the text does
(`threads`). Either counts only below a report and to its end: a box that is called a comment in the
middle of a report is an expert's, and an element around all of it bears the name of a section.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.records.documents import ZoneKind
from sayso.steps.clean.context import Is
from sayso.steps.clean.heads import is_time
from sayso.steps.clean.lines import is_prose
from sayso.steps.clean.markup import Block
from sayso.steps.clean.threads import REPORT, find_thread
from sayso.steps.clean.wording import wording

_LINKED = 0.9
_ELSEWHERE = Is.NAVIGATION | Is.RELATED


def comments_of(blocks: Sequence[Block], chosen: Sequence[bool]) -> dict[int, ZoneKind]:
    """The blocks that are comments, and the names, times and buttons around them."""
    found = _told(blocks, chosen)
    found.update(_marked(blocks, chosen))
    return found


def _marked(blocks: Sequence[Block], chosen: Sequence[bool]) -> dict[int, ZoneKind]:
    """Chosen blocks in elements of comments, if the report stands above and nothing of it below."""
    marked = [i for i, good in enumerate(chosen) if good and blocks[i].marks & Is.COMMENT]
    if not marked:
        return {}
    own = [
        index
        for index, good in enumerate(chosen)
        if good and not blocks[index].marks & Is.COMMENT and is_prose(blocks[index].text)
    ]
    if len(own) < REPORT or own[-1] > marked[0]:
        return {}
    return {index: _kind(blocks[index].text) for index in marked}


def _told(blocks: Sequence[Block], chosen: Sequence[bool]) -> dict[int, ZoneKind]:
    """Comments that their form tells. A block may hold the lines of a whole one."""
    first = next((index for index, good in enumerate(chosen) if good), len(blocks))
    lines: list[str] = []
    origin: list[int] = []
    ends: list[bool] = []
    for index in range(first, len(blocks)):
        block = blocks[index]
        for line in block.text.split("\n"):
            if bare := line.strip():
                lines.append(bare)
                origin.append(index)
                ends.append(not chosen[index] and _is_elsewhere(block))
    thread = find_thread(lines, ends, [chosen[index] for index in origin])
    found: dict[int, ZoneKind] = {}
    for number in thread.around:
        found[origin[number]] = "notice"
    for number in thread.words:
        found[origin[number]] = "comment"
    return found


def _is_elsewhere(block: Block) -> bool:
    """Whether the block is of the page and not of what its report's readers wrote."""
    if block.marks & _ELSEWHERE or wording().is_related_heading(block.text):
        return True
    return block.linked >= _LINKED * len(block.text) and block.text.count(" ") >= 4


def _kind(text: str) -> ZoneKind:
    words = wording()
    form = words.is_widget(text) or words.is_comment_start(text) or words.is_notice(text)
    around = form or words.is_reply(text) or words.is_button(text) or is_time(text)
    return "notice" if around else "comment"
