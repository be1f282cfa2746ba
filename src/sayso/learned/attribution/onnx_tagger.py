"""`AttributionTagger` on onnxruntime, with weights that ship with sayso.

A window goes to the network alone: windows are long enough to keep a core busy, and nothing is
spent on padding. One thread, since a collection is read by several processes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.errors import MissingExtra
from sayso.learned.attribution import features
from sayso.learned.attribution.calibration import Calibration
from sayso.learned.attribution.tagger import Encoded, Heads, Scorer
from sayso.learned.attribution.windows import Window, piece_reader, windows
from sayso.records.analyses import TaggedAttribution
from sayso.records.parses import Parse
from sayso.settings import TaggerName

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_NEEDED = ("onnxruntime", "tokenizers")


def is_installed() -> bool:
    """Whether the packages that the tagger runs on are there."""
    return all(find_spec(name) is not None for name in _NEEDED)


class OnnxTagger:
    """The trained tagger of one size, with the weights that ship or those of `folder`.

    Raises MissingExtra where its packages are not installed.
    """

    def __init__(self, size: TaggerName, folder: Traversable | None = None) -> None:
        if not is_installed():
            raise MissingExtra(
                f"the attribution tagger {size} needs onnxruntime and tokenizers:"
                " pip install 'sayso[tagger]', or read with --attribution rules",
                extra="tagger",
            )
        from tokenizers import Tokenizer

        self._size = size
        weights = folder or files("sayso.learned.attribution") / "weights"
        tokenizer = (weights / "tokenizer.json").read_text("utf-8")
        self._pieces = piece_reader(Tokenizer.from_str(tokenizer))
        names = ("encoder.onnx", "scorer.npz", "card.json")
        encoder, scorer, about = ((weights / size / name).read_bytes() for name in names)
        digest = hashlib.sha256()
        for part in (encoder, scorer, about):
            digest.update(part)
        self._version = digest.hexdigest()[:16]
        card: dict[str, Any] = json.loads(about)
        self._longest = int(card["plan"]["longest"])
        self._heads = Heads(
            Scorer(_arrays(scorer)),
            Calibration(tuple(card["calibration"])),
            float(card["threshold"]),
            float(card["least"]),
        )
        self._session = _session(encoder)

    @property
    def name(self) -> str:
        return f"attribution-{self._size}"

    @property
    def version(self) -> str:
        return self._version

    def tag(self, parses: Sequence[Parse]) -> list[TaggedAttribution]:
        return [
            found
            for window in windows(parses, self._pieces, self._longest)
            for found in self._heads.read(window, self._encode(window, parses), parses)
        ]

    def _encode(self, window: Window, parses: Sequence[Parse]) -> Encoded:
        tags, relations = features.of_pieces(window, parses)
        given = {
            "ids": np.array(window.ids, dtype=np.int64),
            "tags": tags,
            "relations": relations,
            "first": np.array(window.word_at, dtype=np.int64),
        }
        return Encoded(*self._session.run(("cue", "near", "far"), given))


def _session(encoder: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The arena would keep the largest window's memory for every size of window it has met.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(encoder, options, providers=["CPUExecutionProvider"])


def _arrays(scorer: bytes) -> dict[str, Any]:
    with np.load(BytesIO(scorer)) as loaded:
        return {name: loaded[name].astype(np.float32) for name in loaded.files}
