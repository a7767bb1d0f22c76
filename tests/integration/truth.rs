//! Our verdicts against what other tools' authors wrote down, on their own plans and recordings; `testdata/peer-rules.yaml` has
//! the correspondence, and a reason for every difference.

mod rows;
mod table;

use std::collections::BTreeMap;

use serde_json::Value;

use super::command::{Scanned, dbkeel, list, shared};
use rows::{Expected, Input, Outcome, Row, judge, rows};
use table::{Catalogue, Line, Relation, Table};

#[test]
fn every_line_of_the_table_names_rules_that_exist_and_gives_a_reason() {
    let listed = dbkeel(["policy", "list"]).text();
    let table = Table::read();
    for line in table.rules {
        assert!(!line.why.is_empty(), "{}", line.peer);
        assert!(line.ours.is_empty() || line.controls.is_empty(), "{}: by rules or by controls, not both", line.peer);
        for rule in line.ours {
            assert!(listed.split_whitespace().any(|word| word == rule), "{}: there is no rule `{rule}`", line.peer);
        }
    }
    assert!(table.differences.iter().all(|one| !one.why.is_empty()));
}

/// What a row came to.
enum Came {
    Agrees,
    /// The reason.
    Differs,
    /// Why no rule of ours answers.
    NoRule(String),
    /// The controls of the catalogue, if it knows the peer's check.
    NoLine(String),
    Complaint(String),
}

#[test]
fn our_verdict_is_the_expected_one_or_a_line_says_why_not() {
    let Some(corpus) = shared("corpus") else { return };
    let (table, catalogue) = (Table::read(), Catalogue::read());
    let mut outcomes: BTreeMap<Input, Outcome> = BTreeMap::new();
    let mut tally = Tally::default();
    for row in rows(&corpus) {
        let came = compare(&row, &table, &catalogue, &mut outcomes);
        tally.add(&row, came);
    }
    tally.tell();
    assert!(tally.complaints.is_empty(), "\n{}", tally.complaints.join("\n"));
    assert!(tally.agree >= 20, "the corpus has verdicts to compare");
}

#[derive(Default)]
struct Tally {
    agree: u32,
    differ: u32,
    no_rule: BTreeMap<String, u32>,
    no_line: BTreeMap<String, u32>,
    complaints: Vec<String>,
}

impl Tally {
    fn add(&mut self, row: &Row, came: Came) {
        match came {
            Came::Agrees => self.agree += 1,
            Came::Differs => self.differ += 1,
            Came::NoRule(why) => *self.no_rule.entry(why).or_default() += 1,
            Came::NoLine(controls) => *self.no_line.entry(format!("{} ({controls})", row.peer)).or_default() += 1,
            Came::Complaint(complaint) => self.complaints.push(complaint),
        }
    }

    fn tell(&self) {
        let (no_rule, no_line) = (self.no_rule.values().sum::<u32>(), self.no_line.values().sum::<u32>());
        eprintln!(
            "truth: {} agree, {} differ with a reason, {no_rule} have no rule of ours, {no_line} have no line",
            self.agree, self.differ
        );
        for (why, count) in &self.no_rule {
            eprintln!("truth: no rule: {count:3} {why}");
        }
        for (peer, count) in &self.no_line {
            eprintln!("truth: NO LINE: {count:3} {peer}");
        }
    }
}

fn compare(row: &Row, table: &Table, catalogue: &Catalogue, outcomes: &mut BTreeMap<Input, Outcome>) -> Came {
    let controls = catalogue.controls(&row.peer);
    let line = match table.line(row) {
        Some(line) => line.clone(),
        None if row.expected == Expected::Refused => Line::of_what_cannot_be_read(),
        None if controls.is_empty() => return Came::NoLine("no control of the catalogue names it".to_owned()),
        None => Line::of_controls(controls),
    };
    let ours = if line.controls.is_empty() { line.ours.clone() } else { catalogue.rules(&line.controls) };
    if ours.is_empty() && line.reads.is_none() && row.expected != Expected::Refused {
        let about = if line.controls.is_empty() { String::new() } else { format!(" [{}]", line.controls.join(", ")) };
        return Came::NoRule(format!("{}{about}", line.why));
    }
    let outcome = outcomes.entry(row.input.clone()).or_insert_with(|| judge(&row.input));
    let (verdict, agrees) = answer(row, &line, &ours, outcome);
    match table.difference(row) {
        Some(difference) if difference.ours == verdict => Came::Differs,
        Some(difference) => {
            Came::Complaint(format!("{}: the table says `{}`, it is `{verdict}`", row.name(), difference.ours))
        }
        None if agrees => Came::Agrees,
        None => Came::Complaint(format!("{}: expected {:?}, ours is `{verdict}`", row.name(), row.expected)),
    }
}

/// What we say, and whether that is what the peer says.
fn answer(row: &Row, line: &Line, ours: &[String], outcome: &Outcome) -> (String, bool) {
    let scanned = match (outcome, row.expected) {
        (Outcome::Refused, expected) => return ("refused".to_owned(), expected == Expected::Refused),
        (Outcome::Judged(_), Expected::Refused) => return ("judged".to_owned(), false),
        (Outcome::Judged(scanned), _) => scanned,
    };
    if let (Some(kinds), Expected::Matches(expected)) = (&line.reads, row.expected) {
        let count = read(scanned, kinds, row.name_wanted().as_deref());
        return (count.to_string(), count == expected);
    }
    let verdicts = verdicts(scanned, ours, row);
    if let Expected::Matches(expected) = row.expected {
        let count = verdicts.iter().filter(|verdict| **verdict == line.counts).count() as u64;
        return (count.to_string(), count == expected);
    }
    let worst_first = ["error", "fail", "unknown", "pass", "not_applicable"];
    let verdict = worst_first.into_iter().find(|wanted| verdicts.contains(wanted)).unwrap_or("none");
    (verdict.to_owned(), agrees(line.relation, row.expected, verdict))
}

/// How many resources of some kinds there are, of that name where one is wanted.
fn read(scanned: &Scanned, kinds: &[String], name: Option<&str>) -> u64 {
    let is_it = |resource: &&Value| {
        kinds.iter().any(|kind| resource["kind"] == kind.as_str()) && name.is_none_or(|name| resource["name"] == name)
    };
    list(&scanned.document["resources"]).iter().filter(is_it).count() as u64
}

fn agrees(relation: Relation, expected: Expected, ours: &str) -> bool {
    match (expected, ours) {
        (Expected::Pass, "pass" | "not_applicable") | (Expected::Fail, "fail") => true,
        (Expected::Pass, "fail") => matches!(relation, Relation::Stricter),
        (Expected::Fail, "pass" | "not_applicable") => matches!(relation, Relation::Laxer),
        _ => false,
    }
}

/// What our rules say of the row's resource, or of all resources of the case: the worst of each.
fn verdicts<'a>(scanned: &'a Scanned, ours: &'a [String], row: &Row) -> Vec<&'a str> {
    let mut worst: BTreeMap<&str, &str> = BTreeMap::new();
    let rank =
        |verdict: &str| ["error", "fail", "unknown", "pass", "not_applicable"].iter().position(|one| *one == verdict);
    for (id, verdict) in ours.iter().flat_map(|rule| scanned.of_rule(rule)) {
        if row.resource.as_deref().is_none_or(|wanted| wanted == id) {
            let of = worst.entry(id).or_insert(verdict);
            if rank(verdict) < rank(of) {
                *of = verdict;
            }
        }
    }
    worst.into_values().collect()
}
