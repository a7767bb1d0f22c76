//! Waivers from the command line: a file of them, comments in the source, and the commands that look after them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::command::{AS_OF, FORMATS, Ran, dbkeel, root};
use super::inputs::SAMPLE;

const ONE: &str = "\
waivers:
  - id: W-1
    rule: not_publicly_accessible
    resource: \"*\"
    reason: \"the vendor's jump host; see <RISK-7>\"
    owner: team-billing
    ticket: RISK-7
    expires: 2026-12-31
";

/// A folder with a waiver file.
struct Desk(tempfile::TempDir);

impl Desk {
    fn with(waivers: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("waivers.yaml"), waivers).expect("written");
        Self(folder)
    }

    fn file(&self) -> String {
        self.0.path().join("waivers.yaml").to_string_lossy().into_owned()
    }

    fn scan(&self, more: &[&str]) -> Ran {
        self.scan_at(AS_OF, more)
    }

    fn scan_at(&self, as_of: &str, more: &[&str]) -> Ran {
        let file = self.file();
        let words = ["scan", SAMPLE, "--as-of", as_of, "--waivers", &file];
        dbkeel(words.iter().chain(more).copied())
    }
}

fn json(ran: &Ran) -> Value {
    serde_json::from_slice(&ran.stdout).expect("JSON")
}

/// Rule, resource and the waiver of each waived finding.
fn waived(document: &Value) -> Vec<String> {
    let mut waived = Vec::new();
    for row in document["verdicts"].as_array().expect("rows").iter().filter(|row| row["verdict"] == "waived") {
        for range in row["resources"].as_array().expect("ranges") {
            for position in range[0].as_u64().expect("first")..=range[1].as_u64().expect("last") {
                let resource = document["resources"][position as usize]["id"].as_str().expect("an id");
                let (rule, waiver) = (row["rule"].as_str().expect("a rule"), &row["waiver"]);
                let comment = match waiver["comment"]["file"].as_str() {
                    Some(file) => format!(" by {file}:{}", waiver["comment"]["region"]["start_line"]),
                    None => String::new(),
                };
                waived.push(format!("{} {rule} {resource}{comment}", waiver["id"].as_str().expect("an id")));
            }
        }
    }
    waived.sort();
    waived
}

#[test]
fn a_waived_failure_is_in_every_report_and_fails_no_gate() {
    let gate = ["--fail-on", "critical", "--output"];
    let without = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", "json"]).judged();
    let desk = Desk::with(ONE);
    let with = desk.scan(&["--output", "json"]).judged();
    let (before, after) = (&json(&without)["summary"]["total"], &json(&with)["summary"]["total"]);
    for same in ["pass", "unknown", "error", "not_applicable"] {
        assert_eq!(before[same], after[same], "{same}");
    }
    let count = |counts: &Value, verdict: &str| counts[verdict].as_u64().expect("a count");
    assert!(count(after, "waived") > 0);
    assert_eq!(count(before, "fail"), count(after, "fail") + count(after, "waived"));
    for format in FORMATS {
        let text = desk.scan(&[gate[0], gate[1], gate[2], format]).judged().text();
        // A plan does not tell the account of what it creates, and ASFF asks for one.
        let silent = ["sarif-github", "gitlab-code-quality", "github-annotations", "azure-annotations", "asff"]
            .contains(&format);
        assert_eq!(text.contains("RISK-7"), !silent, "{format}");
        assert_eq!(text.contains("2026-12-31"), !silent, "{format}");
    }
    let without = desk.scan(&["--no-waivers", "--output", "json"]).judged();
    assert!(json(&without).get("waivers").is_none());
    assert_eq!(&json(&without)["summary"]["total"], before);
}

