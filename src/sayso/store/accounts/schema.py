"""The tables of a file of accounts."""

from __future__ import annotations

import apsw

from sayso.store.migrations import Migration

_INITIAL = """
CREATE TABLE accounts (
  number   INTEGER PRIMARY KEY,
  folded   TEXT NOT NULL UNIQUE,   -- two names that look the same are one
  name     TEXT NOT NULL,
  hash     TEXT NOT NULL,          -- argon2id, with its parameters
  role     TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'admin')),
  created  TEXT NOT NULL,
  disabled TEXT,
  start    INTEGER NOT NULL        -- 1: the password was made for the person
);

-- Times below are seconds since 1970, for they are reckoned with. Ids are kept as SHA-256: who
-- reads this file comes in by none of them.
CREATE TABLE sessions (
  hash    TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  made    INTEGER NOT NULL,
  seen    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);

-- Browsers that somebody came in with: their tries are counted apart from those of strangers.
CREATE TABLE devices (
  hash    TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  made    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX devices_by_account ON devices (account);

-- For programs.
CREATE TABLE tokens (
  hash    TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  role    TEXT NOT NULL CHECK (role IN ('reader', 'reviewer')),
  made    INTEGER NOT NULL,
  ends    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tokens_by_account ON tokens (account);

CREATE TABLE log (
  number  INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  what    TEXT NOT NULL,
  name    TEXT,
  by      TEXT,
  address TEXT
);
"""


def initial(db: apsw.Connection) -> None:
    """The tables of the first version."""
    db.execute(_INITIAL)


MIGRATIONS: tuple[Migration, ...] = (Migration("a0001_initial", initial),)
"""Only ever added to."""
