"""What the workbench keeps: searches with a name, and figures that need not be counted again."""

from __future__ import annotations

_COUNTED = ("documents", "statements", "claims", "disputes")
"""Only tables that no statement replaces rows of: a replaced row fires no trigger."""

SCHEMA = """
-- Only ever added to, as judgements are: a search that is no longer wanted is withdrawn.
CREATE TABLE searches (
  number INTEGER PRIMARY KEY,
  id     TEXT NOT NULL UNIQUE,
  name   TEXT NOT NULL,
  listed TEXT NOT NULL,              -- statements or claims
  query  TEXT NOT NULL,              -- as it stands in the address
  person TEXT NOT NULL,
  at     TEXT NOT NULL
);
CREATE TABLE searches_withdrawn (
  search TEXT PRIMARY KEY REFERENCES searches (id),
  at     TEXT NOT NULL,
  person TEXT NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER searches_stay BEFORE UPDATE ON searches BEGIN
  SELECT raise(ABORT, 'a search is never changed: withdraw it and keep another');
END;
CREATE TRIGGER searches_remain BEFORE DELETE ON searches BEGIN
  SELECT raise(ABORT, 'a search is never deleted: withdraw it');
END;
CREATE TRIGGER searches_withdrawn_stay BEFORE UPDATE ON searches_withdrawn BEGIN
  SELECT raise(ABORT, 'a withdrawal is never changed');
END;
CREATE TRIGGER searches_withdrawn_remain BEFORE DELETE ON searches_withdrawn BEGIN
  SELECT raise(ABORT, 'a withdrawal is never deleted');
END;

-- Counting a million rows takes longer than a page may. Triggers keep these two tables, so they
-- are right in every transaction, whoever writes; `sayso check` counts again.
CREATE TABLE figures (
  name   TEXT PRIMARY KEY,           -- a table
  number INTEGER NOT NULL            -- its rows
) WITHOUT ROWID;
CREATE TABLE said_by (
  holder     TEXT PRIMARY KEY,
  statements INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX said_by_statements ON said_by (statements);
INSERT INTO said_by
  SELECT holder, count(*) FROM statements WHERE holder IS NOT NULL GROUP BY holder;
CREATE TRIGGER statements_heard AFTER INSERT ON statements WHEN new.holder IS NOT NULL BEGIN
  INSERT INTO said_by VALUES (new.holder, 1)
    ON CONFLICT DO UPDATE SET statements = statements + 1;
END;
CREATE TRIGGER statements_unheard AFTER DELETE ON statements WHEN old.holder IS NOT NULL BEGIN
  UPDATE said_by SET statements = statements - 1 WHERE holder = old.holder;
  DELETE FROM said_by WHERE holder = old.holder AND statements = 0;
END;
""" + "".join(
    f"""
INSERT INTO figures SELECT '{table}', count(*) FROM {table};
CREATE TRIGGER {table}_counted AFTER INSERT ON {table} BEGIN
  UPDATE figures SET number = number + 1 WHERE name = '{table}';
END;
CREATE TRIGGER {table}_uncounted AFTER DELETE ON {table} BEGIN
  UPDATE figures SET number = number - 1 WHERE name = '{table}';
END;
"""
    for table in _COUNTED
)
