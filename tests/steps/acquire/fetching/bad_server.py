"""A real HTTP server on loopback that behaves as badly as it is told to."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Say = Callable[[socket.socket, bytes], None]
"""What is done with a connection, once its request has come."""


class BadServer:
    """Answers each path as `paths` says; everything else with 404. `requests` are whole heads."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._socket = socket.create_server((host, 0))
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        self.paths: dict[str, Say | list[Say]] = {}
        self.requests: list[bytes] = []
        self.connections = 0
        self.open = True
        threading.Thread(target=self._serve, daemon=True).start()

    def uri(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"

    def asked_for(self) -> list[str]:
        """The paths, in order, without robots.txt."""
        paths = [head.split(b" ", 2)[1].decode() for head in self.requests]
        return [path for path in paths if path != "/robots.txt"]

    def close(self) -> None:
        self.open = False
        self._socket.close()

    def _serve(self) -> None:
        while self.open:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(4096)
                if not piece:
                    return
                head += piece
            self.requests.append(head)
            say = self.paths.get(head.split(b" ", 2)[1].decode(), answer(404))
            if isinstance(say, list):
                say = say.pop(0) if len(say) > 1 else say[0]
            say(connection, head)


def answer(
    status: int = 200,
    body: bytes = b"",
    *headers: tuple[str, str],
    kind: str = "text/html",
    length: int | None = None,
) -> Say:
    """A whole answer; `length` may lie."""
    size = len(body) if length is None else length
    head = [f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", f"Content-Length: {size}"]
    head += [f"{name}: {value}" for name, value in headers]
    data = "\r\n".join(head).encode() + b"\r\n\r\n" + body
    return lambda connection, _: connection.sendall(data)


def packed(body: bytes, coding: str = "gzip") -> Say:
    return answer(200, gzip.compress(body), ("Content-Encoding", coding))


def redirect(to: str, status: int = 302) -> Say:
    return answer(status, b"", ("Location", to))


def raw(data: bytes) -> Say:
    return lambda connection, _: connection.sendall(data)


def dripping(start: bytes, drop: bytes, every: float) -> Say:
    """Without end, slowly."""

    def say(connection: socket.socket, _: bytes) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(drop)
            time.sleep(every)

    return say


def silent(seconds: float) -> Say:
    return lambda connection, _: time.sleep(seconds)


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[BadServer]:
    server = BadServer(host)
    try:
        yield server
    finally:
        server.close()
