"""A ledger with three people, and clients that come in as each of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso.records.accounts import Role
from sayso.store.accounts import people
from sayso.store.accounts.file import accounts_path, changing

pytest.importorskip("argon2", reason="needs the extra 'workbench'")

from argon2 import PasswordHasher

from sayso.workbench.team.door import Door
from sayso.workbench.team.guards import Served, hosts_of
from sayso.workbench.team.passwords import Passwords

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

PORT = 7171
AT = "2031-03-14T00:00:00.000Z"
WORDS = "four words in a row"
"""Everybody's password."""
PEOPLE: dict[str, Role] = {"Ada": "admin", "Rev": "reviewer", "Lea": "reader"}
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""A second for each password would be too long for tests; the real one is tested by itself."""


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 2_000_000_000.0

    def __call__(self) -> float:
        return self.now


class Counting(Passwords):
    """Passwords that count the work that was done."""

    def __init__(self) -> None:
        super().__init__(QUICK)
        self.checked: list[tuple[str | None, str]] = []
        self.verified = 0
        inner, outer = self._hasher, self

        class Counted:
            hash = staticmethod(inner.hash)
            check_needs_rehash = staticmethod(inner.check_needs_rehash)

            @staticmethod
            def verify(hash: str, password: str) -> bool:
                outer.verified += 1
                return bool(inner.verify(hash, password))

        self._hasher = Counted()  # type: ignore[assignment]

    def fits(self, hash: str | None, password: str) -> bool:
        self.checked.append((hash, password))
        return super().fits(hash, password)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(ledger: Path) -> str:
    """The file of accounts beside the ledger."""
    path = accounts_path(str(ledger))
    with changing(path, create=True) as db:
        for name, role in PEOPLE.items():
            people.add(db, name, role, QUICK.hash(WORDS), at=AT)
    return path


@pytest.fixture
def passwords() -> Counting:
    return Counting()


@pytest.fixture
def door(accounts: str, clock: Clock, passwords: Counting) -> Door:
    return Door(accounts, passwords=passwords, clock=clock, pace=clock)


def application(ledger: Path, door: Door, *, secure: bool = False) -> Starlette:
    from sayso.workbench.app import create_team_app

    hosts = hosts_of(["desk.example"], port=PORT, secure=secure, proxied=secure)
    served = Served(hosts=hosts, port=PORT, secure=secure)
    return create_team_app(str(ledger), door=door, served=served)


Comer = Callable[..., "TestClient"]


@pytest.fixture
def come(ledger: Path, door: Door) -> Comer:
    """Makes a browser; with a name, one that has logged in."""
    from starlette.testclient import TestClient

    app = application(ledger, door)

    def make(name: str | None = None, *, address: str = "192.0.2.1") -> TestClient:
        client = TestClient(
            app,
            base_url=f"http://desk.example:{PORT}",
            raise_server_exceptions=False,
            follow_redirects=False,
            client=(address, 50_000),
        )
        if name is not None:
            assert log_in(client, name).status_code == 303
        return client

    return make


def log_in(client: TestClient, name: str, password: str = WORDS, **more: str) -> Any:
    """What a person does at the door."""
    token = token_in(client.get("/login").text)
    fields = {"form": token, "name": name, "password": password, **more}
    return client.post("/login", data=fields)


def token_in(page: str) -> str:
    """The form token of a page."""
    mark = 'name="form" value="' if 'name="form" value="' in page else 'name="form-token" content="'
    return page.partition(mark)[2].partition('"')[0]


def token_of(client: TestClient) -> str:
    return token_in(client.get("/account").text)
