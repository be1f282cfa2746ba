"""The network out of weights that ship: what a further cycle of training starts from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from training.network import Shape


def shipped_weights(folder: Path) -> tuple[Shape, dict[str, torch.Tensor]]:
    """Shape and weights of one size's folder; the 8-bit ones are multiplied out.

    Raises OSError where a file is missing.
    """
    import onnx
    from onnx import numpy_helper

    plan = json.loads((folder / "card.json").read_text("utf-8"))["plan"]
    stored = {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in onnx.load(str(folder / "encoder.onnx")).graph.initializer
    }
    weights: dict[str, Any] = {}
    for name, array in stored.items():
        base, _, last = name.rpartition(".")
        if last == "stored":
            weights[f"{base}.weight"] = array.astype(np.float32) * stored[f"{base}.scale"]
        elif last != "scale" and name.startswith("encoder."):
            weights[name] = array
    with np.load(folder / "scorer.npz") as loaded:
        weights |= {f"scorer.{name}": loaded[name] for name in loaded.files}
    return Shape(layers=int(plan["layers"])), {
        name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in weights.items()
    }
