"""Reading plain text and Markdown."""

from __future__ import annotations

from sayso.errors import SetAside
from sayso.records.documents import Evidence, Published
from sayso.settings import CleanSettings
from sayso.steps.clean.draft import Draft
from sayso.steps.clean.lines import Paragraph, blocks, paragraphs
from sayso.steps.clean.mapped import Mapped
from sayso.steps.clean.markdown import Markdown, read_markdown
from sayso.steps.clean.repair import repair
from sayso.steps.clean.stated_dates import path_date, stated_date
from sayso.steps.clean.zones import zone_text


def read_plain(source: str, uri: str, settings: CleanSettings) -> Draft:
    """The draft of a plain text."""
    _refuse_long(source, settings)
    content, repairs = repair(source)
    draft = _zoned(content, paragraphs(content.text))
    draft.repairs.update(repairs)
    draft.address = path_date(uri)
    return draft


def read_flowing(content: Mapped, uri: str) -> Draft:
    """The draft of a text that was taken out of another format and leads back to it; a blank line
    ends a paragraph."""
    mended, repairs = repair(content.text)
    whole = mended.over(content)
    draft = _zoned(whole, blocks(whole.text))
    draft.repairs.update(repairs)
    draft.address = path_date(uri)
    return draft


def read_markdown_text(source: str, uri: str, settings: CleanSettings) -> Draft:
    """The draft of a Markdown text; its front matter is metadata."""
    _refuse_long(source, settings)
    mended, repairs = repair(source)
    page = read_markdown(mended.text)
    found = [Paragraph(start, end) for start, end in page.paragraphs]
    draft = _zoned(page.content.over(mended), found, page.title)
    draft.repairs.update(repairs)
    draft.address = path_date(uri)
    _from_fields(draft, page)
    return draft


def _refuse_long(source: str, settings: CleanSettings) -> None:
    # Mending and unmarking never make a text much shorter; a longer source need not be read.
    if len(source) > 2 * settings.max_characters:
        raise SetAside(
            "too_large",
            f"the text has {len(source):,} characters, more than {settings.max_characters:,}",
            "raise max_characters or split the file",
        )


def _zoned(content: Mapped, found: list[Paragraph], title: int | None = None) -> Draft:
    zoned = zone_text(content.text, found, title=title)
    draft = Draft(content, zoned.zones, dateline=zoned.dateline)
    draft.set_from_text("title", zoned.title)
    draft.set_from_text("byline", zoned.byline)
    return draft


def _from_fields(draft: Draft, page: Markdown) -> None:
    fields = page.fields
    for name, keys in (
        ("title", ("title",)),
        ("byline", ("author", "authors", "by")),
        ("outlet", ("outlet", "publisher", "site", "source")),
    ):
        for key in keys:
            if fields.get(key):
                draft.set(name, Evidence("metadata", fields[key]))
    for key in ("published", "date", "publish_date", "pubdate"):
        dated = stated_date(fields.get(key, ""))
        if dated is not None:
            draft.published = Published(dated[0], "metadata", fields[key])
            return
