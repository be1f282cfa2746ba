"""The workbench in a real Chromium: every key, a correction made and undone, hostile texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests import fakes
from tests.workbench.conftest import TOKEN
from tests.workbench.desk.conftest import Served
from tests.workbench.desk.reports import ATTACKS

import sayso
from sayso.settings import Settings
from sayso.store.ledger_file import LedgerFile


class Desk:
    """A page of the workbench in a browser, and the same ledger over HTTP."""

    def __init__(self, served: Served, browser: Any, **look: Any) -> None:
        self.served = served
        self.context = browser.new_context(**look)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            lambda line: self.errors.append(line.text) if line.type == "error" else None,
        )
        self.page.on("dialog", lambda dialog: self.errors.append(dialog.message))
        self.page.goto(f"{served.base}/?token={TOKEN}")

    def go(self, path: str) -> None:
        """To a page of the workbench."""
        self.page.goto(self.served.base + path)

    def press(self, *keys: str) -> None:
        """Keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def says(self, words: str) -> None:
        """Waits until the page has said this."""
        self.page.wait_for_function(
            "words => document.querySelector('.live').textContent.startsWith(words)"
            " && !document.querySelector('.live').hidden",
            arg=words,
        )

    def forget(self) -> None:
        """So that the same words can be waited for again."""
        self.page.evaluate("() => { document.querySelector('.live').textContent = '' }")

    def chosen(self) -> str | None:
        """The finding that is chosen."""
        found = self.page.evaluate("() => document.querySelector('.finding.on')?.dataset.id")
        return None if found is None else str(found)

    def get(self, path: str) -> Any:
        """The JSON twin of a page."""
        with self.served.client(headers={"accept": "application/json"}) as client:
            return client.get(path).raise_for_status().json()

    def document(self, words: str) -> str:
        """The id of the document whose title holds these words."""
        (found,) = [d["id"] for d in self.get("/documents")["documents"] if words in d["title"]]
        return str(found)

    def text(self, document: str) -> str:
        """The text of a document."""
        return str(self.get(f"/documents/{document}")["document"]["text"])

    def mark(self, words: str) -> None:
        """Marks words of the text as a mouse does; they may lie in several elements."""
        assert self.page.evaluate(
            """words => {
                const walker = document.createTreeWalker(
                    document.querySelector(".text"), NodeFilter.SHOW_TEXT);
                const nodes = [];
                let whole = "";
                while (walker.nextNode()) {
                    if (walker.currentNode.parentElement.closest("summary")) continue;
                    nodes.push([walker.currentNode, whole.length]);
                    whole += walker.currentNode.data;
                }
                const start = whole.indexOf(words), end = start + words.length;
                if (start < 0) return false;
                const range = document.createRange();
                for (const [node, at] of nodes) {
                    if (at <= start && start < at + node.data.length)
                        range.setStart(node, start - at);
                    if (at < end && end <= at + node.data.length) range.setEnd(node, end - at);
                }
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return true;
            }""",
            words,
        )


@pytest.fixture
def desk(served: Served, chromium: Any) -> Iterator[Desk]:
    """A desk on a ledger of the test's own, which may not ask anything of elsewhere."""
    desk = Desk(served, chromium)
    yield desk
    desk.context.close()
    assert desk.errors == []
    assert not [url for url in desk.asked if not url.startswith(served.base)]


def test_the_keys_go_through_the_findings_and_open_them(desk: Desk) -> None:
    desk.go("/statements")
    ids = [f["id"] for f in desk.get("/statements")["findings"]]
    desk.press("j")
    assert desk.chosen() == ids[0]
    desk.press("j", "ArrowDown")
    assert desk.chosen() == ids[2]
    desk.press("k", "ArrowUp", "k", "k")
    assert desk.chosen() == ids[0]
    desk.press("j", "Enter")
    desk.page.wait_for_url("**/documents/*")
    assert desk.chosen() == ids[1], "it is chosen in its text too"
    desk.page.go_back()


def test_the_end_of_a_list_is_its_end(desk: Desk) -> None:
    desk.go("/actors")
    count = len(desk.get("/actors")["actors"])
    desk.press(*["j"] * (count + 5))
    place = "() => [...document.querySelectorAll('main .finding')].findIndex(f => f.matches('.on'))"
    assert desk.page.evaluate(place) == count - 1


