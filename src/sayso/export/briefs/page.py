"""Briefs as one HTML page that asks for nothing, and back."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from sayso.errors import BriefRefused
from sayso.export.briefs.brief import (
    SOURCES,
    Block,
    Brief,
    Citation,
    Heading,
    Picture,
    Remark,
    Sentence,
    one_line,
)
from sayso.export.briefs.markdown import sentences

_NOTE = re.compile("\ue000(\\d{1,6})\ue001")
_MARK = re.compile("\ue002(not reviewed|partly reviewed)\ue003")
_FOREIGN = ("img", "picture", "object", "embed", "iframe", "video", "canvas", "script", "link")
_SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)


def to_html(brief: Brief) -> str:
    """The brief as a page without scripts; pictures are drawn in it."""
    style = (files("sayso.export.briefs") / "style.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="color-scheme" content="light dark">\n<title>{_text(brief.title)}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{_text(brief.title)}</h1>\n"
        f'<p class="made">{_text(brief.made)}</p>\n'
    ]
    parts += [_block(block) for block in brief.blocks]
    parts.append(f"<h2>{SOURCES}</h2>\n<ol>\n")
    parts += [
        f'<li id="c{c.number}" value="{c.number}">{_text(c.label)}'
        f" <code>{_text(c.address)}</code></li>\n"
        for c in brief.citations
    ]
    return "".join(parts) + "</ol>\n</main>\n</body>\n</html>\n"


def from_html(text: str) -> Brief:
    """The brief in a page that `to_html` wrote. Text that is none of what a brief has is a sentence
    without a citation, so nothing written into the page goes unchecked. Raises `BriefRefused`."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise BriefRefused("this is no brief of sayso: it is no HTML page") from None
    main = root.find(".//main")
    if main is None or main.find("h1") is None:
        raise BriefRefused("this is no brief of sayso: it has no title")
    pictures = iter(_pictures(text, root, main))
    title, made = "", ""
    blocks: list[Block] = [Sentence(words, ()) for words in _outside(root, main)]
    blocks += [Sentence(f"<{one.tag}>", ()) for one in root.iter(*_FOREIGN)]
    citations: list[Citation] = []
    for element in main.iterchildren():
        words = one_line(_flat(element))
        if element.tag == "h1" and not title:
            title = words
        elif element.tag == "p" and element.get("class") == "made" and not made:
            made = words
        elif element.tag == "h2":
            blocks += [Heading(words)] if words != SOURCES else []
        elif element.tag == "blockquote":
            blocks.append(Remark(words))
        elif element.tag == "figure":
            blocks.append(Picture(next(pictures, ""), element.get("aria-label") or ""))
            blocks += [Sentence(one_line(_flat(one)), ()) for one in element if one.tag != "svg"]
        elif element.tag == "ol":
            citations += [_citation(item) for item in element.iterchildren("li")]
        elif isinstance(element.tag, str):
            blocks += sentences(_flat(element), _NOTE, _MARK, one_line)
        blocks += _uncited(element.tail)
    if not citations:
        raise BriefRefused("this is no brief of sayso: it has no citations")
    return Brief(title, made, tuple(blocks), tuple(citations))


def _pictures(text: str, root: Any, main: Any) -> list[str]:
    """The drawings as they stand in the file, one for each figure; none where a drawing stands
    anywhere else, so that it could be taken for another."""
    found = _SVG.findall(text)
    figures = main.findall("figure")
    alone = all([child.tag for child in figure] == ["svg"] for figure in figures)
    if not alone or not len(found) == len(figures) == sum(1 for _ in root.iter("svg")):
        return []
    return [str(one) for one in found]


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h2>{_text(block.text)}</h2>\n"
    if isinstance(block, Remark):
        return f"<blockquote>{_text(block.text)}</blockquote>\n"
    if isinstance(block, Picture):
        words = escape(block.words, quote=True)
        return f'<figure role="img" aria-label="{words}">{block.svg}</figure>\n'
    notes = "".join(
        f'<sup><a href="#c{number}" aria-label="source {number}">{number}</a></sup>'
        for number in block.cites
    )
    mark = f' <span class="open">{block.review}</span>' if block.review else ""
    return f"<p>{_text(block.text)} {notes}{mark}</p>\n"


def _flat(element: Any) -> str:
    """The text of an element, citations and marks as characters that no text holds."""
    if not isinstance(element.tag, str):
        return ""
    text = _own(element.text)
    for child in element:
        inner = _flat(child)
        number = inner.strip()
        if child.tag == "sup" and number.isascii() and number.isdigit():
            inner = f"\ue000{number}\ue001"
        elif child.get("class") == "open":
            inner = f"\ue002{number}\ue003"
        text += inner + _own(child.tail)
    return text


def _own(text: str | None) -> str:
    return re.sub("[\ue000-\ue003]", " ", text or "")


def _citation(item: Any) -> Citation:
    code = item.find("code")
    number = (item.get("id") or "").removeprefix("c")
    address = one_line(_flat(code)) if code is not None else ""
    label = _own(item.text) if code is not None else _flat(item)
    extra = "" if code is None else _own(code.tail)
    known = number.isascii() and number.isdigit() and len(number) < 7
    return Citation(int(number) if known else 0, one_line(label + extra), address)


def _outside(root: Any, main: Any) -> list[str]:
    """Text of the body that is not in `main`."""
    body = main.getparent()
    around = [] if body is None else [body.text, main.tail]
    for element in [] if body is None else body.iterchildren():
        if element is not main:
            around += [_flat(element), element.tail]
    return [one_line(words) for words in around if words and words.strip()]


def _uncited(text: str | None) -> list[Sentence]:
    return [Sentence(one_line(text), ())] if text and text.strip() else []


def _text(text: str) -> str:
    return escape(re.sub("[\ue000-\ue003]", " ", text))
