"""The first schema of a ledger."""

from __future__ import annotations

SCHEMA = """
-- What the file says of itself.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Processes that have written and not yet closed. A row whose process is gone means an unclean
-- stop: the next opening checks the file and removes the row.
CREATE TABLE writers (
  token TEXT PRIMARY KEY,
  host  TEXT NOT NULL,
  pid   INTEGER NOT NULL
) WITHOUT ROWID;

-- Every record below is kept whole, as its JSON, in `record`. The other columns repeat what
-- filters ask for; they are derived from the record and are never edited on their own.

CREATE TABLE documents (
  number     INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  uri        TEXT NOT NULL,          -- the smallest of the paths it was seen under
  read_as    TEXT NOT NULL,          -- the path its findings were read under
  sha256     TEXT NOT NULL,          -- of the bytes as received
  media_type TEXT NOT NULL,
  outlet     TEXT,                   -- folded
  earliest   TEXT,                   -- published: YYYY-MM-DD, unknown parts 00
  latest     TEXT,                   -- the same, unknown parts 99
  recipe     TEXT,                   -- code, models and settings that read it; NULL after an import
  digest     TEXT NOT NULL,          -- of the whole reading: tells whether a new one differs
  record     TEXT NOT NULL           -- its JSON with an empty text: see `texts`
);
CREATE INDEX documents_by_uri ON documents (uri, id);
CREATE INDEX documents_by_bytes ON documents (sha256, media_type);

CREATE TABLE texts (
  number INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
  title  TEXT,
  text   TEXT NOT NULL
);

-- The paths under which a document's bytes were seen.
CREATE TABLE sightings (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  uri      TEXT NOT NULL,
  PRIMARY KEY (document, uri)
) WITHOUT ROWID;

-- Steps that made findings, and the documents they worked on.
CREATE TABLE made_by (
  id     TEXT PRIMARY KEY,
  record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE document_made_by (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  made_by  TEXT NOT NULL REFERENCES made_by (id),
  PRIMARY KEY (document, made_by)
) WITHOUT ROWID;
CREATE INDEX document_made_by_by_stamp ON document_made_by (made_by);

-- An entity is the sum of what each document says of it: so no document's reading ever changes a
-- row that another document made. Keys begin with the document where they can: ids are hashes, and
-- an index that begins with one is written to in as many places as there are rows.
CREATE TABLE entity_readings (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  entity   TEXT NOT NULL,
  name     TEXT NOT NULL,
  record   TEXT NOT NULL,
  PRIMARY KEY (document, entity)
) WITHOUT ROWID;
CREATE INDEX entity_readings_by_entity ON entity_readings (entity);
CREATE TABLE entity_names (
  folded   TEXT NOT NULL,            -- without case, accents, leading article
  entity   TEXT NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (folded, entity, document),
  FOREIGN KEY (document, entity) REFERENCES entity_readings (document, entity) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX entity_names_by_document ON entity_names (document, entity);

CREATE TABLE mentions (
  number   INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  place    INTEGER NOT NULL,         -- its turn within the reading
  entity   TEXT NOT NULL,
  record   TEXT NOT NULL,
  FOREIGN KEY (document, entity) REFERENCES entity_readings (document, entity)
);
CREATE INDEX mentions_by_document ON mentions (document, place);

CREATE TABLE statements (
  number       INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  document     INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  place        INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  act          TEXT,
  holder       TEXT,                 -- entity
  holder_words TEXT,                 -- folded; only where no entity is known
  outlet       TEXT,                 -- folded
  earliest     TEXT,                 -- said, else published: YYYY-MM-DD, unknown parts 00
  latest       TEXT,                 -- the same, unknown parts 99
  content      TEXT NOT NULL,
  record       TEXT NOT NULL,
  FOREIGN KEY (document, holder) REFERENCES entity_readings (document, entity)
);
CREATE INDEX statements_by_document ON statements (document, place);
CREATE INDEX statements_by_holder ON statements (holder);
CREATE INDEX statements_by_words ON statements (holder_words) WHERE holder_words IS NOT NULL;
CREATE INDEX statements_by_outlet ON statements (outlet);
CREATE INDEX statements_by_act ON statements (act, kind);
CREATE INDEX statements_by_latest ON statements (latest, earliest);
-- Entities that a statement's content mentions.
CREATE TABLE statement_about (
  entity    TEXT NOT NULL,
  statement INTEGER NOT NULL REFERENCES statements (number) ON DELETE CASCADE,
  PRIMARY KEY (entity, statement)
) WITHOUT ROWID;
CREATE INDEX statement_about_by_statement ON statement_about (statement);

CREATE TABLE claims (
  number       INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  document     INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  place        INTEGER NOT NULL,
  statement    TEXT REFERENCES statements (id) ON DELETE CASCADE,
  kind         TEXT NOT NULL,
  holder       TEXT,                 -- entity, of its statement
  holder_words TEXT,
  outlet       TEXT,
  earliest     TEXT,                 -- of its statement, else published
  latest       TEXT,
  where_entity TEXT,
  where_words  TEXT,                 -- folded
  quote        TEXT NOT NULL,
  record       TEXT NOT NULL,
  FOREIGN KEY (document, holder) REFERENCES entity_readings (document, entity),
  FOREIGN KEY (document, where_entity) REFERENCES entity_readings (document, entity)
);
CREATE INDEX claims_by_document ON claims (document, place);
CREATE INDEX claims_by_statement ON claims (statement);
CREATE INDEX claims_by_kind ON claims (kind);
CREATE INDEX claims_by_holder ON claims (holder);
CREATE INDEX claims_by_words ON claims (holder_words) WHERE holder_words IS NOT NULL;
CREATE INDEX claims_by_outlet ON claims (outlet);
CREATE INDEX claims_by_latest ON claims (latest, earliest);
CREATE INDEX claims_by_where ON claims (where_entity);
CREATE INDEX claims_by_where_words ON claims (where_words);
-- Entities that a claim names as subject, object, actor or target, or mentions.
CREATE TABLE claim_about (
  entity TEXT NOT NULL,
  claim  INTEGER NOT NULL REFERENCES claims (number) ON DELETE CASCADE,
  PRIMARY KEY (entity, claim)
) WITHOUT ROWID;
CREATE INDEX claim_about_by_claim ON claim_about (claim);

-- An event that several documents speak of is the sum of these rows.
CREATE TABLE event_readings (
  event    TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  place    INTEGER NOT NULL,
  record   TEXT NOT NULL,
  PRIMARY KEY (event, document)
) WITHOUT ROWID;
CREATE INDEX event_readings_by_document ON event_readings (document, place);

CREATE TABLE problems (
  id       TEXT PRIMARY KEY,
  uri      TEXT NOT NULL,
  document INTEGER REFERENCES documents (number) ON DELETE CASCADE,
  record   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX problems_by_uri ON problems (uri);
CREATE INDEX problems_by_document ON problems (document);

-- Full text. External content: the words stand once, in the tables above. Triggers keep the index
-- in the same transaction as its rows, also when rows go by cascade.
CREATE VIRTUAL TABLE texts_search USING fts5 (
  title, text, content='texts', content_rowid='number',
  tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
  INSERT INTO texts_search (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
  INSERT INTO texts_search (texts_search, rowid, title, text)
  VALUES ('delete', old.number, old.title, old.text);
END;
CREATE VIRTUAL TABLE statements_search USING fts5 (
  content, content='statements', content_rowid='number',
  tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER statements_added AFTER INSERT ON statements BEGIN
  INSERT INTO statements_search (rowid, content) VALUES (new.number, new.content);
END;
CREATE TRIGGER statements_removed AFTER DELETE ON statements BEGIN
  INSERT INTO statements_search (statements_search, rowid, content)
  VALUES ('delete', old.number, old.content);
END;
CREATE VIRTUAL TABLE claims_search USING fts5 (
  quote, content='claims', content_rowid='number',
  tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER claims_added AFTER INSERT ON claims BEGIN
  INSERT INTO claims_search (rowid, quote) VALUES (new.number, new.quote);
END;
CREATE TRIGGER claims_removed AFTER DELETE ON claims BEGIN
  INSERT INTO claims_search (claims_search, rowid, quote)
  VALUES ('delete', old.number, old.quote);
END;
"""
