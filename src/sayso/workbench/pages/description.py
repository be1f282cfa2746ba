"""What the REST interface offers, as OpenAPI 3.1."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sayso.workbench.answers import as_json
from sayso.workbench.visiting import visit_of

_FILTERS = {
    "q": 'words, "phrases", beginnings (guard*)',
    "holder": "who says it: a name",
    "about": "what is said names this entity",
    "kind": "kind of statement or claim",
    "act": "what the speaker does (statements)",
    "place": "where (claims)",
    "outlet": "published by",
    "since": "said, else published, on this date or after",
    "until": "on this date or before",
    "confidence": "at least this sure, 0 to 1",
    "review": "open, confirmed, rejected, corrected or added",
    "order": "unsure (the least sure first) or sample (a random sample)",
    "pick": "ids of findings and disputes, with commas between",
    "picture": "map, timeline, network or dispute: drawn of what is cited; may be repeated",
    "title": "what stands at its head",
    "year": "the time spoken of lies in this year, as far as can be told",
    "view": "world: all of it",
    "after": "cursor: `next.after` of the page before",
}
_OTHERS = frozenset({"order", "pick", "picture", "title", "year", "view"})
"""Parameters of single pages."""
_LISTED = tuple(name for name in _FILTERS if name not in _OTHERS)
_VIEWED = ("q", "kind", "holder", "about", "place", "outlet", "since", "until")
_PATHS: dict[str, tuple[str, tuple[str, ...]]] = {
    "/": ("What is in the ledger", ()),
    "/documents": ("Documents, the latest first", ("q", "after")),
    "/documents/{id}": ("A document with all that was found in it", ()),
    "/statements": ("Statements", tuple(name for name in _LISTED if name != "place")),
    "/claims": ("Claims", tuple(name for name in _LISTED if name != "act")),
    "/searches/{id}": ("Leads to a kept search; the lists name all of theirs", ()),
    "/findings/{id}": ("One statement or claim", ()),
    "/actors": ("Who speaks most, or who has a name", ("q",)),
    "/actors/{id}": ("One actor", ()),
    "/disputes": ("Claims about one thing laid side by side", ("about", "verdict")),
    "/disputes/{id}": ("One dispute with its quotes", ()),
    "/judgements": ("What people decided", ("on",)),
    "/queue": ("What was not yet looked at, and how often the sample was wrong", ("order",)),
    "/timeline": ("Claims by the time they speak of", (*_VIEWED, "year")),
    "/map": ("Where claims say that something is, with how unsure that is", (*_VIEWED, "view")),
    "/network": ("Relations between actors, and who did what to whom", _VIEWED),
    "/brief": (
        "A brief of what was picked, and what is wrong with it",
        ("pick", "title", "picture"),
    ),
    "/brief.{form}": (
        "The same as a file: md, html, docx or pdf",
        ("pick", "title", "picture"),
    ),
    "/training/{form}": ("What was reviewed, for prodigy or label-studio", ()),
    "/reviews": ("Precision of the random sample, and how far people agree", ()),
    "/live": ("A value that changes with every write", ()),
    "/openapi.json": ("This description", ()),
}


def openapi(request: Request) -> Response:
    """`/openapi.json`"""
    described = _description()
    if visit_of(request).team:
        # A program brings a token; the sessions of browsers are no part of the interface.
        described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        described["security"] = [{"token": []}]
    return as_json(described)


def _description() -> dict[str, Any]:
    paths: dict[str, Any] = {
        path: {"get": _get(summary, path, names)} for path, (summary, names) in _PATHS.items()
    }
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Given"}}}}
    for listed in ("/statements", "/claims"):
        feed = _get("The same as an Atom feed", f"{listed}.atom", _PATHS[listed][1])
        feed["responses"]["200"]["content"] = {"application/atom+xml": {}}
        paths[f"{listed}.atom"] = {"get": feed}
    paths["/searches"] = {
        "post": {
            "summary": "Keep a search under a name",
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/SavedSearch"}}
                },
            },
            "responses": {"201": {"description": "kept"}, "400": {"description": "refused"}},
        }
    }
    paths["/searches/{id}/withdraw"] = {
        "post": {
            "summary": "Take a kept search out of the lists",
            "parameters": [_in_path()],
            "responses": {"200": {"description": "withdrawn"}},
        }
    }
    paths["/brief.{form}"] = {"get": _get("The brief as a file", "/brief", _PATHS["/brief"][1])}
    paths["/brief.{form}"]["get"]["parameters"].append(
        {
            "name": "form",
            "in": "path",
            "required": True,
            "schema": {"enum": ["html", "md", "docx", "json"]},
        }
    )
    paths["/judgements"]["post"] = {
        "summary": "Decide something about a record",
        "requestBody": {"required": True, **body},
        "responses": {"201": {"description": "noted"}, "400": {"description": "refused"}},
    }
    paths["/judgements/{id}/withdraw"] = {
        "post": {
            "summary": "Take a judgement back",
            "parameters": [_in_path()],
            "responses": {"200": {"description": "withdrawn"}},
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "sayso workbench", "version": version("sayso")},
        "paths": paths,
        "components": {"schemas": {"Given": _given(), "SavedSearch": _search()}},
    }


def _get(summary: str, path: str, names: tuple[str, ...]) -> dict[str, Any]:
    parameters = [_in_path(name) for name in ("id", "form") if f"{{{name}}}" in path]
    parameters += [
        {
            "name": name,
            "in": "query",
            "description": _FILTERS.get(name, name),
            "schema": {"type": "string"},
        }
        for name in names
    ]
    content: dict[str, Any] = {"application/json": {}, "text/html": {}}
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": {"description": "found", "content": content}},
    }


def _in_path(name: str = "id") -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _given() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["on", "decision"],
        "properties": {
            "on": {"type": "string", "description": "id of a record"},
            "decision": {"enum": ["confirm", "reject", "correct", "same", "different", "grade"]},
            "value": {"type": "object"},
            "because": {"type": "string"},
            "by": {"type": "string"},
        },
    }


def _search() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["name", "listed", "query"],
        "properties": {
            "name": {"type": "string"},
            "listed": {"enum": ["statements", "claims"]},
            "query": {"type": "string", "description": "the filters as they stand in the address"},
        },
    }
