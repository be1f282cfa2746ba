"""PDF and DOCX files made by the tests, byte by byte."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: list[list[str]], *, title: str = "", author: str = "", date: str = "") -> bytes:
    """A PDF with these lines on its pages, in a font that every reader knows."""
    contents = []
    for lines in pages:
        drawn = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
        contents.append(f"BT /F1 11 Tf 13 TL 50 750 Td {drawn} ET".encode("cp1252", "replace"))
    return pdf_of(contents, title=title, author=author, date=date)


def pdf_of(contents: list[bytes], *, title: str = "", author: str = "", date: str = "") -> bytes:
    """A PDF with these content streams, compressed, on its pages."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for content in contents:
        packed = zlib.compress(content)
        objects.append(
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    info = f"<< /Title ({_escaped(title)}) /Author ({_escaped(author)}) /CreationDate ({date}) >>"
    objects.append(info.encode("cp1252"))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def docx(body: str, core: str = "", *, doctype: str = "") -> bytes:
    """A DOCX with this XML as its body."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
            "</w:document>",
        )
        if core:
            archive.writestr(
                "docProps/core.xml",
                '<c:coreProperties xmlns:c="c" xmlns:dc="dc" xmlns:dcterms="t">'
                f"{core}</c:coreProperties>",
            )
    return out.getvalue()


def docx_of(document: bytes) -> bytes:
    """A DOCX whose main part holds these bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def para(text: str, style: str = "") -> str:
    """A paragraph of a DOCX in two runs, as word processors split them."""
    half = len(text) // 2
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in (text[:half], text[half:])
    )
    return f"<w:p>{styled}{runs}</w:p>"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
