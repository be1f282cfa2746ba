"""Who may ask, and what a page may do: each test is an attempt to get round a guard."""

from __future__ import annotations

import re
import socket
from typing import Any

import httpx
import pytest
from tests.workbench.conftest import TOKEN
from tests.workbench.desk.conftest import Served

PAGES = (
    "/",
    "/documents",
    "/statements",
    "/statements.atom",
    "/claims",
    "/actors",
    "/disputes",
    "/judgements",
    "/queue",
    "/live",
    "/openapi.json",
    "/static/desk.js",
    "/static/desk.css",
    "/nothing/here",
)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_given_without_the_token(still: Served, page: str) -> None:
    for cookies in ({}, {still.cookie: ""}, {still.cookie: "wrong"}, {"sayso": TOKEN + "x"}):
        got = httpx.get(still.base + page, cookies=cookies)
        assert got.status_code == 403
        assert "Velm" not in got.text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.evil.example:{port}",
        "localhost.evil.example:{port}",
        "127.0.0.1:{port}@evil.example",
        "2130706433:{port}",
        "",
    ],
)
def test_another_host_is_refused_even_with_the_token(still: Served, page: str, host: str) -> None:
    """A site may point a name of its own at this machine (DNS rebinding)."""
    with still.client() as client:
        name = host.format(port=still.host.rpartition(":")[2])
        got = client.get(page, headers={"host": name})
        assert got.status_code in (400, 421)
        assert "set-cookie" not in got.headers
        got = client.get("/", params={"token": TOKEN}, headers={"host": name})
        assert got.status_code in (400, 421)


def test_two_hosts_in_one_request_are_refused(still: Served) -> None:
    name, port = still.host.split(":")
    with socket.create_connection((name, int(port))) as wire:
        wire.sendall(
            f"GET / HTTP/1.1\r\nHost: {still.host}\r\nHost: evil.example\r\n"
            f"Cookie: {still.cookie}={TOKEN}\r\nConnection: close\r\n\r\n".encode()
        )
        head = wire.recv(100)
    assert head.split()[1] in (b"400", b"421")


def test_the_token_leaves_the_address_and_cannot_lead_elsewhere(still: Served) -> None:
    got = httpx.get(f"{still.base}/statements?q=road&token={TOKEN}")
    assert got.status_code == 303
    assert got.headers["location"] == "/statements?q=road"
    cookie = got.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    for path in ("//evil.example/", "/\\evil.example/", "//evil.example/..", "/%0d%0aX-Bad:1"):
        got = httpx.get(f"{still.base}{path}?token={TOKEN}")
        assert got.status_code == 303
        assert re.match(r"/(?![/\\])", got.headers["location"])
        assert "x-bad" not in got.headers


def test_a_wrong_token_lets_nobody_in(still: Served) -> None:
    for token in ("", "x", TOKEN[:-1], TOKEN + "x", "\x00", "ü" * 100, TOKEN.upper()):
        got = httpx.get(still.base, params={"token": token})
        assert got.status_code == 403
        assert "set-cookie" not in got.headers


def test_workbenches_beside_each_other_keep_their_own_cookies(still: Served) -> None:
    """Browsers send the cookies of a host to all of its ports."""
    assert still.cookie.endswith(still.host.rpartition(":")[2])


def _some_id(client: Any) -> str:
    return str(client.get("/statements").json()["findings"][0]["id"])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-sayso-form": ""},
        {"x-sayso-form": TOKEN},
        {"x-sayso-form": "right", "origin": "http://evil.example"},
        {"x-sayso-form": "right", "origin": "null"},
        {"x-sayso-form": "right", "origin": "https://127.0.0.1"},
        {"x-sayso-form": "right", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_change_needs_the_token_of_a_page_of_ours(
    served: Served, headers: dict[str, str]
) -> None:
    if headers.get("x-sayso-form") == "right":
        headers = {**headers, "x-sayso-form": served.form_token()}
    with served.client(headers={"accept": "application/json"}) as client:
        body = {"on": _some_id(client), "decision": "confirm"}
        assert client.post("/judgements", json=body, headers=headers).status_code == 403
        assert client.get("/judgements").json()["judgements"] == []


def test_a_form_of_another_site_changes_nothing(served: Served) -> None:
    with served.client(headers={"accept": "application/json"}) as client:
        text = '{"on": "' + _some_id(client) + '", "decision": "confirm"}'
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            got = client.post("/judgements", content=text, headers={"content-type": kind})
            assert got.status_code == 403
        assert client.get("/judgements").json()["judgements"] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_carries_the_strict_policy(still: Served, page: str) -> None:
    with still.client() as client:
        got = client.get(page)
    policy = got.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "no-referrer"
    assert got.headers["cache-control"] == "no-store"
    assert "server" not in got.headers


def test_no_page_holds_a_script_a_style_or_an_address_of_elsewhere(still: Served) -> None:
    with still.client() as client:
        ids = client.get("/documents", headers={"accept": "application/json"}).json()["documents"]
        pages = [p for p in PAGES if "." not in p and p != "/live"]
        for page in [*pages, *(f"/documents/{d['id']}" for d in ids)]:
            html = client.get(page).text
            own = re.compile(r'<script src="/static/\w+\.js" type="module"></script>')
            assert "<script" in html
            assert "<script" not in own.sub("", html)
            assert not re.search(r"<[^>]*\s(?:on\w+|style)\s*=\s*[\"'\w]", _tags(html))
            addresses = re.findall(r'<[^>]*\s(?:src|href|action)="([^"]*)"', html)
            assert addresses
            assert not [a for a in addresses if not re.match(r"/(?!/)|#", a)]


def _tags(html: str) -> str:
    """The tags, with the values of their attributes emptied."""
    return re.sub(r'="[^"]*"', "=", " ".join(re.findall(r"<[a-z][^<>]*>", html)))


def test_what_is_not_get_or_post_is_refused(still: Served) -> None:
    with still.client(headers={"x-sayso-form": still.form_token()}) as client:
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            for page in ("/", "/judgements", "/statements"):
                assert client.request(method, page).status_code == 405


def test_static_files_end_at_their_folder(still: Served) -> None:
    with still.client() as client:
        for path in (
            "../app.py",
            "..%2fapp.py",
            "%2e%2e/guards.py",
            "..\\app.py",
            "/etc/passwd",
            "....//app.py",
            "desk.js%00",
        ):
            assert client.get(f"/static/{path}").status_code in (404, 405)


def test_a_long_body_is_refused_before_it_is_held(served: Served) -> None:
    def endless() -> Any:
        for _ in range(2_000):
            yield b"x" * 100_000

    headers = {"x-sayso-form": served.form_token()}
    with served.client(headers=headers) as client:
        try:
            status = client.post("/judgements", content=endless()).status_code
        except httpx.WriteError:  # the connection was closed: as good as an answer
            return
        assert status == 413
