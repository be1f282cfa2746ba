"""What was collected can be read, under its address."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from tests.steps.acquire.fetching.bad_server import answer, serving

import sayso
from sayso.cli.collecting import collect


def test_into_a_ledger(tmp_path: Path) -> None:
    report = (
        b"<html lang='en'><head><title>Velm</title></head><body><article><h1>Velm</h1>"
        b"<p>&ldquo;We hold the town,&rdquo; said Orlo Venn, a spokesman for the Karsk Front.</p>"
        b"<p>The government of Tarvia denied this on Tuesday.</p></article></body></html>"
    )
    into, ledger = tmp_path / "captures", tmp_path / "region.sayso"
    with serving() as server:
        server.paths["/velm"] = answer(200, report)
        (tmp_path / "sources.toml").write_text(
            f'[fetch]\nallowed_networks = ["127.0.0.1/32"]\nallowed_ports = [{server.port}]\n'
            f"seconds_between = 0\n"
            + "".join(
                f'[[source]]\nname = "{path}"\nkind = "page"\naddress = "{server.uri(path)}"\n'
                for path in ("/velm", "/gone")
            )
        )
        command = [str(tmp_path / "sources.toml"), "--into", str(into), "--ledger", str(ledger)]
        for _ in range(2):
            done = CliRunner().invoke(collect, command, standalone_mode=False)
            assert done.return_value == 3, done.output
    assert "1 known already" in done.output
    with sayso.open(ledger, create=False) as opened:
        assert [document.uri for document in opened.documents()] == [server.uri("/velm")]
        assert [problem.reason for problem in opened.problems()] == ["http_error"]
        assert len(list(opened.statements())) >= 1
        assert opened.match().documents == 0  # it is matched already
    log = (tmp_path / "region.sayso.custody" / "log.jsonl").read_text()
    assert log.count('"action":"captured"') == 1
    assert server.uri("/velm") in log
