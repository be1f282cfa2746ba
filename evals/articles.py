"""Article extraction on real pages: body, title, authors and date beside other extractors.

    python -m evals.articles [--update]

Gold is what the publishers' own parsers find (flairNLP/fundus, MIT; pages third-party, not in this
repository). Body: F1 of word 4-grams as a bag, the mean over pages. Title: equal words. Date: the
same day in UTC or in the page's own zone. `--update` writes evals/results/articles.json.
newspaper4k and readability-lxml are measured where they are installed: put them into an environment
of their own and name its site-packages last in PYTHONPATH. Marks that were published on other pages
are printed below, said to be so; they are in no result and no floor.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from sayso.errors import SetAside
from sayso.records.documents import RawDocument
from sayso.settings import CleanSettings
from sayso.steps.clean.clean import clean

DATA = ("data/articles/*/*",)
PINNED = ("body_f1", "title", "authors", "date")
ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT.parent / "shared" / "data" / "articles"
RESULTS = ROOT / "evals" / "results" / "articles.json"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Page:
    """A page as it came and what its publisher's parser finds."""

    name: str
    data: bytes
    body: str
    title: str | None
    authors: tuple[str, ...]
    day: str | None


@dataclass(frozen=True)
class Extracted:
    """What an extractor finds; None where it does not look for it or finds nothing."""

    body: str
    title: str | None = None
    authors: str | None = None
    day: str | None = None


@dataclass
class Score:
    """Means over the pages; `seconds` for all of them."""

    body_f1: float = 0.0
    precision: float = 0.0
    recall: float = 0.0
    title: float = 0.0
    authors: float = 0.0
    date: float = 0.0
    seconds: float = 0.0
    pages: dict[str, float] = field(default_factory=dict)


def pages() -> Iterator[Page]:
    """The pages with gold, by outlet. Files and gold pair by time, from the latest back."""
    for gold in sorted(ARTICLES.glob("*/*.json")):
        files = sorted(gold.parent.glob(f"{gold.stem}_????_??_??.html.gz"))
        versions = [value for _, value in sorted(json.loads(gold.read_text("utf-8")).items())]
        for file, version in zip(files, versions[-len(files) :], strict=False):
            yield _page(file, version)


