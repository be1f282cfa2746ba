"""What a server's answer holds, whatever the server says."""

from __future__ import annotations

import pytest
from tests.steps.acquire.making_archives import archive
from tests.steps.acquire.making_files import docx, para, pdf

from sayso.records.captures import Capture
from sayso.steps.acquire.answers import input_of, kind_of_capture

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = pdf([["Velm fell on Monday."]])
DOCX = docx(para("Velm fell on Monday."))
LETTER = b"From: a@b.example\nTo: c@d.example\nSubject: Velm\nDate: Mon, 1 Jan 2031\n\nVelm fell.\n"
SAVED = (
    b"MIME-Version: 1.0\nSubject: a\nFrom: b\nContent-Type: multipart/related; boundary=b\n\n--b"
)
HTML = b"<html><p>Velm fell.</p></html>"
OCTETS = "application/octet-stream"


def capture(
    content: bytes, kind: str, path: str = "/a", *headers: tuple[str, str], status: int = 200
) -> Capture:
    digest = Capture.digest(content)
    return Capture(
        uri=f"https://velm.example{path}",
        final_uri=f"https://velm.example{path}",
        request_headers=(),
        status=status,
        http_version="HTTP/1.1",
        headers=(("Content-Type", kind), *headers),
        body=content,
        body_sha256=digest,
        content=content,
        sha256=digest,
        retrieved="2031-05-04T12:00:00Z",
        peer="192.0.2.7",
    )


@pytest.mark.parametrize(
    ("content", "stated", "path", "kind"),
    [
        (HTML, "text/html; charset=utf-8", "/a", "text/html"),
        (HTML, "", "/a", "text/html"),
        (HTML, OCTETS, "/a", "text/html"),
        (HTML, "application/pdf", "/a.pdf", "text/html"),
        (PDF, "application/pdf", "/a", "application/pdf"),
        (PDF, OCTETS, "/a", "application/pdf"),
        (PDF, "text/html", "/a", "application/pdf"),
        (b"damaged \x00", "application/pdf", "/a", "application/pdf"),
        (DOCX, WORD, "/a", WORD),
        (DOCX, "application/zip", "/a", WORD),
        (DOCX, "application/msword", "/a", WORD),
        (LETTER, "message/rfc822", "/a", "message/rfc822"),
        (LETTER, "text/plain", "/a.eml", "message/rfc822"),
        (LETTER, OCTETS, "/a", "message/rfc822"),
        (SAVED, "multipart/related; boundary=b", "/a", "multipart/related"),
        (SAVED, "application/x-mimearchive", "/a", "multipart/related"),
        (SAVED, OCTETS, "/a.mhtml?x=1", "multipart/related"),
        (b"Velm fell.", "text/plain", "/a.pdf", "text/plain"),
        (b"# Velm", "text/plain", "/a.md", "text/markdown"),
        (b"\x89PNG\x00", "image/png", "/a", None),
        (b"\x89PNG\x00", OCTETS, "/a", None),
        (b'{"a": 1}', "application/json", "/a", None),
        (archive(1), "application/warc", "/a.warc.gz", None),
        (archive(1), OCTETS, "/a.warc.gz", None),
    ],
)
def test_kinds(content: bytes, stated: str, path: str, kind: str | None) -> None:
    assert kind_of_capture(capture(content, stated, path)) == kind


def test_the_name_of_a_file_to_save() -> None:
    named = ("Content-Disposition", 'attachment; filename="velm.eml"')
    assert kind_of_capture(capture(b"Velm", OCTETS, "/get", named)) == "message/rfc822"
    broken = ("Content-Disposition", 'attachment; filename*="\x00' + 9000 * "=?utf-8?")
    assert kind_of_capture(capture(b"Velm", OCTETS, "/get", broken)) == "text/plain"


def test_only_what_was_found_is_read() -> None:
    assert input_of(capture(HTML, "text/html", status=404)) is None
    assert input_of(capture(b"", "text/html")) is None
