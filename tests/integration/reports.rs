//! Named reports, as a user asks for them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::command::{AS_OF, Ran, Scanned, dbkeel, list, text};
use super::inputs::SAMPLE;

/// Replies of a small fleet with something wrong of every sort.
const FLEET: &str = "testdata/reports/replies";
const WAIVERS: &str = "testdata/reports/waivers.yaml";
const REVIEWS: &str = "testdata/reports/reviews.yaml";
const DECLARED: &str = "testdata/drift/sample/state.tfstate";
const RUNNING: &str = "testdata/drift/sample/running.json";
/// What the replies hold in a pending password and in a tag.
const CANARY: &str = "c4nary-of-the-reports";

/// The words of every report on the fleet.
fn reports() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("patch", vec![FLEET]),
        ("backup", vec![FLEET]),
        ("access", vec![FLEET, "--reviews", REVIEWS]),
        ("drift", vec!["--declared", DECLARED, "--running", RUNNING]),
        ("exceptions", vec![FLEET, "--waivers", WAIVERS]),
        ("calendar", vec![FLEET, "--waivers", WAIVERS]),
        ("compliance", vec!["cis-aws-5.0", FLEET, "--waivers", WAIVERS]),
    ]
}

fn report(name: &str, words: &[&str], output: &str) -> Ran {
    let fixed = ["report", name, "--as-of", AS_OF, "--output", output, "--quiet"];
    dbkeel(fixed.iter().chain(words))
}

fn json_of(name: &str, words: &[&str]) -> Value {
    let ran = report(name, words, "json").judged();
    serde_json::from_slice(&ran.stdout).unwrap()
}

fn section<'a>(report: &'a Value, key: &str) -> &'a [Value] {
    let section = list(&report["sections"]).iter().find(|section| section["key"] == key);
    list(&section.unwrap_or_else(|| panic!("no section `{key}`"))["rows"])
}

fn row<'a>(report: &'a Value, key: &str, column: &str, value: &str) -> &'a Value {
    section(report, key).iter().find(|row| row[column] == value).unwrap_or_else(|| panic!("no row `{value}`"))
}

fn figure<'a>(report: &'a Value, key: &str) -> &'a Value {
    &list(&report["figures"]).iter().find(|figure| figure["key"] == key).unwrap()["value"]
}

/// A baseline changes more often than what reports make of it.
fn without_digests(text: &str) -> String {
    regex::Regex::new(r"\\?\([0-9a-f]{12}\\?\)").unwrap().replace_all(text, "(digest)").into_owned()
}

#[test]
fn every_report_in_every_format_for_people() {
    for (name, words) in reports() {
        for format in ["table", "markdown", "csv"] {
            let ran = report(name, &words, format);
            assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{name} {format}");
            insta::assert_snapshot!(format!("{name}_{format}"), without_digests(&ran.text()));
        }
    }
    let calendar = report("calendar", &[FLEET, "--waivers", WAIVERS], "ics").text();
    assert!(calendar.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    insta::assert_snapshot!("calendar_ics", calendar.replace("\r\n", "\n"));
}

#[test]
fn every_report_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/schema/report-v1.json")).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    for (name, words) in reports() {
        let document = json_of(name, &words);
        let errors: Vec<String> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
        assert_eq!(errors, [] as [&str; 0], "{name}");
        assert_eq!(document["report"], name);
        for section in list(&document["sections"]) {
            let keys: BTreeSet<&str> = list(&section["columns"]).iter().map(|column| text(&column["key"])).collect();
            assert_eq!(keys.len(), list(&section["columns"]).len(), "keys are unique in {name} {}", section["key"]);
            for row in list(&section["rows"]) {
                let cells: BTreeSet<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
                assert_eq!(cells, keys, "{name} {}", section["key"]);
            }
        }
    }
}

#[test]
fn no_report_shows_a_secret_or_runs_what_a_tag_says() {
    let folder = tempfile::tempdir().unwrap();
    for (name, words) in reports() {
        let mut formats = vec!["table", "markdown", "csv", "json", "html"];
        formats.extend((name == "calendar").then_some("ics"));
        let place = |format: &str| folder.path().join(format!("{name}.{format}"));
        let mut all = vec!["report", name, "--as-of", AS_OF];
        let outputs: Vec<String> = formats.iter().map(|of| format!("--output={of}={}", place(of).display())).collect();
        all.extend(outputs.iter().map(String::as_str).chain(words));
        let ran = dbkeel(all);
        assert_eq!((ran.status, ran.text().as_str()), (0, ""), "{}", ran.stderr);
        for format in formats {
            let written = fs::read_to_string(place(format)).unwrap();
            assert!(!written.is_empty() && !written.contains(CANARY), "{name} {format}");
            let is_page = matches!(format, "html" | "markdown");
            assert!(!is_page || !written.contains("<script>x"), "{name} {format}");
            assert!(format != "csv" || !written.contains(",=1+1"), "{name} {format}");
        }
    }
}

