"""Reports about invented places, and edits of them, for the tests of what is found across them."""

from __future__ import annotations

import re

from sayso.records.documents import Dateline, Document, Published, Zone
from sayso.records.spans import OffsetMap, Span

PORT = """Harbour of Velm closed after a fire on the northern pier

The harbour of Velm was closed on Monday after a fire on the northern pier destroyed two cranes and
a store of grain, the harbour master said.

Nobody was hurt. Firemen from three districts fought the flames until the early morning, and ships
on their way to Velm were sent to Ostren instead.

Ilya Marn, who runs a shipping company, said that a week without the harbour would cost the town
about forty thousand crowns a day.

The council will meet on Thursday to decide whether the pier can be mended or has to be built anew.
"""
TALKS = """Second round of talks between Tarvia and the Karsk Front ends without agreement

Envoys of Tarvia and of the Karsk Front left the town of Brod on Friday without an agreement on the
exchange of prisoners, a member of one delegation said.

The two sides had met for three days in a school that was guarded by soldiers of both armies. A
third round is planned for the spring.

The Front holds some sixty soldiers who were taken when the post at Lenn fell in the autumn, and it
wants its own people back, among them the brother of its founder.
"""
NOTICE = (
    "The Karsk Post is printed six days a week and read in all four provinces. Write to the editors"
    " if you have seen an error on this page, and we shall put it right as soon as we can. Nothing"
    " on this page may be copied without leave of the publisher."
)


def report(
    id: str,
    text: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    origin: str | None = None,
    agency: str | None = None,
    language: str = "en",
) -> Document:
    """A document whose first line is its title and whose other lines are its body."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    zones = tuple(
        Zone("title" if number == 0 else "body", Span(*line)) for number, line in enumerate(lines)
    )
    return Document(
        id=id,
        uri=id,
        sha256="",
        media_type="text/plain",
        encoding="utf-8",
        retrieved="",
        text=text,
        language=language,
        title=None,
        byline=None,
        outlet=outlet,
        origin=origin,
        published=Published(published, "metadata" if published else None),
        dateline=Dateline(Span(0, 0), "", agency=agency) if agency else None,
        zones=zones,
        evidence={},
        repairs={},
        source_map=OffsetMap.identity(len(text)),
        made_by="test",
    )
