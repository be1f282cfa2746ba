"""Inputs for the benchmarks: real texts in a temporary folder, each file different."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
Source = Literal["polnear", "seeds", "numbered"]


@contextmanager
def folder(source: Source, documents: int) -> Iterator[Path]:
    """A folder of `documents` texts that is removed afterwards.

    PolNeAR's train part gives each text once, spread evenly over the alphabet; the sample reports
    are repeated, with a number at the end, since equal files would be read once. Numbered texts are
    a word and a number, for readers that do not look at them.
    """
    with TemporaryDirectory(prefix="sayso-bench-") as name:
        target = Path(name)
        for number, data in enumerate(_texts(source, documents)):
            (target / f"{number:06}.txt").write_bytes(data)
        yield target


def _texts(source: Source, documents: int) -> Iterator[bytes]:
    if source == "numbered":
        yield from (f"Text {number}.\n".encode() for number in range(documents))
        return
    where = {"polnear": "data/polnear/train/text", "seeds": "seeds"}[source]
    paths = sorted((SHARED / where).glob("*.txt"))
    if not paths:
        raise SystemExit(f"no texts in {SHARED / where}: the folder of data is not at hand")
    texts = list(dict.fromkeys(path.read_bytes() for path in paths))  # some stand there twice
    if documents <= len(texts):
        for index in range(documents):
            yield texts[index * len(texts) // documents]
        return
    for index in range(documents):
        yield texts[index % len(texts)] + f"\n\nCopy {index}.\n".encode()


def words(folder: Path) -> int:
    """Words in the folder, as white space parts them."""
    return sum(
        len(path.read_bytes().decode("utf-8", "replace").split()) for path in folder.glob("*.txt")
    )
