"""What the tests share: where the texts outside the project lie, and one language model a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.documents import RawDocument
from sayso.settings import CleanSettings
from sayso.steps.clean.clean import clean

# The same examples every time where a change is judged; new ones where somebody works.
settings.register_profile("judged", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("judged")

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Texts that are not ours; tests that use them skip where they are absent."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts that are not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the texts in {SHARED.name}/ beside the project")
    return SHARED


@pytest.fixture(scope="session")
def model() -> SpacyModel:
    """The language model; loading it takes seconds."""
    return SpacyModel()


@pytest.fixture(scope="session")
def analyse(model: SpacyModel) -> Callable[[str], Analysis]:
    """From plain text to its analysis, by the real steps."""

    def from_text(text: str) -> Analysis:
        raw = RawDocument("report.txt", text.encode(), "text/plain", "2031-03-14T00:00:00Z")
        document = clean(raw, CleanSettings()).document
        zones = [z for z in document.zones if z.kind in ("title", "body", "caption")]
        return Analysis(document, model.parse(document.text, zones).parses)

    return from_text
