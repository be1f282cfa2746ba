"""Archives made by the tests, with warcio, as crawlers write them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BufferWARCWriter

DATE = "2031-05-04T11:59:00Z"


def html(number: int) -> bytes:
    """A small page about an invented place."""
    return f"<html><body><p>Report {number}: the Karsk Front left Velm, it said.</p>".encode()


def response(
    writer: BufferWARCWriter,
    uri: str,
    body: bytes,
    *,
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    headers: Iterable[tuple[str, str]] = (),
    record_headers: dict[str, str] | None = None,
    kind: str = "response",
) -> None:
    """Writes one answer."""
    http = StatusAndHeaders(status, [("Content-Type", content_type), *headers], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        uri,
        kind,
        payload=BytesIO(body),
        http_headers=http,
        warc_headers_dict={"WARC-Date": DATE, **(record_headers or {})},
    )
    writer.write_record(record)


def archive(number: int, *, gzip: bool = True) -> bytes:
    """An archive with `number` pages, and before each a request and after each a picture."""
    writer = BufferWARCWriter(gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "a test"}))
    for n in range(number):
        uri = f"https://velm.example/{n}"
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "velm.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(uri, "request", http_headers=asked))
        response(writer, uri, html(n))
        response(writer, uri + ".png", b"\x89PNG" + bytes(50), content_type="image/png")
    return bytes(writer.get_contents())