def _page(file: Path, gold: dict[str, Any]) -> Page:
    parts = list(gold["body"]["summary"])
    for section in gold["body"]["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    day = (gold.get("publishing_date") or "")[:10] or None
    authors = tuple(gold.get("authors") or ())
    name = file.name.removesuffix(".html.gz")
    return Page(
        name, gzip.decompress(file.read_bytes()), "\n".join(parts), gold.get("title"), authors, day
    )


def by_sayso(page: Page) -> Extracted:
    """What our cleaning finds."""
    raw = RawDocument(f"{page.name}.html", page.data, "text/html", "2026-01-01T00:00:00Z")
    try:
        document = clean(raw, CleanSettings()).document
    except SetAside:
        return Extracted("")
    body = "\n".join(
        z.span.cut(document.text) for z in document.zones if z.kind in ("body", "dateline")
    )
    return Extracted(body, document.title, document.byline, document.published.value)


def by_trafilatura(page: Page) -> Extracted:
    """trafilatura as it comes, metadata included."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(page.data, with_metadata=True, include_comments=False)
    if not isinstance(found, Document):
        return Extracted("")
    return Extracted(found.text or "", found.title, found.author, found.date)


def by_resiliparse(page: Page) -> Extracted:
    """resiliparse's main content; it looks for no metadata."""
    from resiliparse.extract.html2text import extract_plain_text

    text = page.data.decode("utf-8", "replace")
    return Extracted(extract_plain_text(text, main_content=True, alt_texts=False))


def by_newspaper(page: Page) -> Extracted:
    """newspaper4k, given the page: told not to fetch its pictures, and that it is in English."""
    from newspaper import Article

    article = Article("https://news.example/", language="en", fetch_images=False)
    article.download(input_html=page.data.decode("utf-8", "replace"))
    article.parse()
    day = article.publish_date.date().isoformat() if article.publish_date else None
    return Extracted(article.text or "", article.title, ", ".join(article.authors), day)


def by_readability(page: Page) -> Extracted:
    """readability-lxml's summary as text, and its title; it looks for nothing else."""
    from lxml.html import fromstring
    from readability import Document

    document = Document(page.data.decode("utf-8", "replace"))
    blocks = fromstring(document.summary()).iter("p", "h2", "h3", "h4", "li", "blockquote", "pre")
    body = "\n".join(str(block.text_content()) for block in blocks)
    return Extracted(body, document.short_title())


EXTRACTORS: dict[str, Callable[[Page], Extracted]] = {
    "sayso": by_sayso,
    "trafilatura": by_trafilatura,
    "resiliparse": by_resiliparse,
}
EXTRA: dict[str, tuple[str, Callable[[Page], Extracted]]] = {
    "newspaper4k": ("newspaper", by_newspaper),
    "readability": ("readability", by_readability),
}
"""Extractors that the tests' environment does without: by name, the module that must be there."""


class Published(NamedTuple):
    """A mark that others published on other pages: told, but no measure beside ours."""

    tool: str
    what: str
    mark: float
    precision: float
    recall: float
    pages: str
    source: str

    def line(self) -> str:
        """The mark, said to be what it is."""
        return (
            f"{self.tool}: {self.what} P {self.precision:.3f} R {self.recall:.3f}"
            f" F1 {self.mark:.3f}  (published, other pages: {self.pages}; {self.source})"
        )


PUBLISHED = (
    Published(
        tool="trafilatura 2.0.0",
        what="body, word 4-grams",
        mark=0.958,
        precision=0.938,
        recall=0.978,
        pages="181 articles",
        source="github.com/scrapinghub/article-extraction-benchmark",
    ),
    Published(
        tool="htmldate 1.11.0, extensive",
        what="date",
        mark=0.949,
        precision=0.908,
        recall=0.993,
        pages="1,000 pages with a date",
        source="github.com/adbar/htmldate, README",
    ),
)
"""Where the best tools stand by their own account."""


def score(extract: Callable[[Page], Extracted], cases: list[Page]) -> Score:
    """How well an extractor does on these pages."""
    result = Score()
    started = time.perf_counter()
    found = [(page, extract(page)) for page in cases]
    result.seconds = round(time.perf_counter() - started, 2)
    bodies = {page.name: body_score(page.body, got.body) for page, got in found if page.body}
    result.pages = {name: round(f1, 3) for name, (_, _, f1) in bodies.items()}
    result.precision, result.recall, result.body_f1 = (
        round(mean(values), 4) for values in zip(*bodies.values(), strict=True)
    )
    result.title = _share([words(g.title) == words(p.title) for p, g in found if p.title])
    result.authors = _share(
        [
            all(a.casefold() in (g.authors or "").casefold() for a in p.authors)
            for p, g in found
            if p.authors
        ]
    )
    result.date = _share([g.day == p.day for p, g in found if p.day])
    return result


def body_score(gold: str, found: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of word 4-grams, as bags."""
    a, b = shingles(gold), shingles(found)
    if not a or not b:
        return 0.0, 0.0, 0.0
    shared = sum((a & b).values())
    precision, recall = shared / sum(b.values()), shared / sum(a.values())
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """The word n-grams of a text with their counts."""
    tokens = words(text)
    return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))


def words(text: str | None) -> list[str]:
    """The words of a text, case aside."""
    return _WORD.findall((text or "").casefold())


def _share(right: list[bool]) -> float:
    return round(mean(right), 4) if right else 0.0


def measure() -> dict[str, float]:
    """Our figures, for the gate."""
    got = score(by_sayso, list(pages()))
    return {name: getattr(got, name) for name in (*PINNED, "precision", "recall")}


def main() -> None:
    """Print the scores; `--update` keeps them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--update", action="store_true")
    update = arguments.parse_args().update
    cases = list(pages())
    extractors = dict(EXTRACTORS)
    extractors |= {name: run for name, (module, run) in EXTRA.items() if find_spec(module)}
    scores = {name: score(extract, cases) for name, extract in extractors.items()}
    for name, one in scores.items():
        print(
            f"{name:12} body P {one.precision:.3f} R {one.recall:.3f} F1 {one.body_f1:.3f}"
            f"  title {one.title:.3f}  authors {one.authors:.3f}  date {one.date:.3f}"
            f"  {len(cases) / one.seconds:.0f} pages/s"
        )
    for published in PUBLISHED:
        print(published.line())
    if update:
        RESULTS.parent.mkdir(exist_ok=True)
        kept = {name: vars(one) for name, one in scores.items()}
        RESULTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