#[test]
fn a_gate_that_failed_passes_while_its_failures_are_waived() {
    let rules = json(&dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", "json"]).judged());
    let critical = rules["rules"].as_array().expect("rules").iter().filter(|rule| rule["severity"] == "critical");
    let entries: String = critical
        .map(|rule| rule["id"].as_str().expect("an id"))
        .map(|id| format!("  - {{id: W-{id}, rule: {id}, resource: \"*\", reason: x, expires: 2026-11-22}}\n"))
        .collect();
    let desk = Desk::with(&format!("waivers:\n{entries}"));
    let status = |as_of: &str, more: &[&str]| desk.scan_at(as_of, &[&["--fail-on", "critical"], more].concat()).status;
    assert_eq!((status(AS_OF, &["--no-waivers"]), status(AS_OF, &[])), (1, 0));
    // The last second of the last day, and the first after it.
    assert_eq!(status("2026-11-22T23:59:59Z", &[]), 0);
    assert_eq!(status("2026-11-23T00:00:00Z", &[]), 1);
}

#[test]
fn what_is_odd_about_a_waiver_is_told_on_stderr() {
    let entry = |id: &str, resource: &str, expires: &str| {
        ONE.replace("waivers:\n", "").replace("W-1", id).replace("\"*\"", resource).replace("2026-12-31", expires)
    };
    let entries = [
        entry("OVER", "\"*\"", "2026-11-21"),
        entry("SOON", "\"*\"", "2026-12-22"),
        entry("GONE", "aws_db_instance.gone", "2027-12-31"),
    ];
    let desk = Desk::with(&format!("waivers:\n{}", entries.concat()));
    let ran = desk.scan(&[]).judged();
    let notes: Vec<String> = ran.stderr.lines().map(|line| line.replace(&desk.file(), "W")).collect();
    assert_eq!(
        notes,
        [
            "note: waiver `OVER` (W:2) expired on 2026-11-21 and is not applied",
            "note: waiver `OVER` (W:2) would have waived 1 finding",
            "note: waiver `SOON` (W:9) expires on 2026-12-22",
            "note: waiver `GONE` (W:16) selects no failing finding of `DBK-ACC-001`: take it out, or mend its selector",
        ]
    );
    assert_eq!(desk.scan(&["--quiet"]).judged().stderr, "");
}

#[test]
fn a_file_with_mistakes_is_refused_with_all_of_them() {
    let desk = Desk::with(&ONE.replace("not_publicly_accessible", "not_publicly_accesible").replace("owner", "onwer"));
    let ran = desk.scan(&[]).refused();
    assert!(ran.stderr.contains("no rule is called `not_publicly_accesible`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `not_publicly_accessible`?"), "{}", ran.stderr);
    assert!(ran.stderr.contains("waivers.yaml:6:5"), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `owner`?"), "{}", ran.stderr);
    let missing = dbkeel(["scan", SAMPLE, "--waivers", "no-such-file.yaml"]).refused();
    assert!(missing.stderr.contains("waiver file `no-such-file.yaml` cannot be read"), "{}", missing.stderr);
}

#[test]
fn a_waiver_file_is_linted_listed_and_written() {
    let desk = Desk::with(ONE);
    let (file, on) = (desk.file(), |day: &'static str| ["--as-of", day]);
    let run = |words: &[&str], day| dbkeel(words.iter().copied().chain(on(day)));
    let lint = run(&["waiver", "lint", &file], "2026-11-22");
    assert_eq!((lint.status, lint.text().as_str()), (0, "1 waiver checked, 1 in force\n"));
    let late = run(&["waiver", "lint", &file], "2027-01-01");
    assert_eq!(late.status, 1);
    assert!(late.text().ends_with("expired on 2026-12-31 and is not applied\n1 waiver checked, 0 in force\n"));
    let list = run(&["waiver", "list", &file], "2026-12-01");
    let expected = "\
ID   RULE         STATE     EXPIRES     OWNER         REASON
W-1  DBK-ACC-001  expiring  2026-12-31  team-billing  the vendor's jump host; see <RISK-7>
";
    assert_eq!(list.text(), expected);
    let list = run(&["waiver", "list", &file, "--json"], "2026-12-01");
    assert_eq!(json(&list)[0]["state"], "expiring");

    let words = ["waiver", "new", "--rule", "backup_retention", "--resource", "module.a[\"x\"].aws_db_instance.b[0]"];
    let new = dbkeel(words.into_iter().chain(["--reason", "because: \"so\"", "--expires", "2099-01-01"]));
    assert_eq!(new.status, 0, "{}", new.stderr);
    let desk = Desk::with(&format!("{ONE}{}", new.text()));
    let lint = run(&["waiver", "lint", &desk.file()], "2099-01-01");
    assert!(lint.text().ends_with("2 waivers checked, 1 in force\n"), "{}", lint.text());
    let refused =
        dbkeel(["waiver", "new", "--rule", "x", "--resource", "y", "--reason", "z", "--expires", "2099-01-01"]);
    assert!(refused.refused().stderr.contains("no rule is called `x`"));
}

#[test]
fn lint_fails_for_a_waiver_that_begins_later_and_for_none_that_is_about_to_end() {
    let desk = Desk::with(&ONE.replace("    expires", "    created: 2026-12-01\n    expires"));
    let lint = |day| {
        let ran = dbkeel(["waiver", "lint", &desk.file(), "--as-of", day]);
        (ran.status, ran.text().replace(&desk.file(), "W"))
    };
    let early =
        "W:2: waiver `W-1` holds from 2026-12-01 on and is not applied yet\n1 waiver checked, 0 in force\n".to_owned();
    assert_eq!(lint("2026-11-30"), (1, early));
    let ending = "W:2: waiver `W-1` expires on 2026-12-31\n1 waiver checked, 1 in force\n".to_owned();
    assert_eq!(lint("2026-12-01"), (0, ending));
}

#[test]
fn the_limits_of_a_baseline_hold() {
    let baseline = fs::read_to_string(root().join("baselines/standard.yaml")).expect("the baseline");
    let desk = Desk::with(&ONE.replace("    expires", "    created: 2026-11-01\n    expires"));
    let place = desk.0.path().join("strict.yaml");
    fs::write(&place, format!("{baseline}\nwaivers: {{max_days: {{critical: 20}}}}\n")).expect("written");
    let baseline = place.to_string_lossy();
    let ran = desk.scan(&["--baseline", &baseline, "--output", "json"]).judged();
    assert!(ran.stderr.contains("expired on 2026-11-21 and is not applied"), "{}", ran.stderr);
    assert!(ran.stderr.contains("is cut short to 2026-11-21"), "{}", ran.stderr);
    assert_eq!(waived(&json(&ran)), [""; 0]);
}

/// A copy of the configuration of `testdata/locate`, to be given comments.
struct Source(tempfile::TempDir);

impl Source {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&root().join("testdata/locate"), folder.path());
        Self(folder)
    }

    fn put(&self, file: &str, above: &str, comment: &str) {
        let path: PathBuf = self.0.path().join(file);
        let text = fs::read_to_string(&path).expect("readable");
        assert!(text.contains(above), "{above}");
        fs::write(path, text.replacen(above, &format!("{comment}\n{above}"), 1)).expect("written");
    }

    fn scan(&self, waivers: &str, more: &[&str]) -> Ran {
        let file = self.0.path().join("waivers.yaml");
        fs::write(&file, waivers).expect("written");
        let (file, folder) = (file.to_string_lossy(), self.0.path().to_string_lossy());
        let words = ["scan", "testdata/locate/tfplan.json", "--as-of", AS_OF, "--waivers", &file, "--output", "json"];
        let source = if more.contains(&"--no-source") { vec![] } else { vec!["--source", &folder] };
        dbkeel(words.iter().chain(more).copied().chain(source)).judged()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("readable") {
        let path = entry.expect("an entry").path();
        let place = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &place) } else { assert!(fs::copy(&path, place).is_ok()) }
    }
}

