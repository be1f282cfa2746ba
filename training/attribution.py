"""Trains the attribution tagger on PolNeAR train.

    python -m training.attribution best --bf16   MPNet, 6 of its layers: two hours on two cores
    python -m training.attribution stem          MiniLM, 6 layers: an hour
    python -m training.attribution twig          the stem's first 2 layers, trained on: 20 minutes
    python -m training.attribution fast --bf16   the twig, taught by best as well: 40 minutes

Everything goes to the work folder (`--work`): parsed articles, a checkpoint every few minutes, the
trained network and a record of how it came about (seed, hash of the data, figures, time). Called
again after an interruption, it goes on from the last checkpoint to the same end. A tenth of the
articles, chosen by the hash of their names, is kept back: no weight sees it. See docs/training.md.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import nn
from training.batches import Batch, Prepared, batches, collate
from training.encoders import PRETRAINED, TOKENIZER, fill
from training.network import Network, load_trained
from training.prepared import corpus_hash, prepared_corpus
from training.teaching import lesson_loss, teach

MASK = 103
"""The vocabulary's number for a piece that is hidden."""


@dataclass(frozen=True)
class Plan:
    """What a run depends on beside data and code."""

    encoder: str
    layers: int
    epochs: int
    rate: float
    """Learning rate of the pretrained weights."""
    head_rate: float = 1e-3
    """Learning rate of everything that starts from nothing."""
    windows: int = 8
    """In a batch."""
    longest: int = 192
    """Word pieces in a window, when it is asked."""
    cuts: tuple[int, ...] = (192,)
    """Word pieces in a window in training, epoch after epoch in turn: so that the same paragraphs
    come in other company each time."""
    dropout: float = 0.1
    attention_dropout: float = 0.0
    frozen_words: bool = False
    """Whether the vectors of the word pieces stay as they were pretrained: most pieces are too rare
    to learn anything but single articles."""
    hidden_words: float = 0.1
    """Share of pieces hidden from the encoder in training."""
    decay: float = 0.01
    warm: float = 0.06
    average: float = 0.998
    """Of the running average of the weights, which is what is kept."""
    start: str | None = None
    """A finished size whose weights it begins with, layer for layer, as far as it has them."""
    teacher: str | None = None
    """A finished size whose answers on the training windows it learns beside the annotations."""
    annotated: float = 1.0
    """Weight of the annotations where there is a teacher, whose own is 1."""
    seed: int = 1


_SPARING = Plan(
    encoder="minilm",
    layers=6,
    epochs=5,
    rate=1.5e-4,
    cuts=(192, 160, 224),
    dropout=0.2,
    attention_dropout=0.1,
    frozen_words=True,
    hidden_words=0.15,
)
"""More is hidden and dropped, and the word vectors stay: it learns less by heart."""

PLANS = {
    "best": replace(_SPARING, encoder="mpnet", layers=6, epochs=4, rate=8e-5, dropout=0.1),
    "stem": _SPARING,
    "twig": replace(_SPARING, layers=2, epochs=2, rate=2e-4, start="stem"),
    "fast": Plan(
        encoder="minilm",
        layers=2,
        epochs=4,
        rate=2e-4,
        frozen_words=True,
        hidden_words=0.15,
        start="twig",
        teacher="best",
        annotated=0.5,
    ),
}


