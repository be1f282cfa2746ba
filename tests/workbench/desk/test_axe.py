"""Accessibility of every page, light and dark, wide and narrow, as axe-core sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.workbench.desk.conftest import Served
from tests.workbench.desk.test_browser import Desk

_WORTH_A_FAILURE = ("serious", "critical")


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    return (Path(__file__).parents[1] / "axe" / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_serious_finding(
    served: Served, chromium: Any, axe: str, scheme: str, width: int
) -> None:
    desk = Desk(served, chromium, viewport={"width": width, "height": 900}, color_scheme=scheme)
    try:
        desk.go("/queue")
        for key, words in (("y", "Confirmed."), ("n", "Rejected.")):
            desk.press("j", key)
            desk.says(words)
        pages = {
            "/": None,
            "/documents": None,
            "/statements": "j",
            "/claims": None,
            "/actors": None,
            "/disputes": None,
            "/queue": "?",
            "/judgements": None,
            f"/documents/{desk.document('on the pass')}": "j",
            f"/documents/{desk.document('The Front in the hills')}": "je",
            f"/actors/{desk.get('/actors')['actors'][0]['id']}": None,
            f"/disputes/{desk.get('/disputes')['disputes'][0]['id']}": None,
            "/nothing": None,
            "/statements?q=nothing": None,
            "/timeline": None,
            "/map": None,
            "/network": None,
            "/brief": None,
        }
        found = []
        for page, keys in pages.items():
            desk.go(page)
            desk.press(*(keys or ""))
            desk.page.evaluate(axe)
            result = desk.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
            found += [
                (page, one["id"], one["impact"], node["html"][:160], node["failureSummary"][:300])
                for one in result["violations"]
                if one["impact"] in _WORTH_A_FAILURE
                for node in one["nodes"][:2]
            ]
        assert found == []
    finally:
        desk.context.close()
