"""Statements and claims can be asked for by how sure they are."""

from __future__ import annotations

SCHEMA = """
-- Computed from the record, so that it cannot differ from it.
ALTER TABLE statements
  ADD COLUMN confidence REAL GENERATED ALWAYS AS (json_extract(record, '$.confidence')) VIRTUAL;
ALTER TABLE claims
  ADD COLUMN confidence REAL GENERATED ALWAYS AS (json_extract(record, '$.confidence')) VIRTUAL;
CREATE INDEX statements_by_confidence ON statements (confidence);
CREATE INDEX claims_by_confidence ON claims (confidence);
"""
