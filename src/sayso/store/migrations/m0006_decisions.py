"""What people decided, as of now: one view of it, and findings as they stand after it."""

from __future__ import annotations

SCHEMA = """
-- Which finding a decision (confirm, reject, correct) is about. A judgement names an id for ever;
-- where a document is read anew and the finding has another id, this row follows it. It can be made
-- again from the judgements and the findings.
CREATE TABLE decided (
  judgement INTEGER PRIMARY KEY REFERENCES judgements (number),
  finding   TEXT NOT NULL,
  adds      INTEGER NOT NULL         -- whether it adds the finding
);
CREATE INDEX decided_by_finding ON decided (finding, judgement);
INSERT INTO decided SELECT number, judged, 0 FROM judgements
  WHERE decision IN ('confirm', 'reject', 'correct');

-- Of each person, the decision about each finding that holds: the last that was not withdrawn. Who
-- confirms what they corrected themselves confirms it as corrected.
CREATE VIEW decisions AS
  WITH held AS NOT MATERIALIZED (
    SELECT d.finding AS finding, j.number AS number, j.person AS person, j.id AS judgement,
           CASE WHEN d.adds THEN 'add' ELSE j.decision END AS decision, j.record AS record
    FROM decided AS d JOIN judgements AS j ON j.number = d.judgement
    WHERE NOT EXISTS (SELECT 1 FROM withdrawals AS w WHERE w.judgement = j.id)
  )
  SELECT * FROM held AS h
  WHERE NOT EXISTS (
      SELECT 1 FROM held AS k
      WHERE k.finding = h.finding AND k.number > h.number AND k.person = h.person
        AND (k.decision <> 'confirm' OR h.decision NOT IN ('correct', 'add'))
    )
    AND (h.decision <> 'confirm' OR coalesce((
      SELECT k.decision FROM held AS k
      WHERE k.finding = h.finding AND k.number < h.number AND k.person = h.person
        AND k.decision <> 'confirm' ORDER BY k.number DESC LIMIT 1
    ), '') NOT IN ('correct', 'add'));

-- Of each finding, the decision that holds of all people's: the last one; but who confirms what
-- somebody else corrected or added confirms it so.
CREATE VIEW standings AS
  SELECT d.* FROM decisions AS d
  WHERE d.number = (
    SELECT CASE
      WHEN max(o.number) FILTER (WHERE o.decision = 'reject') = max(o.number) THEN max(o.number)
      ELSE coalesce(max(o.number) FILTER (WHERE o.decision IN ('correct', 'add')), max(o.number))
      END
    FROM decisions AS o WHERE o.finding = d.finding
  );

-- `record` stays what the machine found. Where people corrected it, `standing` holds the finding as
-- they have it, and the columns that filters ask for are those of `standing`. `added`: id of the
-- judgement that added the statement. `other_holder`: a holder whom the document itself does not
-- name.
ALTER TABLE statements ADD COLUMN standing TEXT;
ALTER TABLE statements ADD COLUMN added TEXT;
ALTER TABLE statements ADD COLUMN other_holder TEXT;
ALTER TABLE claims ADD COLUMN standing TEXT;
ALTER TABLE claims ADD COLUMN other_holder TEXT;
CREATE INDEX statements_by_added ON statements (added) WHERE added IS NOT NULL;
CREATE INDEX statements_by_other_holder ON statements (other_holder)
  WHERE other_holder IS NOT NULL;
CREATE INDEX claims_by_other_holder ON claims (other_holder) WHERE other_holder IS NOT NULL;
-- Who said how much is counted as corrected.
DROP TRIGGER statements_heard;
DROP TRIGGER statements_unheard;
CREATE TRIGGER statements_heard AFTER INSERT ON statements
  WHEN coalesce(new.holder, new.other_holder) IS NOT NULL BEGIN
  INSERT INTO said_by VALUES (coalesce(new.holder, new.other_holder), 1)
    ON CONFLICT DO UPDATE SET statements = statements + 1;
END;
CREATE TRIGGER statements_unheard AFTER DELETE ON statements
  WHEN coalesce(old.holder, old.other_holder) IS NOT NULL BEGIN
  UPDATE said_by SET statements = statements - 1
    WHERE holder = coalesce(old.holder, old.other_holder);
  DELETE FROM said_by WHERE holder = coalesce(old.holder, old.other_holder) AND statements = 0;
END;
CREATE TRIGGER statements_heard_otherwise AFTER UPDATE OF holder, other_holder ON statements
  WHEN coalesce(new.holder, new.other_holder) IS NOT coalesce(old.holder, old.other_holder) BEGIN
  UPDATE said_by SET statements = statements - 1
    WHERE holder = coalesce(old.holder, old.other_holder);
  DELETE FROM said_by WHERE holder = coalesce(old.holder, old.other_holder) AND statements = 0;
  INSERT INTO said_by SELECT coalesce(new.holder, new.other_holder), 1
    WHERE coalesce(new.holder, new.other_holder) IS NOT NULL
    ON CONFLICT DO UPDATE SET statements = statements + 1;
END;
CREATE TRIGGER statements_changed AFTER UPDATE OF content ON statements BEGIN
  INSERT INTO statements_search (statements_search, rowid, content)
  VALUES ('delete', old.number, old.content);
  INSERT INTO statements_search (rowid, content) VALUES (new.number, new.content);
END;
CREATE TRIGGER claims_changed AFTER UPDATE OF quote ON claims BEGIN
  INSERT INTO claims_search (claims_search, rowid, quote)
  VALUES ('delete', old.number, old.quote);
  INSERT INTO claims_search (rowid, quote) VALUES (new.number, new.quote);
END;
"""
