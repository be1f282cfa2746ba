"""Numbers that answer a question: `How many men does the Front have? "About 900," he said.`"""

from __future__ import annotations

from sayso.steps.extract.scenes import Scene

_QUESTION = 60
"""Tokens of a question."""
_FILLERS = frozenset(
    {"well", "i", "think", "believe", "probably", "maybe", "we", "estimate", "say"}
)


def asked_for(scene: Scene, first: int, last: int) -> int | None:
    """The token "how" of the question that a number, tokens `[first, last)`, answers alone; None
    where it does not stand right behind a "how many", or counts something itself."""
    parse = scene.parse
    if last < len(parse) and parse.pos[last] != "PUNCT":
        return None
    token = first - 1
    while token >= 0 and parse.words[token] != "?":
        if parse.pos[token] != "PUNCT" and parse.words[token].lower() not in _FILLERS:
            return None
        token -= 1
    for index in range(token - 1, max(-1, token - _QUESTION), -1):
        if parse.words[index] in {".", "!", "?"}:
            return None
        if parse.words[index].lower() == "how" and parse.words[index + 1].lower() == "many":
            return index
    return None
