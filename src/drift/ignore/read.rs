//! Ignore rules, from their text.
//!
//! ```yaml
//! ignore:
//!   - class: [pending, expected]        # one, or a list
//!     fact: 'parameters["log_*"]'       # one, or a list; `multi_az`, `tags.owner`, `parameters.*`
//!     resource: module.legacy.*         # address, ARN or name, or a glob; also a list
//!     tags: {team: [billing]}           # all must match
//!     reason: The autoscaler moves it
//!     expires: 2027-01-31               # to the end of that day, UTC
//! ```

use super::{FactPattern, IgnoreRule};
use crate::diagnostic::Diagnostic;
use crate::facts::{CATALOGUE, FactType, find};
use crate::model::{DriftClass, Location, Region};
use crate::nearest::nearest;
use crate::selection::{Case, Patterns, TagPatterns};
use crate::yaml::fields::{self, Fields, did_you_mean};
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{self, At, Node, Tree};

const SELECTORS: &[&str] = &["class", "fact", "resource", "tags"];
const KEYS: &[&str] = &["class", "fact", "resource", "tags", "reason", "expires"];

/// Nobody reviews more than some hundreds, and every drift is held against each.
const MAX_RULES: usize = 10_000;

/// Reads a file, or everything that is wrong with it.
pub(super) fn file(file: &str, text: &str) -> Result<Vec<IgnoreRule>, Vec<Diagnostic>> {
    let mut problems = Problems::new(file, text);
    let entries = yaml::read(text, &mut problems).and_then(|root| top(&root, &mut problems));
    problems.finish(entries)
}

fn top(root: &Node, problems: &mut Problems) -> Option<Vec<IgnoreRule>> {
    if root.value == Tree::Null {
        problems.add_with_help((1, 1), "the file of ignore rules is empty", "write `ignore: []` if there are none");
        return None;
    }
    let fields = Fields::read(root, "a file of ignore rules", &["ignore"], problems)?;
    Some(rules(fields.required("ignore", problems)?, problems))
}

/// Reads the list under `ignore`; what is wrong with it goes to `problems`.
pub(crate) fn rules(node: &Node, problems: &mut Problems) -> Vec<IgnoreRule> {
    let Tree::List(items) = &node.value else {
        let title = format!("`ignore` is {}, not a list", node.value.kind());
        problems.add_with_help(node.place, title, "write `ignore: []` if there are none");
        return Vec::new();
    };
    if let Some(beyond) = items.get(MAX_RULES) {
        problems.add(beyond.place, format!("there are more than {MAX_RULES} ignore rules"));
        return Vec::new();
    }
    items.iter().filter_map(|item| rule(item, problems)).collect()
}

fn rule(node: &Node, problems: &mut Problems) -> Option<IgnoreRule> {
    let fields = Fields::read(node, "an ignore rule", KEYS, problems)?;
    let texts = |key: &str, problems: &mut Problems| {
        fields.get(key).map(|node| fields::texts(node, &format!("`{key}`"), problems)).unwrap_or_default()
    };
    if !SELECTORS.iter().any(|key| fields.get(key).is_some()) {
        let help = "add `class`, `fact`, `resource` (an address, an ARN, a name or a glob) or `tags`";
        problems.add_with_help(node.place, "the ignore rule does not say what it is for", help);
    }
    let (classes, facts, resources) = (texts("class", problems), texts("fact", problems), texts("resource", problems));
    let tags = fields.get("tags").map(|node| TagPatterns::read(node, problems)).unwrap_or_default();
    let reason = fields.required("reason", problems).and_then(|node| fields::text(node, "`reason`", problems));
    let expires = fields.required("expires", problems).and_then(|node| fields::day(node, "`expires`", problems));
    Some(IgnoreRule {
        what: what(&classes, &facts, &resources, &tags),
        classes: classes.iter().filter_map(|word| class(word, problems)).collect(),
        facts: facts.iter().filter_map(|text| fact(text, problems)).collect(),
        resources: (!resources.is_empty()).then(|| Patterns::new(&resources, Case::Matters, problems)),
        tags,
        reason: reason?.value.trim().into(),
        expires: expires?,
        location: location(problems.file(), node.place),
    })
}

fn what(classes: &[At<String>], facts: &[At<String>], resources: &[At<String>], tags: &TagPatterns) -> String {
    let listed = |texts: &[At<String>]| texts.iter().map(|text| text.value.as_str()).collect::<Vec<_>>().join("|");
    let parts = [("class", classes), ("fact", facts), ("resource", resources)];
    let mut parts: Vec<String> = parts
        .into_iter()
        .filter(|(_, texts)| !texts.is_empty())
        .map(|(key, texts)| format!("{key} {}", listed(texts)))
        .collect();
    parts.extend(tags.keys().map(|key| format!("tag {key}")));
    parts.join(" and ")
}

fn location(file: &str, (line, column): Place) -> Location {
    let region =
        Region { start_line: line, start_column: column, end_line: line, end_column: column.saturating_add(1) };
    Location { file: file.into(), region: Some(region) }
}

fn class(word: &At<String>, problems: &mut Problems) -> Option<DriftClass> {
    let class = word.value.parse().ok();
    if class.is_none() {
        let known: Vec<&str> = DriftClass::ALL.iter().map(|class| class.as_str()).collect();
        let title = format!("there is no class of drift `{}`", word.value);
        problems.add_with_help(word.place, title, did_you_mean(&word.value, &known));
    }
    class
}

/// `multi_az`, `tags.owner`, `parameters["rds.force_ssl"]`, `parameters.*`.
fn fact(text: &At<String>, problems: &mut Problems) -> Option<FactPattern> {
    let end = text.value.find(['.', '[']).unwrap_or(text.value.len());
    let (name, rest) = text.value.split_at(end);
    let Some(fact) = find(name) else {
        let title = format!("there is no fact `{name}`");
        problems.add_with_help(text.place, title, nearest_fact(name));
        return None;
    };
    if rest.is_empty() {
        return Some(FactPattern { fact, keys: None });
    }
    if fact.def().ty != FactType::Map {
        let help = format!("write `{name}`");
        problems.add_with_help(text.place, format!("`{name}` is one value; it has no keys"), help);
        return None;
    }
    let Some(key) = key(rest) else {
        let title = format!("`{}` names no key of `{name}`", text.value);
        problems.add_with_help(text.place, title, format!("write `{name}.KEY`, `{name}[\"KEY\"]` or `{name}.*`"));
        return None;
    };
    let key = At { place: text.place, value: key.to_owned() };
    Some(FactPattern { fact, keys: Some(Patterns::new(&[key], Case::Ignored, problems)) })
}

/// The key in what stands after the name of a fact.
fn key(rest: &str) -> Option<&str> {
    let quoted = |quote: char| rest.strip_prefix('[')?.strip_prefix(quote)?.strip_suffix(']')?.strip_suffix(quote);
    rest.strip_prefix('.').or_else(|| quoted('"')).or_else(|| quoted('\'')).filter(|key| !key.is_empty())
}

fn nearest_fact(name: &str) -> String {
    match nearest(name, CATALOGUE.iter().map(|def| def.name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`dbkeel facts` shows them all".to_owned(),
    }
}
