//! A baseline as it is written: types and keys are checked, meaning is not.
//!
//! ```yaml
//! name: standard
//! rules: all                       # or {include: [retention/*], exclude: [DBK-OWN-002]}
//! parameters: {min_days: 7}        # for every tier
//! severity: {access/*: high}       # for every tier
//! tiers:
//!   tier-1: {description: Critical, parameters: {min_days: 35}, severity: {DBK-AVA-002: critical}}
//!   tier-2: {description: Everything else}
//! assign:                          # the first that matches wins
//!   - {tier: tier-1, tags: {tier: [critical, gold]}}
//!   - {tier: tier-2, default: true}
//! upcoming:                        # from a day on
//!   - {from: 2027-01-01, reason: audit, tiers: {tier-2: {parameters: {min_days: 14}}}}
//! waivers: {max_days: {critical: 30}, max_resources: 20}
//! drift: {ignore: [{class: pending, reason: …, expires: 2027-01-31}], approved_modules: [acme/rds/aws]}
//! targets: {patch_compliance: 95, remediation_days_critical: 15}
//! golden_parameters: [{family: postgres16, tiers: [tier-1], parameters: {rds.force_ssl: 1}}]
//! ```
//!
//! A baseline with `extends` says only what differs from the one that it extends; then nothing but `name` must be there.

use jiff::civil::Date;

use super::drift::{self, DriftRules};
use super::golden::{self, RawGolden};
use super::limits::{self, RawLimits};
use super::targets::{self, Targets};
use crate::model::Severity;
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{At, Node, Tree};

/// A baseline file, before anything in it is looked up.
pub(super) struct RawBaseline {
    pub(super) name: At<String>,
    /// The baseline that this one changes.
    pub(super) extends: Option<At<String>>,
    pub(super) description: Option<At<String>>,
    pub(super) rules: RawRules,
    pub(super) engines: Option<RawEngines>,
    /// For every tier.
    pub(super) settings: RawSettings,
    pub(super) tiers: Vec<RawTier>,
    /// What is to come.
    pub(super) upcoming: Vec<RawChange>,
    pub(super) assign: Vec<RawEntry>,
    /// Whether every tier could be read, so that one which is missing was never there.
    pub(super) tiers_complete: bool,
    /// Whether every entry of `assign` could be read, so that one which is missing was never there.
    pub(super) assign_complete: bool,
    /// The tier that judges what no entry matches, where there is no default.
    pub(super) untiered: Option<At<String>>,
    pub(super) waivers: RawLimits,
    pub(super) drift: DriftRules,
    pub(super) golden: Vec<RawGolden>,
    pub(super) targets: Targets,
}

/// Which rules are used: some to begin with, more, less.
#[derive(Default)]
pub(super) struct RawRules {
    /// `None` begins with those of the baseline that is extended, or else with all.
    pub(super) base: Option<RawBase>,
    pub(super) add: Vec<At<String>>,
    /// The place of `add`.
    pub(super) add_place: Option<Place>,
    pub(super) exclude: Vec<At<String>>,
}

/// The rules to begin with.
pub(super) enum RawBase {
    All,
    Only(Vec<At<String>>),
}

/// Where the engine versions come from.
pub(super) enum RawEngines {
    File(At<String>),
    /// Engines whose versions replace or join those in the binary.
    Inline(Node),
}

/// What is set for a tier, or for all of them.
#[derive(Default)]
pub(super) struct RawSettings {
    pub(super) parameters: Vec<RawParameter>,
    pub(super) severity: Vec<RawSeverity>,
}

/// A severity for some rules.
pub(super) struct RawSeverity {
    pub(super) rules: At<String>,
    pub(super) severity: Severity,
}

