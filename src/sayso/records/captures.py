"""What a server answered, kept so that it can be shown later: the exchange and its bytes."""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

from msgspec import Struct

Headers = tuple[tuple[str, str], ...]
"""In the order and spelling of the wire, decoded as Latin-1; a name may come several times."""

Truncated = Literal["length", "time", "disconnect", "unpacking"]
"""Why a body is not whole, in WARC's words (`length`, `time`, `disconnect`); `unpacking`: the bytes
are whole, but they unpack to more than is allowed or not at all."""


class Redirect(Struct, frozen=True):
    """A hop that was followed on the way."""

    uri: str
    status: int
    location: str
    """As the server wrote it, perhaps relative."""


class Validators(Struct, frozen=True):
    """What is known of an address from the last visit, so that it can be asked whether it changed.

    All None: it was visited, and its server gave nothing to compare with.
    """

    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    """Of the content, as `Capture.sha256`."""


class Capture(Struct, frozen=True, kw_only=True):
    """One response, with the request that it answers. Only what was on the wire, and when."""

    uri: str
    """As asked for, before redirects."""
    final_uri: str
    """Where the answer came from."""
    redirects: tuple[Redirect, ...] = ()
    method: str = "GET"
    request_headers: Headers
    """Of the last request."""
    status: int
    reason_phrase: str = ""
    http_version: str
    headers: Headers
    body: bytes
    """As received: transfer coding (chunks) undone, content coding (gzip) not."""
    body_sha256: str
    content: bytes
    """`body` with its content coding undone; what is read."""
    sha256: str
    """Of `content`: the same page counts as the same however it was packed."""
    retrieved: str
    """RFC 3339, UTC: when the answer had arrived."""
    peer: str
    """The IP address that the connection was made to."""
    truncated: Truncated | None = None

    @classmethod
    def digest(cls, data: bytes) -> str:
        """The SHA-256 that captures name their bytes by, in hexadecimal."""
        return sha256(data).hexdigest()

    def header(self, name: str) -> str | None:
        """The first response header of this name, in any case; None where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def media_type(self) -> str:
        """The type that the server declared, lower case, without parameters; empty for none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def validators(self) -> Validators:
        """What to ask with next time."""
        return Validators(self.header("etag"), self.header("last-modified"), self.sha256)
