"""Names as values: how they are folded, cut into words and compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

APOSTROPHES = "'’‘ʼʻ`´"
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_POSSESSIVE = re.compile(f"[{APOSTROPHES}]s\\b")
_ATOM = re.compile(r"[^\W_]+")

PARTICLES = frozenset(
    "al el ul ur ud as ad an ar az ash at uz us ibn bin ben bint abu umm e i wa wal van von der "
    "den de da di du la le dos das del".split()
)
"""Words inside a name that may be lower case and never stand alone for it."""
_GLUED = frozenset("al el ul ur ud as ad an ar az ash at us uz".split())
"""Articles of Arabic names: one word together with what follows."""
_SILENT = frozenset("of the and for on in to a an e i ul al".split())
"""Words that an abbreviation may leave out."""
_SHORT = 40
_PATRONYMIC = re.compile(r".{2,}(?:ovich|evich|ich|ovna|evna|ichna|ovuch|ogly|oglu|kyzy|zoda|uly)$")


def fold(text: str) -> str:
    """`text` without case, accents and the form of its letters; to compare, not to show."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def atoms(text: str) -> tuple[str, ...]:
    """The folded words of a name: hyphens, full stops and quotation marks part, apostrophes don't.

    A possessive `'s` is a word of its own, as language back ends cut it.

        >>> atoms("ISIS-K"), atoms("Da’esh"), atoms("U.S."), atoms("Velm's")
        (('isis', 'k'), ('daesh',), ('u', 's'), ('velm', 's'))
    """
    return _short_atoms(text) if len(text) <= _SHORT else _atoms(text)


def _atoms(text: str) -> tuple[str, ...]:
    parted = _POSSESSIVE.sub(" s", text)
    return tuple(_ATOM.findall(fold(_APOSTROPHE.sub("", parted))))


_short_atoms = lru_cache(maxsize=8192)(_atoms)
"""The same words come again and again; long ones would only fill the memory."""


def key(text: str) -> str:
    """A name as a string that is the same for all its spellings in case, hyphens and accents."""
    found = atoms(text)
    return " ".join(found[1:] if len(found) > 1 and found[0] == "the" else found)


def surname(name: str) -> tuple[str, ...]:
    """The words by which a person's full name is taken up later; empty for a single word.

    >>> surname("Abu Musab al-Zarqawi"), surname("Khalil-ur-Rahman Haqqani")
    (('al', 'zarqawi'), ('haqqani',))
    """
    found = atoms(name)
    if len(found) < 2:
        return ()
    start = len(found) - 1
    while start > 1 and found[start - 1] in PARTICLES - {"e", "i", "wa"}:
        start -= 1
    return found[start:]


def without_article(words: Sequence[str]) -> tuple[str, ...]:
    """A name's words without the Arabic article it begins with ("al Zarqawi", "Zarqawi")."""
    return tuple(words[1:]) if len(words) > 1 and words[0] in _GLUED else tuple(words)


def is_patronymic(word: str) -> bool:
    """Whether a name's word has the ending of a patronymic (Russian and Turkic forms)."""
    return bool(_PATRONYMIC.fullmatch(fold(word)))


def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is made of the first letters of the words of `full`, little words optional.

    >>> abbreviates("CSTO", "Collective Security Treaty Organization")
    True
    >>> abbreviates("TTP", "Tehreek-e-Taliban Pakistan")
    True
    """
    letters = "".join(atoms(short))
    words = [word for word in atoms(full) if word != "s"]
    if not 2 <= len(letters) <= 12 or not 2 <= len(words) <= 20:
        return False
    return _initials_match(letters, words)


def _initials_match(letters: str, words: Sequence[str]) -> bool:
    # States: how many letters are used so far. Each word gives its first letter or, if it is a
    # little one, nothing. At most one long word may be left out ("Islamic State (in) Velm").
    reached = {(0, 0)}
    for word in words:
        following: set[tuple[int, int]] = set()
        for used, skipped in reached:
            if used < len(letters) and word[0] == letters[used]:
                following.add((used + 1, skipped))
            if word in _SILENT:
                following.add((used, skipped))
            elif skipped == 0 and used > 0 and len(letters) > 2:
                following.add((used, 1))
        reached = following
    return any(used == len(letters) for used, _ in reached)


def is_shortened(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a person's `full` name is `short` with more names in the middle."""
    if not 2 <= len(short) < len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(word in rest for word in short)
