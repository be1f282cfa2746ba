"""What a brief is, whatever file it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sayso.export.rows import Lookup
from sayso.records.judgements import Standing

TITLE = "Brief"
SOURCES = "Sources"
"""The heading over the citations."""


class Asked(Protocol):
    """What a brief asks of a ledger; `sayso.Ledger` answers it."""

    def record(self, id: str) -> object:
        """The record with this id, or with this beginning of one. Raises `NoSuchRecord`."""
        ...

    def lookup(self) -> Lookup:
        """Names and sources by id."""
        ...

    def standing(self, finding: str) -> Standing | None:
        """What people decided about a finding, and how it stands after that."""
        ...


@dataclass(frozen=True, slots=True)
class Citation:
    """One numbered line under the sentences: where the words stand."""

    number: int
    label: str
    """For people: outlet, date, title, path, characters, and whether somebody reviewed it."""
    address: str
    """For the machine: `sayso:statement/ID?document=ID&sha256=HEX&at=12-80,95-120`, or
    `sayso:dispute/ID`."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of a brief and the numbers of the citations that carry them."""

    text: str
    cites: tuple[int, ...]
    review: str = ""
    """Beside the sentence: `not reviewed` or `partly reviewed`; empty where somebody confirmed or
    corrected all that it cites."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the writer adds on their own account: it cites nothing and is shown as theirs."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of what the sentences say."""

    svg: str
    words: str
    """What it shows, for who does not see it."""


Block = Heading | Sentence | Remark | Picture


@dataclass(frozen=True, slots=True)
class Brief:
    """A title, the line that says what it was made from, sentences, citations."""

    title: str
    made: str
    """Which version made it from which ledger, and the ledger's error rate where one is known."""
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]


def one_line(text: str) -> str:
    """Text in one line, without characters that are not seen or that turn its direction."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())
