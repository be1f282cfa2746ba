from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from sayso.cli.main import cli

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_reference_is_current() -> None:
    spec = importlib.util.spec_from_file_location("write_cli", FOLDER / "write_cli.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (FOLDER / "cli.md").read_text(encoding="utf-8")
    assert written == module.page(), "run docs/reference/write_cli.py"


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_and_option_is_in_it_and_says_what_it_does(name: str) -> None:
    command = cli.commands[name]
    text = (FOLDER / "cli.md").read_text(encoding="utf-8")
    section = text.split(f"## sayso {name}\n")[1].split("\n## ")[0]
    assert command.help
    assert f"sayso {name} " in section.split("Usage:")[1] or name == "doctor"
    for option in command.params:
        if option.param_type_name == "option":
            assert getattr(option, "help", None), option.name
            assert any(flag in section for flag in option.opts)
