"""PolNeAR train, parsed and turned into windows; kept in the work folder between runs."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.brat import articles
from evals.polnear import CORPUS, reference
from evals.predictors import raw_text
from rich.progress import track
from tokenizers import Tokenizer
from training.batches import Prepared, prepare
from training.encoders import Pretrained
from training.examples import Annotated, annotated, is_held_back

from sayso.learned.attribution.windows import piece_reader
from sayso.pipeline import Reader

TRAIN = CORPUS / "train"


@dataclass
class Corpus:
    """Windows by article."""

    train: list[list[Prepared]]
    held_back: list[list[Prepared]]


@cache
def corpus_hash() -> str:
    """SHA-256 over the names and bytes of all files of the train part."""
    digest = hashlib.sha256()
    for path in sorted(TRAIN.glob("*/*")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def parsed_corpus(work: Path) -> list[Annotated]:
    """The articles of train, parsed by the small model, with the first annotator's attributions."""
    kept = work / f"parsed-{corpus_hash()[:12]}.pickle"
    if kept.exists():
        found: list[Annotated] = pickle.loads(kept.read_bytes())
        return found
    reader = Reader()
    documents: list[Annotated] = []
    for article in track(list(articles(TRAIN)), "parsing"):
        gold = reference(article)
        if gold is not None:
            analysis, _ = reader.analyse(raw_text(article.text))
            documents.append(annotated(article, analysis, gold))
    kept.write_bytes(pickle.dumps(documents))
    return documents


def prepared_corpus(work: Path, longest: int, source: Pretrained) -> Corpus:
    """The windows of train, a tenth of the articles kept back."""
    pieces = piece_reader(Tokenizer.from_file(str(source.path("tokenizer.json"))))
    corpus = Corpus([], [])
    for document in parsed_corpus(work):
        part = corpus.held_back if is_held_back(document.name) else corpus.train
        part.append(prepare(document, pieces, longest))
    return corpus
