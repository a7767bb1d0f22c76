//! Reading, applying and telling, from the text of a waiver file to the results.

mod applied;
mod errors;
mod properties;
mod schema;

use super::*;
use crate::model::{Results, SourceComment, Verdict, WaiverRemark, WaiverState, WaiverUse};
use crate::report::testing::everything;

/// A file without mistakes, for tests that make one.
const GOOD: &str = "\
waivers:
  - id: W-1
    rule: DBK-RET-001
    resource: aws_db_instance.a
    reason: the vendor needs it
    expires: 2027-01-31
";

fn parsed(text: &str) -> Waivers {
    let results = everything();
    parse("w.yaml", text, &results.rules, &results.tiers).unwrap_or_else(|found| panic!("{}", joined(&found)))
}

/// The errors of a text as a user sees them.
fn errors(text: &str) -> String {
    let results = everything();
    match parse("w.yaml", text, &results.rules, &results.tiers) {
        Ok(_) => "no error".to_owned(),
        Err(found) => joined(&found),
    }
}

fn joined(found: &[Diagnostic]) -> String {
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
