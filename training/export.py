"""Turns a trained network into what ships: ONNX for the encoder, arrays for the scorer, a card.

    python -m training.export best

The large products are reckoned with 8-bit numbers, weights by output and states as they come
(dynamic quantisation): less than half the time of 32-bit ones on processors that have VNNI, and a
quarter of the size. Weights keep to 7 bits, so that older processors, which add pairs of products
in 16 bits, come to the same sums. Then the confidence is calibrated and the least confidence
chosen, on the articles that training kept back.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from training.attribution import Network
from training.calibrating import calibrate
from training.encoders import TOKENIZER
from training.network import Encoder, Shape

WEIGHTS = Path("src/sayso/learned/attribution/weights")


class StoredTable(nn.Module):
    """A table of vectors, 8-bit, with a scale for each; only what is looked up is multiplied."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        stored, scale = _stored(table.weight.detach())
        self.register_buffer("stored", stored)
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.stored[ids].to(torch.float32) * self.scale[ids]


def _stored(weight: Tensor) -> tuple[Tensor, Tensor]:
    scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127.0
    return (weight / scale).round().to(torch.int8), scale


class OneWindow(nn.Module):
    """The encoder on a single window, as it is run: no batch and no filling."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(
        self, ids: Tensor, tags: Tensor, relations: Tensor, first: Tensor
    ) -> tuple[Tensor, ...]:
        given = (ids[None], None, tags[None], relations[None], first[None])
        return tuple(rows[0] for rows in self.encoder(*given))


def write_encoder(encoder: Encoder, path: Path, *, bits: int = 7) -> None:
    """The encoder as ONNX, its word vectors and large products in `bits` (7 or 8)."""
    encoder.words = StoredTable(encoder.words)  # type: ignore[assignment]
    given = (
        torch.arange(12) + 1000,
        torch.ones(12, dtype=torch.long),
        torch.ones(12, dtype=torch.long),
        torch.arange(1, 9),
    )
    whole = path.with_suffix(".float.onnx")
    torch.onnx.export(
        OneWindow(encoder).eval(),
        given,
        str(whole),
        input_names=["ids", "tags", "relations", "first"],
        output_names=["cue", "near", "far"],
        dynamic_axes={
            **{name: {0: "pieces"} for name in ("ids", "tags", "relations")},
            **{name: {0: "words"} for name in ("first", "cue", "near", "far")},
        },
        dynamo=False,
        opset_version=17,
    )
    quantize_dynamic(
        whole,
        path,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=bits == 7,
        weight_type=QuantType.QInt8,
        # What decides stays exact, and costs next to nothing.
        nodes_to_exclude=[f"/encoder/{name}/MatMul" for name in ("cue", "near", "far")],
    )
    whole.unlink()


def load_trained(path: Path) -> Network:
    """The network of a finished run, ready to be asked."""
    trained: dict[str, Any] = torch.load(path)
    network = Network(Shape(**trained["shape"]), 0.0)
    network.load_state_dict(trained["weights"])
    return network.eval()


def main() -> None:
    """Write the weights' folder of one size."""
    parser = argparse.ArgumentParser(description="Writes what ships of a trained tagger.")
    parser.add_argument("size", choices=("best", "fast"))
    parser.add_argument("--work", type=Path, help="default: build/training/SIZE")
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    work: Path = options.work or Path("build/training") / options.size
    network = load_trained(work / "trained.pt")
    record = json.loads((work / "record.json").read_text("utf-8"))
    folder: Path = options.to / options.size
    folder.mkdir(parents=True, exist_ok=True)
    write_encoder(network.encoder, folder / "encoder.onnx")
    scorer = {name: tensor.numpy() for name, tensor in network.scorer.state_dict().items()}
    np.savez_compressed(folder / "scorer.npz", **scorer)
    shutil.copyfile(TOKENIZER.path("tokenizer.json"), options.to / "tokenizer.json")
    card = record | {"threshold": 0.2, "least": 0.0, "calibration": [0.0] * 7}
    _write(folder / "card.json", card)
    card |= calibrate(options.size, folder.parent, work.parent)
    _write(folder / "card.json", card)
    print(json.dumps(card, indent=2))


def _write(path: Path, card: dict[str, Any]) -> None:
    path.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
