"""Finding and loading files."""

from __future__ import annotations

import gzip
import os
import socket
from pathlib import Path

import pytest

from sayso.errors import SetAside
from sayso.records.provenance import Problem
from sayso.settings import CleanSettings
from sayso.steps.acquire.files import FoundFile, find, load, printable


def uris(*paths: str | Path) -> list[str]:
    """The addresses of the files that are found; problems as `reason:address`."""
    return [
        f"{item.reason}:{item.uri}" if isinstance(item, Problem) else item.uri
        for item in find(paths)
    ]


def test_finds_texts_in_order_of_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "b.txt",
        "a.HTML",
        "c.jpg",
        "d.WARC.gz",
        "e.gz",
        ".hidden.txt",
        "n/z.md",
        "n/y.markdown",
        ".git/x.txt",
    ):
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    assert uris("in") == ["in/a.HTML", "in/b.txt", "in/d.WARC.gz", "in/n/y.markdown", "in/n/z.md"]
    assert uris("in/") == ["in/a.HTML", "in/b.txt", "in/d.WARC.gz", "in/n/y.markdown", "in/n/z.md"]


def test_gives_media_types_and_sizes(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text("<p>x")
    (found,) = find([tmp_path])
    assert isinstance(found, FoundFile)
    assert (found.media_type, found.size) == ("text/html", 4)


def test_a_named_file_of_another_ending_is_sniffed(tmp_path: Path) -> None:
    cases = {
        "a.log": b"plain words",
        "b.dat": b"\n<!DOCTYPE html><p>",
        "c.bin": b"\x00\x01",
        "d.bin": b"%PDF-1.4",
        "e.bin": b"WARC/1.0\r\n",
        "f.bin": gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n"),
        "g.bin": gzip.compress(b"words"),
        "h.bin": b"PK\x03\x04....[Content_Types].xml....word/document.xml",
        "i.bin": b"PK\x03\x04\x00\x00mimetype",
        "j.bin": b"From: bo@velm.example\r\nDate: today\r\nSubject: Velm\r\n\r\nIt fell.",
        "k.bin": b"MIME-Version: 1.0\nSubject: Velm\nFrom: x\n"
        b"Content-Type: multipart/related;\n boundary=a\n\n",
        "l.bin": b"From: the governor of Velm\nThe town fell.",
    }
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
    found = [next(find([tmp_path / name])) for name in cases]
    assert [f.media_type if isinstance(f, FoundFile) else f.reason for f in found] == [
        "text/plain",
        "text/html",
        "unsupported",
        "application/pdf",
        "application/warc",
        "application/warc",
        "unsupported",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "unsupported",
        "message/rfc822",
        "multipart/related",
        "text/plain",
    ]


def test_what_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert uris(tmp_path / "gone.txt", "a\x00b") == [
        f"unreadable:{tmp_path}/gone.txt",
        "unreadable:a\\x00b",
    ]


def test_loops_are_told_and_left(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("x")
    (tmp_path / "in" / "back").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "self.txt").symlink_to(tmp_path / "in" / "self.txt")
    base = tmp_path / "in"
    assert uris(base) == [f"{base}/a.txt", f"loop:{base}/back", f"loop:{base}/self.txt"]


def test_a_folder_linked_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("x")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert uris(tmp_path) == [f"{tmp_path}/a/x.txt"]


def test_crossed_links_do_not_multiply(tmp_path: Path) -> None:
    for n in range(12):
        (tmp_path / f"d{n}").mkdir()
        for m in range(12):
            (tmp_path / f"d{n}" / f"l{m}").symlink_to(tmp_path / f"d{m}")
    assert len(uris(tmp_path)) <= 12 * 12


def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket.txt"))
        (tmp_path / "null.txt").symlink_to("/dev/zero")
        assert [u.split(":")[0] for u in uris(tmp_path)] == ["unreadable"] * 3
    found = FoundFile(str(tmp_path / "pipe.txt"), "pipe.txt", "text/plain", 5)
    with pytest.raises(SetAside) as caught:
        load(found, CleanSettings())
    assert caught.value.reason == "unreadable"


def test_a_folder_named_as_a_text_is_walked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert uris(tmp_path) == []
    with pytest.raises(SetAside) as caught:
        load(FoundFile(str(tmp_path / "a.txt"), "a.txt", "text/plain", 5), CleanSettings())
    assert caught.value.reason == "unreadable"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0)
    assert uris(tmp_path) == [f"unreadable:{tmp_path}/shut"]


def test_names_of_no_encoding_become_printable(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9\n.txt")
    (tmp_path / name).write_text("x")
    (found,) = find([tmp_path])
    assert isinstance(found, FoundFile)
    assert found.uri == f"{tmp_path}/caf\\xe9\\x0a.txt"
    assert found.uri.encode("utf-8")
    assert load(found, CleanSettings()).data == b"x"


def test_printable_keeps_other_letters() -> None:
    assert printable("отчёты/Ω.txt") == "отчёты/Ω.txt"


def test_large_files_are_not_read(tmp_path: Path) -> None:
    with open(tmp_path / "a.txt", "wb") as file:
        file.truncate(100_000_000_000)  # takes no room: the file has a hole
    (found,) = find([tmp_path])
    assert isinstance(found, FoundFile)
    with pytest.raises(SetAside) as caught:
        load(found, CleanSettings())
    assert caught.value.reason == "too_large"


def test_loads_bytes_and_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x\r\n")
    (found,) = find([tmp_path])
    assert isinstance(found, FoundFile)
    loaded = load(found, CleanSettings())
    assert loaded.data == b"x\r\n"
    assert loaded.retrieved.endswith("Z")
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(SetAside) as caught:
        load(found, CleanSettings())
    assert caught.value.reason == "empty"


def test_finding_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    paths = find([tmp_path / "a.txt", tmp_path / "gone"])
    assert isinstance(next(paths), FoundFile)
    (tmp_path / "gone").write_text("words")
    assert isinstance(next(paths), FoundFile)


def test_a_deep_tree_is_walked(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(600):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("x")
    assert len(uris(tmp_path)) == 1
