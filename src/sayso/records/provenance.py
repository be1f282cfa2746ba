"""Content ids, and which step made a finding."""

from __future__ import annotations

from hashlib import blake2b

import msgspec
from msgspec import Struct

from sayso.errors import Reason


def content_id(kind: str, *parts: object) -> str:
    """A 24-digit hexadecimal id of a record: a hash of its kind and of what makes it that record.

    The same parts give the same id on every machine and in every version. `parts` must be
    JSON-encodable and must not hold what may change without the record changing (confidence,
    time of retrieval, the version that made it).
    """
    digest = blake2b(digest_size=12, person=b"sayso-record")
    digest.update(msgspec.json.encode([kind, parts]))
    return digest.hexdigest()


class MadeBy(Struct, frozen=True, tag_field="type", tag="made_by"):
    """A step in one version with one choice of settings. Findings name it by `id`."""

    id: str
    step: str
    version: str
    settings: dict[str, str | int | float | bool | None]

    @classmethod
    def of(cls, step: str, version: str, settings: object) -> MadeBy:
        """The stamp of `step`; `settings` is the step's settings record."""
        plain = {
            name: value if isinstance(value, str | int | float | bool | None) else str(value)
            for name, value in msgspec.to_builtins(settings).items()
        }
        return cls(content_id("made_by", step, version, plain), step, version, plain)


class Problem(Struct, frozen=True, tag_field="type", tag="problem"):
    """An input that was set aside, or a part of one that was not read."""

    id: str
    uri: str
    document: str | None
    """None: nothing of the input was read. Otherwise the document that lacks a part."""
    stage: str
    reason: Reason
    message: str
    advice: str

    @classmethod
    def of(
        cls,
        uri: str,
        stage: str,
        reason: Reason,
        message: str,
        *,
        advice: str = "",
        document: str | None = None,
    ) -> Problem:
        """A problem with its content id (of uri, document, stage and reason)."""
        id = content_id("problem", uri, document, stage, reason)
        return cls(id, uri, document, stage, reason, message, advice)
