from __future__ import annotations

import time
from datetime import timedelta
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SourcesError
from sayso.records.provenance import Problem
from sayso.steps.acquire.address_lists import read_list
from sayso.steps.acquire.globs import matches, wanted
from sayso.steps.acquire.sources import read_sources

GOOD = """
[fetch]
contact = "desk@tarvia.example"

[[source]]            # the paper
name = "Tarvia Gazette"
kind = "feed"
address = "https://tarvia.example/feed.xml"
every = "30m"
languages = ["en"]
exclude = ["*/sport/*"]
max_age = "7d"

[[ source ]]
name = "Karsk Radio"
kind = "site"
address = "https://karsk.example/"
"""


def test_a_watch_file() -> None:
    read = read_sources(GOOD, "sources.toml")
    gazette, radio = read.sources
    assert (gazette.every, gazette.max_age) == (timedelta(minutes=30), timedelta(days=7))
    assert (gazette.languages, gazette.exclude) == (("en",), ("*/sport/*",))
    assert (radio.every, radio.max_items, radio.max_age) == (timedelta(hours=1), 200, None)
    assert read.fetch.contact == "desk@tarvia.example"
    assert read.fetch.allowed_networks == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('every = "30m"', 'every = "often"', 9, "often"),
        ('every = "30m"', 'every = "10s"', 9, "5m"),
        ('kind = "site"', 'kind = "person"', 16, "person"),
        ('kind = "site"', "", 14, "kind"),
        ('address = "https://karsk.example/"', 'address = "ftp://karsk.example/"', 17, "http"),
        ('address = "https://karsk.example/"', 'address = "http://x:22/"', 17, "22"),
        ('max_age = "7d"', 'max_age = "7d"\nmaxitems = 3', 13, "maxitems"),
        ('max_age = "7d"', "max_age = 7", 12, "max_age"),
        ('max_age = "7d"', "max_items = 0", 12, "5000"),
        ('languages = ["en"]', 'languages = ["English"]', 10, "English"),
        ('name = "Karsk Radio"', 'name = "Tarvia Gazette"', 15, "two sources"),
        ('name = "Karsk Radio"', 'name = " "', 15, "name"),
        ("[fetch]", "[fetsch]", 2, "fetsch"),
        ("contact =", "kontact =", 3, "kontact"),
        ('contact = "desk@tarvia.example"', 'allowed_networks = ["x"]', 3, "allowed_networks"),
        ('contact = "desk@tarvia.example"', "seconds_between = -1", 3, "seconds_between"),
        ('name = "Karsk Radio"', "name = Karsk", 15, "TOML"),
    ],
)
def test_errors_name_their_line(old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    with pytest.raises(SourcesError) as caught:
        read_sources(GOOD.replace(old, new), "sources.toml")
    assert caught.value.line == line
    assert str(caught.value).startswith(f"sources.toml:{line}: ")
    assert says in str(caught.value)


def test_a_watch_file_without_sources() -> None:
    with pytest.raises(SourcesError, match="no"):
        read_sources("", "sources.toml")


@given(st.text(alphabet="ab*/?[", max_size=12), st.text(alphabet="ab/?[", max_size=20))
def test_globs_agree_with_fnmatch(pattern: str, text: str) -> None:
    plain = pattern.replace("[", "[[]").replace("?", "[?]")
    assert matches(pattern, text) == fnmatchcase(text, plain)


def test_globs_take_little_time() -> None:
    start = time.monotonic()
    assert not matches("*a" * 1_000 + "*b", "a" * 2_000)
    assert time.monotonic() - start < 1


def test_include_and_exclude() -> None:
    assert wanted("https://t.example/war/1", ["*/war/*"], [])
    assert not wanted("https://t.example/sport/1", ["*/war/*"], [])
    assert not wanted("https://t.example/war/sport/1", ["*/war/*"], ["*/sport/*"])
    assert wanted("https://t.example/x", [], ["*/sport/*"])


def test_a_list_of_addresses() -> None:
    text = (
        "\ufeff# ours\nhttps://tarvia.example/a # the first\n\nhttps://tarvia.example/b#part\n"
        "https://tarvia.example/a\nnot an address\nfile:///etc/passwd\n"
    )
    found = list(read_list(text, "list.txt"))
    assert [page.uri for page in found if not isinstance(page, Problem)] == [
        "https://tarvia.example/a",
        "https://tarvia.example/b",
    ]
    problems = [page for page in found if isinstance(page, Problem)]
    assert [problem.uri for problem in problems] == ["list.txt:6", "list.txt:7"]
