//! Input that is not a plan, or not only a plan: refused with one clear error, or read all the same.

use std::fs;
use std::path::Path;

use super::command::{AS_OF, dbkeel, dbkeel_reading};
use super::inputs::{SAMPLE, sample_bytes};

const PEOPLE_WRITE: [(&str, &[u8]); 16] = [
    ("empty", b""),
    ("blank", b" \n\t "),
    ("a byte order mark and nothing else", b"\xef\xbb\xbf"),
    ("a UTF-16 mark and nothing else", b"\xff\xfe"),
    ("half a UTF-16 character", b"\xff\xfe{\0\"\0x"),
    ("a binary plan, which is a zip file", b"PK\x03\x04\x14\x00\x08\x00\x08\x00\x00\x00\x00\x00"),
    ("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00"),
    ("zeroes", &[0; 64]),
    ("a list", b"[]"),
    ("a number", b"42"),
    ("text", b"\"resource_changes\""),
    ("an object of another kind", b"{\"name\": \"dbkeel\", \"version\": \"1.0.0\"}"),
    ("an empty object", b"{}"),
    ("a web page", b"<!doctype html><title>Sign in</title>"),
    ("configuration", b"resource \"aws_db_instance\" \"main\" {\n}\n"),
    (
        "what terraform prints without -json",
        b"\nTerraform will perform the following actions:\n\n  # aws_db_instance.main will be created\n",
    ),
];

#[test]
fn what_is_not_a_plan_is_refused_with_one_error() {
    for (what, bytes) in PEOPLE_WRITE {
        let ran = dbkeel_reading(["scan", "-"], bytes).refused();
        let errors = ran.stderr.lines().filter(|line| line.starts_with("error")).count();
        assert_eq!(errors, 1, "{what}: {}", ran.stderr);
        assert!(ran.stderr.lines().all(|line| line.len() < 400), "{what}: {}", ran.stderr);
    }
}

#[test]
fn a_plan_that_breaks_off_is_refused_wherever_it_breaks_off() {
    let whole = sample_bytes();
    let last = whole.len() - 3;
    for cut in (1..40).map(|step| whole.len() * step / 40).chain([1, 2, last]) {
        let ran = dbkeel_reading(["scan", "-"], &whole[..cut]).refused();
        assert!(
            ran.stderr.contains("-:") || ran.stderr.contains("line"),
            "cut at {cut}: the error has a position: {}",
            ran.stderr
        );
    }
}

#[test]
fn nesting_without_end_is_refused_and_does_not_overflow_the_stack() {
    for deep in [
        "[",
        "{\"a\":",
        "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":",
        "{\"format_version\":\"1.2\",\"resource_changes\":[[[",
    ] {
        let mut bytes = deep.as_bytes().to_vec();
        bytes.extend("[".repeat(200_000).bytes());
        dbkeel_reading(["scan", "-"], &bytes).refused();
        dbkeel_reading(["scan", "-"], deep.repeat(100_000).as_bytes()).refused();
    }
}

#[test]
fn a_plan_is_read_in_every_encoding_that_shells_write() {
    let plain = sample_bytes();
    let text = String::from_utf8(plain.clone()).expect("the sample is UTF-8");
    let with_mark = [b"\xef\xbb\xbf".as_slice(), &plain].concat();
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(to_bytes).collect()
    };
    let expected = csv(&plain);
    assert!(!expected.is_empty());
    assert_eq!(csv(&with_mark), expected, "UTF-8 with a byte order mark");
    assert_eq!(csv(&utf16(u16::to_le_bytes)), expected, "UTF-16, little end first, as PowerShell's `>` writes");
    assert_eq!(csv(&utf16(u16::to_be_bytes)), expected, "UTF-16, big end first");
}

fn csv(plan: &[u8]) -> String {
    dbkeel_reading(["scan", "-", "--as-of", AS_OF, "--output", "csv"], plan).judged().text()
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("no-such-plan.json");
    let ran = dbkeel(["scan", text(&missing)]).refused();
    assert!(ran.stderr.contains("no-such-plan.json"), "{}", ran.stderr);
    dbkeel(["scan", text(folder.path())]).refused();
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("locked.json");
    fs::write(&path, "{}").expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("locked");
    if fs::read(&path).is_ok() {
        eprintln!("SKIPPED: this user may read every file, so a locked one cannot be tested");
        return;
    }
    let ran = dbkeel(["scan", text(&path)]).refused();
    assert!(ran.stderr.contains("locked.json"), "{}", ran.stderr);
}

#[test]
fn one_bad_input_among_good_ones_stops_the_run_and_leaves_no_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = folder.path().join("bad.json");
    fs::write(&bad, "{\"resource_changes\": [").expect("written");
    let report = folder.path().join("report.json");
    for inputs in [[SAMPLE, text(&bad)], [text(&bad), SAMPLE]] {
        let output = format!("json={}", text(&report));
        let ran = dbkeel(["scan", inputs[0], inputs[1], "--output", &output, "--output", "table"]).refused();
        assert!(ran.stderr.contains("bad.json"), "{}", ran.stderr);
        assert!(!report.exists(), "no report of half a run");
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of text")
}