#[test]
fn a_report_says_of_each_database_what_a_scan_says() {
    let folder = tempfile::tempdir().unwrap();
    let night = folder.path().join("night.jsonl").display().to_string();
    assert_eq!(dbkeel(["collect", "import", FLEET, "--to", &night, "--as-of", AS_OF]).status, 0);
    let scan = dbkeel(["scan", &night, "--as-of", AS_OF, "--output", "json", "--quiet"]).judged();
    let scanned = Scanned::read(&scan.stdout);
    let report = json_of("patch", &[&night]);
    let levels = section(&report, "levels");
    assert_eq!(levels.len(), 5);
    for level in levels {
        let of = ("newest_minor_version".to_owned(), text(&level["resource"]).to_owned());
        assert_eq!(level["verdict"], scanned.verdicts[&of], "{of:?}");
    }
    // Replies in a folder, and the inventory that is made of them, are the same fleet.
    let mut of_replies = json_of("patch", &[FLEET]);
    of_replies["sources"] = report["sources"].clone();
    assert_eq!(of_replies, report);
}

#[test]
fn days_behind_are_counted_from_the_release_and_shares_of_what_could_be_told() {
    let report = json_of("patch", &[FLEET]);
    // 16.14 came out on 2026-05-14, 192 days before the day of the tests.
    let orders = row(&report, "levels", "database", "orders");
    assert_eq!((&orders["days_behind"], &orders["days_allowed"]), (&json!(192), &json!(90)));
    assert_eq!(row(&report, "levels", "database", "report-1")["days_behind"], 0);
    assert_eq!(figure(&report, "patch_compliance"), &json!({"part": 3, "whole": 5}));
    let forced = row(&report, "maintenance", "database", "billing");
    assert_eq!((&forced["days_left"], &forced["next_window"]), (&json!(8), &json!("2026-11-22T04:00:00Z")));
}

#[test]
fn the_recovery_point_is_measured_and_none_is_made_up() {
    let report = json_of("backup", &[FLEET]);
    assert_eq!(row(&report, "recovery", "database", "billing")["rpo"], 45_600);
    let off = &row(&report, "recovery", "database", "sandbox")["rpo"];
    assert_eq!(off, &json!({"not_applicable": "automated backups are off, or it is stopped"}));
    assert_eq!(figure(&report, "rpo_worst"), 45_600);
    // 120, 300, 300 and 45600 seconds.
    assert_eq!(figure(&report, "rpo_median"), 300);
    assert_eq!(row(&report, "snapshots", "snapshot", "sandbox-share")["shared_with"], json!(["all"]));
}

#[test]
fn what_was_not_read_is_not_known_and_never_nothing_or_everything() {
    let report = json_of("backup", &["testdata/inventory/replies"]);
    for key in ["in_backup_plan", "restore_tested"] {
        assert_eq!(figure(&report, key), &json!({"unknown": "it could be told of none"}), "{key}");
    }
    let table = super::reports::report("backup", &["testdata/inventory/replies"], "table").text();
    let reason = "not collected: no reply of memorydb:DescribeSnapshots, rds:DescribeDBSnapshots was imported";
    assert!(table.contains("SNAPSHOTS (0)\n  Not known: see the note.\n"), "{table}");
    assert!(table.contains(&format!("note: Not everything was seen in 111122223333 eu-west-1: {reason}")), "{table}");
}

#[test]
fn one_closed_door_keeps_the_internet_out_and_an_open_way_is_told() {
    let report = json_of("access", &[FLEET, "--reviews", REVIEWS]);
    let sandbox = row(&report, "reach", "database", "sandbox");
    assert_eq!(sandbox["from_the_internet"], "yes");
    let path = "0.0.0.0/0 > sg-0open0000 > port 5432 > subnet-0a1b2c3d with a route to the internet";
    assert_eq!(sandbox["path"], path);
    assert_eq!(row(&report, "reach", "database", "orders")["from_the_internet"], "no: it has no public address");
    let reviewed = |name: &str| {
        let row = row(&report, "sign_off", "database", name);
        (text(&row["last_review"]).to_owned(), text(&row["last_reviewer"]).to_owned(), row["reviewer"].clone())
    };
    assert_eq!(reviewed("orders"), ("2026-09-30".into(), "Grace Hopper".into(), Value::Null));
    // A review that is still to come is on nobody's record.
    assert_eq!(reviewed("billing"), ("2026-03-31".into(), "Ada Lovelace".into(), Value::Null));
    let unread = json_of("access", &[FLEET]);
    let none = json!({"not_applicable": "no record: no records of reviews were read"});
    assert_eq!(row(&unread, "sign_off", "database", "orders")["last_review"], none);
}

#[test]
fn plans_and_folders_are_reported_on_too() {
    for path in [SAMPLE, "testdata/sample"] {
        let report = json_of("patch", &[path]);
        assert!(report["subjects"].as_u64().unwrap() > 0, "{path}");
        let pending = text(&figure(&report, "pending")["unknown"]).to_owned();
        assert!(pending.starts_with("only what runs tells"), "{path}: {pending}");
    }
}

