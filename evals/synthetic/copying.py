"""What becomes of a report that others take over: nearly nothing, or rather much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from evals.synthetic.phrasing import Phrasebook, fill
from evals.synthetic.reports import Paragraph, Report
from evals.synthetic.world import Outlet

Edit = Callable[[Random, Phrasebook, Report, dict[str, str]], Report]


def copy(
    rng: Random, book: Phrasebook, source: Report, publisher: Outlet, slots: dict[str, str]
) -> tuple[Report, tuple[str, ...]]:
    """The report as `publisher` reprints it, and the names of the edits."""
    edited = replace(
        source, publisher=publisher, published=source.published + timedelta(rng.randint(0, 2))
    )
    slots = {
        **slots,
        "title": source.title.text,
        "origin": source.publisher.name,
        "publisher": publisher.name,
        "year": str(source.published.year),
    }
    names = rng.sample(sorted(EDITS), rng.randint(1, 3))
    for name in names:
        edited = EDITS[name](rng, book, edited, slots)
    return edited, tuple(names)


def merged(report: Report, other: Report) -> Report:
    """One page that holds both."""
    heading = Paragraph(other.title.text, other.title.told)
    return replace(report, paragraphs=(*report.paragraphs, heading, *other.paragraphs))


def _trim(rng: Random, book: Phrasebook, report: Report, slots: dict[str, str]) -> Report:
    keep = max(3, round(len(report.paragraphs) * rng.uniform(0.6, 0.85)))
    return replace(report, paragraphs=report.paragraphs[:keep])


def _new_lead(rng: Random, book: Phrasebook, report: Report, slots: dict[str, str]) -> Report:
    lead = Paragraph(fill(book.pick(rng, "boilerplate", "new_lead"), slots))
    title = Paragraph(fill(book.pick(rng, "titles", "other"), slots))
    return replace(report, title=title, paragraphs=(lead, *report.paragraphs))


def _byline(rng: Random, book: Phrasebook, report: Report, slots: dict[str, str]) -> Report:
    return replace(report, byline=rng.choice(report.publisher.reporters))


def _boilerplate(rng: Random, book: Phrasebook, report: Report, slots: dict[str, str]) -> Report:
    top = fill(book.pick(rng, "boilerplate", "top"), slots)
    end = fill(book.pick(rng, "boilerplate", "end"), slots)
    return replace(report, top=(*report.top, top), end=(*report.end, end))


def _quote_marks(rng: Random, book: Phrasebook, report: Report, slots: dict[str, str]) -> Report:
    """Curly marks made straight, everywhere and in what the truth says of it."""
    return replace(
        report,
        title=_straight(report.title),
        paragraphs=tuple(_straight(paragraph) for paragraph in report.paragraphs),
    )


def _straight(paragraph: Paragraph) -> Paragraph:
    def plain(text: str) -> str:
        return text.replace("“", '"').replace("”", '"')

    return replace(
        paragraph,
        text=plain(paragraph.text),
        told=tuple(replace(told, quote=plain(told.quote)) for told in paragraph.told),
    )


EDITS: dict[str, Edit] = {
    "trimmed": _trim,
    "new_lead": _new_lead,
    "byline": _byline,
    "boilerplate": _boilerplate,
    "quote_marks": _quote_marks,
}
