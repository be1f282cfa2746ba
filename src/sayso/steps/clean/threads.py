"""Readers' comments that stand under no heading, told by the form of what repeats below a report.

Each has a head (a name with a time, or a name alone), words, and perhaps buttons. Live blogs, lists
of quotes and embedded posts have much of that, too. So a thread must run to the end of the text and
either readers can answer one another in it, or it is signed as reporters and officials do not sign.
Where that is not certain it is left: text that is read in vain costs less than one that is missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sayso.steps.clean.heads import (
    has_handle,
    is_everyday_name,
    is_name,
    is_nickname,
    is_time,
    signature,
)
from sayso.steps.clean.lines import is_prose
from sayso.steps.clean.wording import Wording, wording

Sort = Literal["name", "time", "signed", "reply", "button", "words", "notice", "invites", "end"]
REPORT = 2
"""So many paragraphs of sentences must stand above."""
_UNANSWERED = 3
"""So many comments make a thread in which nobody can answer."""
_LONGEST = 6
"""Paragraphs of one comment."""
_REACH = 10
"""A button to answer is looked for in so many lines from a name on."""
_STRAY = 3
"""So many short lines that mean nothing to us may stand between two comments, or a name and its
time: ranks, places, awards."""
_QUOTES = "\"“„«‘'"
_SHORT = 200
"""Longer lines, in code points, are words."""
_SIGNS: frozenset[Sort] = frozenset({"reply", "time", "signed"})
"""Without one of them no thread is told."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Where comments stand: their words, and the names, times and buttons around them."""

    words: frozenset[int] = frozenset()
    around: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Comment:
    start: int
    name: str
    is_timed: bool
    words: list[int] = field(default_factory=list)
    can_be_answered: bool = False
    is_over: bool = False
    """A button stood behind its words."""
    is_none: bool = False
    """More follows than a comment holds."""


def find_thread(
    lines: Sequence[str], ends: Sequence[bool], report: Sequence[bool] | None = None
) -> Thread:
    """The comments among the lines below a report's first; an empty thread where there are none.
    `ends`: lines with which something else begins, unless they are buttons. `report`: lines that
    would be the report's if they are no comments; all, where it is not given."""
    words = wording()
    sorts = [_sort(line, words) for line in lines]
    for index, over in enumerate(ends):
        if over and sorts[index] not in ("reply", "button", "time"):
            sorts[index] = "end"
    if _SIGNS.isdisjoint(sorts):
        return Thread()
    return _Reader(lines, sorts, report or [True] * len(lines)).thread()


def _sort(line: str, words: Wording) -> Sort:
    if len(line) > _SHORT:
        return "words"
    if words.is_reply(line):
        return "reply"
    if is_time(line):
        return "time"
    if words.is_button(line):
        return "button"
    if signature(line) is not None:
        return "signed"
    if words.is_comment_start(line):
        return "invites"
    if words.is_notice(line) or words.is_widget(line):
        return "notice"
    return "name" if is_name(line) else "words"


