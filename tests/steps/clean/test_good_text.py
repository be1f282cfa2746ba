"""What stands in a report's column and is none of it, on invented pages; stubs; other languages."""

from __future__ import annotations

import pytest
from tests.steps.clean.making import check

from sayso.records.documents import Document, RawDocument
from sayso.settings import CleanSettings
from sayso.steps.clean.clean import Cleaned, clean

PARAGRAPHS = (
    "The governor of Velm said on Monday that fighters of the Karsk Front had left in the night.",
    "“They took nothing with them,” he told reporters in front of the old mill. “We saw it.”",
    "A commander of the front denied that his men had been defeated and said they would be back.",
    "Three houses near the river were damaged, according to the town's fire service, he added.",
    "The ministry of the interior of Tarvia has not commented on what was said about its police.",
)
LINK = '<a href="/x">Mayor of Velm resigns after the winter storm</a>'


def page(inside: str = "", *, head: str = "", after: str = "", before: str = "") -> bytes:
    above = "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:3])
    below = "".join(f"<p>{p}</p>" for p in PARAGRAPHS[3:])
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        f"<title>Karsk Front leaves Velm - Tarvia Monitor</title>{head}</head><body>{before}"
        "<header><nav><a href=/>Home</a></nav></header><main><article>"
        f"<h1>Karsk Front leaves Velm</h1>{above}{inside}{below}</article></main>{after}"
        "<footer>© Tarvia Monitor</footer></body></html>"
    ).encode()


def read(data: bytes) -> Cleaned:
    found = clean(RawDocument("x.html", data, "text/html", "2031-05-04T12:00:00Z"), CleanSettings())
    check(found.document, data)
    return found


def body(of: Document) -> list[str]:
    return [zone.span.cut(of.text) for zone in of.zones if zone.kind == "body"]


ALIEN = {
    "read also": f"<p>Read also: {LINK}</p>",
    "read more in bold": f"<p><strong>READ MORE:</strong> {LINK}</p>",
    "a box of links": f"<div><h4>You may also like</h4><ul><li>{LINK}</li></ul></div>",
    "also on": f"<p><em>Also on Tarvia Monitor: {LINK}</em></p>",
    "read also in Russian": '<p>Читайте также: <a href="/x">Мэр Велма ушёл после бури</a></p>',
    "a ticker as a table": "<table><tr><th>Index</th><th>Last</th></tr>"
    "<tr><td>TARX 100</td><td>4,512.30</td><td>+0.42%</td></tr></table>",
    "a ticker as a list": "<ul><li>TARX 4,512.30 +0.42%</li><li>Brent 81.20 ▲1.02%</li></ul>",
    "a ticker as blocks": "<div>TARX 4,512.30 +0.42%</div><div>Gold 2,031.10 -0.3% (-6.1)</div>",
    "a banner about cookies": "<div id=c1><p>We use cookies to personalise content and ads, and to"
    " analyse our traffic on this site as described here.</p></div>",
    "a credit": "<div><img src=a.jpg><span>Photo: Bo Ilk / Tarvia Press</span></div>",
    "a caption with its credit": "<p>The bridge of Velm. (Photo by Bo Ilk/Tarvia Press)</p>",
    "a caption without a credit": "<div class=x1><img src=a.jpg>"
    "<p>The old bridge of Velm.</p></div>",
    "a caption beside its picture": "<div class=x1><div class=x2><img src=a.jpg></div>"
    "<div class=x3>The old bridge of Velm, where the fighters had stood for a week.</div></div>",
    "labelled captions": "<p>Image source, Tarvia Press</p><p>Image caption, The old bridge</p>",
    "a newsletter": "<p>Sign up to our newsletter for the top stories of the valley.</p>",
    "advertisement": "<p>Advertisement</p>",
}


@pytest.mark.parametrize("name", ALIEN)
def test_what_is_not_the_report_is_not_in_its_body(name: str) -> None:
    assert body(read(page(ALIEN[name])).document) == list(PARAGRAPHS)


