"""From bytes to characters: which encoding, and whether it is text at all.

`decoded(data, encoding)` gives the characters that a document's `source_map` leads back to.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from sayso.errors import SetAside
from sayso.records.documents import RawDocument

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: tuple[bytes, ...] = (
    b"\x89PNG\r\n",
    b"\x7fELF",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF-",
    b"GIF87a",
    b"GIF89a",
    b"\xff\xd8\xff",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"SQLite format 3\x00",
    b"{\\rtf",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"MZ\x90\x00",
    b"\xca\xfe\xba\xbe",
    b"wOFF",
    b"wOF2",
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s{0,20}=\s{0,20}["']?\s{0,20}([\w:.-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([\w:.-]{2,40})""",
    re.IGNORECASE,
)
# The WHATWG Encoding Standard reads these labels as the wider sets that pages really use.
_WIDER = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "latin-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_NEVER = {"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "idna", "punycode"}
_CANDIDATES = [
    "cp1252",
    "cp1251",
    "koi8_r",
    "cp1250",
    "cp1254",
    "cp1256",
    "cp1253",
    "cp1255",
    "gb18030",
    "cp932",
    "cp949",
    "big5",
    "cp866",
]
_SAMPLE = 60_000
"""Bytes shown to the detector: its time grows with what it is shown."""
_CONTROLS = bytes(set(range(32)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B} | {0x7F})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of an input and the encoding they were read with."""

    text: str
    encoding: str


def decode(raw: RawDocument) -> Decoded:
    """The characters of `raw`.

    Raises SetAside: `empty`, `binary` (a known file signature, or too many control bytes) or
    `undecodable` (no encoding fits).
    """
    data = raw.data
    if not data.strip(b" \t\r\n\x0b\x0c"):
        raise SetAside("empty", "the file holds no text", "nothing to do")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(decoded(data, encoding), encoding)
    wide = _unmarked_utf16(data)
    if wide:
        return _checked(decoded(data, wide), wide)
    _refuse_binary(data)
    told = _known(raw.charset) if raw.charset else None
    if told and told != "utf-8" and not _is_utf8(data) and _fits(data, told):
        return _checked(decoded(data, told), told)
    encoding = _encoding(data, markup=raw.media_type == "text/html")
    return _checked(decoded(data, encoding), encoding)


def decoded(data: bytes, encoding: str) -> str:
    """The characters of `data` read as `encoding`; what does not fit becomes U+FFFD."""
    if encoding == "utf-8-variants":
        import ftfy.bad_codecs  # noqa: F401  registers the codec for CESU-8 and Java's UTF-8
    return data.decode(encoding, "replace")


def _checked(text: str, encoding: str) -> Decoded:
    if not text.strip("\ufeff\x00 \t\r\n\x0b\x0c"):
        raise SetAside("empty", "the file holds no text", "nothing to do")
    if text.count("\ufffd") > 0.2 * len(text):
        raise SetAside(
            "undecodable", "no encoding fits the file", "convert it to UTF-8 and read it again"
        )
    return Decoded(text, encoding)


def _refuse_binary(data: bytes) -> None:
    head = data[:4096]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if data.startswith(_MAGIC) and (controls or not data.isascii()):
        raise SetAside("binary", "the file is not text", "convert it to text first")
    everywhere = len(data) - len(data.translate(None, _CONTROLS))
    if controls > 0.1 * len(head) + 4 or everywhere > 0.05 * len(data) + 4:
        raise SetAside("binary", "the file is not text", "convert it to text first")


def _unmarked_utf16(data: bytes) -> str | None:
    """`utf-16-le` or `-be` where the zero bytes of ASCII characters stand on one side only."""
    head = data[: min(len(data), 8192) // 2 * 2]
    low, high = head[0::2].count(0), head[1::2].count(0)
    least = max(2, len(head) // 40)
    encoding = None
    if high >= least and low <= high // 50:
        encoding = "utf-16-le"
    elif low >= least and high <= low // 50:
        encoding = "utf-16-be"
    if encoding is None or len(data) < 8:
        return None
    try:
        text = head.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return None
    odd = sum(1 for c in text if not (c.isprintable() or c in "\t\r\n\ufeff"))
    return encoding if odd <= 0.02 * len(text) else None


def _encoding(data: bytes, *, markup: bool) -> str:
    if _is_utf8(data):
        return "utf-8"
    if markup:
        declared = _declared(data[:8192])
        if declared and declared != "utf-8" and _fits(data, declared):
            return declared
    if _mostly_utf8(data):
        return "utf-8-variants" if _has_surrogates(data) else "utf-8"
    return _detected(data)


def _declared(head: bytes) -> str | None:
    found = _DECLARED.search(head)
    if found is None:
        return None
    return _known((found.group(1) or found.group(2)).decode("ascii", "replace"))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _known(label: str) -> str | None:
    """The encoding that a page or a server means by `label`; None where it means none of use."""
    try:
        name = codecs.lookup(label.strip().lower()).name
    except (LookupError, ValueError):
        return None
    if name in _NEVER:
        return None
    return _WIDER.get(name, name)


def _fits(data: bytes, encoding: str) -> bool:
    """Whether at most one character in a hundred is not of `encoding`; False for no text codec."""
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, UnicodeError, ValueError):
        return False
    return isinstance(text, str) and text.count("\ufffd") <= len(text) // 100 + 1


_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_SURROGATE = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def _has_surrogates(data: bytes) -> bool:
    return _SURROGATE.search(data) is not None or b"\xc0\x80" in data


def _mostly_utf8(data: bytes) -> bool:
    """Whether well-formed sequences outnumber stray bytes two to one."""
    rest = _MULTIBYTE.sub(b"", data)
    good = (len(data) - len(rest)) / 2
    stray = len(rest) - len(rest.translate(None, bytes(range(128, 256))))
    return good >= 2 * stray and good > 0


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, (first.start() if first else 0) - _SAMPLE // 4)
    best = from_bytes(data[start : start + _SAMPLE], cp_isolation=_CANDIDATES).best()
    if best is not None and _fits(data, best.encoding):
        return str(best.encoding)
    return "cp1252"
