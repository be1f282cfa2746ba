"""PDF, DOCX, letters and saved pages: their text, what they say of themselves, and hostile ones."""

from __future__ import annotations

import random
import time
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.steps.acquire.making_files import docx, para, pdf, pdf_of
from tests.steps.clean.making import check_map

from sayso.errors import SetAside
from sayso.records.documents import Document, MediaType, RawDocument
from sayso.records.spans import Span
from sayso.settings import CleanSettings
from sayso.steps.clean.clean import Cleaned, clean
from sayso.steps.clean.sources import source_of

WORD: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOW = "2031-05-04T12:00:00Z"
NAMES = ("", "their houses", "the old bridge", "all of the gardens")
RUNNING = "Tarvia Monitor  |  Weekly report"


def read(data: bytes, media_type: MediaType, uri: str = "a.bin") -> Cleaned:
    found = clean(RawDocument(uri, data, media_type, NOW), CleanSettings())
    check(found.document, data)
    return found


def document(data: bytes, media_type: MediaType) -> Document:
    return read(data, media_type).document


def reason(data: bytes, media_type: MediaType) -> str:
    with pytest.raises(SetAside) as caught:
        clean(RawDocument("a.bin", data, media_type, NOW), CleanSettings(max_characters=200_000))
    return caught.value.reason


def check(of: Document, data: bytes) -> None:
    """Every word leads back to itself in the source."""
    check_map(of, source_of(data, of.media_type, of.encoding))


def report() -> bytes:
    pages = []
    for number in (1, 2, 3):
        lines = [RUNNING, ""]
        if number == 1:
            lines += ["Karsk Front leaves the town of Velm", "", "By Ana Sorel", ""]
        for part in range(4):
            lines += [
                f"The governor of Velm said in his {number}.{part} address that the fighters had",
                "left the town in the night, and that some of the inhabitants had re-",
                f"turned to {NAMES[number]} by the river on the following morning, he said.",
                "",
            ]
        if number == 1:
            lines += ["A commander of the front, who asked not to be named, told reporters that"]
        if number == 2:
            lines = [RUNNING, "", "his men had not been defeated.", "", *lines[2:]]
        pages.append([*lines, f"{number}"])
    return pdf(pages, title="report_final.docx", author="Ana Sorel", date="D:20310504120000Z")


def test_a_pdf_gives_paragraphs_without_running_lines() -> None:
    found = document(report(), "application/pdf")
    assert found.title == "Karsk Front leaves the town of Velm"
    assert found.byline is not None
    assert "Ana Sorel" in found.byline
    assert RUNNING not in found.text
    assert found.repairs["running_lines"] == 6
    assert found.repairs["broken_words"] == 12
    bodies = [zone.span.cut(found.text) for zone in found.zones if zone.kind == "body"]
    assert len(bodies) == 13
    assert "told reporters that\nhis men had not been defeated." in found.text
    assert "returned to their houses" in found.text


def test_a_span_of_a_pdf_has_a_page() -> None:
    found = document(report(), "application/pdf")
    for words, page in (("his 1.0", 1), ("his 1.3", 1), ("his men", 2), ("his 2.0", 2), ("3.2", 3)):
        start = found.text.index(words)
        assert found.page_of(Span(start, start + len(words))) == page, words
    assert len(found.pages) == 3
    assert found.pages[-1].end == len(found.text)
    assert document(b"The front left Velm.", "text/plain").page_of(Span(0, 3)) is None


def test_pages_without_text_keep_their_numbers() -> None:
    line = "The governor of Velm said that the fighters had left the town in the night, he said."
    found = document(pdf([[line], [], ["Then he left."]]), "application/pdf")
    assert [bool(len(page)) for page in found.pages] == [True, False, True]
    start = found.text.index("Then")
    assert found.page_of(Span(start, start + 4)) == 3


def bomb() -> bytes:
    return pdf_of([zlib.compress(bytes(400_000_000))])