def test_a_report_whose_paragraphs_all_stand_by_pictures_is_no_row_of_captions() -> None:
    blocks = "".join(
        f"<div><img src={n}.jpg><p>{p}</p></div>" for n, p in enumerate(PARAGRAPHS * 2)
    )
    found = read(f"<title>x</title><body><article>{blocks}</article></body>".encode()).document
    assert body(found)[: len(PARAGRAPHS)] == list(PARAGRAPHS)


def test_a_column_with_a_picture_in_it_is_no_caption() -> None:
    column = "<img src=a.jpg>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    found = read(f"<title>x</title><body><div class=x1>{column}</div></body>".encode()).document
    assert body(found) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "The Tarvian mark fell to 4.20 against the dollar on Monday, down 3 % in a day.",
        "Velm United beat Osk 2-1 on Sunday in front of four thousand people.",
        "Turnout was 61.4 %, 3.2 points more than in the last election, officials said.",
    ],
)
def test_sentences_with_figures_are_no_ticker(line: str) -> None:
    assert line in body(read(page(f"<p>{line}</p>")).document)


def linked(free: str, words: int) -> str:
    return (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",'
        f'"isAccessibleForFree":{free},"wordCount":{words}}}</script>'
    )


LONG = "<p>" + "The town was quiet on Monday, the governor told us. " * 60 + "</p>"
STUBS = {
    "locked, a part of it": (page(head=linked("false", 900)), True),
    "locked, but whole": (page(head=linked('"False"', 95)), False),
    "free": (page(head=linked("true", 900)), False),
    "asks, and breaks off": (
        page("", after="<div><p>Subscribe to continue reading this story.</p></div>"),
        True,
    ),
    "asks inside the column": (
        page("<p>This article is available to subscribers only.</p>"),
        True,
    ),
    "asks, but is whole": (page(LONG, after="<p>Already a subscriber? Log in.</p>"), False),
    "asks for nothing": (page(), False),
}


@pytest.mark.parametrize("name", STUBS)
def test_stubs_are_told_from_whole_reports(name: str) -> None:
    data, stub = STUBS[name]
    found = read(data)
    assert [p.reason for p in found.problems] == ["paywalled"] * stub
    assert all(p.document == found.document.id for p in found.problems)


OTHER = {
    "ru": "«Мы оставили город ночью и вернёмся до зимы», — говорится в заявлении фронта, которое"
    " было опубликовано в воскресенье.",
    "fr": "« Nous avons quitté la ville dans la nuit et nous reviendrons avant l’hiver », a déclaré"
    " le commandant du front dans un communiqué.",
    "ar": "قال قائد الجبهة في بيان إن رجاله غادروا المدينة ليلا وإنهم سيعودون قبل الشتاء.",
}


@pytest.mark.parametrize("language", OTHER)
def test_a_block_in_another_language_is_marked(language: str) -> None:
    found = read(page(f"<p>{OTHER[language]}</p>")).document
    assert found.language == "en"
    assert {zone.span.cut(found.text): zone.language for zone in found.zones if zone.language} == {
        OTHER[language]: language
    }


def test_names_and_short_lines_have_no_language_of_their_own() -> None:
    found = read(page("<p>Bo Ilk, Ana Sorel, Dorn Vask</p><p>„Nein“, sagte er.</p>")).document
    assert not [zone for zone in found.zones if zone.language]


def test_the_servers_charset_counts_before_the_pages_own() -> None:
    words = (
        "Губернатор Велма сообщил в понедельник, что бойцы покинули город ночью. Никто не ранен."
    )
    data = f"<meta charset=windows-1252><article><p>{words}</p></article>".encode("koi8-r")
    raw = RawDocument("x.html", data, "text/html", "2031-05-04T12:00:00Z", charset="KOI8-R")
    assert words in clean(raw, CleanSettings()).document.text
    for label in ("utf-8", "no-such-charset", "utf-7", "x" * 5000, ""):
        odd = RawDocument("x.html", words.encode(), "text/html", "", charset=label)
        assert words in clean(odd, CleanSettings()).document.text


def test_a_page_that_was_cut_when_it_was_fetched_says_so() -> None:
    raw = RawDocument("x.html", page(), "text/html", "2031-05-04T12:00:00Z", cut="length")
    (problem,) = clean(raw, CleanSettings()).problems
    assert (problem.reason, "(length)" in problem.message) == ("text_lost", True)
