"""Custody: what is written down, what a stop leaves behind, and that every change is found."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from tests.fakes import FakeReader, raw
from warcio.archiveiterator import ArchiveIterator

from sayso.errors import LedgerDamaged
from sayso.ports import CaptureSink
from sayso.records.captures import Capture, Redirect, Validators
from sayso.records.documents import RawDocument
from sayso.settings import CleanSettings, Settings
from sayso.steps.acquire.warcs import read_warc
from sayso.store.custody import Custody, folder_of, verify
from sayso.store.custody.log import HEAD, LOG
from sayso.store.custody.verifying import last_hash
from sayso.store.ledger_file import LedgerFile

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


def page(number: int, *, packed: bool = False, retrieved: str = "2031-05-04T11:59:00Z") -> Capture:
    content = f"<p>Report {number} from Velm</p>".encode() * 20
    body = gzip.compress(content, mtime=0) if packed else content
    coding = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")) if packed else ()
    return Capture(
        uri=f"http://velm.example/{number}",
        final_uri=f"https://velm.example/{number}",
        redirects=(Redirect(f"http://velm.example/{number}", 301, "https:"),),
        request_headers=(("User-Agent", "sayso"),),
        status=200,
        reason_phrase="OK",
        http_version="HTTP/1.1",
        headers=(
            ("Content-Type", "text/html; charset=utf-8"),
            ("X-Odd", "a\r\nForged: b"),
            ("ETag", f"v{number}"),
            *coding,
        ),
        body=body,
        body_sha256=Capture.digest(body),
        content=content,
        sha256=Capture.digest(content),
        retrieved=retrieved,
        peer="192.0.2.7",
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of five documents, three of them fetched and two read from files."""
    path = tmp_path / "velm.sayso"
    reader = FakeReader(Settings())
    file = LedgerFile(str(path))
    with Custody(path, clock=lambda: NOON, segment_bytes=1500) as custody:
        for number in range(3):
            kept = page(number, packed=number == 1)
            custody.put(kept)
            file.add(reader.read(raw(kept.content, kept.uri)), None)
        for name in ("a.txt", "b.txt"):
            one = raw(f'Velm\n"We hold {name}," said Bo', name)
            custody.received(one, place=f"/in/{name}", keep_bytes=name == "b.txt")
            file.add(reader.read(one), None)
    file.close()
    assert verify(path) == []
    return path


def lines(ledger: Path) -> list[bytes]:
    return (folder_of(ledger) / LOG).read_bytes().splitlines(keepends=True)


def put(ledger: Path, new: list[bytes]) -> None:
    (folder_of(ledger) / LOG).write_bytes(b"".join(new))


def test_an_entry_tells_where_when_what_and_by_whom(ledger: Path) -> None:
    begun, first, *_ = [msgspec.json.decode(line) for line in lines(ledger)]
    assert begun["action"] == "begun"
    assert begun["previous"] == "0" * 64
    assert first["previous"] == begun["hash"]
    assert (first["uri"], first["final_uri"]) == (
        "http://velm.example/0",
        "https://velm.example/0",
    )
    assert (first["status"], first["peer"]) == (200, "192.0.2.7")
    assert first["redirects"][0]["status"] == 301
    assert first["retrieved"] == "2031-05-04T11:59:00Z"
    assert first["time"] == "2031-05-04T12:00:00Z"
    assert first["by"].startswith("sayso")


def test_segments_are_whole_warcs_with_the_bytes_as_they_came(ledger: Path) -> None:
    found: dict[str, bytes] = {}
    kinds: list[str] = []
    segments = sorted(folder_of(ledger).glob("*.warc.gz"))
    assert len(segments) > 1
    for segment in segments:
        with segment.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                kinds.append(record.rec_type)
                if record.rec_type in ("response", "resource"):
                    uri = record.rec_headers.get_header("WARC-Target-URI")
                    found[uri] = record.raw_stream.read()
                if record.rec_type == "response":
                    assert record.http_headers.get_header("Forged") is None
    assert found["https://velm.example/2"] == page(2).content
    assert found["b.txt"].startswith(b"Velm")
    assert "a.txt" not in found
    assert {"warcinfo", "request", "response", "metadata", "resource"} == set(kinds)


