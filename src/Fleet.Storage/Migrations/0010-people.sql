-- The person behind a key and behind a run. Of keys from before nobody knows, until an admin says so; a token and a command on the store itself name their person.
ALTER TABLE api_keys ADD COLUMN person TEXT;
ALTER TABLE runs ADD COLUMN person TEXT;

UPDATE runs SET person = started_by WHERE started_by LIKE 'https://%' OR started_by LIKE 'schedule/%' OR started_by LIKE 'local %';
