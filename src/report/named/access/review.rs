//! Records of access reviews: who looked at whose access, when, and what was decided. A person attests them by writing them
//! into a file that is reviewed like code.
//!
//! ```yaml
//! reviews:
//!   - reviewed: 2026-09-30
//!     reviewer: Ada Lovelace
//!     resource: "arn:aws:rds:eu-west-1:111122223333:db:orders*"   # ids or names, globs; also a list
//!     tags: {service: [orders]}                                   # all must match
//!     account: "111122223333"
//!     decision: confirmed                                         # confirmed, reduced, revoked
//!     ticket: SEC-77
//! ```

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::facts::catalogue::TAGS;
use crate::model::word_enum;
use crate::report::named::subject::Of;
use crate::selection::{Case, Patterns, TagPatterns};
use crate::yaml::fields::{self, Fields, did_you_mean};
use crate::yaml::problems::Problems;
use crate::yaml::{self, Node, Tree};

const KEYS: &[&str] = &["reviewed", "reviewer", "resource", "tags", "account", "decision", "ticket"];

/// Nobody records more than some thousands.
const MAX_REVIEWS: usize = 100_000;

word_enum! {
    /// What a review came to.
    Decision, "decision" {
        /// Everybody who has access needs it.
        Confirmed = "confirmed",
        /// Some access was taken away.
        Reduced = "reduced",
        /// All access was taken away.
        Revoked = "revoked",
    }
}

/// The records of a file.
#[derive(Debug)]
pub struct Reviews {
    file: Arc<str>,
    reviews: Vec<Review>,
}

/// One review.
#[derive(Debug)]
pub struct Review {
    /// The day on which it was made.
    pub reviewed: Date,
    /// Who made it.
    pub reviewer: Arc<str>,
    /// What it came to.
    pub decision: Decision,
    /// Where it is written down.
    pub ticket: Option<Arc<str>>,
    resources: Option<Patterns>,
    tags: TagPatterns,
    accounts: Option<Patterns>,
}

impl Reviews {
    /// The file, as the user named it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The last review of a database up to a day; of several on that day, the one that the file names last.
    pub fn last(&self, of: &Of<'_>, today: Date) -> Option<&Review> {
        let made = self.reviews.iter().filter(|review| review.reviewed <= today && review.is_of(of));
        made.max_by_key(|review| review.reviewed)
    }

    /// The last review up to a day of a database of which only this is known. One that chooses by tags cannot be told.
    pub fn last_of(&self, id: &str, name: Option<&str>, account: &str, today: Date) -> Option<&Review> {
        let is_of = |review: &&Review| review.reviewed <= today && review.is_of_named(id, name, account);
        self.reviews.iter().filter(is_of).max_by_key(|review| review.reviewed)
    }
}

impl Review {
    fn is_of_named(&self, id: &str, name: Option<&str>, account: &str) -> bool {
        let is_named = |patterns: &Patterns| patterns.matches(id) || name.is_some_and(|name| patterns.matches(name));
        self.tags.is_empty()
            && self.resources.as_ref().is_none_or(is_named)
            && self.accounts.as_ref().is_none_or(|patterns| patterns.matches(account))
    }

    /// Whether it is of a database. What is not known selects nothing: nobody reviewed what nobody could see.
    fn is_of(&self, of: &Of<'_>) -> bool {
        let resource = of.resource;
        let is_named = |patterns: &Patterns| {
            patterns.matches(&resource.id) || resource.name.as_deref().is_some_and(|name| patterns.matches(name))
        };
        let account = resource.scope.account.as_deref();
        self.resources.as_ref().is_none_or(is_named)
            && (self.tags.is_empty() || resource.facts.map(TAGS).is_some_and(|tags| self.tags.match_all(tags)))
            && self.accounts.as_ref().is_none_or(|patterns| account.is_some_and(|account| patterns.matches(account)))
    }
}

/// Reads a file of records, or everything that is wrong with it.
pub fn parse(file: &str, text: &str) -> Result<Reviews, Vec<Diagnostic>> {
    let mut problems = Problems::new(file, text);
    let reviews = yaml::read(text, &mut problems).and_then(|root| list(&root, &mut problems));
    let reviews = problems.finish(reviews)?;
    Ok(Reviews { file: file.into(), reviews })
}

fn list(root: &Node, problems: &mut Problems) -> Option<Vec<Review>> {
    const EMPTY: &str = "write `reviews: []` if there are none";
    if root.value == Tree::Null {
        problems.add_with_help((1, 1), "the file of reviews is empty", EMPTY);
        return None;
    }
    let fields = Fields::read(root, "a file of reviews", &["reviews"], problems)?;
    let node = fields.required("reviews", problems)?;
    let Tree::List(items) = &node.value else {
        problems.add_with_help(node.place, format!("`reviews` is {}, not a list", node.value.kind()), EMPTY);
        return None;
    };
    if let Some(beyond) = items.get(MAX_REVIEWS) {
        problems.add(beyond.place, format!("there are more than {MAX_REVIEWS} reviews"));
        return None;
    }
    Some(items.iter().filter_map(|item| review(item, problems)).collect())
}

fn review(node: &Node, problems: &mut Problems) -> Option<Review> {
    let fields = Fields::read(node, "a review", KEYS, problems)?;
    let reviewed = fields.required("reviewed", problems).and_then(|node| fields::day(node, "`reviewed`", problems));
    let reviewer = fields.required("reviewer", problems).and_then(|node| fields::text(node, "`reviewer`", problems));
    let decision = fields.required("decision", problems).and_then(|node| decision(node, problems));
    let ticket = fields.get("ticket").and_then(|node| fields::text(node, "`ticket`", problems));
    let mut patterns = |key: &str| {
        let texts = fields::texts(fields.get(key)?, &format!("`{key}`"), problems);
        Some(Patterns::new(&texts, Case::Matters, problems))
    };
    let (resources, accounts) = (patterns("resource"), patterns("account"));
    let tags = fields.get("tags").map(|node| TagPatterns::read(node, problems)).unwrap_or_default();
    if resources.is_none() && accounts.is_none() && fields.get("tags").is_none() {
        let help = "add `resource` (an id, a name or a glob), `tags` or `account`";
        problems.add_with_help(node.place, "the review does not say whose access was looked at", help);
    }
    Some(Review {
        reviewed: reviewed?,
        reviewer: reviewer?.value.trim().into(),
        decision: decision?,
        ticket: ticket.map(|text| text.value.trim().into()),
        resources,
        tags,
        accounts,
    })
}

fn decision(node: &Node, problems: &mut Problems) -> Option<Decision> {
    let text = fields::text(node, "`decision`", problems)?;
    let found = text.value.parse().ok();
    if found.is_none() {
        let known: Vec<&str> = Decision::ALL.iter().map(|decision| decision.as_str()).collect();
        let title = format!("`{}` is not a decision", text.value);
        problems.add_with_help(text.place, title, did_you_mean(&text.value, &known));
    }
    found
}

#[cfg(test)]
mod tests;
