"""Names in Cyrillic and Arabic letters, in Latin ones."""

from __future__ import annotations

import unicodedata
from functools import cache

from sayso.lexicons import load


@cache
def _table() -> dict[int, str]:
    data = load("spellings.toml")
    return {
        ord(letter): latin
        for script in ("cyrillic", "arabic")
        for letter, latin in data[script].items()
    }


@cache
def _unvoweled() -> frozenset[str]:
    return frozenset(load("spellings.toml")["arabic"])


def romanised(text: str) -> str:
    """`text` with its Cyrillic and Arabic letters in Latin ones, as newspapers print them.

    Capitals are kept. Other scripts stay as they are.

        >>> romanised("Эмомалӣ Раҳмон"), romanised("Юсуф")
        ('Emomali Rahmon', 'Yusuf')
    """
    if text.isascii():
        return text
    table, out = _table(), []
    for char in unicodedata.normalize("NFC", text):
        latin = table.get(ord(char.lower()) if len(char.lower()) == 1 else ord(char))
        if latin is None:
            out.append(char)
        else:
            out.append(latin.capitalize() if char.isupper() else latin)
    return "".join(out)


def lacks_vowels(text: str) -> bool:
    """Whether a name is in Arabic letters, which leave out short vowels."""
    return not text.isascii() and not _unvoweled().isdisjoint(text)
