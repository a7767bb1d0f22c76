//! The generated pages of the documentation: one a rule, one a fact, an index of each.
//!
//! The same function makes a rule's page for the book and for `dbkeel policy show`; only links differ. Pages are functions of
//! the rules, the catalogue of facts and the baselines in the binary, so the same binary writes the same bytes.

mod fact;
mod rule;

use std::fmt::Write as _;

use crate::baseline::Baseline;
use crate::facts::FactId;
use crate::model::Domain;
use crate::policy::{Policies, Policy};
use crate::report::text::clean;

/// One page: its path in the book, with forward slashes, and its Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// `rules/DBK-RET-001.md`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Where a page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// In the book, where names are links.
    Book,
    /// At a terminal, where they are names.
    Terminal,
}

impl Reader {
    /// A name that leads to another page.
    fn link(self, name: &str, page: &str) -> String {
        match self {
            Self::Book => format!("[{name}]({page})"),
            Self::Terminal => name.to_owned(),
        }
    }
}

/// The page of one rule.
pub fn rule_page(policy: &Policy, baselines: &[Baseline], reader: Reader) -> String {
    rule::page(policy, baselines, reader)
}

/// Every page, in the order of the book: the rules, the facts, and what `SUMMARY.md` says of them.
pub fn pages(policies: &Policies, baselines: &[Baseline]) -> Vec<Page> {
    let mut pages = vec![Page { path: "rules/index.md".into(), text: rule_index(policies) }];
    for policy in policies.iter() {
        pages.push(Page { path: rule_path(policy), text: rule_page(policy, baselines, Reader::Book) });
    }
    pages.push(Page { path: "facts/index.md".into(), text: fact_index() });
    for fact in FactId::all() {
        pages.push(Page { path: fact_path(fact), text: fact::page(fact, policies) });
    }
    pages.push(Page { path: "generated.md".into(), text: summary(policies) });
    pages
}

fn rule_path(policy: &Policy) -> String {
    format!("rules/{}.md", policy.rule.id)
}

fn fact_path(fact: FactId) -> String {
    format!("facts/{}.md", fact.def().name)
}

/// Text in a line of Markdown or a cell of a table.
fn line(text: &str) -> String {
    clean(text).replace('|', "\\|").replace('<', "&lt;")
}

/// What is shown as code.
fn code(text: &str) -> String {
    format!("`{}`", clean(text).replace('|', "\\|").replace('`', "'"))
}

fn rule_index(policies: &Policies) -> String {
    let mut text = format!(
        "# Rules\n\n{} rules, by what they are about. Each page says what the rule reads, what a baseline may set, and how to \
         mend what it finds.\n",
        policies.iter().count()
    );
    for domain in Domain::ALL {
        let rules: Vec<&Policy> = policies.iter().filter(|policy| policy.rule.domain == *domain).collect();
        if rules.is_empty() {
            continue;
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "\n## {}\n\n| id | rule | severity |\n| --- | --- | --- |\n", capital(domain.as_str()));
        for policy in rules {
            let rule = &policy.rule;
            let _ = writeln!(text, "| [{0}]({0}.md) | {1} | {2} |", rule.id, line(&rule.title), rule.severity);
        }
    }
    text
}

fn capital(text: &str) -> String {
    crate::report::text::capital(text)
}

fn fact_index() -> String {
    let mut text = "# Facts, one by one\n\nA fact is one named, typed property of a database. Rules read it as `input.<name>`; \
                    each page says what every source reads to learn it, and which rules read it.\n\n| fact | meaning |\n| --- | \
                    --- |\n"
        .to_owned();
    for fact in FactId::all() {
        let def = fact.def();
        let _ =
            writeln!(text, "| [{0}]({0}.md) | {1} |", def.name, line(crate::report::text::first_sentence(def.meaning)));
    }
    text
}

/// The entries of the table of contents, which `docs/build.sh` puts into `SUMMARY.md`.
fn summary(policies: &Policies) -> String {
    let mut text = "- [Rules](rules/index.md)\n".to_owned();
    for policy in policies.iter() {
        let _ = writeln!(text, "  - [{} {}]({})", policy.rule.id, policy.rule.name, rule_path(policy));
    }
    text.push_str("- [Facts, one by one](facts/index.md)\n");
    for fact in FactId::all() {
        let _ = writeln!(text, "  - [{}]({})", fact.def().name, fact_path(fact));
    }
    text
}

#[cfg(test)]
mod tests;
