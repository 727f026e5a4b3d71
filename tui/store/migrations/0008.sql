-- What CI says of patches, and what the user has it say.

CREATE TABLE patch_check (
    patch_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    date TEXT NOT NULL,  -- in the server's own time zone
    state TEXT NOT NULL,
    context TEXT NOT NULL,
    description TEXT NOT NULL,
    target_url TEXT NOT NULL,
    account_id INTEGER,
    PRIMARY KEY (patch_id, id)
) WITHOUT ROWID;

-- Of which patches the checks were read, when, and how much has happened to them since.
CREATE TABLE checks_read (
    patch_id INTEGER PRIMARY KEY,
    date TEXT NOT NULL,  -- UTC
    news INTEGER NOT NULL DEFAULT 0
);
CREATE TRIGGER patch_check_went AFTER DELETE ON patch BEGIN
    DELETE FROM patch_check WHERE patch_id = old.id;
    DELETE FROM checks_read WHERE patch_id = old.id;
END;
CREATE TRIGGER worst_check_changed AFTER UPDATE OF worst_check ON patch
WHEN old.worst_check != new.worst_check BEGIN
    UPDATE checks_read SET news = news + 1 WHERE patch_id = new.id;
END;

-- Checks that the user files.  Not in the outbox: nothing was there before, so nothing can be compared,
-- and nothing taken back.
CREATE TABLE filing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL,
    patch_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    context TEXT NOT NULL,
    description TEXT NOT NULL,
    target_url TEXT NOT NULL,
    status TEXT NOT NULL,  -- as in the outbox, and then done or dropped
    attempts INTEGER NOT NULL DEFAULT 0,
    after INTEGER,  -- the patch's newest check when it was sent; NULL until then
    error TEXT NOT NULL DEFAULT '',
    faults TEXT NOT NULL DEFAULT '{}'  -- JSON: what the server says of which field
);
CREATE INDEX filing_by_patch ON filing (patch_id);
CREATE INDEX filing_by_action ON filing (action_id);

PRAGMA user_version = 8;
