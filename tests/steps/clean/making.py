"""Makes inputs for the tests of cleaning, and checks what every document must keep."""

from __future__ import annotations

from sayso.records.documents import Document, MediaType, RawDocument
from sayso.settings import CleanSettings
from sayso.steps.clean.clean import Cleaned, clean
from sayso.steps.clean.decode import decoded

NOW = "2026-01-01T00:00:00Z"


def raw(
    data: bytes | str, media_type: MediaType = "text/plain", uri: str = "in/report.txt"
) -> RawDocument:
    """An input as `acquire` hands it over."""
    return RawDocument(uri, data.encode() if isinstance(data, str) else data, media_type, NOW)


def cleaned(
    data: bytes | str, media_type: MediaType = "text/plain", uri: str = "in/report.txt"
) -> Cleaned:
    """The cleaned input, checked."""
    result = clean(raw(data, media_type, uri), CleanSettings())
    check(result.document, data.encode() if isinstance(data, str) else data)
    return result


def document(
    data: bytes | str, media_type: MediaType = "text/plain", uri: str = "in/report.txt"
) -> Document:
    """The document of an input, checked."""
    return cleaned(data, media_type, uri).document


def kinds(of: Document) -> list[tuple[str, str]]:
    """Each zone's kind and text."""
    return [(zone.kind, zone.span.cut(of.text)) for zone in of.zones]


def check(of: Document, data: bytes) -> None:
    """Zones cover the text in order; evidence cuts its quotes; the map leads back to the source."""
    position = 0
    for zone in of.zones:
        assert zone.span.start >= position
        assert zone.span.cut(of.text).strip()
        assert not of.text[position : zone.span.start].strip()
        position = zone.span.end
    assert not of.text[position:].strip()
    for evidence in of.evidence.values():
        if evidence.span is not None:
            assert evidence.span.cut(of.text) == evidence.quote
    if of.published.span is not None:
        assert of.published.span.cut(of.text) == of.published.quote
    if of.dateline is not None:
        assert of.dateline.span.cut(of.text) == of.dateline.quote
    check_map(of, decoded(data, of.encoding))


def check_map(of: Document, source: str) -> None:
    """Runs are gapless in the text, never go back in the source, and copy it where one to one."""
    clean_end = source_end = 0
    for run in of.source_map.runs:
        assert run.clean_start == clean_end
        assert run.source_start >= source_end
        assert run.source_end >= run.source_start
        clean_end, source_end = run.clean_end, run.source_end
        if run.is_one_to_one:
            text = of.text[run.clean_start : run.clean_end]
            origin = source[run.source_start : run.source_end]
            assert text == origin or all(map(_same_place, text, origin))
    assert clean_end == len(of.text)
    assert source_end <= len(source)


def _same_place(clean: str, source: str) -> bool:
    """Equal, or a space, line break or stray byte that was put right in its place."""
    return clean == source or (clean in " \n" and not source.isalnum()) or _is_stray(source)


def _is_stray(source: str) -> bool:
    return "\x80" <= source <= "\x9f" or "\ud800" <= source <= "\udfff"
