"""HTML: which block is what, and what the metadata say. Sites and towns are invented."""

from __future__ import annotations

import json

import pytest
from tests.steps.clean.making import document, kinds

from sayso.records.documents import Document

FIRST = "The council of Velm said on Monday that the bridge over the Orra would stay closed."
SECOND = "“We have no choice,” said Mira Tolan, who leads the council of the northern town."
THIRD = "Fighters of the Karsk Front denied on Tuesday that they had been near the river at all."
FOURTH = "The Front has held the northern bank since the end of last month, after a short fight."
LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Orra News"},
        {
            "@type": "NewsArticle",
            "headline": "Bridge at Velm &amp; road stay closed",
            "datePublished": "2031-03-03T22:15:00-05:00",
            "author": [{"@type": "Person", "name": "Ana Brod"}, {"name": "Ivo Marek"}],
            "publisher": {"@type": "Organization", "name": "Orra News"},
        },
    ],
}


def page(body: str, head: str = "") -> Document:
    """A page as sites build them, with `body` in its article."""
    return document(
        f"<!doctype html><html lang=en><head>{head}</head><body>"
        "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>"
        f"<main><article>{body}</article>"
        "<section class='related-posts'><h3>Related</h3><ul>"
        "<li><a href=/1>Front takes the mill at Karsk in the night</a></li></ul></section>"
        "<section id=comments><h3>2 Comments</h3><div class=comment-body>"
        "<p>Nobody in Velm believes the Front any more, do they?</p></div></section></main>"
        "<footer><p>© 2031 Orra News. All rights reserved.</p></footer></body></html>",
        "text/html",
    )


ARTICLE = (
    "<h1>Bridge at Velm &amp; road stay closed</h1><p class=byline>By Ana Brod</p>"
    "<figure><img src=x alt=bridge><figcaption>The bridge at Velm</figcaption></figure>"
    f"<p>VELM, March 3 (AFP) — {FIRST}</p><p>{SECOND}</p><h2>Fear</h2><p>{THIRD}</p><p>{FOURTH}</p>"
)


def test_zones_of_a_page() -> None:
    found = page(ARTICLE)
    zones = kinds(found)
    assert [words for kind, words in zones if kind == "body"] == [
        FIRST,
        SECOND,
        "Fear",
        THIRD,
        FOURTH,
    ]
    assert ("title", "Bridge at Velm & road stay closed") in zones
    assert ("byline", "By Ana Brod") in zones
    assert ("caption", "The bridge at Velm") in zones
    assert ("dateline", "VELM, March 3 (AFP) —") in zones
    assert ("related", "Front takes the mill at Karsk in the night") in zones
    assert ("comment", "Nobody in Velm believes the Front any more, do they?") in zones
    assert ("notice", "Home") in zones
    assert found.byline == "Ana Brod"
    assert found.outlet == "Orra News"
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.agency) == ("VELM", "AFP")


def test_fields_of_json_ld() -> None:
    found = page(ARTICLE, f'<script type="application/ld+json">{json.dumps(LD)}</script>')
    assert found.title == "Bridge at Velm & road stay closed"
    assert found.evidence["title"].basis == "text"  # the heading on the page says the same
    assert found.byline == "Ana Brod, Ivo Marek"
    assert found.outlet == "Orra News"
    assert (found.published.value, found.published.basis) == ("2031-03-03", "metadata")


@pytest.mark.parametrize(
    "broken", ["{", "[" * 100_000, "null", '{"@type": 3}', '{"@graph": {"a": 1}}']
)
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    assert page(ARTICLE, f'<script type="application/ld+json">{broken}</script>').title


def test_fields_of_meta_tags() -> None:
    found = page(
        ARTICLE.replace("<h1>Bridge at Velm &amp; road stay closed</h1>", ""),
        '<meta property="og:title" content="Bridge stays closed - Orra News">'
        '<meta property="og:site_name" content="Orra News"><meta name=author content="Ana Brod">'
        '<meta property="article:published_time" content="2031-03-03T10:00:00Z">',
    )
    assert (found.title, found.evidence["title"].basis) == ("Bridge stays closed", "metadata")
    assert found.byline == "Ana Brod"
    assert found.published.value == "2031-03-03"


def test_a_hidden_copy_of_the_text_counts_once() -> None:
    text = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{FOURTH}</p>"
    found = page(f"{ARTICLE}<div hidden>{text}</div>")
    assert [words for kind, words in kinds(found) if kind == "body"].count(THIRD) == 1
    assert found.text.count(THIRD) == 2


def test_republished_page_names_its_origin() -> None:
    found = page(f"{ARTICLE}<p>The post Bridge appeared first on <a href=/>Karsk Press</a>.</p>")
    assert found.origin == "Karsk Press"
    assert found.outlet == "Orra News"


def test_line_breaks_and_cells() -> None:
    found = page(
        f"<p>{FIRST}<br>{SECOND}<br><br>{THIRD}</p><table><tr><td>4<td>5</table><p>{FOURTH}"
    )
    assert f"{FIRST}\n{SECOND}\n\n{THIRD}" in found.text
    assert "4\n\n5" in found.text


def test_smart_quotes_stay() -> None:
    assert "“We have no choice,” said" in page(ARTICLE).text
    assert "“x”" in page(ARTICLE + "<p>&ldquo;x&rdquo;</p>").text


def test_map_leads_to_the_markup() -> None:
    source = f"<p>Tolan &amp; Brod said: {FIRST}</p>"
    found = document(source, "text/html")
    at = found.text.index("& Brod")
    span = found.source_map.to_source(type(found.zones[0].span)(at, at + 1))
    assert span.cut(source) == "&amp;"


def test_markdown() -> None:
    found = document(
        "---\ntitle: From the front matter\nauthor: Ana Brod\ndate: 2031-03-03\n---\n"
        f"# Bridge at *Velm* stays closed\n\n{FIRST.replace('bridge', '[bridge](https://x.example/b)')}\n\n"
        f"> **{SECOND}**\n\n* {THIRD}\n\n## Fear\n\n{FOURTH}\n",
        "text/markdown",
    )
    assert found.title == "Bridge at Velm stays closed"
    assert found.byline == "Ana Brod"
    assert found.published.value == "2031-03-03"
    assert [words for kind, words in kinds(found) if kind == "body"] == [
        FIRST,
        SECOND,
        THIRD,
        "Fear",
        FOURTH,
    ]


def test_the_articles_of_real_sites(shared: object) -> None:
    from evals.articles import measure

    figures = measure()
    assert figures["body_f1"] >= 0.97
    assert figures["title"] >= 0.92
    assert figures["date"] >= 0.95
