"""Records of ISAF press releases, derived from what sayso finds in them.

    python -m evals.isaf             the figures by field, of the half looked at and of the other
    python -m evals.isaf --errors    and every field of the looked-at half that is wrong

Data: `isaf/dev150.jsonl`, 150 releases with a record each. The record is written from sayso's
findings by `sayso.export.codebooks.isaf`. A field counts as right if it is equal to the gold's;
fields that are lists are compared as sets (`hig;taliban` in the gold is two members). `mean` is
the mean of the 13 fields' shares; the gold's `name` is a headline that somebody gave the event,
and is not derived.

Of the 150, thirteen have no day or no year in their text, so that their start date stays null,
and fifteen (of the sixteen of November 2010, February and March 2011) are a day earlier in the
gold than in their text: whoever goes by the text gets 122 right at most (0.813). `start_date` goes
by the text; `start_date_as_in_data` moves the dates of those three months as the data does, and
says how good the reading of dates is beside others who learnt from that data.

`_unseen` figures are over the half (by SHA-256 of the text) that nobody looked at. Published for
the test part of the same data: a prompted GPT-4o 0.854 in the mean, its start date 0.73.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from evals.cases import SHARED
from sayso.export.codebooks.isaf import FIELDS, isaf_record
from sayso.pipeline import Reader
from sayso.records.documents import RawDocument

DATA = ("data/isaf/dev150.jsonl",)
PINNED = (
    "mean",
    "start_date",
    "start_date_as_in_data",
    "mean_unseen",
    "start_date_unseen",
    "start_date_as_in_data_unseen",
)
_DATES = ("start_date", "start_date_as_in_data")
_HEAD = "PRESS RELEASE TEXT: "


@dataclass(frozen=True)
class Release:
    """A press release, its gold record and the derived one."""

    text: str
    gold: dict[str, Any]
    found: dict[str, Any]
    dated: str | None = None
    """The start date as the data set writes it."""

    def right(self, field: str) -> bool:
        """Whether a field is as in the gold."""
        return as_set(self.gold[field]) == as_set(self.found[field])


def measure() -> dict[str, float]:
    """The figures."""
    read = list(releases())
    figures = scores(read)
    unseen = scores([one for one in read if not is_seen(one.text)])
    return figures | {f"{name}_unseen": unseen[name] for name in ("mean", *_DATES)}


def is_seen(text: str) -> bool:
    """Whether a release is of the half that was looked at."""
    return int(sha256(text.encode()).hexdigest(), 16) % 2 == 0


def as_set(value: Any) -> frozenset[Any]:
    """A field's value as a set of members."""
    if not isinstance(value, list):
        return frozenset({value})
    return frozenset(part for item in value for part in item.split(";"))


def scores(read: Sequence[Release]) -> dict[str, float]:
    """Share right by field, and their mean."""
    shares = {field: sum(one.right(field) for one in read) / max(1, len(read)) for field in FIELDS}
    dated = sum(one.gold["start_date"] == one.dated for one in read) / max(1, len(read))
    return shares | {"start_date_as_in_data": dated, "mean": sum(shares.values()) / len(shares)}


def releases() -> Iterator[Release]:
    """The releases, read."""
    reader = Reader()
    for text, gold in rows():
        raw = RawDocument(
            "release.txt", text.removeprefix(_HEAD).encode(), "text/plain", "2020-01-01T00:00:00Z"
        )
        reading = reader.read(raw)
        dated = isaf_record(reading, as_in_data=True)["start_date"]
        yield Release(text, gold, isaf_record(reading), dated)


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each release's text and gold record."""
    for line in (SHARED / DATA[0]).read_text(encoding="utf-8").splitlines():
        turns = {turn["from"]: turn["value"] for turn in json.loads(line)["conversations"]}
        yield turns["human"], json.loads(turns["gpt"])


def main() -> None:
    """Print the figures, with `--errors` the wrong fields of the looked-at half."""
    parser = argparse.ArgumentParser(prog="python -m evals.isaf", description=__doc__)
    parser.add_argument("--errors", action="store_true")
    read = list(releases())
    seen = [one for one in read if is_seen(one.text)]
    if parser.parse_args().errors:
        for one in seen:
            wrong = {f: (one.gold[f], one.found[f]) for f in FIELDS if not one.right(f)}
            if wrong:
                print(wrong, one.text.replace("\n", " ")[:1500], "", sep="\n")
    unseen = scores([one for one in read if not is_seen(one.text)])
    for name, share in scores(seen).items():
        print(f"{name:22} looked at {share:.3f}  other {unseen[name]:.3f}")


if __name__ == "__main__":
    main()
