-- Version 2: what people call accounts.
CREATE TABLE accounts (
    account TEXT NOT NULL, name TEXT, owner TEXT, first_run INTEGER NOT NULL, last_run INTEGER
) STRICT;
