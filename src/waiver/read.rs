//! A waiver file, from its text.
//!
//! ```yaml
//! waivers:
//!   - id: W-2026-014
//!     rule: DBK-RET-001                 # id, earlier id or name
//!     resource: module.legacy.*         # address, ARN or glob; also a list
//!     tags: {team: [billing]}           # all must match
//!     tier: tier-2
//!     source_comment: required          # only what stands under `# dbkeel:waive W-2026-014`
//!     reason: The vendor's release needs it
//!     owner: team-billing
//!     approver: Ada Lovelace
//!     ticket: RISK-512
//!     created: 2026-11-01
//!     expires: 2027-01-31               # to the end of that day, UTC
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Waiver;
use super::selector::Selector;
use crate::diagnostic::Diagnostic;
use crate::model::{Rule, Severity, Tier};
use crate::nearest::nearest;
use crate::selection::{Case, Patterns, TagPatterns};
use crate::yaml::fields::{self, Fields, did_you_mean};
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{self, At, Node, Tree};

const KEYS: &[&str] = &[
    "id",
    "rule",
    "resource",
    "tags",
    "tier",
    "source_comment",
    "reason",
    "owner",
    "approver",
    "ticket",
    "created",
    "expires",
];

/// Results index waivers with 32 bits, and nobody reviews more than some hundreds.
const MAX_WAIVERS: usize = 10_000;

/// The names that a waiver may use.
pub(super) struct Known<'a> {
    pub(super) rules: &'a [Arc<Rule>],
    pub(super) tiers: &'a [Tier],
}

/// Reads the entries of a file, or everything that is wrong with it.
pub(super) fn entries(file: &str, text: &str, known: &Known<'_>) -> Result<Vec<Waiver>, Vec<Diagnostic>> {
    let mut problems = Problems::new(file, text);
    let entries = yaml::read(text, &mut problems).and_then(|root| list(&root, known, &mut problems));
    problems.finish(entries)
}

fn list(root: &Node, known: &Known<'_>, problems: &mut Problems) -> Option<Vec<Waiver>> {
    if root.value == Tree::Null {
        problems.add_with_help((1, 1), "the waiver file is empty", "write `waivers: []` if there are none");
        return None;
    }
    let fields = Fields::read(root, "a waiver file", &["waivers"], problems)?;
    let node = fields.required("waivers", problems)?;
    let Tree::List(items) = &node.value else {
        let title = format!("`waivers` is {}, not a list", node.value.kind());
        problems.add_with_help(node.place, title, "write `waivers: []` if there are none");
        return None;
    };
    if let Some(beyond) = items.get(MAX_WAIVERS) {
        problems.add(beyond.place, format!("there are more than {MAX_WAIVERS} waivers"));
        return None;
    }
    let mut ids: BTreeMap<String, Place> = BTreeMap::new();
    let entries = items.iter().filter_map(|item| Entry::read(item, problems)?.waiver(known, &mut ids, problems));
    Some(entries.collect())
}

/// The most that a failure of the rule may matter in the tiers that are selected: the limits hold for the gravest of them.
fn gravest(rule: &Rule, selector: &Selector, tiers: &[Tier]) -> Severity {
    let selected = tiers.iter().filter(|tier| selector.tiers.is_empty() || selector.tiers.contains(&tier.name));
    selected.map(|tier| tier.severity_of(rule)).max().unwrap_or(rule.severity)
}

/// One entry, whose keys are known.
struct Entry<'n> {
    place: Place,
    fields: Fields<'n>,
}

impl<'n> Entry<'n> {
    fn read(node: &'n Node, problems: &mut Problems) -> Option<Self> {
        Some(Self { place: node.place, fields: Fields::read(node, "a waiver", KEYS, problems)? })
    }

    fn waiver(&self, known: &Known<'_>, ids: &mut BTreeMap<String, Place>, problems: &mut Problems) -> Option<Waiver> {
        let id = self.id(ids, problems);
        let rule = self.required("rule", problems).and_then(|name| rule(&name, known.rules, problems));
        let (selector, needs_comment) = self.selector(known, problems);
        let reason = self.required("reason", problems);
        let created = self.fields.get("created").and_then(|node| fields::day(node, "`created`", problems));
        let expires = self.fields.required("expires", problems);
        let expires = expires.and_then(|node| Some((node.place, fields::day(node, "`expires`", problems)?)));
        let (place, expires) = (expires.map(|(place, _)| place), expires.map(|(_, date)| date));
        if let (Some(created), Some(expires), Some(place)) = (created, expires, place)
            && expires < created
        {
            let title = format!("it expires on {expires}, before it is created on {created}");
            problems.add_with_help(place, title, "exchange the two days, or mend the one that is wrong");
        }
        let (owner, approver, ticket) =
            (self.text("owner", problems), self.text("approver", problems), self.text("ticket", problems));
        let rule = rule?;
        Some(Waiver {
            id: id?,
            rule: rule.id.clone(),
            severity: gravest(rule, &selector, known.tiers),
            selector,
            needs_comment,
            reason: reason?.value.trim().into(),
            owner,
            approver,
            ticket,
            created,
            expires: expires?,
            line: self.place.0,
        })
    }

