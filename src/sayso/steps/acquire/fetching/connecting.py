"""Connecting to the address that was checked, and to no other; nothing outlasts its deadline.

The name is resolved once. All its addresses must be allowed (a name with one public and one local
address is somebody's trick), and the connection is made to one of those very addresses: a second
look-up, which could be answered differently (DNS rebinding), never happens.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import Any

import httpcore

from sayso.errors import SetAside
from sayso.steps.acquire.fetching.addresses import IPAddress, Networks, refusal

Resolver = Callable[[str, int], Sequence[str]]
"""From a host and a port to IP addresses. Raises `OSError` where there are none."""
_MOST_ADDRESSES = 8


class Deadline:
    """A moment of the monotonic clock that all of one fetch shares."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Seconds left, no more than `at_most`. Raises `httpcore.ReadTimeout` where none are."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise OutOfTime("the time for this answer is over")
        return left if at_most is None else min(left, at_most)


class OutOfTime(httpcore.ReadTimeout):
    """The deadline of the whole fetch is over."""


class CheckedBackend(httpcore.NetworkBackend):
    """httpcore's way to the network, with the checks. One object a fetch."""

    def __init__(
        self, deadline: Deadline, allowed: Networks = (), resolve: Resolver | None = None
    ) -> None:
        self._deadline = deadline
        self._allowed = allowed
        self._resolve = resolve or system_resolver
        self.peer = ""
        """The IP address of the last connection."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to a checked address of `host`."""
        last: Exception | None = None
        for address in self._checked(host, port, timeout):
            try:
                made = socket.create_connection((str(address), port), self._deadline.left(timeout))
            except TimeoutError as error:
                last = httpcore.ConnectTimeout(str(error))
            except OSError as error:
                last = httpcore.ConnectError(str(error))
            else:
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.peer = str(address)
                return _Stream(made, self._deadline)
        raise last or httpcore.ConnectError("the name has no addresses")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        """Never."""
        raise SetAside("address_refused", "sockets of this machine are not connected to")

    def sleep(self, seconds: float) -> None:
        """Never asked for: retries are `visiting`'s."""

    def _checked(self, host: str, port: int, timeout: float | None) -> list[IPAddress]:
        try:
            addresses = [ip_address(host)]
        except ValueError:
            addresses = self._look_up(host, port, timeout)
        for address in addresses:
            why = refusal(address, self._allowed)
            if why is not None:
                raise SetAside(
                    "address_refused",
                    f"{host} is at {address}, and {why}",
                    "if it is meant, name its network in allowed_networks",
                )
        return addresses

    def _look_up(self, host: str, port: int, timeout: float | None) -> list[IPAddress]:
        """Resolves in a thread of its own: the system's resolver knows no deadline."""
        answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except OSError as error:
                answers.put(error)
            except UnicodeError:
                answers.put(OSError("no domain name"))

        threading.Thread(target=ask, daemon=True, name="resolve").start()
        try:
            found = answers.get(timeout=self._deadline.left(timeout))
        except queue.Empty:
            raise httpcore.ConnectTimeout(f"looking up {host} takes too long") from None
        if isinstance(found, OSError):
            raise httpcore.ConnectError(f"{host} cannot be resolved: {found.strerror or found}")
        return [ip_address(text) for text in dict.fromkeys(found)][:_MOST_ADDRESSES]


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses that the system gives."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(entry[4][0]) for entry in found]


class _Stream(httpcore.NetworkStream):
    """A socket on which no single wait is longer than what is left of the whole."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to `max_bytes`; empty at the end."""
        self._sock.settimeout(self._deadline.left(timeout))
        try:
            return self._sock.recv(max_bytes)
        except TimeoutError as error:
            self._deadline.left()
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer`."""
        try:
            self._sock.settimeout(self._deadline.left(timeout))
            self._sock.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Ends the connection."""
        self._sock.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted, with the server's certificate checked."""
        self._sock.settimeout(self._deadline.left(timeout))
        try:
            wrapped = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise httpcore.ConnectTimeout(str(error)) from error
        except (ssl.SSLError, ssl.CertificateError) as error:
            self.close()
            reason = getattr(error, "verify_message", "") or error.reason or str(error)
            raise SetAside(
                "tls_failed",
                f"no safe connection: {reason}",
                "the site must mend its certificate; sayso never looks away",
            ) from error
        except OSError as error:
            self.close()
            raise httpcore.ConnectError(str(error)) from error
        return _Stream(wrapped, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks for."""
        if info == "ssl_object" and isinstance(self._sock, ssl.SSLSocket):
            return self._sock
        if info == "server_addr":
            return self._sock.getpeername()
        if info == "is_readable":
            return True  # a connection is used once
        return None
