"""Prints examples of what went wrong, by kind of error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evals.brat import Attribution
from evals.scoring import Predicted, Scored
from sayso.records.spans import Span

EXAMPLES = 10


def print_errors(scored: Iterable[Scored], examples: int = EXAMPLES) -> None:
    """Missed, spurious, boundary and wrong-holder errors: counts, and examples spread evenly."""
    kinds: dict[str, list[str]] = {"missed": [], "spurious": [], "boundary": [], "wrong holder": []}
    for article in scored:
        for kind, line in _errors(article):
            kinds[kind].append(line)
    for kind, lines in kinds.items():
        print(f"\n{kind}: {len(lines)}")
        step = max(1, len(lines) // examples)
        for line in lines[::step][:examples]:
            print(line)


def _errors(article: Scored) -> Iterator[tuple[str, str]]:
    text = article.text
    near_gold = {gold for gold, _ in article.boundary}
    near_predicted = {predicted for _, predicted in article.boundary}
    found = {pair.gold for pair in article.pairs} | near_gold
    used = {pair.predicted for pair in article.pairs} | near_predicted
    for number, gold in enumerate(article.gold):
        if number not in found:
            yield "missed", _gold(text, gold)
    for number, predicted in enumerate(article.predicted):
        if number not in used:
            yield "spurious", _found(text, predicted)
    for g, p in article.boundary:
        yield "boundary", _gold(text, article.gold[g]) + "\n" + _found(text, article.predicted[p])
    for pair in article.pairs:
        if not pair.holder_right:
            both = (
                _gold(text, article.gold[pair.gold]),
                _found(text, article.predicted[pair.predicted]),
            )
            yield "wrong holder", "\n".join(both)


def _gold(text: str, gold: Attribution) -> str:
    return "  gold  " + _line(text, gold.source, gold.cue, gold.content)


def _found(text: str, found: Predicted) -> str:
    holder = (found.holder,) if found.holder else ()
    cue = (found.cue,) if found.cue else ()
    return "  found " + _line(text, holder, cue, found.content)


def _line(text: str, source: Sequence[Span], cue: Sequence[Span], content: Sequence[Span]) -> str:
    parts = (
        " … ".join(" ".join(span.cut(text).split()) for span in spans) or "-"
        for spans in (source, cue, content)
    )
    return " | ".join(part if len(part) < 300 else part[:297] + "..." for part in parts)