/// Waivers that leave it to comments which resources they are for.
const BY_COMMENT: &str = "\
waivers:
  - {id: W-backup, rule: DBK-RET-001, source_comment: required, reason: x, expires: 2027-12-31}
  - {id: W-public, rule: DBK-ACC-001, source_comment: required, reason: x, expires: 2027-12-31}
  - {id: W-encrypt, rule: DBK-ENC-001, source_comment: required, reason: x, expires: 2027-12-31}
";

#[test]
fn comments_say_which_findings_a_waiver_is_for() {
    let source = Source::new();
    source.put("main.tf", "resource \"aws_db_instance\" \"reports\"", "# dbkeel:waive W-backup\n// why: see there");
    source.put("reports_override.tf", "  publicly_accessible", "  // dbkeel:waive W-public");
    source.put("main.tf", "  public      = true", "  /* dbkeel:waive W-public */");
    source.put("main.tf", "module \"archive\"", "# dbkeel:waive W-encrypt");
    source.put(".terraform/modules/archive/main.tf", "module \"instance\"", "# dbkeel:waive W-backup");
    source.put("main.tf", "    us = {", "    # dbkeel:waive W-encrypt");
    source.put("main.tf", "locals {\n  fleet", "# dbkeel:waive W-pubic");
    let ran = source.scan(BY_COMMENT, &[]);
    assert_eq!(
        waived(&json(&ran)),
        [
            "W-backup DBK-RET-001 aws_db_instance.reports[0] by main.tf:69",
            "W-backup DBK-RET-001 aws_db_instance.reports[1] by main.tf:69",
            "W-encrypt DBK-ENC-001 module.archive.module.instance.aws_db_instance.this by main.tf:61",
            "W-public DBK-ACC-001 aws_db_instance.reports[0] by reports_override.tf:2",
            "W-public DBK-ACC-001 aws_db_instance.reports[1] by reports_override.tf:2",
            "W-public DBK-ACC-001 module.orders.module.database.module.storage.aws_db_instance.this by main.tf:24",
        ]
    );
    let notes: Vec<&str> = ran.stderr.lines().filter(|line| line.contains("comment")).collect();
    assert_eq!(
        notes,
        [
            "note: the comment at main.tf:48 waives nothing: the waiver file has no waiver `W-pubic`; did you mean \
             `W-public`?",
            "note: the comment at main.tf:55 waives nothing: it does not stand directly above a block or an attribute",
        ]
    );
}

