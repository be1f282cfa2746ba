"""Archives: every page once, every damage told with its place, and nothing lost in silence."""

from __future__ import annotations

import gzip
import random
import time
import zlib
from io import BytesIO

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.steps.acquire.making_archives import DATE, archive, html, response
from warcio.warcwriter import BufferWARCWriter

from sayso.records.documents import RawDocument
from sayso.records.provenance import Problem
from sayso.settings import CleanSettings
from sayso.steps.acquire.warcs import Tally, read_warc

NOW = "2032-01-01T00:00:00Z"


def read(data: bytes, **limits: int) -> list[RawDocument | Problem]:
    return list(read_warc(BytesIO(data), "a.warc.gz", CleanSettings(**limits), now=NOW))


def pages(data: bytes) -> list[RawDocument]:
    return [item for item in read(data) if isinstance(item, RawDocument)]


def reasons(data: bytes, **limits: int) -> list[str]:
    return [item.reason for item in read(data, **limits) if isinstance(item, Problem)]


def one(body: bytes = html(1), **options: object) -> bytes:
    writer = BufferWARCWriter(gzip=True)
    response(writer, "https://velm.example/1", body, **options)  # type: ignore[arg-type]
    return bytes(writer.get_contents())


@pytest.mark.parametrize("packed", [True, False])
def test_gives_every_page_with_its_address_date_and_place(packed: bool) -> None:
    data = archive(5, gzip=packed)
    found = pages(data)
    assert [page.uri for page in found] == [f"https://velm.example/{n}" for n in range(5)]
    assert [page.data for page in found] == [html(n) for n in range(5)]
    assert {(p.retrieved, p.charset, p.media_type) for p in found} == {(DATE, "utf-8", "text/html")}
    for page in found:  # the place is where a reader of archives finds the record
        at = int(page.place.rsplit("@", 1)[1])
        record = next(
            iter(ArchiveIterator(BytesIO(data[at:]), record_types=WarcRecordType.any_type))
        )
        assert record.headers["WARC-Target-URI"] == page.uri


def test_one_stream_for_all_records_is_read_too() -> None:
    assert len(pages(gzip.compress(archive(7, gzip=False)))) == 7


def test_only_pages_that_were_found_are_inputs() -> None:
    writer = BufferWARCWriter(gzip=True)
    response(writer, "https://v.example/gone", b"<p>gone", status="404 Not Found")
    response(writer, "https://v.example/moved", b"<p>moved", status="301 Moved")
    response(writer, "https://v.example/style", b"p {}", content_type="text/css")
    response(writer, "https://v.example/robots.txt", b"User-agent: *", content_type="text/plain")
    response(writer, "https://v.example/again", b"", kind="revisit")
    response(writer, "https://v.example/report.pdf", b"%PDF-1.4", content_type="application/pdf")
    response(
        writer, "https://v.example/short", b"<p>sho", record_headers={"WARC-Truncated": "length"}
    )
    tally = Tally()
    data = BytesIO(writer.get_contents())
    found = list(read_warc(data, "a.warc.gz", CleanSettings(), now=NOW, tally=tally))
    assert [(f.uri, f.cut) for f in found if isinstance(f, RawDocument)] == [
        ("https://v.example/report.pdf", None),
        ("https://v.example/short", "length"),
    ]
    assert tally.kinds == {"response": 6, "revisit": 1}
    assert (tally.pages, tally.damaged) == (2, 0)


def test_a_file_kept_as_a_resource_is_a_page() -> None:
    writer = BufferWARCWriter(gzip=True)
    record = writer.create_warc_record(
        "file:///in/a.html", "resource", payload=BytesIO(html(1)), warc_content_type="text/html"
    )
    writer.write_record(record)
    (found,) = pages(bytes(writer.get_contents()))
    assert found.data == html(1)


CODED = {
    "gzip": gzip.compress(html(1)),
    "two gzip members": gzip.compress(html(1)[:9]) + gzip.compress(html(1)[9:]),
    "zlib": zlib.compress(html(1)),
    "bare deflate": zlib.compress(html(1))[2:-4],
    "decoded already": html(1),
}


