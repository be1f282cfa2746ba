"""A ledger of invented reports, the workbench on it, and a Chromium to look at it with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests import fakes
from tests.workbench.conftest import TOKEN
from tests.workbench.desk import reports
from tests.workbench.serving import listening_app

import sayso
from sayso.settings import ExtractSettings, Settings
from sayso.store.ledger_file import LedgerFile

pytest.importorskip("starlette", reason="needs sayso[workbench]")
httpx = pytest.importorskip("httpx", reason="needs httpx")

if TYPE_CHECKING:
    from starlette.applications import Starlette


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger that all tests copy: read by the rules, matched, with hostile texts added."""
    folder = tmp_path_factory.mktemp("workbench")
    texts = folder / "reports"
    texts.mkdir()
    for name, text in reports.PLAIN.items():
        (texts / name).write_text(text, "utf-8")
    path = folder / "valley.sayso"
    settings = Settings(extract=ExtractSettings(attribution="rules"))
    with sayso.open(path) as ledger:
        ledger.read(texts, workers=0, settings=settings)
    file = LedgerFile(str(path))
    reader = fakes.FakeReader(Settings())
    for name, text in reports.HOSTILE.items():
        file.add(reader.read(fakes.raw(text, name)), "fake")
    file.close()
    with sayso.open(path) as ledger:
        ledger.match()
    return path


@pytest.fixture
def path(read_once: Path, tmp_path: Path) -> Path:
    """A copy of the ledger for one test to write to."""
    return Path(shutil.copy(read_once, tmp_path / "valley.sayso"))


@dataclass(frozen=True)
class Served:
    """A workbench that runs in a thread."""

    path: Path
    host: str
    """With its port."""

    @property
    def base(self) -> str:
        """Its address without a page."""
        return f"http://{self.host}"

    @property
    def cookie(self) -> str:
        """The name of its cookie."""
        return f"sayso-{self.host.rpartition(':')[2]}"

    def client(self, **more: Any) -> Any:
        """An HTTP client that was let in."""
        return httpx.Client(base_url=self.base, timeout=30, cookies={self.cookie: TOKEN}, **more)

    def form_token(self) -> str:
        """What its pages send along."""
        from sayso.workbench.guards import form_token

        return form_token(TOKEN)


@contextmanager
def serving(path: Path) -> Iterator[Served]:
    """A workbench on a ledger, in a thread of its own."""
    from sayso.workbench.app import create_app

    def make(port: int) -> Starlette:
        return create_app(str(path), token=TOKEN, host="127.0.0.1", port=port)

    with listening_app(make) as host:
        yield Served(path, host)


@pytest.fixture(scope="session")
def still(read_once: Path) -> Iterator[Served]:
    """A workbench that no test may change anything in."""
    with serving(read_once) as served:
        yield served


@pytest.fixture
def served(path: Path) -> Iterator[Served]:
    """A workbench on a ledger of this test's own."""
    with serving(path) as served:
        yield served


@pytest.fixture
def client(served: Served) -> Iterator[Any]:
    """A client that asks for JSON and may change things."""
    headers = {"accept": "application/json", "x-sayso-form": served.form_token()}
    with served.client(headers=headers) as client:
        yield client


@pytest.fixture(scope="session")
def chromium(browser: Any) -> Any:
    """The one Chromium of all tests of the workbench; skips where there is none."""
    return browser
