//! The same input gives the same bytes: in every format, whatever the order of the resources and the number of threads.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::command::{AS_OF, dbkeel, reports};
use super::fleet::Fleet;
use super::fleet::dice::Dice;
use super::inputs::{SAMPLE, sample, shuffled};

#[test]
fn shuffled_resources_and_more_threads_change_no_byte_of_any_format() {
    let mut fleet = Vec::new();
    Fleet { databases: 40, seed: 5 }.write(&mut fleet).expect("a vector takes every byte");
    let fleet: Value = serde_json::from_slice(&fleet).expect("the plan is JSON");
    for (plan, seeds) in [(sample(), 0..3_u64), (fleet, 3..6)] {
        let first = outputs(&plan.to_string(), "1");
        assert_eq!(first, outputs(&plan.to_string(), "1"), "the same run twice");
        assert_eq!(first, outputs(&plan.to_string(), "2"), "two threads");
        for seed in seeds {
            let mut text = String::new();
            shuffled(&plan, &mut Dice::new(seed, 0), &mut text);
            assert_ne!(text, plan.to_string());
            assert_eq!(first, outputs(&text, "2"), "shuffled with seed {seed}");
        }
    }
}

/// The reports in every format. The digest of the input's own bytes, which a report may name, is blotted out: it is the
/// one thing that has to differ when the bytes do, with the UUIDs that OSCAL makes from it.
fn outputs(plan: &str, jobs: &str) -> (i32, Vec<(&'static str, String)>) {
    let digest: String = Sha256::digest(plan.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let (ran, reports) = reports(plan.as_bytes(), &["--jobs", jobs]);
    let blot = |(format, text): (_, String)| {
        assert!(!text.is_empty(), "{format} has content");
        let text = text.replace(&digest, "<digest>");
        (format, if format == "oscal" { numbered(&text) } else { text })
    };
    (ran.status, reports.into_iter().map(blot).collect())
}

/// A text with each UUID replaced by when it comes first, so that what refers to what stays.
fn numbered(text: &str) -> String {
    const LENGTH: usize = 36;
    let is_uuid = |piece: &str| {
        piece.bytes().zip(0..).all(|(byte, at)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let mut first: Vec<&str> = Vec::new();
    let (mut numbered, mut rest) = (String::new(), text);
    while let Some(next) = rest.chars().next() {
        let Some(uuid) = rest.get(..LENGTH).filter(|piece| is_uuid(piece)) else {
            numbered.push(next);
            rest = &rest[next.len_utf8()..];
            continue;
        };
        let number = first.iter().position(|known| *known == uuid).unwrap_or_else(|| {
            first.push(uuid);
            first.len() - 1
        });
        numbered.push_str(&format!("<uuid {number}>"));
        rest = &rest[LENGTH..];
    }
    numbered
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let csv = |paths: &[&str]| {
        let words = [&["scan", "--as-of", AS_OF, "--output", "csv"], paths].concat();
        dbkeel(words).judged().text()
    };
    let once = csv(&[SAMPLE]);
    assert_eq!(csv(&[SAMPLE, SAMPLE]), once);
    assert_eq!(csv(&[SAMPLE, &format!("./{SAMPLE}")]), once);
}
