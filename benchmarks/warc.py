"""Pages from an archive: documents a second beside trafilatura alone, and peak memory.

    python -m benchmarks.warc --documents 1000 [--full 60] [--light 100000]

The archive is made of the real pages of ../shared/data/articles, each repeated with a change, so
that no two are the same. Every side reads the same archive with two processes:

    sayso        archive -> custody -> text, zones, metadata, language -> ledger on disk
    trafilatura  FastWARC -> trafilatura's text and metadata; nothing is kept
    everything   (--full) the same as sayso with statements and claims, by the rules
    light        (--light) small pages and a reader that does nothing: what the parent, the custody
                 and the ledger need for very many documents
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from benchmarks.runs import Run, run
from sayso.records.documents import Document, Published, RawDocument, Zone
from sayso.records.provenance import MadeBy, content_id
from sayso.records.readings import Reading
from sayso.records.spans import OffsetMap, Span
from sayso.settings import ExtractSettings, ReadSettings, Settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT.parent / "shared" / "data" / "articles"
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


class CleaningReader:
    """Cleans as sayso does, and stops there."""

    def __init__(self, settings: Settings) -> None:
        from sayso.steps.clean.clean import STEP, VERSION

        self._settings = settings
        self._made_by = {STEP: MadeBy.of(STEP, VERSION, settings.clean)}

    @property
    def made_by(self) -> Mapping[str, MadeBy]:
        return self._made_by

    def read(self, raw: RawDocument) -> Reading:
        from sayso.steps.clean.clean import clean

        found = clean(raw, self._settings.clean)
        return Reading(
            found.document, (), (), (), (), (), tuple(self._made_by.values()), found.problems
        )


class LightReader:
    """Takes every input for one line of text."""

    def __init__(self, settings: Settings) -> None:
        self._made_by = {"light": MadeBy.of("light", "1", settings.clean)}

    @property
    def made_by(self) -> Mapping[str, MadeBy]:
        return self._made_by

    def read(self, raw: RawDocument) -> Reading:
        from hashlib import sha256

        text = raw.data[-60:].decode("ascii", "replace")
        digest = sha256(raw.data).hexdigest()
        made = next(iter(self._made_by.values()))
        document = Document(
            id=content_id("document", digest, raw.media_type), uri=raw.uri, sha256=digest,
            media_type=raw.media_type, encoding="utf-8", retrieved=raw.retrieved, text=text,
            language=None, title=None, byline=None, outlet=None, origin=None,
            published=Published(), dateline=None, zones=(Zone("body", Span(0, len(text))),),
            evidence={}, repairs={}, source_map=OffsetMap.identity(len(text)), made_by=made.id,
        )  # fmt: skip
        return Reading(document, (), (), (), (), (), (made,))


def write_archive(path: Path, number: int, *, small: bool = False) -> int:
    """An archive of `number` pages; gives back their bytes, inflated."""
    sources = [gzip.decompress(p.read_bytes()) for p in sorted(PAGES.glob("*/*.html.gz"))]
    if not sources and not small:
        raise SystemExit(f"there are no pages at {PAGES}")
    size = 0
    with path.open("wb") as out:
        for index in range(number):
            if small:
                body = f"<p>{'Words about the town of Velm. ' * 60} {index:09}</p>".encode()
            else:
                body = sources[index % len(sources)].replace(b"</p>", b" Copy %d.</p>" % index, 1)
                body += b"<!-- %d -->" % index
            size += len(body)
            out.write(gzip.compress(_record(index, _HTTP + body), 4))
    return size


def _record(index: int, block: bytes) -> bytes:
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{index:012}>\r\n"
        f"WARC-Target-URI: https://velm.example/{index % 97}/{index}\r\n"
        "WARC-Date: 2031-05-04T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def by_sayso(archive: Path, reader: str, folder: Path) -> int:
    """Reads an archive into a ledger in `folder`; gives back the number of documents."""
    from sayso.engines.collecting import Collector, load_all
    from sayso.steps.acquire.files import find, inputs
    from sayso.store.custody import Custody
    from sayso.store.ledger_file import LedgerFile

    settings = Settings(extract=ExtractSettings(attribution="rules"), read=ReadSettings(workers=2))
    ledger = folder / f"{time.monotonic_ns()}.sayso"
    file = LedgerFile(str(ledger))
    with Custody(ledger) as custody:
        summary = Collector(file, settings, reader=reader, custody=custody).collect(
            load_all(
                find([archive]),
                lambda found: inputs(found, settings.clean),
                lambda found: found.uri,
            )
        )
    file.close()
    return summary.read


def by_trafilatura(archive: Path) -> int:
    """Reads the same archive with trafilatura; gives back the number of pages with text."""
    with ProcessPoolExecutor(2) as pool:
        pages = _bodies(archive)
        total = 0
        while batch := list(islice(pages, 64)):
            total += sum(pool.map(_extract, batch, chunksize=4))
    return total


def _bodies(archive: Path) -> Iterator[bytes]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with archive.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            yield record.reader.read()


def _extract(data: bytes) -> bool:
    from trafilatura import bare_extraction

    return bare_extraction(data, with_metadata=True, include_comments=False) is not None


SIDES = {
    "sayso": "benchmarks.warc:CleaningReader",
    "everything": "sayso.pipeline:Reader",
    "light": "benchmarks.warc:LightReader",
}


def main() -> None:
    """Print the table, or (with --side) be one side of it."""
    parser = argparse.ArgumentParser(description="Pages from an archive.")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--full", type=int, default=0)
    parser.add_argument("--light", type=int, default=0)
    parser.add_argument("--side", help=argparse.SUPPRESS)
    parser.add_argument("--archive", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.side:
            began = time.perf_counter()
            if options.side == "trafilatura":
                number = by_trafilatura(options.archive)
            else:
                number = by_sayso(options.archive, SIDES[options.side], folder)
            seconds = time.perf_counter() - began
            print(json.dumps({"documents": number, "seconds": seconds}))
            return
        jobs = [("sayso", options.documents), ("trafilatura", options.documents)]
        jobs += [("everything", options.full)] * bool(options.full)
        jobs += [("light", options.light)] * bool(options.light)
        print(
            f"{'':12} {'documents':>9} {'read':>9} {'docs/s':>8} {'wall s':>7} {'CPU s':>7}"
            "   peak MiB: parent worker total"
        )
        for side, number in jobs:
            archive = folder / f"{side}.warc.gz"
            write_archive(archive, number, small=side == "light")
            measured = run("benchmarks.warc", ["--side", side, "--archive", str(archive)])
            print(_row(side, number, measured), flush=True)
            archive.unlink()


def _row(side: str, number: int, measured: Run) -> str:
    told = json.loads(measured.output.splitlines()[-1])
    return (
        f"{side:12} {number:9,} {told['documents']:9,} {told['documents'] / told['seconds']:8.1f}"
        f" {measured.wall:7.1f} {measured.cpu:7.1f}"
        f"   {measured.peak_parent:16.0f} {measured.peak_worker:6.0f} {measured.peak_total:5.0f}"
    )


if __name__ == "__main__":
    main()
