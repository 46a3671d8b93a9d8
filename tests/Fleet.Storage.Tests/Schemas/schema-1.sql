-- A database as schema 1 left it, with a rotation under way.
CREATE TABLE schema_migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO schema_migrations (number, name) VALUES (1, '0001-inventory-and-runs');

CREATE TABLE clusters (
  name TEXT NOT NULL PRIMARY KEY,
  spec TEXT NOT NULL,
  kube_system_uid TEXT
);

CREATE TABLE pools (
  cluster TEXT NOT NULL REFERENCES clusters (name),
  name TEXT NOT NULL,
  spec TEXT NOT NULL,
  PRIMARY KEY (cluster, name)
);

-- Apart from the pools: a run that ends after its pool was deleted must not fail for it.
CREATE TABLE pool_status (
  cluster TEXT NOT NULL,
  pool TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (cluster, pool)
);

-- The lease lives in the run's own row, so that one UPDATE checks version and fencing number and writes, in any database.
CREATE TABLE runs (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  cluster TEXT NOT NULL,
  pool TEXT,
  parent TEXT,
  spec TEXT NOT NULL,
  state TEXT NOT NULL,
  phase TEXT NOT NULL,
  reasons TEXT NOT NULL,
  request TEXT NOT NULL,
  version BIGINT NOT NULL,
  created TEXT NOT NULL,
  updated TEXT NOT NULL,
  lease_owner TEXT,
  lease_expires TEXT,
  fencing BIGINT NOT NULL DEFAULT 0,
  journal_length BIGINT NOT NULL DEFAULT 0,
  ledger_length BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX runs_by_pool ON runs (cluster, pool, id);

CREATE TABLE journal (
  run_id TEXT NOT NULL REFERENCES runs (id),
  sequence BIGINT NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  message TEXT NOT NULL,
  action_id TEXT,
  PRIMARY KEY (run_id, sequence)
);

CREATE TABLE ledger (
  run_id TEXT NOT NULL REFERENCES runs (id),
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  value_before TEXT,
  mine TEXT,
  status TEXT NOT NULL,
  action_id TEXT,
  note TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (run_id, kind, subject)
);

INSERT INTO clusters (name, spec, kube_system_uid) VALUES ('prod', '{"name":"prod","account":"123456789012","region":"eu-west-1"}', 'uid-1');
INSERT INTO pools (cluster, name, spec) VALUES ('prod', 'workers', '{"cluster":"prod","name":"workers","groups":["workers-a"]}');
INSERT INTO pool_status (cluster, pool, status) VALUES ('prod', 'workers', '{"lastGood":{"workers-a":"lt-1:7"}}');
INSERT INTO runs (id, kind, cluster, pool, parent, spec, state, phase, reasons, request, version, created, updated, lease_owner, lease_expires, fencing, journal_length, ledger_length) VALUES
  ('r-0', 'rotation', 'prod', 'workers', NULL, '{}', '{}', 'succeeded', '[]', 'none', 40, '2026-03-01T12:00:00.0000000Z', '2026-03-01T13:00:00.0000000Z', NULL, NULL, 1, 0, 0),
  ('r-1', 'rotation', 'prod', 'workers', NULL, '{"image":"ami-1"}', '{"slot":3}', 'running', '[]', 'pause', 7, '2026-03-04T12:00:00.0000000Z', '2026-03-04T12:05:00.0000000Z', 'driver-old', '2026-03-04T12:05:15.0000000Z', 3, 2, 1);
INSERT INTO journal (run_id, sequence, at, kind, subject, message, action_id) VALUES
  ('r-1', 1, '2026-03-04T12:00:00.0000000Z', 'phase', 'run', 'Pending → Running', NULL),
  ('r-1', 2, '2026-03-04T12:01:00.0000000Z', 'action', 'workers-a', 'raise the maximum', 'a-1');
INSERT INTO ledger (run_id, kind, subject, ordinal, value_before, mine, status, action_id, note, at) VALUES
  ('r-1', 'max-size', 'workers-a', 1, '3', '4', 'open', 'a-1', NULL, '2026-03-04T12:01:00.0000000Z');