/// A change that holds from a day on.
pub(super) struct RawChange {
    pub(super) from: At<Date>,
    pub(super) reason: Option<At<String>>,
    pub(super) rules: RawRules,
    pub(super) settings: RawSettings,
    pub(super) tiers: Vec<RawTier>,
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
    pub(super) settings: RawSettings,
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

const KEYS: &[&str] = &[
    "name",
    "extends",
    "description",
    "rules",
    "engines",
    "parameters",
    "severity",
    "tiers",
    "upcoming",
    "assign",
    "untiered",
    "waivers",
    "drift",
    "golden_parameters",
    "targets",
];
const RULES_KEYS: &[&str] = &["include", "add", "exclude"];
const TIER_KEYS: &[&str] = &["description", "parameters", "severity"];
const CHANGE_KEYS: &[&str] = &["from", "reason", "rules", "parameters", "severity", "tiers"];
const CHANGED_TIER_KEYS: &[&str] = &["parameters", "severity"];
const CONDITIONS: &[&str] = &["tags", "account", "name", "engine"];
const ENTRY_KEYS: &[&str] = &["tier", "default", "tags", "account", "name", "engine"];

/// Results index tiers with 16 bits, and nobody needs more than a handful.
const MAX_TIERS: usize = 100;

/// Every day on which something changes is judged by itself, and nobody plans further ahead.
const MAX_CHANGES: usize = 20;

/// Reads the tree; what is wrong with it goes to `problems`.
pub(super) fn read(root: &Node, problems: &mut Problems) -> Option<RawBaseline> {
    if root.value == Tree::Null {
        let help = "a baseline has `name`, `tiers` and `assign`, or `name` and `extends`";
        problems.add_with_help((1, 1), "the baseline is empty", help);
        return None;
    }
    let fields = Fields::read(root, "a baseline", KEYS, problems)?;
    let name = fields.required("name", problems).and_then(|node| fields::text(node, "`name`", problems));
    let name = name.filter(|name| fields::is_word(name, "`name`", problems));
    let extends = fields.get("extends");
    // Whoever extends another baseline says only what differs.
    let needed = |key: &str, problems: &mut Problems| match extends {
        Some(_) => fields.get(key),
        None => fields.required(key, problems),
    };
    let tiers_node = needed("tiers", problems);
    let assign_node = needed("assign", problems);
    let tiers = tiers_node.map(|node| tiers(node, TIER_KEYS, problems));
    let assign = assign_node.map(|node| assign(node, problems)).unwrap_or_default();
    let assign_items = assign_node.map_or(0, |node| node.value.len());
    let is_whole = extends.is_some() || (tiers_node.is_some() && assign_node.is_some());
    let extends = extends.map(|node| fields::text(node, "`extends`", problems));
    let baseline = RawBaseline {
        description: fields.get("description").and_then(|node| fields::text(node, "`description`", problems)),
        rules: fields.get("rules").map(|node| rules(node, problems)).unwrap_or_default(),
        engines: fields.get("engines").and_then(|node| engines(node, problems)),
        settings: settings(&fields, problems),
        upcoming: fields.get("upcoming").map(|node| upcoming(node, problems)).unwrap_or_default(),
        name: name?,
        // A text that is none was told; without it nothing else can be looked up.
        extends: extends.map_or(Some(None), |text| text.map(Some))?,
        tiers_complete: tiers.as_ref().map_or(0, Vec::len) == tiers_node.map_or(0, entries_of),
        assign_complete: assign_node.is_none() || (assign_items > 0 && assign.len() == assign_items),
        untiered: fields.get("untiered").and_then(|node| fields::text(node, "`untiered`", problems)),
        waivers: fields.get("waivers").map(|node| limits::read(node, problems)).unwrap_or_default(),
        drift: fields.get("drift").map(|node| drift::read(node, problems)).unwrap_or_default(),
        golden: fields.get("golden_parameters").map(|node| golden::read(node, problems)).unwrap_or_default(),
        targets: fields.get("targets").map(|node| targets::read(node, problems)).unwrap_or_default(),
        assign,
        tiers: tiers.unwrap_or_default(),
    };
    is_whole.then_some(baseline)
}

/// How many entries a mapping has; what is none counts as one that could not be read.
fn entries_of(node: &Node) -> usize {
    match &node.value {
        Tree::Map(entries) => entries.len(),
        _ => 1,
    }
}

fn rules(node: &Node, problems: &mut Problems) -> RawRules {
    match &node.value {
        Tree::Text(word) if word == "all" => RawRules { base: Some(RawBase::All), ..RawRules::default() },
        Tree::Map(_) => {
            let Some(fields) = Fields::read(node, "`rules`", RULES_KEYS, problems) else { return RawRules::default() };
            let texts = |key: &str, problems: &mut Problems| {
                fields.get(key).map(|node| fields::texts(node, &format!("`{key}`"), problems))
            };
            RawRules {
                base: texts("include", problems).map(RawBase::Only),
                add: texts("add", problems).unwrap_or_default(),
                add_place: fields.get("add").map(|node| node.place),
                exclude: texts("exclude", problems).unwrap_or_default(),
            }
        }
        other => {
            let title = format!("`rules` is {}", other.kind());
            problems.add_with_help(node.place, title, "write `all`, or lists under `include`, `add` and `exclude`");
            RawRules::default()
        }
    }
}

fn engines(node: &Node, problems: &mut Problems) -> Option<RawEngines> {
    match &node.value {
        Tree::Text(path) => Some(RawEngines::File(At { place: node.place, value: path.clone() })),
        Tree::Map(_) => Some(RawEngines::Inline(node.clone())),
        other => {
            let title = format!("`engines` is {}", other.kind());
            problems.add_with_help(node.place, title, "write the path of a file, or a mapping of engines");
            None
        }
    }
}

fn parameters(node: &Node, problems: &mut Problems) -> Vec<RawParameter> {
    let entries = fields::entries(node, "`parameters`", problems);
    entries.into_iter().map(|(name, value)| RawParameter { name: name.clone(), value: value.clone() }).collect()
}

fn settings(fields: &Fields<'_>, problems: &mut Problems) -> RawSettings {
    RawSettings {
        parameters: fields.get("parameters").map(|node| parameters(node, problems)).unwrap_or_default(),
        severity: fields.get("severity").map(|node| severities(node, problems)).unwrap_or_default(),
    }
}

fn severities(node: &Node, problems: &mut Problems) -> Vec<RawSeverity> {
    let entries = fields::entries(node, "`severity`", problems);
    let severity = |(rules, node): (&At<String>, &Node)| {
        let severity = severity(&format!("the severity of `{}`", rules.value), node, problems)?;
        Some(RawSeverity { rules: rules.clone(), severity })
    };
    entries.into_iter().filter_map(severity).collect()
}

fn severity(what: &str, node: &Node, problems: &mut Problems) -> Option<Severity> {
    let word = fields::text(node, what, problems)?;
    let known: Vec<&str> = Severity::ALL.iter().map(|severity| severity.as_str()).collect();
    let severity = word.value.parse().ok();
    if severity.is_none() {
        let title = format!("there is no severity `{}`", word.value);
        problems.add_with_help(word.place, title, fields::did_you_mean(&word.value, &known));
    }
    severity
}

fn tiers(node: &Node, keys: &[&str], problems: &mut Problems) -> Vec<RawTier> {
    let mut entries = fields::entries(node, "`tiers`", problems);
    if let Some((beyond, _)) = entries.get(MAX_TIERS) {
        problems.add_with_help(beyond.place, format!("there are more than {MAX_TIERS} tiers"), "merge some of them");
        entries.truncate(MAX_TIERS);
    }
    if entries.is_empty() && matches!(node.value, Tree::Map(_)) {
        problems.add_with_help(node.place, "`tiers` is empty", "name at least one tier");
    }
    let named: Vec<_> =
        entries.into_iter().filter(|(name, _)| fields::is_word(name, "the name of a tier", problems)).collect();
    named.into_iter().filter_map(|(name, body)| tier(name, body, keys, problems)).collect()
}

fn tier(name: &At<String>, body: &Node, keys: &[&str], problems: &mut Problems) -> Option<RawTier> {
    if body.value == Tree::Null {
        return Some(RawTier { name: name.clone(), description: None, settings: RawSettings::default() });
    }
    let fields = Fields::read(body, &format!("tier `{}`", name.value), keys, problems)?;
    Some(RawTier {
        name: name.clone(),
        description: fields.get("description").and_then(|node| fields::text(node, "`description`", problems)),
        settings: settings(&fields, problems),
    })
}

/// The changes, by their day.
fn upcoming(node: &Node, problems: &mut Problems) -> Vec<RawChange> {
    let Tree::List(items) = &node.value else {
        let title = format!("`upcoming` is {}, not a list", node.value.kind());
        problems.add_with_help(node.place, title, "list changes, each with `from` and what it sets");
        return Vec::new();
    };
    if let Some(beyond) = items.get(MAX_CHANGES) {
        let title = format!("there are more than {MAX_CHANGES} changes in `upcoming`");
        problems.add_with_help(beyond.place, title, "write what holds already where it holds always");
        return Vec::new();
    }
    let mut changes: Vec<RawChange> = items.iter().filter_map(|item| change(item, problems)).collect();
    changes.sort_by_key(|change| change.from.value);
    changes
}

fn change(node: &Node, problems: &mut Problems) -> Option<RawChange> {
    let fields = Fields::read(node, "a change in `upcoming`", CHANGE_KEYS, problems)?;
    let from = fields.required("from", problems);
    if !["rules", "parameters", "severity", "tiers"].iter().any(|key| fields.get(key).is_some()) {
        let help = "give it `parameters`, `severity`, `tiers` or `rules`";
        problems.add_with_help(node.place, "a change in `upcoming` changes nothing", help);
    }
    let day = from.and_then(|node| Some(At { place: node.place, value: fields::day(node, "`from`", problems)? }));
    Some(RawChange {
        reason: fields.get("reason").and_then(|node| fields::text(node, "`reason`", problems)),
        rules: fields.get("rules").map(|node| rules(node, problems)).unwrap_or_default(),
        settings: settings(&fields, problems),
        tiers: fields.get("tiers").map(|node| tiers(node, CHANGED_TIER_KEYS, problems)).unwrap_or_default(),
        from: day?,
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
        problems.add_with_help(node.place, "`tags` is empty", "name at least one tag, or leave it out");
    }
    let tag = |(key, values): (&At<String>, &Node)| RawTag {
        key: key.clone(),
        values: fields::texts(values, &format!("tag `{}`", key.value), problems),
    };
    entries.into_iter().map(tag).collect()
}
