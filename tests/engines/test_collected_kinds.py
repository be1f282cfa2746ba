"""What was collected is read as a local file of the same bytes is, whatever its kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.steps.acquire.fetching.bad_server import answer, serving
from tests.steps.acquire.making_files import docx, para, pdf

import sayso
from sayso.cli.collecting import collect
from sayso.records.captures import Capture
from sayso.settings import ExtractSettings, ReadSettings, Settings
from sayso.store.custody import folder_of, verify

_SAID = "“We hold the town,” said Orlo Venn, a spokesman for the Karsk Front."
_MORE = "The government of Tarvia said that 40 fighters had left Velm on Monday."
_LETTER = (
    "From: Bo <bo@velm.example>\r\nTo: desk@tarvia.example\r\nSubject: Velm\r\n"
    "Date: Sun, 04 May 2031 12:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    f"Content-Type: text/plain; charset=utf-8\r\n\r\n{_SAID} It is a letter.\r\n\r\n{_MORE}\r\n"
).encode()
_SAVED = (
    "MIME-Version: 1.0\r\nSubject: Velm\r\nFrom: <Saved by a browser>\r\n"
    "Content-Type: multipart/related; boundary=b; type=text/html\r\n\r\n--b\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Location: https://velm.example/a\r\n\r\n"
    f"<html><body><p>{_SAID} It was saved.</p><p>{_MORE}</p></body></html>\r\n--b--\r\n"
).encode()
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES: dict[str, tuple[str, bytes]] = {
    "velm.pdf": ("application/pdf", pdf([[_SAID.replace("“", '"').replace("”", '"'), _MORE]])),
    "velm.docx": (_WORD, docx(para(_SAID) + para(_MORE))),
    "velm.eml": ("message/rfc822", _LETTER),
    "velm.mhtml": ("multipart/related; boundary=b", _SAVED),
}


def found(ledger: Path) -> dict[str, Any]:
    """The text and the findings of each document, by the name of its file."""
    with sayso.open(ledger, create=False) as opened:
        by_id = {d.id: d for d in opened.documents()}
        words: dict[str, Any] = {
            d.uri.rpartition("/")[2]: [d.text, d.sha256] for d in by_id.values()
        }
        for statement in opened.statements():
            name = by_id[statement.document].uri.rpartition("/")[2]
            words[name].append([part.quote for part in statement.content])
        for claim in opened.claims():
            words[by_id[claim.document].uri.rpartition("/")[2]].append(claim.kind)
        return words


def test_findings_as_of_a_local_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = Settings(extract=ExtractSettings(attribution="rules"), read=ReadSettings(workers=0))
    monkeypatch.setattr("sayso.ledger.Settings", lambda: quick)  # one model for all three
    local = tmp_path / "in"
    local.mkdir()
    with serving() as server:
        sources = ['[fetch]\nallowed_networks = ["127.0.0.1/32"]\nseconds_between = 0\n']
        sources.append(f"allowed_ports = [{server.port}]\n")
        for name, (kind, data) in FILES.items():
            (local / name).write_bytes(data)
            server.paths[f"/{name}"] = answer(200, data, kind=kind)
            address = server.uri(f"/{name}")
            sources.append(f'[[source]]\nname = "{name}"\nkind = "page"\naddress = "{address}"\n')
        (tmp_path / "sources.toml").write_text("".join(sources))
        ledger, into = tmp_path / "fetched.sayso", tmp_path / "captures"
        command = [str(tmp_path / "sources.toml"), "--into", str(into)]
        done = CliRunner().invoke(
            collect, [*command, "--ledger", str(ledger)], standalone_mode=False
        )
    assert done.return_value == 0, done.output
    with sayso.open(tmp_path / "local.sayso") as opened:
        opened.read([local])
    with sayso.open(tmp_path / "folder.sayso") as opened:  # the captures as files, without a net
        opened.read([into])
    fetched = found(ledger)
    assert fetched == found(tmp_path / "local.sayso")
    as_files = found(tmp_path / "folder.sayso").values()
    assert sorted(map(str, as_files)) == sorted(map(str, fetched.values()))
    assert fetched.keys() == FILES.keys()
    assert all(len(words) >= 4 for words in fetched.values()), fetched
    # from the text to the bytes by their hash, and from there to the log
    assert {name: words[1] for name, words in fetched.items()} == {
        name: Capture.digest(data) for name, (_, data) in FILES.items()
    }
    assert verify(ledger) == []
    log = (folder_of(ledger) / "log.jsonl").read_text()
    assert log.count('"action":"captured"') == len(FILES)
    assert log.count('"action":"received"') == 0
    assert all(words[1] in log for words in fetched.values())
