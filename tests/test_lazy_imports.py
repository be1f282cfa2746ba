"""Heavy libraries are loaded by what needs them, and not before."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = frozenset(
    {
        "argon2",
        "spacy",
        "numpy",
        "pandas",
        "pyarrow",
        "trafilatura",
        "lxml",
        "ftfy",
        "jinja2",
        "py3langid",
    }
    | {"httpcore", "feedparser", "protego", "pypdf", "rensa", "rapidfuzz", "starlette", "uvicorn"}
)


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize(
    "code",
    [
        "import sayso",
        "import sayso.engines.processes",
        "import sayso.engines.worker",
        "import sayso.pipeline",
        "import sayso.steps.acquire.files",
        "import sayso, tempfile, os\n"
        "sayso.open(os.path.join(tempfile.mkdtemp(), 'x.sayso')).statements(holder='X')",
    ],
)
def test_importing_and_asking_loads_nothing_heavy(code: str) -> None:
    assert loaded_by(code).isdisjoint(HEAVY | {"rich", "click"})


def test_the_command_line_loads_nothing_heavy() -> None:
    assert loaded_by("import sayso.cli.main").isdisjoint(HEAVY)
