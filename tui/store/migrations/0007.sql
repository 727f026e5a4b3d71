-- Comments, what they add up to, and who vouches for what.

CREATE TABLE comment (
    key INTEGER PRIMARY KEY,  -- its id, or minus it where it answers a cover letter
    about INTEGER NOT NULL,  -- a patch, or minus the id of a cover letter
    date TEXT NOT NULL,
    submitter_id INTEGER NOT NULL,
    addressed INTEGER,  -- 0: it asks for something; NULL: it does not, or the server does not say
    unread INTEGER NOT NULL DEFAULT 0,
    msgid TEXT NOT NULL,
    subject TEXT NOT NULL,
    web_url TEXT NOT NULL,
    headers TEXT NOT NULL,  -- JSON: a list of pairs
    content TEXT NOT NULL
);
CREATE INDEX comment_by_about ON comment (about, date, key);

-- Of what the comments were read, and when.
CREATE TABLE talk (
    about INTEGER PRIMARY KEY,
    fetched TEXT NOT NULL,
    total INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    open INTEGER NOT NULL  -- with no wish laid over
);
CREATE INDEX talk_unread ON talk (about) WHERE unread;

-- Trailers by whom they name, in the place of their numbers: who vouches twice counts once.
CREATE TABLE trailer (
    about INTEGER NOT NULL,
    name TEXT NOT NULL,  -- in lower case
    who TEXT NOT NULL,
    said INTEGER NOT NULL,  -- whether in a comment, not in the text itself
    PRIMARY KEY (about, name, who, said)
) WITHOUT ROWID;
DROP TRIGGER body_went;
DROP TABLE patch_tag;
CREATE TRIGGER body_went AFTER DELETE ON body BEGIN
    DELETE FROM indexed WHERE id = old.id;
    DELETE FROM patch_file WHERE patch_id = old.id;
    DELETE FROM trailer WHERE about = old.id AND NOT said;
END;
-- Texts are looked through again when there is time.
INSERT INTO text_index (text_index) VALUES ('delete-all');
DELETE FROM indexed;

-- A wish may be of a comment: patch_id is then what the comment is about.
ALTER TABLE outbox ADD COLUMN comment INTEGER NOT NULL DEFAULT 0;  -- its key
DROP INDEX outbox_by_patch;
CREATE INDEX outbox_by_patch ON outbox (patch_id, field, comment);
CREATE TABLE new_item (
    action_id INTEGER NOT NULL,
    patch_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    comment INTEGER NOT NULL DEFAULT 0,
    before TEXT NOT NULL,  -- JSON, as after
    after TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '',  -- empty while it is in the outbox
    PRIMARY KEY (action_id, patch_id, field, comment)
) WITHOUT ROWID;
INSERT INTO new_item (action_id, patch_id, field, before, after, outcome)
    SELECT action_id, patch_id, field, before, after, outcome FROM item;
DROP TABLE item;
ALTER TABLE new_item RENAME TO item;

PRAGMA user_version = 7;
