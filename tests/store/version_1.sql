-- What one Patchwork server said, and what the user wishes of it.
-- Dates are naive ISO 8601 text, so they sort as they are.  Text from the server stands as it came.

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL
);

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    username TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL
);

CREATE TABLE project (
    id INTEGER PRIMARY KEY,
    link_name TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL,
    list_email TEXT NOT NULL,
    web_url TEXT NOT NULL
);

CREATE TABLE maintainer (
    project_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    PRIMARY KEY (project_id, position)
) WITHOUT ROWID;

-- A negative id is a loose patch, shown as a series of one: minus the patch's id.
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    date TEXT NOT NULL,
    submitter_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    total INTEGER NOT NULL,
    received_total INTEGER NOT NULL,
    received_all INTEGER NOT NULL,
    cover_id INTEGER,
    patch_ids TEXT NOT NULL,  -- in the order of the series, with a space between
    web_url TEXT NOT NULL
);
CREATE INDEX series_by_date ON series (project_id, date DESC, id DESC);

-- The server's values; open wishes lie in the outbox and are laid over when read.
CREATE TABLE patch (
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL,
    series_id INTEGER NOT NULL,
    msgid TEXT NOT NULL,
    name TEXT NOT NULL,
    date TEXT NOT NULL,
    submitter_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    archived INTEGER NOT NULL,
    delegate_id INTEGER,
    worst_check TEXT NOT NULL,
    hash TEXT NOT NULL,
    commit_ref TEXT NOT NULL,
    pull_url TEXT NOT NULL,
    web_url TEXT NOT NULL
);
CREATE INDEX patch_by_series ON patch (series_id);

CREATE TABLE cover (
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL,
    series_id INTEGER,
    msgid TEXT NOT NULL,
    name TEXT NOT NULL,
    date TEXT NOT NULL,
    submitter_id INTEGER NOT NULL,
    web_url TEXT NOT NULL
);

-- Of a patch, or, with a negative id, of a cover letter: their numbers may clash.
CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    headers TEXT NOT NULL,  -- JSON: a list of pairs
    content TEXT NOT NULL,
    diff TEXT NOT NULL
);

CREATE TABLE state (
    slug TEXT PRIMARY KEY,
    position INTEGER  -- in the server's own list; NULL for one that was only seen
);

CREATE TABLE action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created TEXT NOT NULL
);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL,
    patch_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    seen TEXT NOT NULL,  -- JSON, as wished
    wished TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX outbox_by_patch ON outbox (patch_id, field);

PRAGMA user_version = 1;
