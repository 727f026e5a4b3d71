-- Texts that came in the mbox of a series, which is nearly what the patches have: see core/mails.py.
ALTER TABLE body ADD COLUMN ahead INTEGER NOT NULL DEFAULT 0;

PRAGMA user_version = 11;
