//! Where reports go: standard output, files, and places that cannot be written.

use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use super::command::{AS_OF, FORMATS, command, dbkeel};
use super::inputs::SAMPLE;

#[test]
fn a_file_gets_the_same_bytes_as_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut words = vec!["scan".to_owned(), SAMPLE.to_owned(), "--as-of".to_owned(), AS_OF.to_owned()];
    for format in FORMATS {
        words.extend(["--output".to_owned(), format!("{format}={}", folder.path().join(format).display())]);
    }
    let ran = dbkeel(&words).judged();
    assert_eq!(ran.text(), "", "all reports went to files");
    for format in FORMATS {
        let direct = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", format]).judged();
        assert_eq!(fs::read_to_string(folder.path().join(format)).expect("written"), direct.text(), "{format}");
    }
    let left = fs::read_dir(folder.path()).expect("readable").count();
    assert_eq!(left, FORMATS.len(), "nothing but the reports is left in the folder");
}

#[test]
fn a_place_that_cannot_be_written_is_an_error_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("good.csv");
    let nowhere = folder.path().join("no-such-folder/report.json");
    let ran = dbkeel([
        "scan",
        SAMPLE,
        "--output",
        &format!("csv={}", good.display()),
        "--output",
        &format!("json={}", nowhere.display()),
    ]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("no-such-folder"), "{}", ran.stderr);
    assert!(!nowhere.exists());
    let is_whole = fs::read_to_string(&good).map_or(true, |text| text.ends_with('\n'));
    assert!(is_whole, "a report that was written is whole");
    let temporary = fs::read_dir(folder.path())
        .expect("readable")
        .filter_map(Result::ok)
        .filter(|entry| entry.path() != good)
        .count();
    assert_eq!(temporary, 0, "no temporary file is left");
}

#[test]
fn an_old_report_stays_when_the_new_run_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.json");
    fs::write(&report, "yesterday's").expect("written");
    dbkeel(["scan", "no-such-plan.json", "--output", &format!("json={}", report.display())]).refused();
    assert_eq!(fs::read_to_string(&report).expect("still there"), "yesterday's");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let scans = FORMATS.map(|format| vec!["scan", SAMPLE, "--output", format]);
    for words in scans.into_iter().chain([vec!["facts"], vec!["policy", "list"]]) {
        let mut child =
            command(&words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut stderr).expect("read");
        let status = child.wait().expect("ends").code();
        assert!(matches!(status, Some(0 | 1)), "{words:?}: {status:?}: {stderr}");
        assert!(!stderr.contains("panicked") && !stderr.contains("roken pipe"), "{words:?}: {stderr}");
    }
}

#[test]
fn colour_is_used_when_asked_for_and_never_in_a_file_or_a_pipe() {
    let plain = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", "table"]).judged().text();
    assert!(!plain.contains('\u{1b}'), "a pipe gets no colour");
    let forced = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", "table", "--color", "always"]).judged().text();
    assert!(forced.contains('\u{1b}'), "`--color always` colours");
}

#[test]
fn findings_that_a_format_has_no_room_for_are_counted_on_standard_error() {
    let ran = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", "asff"]).judged();
    assert!(!ran.text().contains("aws_db_instance.sandbox"), "the plan creates it, so no account is known");
    let note = "note: asff leaves out ";
    assert!(ran.stderr.lines().any(|line| line.starts_with(note) && line.contains("AWS account")), "{}", ran.stderr);
    let quiet = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", "ocsf"]).judged();
    assert!(!quiet.stderr.contains("leaves out"), "{}", quiet.stderr);
}

#[test]
fn parquet_is_a_folder_that_grows_by_a_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = folder.path().join("lake");
    let output = format!("parquet={}", lake.display());
    for day in ["2026-11-21T00:00:00Z", AS_OF, AS_OF] {
        let ran = dbkeel(["scan", SAMPLE, "--as-of", day, "--output", &output]).judged();
        assert_eq!(ran.text(), "", "nothing goes to standard output");
    }
    for table in ["verdicts", "facts", "drift", "gaps"] {
        let mut days: Vec<String> = fs::read_dir(lake.join(table))
            .expect("readable")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
            .collect();
        days.sort();
        assert_eq!(days, ["date=2026-11-21", "date=2026-11-22"]);
    }
    assert_eq!(fs::read_dir(&lake).expect("readable").count(), 4, "nothing but the tables is left");
    dbkeel(["scan", SAMPLE, "--output", "parquet"]).refused();
}
