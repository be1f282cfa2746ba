"""What a trained network answers on the training windows, for a smaller one to learn from beside
the annotations (Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network")."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from training.batches import Batch, Lesson, Prepared, collate
from training.network import Network

_TOGETHER = 16
"""Windows the teacher is asked at once."""


def teach(windows: Sequence[Prepared], teacher: Network, kept: Path) -> None:
    """Give each window the teacher's answers on it; they are kept in a file and asked for once."""
    lessons: list[Lesson] = torch.load(kept, weights_only=False) if kept.exists() else []
    if len(lessons) != len(windows):
        lessons = _lessons(windows, teacher)
        torch.save(lessons, kept)
    for window, lesson in zip(windows, lessons, strict=True):
        window.lesson = lesson


def _lessons(windows: Sequence[Prepared], teacher: Network) -> list[Lesson]:
    teacher.eval()
    order = sorted(range(len(windows)), key=lambda number: len(windows[number].ids))
    found: dict[int, Lesson] = {}
    with torch.no_grad():
        for at in range(0, len(order), _TOGETHER):
            numbers = order[at : at + _TOGETHER]
            chosen = [windows[number] for number in numbers]
            cues, roles = teacher.scores(collate(chosen))
            row = 0
            for place, (number, window) in enumerate(zip(numbers, chosen, strict=True)):
                own = [_half(roles[row + n, : len(r.labels)]) for n, r in enumerate(window.rows)]
                found[number] = Lesson(_half(cues[place, : len(window.first)]), own)
                row += len(own)
            print(f"taught {len(found)} of {len(windows)} windows", flush=True)
    return [found[number] for number in range(len(windows))]


def _half(scores: Tensor) -> np.ndarray:
    return scores.numpy().astype(np.float16)


def lesson_loss(batch: Batch, cues: Tensor, roles: Tensor) -> Tensor:
    """Summed divergence of these scores from the teacher's, over words of windows and of cues."""
    assert batch.taught_cues is not None
    assert batch.taught_roles is not None
    real = batch.cue_labels != -100
    return _apart(cues[real], batch.taught_cues[real]) + _apart(
        roles[batch.present], batch.taught_roles[batch.present]
    )


def _apart(scores: Tensor, taught: Tensor) -> Tensor:
    return functional.kl_div(
        scores.log_softmax(-1), taught.log_softmax(-1), reduction="sum", log_target=True
    )
