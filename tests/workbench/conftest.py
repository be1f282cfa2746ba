"""A ledger of invented reports, and the workbench served on it as a person would have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.fakes import REPORTS, FakeReader, raw
from tests.workbench.serving import listening_app

import sayso
from sayso.settings import Settings

pytest.importorskip("starlette", reason="needs the extra 'workbench'")

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

TOKEN = "a-token-of-the-tests"
CHROMIUM = Path("/usr/bin/chromium")
SCRIPTS = (
    "Flags 🇹🇷 over Velm\noutlet: Velm Post\ndate: 2031-03-14\n"
    '👩‍👩‍👧 were there. "The cafe\u0301 is safe 😀, 12 fighters left Velm," said Orlo Venn. '
    'قالت المدينة 😀 نعم. "We hold the n\u0303ame of Velm 🏳️‍🌈," said Karsk Front.\n'
)
"""Emoji of one and of several code points, combining marks, and a run from right to left."""
HOSTILE = (
    "<script>window.owned = 1</script>\n"
    '"<img src=x onerror=window.owned=1> & <b>no</b> {{ 7 * 7 }}," said Orlo Venn.\n'
)


def add(path: Path, text: str, uri: str) -> None:
    """Another process of the user writes a report into the ledger."""
    with sayso.open(path) as ledger:
        ledger._file.add(FakeReader(Settings()).read(raw(text, uri)), "recipe")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "velm.sayso"
    for uri, text in {**REPORTS, "scripts.txt": SCRIPTS, "hostile.txt": HOSTILE}.items():
        add(path, text, uri)
    return path


@pytest.fixture
def client(ledger: Path) -> TestClient:
    """One that has the token."""
    from starlette.testclient import TestClient

    from sayso.workbench.app import create_app

    app = create_app(str(ledger), token=TOKEN, host="127.0.0.1", port=7171)
    found = TestClient(app, base_url="http://127.0.0.1:7171", raise_server_exceptions=False)
    assert found.get(f"/?token={TOKEN}").status_code == 200
    return found


@dataclass(frozen=True)
class Served:
    """A workbench that listens."""

    address: str
    ledger: Path


@pytest.fixture
def served(ledger: Path) -> Iterator[Served]:
    from sayso.workbench.app import create_app

    def make(port: int) -> Starlette:
        return create_app(str(ledger), token=TOKEN, host="127.0.0.1", port=port)

    with listening_app(make) as host:
        yield Served(f"http://{host}", ledger)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not CHROMIUM.exists():
        pytest.skip(f"needs {CHROMIUM}")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox"], timeout=60_000
        )
        yield found
        found.close()
