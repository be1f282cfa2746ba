"""What is kept of a document to find its copies again: minima and prints of its shingles.

*Minima* (MinHash, Broder 1997) find texts that are alike as a whole, however the changes are
spread. *Prints* (winnowing, Schleimer, Wilkerson and Aiken 2003) find a text inside another: any
run of `WINDOW + PRINT_WIDTH - 1` words that two texts share gives both the same print; in the
first `HEAD` words of both, any run of `HEAD_WINDOW + PRINT_WIDTH - 1`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from rensa import RMinHash

from sayso.records.documents import Document
from sayso.steps.match.copies.shingles import Numbers, shingles, stirred
from sayso.steps.match.outlets import outlet_key
from sayso.steps.match.words import Words, words_of

Places = npt.NDArray[np.intp]

VERSION = f"4-{RMinHash.ALGORITHM_VERSION}"
"""Of the sketches: those of another version find nothing and are made again."""
MINIMA = 64
BANDS = 16
WINDOW = 30
PRINT_WIDTH = 8
"""Words of a shingle that may become a print: four in a row are shared by texts of all kinds, eight
hardly, so that the number of documents under a print does not grow with the library."""
HEAD = 96
"""Words at the beginning of a text that are printed more densely: trimmed copies and briefs have
little else, and are too short for a window of 30."""
HEAD_WINDOW = 8
MOST_PRINTS = 1024
"""So a book costs no more than this many rows of an index."""
_SEED = 1
_SALT = np.uint64(0xD6E8FEB86659FD93)


class Sketch(Struct, frozen=True):
    """What is kept of one document; bytes are 64-bit numbers, lowest byte first."""

    document: str
    version: str
    outlet: str | None
    """Its key (`steps.match.outlets`): what many pages of one site share is no sign of a copy."""
    words: int
    """Of title and body."""
    bands: bytes
    """Sixteen numbers, each of four minima; none where there are no words."""
    prints: bytes
    """Those of wide windows: at most 1,024 numbers, in order of size."""
    head: bytes = b""
    """Those that only the narrow windows of the head have; none in sketches before version 4."""

    def print_set(self) -> frozenset[int]:
        """The prints of wide windows as they stand in an index: signed. By them texts are told to
        be the same or not: where a page has a text farther down, it lacks those of its head."""
        return frozenset(np.frombuffer(self.prints, dtype="<i8").tolist())


def sketch(document: Document) -> Sketch:
    """The sketch of a document's title and body."""
    return sketch_of(document, words_of(document))


def sketch_of(document: Document, words: Words) -> Sketch:
    """The sketch of a document whose words were cut already."""
    numbers = shingles(words.folded)
    wide, head = prints(shingles(words.folded, PRINT_WIDTH))
    return Sketch(
        document=document.id,
        version=VERSION,
        outlet=outlet_key(document.outlet),
        words=len(words),
        bands=_bands(numbers).astype("<u8").tobytes(),
        prints=wide.astype("<u8").tobytes(),
        head=head.astype("<u8").tobytes(),
    )


def bands(sketch: Sketch) -> tuple[int, ...]:
    """The keys to look a document up by: signed 64-bit numbers, each once, in order of size.

    Two documents may be copies only if they share one.
    """
    both = np.frombuffer(sketch.bands + sketch.prints + sketch.head, dtype="<i8")
    return tuple(np.unique(both).tolist())


def prints(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The least shingle of every wide window, and what the narrow ones of the head add; each once,
    in order of size."""
    head, wide = print_places(numbers)
    kept = np.unique(numbers[wide])[:MOST_PRINTS]
    added = sorted(set(numbers[head].tolist()).difference(kept.tolist()))
    return kept, np.array(added, dtype=np.uint64)


def print_places(numbers: Numbers) -> tuple[Places, Places]:
    """Where the prints stand: those of the head's narrow windows, and those of the wide ones."""
    head = _winnowed(numbers[: HEAD - PRINT_WIDTH + 1], HEAD_WINDOW)
    return head, _winnowed(numbers, WINDOW)


def _winnowed(numbers: Numbers, window: int) -> Places:
    """Where the least shingle of every window stands: of equal ones the first; in order."""
    if not len(numbers):
        return np.empty(0, dtype=np.intp)
    view = np.lib.stride_tricks.sliding_window_view(numbers, min(window, len(numbers)))
    places: Places = view.argmin(axis=1) + np.arange(len(view))
    is_first = np.ones(len(places), dtype=bool)
    np.not_equal(places[1:], places[:-1], out=is_first[1:])
    first: Places = places[is_first]
    return first


def _bands(numbers: Numbers) -> Numbers:
    if not len(numbers):
        return numbers
    unique = np.unique(numbers)
    rows = RMinHash.digest_matrix_from_flat_token_hashes(unique, [0, len(unique)], MINIMA, _SEED)
    minima = np.array(rows.to_rows()[0], dtype=np.uint64).reshape(BANDS, MINIMA // BANDS)
    keys = np.arange(BANDS, dtype=np.uint64) + _SALT
    for column in minima.T:
        keys = stirred(keys ^ column)
    return keys
