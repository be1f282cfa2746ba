"""What is true of a collection, as records a line each (`truth.jsonl`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from evals.synthetic.happenings import QuestionKind, Verdict
from evals.synthetic.remarks import Change


class TrueDocument(Struct, frozen=True, tag_field="type", tag="document"):
    """A file and what it is."""

    file: str
    outlet: str
    published: str
    made: Literal["original", "citing", "copy"]
    happening: str
    source: str | None
    """The file it copies, or the outlet it cites."""
    edits: tuple[str, ...]


class TrueCopies(Struct, frozen=True, tag_field="type", tag="copies"):
    """Files that are one text."""

    files: tuple[str, ...]
    origin: str


class TrueStory(Struct, frozen=True, tag_field="type", tag="story"):
    """Files that tell of one happening."""

    id: str
    files: tuple[str, ...]


class TrueEntity(Struct, frozen=True, tag_field="type", tag="entity"):
    """Somebody or something with all names that the reports use."""

    kind: Literal["armed_group", "person", "outlet", "place", "state"]
    name: str
    aliases: tuple[str, ...] = ()


class Evidence(Struct, frozen=True):
    """Where an answer stands."""

    file: str
    voice: str
    quote: str
    """A sentence (or the title) of the file."""


class TruePosition(Struct, frozen=True):
    """One answer, who gives it and where."""

    low: int | None
    high: int | None
    approximate: bool
    holds: bool
    """Of yes-or-no questions; true for figures."""
    voices: tuple[str, ...]
    independent: int
    """Distinct voices: however often and wherever one is heard, it counts once."""
    files: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class TrueQuestion(Struct, frozen=True, tag_field="type", tag="question"):
    """Something that is answered, once or variously."""

    id: str
    kind: QuestionKind
    subject: str
    """The group; for killed, wounded and detained the town; for supports the state."""
    object: str | None
    place: str | None
    day: str | None
    positions: tuple[TruePosition, ...]
    verdict: Verdict | None
    """None: only one voice has answered, once."""
    within: tuple[str, ...] = ()
    """Of a title against its own text: the files that hold both (several where it was copied)."""


class Telling(Struct, frozen=True):
    """A quotation in one file."""

    file: str
    words: str
    change: Change


class TrueJourney(Struct, frozen=True, tag_field="type", tag="journey"):
    """Where somebody's words were printed."""

    id: str
    holder: str
    words: str
    first: str
    tellings: tuple[Telling, ...]


TrueRecord = TrueDocument | TrueCopies | TrueStory | TrueEntity | TrueQuestion | TrueJourney


class Truth(Struct, frozen=True):
    """All of it, by kind."""

    documents: tuple[TrueDocument, ...]
    copies: tuple[TrueCopies, ...]
    stories: tuple[TrueStory, ...]
    entities: tuple[TrueEntity, ...]
    questions: tuple[TrueQuestion, ...]
    journeys: tuple[TrueJourney, ...]

    def records(self) -> Iterable[TrueRecord]:
        """All records in the order of a file."""
        for field in self.__struct_fields__:
            yield from getattr(self, field)

    def disputes(self) -> list[TrueQuestion]:
        """The questions with more than one voice, or one voice at two times."""
        return [question for question in self.questions if question.verdict is not None]


def write_truth(truth: Truth, path: Path) -> None:
    """As JSON Lines."""
    encoder = msgspec.json.Encoder(order="deterministic")
    with path.open("wb") as stream:
        for record in truth.records():
            stream.write(encoder.encode(record) + b"\n")


def read_truth(path: Path) -> Truth:
    """What `write_truth` wrote. Raises `msgspec.ValidationError` for anything else."""
    decoder: msgspec.json.Decoder[TrueRecord] = msgspec.json.Decoder(TrueRecord)
    kinds: dict[type, list[TrueRecord]] = {}
    for line in path.read_bytes().splitlines():
        record = decoder.decode(line)
        kinds.setdefault(type(record), []).append(record)
    parts = (TrueDocument, TrueCopies, TrueStory, TrueEntity, TrueQuestion, TrueJourney)
    return Truth(*(tuple(kinds.get(kind, ())) for kind in parts))  # type: ignore[arg-type]
