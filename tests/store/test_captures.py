from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from sayso.errors import LedgerError
from sayso.records.captures import Capture
from sayso.store.captures import CaptureFolder

BODY = b"<p>Velm fell, the Karsk Front said.</p>"


def capture(uri: str = "https://tarvia.example/velm", body: bytes = BODY) -> Capture:
    return Capture(
        uri=uri,
        final_uri=uri,
        request_headers=(("Host", "tarvia.example"),),
        status=200,
        http_version="HTTP/1.1",
        headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')),
        body=body,
        body_sha256=Capture.digest(body),
        content=body,
        sha256=Capture.digest(body),
        retrieved="2020-11-03T10:00:00Z",
        peer="93.184.216.34",
    )


def files(folder: Path) -> list[str]:
    return [path.name for path in (folder / "pages").rglob("*") if path.is_file()]


def test_putting_twice_changes_nothing(tmp_path: Path) -> None:
    with CaptureFolder(tmp_path) as folder:
        for _ in range(2):
            folder.put(capture())
        assert len(list(folder.captures())) == 1
        assert folder.seen(capture().sha256)
        assert folder.known(capture().uri) == capture().validators
        assert folder.known("https://tarvia.example/other") is None
    assert files(tmp_path) == [f"{capture().sha256}.html"]


def test_the_same_content_is_noted_elsewhere_and_stored_once(tmp_path: Path) -> None:
    with CaptureFolder(tmp_path) as folder:
        folder.put(capture())
        folder.put(capture("https://karsk.example/copy"))
        assert [kept.uri for kept in folder.captures()] == [
            "https://tarvia.example/velm",
            "https://karsk.example/copy",
        ]
        # the first in the alphabet first, whichever came first: so what is read is the same
        assert [document.uri for document in folder.contents()] == [
            "https://karsk.example/copy",
            "https://tarvia.example/velm",
        ]
        assert len(list((tmp_path / "pages").rglob("*.html"))) == 1
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("kind", ["text/../../x", "text/plain\0", "../../etc/passwd", ""])
def test_no_header_names_a_file(tmp_path: Path, kind: str) -> None:
    with CaptureFolder(tmp_path / "in") as folder:
        folder.put(replace(capture(), headers=(("Content-Type", kind),)))
    assert files(tmp_path / "in") == [f"{capture().sha256}.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_torn_file_is_written_anew(tmp_path: Path) -> None:
    """A kill after the file and before the index leaves a file that the next run takes over."""
    torn = tmp_path / "pages" / capture().sha256[:2] / f"{capture().sha256}.html"
    torn.parent.mkdir(parents=True)
    torn.write_bytes(BODY[:5])
    with CaptureFolder(tmp_path) as folder:
        assert not folder.seen(capture().sha256)
        folder.put(capture())
        (document,) = folder.contents()
    assert document.content == BODY


def test_a_folder_whose_index_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite").write_bytes(b"no database, but long enough to be looked at" * 50)
    with pytest.raises(LedgerError):
        CaptureFolder(tmp_path)


def test_the_index_is_plain_sqlite(tmp_path: Path) -> None:
    with CaptureFolder(tmp_path) as folder:
        folder.put(capture())
    rows = sqlite3.connect(tmp_path / "index.sqlite").execute("SELECT uri FROM captures")
    assert rows.fetchall() == [(capture().uri,)]
