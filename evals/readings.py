"""Reports read by the rules, and their parses, for cases that go across documents."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from evals.coreference import Report
from sayso.pipeline import Reader
from sayso.records.analyses import Analysis
from sayso.records.readings import Reading
from sayso.settings import ExtractSettings, Settings


@cache
def reader() -> Reader:
    """One reader a process; statements by the rules, so that no extra is needed."""
    return Reader(Settings(extract=ExtractSettings(attribution="rules")))


def read(reports: Iterable[Report]) -> list[Reading]:
    """What sayso finds in each report."""
    return [reading for _, reading in read_with_parses(reports)]


def read_with_parses(reports: Iterable[Report]) -> list[tuple[Analysis, Reading]]:
    """The same with the parses it was found in, so that each report is parsed once."""
    found: list[tuple[Analysis, Reading]] = []
    for report in reports:
        analysis, problems = reader()._parsed(report.document)
        found.append((analysis, reader()._extract(analysis, problems)))
    return found
