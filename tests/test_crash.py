"""`kill -9` at any moment leaves a whole ledger, which the same command completes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from tests.fakes import FakeReader, raw

import sayso
from sayso.export.json import json_lines
from sayso.settings import Settings

ROUNDS = 64
"""Kills in one run of this test."""
DOCUMENTS = 160


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for number in range(DOCUMENTS):
        text = "".join(
            f'"We have {number + i} fighters near Velm {i}," said Orlo Venn. '
            f'"They attacked Durno," said Karsk {number}. '
            for i in range(number % 7 + 1)
        )
        end = "PARTLY\n" if number % 10 == 0 else "\n"
        (folder / f"{number:04}.txt").write_text(f"Report {number}\ndate: 2019-12\n{text}{end}")
    (folder / "refused.txt").write_text("REFUSE")
    (folder / "copy.txt").write_text((folder / "0000.txt").read_text())
    return folder


@pytest.fixture(scope="module")
def undisturbed(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("ledger") / "undisturbed.sayso"
    assert start(path, reports, workers=0).wait() == 0
    return canonical(path)


def start(
    ledger: Path, reports: Path, *, workers: int, pause: str = "0"
) -> subprocess.Popen[bytes]:
    """A process that reads, as `sayso read` does but with the fake reader."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crash_entry", str(ledger), str(reports), str(workers)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "FAKE_PAUSE": pause},
    )


def canonical(path: Path) -> bytes:
    """The export without the times of retrieval."""
    with sayso.open(path, create=False) as ledger:
        lines = []
        for record in ledger.records():
            plain = json_lines([record])
            fields = json.loads(b"".join(plain))
            fields.pop("retrieved", None)
            lines.append(json.dumps(fields, ensure_ascii=False))
    return "\n".join(lines).encode()


def documents_in(path: Path) -> int:
    """How many documents there are; each with everything that was found in it.

    Opens the file by itself, without what sayso does after an unclean stop.
    """
    if not path.exists() or not path.stat().st_size:
        return 0
    db = apsw.Connection(str(path))
    try:
        assert db.execute("PRAGMA integrity_check").get == "ok"
        if not db.execute("SELECT count(*) FROM sqlite_schema").get:
            return 0
        rows = db.execute(
            "SELECT t.text, d.read_as,"
            " (SELECT count(*) FROM mentions WHERE document = d.number),"
            " (SELECT count(*) FROM statements WHERE document = d.number),"
            " (SELECT count(*) FROM claims WHERE document = d.number),"
            " (SELECT count(*) FROM event_readings WHERE document = d.number),"
            " (SELECT count(*) FROM problems WHERE document = d.number),"
            " (SELECT count(*) FROM entity_readings WHERE document = d.number)"
            " FROM documents AS d LEFT JOIN texts AS t ON t.number = d.number"
        ).fetchall()
    finally:
        db.close()
    reader = FakeReader(Settings())
    for text, uri, *counts in rows:
        whole = reader.read(raw(text, uri))
        parts = (whole.mentions, whole.statements, whole.claims, whole.events, whole.problems)
        assert counts == [*map(len, parts), len(whole.entities)], f"{uri} is half-written"
    return len(rows)


def moments(seed: int) -> Iterator[float]:
    chance = random.Random(seed)
    while True:
        yield chance.uniform(0.0, 0.35)


def wait_for_first_commit(process: subprocess.Popen[bytes], path: Path) -> None:
    """Starting Python takes most of a short run; what is to be hit is the writing."""
    wal = Path(f"{path}-wal")
    until = time.monotonic() + 20
    before = wal.stat().st_size if wal.exists() else 0
    while process.poll() is None and time.monotonic() < until:
        if wal.exists() and wal.stat().st_size != before:
            return
        time.sleep(0.001)


def test_kills_at_random_moments(reports: Path, undisturbed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "region.sayso"
    half_way, kills, ledgers = 0, 0, 0
    for delay in moments(seed=7):
        if kills >= ROUNDS:
            break
        process = start(path, reports, workers=0, pause="0.004")
        if kills % 4:  # every fourth kill may hit the start, and with it the making of the file
            wait_for_first_commit(process, path)
        time.sleep(delay)
        process.kill()
        if process.wait() == 0:
            assert canonical(path) == undisturbed
            for suffix in ("", "-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            ledgers += 1
            continue
        kills += 1
        half_way += 0 < documents_in(path) < DOCUMENTS
        if path.exists():
            with sayso.open(path) as ledger:
                assert ledger.check() == []
    assert half_way > ROUNDS // 4, "the kills must hit the writing"
    assert start(path, reports, workers=0).wait() == 0
    assert canonical(path) == undisturbed


def test_kills_of_the_parent_of_workers(reports: Path, undisturbed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "region.sayso"
    for _, delay in zip(range(6), moments(seed=11), strict=False):
        process = start(path, reports, workers=2, pause="0.01")
        wait_for_first_commit(process, path)
        time.sleep(delay)
        process.kill()
        process.wait()
        documents_in(path)
    assert start(path, reports, workers=2).wait() == 0
    assert canonical(path) == undisturbed


def test_two_readers_of_one_collection(reports: Path, undisturbed: bytes, tmp_path: Path) -> None:
    """Two processes that read the same folder into the same ledger take turns, and agree."""
    path = tmp_path / "region.sayso"
    sayso.open(path).close()
    both = [start(path, reports, workers=0, pause="0.002") for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert canonical(path) == undisturbed


@pytest.mark.parametrize("workers", [1, 3])
def test_the_number_of_workers_does_not_matter(
    reports: Path, undisturbed: bytes, tmp_path: Path, workers: int
) -> None:
    path = tmp_path / "region.sayso"
    assert start(path, reports, workers=workers).wait() == 0
    assert canonical(path) == undisturbed


def test_shuffled_files_in_portions(reports: Path, undisturbed: bytes, tmp_path: Path) -> None:
    files = sorted(reports.iterdir())
    random.Random(3).shuffle(files)
    with sayso.Ledger(tmp_path / "region.sayso", reader="tests.fakes:FakeReader") as ledger:
        for portion in (files[:50], files[40:90], files[90:], files[:20]):
            ledger.read(portion, workers=0)
    assert canonical(tmp_path / "region.sayso") == undisturbed


def test_a_kill_during_an_export_leaves_the_old_file(reports: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "region.sayso", tmp_path / "out.jsonl"
    assert start(path, reports, workers=0).wait() == 0
    out.write_text("old")
    command = [sys.executable, "-m", "sayso", "export", str(path), "-o", str(out)]
    whole = subprocess.run([*command[:-1], str(tmp_path / "whole.jsonl")], check=True)
    assert whole.returncode == 0
    chance = random.Random(5)
    expected = (tmp_path / "whole.jsonl").read_bytes()
    for _ in range(8):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, 0.6))
        process.kill()
        process.wait()
        assert out.read_bytes() in (b"old", expected)
