"""Collections with planted copies: edits as editors make them, in texts that are read and not kept.

Every planted page knows which texts it was made from, so the truth needs no threshold: two pages
belong together if they have a text in common, and a page made from two texts belongs to both.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from evals.plain_documents import plain_document
from sayso.records.documents import Document, Published, Zone

_SENTENCE = re.compile(r"[^.!?\n]*[.!?]+[\"”’]?\s*|[^\n]+\n?|\n")
EDITS = ("reprint", "byline", "light", "lead", "trimmed", "boilerplate", "merged", "several")
LEAST_WORDS = 60
_CREDITS = ("By our own correspondent", "From agencies", "(Velm Wire)", "Karsk Post staff")
_LEADS = (
    "What follows is the account as it reached this desk on Sunday evening.",
    "It was the second such report in a week, and it drew sharp words on all sides.",
    "Officials in Velm had been waiting for the news since the early hours of the day.",
    "Here is what we know so far about a story that has kept the province busy.",
    "For those who followed the debate in Ostren the turn came as no surprise at all.",
)
_SITES = (
    "The views expressed here are those of the author and do not necessarily reflect the position"
    " of the Karsk Post or of its owners. Sign up for our morning letter and get the best of the"
    " Post in your inbox every day before breakfast. To report an error, write to the editors.",
    "Velm Today is free to read and always will be. If you value what we do, become a member for"
    " the price of one coffee a month. Members get our weekend edition, can comment on every"
    " article and are invited to meet the reporters in Velm four times a year. Thank you.",
    "All contents are protected by copyright and may not be published, broadcast, rewritten or"
    " redistributed without permission of the Ostren News Company. Follow us on our channels for"
    " news as it breaks, and listen to our evening programme at seven on all stations.",
)


@dataclass(frozen=True)
class Page:
    """A document and the texts it was made from."""

    document: Document
    sources: tuple[str, ...]
    edit: str
    """How it was made; `source` for a text as it came."""


@dataclass(frozen=True)
class Collection:
    """Pages in the order they come in."""

    pages: tuple[Page, ...]

    def truth(self) -> dict[tuple[str, str], str]:
        """The pairs that have a text in common, by ids in order; with the rarer edit of the two."""
        by_source: dict[str, list[Page]] = {}
        for page in self.pages:
            for source in page.sources:
                by_source.setdefault(source, []).append(page)
        found: dict[tuple[str, str], str] = {}
        for members in by_source.values():
            for one, other in combinations(members, 2):
                ids = sorted((one.document.id, other.document.id))
                found[ids[0], ids[1]] = max(one.edit, other.edit, key=_rank)
        return found


def _rank(edit: str) -> int:
    return EDITS.index(edit) if edit in EDITS else -1


def plant(texts: Sequence[tuple[str, str]], seed: int, *, share: float = 0.5) -> Collection:
    """The texts as they are, and of `share` of them one to three edited copies; then shuffled.

    Nothing is planted in texts of fewer than `LEAST_WORDS` words. Every page is put on one of ten
    sites; three of these end each page with the same lines.
    """
    chance = random.Random(seed)
    pages = [Page(document(name, text), (name,), "source") for name, text in texts]
    vocabulary = sorted({word for _, text in texts[:50] for word in text.split()})
    long_enough = [one for one in texts if len(one[1].split()) >= LEAST_WORDS]
    chosen = chance.sample(long_enough, int(len(long_enough) * share))
    for name, text in chosen:
        for number in range(chance.choice((1, 1, 2, 3))):
            edit = chance.choice(EDITS)
            sources, edited = _edited(name, text, edit, long_enough, vocabulary, chance)
            pages.append(Page(document(f"{name}#{number}", edited), sources, edit))
    for index, page in enumerate(pages):
        site = chance.randrange(10)
        marked = page.document.text
        if site < len(_SITES):
            marked = f"{marked}\n\n{_SITES[site]}"
        placed = document(page.document.id, marked, outlet=f"Outlet {site}")
        pages[index] = replace(page, document=placed)
    chance.shuffle(pages)
    return Collection(tuple(pages))


def document(
    name: str, text: str, *, published: str | None = None, outlet: str | None = None
) -> Document:
    """A text as a document of nothing but title and body."""
    plain = plain_document(text)
    zones = plain.zones
    if zones and len(zones[0].span) < 200:
        zones = (Zone("title", zones[0].span), *zones[1:])
    when = Published(published, "metadata") if published else Published()
    made: Document = _with(plain, id=name, uri=name, zones=zones, published=when, outlet=outlet)
    return made


def _with(document: Document, **changes: object) -> Document:
    from msgspec.structs import replace as changed

    return changed(document, **changes)


def _edited(
    name: str,
    text: str,
    edit: str,
    texts: Sequence[tuple[str, str]],
    vocabulary: Sequence[str],
    chance: random.Random,
) -> tuple[tuple[str, ...], str]:
    if edit == "merged":
        other, second = chance.choice(texts)
        first = _trimmed(text, chance, 0.7)
        if other == name:
            return (name,), first
        parts = [first, _trimmed(second, chance, 0.7)]
        return (name, other), "\n\n".join(parts)
    makers: dict[str, Callable[[str], str]] = {
        "reprint": lambda t: t,
        "byline": lambda t: f"{chance.choice(_CREDITS)}\n\n{t}",
        "light": lambda t: _reworded(t, vocabulary, chance),
        "lead": lambda t: _new_lead(t, chance),
        "trimmed": lambda t: _trimmed(t, chance, 0.3),
        "boilerplate": lambda t: f"{t}\n\n{chance.choice(_SITES)}",
    }
    if edit != "several":
        return (name,), makers[edit](text)
    for one in chance.sample(("byline", "light", "lead", "trimmed", "boilerplate"), 3):
        text = makers[one](text)
    return (name,), text


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(text)


def _trimmed(text: str, chance: random.Random, least: float) -> str:
    """Cut from the end, as editors do; at least `least` of the characters stay."""
    wanted = len(text) * chance.uniform(least, 0.9)
    kept: list[str] = []
    for sentence in _sentences(text):
        if sum(map(len, kept)) >= wanted:
            break
        kept.append(sentence)
    return "".join(kept)


def _new_lead(text: str, chance: random.Random) -> str:
    """Headline and up to two sentences (never over a quarter of the text) give way to others."""
    sentences = _sentences(text)
    dropped, length = 0, 0
    while dropped < min(3, len(sentences) - 1):
        length += len(sentences[dropped])
        if length > len(text) / 4:
            break
        dropped += 1
    lead = " ".join(chance.sample(_LEADS, 2))
    return f"{lead}\n\n{''.join(sentences[dropped:]).lstrip()}"


def _reworded(text: str, vocabulary: Sequence[str], chance: random.Random) -> str:
    """Three to eight of a hundred words replaced, dropped or doubled with another."""
    rate = chance.uniform(0.03, 0.08)

    def pieces() -> Iterator[str]:
        for piece in re.split(r"(\s+)", text):
            if piece.isspace() or not piece or chance.random() >= rate:
                yield piece
                continue
            kind = chance.randrange(3)
            if kind == 0:
                yield chance.choice(vocabulary)
            elif kind == 1:
                yield f"{piece} {chance.choice(vocabulary)}"

    return "".join(pieces())


def pairs_of(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """The pairs of ids, in order, that share a group."""
    found: set[tuple[str, str]] = set()
    for group in groups:
        for one, other in combinations(sorted(group), 2):
            found.add((one, other))
    return found
