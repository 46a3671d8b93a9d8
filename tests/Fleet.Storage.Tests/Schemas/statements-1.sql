-- What a replica at schema 1 does with its run: it renews its lease, records a round, writes down an answer, and begins a run on another pool.
UPDATE runs SET lease_owner = 'driver-old', lease_expires = '2026-03-04T12:06:00.0000000Z', fencing = CASE WHEN lease_owner = 'driver-old' THEN fencing ELSE fencing + 1 END
  WHERE id = 'r-1' AND (lease_owner IS NULL OR lease_owner = 'driver-old' OR lease_expires <= '2026-03-04T12:05:45.0000000Z');
UPDATE runs SET state = '{"slot":4}', phase = 'waiting', reasons = '[]', updated = '2026-03-04T12:05:50.0000000Z', version = version + 1, request = CASE WHEN request = 'none' THEN 'none' ELSE request END
  WHERE id = 'r-1' AND version = 7 AND fencing = 3 AND lease_owner IS NOT NULL;
UPDATE runs SET journal_length = journal_length + 1 WHERE id = 'r-1';
INSERT INTO journal (run_id, sequence, at, kind, subject, message, action_id) VALUES ('r-1', 3, '2026-03-04T12:05:50.0000000Z', 'action', 'workers-a', 'set desired', 'a-2');
UPDATE runs SET ledger_length = ledger_length + 1 WHERE id = 'r-1';
INSERT INTO ledger (run_id, kind, subject, ordinal, value_before, mine, status, action_id, note, at) VALUES ('r-1', 'max-size', 'workers-a', 2, '3', '4', 'done', 'a-3', NULL, '2026-03-04T12:05:50.0000000Z')
  ON CONFLICT (run_id, kind, subject) DO UPDATE SET
    value_before = excluded.value_before, mine = excluded.mine, status = excluded.status, action_id = excluded.action_id, note = excluded.note, at = excluded.at;
UPDATE runs SET fencing = fencing WHERE id = 'r-1' AND fencing = 3 AND lease_owner IS NOT NULL;
INSERT INTO runs (id, kind, cluster, pool, parent, spec, state, phase, reasons, request, version, created, updated)
  VALUES ('r-2', 'rotation', 'prod', 'batch', NULL, '{}', '{}', 'pending', '[]', 'none', 0, '2026-03-04T12:05:50.0000000Z', '2026-03-04T12:05:50.0000000Z')
  ON CONFLICT (id) DO NOTHING;
