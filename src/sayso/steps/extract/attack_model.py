"""How much each feature speaks for a part in an attack: small linear models, trained elsewhere.

The weights come from `python -m training.attacks` on MUC-4's train part (see the card beside them).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sayso.records.parses import Parse
from sayso.steps.extract.attack_phrases import trigger_types

if TYPE_CHECKING:
    import numpy as np

ROLES = ("none", "perpetrator", "organisation", "target", "victim", "weapon")
TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery")
BUCKETS = 1 << 16
"""Features are hashed to so many columns."""


def bucket(feature: str) -> int:
    """The column of a feature."""
    return zlib.crc32(feature.encode()) % BUCKETS


def document_features(parses: Sequence[Parse]) -> set[str]:
    """What of a document speaks for attacks of a type being told in it."""
    found: set[str] = set()
    types = trigger_types()
    number = 0
    for parse in parses:
        for first, last in parse.sentences:
            where = "first" if number < 2 else "early" if number < 6 else "late"
            for index in range(first, last):
                if parse.pos[index] not in {"NOUN", "VERB", "ADJ", "PROPN"}:
                    continue
                lemma = parse.lemmas[index].lower()
                found.add(f"word:{lemma}")
                if lemma in types:
                    found.add(f"trigger:{where}:{lemma}")
                    found.add(f"type:{where}:{types[lemma]}")
                    found.add(f"tense:{parse.tags[index]}:{lemma}")
            number += 1
    found.add(f"length:{min(number // 5, 8)}")
    return found


@cache
def _weights() -> dict[str, Any]:
    import numpy as np

    with files("sayso.lexicons").joinpath("attacks.npz").open("rb") as file:
        loaded = np.load(file, allow_pickle=False)
        return {name: loaded[name].astype(np.float32) for name in loaded.files}


def part_chances(rows: Iterable[set[str]]) -> list[np.ndarray]:
    """For each set of features, the chance of each of `ROLES`, 0..1; they sum to 1."""
    import numpy as np

    weights = _weights()
    chances = []
    for row in rows:
        columns = sorted({bucket(feature) for feature in row})
        logits = weights["roles"][:, columns].sum(axis=1) + weights["roles_bias"]
        raised = np.exp(logits - logits.max())
        chances.append(raised / raised.sum())
    return chances


def type_chances(features: set[str]) -> dict[str, float]:
    """The chance, 0..1, that a document tells of an attack of each of `TYPES`."""
    import numpy as np

    weights = _weights()
    columns = sorted({bucket(feature) for feature in features})
    logits = weights["types"][:, columns].sum(axis=1) + weights["types_bias"]
    return dict(zip(TYPES, (1 / (1 + np.exp(-logits))).tolist(), strict=True))
