-- Who started a run; a caller's key is apart from another caller's. Runs from before have no starter, and their keys are everybody's.
ALTER TABLE runs ADD COLUMN started_by TEXT;

DROP INDEX runs_by_key;
CREATE UNIQUE INDEX runs_by_key_and_caller ON runs (idempotency_key, (COALESCE(started_by, ''))) WHERE idempotency_key IS NOT NULL;