def test_what_was_kept_can_be_read_again(ledger: Path) -> None:
    found: list[RawDocument] = []
    for segment in sorted(folder_of(ledger).glob("*.warc.gz")):
        with segment.open("rb") as file:
            for item in read_warc(file, segment.name, CleanSettings(), now=""):
                assert isinstance(item, RawDocument)
                found.append(item)
    pages = [item for item in found if item.charset]
    assert [item.data for item in pages] == [page(number).content for number in range(3)]
    assert {item.retrieved for item in pages} == {"2031-05-04T11:59:00Z"}


def test_a_page_is_kept_once_and_each_visit_is_written_down(ledger: Path) -> None:
    before = len(lines(ledger))
    with Custody(ledger) as custody:
        sink: CaptureSink = custody
        sink.put(page(1, packed=True))  # the very same capture
        assert len(lines(ledger)) == before
        again = page(1, retrieved="2031-06-01T00:00:00Z")
        assert custody.seen(again.sha256)
        custody.put(again)
        assert custody.known(again.uri) == Validators("v1", None, again.sha256)
        assert custody.known("http://velm.example/9") is None
        assert not custody.seen("0" * 64)
    added = msgspec.json.decode(lines(ledger)[-1])
    assert (added["action"], added["retrieved"], "stored" in added) == (
        "captured",
        "2031-06-01T00:00:00Z",
        False,
    )
    assert verify(ledger) == []


