"""Counting what `synthetic_matching` has paired; what each figure means stands in
`synthetic_disputes`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from evals.synthetic.truth import Evidence, TrueJourney, TruePosition, TrueQuestion, Truth
from evals.synthetic_matching import Found, pair_disputes
from sayso.records.findings import Claim


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


def journey_recall(truth: Truth, followed: Mapping[str, Iterable[frozenset[str]]]) -> float:
    """Of the pairs of a quotation's first file and a later one: how many some journey holds.

    `followed`: by holder's name or any other key, the sets of files that a ledger says carry the
    same words. Only the files count, not what is said to have changed.
    """
    sets = [files for journeys in followed.values() for files in journeys]
    by_file: dict[str, list[frozenset[str]]] = {}
    for files in sets:
        for file in files:
            by_file.setdefault(file, []).append(files)
    true = [
        (journey.first, telling.file)
        for journey in truth.journeys
        for telling in journey.tellings
        if telling.file != journey.first
    ]
    found = sum(any(later in files for files in by_file.get(first, ())) for first, later in true)
    return _share(found, len(true))


def change_accuracy(journey: TrueJourney, told: Mapping[str, str]) -> float:
    """Share of the later tellings whose change is told right; `told` by file."""
    later = [one for one in journey.tellings if one.file != journey.first]
    return _share(sum(told.get(one.file) == one.change for one in later), len(later))


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
