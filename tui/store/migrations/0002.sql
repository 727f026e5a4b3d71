-- Offline first: the journal, texts with their age, marks of news, and what several processes share.

-- An action is one deed of the user; an item is what it asked of one field of one patch.
ALTER TABLE action ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE action ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE action ADD COLUMN undoes INTEGER;

CREATE TABLE item (
    action_id INTEGER NOT NULL,
    patch_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,  -- JSON, as after
    after TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '',  -- empty while it is in the outbox
    PRIMARY KEY (action_id, patch_id, field)
) WITHOUT ROWID;
INSERT OR IGNORE INTO item (action_id, patch_id, field, before, after)
    SELECT action_id, patch_id, field, seen, wished FROM outbox;
DELETE FROM action WHERE id NOT IN (SELECT action_id FROM outbox);

-- Texts: age and size stand before the text, so that counting them reads no text.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,  -- of a patch, or minus that of a cover letter
    stored TEXT NOT NULL,
    size INTEGER NOT NULL,  -- bytes, as they are stored
    headers TEXT NOT NULL,  -- JSON: a list of pairs
    content TEXT NOT NULL,
    diff TEXT NOT NULL
);
INSERT INTO text SELECT id, '', length(headers) + length(content) + length(diff), headers, content, diff
    FROM body;
DROP TABLE body;
ALTER TABLE text RENAME TO body;
CREATE INDEX body_by_age ON body (stored, id, size);

-- Rows that news changed since they were last under the cursor.
CREATE TABLE news (
    kind TEXT NOT NULL,  -- series or patches
    id INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE TABLE session (
    project TEXT PRIMARY KEY COLLATE NOCASE,
    place TEXT NOT NULL  -- JSON
) WITHOUT ROWID;

CREATE TABLE event_cursor (
    project_id INTEGER PRIMARY KEY,
    date TEXT NOT NULL,
    event_id INTEGER NOT NULL
);

-- Who syncs and delivers, when several processes have the file open; one row.
CREATE TABLE lease (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    owner TEXT NOT NULL,
    pid INTEGER NOT NULL,
    until REAL NOT NULL  -- seconds since 1970
);

-- What changed, for the other processes; trimmed.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    writer INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ids TEXT NOT NULL  -- JSON
);

-- Counting 300,000 index entries takes longer than a frame, so series are counted as they come.
CREATE TABLE series_count (
    project_id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL
);
INSERT INTO series_count SELECT project_id, count(*) FROM series WHERE id > 0 GROUP BY project_id;
CREATE TRIGGER series_came AFTER INSERT ON series WHEN new.id > 0 BEGIN
    INSERT INTO series_count VALUES (new.project_id, 1) ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER series_went AFTER DELETE ON series WHEN old.id > 0 BEGIN
    UPDATE series_count SET number = number - 1 WHERE project_id = old.project_id;
END;

PRAGMA user_version = 2;