Change = Callable[[Path], object]
CHANGES: dict[str, Change] = {
    "altered": lambda p: put(p, [line.replace(b"/in/a", b"/in/x") for line in lines(p)]),
    "deleted": lambda p: put(p, lines(p)[:2] + lines(p)[3:]),
    "first deleted": lambda p: put(p, lines(p)[1:]),
    "reordered": lambda p: put(p, [*lines(p)[:2], lines(p)[3], lines(p)[2], *lines(p)[4:]]),
    "last lost": lambda p: put(p, lines(p)[:-1]),
    "cut in a line": lambda p: put(p, [*lines(p)[:-1], lines(p)[-1][:-9]]),
    "doubled": lambda p: put(p, [*lines(p), lines(p)[-1]]),
    "added by hand": lambda p: put(p, [*lines(p), b'{"seq":8}\n']),
    "emptied": lambda p: put(p, []),
    "head lost": lambda p: (folder_of(p) / HEAD).unlink(),
    "log lost": lambda p: (folder_of(p) / LOG).unlink(),
    "segment lost": lambda p: (folder_of(p) / "00001.warc.gz").unlink(),
    "segment cut": lambda p: os.truncate(folder_of(p) / "00002.warc.gz", 100),
    "segment longer": lambda p: (folder_of(p) / "00002.warc.gz").open("ab").write(b"x"),
    "segment added": lambda p: (folder_of(p) / "00009.warc.gz").write_bytes(b"x"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_found(ledger: Path, name: str) -> None:
    CHANGES[name](ledger)
    assert verify(ledger)


def test_any_flipped_bit_is_found(ledger: Path) -> None:
    chance = random.Random(7)
    folder = folder_of(ledger)
    for _ in range(150):
        path = folder / chance.choice([LOG, "00001.warc.gz", "00002.warc.gz"])
        before = path.read_bytes()
        at = chance.randrange(len(before))
        changed = bytearray(before)
        changed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        assert verify(ledger), (path.name, at)
        path.write_bytes(before)
    assert verify(ledger) == []


def test_a_line_added_with_the_right_hash_is_found(ledger: Path, tmp_path: Path) -> None:
    """Somebody who knows the format adds to the log alone: the head tells."""
    head = (folder_of(ledger) / HEAD).read_bytes()
    with Custody(ledger) as custody:
        custody.received(raw("Planted", "planted.txt"))
    (folder_of(ledger) / HEAD).write_bytes(head)
    assert any("by hand" in fault for fault in verify(ledger))
    with Custody(ledger) as custody:
        custody.received(raw("More", "more.txt"))
    (fault,) = verify(ledger)
    assert "lost or added" in fault


@pytest.mark.parametrize("lost", [1, 2, 6])
def test_lines_that_were_lost_are_told_of_for_ever(ledger: Path, lost: int) -> None:
    """As after a loss of power, or as somebody cut them off and sayso went on."""
    put(ledger, lines(ledger)[:-lost])
    segments = {path: path.stat().st_size for path in folder_of(ledger).glob("*.warc.gz")}
    for name in ("next.txt", "more.txt"):
        with Custody(ledger) as custody:
            custody.received(raw("Next", name))
            custody.put(page(90 + len(name)))
        assert any("lost or added" in fault for fault in verify(ledger))
    assert all(path.stat().st_size >= size for path, size in segments.items())
    actions = [msgspec.json.decode(line)["action"] for line in lines(ledger)]
    assert actions.count("resumed") == 1


def test_a_log_whose_last_line_was_altered_is_not_gone_on_with(ledger: Path) -> None:
    whole = lines(ledger)
    put(ledger, [*whole[:-2], whole[-2].replace(b"a.txt", b"x.txt")])
    with pytest.raises(LedgerDamaged), Custody(ledger) as custody:
        custody.received(raw("Next", "next.txt"))


def test_a_whole_new_log_is_found_by_a_hash_noted_elsewhere(ledger: Path) -> None:
    entries, noted = last_hash(ledger)
    assert entries == len(lines(ledger))
    assert verify(ledger, known=noted) == []
    folder = folder_of(ledger)
    for path in folder.iterdir():
        path.unlink()
    with Custody(ledger) as custody:
        for number in range(3):
            custody.put(page(number))
        for name in ("a.txt", "b.txt"):
            custody.received(raw(f'Velm\n"We hold {name}," said Bo', name))
    assert verify(ledger) == []
    assert verify(ledger, known=noted) != []


def test_a_document_the_log_does_not_know_is_named(ledger: Path) -> None:
    file = LedgerFile(str(ledger))
    file.add(FakeReader(Settings()).read(raw("Slipped in by hand", "slipped.txt")), None)
    file.close()
    (fault,) = verify(ledger)
    assert "slipped.txt" in fault


def test_a_stopped_run_is_mended_and_written_down(ledger: Path) -> None:
    folder = folder_of(ledger)
    with Custody(ledger) as custody:  # as left by a kill in the middle of a capture
        custody.put(page(7))
    whole = lines(ledger)
    head = msgspec.json.decode((folder / HEAD).read_bytes())
    before = {
        **head,
        "entries": head["entries"] - 1,
        "bytes": head["bytes"] - len(whole[-1]),
        "hash": msgspec.json.decode(whole[-2])["hash"],
        "announced": head["hash"],
    }
    stored = msgspec.json.decode(whole[-1])["stored"]
    before |= {"segment": stored["segment"], "filled": stored["offset"]}
    segment = (folder / stored["segment"]).read_bytes()
    for left in (b"", whole[-1][:50], whole[-1]):
        (folder / stored["segment"]).write_bytes(segment)
        (folder / HEAD).write_bytes(msgspec.json.encode(before))
        put(ledger, [*whole[:-1], left])
        with Custody(ledger) as custody:
            custody.received(raw("Next", "next.txt"))
        actions = [msgspec.json.decode(line)["action"] for line in lines(ledger)[len(whole) - 1 :]]
        torn = left != whole[-1]
        expected = ["recovered"] * (bool(left) + 1) if torn else ["captured"]
        assert actions == [*expected, "received"]
        assert verify(ledger) == []


_WRITER = """
    import sys
    from tests.fakes import raw
    from tests.store.custody.test_custody import page
    from sayso.store.custody import Custody
    start = int(sys.argv[2])
    with Custody(sys.argv[1], segment_bytes=20_000) as custody:
        print("ready", flush=True)
        for number in range(start, start + 5000):
            custody.put(page(number)) if number % 3 else custody.received(raw(f"t{number}"))
"""


def test_killed_at_any_moment_with_two_writers_nothing_is_lost(tmp_path: Path) -> None:
    """kill -9 between any two instructions: the chain holds and at most one entry is half done."""
    path = tmp_path / "k.sayso"
    LedgerFile(str(path)).close()
    chance = random.Random(3)
    code = textwrap.dedent(_WRITER)
    for turn in range(4):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", code, str(path), str(10_000 * (2 * turn + side))],
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
            for side in (0, 1)
        ]
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        for writer in writers:
            try:
                writer.wait(chance.uniform(0.05, 0.4))
            except subprocess.TimeoutExpired:
                writer.send_signal(signal.SIGKILL)
            writer.wait()
            assert writer.stdout is not None
            writer.stdout.close()
        with Custody(path) as custody:
            custody.received(raw(f"after {turn}"))
        assert verify(path) == []
    assert len(lines(path)) > 50
