from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from lxml import etree
from tests.workbench.conftest import TOKEN, add

import sayso
from sayso.workbench.guards import form_token

if TYPE_CHECKING:
    from starlette.testclient import TestClient

JSON = {"accept": "application/json"}
FORM = {"x-sayso-form": form_token(TOKEN)}
LISTS = ("/documents", "/statements", "/claims", "/actors", "/disputes", "/queue", "/judgements")


def _json(client: TestClient, path: str) -> Any:
    answer = client.get(path, headers=JSON)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _judge(client: TestClient, **body: Any) -> Any:
    answer = client.post("/judgements", json=body, headers=FORM)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.parametrize("path", ["/", *LISTS])
def test_every_page_has_a_twin(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert isinstance(_json(client, path), dict)


@pytest.mark.parametrize("path", ["/", *LISTS])
def test_an_empty_ledger_is_no_failure(tmp_path: Path, path: str) -> None:
    from starlette.testclient import TestClient

    from sayso.workbench.app import create_app

    sayso.open(tmp_path / "empty.sayso").close()
    app = create_app(str(tmp_path / "empty.sayso"), token=TOKEN, host="127.0.0.1", port=7171)
    client = TestClient(app, base_url="http://127.0.0.1:7171")
    assert client.get(f"/?token={TOKEN}").status_code == 200
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/statements", "/claims", "/documents"])
@pytest.mark.parametrize(
    "query",
    [
        {"after": "²"},
        {"after": "9" * 5_000},
        {"after": "-1"},
        {"q": "\0"},
        {"q": '"'},
        {"q": "*"},
        {"q": "AND OR NOT NEAR("},
        {"q": "a" * 5_000},
        {"q": "col:x ^y -z"},
        {"holder": "\0"},
        {"confidence": "nan"},
        {"confidence": "much"},
        {"since": "then"},
        {"kind": "'; DROP TABLE statements --"},
        {"review": "maybe"},
    ],
)
def test_odd_questions_are_answered_or_refused(
    client: TestClient, path: str, query: dict[str, str]
) -> None:
    assert client.get(f"{path}?{urlencode(query)}").status_code in (200, 400)


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/documents/x", "/findings/x", "/actors/x", "/disputes/x", "/documents/%00"],
)
def test_what_is_not_there_is_said(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=JSON)
    assert answer.status_code == 404
    assert answer.json()["error"]


def test_filters_and_review_states_narrow(client: TestClient) -> None:
    every = _json(client, "/statements")["findings"]
    assert {f["holder"] for f in every} >= {"Orlo Venn", "Karsk Front"}
    by_name = _json(client, "/statements?holder=Karsk+Front")["findings"]
    assert {f["holder"] for f in by_name} == {"Karsk Front"}
    words = _json(client, "/statements?q=hold*")["findings"]
    assert words
    assert all("hold" in f["content"].lower() for f in words)
    chosen = every[0]["id"]
    made = _judge(client, on=chosen, decision="reject")
    rejected = _json(client, "/statements?review=rejected")["findings"]
    assert [f["id"] for f in rejected] == [chosen]
    open_ones = _json(client, "/statements?review=open")["findings"]
    assert len(open_ones) == len(every) - 1
    assert chosen not in {f["id"] for f in _json(client, "/queue")["findings"]}
    answer = client.post(f"/judgements/{made['id']}/withdraw", headers=FORM)
    assert answer.status_code == 200
    assert _json(client, "/statements?review=rejected")["findings"] == []
    assert _json(client, "/judgements")["judgements"][0]["withdrawn"]


def test_a_cursor_holds_while_others_write(client: TestClient, ledger: Path) -> None:
    for number in range(6):
        said = " ".join(f'"Line {number} {n} stands," said Orlo Venn.' for n in range(10))
        add(ledger, f"Report {number}\n{said}\n", f"more/{number}.txt")
    before = {f["id"] for f in _pages(client)}
    first = _json(client, "/statements")
    add(ledger, 'Late\n"This came meanwhile," said Orlo Venn.\n', "late.txt")
    seen = [f["id"] for f in first["findings"]]
    seen += [f["id"] for f in _pages(client, first["next"]["after"])]
    assert len(seen) == len(set(seen)) > 60
    assert set(seen) == before


