from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from sayso.export.report import Limits, ReportView, render, write_report
from sayso.records.documents import Document, Published, Zone
from sayso.records.findings import Statement, Words
from sayso.records.provenance import Problem
from sayso.records.spans import OffsetMap, Span

INJECTIONS = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</style><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "--><!-- ]]>",
    "\u202egnp.exe",
    "a\x00b\x1b[31m\ud800",
)


def parsed(page: str) -> html.HtmlElement:
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))


def text_of(tree: html.HtmlElement, id: str) -> str:
    """The text of the marked document, without the page's own labels."""
    (element,) = tree.xpath(f'//*[@id="x-d-{id}"]')
    for summary in element.xpath(".//summary"):
        summary.drop_tree()
    return element.text_content()


def one(text: str, zones: tuple[Zone, ...], statements: tuple[Statement, ...] = ()) -> ReportView:
    document = Document(
        id="aa",
        uri="a.txt",
        sha256="",
        media_type="text/plain",
        encoding="utf-8",
        retrieved="2031-01-01T00:00:00Z",
        text=text,
        language=None,
        title=None,
        byline=None,
        outlet=None,
        origin=None,
        published=Published(),
        dateline=None,
        zones=zones,
        evidence={},
        repairs={},
        source_map=OffsetMap.identity(len(text)),
        made_by="test",
    )
    return ReportView(documents=(document,), statements=statements)


def test_the_text_of_each_document_is_whole(view: ReportView) -> None:
    tree = parsed(render(view))
    for document in view.documents:
        assert text_of(tree, document.id) == document.text


def test_every_link_leads_to_one_place_on_the_page(view: ReportView) -> None:
    tree = parsed(render(view))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = tree.xpath("//@href")
    assert links
    assert {link for link in links if link.lstrip("#") not in ids or link[0] != "#"} == set()
    assert set(re.findall(r"url\(#([\w-]+)\)", render(view))) <= set(ids)
    labelled = tree.xpath("//@aria-labelledby")
    assert set(labelled) <= set(ids)


def test_each_statement_and_estimate_is_there(view: ReportView) -> None:
    tree = parsed(render(view))
    for statement in view.statements:
        (card,) = tree.xpath(f'//*[@id="s-{statement.id}"]')
        for words in statement.content:
            assert words.quote in card.text_content()
        number = card.xpath('.//a[@class="card-number"]')[0].text
        marked = "".join(
            "".join(run.itertext())
            for run in tree.xpath(f'//*[@id="x-d-{statement.document}"]//span')
            if {f"k{number}", statement.kind} <= set(run.get("class", "").split())
        )
        assert marked == "".join(words.quote for words in statement.content)
    rows = tree.xpath('//figure[@class="chart"]//tbody/tr')
    assert len(rows) == sum(claim.kind == "estimate" for claim in view.claims)


