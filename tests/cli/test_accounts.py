from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import sayso
from sayso.cli.main import cli
from sayso.store.accounts import people
from sayso.store.accounts.file import accounts_path, opened

pytest.importorskip("argon2", reason="needs the extra 'workbench'")
from argon2 import PasswordHasher

uvicorn = pytest.importorskip("uvicorn", reason="needs the extra 'workbench'")

WORDS = "four words in a row"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "100")
    # A second for each hash is too long here; tests/workbench/team tries the real ones.
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("sayso.workbench.team.passwords.PasswordHasher", lambda: quick)
    path = str(tmp_path / "velm.sayso")
    with sayso.open(path):
        pass
    return path


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=given)


def add(ledger: str, name: str, role: str) -> Result:
    return run("accounts", "add", ledger, name, "--role", role, "--password-stdin", given=WORDS)


def test_accounts_from_the_first_to_the_last_line(ledger: str) -> None:
    made = add(ledger, "Ada", "admin")
    assert made.exit_code == 0, made.stderr
    assert WORDS not in made.output
    assert stat.S_IMODE(Path(accounts_path(ledger)).stat().st_mode) == 0o600
    assert add(ledger, "Bela", "reader").exit_code == 0
    assert run("accounts", "role", ledger, "bela", "reviewer").exit_code == 0
    changed = run(
        "accounts", "password", ledger, "Bela", "--password-stdin", given="other words in a row\n"
    )
    assert changed.exit_code == 0
    token = run("accounts", "token", ledger, "Bela", "--role", "reviewer", "--days", "1")
    assert len(token.stdout.strip()) >= 43
    assert token.stdout.strip().encode() not in Path(accounts_path(ledger)).read_bytes()
    assert run("accounts", "disable", ledger, "Bela").exit_code == 0
    assert run("accounts", "token", ledger, "Bela").exit_code == 1
    nobody = run("accounts", "disable", ledger, "Be\udc80la")
    assert nobody.exit_code == 1
    assert "no account of this name" in nobody.stderr
    listed = run("accounts", "list", ledger).stdout
    assert "Ada" in listed
    assert "closed" in listed
    assert run("accounts", "enable", ledger, "Bela").exit_code == 0
    assert "1 tokens" not in run("accounts", "token", ledger, "Bela", "--drop").stderr
    lines = run("accounts", "log", ledger).stdout
    for what in ("added", "role", "password", "token", "disabled", "enabled"):
        assert what in lines


@pytest.mark.parametrize(
    ("arguments", "given", "words"),
    [
        (("add", "Ada"), "short\n", "at least 15 characters"),
        (("add", "Ada"), "", "at least 15 characters"),
        (("add", "A\u202eda"), WORDS, "U+202E"),
        (("role", "Ada", "reader"), None, "no accounts yet"),
        (("list",), None, "sayso accounts add"),
        (("disable", "\udc80"), None, "no accounts yet"),
    ],
)
def test_what_cannot_be_done_is_said(
    ledger: str, arguments: tuple[str, ...], given: str | None, words: str
) -> None:
    command, *rest = arguments
    more = ["--password-stdin"] if command == "add" else []
    result = run("accounts", command, ledger, *rest, *more, given=given)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert not Path(accounts_path(ledger)).exists()


def test_no_password_is_asked_for_where_nobody_can_hide_it(ledger: str) -> None:
    result = run("accounts", "add", ledger, "Ada", given=f"{WORDS}\n{WORDS}\n")
    assert result.exit_code == 1
    assert "--password-stdin" in result.stderr


