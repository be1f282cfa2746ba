"""From bytes to a document: decode, mend, take off the markup, tell the zones apart."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sayso.errors import SetAside
from sayso.records.documents import Document, Published, RawDocument, Zone
from sayso.records.provenance import MadeBy, Problem, content_id
from sayso.records.spans import OffsetMap
from sayso.settings import CleanSettings
from sayso.steps.clean.draft import Draft
from sayso.steps.clean.language import language_of, with_languages
from sayso.steps.clean.origin import stated_origin, stated_outlet, stated_publication
from sayso.steps.clean.sources import Opened, open_source
from sayso.steps.clean.stubs import stub_of

STEP = "clean"
VERSION = "5"
"""The version of this step: the next number when it gives another text or other zones."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document, and the problems of parts of it (their `document` is its id)."""

    document: Document
    problems: tuple[Problem, ...] = ()


def clean(raw: RawDocument, settings: CleanSettings) -> Cleaned:
    """The document that `raw` holds.

    Raises SetAside: `empty`, `binary`, `undecodable`, `damaged` or `unsupported` (a file of another
    format than text), `too_large` (its text is longer than `max_characters`) or `no_text` (there is
    no report in it).
    """
    if len(raw.data) > settings.max_bytes:
        raise SetAside(
            "too_large",
            f"the file has {len(raw.data):,} bytes, more than {settings.max_bytes:,}",
            "raise max_bytes or split the file",
        )
    opened = open_source(raw, settings)
    draft = opened.draft
    if len(draft.content.text) > settings.max_characters:
        raise SetAside(
            "too_large",
            f"the text has {len(draft.content.text):,} characters, more than "
            f"{settings.max_characters:,}",
            "raise max_characters or split the file",
        )
    if not _has_body(draft):
        # Lines that all repeat one another look like captions; they are the report all the same.
        draft.zones = tuple(Zone("body", z.span) if z.kind == "caption" else z for z in draft.zones)
    if not _has_body(draft):
        raise SetAside("no_text", "no report was found in the file", "look at the file itself")
    stub = stub_of(draft)
    if stub is not None:
        draft.troubles.append(stub)
    if raw.cut:
        message = f"the page was cut off when it was fetched ({raw.cut})"
        draft.troubles.append(("text_lost", message, "fetch it again"))
    return _finish(raw, opened, settings)


def _has_body(draft: Draft) -> bool:
    return any(zone.kind == "body" for zone in draft.zones)


def _finish(raw: RawDocument, opened: Opened, settings: CleanSettings) -> Cleaned:
    draft = opened.draft
    source_map = OffsetMap(draft.content.runs)
    text = draft.content.text
    digest = sha256(raw.data).hexdigest()
    id = content_id("document", digest, raw.media_type)
    draft.set("outlet", stated_outlet(text, draft.zones))
    origin = stated_origin(text, draft.zones)
    if origin is not None:
        draft.evidence["origin"] = origin
    published = draft.published
    if published.value is None:
        published = stated_publication(text, draft.zones)
    if published.value is None and draft.address is not None:
        published = Published(draft.address[0], "url", draft.address[1])
    language = language_of(text, draft.zones)
    document = Document(
        id=id,
        uri=raw.uri,
        sha256=digest,
        media_type=raw.media_type,
        encoding=opened.encoding,
        retrieved=raw.retrieved,
        text=text,
        language=language,
        title=draft.title,
        byline=draft.byline,
        outlet=draft.outlet,
        origin=origin.quote if origin else None,
        published=published,
        dateline=draft.dateline,
        zones=with_languages(text, draft.zones, language),
        evidence=draft.evidence,
        repairs=dict(sorted((k, n) for k, n in draft.repairs.items() if n)),
        source_map=source_map,
        made_by=MadeBy.of(STEP, VERSION, settings).id,
        pages=opened.pages(source_map),
    )
    problems = tuple(
        Problem.of(raw.uri, STEP, reason, message, advice=advice, document=id)
        for reason, message, advice in draft.troubles
    )
    return Cleaned(document, problems)
