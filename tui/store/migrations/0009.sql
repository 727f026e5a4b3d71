-- What the user has looked at: files and messages of patches, by what they change and not by who has it.
CREATE TABLE seen (
    digest TEXT NOT NULL,
    places TEXT NOT NULL,  -- what stands around it, as far as that tells where it is
    marked TEXT NOT NULL,  -- when, naive UTC
    PRIMARY KEY (digest, places)
) WITHOUT ROWID;

PRAGMA user_version = 9;
