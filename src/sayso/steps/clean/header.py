"""The lines above a plain text's first paragraph: title, byline, date, section label, caption."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.records.documents import ZoneKind
from sayso.steps.clean.dateline import find_dateline
from sayso.steps.clean.lines import ends_sentence
from sayso.steps.clean.stated_dates import stated_date
from sayso.steps.clean.wording import wording

_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_NUMERIC = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
"""A date of numbers, certain or not."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*)(?:\s[^\W\d_][\w.'’-]*){1,3}")
_RULE = re.compile(r"[\W_]+")
_BULLET = re.compile(r"[-*•–—·▪‣]\s")
_LONGEST_TITLE = 250
"""In code points."""
_LONGEST_QUESTION = 20
"""A headline that is a sentence, in words."""


@dataclass(frozen=True, slots=True)
class Header:
    """The kind of each line above the body, and which of them is the title."""

    kinds: list[ZoneKind]
    title: int | None


def is_date_line(line: str) -> bool:
    """Whether the line is a date or a time with at most a few words beside it."""
    if len(line) > 90:
        return False
    found = stated_date(line)
    rest = line
    if found is not None:
        rest = line[: found[1]] + " " + line[found[2] :]
    elif _CLOCK.search(line) is None and _NUMERIC.fullmatch(line) is None:
        return False
    return len(_WORD.findall(_CLOCK.sub(" ", rest))) <= 4


def may_be_title(line: str) -> bool:
    """Whether the form of the line allows it to be a headline."""
    if len(line) > _LONGEST_TITLE or _RULE.fullmatch(line) or _BULLET.match(line):
        return False
    if not ends_sentence(line):
        return True
    return line.rstrip("\"'”’»)")[-1:] in "?!" and line.count(" ") < _LONGEST_QUESTION


def read_header(lines: list[str], given: str | None = None) -> Header:
    """What each line above the body is; `given`: the title as a notice of the text cites it."""
    kinds: list[ZoneKind | None] = [_by_form(line) for line in lines]
    title = _choose(lines, kinds, given)
    result: list[ZoneKind] = []
    for index, kind in enumerate(kinds):
        if title is not None and lines[index].casefold() == lines[title].casefold():
            result.append("title")
        elif kind is not None:
            result.append(kind)
        elif title is not None and index > title:
            result.append(_below_title(lines[index], result))
        else:
            result.append("notice" if lines[index].count(" ") < 4 else "body")
    return Header(result, title)


def _by_form(line: str) -> ZoneKind | None:
    words = wording()
    if _RULE.fullmatch(line) or words.is_notice(line) or words.is_related_heading(line):
        return "notice"
    if words.byline_name(line) is not None:
        return "byline"
    if _is_dateline(line, first=False):  # "VELM, Tarvia (Nov. 20, 2031)": more than a date
        return "dateline"
    if is_date_line(line):
        return "notice"
    if words.is_caption(line):
        return "caption"
    if words.is_label(line):
        return "notice"
    if _is_dateline(line, first=True):
        return "dateline"
    return None


def _is_dateline(line: str, *, first: bool) -> bool:
    """Whether the line is nothing but a dateline."""
    found = find_dateline(line, 0, len(line), first=first)
    return found is not None and len(found.span) == len(line)


def _choose(lines: list[str], kinds: list[ZoneKind | None], given: str | None) -> int | None:
    able = [i for i, kind in enumerate(kinds) if kind is None and may_be_title(lines[i])]
    if given is not None:
        for index in range(len(lines)):
            if lines[index].casefold() == given.casefold():
                return index
    for index in able:
        if lines[index].count(" ") >= 3:
            return index
    return max(able, key=lambda index: lines[index].count(" "), default=None)


def _below_title(line: str, above: list[ZoneKind]) -> ZoneKind:
    """A short line of names right under the title is its byline; other lines belong to the text."""
    if "byline" in above or "body" in above or _NAME.fullmatch(line) is None:
        return "body"
    return "byline" if all(word[0].isupper() for word in line.split()) else "body"