class Run:
    """One training run, from its checkpoint or from the start."""

    def __init__(
        self, plan: Plan, train: Sequence[Sequence[Prepared]], work: Path, *, bf16: bool = False
    ) -> None:
        """`train`: the windows, by cut."""
        self.plan = plan
        self.bf16 = bf16
        self.train = train
        self.path = work / "checkpoint.pt"
        torch.manual_seed(plan.seed)
        source = PRETRAINED[plan.encoder]
        self.network = Network(
            replace(source.shape, layers=plan.layers), plan.dropout, plan.attention_dropout
        )
        fill(self.network.encoder, source)
        if plan.start is not None:
            self._take_over(work.parent / plan.start / "trained.pt")
        self.network.encoder.words.weight.requires_grad_(not plan.frozen_words)
        self.average = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.optimiser = torch.optim.AdamW(
            [
                {"params": self._parameters(pretrained=True), "lr": plan.rate},
                {"params": self._parameters(pretrained=False), "lr": plan.head_rate},
            ],
            weight_decay=plan.decay,
            fused=True,
        )
        self.steps = sum(len(list(self._epoch(number))) for number in range(plan.epochs))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._factor)
        self.step = 0
        self.seconds = 0.0
        if self.path.exists():
            self._load()

    def _take_over(self, path: Path) -> None:
        if not path.exists():
            raise SystemExit(f"{path} is missing: train {self.plan.start} first")
        own = self.network.state_dict()
        weights = torch.load(path)["weights"]
        self.network.load_state_dict({name: weights[name] for name in own})

    def _parameters(self, *, pretrained: bool) -> list[nn.Parameter]:
        new = (
            *("scorer.", "encoder.cue.", "encoder.near.", "encoder.far."),
            *("encoder.tags.", "encoder.relations."),
        )
        return [
            parameter
            for name, parameter in self.network.named_parameters()
            if parameter.requires_grad and name.startswith(new) != pretrained
        ]

    def _factor(self, step: int) -> float:
        return min(1.0, (step + 1) / (self.plan.warm * self.steps)) * max(
            0.0, 1.0 - step / self.steps
        )

    def go(self, held_back: Sequence[Prepared]) -> None:
        """Train to the end of the plan; tells the loss on `held_back` now and then."""
        saved = time.monotonic()
        began = saved - self.seconds
        cue_loss = role_loss = 0.0
        cues = 0
        self.network.train()
        self.network.bf16 = self.bf16
        for chosen in self._remaining():
            batch = collate(chosen)
            self._hide(batch)
            scores = self.network.scores(batch)
            of_cues, of_roles = self.network.losses(batch, *scores)
            loss = of_cues + of_roles
            if self.plan.teacher is not None:
                loss = self.plan.annotated * loss + lesson_loss(batch, *scores)
            loss = loss / len(batch.labels)
            self.optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimiser.step()
            self.schedule.step()
            self.step += 1
            self._average()
            cue_loss, role_loss = cue_loss + of_cues.item(), role_loss + of_roles.item()
            cues += len(batch.labels)
            self.seconds = time.monotonic() - began
            if self.step % 50 == 0:
                left = self.seconds / self.step * (self.steps - self.step)
                print(
                    f"step {self.step} of {self.steps}: loss a cue {cue_loss / cues:.3f} (cue)"
                    f" {role_loss / cues:.3f} (roles), {left / 60:.0f} min left",
                    flush=True,
                )
                cue_loss = role_loss = 0.0
                cues = 0
            if self.step % 600 == 0:
                of_cues, of_roles = self.held_back_loss(held_back)
                print(f"articles kept back: {of_cues:.3f} (cue) {of_roles:.3f} (roles)", flush=True)
            if time.monotonic() - saved > 240:
                self.save()
                saved = time.monotonic()
        self.save()

    def _remaining(self) -> list[list[Prepared]]:
        """The batches from the current step on."""
        epochs = (chosen for number in range(self.plan.epochs) for chosen in self._epoch(number))
        return list(epochs)[self.step :]

    def _epoch(self, number: int) -> Iterator[list[Prepared]]:
        turn = number % len(self.train)
        # The same number of pieces in a batch, whatever the cut.
        count = max(1, round(self.plan.windows * self.plan.longest / self.plan.cuts[turn]))
        return batches(self.train[turn], count, self.plan.seed * 1000 + number)

    def _hide(self, batch: Batch) -> None:
        hidden = (torch.rand(batch.ids.shape) < self.plan.hidden_words) & (batch.ids > MASK)
        batch.ids[hidden] = MASK

    def _average(self) -> None:
        share = min(self.plan.average, self.step / (self.step + 10))
        with torch.no_grad():
            for name, tensor in self.network.state_dict().items():
                self.average[name].lerp_(tensor, 1.0 - share)

    def save(self) -> None:
        """Write the checkpoint; a kill leaves the old one or the new one."""
        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
            "chance": torch.get_rng_state(),
            "step": self.step,
            "seconds": self.seconds,
            "plan": asdict(self.plan),
        }
        partial = self.path.with_suffix(".partial")
        torch.save(state, partial)
        os.replace(partial, self.path)

    def _load(self) -> None:
        state = torch.load(self.path)
        if state["plan"] != asdict(self.plan):
            raise SystemExit(f"{self.path} is of another plan: delete it, or give another --work")
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["chance"])
        self.step, self.seconds = state["step"], state["seconds"]
        print(f"going on from step {self.step} of {self.steps}", flush=True)

    def held_back_loss(self, held_back: Sequence[Prepared]) -> tuple[float, float]:
        """Loss a cue of the averaged weights on the kept-back articles: of cues, of roles."""
        network = Network(self.network.encoder.shape, 0.0)
        network.load_state_dict(self.average)
        network.eval()
        cues = roles = 0.0
        count = 0
        with torch.no_grad():
            for chosen in batches(held_back, 32, 0):
                batch = collate(chosen)
                of_cues, of_roles = network.losses(batch, *network.scores(batch))
                cues, roles = cues + of_cues.item(), roles + of_roles.item()
                count += len(batch.labels)
        return cues / count, roles / count


def main() -> None:
    """Train, and write the trained network."""
    parser = argparse.ArgumentParser(description="Trains the attribution tagger on PolNeAR train.")
    parser.add_argument("size", choices=sorted(PLANS))
    parser.add_argument("--work", type=Path, help="default: build/training/SIZE")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true", help="16-bit products: where AMX is")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    changes = {
        name: value
        for name in ("epochs", "layers", "seed")
        if (value := getattr(options, name)) is not None
    }
    plan = replace(PLANS[options.size], **changes)
    work: Path = options.work or Path("build/training") / options.size
    work.mkdir(parents=True, exist_ok=True)
    corpora = {
        cut: prepared_corpus(work.parent, cut, TOKENIZER) for cut in {plan.longest, *plan.cuts}
    }
    train = [[w for document in corpora[cut].train for w in document] for cut in plan.cuts]
    corpus = corpora[plan.longest]
    held_back = [w for document in corpus.held_back for w in document]
    if plan.teacher is not None:
        teacher = load_trained(work.parent / plan.teacher / "trained.pt")
        teacher.bf16 = options.bf16
        for cut, windows in zip(plan.cuts, train, strict=True):
            teach(windows, teacher, work / f"lessons-{cut}.pt")
    run = Run(plan, train, work, bf16=options.bf16)
    run.go(held_back)
    cue_loss, role_loss = run.held_back_loss(held_back)
    torch.save(
        {"weights": run.average, "shape": asdict(run.network.encoder.shape)}, work / "trained.pt"
    )
    record = {
        "plan": asdict(plan),
        "data_sha256": corpus_hash(),
        "articles": len(corpus.train),
        "articles_held_back": len(corpus.held_back),
        "cues": sum(len(window.rows) for document in corpus.train for window in document),
        "steps": run.steps,
        "minutes": round(run.seconds / 60, 1),
        "threads": options.threads,
        "torch": torch.__version__,
        "held_back_cue_loss": round(cue_loss, 4),
        "held_back_role_loss": round(role_loss, 4),
    }
    (work / "record.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