#[test]
fn a_folder_without_a_plan_is_waived_by_the_same_comments() {
    let source = Source::new();
    source.put("reports_override.tf", "  publicly_accessible", "  // dbkeel:waive W-public");
    source.put("main.tf", "module \"archive\"", "# dbkeel:waive W-public");
    let file = source.0.path().join("waivers.yaml");
    fs::write(&file, BY_COMMENT).expect("written");
    let (file, folder) = (file.to_string_lossy(), source.0.path().to_string_lossy());
    let of_reports = [
        "W-public DBK-ACC-001 aws_db_instance.reports[0] by reports_override.tf:2",
        "W-public DBK-ACC-001 aws_db_instance.reports[1] by reports_override.tf:2",
    ];
    let words = ["scan", &folder, "--as-of", AS_OF, "--waivers", &file, "--output", "json"];
    let alone = dbkeel(words).judged();
    assert_eq!(waived(&json(&alone)), of_reports);
    // Beside its plan each finding is there twice, and each comment once.
    let both = dbkeel(words.iter().copied().chain(["testdata/locate/tfplan.json", "--source", &folder])).judged();
    assert_eq!(waived(&json(&both)).len(), 4);
    assert_eq!(json(&both)["waivers"]["idle_comments"].as_array().map(Vec::len), Some(1));
}

#[test]
fn comments_without_a_waiver_file_are_told() {
    let source = Source::new();
    source.put("main.tf", "module \"archive\"", "# dbkeel:waive W-public");
    let folder = source.0.path().to_string_lossy();
    let words = ["scan", "testdata/locate/tfplan.json", "--as-of", AS_OF, "--source", &folder];
    let ran = dbkeel(words).judged();
    assert!(
        ran.stderr.contains("the source has 1 comment with `dbkeel:waive`, the first at main.tf:58"),
        "{}",
        ran.stderr
    );
    let unwanted = dbkeel(words.iter().copied().chain(["--no-waivers"])).judged();
    assert!(!unwanted.stderr.contains("dbkeel:waive"), "{}", unwanted.stderr);
}

#[test]
fn comments_alone_and_waivers_without_source_waive_nothing() {
    let source = Source::new();
    source.put("main.tf", "resource \"aws_db_instance\" \"reports\"", "# dbkeel:waive W-backup");
    assert_eq!(waived(&json(&source.scan("waivers: []", &[]))), [""; 0]);
    let unread = source.scan(BY_COMMENT, &["--no-source"]);
    assert_eq!(waived(&json(&unread)), [""; 0]);
    assert!(unread.stderr.contains("waiver `W-backup`"), "{}", unread.stderr);
    assert!(unread.stderr.contains("asks for a comment in the source, and no source was read"), "{}", unread.stderr);
}

#[test]
fn a_suppression_says_whether_the_file_or_the_source_asks_for_it() {
    let source = Source::new();
    source.put("reports_override.tf", "  publicly_accessible", "  # dbkeel:waive W-public");
    let external =
        "  - {id: W-all, rule: DBK-ENC-001, resource: aws_rds_cluster.ledger, reason: x, expires: 2027-12-31}\n";
    let log = source.0.path().join("log.sarif");
    source.scan(&format!("{BY_COMMENT}{external}"), &["--output", &format!("sarif-full={}", log.display())]);
    let log: Value = serde_json::from_slice(&fs::read(log).expect("written")).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let mut told: Vec<(&str, &str, &str)> = results
        .iter()
        .filter_map(|result| {
            let suppression = result.get("suppressions")?.get(0)?;
            let text = |value: &'static str| suppression[value].as_str().expect("text");
            assert_eq!(text("status"), "accepted");
            Some((result["ruleId"].as_str()?, text("kind"), text("justification")))
        })
        .collect();
    told.dedup();
    assert_eq!(
        told,
        [
            ("DBK-ACC-001", "inSource", "waiver W-public, until 2027-12-31: x"),
            ("DBK-ENC-001", "external", "waiver W-all, until 2027-12-31: x"),
        ]
    );
}
