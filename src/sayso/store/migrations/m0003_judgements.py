"""What people decided, and what they took back."""

from __future__ import annotations

SCHEMA = """
-- Only ever added to. A judgement hangs on the id of a record and on nothing else: reading again
-- takes findings away and puts them back, and no judgement goes with them.
CREATE TABLE judgements (
  number   INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  judged   TEXT NOT NULL,            -- id of the record it is about
  other    TEXT,                     -- same, different: id of the other entity
  decision TEXT NOT NULL,
  person   TEXT NOT NULL,
  document TEXT,                     -- where the record stood, so that it can be found by its
  start    INTEGER,                  -- characters where a new version gives it another id
  ends     INTEGER,
  quote    TEXT,
  record   TEXT NOT NULL
);
CREATE INDEX judgements_by_judged ON judgements (judged);
CREATE INDEX judgements_by_other ON judgements (other) WHERE other IS NOT NULL;
CREATE INDEX judgements_by_place ON judgements (document, start) WHERE document IS NOT NULL;
CREATE TABLE withdrawals (
  judgement TEXT PRIMARY KEY REFERENCES judgements (id),
  at        TEXT NOT NULL,
  person    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements BEGIN
  SELECT raise(ABORT, 'a judgement is never changed: withdraw it and make another');
END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements BEGIN
  SELECT raise(ABORT, 'a judgement is never deleted: withdraw it');
END;
CREATE TRIGGER withdrawals_stay BEFORE UPDATE ON withdrawals BEGIN
  SELECT raise(ABORT, 'a withdrawal is never changed');
END;
CREATE TRIGGER withdrawals_remain BEFORE DELETE ON withdrawals BEGIN
  SELECT raise(ABORT, 'a withdrawal is never deleted');
END;
"""
