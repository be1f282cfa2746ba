"""A page that a feed, a sitemap or a list names, with what that says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Not fetched yet."""

    uri: str
    published: datetime | None = None
    """In UTC, as its source says."""
    language: str | None = None
    """`en` of `en-GB`, lower case."""


def primary_language(tag: str | None) -> str | None:
    """The language of a tag without script and region; None for what is no tag."""
    first = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    return first if first.isascii() and first.isalpha() and 2 <= len(first) <= 3 else None


def moment(text: str | None) -> datetime | None:
    """A date of W3C's profile of ISO 8601 in UTC; midnight where it has no time of day."""
    try:
        at = datetime.fromisoformat((text or "").strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def fits(
    page: FoundPage, *, languages: tuple[str, ...], max_age: timedelta | None, now: datetime
) -> bool:
    """Whether the page's language and age are asked for. What is not stated fits."""
    if languages and page.language is not None and page.language not in languages:
        return False
    return max_age is None or page.published is None or now - page.published <= max_age