@pytest.mark.parametrize("name", CODED)
def test_content_codings_are_undone(name: str) -> None:
    coding = "gzip" if "gzip" in name or "already" in name else "deflate"
    (page,) = pages(one(CODED[name], headers=[("Content-Encoding", coding)]))
    assert page.data == html(1)


def test_chunks_are_put_together() -> None:
    body = (
        b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (html(1)[:30], html(1)[30:])) + b"0\r\n\r\n"
    )
    headers = [("Transfer-Encoding", "chunked")]
    assert pages(one(body, headers=headers))[0].data == html(1)
    assert pages(one(html(1), headers=headers))[0].data == html(1)


def test_bombs_are_set_aside_in_little_memory_and_time() -> None:
    begun = time.monotonic()
    bomb = gzip.compress(bytes(300_000_000))
    assert reasons(one(bomb, headers=[("Content-Encoding", "gzip")])) == ["too_large"]
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n"
    huge = gzip.compress(head % 300_000_000 + bytes(300_000_000))
    assert reasons(huge + archive(2)) == ["damaged"]
    assert len(pages(huge + archive(2))) == 2
    endless = gzip.compress(b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000)
    assert reasons(endless + archive(1)) == ["damaged"]
    assert time.monotonic() - begun < 20


def test_damage_costs_its_record_alone() -> None:
    data = archive(9)
    whole = pages(data)
    place = int(whole[4].place.rsplit("@", 1)[1])
    broken = data[: place + 40] + bytes(10) + data[place + 50 :]
    assert [p.uri for p in pages(broken)] == [p.uri for p in whole if p is not whole[4]]
    (problem,) = [item for item in read(broken) if isinstance(item, Problem)]
    assert problem.uri == f"a.warc.gz@{place}"


@pytest.mark.parametrize("packed", [True, False])
def test_an_altered_byte_is_noticed_by_the_digest(packed: bool) -> None:
    data = archive(3, gzip=packed)
    if packed:
        data = gzip.compress(gzip.decompress(data).replace(b"Report 1", b"Report 7"))
    else:
        data = data.replace(b"Report 1", b"Report 7")
    assert [p.uri[-1] for p in pages(data)] == ["0", "2"]
    assert reasons(data) == ["damaged"]


@given(cut=st.integers(1, 10_000), packed=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_file_that_was_cut_says_so(cut: int, packed: bool) -> None:
    """Everything before the cut is read; the cut is told unless it falls between two records."""
    data = archive(6, gzip=packed)
    cut = cut % len(data)
    found = read(data[:cut])
    kept = [item for item in found if isinstance(item, RawDocument)]
    assert [p.data for p in kept] == [html(n) for n in range(len(kept))]
    told = any(isinstance(item, Problem) for item in found)
    if packed:
        assert told == (not _ends_between_members(data[:cut]))


def _ends_between_members(data: bytes) -> bool:
    while data:
        member = zlib.decompressobj(31)
        member.decompress(data)
        if not member.eof:
            return False
        data = member.unused_data
    return True


@given(st.integers(0, 2**32), st.booleans())
@settings(max_examples=80, deadline=None)
def test_flipped_bytes_never_change_a_page_in_silence(seed: int, packed: bool) -> None:
    chance = random.Random(seed)
    data = bytearray(archive(4, gzip=packed))
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    bodies = {html(n) for n in range(4)}
    for item in read(bytes(data)):
        if isinstance(item, RawDocument) and packed:
            assert item.data in bodies


@given(st.binary(max_size=3000))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_to_their_end(data: bytes) -> None:
    read(data)
    read(b"\x1f\x8b\x08" + data)
    read(b"WARC/1.0\r\n" + data)


def test_a_file_of_starts_without_records_is_given_up_soon() -> None:
    begun = time.monotonic()
    assert "damaged" in reasons(b"\x1f\x8b\x08" * 300_000)
    assert "damaged" in reasons(b"\nWARC/1.0\r\n\r\n" * 300_000)
    assert time.monotonic() - begun < 15


def test_counts_agree_with_fastwarc() -> None:
    data = archive(40)
    theirs = [
        record.headers["WARC-Target-URI"]
        for record in ArchiveIterator(BytesIO(data), record_types=WarcRecordType.response)
        if record.http_headers and "html" in (record.http_headers.get("Content-Type") or "")
    ]
    assert theirs == [page.uri for page in pages(data)]
