//! A baseline as it is written: types and keys are checked, meaning is not.
//!
//! ```yaml
//! name: standard
//! rules: all                       # or {include: [retention/*], exclude: [DBK-OWN-002]}
//! parameters: {min_days: 7}        # for every tier
//! tiers:
//!   tier-1: {description: Critical, parameters: {min_days: 35}}
//!   tier-2: {description: Everything else}
//! assign:                          # the first that matches wins
//!   - {tier: tier-1, tags: {tier: [critical, gold]}}
//!   - {tier: tier-2, default: true}
//! waivers: {max_days: {critical: 30}, max_resources: 20}
//! drift: {ignore: [{class: pending, reason: …, expires: 2027-01-31}], approved_modules: [acme/rds/aws]}
//! ```

use super::drift::{self, DriftRules};
use super::limits;
use crate::waiver::WaiverLimits;
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{At, Node, Tree};

/// A baseline file, before anything in it is looked up.
pub(super) struct RawBaseline {
    pub(super) name: At<String>,
    pub(super) description: Option<At<String>>,
    pub(super) rules: RawRules,
    pub(super) engines: RawEngines,
    pub(super) parameters: Vec<RawParameter>,
    pub(super) tiers: Vec<RawTier>,
    pub(super) assign: Vec<RawEntry>,
    /// The place of `assign`, for errors about the list as a whole.
    pub(super) assign_place: Place,
    /// Whether every entry of `assign` could be read, so that one which is missing was never there.
    pub(super) assign_complete: bool,
    pub(super) waivers: WaiverLimits,
    pub(super) drift: DriftRules,
}

/// Which rules are used.
pub(super) enum RawRules {
    All,
    Some { include: Option<Vec<At<String>>>, exclude: Vec<At<String>> },
}

/// Where the engine versions come from.
pub(super) enum RawEngines {
    Embedded,
    File(At<String>),
    /// Engines whose versions replace or join those in the binary.
    Inline(Node),
}

/// A value for a parameter of some rule.
pub(super) struct RawParameter {
    pub(super) name: At<String>,
    pub(super) value: Node,
}

/// A tier.
pub(super) struct RawTier {
    pub(super) name: At<String>,
    pub(super) description: Option<At<String>>,
    pub(super) parameters: Vec<RawParameter>,
}

/// One line of `assign`: all the conditions that are given must hold.
pub(super) struct RawEntry {
    pub(super) place: Place,
    pub(super) tier: At<String>,
    pub(super) default: bool,
    /// Whether it asks anything of a resource, though what it asks may be wrong.
    pub(super) has_conditions: bool,
    /// Alternatives; of each, all tags must match.
    pub(super) tags: Vec<Vec<RawTag>>,
    pub(super) account: Vec<At<String>>,
    pub(super) name: Vec<At<String>>,
    pub(super) engine: Vec<At<String>>,
}

/// A tag and the values that will do.
pub(super) struct RawTag {
    pub(super) key: At<String>,
    pub(super) values: Vec<At<String>>,
}

const KEYS: &[&str] = &["name", "description", "rules", "engines", "parameters", "tiers", "assign", "waivers", "drift"];
const TIER_KEYS: &[&str] = &["description", "parameters"];
const CONDITIONS: &[&str] = &["tags", "account", "name", "engine"];
const ENTRY_KEYS: &[&str] = &["tier", "default", "tags", "account", "name", "engine"];

/// Results index tiers with 16 bits, and nobody needs more than a handful.
const MAX_TIERS: usize = 100;

/// Reads the tree; what is wrong with it goes to `problems`.
pub(super) fn read(root: &Node, problems: &mut Problems) -> Option<RawBaseline> {
    if root.value == Tree::Null {
        problems.add_with_help((1, 1), "the baseline is empty", "a baseline has `name`, `tiers` and `assign`");
        return None;
    }
    let fields = Fields::read(root, "a baseline", KEYS, problems)?;
    let name = fields.required("name", problems).and_then(|node| fields::text(node, "`name`", problems));
    let name = name.filter(|name| fields::is_word(name, "`name`", problems));
    let tiers = fields.required("tiers", problems).map(|node| tiers(node, problems));
    let assign_node = fields.required("assign", problems);
    let assign = assign_node.map(|node| assign(node, problems)).unwrap_or_default();
    let assign_items = assign_node.map_or(0, |node| node.value.len());
    Some(RawBaseline {
        description: fields.get("description").and_then(|node| fields::text(node, "`description`", problems)),
        rules: fields.get("rules").map_or(RawRules::All, |node| rules(node, problems)),
        engines: fields.get("engines").map_or(RawEngines::Embedded, |node| engines(node, problems)),
        parameters: fields.get("parameters").map(|node| parameters(node, problems)).unwrap_or_default(),
        name: name?,
        tiers: tiers?,
        assign_complete: assign_items > 0 && assign.len() == assign_items,
        assign_place: assign_node?.place,
        waivers: fields.get("waivers").map(|node| limits::read(node, problems)).unwrap_or_default(),
        drift: fields.get("drift").map(|node| drift::read(node, problems)).unwrap_or_default(),
        assign,
    })
}