def test_a_statement_is_confirmed_rejected_and_each_undone(desk: Desk) -> None:
    desk.go("/queue")
    desk.press("j")
    first = desk.chosen()
    desk.press("y")
    desk.says("Confirmed.")
    assert desk.get("/statements?review=confirmed")["findings"][0]["id"] == first
    second = desk.chosen()
    assert second is not None
    assert second != first
    desk.press("n")
    desk.says("Rejected.")
    assert desk.get("/statements?review=rejected")["findings"][0]["id"] == second
    desk.press("u")
    desk.says("Undone.")
    assert desk.get("/statements?review=rejected")["findings"] == []
    assert len(desk.get("/statements?review=confirmed")["findings"]) == 1
    desk.forget()
    desk.go("/statements")  # what was done is known on another page too
    desk.press("u")
    desk.says("Undone.")
    assert desk.get("/statements?review=confirmed")["findings"] == []
    desk.press("u")
    desk.says("Nothing to undo")
    assert [j["withdrawn"] is not None for j in desk.get("/judgements")["judgements"]] == [True] * 2


def test_keys_without_a_choice_say_what_to_do(desk: Desk) -> None:
    desk.go("/statements")
    for key in "yn":
        desk.press(key)
        desk.says("Choose a finding first")
        desk.forget()
    desk.press("e")
    desk.says("Choose a finding of this text first")
    desk.press("a")
    desk.says("Mark some text")
    assert desk.get("/judgements")["judgements"] == []


def test_help_search_and_escape(desk: Desk) -> None:
    desk.go("/statements")
    desk.press("?")
    desk.page.wait_for_selector("dialog.keys[open]")
    desk.press("j", "y")
    assert desk.chosen() is None, "no key works behind a dialog"
    desk.press("Escape")
    assert desk.page.query_selector("dialog.keys[open]") is None
    desk.press("/")
    focused = "() => document.activeElement.name"
    assert desk.page.evaluate(focused) == "q"
    desk.page.keyboard.type("jy?bridge")
    assert desk.page.input_value('input[name="q"]') == "jy?bridge"
    desk.press("Escape")
    assert desk.page.evaluate(focused) != "q"
    desk.press("j")
    assert desk.chosen() is not None


def test_keys_with_modifiers_are_left_to_the_browser(desk: Desk) -> None:
    desk.go("/queue")
    desk.press("j", "Control+y", "Alt+n", "Meta+u")
    assert desk.get("/judgements")["judgements"] == []


def test_arrows_scroll_a_page_without_findings(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 390, "height": 120})
    desk.go("/judgements")
    desk.press("ArrowDown", "ArrowDown")
    desk.page.wait_for_function("() => scrollY > 0")


def test_a_correction_by_buttons_is_made_and_undone(desk: Desk) -> None:
    document = desk.document("The Front in the hills")
    text = desk.text(document)
    desk.go(f"/documents/{document}")
    desk.press("j")
    card = desk.get(f"/documents/{document}")["statements"][0]
    desk.press("e")
    desk.page.wait_for_selector("dialog.correct[open]")
    quote = " ".join(text[card["contents"][0]["start"] : card["contents"][-1]["end"]].split())
    preview = "() => document.querySelector('.preview').textContent"
    assert " ".join(desk.page.evaluate(preview).split()) == quote
    desk.page.click("text=start →")
    desk.page.click("text=← end")
    assert desk.page.evaluate(preview).split() == quote.split()[1:-1]
    desk.page.click("text=end →")
    desk.page.click("text=← start")
    assert desk.page.evaluate(preview).split()[0] == quote.split()[0]
    desk.page.click("text=start →")
    desk.page.fill("input[name=because]", "the ends were off")
    desk.page.click("text=Save")
    desk.says("Corrected.")
    (made,) = desk.get("/judgements")["judgements"]
    words = text[made["value"]["start"] : made["value"]["end"]]
    assert words.split() == quote.split()[1:]
    assert made["because"] == "the ends were off"
    desk.page.wait_for_selector(".correction >> text=Corrected to")
    desk.press("u")
    desk.says("Undone.")
    desk.page.wait_for_selector(".correction", state="detached")


def test_a_correction_that_is_cancelled_changes_nothing(desk: Desk) -> None:
    desk.go(f"/documents/{desk.document('The Front in the hills')}")
    for leave in ("text=Cancel", "Escape", "Cancel by Enter"):
        desk.press("j", "e")
        desk.page.wait_for_selector("dialog.correct[open]")
        desk.page.click("text=start →")
        if leave == "Escape":
            desk.press("Escape")
        elif leave == "Cancel by Enter":
            desk.page.focus("button[value=cancel]")
            desk.press("Enter")
        else:
            desk.page.click(leave)
        assert desk.page.query_selector("dialog.correct[open]") is None
    assert desk.get("/judgements")["judgements"] == []


