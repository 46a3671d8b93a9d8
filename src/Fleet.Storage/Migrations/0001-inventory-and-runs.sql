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
