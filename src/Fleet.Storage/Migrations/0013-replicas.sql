-- Which replicas share the database, and when each was last heard of.
CREATE TABLE replicas (
  name TEXT NOT NULL PRIMARY KEY,
  seen TEXT NOT NULL
);
