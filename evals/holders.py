"""Holders by hand: whom "he", "the ministry" and "Rowe" mean, each judged by itself.

    python -m evals.holders              accuracy by kind, beside two simple rules
    python -m evals.holders --errors     with every wrong answer

The statements of a text are given as annotated (holder, cue and content), so that only resolution
is measured: not whether the statement was found. `data/holders.jsonl` keeps, for each holder, the
text's SHA-256, the holder's characters in the raw text, its kind, and the names of whom it means,
fullest first; `names` is null where the text names nobody for it. The texts are every fourth
article of PolNeAR dev by name and the sample reports that have gold.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from evals.cases import SHARED
from evals.holder_drafts import Attributed, drafted, polnear_attributions, seed_attributions
from evals.holder_peers import last_speaker, nearest_person
from evals.predictors import raw_text
from sayso.pipeline import Reader
from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.entities import Entity
from sayso.records.spans import Span
from sayso.settings import Settings

RECORDS = Path(__file__).parent / "data" / "holders.jsonl"
DATA = (
    "data/polnear/dev/text/*.txt",
    "data/polnear/dev/attributions/*.ann",
    "gold/reports.yaml",
    "seeds/*.txt",
)
OWN = (RECORDS,)
KINDS = ("pronoun", "surname", "description", "institution", "full_name", "nobody")
PINNED = ("accuracy", *KINDS)
_QUOTES = str.maketrans("“”’‘", "\"\"''")


class Record(Struct, frozen=True):
    """One holder and whom it means."""

    text_sha256: str
    source: str
    """`polnear-dev` or `seed`."""
    file: str
    start: int
    end: int
    kind: str
    names: list[str] | None


@dataclass(frozen=True)
class Answer:
    """What one way of resolving gave for one record."""

    record: Record
    quote: str
    entity: Entity | None
    named: bool
    """Whether the entity is one that the document names."""

    @property
    def right(self) -> bool:
        """Whether it is whom the record says; for null, whether nobody named was taken."""
        if self.record.names is None:
            return not self.named
        return self.entity is not None and is_one_of(self.entity, self.record.names)


def is_one_of(entity: Entity, names: Sequence[str]) -> bool:
    """Whether the entity bears one of the names.

    Its own name may be any of them; an alias only one of several words, where there is such a
    name: "Rowe" alone may be the alias of another Rowe. A name cut short at its beginning (two of
    its words or more) is an error of naming, not of resolving.
    """
    wanted = {plain(name) for name in names}
    full = {name for name in wanted if " " in name} or wanted
    name = plain(entity.name)
    if " " in name and plain(names[0]).endswith(f" {name}"):
        return True
    return name in wanted or any(plain(a.name) in full for a in entity.aliases)


def plain(name: str) -> str:
    """The name for comparing: small letters, no article, straight marks, single spaces."""
    words = name.translate(_QUOTES).casefold().split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def read_records(path: Path = RECORDS) -> list[Record]:
    """The records of a file of JSON lines."""
    return [msgspec.json.decode(line, type=Record) for line in path.read_bytes().splitlines()]


@dataclass(frozen=True)
class Ways:
    """The answers of each way of resolving."""

    sayso: list[Answer]
    last_speaker: list[Answer]
    nearest_person: list[Answer]


def measure() -> dict[str, float]:
    """sayso's accuracy, overall and by kind, and that of the two simple rules."""
    ways = answers(read_records())
    peers = {
        "last_speaker_accuracy": shares(ways.last_speaker)["accuracy"],
        "nearest_person_accuracy": shares(ways.nearest_person)["accuracy"],
    }
    return shares(ways.sayso) | peers


