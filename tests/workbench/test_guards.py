"""Each test is an attack that a page of another site, or another program, could try."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.workbench.conftest import TOKEN

import sayso
from sayso.workbench.guards import COOKIE, form_token

if TYPE_CHECKING:
    from starlette.testclient import TestClient

FORM = {"x-sayso-form": form_token(TOKEN)}


def _statement(ledger: Path) -> str:
    with sayso.open(ledger) as opened:
        return next(iter(opened.statements())).id


def _judged(ledger: Path) -> int:
    with sayso.open(ledger) as opened:
        return len(list(opened.judgements()))


@pytest.mark.parametrize("path", ["/", "/statements", "/live", "/openapi.json", "/static/desk.js"])
def test_nothing_is_shown_without_the_token(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200
    client.cookies.clear()
    assert client.get(path).status_code == 403
    client.cookies.set(COOKIE, TOKEN[:-1])
    assert client.get(path).status_code == 403
    assert client.get("/?token=wrong").status_code == 403


def test_the_token_leaves_the_address_and_scripts_cannot_read_it(client: TestClient) -> None:
    answer = client.get(f"/?token={TOKEN}", follow_redirects=False)
    assert answer.status_code == 303
    assert TOKEN not in answer.headers["location"]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in client.get("/").text


@pytest.mark.parametrize(
    "host", ["evil.example:7171", "127.0.0.1", "127.0.0.1:80", "", "localhost"]
)
def test_another_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-sayso-form": TOKEN},
        {"x-sayso-form": form_token("another")},
        {**FORM, "origin": "http://evil.example"},
        {**FORM, "origin": "null"},
        {**FORM, "origin": "http://127.0.0.1:9999"},
        {**FORM, "host": "evil.example:7171"},
    ],
)
def test_a_judgement_from_elsewhere_is_refused(
    client: TestClient, ledger: Path, headers: dict[str, str]
) -> None:
    body = {"on": _statement(ledger), "decision": "confirm"}
    assert client.post("/judgements", json=body, headers=headers).status_code in (403, 421)
    assert _judged(ledger) == 0
    own = {**FORM, "origin": "http://127.0.0.1:7171"}
    assert client.post("/judgements", json=body, headers=own).status_code == 201
    assert _judged(ledger) == 1


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/desk.css", "/live"])
def test_every_answer_says_what_a_page_may_do(client: TestClient, path: str) -> None:
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    client.cookies.clear()
    refused = client.get(path)
    assert refused.headers["content-security-policy"] == policy
    assert refused.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/documents/..%2f..%2fetc",
    ],
)
def test_files_outside_are_not_served(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "create_app" not in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"on": "x", "decision": "erase"}', 400),
        (b'{"on": "no-such-record", "decision": "confirm"}', 404),
        (b'{"on": "x", "decision": "confirm", "by": {"a": 1}}', 400),
        (b'{"on": "' + b"x" * 30_000 + b'"}', 413),
        (b"\xff\xfe", 400),
        (b"[" * 10_000, 400),
    ],
)
def test_a_broken_judgement_changes_nothing(
    client: TestClient, ledger: Path, body: bytes, status: int
) -> None:
    assert client.post("/judgements", content=body, headers=FORM).status_code == status
    assert _judged(ledger) == 0


@pytest.mark.parametrize(
    "value",
    [{"start": 5, "end": 5}, {"start": -1, "end": 3}, {"start": 0, "end": 10**9}, {"start": 0}],
)
def test_a_span_outside_the_text_is_refused(
    client: TestClient, ledger: Path, value: dict[str, Any]
) -> None:
    body = {"on": _statement(ledger), "decision": "correct", "value": value}
    answer = client.post("/judgements", json=body, headers=FORM)
    assert answer.status_code == 400
    assert _judged(ledger) == 0
