"""Reading HTML: blocks, the report among them, and what the page says of itself."""

from __future__ import annotations

from collections import Counter

from sayso.errors import SetAside
from sayso.records.documents import Evidence, Zone
from sayso.records.spans import Span
from sayso.settings import CleanSettings
from sayso.steps.clean.body import by_rules, by_trafilatura
from sayso.steps.clean.draft import Draft, Trouble
from sayso.steps.clean.lines import is_prose
from sayso.steps.clean.mapped import Builder, Mapped
from sayso.steps.clean.markup import Block, Page, read_page
from sayso.steps.clean.metadata import (
    page_author,
    page_locked,
    page_outlet,
    page_published,
    page_title,
    page_words,
    shortened,
)
from sayso.steps.clean.pages import block_kinds
from sayso.steps.clean.repair import repair
from sayso.steps.clean.tails import split_body
from sayso.steps.clean.zones import byline_in

_DEEPEST = 200
"""libxml2 drops the rest of a page from the 254th level on, without a word."""
_MOST_ELEMENTS = 30_000
_LONGEST = 4_000_000
"""Pages with more elements or characters than this are not given to trafilatura: on 300,000
paragraphs it takes more than 40 s."""


def read_html(source: str, uri: str, settings: CleanSettings) -> Draft:
    """The draft of a page."""
    page = read_page(source, max_attributes=settings.max_attributes)
    shown = sum(len(block.text) for block in page.blocks)
    if shown > settings.max_characters:
        raise SetAside(
            "too_large",
            f"the text has {shown:,} characters, more than {settings.max_characters:,}",
            "raise max_characters or split the file",
        )
    troubles: list[Trouble] = []
    chosen = _report(source, page, settings, troubles)
    draft = _draft(page, by_rules(page.blocks) if chosen is None else chosen, uri)
    draft.troubles = troubles
    if chosen is None:
        draft.repairs["body_by_own_rules"] = 1
    if page.unfinished:
        draft.repairs["unfinished_markup"] = page.unfinished
    return draft


def _report(
    source: str, page: Page, settings: CleanSettings, troubles: list[Trouble]
) -> list[bool] | None:
    """Which blocks are the report's by trafilatura; None where our own rules must tell."""
    advice = "compare the text with the page"
    if page.depth > settings.max_depth or page.crowded:
        what = (
            f"the page nests {page.depth:,} levels deep"
            if page.depth > settings.max_depth
            else f"{page.crowded:,} tags have more than {settings.max_attributes:,} attributes"
        )
        troubles.append(("too_deep", f"{what}: its structure was used in part only", advice))
        return None
    if not _suits_trafilatura(source, page):
        return None
    chosen, failure = _ask_trafilatura(source, page)
    if chosen is not None and not _has_sentences(page, chosen):
        return None if any(by_rules(page.blocks)) else chosen
    if failure is not None:
        troubles.append(("failed", f"trafilatura failed ({failure}): own rules were used", advice))
    return chosen


def _has_sentences(page: Page, chosen: list[bool]) -> bool:
    """Whether what trafilatura chose is more than a menu: it drops elements that are called
    comments, also where they hold the whole page."""
    return any(
        good and is_prose(block.text) for block, good in zip(page.blocks, chosen, strict=True)
    )


def _suits_trafilatura(source: str, page: Page) -> bool:
    return page.depth <= _DEEPEST and page.elements <= _MOST_ELEMENTS and len(source) <= _LONGEST


def _ask_trafilatura(source: str, page: Page) -> tuple[list[bool] | None, str | None]:
    try:
        return by_trafilatura(source, page), None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  any failure of a foreign parser has the same remedy
        return None, type(error).__name__


def _draft(page: Page, chosen: list[bool], uri: str) -> Draft:
    title, outlet = page_title(page), page_outlet(page)
    site = outlet.quote if outlet else None
    kinds = block_kinds(page, chosen, title, site)
    content, spans, repairs = _joined(page.blocks)
    zones = [Zone(kind, span) for kind, span in zip(kinds, spans, strict=True) if span is not None]
    zones, dateline = split_body(content.text, zones)
    draft = Draft(content, tuple(zones), dateline=dateline, repairs=dict(repairs))
    heading = next((zone.span for zone in zones if zone.kind == "title"), None)
    draft.set_from_text("title", heading)
    if title is not None:
        draft.set("title", Evidence("metadata", shortened(title.quote, site)))
    draft.set("byline", page_author(page))
    draft.set_from_text("byline", byline_in(content.text, zones))
    draft.set("outlet", outlet)
    draft.published = page_published(page, uri)
    draft.locked, draft.claimed_words = page_locked(page), page_words(page)
    return draft


def _joined(blocks: list[Block]) -> tuple[Mapped, list[Span | None], Counter[str]]:
    """The blocks' texts, mended, with a blank line between them, and where each stands."""
    builder = Builder()
    spans: list[Span | None] = []
    repairs: Counter[str] = Counter()
    for block in blocks:
        mended, counts = repair(block.text)
        if counts:
            repairs.update(counts)
        bare = mended.text.strip()
        if not bare:
            spans.append(None)
            continue
        if builder.length:
            start = block.content.runs[0].source_start
            builder.replace("\n\n", start, start)
        start = builder.length
        builder.through(mended, block.content)
        head = start + len(mended.text) - len(mended.text.lstrip())
        spans.append(Span(head, head + len(bare)))
    return builder.build(), spans, repairs
