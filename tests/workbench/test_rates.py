from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.workbench.conftest import TOKEN

from sayso.workbench.guards import form_token

if TYPE_CHECKING:
    from starlette.testclient import TestClient


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
