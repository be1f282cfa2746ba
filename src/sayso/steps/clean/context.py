"""What the open elements around a piece of HTML text say about it.

A frame knows what its ancestors are, so asking costs the same at any depth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.lexicons import load


class Is:
    """What an element (or one around it) is: bits of an integer.

    Plain integers, as joining members of an enum takes a third of the time of reading a page.
    """

    NOTHING = 0
    NAVIGATION = 1 << 0
    ASIDE = 1 << 1
    FORM = 1 << 2
    HIDDEN = 1 << 3
    COMMENT = 1 << 4
    RELATED = 1 << 5
    SHARE = 1 << 6
    CAPTION = 1 << 7
    BYLINE = 1 << 8
    DATE = 1 << 9
    BODY = 1 << 10
    ARTICLE = 1 << 11
    HEADING = 1 << 12
    TITLE = 1 << 13
    PARAGRAPH = 1 << 14
    TABLE = 1 << 15
    PREFORMATTED = 1 << 16
    PICTURED = 1 << 17
    """A picture stands before it in the same element, or in the one beside it."""


NOT_THE_REPORT = Is.NAVIGATION | Is.ASIDE | Is.FORM | Is.HIDDEN | Is.COMMENT | Is.RELATED | Is.SHARE
_TAGS = {
    "nav": Is.NAVIGATION,
    "menu": Is.NAVIGATION,
    "footer": Is.NAVIGATION,
    "aside": Is.ASIDE,
    "form": Is.FORM,
    "button": Is.FORM,
    "select": Is.FORM,
    "option": Is.FORM,
    "label": Is.FORM,
    "textarea": Is.FORM,
    "noscript": Is.HIDDEN,
    "template": Is.HIDDEN,
    "svg": Is.HIDDEN,
    "math": Is.HIDDEN,
    "canvas": Is.HIDDEN,
    "audio": Is.HIDDEN,
    "video": Is.HIDDEN,
    "object": Is.HIDDEN,
    "datalist": Is.HIDDEN,
    "dialog": Is.HIDDEN,
    "figure": Is.CAPTION,
    "figcaption": Is.CAPTION,
    "article": Is.ARTICLE,
    "h1": Is.HEADING | Is.TITLE,
    "h2": Is.HEADING,
    "h3": Is.HEADING,
    "h4": Is.HEADING,
    "h5": Is.HEADING,
    "h6": Is.HEADING,
    "p": Is.PARAGRAPH,
    "blockquote": Is.PARAGRAPH,
    "table": Is.TABLE,
    "time": Is.DATE,
    "address": Is.BYLINE,
    "pre": Is.PREFORMATTED,
}
_ROLES = {
    "navigation": Is.NAVIGATION,
    "contentinfo": Is.NAVIGATION,
    "complementary": Is.ASIDE,
    "dialog": Is.HIDDEN,
    "search": Is.FORM,
    "form": Is.FORM,
    "comment": Is.COMMENT,
}
_PROPERTIES = {
    "articlebody": Is.BODY,
    "author": Is.BYLINE,
    "datepublished": Is.DATE,
    "comment": Is.COMMENT,
}
_TYPES = {"comment": Is.COMMENT, "usercomments": Is.COMMENT}
"""Of schema.org."""
_KINDS = {
    "comment": Is.COMMENT,
    "related": Is.RELATED,
    "share": Is.SHARE,
    "caption": Is.CAPTION,
    "byline": Is.BYLINE,
    "date": Is.DATE,
    "body": Is.BODY,
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\s_-]+")
# The root bears classes that tell of the site ("has-sidebar"), not of the text in it.
_ROOTS = {"html", "body", "main"}


@dataclass(slots=True)
class Frame:
    """An open element. `inherited` joins what it is and what its ancestors are."""

    name: str
    own: int
    inherited: int
    number: int
    parent: int
    start: int = 0
    """Where in the source its tag begins."""
    inline: list[tuple[str, int, int]] | None = None
    """Open inline elements: name, what it is, and what it and those around it are. None, like
    `counts`, until there was one: most elements hold none."""
    counts: dict[str, int] | None = None

    @property
    def marks(self) -> int:
        """What text that comes now is."""
        return self.inherited | (self.inline[-1][2] if self.inline else 0)


def meaning(name: str, attributes: dict[str, str]) -> int:
    """What a tag says of the text inside it."""
    found = _TAGS.get(name, Is.NOTHING)
    if not attributes:
        return found
    found |= _ROLES.get(attributes.get("role", ""), Is.NOTHING)
    found |= _PROPERTIES.get(attributes.get("itemprop", "").lower(), Is.NOTHING)
    if "itemtype" in attributes:
        kind = attributes["itemtype"].rstrip("/").rpartition("/")[2].lower()
        found |= _TYPES.get(kind, Is.NOTHING)
    if attributes.get("rel") == "author":
        found |= Is.BYLINE
    style = attributes.get("style", "")
    if "hidden" in attributes or "display:none" in style.replace(" ", "").lower():
        found |= Is.HIDDEN
    if name in _ROOTS:
        return found
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return found | _by_words(names[:300]) if names != " " else found


@lru_cache(maxsize=4096)
def _by_words(names: str) -> int:
    kinds, states = _class_words(), _state_words()
    found = Is.NOTHING
    for whole in names.split():
        said = kinds.get(whole.lower(), Is.NOTHING)
        words = [word.lower() for word in _WORD.findall(_CAMEL.sub("-", whole))]
        for word in words:
            said |= kinds.get(word, Is.NOTHING)
        if said & Is.COMMENT and not states.isdisjoint(words):
            said &= ~Is.COMMENT
        found |= said
    return found


@cache
def _class_words() -> dict[str, int]:
    words: dict[str, int] = {}
    for kind, members in load("clean/classes.toml").items():
        for word in members if kind in _KINDS else ():
            words[word] = words.get(word, Is.NOTHING) | _KINDS[kind]
    return words


@cache
def _state_words() -> frozenset[str]:
    return frozenset(load("clean/classes.toml")["comment_state"])
