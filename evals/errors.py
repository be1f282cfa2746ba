"""Prints what went wrong: examples by kind of error, cues, and what confidence is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from evals.brat import Attribution
from evals.scoring import Counts, Predicted, Scored
from sayso.records.spans import Span

EXAMPLES = 10
_CUES = 40


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


def print_cues(scored: Sequence[Scored]) -> None:
    """The cues of missed and of spurious statements, most frequent first, with how often found."""
    missed: Counter[str] = Counter()
    found: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    for article in scored:
        hits = {pair.gold for pair in article.pairs}
        used = {pair.predicted for pair in article.pairs}
        for number, gold in enumerate(article.gold):
            counter = found if number in hits else missed
            counter[_cue(article.text, gold.cue)] += 1
        for number, predicted in enumerate(article.predicted):
            if number not in used:
                spurious[_cue(article.text, (predicted.cue,) if predicted.cue else ())] += 1
    for title, counter in (("missed", missed), ("spurious", spurious)):
        print(f"\ncues of {title} statements (how often; how often found)")
        for cue, count in counter.most_common(_CUES):
            print(f"  {count:4} {found[cue]:4}  {cue}")


def _cue(text: str, spans: Sequence[Span]) -> str:
    return " ".join(" ".join(span.cut(text).split()).lower() for span in spans) or "-"


def print_confidences(scored: Sequence[Scored]) -> None:
    """Precision, recall and F1 if only statements of at least some confidence were given."""
    print("\nconfidence  precision  recall  f1")
    gold = sum(len(article.gold) for article in scored)
    for least in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        counts = Counts(gold=gold)
        for article in scored:
            sure = [p.confidence >= least for p in article.predicted]
            counts.add(sum(sure[pair.predicted] for pair in article.pairs), sum(sure), 0)
        print(
            f"  >= {least:.1f}    {counts.precision:.3f}      {counts.recall:.3f}   {counts.f1:.3f}"
        )


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
