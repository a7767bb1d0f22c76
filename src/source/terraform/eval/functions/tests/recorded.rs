//! Every recorded expression, compared with Terraform's answer.

use std::collections::BTreeSet;

use super::super::table::FUNCTIONS;
use super::console::{print, untyped};
use super::differences::DIFFERENCES;
use super::evaluate::evaluate;

const RECORDED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/terraform/functions.txt"));

/// An expression, and what the console printed for it; None: it failed.
pub(crate) struct Record {
    pub(crate) expression: &'static str,
    pub(crate) answer: Option<String>,
}

/// All of the file, in its order.
pub(crate) fn records() -> Vec<Record> {
    records_of(RECORDED)
}

/// All of a file of this form, in its order.
pub(crate) fn records_of(file: &'static str) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    // Not `lines`, which would take the `\r` off what ends in one.
    for line in file.split('\n') {
        if let Some(expression) = line.strip_prefix("> ") {
            records.push(Record { expression, answer: None });
        } else if let (Some(part), Some(record)) = (line.strip_prefix('='), records.last_mut()) {
            let part = part.strip_prefix(' ').unwrap_or(part);
            record.answer = Some(match record.answer.take() {
                Some(before) => format!("{before}\n{part}"),
                None => part.to_owned(),
            });
        }
    }
    records
}

fn ours(expression: &str) -> Option<String> {
    evaluate(expression).ok().map(|value| print(&value))
}

#[test]
fn functions_answer_what_terraform_answers() {
    let listed: BTreeSet<&str> = DIFFERENCES.iter().flat_map(|(_, expressions)| *expressions).copied().collect();
    let mut wrong = Vec::new();
    for Record { expression, answer } in records() {
        let expected = answer.as_deref().map(untyped);
        let got = ours(expression);
        if (got == expected) == listed.contains(expression) {
            let state = if got == expected { "no longer differs" } else { "differs" };
            let error = evaluate(expression).err().unwrap_or_default();
            wrong.push(format!("{expression} {state}\n  terraform: {expected:?}\n  dbkeel:    {got:?} {error}"));
        }
    }
    assert!(wrong.is_empty(), "{} expressions:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_difference_is_of_a_recorded_expression() {
    let recorded: BTreeSet<&str> = records().iter().map(|record| record.expression).collect();
    for (reason, expressions) in DIFFERENCES {
        for expression in *expressions {
            assert!(recorded.contains(expression), "{reason}: {expression}");
        }
    }
}

#[test]
fn every_function_is_recorded() {
    let recorded = records();
    let count =
        |name: &str| recorded.iter().filter(|record| record.expression.starts_with(&format!("{name}("))).count();
    // These yield something else each time, so only that they take no arguments can be recorded.
    let random = ["plantimestamp", "timestamp", "uuid", "abspath", "rsadecrypt"];
    for function in FUNCTIONS {
        assert!(count(function.name) >= 3 || random.contains(&function.name), "{}", function.name);
    }
    assert!(recorded.len() > 1000);
}

#[test]
fn the_table_is_sorted() {
    assert!(FUNCTIONS.is_sorted_by_key(|function| function.name));
}
