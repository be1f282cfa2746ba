"""The workbench in a real Chromium: every key, corrections made and undone, axe on every page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.workbench.conftest import TOKEN, Served, add

import sayso
from sayso.records.judgements import Judgement

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

AXE = Path(__file__).parent / "axe" / "axe.min.js"
WIDTHS = (1280, 390)
PATHS = (
    "/",
    "/documents",
    "/statements",
    "/claims",
    "/actors",
    "/disputes",
    "/queue",
    "/queue?order=sample",
    "/judgements",
    "/reviews",
    "/timeline",
    "/map",
    "/map?view=world",
    "/network",
    "/brief",
)


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page that is let in; the test fails where a script of it does."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=served.address)
    found = context.new_page()
    found.set_default_timeout(15_000)
    broken: list[str] = []
    found.on("pageerror", lambda error: broken.append(str(error)))
    found.on("console", lambda m: broken.append(m.text) if m.type == "error" else None)
    found.goto(f"/?token={TOKEN}")
    yield found
    context.close()
    assert broken == []


def _judgements(served: Served) -> list[Judgement]:
    with sayso.open(served.ledger) as ledger:
        return list(ledger.judgements())


def _document(served: Served, title: str) -> tuple[str, str]:
    with sayso.open(served.ledger) as ledger:
        return next((d.id, d.text) for d in ledger.documents() if title in (d.title or ""))


def _texts(page: Page, selector: str) -> list[str]:
    return page.locator(selector).all_inner_texts()


def _said(page: Page, words: str) -> None:
    page.wait_for_function("w => document.querySelector('.live').textContent === w", arg=words)
    page.wait_for_load_state("networkidle")


SELECTED = "document.querySelector('main .finding.on')?.dataset.id ?? null"


def test_keys_walk_and_judge_and_undo(page: Page, served: Served) -> None:
    id, _ = _document(served, "Flags")
    page.goto(f"/documents/{id}")
    ids = page.eval_on_selector_all("main .finding", "all => all.map(one => one.dataset.id)")
    assert len(ids) >= 2
    page.keyboard.press("j")
    assert page.evaluate(SELECTED) == ids[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(SELECTED) == ids[1]
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(SELECTED) == ids[0]
    page.keyboard.press("y")
    _said(page, "Confirmed.")
    assert page.evaluate(SELECTED) == ids[0]
    page.keyboard.press("j")
    page.keyboard.press("n")
    _said(page, "Rejected.")
    assert [(j.on, j.decision) for j in _judgements(served)] == [
        (ids[0], "confirm"),
        (ids[1], "reject"),
    ]
    assert page.locator(f"#f-{ids[1]} .r-reject").count() == 1
    page.keyboard.press("u")
    _said(page, "Undone.")
    assert page.locator(f"#f-{ids[1]} .r-reject").count() == 0
    page.keyboard.press("u")
    page.locator("main .r-confirm").wait_for(state="detached")
    assert all(j.withdrawn for j in _judgements(served))
    page.keyboard.press("u")
    _said(page, "Nothing to undo in this session: see Judgements.")


def test_a_correction_is_made_and_undone(page: Page, served: Served) -> None:
    id, text = _document(served, "Flags")
    page.goto(f"/documents/{id}")
    with sayso.open(served.ledger) as ledger:
        statement = next(s for s in ledger.statements() if "hold the" in s.content[0].quote)
        other = next(e.id for e in ledger.entities(name="Orlo Venn"))
    span = statement.content[0].span
    page.locator(f"#f-{statement.id}").focus()
    page.keyboard.press("e")
    assert page.locator(".preview").inner_text() == statement.content[0].quote
    assert not page.locator("select[name=act]").is_visible()  # only an added one has an act
    page.get_by_role("button", name="start →").click()
    page.get_by_role("button", name="← end").click()
    page.locator("input[name=holder_words]").fill("orlo")
    page.keyboard.press("Enter")
    assert page.locator("input[name=holder_words]").input_value() == "Orlo Venn"
    page.locator("input[name=because]").fill("The first word is not theirs")
    page.get_by_role("button", name="Save").click()
    _said(page, "Corrected.")
    (made,) = _judgements(served)
    start, end = made.value["start"], made.value["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert span.start < start < end < span.end
    assert text[start:end] == "hold the n\u0303ame of Velm"
    assert made.value["holder"] == other
    assert made.because == "The first word is not theirs"
    shown = page.locator(f"#f-{statement.id} .correction").inner_text()
    assert "hold the n\u0303ame of Velm" in shown
    assert "Orlo Venn" in shown
    page.keyboard.press("u")
    _said(page, "Undone.")
    assert page.locator(".correction").count() == 0


def test_the_queue_goes_on_with_the_next(page: Page, served: Served) -> None:
    page.goto("/queue")
    ids = page.eval_on_selector_all("main .finding", "all => all.map(one => one.dataset.id)")
    page.keyboard.press("j")
    page.keyboard.press("y")
    _said(page, "Confirmed.")
    assert page.evaluate(SELECTED) == ids[1]
    page.keyboard.press("n")
    _said(page, "Rejected.")
    assert page.evaluate(SELECTED) == ids[2]
    assert [j.on for j in _judgements(served)] == ids[:2]


def test_walking_on_is_not_undone_by_a_judgement_that_arrives(page: Page, served: Served) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    id, _ = _document(served, "Flags")
    page.goto(f"/documents/{id}")
    ids = page.eval_on_selector_all("main .finding", "all => all.map(one => one.dataset.id)")
    page.keyboard.press("j")
    page.route("**/judgements", late)
    page.keyboard.press("y")
    page.keyboard.press("j")
    _said(page, "Confirmed.")
    assert page.evaluate(SELECTED) == ids[1]
    assert [j.on for j in _judgements(served)] == [ids[0]]


def test_escape_leaves_a_correction_unmade(page: Page, served: Served) -> None:
    id, _ = _document(served, "Flags")
    page.goto(f"/documents/{id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.get_by_role("button", name="start →").click()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_load_state("networkidle")
    assert _judgements(served) == []


MARK = """([start, end]) => {
  const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
  const range = document.createRange(); let at = 0;
  while (walker.nextNode()) {
    const points = [...walker.currentNode.data];
    const inside = (n) => points.slice(0, n - at).join('').length;
    if (at <= start && start < at + points.length) {
      range.setStart(walker.currentNode, inside(start));
    }
    if (at < end && end <= at + points.length) range.setEnd(walker.currentNode, inside(end));
    at += points.length;
  }
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


@pytest.mark.parametrize(
    "words", ["were there", "👩‍👩‍👧", "😀 نعم", "قالت المدينة", "n\u0303ame of Velm 🏳️‍🌈", "🇹🇷"]
)
def test_marked_text_is_added_with_its_code_points(page: Page, served: Served, words: str) -> None:
    id, text = _document(served, "Flags")
    page.goto(f"/documents/{id}")
    start = text.index(words)
    page.evaluate(MARK, [start, start + len(words)])
    page.keyboard.press("a")
    assert page.locator(".preview").text_content() == words
    page.locator("select[name=act]").select_option("denies")
    page.get_by_role("button", name="Save").click()
    _said(page, "Added.")
    (made,) = _judgements(served)
    assert made.on == id
    assert (made.value["start"], made.value["end"]) == (start, start + len(words))
    assert words in page.locator(".card.added blockquote").inner_text()
    page.locator(".card.added").get_by_role("button", name="Withdraw").click()
    _said(page, "Withdrawn.")
    assert page.locator(".card.added").count() == 0


def test_the_browser_holds_the_very_characters_of_every_text(page: Page, served: Served) -> None:
    with sayso.open(served.ledger) as ledger:
        documents = [(d.id, d.text) for d in ledger.documents()]
    for id, text in documents:
        page.goto(f"/documents/{id}")
        shown = page.evaluate(
            "() => { const t = document.querySelector('.text').cloneNode(true);"
            " t.querySelectorAll('summary').forEach(s => s.remove()); return t.textContent; }"
        )
        assert shown == text


def test_a_text_is_never_taken_for_a_page(page: Page, served: Served) -> None:
    id, _ = _document(served, "script")
    for path in (f"/documents/{id}", "/statements", "/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.owned") is None
        assert page.locator("main img").count() == 0
    page.goto(f"/documents/{id}")
    assert "{{ 7 * 7 }}" in page.locator(".text").inner_text()


def test_new_findings_come_without_a_reload(page: Page, served: Served) -> None:
    page.goto("/statements")
    page.evaluate("window.kept = 1")
    page.wait_for_timeout(500)
    add(served.ledger, 'Late\n"This came meanwhile," said Orlo Venn.\n', "late.txt")
    page.get_by_text("This came meanwhile").first.wait_for(timeout=10_000)
    assert page.evaluate("window.kept") == 1


def test_the_other_keys(page: Page, served: Served) -> None:
    page.goto("/statements")
    page.keyboard.press("?")
    assert page.locator("dialog.keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog.keys").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("hold ynu?")
    assert page.locator("input[name=q]").input_value() == "hold ynu?"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name ?? null") is None
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*")
    assert page.evaluate(SELECTED) is not None
    page.goto("/documents")
    page.keyboard.press("a")
    _said(page, "Mark some text of the report first.")
    assert _judgements(served) == []


def test_the_first_tab_leads_past_the_menu(page: Page) -> None:
    page.goto("/statements")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def _all_paths(served: Served) -> list[str]:
    id, _ = _document(served, "Flags")
    with sayso.open(served.ledger) as ledger:
        actor = next(e.id for e in ledger.entities(name="Orlo Venn"))
        disputes = [f"/disputes/{d.id}" for d in ledger.disputes()][:1]
        picks = ",".join(s.id for s in ledger.statements())
    brief = f"/brief?pick={picks}&picture=map&picture=timeline"
    return [*PATHS, f"/documents/{id}", f"/actors/{actor}", brief, *disputes]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(browser: Browser, served: Served, scheme: Any) -> None:
    with sayso.open(served.ledger) as ledger:
        ledger.match()
        first = next(iter(ledger.statements()))
        ledger.judge(first.id, "reject", by="Ada", because="Not said")
        assert first.holder is not None
        assert first.holder.entity is not None
        ledger.judge(first.holder.entity, "grade", by="Ada", value={"source": "B"})
    found: list[str] = []
    for width in WIDTHS:
        # axe is put in from outside of the page, whose own policy would refuse it.
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            base_url=served.address,
            color_scheme=scheme,
            bypass_csp=True,
        )
        page = context.new_page()
        page.goto(f"/?token={TOKEN}")
        for path in _all_paths(served):
            page.goto(path)
            page.keyboard.press("j")
            page.add_script_tag(path=AXE)
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert len(result["passes"]) > 10
            found += [
                f"{scheme} {width} {path}: {v['id']} {n['target']} {n.get('failureSummary')}"
                for v in result["violations"]
                if v["impact"] in ("serious", "critical")
                for n in v["nodes"]
            ]
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                found.append(f"{scheme} {width} {path}: {wide} pixels too wide")
        context.close()
    assert found == []


