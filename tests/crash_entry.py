"""Reads with the fake reader, for tests that kill this process: LEDGER FOLDER WORKERS."""

from __future__ import annotations

import sys

import sayso

if __name__ == "__main__":
    ledger, folder, workers = sys.argv[1:]
    with sayso.Ledger(ledger, reader="tests.fakes:FakeReader") as opened:
        print(opened.read(folder, workers=int(workers)))
