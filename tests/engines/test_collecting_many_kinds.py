"""Archives, binary formats and custody in one collection, with the real reader of bytes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from tests.steps.acquire.making_archives import archive
from tests.steps.acquire.making_files import docx, para, pdf
from tests.steps.acquire.test_page_parts import BLOGS, part, raw
from tests.store.custody.test_custody import page

import sayso.steps.acquire.pdfs as pdfs
from sayso.engines.collecting import Collector, Progress, ReadSummary, load_all
from sayso.records.captures import Capture
from sayso.records.documents import RawDocument
from sayso.records.provenance import MadeBy
from sayso.records.readings import Reading
from sayso.settings import ReadSettings, Settings
from sayso.steps.acquire.answers import input_of
from sayso.steps.acquire.files import find, inputs
from sayso.steps.clean.clean import STEP, VERSION, clean
from sayso.store.asking import all_rows
from sayso.store.custody import Custody, folder_of, verify
from sayso.store.ledger_file import LedgerFile

LINE = "The governor of Velm said on Monday that the fighters had left the town in the night."


class CleaningReader:
    """Reads bytes as sayso does and finds nothing in them.

    A PDF that says CRASH, HANG or HOG makes its parser do that, as a defect of a library would.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._whole = pdfs.pdf_text

    @property
    def made_by(self) -> Mapping[str, MadeBy]:
        import py3langid  # noqa: F401  loaded now: not on the first document's time
        import pypdf  # noqa: F401
        import trafilatura  # noqa: F401

        return {STEP: MadeBy.of(STEP, VERSION, self.settings.clean)}

    def read(self, raw: RawDocument) -> Reading:
        if raw.media_type == "application/pdf":
            _misbehave(self._whole(raw.data, max_characters=10_000).text)
        cleaned = clean(raw, self.settings.clean)
        return Reading(
            cleaned.document, (), (), (), (), (), tuple(self.made_by.values()), cleaned.problems
        )


def _misbehave(text: str) -> None:
    if "CRASH" in text:
        os.abort()
    while "HANG" in text:
        time.sleep(0.05)
    if "HOG" in text:
        hog = [bytearray(1 << 26) for _ in range(1000)]
        raise AssertionError(f"the memory limit did not hold: {len(hog)}")


def collect(
    folder: Path, ledger: Path, *, workers: int = 2, deadline_seconds: float = 60.0
) -> tuple[ReadSummary, list[Progress]]:
    settings = Settings(
        read=ReadSettings(
            workers=workers, deadline_seconds=deadline_seconds, seconds_per_million=0, memory_mb=800
        )
    )
    file = LedgerFile(str(ledger))
    seen: list[Progress] = []
    with Custody(ledger) as custody:
        collector = Collector(
            file,
            settings,
            reader=f"{__name__}:CleaningReader",
            report=seen.append,
            total=1,
            custody=custody,
        )
        summary = collector.collect(
            load_all(
                find([folder]), lambda found: inputs(found, settings.clean), lambda found: found.uri
            )
        )
    file.close()
    return summary, seen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.warc.gz").write_bytes(archive(5))
    (inside / "b.docx").write_bytes(docx(para(LINE)))
    (inside / "c.pdf").write_bytes(pdf([[LINE]]))
    (inside / "d.txt").write_text(LINE + " It was quiet.")
    return inside


@pytest.mark.parametrize("workers", [0, 2])
def test_every_kind_is_read_once_and_is_in_custody(
    folder: Path, tmp_path: Path, workers: int
) -> None:
    ledger = tmp_path / "v.sayso"
    summary, seen = collect(folder, ledger, workers=workers)
    assert (summary.read, summary.set_aside) == (8, 0)
    assert seen[-1].total is None
    assert verify(ledger) == []
    again, _ = collect(folder, ledger, workers=workers)
    assert (again.read, again.unchanged) == (0, 8)
    assert verify(ledger) == []


