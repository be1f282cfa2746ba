"""Briefs as PDF, set by Typst."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from sayso.errors import MissingExtra
from sayso.export.briefs.brief import Block, Brief, Heading, Picture, Remark


def to_pdf(brief: Brief) -> bytes:
    """The brief as a tagged PDF; pictures are drawn in it. Raises `MissingExtra`.

    Typst brings type for Latin, Greek and Cyrillic script; for others it takes the machine's own.
    The same brief gives the same bytes where that type is the same.
    """
    try:
        import typst  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise MissingExtra(
            "a brief as PDF needs typst: pip install 'sayso[briefs]'", "briefs"
        ) from error
    template = (files("sayso.export.briefs") / "brief.typ").read_bytes()
    made: Any = typst.compile(template, sys_inputs={"brief": json.dumps(_plain(brief))})
    return bytes(made)


def _plain(brief: Brief) -> dict[str, Any]:
    citations = [
        {"number": c.number, "label": c.label, "address": c.address} for c in brief.citations
    ]
    return {
        "title": brief.title,
        "made": brief.made,
        "blocks": [_block(block) for block in brief.blocks],
        "citations": citations,
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text}
    if isinstance(block, Remark):
        return {"kind": "remark", "text": block.text}
    if isinstance(block, Picture):
        return {"kind": "picture", "text": block.words, "svg": block.svg}
    return {
        "kind": "sentence",
        "text": block.text,
        "cites": list(block.cites),
        "review": block.review,
    }