#[test]
fn an_empty_report_proves_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.json").display().to_string();
    fs::write(&empty, r#"{"DBInstances": []}"#).unwrap();
    for (name, words) in [("patch", vec![]), ("backup", vec![]), ("access", vec![]), ("compliance", vec!["hipaa"])] {
        let words: Vec<&str> = words.into_iter().chain([empty.as_str()]).collect();
        let ran = report(name, &words, "table");
        assert_eq!(ran.status, 3, "{name}: {}", ran.stderr);
        assert!(ran.text().contains("NOTHING WAS READ"), "{}", ran.text());
        assert!(!ran.text().contains("100%") && !ran.text().contains("(0%)"), "{}", ran.text());
    }
}

#[test]
fn a_gap_is_told_and_leaves_the_report_unproven_unless_that_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let cut = cut_short(folder.path());
    let ran = report("patch", &[&cut], "table");
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.text().contains("! NOT SCANNED (1)") && ran.text().ends_with("1 gap\n"), "{}", ran.text());
    assert_eq!(report("patch", &[&cut, "--allow-partial"], "table").status, 0);
}

/// A list of databases of which a page is missing.
fn cut_short(folder: &Path) -> String {
    let whole = fs::read_to_string(Path::new(FLEET).join("eu-west-1/describe-db-instances.json")).unwrap();
    let mut whole: Value = serde_json::from_str(&whole).unwrap();
    whole["NextToken"] = "more".into();
    let path = folder.join("instances.json");
    fs::write(&path, whole.to_string()).unwrap();
    path.display().to_string()
}

#[test]
fn what_cannot_be_is_refused_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("reviews.yaml").display().to_string();
    fs::write(&bad, "reviews:\n  - reviewed: 2026-09-30\n    reviewer: Ada\n    decision: confirmed\n").unwrap();
    let cases: [(&[&str], &str, &str); 8] = [
        (&["report", "ptach", FLEET], "unrecognized subcommand 'ptach'", "'patch'"),
        (
            &["report", "compliance", "cis-aws-5", FLEET],
            "no framework is called `cis-aws-5`",
            "did you mean `cis-aws-5.0`?",
        ),
        (&["report", "compliance", "cis", FLEET], "no framework is called `cis`", "did you mean `cis-aws-"),
        (&["report", "exceptions", FLEET], "needs the file with the waivers", "--waivers FILE"),
        (&["report", "patch", FLEET, "-o", "ics"], "`ics` cannot show the report `patch`", "dbkeel report calendar"),
        (&["report", "patch", FLEET, "-o", "xlsx"], "`xlsx` is not an output format of reports", "--output FORMAT"),
        (&["report", "access", FLEET, "--reviews", &bad], "does not say whose access", "add `resource`"),
        (&["report", "patch", FLEET, "-o", "csv", "-o", "json"], "two reports would be written to `stdout`", "FILE"),
    ];
    for (words, error, help) in cases {
        let ran = dbkeel(words).refused();
        assert!(ran.stderr.contains(error) && ran.stderr.contains(help), "{words:?}: {}", ran.stderr);
    }
}

/// The examples of the documentation are what the binary prints: of each block that begins with a command, every stretch of
/// lines between `…` stands in its output, in that order.
#[test]
fn the_examples_of_the_documentation_are_what_is_printed() {
    let page = include_str!("../../docs/reports.md");
    let blocks: Vec<&str> = page.split("```").filter(|block| block.starts_with("text\n$ dbkeel ")).collect();
    assert!(blocks.len() >= 7, "{}", blocks.len());
    for block in blocks {
        let mut lines = block.lines().skip(1);
        let words: Vec<&str> = lines.next().unwrap().split(' ').skip(2).collect();
        let ran = dbkeel(words.iter().copied().chain(["--quiet"]));
        let printed: Vec<String> =
            without_digests(&ran.text()).replace('\r', "").lines().map(|line| line.trim_end().to_owned()).collect();
        let mut from = 0;
        for line in lines.filter(|line| *line != "…" && !line.is_empty()) {
            let at = printed[from..].iter().position(|other| other == line.trim_end());
            from += at.unwrap_or_else(|| panic!("{words:?} prints no line `{line}` there")) + 1;
        }
    }
}

#[test]
fn drift_is_reported_as_drift_finds_it() {
    let found = dbkeel(["drift", "--declared", DECLARED, "--running", RUNNING, "--as-of", AS_OF, "-o", "json", "-q"]);
    let found: Value = serde_json::from_slice(&found.judged().stdout).unwrap();
    let report = json_of("drift", &["--declared", DECLARED, "--running", RUNNING]);
    let told = list(&found["drift"]).iter().filter(|drift| drift["class"] != "unverifiable").count();
    assert!(told > 0);
    assert_eq!(section(&report, "drifts").len(), told);
    assert_eq!(figure(&report, "joined"), &found["comparison"]["joined"]);
}
