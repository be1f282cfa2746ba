"""The team's workbench in a real Chromium, and the door without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.workbench.serving import listening_app
from tests.workbench.team.conftest import WORDS

import sayso
from sayso.workbench.team.door import Door
from sayso.workbench.team.guards import Served, hosts_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from starlette.applications import Starlette

AXE = Path(__file__).parents[1] / "axe" / "axe.min.js"
NEW = "words of my very own"


@dataclass(frozen=True)
class Desk:
    address: str
    ledger: Path


@pytest.fixture
def desk(ledger: Path, door: Door) -> Iterator[Desk]:
    from sayso.workbench.app import create_team_app

    def make(port: int) -> Starlette:
        hosts = hosts_of(["127.0.0.1"], port=port, secure=False, proxied=False)
        return create_team_app(str(ledger), door=door, served=Served(hosts, port, secure=False))

    with listening_app(make) as host:
        yield Desk(f"http://{host}", ledger)


def _log_in(page: Page, name: str, password: str = WORDS) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def _said(page: Page, words: str) -> None:
    page.wait_for_function(
        "words => document.querySelector('.live').textContent.includes(words)", arg=words
    )


def test_one_logs_in_and_judges_under_the_own_name_and_logs_out(
    browser: Browser, desk: Desk
) -> None:
    context = browser.new_context(base_url=desk.address)
    page = context.new_page()
    page.set_default_timeout(20_000)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    with sayso.open(desk.ledger) as ledger:
        statement = next(iter(ledger.statements()))
    page.goto(f"/documents/{statement.document}")
    assert "/login?to=" in page.url
    _log_in(page, "Rev", "wrong")
    assert "wrong" in page.get_by_role("alert").inner_text()
    _log_in(page, "Rev")
    page.wait_for_url(f"**/documents/{statement.document}")
    page.locator(f"#f-{statement.id}").focus()
    page.keyboard.press("y")
    _said(page, "Confirmed.")
    page.goto("/judgements")
    assert "Rev" in page.locator("table.log tbody tr").first.inner_text()
    page.get_by_role("link", name="Rev", exact=True).click()
    assert "Your role is reviewer" in page.locator("main").inner_text()
    assert page.get_by_role("link", name="Look after all accounts").count() == 0
    cookies = {c["name"]: c for c in context.cookies()}
    assert all(c["httpOnly"] and c["sameSite"] == "Strict" for c in cookies.values())
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    page.goto("/judgements")
    assert "/login" in page.url
    page.go_back()
    assert page.locator("table.log").count() == 0, "nothing is left in the browser's store"
    with sayso.open(desk.ledger) as ledger:
        assert [j.by for j in ledger.judgements()] == ["Rev"]
    context.close()
    assert broken == []


def test_a_reader_is_told_why_a_key_does_nothing(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(base_url=desk.address)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto("/login?to=/statements")
    _log_in(page, "Lea")
    page.wait_for_url("**/statements")
    page.keyboard.press("j")
    page.keyboard.press("y")
    _said(page, "needs a reviewer")
    with sayso.open(desk.ledger) as ledger:
        assert list(ledger.judgements()) == []
    context.close()


def test_everything_about_accounts_works_without_a_script(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(base_url=desk.address, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto("/account")
    _log_in(page, "Ada")
    page.get_by_role("link", name="Look after all accounts").click()
    form = page.locator("form.filters")
    form.get_by_label("Name").fill("<b>\"Bela'")
    form.get_by_label("Role").select_option("reviewer")
    form.get_by_role("button", name="Add").click()
    made = page.locator(".made code").inner_text()
    row = page.locator("tr", has=page.get_by_role("rowheader", name="<b>\"Bela'"))
    row.get_by_role("combobox").select_option("reader")
    row.get_by_role("button", name="Set").click()
    assert row.locator("option[selected]").inner_text() == "reader"
    page.get_by_role("button", name="Log out").click()
    _log_in(page, "<b>\"Bela'", made)
    page.goto("/documents")
    assert page.url.endswith("/account")
    page.get_by_label("Present password").fill(made)
    for label in ("New password", "New password again"):
        page.get_by_label(label, exact=True).fill(NEW)
    page.get_by_role("button", name="Change it").click()
    assert "is changed" in page.get_by_role("status").inner_text()
    page.goto("/documents")
    assert page.url.endswith("/documents")
    page.get_by_role("button", name="Log out").click()
    _log_in(page, "Ada")
    page.goto("/accounts")
    row.get_by_role("button", name="Close").click()
    assert "closed" in row.inner_text()
    page.get_by_role("button", name="Log out").click()
    _log_in(page, "<b>\"Bela'", NEW)
    assert page.get_by_role("alert").count() == 1
    context.close()


def test_axe_finds_nothing_serious_at_the_door_and_behind_it(browser: Browser, desk: Desk) -> None:
    found: list[str] = []
    for scheme, width in (("light", 1280), ("dark", 390)):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            base_url=desk.address,
            color_scheme=scheme,  # type: ignore[arg-type]
            bypass_csp=True,
        )
        page = context.new_page()
        page.set_default_timeout(20_000)

        def look(page: Page, path: str, width: int) -> None:
            page.add_script_tag(path=AXE)
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert len(result["passes"]) > 10
            found.extend(
                f"{width} {path}: {v['id']} {n['target']} {n.get('failureSummary')}"
                for v in result["violations"]
                if v["impact"] in ("serious", "critical")
                for n in v["nodes"]
            )
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                found.append(f"{width} {path}: {wide} pixels too wide")

        page.goto("/login?to=/documents")
        look(page, "/login", width)
        _log_in(page, "Ada", "wrong")
        look(page, "/login, refused", width)
        page.goto("/login")
        _log_in(page, "Ada")
        for path in ("/account", "/accounts", "/"):
            page.goto(path)
            look(page, path, width)
        context.close()
    assert found == []