ODD_WORDS = (
    "👩‍👩‍👧‍👦 Families 🚶🏽‍♀️ crossed",
    "cafe\u0301 at the pass 🫖",
    "مرحبا بكم في الوادي",
    'the words "שלום לכל',
    "𝒱elm is n\u0303ot lost 🕊️",
)


def test_what_is_marked_is_what_is_stored(desk: Desk) -> None:
    """Emoji count two in JavaScript, combining marks one each; right to left changes nothing."""
    document = desk.document("on the pass")
    text = desk.text(document)
    for words in ODD_WORDS:
        desk.go(f"/documents/{document}")
        desk.mark(words)
        desk.press("a")
        desk.page.wait_for_selector("dialog.correct[open]")
        assert desk.page.text_content(".preview") == words
        desk.page.select_option("select[name=act]", "warns")
        desk.page.click("text=Save")
        desk.says("Added.")
        made = desk.get("/judgements")["judgements"][0]
        assert made["on"] == document
        assert made["value"]["act"] == "warns"
        assert text[made["value"]["start"] : made["value"]["end"]] == words
    added = desk.get(f"/documents/{document}")["added"]
    assert [a["quote"] for a in added] == list(ODD_WORDS)
    assert desk.page.locator("article.added").count() == len(ODD_WORDS)
    desk.page.locator("article.added button").first.click()
    desk.says("Withdrawn.")
    assert len(desk.get(f"/documents/{document}")["added"]) == len(ODD_WORDS) - 1


def test_a_marked_stretch_replaces_the_ends_of_a_finding(desk: Desk) -> None:
    document = desk.document("on the pass")
    desk.go(f"/documents/{document}")
    desk.press("j")
    desk.mark("🏔️ on")
    desk.press("e")
    desk.page.wait_for_selector("dialog.correct[open]")
    desk.page.fill("input[name=holder_words]", "ilka")
    desk.press("Enter")
    desk.page.click("text=Save")
    desk.says("Corrected.")
    (made,) = desk.get("/judgements")["judgements"]
    text = desk.text(document)
    assert text[made["value"]["start"] : made["value"]["end"]] == "🏔️ on"
    assert made["value"]["holder_name"] == "Ilka Brand"


def test_the_browser_counts_every_text_as_python_does(desk: Desk) -> None:
    count = """() => {
        const walker = document.createTreeWalker(
            document.querySelector(".text"), NodeFilter.SHOW_TEXT);
        let whole = "";
        while (walker.nextNode())
            if (!walker.currentNode.parentElement.closest("summary"))
                whole += walker.currentNode.data;
        return whole;
    }"""
    for line in desk.get("/documents")["documents"]:
        desk.go(f"/documents/{line['id']}")
        shown, text = desk.page.evaluate(count), desk.text(line["id"])
        assert len(shown) == len(text), line["uri"]
        differing = {b for a, b in zip(shown, text, strict=True) if a != b and a != "\ufffd"}
        assert differing <= {"\r"}, line["uri"]


def test_hostile_texts_run_nothing_and_ask_nothing(desk: Desk) -> None:
    lines = desk.get("/documents")["documents"]
    assert len(lines) >= len(ATTACKS)
    actors = desk.get("/actors")["actors"]
    pages = ["/", "/documents", "/statements", "/claims", "/actors", "/queue", "/disputes"]
    pages += [f"/documents/{line['id']}" for line in lines]
    pages += [f"/actors/{actor['id']}" for actor in actors[:3]]
    for page in pages:
        desk.go(page)
        assert desk.page.evaluate("() => window.harmed") is None
        foreign = desk.page.evaluate(
            """() => [...document.querySelectorAll(
                "main script, main style, main iframe, main img, main object, main embed,"
                + "main link, main base, main meta, main form:not([method=dialog]):not(.join)"
                + ":not(.filters):not(.keep),"
                + "[onload], [onerror], [onmouseover], a[href^='javascript']")]
                .map(e => e.outerHTML)"""
        )
        assert foreign == []


