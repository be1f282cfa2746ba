"""The page: a pure function of a view, written as one HTML file that asks for nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.export.report.cards import Page, in_plain, page
from sayso.export.report.charts import charts
from sayso.export.report.index import Index, anchor
from sayso.export.report.letters import Letters, plain, split
from sayso.export.report.parting import partings
from sayso.export.report.speakers import speakers, voices
from sayso.export.report.texts import Run
from sayso.export.report.view import Limits, ReportView

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_MOST_LINKED = 300
"""Statements of one document that light up in the text with their card. Each costs three rules."""


def write_report(view: ReportView, out: Path, *, limits: Limits | None = None) -> None:
    """Write the page of `view` to `out`, replacing what is there. Raises `OSError`."""
    out.write_bytes(render(view, limits=limits).encode("utf-8"))


def render(view: ReportView, *, limits: Limits | None = None) -> str:
    """The page of `view`: the same records give the same characters, whatever their order."""
    index = Index(view, limits or Limits())
    pages = [page(index, document) for document in index.listed]
    style = _style(pages)
    people, people_left = speakers(index)
    drawn, drawn_left = charts(index)
    parting, parting_left = partings(index)
    problems = sorted(view.problems, key=lambda item: (item.uri, item.stage, item.reason, item.id))
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            view=view,
            index=index,
            pages=pages,
            documents_left=len(index.documents) - len(index.listed),
            speakers=people,
            speakers_left=people_left,
            charts=drawn,
            charts_left=drawn_left,
            partings=parting,
            partings_left=parting_left,
            voices=voices(index),
            problems=problems[: index.limits.problems],
            problems_left=max(0, len(problems) - index.limits.problems),
            entities_left=max(0, len(view.entities) - index.limits.entities),
            kinds=Counter(statement.kind for statement in view.statements),
            estimates=sum(claim.kind == "estimate" for claim in view.claims),
            policy=_policy(style),
            style=style,
        )
    )


def _style(pages: list[Page]) -> str:
    """The style sheet, with rules that light up a statement's marks together with its card."""
    base = (files("sayso.export.report") / "style.css").read_text("utf-8")
    most = max((len(page.cards) for page in pages), default=0)
    rules = [
        f".doc:has(.n{number}:is(:hover,:focus-within,:target)) .k{number},"
        f".doc:has(.k{number}:target) .k{number}{{--lit:var(--glow)}}\n"
        f".doc:has(.k{number}:hover) .n{number}{{border-color:var(--ink);background:var(--glow)}}\n"
        for number in range(1, min(most, _MOST_LINKED) + 1)
    ]
    return base + "".join(rules)


def _policy(style: str) -> str:
    """A content security policy that lets nothing in but this very style sheet."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    """The templates, compiled once a process: they never change."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("sayso.export.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(show=show, marked=marked, plain=plain, words=in_plain, anchor=anchor)
    environment.filters["number"] = "{:,}".format
    environment.globals["style_sheet"] = Markup  # only ever called on our own style sheet
    return environment


def show(value: object) -> Markup:
    """Foreign words, apart from the text around them, with odd characters shown as codes."""
    from markupsafe import Markup

    return Markup("<bdi>{}</bdi>").format(_letters(split(str(value))))


def _letters(letters: list[Letters]) -> Markup:
    """Every character that comes from a report passes through here and is escaped."""
    from markupsafe import Markup, escape

    return Markup("").join(
        Markup('<bdi class="odd" data-code="{}">{}</bdi>').format(part.code, part.text)
        if part.code
        else escape(part.text)
        for part in letters
    )


def marked(run: Run) -> Markup:
    """One run of a document's text. Numbers are drawn from attributes, so that the text of the
    element stays the text of the report, for reading aloud and for copying."""
    from markupsafe import Markup

    text = _letters(run.letters)
    if run.classes:
        more = Markup(' data-more="{}"').format(run.more) if run.more else ""
        text = Markup('<span class="{}"{}>{}</span>').format(run.classes, more, text)
    for target in run.targets:
        text = Markup('<span class="at" id="{}"></span>').format(target) + text
    for ref in run.refs:
        text += Markup('<a class="ref" href="{}" data-sign="{}" aria-label="{}"></a>').format(
            ref.href, ref.sign, ref.label
        )
    return text
