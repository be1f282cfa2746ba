"""Words cut to a stem that their forms and derivations share: `bombing`, `bombed`, `bombings`.

One pass, the longest ending first, in the manner of Lovins (1968), for comparing reports and never
for showing. Irregular verbs that news is full of are listed.
"""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = tuple(
    sorted(
        "ations ation ements ement ments ment ings ing ies ied ed es s er ers or ors ion ions "
        "ance ances ence ences e y ly edly ingly eries ery ures ure".split(),
        key=len,
        reverse=True,
    )
)
_LEAST = 3
"""Letters that stay."""
_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been am being",
        "have": "has had having",
        "shoot": "shot",
        "say": "said",
        "tell": "told",
        "meet": "met",
        "hold": "held",
        "leave": "left",
        "win": "won",
        "take": "took taken",
        "give": "gave given",
        "steal": "stole stolen",
        "fight": "fought",
        "flee": "fled",
        "strike": "struck stricken",
        "buy": "bought",
        "sell": "sold sale sales",
        "die": "died dies dying dead death deaths",
        "break": "broke broken",
        "seek": "sought",
        "find": "found",
        "lose": "lost loss losses",
        "blow": "blew blown",
        "go": "went gone",
        "come": "came",
        "begin": "began begun",
        "choose": "chose chosen choice",
        "fall": "fell fallen",
        "rise": "rose risen",
        "bring": "brought",
        "catch": "caught",
        "drive": "drove driven",
        "fly": "flew flown flies flight flights",
        "make": "made",
        "pay": "paid",
        "send": "sent",
        "speak": "spoke spoken speech",
        "throw": "threw thrown",
        "write": "wrote written",
        "hide": "hid hidden",
        "wound": "wounded wounding wounds",
        "kill": "killed kills",
        "spend": "spent",
        "lead": "led",
        "swear": "swore sworn",
        "sink": "sank sunk",
        "withdraw": "withdrew withdrawn withdrawal withdrawals",
        "arrive": "arrival arrivals",
        "marry": "marriage married marries",
    }.items()
    for form in forms.split()
}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word in lower case; words with anything but letters stay as they are.

    >>> [stem(word) for word in ("bombings", "announcement", "announced", "shot", "2019")]
    ['bomb', 'announc', 'announc', 'shoot', '2019']
    """
    word = _IRREGULAR.get(word, word)
    if not word.isalpha() or len(word) <= _LEAST:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                continue
            word = word[: -len(ending)]
            break
    if len(word) > _LEAST and word[-1] == word[-2] and word[-1] not in "slz":
        word = word[:-1]
    return word
