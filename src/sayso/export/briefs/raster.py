"""Pictures as pixels, for programs that do not draw SVG."""

from __future__ import annotations

from typing import Any

from sayso.errors import MissingExtra

WIDTH_CM = 16
_DOTS = 192
"""To the inch: below what Word makes smaller on its own, so the bytes stay as they are."""
_TEMPLATE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 16cm)
"""


def png_of(svg: str) -> bytes:
    """The picture as PNG, 16 cm wide. Raises `MissingExtra`.

    Letters come from Typst's own type, so the same picture gives the same bytes on every machine;
    only what it has no letters for (Arabic, say) is taken from the machine's.
    """
    try:
        import typst  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise MissingExtra(
            "pictures in a DOCX need typst: pip install 'sayso[briefs]'", "briefs"
        ) from error
    own = all(char < "\u0530" or "\u2000" <= char < "\u2100" for char in svg)
    made: Any = typst.compile(
        _TEMPLATE, format="png", ppi=_DOTS, sys_inputs={"svg": svg}, ignore_system_fonts=own
    )
    return bytes(made[0] if isinstance(made, list) else made)
