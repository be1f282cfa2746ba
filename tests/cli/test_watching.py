"""`sayso watch --ledger`: what comes is read as it comes, and what a kill left is read later."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import msgspec
import pytest
from tests.fakes import RIVER
from tests.steps.acquire.fetching.bad_server import BadServer, answer, serving
from tests.steps.acquire.test_page_parts import part

import sayso
from sayso.store.captures import CaptureFolder
from sayso.store.custody import folder_of, verify

_WATCH = """
    import sys
    import sayso
    from sayso.cli.collecting import watch
    sayso.open = lambda path, **more: sayso.Ledger(path, reader="tests.fakes:FakeReader", **more)
    sys.exit(watch(standalone_mode=False))
"""


@pytest.fixture
def server() -> Iterator[BadServer]:
    with serving() as made:
        yield made


def page(number: int, language: str = "en") -> bytes:
    return f'<html lang="{language}">"We hold hill {number}," said Orlo Venn</html>'.encode()


def rss(*paths: str) -> bytes:
    items = "".join(f"<item><link>{path}</link></item>" for path in paths)
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def begin(server: BadServer, folder: Path, *options: str) -> subprocess.Popen[str]:
    sources = folder / "sources.toml"
    sources.write_text(
        f'[fetch]\nallowed_networks = ["127.0.0.1/32"]\nallowed_ports = [{server.port}]\n'
        "seconds_between = 0.05\nretries = 0\n"
        '[[source]]\nname = "feed"\nkind = "feed"\nlanguages = ["en"]\nexclude = ["*/sport/*"]\n'
        f'address = "{server.uri("/feed")}"\n'
    )
    return subprocess.Popen(
        [
            *(sys.executable, "-c", textwrap.dedent(_WATCH), str(sources)),
            *("--into", str(folder / "captures"), "--ledger", str(folder / "v.sayso")),
            *options,
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
    )


def documents(folder: Path) -> list[str]:
    path = folder / "v.sayso"
    if not path.exists():
        return []
    with sayso.open(path, create=False) as opened:
        return [document.uri for document in opened.documents()]


def matched(folder: Path) -> int:
    """How many documents were laid beside the others."""
    db = apsw.Connection(str(folder / "v.sayso"), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return int(db.execute("SELECT count(*) FROM matched").get)
    finally:
        db.close()


def wait_for(done: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 90
    while not done():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < until
        time.sleep(0.05)


def finish(process: subprocess.Popen[str], number: signal.Signals = signal.SIGTERM) -> str:
    process.send_signal(number)
    said = process.communicate(timeout=60)[1]
    assert number is signal.SIGKILL or process.returncode == 0, said
    return said


def test_what_comes_is_in_the_ledger_while_it_watches(server: BadServer, tmp_path: Path) -> None:
    paths = ["/1", "/2", "/fr", "/sport/1", "/gone"]
    server.paths["/feed"] = answer(200, rss(*paths))
    for number in (1, 2):
        server.paths[f"/{number}"] = answer(200, page(number))
    server.paths["/fr"] = answer(200, page(3, "fr"))
    process = begin(server, tmp_path)
    wait_for(lambda: len(documents(tmp_path)) == 2, process)

    def problems() -> list[str]:
        with sayso.open(tmp_path / "v.sayso", create=False) as opened:
            return [problem.reason for problem in opened.problems()]

    wait_for(lambda: problems() == ["http_error"], process)
    assert process.poll() is None
    said = finish(process)
    assert "2 kept, 1 left out, 1 failed" in said
    assert sorted(documents(tmp_path)) == [server.uri("/1"), server.uri("/2")]
    assert verify(tmp_path / "v.sayso") == []


def test_copies_are_found_while_it_watches(server: BadServer, tmp_path: Path) -> None:
    server.paths["/feed"] = answer(200, rss("/1", "/2"))
    for number in (1, 2):
        text = f'<html lang="en">Ferry closed, report {number}\n{RIVER}</html>'
        server.paths[f"/{number}"] = answer(200, text.encode())
    process = begin(server, tmp_path)
    wait_for(lambda: len(documents(tmp_path)) == 2 and matched(tmp_path) == 2, process)

    def copies() -> int:
        with sayso.open(tmp_path / "v.sayso", create=False) as opened:
            return len(opened.copies())

    wait_for(lambda: copies() == 1, process)
    assert "matched in" in finish(process)


def test_without_matching(server: BadServer, tmp_path: Path) -> None:
    server.paths["/feed"] = answer(200, rss("/1"))
    server.paths["/1"] = answer(200, page(1))
    process = begin(server, tmp_path, "--no-match")
    wait_for(lambda: len(documents(tmp_path)) == 1, process)
    said = finish(process)
    assert "1 read into" in said
    assert "matched in" not in said
    assert matched(tmp_path) == 0


def test_killed_and_begun_again(server: BadServer, tmp_path: Path) -> None:
    numbers = range(40)
    server.paths["/feed"] = answer(200, rss(*(f"/{number}" for number in numbers)))
    for number in numbers:
        server.paths[f"/{number}"] = answer(200, page(number))
    counts = []
    pages = tmp_path / "captures" / "pages"
    for wanted in (3, 12, 25):
        process = begin(server, tmp_path)
        wait_for(lambda n=wanted: len(list(pages.rglob("*.html"))) >= n, process)  # type: ignore[misc]
        finish(process, signal.SIGKILL)
        counts.append(len(documents(tmp_path)))
    assert counts[-1] < len(numbers)
    process = begin(server, tmp_path)
    wait_for(lambda: len(documents(tmp_path)) == len(numbers), process)
    wait_for(lambda: matched(tmp_path) == len(numbers), process)
    finish(process, signal.SIGINT)
    assert sorted(documents(tmp_path)) == sorted(server.uri(f"/{n}") for n in numbers)
    assert verify(tmp_path / "v.sayso") == []
    log = (folder_of(tmp_path / "v.sayso") / "log.jsonl").read_bytes().splitlines()
    captured = [msgspec.json.decode(line) for line in log if b'"action":"captured"' in line]
    assert len({line["sha256"] for line in captured}) == len(numbers)
    assert len(captured) <= len(numbers) + 3  # a kill between custody and folder notes one again


def test_the_pages_of_a_report_are_read_as_one(server: BadServer, tmp_path: Path) -> None:
    paths = [f"/velm?page={number}" for number in (1, 2, 3)]
    server.paths["/feed"] = answer(200, rss(*paths))
    for number, path in enumerate(paths, 1):
        made = part(number, 3, uri=server.uri("/velm?page={}"))
        server.paths[path] = answer(200, made.data)
    process = begin(server, tmp_path)
    wait_for(lambda: len(documents(tmp_path)) > 0, process)
    finish(process)
    assert documents(tmp_path) == [server.uri(paths[0])]
    log = (folder_of(tmp_path / "v.sayso") / "log.jsonl").read_text()
    assert log.count('"action":"derived"') == 1
    assert verify(tmp_path / "v.sayso") == []


def test_what_was_collected_without_a_ledger_goes_into_custody(
    server: BadServer, tmp_path: Path
) -> None:
    from tests.store.custody.test_custody import page as captured

    with CaptureFolder(tmp_path / "captures") as folder:
        folder.put(captured(1, packed=True))
    process = begin(server, tmp_path)
    wait_for(lambda: len(documents(tmp_path)) == 1, process)
    finish(process)
    log = (folder_of(tmp_path / "v.sayso") / "log.jsonl").read_text()
    assert log.count('"action":"captured"') == 1
    assert verify(tmp_path / "v.sayso") == []
