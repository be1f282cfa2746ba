"""Both engines: the same outcomes; and what only supervised processes can bear."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.fakes import REPORTS, raw

from sayso.engines.outcomes import Outcome
from sayso.engines.processes import read_in_processes
from sayso.engines.serial import read_serially
from sayso.errors import SaysoError, SettingsError
from sayso.records.documents import RawDocument
from sayso.settings import ReadSettings, Settings

FAKE = "tests.fakes:FakeReader"


def limits(workers: int = 2, deadline_seconds: float = 20.0, memory_mb: int = 800) -> Settings:
    return Settings(
        read=ReadSettings(
            workers=workers,
            deadline_seconds=deadline_seconds,
            seconds_per_million=0,
            memory_mb=memory_mb,
        )
    )


def run(inputs: Iterable[RawDocument], settings: Settings) -> dict[str, Outcome]:
    outcomes = list(read_in_processes(inputs, settings, reader=FAKE))
    by_uri = {outcome.uri: outcome for outcome in outcomes}
    assert len(by_uri) == len(outcomes), "each input has one outcome"
    return by_uri


def reasons(outcomes: dict[str, Outcome]) -> dict[str, str]:
    return {uri: o.refusal.reason for uri, o in sorted(outcomes.items()) if o.refusal}


def many(number: int) -> list[RawDocument]:
    return [raw(f'Velm\n"We have {n} fighters," said Bo', f"{n:03}.txt") for n in range(number)]


def test_both_engines_give_the_same() -> None:
    inputs = [raw(text, uri) for uri, text in REPORTS.items()]
    inputs += [raw(word, word) for word in ("RAISE", "REFUSE", 'TWIST "a," said Bo', "RECURSE")]
    inputs.append(raw(b"\xff", "undecodable"))
    serial = {o.uri: o for o in read_serially(inputs, limits(), reader=FAKE)}
    for workers in (1, 3):
        assert run(inputs, limits(workers)) == serial
    assert reasons(serial) == {
        "RAISE": "failed",
        "RECURSE": "failed",
        "REFUSE": "binary",
        'TWIST "a," said Bo': "failed",
        "undecodable": "failed",
    }
    assert serial["RAISE"].refusal is not None
    assert serial["RAISE"].refusal.message == "ValueError: a defect"


def test_documents_that_hang_hog_or_crash_cost_only_themselves() -> None:
    bad = [raw(word, word) for word in ("HANG", "HOG", "CRASH")]
    inputs = [*many(5), *bad, *many(30)[5:]]
    outcomes = run(inputs, limits(deadline_seconds=4.0))
    assert reasons(outcomes) == {"CRASH": "crashed", "HANG": "deadline", "HOG": "memory"}
    assert sum(o.reading is not None for o in outcomes.values()) == 30


def test_a_deadline_ends_a_document_and_not_much_later() -> None:
    start = time.monotonic()
    outcomes = run([raw("HANG 1", "1"), raw("HANG 2", "2")], limits(deadline_seconds=0.5))
    assert reasons(outcomes) == {"1": "deadline", "2": "deadline"}
    assert time.monotonic() - start < 15


def test_longer_documents_get_more_time() -> None:
    settings = Settings(
        read=ReadSettings(workers=1, deadline_seconds=0.2, seconds_per_million=20_000)
    )
    assert reasons(run([raw("HANG", "a")], settings)) == {"a": "deadline"}
    slow = {"FAKE_PAUSE": "1"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAKE_PAUSE", slow["FAKE_PAUSE"])
        assert reasons(run([raw("x" * 1000, "a")], settings)) == {}


def test_a_worker_killed_from_outside_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_PAUSE", "0.05")
    outcomes = []
    for number, outcome in enumerate(read_in_processes(many(20), limits(), reader=FAKE)):
        outcomes.append(outcome)
        if number in (3, 9):
            for pid in workers_of(os.getpid())[:1]:
                os.kill(pid, signal.SIGKILL)
    assert sorted(o.uri for o in outcomes) == [r.uri for r in many(20)]
    assert all(o.reading for o in outcomes)


def test_inputs_are_taken_only_as_fast_as_they_are_read() -> None:
    taken = 0

    def inputs() -> Iterator[RawDocument]:
        nonlocal taken
        for item in many(100):
            taken += 1
            yield item

    for number, _ in enumerate(read_in_processes(inputs(), limits(2), reader=FAKE)):
        assert taken <= number + 1 + 2 * 2 + 1


def test_no_more_workers_than_inputs() -> None:
    for _ in read_in_processes(many(1), limits(workers=8), reader=FAKE):
        assert len(workers_of(os.getpid())) == 1
    assert workers_of(os.getpid()) == []


def test_stopping_half_way_ends_the_workers() -> None:
    outcomes = read_in_processes(many(50), limits(), reader=FAKE)
    next(outcomes)
    assert workers_of(os.getpid())
    outcomes.close()  # type: ignore[attr-defined]
    assert workers_of(os.getpid()) == []


def test_nothing_to_read_starts_nothing() -> None:
    assert run([], limits()) == {}


def test_a_reader_that_cannot_be_made_is_an_error_of_the_whole() -> None:
    with pytest.raises(SettingsError, match="no reader"):
        list(read_in_processes(many(1), limits(), reader="tests.fakes:Nobody"))
    with pytest.raises(SettingsError, match="no reader"):
        list(read_serially(many(1), limits(), reader="no.such.module:Reader"))


def test_workers_that_do_not_start_are_an_error_of_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FAKE_FAILS_TO_START", "1")
    with pytest.raises(SaysoError, match="do not start"):
        list(read_in_processes(many(3), limits(), reader=FAKE))


def test_workers_do_not_outlive_their_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when they are busy: a hanging document must not burn a processor for ever."""
    script = """
        from tests.engines.test_engines import FAKE, limits
        from sayso.engines.processes import read_in_processes
        from tests.fakes import raw
        for _ in read_in_processes([raw("x", "x"), raw("HANG", "y"), raw("HANG 2", "z")],
                                   limits(deadline_seconds=600), reader=FAKE):
            print("working", flush=True)
        """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"working\n"
    children = workers_of(parent.pid)
    assert children
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while any(map(is_running, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_running, children))


def test_workers_never_load_modules_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder may hold a stranger's reports, and among them a `msgspec.py`."""
    (tmp_path / "msgspec.py").write_text("raise SystemExit('a stranger was run')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    assert len(run(many(2), limits())) == 2


def workers_of(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and is_running(int(entry.name)):
            try:
                status = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if int(status[1]) == parent and b"sayso.engines.worker" in command:
                found.append(int(entry.name))
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="looks at processes through /proc"
)