def looped(whole: bytes) -> bytes:
    return whole.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")


HOSTILE_PDFS = {
    "no pages": (b"%PDF-1.4\nnothing", "damaged"),
    "cut": (report()[:700], "damaged"),
    "a tree that holds itself": (looped(pdf([["x"]])), "damaged"),
    "pictures only": (pdf([[], []]), "no_text"),
    "a password": (
        report().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 9 >>"),
        None,
    ),
}


@pytest.mark.parametrize("name", HOSTILE_PDFS)
def test_a_pdf_that_cannot_be_read_is_set_aside(name: str) -> None:
    data, expected = HOSTILE_PDFS[name]
    found = reason(data, "application/pdf")
    assert found == expected or (expected is None and found in ("damaged", "unsupported"))


def test_a_pdf_bomb_is_set_aside_soon() -> None:
    begun = time.monotonic()
    packed = zlib.compress(zlib.compress(bytes(200_000_000)))
    data = pdf([["x"]]).replace(b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]")
    assert data.count(b"FlateDecode /FlateDecode") == 1
    twice = pdf_of([zlib.compress(bytes(200_000_000))]).replace(
        b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"
    )
    assert len(packed) < 100_000
    assert reason(twice, "application/pdf") in ("damaged", "no_text", "too_large")
    assert time.monotonic() - begun < 20


@given(st.integers(0, 2**32), st.integers(1, 30))
@settings(max_examples=25, deadline=None)
def test_a_damaged_pdf_is_read_or_set_aside(seed: int, number: int) -> None:
    chance = random.Random(seed)
    data = bytearray(report())
    for _ in range(number):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with suppress(SetAside):
        read(bytes(data), "application/pdf")


