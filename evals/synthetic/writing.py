"""Reports as files: plain text, and pages with menus and metadata around them."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path

from evals.synthetic.collection import Collection, Page
from evals.synthetic.reports import Report
from evals.synthetic.truth import write_truth

TRUTH = "truth.jsonl"
REPORTS = "reports"


def write_collection(collection: Collection, folder: Path) -> None:
    """`reports/` with a file a page, and `truth.jsonl` beside it. Existing files are replaced."""
    reports = folder / REPORTS
    reports.mkdir(parents=True, exist_ok=True)
    for page in collection.pages:
        (reports / page.file).write_text(rendered(page), encoding="utf-8", newline="\n")
    write_truth(collection.truth, folder / TRUTH)


def rendered(page: Page) -> str:
    """The contents of the file."""
    return as_page(page.report, page.file) if page.file.endswith(".html") else as_text(page.report)


def as_text(report: Report) -> str:
    """Title, byline, date, body, copyright line."""
    lines = [
        report.title.text,
        f"By {report.byline}\n{_day(report.published)}",
        *_body(report),
        *report.end,
        f"© {report.published.year} {report.publisher.name}. All rights reserved.",
    ]
    return "\n\n".join(dict.fromkeys(lines)) + "\n"


def as_page(report: Report, file: str) -> str:
    """An article of a site, with its metadata, a menu, a share line and a foot."""
    site = report.publisher.site.lower().replace(" ", "-")
    address = f"https://{site}.example/{report.published:%Y/%m/%d}/{Path(file).stem}"
    meta = {
        "og:site_name": report.publisher.name,
        "og:title": report.title.text,
        "og:url": address,
        "article:published_time": f"{report.published.isoformat()}T09:00:00Z",
    }
    tags = "\n".join(f'<meta property="{k}" content="{escape(v)}">' for k, v in meta.items())
    body = "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in _body(report))
    top = "".join(f'<div class="share">{escape(text)}</div>\n' for text in report.top)
    end = "".join(f'<p class="notice">{escape(text, quote=False)}</p>\n' for text in report.end)
    title = escape(report.title.text, quote=False)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - {report.publisher.name}</title>
{tags}
</head><body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<article><h1>{title}</h1>
<p class="byline">By {report.byline}</p>
<time datetime="{report.published.isoformat()}">{_day(report.published)}</time>
{top}{body}
{end}</article>
<footer>© {report.published.year} {report.publisher.name}</footer>
</body></html>
"""


def _body(report: Report) -> list[str]:
    texts = [paragraph.text for paragraph in report.paragraphs]
    if report.dateline is not None and texts:
        texts[0] = f"{report.dateline} {texts[0]}"
    return texts


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
