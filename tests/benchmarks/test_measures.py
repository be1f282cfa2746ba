from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks import hostile, runs, shares

needs_proc = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")


@pytest.mark.parametrize("name", sorted(hostile.inputs()))
def test_a_hostile_text_has_about_the_size_asked_for(name: str) -> None:
    _, make = hostile.inputs()[name]
    for size in (8_000, 32_000):
        assert size / 3 <= len(make(size)) <= size * 2 + 5_000


@needs_proc
def test_a_run_is_measured_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "greedy.py").write_text(
        "import subprocess, sys, time\n"
        "held = 'a' * 60_000_000\n"
        "child = \"held = 'a' * 120_000_000; import time; time.sleep(0.5)\"\n"
        "subprocess.run([sys.executable, '-c', child], check=True)\n"
        "print('done')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    measured = runs.run("greedy", [])
    assert measured.output == "done\n"
    assert measured.wall >= 0.5
    assert 50 < measured.peak_parent < 110
    assert 110 < measured.peak_worker < 170
    assert measured.peak_total == pytest.approx(
        measured.peak_parent + measured.peak_worker, rel=0.1
    )


def test_a_run_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.py").write_text("raise SystemExit('the road is shut')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="the road is shut"):
        runs.run("broken", [])


def test_time_is_credited_to_the_outermost_step() -> None:
    source = "def work(seconds, then=None):\n    return then(seconds) if then else burn(seconds)\n"
    outer: dict[str, object] = {"__name__": "sayso.steps.extract.names"}
    inner: dict[str, object] = {"__name__": "sayso.learned.spacy_model", "burn": _burn}
    exec(source, outer)
    exec(source, inner)
    with shares.measured() as spent:
        outer["work"](0.2, inner["work"])  # type: ignore[operator]
        inner["work"](0.4)  # type: ignore[operator]
    assert 0.1 < spent["extract.names"] < 0.3
    assert 0.3 < spent["learned.spacy_model"] < 0.5


def _burn(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
