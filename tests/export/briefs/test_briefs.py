"""A brief says what it cites, in every form; one that was tampered with does not pass."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import assert_takes_at_most

import sayso
from sayso.errors import BriefRefused, NoSuchRecord
from sayso.export.briefs.brief import Brief, Heading, Picture, Remark, Sentence
from sayso.export.briefs.checking import check
from sayso.export.briefs.citing import cited
from sayso.export.briefs.composing import compose
from sayso.export.briefs.files import read_brief, write_brief
from sayso.export.briefs.letter import from_docx, to_docx
from sayso.export.briefs.markdown import from_markdown, to_markdown
from sayso.export.briefs.page import from_html, to_html
from sayso.records.documents import Document
from sayso.records.findings import Statement


def said(brief: Brief) -> list[str]:
    return [block.text for block in brief.blocks if isinstance(block, Sentence)]


def faults(markdown: str, ledger: sayso.Ledger) -> list[str]:
    return [f"{f.where}: {f.what}" for f in check(from_markdown(markdown), ledger)]


def test_sentences_name_who_said_it_and_quote_it(brief: Brief) -> None:
    assert said(brief)[0] == "Oren Vasch (the minister) said: “The Front has 900 fighters in Doss”."
    assert "Sela Marn said: “It has 3500 fighters in Doss”." in said(brief)
    assert "“3,500”, according to Sela Marn: 1 independent origin." in said(brief)


def test_each_citation_names_outlet_date_and_characters(brief: Brief, ledger: sayso.Ledger) -> None:
    first = brief.citations[0]
    named = cited(first.address)
    assert named is not None
    assert named.document is not None
    document = ledger.record(named.document)
    assert isinstance(document, Document)
    (span,) = named.spans
    assert span.cut(document.text) == "The Front has 900 fighters in Doss"
    assert first.label == (
        f"Velm Courier, 2031-03-14, “The Front grows 🚩”, front.txt, characters"
        f" {span.start}–{span.end}; NOT REVIEWED"
    )


def test_what_sayso_writes_holds_in_every_form(brief: Brief, ledger: sayso.Ledger) -> None:
    assert check(brief, ledger) == []
    for again in (
        from_markdown(to_markdown(brief)),
        from_html(to_html(brief)),
        from_docx(to_docx(brief)),
    ):
        assert check(again, ledger) == []
        assert said(again) == said(brief)
        assert again.citations == brief.citations
    assert from_markdown(to_markdown(brief)) == brief


def test_a_dispute_of_numbers_is_drawn(brief: Brief, ledger: sayso.Ledger) -> None:
    (picture,) = [block for block in brief.blocks if isinstance(block, Picture)]
    page = to_html(brief)
    assert picture.svg in page
    forged = page.replace('<rect x="', '<rect x="1')
    assert [f.where for f in check(from_html(forged), ledger)] == ["picture 1"]


def test_unreviewed_findings_are_marked_until_somebody_reviews_them(
    ledger: sayso.Ledger, ids: list[str]
) -> None:
    before = compose(ledger, ids[:1], title="T", made="M")
    ledger.judge(ids[0], "confirm", by="ines")
    after = compose(ledger, ids[:1], title="T", made="M")
    (open_one,), (sure_one,) = before.blocks, after.blocks
    assert isinstance(open_one, Sentence)
    assert isinstance(sure_one, Sentence)
    assert (open_one.review, sure_one.review) == ("not reviewed", "")
    assert after.citations[0].label.endswith("; confirmed by ines")
    assert check(before, ledger) == check(after, ledger) == []
    ledger.withdraw(next(ledger.judgements()).id, by="ines")
    assert "says “confirmed by ines”" in check(after, ledger)[0].what


def test_rejected_findings_go_into_no_brief(ledger: sayso.Ledger, ids: list[str]) -> None:
    before = compose(ledger, ids[:1], title="T", made="M")
    ledger.judge(ids[0], "reject", by="ines")
    with pytest.raises(BriefRefused, match="rejected by ines"):
        compose(ledger, ids[:1], title="T", made="M")
    assert "cites what was rejected by ines" in check(before, ledger)[0].what


def test_a_corrected_finding_is_told_as_it_was_corrected(
    ledger: sayso.Ledger, ids: list[str]
) -> None:
    statement = ledger.record(ids[0])
    assert isinstance(statement, Statement)
    start = statement.content[0].span.start
    marn = next(iter(ledger.entities(name="Sela Marn")))
    ledger.judge(
        ids[0], "correct", by="ines", value={"start": start, "end": start + 9, "holder": marn.id}
    )
    made = compose(ledger, ids[:1], title="T", made="M")
    assert said(made) == ["Sela Marn said: “The Front”."]
    assert check(from_markdown(to_markdown(made)), ledger) == []


def test_only_findings_go_into_a_brief(ledger: sayso.Ledger) -> None:
    document = next(iter(ledger.documents()))
    for id in (document.id, "0" * 24):
        with pytest.raises(NoSuchRecord):
            compose(ledger, [id], title="T", made="M")


TAMPERED = {
    "a number": ("has 900 fighters", "has 9000 fighters", "does not stand in what is cited"),
    "a number outside quotes": (": 1 independent", ": 7 independent", "not carried.*7"),
    "another speaker": ("- Sela Marn said", "- Oren Vasch said", "whose word|not carried"),
    "no speaker": ("- Sela Marn said", "- It is said", "whose word"),
    "an act": ("Karsk Front said", "Karsk Front admitted", "not carried.*admitted"),
    "words of one's own": ("Sela Marn said:", "Sela Marn said in panic:", "not carried.*panic"),
    "a dropped not": ("We did not attack", "attack", "cuts off the negation"),
    "the hash": ("sha256=", "sha256=00", "hash"),
    "the characters": ("&at=", "&at=1-2,", "characters are not"),
    "the outlet": ("Sarn Herald, 2031", "Velm Courier, 2031", "the ledger says"),
    "the date": ("2031-03-16, “Numbers”", "2031-03-17, “Numbers”", "the ledger says"),
    "the review": ("; NOT REVIEWED", "; confirmed by ines", "the ledger says “NOT REVIEWED”"),
    "the mark": (" *(not reviewed)*", "", "is not marked as not reviewed"),
    "no citation": (" [^1]", "", "carries no citation"),
    "a citation that is not there": (" [^1]", " [^99]", "cites 99"),
    "another finding's citation": (" [^1]", " [^3]", "does not stand|not carried"),
    "a sentence behind the citation": (
        "[^1] *(not reviewed)*",
        "[^1] *(not reviewed)* The war is lost.",
        "carries no citation: “The war is lost",
    ),
    "a comment": ("## Sources", "<!-- The war is lost -->\n\n## Sources", "carries no citation"),
    "another answer's holder": (
        "according to Sela Marn",
        "according to Oren Vasch",
        "not carried|whose word",
    ),
    "a precision of one's own": ("Made by a test.", "Made with precision 0.99.", "precision"),
    "a figure that is not so": (
        "Made by a test.",
        "precision 0.91, 0.87–0.94, of 200 looked at",
        "the ledger says “None”",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_brief_fails(what: str, brief: Brief, ledger: sayso.Ledger) -> None:
    old, new, expected = TAMPERED[what]
    whole = to_markdown(brief)
    assert old in whole
    found = faults(whole.replace(old, new, 1), ledger)
    assert any(re.search(expected, fault) for fault in found), found


def test_text_slipped_into_a_page_or_a_word_file_fails(brief: Brief, ledger: sayso.Ledger) -> None:
    from io import BytesIO

    import docx

    page = to_html(brief)
    for old, new in (
        ("</main>", "</main><p>The war is lost</p>"),
        ("<h2>Sources", "<div>The war is lost</div><h2>Sources"),
        ("<ol>", "The war is lost<ol>"),
        ("</svg>", "</svg><b>The war is lost</b>"),
        ("</code></li>", "</code> The war is lost</li>"),
    ):
        found = check(from_html(page.replace(old, new, 1)), ledger)
        assert any("The war is lost" in fault.what for fault in found), (old, found)
    document = docx.Document(BytesIO(to_docx(brief)))
    document.add_table(1, 1).cell(0, 0).text = "The war is lost"
    out = BytesIO()
    document.save(out)
    found = check(from_docx(out.getvalue()), ledger)
    assert any("The war is lost" in fault.what for fault in found)


def test_a_sentence_in_other_words_passes_where_all_of_them_are_carried(
    brief: Brief, ledger: sayso.Ledger
) -> None:
    free = "Oren Vasch told the Velm Courier that there are 900 fighters of the Front in Doss."
    whole = to_markdown(brief)
    first = said(brief)[0]
    assert first in whole
    assert faults(whole.replace(first, free, 1), ledger) == []
    lie = free.replace("900 fighters of", "900 dead fighters of")
    assert "not carried by what is cited: dead" in faults(whole.replace(first, lie, 1), ledger)[0]


def test_remarks_and_headings_are_the_writers_own(brief: Brief, ledger: sayso.Ledger) -> None:
    added = (Heading("What we think"), Remark("Both figures are old."), *brief.blocks)
    more = dataclasses.replace(brief, blocks=added)
    for again in (
        from_markdown(to_markdown(more)),
        from_html(to_html(more)),
        from_docx(to_docx(more)),
    ):
        assert again.blocks[:2] == added[:2]
        assert check(again, ledger) == []


def test_the_ending_of_a_file_tells_its_form(brief: Brief, tmp_path: Path) -> None:
    for name in ("a.md", "a.HTML", "a.docx"):
        write_brief(brief, tmp_path / name)
        assert said(read_brief(tmp_path / name)) == said(brief)
    with pytest.raises(BriefRefused, match="written as"):
        write_brief(brief, tmp_path / "a.rtf")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(BriefRefused, match="made from"):
        read_brief(tmp_path / "a.pdf")


def test_a_pdf_holds_the_words_and_no_markup_of_a_report_works(
    brief: Brief, tmp_path: Path
) -> None:
    pytest.importorskip("typst", reason="needs the extra 'briefs'")
    from pypdf import PdfReader

    hostile = dataclasses.replace(brief, title='#panic("x") *bold* $x$ @c1')
    write_brief(hostile, tmp_path / "a.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
    assert '#panic("x") *bold* $x$' in text
    assert "The Front has 900 fighters in Doss" in " ".join(text.split())


@pytest.mark.parametrize(
    "data", [b"", b"# T\n", b"\xff\xfe", b"# T\n\n[^1]: x", b"<main></main>", b"PK\x03\x04"]
)
@pytest.mark.parametrize("name", ["a.md", "a.html", "a.docx"])
def test_files_that_are_no_brief_are_refused(data: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BriefRefused):
        read_brief(tmp_path / name)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.integers(1, 99))
def test_any_words_come_through_markdown_and_html(words: str, number: int) -> None:
    from sayso.export.briefs.brief import Citation, one_line

    text = one_line("a" + words + "z")
    whole = Brief(
        "T", "M", (Sentence(text, (number,), "not reviewed"),), (Citation(number, "l", "sayso:x"),)
    )
    assert from_markdown(to_markdown(whole)) == whole
    private = re.sub("[\ue000-\ue003]", " ", text)
    (again,) = from_html(to_html(whole)).blocks
    assert isinstance(again, Sentence)
    assert (again.text, again.cites) == (one_line(private), (number,))


@given(st.text(alphabet='*_[]^1:<>#-()! \n"“”ab.', max_size=80))
def test_no_markdown_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(BriefRefused):
        from_markdown(f"# T\n\n{text}\n\n[^1]: l <sayso:x>\n")


def test_reading_takes_time_in_step_with_length() -> None:
    for hostile in ("[^1] " * 100_000, "“" * 300_000, "*(" * 200_000, "a [^1] b" * 60_000):
        text = f"# T\n\n{hostile}\n\n[^1]: l <sayso:x>\n"
        assert_takes_at_most(5, partial(from_markdown, text))


def test_files_that_blow_up_are_refused_or_read_in_time(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<a>" + b" " * 120_000_000 + b"</a>")
    assert (tmp_path / "a.docx").stat().st_size < 1_000_000
    with pytest.raises(BriefRefused, match="unpacks"):
        read_brief(tmp_path / "a.docx")
    deep = "<main><h1>T</h1>" + "<div>" * 50_000 + "x" + "</div>" * 50_000
    made: Brief | None = None

    def reading() -> None:
        nonlocal made
        with contextlib.suppress(BriefRefused):
            made = from_html(deep + "<ol><li id=c1>l <code>sayso:x</code></li></ol></main>")

    assert_takes_at_most(5, reading)
    assert made is None or all(
        not block.cites for block in made.blocks if isinstance(block, Sentence)
    )


def test_checking_takes_time_in_step_with_length(brief: Brief, ledger: sayso.Ledger) -> None:
    first = brief.blocks[0]
    assert isinstance(first, Sentence)
    for hostile in ("“a” " * 50_000, "“…" * 100_000 + "”", "not " * 100_000, "1," * 100_000):
        long = dataclasses.replace(brief, blocks=(dataclasses.replace(first, text=hostile),))
        assert check(long, ledger) != []
        assert_takes_at_most(5, partial(check, long, ledger))


def test_a_drawing_cannot_hide_behind_another(brief: Brief, ledger: sayso.Ledger) -> None:
    page = to_html(brief)
    svg = page[page.index("<svg") : page.index("</svg>") + 6]
    forged = svg.replace('width="', 'width="9')
    for tampered in (
        page.replace(svg, forged).replace("<figure>", f"<p>{svg}</p><figure>"),
        page.replace(svg, f"{svg}{forged}"),
        page.replace("</figure>", '</figure><img src="x.png">'),
        page.replace("</figure>", f"</figure><figure>{forged}</figure>"),
    ):
        assert check(from_html(tampered), ledger) != []


def test_map_and_timeline_are_drawn_of_what_is_cited(ledger: sayso.Ledger) -> None:
    from msgspec.structs import replace

    from sayso.export.briefs.pictures import map_of, timeline_of
    from sayso.records.findings import Place, Time

    claims = list(ledger.claims())
    assert map_of(claims) is None
    assert timeline_of(claims) is None
    first, second = (
        replace(
            claim,
            place=Place(claim.span, "<Velm> & Doss", None, 34.5, 69.2 + n, "city"),
            time=Time(claim.span, claim.quote, f"203{n}-0{n + 1}", None),
        )
        for n, claim in enumerate(claims[:2])
    )
    where, when = map_of([first, second]), timeline_of([first, second])
    assert where is not None
    assert when is not None
    assert where.count("<ellipse") == 2
    assert "&lt;Velm&gt; &amp; Doss" in where
    assert "2030-01-01" in when
    assert "2031-02-28" in when
    assert timeline_of([first]) is None