def shares(given: Iterable[Answer]) -> dict[str, float]:
    """The share of right answers, overall and by kind."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for answer in given:
        for heading in ("accuracy", answer.record.kind):
            asked[heading] += 1
            right[heading] += answer.right
    return {heading: right[heading] / asked[heading] for heading in PINNED if asked[heading]}


def answers(records: Sequence[Record], shared: Path = SHARED) -> Ways:
    """Every record answered in every way. Raises ValueError where a text is another."""
    reader = Reader(Settings())
    ways = Ways([], [], [])
    for source, file in sorted({(record.source, record.file) for record in records}):
        wanted = [r for r in records if (r.source, r.file) == (source, file)]
        text = _text(shared, source, file, wanted[0].text_sha256)
        read = polnear_attributions if source == "polnear-dev" else seed_attributions
        _answer(ways, reader, text, wanted, read(shared, file, text))
    return ways


def _text(shared: Path, source: str, file: str, sha: str) -> str:
    folder = shared / ("data/polnear/dev/text" if source == "polnear-dev" else "seeds")
    data = (folder / file).read_bytes()
    if sha256(data).hexdigest() != sha:
        raise ValueError(f"{file}: not the text that the records were made on")
    return data.decode("utf-8")


def _answer(
    ways: Ways,
    reader: Reader,
    text: str,
    records: Sequence[Record],
    attributions: Sequence[Attributed],
) -> None:
    from sayso.steps.link.holders import resolve_holders

    analysis, _ = reader.analyse(raw_text(text))
    named = _entities(reader, analysis)
    drafts = drafted(analysis, attributions)
    resolved = resolve_holders(analysis, named, [draft for _, draft in drafts], made_by="0" * 24)
    entities = {entity.id: entity for entity in resolved.entities} | named.entities
    found = {
        source: statement.holder.entity if statement.holder else None
        for (source, _), statement in zip(drafts, resolved.statements, strict=True)
    }
    holders = [(source, draft.holder) for source, draft in drafts if draft.holder is not None]
    for given, by_source in (
        (ways.sayso, found),
        (ways.last_speaker, last_speaker(named, holders)),
        (ways.nearest_person, nearest_person(named, holders)),
    ):
        for record in records:
            span = Span(record.start, record.end)
            entity = by_source.get(span)
            given.append(
                Answer(
                    record,
                    span.cut(text),
                    entities[entity] if entity else None,
                    entity in named.entities,
                )
            )


def _entities(reader: Reader, analysis: Analysis) -> DocumentEntities:
    from sayso.steps.extract.names import find_names
    from sayso.steps.link.entities import link_entities

    names = find_names(analysis, reader._actors)
    return link_entities(analysis, names, reader._actors, made_by="0" * 24)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Holders by hand.")
    parser.add_argument("--errors", action="store_true", help="print every wrong answer")
    options = parser.parse_args()
    records = read_records()
    ways = answers(records)
    kinds = Counter(record.kind for record in records)
    print(f"{len(records)} holders in {len({r.text_sha256 for r in records})} texts")
    rows = (ways.sayso, ways.last_speaker, ways.nearest_person)
    print(f"{'':14}{'n':>5}{'sayso':>9}{'last speaker':>15}{'nearest person':>16}")
    for heading in PINNED:
        count = kinds[heading] if heading in kinds else len(records)
        one, two, three = (shares(row).get(heading, 0.0) for row in rows)
        print(f"{heading:14}{count:5}{one:9.3f}{two:15.3f}{three:16.3f}")
    if options.errors:
        for line in _errors(ways.sayso):
            print(line)


def _errors(given: Iterable[Answer]) -> Iterator[str]:
    for answer in sorted(given, key=lambda a: (a.record.kind, a.record.file, a.record.start)):
        if answer.right:
            continue
        record = answer.record
        wanted = record.names[0] if record.names else "nobody named"
        got = f"{answer.entity.name} ({answer.entity.kind})" if answer.entity else "none"
        quote = " ".join(answer.quote.split())[:50]
        where = f"{record.file[:32]}:{record.start}"
        yield f"{record.kind:12} {where:40} {quote!r}: wanted {wanted}, got {got}"


if __name__ == "__main__":
    main()
