"""The zones of an HTML page: what each block is, once the report's own blocks are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sayso.records.documents import Evidence, ZoneKind
from sayso.steps.clean.context import Is
from sayso.steps.clean.lines import ends_sentence, is_prose
from sayso.steps.clean.markup import Block, Page
from sayso.steps.clean.metadata import same_words, shortened
from sayso.steps.clean.page_comments import comments_of
from sayso.steps.clean.wording import wording

_LINKED = 0.5
_ALL_LINKED = 0.9
"""Shares of linked characters: a link with words around it, and a link alone."""
_LONGEST_CAPTION = 300
"""Code points up to which a block under a picture is its caption."""
_FEW_CAPTIONS = 1 / 3
"""Beyond this share of a report's blocks, they are its text."""


def _is_headline(text: str) -> bool:
    return text.count(" ") >= 4 and not ends_sentence(text)


def block_kinds(
    page: Page, chosen: Sequence[bool], title: Evidence | None, site: str | None
) -> list[ZoneKind]:
    """What each block is. `title`: the headline of the metadata, to know its heading by."""
    blocks = page.blocks
    often = _refrains(blocks, chosen)
    pictured = _under_pictures(blocks, chosen)
    heading = _title_block(blocks, chosen, title, site)
    repeats = blocks[heading].text if heading is not None else None
    void = Is.NOTHING if _has_own_sentences(blocks, chosen) else Is.COMMENT
    first = next((i for i, good in enumerate(chosen) if good), len(blocks))
    last = max((i for i, good in enumerate(chosen) if good), default=-1)
    kinds: list[ZoneKind] = []
    for index, block in enumerate(blocks):
        if index == heading or (repeats and block.text == repeats and not block.linked):
            kinds.append("title")
        elif chosen[index]:
            if index in pictured or block.text in page.pictures:
                kinds.append("caption")
            else:
                kinds.append("notice" if block.text in often else _in_report(block))
        else:
            near = first - 15 <= index <= last + 5
            kinds.append(_around(block, block.marks & ~void, near=near))
    for index, kind in comments_of(blocks, chosen).items():
        if kinds[index] != "title":
            kinds[index] = kind
    return kinds


def _refrains(blocks: Sequence[Block], chosen: Sequence[bool]) -> set[str]:
    """Short lines that stand three times or more in the report: labels of the page's machinery."""
    counts = Counter(
        block.text
        for block, good in zip(blocks, chosen, strict=True)
        if good and len(block.text) <= 40 and not is_prose(block.text)
    )
    return {text for text, count in counts.items() if count >= 3}


def _under_pictures(blocks: Sequence[Block], chosen: Sequence[bool]) -> set[int]:
    """Chosen blocks that stand with a picture in an element of its own: captions without a credit.

    An element that holds more text than one short block is a column with a picture in it; and a
    report all of whose paragraphs stand so has its text in such elements.
    """
    held = Counter(block.parent for block in blocks)
    good = [index for index, chose in enumerate(chosen) if chose]
    found = {
        index
        for index in good
        if blocks[index].marks & Is.PICTURED
        and not blocks[index].marks & Is.HEADING
        and held[blocks[index].parent] == 1
        and len(blocks[index].text) <= _LONGEST_CAPTION
        and blocks[index].linked <= _LINKED * len(blocks[index].text)
    }
    return found if len(found) <= _FEW_CAPTIONS * len(good) else set()


def _title_block(
    blocks: Sequence[Block], chosen: Sequence[bool], title: Evidence | None, site: str | None
) -> int | None:
    """The heading that says what the metadata say, or the only first-rank heading."""
    ranks = [i for i, block in enumerate(blocks) if block.marks & Is.HEADING]
    if title is not None:
        wanted = shortened(title.quote, site)
        for index in ranks:
            if same_words(blocks[index].text, wanted) or same_words(
                blocks[index].text, title.quote
            ):
                return index
    firsts = [i for i in ranks if blocks[i].marks & Is.TITLE and len(blocks[i].text) > 15]
    if not firsts and title is None and ranks:  # a piece of a page, with a heading of its own
        return ranks[0] if not any(chosen[: ranks[0]]) else None
    return firsts[0] if len(firsts) == 1 else None


def _in_report(block: Block) -> ZoneKind:
    words = wording()
    if block.marks & Is.CAPTION or words.is_caption(block.text):
        return "caption"
    if words.is_related_heading(block.text) or words.is_related_inline(block.text):
        return "related"
    if words.is_notice(block.text):
        return "notice"
    if block.linked >= _ALL_LINKED * len(block.text) and _is_headline(block.text):
        return "related"
    if len(block.text) < 120 and words.byline_name(block.text) is not None:
        return "byline" if block.marks & Is.BYLINE else "body"
    return "body"


def _has_own_sentences(blocks: Sequence[Block], chosen: Sequence[bool]) -> bool:
    """Whether some of the report stands in no element that is called comments: else the whole page
    is called so."""
    good = (block for block, chose in zip(blocks, chosen, strict=True) if chose)
    return any(not block.marks & Is.COMMENT and is_prose(block.text) for block in good)


def _around(block: Block, marks: int, *, near: bool) -> ZoneKind:
    words = wording()
    if marks & Is.CAPTION and not marks & (Is.NAVIGATION | Is.RELATED):
        return "caption"
    if marks & Is.COMMENT and not marks & Is.FORM:
        return "comment" if is_prose(block.text) else "notice"
    if near and not marks & (Is.NAVIGATION | Is.ASIDE | Is.RELATED):
        if words.byline_name(block.text) is not None:
            return "byline"
        if marks & Is.BYLINE and len(block.text) <= 80 and not marks & Is.DATE:
            return "byline"
        if words.is_caption(block.text):
            return "caption"
    is_link = block.linked > _LINKED * len(block.text)
    if is_link and _is_headline(block.text) and not words.is_notice(block.text):
        return "related"
    if marks & Is.RELATED or words.is_related_heading(block.text):
        return "related"
    return "notice"
