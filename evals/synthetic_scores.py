"""Counting what `synthetic_matching` has paired; what each figure means stands in
`synthetic_disputes`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from evals.synthetic.truth import Evidence, Telling, TruePosition, TrueQuestion, Truth
from evals.synthetic_matching import Found, pair_disputes
from sayso.records.findings import Claim
from sayso.records.matches import Appearance, Journey


def dispute_figures(truth: Truth, found: Found) -> dict[str, float]:
    """Disputes, their verdicts, positions and independent voices."""
    pairing = pair_disputes(truth, found)
    pairs, missed, spurious = pairing.pairs, pairing.missed, pairing.spurious
    told = len(pairs) + len(spurious)
    true = len(pairs) + len(missed)
    exact = sum(pair.is_exact for pair in pairs)
    matched = [both for pair in pairs for both in pair.positions]
    right = sum(t.independent == f.independent_sources for t, f in matched)
    true_positions = sum(len(question.positions) for question in truth.disputes())
    told_positions = sum(len(pair.found.positions) for pair in pairs)
    told_positions += sum(len(dispute.positions) for dispute in spurious)
    return {
        "dispute_precision": _share(len(pairs), told),
        "dispute_recall": _share(len(pairs), true),
        "dispute_f1": _share(2 * len(pairs), told + true),
        "dispute_exact_f1": _share(2 * exact, told + true),
        "verdict_accuracy": _share(
            sum(p.found.verdict == p.true.verdict for p in pairs), len(pairs)
        ),
        "independence": _share(right, len(matched)),
        "independence_of_all": _share(right, true_positions),
        "position_precision": _share(len(matched), told_positions),
        "position_recall": _share(len(matched), true_positions),
    }


def copies_figures(truth: Truth, found: Found) -> dict[str, float]:
    """Pairs of documents in one group, and origins."""
    true = {group.files: group.origin for group in truth.copies}
    told = {
        tuple(sorted(found.files[copy.document] for copy in group.documents)): group.origin
        for group in found.copies
    }
    true_pairs, told_pairs = _pairs(true), _pairs(told)
    both = len(true_pairs.keys() & told_pairs.keys())
    origins = {
        (true_pairs[pair], told_pairs[pair]) for pair in true_pairs.keys() & told_pairs.keys()
    }
    named = [(true[group], told[there]) for group, there in origins if told[there] is not None]
    right = sum(found.files[id or ""] == origin for origin, id in named)
    return {
        "copies_precision": _share(both, len(told_pairs)),
        "copies_recall": _share(both, len(true_pairs)),
        "copies_origin": _share(right, len(named)),
        "copies_origin_named": _share(len(named), len(origins)),
    }


def story_figures(truth: Truth, found: Found) -> dict[str, float]:
    """B cubed over the documents; one that no story of the ledger holds stands alone."""
    files = [document.file for document in truth.documents]
    true = _clusters((story.files for story in truth.stories), files)
    told = _clusters(
        (tuple(found.files[id] for id in story.documents) for story in found.stories), files
    )
    precision = _share(sum(len(true[f] & told[f]) / len(told[f]) for f in files), len(files))
    recall = _share(sum(len(true[f] & told[f]) / len(true[f]) for f in files), len(files))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"story_b3_precision": precision, "story_b3_recall": recall, "story_b3_f1": f1}


CHANGES = {
    "shortened": "shortened",
    "hedge_dropped": "hedge_dropped",
    "unattributed": "attribution_dropped",
}
"""By what was done to a telling: the change that a journey must tell of it."""


def journey_figures(truth: Truth, found: Found) -> dict[str, float]:
    """Quotations followed, and what is told of each telling that was changed.

    A pair is two files that tell one remark. Of journeys only those are looked at that hold words
    of a remark: reports share other sentences, too. A change counts as told where the appearance
    has it, or one before it that it follows: a copy carries a changed telling on.
    """
    true = {
        frozenset(pair)
        for journey in truth.journeys
        for pair in combinations(sorted({one.file for one in journey.tellings}), 2)
    }
    pairs: set[frozenset[str]] = set()
    told: dict[tuple[str, str], set[str]] = {}
    for planted in truth.journeys:
        tellings = {one.file: one for one in planted.tellings}
        for journey in found.journeys:
            held = [_holds(found, appearance, tellings) for appearance in journey.appearances]
            if not any(held):
                continue
            files = {found.files[appearance.document] for appearance in journey.appearances}
            pairs |= {frozenset(pair) for pair in combinations(sorted(files), 2)}
            for index, appearance in enumerate(journey.appearances):
                if held[index]:
                    key = planted.id, found.files[appearance.document]
                    told.setdefault(key, set()).update(_changes_up_to(journey, index))
    figures = {
        "journey_precision": _share(len(true & pairs), len(pairs)),
        "journey_recall": _share(len(true & pairs), len(true)),
    }
    later = [
        (journey.id, one)
        for journey in truth.journeys
        for one in journey.tellings
        if one.file != journey.first
    ]
    for done, kind in CHANGES.items():
        # A telling that drops the hedge is shortened as well.
        wanted = {(id, one.file) for id, one in later if done in _done(one)}
        listed = {(id, one.file) for id, one in later if kind in told.get((id, one.file), ())}
        figures[f"{done}_precision"] = _share(len(wanted & listed), len(listed))
        figures[f"{done}_recall"] = _share(len(wanted & listed), len(wanted))
    return figures


def _done(telling: Telling) -> tuple[str, ...]:
    return (
        ("hedge_dropped", "shortened") if telling.change == "hedge_dropped" else (telling.change,)
    )


def _holds(found: Found, appearance: Appearance, tellings: Mapping[str, Telling]) -> bool:
    """Whether an appearance has words of a remark in one of the files that tell it."""
    telling = tellings.get(found.files[appearance.document])
    if telling is None:
        return False
    words = " ".join(piece.quote for piece in appearance.words).split()
    return bool(words) and " ".join(words[1:-1]) in " ".join(telling.words.split())


def _changes_up_to(journey: Journey, index: int) -> set[str]:
    """What is told of an appearance and of those before it, back to the first."""
    changes: set[str] = set()
    at: int | None = index
    for _ in journey.appearances:
        if at is None:
            break
        changes |= {change.kind for change in journey.appearances[at].changes}
        at = journey.appearances[at].follows
    return changes


def answers_read(truth: Truth, found: Found) -> float:
    """Share of the sentences that answer a question in which a claim fits."""
    right = total = 0
    for question in truth.questions:
        for position in question.positions:
            for evidence in position.evidence:
                total += 1
                right += _is_read(question, position, evidence, found)
    return _share(right, total)


def _is_read(
    question: TrueQuestion, position: TruePosition, evidence: Evidence, found: Found
) -> bool:
    text = found.texts.get(evidence.file, "")
    start = text.find(evidence.quote)
    if start < 0:
        return False
    end = start + len(evidence.quote)
    claims = [
        claim
        for claim in found.claims.get(evidence.file, ())
        if claim.span.start < end and claim.span.end > start
    ]
    return any(_fits(question, position, claim) for claim in claims)


def _fits(question: TrueQuestion, position: TruePosition, claim: Claim) -> bool:
    if question.kind == "responsibility":
        return bool(claim.responsibility)
    if question.kind in ("present", "supports"):
        return claim.kind in ("status", "relation")
    same = (claim.low or 0) == (position.low or 0) and claim.high == position.high
    return claim.kind == "estimate" and same


def _pairs(groups: Mapping[tuple[str, ...], object]) -> dict[tuple[str, str], tuple[str, ...]]:
    return {pair: files for files in groups for pair in combinations(sorted(files), 2)}


def _clusters(groups: Iterable[tuple[str, ...]], files: Iterable[str]) -> dict[str, set[str]]:
    """The group of each file. One that stands in several is in all of them together."""
    clusters: dict[str, set[str]] = {file: {file} for file in files}
    for group in groups:
        for file in group:
            if file in clusters:
                clusters[file] = clusters[file] | set(group)
    return clusters


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
