from __future__ import annotations

import os
import stat
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso
from sayso.errors import AccountsError
from sayso.records.accounts import Noted
from sayso.store.accounts import log, people, visits
from sayso.store.accounts.file import accounts_path, changing, opened
from sayso.store.accounts.visits import Ages

AT = "2031-03-14T00:00:00.000Z"
AGES = Ages()


@pytest.fixture
def path(tmp_path: Path) -> str:
    found = accounts_path(str(tmp_path / "velm.sayso"))
    with changing(found, create=True) as db:
        people.add(db, "Ada", "admin", "hash", at=AT)
    return found


def test_only_its_owner_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = str(tmp_path / "velm.sayso.accounts")
        with changing(path, create=True) as db:
            people.add(db, "Ada", "admin", "hash", at=AT)
            modes = [stat.S_IMODE(f.stat().st_mode) for f in tmp_path.iterdir()]
    finally:
        os.umask(before)
    assert len(modes) == 2  # the file and its journal
    assert set(modes) == {0o600}


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604, 0o620, 0o601])
def test_one_that_others_can_use_is_refused(path: str, mode: int) -> None:
    Path(path).chmod(mode)
    with pytest.raises(AccountsError, match="chmod 600"), opened(path):
        pass


def test_without_one_the_error_teaches_how_to_make_it(tmp_path: Path) -> None:
    ledger = tmp_path / "velm.sayso"
    advice = f"sayso accounts add {ledger} NAME --role admin"
    with pytest.raises(AccountsError, match=advice), opened(accounts_path(str(ledger))):
        pass
    assert not list(tmp_path.iterdir()), "looking makes nothing"


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    ledger = tmp_path / "velm.sayso"
    with sayso.open(ledger):
        pass
    ledger.chmod(0o600)
    other = tmp_path / "notes.accounts"
    other.write_bytes(b"not a database, but long enough to be looked at\n" * 30)
    other.chmod(0o600)
    for path in (ledger, other):
        before = path.read_bytes()
        with pytest.raises(AccountsError), changing(str(path), create=True):
            pass
        assert path.read_bytes() == before
    (tmp_path / "folder").mkdir(mode=0o700)
    with pytest.raises(AccountsError), opened(str(tmp_path / "folder")):
        pass


def test_a_later_version_is_not_touched(path: str) -> None:
    db = apsw.Connection(path)
    db.pragma("user_version", 99)
    db.close()
    with pytest.raises(AccountsError, match="later version"), opened(path):
        pass


def test_the_ledger_holds_nothing_of_it(tmp_path: Path, path: str) -> None:
    ledger = tmp_path / "velm.sayso"
    with sayso.open(ledger) as opened_:
        opened_.backup(tmp_path / "copy.sayso")
    assert b"Ada" not in (tmp_path / "copy.sayso").read_bytes()


def test_what_fails_half_way_is_not_kept(path: str) -> None:
    def add_twice() -> None:
        with changing(path) as db:
            for name in ("Bela", "BELA"):
                people.add(db, name, "reader", "hash", at=AT)

    with pytest.raises(AccountsError):
        add_twice()
    with opened(path) as db:
        assert [a.name for a in people.everybody(db)] == ["Ada"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\u200b",
        "A\u202eda",
        "A\nda",
        "A\x00",
        "A  B",
        "\ud800",
        "\u3000",
        "x" * 65,
        "A\u00a0B",
        "\ue000",
    ],
)
def test_names_that_cannot_be_seen_are_refused(path: str, name: str) -> None:
    with pytest.raises(AccountsError), changing(path) as db:
        people.add(db, name, "reader", "hash", at=AT)


@pytest.mark.parametrize("name", ["ada", "ADA", " Ada ", "Ａda", "A\u0064a"])
def test_names_that_look_the_same_are_one(path: str, name: str) -> None:
    with pytest.raises(AccountsError, match="open or closed"), changing(path) as db:
        people.add(db, name, "reader", "hash", at=AT)
    with opened(path) as db:
        assert people.known(db, name.strip()).account.name == "Ada"


@given(st.text(max_size=80))
def test_a_name_that_is_kept_is_found_again(name: str) -> None:
    try:
        kept = people.checked_name(name)
    except AccountsError:
        return
    assert people.checked_name(kept) == kept
    assert people.folded(kept) == people.folded(people.folded(kept))
    kept.encode()


def test_a_closed_account_keeps_its_name_and_loses_the_rest(path: str) -> None:
    with changing(path) as db:
        people.add(db, "Bela", "reviewer", "hash", at=AT)
        kept = people.known(db, "Bela")
        assert visits.begin(db, kept, "session", now=1000)
        visits.know_device(db, kept.number, "device", now=1000)
        visits.add_token(db, kept.number, "token", "reader", now=1000, ends=9000)
        assert visits.session(db, "session", now=1001, ages=AGES, active=True) == kept.account
        people.disable(db, "bela", at=AT)
        for table in ("sessions", "devices", "tokens"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        assert not visits.begin(db, kept, "again", now=1002)
        with pytest.raises(AccountsError, match="open or closed"):
            people.add(db, "Bela", "reader", "hash", at=AT)
        assert people.disable(db, "Bela", at="2032-01-01T00:00:00Z").disabled == AT


def test_what_is_too_old_is_swept_out(path: str) -> None:
    with changing(path) as db:
        kept = people.known(db, "Ada")
        visits.begin(db, kept, "idle", now=0)
        visits.begin(db, kept, "used", now=0)
        visits.session(db, "used", now=AGES.idle - 1, ages=AGES, active=True)
        visits.know_device(db, kept.number, "device", now=0)
        visits.sweep(db, now=AGES.idle, ages=AGES)
        assert visits.sessions_of(db, kept.number, now=AGES.idle, ages=AGES) == 1
        assert visits.session(db, "idle", now=AGES.idle, ages=AGES, active=True) is None
        assert visits.is_device(db, kept.number, "device", now=AGES.idle, ages=AGES)
        visits.sweep(db, now=AGES.device, ages=AGES)
        assert not visits.is_device(db, kept.number, "device", now=AGES.device, ages=AGES)


def test_failures_do_not_fill_the_disk_and_what_was_done_stays(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_FAILURES", 50)
    with changing(path) as db:
        log.note(db, Noted(AT, "added", "Ada", None, None))
        for _ in range(500):
            log.note(db, Noted(AT, "failed", None, None, "192.0.2.1"))
        found = [one.what for one in log.latest(db, 1000)]
    assert found.count("failed") <= 150
    assert found[-1] == "added"
