"""The brief: what was picked, as sentences with their citations, and as files to take along.

The picks stand in the address, so a brief in the making can be sent as a link; the browser keeps
them for the next page.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

import sayso
from sayso.briefing import faults_of, made_line
from sayso.errors import BriefRefused, NoSuchRecord
from sayso.export.briefs.brief import Brief, Heading, Picture, Sentence
from sayso.export.briefs.citing import cited
from sayso.export.briefs.composing import compose
from sayso.export.briefs.drawing import PICTURES
from sayso.export.briefs.files import WRITERS
from sayso.workbench.answers import answer
from sayso.workbench.opening import ledger_of

_MOST = 200
"""Picks of one brief: an address must not grow without end."""
_MEDIA = {
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


def show(request: Request) -> Response:
    """`/brief?pick=ID,ID&title=`"""
    picks = _picks(request)
    with ledger_of(request) as ledger:
        brief, left_out = _composed(ledger, picks, request)
        faults = faults_of(brief, ledger) if brief.citations else []
    view = {
        "title": brief.title,
        "made": brief.made,
        "picks": picks,
        "blocks": [_line(block) for block in brief.blocks if not isinstance(block, Picture)],
        "citations": [
            {"number": c.number, "label": c.label, "address": c.address, "page": _page(c.address)}
            for c in brief.citations
        ],
        "left_out": left_out,
        "faults": faults,
        "_pictures": [
            {"svg": Markup(block.svg), "words": block.words}
            for block in brief.blocks
            if isinstance(block, Picture)
        ],
        "_kinds": {
            "map": "Map",
            "timeline": "Timeline",
            "network": "Network",
            "dispute": "Disputes over time",
        },
        "_chosen": request.query_params.getlist("picture"),
        "_forms": [suffix.removeprefix(".") for suffix in WRITERS],
    }
    return answer(request, "brief.html.j2", view)


def download(request: Request) -> Response:
    """`/brief.md`, `.html`, `.docx` and `.pdf` with the same query."""
    suffix = "." + request.path_params["form"]
    if suffix not in WRITERS:
        raise NoSuchRecord(f"a brief is written as {', '.join(WRITERS)}", suffix)
    with ledger_of(request) as ledger:
        brief, _ = _composed(ledger, _picks(request), request)
    name = re.sub(r"[^A-Za-z0-9]+", "-", brief.title).strip("-").lower()[:60] or "brief"
    headers = {"content-disposition": f'attachment; filename="{name}{suffix}"'}
    return Response(WRITERS[suffix](brief), media_type=_MEDIA[suffix], headers=headers)


def _picks(request: Request) -> list[str]:
    given = request.query_params.get("pick", "").split(",")
    return list(dict.fromkeys(id for id in given if id))[:_MOST]


def _composed(
    ledger: sayso.Ledger, picks: list[str], request: Request
) -> tuple[Brief, list[dict[str, str]]]:
    """The brief, and the picks that go into none with the reason."""
    title = request.query_params.get("title", "").strip() or "Brief"
    given = request.query_params.getlist("picture")
    wanted = [kind for kind in PICTURES if kind in given]
    kept, left_out = [], []
    for id in picks:
        try:
            compose(ledger, [id], title="", made="")
            kept.append(id)
        except (NoSuchRecord, BriefRefused) as error:
            left_out.append({"id": id, "reason": str(error)})
    return compose(ledger, kept, title=title, made=made_line(ledger), pictures=wanted), left_out


def _line(block: Any) -> dict[str, Any]:
    if isinstance(block, Sentence):
        return {
            "kind": "sentence",
            "text": block.text,
            "cites": block.cites,
            "review": block.review,
        }
    return {"kind": "heading" if isinstance(block, Heading) else "remark", "text": block.text}


def _page(address: str) -> str:
    """Where the workbench shows what is cited."""
    named = cited(address)
    assert named is not None
    return f"/disputes/{named.id}" if named.kind == "dispute" else f"/findings/{named.id}"
