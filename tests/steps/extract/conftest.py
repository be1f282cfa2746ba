from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from tests.steps.extract.scenery import estimates_in

from sayso.learned.spacy_model import SpacyModel
from sayso.records.findings import Claim


@pytest.fixture
def estimates(model: SpacyModel) -> Callable[[str], list[Claim]]:
    """Finds the estimates in a text."""
    return partial(estimates_in, model)
