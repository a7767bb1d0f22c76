-- Version 1 of the history. A row with `first_run` and `last_run` holds from one run to the other, both included;
-- `last_run` is null while it holds. Runs are numbered in the order in which they were recorded.

CREATE TABLE about (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Texts that repeat.
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,              -- the instant that the rules took for now, in seconds of Unix time
    version TEXT NOT NULL,
    baseline TEXT NOT NULL,
    baseline_sha256 TEXT NOT NULL,
    policies_sha256 TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    resources INTEGER NOT NULL,
    databases INTEGER NOT NULL,
    pass INTEGER NOT NULL,
    fail INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    error INTEGER NOT NULL,
    waived INTEGER NOT NULL,
    not_applicable INTEGER NOT NULL,
    gaps INTEGER NOT NULL,
    drift INTEGER,                    -- null when nothing was compared
    pruned INTEGER NOT NULL DEFAULT 0 -- 1 when its rows were taken out; its time stays, for the ages of findings
) STRICT;

CREATE TABLE rules (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL UNIQUE, name TEXT NOT NULL, domain TEXT NOT NULL, title TEXT NOT NULL
) STRICT;
CREATE TABLE rule_uses (
    rule INTEGER NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER, PRIMARY KEY (rule, first_run)
) STRICT, WITHOUT ROWID;

-- A key that another resource gets later has a row for each of them.
CREATE TABLE resources (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    resource_id TEXT,
    type TEXT NOT NULL,
    kind TEXT NOT NULL,
    provider TEXT NOT NULL,
    account TEXT,
    region TEXT,
    name TEXT
) STRICT;

-- When a resource was seen, and what it belonged to. `gone_run` is the first run that knew that it was not there; a row
-- that ended without it was not seen because its place could not be read.
CREATE TABLE seen (
    resource INTEGER NOT NULL,
    first_run INTEGER NOT NULL,
    last_run INTEGER,
    gone_run INTEGER,
    tier INTEGER NOT NULL,
    owner INTEGER,
    engine INTEGER,
    PRIMARY KEY (resource, first_run)
) STRICT, WITHOUT ROWID;

-- Verdicts hold across runs that could not see the resource: what is not evaluated is not fixed. `seen` tells which runs did.
CREATE TABLE verdicts (
    resource INTEGER NOT NULL,
    rule INTEGER NOT NULL,
    first_run INTEGER NOT NULL,
    last_run INTEGER,
    verdict INTEGER NOT NULL,
    severity INTEGER,                 -- null of a pass and of what does not apply
    waiver INTEGER,
    message INTEGER,                  -- what the rule said in the first of the runs
    found INTEGER,                    -- the first run that found it failing, ever
    opened INTEGER,                   -- since which run it has been open; null when it is not
    reopened INTEGER,                 -- how often it came back
    failed INTEGER,                   -- of an open one that is not known now, the last run that saw it failing
    PRIMARY KEY (resource, rule, first_run)
) STRICT, WITHOUT ROWID;

-- `closed_run` is the first run that knew that it was no more.
CREATE TABLE drifts (
    fingerprint BLOB NOT NULL,
    first_run INTEGER NOT NULL,
    last_run INTEGER,
    closed_run INTEGER,
    resource INTEGER NOT NULL,        -- a text
    running INTEGER,                  -- a resource
    against TEXT NOT NULL,
    class TEXT NOT NULL,
    subject INTEGER NOT NULL,
    severity INTEGER,
    tier INTEGER NOT NULL,
    account TEXT,
    region TEXT,
    found INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    reopened INTEGER NOT NULL,
    PRIMARY KEY (fingerprint, first_run)
) STRICT, WITHOUT ROWID;

CREATE TABLE waivers (
    waiver TEXT NOT NULL,
    rule TEXT NOT NULL,
    state TEXT NOT NULL,
    expires TEXT NOT NULL,
    approver TEXT,
    owner TEXT,
    ticket TEXT,
    reason TEXT NOT NULL,
    selected INTEGER NOT NULL,
    waived INTEGER NOT NULL,
    first_run INTEGER NOT NULL,
    last_run INTEGER
) STRICT;

CREATE TABLE gaps (place TEXT NOT NULL, reason TEXT NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER) STRICT;

-- Places that were looked at, and the kinds of which not everything was seen there.
CREATE TABLE scopes (account TEXT, region TEXT, first_run INTEGER NOT NULL, last_run INTEGER) STRICT;
CREATE TABLE unread (
    account TEXT, region TEXT, kind TEXT NOT NULL, why TEXT NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER
) STRICT;

-- Facts that change now and then; `state` is 0 known, 1 unknown (the value is why), 2 missing.
CREATE TABLE facts (
    resource INTEGER NOT NULL,
    fact INTEGER NOT NULL,
    first_run INTEGER NOT NULL,
    last_run INTEGER,
    state INTEGER NOT NULL,
    value INTEGER,
    PRIMARY KEY (resource, fact, first_run)
) STRICT, WITHOUT ROWID;

-- Numbers that are measured anew in each run.
CREATE TABLE samples (
    run INTEGER NOT NULL, sample INTEGER NOT NULL, resource INTEGER NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (run, sample, resource)
) STRICT, WITHOUT ROWID;

CREATE TABLE targets (
    tier TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER
) STRICT;
