from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from hypothesis import given
from hypothesis import strategies as st
from tests.workbench.team.conftest import QUICK, WORDS, Clock

from sayso.errors import AccountsError, SettingsError
from sayso.store.accounts import people
from sayso.store.accounts.file import changing, opened
from sayso.workbench.team.door import Door, Entered
from sayso.workbench.team.guards import hosts_of
from sayso.workbench.team.limits import ACCOUNT, ADDRESS, Limits, Pace, house_of
from sayso.workbench.team.passwords import LEAST, Passwords, check_new, made_password


def test_passwords_are_kept_by_argon2id_with_the_librarys_parameters() -> None:
    passwords = Passwords()
    kept = passwords.hash(WORDS)
    found = extract_parameters(kept)
    default = PasswordHasher()
    assert found.type is Type.ID
    assert (found.memory_cost, found.time_cost, found.parallelism) == (
        default.memory_cost,
        default.time_cost,
        default.parallelism,
    )
    # No less than OWASP asks for: 19 MiB and two passes.
    assert found.memory_cost >= 19 * 1024
    assert found.time_cost >= 2
    assert passwords.fits(kept, WORDS)
    assert not passwords.fits(kept, WORDS + " ")
    assert kept != passwords.hash(WORDS), "salted"
    assert not passwords.is_old(kept)


def test_a_hash_of_other_parameters_is_made_anew_and_the_session_goes_on(
    accounts: str, clock: Clock
) -> None:
    newer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    door = Door(accounts, passwords=Passwords(newer), clock=clock, pace=clock)
    entered = door.enter("Rev", WORDS, address="192.0.2.1", device="")
    assert isinstance(entered, Entered)
    assert door.visitor(entered.session, active=True) is not None
    with opened(accounts) as db:
        kept = people.known(db, "Rev")
    assert extract_parameters(kept.hash).memory_cost == 16
    assert isinstance(door.enter("rev ", WORDS, address="192.0.2.1", device=""), Entered)


@pytest.mark.parametrize("hash", ["", "x", "$argon2id$", "$2b$12$abc", "plain text of a password"])
def test_what_is_no_hash_lets_nobody_in(hash: str) -> None:
    passwords = Passwords(QUICK)
    assert not passwords.fits(hash, hash)
    assert not passwords.fits(None, WORDS)


def test_one_word_typed_on_two_keyboards_is_one_password() -> None:
    passwords = Passwords(QUICK)
    assert passwords.fits(passwords.hash("cafe\u0301 \ufb01sh and more"), "caf\u00e9 fish and more")


@pytest.mark.parametrize(
    ("password", "name"),
    [
        ("", "Ada"),
        ("x" * (LEAST - 1), "Ada"),
        ("a" * 30, "Ada"),
        ("abababababababababab", "Ada"),
        ("passwordpassword123456789", "Ada"),
        ("Correct" + "HorseBatteryStaple", "Ada"),
        ("Ada Lovelace 1815", "Ada Lovelace"),
        ("ADALOVELACEADALOVELACE1", "AdaLovelace"),
        ("qwertyuiopasdfghjkl", "Ada"),
        ("x" * 300, "Ada"),
    ],
)
def test_what_a_stranger_tries_first_may_not_be_chosen(password: str, name: str) -> None:
    with pytest.raises(AccountsError):
        check_new(password, name)


@pytest.mark.parametrize(
    "password",
    [
        "four words in a row",
        "lower case only",
        "все люди равны тут",
        "👩‍👩‍👧 sings on the roof",
        " " * 3 + "spaces count too",
    ],
)
def test_no_kind_of_character_is_asked_for(password: str) -> None:
    check_new(password, "Ada")


def test_made_passwords_may_be_chosen_and_are_never_the_same() -> None:
    made = {made_password() for _ in range(200)}
    assert len(made) == 200
    for one in made:
        check_new(one, "Ada")


@given(st.text(max_size=300), st.text(max_size=70))
def test_any_password_is_taken_or_refused_in_words(password: str, name: str) -> None:
    try:
        check_new(password, name)
    except AccountsError:
        return
    passwords = Passwords(QUICK)
    assert passwords.fits(passwords.hash(password), password)


def test_each_wait_is_twice_the_one_before_up_to_the_longest() -> None:
    clock = Clock()
    limits = Limits(clock)
    waits = []
    for _ in range(40):
        while (wait := limits.take([("account", "x", ACCOUNT)])).seconds > 0:
            waits.append(round(wait.seconds))
            clock.now += wait.seconds
    assert waits[:7] == [1, 2, 4, 8, 16, 32, 60]
    assert set(waits[6:]) == {60}
    assert len(waits) == 40 - ACCOUNT.free - 1
    clock.now += ACCOUNT.forgotten + 61
    for _ in range(ACCOUNT.free):
        assert limits.take([("account", "x", ACCOUNT)]).seconds == 0