def test_a_password_on_a_terminal_is_not_shown(
    ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    answers = iter(["short", WORDS])

    def prompt(text: str, **how: Any) -> str:
        asked.append(how)
        return next(answers)

    monkeypatch.setattr("click.prompt", prompt)
    monkeypatch.setattr("sayso.cli.accounts._on_terminal", lambda: True)
    result = run("accounts", "add", ledger, "Ada", "--role", "admin")
    assert result.exit_code == 0, result.stderr
    assert "at least 15" in result.stderr
    assert all(how["hide_input"] and how["confirmation_prompt"] for how in asked)


def test_the_last_admin_cannot_be_closed(ledger: str) -> None:
    add(ledger, "Ada", "admin")
    for arguments in (("disable", ledger, "Ada"), ("role", ledger, "Ada", "reader")):
        result = run("accounts", *arguments)
        assert result.exit_code == 1
        assert "last admin" in result.stderr
    with opened(accounts_path(ledger)) as db:
        assert people.open_admins(db) == 1


@pytest.mark.parametrize(
    "command", ["add", "list", "role", "password", "disable", "enable", "token", "log"]
)
def test_each_command_teaches_by_an_example(command: str) -> None:
    result = run("accounts", command, "--help")
    assert result.exit_code == 0
    assert f"\n  sayso accounts {command} region.sayso" in result.stdout


# Serving


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--host", "0.0.0.0"), "serve with --team"),
        (("--host", "192.0.2.1"), "sayso accounts add"),
        (("--host", "::"), "serve with --team"),
        (("--host", "desk.example"), "serve with --team"),
        (("--host", "127.1"), "serve with --team"),
        (("--name", "desk.example"), "for --team"),
        (("--behind-tls",), "for --team"),
        (("--team",), "no accounts yet"),
        (("--team", "--host", "0.0.0.0", "--name", "desk.example"), "no accounts yet"),
        (("--team", "--host", "0.0.0.0"), "--name desk.example"),
        (("--team", "--host", "::"), "--name desk.example"),
        (("--team", "--host", "203.0.113.77", "--name", "x"), "address of this machine"),
        (("--team", "--host", "no such host"), "address of this machine"),
    ],
)
def test_it_listens_to_nobody_without_accounts(
    ledger: str, options: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: pytest.fail("it listens"))
    result = run("serve", ledger, "--port", "0", "--no-open", *options)
    assert result.exit_code == 1, result.output
    assert words in " ".join(result.stderr.split())


def test_it_listens_to_nobody_where_no_admin_is_left(
    ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: pytest.fail("it listens"))
    add(ledger, "Bela", "reader")
    result = run("serve", ledger, "--team", "--port", "0", "--no-open")
    assert result.exit_code == 1
    assert "--role admin" in result.stderr


def test_keys_and_proxies_do_not_go_together(ledger: str) -> None:
    add(ledger, "Ada", "admin")
    assert "go together" in run("serve", ledger, "--team", "--certificate", ledger).stderr
    both = ("--certificate", ledger, "--key", ledger, "--behind-tls")
    assert "leave out" in run("serve", ledger, "--team", *both).stderr


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the server would be started with."""
    found: list[Any] = []

    def start(self: Any, sockets: list[Any]) -> None:
        found.append((self.config, sockets[0].getsockname()))

    monkeypatch.setattr(uvicorn.Server, "run", start)
    return found


def test_what_a_proxy_says_is_believed_of_that_proxy_alone(ledger: str, heard: list[Any]) -> None:
    add(ledger, "Ada", "admin")
    plain = run("serve", ledger, "--team", "--port", "0")
    assert "http://" in plain.stderr
    run("serve", ledger, "--no-open", "--port", "0")
    proxied = ("--behind-tls", "--proxy", "192.0.2.9", "--name", "desk.example", "--port", "0")
    behind = run("serve", ledger, "--team", *proxied)
    assert "https://desk.example/" in behind.stderr
    assert [config.proxy_headers for config, _ in heard] == [False, False, True]
    assert heard[2][0].forwarded_allow_ips == "192.0.2.9"
    assert all(where[0] == "127.0.0.1" for _, where in heard)


def test_without_tls_it_warns(ledger: str, heard: list[Any]) -> None:
    add(ledger, "Ada", "admin")
    wide = ("--team", "--host", "0.0.0.0", "--name", "desk.example", "--port", "0")
    assert "Warning" in run("serve", ledger, *wide).stderr
    assert "Warning" not in run("serve", ledger, "--team", "--port", "0").stderr
    assert [where[0] for _, where in heard] == ["0.0.0.0", "127.0.0.1"]