class _Reader:
    def __init__(self, lines: Sequence[str], sorts: list[Sort], report: Sequence[bool]) -> None:
        self._lines = lines
        self._sorts = sorts
        self._report = report
        self._headed = False
        """Whether a heading of comments stands above the first one."""
        self._invites = False
        """Whether readers are asked to write, below the first one."""
        self._comments: list[_Comment] = []

    def thread(self) -> Thread:
        stop = self._read()
        comments = self._comments
        broken = [index for index, one in enumerate(comments) if one.is_none or not one.words]
        comments = comments[broken[-1] + 1 :] if broken else comments
        if not comments or not self._is_thread(comments):
            return Thread()
        words = frozenset(index for one in comments for index in one.words)
        return Thread(words, frozenset(range(comments[0].start, stop)) - words)

    def _read(self) -> int:
        """Takes the comments apart; where what they are in ends."""
        prose = index = 0
        while index < len(self._sorts):
            sort = self._sorts[index]
            last = self._comments[-1] if self._comments else None
            if sort == "end":
                if last is not None:
                    return index
                index += 1
                continue
            head = self._head(index, last) if prose >= REPORT else None
            if head is not None:
                name, after, is_timed = head
                self._comments.append(_Comment(index, name, is_timed))
                index = after
                continue
            if sort in ("words", "name"):
                if last is None:
                    prose += self._is_report(index)
                    self._headed &= not self._is_report(index)
                elif last.is_over and not self._is_report(index):
                    if not self._is_stray(index, last):
                        return index if not self._goes_on(index) else self._no_end(index)
                else:
                    last.words.append(index)
                    last.is_none = last.is_over or len(last.words) > _LONGEST
            elif sort == "invites":
                self._headed |= last is None
                self._invites |= last is not None
            elif last is not None and last.words:
                last.can_be_answered |= sort == "reply"
                last.is_over |= sort in ("reply", "button")
            index += 1
        return index

    def _no_end(self, index: int) -> int:
        """The report goes on: what was taken for comments stood in its middle."""
        self._comments.clear()
        return index

    def _goes_on(self, index: int) -> bool:
        rest = range(index, len(self._sorts))
        return any(self._sorts[i] == "words" and self._is_report(i) for i in rest)

    def _is_report(self, index: int) -> bool:
        return self._report[index] and is_prose(self._lines[index])

    def _head(self, index: int, last: _Comment | None) -> tuple[str, int, bool] | None:
        """The name, the index behind it and whether there is a time, if a comment begins here."""
        line, sort = self._lines[index], self._sorts[index]
        if sort == "signed":
            return signature(line) or line, index + 1, True
        after = self._next(index)
        follows = self._sorts[after] if after < len(self._sorts) else "end"
        if sort == "name" and follows == "name" and last is not None and last.is_over:
            below = self._next(after)
            if below < len(self._sorts) and self._sorts[below] == "time":
                return line, below + 1, True
        if sort == "name" and follows == "reply":  # "Reply to Ilka", which is whom he answers
            after += 1
            follows = self._sorts[after] if after < len(self._sorts) else "end"
        if sort == "name" and follows == "time":
            return line, after + 1, True
        if sort == "time" and follows == "name" and (last is None or last.words):
            return self._lines[after], after + 1, True
        if sort == "name" and follows == "words" and self._may_stand_bare(index, last):
            return line, index + 1, False
        return None

    def _may_stand_bare(self, index: int, last: _Comment | None) -> bool:
        """Whether a name alone begins a comment: readers can answer what follows."""
        if last is not None and not last.is_over:
            return False
        if last is not None and last.can_be_answered and not last.is_timed:
            return True
        words, before = 0, "name"
        for sort in self._sorts[index + 1 : index + _REACH]:
            if sort == "reply":
                return words > 0
            if sort in ("signed", "end") or (sort == "time" and (not words or before == "name")):
                return False
            words, before = words + (sort == "words"), sort
        return False

    def _is_stray(self, index: int, last: _Comment) -> bool:
        """Whether a short line behind a comment stands before another one."""
        below = range(index + 1, min(index + 1 + _STRAY, len(self._sorts)))
        return any(self._head(i, last) is not None for i in below)

    def _next(self, index: int) -> int:
        index += 1
        while index < len(self._sorts) and self._sorts[index] == "button":
            index += 1
        return index

    def _is_thread(self, comments: Sequence[_Comment]) -> bool:
        if sum(has_handle(one.name) for one in comments) * 2 >= len(comments):
            return False  # posts of a network, quoted
        answered = sum(one.can_be_answered for one in comments)
        timed = all(one.is_timed for one in comments)
        if (answered >= 2 and 2 * answered >= len(comments)) or (timed and self._headed):
            return True
        if len(comments) < (1 if self._invites else _UNANSWERED):
            return False
        *others, last = (len(one.words) for one in comments)
        return (
            timed
            and last <= max(others, default=1) + 1  # else the report may go on
            and _are_readers([one.name for one in comments])
            and not all(self._lines[one.words[0]][0] in _QUOTES for one in comments)
        )


def _are_readers(names: Sequence[str]) -> bool:
    """Whether these sign as readers do, with nicknames and with everyday names; and not as
    reporters and officials (first names and surnames) or channels (nicknames only)."""
    nicknames = sum(map(is_nickname, names))
    everyday = sum(map(is_everyday_name, names))
    several = len({name.casefold() for name in names})
    mixed = 0 < nicknames < everyday or (len(names) == 1 and everyday == 1)
    return mixed and 2 * everyday >= len(names) and 3 * several >= len(names)
