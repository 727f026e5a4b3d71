-- What a write may already have set although its answer was lost: found on the server, it is our own.
ALTER TABLE outbox ADD COLUMN tried TEXT NOT NULL DEFAULT '[]';  -- JSON: a list of values
UPDATE outbox SET tried = '[' || wished || ']' WHERE attempts > 0 OR status = 'sending';

PRAGMA user_version = 3;
