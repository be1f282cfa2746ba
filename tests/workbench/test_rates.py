from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workbench.conftest import TOKEN

from sayso.workbench.guards import form_token
from sayso.workbench.rates import wilson

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("wrong", "looked_at", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (20, 200, 0.0657, 0.1494),
    ],
)
def test_the_interval_is_the_known_one(wrong: int, looked_at: int, low: float, high: float) -> None:
    rate = wilson(wrong, looked_at)
    assert rate is not None
    assert (rate.low, rate.high) == pytest.approx((low, high), abs=5e-4)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_the_share_lies_in_its_interval(wrong: int, others: int) -> None:
    rate = wilson(wrong, wrong + others)
    assert rate is not None
    assert 0 <= rate.low <= rate.share <= rate.high <= 1
    mirrored = wilson(others, wrong + others)
    assert mirrored is not None
    assert mirrored.low == pytest.approx(1 - rate.high)


def test_of_nothing_there_is_no_rate() -> None:
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="3 wrong of 2"):
        wilson(3, 2)


def test_the_queue_tells_how_often_the_sample_was_wrong(client: TestClient) -> None:
    def ask() -> Any:
        return client.get("/queue?order=sample", headers={"accept": "application/json"}).json()

    first = ask()
    ids = [line["id"] for line in first["findings"]]
    assert ids == sorted(ids)
    assert first["sample"] == {"size": len(ids), "looked_at": 0, "wrong": 0, "rate": None}
    assert "is not known" in client.get("/queue").text
    for id, decision in zip(ids, ("confirm", "reject", "correct"), strict=False):
        body = {"on": id, "decision": decision, "value": {}}
        if decision == "correct":
            body["value"] = {"start": 1, "end": 3}
        headers = {"x-sayso-form": form_token(TOKEN)}
        assert client.post("/judgements", json=body, headers=headers).status_code == 201
    after = ask()
    assert (after["sample"]["looked_at"], after["sample"]["wrong"]) == (3, 2)
    assert after["sample"]["rate"]["share"] == pytest.approx(2 / 3)
    assert [line["id"] for line in after["findings"]] == ids[3:]
