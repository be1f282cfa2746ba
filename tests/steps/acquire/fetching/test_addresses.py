from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SetAside
from sayso.steps.acquire.fetching.addresses import joined, refusal, web_address

LOCAL = """
127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254
100.64.0.1 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.1 224.0.0.1 240.0.0.1
255.255.255.255 192.88.99.1 ::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 ::8.8.8.8
64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1:: 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 fe80::1 fec0::1 fc00::1 fd12:3456::1 ff02::1 100::1
2001:db8::1 5f00::1 fe80::1%eth0 2001:2::1
""".split()
PUBLIC = (
    "8.8.8.8 93.184.216.34 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::".split()
)


@pytest.mark.parametrize("text", LOCAL)
def test_what_is_not_public_is_refused(text: str) -> None:
    assert refusal(ip_address(text)) is not None


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_public_is_not(text: str) -> None:
    assert refusal(ip_address(text)) is None


def test_only_the_networks_that_are_named_are_let_through() -> None:
    allowed = [ip_network("10.20.0.0/16")]
    assert refusal(ip_address("10.20.3.4"), allowed) is None
    assert refusal(ip_address("::ffff:10.20.3.4"), allowed) is None
    assert refusal(ip_address("10.21.3.4"), allowed) is not None
    assert refusal(ip_address("127.0.0.1"), allowed) is not None


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_what_it_stands_for(address: object) -> None:
    mapped = ip_address(f"::ffff:{address}")
    assert (refusal(mapped) is None) == (refusal(ip_address(str(address))) is None)


@pytest.mark.parametrize(
    ("uri", "normal"),
    [
        ("HTTP://Tarvia.Example", "http://tarvia.example/"),
        ("https://tarvia.example:443/a b".replace(" ", "%20"), "https://tarvia.example/a%20b"),
        ("https://tarvia.example./x#part", "https://tarvia.example/x"),
        ("https://bücher.example/ä?q=ö", "https://xn--bcher-kva.example/%C3%A4?q=%C3%B6"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://127。0。0。1/", "http://127.0.0.1/"),
        ("http://%31%32%37.0.0.1/", "http://127.0.0.1/"),
        ("https://tarvia.example/%2F?a=1&b=[2]", "https://tarvia.example/%2F?a=1&b=[2]"),
    ],
)
def test_addresses_have_one_form(uri: str, normal: str) -> None:
    assert str(web_address(uri)) == normal


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "file:///etc/passwd",
        "ftp://tarvia.example/",
        "gopher://127.0.0.1:80/_GET",
        "javascript:alert(1)",
        "http://",
        "http://user:secret@tarvia.example/",
        "http://tarvia.example@127.0.0.1/",
        "http://tarvia.example:22/",
        "http://tarvia.example:99999/",
        "http://tarvia.example:0x50/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://[::1/",
        "http://[v1.x]/",
        "http://tarvia.example\\@127.0.0.1/",
        "http://tarvia.example/\r\nHost: x",
        "http://tarvia .example/",
        "http://tar%00via.example/",
        "http://-x.example/",
        "http://" + "a" * 64 + ".example/",
        "http://tarvia.example/" + "a" * 3000,
    ],
)
def test_what_is_no_web_address_is_refused(uri: str) -> None:
    with pytest.raises(SetAside) as caught:
        web_address(uri)
    assert caught.value.reason in ("bad_address", "address_refused")


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_set_aside(text: str) -> None:
    for uri in (text, f"http://{text}", f"https://tarvia.example/{text}"):
        try:
            found = web_address(uri)
        except SetAside:
            continue
        assert str(found).isascii()
        assert not set(str(found)) & set(" \r\n\t\\")
        assert web_address(str(found)) == found


@given(st.text(max_size=60))
def test_joining_never_fails(text: str) -> None:
    assert isinstance(joined("https://tarvia.example/a/b", text), str)
