"""A file of addresses, one a line."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.errors import SetAside
from sayso.records.provenance import Problem
from sayso.steps.acquire.fetching.addresses import web_address
from sayso.steps.acquire.found_pages import FoundPage


def read_list(
    text: str, name: str, *, ports: tuple[int, ...] = (80, 443)
) -> Iterator[FoundPage | Problem]:
    """The pages that the lines of a file called `name` ask for, each once.

    Empty lines and what follows ` #` or a `#` at the start are left out. A line that is no address
    becomes a problem, named by its number, and the rest is read.
    """
    seen: set[str] = set()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        plain = "" if line.lstrip().startswith("#") else line.partition(" #")[0].strip()
        if not plain:
            continue
        try:
            uri = str(web_address(plain, ports=ports))
        except SetAside as cause:
            where = f"{name}:{number}"
            yield Problem.of(where, "acquire", cause.reason, cause.message, advice=cause.advice)
            continue
        if uri not in seen:
            seen.add(uri)
            yield FoundPage(uri)
