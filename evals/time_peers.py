"""Two other finders of time expressions, to measure sayso's against: dateparser and timexy.

They are no dependencies of the tests. `python -m evals.times --peers --update` needs both installed
beside sayso and keeps their figures in `evals/results/times.json`.

dateparser gives points in time; its value is cut to the precision that it says it read ("last year"
is a year), so that it is not counted wrong for the day it fills in. timexy gives TIMEX3; midnight
is left off its values. Both read paragraph by paragraph.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from evals.timebank import Article, Expression

_PRECISION = {"year": 4, "month": 7}


def by_dateparser(article: Article) -> list[Expression]:
    """`dateparser.search`, told the day of the text and that dates rather lie in the past."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    settings: dict[str, Any] = {
        "RELATIVE_BASE": datetime.fromisoformat(article.written),
        "PREFER_DATES_FROM": "past",
    }
    parser = DateDataParser(languages=["en"], settings=settings)
    found: list[Expression] = []
    for zone in article.document().zones:
        paragraph, position = zone.span.cut(article.text), 0
        for words, when in search_dates(paragraph, languages=["en"], settings=settings) or ():
            at = paragraph.find(words, position)
            if at < 0:
                continue
            position = at + len(words)
            period = parser.get_date_data(words).period
            value = when.date().isoformat()[: _PRECISION.get(period, 10)]
            start = zone.span.start + at
            found.append(Expression(start, start + len(words), value))
    return found


class Timexy:
    """timexy's pipe in an empty English spaCy pipeline. It cannot be told the day of the text."""

    def __init__(self) -> None:
        import spacy
        import timexy  # noqa: F401  (registers the pipe)

        self._nlp = spacy.blank("en")
        self._nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy"})

    def __call__(self, article: Article) -> list[Expression]:
        found: list[Expression] = []
        for zone in article.document().zones:
            for one in self._nlp(zone.span.cut(article.text)).ents:
                _, _, value = one.kb_id_.partition('value="')
                value = value.rstrip('"').removesuffix("T00:00:00")
                start = zone.span.start + one.start_char
                found.append(Expression(start, start + len(one.text), value))
        return found
