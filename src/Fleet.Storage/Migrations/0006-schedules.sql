-- Declared schedules, and what Fleet remembers of each: which time was last due and what came of it. A state's version decides between replicas that try at once.
CREATE TABLE schedules (
  name TEXT NOT NULL PRIMARY KEY,
  cluster TEXT NOT NULL,
  spec TEXT NOT NULL
);

CREATE TABLE schedule_states (
  schedule TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  state TEXT NOT NULL
);
