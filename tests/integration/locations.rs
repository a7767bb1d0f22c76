//! Findings about a plan point at the lines of the configuration that it was made of.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::command::{AS_OF, Ran, dbkeel};
use super::inputs::SAMPLE;

const FOLDER: &str = "testdata/locate";
const PLAN: &str = "testdata/locate/tfplan.json";

fn scan(more: &[&str]) -> Ran {
    let words = ["scan", PLAN, "--as-of", AS_OF];
    dbkeel(words.iter().chain(more).copied())
}

fn document(more: &[&str]) -> Value {
    let ran = scan(&[&["--output", "json"], more].concat()).judged();
    serde_json::from_slice(&ran.stdout).expect("JSON")
}

/// `file:line:column`, and the words of that place in the file.
fn told(location: &Value) -> String {
    let (file, region) = (location["file"].as_str().expect("a file"), &location["region"]);
    let number = |name: &str| region[name].as_u64().expect("a number") as usize;
    let text = fs::read_to_string(file).expect("a file that can be opened");
    let line = text.lines().nth(number("start_line") - 1).expect("a line that is there");
    assert_eq!(number("start_line"), number("end_line"), "a place is within one line");
    let (start, end) = (number("start_column") - 1, number("end_column") - 1);
    let words: String = line.chars().skip(start).take(end - start).collect();
    let file = file.strip_prefix("testdata/locate/").expect("under the folder");
    format!("{file}:{}:{} {words}", number("start_line"), number("start_column"))
}

#[test]
fn every_finding_points_at_the_line_that_decides_it() {
    let document = document(&["--source", FOLDER]);
    let mut lines: Vec<String> = Vec::new();
    for place in document["places"].as_array().expect("places") {
        let resource = place["resource"].as_u64().expect("a position") as usize;
        let rule = document["rules"].as_array().expect("rules").iter().find(|rule| rule["id"] == place["rule"]);
        let name = rule.expect("a rule")["name"].as_str().expect("a name").to_owned();
        lines.push(format!("{name} {}", document["resources"][resource]["id"].as_str().expect("an id")));
        lines.push(format!("    {}", told(&place["location"])));
        for related in place["related"].as_array().into_iter().flatten() {
            lines.push(format!("    < {}: {}", told(&related["location"]), related["message"].as_str().expect("text")));
        }
        lines.extend(place["note"].as_str().map(|note| format!("    ! {note}")));
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_verdict_that_people_read_has_a_place() {
    let document = document(&["--source", FOLDER]);
    let findings: u64 = ["fail", "unknown", "error", "waived"]
        .iter()
        .map(|verdict| document["summary"]["total"][verdict].as_u64().expect("a count"))
        .sum();
    assert_eq!(document["places"].as_array().map(Vec::len), Some(findings as usize));
}

#[test]
fn source_that_is_not_wanted_or_not_there_changes_nothing() {
    let without = scan(&["--output", "json", "--no-source"]).judged();
    assert!(!without.text().contains("\"places\""));
    // The working directory of the tests holds no configuration.
    assert_eq!(scan(&["--output", "json"]).judged().stdout, without.stdout);
    let empty = tempfile::tempdir().expect("a folder");
    let refused = scan(&["--source", &empty.path().to_string_lossy()]).refused();
    assert!(refused.stderr.contains("no `.tf` or `.tf.json` file"), "{}", refused.stderr);
    assert!(scan(&["--source", "no-such-folder"]).refused().stderr.contains("is not a folder"));
}

#[test]
fn the_source_of_another_plan_is_not_guessed_from() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("main.tf"), "resource \"aws_db_instance\" \"other\" {}\n").expect("written");
    let ran = scan(&["--output", "json", "--source", &folder.path().to_string_lossy()]).judged();
    assert!(ran.stderr.contains("does not declare `aws_db_instance.reports`"), "{}", ran.stderr);
    assert!(!ran.text().contains("\"places\""));
    // The sample has a module of the same name, with other things in it, and is not guessed from without being asked.
    let mut command = super::command::command(["scan", "../locate/tfplan.json", "--output", "json", "--as-of", AS_OF]);
    let output = command.current_dir("testdata/sample").output().expect("it runs");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("\"places\""));
}

#[test]
fn what_the_source_does_not_declare_keeps_its_logical_location_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("main.tf"), "resource \"aws_db_instance\" \"reports\" {}\n").expect("written");
    let document = document(&["--source", &folder.path().to_string_lossy()]);
    let places = document["places"].as_array().expect("places").iter();
    let (found, lost): (Vec<&Value>, Vec<&Value>) = places.partition(|place| place.get("location").is_some());
    assert!(!found.is_empty());
    let reasons: BTreeSet<&str> = lost.iter().map(|place| place["note"].as_str().expect("a reason")).collect();
    assert!(
        reasons.contains("the source of `module.orders` is not here: `.` has no `module \"orders\"`"),
        "{reasons:#?}"
    );
    assert!(reasons.contains("`.` declares no `aws_rds_cluster.ledger`"), "{reasons:#?}");
}

