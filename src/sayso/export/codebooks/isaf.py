"""A press release about operations in Afghanistan in the fields of the ISAF data set.

The data set of ISAF press releases (see `lexicons/codebook_isaf.toml`) has one record a release:
who was killed and captured, where, when, and by which kind of operation. All of it is read off
sayso's own findings (events with their outcome, targets and time) and the words beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Any

from sayso.export.codebooks.isaf_dates import body_of, in_data, start_date
from sayso.export.codebooks.isaf_people import SENTENCE, Tally, is_of, says, tally
from sayso.lexicons import load
from sayso.records.readings import Reading

_FILE = "codebook_isaf.toml"
PROVINCES = tuple(
    "badakhshan badghis baghlan balkh bamyan day_kundi farah faryab ghazni ghor helmand herat"
    " jowzjan kabul kandahar kapisa khost kunar kunduz laghman logar nangarhar nimroz nuristan"
    " paktya paktika panjshir parwan samangan sar_e_pul takhar uruzgan wardak zabul".split()
)
FIELDS = (
    "start_date",
    "event_type",
    "province",
    "target_group",
    "min_killed",
    "min_captured",
    "killq",
    "captureq",
    "killcaptureraid",
    "airstrike",
    "noshotsfired",
    "min_leaders_killed",
    "min_leaders_captured",
)
"""The fields of a record; its name is not among them."""


def isaf_record(reading: Reading, *, as_in_data: bool = False) -> dict[str, Any]:
    """The fields of the one operation that a release is taken to tell of (`FIELDS`).

    `start_date` is None where no year is known. Counts are least numbers. `as_in_data` dates the
    operation as the data set does, which in some months is a day before the day that its own
    releases give: for comparing with that data, not for use.
    """
    text = body_of(reading.document)
    killed = tally(reading, "killed")
    captured = tally(reading, "captured")
    struck = says(text, "airstrike")
    record: dict[str, Any] = {
        "start_date": in_data(start_date(reading)) if as_in_data else start_date(reading),
        "event_type": [_event_type(reading, killed, captured, struck)],
        "province": _named(_operation(reading)) or provinces(text) or [""],
        "target_group": groups(text) or [""],
        "min_killed": killed.count,
        "min_captured": captured.count,
        "killq": killed.count > 0,
        "captureq": captured.count > 0,
        "killcaptureraid": captured.count > 0 and says(text, "hunt"),
        "airstrike": struck,
        "noshotsfired": says(text, "no_shots"),
        "min_leaders_killed": killed.leaders,
        "min_leaders_captured": captured.leaders,
    }
    if record["event_type"] == ["civiliancasualty"]:
        harmed = tally(reading, "killed", civilians=True)
        record |= {"min_killed": harmed.count, "killq": True}
    return record


def _operation(reading: Reading) -> str:
    """The sentence that tells of the first killing or capture, lower case."""
    text = reading.document.text
    first = next((c for c in reading.claims if is_of(c, "killed") or is_of(c, "captured")), None)
    if first is None:
        return ""
    ends = [0, *(found.end() for found in SENTENCE.finditer(text)), len(text)]
    at = bisect_right(ends, first.span.start)
    dateline = reading.document.dateline
    low = max(ends[at - 1], dateline.span.end if dateline is not None else 0)
    return text[low : ends[min(at, len(ends) - 1)]].lower()


def _event_type(reading: Reading, killed: Tally, captured: Tally, struck: bool) -> str:
    if killed.count and captured.count:
        return "captureandkill"
    if captured.count:
        return "detention"
    if killed.count:
        return "airstrike" if struck else "insurgentskilled"
    if tally(reading, "killed", civilians=True).count:
        return "civiliancasualty"
    return "airstrike" if struck else "exchangeoffire"


def provinces(text: str) -> list[str]:
    """The province that is named first, else that of the first district named."""
    first = _district_names().search(text)
    return _named(text) or ([_spelled()[first.group()]] if first is not None else [])


def _named(text: str) -> list[str]:
    """The province that is named first by its own name."""
    first = _province_names().search(text)
    return [_spelled()[first.group()]] if first is not None else []


def groups(text: str) -> list[str]:
    """The group that is named first."""
    names = load(_FILE)["groups"]
    places = {
        group: min((at for name in words if (at := text.find(name)) >= 0), default=-1)
        for group, words in names.items()
    }
    found = sorted((at, group) for group, at in places.items() if at >= 0)
    return [found[0][1]] if found else []


@cache
def _spelled() -> dict[str, str]:
    """The code book's province by each name of a province, district or town."""
    book = load(_FILE)
    found = {name: province for province, names in book["districts"].items() for name in names}
    found |= {name: province for province, names in book["provinces"].items() for name in names}
    return found | {name: name for name in PROVINCES}


@cache
def _province_names() -> re.Pattern[str]:
    book = load(_FILE)["provinces"]
    return _pattern([*PROVINCES, *(name for names in book.values() for name in names)])


@cache
def _district_names() -> re.Pattern[str]:
    book = load(_FILE)["districts"]
    return _pattern([name for names in book.values() for name in names])


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names, key=len)[::-1])) + r")\b")
