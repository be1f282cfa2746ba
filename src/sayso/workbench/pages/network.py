"""The network: which actors stand in which relation, by whose word."""

from __future__ import annotations

from collections import Counter
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

import sayso
from sayso.export.drawings.network import HEIGHT, WIDTH, layout, line, network_of
from sayso.records.entities import Entity
from sayso.store.actors import actor_of
from sayso.workbench.answers import answer
from sayso.workbench.choosing import KINDS, chosen, shared_query
from sayso.workbench.opening import ledger_of


def show(request: Request) -> Response:
    """`/network`: the filters of claims; relations, and who did something to whom."""
    query = dict(request.query_params)
    with ledger_of(request) as ledger, ledger.reading() as db:
        found = chosen(ledger, query)
        network = network_of(found.claims, cache(lambda id: actor_of(db, id)))
        nodes = list(network.weights)
        names = _names(ledger, nodes)
    places = dict(zip(nodes, layout(nodes, list(network.ties)), strict=True))
    view = {
        "actors": [{"id": id, "name": names[id], "ties": network.weights[id]} for id in nodes],
        "ties": [
            {
                "from": a,
                "from_name": names[a],
                "to": b,
                "to_name": names[b],
                "what": [name for name, _ in tie.names.most_common()],
                "claims": list(dict.fromkeys(claim.id for claim in tie.claims)),
                "documents": len({claim.document for claim in tie.claims}),
            }
            for (a, b), tie in sorted(
                network.ties.items(), key=lambda one: (-len(one[1].claims), one[0])
            )
        ],
        "actors_left": network.left,
        "left": found.left,
        "note": found.note,
        "_places": places,
        "_lines": [
            line(places[a], places[b], len(tie.claims)) for (a, b), tie in network.ties.items()
        ],
        "_width": WIDTH,
        "_height": HEIGHT,
        "_kinds": KINDS,
        "_shared": shared_query(query),
    }
    return answer(request, "network.html.j2", view)


def _names(ledger: sayso.Ledger, nodes: list[str]) -> dict[str, str]:
    """Names of actors; of namesakes with what they are beside it."""
    found = {id: ledger.name_of(id) or id for id in nodes}
    often = Counter(found.values())
    for id, name in found.items():
        record = ledger.record(id) if often[name] > 1 else None
        if isinstance(record, Entity):
            found[id] = f"{name} ({record.kind.replace('_', ' ')})"
    return found