def test_a_docx_gives_its_paragraphs_title_author() -> None:
    deleted = "<w:p><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del></w:p>"
    table = (
        f"<w:tbl><w:tr><w:tc>{para('Velm')}</w:tc><w:tc>{para('12 houses')}</w:tc></w:tr></w:tbl>"
    )
    body = (
        para("Karsk Front leaves Velm", "Title")
        + para("The governor said that the fighters had left the town in the night.")
        + deleted
        + "<w:p><w:ins><w:r><w:t>Nobody was hurt &amp; nothing burned, he told us.</w:t></w:r>"
        "</w:ins></w:p>" + table
    )
    core = "<dc:title>Draft</dc:title><dc:creator>Ana Sorel</dc:creator>"
    found = document(docx(body, core), WORD)
    assert found.title == "Karsk Front leaves Velm"
    assert found.byline == "Ana Sorel"
    assert "gone" not in found.text
    assert "hurt & nothing" in found.text
    assert "12 houses" in found.text


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
HOSTILE_DOCX = {
    "no zip": (b"PK\x03\x04 no", "damaged"),
    "an old doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unsupported"),
    "cut": (docx(para("Velm"))[:300], "damaged"),
    "entities": (docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", doctype=ENTITIES), None),
    "outside entity": (
        docx(
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
            doctype='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        ),
        None,
    ),
    "a gigabyte": (docx(para("x" * 150_000_000)), "too_large"),
    "deep": (docx("<w:p>" * 100_000), "damaged"),
    "empty": (docx(""), "no_text"),
}


@pytest.mark.parametrize("name", HOSTILE_DOCX)
def test_a_docx_that_cannot_be_read_is_set_aside(name: str) -> None:
    data, expected = HOSTILE_DOCX[name]
    begun = time.monotonic()
    assert reason(data, WORD) in ((expected,) if expected else ("damaged", "unsupported"))
    assert time.monotonic() - begun < 10


LETTER = b"""Received: from x by y\r
From: =?utf-8?q?Karsk_Front_=E2=80=93_press?= <press@karsk.example>\r
To: desk@monitor.example\r
Subject: =?utf-8?b?U3RhdGVtZW50IG9uIFZlbG0=?=\r
Date: Sun, 04 May 2031 12:00:00 +0200\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=o\r
\r
--o\r
Content-Type: multipart/alternative; boundary=i\r
\r
--i\r
Content-Type: text/plain; charset=koi8-r\r
Content-Transfer-Encoding: 8bit\r
\r
Our fighters left Velm in the night, said the commander. \xf0\xd2\xc9\xd7\xc5\xd4.\r
--i\r
Content-Type: text/html\r
\r
<p>Another form of the same letter, which nobody needs to read twice.</p>\r
--i--\r
--o\r
Content-Type: text/plain; name=list.txt\r
Content-Disposition: attachment; filename=list.txt\r
\r
An attachment that is no part of the letter and is not to be read at all.\r
--o--\r
"""


def test_a_letter_gives_subject_sender_date_and_body() -> None:
    found = document(LETTER, "message/rfc822")
    assert (found.title, found.byline) == ("Statement on Velm", "Karsk Front – press")
    assert (found.published.value, found.published.basis) == ("2031-05-04", "metadata")
    assert found.text.startswith("Our fighters left Velm")
    assert "Привет" in found.text
    assert "attachment" not in found.text
    assert found.encoding == "part 1.1.1, koi8-r"


def test_a_letter_that_passes_on_another_is_read_as_that_one() -> None:
    outer = (
        b"From: ana@x.example\nSubject: Fwd\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=z\n\n--z\nContent-Type: message/rfc822\n\n"
        b"From: Bo Ilk <bo@y.example>\nSubject: From Velm\nDate: Mon, 5 May 2031 08:00:00 +0000\n\n"
        b"The town was quiet on Monday, the governor told a reporter.\n--z--\n"
    )
    found = document(outer, "message/rfc822")
    assert (found.title, found.byline) == ("From Velm", "Bo Ilk")
    own = outer.replace(
        b"--z\nContent", b"--z\n\nSee what he wrote to me about the town.\n--z\nContent", 1
    )
    assert document(own, "message/rfc822").title == "Fwd"


def test_a_saved_page_is_read_by_its_root() -> None:
    page = (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://velm.example/2031/05/04/a\r\n"
        b"Subject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n"
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://velm.example/2031/05/04/a\r\n\r\n"
        b"<html><head><title>The front leaves Velm</title></head><body><article><p>The governor of "
        b"Velm said that =E2=80=9Cthe fighters=E2=80=9D had left the town in the night.</p>"
        b"</article></body></html>\r\n--b--\r\n"
    )
    found = document(page, "multipart/related")
    assert "“the fighters”" in found.text
    assert "color" not in found.text
    assert found.title == "The front leaves Velm"
    assert found.published.value == "2031-05-04"


@given(st.binary(max_size=600))
@settings(max_examples=60, deadline=None)
def test_any_bytes_as_any_kind_are_read_or_set_aside(data: bytes) -> None:
    kinds: list[tuple[MediaType, bytes]] = [
        ("application/pdf", b"%PDF-1.4\n"),
        (WORD, b"PK\x03\x04"),
        ("message/rfc822", b"From: a\nSubject: =?utf-8?q?"),
        ("multipart/related", b"Content-Type: multipart/related; boundary=a\n\n--a\n"),
    ]
    for kind, head in kinds:
        for whole in (data, head + data):
            with suppress(SetAside):
                read(whole, kind)


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 50_000,
        b"Content-Type: message/rfc822\n\n" * 3_000 + b"x",
        b"Subject: " + b"=?utf-8?q?a?= " * 30_000 + b"\n\nwords",
        b"From: " + b"(" * 50_000 + b"\n\nwords of a letter",
        b"Content-Type: text/plain; " + b"a*0=b; " * 20_000 + b"\n\nwords of a letter",
    ],
)
def test_hostile_letters_take_little_time(data: bytes) -> None:
    begun = time.monotonic()
    with suppress(SetAside):
        read(data, "message/rfc822")
    assert time.monotonic() - begun < 10
