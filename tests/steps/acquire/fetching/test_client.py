"""The client against a server that misbehaves, on real sockets."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.steps.acquire.fetching.bad_server import (
    BadServer,
    answer,
    dripping,
    packed,
    raw,
    redirect,
    serving,
    silent,
)

from sayso.errors import SetAside
from sayso.records.captures import Validators
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.client import Client

PAGE = b"<html><p>The Karsk Front said it held Velm.</p></html>"
_START = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.fixture
def server() -> Iterator[BadServer]:
    with serving() as made:
        yield made


def settings_for(server: BadServer, **more: object) -> FetchSettings:
    base = FetchSettings(
        allowed_networks=("127.0.0.1/32",),
        allowed_ports=(server.port,),
        read_seconds=1.0,
        total_seconds=2.0,
    )
    return replace(base, **more)


def client_for(server: BadServer, **more: object) -> Client:
    return Client(settings_for(server, **more))


def reason_of(client: Client, uri: str) -> str:
    with pytest.raises(SetAside) as caught:
        client.fetch(uri)
    return caught.value.reason


def test_a_page_with_all_that_was_on_the_wire(server: BadServer) -> None:
    server.paths["/a?q=1"] = answer(200, PAGE, ("ETag", '"v1"'), ("X-Twice", "1"), ("X-Twice", "2"))
    got = client_for(server).fetch(server.uri("/a?q=1#part"))
    assert (got.status, got.body, got.content, got.truncated) == (200, PAGE, PAGE, None)
    assert got.final_uri == server.uri("/a?q=1")
    assert got.peer == "127.0.0.1"
    assert [value for name, value in got.headers if name == "X-Twice"] == ["1", "2"]
    assert got.validators == Validators('"v1"', None, got.sha256)
    sent = server.requests[0].decode()
    assert all(f"{name}: {value}\r\n" in sent for name, value in got.request_headers)
    assert "sayso/" in sent
    assert "ookie" not in sent


def test_conditional_requests(server: BadServer) -> None:
    server.paths["/"] = answer(304)
    known = Validators('"v1"', "Tue, 03 Nov 2020 10:00:00 GMT", "x")
    assert client_for(server).fetch(server.uri(), known=known).status == 304
    assert b'If-None-Match: "v1"\r\n' in server.requests[0]
    assert b"If-Modified-Since: Tue, 03 Nov 2020 10:00:00 GMT\r\n" in server.requests[0]


def test_a_validator_cannot_smuggle_headers(server: BadServer) -> None:
    server.paths["/"] = answer(200, PAGE)
    client_for(server).fetch(server.uri(), known=Validators('"a\r\nX-Evil: 1"'))
    assert b"Evil" not in server.requests[0]


def test_redirects_are_followed_and_written_down(server: BadServer) -> None:
    server.paths["/a"] = redirect("/b", 301)
    server.paths["/b"] = redirect(server.uri("/c"), 307)
    server.paths["/c"] = answer(200, PAGE)
    got = client_for(server).fetch(server.uri("/a"))
    assert [(hop.uri, hop.status, hop.location) for hop in got.redirects] == [
        (server.uri("/a"), 301, "/b"),
        (server.uri("/b"), 307, server.uri("/c")),
    ]
    assert (got.uri, got.final_uri) == (server.uri("/a"), server.uri("/c"))


def test_redirect_loops_and_long_chains_end(server: BadServer) -> None:
    server.paths["/a"] = redirect("/b")
    server.paths["/b"] = redirect("/a")
    for number in range(9):
        server.paths[f"/{number}"] = redirect(f"/{number + 1}")
    assert reason_of(client_for(server), server.uri("/a")) == "too_many_redirects"
    assert len(server.requests) == 2
    assert reason_of(client_for(server), server.uri("/0")) == "too_many_redirects"
    assert len(server.requests) == 2 + 6


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "http://127.0.0.1:22/", "http://u:p@127.0.0.1/", "//[", "\\\\x"]
)
def test_redirects_to_what_is_not_fetched(server: BadServer, to: str) -> None:
    server.paths["/"] = redirect(to)
    assert reason_of(client_for(server), server.uri()) in ("bad_address", "address_refused")


def test_a_redirect_to_another_local_address_is_never_connected_to(server: BadServer) -> None:
    with serving("127.0.0.2") as canary:
        for form in (
            canary.uri(),
            f"http://[::ffff:127.0.0.2]:{canary.port}/",
            f"http://localhost:{canary.port}/",
        ):
            server.paths["/"] = redirect(form)
            client = client_for(server, allowed_ports=(server.port, canary.port))
            if "localhost" in form:
                client = Client(client.settings, resolve=lambda host, port: ["127.0.0.2"])
            assert reason_of(client, server.uri()) == "address_refused"
        assert canary.connections == 0


FORMS = """
http://127.0.0.1 http://localhost http://localhost. http://LOCALHOST http://127.1 http://127.0.1
http://2130706433 http://0x7f000001 http://0x7f.0.0.1 http://0177.0.0.1 http://017700000001
http://0 http://0.0.0.0 http://[::1] http://[::] http://[::ffff:127.0.0.1] http://[::ffff:7f00:1]
http://[0:0:0:0:0:ffff:127.0.0.1] http://[::127.0.0.1] http://[64:ff9b::7f00:1]
http://[2002:7f00:1::] http://127。0。0。1 http://①②⑦.⓪.⓪.① http://%31%32%37.0.0.1
http://127.0.0.1%2f http://127.0.0.1%00 http://a@127.0.0.1 http://a:b@127.0.0.1 http://127.0.0.1.
http://[::1%25lo] http://[::1%lo] http://127.000.000.001 http://00000177.0.0.1
http://0x7f.0x0.0x0.0x1 http://127.127.127.127 http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ http://rebind.example
http://mixed.example http://mapped.example http://zero.example http://ip6-localhost
""".split()


@pytest.mark.parametrize("form", FORMS)
def test_no_spelling_of_this_machine_is_connected_to(form: str) -> None:
    """A canary listens on all of loopback; nothing is allowed, and nothing must arrive."""
    answers = {
        "mixed.example": ["93.184.216.34", "127.0.0.1"],
        "mapped.example": ["::ffff:127.0.0.1"],
        "zero.example": ["0.0.0.0"],
    }
    with serving("0.0.0.0") as canary:
        client = Client(
            FetchSettings(allowed_ports=(canary.port,), total_seconds=2),
            resolve=lambda host, port: answers.get(host, ["127.0.0.1"]),
        )
        assert reason_of(client, f"{form}:{canary.port}/") in ("address_refused", "bad_address")
        assert canary.connections == 0


def test_the_name_is_looked_up_once_and_that_answer_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: the second answer would be this machine."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    connected: list[object] = []

    def connect(address: object, timeout: float) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError("no")

    monkeypatch.setattr(socket, "create_connection", connect)
    client = Client(resolve=lambda host, port: next(answers))
    assert reason_of(client, "http://rebind.example/") == "unreachable"
    assert connected == [("93.184.216.34", 80)]
    assert next(answers) == ["127.0.0.1"]


def test_the_environment_has_no_say(server: BadServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.paths["/"] = answer(200, PAGE)
    with serving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.uri())
        assert client_for(server).fetch(server.uri()).status == 200
        assert proxy.connections == 0


def test_servers_that_never_end(server: BadServer) -> None:
    """Slow heads, slow bodies, endless heads, silence: each is over at its time."""
    server.paths["/slow-head"] = dripping(b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.05)
    server.paths["/slow-body"] = dripping(_START, b"a", 0.05)
    server.paths["/endless-head"] = dripping(b"HTTP/1.1 200 OK\r\n", b"X-a: " + b"b" * 4000, 0)
    server.paths["/endless-body"] = dripping(_START, b"a" * 65536, 0)
    server.paths["/silent"] = silent(10)
    client = client_for(server, max_body=1_000_000)
    start = time.monotonic()
    assert reason_of(client, server.uri("/slow-head")) == "deadline"
    assert client.fetch(server.uri("/slow-body")).truncated == "time"
    assert reason_of(client, server.uri("/silent")) == "deadline"
    assert time.monotonic() - start < 3 * 2.0 + 1.5
    start = time.monotonic()
    assert reason_of(client, server.uri("/endless-head")) == "unreachable"
    got = client.fetch(server.uri("/endless-body"))
    assert (got.truncated, len(got.body)) == ("length", 1_000_000)
    assert time.monotonic() - start < 2


def test_a_resolver_that_hangs(server: BadServer) -> None:
    def hang(host: str, port: int) -> list[str]:
        time.sleep(5)
        return []

    client = Client(FetchSettings(total_seconds=0.3), resolve=hang)
    start = time.monotonic()
    assert reason_of(client, "http://tarvia.example/") == "deadline"
    assert time.monotonic() - start < 2


def test_answers_that_break_off_or_lie(server: BadServer) -> None:
    server.paths["/short"] = answer(200, PAGE, length=len(PAGE) + 50)
    server.paths["/long"] = answer(200, PAGE, length=10)
    server.paths["/chunks"] = raw(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n"
    )
    server.paths["/nothing"] = raw(b"")
    server.paths["/noise"] = raw(b"SSH-2.0-OpenSSH_9\r\n")
    client = client_for(server)
    short = client.fetch(server.uri("/short"))
    assert (short.truncated, short.body) == ("disconnect", PAGE)
    assert client.fetch(server.uri("/long")).body == PAGE[:10]
    chunks = client.fetch(server.uri("/chunks"))
    assert (chunks.truncated, chunks.body) == ("disconnect", b"abcde")
    assert reason_of(client, server.uri("/nothing")) == "unreachable"
    assert reason_of(client, server.uri("/noise")) == "unreachable"


def test_packed_pages_and_bombs(server: BadServer) -> None:
    server.paths["/good"] = packed(PAGE)
    server.paths["/twice"] = answer(
        200, gzip.compress(gzip.compress(PAGE)), ("Content-Encoding", "gzip, gzip")
    )
    server.paths["/bomb"] = packed(bytes(50_000_000))
    server.paths["/wrong"] = answer(200, PAGE, ("Content-Encoding", "gzip"))
    server.paths["/unknown"] = answer(200, PAGE, ("Content-Encoding", "br"))
    server.paths["/many"] = answer(200, PAGE, ("Content-Encoding", ",".join(["gzip"] * 99)))
    client = client_for(server, max_content=2_000_000)
    good = client.fetch(server.uri("/good"))
    assert (good.content, good.truncated, gzip.decompress(good.body)) == (PAGE, None, PAGE)
    assert client.fetch(server.uri("/twice")).content == PAGE
    bomb = client.fetch(server.uri("/bomb"))
    assert bomb.truncated == "unpacking"
    assert len(bomb.content) <= 2_000_000
    for path in ("/wrong", "/unknown", "/many"):
        got = client.fetch(server.uri(path))
        assert (got.truncated, got.body) == ("unpacking", got.body)
        assert got.content == b""


def test_a_refused_connection(server: BadServer) -> None:
    client = client_for(server)
    server.close()
    with suppress(OSError):
        socket.create_connection((server.host, server.port), 0.2).close()
    assert reason_of(client, server.uri()) in ("unreachable", "deadline")


def test_tls_where_the_server_has_none(server: BadServer) -> None:
    server.paths["/"] = raw(b"HTTP/1.1 400 Bad\r\n\r\n")
    plain = socket.create_server(("127.0.0.1", 0))

    def say() -> None:
        with suppress(OSError):
            connection, _ = plain.accept()
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.close()

    threading.Thread(target=say, daemon=True).start()
    port = plain.getsockname()[1]
    client = client_for(server, allowed_ports=(port,))
    assert reason_of(client, f"https://127.0.0.1:{port}/") == "tls_failed"
    plain.close()


def test_a_certificate_that_nobody_signed(server: BadServer, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        f" -subj /CN=127.0.0.1 -keyout {key} -out {cert}".split(),
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    listening = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)

    def say() -> None:
        with suppress(OSError):
            listening.accept()

    threading.Thread(target=say, daemon=True).start()
    port = listening.getsockname()[1]
    client = client_for(server, allowed_ports=(port,))
    assert reason_of(client, f"https://127.0.0.1:{port}/") == "tls_failed"
    listening.close()
