-- Changes and refused attempts, chained by hash; rows are added and never changed.
CREATE TABLE audit (
  sequence BIGINT NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  caller TEXT NOT NULL,
  source TEXT NOT NULL,
  action TEXT NOT NULL,
  outcome TEXT NOT NULL,
  value_before TEXT,
  value_after TEXT,
  hash TEXT NOT NULL
);
