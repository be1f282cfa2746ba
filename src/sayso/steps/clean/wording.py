"""The lexicon of lines around a report, compiled once: what a paragraph's wording says it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.lexicons import load

_LONGEST = 700
"""Longer paragraphs, in code points, are no widget lines; only their ends are looked at."""
_LONGEST_BUTTONS = 80
"""In code points."""
_GAP = re.compile(r"[\s·•|,/–—›»↓→▾-]+")
_LONGEST_CAPTION = 80
"""In words."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The patterns of `lexicons/clean/notices.toml`, one expression for each use."""

    notice: re.Pattern[str]
    tail: re.Pattern[str]
    comment: re.Pattern[str]
    widget: re.Pattern[str]
    reply: re.Pattern[str]
    button: re.Pattern[str]
    ago: re.Pattern[str]
    related: re.Pattern[str]
    related_inline: re.Pattern[str]
    caption: re.Pattern[str]
    byline: tuple[re.Pattern[str], ...]
    label: re.Pattern[str]
    paywall: re.Pattern[str]

    def is_notice(self, line: str) -> bool:
        return len(line) <= _LONGEST and self.notice.match(line) is not None

    def is_comment_start(self, line: str) -> bool:
        return len(line) <= 200 and self.comment.match(line) is not None

    def is_widget(self, line: str) -> bool:
        return len(line) <= 300 and self.widget.match(line) is not None

    def is_reply(self, line: str) -> bool:
        """Whether the line is buttons of a comment, one of them to answer it; a time may be with
        them."""
        row = self._row(line)
        return row is not None and self.reply in row

    def is_button(self, line: str) -> bool:
        """Whether the line is buttons and counts as they stand around a comment."""
        row = self._row(line)
        return row is not None and set(row) <= {self.button}

    def _row(self, line: str) -> list[re.Pattern[str]] | None:
        """What the line is made of, from left to right; None where something else is in it."""
        if len(line) > _LONGEST_BUTTONS:
            return None
        found: list[re.Pattern[str]] = []
        position = 0
        while position < len(line):
            at = position
            matches = [(p.match(line, at), p) for p in (self.reply, self.ago, self.button)]
            ends = [(m.end(), -n, p) for n, (m, p) in enumerate(matches) if m is not None]
            if not ends:
                return None
            end, _, pattern = max(ends, key=lambda one: one[:2])
            found.append(pattern)
            gap = _GAP.match(line, end)
            position = gap.end() if gap is not None else end
        return found or None

    def is_related_heading(self, line: str) -> bool:
        return len(line) <= 100 and self.related.match(line) is not None

    def is_related_inline(self, line: str) -> bool:
        return len(line) <= 400 and self.related_inline.match(line) is not None

    def is_caption(self, line: str) -> bool:
        if len(line) > _LONGEST or line.count(" ") > _LONGEST_CAPTION:
            return False
        return self.caption.match(line) is not None

    def is_label(self, line: str) -> bool:
        return len(line) <= 100 and self.label.match(line) is not None

    def is_paywall(self, line: str) -> bool:
        return len(line) <= 400 and self.paywall.match(line) is not None

    def byline_name(self, line: str) -> tuple[int, int] | None:
        """Where in a byline the name stands; None where the line is none."""
        if len(line) > 120:
            return None
        for pattern in self.byline:
            found = pattern.match(line)
            if found is not None:
                return found.span("name")
        return None


@cache
def wording() -> Wording:
    """The compiled lexicon; the same object each time."""
    data = table("notices.toml")
    notice, thread = data["notice"], data["thread"]
    whole = [f"(?:{p})$" for p in notice["line"]]
    return Wording(
        notice=_any([*whole, *notice["start"]]),
        tail=_any([f"(?:{p})$" for p in notice["tail"]]),
        comment=_whole(data["comment"]["start"]),
        widget=_whole(data["comment"]["widget"]),
        reply=_part(thread["reply"]),
        button=_part(thread["button"]),
        ago=_part(thread["time"]),
        related=_whole(data["related"]["heading"]),
        related_inline=_whole(data["related"]["inline"]),
        caption=_whole(data["caption"]["line"]),
        byline=tuple(_whole([p]) for p in data["byline"]["line"]),
        label=_whole(data["label"]["line"]),
        paywall=_whole(data["paywall"]["line"]),
    )


def table(name: str) -> dict[str, Any]:
    """A data file of the cleaning lexicon."""
    return load(f"clean/{name}")


def _part(patterns: list[str]) -> re.Pattern[str]:
    """One of these, up to a separator, a blank or the end of the line."""
    choice = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?:{choice})(?=[\s·•|,/–—›»↓→▾-]|$)", re.IGNORECASE)


def _whole(patterns: list[str]) -> re.Pattern[str]:
    return _any([f"(?:{pattern})$" for pattern in patterns])


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
