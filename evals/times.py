"""Time expressions of TempEval-3's training data (TimeBank and AQUAINT), beside other finders.

    python -m evals.times [--half looked_at|other]    the figures
    python -m evals.times --errors N                   differences on the half that was looked at
    python -m evals.times --peers [--update]           beside dateparser and timexy, other half

The articles fall into two halves by the hash of their names. Rules were tuned on the half that
`--half looked_at` measures; the other half was only measured.

    span_f1     an annotated and a predicted expression match if they share a character, each once,
                in text order (TempEval-3's relaxed match)
    strict_f1   they match if they are the same characters
    value_f1    a relaxed match whose TIMEX3 value is the same is right (TempEval-3's value F1)

Our record keeps EDTF; `timex_value` writes it as TIMEX3 does. The prepositions that we take into
the words of an open interval ("since 1998") are left out for `strict_f1`. The day a text was
written on is given to every finder and not scored.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time

from evals.timebank import Article, Expression, articles
from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Time
from sayso.steps.extract.times import find_times

DATA = ("data/tempeval3/TBAQ-cleaned/TimeBank/*.tml", "data/tempeval3/TBAQ-cleaned/AQUAINT/*.tml")
RESULTS = Path(__file__).resolve().parent / "results" / "times.json"
PINNED = ("span_f1", "value_f1", "other_half_span_f1", "other_half_value_f1")
_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI", "40": "H1", "41": "H2"}
_QUARTERS = {"33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4"}
_OPENER = re.compile(r"(?i)(?:since|until|till|before|after|by|between|from)\s(?:the\s)?")
_JOINT = re.compile(r"(?<=\w)(?: and | to | until |\s?[-–]\s?)(?=\w*[0-9A-Z])")
_TYPES = {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}


@dataclass
class Counts:
    """What matched over some articles."""

    gold: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    values: int = 0

    def f1(self, right: int) -> float:
        """The F1 where so many of the predicted are right."""
        return 2 * right / (self.gold + self.found) if self.gold + self.found else 0.0

    def figures(self) -> dict[str, float]:
        """The figures of the case."""
        return {
            "span_f1": self.f1(self.relaxed),
            "strict_f1": self.f1(self.strict),
            "value_f1": self.f1(self.values),
            "span_precision": self.relaxed / max(1, self.found),
            "span_recall": self.relaxed / max(1, self.gold),
        }


Pair = tuple[Expression | None, Expression | None]
Finder = Callable[[Article], list[Expression]]


def pairs(gold: Iterable[Expression], found: Iterable[Expression]) -> Iterator[Pair]:
    """Annotated and predicted expressions that share a character, and those left alone."""
    waiting = sorted(found, key=lambda one: one.start)
    for one in sorted(gold, key=lambda one: one.start):
        match = next((other for other in waiting if one.overlaps(other)), None)
        if match is not None:
            waiting.remove(match)
        yield one, match
    yield from ((None, other) for other in waiting)


def count(counts: Counts, gold: Iterable[Expression], found: Iterable[Expression]) -> None:
    """Add one article to the counts."""
    for one, other in pairs(gold, found):
        counts.gold += one is not None
        counts.found += other is not None
        if one is not None and other is not None:
            counts.relaxed += 1
            counts.strict += (one.start, one.end) == (other.start, other.end)
            counts.values += one.value == other.value


def to_expressions(time: Time) -> list[Expression]:
    """Our record as TIMEX3 has it: "between 2019 and 2022" is two expressions there."""
    opener = _OPENER.match(time.quote)
    start = time.span.start + (opener.end() if opener else 0)
    joint = _JOINT.search(time.quote)
    type, value = _TYPES[time.kind], time.value or ""
    if joint is None or "/" not in value or ".." in value or time.duration is not None:
        return [Expression(start, time.span.end, timex_value(time), type)]
    first, last = value.split("/")
    return [
        Expression(start, time.span.start + joint.start(), _timex_date(first), type),
        Expression(time.span.start + joint.end(), time.span.end, _timex_date(last), type),
    ]


def to_timex(times: Iterable[Time]) -> list[Expression]:
    """Our records as TIMEX3 has them."""
    return [expression for time in times for expression in to_expressions(time)]


def timex_value(time: Time) -> str | None:
    """The TIMEX3 value of our record; None where it has none."""
    if time.duration is not None:
        return time.duration
    if time.every is not None:
        return time.every + (time.clock or "")
    if time.value is None:
        return f"{time.reference.upper()}_REF" if time.reference else time.clock
    first, _, last = time.value.partition("/")
    if ".." in (first, last):
        first, last = (first if last == ".." else last), ""
    value = _week(first, last) if last else _timex_date(first)
    return value + (time.clock or "")


def _timex_date(value: str) -> str:
    """`1989-35` is `1989-Q3`, `199X` is `199`, `1989-10-20~` some day of its week."""
    if value.endswith("~") and len(value) == 11:
        year, week, _ = date.fromisoformat(value[:10]).isocalendar()
        return f"{year}-W{week:02d}"
    value = value.rstrip("~?%").rstrip("X")
    parts = value.split("-")
    if len(parts) == 2:
        return f"{parts[0]}-{_QUARTERS.get(parts[1]) or _SEASONS.get(parts[1], parts[1])}"
    return value


def _week(first: str, last: str) -> str:
    """A whole week or weekend by its number; of another interval, its beginning."""
    if len(first) != 10 or len(last) != 10:
        return _timex_date(first)
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    year, week, weekday = start.isocalendar()
    if end.isocalendar()[2] == 7 and (end - start).days == 7 - weekday and weekday in {1, 6}:
        return f"{year}-W{week:02d}" + ("-WE" if weekday == 6 else "")
    return first


def by_sayso() -> Finder:
    """What our step finds."""
    model = SpacyModel()

    def find(article: Article) -> list[Expression]:
        document = article.document()
        parses = model.parse(document.text, document.zones).parses
        return to_timex(find_times(Analysis(document, parses)))

    return find


def score(find: Finder, chosen: Iterable[Article]) -> Counts:
    """How well a finder does on these articles."""
    counts = Counts()
    for article in chosen:
        count(counts, article.times, find(article))
    return counts


def measure() -> dict[str, float]:
    """Our figures on all articles, and on the half that no rule was tuned on."""
    find = by_sayso()
    whole, other = Counts(), Counts()
    for article in articles():
        found = find(article)
        count(whole, article.times, found)
        if not article.looked_at:
            count(other, article.times, found)
    unseen = {f"other_half_{name}": value for name, value in other.figures().items()}
    return {**whole.figures(), **unseen}


def _in_half(half: str | None) -> list[Article]:
    return [one for one in articles() if half is None or one.looked_at == (half == "looked_at")]


def _print(name: str, figures: dict[str, float]) -> None:
    print(f"{name:12}", "  ".join(f"{key} {value:.4f}" for key, value in figures.items()))


def _print_errors(find: Finder, chosen: Iterable[Article], limit: int) -> None:
    """The first so many differences, each with its surroundings."""
    for article in chosen:
        for gold, found in pairs(article.times, find(article)):
            if limit and gold and found and gold.value == found.value:
                continue
            if limit <= 0:
                return
            limit -= 1
            one = gold or found
            assert one is not None
            around = article.text[max(0, one.start - 40) : one.end + 25]
            told = [
                f"{article.text[e.start : e.end]!r} {e.value}" if e else "-" for e in (gold, found)
            ]
            print(" | ".join(told).replace("\n", " "), "::", " ".join(around.split()))


def _peers(chosen: list[Article]) -> dict[str, dict[str, float]]:
    from evals.time_peers import Timexy, by_dateparser

    finders: dict[str, Finder] = {
        "sayso": by_sayso(),
        "dateparser": by_dateparser,
        "timexy": Timexy(),
    }
    figures: dict[str, dict[str, float]] = {}
    for name, find in finders.items():
        started = process_time()
        figures[name] = {key: round(v, 4) for key, v in score(find, chosen).figures().items()}
        figures[name]["cpu_seconds"] = round(process_time() - started, 1)
    return figures


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--half", choices=("looked_at", "other"))
    arguments.add_argument("--errors", type=int, default=0, metavar="N")
    arguments.add_argument("--peers", action="store_true", help="beside the peers, other half")
    arguments.add_argument("--update", action="store_true", help="keep what the peers reach")
    given = arguments.parse_args()
    if given.errors:
        _print_errors(by_sayso(), _in_half(given.half or "looked_at"), given.errors)
    elif given.peers:
        figures = _peers(_in_half("other"))
        if given.update:
            RESULTS.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
        for name, one in figures.items():
            _print(name, one)
    else:
        _print("sayso", score(by_sayso(), _in_half(given.half)).figures())
        for name, kept in json.loads(RESULTS.read_text("utf-8")).items():
            _print(f"{name} (kept)", kept)


if __name__ == "__main__":
    main()
