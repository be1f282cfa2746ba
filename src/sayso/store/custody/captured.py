"""What was captured so far, as the log tells it: for asking whether a page changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sayso.records.captures import Capture, Validators
from sayso.store.custody.entries import Entry, EntryError, from_line
from sayso.store.custody.log import LOG


@dataclass(slots=True)
class Captured:
    """The last capture of each address, and the contents that are kept."""

    last: dict[str, Validators] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    """When each address was captured last."""
    contents: set[bytes] = field(default_factory=set)

    @classmethod
    def of(cls, folder: Path) -> Captured:
        """By the log in `folder`. Lines that cannot be read are for `verify` to tell of."""
        captured = cls()
        try:
            with (folder / LOG).open("rb") as file:
                for line in file:
                    try:
                        entry, _ = from_line(line.removesuffix(b"\n"))
                    except EntryError:
                        continue
                    if entry.action == "captured":
                        captured.add(entry)
        except FileNotFoundError:
            pass
        return captured

    def add(self, entry: Entry) -> None:
        """Takes in one more capture."""
        names = {name.lower(): value for name, value in reversed(entry.headers)}
        self.last[entry.uri] = Validators(
            names.get("etag"), names.get("last-modified"), entry.sha256
        )
        self.times[entry.uri] = entry.retrieved
        if entry.stored is not None:
            self.contents.add(bytes.fromhex(entry.sha256))

    def has(self, capture: Capture) -> bool:
        """Whether this very capture was taken in last for its address."""
        last = self.last.get(capture.uri)
        same = last is not None and last.sha256 == capture.sha256
        return same and self.times[capture.uri] == capture.retrieved