def test_a_parser_that_crashes_hangs_or_hogs_costs_its_document(
    folder: Path, tmp_path: Path
) -> None:
    for word in ("CRASH", "HANG", "HOG"):
        (folder / f"{word}.pdf").write_bytes(pdf([[word, LINE]]))
    ledger = tmp_path / "v.sayso"
    summary, seen = collect(folder, ledger, deadline_seconds=8.0)
    assert (summary.read, summary.set_aside) == (8, 3)
    reasons = {
        p.uri[-8:-4].strip("/"): p.problems[0].reason for p in seen if p.result == "set_aside"
    }
    assert reasons == {"RASH": "crashed", "HANG": "deadline", "HOG": "memory"}
    assert verify(ledger) == []


def test_entries_and_pages_of_one_report_are_traced_to_what_came(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "live.html").write_bytes(raw(BLOGS["class names"]).data)
    for number in (1, 2, 3):
        page = part(number, 3, uri="in/velm-{}.html")
        (inside / f"velm-{number}.html").write_bytes(page.data)
    ledger = tmp_path / "v.sayso"
    summary, _ = collect(inside, ledger, workers=0)
    assert (summary.read, summary.set_aside) == (4, 0)
    assert verify(ledger) == []
    log = (folder_of(ledger) / "log.jsonl").read_bytes()
    actions = [msgspec.json.decode(line)["action"] for line in log.splitlines()]
    assert sorted(actions) == ["begun"] + 4 * ["derived"] + 4 * ["received"]
    again, _ = collect(inside, ledger, workers=0)
    assert (again.read, again.unchanged) == (0, 4)
    assert (folder_of(ledger) / "log.jsonl").read_bytes() == log


def _with_body(capture: Capture, text: str) -> Capture:
    body, digest = text.encode(), Capture.digest(text.encode())
    return replace(capture, body=body, content=body, body_sha256=digest, sha256=digest)


def test_a_page_that_was_fetched_is_in_custody_once(tmp_path: Path) -> None:
    ledger = tmp_path / "v.sayso"
    settings = Settings(read=ReadSettings(workers=0))
    file = LedgerFile(str(ledger))
    with Custody(ledger) as custody:
        captures = [
            _with_body(page(n), f"<p>{LINE} It was quiet on day {n}.</p>") for n in range(3)
        ]
        for capture in captures:
            custody.put(capture)
        inputs_ = [item for capture in captures if (item := input_of(capture)) is not None]
        reader = f"{__name__}:CleaningReader"
        summary = Collector(file, settings, reader=reader, custody=custody).collect(inputs_)
    file.close()
    assert summary.read == 3
    assert verify(ledger) == []
    log = (folder_of(ledger) / "log.jsonl").read_bytes()
    actions = [msgspec.json.decode(line)["action"] for line in log.splitlines()]
    assert actions == ["begun", *3 * ["captured"]]


def test_a_damaged_record_is_on_record_with_its_place(folder: Path, tmp_path: Path) -> None:
    data = (folder / "a.warc.gz").read_bytes()
    (folder / "a.warc.gz").write_bytes(
        data[: len(data) // 2] + bytes(9) + data[len(data) // 2 + 9 :]
    )
    summary, seen = collect(folder, tmp_path / "v.sayso", workers=0)
    assert summary.set_aside >= 1
    (problem, *_) = [p for s in seen for p in s.problems]
    assert (problem.reason, "a.warc.gz@" in problem.uri) == ("damaged", True)
    assert summary.read >= 6


_RUN = """
    import sys
    from pathlib import Path
    from tests.engines.test_collecting_many_kinds import collect
    print("ready", flush=True)
    collect(Path(sys.argv[1]), Path(sys.argv[2]), workers=0)
"""


def test_killed_while_it_reads_an_archive_it_goes_on_and_reads_each_page_once(
    tmp_path: Path,
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.warc.gz").write_bytes(archive(150))
    ledger = tmp_path / "v.sayso"
    chance = random.Random(11)
    kills = 0
    for _ in range(6):
        run = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(_RUN), str(inside), str(ledger)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert run.stdout is not None
        run.stdout.readline()
        try:
            run.wait(chance.uniform(0.3, 1.2))
        except subprocess.TimeoutExpired:
            run.kill()
            kills += 1
        run.wait()
        run.stdout.close()
    collect(inside, ledger, workers=0)
    assert kills
    file = LedgerFile(str(ledger))
    counts = all_rows(file.db, "SELECT count(DISTINCT sha256), count(*) FROM documents")
    file.close()
    assert counts == [(150, 150)]
    assert verify(ledger) == []
