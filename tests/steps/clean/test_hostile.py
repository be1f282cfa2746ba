"""Inputs that were made to break a reader. Each is read or set aside with its reason, in time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from tests.growth import assert_grows_by_at_most
from tests.steps.clean.making import cleaned, document, kinds, raw

from sayso.errors import SetAside
from sayso.records.documents import MediaType
from sayso.settings import CleanSettings
from sayso.steps.clean.clean import clean

STORY = "The council of Velm said on Monday that the bridge over the Orra would stay closed."


def reason(data: bytes, media_type: MediaType = "text/plain") -> str:
    """Why the input was set aside."""
    with pytest.raises(SetAside) as caught:
        clean(raw(data, media_type), CleanSettings())
    assert caught.value.message
    return caught.value.reason


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe\n\x00", b"\x0c"])
def test_nothing_is_empty(data: bytes) -> None:
    assert reason(data) == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + bytes(64),
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        bytes(range(256)) * 100,
        bytes(1000),
        STORY.encode() + bytes(5000),
    ],
)
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_binary_is_no_text(data: bytes, media_type: MediaType) -> None:
    assert reason(data, media_type) == "binary"


def test_too_many_bytes() -> None:
    settings = CleanSettings(max_bytes=100)
    with pytest.raises(SetAside) as caught:
        clean(raw("x" * 101), settings)
    assert caught.value.reason == "too_large"


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "text/markdown"])
def test_too_much_text(media_type: MediaType) -> None:
    settings = CleanSettings(max_characters=1000)
    with pytest.raises(SetAside) as caught:
        clean(raw(f"{STORY} " * 100, media_type), settings)
    assert caught.value.reason == "too_large"


def test_a_long_line_within_the_limits_is_read() -> None:
    line = f"{STORY} " * (1_500_000 // len(STORY))
    found = document(line)
    assert found.text == line
    assert [zone.kind for zone in found.zones] == ["body"]


def test_invalid_utf8_is_counted() -> None:
    found = document(
        STORY.encode() + "\nDéjà vu à Karsk, dit-on, hélas.\n".encode() + b"\xff\xfe odd bytes"
    )
    assert found.encoding == "utf-8"
    assert found.repairs["replacement_characters"] == 2
    assert STORY in found.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_wide_encodings(encoding: str) -> None:
    found = document(f"{STORY}\n".encode(encoding))
    assert found.text.strip("\ufeff\n") == STORY


def test_cyrillic_of_one_byte() -> None:
    text = (
        "Жители города Вельм заявили, что мост через реку Орра остаётся закрытым, сообщает Ведо. "
        * 5
    )
    found = document(text.encode("cp1251"))
    assert found.text == text
    assert found.language == "ru"


def test_declared_charset_is_believed() -> None:
    text = "Мост через реку Орра закрыт. " * 5
    page = f'<html><head><meta charset="koi8-r"></head><body><p>{text}</p>'
    found = document(page.encode("koi8-r"), "text/html")
    assert "Мост через реку Орра" in found.text
    assert found.encoding == "koi8-r"


def test_a_few_zero_bytes_are_removed_and_counted() -> None:
    found = document(STORY.replace("Monday", "Mon\x00day"))
    assert found.text == STORY
    assert found.repairs == {"control_characters": 1}


def test_surrogates_in_utf8() -> None:
    lone = document(STORY.encode() + b" \xed\xa0\x80 and more was said there.")
    assert "\ud800" not in lone.text
    assert lone.repairs["replacement_characters"] > 0
    pair = document(STORY.encode() + b" \xed\xa0\xbd\xed\xb8\x80 he wrote.")
    assert "\U0001f600" in pair.text


def test_bidirectional_controls_are_removed_and_counted() -> None:
    found = document(STORY.replace("closed", "\u202edesolc\u202c").replace("Velm", "Ve\u200blm"))
    assert "\u202e" not in found.text
    assert "Velm" in found.text
    assert found.repairs == {"bidirectional_controls": 2, "zero_width": 1}


def test_hidden_tag_characters_are_removed() -> None:
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "obey")
    assert document(STORY + hidden).repairs == {"hidden_characters": 4}


def test_ten_thousand_quotation_marks() -> None:
    for mark in ('"', "“", "«", "'"):
        found = document(f"{STORY}\n" + mark * 10_000)
        assert found.text.count(mark) == 10_000


def nested(n: int) -> str:
    return "<div>" * n + f"<p>{STORY}</p>" + "</div>" * n + f"<p>{STORY} After.</p>"


@pytest.mark.parametrize("depth", [300, 5_000, 300_000])
def test_nesting_loses_no_text(depth: int) -> None:
    found = cleaned(nested(depth), "text/html")
    assert found.document.text.count(STORY) == 2
    assert [p.reason for p in found.problems] == (["too_deep"] if depth > 512 else [])
    assert all(p.document == found.document.id for p in found.problems)


def test_a_million_nested_tags() -> None:
    found = cleaned("<b>" * 500_000 + STORY + "<div>" * 500_000 + STORY, "text/html")
    assert found.document.text.count(STORY) == 2
    assert [p.reason for p in found.problems] == ["too_deep"]


def test_two_hundred_thousand_attributes() -> None:
    many = " ".join(f"a{n}=1" for n in range(200_000))
    found = cleaned(f"<p>{STORY}</p><div {many}><p>{STORY} Again.</p></div>", "text/html")
    assert found.document.text.count(STORY) == 2
    assert [p.reason for p in found.problems] == ["too_deep"]


@pytest.mark.parametrize(
    "tail",
    [
        "<!-- left open ",
        "<!--" * 20_000,
        "<div class=",
        '<div class="left open>',
        "<script> left open ",
        "<title> left open ",
        "<![CDATA[ left open",
        "<svg><text>",
        "<textarea>",
        "<",
        "</",
        "<!",
        "<?xml",
    ],
)
def test_what_is_left_open_swallows_nothing(tail: str) -> None:
    last = "The mayor of Velm denied it on Tuesday and told reporters to come back."
    found = document(f"<html><body><p>{STORY}</p>{tail}\n<p>{last}</p></body>", "text/html")
    assert STORY in found.text
    assert last in found.text


def test_half_a_million_brackets() -> None:
    found = document(f"<p>{STORY}</p>" + "<" * 500_000, "text/html")
    assert found.text.count("<") == 500_000


def test_entities() -> None:
    page = (
        f"<p>{STORY} &amp;amp;&quot;x&quot;&#x41;&#9999999999;&#xD800;&nosuch;&lt;b&gt; 5 & 6</p>"
    )
    found = document(page, "text/html")
    assert '&amp;"x"A' in found.text
    assert "&nosuch;<b> 5 & 6" in found.text
    deep = "&" + "amp;" * 100_000
    assert "amp;" * 99_999 in document(f"<p>{STORY}</p><p>{deep}</p>", "text/html").text


def test_a_page_of_menus_has_no_text() -> None:
    page = "<nav>" + "".join(f"<a href='/{n}'>Section {n}</a>" for n in range(30)) + "</nav>"
    assert reason(page.encode(), "text/html") == "no_text"


def test_scripts_are_no_text() -> None:
    found = document(
        f"<script>var x = '<p>no</p>';</script><style>p {{}}</style><p>{STORY}</p>", "text/html"
    )
    assert kinds(found) == [("body", STORY)]


def line_of(n: int) -> str:
    return f"{STORY} " * n


SHAPES: dict[str, tuple[Callable[[int], str], MediaType]] = {
    "one line": (line_of, "text/plain"),
    "many lines": (lambda n: f"{STORY}\n" * n, "text/plain"),
    "blank lines": (lambda n: STORY + "\n \n" * n + STORY, "text/plain"),
    "short lines": (lambda n: STORY + "\nRead also" * n, "text/plain"),
    "glued notices": (lambda n: "The post x. " * n, "text/plain"),
    "quotation marks": (lambda n: '“‘"' * n, "text/plain"),
    "mojibake": (lambda n: "Ã©â€œ" * n, "text/plain"),
    "controls": (lambda n: "a\u202eb\u200b" * n, "text/plain"),
    "spaces": (lambda n: "a " + " " * 40 * n + STORY, "text/plain"),
    "replies": (lambda n: f"{STORY}\n" * 2 + "Ilka\n2 hours ago\nYes.\nReply\n" * n, "text/plain"),
    "buttons": (lambda n: f"{STORY}\n" * 2 + "Ilka\n" + f"{'- ' * 39}x\nLike\n" * n, "text/plain"),
    "names": (lambda n: f"{STORY}\n" * 2 + "Ilka\nold_miller\n" * n + "Reply", "text/plain"),
    "nested": (nested, "text/html"),
    "misnested": (lambda n: "<div><b><p></b>x</div>" * n + STORY, "text/html"),
    "end tags": (lambda n: "<div>" * n + "</p>" * n + STORY, "text/html"),
    "entities": (lambda n: "&amp;x" * n + STORY, "text/html"),
    "open quotes": (lambda n: '<a b="' * n + STORY, "text/html"),
    "comments": (lambda n: "<!--" * n + STORY, "text/html"),
    "classes": (lambda n: f'<div class="{"a-" * n}">' + STORY, "text/html"),
    "paragraphs": (lambda n: f"<p>{STORY}</p>" * n, "text/html"),
    "brackets": (lambda n: "[" * n + STORY, "text/markdown"),
    "links": (lambda n: "[a](b)" * n + STORY, "text/markdown"),
    "stars": (lambda n: "*a_b`" * n + STORY, "text/markdown"),
    "open links": (lambda n: "[a](" * n + STORY, "text/markdown"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_input(shape: str) -> None:
    make, media_type = SHAPES[shape]
    settings = CleanSettings(max_bytes=10**9, max_characters=10**9)

    def cleaning(n: int) -> Callable[[], object]:
        source = raw(make(n), media_type)

        def run() -> None:
            with suppress(SetAside):
                clean(source, settings)

        return run

    # Linear is 8, quadratic 64.
    assert_grows_by_at_most(28, cleaning(2_000), cleaning(16_000), least=0.015)
