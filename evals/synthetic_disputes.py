"""Disputes, copies and stories of invented collections whose truth is known. SYNTHETIC.

    python -m evals.synthetic_disputes                      both sets of phrases, all figures
    python -m evals.synthetic_disputes --phrasing unseen --documents 300 --seed 7
    python -m evals.synthetic_disputes --attribution best   statements found by the tagger
    python -m evals.synthetic_disputes --errors 20          disputes missed, spurious, half right
    python -m evals.synthetic_disputes --ledger L --truth T a ledger that was read before

The reports are made by `evals/synthetic`; figures with `unseen_` are on its second set of phrases,
which is for measuring only, figures with `held_` on that half of the third whose errors were never
looked at (`evals/wider_phrases.py`). High figures here say that accounts are laid side by side
rightly where the sentences are plain; they say nothing about real news.

    dispute_precision, _recall, _f1    a dispute is found where one of the ledger has the same kind
                                       of question and subject, and at least two of its positions
                                       (or the only one) are found
    dispute_exact_f1                   the same with all positions found and none besides
    verdict_accuracy                   of those found
    independence                       positions whose number of independent voices is right, of
                                       the positions found; `independence_of_all` counts those
                                       not found as wrong
    position_precision, _recall        positions within disputes
    copies_precision, _recall          pairs of documents in one group
    copies_origin                      of the groups (sharing a pair) that name one: those right
    copies_origin_named                how many of them do; where dates are equal none can be told
    story_b3_precision, _recall, _f1   B cubed over all documents (Bagga and Baldwin 1998)
    journey_precision, _recall         pairs of files that tell one planted remark in one journey
    shortened_, hedge_dropped_, unattributed_precision, _recall
                                       of the tellings so changed (a dropped hedge is shortened,
                                       too): those of which a journey tells it
    answers_read                       sentences that give a figure of the truth, or answer yes or
                                       no, and in which the ledger has a claim that fits: what
                                       reading alone leaves to be compared

A position is found where the figures are the same (an open bound and 0 are one; yes-or-no answers
carry none) and its documents overlap; the pairs with the largest overlap (Jaccard) are taken
first, each position once. Disputes are paired the same way, by matched positions, then overlap.
Not counted as spurious: one position of one voice; one position on what the truth does not ask
(who leads the police); and the second dispute of one title with its text, if its page was copied.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from evals.synthetic import collection, writing
from evals.synthetic.phrasing import PHRASINGS, PhrasingName
from evals.synthetic.truth import TrueQuestion, Truth, read_truth
from evals.synthetic_matching import Found, found_in, pair_disputes
from evals.synthetic_scores import (
    answers_read,
    copies_figures,
    dispute_figures,
    journey_figures,
    story_figures,
)
from sayso.ledger import Ledger
from sayso.records.matches import Dispute
from sayso.settings import AttributionName, ExtractSettings, Settings

DATA: tuple[str, ...] = ()
FILES = tuple(sorted((Path(__file__).resolve().parent / "synthetic").glob("*.*")))
DOCUMENTS, SEED = 250, 7
PINNED = tuple(
    prefix + name
    for prefix in ("", "unseen_", "held_")
    for name in (
        "dispute_precision",
        "dispute_recall",
        "dispute_f1",
        "verdict_accuracy",
        "independence",
        "copies_precision",
        "copies_recall",
        "story_b3_f1",
        "journey_precision",
        "journey_recall",
        "shortened_recall",
        "hedge_dropped_recall",
        "unattributed_recall",
    )
)


def measure() -> dict[str, float]:
    """The figures of the case, on both sets of phrases."""
    return measured("rules")


def measured(attribution: AttributionName) -> dict[str, float]:
    """The figures on all sets of phrases, statements found in one way."""
    figures: dict[str, float] = {}
    for phrasing in ("seen", "unseen", "held"):
        prefix = "" if phrasing == "seen" else f"{phrasing}_"
        truth, found = made_and_read(phrasing, DOCUMENTS, SEED, attribution)
        figures |= {prefix + name: value for name, value in score(truth, found).items()}
    return figures


def made_and_read(
    phrasing: PhrasingName, documents: int, seed: int, attribution: AttributionName
) -> tuple[Truth, Found]:
    """The truth of a collection, and what sayso finds in it."""
    settings = Settings(extract=ExtractSettings(attribution=attribution))
    with TemporaryDirectory(prefix="sayso-synthetic-") as name:
        folder = Path(name)
        made = collection.make_collection(documents, seed, phrasing)
        writing.write_collection(made, folder)
        with Ledger(folder / "synthetic.sayso") as ledger:
            ledger.read(folder / writing.REPORTS, workers=2, settings=settings)
            match_all(ledger)
            return made.truth, _found(ledger)


def _found(ledger: Ledger) -> Found:
    # Journeys are no records of the ledger.
    return found_in((*ledger.records(), *ledger.journeys()))


def match_all(ledger: Ledger) -> None:
    """Lays the documents side by side, where this version can."""
    match = getattr(ledger, "match", None)
    if match is not None:
        match()


def score(truth: Truth, found: Found) -> dict[str, float]:
    """All figures of one collection."""
    return {
        **dispute_figures(truth, found),
        **copies_figures(truth, found),
        **story_figures(truth, found),
        **journey_figures(truth, found),
        "answers_read": answers_read(truth, found),
    }


def errors(truth: Truth, found: Found) -> list[str]:
    """What went wrong with disputes, a paragraph each: missed, spurious, not exact."""
    pairing = pair_disputes(truth, found)
    lines = [f"MISSED   {_true(question)}" for question in pairing.missed]
    lines += [f"SPURIOUS {_told(dispute, found)}" for dispute in pairing.spurious]
    for pair in pairing.pairs:
        wrong = []
        if not pair.is_exact:
            wrong.append("positions")
        if pair.found.verdict != pair.true.verdict:
            wrong.append("verdict")
        if any(t.independent != f.independent_sources for t, f in pair.positions):
            wrong.append("independence")
        if wrong:
            told = f"{_true(pair.true)}\n         {_told(pair.found, found)}"
            lines.append(f"{', '.join(wrong)}: {told}")
    return lines


def _true(question: TrueQuestion) -> str:
    positions = "; ".join(
        f"{p.low}..{p.high}{'' if p.holds else ' no'} x{p.independent} in {','.join(p.files)}"
        for p in question.positions
    )
    about = f"{question.kind} {question.subject} {question.object} {question.place}"
    return f"{question.id} {about} [{question.verdict}] {positions}"


def _told(dispute: Dispute, found: Found) -> str:
    positions = "; ".join(
        f"{p.value} x{p.independent_sources} in {','.join(sorted(found.files_of(p)))}"
        for p in dispute.positions
    )
    return f"{dispute.question} [{dispute.verdict}] {positions}"


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--phrasing", choices=PHRASINGS)
    arguments.add_argument("--attribution", choices=get_args(AttributionName), default="rules")
    arguments.add_argument("--documents", type=int, default=DOCUMENTS)
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--errors", type=int, default=0, metavar="N")
    arguments.add_argument("--ledger", type=Path, help="read and matched before")
    arguments.add_argument("--truth", type=Path, help="of that ledger")
    given = arguments.parse_args()
    if given.ledger is not None:
        with Ledger(given.ledger, create=False) as ledger:
            _print("given", read_truth(given.truth), _found(ledger), given.errors)
        return
    chosen: Sequence[PhrasingName] = [given.phrasing] if given.phrasing else PHRASINGS
    for phrasing in chosen:
        _print(
            phrasing,
            *made_and_read(phrasing, given.documents, given.seed, given.attribution),
            given.errors,
        )


def _print(name: str, truth: Truth, found: Found, limit: int) -> None:
    print(f"{name} phrases: {len(truth.documents)} documents, {len(truth.disputes())} disputes")
    _rows(score(truth, found).items())
    for line in errors(truth, found)[:limit]:
        print(line)


def _rows(figures: Iterable[tuple[str, float]]) -> None:
    for name, value in figures:
        print(f"  {name:24} {value:.3f}")


if __name__ == "__main__":
    main()
