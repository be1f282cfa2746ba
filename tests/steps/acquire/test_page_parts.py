"""Live blogs fall into entries, reports on several pages come together; nothing else is touched."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records.documents import Document, RawDocument
from sayso.settings import CleanSettings
from sayso.steps.acquire.live_blogs import entries_of
from sayso.steps.acquire.page_series import join_pages, joined
from sayso.steps.clean.clean import clean

NOW = "2031-05-04T12:00:00Z"
HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="windows-1252">'
    '<meta property="og:site_name" content="Tarvia Monitor">'
    "<title>Velm live: the front leaves the town</title>{}</head>"
)


def raw(text: str, uri: str = "https://m.example/velm-live") -> RawDocument:
    return RawDocument(uri, text.encode("cp1252"), "text/html", NOW)


def entry(number: int, tag: str) -> str:
    return (
        f"{tag}<h2>Event {number} at the bridge</h2><time datetime='2031-05-0{number}T10:00:00Z'>"
        f"10:00</time><p>The governor of Velm said that “{number} boats” had crossed the river in "
        "the night and that nobody on them was hurt.</p>"
    )


def blog(tags: Iterable[str], close: str, head: str = "") -> str:
    inside = "".join(entry(n, tag) + close for n, tag in enumerate(tags, 1))
    return (
        HEAD.format(head) + "<body><main class='liveblog'><h1>Velm live</h1><p>A summary of the day"
        f" that stands above all entries.</p><div class='list'>{inside}</div></main></body></html>"
    )


LINKED = json.dumps(
    {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "LiveBlogPosting",
                "liveBlogUpdate": [
                    {"@type": "BlogPosting", "url": f"https://m.example/velm-live#post-{n}"}
                    for n in (1, 2, 3)
                ],
            }
        ],
    }
)
BLOGS = {
    "addresses in JSON-LD": blog(
        [f"<div id='post-{n}'>" for n in (1, 2, 3)],
        "</div>",
        f'<script type="application/ld+json">{LINKED}</script>',
    ),
    "microdata": blog(["<article itemprop='liveBlogUpdate' itemscope>"] * 3, "</article>"),
    "class names": blog([f"<li class='c live-blog-post' id=p{n}>" for n in (1, 2, 3)], "</li>"),
    "class names inside one another": blog(
        ["<div class='liveblog-entry'><div class='liveblog-item'>"] * 3, "</div></div>"
    ),
}


@pytest.mark.parametrize("name", BLOGS)
def test_each_entry_of_a_live_blog_is_a_document(name: str) -> None:
    page = raw(BLOGS[name])
    found = entries_of(page)
    assert len(found) == 3
    assert len({one.uri for one in found}) == 3
    for number, one in enumerate(found, 1):
        assert one.data == b"".join(page.data[r.start : r.end] for r in one.made_from)
        assert {r.sha256 for r in one.made_from} == {sha256(page.data).hexdigest()}
        document = clean(one, CleanSettings()).document
        assert f"“{number} boats”" in document.text
        assert document.title == f"Event {number} at the bridge"
        assert document.published.value == f"2031-05-0{number}"
        assert document.outlet == "Tarvia Monitor"
        assert "summary" not in document.text


@pytest.mark.parametrize(
    "text",
    [
        HEAD.format("") + "<p>The liveblog of the Monitor was closed in the evening.</p>",
        blog(["<div class='post'>"] * 3, "</div>"),
        blog(["<li class='live-blog-post'>"], "</li>"),
        blog(["<div class='deliver-item live'>"] * 3, "</div>"),
        blog(["<li class='timeline-item'>"] * 3, "</li>").replace(
            "<main", "<article>" + "<p>The governor of Velm spoke for an hour.</p>" * 60 + "<main"
        ),
    ],
)
def test_other_pages_are_no_live_blogs(text: str) -> None:
    assert entries_of(raw(text)) == []


WHO = ("the governor", "an elder", "the doctor", "a commander")
WHERE = ("", "Velm", "the old mill", "Osk by the river")
DID = ("left the town", "burned three houses", "opened the bridge", "taken all the boats")


def part(number: int, last: int, *, uri: str = "https://m.example/velm?page={}") -> RawDocument:
    href = uri if "://" in uri else uri.rsplit("/", 1)[-1]
    links = ""
    if number < last:
        links += f'<link rel="next" href="{href.format(number + 1)}">'
    if number > 1:
        links += f"<a rel='prev' href='{href.format(number - 1)}'>back</a>"
    paragraphs = "".join(
        f"<p>Paragraph {number}.{n}: {WHO[n]} of {WHERE[number % 4]} said on Monday that they had"
        f" {DID[(n + number) % 4]} in the night and that all was quiet at {WHERE[number % 4]}.</p>"
        for n in range(4)
    )
    text = (
        HEAD.format(links) + f"<body><nav>Home</nav><article><h1>The front leaves Velm</h1>"
        f"{paragraphs}</article><footer>Page {number} of {last}</footer></body></html>"
    )
    return raw(text, uri.format(number))


def bodies(of: Document) -> list[str]:
    return [z.span.cut(of.text) for z in of.zones if z.kind == "body"]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_the_pages_of_a_report_come_together(order: tuple[int, ...]) -> None:
    pages = {n: part(n, 3) for n in (1, 2, 3)}
    other = raw("<p>Another report.</p>", "https://m.example/other")
    told: list[int] = []
    found = list(
        joined(
            [pages[order[0]], other, pages[order[1]], pages[order[2]]],
            lambda _, of: told.append(len(of)),
        )
    )
    assert found[0] is other
    (report,) = found[1:]
    assert isinstance(report, RawDocument)
    assert told == [3]
    assert report.uri == "https://m.example/velm?page=1"
    by_hash = {sha256(page.data).hexdigest(): page.data for page in pages.values()}
    assert report.data == b"".join(by_hash[r.sha256][r.start : r.end] for r in report.made_from)
    lines = bodies(clean(report, CleanSettings()).document)
    assert [line[:14] for line in lines] == [
        f"Paragraph {page}.{n}:" for page in (1, 2, 3) for n in range(4)
    ]


@pytest.mark.parametrize(
    "uri", ["https://m.example/velm/{}/", "in/velm-{}.html", "https://m.example/a/velm/page/{}"]
)
def test_page_numbers_stand_in_many_places(uri: str) -> None:
    assert len(list(joined([part(1, 2, uri=uri), part(2, 2, uri=uri)]))) == 1


def test_what_is_missing_or_another_report_is_left_alone() -> None:
    first, second, third, fourth = (part(n, 4) for n in (1, 2, 3, 4))
    assert list(joined([second, third])) == [second, third]
    found = list(joined([first, second, fourth]))
    assert found == [join_pages([first, second]), fourth]
    neighbour = raw(
        HEAD.format('<link rel="next" href="https://m.example/the-mill-burns">') + "<p>Velm",
        "https://m.example/the-front-leaves",
    )
    after = raw("<p>The mill burns.</p>", "https://m.example/the-mill-burns")
    assert list(joined([neighbour, after])) == [neighbour, after]


def test_waiting_pages_go_on_in_the_end() -> None:
    alone = part(1, 2)
    others = [raw(f"<p>{n}", f"https://m.example/o{n}") for n in range(600)]
    found = list(joined([alone, *others]))
    assert len(found) == 601
    assert 490 < found.index(alone) < 510
    crowd = [part(1, 2, uri=f"https://m.example/{n}?page={{}}") for n in range(100)]
    assert sorted(r.uri for r in joined(crowd)) == sorted(r.uri for r in crowd)


def test_hostile_pages_take_little_time() -> None:
    begun = time.monotonic()
    for text in (
        "liveblog" + "<div class=live-blog-post>" * 100_000,
        "liveblog" + "<div class='live-blog-post'></div>" * 50_000,
        "rel=next" + "<a rel=next href=" * 100_000,
        "rel=next" + "<link rel=next href=x>" * 50_000,
        "LiveBlogPosting<script type='ld+json'>" + "[" * 100_000 + "</script>",
    ):
        page = raw(text, "https://m.example/a?page=1")
        entries_of(page)
        list(joined([page, page]))
    assert time.monotonic() - begun < 15


@given(st.text(alphabet="<>/ =\"'arliveblogpostndx1", max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_page_passes_through(text: str) -> None:
    page = raw("live-blog rel=next" + text, "https://m.example/a?page=1")
    assert all(one.made_from for one in entries_of(page))
    assert list(joined([page, 7, page])).count(7) == 1