#[test]
fn the_working_directory_is_the_source_when_it_declares_what_the_plan_names() {
    let mut command = super::command::command(["scan", "tfplan.json", "--output", "table", "--as-of", AS_OF]);
    let output = command.current_dir(FOLDER).output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("--> testdata/locate/reports_override.tf:2\n"), "{text}");
}

#[test]
fn code_scanning_gets_one_result_a_rule_and_line_with_a_line_that_is_there() {
    let ran = scan(&["--output", "sarif-github", "--source", FOLDER]).judged();
    let log: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let mut places = BTreeSet::new();
    for result in results {
        let physical = &result["locations"][0]["physicalLocation"];
        let file = physical["artifactLocation"]["uri"].as_str().expect("a URI");
        let line = physical["region"]["startLine"].as_u64().expect("a line");
        assert!(line >= 1 && fs::read_to_string(file).expect("it opens").lines().count() as u64 >= line);
        assert!(places.insert((result["ruleId"].to_string(), file.to_owned(), line)), "{result}");
    }
    assert!(places.len() > 50);
}

#[test]
fn moved_lines_change_no_fingerprint() {
    let fingerprints = |folder: &str| -> Vec<(String, String)> {
        ["sarif-github", "sarif-full"]
            .iter()
            .flat_map(|format| {
                let ran = scan(&["--output", format, "--source", folder]).judged();
                let log: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
                let results = log["runs"][0]["results"].as_array().expect("results").clone();
                let of = |result: Value| (result["ruleId"].to_string(), result["partialFingerprints"].to_string());
                let mut of_log: Vec<_> = results.into_iter().map(of).collect();
                of_log.sort();
                of_log
            })
            .collect()
    };
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join(".git")).expect("made");
    copy(std::path::Path::new(FOLDER), folder.path(), "");
    let before = fingerprints(&folder.path().to_string_lossy());
    copy(std::path::Path::new(FOLDER), folder.path(), "# moved\n\n");
    assert_eq!(fingerprints(&folder.path().to_string_lossy()), before);
}

/// Copies the native configuration, each file behind some text.
fn copy(from: &std::path::Path, to: &std::path::Path, before: &str) {
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("made");
            copy(&entry.path(), &target, before);
        } else {
            let text = fs::read_to_string(entry.path()).expect("text");
            let before = if entry.path().extension().is_some_and(|extension| extension == "tf") { before } else { "" };
            fs::write(target, format!("{before}{text}")).expect("written");
        }
    }
}

#[test]
fn the_sample_points_at_its_configuration() {
    let ran = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--source", "testdata/sample", "--output", "json"]).judged();
    let document: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let places = document["places"].as_array().expect("places");
    let lost: Vec<&Value> = places.iter().filter(|place| place.get("location").is_none()).collect();
    // What the plan deletes is no longer declared.
    let legacy = document["resources"]
        .as_array()
        .expect("resources")
        .iter()
        .position(|one| one["id"] == "aws_db_instance.legacy");
    assert!(lost.iter().all(|place| place["resource"].as_u64() == legacy.map(|at| at as u64)), "{lost:#?}");
}

#[test]
fn findings_of_two_root_modules_with_equal_addresses_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let plans = ["production.json", "staging.json"].map(|name| folder.path().join(name).to_string_lossy().into_owned());
    for plan in &plans {
        fs::copy(PLAN, plan).expect("copied");
    }
    let fingerprints = |plans: &[String]| -> Vec<String> {
        let words = ["--as-of", AS_OF, "--output", "csv"].map(str::to_owned);
        let ran = dbkeel(["scan".to_owned()].iter().chain(plans).chain(&words)).judged();
        let mut table = csv::Reader::from_reader(ran.stdout.as_slice());
        let column = table.headers().expect("a header").iter().position(|name| name == "fingerprint").expect("there");
        let cells = table.records().map(|record| record.expect("a record")[column].to_owned());
        cells.filter(|cell| !cell.is_empty()).collect()
    };
    let (one, both) = (fingerprints(&plans[..1]), fingerprints(&plans));
    assert_eq!(both.len(), 2 * one.len());
    assert_eq!(both.iter().collect::<BTreeSet<_>>().len(), both.len(), "each has its own");
    let words = ["--as-of", AS_OF, "--output", "junit"].map(str::to_owned);
    let junit = dbkeel(["scan".to_owned()].iter().chain(&plans).chain(&words)).judged().stdout;
    let junit = String::from_utf8(junit).expect("text");
    assert!(["production", "staging"].iter().all(|name| junit.contains(&format!("{name}.json)\""))), "{junit}");
    // Alone, it does not matter by what name the plan goes.
    assert_eq!(fingerprints(&plans[1..]), one);
}
