-- Services look for unfinished runs every second; the archive beside them grows for years.
CREATE INDEX runs_unfinished ON runs (cluster, pool, id) WHERE phase NOT IN ('succeeded', 'failed', 'cancelled');