def test_the_same_records_give_the_same_bytes(view: ReportView, tmp_path: Path) -> None:
    turned = ReportView(
        **{
            field: tuple(reversed(value)) if isinstance(value, tuple) else value
            for field, value in vars(view).items()
        }
    )
    write_report(view, tmp_path / "a.html")
    write_report(turned, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_the_page_asks_for_nothing(view: ReportView) -> None:
    page = render(view)
    tree = parsed(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //embed | //base")
    assert not tree.xpath("//@src | //@style | //@*[starts-with(name(), 'on')]")
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)
    (style,) = tree.xpath("//style")
    digest = b64encode(sha256(style.text.encode()).digest()).decode()
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy


def poisoned(record: object, poison: str) -> object:
    """`record` with `poison` put behind every string that is free (not one of a fixed choice)."""
    raw = msgspec.to_builtins(record)

    def taint(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: taint(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [taint(item, key) for item in value]
        fixed = {"type", "kind", "form", "act", "basis", "media_type", "polarity", "modality"}
        if isinstance(value, str) and key not in fixed | {"reason", "precision", "text", "quote"}:
            return value + poison
        return value

    return msgspec.convert(taint(raw), type(record))


@pytest.mark.parametrize("poison", INJECTIONS)
def test_foreign_words_stay_words(view: ReportView, poison: str) -> None:
    lists = {
        field: tuple(poisoned(record, poison) for record in value)
        for field, value in vars(view).items()
        if isinstance(value, tuple)
    }
    page = render(ReportView(**lists, title=poison, version=poison, made_at=poison))
    clean, tree = parsed(render(replace(view, made_at="now"))), parsed(page)
    known = {element.tag for element in clean.iter() if isinstance(element.tag, str)}
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= known
    assert not tree.xpath("//comment() | //@onerror | //@onload | //@src | //@style")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert len(tree.xpath("//@href")) >= len(clean.xpath("//@href"))
    assert "49" not in tree.xpath("//title")[0].text
    assert "\u202e" not in "".join(
        run for run in tree.xpath("//text()") if run.getparent().get("class") != "odd"
    )
    assert not any("\u202e" in value for value in tree.xpath("//@*[name()!='data-code']"))


@pytest.mark.parametrize("poison", INJECTIONS)
def test_a_hostile_text_stays_text(poison: str) -> None:
    text = f"Vasch said: {poison} and left."
    statement = Statement(
        id="s1",
        document="aa",
        kind="direct",
        holder=None,
        cue=None,
        content=(Words(Span(12, len(text) - 10), text[12:-10]),),
        exact=(),
        via=(),
        setting=None,
        said=None,
        confidence=1.0,
        made_by="test",
    )
    view = one(text, (Zone("body", Span(0, len(text))),), (statement,))
    tree = parsed(render(view))
    held = re.sub("[\x00-\x08\x0b-\x1f\ud800-\udfff]", "\ufffd", text)
    assert text_of(tree, "aa") == held


def test_what_the_page_leaves_out_is_counted(view: ReportView) -> None:
    limits = Limits(documents=1, speakers=1, statements=1, charts=1, rows=1, entities=1, problems=0)
    tree = parsed(render(view, limits=limits))
    notes = [" ".join(note.text_content().split()) for note in tree.xpath('//p[@class="left"]')]
    for words in (
        "1 report more is",
        "3 holders more are",
        "1 statement more is",
        "1 chart more is",
        "3 estimates more are",
        "4 names more are",
        "1 problem more is",
    ):
        assert any(note.startswith(words) for note in notes), words
    assert set(tree.xpath("//@href")) <= {f"#{id}" for id in tree.xpath("//@id")}


def test_an_empty_ledger_says_so() -> None:
    page = parsed(render(ReportView())).text_content()
    assert "No statement was found." in page
    assert "The ledger holds no report." in page
    assert "Every file was read whole." in page


def test_text_outside_all_zones_is_shown() -> None:
    view = one(
        "Head\n\nlost words\n\nFoot", (Zone("title", Span(0, 4)), Zone("body", Span(18, 22)))
    )
    tree = parsed(render(view))
    assert text_of(tree, "aa") == "Head\n\nlost words\n\nFoot"
    assert tree.xpath('//p[@class="z-unzoned"]')[0].text_content() == "lost words"


def test_what_is_not_the_report_is_folded_together(view: ReportView) -> None:
    tree = parsed(render(view))
    folds = [fold.xpath("string(summary)") for fold in tree.xpath('//details[@class="fold"]')]
    assert [fold.split("  ")[0].strip() for fold in folds] == [
        "Not part of the report: menus and notices 1 paragraph",
        "Not part of the report: links to other articles, readers’ comments 2 paragraphs",
    ]


def test_records_that_are_not_in_the_view_do_not_break_the_page(view: ReportView) -> None:
    bare = ReportView(statements=view.statements, claims=view.claims, problems=(PROBLEM,))
    tree = parsed(render(bare))
    assert set(tree.xpath("//@href")) <= {f"#{id}" for id in tree.xpath("//@id")}
    assert "a document that is not in this ledger" in tree.text_content()


PROBLEM = Problem.of("x.html", "clean", "empty", "The file is empty.")

zone_kinds = st.sampled_from(
    ["title", "byline", "dateline", "body", "caption", "comment", "related", "notice"]
)


@st.composite
def ledgers(draw: st.DrawFn) -> ReportView:
    letters = st.text(st.sampled_from("ab \n<&“”é\u202e\u200bم😀\t"), max_size=60)
    text = draw(letters)
    spots = st.integers(0, len(text) + 3)
    spans = st.tuples(spots, spots).map(lambda pair: Span(min(pair), max(pair)))
    zones = draw(st.lists(st.builds(Zone, zone_kinds, spans), max_size=6))
    contents = draw(st.lists(st.lists(spans, max_size=3), max_size=6))
    statements = tuple(
        Statement(
            id=f"s{number}",
            document="aa",
            kind=draw(st.sampled_from(["direct", "indirect", "mixed"])),
            holder=None,
            cue=None,
            content=tuple(Words(span, span.cut(text)) for span in content),
            exact=tuple(Words(span, span.cut(text)) for span in content[:1]),
            via=(),
            setting=None,
            said=None,
            confidence=0.5,
            made_by="test",
        )
        for number, content in enumerate(contents)
    )
    return one(text, tuple(zones), statements)


@given(ledgers())
@settings(max_examples=60, deadline=None)
def test_no_overlap_loses_or_doubles_a_character(view: ReportView) -> None:
    tree = parsed(render(view))
    assert text_of(tree, "aa") == view.documents[0].text
    assert set(tree.xpath("//@href")) <= {f"#{id}" for id in tree.xpath("//@id")}
