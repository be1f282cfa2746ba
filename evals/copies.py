"""Copies planted in news texts and found again, beside MinHash with LSH alone (datasketch).

    python -m evals.copies [--part train|held|unseen]     the figures
    python -m evals.copies --peers [--update]      beside datasketch, on the same texts
    python -m evals.copies --errors 20             pairs missed and spurious
    python -m evals.copies --unplanted             pairs found in texts in which none was planted

Texts: the articles of PolNeAR's train part (`train`, on which limits were set); those of its dev
part, of LGL (local news, many of them briefs) and of ECB+'s train part (`held`: up to thirty
reports of one happening by different outlets, the hard negatives; errors on them were read while
boilerplate was learnt to be told); and MUC-4's train part (reports of attacks, much alike) with
WikiEvents' dev part (`unseen`: measured once all was done, and nothing changed after). Copies are
planted by `evals.planted_copies`; two pages are a true pair if they have a text in common. Pages
that were near copies before anything was planted are listed by `--unplanted`; of those of `train`
and `held` one shared passage each was looked at, and they are kept by name in
`evals/data/copies_known.txt`: they are left out of the count.

A pair is found if one group holds both pages. `datasketch` is MinHashLSH over the same shingles
with 128 permutations at its threshold of 0.5; its pairs are what it gives back.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from evals.cases import SHARED
from evals.planted_copies import Collection, document, pairs_of, plant
from sayso.steps.match.copies.comparing import CopyText
from sayso.steps.match.copies.first_published import CopyFacts
from sayso.steps.match.copies.grouping import group
from sayso.steps.match.copies.library import Library

DATA = (
    "data/polnear/dev/text/*.txt",
    "data/geoparsing/lgl.xml",
    "data/ecbplus/ECB_Train_corpus.txt",
    "data/muc4/train.json",
    "data/wikievents/dev.jsonl",
)
KNOWN = Path(__file__).resolve().parent / "data" / "copies_known.txt"
RESULTS = Path(__file__).resolve().parent / "results" / "copies.json"
OWN = (KNOWN,)
PINNED = ("precision", "recall", "merged_recall", "unseen_precision", "unseen_recall")
SEED = 11
Texts = list[tuple[str, str]]
Pair = tuple[str, str]
Find = Callable[[Collection], set[Pair]]


def polnear(part: str) -> Texts:
    """The articles of a part of PolNeAR, by name."""
    files = sorted((SHARED / "data" / "polnear" / part / "text").glob("*.txt"))
    return [(f"polnear/{file.stem}", file.read_text("utf-8")) for file in files]


def lgl() -> Texts:
    """The articles of LGL, by number."""
    root = ET.parse(SHARED / "data" / "geoparsing" / "lgl.xml").getroot()
    found: Texts = []
    for article in root.iter("article"):
        title, text = article.findtext("title") or "", article.findtext("text") or ""
        found.append((f"lgl/{article.get('docid')}", f"{title}\n\n{text}"))
    return found


def ecb(part: str = "Train") -> Texts:
    """The documents of a part of ECB+, their tokens put together again."""
    lines: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    source = SHARED / "data" / "ecbplus" / f"ECB_{part}_corpus.txt"
    for line in source.read_text("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) > 3:
            lines[fields[0]][int(fields[1])].append(fields[3])
    return [
        (
            f"ecb/{name}",
            "\n".join(_untokenised(" ".join(words)) for _, words in sorted(sentences.items())),
        )
        for name, sentences in sorted(lines.items())
    ]


def _untokenised(line: str) -> str:
    return re.sub(r" (?=[.,;:!?'’%)])|(?<=[($]) ", "", line)


def muc() -> Texts:
    """The reports of MUC-4's train part, by number; paragraphs are told by three spaces."""
    lines = (SHARED / "data" / "muc4" / "train.json").read_text("utf-8").splitlines()
    reports = map(json.loads, lines)
    return [(f"muc/{one['docid']}", one["doctext"].replace("   ", "\n\n")) for one in reports]


def wikievents() -> Texts:
    """The reports of WikiEvents' dev part; its tokens in lines of twenty-five."""
    lines = (SHARED / "data" / "wikievents" / "dev.jsonl").read_text("utf-8").splitlines()
    found: Texts = []
    for one in map(json.loads, lines):
        tokens = one["tokens"]
        rows = (" ".join(tokens[i : i + 25]) for i in range(0, len(tokens), 25))
        found.append((f"wikievents/{one['doc_id']}", "\n".join(rows)))
    return found


def texts(part: str) -> Texts:
    """The texts of a part: see above."""
    if part == "train":
        return polnear("train")
    return [*polnear("dev"), *lgl(), *ecb()] if part == "held" else [*muc(), *wikievents()]