fn rules(node: &Node, problems: &mut Problems) -> RawRules {
    match &node.value {
        Tree::Text(word) if word == "all" => RawRules::All,
        Tree::Map(_) => match Fields::read(node, "`rules`", &["include", "exclude"], problems) {
            Some(fields) => RawRules::Some {
                include: fields.get("include").map(|node| fields::texts(node, "`include`", problems)),
                exclude: fields
                    .get("exclude")
                    .map(|node| fields::texts(node, "`exclude`", problems))
                    .unwrap_or_default(),
            },
            None => RawRules::All,
        },
        other => {
            let title = format!("`rules` is {}", other.kind());
            problems.add_with_help(node.place, title, "write `all`, or lists under `include` and `exclude`");
            RawRules::All
        }
    }
}

fn engines(node: &Node, problems: &mut Problems) -> RawEngines {
    match &node.value {
        Tree::Text(path) => RawEngines::File(At { place: node.place, value: path.clone() }),
        Tree::Map(_) => RawEngines::Inline(node.clone()),
        other => {
            let title = format!("`engines` is {}", other.kind());
            problems.add_with_help(node.place, title, "write the path of a file, or a mapping of engines");
            RawEngines::Embedded
        }
    }
}

fn parameters(node: &Node, problems: &mut Problems) -> Vec<RawParameter> {
    let entries = fields::entries(node, "`parameters`", problems);
    entries.into_iter().map(|(name, value)| RawParameter { name: name.clone(), value: value.clone() }).collect()
}

fn tiers(node: &Node, problems: &mut Problems) -> Vec<RawTier> {
    let mut entries = fields::entries(node, "`tiers`", problems);
    if let Some((beyond, _)) = entries.get(MAX_TIERS) {
        problems.add(beyond.place, format!("there are more than {MAX_TIERS} tiers"));
        entries.truncate(MAX_TIERS);
    }
    if entries.is_empty() && matches!(node.value, Tree::Map(_)) {
        problems.add(node.place, "`tiers` is empty");
    }
    let named: Vec<_> =
        entries.into_iter().filter(|(name, _)| fields::is_word(name, "the name of a tier", problems)).collect();
    named.into_iter().filter_map(|(name, body)| tier(name, body, problems)).collect()
}

fn tier(name: &At<String>, body: &Node, problems: &mut Problems) -> Option<RawTier> {
    if body.value == Tree::Null {
        return Some(RawTier { name: name.clone(), description: None, parameters: Vec::new() });
    }
    let fields = Fields::read(body, &format!("tier `{}`", name.value), TIER_KEYS, problems)?;
    Some(RawTier {
        name: name.clone(),
        description: fields.get("description").and_then(|node| fields::text(node, "`description`", problems)),
        parameters: fields.get("parameters").map(|node| parameters(node, problems)).unwrap_or_default(),
    })
}

fn assign(node: &Node, problems: &mut Problems) -> Vec<RawEntry> {
    match &node.value {
        Tree::List(items) if !items.is_empty() => items.iter().filter_map(|item| entry(item, problems)).collect(),
        other => {
            let what = if matches!(other, Tree::List(_)) { "empty" } else { other.kind() };
            let title = format!("`assign` is {what}");
            problems.add_with_help(node.place, title, "list the tiers and what belongs to them, the default last");
            Vec::new()
        }
    }
}

fn entry(node: &Node, problems: &mut Problems) -> Option<RawEntry> {
    let fields = Fields::read(node, "an assignment", ENTRY_KEYS, problems)?;
    let texts = |key: &str, problems: &mut Problems| {
        fields.get(key).map(|node| fields::texts(node, &format!("`{key}`"), problems)).unwrap_or_default()
    };
    let tier = fields.required("tier", problems).and_then(|node| fields::text(node, "`tier`", problems));
    Some(RawEntry {
        place: node.place,
        default: fields.get("default").and_then(|node| fields::boolean(node, "`default`", problems)).unwrap_or(false),
        has_conditions: CONDITIONS.iter().any(|key| fields.get(key).is_some()),
        tags: fields.get("tags").map(|node| tags(node, problems)).unwrap_or_default(),
        account: texts("account", problems),
        name: texts("name", problems),
        engine: texts("engine", problems),
        tier: tier?,
    })
}

/// A mapping, or a list of mappings of which one will do.
fn tags(node: &Node, problems: &mut Problems) -> Vec<Vec<RawTag>> {
    match &node.value {
        Tree::List(items) if !items.is_empty() => items.iter().map(|item| tag_set(item, problems)).collect(),
        _ => vec![tag_set(node, problems)],
    }
}

fn tag_set(node: &Node, problems: &mut Problems) -> Vec<RawTag> {
    let entries = fields::entries(node, "`tags`", problems);
    if entries.is_empty() && matches!(node.value, Tree::Map(_)) {
        problems.add(node.place, "`tags` is empty");
    }
    let tag = |(key, values): (&At<String>, &Node)| RawTag {
        key: key.clone(),
        values: fields::texts(values, &format!("tag `{}`", key.value), problems),
    };
    entries.into_iter().map(tag).collect()
}
