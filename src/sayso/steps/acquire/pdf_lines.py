"""Lines and paragraphs of a PDF's page, from where its words are drawn.

A PDF has no paragraphs: it has strings at places. A new paragraph shows as a wider gap, another
size of letter, a line that is set in, or a short line that ends a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Matrix = Sequence[float]

_WIDER = 1.25
"""From this share of the usual distance between two lines on, a gap is one between paragraphs."""
_OTHER_SIZE = 1.0
_INDENT = (6.0, 60.0)
"""How far the first line of a paragraph is set in, in points."""
_SHORT = 0.75
_BULLETS = ("•", "▪", "●", "‣", "◦", "■", "– ", "— ")
_ENDS = tuple(".?!…\"'”’»")


@dataclass(slots=True)
class _Line:
    text: str
    x: float
    y: float
    size: float
    """Of the longest string in it: a bullet or a digit may be of another."""
    longest: int = 0


class Lines:
    """Takes the strings of one page as they are drawn; `text` is the page's."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._open = False

    def add(self, text: str, user: Matrix, place: Matrix, _font: object, size: float) -> None:
        """One string and where it is drawn, in the form of pypdf's `visitor_text`."""
        if not text:
            return
        x = place[4] * user[0] + place[5] * user[2] + user[4]
        y = place[4] * user[1] + place[5] * user[3] + user[5]
        height = abs(size * (place[3] or 1.0) * (user[3] or 1.0))
        for number, piece in enumerate(text.split("\n")):
            if number or not self._open:
                self._lines.append(_Line("", x, y, height))
                self._open = True
            if piece:
                line = self._lines[-1]
                if not line.text.strip():
                    line.x, line.y = x, y
                if len(piece) > line.longest:
                    line.size, line.longest = height, len(piece)
                line.text += piece

    def text(self) -> str:
        """The page's lines, with a blank one between two paragraphs."""
        lines = [line for line in self._lines if line.text.strip()]
        if not lines:
            return ""
        usual = _usual_gap(lines)
        margin = _margin(lines)
        width = sorted(len(line.text) for line in lines)[(len(lines) * 3) // 4]
        gaps = [_is_apart(a, b, usual) for a, b in pairwise(lines)]
        for index in range(1, len(lines)):
            gaps[index - 1] = gaps[index - 1] or _is_set_in(lines, index, margin)
        if not any(gaps):
            gaps = [
                len(a.text) < _SHORT * width and a.text.rstrip().endswith(_ENDS) for a in lines[:-1]
            ]
        parts = [lines[0].text.rstrip()]
        for apart, line in zip(gaps, lines[1:], strict=True):
            parts.append("\n\n" if apart else "\n")
            parts.append(line.text.rstrip())
        return "".join(parts)


def _usual_gap(lines: list[_Line]) -> float:
    drops = [a.y - b.y for a, b in pairwise(lines) if 2 < a.y - b.y < 60]
    return median(drops) if drops else 0.0


def _margin(lines: list[_Line]) -> float:
    """Where most lines begin."""
    return Counter(round(line.x) for line in lines).most_common(1)[0][0]


def _is_apart(above: _Line, below: _Line, usual: float) -> bool:
    drop = above.y - below.y
    if drop < -2:  # a new column: the paragraph may go on in it
        return above.text.rstrip().endswith(_ENDS)
    if usual and drop > _WIDER * usual:
        return True
    if abs(above.size - below.size) > _OTHER_SIZE:
        return True
    return below.text.lstrip().startswith(_BULLETS)


def _is_set_in(lines: list[_Line], index: int, margin: float) -> bool:
    """Whether one line alone is set in: the first of a paragraph, not the rest of a list's item."""
    if not _INDENT[0] <= lines[index].x - margin <= _INDENT[1]:
        return False
    around = [lines[index - 1], *lines[index + 1 : index + 2]]
    return all(abs(line.x - margin) < _INDENT[0] for line in around)