def by_sayso(collection: Collection) -> set[Pair]:
    """The pairs that share a group, the pages taken in one after another."""
    pages = {page.document.id: page.document for page in collection.pages}
    library = Library(pages.__getitem__)
    for page in collection.pages:
        library.add(page.document)
    facts = [CopyFacts.of(one) for one in pages.values()]
    groups = group(facts, library.pairs, made_by="evals")
    return pairs_of([copy.document for copy in one.documents] for one in groups)


def by_datasketch(collection: Collection) -> set[Pair]:
    """What MinHashLSH gives back at its threshold of 0.5, over the same shingles."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    found: set[Pair] = set()
    for page in collection.pages:
        minhash = MinHash(num_perm=128)
        words = CopyText.of(page.document).words.folded
        minhash.update_batch({" ".join(words[i : i + 4]).encode() for i in range(len(words) - 3)})
        for other in index.query(minhash):
            first, second = sorted((page.document.id, str(other)))
            found.add((first, second))
        index.insert(page.document.id, minhash)
    return found


def known() -> set[frozenset[str]]:
    """Sets of texts that are copies as they came."""
    if not KNOWN.exists():
        return set()
    lines = KNOWN.read_text("utf-8").splitlines()
    return {frozenset(line.split()) for line in lines if line and not line.startswith("#")}


def figures(collection: Collection, found: set[Pair]) -> dict[str, float]:
    """Precision and recall of pairs; recall by the edit that made the harder page."""
    truth = collection.truth()
    alike = {source: number for number, one in enumerate(known()) for source in one}
    sources = {page.document.id: page.sources for page in collection.pages}

    def is_open(pair: Pair) -> bool:
        """Whether the pair is one that was there before."""
        ours, theirs = ({alike.get(s) for s in sources[id]} - {None} for id in pair)
        return bool(ours & theirs)

    found = {pair for pair in found if pair in truth or not is_open(pair)}
    right = found & truth.keys()
    result = {
        "precision": len(right) / max(1, len(found)),
        "recall": len(right) / max(1, len(truth)),
    }
    total, hit = Counter(truth.values()), Counter(truth[pair] for pair in right)
    return {**result, **{f"{edit}_recall": hit[edit] / n for edit, n in sorted(total.items())}}


def measure() -> dict[str, float]:
    """Our figures on the held and the unseen part."""
    held, unseen = (plant(texts(part), SEED) for part in ("held", "unseen"))
    others = figures(unseen, by_sayso(unseen))
    return {
        **figures(held, by_sayso(held)),
        **{f"unseen_{name}": value for name, value in others.items()},
    }


def _unplanted(part: str) -> None:
    """Pairs that are there as the texts came, each with what is shared."""
    pages = {name: document(name, text) for name, text in texts(part)}
    library = Library(pages.__getitem__)
    for one in pages.values():
        for pair in library.add(one):
            longest = max(pair.passages, key=lambda p: len(p.left))
            shares = f"{pair.left_share:.2f} {pair.right_share:.2f} longest {pair.longest}"
            words = " ".join(longest.left.cut(one.text).split())
            print(pair.left, pair.right, shares, "::", words[:90])


def _errors(collection: Collection, found: set[Pair], limit: int) -> None:
    truth = collection.truth()
    edits = {page.document.id: page.edit for page in collection.pages}
    sizes = {p.document.id: len(p.document.text) for p in collection.pages}
    for kind, pairs in (
        ("missed", truth.keys() - found),
        ("spurious", found - truth.keys()),
    ):
        for one, other in sorted(pairs)[:limit]:
            print(kind, one, edits[one], sizes[one], "|", other, edits[other], sizes[other])


def _timed(find: Find, collection: Collection) -> dict[str, float]:
    started = time.process_time()
    found = find(collection)
    result = {key: round(value, 4) for key, value in figures(collection, found).items()}
    return {**result, "cpu_seconds": round(time.process_time() - started, 1)}


def _print(name: str, values: Iterable[tuple[str, float]]) -> None:
    print(f"{name:12}", "  ".join(f"{key} {value:.4f}" for key, value in values))


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("--part", choices=("train", "held", "unseen"), default="held")
    arguments.add_argument("--peers", action="store_true")
    arguments.add_argument("--update", action="store_true", help="keep what the peers reach")
    arguments.add_argument("--unplanted", action="store_true")
    arguments.add_argument("--errors", type=int, default=0, metavar="N")
    given = arguments.parse_args()
    if given.unplanted:
        _unplanted(given.part)
        return
    collection = plant(texts(given.part), SEED)
    print(len(collection.pages), "pages", len(collection.truth()), "true pairs")
    if given.errors:
        _errors(collection, by_sayso(collection), given.errors)
        return
    finders: dict[str, Find] = {"sayso": by_sayso}
    if given.peers:
        finders["datasketch"] = by_datasketch
    reached = {name: _timed(find, collection) for name, find in finders.items()}
    for name, values in reached.items():
        _print(name, values.items())
    if given.update:
        kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
        results = {**kept, given.part: reached}
        RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
