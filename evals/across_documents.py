"""Happenings and entities across documents on ECB+ dev and MEANTIME: CoNLL F1.

    python -m evals.across_documents

Gold mentions are given; which of them are one is asked. The stories in which tellings and
descriptions are compared are those that we find (`evals.stories`), not the gold ones. A topic is a
collection, as is usual; singletons count.

    event, entity           ours
    .._same_head            the baseline: one head lemma within a topic is one thing
    .._same_head_in_story   the same within our stories: what is left when stories are given to it

Trees were grown on ECB+ train, on MEANTIME's articles on car makers and, for entities, on GUM's
news. ECB+ dev and MEANTIME's articles on Apple (`meantime_apple`) were only measured, the latter by
figures alone. `meantime` is all of it, half of it trained on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from evals.clusterings import b_cubed, ceaf_e, clusters, conll, muc
from evals.coreference import KINDS, Kind, ecb_plus, meantime
from evals.gold_profiles import Prepared, prepared
from sayso.steps.match.events.happenings import gather_events
from sayso.steps.match.mentions.gathering import gather_mentions

DATA = ("data/ecbplus/*", "data/meantime/intra_cross-doc_annotation/*/*.xml")
PINNED = (
    "ecb_dev_event",
    "ecb_dev_entity",
    "meantime_apple_event",
    "meantime_apple_entity",
)


def by_sayso(data: Prepared, kind: Kind) -> dict[str, str]:
    """By profile: the first of its group."""
    topics: dict[str, set[str]] = defaultdict(set)
    for document, topic in data.topics.items():
        topics[topic].add(document)
    found: dict[str, str] = {}
    for _, documents in sorted(topics.items()):
        if kind == "event":
            events = [one for one in data.events if one.document in documents]
            groups = gather_events(events, data.documents)
        else:
            mentions = [one for one in data.mentions if one.document in documents]
            groups = gather_mentions(mentions, data.documents)
        found.update({name: group[0] for group in groups for name in group})
    return found


def by_same_head(data: Prepared, kind: Kind, *, in_story: bool) -> dict[str, str]:
    """The baseline: by head lemma, within a topic or within our stories."""
    scope: Mapping[str, str] = (
        {name: data.documents.story(name) for name in data.topics} if in_story else data.topics
    )
    return {one.id: f"{scope[one.document]} {data.heads[one.id]}" for one in data.profiles(kind)}


def scores(data: Prepared, kind: Kind, found: Mapping[str, str]) -> dict[str, float]:
    """MUC, B³, CEAF-e and their mean."""
    gold = clusters({one.id: data.chains[one.id] for one in data.profiles(kind)})
    own = clusters(dict(found))
    return {
        "": conll(gold, own),
        "_muc": muc(gold, own),
        "_b3": b_cubed(gold, own),
        "_ceaf_e": ceaf_e(gold, own),
    }


def measure() -> dict[str, float]:
    """Our figures and the baseline's."""
    articles = meantime()
    apple = [one for one in articles if one.topic == "corpus_apple"]
    figures: dict[str, float] = {}
    for name, reports in (
        ("ecb_dev", ecb_plus("Dev")),
        ("meantime_apple", apple),
        ("meantime", articles),
    ):
        data = prepared(reports)
        for kind in KINDS:
            for suffix, value in scores(data, kind, by_sayso(data, kind)).items():
                figures[f"{name}_{kind}{suffix}"] = value
            for suffix, in_story in (("same_head", False), ("same_head_in_story", True)):
                found = by_same_head(data, kind, in_story=in_story)
                figures[f"{name}_{kind}_{suffix}"] = conll(
                    clusters({id: data.chains[id] for id in found}), clusters(dict(found))
                )
    return figures


def main() -> None:
    """Print the figures."""
    for name, value in measure().items():
        print(f"{name:44} {value:.4f}")


if __name__ == "__main__":
    main()
