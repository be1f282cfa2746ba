from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from evals.plain_documents import plain_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import SetAside
from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.records.documents import RawDocument
from sayso.records.readings import Reading
from sayso.settings import Settings

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "reports"
MEDIA = {".txt": "text/plain", ".html": "text/html", ".md": "text/markdown"}


@pytest.fixture(scope="module")
def reader(model: SpacyModel) -> Reader:
    return Reader(Settings(), model=model)


def raw(path: Path) -> RawDocument:
    media = MEDIA[path.suffix]
    return RawDocument(path.name, path.read_bytes(), media, "2031-03-14T00:00:00Z")  # type: ignore[arg-type]


def check(reading: Reading) -> None:
    """Every span of every record cuts its quote, and every id that is named exists."""
    text = reading.document.text
    ids = {reading.document.id}
    for group in (reading.entities, reading.mentions, reading.statements, reading.claims):
        ids.update(record.id for record in group)
    ids.update(event.id for event in reading.events)
    stamps = {made.id for made in reading.made_by}
    for record in (*reading.entities, *reading.mentions, *reading.statements, *reading.claims):
        assert record.made_by in stamps
        _walk(msgspec.to_builtins(record), text, ids)
    for event in reading.events:
        _walk(msgspec.to_builtins(event), text, ids)
    _walk(msgspec.to_builtins(reading.document), text, ids)


NAMING = ("entity", "part_of", "organisation", "statement", "event", "continues")


def _walk(value: object, text: str, ids: set[str]) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("span"), list) and "quote" in value and value["quote"] is not None:
            start, end = value["span"]
            assert text[start:end] == value["quote"]
        for key in NAMING:
            if isinstance(value.get(key), str):
                assert value[key] in ids, (key, value)
        for inner in value.values():
            _walk(inner, text, ids)
    elif isinstance(value, list):
        for inner in value:
            _walk(inner, text, ids)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_samples_hold_together(reader: Reader, path: Path) -> None:
    reading = reader.read(raw(path))
    assert reading.statements
    check(reading)


def test_seeds_hold_together(reader: Reader, shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        check(reader.read(raw(path)))


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_the_same_input_gives_the_same_bytes(reader: Reader, path: Path) -> None:
    assert msgspec.json.encode(reader.read(raw(path))) == msgspec.json.encode(
        reader.read(raw(path))
    )


def test_reading_others_before_changes_nothing(model: SpacyModel, reader: Reader) -> None:
    paths = sorted(SAMPLES.iterdir())
    alone = msgspec.json.encode(Reader(Settings(), model=model).read(raw(paths[0])))
    for path in paths:
        reader.read(raw(path))
    assert msgspec.json.encode(reader.read(raw(paths[0]))) == alone


def test_likes_are_no_strength(reader: Reader) -> None:
    reading = reader.read(raw(SAMPLES / "06-teachers-meeting.txt"))
    assert not [c for c in reading.claims if c.low in (80_000, 9_000)]


def test_a_clean_text_is_read_as_a_file_is(reader: Reader) -> None:
    told = reader.read_document(plain_document("The Karsk Front refused to disarm.\n"))
    [claim] = [claim for claim in told.claims if claim.kind == "event"]
    assert claim.plover is not None
    assert claim.plover.type == "REJECT"


PIECES = st.sampled_from(
    ["Minister Oren Vasch", "said", "that", "“", "”", '"', "'", ",", ". ", "the Karsk Front",
     "2,000 fighters", "between 2,000 and 3,500 men", "denied", "\n", "\n\n", "KARSK: ", "he",
     "(KF)", "on Monday", "in Velm", "\u202e", "\u200b", "e\u0301", "😀", "ب", "&amp;", "<b>",
     "according to", "The post A appeared first on B.", "2 Comments", "Related News", "1.5 million",
     "claimed responsibility for an attack on", "\ufeff", "\x00", "Taliban", "ISIS-K", "'s",
     "refused to send food to", "said it would", "captured a courier and", "an operation to kill"]
)  # fmt: skip


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PIECES, min_size=1, max_size=40), st.sampled_from(sorted(MEDIA.values())))
def test_any_input_is_read_or_set_aside(reader: Reader, pieces: list[str], media: str) -> None:
    data = " ".join(pieces).encode("utf-8")
    try:
        reading = reader.read(RawDocument("x", data, media, "2031-03-14T00:00:00Z"))  # type: ignore[arg-type]
    except SetAside:
        return
    check(reading)
