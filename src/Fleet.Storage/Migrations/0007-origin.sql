-- The trace context of the request that ordered a run, to which its spans are linked.
ALTER TABLE runs ADD COLUMN origin TEXT;