def test_a_refused_try_makes_no_wait_longer() -> None:
    clock = Clock()
    limits = Limits(clock)
    key = ("account", "x", Pace(0, 60.0, 3600.0))
    assert limits.take([key]).seconds == 0
    first = limits.take([key])
    assert (first.seconds, first.new) == (1.0, True)
    for _ in range(1000):
        again = limits.take([key])
        assert (again.seconds, again.new) == (1.0, False)


def test_who_comes_in_with_their_own_account_does_not_clear_an_address() -> None:
    clock = Clock()
    limits = Limits(clock)
    address = ("address", "192.0.2.1", ADDRESS)
    tried = 0
    for n in range(2_000):
        own = [("account", "own", ACCOUNT), address]
        if limits.take(own).seconds == 0:
            limits.give_back(own)
        if limits.take([("account", f"other {n}", ACCOUNT), address]).seconds == 0:
            tried += 1
        clock.now += 1
    assert tried < 60


def test_names_made_up_by_the_thousand_do_not_push_out_the_one_that_is_tried_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sayso.workbench.team.limits._HELD", 500)
    limits = Limits(Clock())
    target = ("account", "Rev", ACCOUNT)
    for _ in range(6):
        assert limits.take([target]).seconds == 0
    for n in range(5_000):
        limits.take([("account", f"made up {n}", ACCOUNT)])
    assert limits.take([target]).seconds > 0
    assert len(limits._tries) <= 500


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("testclient", "testclient", True),
        ("", "192.0.2.1", False),
    ],
)
def test_an_ipv6_connection_is_one_address(one: str, other: str, same: bool) -> None:
    assert (house_of(one) == house_of(other)) is same


def test_the_door_says_where_its_file_went(door: Door) -> None:
    Path(door.path).unlink()
    with pytest.raises(AccountsError, match="there are no accounts yet"):
        door.enter("Rev", WORDS, address="", device="")


def test_a_file_that_others_may_read_is_not_used(door: Door) -> None:
    Path(door.path).chmod(0o640)
    with pytest.raises(AccountsError, match="chmod 600"):
        door.visitor("x", active=True)


def test_the_last_admin_stays(accounts: str) -> None:
    with pytest.raises(AccountsError, match="last admin"), changing(accounts) as db:
        people.disable(db, "Ada", at="")
    with pytest.raises(AccountsError, match="last admin"), changing(accounts) as db:
        people.set_role(db, "Ada", "reader")
    with changing(accounts) as db:
        people.set_role(db, "Rev", "admin")
        people.disable(db, "Ada", at="2031-01-01T00:00:00Z")
    with pytest.raises(AccountsError, match="last admin"), changing(accounts) as db:
        people.disable(db, "Rev", at="")


@pytest.mark.parametrize(
    ("name", "port", "secure", "proxied", "hosts"),
    [
        ("desk.example", 7171, False, False, {"desk.example:7171"}),
        ("desk.example", 80, False, False, {"desk.example", "desk.example:80"}),
        ("desk.example", 443, True, False, {"desk.example", "desk.example:443"}),
        ("Desk.Example", 7171, True, True, {"desk.example", "desk.example:443"}),
        ("desk.example:8443", 7171, True, True, {"desk.example:8443"}),
        ("192.0.2.7", 7171, False, False, {"192.0.2.7:7171"}),
        ("2001:db8::1", 7171, False, False, {"[2001:db8::1]:7171"}),
        ("[2001:db8::1]:99", 7171, False, False, {"[2001:db8::1]:99"}),
        (
            "bücher.example",
            443,
            True,
            False,
            {"xn--bcher-kva.example", "xn--bcher-kva.example:443"},
        ),
    ],
)
def test_names_as_browsers_send_them(
    name: str, port: int, secure: bool, proxied: bool, hosts: set[str]
) -> None:
    assert hosts_of([name], port=port, secure=secure, proxied=proxied) == hosts


@pytest.mark.parametrize(
    "name",
    [
        "",
        "*",
        "a b",
        "desk.example:",
        "desk.example:x",
        "desk.example:0",
        "x:99999",
        "[x]:1",
        "http://desk.example",
        "a/b",
    ],
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="--name"):
        hosts_of([name], port=7171, secure=False, proxied=False)