def test_nothing_is_loaded_from_elsewhere(page: Page, served: Served) -> None:
    asked: list[str] = []
    weight: dict[str, int] = {}
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "response",
        lambda r: weight.update({r.url: len(r.body())}) if r.url.endswith(".js") else None,
    )
    for path in _all_paths(served):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert all(url.startswith(f"{served.address}/") for url in asked)
    assert 0 < sum(weight.values()) < 300_000


def test_findings_go_into_the_brief_and_out_of_it(page: Page, served: Served) -> None:
    page.goto("/statements")
    page.keyboard.press("b")
    _said(page, "Choose a finding first: j or ↓.")
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("b")
        _said(page, "Put into the brief.")
    assert page.locator(".picked").count() == 2
    page.keyboard.press("b")
    _said(page, "Taken out of the brief.")
    page.keyboard.press("b")
    _said(page, "Put into the brief.")
    pressed = page.locator("button.pick[aria-pressed=true]")
    assert pressed.all_inner_texts() == ["In the brief"] * 2
    pressed.first.click()
    _said(page, "Taken out of the brief.")
    page.locator("button.pick[aria-pressed=false]").first.click()
    _said(page, "Put into the brief.")
    page.goto("/brief")
    page.wait_for_url("**/brief?pick=*")
    assert page.locator(".bar nav a[href^='/brief']").inner_text() == "Brief (2)"
    assert page.locator(".brief p").count() == 2
    page.locator("button[data-act=unpick]").first.click()
    page.locator(".brief p").first.wait_for()
    page.get_by_label("Title").fill("On <Velm>")
    page.get_by_role("button", name="Change").click()
    page.wait_for_url("**title=On*")
    assert page.locator("h1").inner_text() == "On <Velm>"
    page.locator("button[data-act=empty]").click()
    page.wait_for_url("**/brief")
    assert "Nothing was picked" in page.locator("main").inner_text()
