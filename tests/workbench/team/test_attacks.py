"""Each test is an attack on a workbench that a team uses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient
from tests.workbench.team.conftest import (
    AT,
    PEOPLE,
    PORT,
    QUICK,
    WORDS,
    Clock,
    Comer,
    Counting,
    application,
    log_in,
    token_in,
    token_of,
)

import sayso
from sayso.records.accounts import ROLES, may
from sayso.store.accounts import log, people, visits
from sayso.store.accounts.file import changing, opened
from sayso.workbench.team import access
from sayso.workbench.team.door import Door

if TYPE_CHECKING:
    from starlette.applications import Starlette

SESSION = f"sayso-{PORT}"


def _statement(ledger: Path) -> str:
    with sayso.open(ledger) as opened_:
        return next(iter(opened_.statements())).id


def _signed(ledger: Path) -> list[str]:
    with sayso.open(ledger) as opened_:
        return [one.by for one in opened_.judgements() if not one.withdrawn]


def _judge(client: TestClient, ledger: Path, **more: Any) -> Any:
    body = {"on": _statement(ledger), "decision": "confirm", **more}
    headers = {"x-sayso-form": token_of(client), "accept": "application/json"}
    return client.post("/judgements", json=body, headers=headers)


# Strangers


@pytest.mark.parametrize(
    "path", ["/", "/documents", "/live", "/openapi.json", "/accounts", "/account", "/nothing"]
)
def test_a_stranger_is_shown_the_door_and_nothing_else(come: Comer, path: str) -> None:
    answer = come().get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")
    twin = come().get(path, headers={"accept": "application/json"})
    assert twin.status_code == 401
    assert set(twin.json()) == {"error"}
    assert come().get(path, headers={"x-sayso-partial": "1"}).status_code == 401


def test_the_door_does_not_say_what_is_behind_it(come: Comer) -> None:
    stranger = come()
    pages = stranger.get("/login").text + stranger.get("/static/nothing").text
    assert "velm" not in pages.lower()
    assert "script" not in pages
    assert stranger.get("/static/desk.css").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../documents",
        "/static/%2e%2e/documents",
        "/static/..%2fdocuments",
        "//documents",
        "/login/../documents",
        "/login/%2e%2e/accounts",
        "/login/",
        "/LOGIN",
        "/static/../../app.py",
        "/static/\\..\\..\\app.py",
    ],
)
def test_no_path_leads_round_the_door(come: Comer, path: str) -> None:
    answer = come().get(path)
    assert answer.status_code in (303, 307, 404, 405)
    assert "finding" not in answer.text
    assert "create_team_app" not in answer.text
    posted = come().post(path, data={"name": "x"})
    assert posted.status_code in (307, 401, 403, 404, 405)


def test_another_host_name_is_refused(come: Comer) -> None:
    client = come("Ada")
    for host in ("evil.example:7171", "desk.example", "127.0.0.1:7171", "", "desk.example:80"):
        assert client.get("/", headers={"host": host}).status_code == 421
    forged = {"x-forwarded-host": f"desk.example:{PORT}", "host": "evil.example"}
    assert client.get("/", headers=forged).status_code == 421
    assert client.get("/", headers={"host": "DESK.example:7171"}).status_code == 200


# Sessions


def test_a_session_that_was_planted_is_worth_nothing(come: Comer, door: Door) -> None:
    client = come()
    planted = "A" * 43
    client.cookies.set(SESSION, planted)
    client.cookies.set(f"{SESSION}-login", planted)
    answer = log_in(client, "Rev")
    assert answer.status_code == 303
    given = answer.cookies[SESSION]
    assert given != planted
    assert len(given) >= 43  # 256 bits
    assert door.visitor(planted, active=True) is None
    assert door.visitor(given, active=True) is not None


def test_each_login_has_an_id_of_its_own(come: Comer, accounts: str) -> None:
    ids = {log_in(come(), "Rev").cookies[SESSION] for _ in range(3)}
    assert len(ids) == 3
    with opened(accounts) as db:
        kept = {row[0] for row in db.execute("SELECT hash FROM sessions")}
    assert kept == {visits.hashed(one) for one in ids}
    assert not ids & kept
    assert not any(one.encode() in Path(accounts).read_bytes() for one in ids)


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(ledger: Path, door: Door) -> None:
    for secure in (False, True):
        base = "https://desk.example" if secure else f"http://desk.example:{PORT}"
        app = application(ledger, door, secure=secure)
        client = TestClient(app, base_url=base, follow_redirects=False)
        answer = log_in(client, "Rev")
        lines = answer.headers.get_list("set-cookie")
        assert len(lines) == 3  # the session, the browser, and the end of what was before
        for line in lines:
            low = line.lower()
            assert "httponly" in low
            assert "samesite=strict" in low
            assert "path=/" in low
            assert "domain" not in low
            assert ("secure" in low) is secure
            assert line.startswith("__Host-sayso-") is secure


def test_over_tls_nothing_is_given_without_it(ledger: Path, door: Door) -> None:
    app = application(ledger, door, secure=True)
    plain = TestClient(app, base_url="http://desk.example", follow_redirects=False)
    assert plain.get("/login").status_code == 421
    assert plain.get("/login", headers={"x-forwarded-proto": "https"}).status_code == 421


def test_sessions_end_when_nobody_uses_them_and_in_any_case(come: Comer, clock: Clock) -> None:
    used, idle = come("Rev"), come("Lea")
    start = clock.now
    for _ in range(11):
        clock.now += 3600
        assert used.get("/").status_code == 200
    assert idle.get("/").status_code == 303
    clock.now = start + 12 * 3600 + 1
    assert used.get("/").status_code == 303


def test_a_page_that_asks_for_news_keeps_nobody_logged_in(come: Comer, clock: Clock) -> None:
    client = come("Rev")
    for _ in range(9):
        clock.now += 900
        client.get("/live")
        client.get("/documents", headers={"x-sayso-partial": "1"})
    assert client.get("/").status_code == 303


def test_who_is_disabled_is_out_at_once(come: Comer, accounts: str, ledger: Path) -> None:
    client = come("Rev")
    token = token_of(client)
    with changing(accounts) as db:
        people.disable(db, "rev", at=AT)
    assert client.get("/").status_code == 303
    body = {"on": _statement(ledger), "decision": "confirm"}
    answer = client.post("/judgements", json=body, headers={"x-sayso-form": token})
    assert answer.status_code == 401
    assert _signed(ledger) == []
    assert log_in(come(), "Rev").status_code == 401
    with changing(accounts) as db:
        people.enable(db, "Rev")
    assert client.get("/").status_code == 303, "the old session does not come back"


def test_a_password_that_changes_ends_all_sessions(come: Comer, accounts: str) -> None:
    here, there, other = come("Rev"), come("Rev"), come("Lea")
    before = here.cookies[SESSION]
    fields = {"old": WORDS, "new": "another four words", "again": "another four words"}
    answer = here.post("/account/password", data={**fields, "form": token_of(here)})
    assert answer.status_code == 303
    assert here.cookies[SESSION] != before
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303
    assert other.get("/").status_code == 200
    there.cookies.set(SESSION, before)
    assert there.get("/").status_code == 303
    assert log_in(come(), "Rev").status_code == 401
    assert log_in(come(), "Rev", "another four words").status_code == 303
    with changing(accounts) as db:
        people.set_password(db, "Lea", QUICK.hash("yet another four words"))
    assert other.get("/").status_code == 303


def test_an_account_that_closes_while_its_password_is_checked_stays_out(
    door: Door, accounts: str, passwords: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = passwords.fits

    def slow(hash: str | None, password: str) -> bool:
        right = whole(hash, password)
        with changing(accounts) as db:
            people.disable(db, "Rev", at=AT)
        return right

    monkeypatch.setattr(passwords, "fits", slow)
    refused = door.enter("Rev", WORDS, address="192.0.2.1", device="")
    assert type(refused).__name__ == "Refused"
    with opened(accounts) as db:
        assert db.execute("SELECT count(*) FROM sessions").fetchone() == (0,)
        assert next(log.latest(db, 1)).what == "stale"


def test_logging_out_ends_the_session_and_not_only_the_cookie(come: Comer) -> None:
    client = come("Rev")
    held = client.cookies[SESSION]
    assert client.get("/logout").status_code == 405  # a picture of another site could ask for it
    assert client.post("/logout", data={"form": token_of(client)}).status_code == 303
    assert SESSION not in client.cookies
    client.cookies.set(SESSION, held)
    assert client.get("/").status_code == 303


# Forged requests


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://desk.example"},
        {"origin": f"https://desk.example:{PORT}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_request_of_another_site_is_refused_although_it_has_the_token(
    come: Comer, ledger: Path, headers: dict[str, str]
) -> None:
    client = come("Rev")
    token = token_of(client)
    body = {"on": _statement(ledger), "decision": "confirm"}
    answer = client.post("/judgements", json=body, headers={"x-sayso-form": token, **headers})
    assert answer.status_code == 403
    assert client.post("/logout", data={"form": token}, headers=headers).status_code == 403
    assert client.get("/").status_code == 200
    assert _signed(ledger) == []
    own = {"x-sayso-form": token, "origin": f"http://desk.example:{PORT}"}
    assert client.post("/judgements", json=body, headers=own).status_code == 201


def test_the_form_token_is_bound_to_the_session(come: Comer, ledger: Path) -> None:
    one, other = come("Rev"), come("Ada")
    earlier = token_of(one)
    door_token = token_in(come().get("/login").text)
    body = {"on": _statement(ledger), "decision": "confirm"}
    for token in ("", "x", token_of(other), door_token, one.cookies[SESSION], "é" * 64):
        head = {b"x-sayso-form": token.encode()}
        assert one.post("/judgements", json=body, headers=head).status_code == 403
        assert one.post("/account/sessions", data={"form": token}).status_code == 403
    assert log_in(one, "Rev").status_code == 303
    head = {b"x-sayso-form": earlier.encode()}
    assert one.post("/judgements", json=body, headers=head).status_code == 403
    assert _signed(ledger) == []


def test_nobody_is_logged_in_as_somebody_else_by_a_forged_form(come: Comer) -> None:
    client = come()
    fields = {"name": "Lea", "password": WORDS}
    assert client.post("/login", data=fields).status_code == 403
    elsewhere = token_in(come().get("/login").text)
    assert client.post("/login", data={**fields, "form": elsewhere}).status_code == 403
    own = token_in(client.get("/login").text)
    evil = {"origin": "http://evil.example"}
    posted = client.post("/login", data={**fields, "form": own}, headers=evil)
    assert posted.status_code == 403
    assert SESSION not in client.cookies


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "/login",
        "evil",
        "/ /evil.example",
        "///evil.example",
    ],
)
def test_the_door_leads_nowhere_else(come: Comer, to: str) -> None:
    client = come()
    assert log_in(client, "Rev", to=to).headers["location"] == "/"
    assert "evil" not in come().get("/login", params={"to": to}).text


def test_the_door_leads_where_one_wanted_to_go(come: Comer) -> None:
    client = come()
    sent = client.get("/statements?q=a%26b&holder=Orlo")
    page = client.get(sent.headers["location"]).text
    assert "go on</a>" in page
    to = re.search(r'name="to" value="([^"]*)"', page)
    assert to is not None
    given = to[1].replace("&amp;", "&")
    assert log_in(client, "Rev", to=given).headers["location"] == given
    assert given == "/statements?q=a%26b&holder=Orlo"


# Roles


def _changing_routes(app: Starlette) -> list[tuple[str, str]]:
    found = []
    for route in app.routes:
        methods = getattr(route, "methods", None) or {"GET"}
        found += [(m, route.path) for m in sorted(methods - access.SAFE)]  # type: ignore[attr-defined]
    return found


def test_every_route_that_changes_something_names_its_role(ledger: Path, door: Door) -> None:
    """Who adds one must say in `team.access` who may use it."""
    found = _changing_routes(application(ledger, door))
    assert len(found) >= 10
    assert [one for one in found if one not in access.NEEDS] == []


def test_no_role_is_named_for_a_route_that_is_not_there(ledger: Path, door: Door) -> None:
    served = {
        (method, route.path)  # type: ignore[attr-defined]
        for route in application(ledger, door).routes
        for method in getattr(route, "methods", None) or {"GET"}
    }
    assert set(access.NEEDS) <= served
    assert {pattern for _, pattern in served} >= access.WITH_START_PASSWORD


def test_what_is_not_named_is_refused_to_everybody(
    ledger: Path, door: Door, come: Comer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(access.NEEDS, ("POST", "/judgements"))
    client = come("Ada")
    assert _judge(client, ledger).status_code == 403
    assert _signed(ledger) == []


def test_nobody_does_what_their_role_does_not_allow(ledger: Path, door: Door, come: Comer) -> None:
    """Every route that changes something, tried by everybody: the guards answer before the page."""
    app = application(ledger, door)
    clients = {name: come(name) for name in PEOPLE}
    tokens = {name: token_of(client) for name, client in clients.items()}
    stranger = come()
    for method, pattern in _changing_routes(app):
        need = access.NEEDS[method, pattern]
        path = pattern.replace("{id}", "3f2a91c0")
        if need == "stranger":
            continue
        assert stranger.request(method, path).status_code == 401, path
        for name, role in PEOPLE.items():
            if pattern == "/logout":
                continue
            head = {"x-sayso-form": tokens[name], "accept": "application/json"}
            answer = clients[name].request(method, path, headers=head, content=b"{}")
            refused = answer.status_code == 403 and "Ask an admin" in answer.text
            assert need in ROLES, path
            assert refused is not may(role, need), (path, name)
    for name, client in clients.items():
        assert client.get("/accounts").status_code == (200 if name == "Ada" else 403)


def test_a_reader_reads_and_takes_away_and_no_more(come: Comer, ledger: Path) -> None:
    client = come("Lea")
    pages = ("/", "/documents", "/statements", "/judgements", "/training/prodigy", "/openapi.json")
    for path in (*pages, f"/brief.md?pick={_statement(ledger)}"):
        assert client.get(path).status_code == 200, path
    answer = _judge(client, ledger)
    assert answer.status_code == 403
    assert "needs a reviewer" in answer.json()["error"]
    assert _signed(ledger) == []


def test_a_role_holds_from_the_next_request_on(come: Comer, accounts: str, ledger: Path) -> None:
    client = come("Rev")
    assert _judge(client, ledger).status_code == 201
    with changing(accounts) as db:
        people.set_role(db, "Rev", "reader")
    assert _judge(client, ledger).status_code == 403


def test_nobody_signs_for_another(come: Comer, ledger: Path) -> None:
    client = come("Rev")
    for by in ("Ada", "rev", "Rev\u200b"):
        assert _judge(client, ledger, by=by).status_code == 400
    assert _judge(client, ledger, by="Rev").status_code == 201
    assert _judge(client, ledger, decision="reject").status_code == 201
    headers = {"x-sayso-form": token_of(client), "x-remote-user": "Ada", "remote-user": "Ada"}
    body = {"on": _statement(ledger), "decision": "confirm", "because": "by Ada"}
    assert client.post("/judgements", json=body, headers=headers).status_code == 201
    assert _signed(ledger) == ["Rev", "Rev", "Rev"]


def test_one_takes_back_ones_own_and_an_admin_any(come: Comer, ledger: Path, accounts: str) -> None:
    with changing(accounts) as db:
        people.add(db, "Bela", "reviewer", QUICK.hash(WORDS), at=AT)
    rev, bela, ada = come("Rev"), come("Bela"), come("Ada")
    first, second = (_judge(rev, ledger, decision=d).json()["id"] for d in ("confirm", "reject"))

    def take_back(client: TestClient, id: str) -> int:
        head = {"x-sayso-form": token_of(client)}
        return client.post(f"/judgements/{id}/withdraw", headers=head).status_code

    assert take_back(bela, first) == 403
    assert len(_signed(ledger)) == 2
    assert take_back(rev, first) == 200
    assert take_back(ada, second) == 200
    assert _signed(ledger) == []


# Guessing


def test_guessing_is_slowed_and_nobody_is_told_why(
    come: Comer, clock: Clock, passwords: Counting, accounts: str
) -> None:
    client = come()
    answers = [log_in(client, "Rev", f"wrong {n}") for n in range(8)]
    assert [a.status_code for a in answers] == [401] * 6 + [429] * 2
    assert passwords.verified == 6
    assert answers[-1].headers["retry-after"] == "1"
    assert log_in(client, "Rev").status_code == 429, "not even the right one is looked at"
    assert passwords.verified == 6
    clock.now += 1.1
    assert log_in(client, "Rev", "wrong").status_code == 401
    clock.now += 1.1
    assert log_in(client, "Rev", "wrong").status_code == 429
    clock.now += 1.0
    assert log_in(client, "Rev").status_code == 303
    with opened(accounts) as db:
        lines = [(n.what, n.name) for n in log.latest(db, 20)]
    assert lines.count(("failed", "Rev")) == 7
    assert lines.count(("slowed", "Rev")) == 2, "one line for each wait"
    assert lines[0] == ("login", "Rev")


def test_many_tries_at_once_count_as_many(door: Door, passwords: Counting) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(16) as pool:
        list(
            pool.map(
                lambda n: door.enter("Rev", f"wrong {n}", address=f"192.0.2.{n}", device=""),
                range(60),
            )
        )
    assert passwords.verified == 6


def test_many_names_from_one_address_are_slowed(come: Comer, passwords: Counting) -> None:
    client = come()
    answers = [log_in(client, f"nobody {n}").status_code for n in range(25)]
    assert answers == [401] * 21 + [429] * 4
    assert passwords.verified == 21
    assert log_in(come(address="198.51.100.7"), "Rev").status_code == 303


def test_a_stranger_locks_nobody_out(come: Comer, clock: Clock) -> None:
    """Someone tries at an account for a day, from many addresses, at every moment it is free."""
    owner = come("Rev")
    owner.cookies.delete(SESSION)
    for n in range(200):
        stranger = come(address=f"198.51.{n % 250}.7")
        log_in(stranger, "Rev", f"wrong {n}")
        clock.now += 61
    stranger = come(address="203.0.113.9")
    assert log_in(stranger, "Rev", "wrong").status_code in (401, 429)
    assert log_in(owner, "Rev").status_code == 303, "from a browser that is known"
    late = come(address="203.0.113.10")
    assert log_in(late, "Rev").status_code == 429
    clock.now += 60.1
    assert log_in(late, "Rev").status_code == 303, "from a new one, after a minute at most"


def test_a_browser_that_is_known_is_slowed_by_itself(come: Comer, clock: Clock) -> None:
    thief = come("Lea")
    thief.cookies.delete(SESSION)
    answers = [log_in(thief, "Lea", f"wrong {n}").status_code for n in range(8)]
    assert answers == [401] * 6 + [429] * 2
    assert log_in(come(), "Lea").status_code == 303, "that is the thief's trouble alone"
    # It is known to one account: at another it is a stranger's.
    for n in range(6):
        log_in(thief, "Rev", f"wrong {n}")
    assert log_in(come(address="198.51.100.1"), "Rev").status_code == 429


def test_an_unknown_name_costs_as_much_and_says_the_same(
    come: Comer, passwords: Counting, accounts: str
) -> None:
    with changing(accounts) as db:
        people.add(db, "Gone", "reader", QUICK.hash(WORDS), at=AT)
        people.disable(db, "Gone", at=AT)
    seen = []
    for name, password in (
        ("Rev", "wrong"),
        ("Nobody", "wrong"),
        ("Gone", "wrong"),
        ("", "wrong"),
        ("x" * 5_000, "wrong"),
        ("\udc80", "wrong"),
        ("Gone", WORDS),
    ):
        before = passwords.verified
        answer = log_in(come(), name.encode("utf-8", "replace").decode(), password)
        assert passwords.verified == before + 1, name
        text = re.sub(r'value="[0-9a-f]{64}"', "", answer.text)
        seen.append((answer.status_code, text))
    assert len(set(seen)) == 1
    assert "name or the password is wrong" in seen[0][1]


def test_what_is_typed_into_the_wrong_field_is_not_logged(come: Comer, accounts: str) -> None:
    log_in(come(), WORDS, "Rev")
    with opened(accounts) as db:
        line = next(log.latest(db, 1))
    assert (line.what, line.name, line.address) == ("failed", None, "192.0.2.1")
    assert WORDS.encode() not in Path(accounts).read_bytes()


def test_too_many_at_the_door_are_sent_away(
    come: Comer, monkeypatch: pytest.MonkeyPatch, passwords: Counting
) -> None:
    monkeypatch.setattr("sayso.workbench.team.checking._WAITING", -2)
    assert log_in(come(), "Rev").status_code == 503
    assert passwords.verified == 0


# Hostile text


def test_an_account_may_be_called_anything_and_is_only_text(come: Comer, accounts: str) -> None:
    name = "<script>owned=1</script>\"'&{{7*7}}"
    admin = come("Ada")
    fields = {"name": name, "role": "admin", "form": token_of(admin)}
    made = admin.post("/accounts", data=fields)
    assert made.status_code == 200
    with changing(accounts) as db:
        people.set_password(db, name, QUICK.hash(WORDS))
    client = come(name)
    for path in ("/", "/account", "/accounts", "/judgements"):
        page = client.get(path).text
        assert "owned=1" in page or path == "/judgements"
        assert "<script>owned" not in page
        assert "49" not in re.sub(r'value="[^"]*"', "", page.partition("owned=1")[2][:40])


def test_what_a_form_says_wrong_is_told_and_changes_nothing(come: Comer, accounts: str) -> None:
    admin = come("Ada")
    token = token_of(admin)
    bad = [
        ("/accounts", {"name": "", "role": "reader"}),
        ("/accounts", {"name": "x" * 65, "role": "reader"}),
        ("/accounts", {"name": "ADA", "role": "reader"}),
        ("/accounts", {"name": "Ａda", "role": "reader"}),
        ("/accounts", {"name": "A\u202eda", "role": "reader"}),
        ("/accounts", {"name": "A\x00da", "role": "reader"}),
        ("/accounts", {"name": "Bela", "role": "owner"}),
        ("/accounts/role", {"name": "Nobody", "role": "reader"}),
        ("/accounts/role", {"name": "Ada", "role": "reader"}),
        ("/accounts/disable", {"name": "Ada"}),
        ("/accounts/enable", {"name": "<b>"}),
        ("/accounts/password", {}),
    ]
    for path, fields in bad:
        answer = admin.post(path, data={**fields, "form": token})
        assert answer.status_code == 400, (path, fields)
        assert 'role="alert"' in answer.text
        assert "<b>" not in answer.text.partition("<main")[2]
    with opened(accounts) as db:
        assert [(a.name, a.role, a.disabled) for a in people.everybody(db)] == [
            ("Ada", "admin", None),
            ("Lea", "reader", None),
            ("Rev", "reviewer", None),
        ]


@pytest.mark.parametrize(
    "body",
    [b"form=" + b"x" * 20_000, b"&" * 9_000, b"a=1&" * 2_000, b"%" * 500, b"\xff\xfe=1", b""],
)
def test_a_form_that_is_broken_is_refused(come: Comer, body: bytes) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    for client, path in ((come(), "/login"), (come("Ada"), "/accounts/disable")):
        assert client.post(path, content=body, headers=kind).status_code in (403, 413)


def test_a_form_does_not_pass_for_a_judgement(come: Comer, ledger: Path) -> None:
    client = come("Rev")
    answer = client.post("/judgements", data={"form": token_of(client), "on": _statement(ledger)})
    assert answer.status_code == 400
    assert _signed(ledger) == []


def test_every_answer_says_what_a_page_may_do(come: Comer) -> None:
    client = come("Ada")
    for path in ("/", "/login", "/accounts", "/static/desk.css", "/nothing"):
        for one in (client, come()):
            head = one.get(path).headers
            assert "default-src 'none'" in head["content-security-policy"]
            assert "unsafe" not in head["content-security-policy"]
            assert head["cache-control"] == "no-store"
            assert head["x-content-type-options"] == "nosniff"
    assert client.get("/", headers={"host": "x"}).headers["content-security-policy"]


# Passwords that were made for somebody


def test_a_made_password_opens_nothing_but_its_change(come: Comer, ledger: Path) -> None:
    admin = come("Ada")
    fields = {"name": "Bela", "role": "reviewer", "form": token_of(admin)}
    page = admin.post("/accounts", data=fields).text
    shown = re.search(r"<code>([a-z0-9-]{23})</code>", page)
    assert shown is not None
    assert shown[1] not in admin.get("/accounts").text, "it is shown once"
    bela = come()
    assert log_in(bela, "Bela", shown[1]).status_code == 303
    assert bela.get("/documents").headers["location"] == "/account"
    assert bela.get("/documents", headers={"accept": "application/json"}).status_code == 403
    assert _judge(bela, ledger).status_code == 403
    token = token_of(bela)
    same = {"old": shown[1], "new": shown[1], "again": shown[1], "form": token}
    assert bela.post("/account/password", data=same).status_code == 400
    short = {"old": shown[1], "new": "short", "again": "short", "form": token}
    assert bela.post("/account/password", data=short).status_code == 400
    wrong = {"old": "x", "new": "words of my own", "again": "words of my own", "form": token}
    assert bela.post("/account/password", data=wrong).status_code == 400
    assert bela.get("/documents").headers["location"] == "/account"
    right = {"old": shown[1], "new": "words of my own", "again": "words of my own", "form": token}
    assert bela.post("/account/password", data=right).status_code == 303
    assert bela.get("/documents").status_code == 200
    assert _judge(bela, ledger).status_code == 201
    assert _signed(ledger) == ["Bela"]


def test_the_present_password_cannot_be_guessed_from_an_open_session(
    come: Comer, passwords: Counting
) -> None:
    client = come("Rev")
    token = token_of(client)
    before = passwords.verified
    new = {"new": "words of a thief", "again": "words of a thief", "form": token}
    for n in range(12):
        client.post("/account/password", data={**new, "old": f"wrong {n}"})
    assert passwords.verified == before + 6


# Programs


def _token(accounts: str, name: str, role: Any, clock: Clock, seconds: int = 3600) -> str:
    secret = f"token-of-{name}-{role}"
    with changing(accounts) as db:
        now = int(clock())
        number = people.known(db, name).number
        visits.add_token(db, number, secret, role, now=now, ends=now + seconds)
    return secret


def test_a_program_acts_for_an_account_within_both_roles(
    come: Comer, accounts: str, ledger: Path, clock: Clock
) -> None:
    body = {"on": _statement(ledger), "decision": "confirm"}

    def judge(secret: str) -> int:
        head = {"authorization": f"Bearer {secret}"}
        assert come().get("/documents", headers=head).status_code == 200
        return come().post("/judgements", json=body, headers=head).status_code

    assert judge(_token(accounts, "Rev", "reader", clock)) == 403
    assert judge(_token(accounts, "Lea", "reviewer", clock)) == 403
    assert judge(_token(accounts, "Rev", "reviewer", clock)) == 201
    assert _signed(ledger) == ["Rev"]
    head = {"authorization": f"Bearer {_token(accounts, 'Ada', 'reviewer', clock)}"}
    assert come().get("/accounts", headers=head).status_code == 403, "never an admin's"


def test_tokens_end(come: Comer, accounts: str, clock: Clock) -> None:
    head = {"authorization": f"Bearer {_token(accounts, 'Rev', 'reader', clock)}"}
    assert come().get("/live", headers=head).status_code == 200
    clock.now += 3601
    assert come().get("/live", headers=head).status_code == 401
    again = {"authorization": f"Bearer {_token(accounts, 'Rev', 'reviewer', clock)}"}
    with changing(accounts) as db:
        people.disable(db, "Rev", at=AT)
        people.enable(db, "Rev")
    assert come().get("/live", headers=again).status_code == 401
    for given in ("", "x", "é"):
        head = {"authorization": f"Bearer {given}".encode()}  # type: ignore[dict-item]
        assert come().get("/live", headers=head).status_code == 401


def test_the_description_says_how_programs_come_in(come: Comer) -> None:
    described = come("Lea").get("/openapi.json").json()
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_a_session_does_not_help_a_wrong_token(come: Comer) -> None:
    client = come("Ada")
    assert client.get("/live", headers={"authorization": "Bearer x"}).status_code == 401
