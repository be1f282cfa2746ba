"""Blocks in another language than their page: found, named right, and none invented.

    python -m evals.languages

Made from the real pages of ../shared/data/articles: into each page one paragraph of a page in
another language is put (found / named right), and each page as it is must have none (too many).
Pages of even number were looked at while the margin was chosen; the others were not.
"""

from __future__ import annotations

from evals.articles import Page, pages
from sayso.records.documents import Zone
from sayso.records.spans import Span
from sayso.steps.clean.language import language_of, with_languages

DATA = ("data/articles/*/*",)
LOWER_IS_BETTER = ("too_many",)
PINNED = ("found", "named_right", "too_many")


def measure() -> dict[str, float]:
    """Shares of the blocks put in that are found and named right, and of own blocks marked."""
    return _scores([page for index, page in enumerate(pages()) if index % 2])


def _scores(chosen: list[Page]) -> dict[str, float]:
    texts = [(page.body.split("\n"), _language(page.body)) for page in chosen]
    found = named = asked = own = wrong = 0
    for index, (lines, language) in enumerate(texts):
        marked, total = _marked(lines, language)
        own, wrong = own + total, wrong + len(marked)
        for other_lines, other in texts[index + 1 :] + texts[:index]:
            if other == language:
                continue
            block = max(other_lines, key=len)[:400]
            at = len(lines) // 2
            marked, _ = _marked([*lines[:at], block, *lines[at:]], language)
            asked += 1
            found += at in marked
            named += marked.get(at) == other
    return {
        "found": round(found / asked, 4) if asked else 0.0,
        "named_right": round(named / asked, 4) if asked else 0.0,
        "too_many": round(wrong / own, 4) if own else 0.0,
        "blocks": float(asked),
        "own_blocks": float(own),
    }


def _language(body: str) -> str | None:
    return language_of(body, [Zone("body", Span(0, len(body)))])


def _marked(lines: list[str], language: str | None) -> tuple[dict[int, str], int]:
    text = "\n".join(lines)
    zones, position = [], 0
    for line in lines:
        zones.append(Zone("body", Span(position, position + len(line))))
        position += len(line) + 1
    marked = with_languages(text, zones, language)
    return {i: z.language for i, z in enumerate(marked) if z.language is not None}, len(lines)


def main() -> None:
    """Print both halves."""
    cases = list(pages())
    for name, half in (("looked at", cases[::2]), ("not looked at", cases[1::2])):
        print(name, _scores(half))


if __name__ == "__main__":
    main()