    /// The id, which reports and comments name it by: a plain word, and no other waiver's.
    fn id(&self, ids: &mut BTreeMap<String, Place>, problems: &mut Problems) -> Option<Arc<str>> {
        let id = self.required("id", problems)?;
        if !fields::is_word(&id, "`id`", problems) {
            return None;
        }
        if let Some(first) = ids.get(&id.value) {
            let title = format!("two waivers have the id `{}`", id.value);
            problems.add_with_help(id.place, title, format!("the first is at line {}", first.0));
            return None;
        }
        ids.insert(id.value.clone(), id.place);
        Some(id.value.as_str().into())
    }

    fn required(&self, key: &str, problems: &mut Problems) -> Option<At<String>> {
        let node = self.fields.required(key, problems)?;
        fields::text(node, &format!("`{key}`"), problems)
    }

    fn text(&self, key: &str, problems: &mut Problems) -> Option<Arc<str>> {
        let text = fields::text(self.fields.get(key)?, &format!("`{key}`"), problems)?;
        Some(text.value.trim().into())
    }

    fn texts(&self, key: &str, problems: &mut Problems) -> Option<Vec<At<String>>> {
        self.fields.get(key).map(|node| fields::texts(node, &format!("`{key}`"), problems))
    }

    /// Which resources it is for, and whether a comment must say so too.
    fn selector(&self, known: &Known<'_>, problems: &mut Problems) -> (Selector, bool) {
        let needs_comment = self.fields.get("source_comment").is_some_and(|node| is_required(node, problems));
        let resources = self.texts("resource", problems);
        let tiers = self.texts("tier", problems).unwrap_or_default();
        let selector = Selector {
            resources: resources.map(|texts| Patterns::new(&texts, Case::Matters, problems)),
            tags: self.fields.get("tags").map(|node| TagPatterns::read(node, problems)).unwrap_or_default(),
            tiers: tiers.iter().filter_map(|name| tier(name, known.tiers, problems)).collect(),
        };
        let says_whom = ["resource", "tags", "tier", "source_comment"].iter().any(|key| self.fields.get(key).is_some());
        if selector.is_empty() && !says_whom {
            problems.add_with_help(
                self.place,
                "the waiver does not say which resources it is for",
                "add `resource` (an address, an ARN or a glob), `tags` or `tier`, or `source_comment: required`",
            );
        }
        (selector, needs_comment)
    }
}

fn is_required(node: &Node, problems: &mut Problems) -> bool {
    let is_required = matches!(&node.value, Tree::Text(word) if word == "required");
    if !is_required {
        let help = "write `source_comment: required`, or leave it out";
        problems.add_with_help(node.place, "`source_comment` takes only the word `required`", help);
    }
    is_required
}

fn rule<'r>(name: &At<String>, rules: &'r [Arc<Rule>], problems: &mut Problems) -> Option<&'r Arc<Rule>> {
    let word = name.value.as_str();
    let found = rules.iter().find(|rule| rule.is_called(word));
    if found.is_none() {
        let near = nearest(word, rules.iter().flat_map(|rule| [&*rule.id, &*rule.name]));
        let help = near.map_or_else(
            || "`dbkeel policy list` shows the rules".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        problems.add_with_help(name.place, format!("no rule is called `{word}`"), help);
    }
    found
}

fn tier(name: &At<String>, tiers: &[Tier], problems: &mut Problems) -> Option<Arc<str>> {
    let found = tiers.iter().find(|tier| *tier.name == *name.value);
    if found.is_none() {
        let known: Vec<&str> = tiers.iter().map(|tier| tier.name.as_ref()).collect();
        let title = format!("the baseline has no tier `{}`", name.value);
        problems.add_with_help(name.place, title, did_you_mean(&name.value, &known));
    }
    found.map(|tier| tier.name.clone())
}