def _pages(client: TestClient, after: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = _json(client, f"/statements?after={after}" if after else "/statements")
        found += page["findings"]
        if page["next"] is None:
            return found
        after = page["next"]["after"]


def test_live_changes_with_every_write(client: TestClient, ledger: Path) -> None:
    seen = [_json(client, "/live")["version"]]
    assert _json(client, "/live")["version"] == seen[0]
    add(ledger, 'Late\n"This came meanwhile," said Orlo Venn.\n', "late.txt")
    seen.append(_json(client, "/live")["version"])
    chosen = _json(client, "/statements")["findings"][0]["id"]
    made = _judge(client, on=chosen, decision="confirm")
    seen.append(_json(client, "/live")["version"])
    client.post(f"/judgements/{made['id']}/withdraw", headers=FORM)
    seen.append(_json(client, "/live")["version"])
    assert len(set(seen)) == 4


def test_the_feed_is_atom_whatever_stands_in_the_text(client: TestClient, ledger: Path) -> None:
    add(ledger, 'Odd\n"An odd \x0b \ufffe ]]> sign," said Orlo Venn.\n', "odd.txt")
    answer = client.get("/statements.atom?holder=Orlo+Venn")
    assert answer.status_code == 200
    root = etree.fromstring(answer.content)
    names = {"a": "http://www.w3.org/2005/Atom"}
    for wanted in ("id", "title", "updated", "author/a:name"):
        assert root.find(f"a:{wanted}", names).text
    entries = root.findall("a:entry", names)
    assert len(entries) == len(_json(client, "/statements?holder=Orlo+Venn")["findings"])
    ids = [entry.find("a:id", names).text for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(entry.find("a:updated", names).text.endswith("Z") for entry in entries)


def test_the_description_names_what_is_there(client: TestClient) -> None:
    described = _json(client, "/openapi.json")
    served = {route.path for route in client.app.routes if hasattr(route, "methods")}  # type: ignore[attr-defined]
    assert set(described["paths"]) <= served
    assert served - set(described["paths"]) <= {"/statements.atom", "/openapi.json"}


def test_spans_of_the_twin_are_code_points(client: TestClient) -> None:
    for document in _json(client, "/documents")["documents"]:
        pane = _json(client, f"/documents/{document['id']}")
        text = pane["document"]["text"]
        for statement in pane["statements"]:
            for words in statement["contents"]:
                assert text[words["start"] : words["end"]] == words["quote"]


def test_a_judgement_follows_the_characters_it_is_about(client: TestClient, ledger: Path) -> None:
    """A later version of sayso may give the same finding another id."""
    with sayso.open(ledger) as opened:
        old = next(s for s in opened.statements() if "hold the" in s.content[0].quote)
        document = old.document
    _judge(client, on=old.id, decision="confirm")
    with sayso.open(ledger) as opened, opened._file.writing():
        opened._file.db.execute(
            "UPDATE statements SET id = 'fedcba98',"
            " record = json_set(record, '$.id', 'fedcba98') WHERE id = ?",
            (old.id,),
        )
    cards = {c["id"]: c for c in _json(client, f"/documents/{document}")["statements"]}
    assert old.id not in cards
    assert cards["fedcba98"]["review"]["decision"] == "confirm"
    assert [id for id, card in cards.items() if card["review"]] == ["fedcba98"]


def test_a_claim_says_in_the_pane_what_it_was_corrected_to(
    client: TestClient, ledger: Path
) -> None:
    with sayso.open(ledger) as opened:
        claim = next(iter(opened.claims(kind="estimate")))
    _judge(client, on=claim.id, decision="correct", value={"low": 7, "high": 7}, by="ines")
    pane = _json(client, f"/documents/{claim.document}")
    lines = [c for s in pane["statements"] for c in s["claims"]] + pane["claims"]
    (line,) = [c for c in lines if c["id"] == claim.id]
    assert line["what"].startswith("7 ")
    assert "corrected by ines" in line["reviewed"]
    assert "corrected by ines" in client.get(f"/documents/{claim.document}").text


def test_a_second_correction_keeps_the_first(client: TestClient, ledger: Path) -> None:
    with sayso.open(ledger) as opened:
        one = next(iter(opened.statements()))
    _judge(client, on=one.id, decision="correct", value={"act": "warns"})
    start = one.content[0].span.start
    made = _judge(client, on=one.id, decision="correct", value={"start": start, "end": start + 5})
    assert made["value"] == {"act": "warns", "start": start, "end": start + 5}


def test_an_actor_shows_what_was_said_and_its_review(client: TestClient, ledger: Path) -> None:
    with sayso.open(ledger) as opened:
        actor = next(e.id for e in opened.entities(name="Karsk Front"))
    before = _json(client, f"/actors/{actor}")
    assert before["said_count"] == len(before["said"]) > 0
    chosen = before["said"][0]["id"]
    _judge(client, on=chosen, decision="confirm")
    after = {line["id"]: line["review"] for line in _json(client, f"/actors/{actor}")["said"]}
    assert after.pop(chosen) == "confirm"
    assert set(after.values()) <= {None}
    assert "confirmed" in client.get(f"/actors/{actor}").text
