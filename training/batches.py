"""Examples as the numbers that the network takes: windows padded into batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from training.examples import Annotated, cue_labels

from sayso.learned.attribution import features
from sayso.learned.attribution.windows import Pieces, windows


@dataclass
class CueRow:
    """One cue of a window: where its paragraph's words lie, its features and its gold labels."""

    begin: int
    """The paragraph's first word among the window's."""
    cue: tuple[int, int]
    """Among the paragraph's words."""
    paths: np.ndarray
    distances: np.ndarray
    quotes: np.ndarray
    labels: np.ndarray


@dataclass
class Lesson:
    """What a teacher answers on a window: scores of cue labels by word, and for each cue scores of
    the roles by word of its paragraph."""

    cues: np.ndarray
    roles: list[np.ndarray]


@dataclass
class Prepared:
    """One window with everything that is learned from it."""

    ids: np.ndarray
    tags: np.ndarray
    relations: np.ndarray
    first: np.ndarray
    cue_labels: np.ndarray
    rows: list[CueRow]
    lesson: Lesson | None = None


def prepare(document: Annotated, pieces: Pieces, longest: int) -> list[Prepared]:
    """The windows of one article."""
    marks = [features.QuotationMarks(parse.words) for parse in document.parses]
    prepared: list[Prepared] = []
    for window in windows(document.parses, pieces, longest):
        tags, relations = features.of_pieces(window, document.parses)
        rows: list[CueRow] = []
        cues: list[int] = []
        for stretch in window.stretches:
            parse = document.parses[stretch.parse]
            begin, length = len(cues), stretch.last - stretch.first
            own = [e for e in document.examples if e.parse == stretch.parse]
            cues += cue_labels(own, len(parse))[stretch.first : stretch.last]
            for example in own:
                low, high = example.cue
                if not stretch.first <= low < high <= stretch.last:
                    continue
                head = parse.head_of(low, high)
                labels = np.array(example.labels(len(parse))[stretch.first : stretch.last])
                if labels[0] in (2, 4):
                    labels[0] -= 1
                low, high = low - stretch.first, high - stretch.first
                rows.append(
                    CueRow(
                        begin,
                        (low, high),
                        features.path_ids(parse, head, stretch.first, stretch.last),
                        features.distance_ids(length, low, high),
                        features.quote_ids(
                            marks[stretch.parse], example.cue[0], stretch.first, stretch.last
                        ),
                        labels,
                    )
                )
        prepared.append(
            Prepared(
                np.array(window.ids),
                tags,
                relations,
                np.array(window.word_at),
                np.array(cues),
                rows,
            )
        )
    return prepared


@dataclass
class Batch:
    """Tensors of some windows, and of their cues."""

    ids: Tensor
    mask: Tensor
    tags: Tensor
    relations: Tensor
    first: Tensor
    cue_labels: Tensor
    """-100 beyond a window's words."""
    row_window: Tensor
    row_words: Tensor
    """Cues by words: places among the window's words."""
    row_cue: Tensor
    """Cues by words of the window: weights of the cue's words, which add up to one."""
    present: Tensor
    paths: Tensor
    distances: Tensor
    quotes: Tensor
    labels: Tensor
    taught_cues: Tensor | None = None
    taught_roles: Tensor | None = None
    """Scores of a teacher, where there is one."""


def _padded(rows: Sequence[np.ndarray], filling: int = 0) -> Tensor:
    longest = max(len(row) for row in rows)
    made = np.full((len(rows), longest), filling, dtype=np.int64)
    for number, row in enumerate(rows):
        made[number, : len(row)] = row
    return torch.from_numpy(made)


def _padded_scores(rows: Sequence[np.ndarray]) -> Tensor:
    longest = max(len(row) for row in rows)
    made = np.zeros((len(rows), longest, rows[0].shape[1]), dtype=np.float32)
    for number, row in enumerate(rows):
        made[number, : len(row)] = row
    return torch.from_numpy(made)


def collate(chosen: Sequence[Prepared]) -> Batch:
    """One batch."""
    rows = [(number, row) for number, window in enumerate(chosen) for row in window.rows]
    words = max(len(window.first) for window in chosen)
    weights = np.zeros((len(rows), words), dtype=np.float32)
    for at, (_, row) in enumerate(rows):
        low, high = row.cue
        weights[at, row.begin + low : row.begin + high] = 1.0 / (high - low)
    lessons = [window.lesson for window in chosen if window.lesson is not None]
    taught = bool(lessons) and bool(rows)
    return Batch(
        ids=_padded([w.ids for w in chosen]),
        mask=_padded([np.ones_like(w.ids) for w in chosen]),
        tags=_padded([w.tags for w in chosen]),
        relations=_padded([w.relations for w in chosen]),
        first=_padded([w.first for w in chosen]),
        cue_labels=_padded([w.cue_labels for w in chosen], -100),
        row_window=torch.tensor([number for number, _ in rows], dtype=torch.long),
        row_words=_padded([row.begin + np.arange(len(row.labels)) for _, row in rows]),
        row_cue=torch.from_numpy(weights),
        present=_padded([np.ones_like(row.labels) for _, row in rows]).bool(),
        paths=_padded([row.paths for _, row in rows]),
        distances=_padded([row.distances for _, row in rows]),
        quotes=_padded([row.quotes for _, row in rows]),
        labels=_padded([row.labels for _, row in rows]),
        taught_cues=_padded_scores([one.cues for one in lessons]) if taught else None,
        taught_roles=_padded_scores([r for one in lessons for r in one.roles]) if taught else None,
    )


def batches(prepared: Sequence[Prepared], size: int, seed: int) -> Iterator[list[Prepared]]:
    """An epoch: windows of like length together, in an order that the seed fixes."""
    chance = random.Random(seed)
    order = list(range(len(prepared)))
    chance.shuffle(order)
    order.sort(key=lambda n: len(prepared[n].ids) // 16)
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(groups)
    for group in groups:
        chosen = [prepared[n] for n in group]
        if any(window.rows for window in chosen):
            yield chosen
