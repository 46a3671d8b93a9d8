-- A caller's key, under which a repeated order finds its run, and a run's place in the queue of its pool.
ALTER TABLE runs ADD COLUMN idempotency_key TEXT;
ALTER TABLE runs ADD COLUMN order_digest TEXT;
ALTER TABLE runs ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;

CREATE UNIQUE INDEX runs_by_key ON runs (idempotency_key) WHERE idempotency_key IS NOT NULL;
