//! The page of one fact.

use std::fmt::Write as _;

use super::{code, line};
use crate::facts::{FactId, TypeSource, sources_of};
use crate::policy::Policies;
use crate::source::aws::calls_that_give;

pub(super) fn page(fact: FactId, policies: &Policies) -> String {
    let def = fact.def();
    let unit = def.unit.map(|unit| format!(" in {unit}")).unwrap_or_default();
    let kinds: Vec<String> = def.kinds.iter().map(|kind| kind.as_str().replace('_', " ")).collect();
    let mut page = format!(
        "# {}\n\n{}\n\n- type: {}{unit}\n- of: {}\n- in a rule: `input.{}`\n",
        code(def.name),
        line(def.meaning),
        def.ty.as_str(),
        kinds.join(", "),
        def.name
    );
    let sources = sources_of(fact);
    if sources.is_empty() {
        page.push_str("\nNo source tells it: dbkeel works it out while it judges.\n");
    }
    declared(&mut page, &sources);
    running(&mut page, &sources);
    missing(&mut page, &sources);
    rules(&mut page, fact, policies);
    page
}

/// Writing to a String cannot fail.
fn table(page: &mut String, title: &str, head: &str, rows: &[String]) {
    if rows.is_empty() {
        return;
    }
    let rule = head.split('|').map(|_| " --- ").collect::<Vec<_>>().join("|");
    let _ = write!(page, "\n## {title}\n\n|{head}|\n|{rule}|\n");
    for row in rows {
        let _ = writeln!(page, "| {row} |");
    }
}

fn declared(page: &mut String, sources: &[TypeSource]) {
    let rows = sources.iter().filter(|source| !source.attributes.is_empty() && source.missing.is_none());
    let row = |source: &TypeSource| {
        let attributes: Vec<String> = source.attributes.iter().map(|attribute| code(attribute)).collect();
        let omitted = source.omitted.as_ref().map(|value| match value.to_string().as_str() {
            "" => "none".to_owned(),
            text => code(text),
        });
        let omitted = omitted.unwrap_or_default();
        format!("{} | {} | {} | {omitted}", code(source.resource_type), attributes.join(", "), source.how)
    };
    let rows: Vec<String> = rows.map(row).collect();
    let title = "In plans, states and configuration";
    table(page, title, " resource type | attribute | how | when omitted from what is new ", &rows);
}

fn running(page: &mut String, sources: &[TypeSource]) {
    let mut rows = Vec::new();
    for source in sources {
        for member in &source.members {
            let calls: Vec<String> = calls_that_give(member).iter().map(|call| code(&call.to_string())).collect();
            let calls = if calls.is_empty() { "noted while collecting".to_owned() } else { calls.join(", ") };
            rows.push(format!("{} | {} | {calls}", code(source.resource_type), code(member)));
        }
    }
    table(page, "Of what runs", " resource type | member of the API | call ", &rows);
}

fn missing(page: &mut String, sources: &[TypeSource]) {
    let row = |source: &TypeSource| Some(format!("{} | {}", code(source.resource_type), line(source.missing?)));
    let rows: Vec<String> = sources.iter().filter_map(row).collect();
    table(page, "Types that have none", " resource type | why ", &rows);
}

fn rules(page: &mut String, fact: FactId, policies: &Policies) {
    let reading = policies.iter().filter(|policy| policy.rule.reads.iter().any(|path| path.fact == fact));
    let row = |policy: &crate::policy::Policy| {
        let rule = &policy.rule;
        format!("[{0}](../rules/{0}.md) | {1}", rule.id, line(&rule.title))
    };
    let rows: Vec<String> = reading.map(row).collect();
    table(page, "Rules that read it", " id | rule ", &rows);
}
