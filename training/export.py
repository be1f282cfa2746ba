"""Turns a trained network into what ships: ONNX for the encoder, arrays for the scorer, a card.

    python -m training.export best

Word vectors are stored as 4-bit numbers with a scale for each 32. The products of the layers are
reckoned with 8-bit numbers, weights by output and states as they come (dynamic quantisation): half
the time of 32-bit ones or less on processors that have VNNI. Their weights keep to 7 bits, so that
older processors, which add pairs of products in 16 bits, come to the same sums. Attention is one
operator of onnxruntime. Then the confidence is calibrated and the least confidence chosen, on the
articles that training kept back.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from training.calibrating import calibrate
from training.encoders import TOKENIZER
from training.network import Attention, Encoder, Layer, load_trained

WEIGHTS = Path("src/sayso/learned/attribution/weights")
_GROUP = 32
"""Word-vector numbers that share a scale."""

PRODUCTS = ("qkv", "out", "up", "down")
"""Of a layer."""


class StoredTable(nn.Module):
    """A table of vectors, two 4-bit numbers a byte, with a scale for each `_GROUP` of numbers; only
    what is looked up is multiplied out."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        grouped = table.weight.detach().unflatten(1, (-1, _GROUP))
        scale = grouped.abs().amax(2, keepdim=True).clamp(min=1e-12) / 7
        levels = ((grouped / scale).round() + 8).flatten(1).to(torch.uint8)
        # The first half of a row beside its second: unpacking needs no shuffling.
        first, second = levels.chunk(2, 1)
        self.register_buffer("stored", first * 16 + second)
        self.register_buffer("scale", scale.squeeze(2).to(torch.float16))

    def forward(self, ids: Tensor) -> Tensor:
        pairs = self.stored[ids].to(torch.float32)
        first = torch.floor(pairs / 16)
        levels = torch.cat([first, pairs - 16 * first], -1) - 8
        scale = self.scale[ids].to(torch.float32)
        return (levels.unflatten(-1, (-1, _GROUP)) * scale[..., None]).flatten(-2)


class TurnedLinear(nn.Module):
    """A linear map as the quantiser knows it: by a constant with a column for each output."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.register_buffer("turned", linear.weight.detach().t().contiguous())
        self.register_buffer("bias", linear.bias.detach().clone())

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.turned + self.bias


class _OneKernel(torch.autograd.Function):
    """Attention as one operator of onnxruntime: no copies between its products."""

    @staticmethod
    def forward(
        ctx: Any, q: Tensor, k: Tensor, v: Tensor, added: Tensor | None, heads: int
    ) -> Tensor:
        seen: Tensor = Attention(heads, 0.0)(q, k, v, added)
        return seen

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, added: Any, heads: int) -> Any:
        def left_out() -> Any:
            nothing = g.op("prim::Constant")
            nothing.setType(torch._C.OptionalType.ofTensor())
            return nothing

        given = (q, k, v) if added is None else (q, k, v, left_out(), left_out(), added)
        seen = g.op("com.microsoft::MultiHeadAttention", *given, num_heads_i=heads)
        seen.setType(q.type())
        return seen


class FusedAttention(nn.Module):
    """Attention in the form it ships in."""

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, q: Tensor, k: Tensor, v: Tensor, added: Tensor | None) -> Tensor:
        seen: Tensor = _OneKernel.apply(q, k, v, added, self.heads)  # type: ignore[no-untyped-call]
        return seen


def turn(encoder: Encoder) -> None:
    """Replace the encoder's word vectors, products and attention with what ships, in place."""
    encoder.words = StoredTable(encoder.words)  # type: ignore[assignment]
    for layer in encoder.layers:
        assert isinstance(layer, Layer)
        for name in PRODUCTS:
            setattr(layer, name, TurnedLinear(getattr(layer, name)))
        layer.attend = FusedAttention(layer.attend.heads)  # type: ignore[assignment]


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


def write_encoder(encoder: Encoder, path: Path) -> None:
    """The encoder as ONNX, changed in place."""
    turn(encoder)
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
        do_constant_folding=False,
        dynamo=False,
        opset_version=17,
        custom_opsets={"com.microsoft": 1},
    )
    products = [
        node.name
        for node in onnx.load(whole).graph.node
        if node.op_type == "MatMul" and node.input[1].endswith(".turned")
    ]
    assert len(products) == len(PRODUCTS) * encoder.shape.layers
    quantize_dynamic(
        whole,
        path,
        op_types_to_quantize=["MatMul"],
        nodes_to_quantize=products,
        per_channel=True,
        reduce_range=True,  # 7 bits
        weight_type=QuantType.QInt8,
    )
    whole.unlink()


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
