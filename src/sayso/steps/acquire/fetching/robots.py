"""robots.txt, as RFC 9309 has it, read by Protego.

4xx: everything may be fetched. 5xx, no answer or one cut short before its end: nothing may, until
it is there. 500 KiB are read. Kept for a day at most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from protego import Protego

from sayso.records.captures import Capture

MOST_BYTES = 500 * 1024
KEPT_SECONDS = 24 * 3600.0
RETRIED_SECONDS = 900.0
"""A site that could not give its rules is asked again after this."""
_MOST_LINES = 20_000
_LONGEST_LINE = 2_048
"""Longer rules are left out: what matches them costs time that a stranger sets."""
_MOST_STARS = 8


@dataclass(frozen=True, slots=True)
class Robots:
    """What one site asks of us."""

    parsed: Protego | None
    """None: no rules, all or nothing may be fetched."""
    nothing: bool = False
    """The site could not say what it wants, so nothing is fetched."""

    def allows(self, uri: str, agent: str) -> bool:
        """Whether the product token `agent` may fetch `uri`."""
        if self.nothing:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(uri, agent))

    def delay(self, agent: str) -> float:
        """Seconds that it wants between requests; 0 where it does not say."""
        if self.parsed is None:
            return 0.0
        asked = [0.0]
        delay = self.parsed.crawl_delay(agent)
        if delay is not None and math.isfinite(delay):
            asked.append(float(delay))
        rate = self.parsed.request_rate(agent)
        if rate is not None and rate.requests > 0:
            asked.append(rate.seconds / rate.requests)
        return max(asked)

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps it names."""
        return list(self.parsed.sitemaps)[:100] if self.parsed is not None else []


UNREACHABLE = Robots(None, nothing=True)
NO_RULES = Robots(None)


def read_robots(capture: Capture) -> Robots:
    """The rules in an answer to a request for robots.txt (redirects followed)."""
    if (
        capture.status >= 500
        or capture.status == 429
        or capture.truncated in ("time", "disconnect")
    ):
        return UNREACHABLE
    if not 200 <= capture.status < 300:
        return NO_RULES
    text = capture.content[:MOST_BYTES].decode("utf-8-sig", "replace")
    lines = text.splitlines()[:_MOST_LINES]
    kept = [line for line in lines if len(line) <= _LONGEST_LINE and line.count("*") <= _MOST_STARS]
    return Robots(Protego.parse("\n".join(kept)))


def product_token(user_agent: str) -> str:
    """The name in `user_agent` that robots.txt knows it by: `sayso` of `sayso/0.1 (...)`."""
    return user_agent.partition("/")[0].strip() or "sayso"
