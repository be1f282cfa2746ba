"""Saved searches: kept, listed, opened, fed and dropped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from tests.workbench.desk.conftest import Served
from tests.workbench.desk.test_browser import Desk

_ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(served: Served, chromium: Any) -> Iterator[Desk]:
    desk = Desk(served, chromium, viewport={"width": 1280, "height": 900})
    yield desk
    desk.context.close()
    assert desk.errors == []


def test_a_search_is_saved_opened_and_dropped(desk: Desk) -> None:
    desk.go("/statements?q=bridge&act=denies")
    desk.press("s")
    desk.page.keyboard.type("Denials on the bridge")
    desk.press("Enter")
    desk.says("Saved.")
    link = desk.page.locator(".kept a").first
    assert link.inner_text() == "Denials on the bridge"
    assert link.get_attribute("aria-current") == "true"
    desk.go("/statements")
    (kept,) = desk.get("/statements")["searches"]
    desk.page.click("text=Denials on the bridge")
    desk.page.wait_for_url("**act=denies&q=bridge")
    assert desk.page.locator("main .finding").count() == len(
        desk.get("/statements?q=bridge&act=denies")["findings"]
    )
    desk.go(f"/searches/{kept['id']}")
    assert desk.page.url.endswith("/statements?act=denies&q=bridge")
    desk.go("/claims")
    assert desk.page.locator(".kept").count() == 0, "claims have searches of their own"
    desk.go("/statements")
    desk.forget()
    desk.page.click(".kept button")
    desk.says("Dropped.")
    desk.page.wait_for_selector(".kept", state="detached")
    assert desk.get("/statements")["searches"] == []


def test_each_search_is_a_feed(client: Any) -> None:
    for listed, query in (("statements", "q=bridge"), ("claims", "kind=estimate&q=fighters")):
        made = client.post(
            "/searches", json={"name": f"On {listed}", "listed": listed, "query": query}
        ).json()
        found = client.get(made["address"]).json()["findings"]
        assert found
        feed = client.get(made["feed"])
        assert feed.headers["content-type"].startswith("application/atom+xml")
        entries = etree.fromstring(feed.content).findall(f"{_ATOM}entry")
        assert [e.findtext(f"{_ATOM}id") for e in entries] == [
            f"urn:sayso:{f['id']}" for f in found
        ]
        assert all(e.findtext(f"{_ATOM}title") for e in entries)


def test_the_same_search_has_one_address_and_no_cursor(client: Any) -> None:
    given = {"name": "a\n b", "listed": "claims", "query": "q=x&after=7&kind=estimate&place="}
    made = client.post("/searches", json=given).json()
    assert (made["name"], made["address"]) == ("a b", "/claims?kind=estimate&q=x")


@pytest.mark.parametrize(
    "given",
    [
        {"name": " \u202e ", "listed": "claims", "query": ""},
        {"name": "x", "listed": "actors", "query": ""},
        {"name": "x", "listed": "claims", "query": "confidence=sure"},
        {"name": "x", "listed": "statements", "query": "review=maybe"},
        {"name": "x", "listed": "claims"},
        {"name": "x", "listed": "claims", "query": "", "by": "somebody else"},
        [],
    ],
)
def test_what_means_nothing_is_not_kept(client: Any, given: Any) -> None:
    assert client.post("/searches", json=given).status_code == 400
    assert client.get("/claims").json()["searches"] == []


def test_a_search_too_long_is_refused_and_a_hostile_one_is_text(client: Any) -> None:
    long = {"name": "x", "listed": "claims", "query": "q=" + "x" * 5_000}
    assert client.post("/searches", json=long).status_code == 413
    attack = '"><script>window.harmed=1</script>'
    made = client.post("/searches", json={"name": attack, "listed": "claims", "query": ""})
    assert made.status_code == 201
    page = client.get("/claims", headers={"accept": "text/html"}).text
    assert "<script>window" not in page


def test_another_page_cannot_save_or_drop(served: Served) -> None:
    with served.client() as client:  # without the token that our pages send along
        given = {"name": "x", "listed": "claims", "query": ""}
        assert client.post("/searches", json=given).status_code == 403
        assert client.post("/searches/x/withdraw").status_code == 403
