"""Invented names: no two alike, none of a real place, person or group that we know of."""

from __future__ import annotations

from random import Random

_ONSETS = "b d f g h k l m n p r s t v z br dr kr tr st sk".split()
_VOWELS = "a a a e e i i o o u u ai".split()
_CODAS = ["", "", "", "", "l", "n", "r", "s", "m", "rn", "sk", "nd"]
_PLACE_ENDS = "ra len sel va nor holm mir ka dan tos rik na bor vik lo meth".split()
_FAMILY_ENDS = "nek rov ner lane rist dol man ley ven sik dar rell".split()
_WOMEN = "na la ria dine sa".split()
_MEN = "ro mus ren lar nik".split()
_REAL = frozenset(
    "bali berlin bosnia brest bremen china dover genoa ghana iran italia kenya kiev korea libya"
    " london lisbon mali malta milan moscow nepal osaka oslo paris perm peru poland prague rome"
    " russia sudan syria tallin taiwan tunis turin vienna"
    " dollar human major meter minor moral roman senior serious station stone storm".split()
)
"""What the syllables may give by chance and should not."""


class Namer:
    """Makes names one after another; each is given out once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()

    def place(self) -> str:
        """A town, province or country: `Sarmen`."""
        return self._new(_PLACE_ENDS)

    def family(self) -> str:
        """A family name: `Bolsane`."""
        return self._new(_FAMILY_ENDS)

    def first(self, *, woman: bool) -> str:
        """A first name. These come again, as in life."""
        return self._stem(1) + self._rng.choice(_WOMEN if woman else _MEN)

    def _new(self, ends: list[str]) -> str:
        for tries in range(1000):
            # The longer the search, the longer the names: there are always some left.
            syllables = 1 + (self._rng.random() < 0.15) + tries // 20
            name = self._stem(syllables) + self._rng.choice(ends)
            if name not in self._given and name.lower() not in _REAL and len(name) > 4:
                self._given.add(name)
                return name
        raise RuntimeError("no name is left")

    def _stem(self, syllables: int) -> str:
        pick = self._rng.choice
        parts = [pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS) for _ in range(syllables)]
        return "".join(parts).capitalize()
