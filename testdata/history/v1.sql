PRAGMA application_id=1684171628; PRAGMA user_version=1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE about (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO about VALUES('subject','audits');
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO texts VALUES(1,'tier-2');
INSERT INTO texts VALUES(2,'aurora-postgresql');
INSERT INTO texts VALUES(3,'tier-3');
INSERT INTO texts VALUES(4,'postgres');
INSERT INTO texts VALUES(5,'tier-1');
INSERT INTO texts VALUES(6,'mysql');
INSERT INTO texts VALUES(12,'may be placed in subnet-c84fbeeb9983ec93d, which routes to the internet; tier-2 asks for private subnets');
INSERT INTO texts VALUES(13,'does not log users in with the provider''s identities; tier-2 asks for it');
INSERT INTO texts VALUES(14,'the administrator is called root; tier-2 asks for a name that is not well known');
INSERT INTO texts VALUES(15,'the administrator''s password is kept by hand; tier-2 asks for a managed one');
INSERT INTO texts VALUES(39,'has a public address; tier-3 asks for private addresses only');
INSERT INTO texts VALUES(40,'lets in every address (0.0.0.0/0); tier-3 asks for named ranges; lets in every address (::/0); tier-3 asks for named ranges');
INSERT INTO texts VALUES(41,'may be placed in subnet-c84fbeeb9983ec93d, which routes to the internet; tier-3 asks for private subnets');
INSERT INTO texts VALUES(42,'has a public address, lets in 0.0.0.0/0 and has a route to the internet; tier-3 asks to keep it off; has a public address, lets in ::/0 and has a route to the internet; tier-3 asks to keep it off');
INSERT INTO texts VALUES(43,'does not log users in with the provider''s identities; tier-3 asks for it');
INSERT INTO texts VALUES(44,'the administrator is called root; tier-3 asks for a name that is not well known');
INSERT INTO texts VALUES(45,'the administrator''s password is kept by hand; tier-3 asks for a managed one');
INSERT INTO texts VALUES(56,'may be placed in subnet-c84fbeeb9983ec93d, which routes to the internet; tier-1 asks for private subnets');
INSERT INTO texts VALUES(57,'does not log users in with the provider''s identities; tier-1 asks for it');
INSERT INTO texts VALUES(58,'the administrator is called root; tier-1 asks for a name that is not well known');
INSERT INTO texts VALUES(101,'may be placed in subnet-0633fca96bdecdbcc, which routes to the internet; tier-2 asks for private subnets');
INSERT INTO texts VALUES(123,'backup_retention_days');
INSERT INTO texts VALUES(124,'1');
INSERT INTO texts VALUES(125,'engine_support_end');
INSERT INTO texts VALUES(126,'engine_version');
INSERT INTO texts VALUES(127,'16.2');
INSERT INTO texts VALUES(128,'in_backup_plan');
INSERT INTO texts VALUES(129,'false');
INSERT INTO texts VALUES(130,'last_restore_test');
INSERT INTO texts VALUES(131,'not collected: a restore does not say what it restored');
INSERT INTO texts VALUES(132,'maintenance_forced_at');
INSERT INTO texts VALUES(133,'pending_maintenance');
INSERT INTO texts VALUES(134,'');
INSERT INTO texts VALUES(135,'declared');
INSERT INTO texts VALUES(136,'nothing was compared');
INSERT INTO texts VALUES(137,'certificate_valid_till');
INSERT INTO texts VALUES(138,'not collected: the reply of rds:DescribeDBInstances does not hold it');
INSERT INTO texts VALUES(139,'0');
INSERT INTO texts VALUES(140,'2029-02-28T23:59:59Z');
INSERT INTO texts VALUES(141,'16.3');
INSERT INTO texts VALUES(142,'8.0.36');
INSERT INTO texts VALUES(143,'true');
INSERT INTO texts VALUES(144,'system-update');
INSERT INTO texts VALUES(148,'recovery_lag_seconds');
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
INSERT INTO runs VALUES(1,1793498400,'0.1.0','standard','b210b4be6e27f6396ff73b9777eaddaecbf0beae4ae155fd5f703e3aee80c262','15e0bebabadbbee7c6a466ce16c039f244a2542a67c1e64cbb7916479b08c6b6','9b213a41668c3eef770f410ffd9cd9f3717b7765c0535935de77a8015d98b7bf',223,58,1664,985,488,0,0,3471,0,NULL,0);
INSERT INTO runs VALUES(2,1793584800,'0.1.0','standard','b210b4be6e27f6396ff73b9777eaddaecbf0beae4ae155fd5f703e3aee80c262','15e0bebabadbbee7c6a466ce16c039f244a2542a67c1e64cbb7916479b08c6b6','a5603c75fc02321eab4c9996a0e5915dc8905befb5dfc8a0851beb1527647cff',223,58,1664,985,488,0,0,3471,0,NULL,0);
INSERT INTO runs VALUES(3,1793584800,'0.1.0','standard','b210b4be6e27f6396ff73b9777eaddaecbf0beae4ae155fd5f703e3aee80c262','15e0bebabadbbee7c6a466ce16c039f244a2542a67c1e64cbb7916479b08c6b6','a605143471acae41e036386964855e6dc3dfa689b77a862a6f1a68dc321f5bf7',223,58,1664,985,488,0,0,3471,0,NULL,0);
CREATE TABLE rules (
    id INTEGER PRIMARY KEY, rule TEXT NOT NULL UNIQUE, name TEXT NOT NULL, domain TEXT NOT NULL, title TEXT NOT NULL
) STRICT;
INSERT INTO rules VALUES(1,'DBK-ACC-001','not_publicly_accessible','access','The server has no public address');
INSERT INTO rules VALUES(2,'DBK-ACC-002','ingress_not_open','access','The database port is closed to the internet');
INSERT INTO rules VALUES(3,'DBK-ACC-003','ingress_ranges_narrow','access','The ranges let in are narrow');
INSERT INTO rules VALUES(4,'DBK-ACC-004','subnets_private','access','The database lives in private subnets');
INSERT INTO rules VALUES(5,'DBK-ACC-005','not_internet_reachable','access','Nobody on the internet can reach the database');
INSERT INTO rules VALUES(6,'DBK-ACC-006','snapshot_not_public','access','Snapshots are not shared with everybody');
INSERT INTO rules VALUES(7,'DBK-ACC-007','snapshot_sharing_approved','access','Snapshots are shared with approved accounts only');
INSERT INTO rules VALUES(8,'DBK-ACC-008','iam_authentication','access','Users can log in with the provider''s identities');
INSERT INTO rules VALUES(9,'DBK-ACC-009','master_username_not_default','access','The administrator does not have a well-known name');
INSERT INTO rules VALUES(10,'DBK-ACC-010','master_password_managed','access','The administrator''s password is kept by the provider');
INSERT INTO rules VALUES(11,'DBK-ACC-011','master_password_not_in_state','access','The administrator''s password is not in the Terraform state');
INSERT INTO rules VALUES(12,'DBK-ACC-012','non_default_port','access','The database does not listen on the engine''s default port');
CREATE TABLE rule_uses (
    rule INTEGER NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER, PRIMARY KEY (rule, first_run)
) STRICT, WITHOUT ROWID;
INSERT INTO rule_uses VALUES(1,1,NULL);
INSERT INTO rule_uses VALUES(2,1,NULL);
INSERT INTO rule_uses VALUES(3,1,NULL);
INSERT INTO rule_uses VALUES(4,1,NULL);
INSERT INTO rule_uses VALUES(5,1,NULL);
INSERT INTO rule_uses VALUES(6,1,NULL);
INSERT INTO rule_uses VALUES(7,1,NULL);
INSERT INTO rule_uses VALUES(8,1,NULL);
INSERT INTO rule_uses VALUES(9,1,NULL);
INSERT INTO rule_uses VALUES(10,1,NULL);
INSERT INTO rule_uses VALUES(11,1,NULL);
INSERT INTO rule_uses VALUES(12,1,NULL);
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
INSERT INTO resources VALUES(28,'arn:aws:rds:eu-west-1:123456789012:cluster:cluster-0','cluster-IGGZWNGMKA0NVR0EC3ICZ1WHCM','aws_rds_cluster','cluster','aws','123456789012','eu-west-1','cluster-0');
INSERT INTO resources VALUES(32,'arn:aws:rds:eu-west-1:123456789012:db:db-00','db-M5ENSHXFPU6XHZ4G4ZEI5QIO2U','aws_db_instance','instance','aws','123456789012','eu-west-1','db-00');
INSERT INTO resources VALUES(33,'arn:aws:rds:eu-west-1:123456789012:db:db-01','db-M5ENSHXFPU6XHZ4G4ZEI5QIO2U','aws_db_instance','instance','aws','123456789012','eu-west-1','db-01');
INSERT INTO resources VALUES(102,'arn:aws:rds:us-east-1:123456789012:cluster:cluster-0','cluster-80HO6LRI3L580Q05ZN31OKMU4C','aws_rds_cluster','cluster','aws','123456789012','us-east-1','cluster-0');
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
INSERT INTO seen VALUES(28,1,NULL,NULL,1,NULL,2);
INSERT INTO seen VALUES(32,1,NULL,NULL,3,NULL,4);
INSERT INTO seen VALUES(33,1,NULL,NULL,5,NULL,6);
INSERT INTO seen VALUES(102,1,NULL,NULL,1,NULL,2);
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
INSERT INTO verdicts VALUES(28,2,1,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(28,3,1,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(28,4,1,NULL,1,3,NULL,12,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(28,8,1,NULL,1,2,NULL,13,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(28,9,1,NULL,1,2,NULL,14,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(28,10,1,NULL,1,2,NULL,15,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(28,11,1,NULL,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(28,12,1,NULL,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(32,1,1,NULL,1,4,NULL,39,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(32,2,1,NULL,1,3,NULL,40,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(32,3,1,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(32,4,1,NULL,1,3,NULL,41,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(32,5,1,NULL,1,4,NULL,42,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(32,8,1,NULL,1,2,NULL,43,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(32,9,1,NULL,1,2,NULL,44,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(32,10,1,NULL,1,2,NULL,45,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(32,11,1,NULL,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(32,12,1,NULL,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(33,1,1,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(33,2,1,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(33,3,1,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(33,4,1,NULL,1,3,NULL,56,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(33,5,1,NULL,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(33,8,1,NULL,1,2,NULL,57,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(33,9,1,NULL,1,2,NULL,58,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(33,10,1,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(33,11,1,NULL,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(33,12,1,NULL,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(102,2,1,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(102,3,1,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(102,4,1,NULL,1,3,NULL,101,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(102,8,1,NULL,1,2,NULL,13,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(102,9,1,NULL,1,2,NULL,14,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(102,10,1,NULL,1,2,NULL,15,1,1,NULL,NULL);
INSERT INTO verdicts VALUES(102,11,1,NULL,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO verdicts VALUES(102,12,1,NULL,5,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
CREATE TABLE scopes (account TEXT, region TEXT, first_run INTEGER NOT NULL, last_run INTEGER) STRICT;
INSERT INTO scopes VALUES('123456789012','eu-west-1',1,NULL);
INSERT INTO scopes VALUES('123456789012','us-east-1',1,NULL);
INSERT INTO scopes VALUES('494612620548','eu-west-1',1,NULL);
INSERT INTO scopes VALUES('494612620548','us-east-1',1,NULL);
CREATE TABLE unread (
    account TEXT, region TEXT, kind TEXT NOT NULL, why TEXT NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER
) STRICT;
CREATE TABLE facts (
    resource INTEGER NOT NULL,
    fact INTEGER NOT NULL,
    first_run INTEGER NOT NULL,
    last_run INTEGER,
    state INTEGER NOT NULL,
    value INTEGER,
    PRIMARY KEY (resource, fact, first_run)
) STRICT, WITHOUT ROWID;
INSERT INTO facts VALUES(28,123,1,NULL,0,124);
INSERT INTO facts VALUES(28,125,1,NULL,2,NULL);
INSERT INTO facts VALUES(28,126,1,NULL,0,127);
INSERT INTO facts VALUES(28,128,1,NULL,0,129);
INSERT INTO facts VALUES(28,130,1,NULL,1,131);
INSERT INTO facts VALUES(28,132,1,NULL,2,NULL);
INSERT INTO facts VALUES(28,133,1,NULL,0,134);
INSERT INTO facts VALUES(28,135,1,NULL,1,136);
INSERT INTO facts VALUES(32,123,1,NULL,0,139);
INSERT INTO facts VALUES(32,125,1,NULL,0,140);
INSERT INTO facts VALUES(32,126,1,NULL,0,141);
INSERT INTO facts VALUES(32,128,1,NULL,0,129);
INSERT INTO facts VALUES(32,130,1,NULL,1,131);
INSERT INTO facts VALUES(32,132,1,NULL,2,NULL);
INSERT INTO facts VALUES(32,133,1,NULL,0,134);
INSERT INTO facts VALUES(32,135,1,NULL,1,136);
INSERT INTO facts VALUES(32,137,1,NULL,1,138);
INSERT INTO facts VALUES(33,123,1,NULL,0,124);
INSERT INTO facts VALUES(33,125,1,NULL,2,NULL);
INSERT INTO facts VALUES(33,126,1,NULL,0,142);
INSERT INTO facts VALUES(33,128,1,NULL,0,143);
INSERT INTO facts VALUES(33,130,1,NULL,1,131);
INSERT INTO facts VALUES(33,132,1,NULL,2,NULL);
INSERT INTO facts VALUES(33,133,1,NULL,0,144);
INSERT INTO facts VALUES(33,135,1,NULL,1,136);
INSERT INTO facts VALUES(33,137,1,NULL,1,138);
INSERT INTO facts VALUES(102,123,1,NULL,0,124);
INSERT INTO facts VALUES(102,125,1,NULL,2,NULL);
INSERT INTO facts VALUES(102,126,1,NULL,0,127);
INSERT INTO facts VALUES(102,128,1,NULL,0,129);
INSERT INTO facts VALUES(102,130,1,NULL,1,131);
INSERT INTO facts VALUES(102,132,1,NULL,2,NULL);
INSERT INTO facts VALUES(102,133,1,NULL,0,134);
INSERT INTO facts VALUES(102,135,1,NULL,1,136);
CREATE TABLE samples (
    run INTEGER NOT NULL, sample INTEGER NOT NULL, resource INTEGER NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (run, sample, resource)
) STRICT, WITHOUT ROWID;
INSERT INTO samples VALUES(1,148,28,0);
INSERT INTO samples VALUES(1,148,32,0);
INSERT INTO samples VALUES(1,148,33,0);
INSERT INTO samples VALUES(1,148,102,0);
INSERT INTO samples VALUES(2,148,28,3);
INSERT INTO samples VALUES(2,148,32,3);
INSERT INTO samples VALUES(2,148,33,3);
INSERT INTO samples VALUES(2,148,102,3);
INSERT INTO samples VALUES(3,148,28,7);
INSERT INTO samples VALUES(3,148,32,7);
INSERT INTO samples VALUES(3,148,33,7);
INSERT INTO samples VALUES(3,148,102,7);
CREATE TABLE targets (
    tier TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER
) STRICT;
COMMIT;
