-- Checks that the user has begun to write and not filed.
CREATE TABLE check_draft (
    patch_ids TEXT NOT NULL PRIMARY KEY,  -- of which patches, as a JSON list in ascending order
    state TEXT NOT NULL,
    context TEXT NOT NULL,
    description TEXT NOT NULL,
    target_url TEXT NOT NULL
) WITHOUT ROWID;

PRAGMA user_version = 10;
