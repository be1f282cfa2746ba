"""Passwords: which may be chosen, and how they are kept.

Argon2id (RFC 9106) with argon2-cffi's defaults, at present RFC 9106's second choice: 64 MiB, three
passes, four lanes. What may be chosen follows NIST SP 800-63B-4, 3.1.1.2: fifteen characters where
a password is all that is asked for, no rules about which, no change by the calendar, and none that
one would try first.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sayso.errors import AccountsError

LEAST = 15
"""Characters of a password."""
MOST = 256
_LEFT = 8
"""Characters that must be left where the name and what everybody tries are taken out."""
_DIFFERENT = 5
_TRIED = (
    "correcthorsebatterystaple",
    "1qaz2wsx3edc4rfv",
    "qwertzuiop",
    "qwertyuiop",
    "administrator",
    "0123456789",
    "1234567890",
    "9876543210",
    "123456789",
    "iloveyou",
    "password",
    "passwort",
    "changeme",
    "asdfghjkl",
    "welcome",
    "letmein",
    "zxcvbnm",
    "qwerty",
    "qwertz",
    "secret",
    "sayso",
    "admin",
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of passwords that are made: none that is taken for another."""


class Passwords:
    """Makes and checks hashes. `hasher` is for tests, which have no second for each."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def nobodys(self) -> str:
        """A hash of no password. Who lets people in makes it before the first comes, for it takes
        as long as any."""
        return self._hasher.hash(secrets.token_urlsafe(32))

    def hash(self, password: str) -> str:
        """The hash that is kept of a password."""
        return self._hasher.hash(_normal(password))

    def fits(self, hash: str | None, password: str) -> bool:
        """Whether the password is the one of the hash. Where there is no hash, as much work is
        done for the answer no: the time must not tell which names are known."""
        try:
            right = self._hasher.verify(hash or self.nobodys, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return right and hash is not None

    def is_old(self, hash: str) -> bool:
        """Whether the hash was made by other parameters than today's."""
        return self._hasher.check_needs_rehash(hash)


def check_new(password: str, name: str) -> None:
    """Returns if a password may be chosen for this account. Raises `AccountsError`."""
    given = _normal(password)
    if len(given) < LEAST:
        raise AccountsError(
            f"a password has at least {LEAST} characters; four words in a row will do, and any"
            " characters may be in it"
        )
    if len(given) > MOST:
        raise AccountsError(f"a password has {MOST} characters at most")
    left = given.casefold()
    for word in (_normal(name).casefold(), *_TRIED):
        left = left.replace(word, "") if word else left
    if len(left) < _LEFT or len(set(left)) < _DIFFERENT:
        raise AccountsError(
            "this password would be among the first that a stranger tries: too much of it is the"
            " name, a common password or one character again and again"
        )


def made_password() -> str:
    """A random password, to be given to a person who then chooses an own one: 99 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def _normal(password: str) -> str:
    # One letter may be typed as one code point here and as two there. A lone surrogate, which a
    # form can send, has no UTF-8.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