def test_a_script_that_got_in_would_not_run(desk: Desk) -> None:
    desk.go("/")
    desk.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.harmed = 1";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend",
                "<img src=x onerror='window.harmed=1'><iframe src='//evil.example'></iframe>");
        }"""
    )
    desk.page.wait_for_timeout(300)
    assert desk.page.evaluate("() => window.harmed") is None
    assert desk.errors, "the browser says that it was refused"
    desk.errors.clear()
    desk.asked[:] = [url for url in desk.asked if "evil.example" not in url]


def test_new_findings_appear_without_a_reload(desk: Desk) -> None:
    desk.go("/statements")
    desk.page.evaluate("() => { window.same = true }")
    desk.page.wait_for_timeout(500)  # the page has asked once how things stand
    file = LedgerFile(str(desk.served.path))
    text = 'Flood\n"The ford is under water," said Ilka Brand.\n'
    file.add(fakes.FakeReader(Settings()).read(fakes.raw(text, "flood.txt")), "fake")
    file.close()
    desk.page.wait_for_selector("text=The ford is under water", timeout=8_000)
    assert desk.page.evaluate("() => window.same"), "the page was not loaded anew"


def test_typing_is_not_disturbed_by_new_findings(desk: Desk) -> None:
    desk.go("/statements")
    desk.page.wait_for_timeout(500)
    desk.page.fill('input[name="holder"]', "half a na")
    with sayso.open(desk.served.path) as ledger:
        one = next(iter(ledger.statements()))
        ledger.judge(one.id, "confirm", by="Ada")
    desk.page.wait_for_timeout(4_000)
    assert desk.page.input_value('input[name="holder"]') == "half a na"


def test_the_whole_path_by_keyboard_alone(desk: Desk) -> None:
    """From the first page to a correction, without a mouse: Tab, letters and Enter only."""
    desk.go("/")
    desk.press("Tab")
    assert desk.page.evaluate("() => document.activeElement.className") == "skip"
    reached = set()
    for _ in range(12):
        desk.press("Tab")
        reached.add(desk.page.evaluate("() => document.activeElement.textContent.trim()"))
    assert {"Documents", "Statements", "Claims", "Actors", "Disputes", "Review"} <= reached
    desk.go("/queue")
    desk.press("j", "Enter")
    desk.page.wait_for_url("**/documents/*")
    desk.press("e")
    desk.page.wait_for_selector("dialog.correct[open]")
    for _ in range(12):
        if desk.page.evaluate("() => document.activeElement.value") == "save":
            break
        desk.press("Tab")
    desk.press("Enter")
    desk.says("Corrected.")
    assert len(desk.get("/judgements")["judgements"]) == 1
    assert desk.chosen() is not None, "one can go on from where one was"


def test_an_actor_is_graded_joined_and_parted(desk: Desk) -> None:
    actors = desk.get("/actors")["actors"]
    one, other = actors[0]["id"], actors[1]["id"]
    desk.go(f"/actors/{one}")
    desk.page.select_option("select[name=source]", "C")
    desk.page.click("text=Grade >> nth=-1")
    desk.says("Graded.")
    assert desk.get(f"/actors/{one}")["grades"][0]["source"] == "C"
    desk.page.click("details >> summary")
    desk.page.fill("input[name=other]", other)
    desk.page.click("button:has-text('Join')")
    desk.says("Joined.")
    assert len(desk.get(f"/actors/{one}")["members"]) == 2


def test_a_dead_server_leaves_the_page_as_it_is(desk: Desk) -> None:
    desk.go("/statements")
    desk.context.route("**/judgements", lambda route: route.abort())
    desk.press("j", "y")
    desk.page.wait_for_function("() => document.querySelector('.live').textContent")
    assert desk.page.locator("main .finding").count() > 5
    desk.context.unroute("**/judgements")
    desk.errors[:] = [e for e in desk.errors if "Failed to load" not in e]


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_its_window(still: Served, chromium: Any, width: int) -> None:
    desk = Desk(still, chromium, viewport={"width": width, "height": 900})
    try:
        pages = ["/", "/documents", "/statements", "/claims", "/actors", "/disputes", "/queue"]
        pages += ["/judgements", f"/documents/{desk.document('on the pass')}"]
        pages += [f"/actors/{desk.get('/actors')['actors'][0]['id']}"]
        pages += [f"/disputes/{desk.get('/disputes')['disputes'][0]['id']}"]
        for page in pages:
            desk.go(page)
            wide = desk.page.evaluate("() => document.documentElement.scrollWidth")
            assert wide <= width, page
    finally:
        desk.context.close()


def test_scripts_and_styles_are_small(still: Served) -> None:
    with httpx.Client(cookies={still.cookie: TOKEN}) as client:
        bytes_of_script = len(client.get(f"{still.base}/static/desk.js").content)
    assert bytes_of_script < 300_000
