"""Pages and their JSON twins: what they hold, how they page, what they make of odd questions."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests import fakes
from tests.workbench.desk.conftest import Served, serving
from tests.workbench.desk.reports import HOSTILE, PLAIN

import sayso
from sayso.records.findings import Act
from sayso.settings import Settings
from sayso.store.ledger_file import LedgerFile

LISTS = ("/documents", "/statements", "/claims", "/actors", "/disputes", "/judgements", "/queue")


@pytest.fixture(scope="module")
def asking(still: Served) -> Iterator[httpx.Client]:
    """A client that asks for JSON."""
    with still.client(headers={"accept": "application/json"}) as client:
        yield client


def _addresses(client: Any) -> list[str]:
    """Every page of the ledger, records included."""
    found = ["/", *LISTS]
    for page, name in (("/documents", "documents"), ("/actors", "actors")):
        found += [f"{page}/{one['id']}" for one in client.get(page).json()[name]]
    found += [f"/disputes/{one['id']}" for one in client.get("/disputes").json()["disputes"]]
    return found


def test_every_page_has_a_twin_that_says_the_same(asking: httpx.Client) -> None:
    addresses = _addresses(asking)
    assert sum(a.startswith("/documents/") for a in addresses) == len(PLAIN) + len(HOSTILE)
    assert any(a.startswith("/disputes/") for a in addresses), "300 or 900 fighters in Velm"
    for address in addresses:
        twin = asking.get(address)
        page = asking.get(address, headers={"accept": "text/html"})
        assert (twin.status_code, page.status_code) == (200, 200), address
        assert isinstance(twin.json(), dict)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert not [name for name in twin.json() if name.startswith("_")]
        for one in twin.json().get("findings", []):
            assert one["id"] in page.text


def test_spans_are_code_points_of_the_text(asking: httpx.Client) -> None:
    checked = 0
    for line in asking.get("/documents").json()["documents"]:
        pane = asking.get(f"/documents/{line['id']}").json()
        text = pane["document"]["text"]
        for statement in pane["statements"]:
            for words in statement["contents"]:
                assert text[words["start"] : words["end"]] == words["quote"]
                checked += any(ord(c) > 0xFFFF for c in text[: words["start"]])
        for claim in pane["claims"]:
            assert text[claim["start"] : claim["end"]] == claim["quote"]
    assert checked >= 3, "statements behind an emoji"


def test_the_description_names_every_address_and_no_other(still: Served) -> None:
    from starlette.routing import Route

    from sayso.workbench.app import create_app

    app = create_app(str(still.path), token="x", host="127.0.0.1", port=1)
    routes = {
        (route.path, method.lower())
        for route in app.routes
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    with still.client() as client:
        described = client.get("/openapi.json").json()
    named = {(path, method) for path, item in described["paths"].items() for method in item}
    assert named == routes
    for path, item in described["paths"].items():
        for operation in item.values():
            in_path = [p["name"] for p in operation.get("parameters", []) if p["in"] == "path"]
            assert in_path == re.findall(r"{(\w+)}", path)


def test_every_filter_that_is_described_narrows_what_is_found(asking: httpx.Client) -> None:
    whole = {f["id"] for f in _all(asking, "/statements", "findings")}
    assert len(whole) > 40
    for query in (
        {"q": "bridge"},
        {"q": '"winter road"'},
        {"q": "engin*"},
        {"holder": "Ilka Brand"},
        {"about": "Karsk Front"},
        {"act": "denies"},
        {"outlet": "javascript:window.harmed=1"},
        {"since": "2031-03-20"},
        {"until": "2031-03-03"},
        {"confidence": "0.9"},
        {"review": "confirmed"},
    ):
        some = {f["id"] for f in asking.get("/statements", params=query).json()["findings"]}
        assert some < whole, query
        assert some or "confirmed" in query.values() or "0.9" in query.values(), query


ODD = (
    "",
    " ",
    "0",
    "-1",
    "1e999",
    "nan",
    "inf",
    "²",
    "٣",
    "99999999999999999999999",
    "9223372036854775808",
    "\x00",
    "\ufffe",
    "é\u0301" * 50,
    '"',
    '""',
    '"a" OR',
    "a NEAR b",
    "content:x",
    "*",
    "**",
    "^a",
    "(",
    "a AND (b",
    "'; DROP TABLE statements; --",
    "%",
    "_" * 40,
    "<script>window.harmed=1</script>",
    "../../etc/passwd",
    "2031-13-45",
    "2031-02",
    "0000",
    "x" * 20_000,
    "a " * 5_000,
    "😀",
    "\u202e",
)
PAGES_OF = {
    "q": ("/statements", "/documents", "/actors", "/statements.atom"),
    "holder": ("/statements",),
    "about": ("/statements", "/disputes"),
    "kind": ("/claims",),
    "act": ("/statements",),
    "place": ("/claims",),
    "outlet": ("/claims",),
    "since": ("/statements",),
    "until": ("/claims",),
    "confidence": ("/statements",),
    "review": ("/statements",),
    "after": ("/statements", "/documents"),
    "verdict": ("/disputes",),
    "on": ("/judgements",),
    "year": ("/timeline",),
    "view": ("/map",),
    "pick": ("/brief", "/brief.md"),
    "order": ("/queue",),
    "nonsense": ("/", "/network"),
}


@pytest.mark.parametrize("field", PAGES_OF)
def test_odd_questions_are_answered_or_refused(asking: httpx.Client, field: str) -> None:
    for page in PAGES_OF[field]:
        for value in ODD:
            got = asking.get(page, params={field: value})
            assert got.status_code in (200, 400), (page, field, value)


@pytest.mark.parametrize("field", PAGES_OF)
def test_what_was_asked_comes_back_as_text(asking: httpx.Client, field: str) -> None:
    attack = "\"'><script>window.harmed=1</script>"
    for page in PAGES_OF[field]:
        got = asking.get(page, params={field: attack}, headers={"accept": "text/html"})
        assert got.status_code in (200, 400)
        assert "<script>window" not in got.text


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("/statements", "confidence=sure"),
        ("/statements", "confidence=nan"),
        ("/statements", "confidence=2"),
        ("/statements", "review=perhaps"),
        ("/statements", "kind=estimate"),
        ("/claims", "kind=direct"),
        ("/statements", "act=sings"),
        ("/statements", "after=²"),
        ("/documents", "after=-1"),
        ("/disputes", "verdict=guilty"),
        ("/statements", "since=yesterday"),
        ("/statements", 'q="'),
    ],
)
def test_a_filter_that_means_nothing_is_not_silently_left_out(
    asking: httpx.Client, page: str, query: str
) -> None:
    got = asking.get(f"{page}?{query}")
    assert got.status_code == 400
    assert got.json()["error"]


@pytest.mark.parametrize(
    "id", ["x", "nobody", "%00", "%ff%fe", "..", "a" * 5000, "%F0%9F%98%80%F0%9F%98%80" * 9, "a/b"]
)
def test_ids_of_nothing_are_not_found(asking: httpx.Client, id: str) -> None:
    for page in ("documents", "findings", "actors", "disputes"):
        for form in ("application/json", "text/html"):
            got = asking.get(f"/{page}/{id}", headers={"accept": form}, follow_redirects=True)
            assert got.status_code in (200, 404)
            assert got.status_code == 404 or id == ".."


def test_a_record_of_another_kind_is_not_found(asking: httpx.Client) -> None:
    statement = asking.get("/statements").json()["findings"][0]["id"]
    document = asking.get("/documents").json()["documents"][0]["id"]
    for address in (
        f"/documents/{statement}",
        f"/actors/{document}",
        f"/findings/{document}",
        f"/disputes/{statement}",
    ):
        assert asking.get(address).status_code == 404


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.dictionaries(st.sampled_from(sorted(PAGES_OF)), st.text(max_size=30), max_size=4))
def test_no_question_at_all_breaks_a_list(asking: httpx.Client, query: dict[str, str]) -> None:
    known = {k: v.encode("utf-8", "replace").decode() for k, v in query.items()}
    for page in ("/statements", "/claims", "/documents"):
        assert asking.get(page, params=known).status_code in (200, 400)


def _fill(path: Path, first: int, count: int) -> None:
    reader = fakes.FakeReader(Settings())
    file = LedgerFile(str(path))
    for number in range(first, first + count):
        text = f'Report {number}\n"Line {number} of the ford," said Mira Sol.\n'
        file.add(reader.read(fakes.raw(text, f"many/{number:05}.txt")), "fake")
    file.close()


@pytest.mark.parametrize(
    ("page", "name"), [("/statements", "findings"), ("/documents", "documents")]
)
def test_pages_do_not_shift_while_the_ledger_is_written_to(
    path: Path, page: str, name: str
) -> None:
    _fill(path, 0, 130)
    with serving(path) as served, served.client(headers={"accept": "application/json"}) as client:
        before = [f["id"] for f in _all(client, page, name)]
        query: dict[str, str] = {}
        seen: list[str] = []
        written = 1000
        while True:
            got = client.get(page, params=query).json()
            seen += [one["id"] for one in got[name]]
            _fill(path, written, 7)
            written += 7
            if not got["next"]:
                break
            query = got["next"]
        assert seen == before
        assert len(seen) == len(set(seen)) > 130
        assert len(_all(client, page, name)) > len(before), "the new ones are on the first page"


def _all(client: Any, page: str, name: str) -> list[dict[str, Any]]:
    query: dict[str, str] | None = {}
    found: list[dict[str, Any]] = []
    while query is not None:
        got = client.get(page, params=query).json()
        found += got[name]
        query = got["next"]
    return found


def test_readers_are_not_blocked_by_a_writer_and_see_what_it_wrote(path: Path) -> None:
    with serving(path) as served, served.client(headers={"accept": "application/json"}) as client:
        before = client.get("/live").json()
        file = LedgerFile(str(path))
        try:
            with file.writing():
                reading = fakes.FakeReader(Settings()).read(
                    fakes.raw('New\n"The ford is closed," said Ilka Brand.\n', "new.txt")
                )
                file.db.execute("UPDATE meta SET value = value")
                for page in ("/", *LISTS):
                    assert client.get(page, timeout=3).status_code == 200
                assert client.get("/live").json() == before
            file.add(reading, "fake")
        finally:
            file.close()
        assert client.get("/live").json() != before
        assert client.get("/statements").json()["findings"][0]["content"] == "The ford is closed"


def test_the_feed_is_well_formed_whatever_is_in_it(asking: httpx.Client) -> None:
    got = asking.get("/statements.atom", params={"q": "attacked"})
    root = etree.fromstring(got.content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert len(entries) > 10
    for entry in entries:
        assert entry.find(f"{atom}link").get("href").startswith(str(asking.base_url))
        assert len(entry.find(f"{atom}updated").text) == len("2031-03-01T00:00:00Z")
        assert not entry.findall(".//{http://www.w3.org/1999/xhtml}*")
    assert len({entry.find(f"{atom}id").text for entry in entries}) == len(entries)


# Judgements


def _statement(client: Any, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/statements", params=query).json()["findings"][0]
    return found


def test_a_decision_is_noted_shown_filtered_by_and_taken_back(client: Any) -> None:
    one = _statement(client, q="bridge", act="denies")
    made = client.post("/judgements", json={"on": one["id"], "decision": "confirm", "by": "Ada"})
    assert made.status_code == 201
    assert [f["id"] for f in client.get("/statements?review=confirmed").json()["findings"]] == [
        one["id"]
    ]
    assert client.get("/").json()["counts"]["reviewed"] == 1
    queued = client.get("/queue").json()["findings"]
    assert one["id"] not in [f["id"] for f in queued]
    assert client.post(f"/judgements/{made.json()['id']}/withdraw").status_code == 200
    assert client.get("/statements?review=confirmed").json()["findings"] == []
    (log,) = client.get("/judgements").json()["judgements"]
    assert log["withdrawn"]
    assert log["by"] == "Ada"


def test_two_people_may_differ(client: Any) -> None:
    one = _statement(client, q="bridge", act="denies")
    for by, decision in (("Ada", "confirm"), ("Ben", "reject")):
        body = {"on": one["id"], "decision": decision, "by": by}
        assert client.post("/judgements", json=body).status_code == 201
    pane = client.get(f"/documents/{one['document']}").json()
    (card,) = [s for s in pane["statements"] if s["id"] == one["id"]]
    assert card["review"]["decision"] == "reject"
    assert card["review"]["differing"] == ["Ada"]


def test_what_cannot_be_judged_is_refused_and_leaves_no_trace(client: Any) -> None:
    one = _statement(client)
    actor = client.get("/actors").json()["actors"][0]["id"]
    text = client.get(f"/documents/{one['document']}").json()["document"]["text"]
    bad: list[tuple[Any, set[int]]] = [
        ({}, {400}),
        ([], {400}),
        ("x", {400}),
        ({"on": one["id"]}, {400}),
        ({"on": one["id"], "decision": "praise"}, {400}),
        ({"on": one["id"], "decision": "confirm", "more": 1}, {400}),
        ({"on": one["id"], "decision": "confirm", "value": {"x": [1]}}, {400}),
        ({"on": "nobody-at-all", "decision": "confirm"}, {404}),
        ({"on": "", "decision": "confirm"}, {404}),
        ({"on": one["id"], "decision": "correct"}, {400}),
        ({"on": one["id"], "decision": "same", "value": {"other": actor}}, {400}),
        ({"on": actor, "decision": "same", "value": {"other": actor}}, {400}),
        ({"on": actor, "decision": "same", "value": {"other": "nobody-at-all"}}, {404}),
        ({"on": actor, "decision": "same", "value": {"other": one["id"]}}, {400}),
        ({"on": actor, "decision": "grade", "value": {"source": "Z"}}, {400}),
        ({"on": actor, "decision": "grade", "value": {"information": "²"}}, {400}),
        ({"on": actor, "decision": "correct", "value": {"start": 0, "end": 3}}, {400}),
        *(
            ({"on": one["id"], "decision": "correct", "value": {"start": a, "end": b}}, {400})
            for a, b in (
                (-1, 3),
                (3, 3),
                (4, 3),
                (0, len(text) + 1),
                (None, 3),
                ("0", "3"),
                (0, 10**30),
                (True, 3),
            )
        ),
    ]
    for body, statuses in bad:
        got = client.post("/judgements", json=body)
        assert got.status_code in statuses, (body, got.text)
        assert got.json()["error"]
    for raw in (b"", b"{", b"\xff", b'{"on": "\\ud800", "decision": "confirm"}', b"[" * 9_000):
        assert client.post("/judgements", content=raw).status_code == 400
    assert client.post("/judgements", content=b" " * 30_000).status_code == 413
    assert client.post("/judgements/nobody-at-all/withdraw").status_code == 404
    assert client.post(f"/judgements/{one['id']}/withdraw").status_code == 404
    assert client.get("/judgements").json()["judgements"] == []


def test_an_added_statement_keeps_its_code_points(client: Any) -> None:
    (line,) = [
        d
        for d in client.get("/documents").json()["documents"]
        if d["title"] and "on the pass" in d["title"]
    ]
    text = client.get(f"/documents/{line['id']}").json()["document"]["text"]
    for wanted in (
        "👩‍👩‍👧‍👦 Families 🚶🏽‍♀️",
        "مرحبا بكم",
        "cafe\u0301 at",
        "𝒱elm is n\u0303ot",
        "לכל הבאים",
    ):
        start = text.index(wanted)
        body = {
            "on": line["id"],
            "decision": "correct",
            "value": {"start": start, "end": start + len(wanted), "act": "asserts"},
        }
        made = client.post("/judgements", json=body).json()
        added = client.get(f"/documents/{line['id']}").json()["added"]
        assert [a["quote"] for a in added if a["judgement"] == made["id"]] == [wanted]


def test_judgements_outlive_the_server_and_an_export(
    client: Any, path: Path, tmp_path: Path
) -> None:
    one = _statement(client)
    client.post("/judgements", json={"on": one["id"], "decision": "reject", "because": "=1+1"})
    with sayso.open(path) as ledger:
        ledger.export(tmp_path / "out.jsonl")
    with sayso.open(tmp_path / "again.sayso") as ledger:
        ledger.load(tmp_path / "out.jsonl")
        assert [j.on for j in ledger.judgements()] == [one["id"]]


def test_hostile_names_in_judgements_stay_text(client: Any, served: Served) -> None:
    one = _statement(client)
    actor = client.get("/actors").json()["actors"][0]["id"]
    attack = "\"><script>window.harmed=1</script>' onx=1 "
    client.post(
        "/judgements",
        json={"on": one["id"], "decision": "reject", "by": attack, "because": attack},
    )
    grade = {"on": actor, "decision": "grade", "value": {"source": "B"}, "by": attack}
    assert client.post("/judgements", json=grade).status_code == 201
    correct = {
        "on": one["id"],
        "decision": "correct",
        "value": {"holder_name": attack, "act": attack, attack: attack},
    }
    client.post("/judgements", json=correct)
    with served.client() as pages:
        for page in ("/judgements", f"/documents/{one['document']}", f"/actors/{actor}"):
            html = pages.get(page).text
            assert "<script>window" not in html
            assert "&lt;script&gt;" in html


def test_an_empty_ledger_has_pages_too(tmp_path: Path) -> None:
    sayso.open(tmp_path / "empty.sayso").close()
    with serving(tmp_path / "empty.sayso") as served, served.client() as client:
        for page in ("/", *LISTS, "/statements.atom"):
            assert client.get(page).status_code == 200


def test_a_ledger_that_went_away_is_said_to_be_away(path: Path) -> None:
    with serving(path) as served, served.client() as client:
        assert client.get("/").status_code == 200
        shutil.move(path, path.with_suffix(".away"))
        for page in ("/", "/statements"):
            got = client.get(page)
            assert got.status_code == 503
            assert "no such ledger" in got.text
        assert not path.exists(), "a question makes no ledger"


def test_every_act_can_be_asked_for(asking: httpx.Client) -> None:
    for act in get_args(Act):
        assert asking.get("/statements", params={"act": act}).status_code == 200
