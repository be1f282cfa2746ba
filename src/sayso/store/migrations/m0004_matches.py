"""What is found across documents, and the small extracts of each document that it is made from."""

from __future__ import annotations

SCHEMA = """
-- Everything in these tables is made from the findings above and from people's judgements. It can
-- be thrown away and made again; nothing above depends on it.

-- Naming an entity must not read what every document says of it.
DROP INDEX entity_readings_by_entity;
CREATE INDEX entity_readings_by_entity ON entity_readings (entity, name);

-- The reading that a document was matched by. A document whose row is missing or whose digest
-- differs from `documents.digest` is still to be matched.
CREATE TABLE matched (
  document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
  digest   TEXT NOT NULL,
  recipe   TEXT NOT NULL             -- the code that matched it
);

-- Documents and entities whose groups are still to be made again.
CREATE TABLE touched (
  kind TEXT NOT NULL,                -- copies, stories, actors
  id   TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- What one step keeps of a document, so that it need not be read again to compare another with it.
CREATE TABLE extracts (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  step     TEXT NOT NULL,
  record   BLOB NOT NULL,
  keys     BLOB NOT NULL,            -- its rows in `extract_keys`: signed 64-bit numbers, packed
  PRIMARY KEY (document, step)
) WITHOUT ROWID;
CREATE TABLE extract_keys (
  step     TEXT NOT NULL,
  key      INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (step, key, document)
) WITHOUT ROWID;

-- What a step counted over the whole collection when it last went through all of it.
CREATE TABLE collection_counts (
  step   TEXT PRIMARY KEY,
  record BLOB NOT NULL
) WITHOUT ROWID;
-- Keys that say nothing: the words that a site puts under everything it prints.
CREATE TABLE common_keys (
  step TEXT NOT NULL,
  key  INTEGER NOT NULL,
  PRIMARY KEY (step, key)
) WITHOUT ROWID;

CREATE TABLE copy_pairs (
  one    INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  other  INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  record BLOB NOT NULL,
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX copy_pairs_by_other ON copy_pairs (other);
CREATE TABLE copies (
  id     TEXT PRIMARY KEY,
  record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE copies_documents (
  copies   TEXT NOT NULL REFERENCES copies (id) ON DELETE CASCADE,
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  PRIMARY KEY (document, copies)
) WITHOUT ROWID;
CREATE INDEX copies_documents_by_copies ON copies_documents (copies);

-- Entities as actors: what was compared, what was decided, and who stands for whom.
CREATE TABLE profiles (
  entity TEXT PRIMARY KEY,
  record BLOB NOT NULL,
  keys   BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE profile_keys (
  key    INTEGER NOT NULL,
  entity TEXT NOT NULL,
  PRIMARY KEY (key, entity)
) WITHOUT ROWID;
-- The entities of a document when it was matched: those that it names no longer are looked at too.
CREATE TABLE profiled (
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  entity   TEXT NOT NULL,
  PRIMARY KEY (document, entity)
) WITHOUT ROWID;
CREATE TABLE comparisons (
  one    TEXT NOT NULL,
  other  TEXT NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX comparisons_by_other ON comparisons (other);
CREATE TABLE joinings (
  id     TEXT PRIMARY KEY,
  one    TEXT NOT NULL,
  other  TEXT NOT NULL,
  linked INTEGER NOT NULL,           -- whether it is by this that they are one
  record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX joinings_by_one ON joinings (one);
CREATE INDEX joinings_by_other ON joinings (other);
CREATE TABLE actors (
  entity TEXT PRIMARY KEY,           -- only entities that are joined with another
  actor  TEXT NOT NULL               -- the entity that stands for them
) WITHOUT ROWID;
CREATE INDEX actors_by_actor ON actors (actor);

CREATE TABLE stories (
  id     TEXT PRIMARY KEY,
  record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE story_documents (
  document INTEGER PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
  story    TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE
);
CREATE INDEX story_documents_by_story ON story_documents (story);
CREATE TABLE happenings (
  event     TEXT PRIMARY KEY,        -- only events that several documents tell of in their ways
  happening TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX happenings_by_happening ON happenings (happening);

-- Claims ready to be laid beside others, and the topics that they belong to.
CREATE TABLE sides (
  claim    INTEGER PRIMARY KEY REFERENCES claims (number) ON DELETE CASCADE,
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  record   BLOB NOT NULL             -- without the claim, its statement and its document
);
CREATE INDEX sides_by_document ON sides (document);
CREATE TABLE topics (
  topic TEXT NOT NULL,               -- by the entities and events of the document
  role  TEXT NOT NULL,
  claim INTEGER NOT NULL REFERENCES sides (claim) ON DELETE CASCADE,
  PRIMARY KEY (topic, role, claim)
) WITHOUT ROWID;
CREATE INDEX topics_by_claim ON topics (claim);

CREATE TABLE disputes (
  id      TEXT PRIMARY KEY,
  topic   TEXT NOT NULL,             -- by actors and happenings
  verdict TEXT NOT NULL,
  record  TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX disputes_by_topic ON disputes (topic);
CREATE TABLE dispute_documents (
  dispute  TEXT NOT NULL REFERENCES disputes (id) ON DELETE CASCADE,
  document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
  PRIMARY KEY (document, dispute)
) WITHOUT ROWID;
CREATE INDEX dispute_documents_by_dispute ON dispute_documents (dispute);
CREATE TABLE dispute_about (
  entity  TEXT NOT NULL,
  dispute TEXT NOT NULL REFERENCES disputes (id) ON DELETE CASCADE,
  PRIMARY KEY (entity, dispute)
) WITHOUT ROWID;
CREATE INDEX dispute_about_by_dispute ON dispute_about (dispute);
-- Topics whose disputes are to be made again.
CREATE TABLE stale_topics (
  topic TEXT PRIMARY KEY
) WITHOUT ROWID;

-- Lists of known actors that this ledger is read with.
CREATE TABLE actor_files (
  name    TEXT PRIMARY KEY,
  sha256  TEXT NOT NULL,
  actors  INTEGER NOT NULL,
  content BLOB NOT NULL
) WITHOUT ROWID;
"""
