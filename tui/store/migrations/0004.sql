-- What happened that is worth telling.
CREATE TABLE happening (
    event_id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL,
    topic TEXT NOT NULL,
    date TEXT NOT NULL,  -- in the server's own time zone
    series_id INTEGER NOT NULL,
    patch_id INTEGER,
    cover_id INTEGER,
    comment_id INTEGER,  -- minus it for a cover letter's
    mailed TEXT,  -- of the mail that it is about, UTC
    who TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    context TEXT NOT NULL,
    line TEXT NOT NULL,  -- the same for what is told in one line
    read INTEGER NOT NULL
);
CREATE INDEX happening_unread ON happening (project_id, line) WHERE NOT read;
-- A server tells a comment again whenever it is marked as addressed.
CREATE UNIQUE INDEX happening_of_comment ON happening (comment_id) WHERE comment_id IS NOT NULL;
-- A check that fails again has not turned red.
CREATE UNIQUE INDEX happening_of_check ON happening (patch_id, context) WHERE topic = 'check';

-- From a comment on a cover letter to the series.
CREATE INDEX series_by_cover ON series (cover_id) WHERE cover_id IS NOT NULL;

PRAGMA user_version = 4;
