//! A fleet file, from its text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::words::{self, ALL_ENABLED};
use super::{AccountSettings, AssumedRole, Fleet, FleetAccount, FleetRegions, OrganizationUnits};
use crate::diagnostic::Diagnostic;
use crate::source::aws::Family;
use crate::source::aws::names::is_account;
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::{Place, Problems};
use crate::yaml::{self, At, Node, Tree};

const KEYS: &[&str] = &["profile", "concurrency", "max_calls", "services", "defaults", "organization", "accounts"];
const SETTINGS: &[&str] = &["role", "external_id", "regions", "baseline", "tier", "owner", "declared"];
const ACCOUNT_KEYS: &[&str] =
    &["id", "name", "role", "external_id", "regions", "baseline", "tier", "owner", "declared"];

/// More than any organization has without asking AWS for it.
const MAX_ACCOUNTS: usize = 10_000;
const MAX_CONCURRENCY: i64 = 64;
const MAX_CALLS: i64 = 100_000_000;

/// Reads the file, or everything that is wrong with it; its digest is for the caller to fill in.
pub(super) fn fleet(name: &str, text: &str) -> Result<Fleet, Vec<Diagnostic>> {
    let mut problems = Problems::new(name, text);
    let fleet = yaml::read(text, &mut problems).and_then(|root| whole(&root, &mut problems));
    problems.finish(fleet)
}

fn whole(root: &Node, problems: &mut Problems) -> Option<Fleet> {
    if root.value == Tree::Null {
        problems.add_with_help((1, 1), "the fleet file is empty", "it has `accounts` or an `organization`, or both");
        return None;
    }
    let fields = Fields::read(root, "a fleet file", KEYS, problems)?;
    let nothing = AccountSettings {
        role: None,
        regions: FleetRegions::AllEnabled,
        baseline: None,
        tier: None,
        owner: None,
        declared: Vec::new(),
    };
    let defaults = fields.get("defaults").and_then(|node| Fields::read(node, "`defaults`", SETTINGS, problems));
    let defaults = defaults.map_or_else(|| nothing.clone(), |fields| settings(&fields, None, &nothing, problems));
    let organization = fields.get("organization").and_then(|node| organization(node, problems));
    let accounts = fields.get("accounts").map(|node| accounts(node, &defaults, problems)).unwrap_or_default();
    if fields.get("accounts").is_none() && fields.get("organization").is_none() {
        let help = "list `accounts`, or name the `organization` that they are of";
        problems.add_with_help(root.place, "the fleet file has no accounts", help);
    }
    if let Some(node) = fields.get("organization").filter(|_| defaults.role.is_none()) {
        let help = "add `role: NAME` to `defaults`; it is assumed in each account";
        problems.add_with_help(node.place, "nothing says how the organization's accounts are entered", help);
    }
    if let Some(excluded) = organization.as_ref().map(|organization: &OrganizationUnits| &organization.exclude) {
        for (id, (place, _)) in accounts.iter().filter(|(id, _)| excluded.contains(id)) {
            problems.add(*place, format!("account `{id}` is listed here, and excluded from the organization"));
        }
    }
    Some(Fleet {
        sha256: "".into(),
        profile: text(&fields, "profile", problems),
        concurrency: fields
            .get("concurrency")
            .and_then(|node| fields::number(node, "`concurrency`", MAX_CONCURRENCY, problems)),
        max_calls: fields.get("max_calls").and_then(|node| fields::number(node, "`max_calls`", MAX_CALLS, problems)),
        services: fields.get("services").map(|node| services(node, problems)),
        organization,
        defaults,
        accounts: accounts.into_iter().map(|(id, (_, account))| (id, account)).collect(),
    })
}

/// The settings that are given, and the defaults for the rest.
fn settings(
    fields: &Fields<'_>,
    account: Option<&str>,
    defaults: &AccountSettings,
    problems: &mut Problems,
) -> AccountSettings {
    let declared = fields.get("declared").map(|node| fields::texts(node, "`declared`", problems));
    AccountSettings {
        role: role(fields, account, defaults, problems),
        regions: fields.get("regions").map_or_else(|| defaults.regions.clone(), |node| regions(node, problems)),
        baseline: text(fields, "baseline", problems).or_else(|| defaults.baseline.clone()),
        tier: word(fields, "tier", problems).or_else(|| defaults.tier.clone()),
        owner: text(fields, "owner", problems).or_else(|| defaults.owner.clone()),
        declared: declared.map_or_else(|| defaults.declared.clone(), shared),
    }
}

/// The role, and what it asks for. An external id of the defaults belongs to the role of the defaults: it is not told to
/// another role.
fn role(
    fields: &Fields<'_>,
    account: Option<&str>,
    defaults: &AccountSettings,
    problems: &mut Problems,
) -> Option<AssumedRole> {
    let given = fields.get("role").and_then(|node| fields::text(node, "`role`", problems));
    let given = given.filter(|name| words::role(name, account, problems));
    let id_node = fields.get("external_id");
    let id = id_node.and_then(|node| fields::text(node, "`external_id`", problems));
    let id: Option<Arc<str>> = id.filter(|id| words::external_id(id, problems)).map(|id| id.value.into());
    let name = given.as_ref().map(|name| Arc::from(name.value.as_str()));
    match (name, &defaults.role) {
        (Some(name), _) => Some(AssumedRole { name, external_id: id }),
        (None, Some(role)) => {
            Some(AssumedRole { external_id: id.or_else(|| role.external_id.clone()), ..role.clone() })
        }
        (None, None) => {
            if let Some(node) = id_node.filter(|_| fields.get("role").is_none()) {
                problems.add_with_help(node.place, "there is no role that asks for the external id", "add `role`");
            }
            None
        }
    }
}

fn regions(node: &Node, problems: &mut Problems) -> FleetRegions {
    if matches!(&node.value, Tree::Text(word) if word == ALL_ENABLED) {
        return FleetRegions::AllEnabled;
    }
    let mut names = fields::texts(node, "`regions`", problems);
    names.retain(|name| words::region(name, problems));
    let mut regions = unique(names, "region", problems);
    regions.sort();
    FleetRegions::Listed(regions)
}

fn services(node: &Node, problems: &mut Problems) -> BTreeSet<Family> {
    let mut names = fields::texts(node, "`services`", problems);
    names.retain(|name| match name.value.parse::<Family>() {
        Ok(_) => true,
        Err(why) => {
            problems.add(name.place, why);
            false
        }
    });
    unique(names, "service", problems).iter().filter_map(|name| name.parse().ok()).collect()
}

fn organization(node: &Node, problems: &mut Problems) -> Option<OrganizationUnits> {
    // `organization: {}` is the whole of it.
    let fields = Fields::read(node, "`organization`", &["units", "exclude"], problems)?;
    let mut words_of = |key: &str, takes_accounts: bool| {
        let mut words =
            fields.get(key).map(|node| fields::texts(node, &format!("`{key}`"), problems)).unwrap_or_default();
        words.retain(|word| unit(word, takes_accounts, problems));
        unique(words, "entry", problems)
    };
    Some(OrganizationUnits { units: words_of("units", false), exclude: words_of("exclude", true) })
}

fn unit(word: &At<String>, takes_accounts: bool, problems: &mut Problems) -> bool {
    let is_one = words::is_unit(&word.value) || (takes_accounts && is_account(&word.value));
    if !is_one {
        let title = format!("`{}` is no organizational unit", word.value.escape_debug());
        let accounts = if takes_accounts { ", or an account's twelve digits in quotes" } else { "" };
        let help = format!("write its id, such as `ou-ab12-cdef3456`, or that of a root, such as `r-ab12`{accounts}");
        problems.add_with_help(word.place, title, help);
    }
    is_one
}

/// The accounts that are listed, each with its place.
type Listed = BTreeMap<Arc<str>, (Place, FleetAccount)>;

fn accounts(node: &Node, defaults: &AccountSettings, problems: &mut Problems) -> Listed {
    let mut listed = Listed::new();
    let Tree::List(items) = &node.value else {
        problems.add_with_help(
            node.place,
            format!("`accounts` is {}, not a list", node.value.kind()),
            "write `- id: \"…\"` for each",
        );
        return listed;
    };
    if items.is_empty() {
        problems.add_with_help(node.place, "`accounts` is empty", "list accounts, or leave it out");
    }
    if let Some(beyond) = items.get(MAX_ACCOUNTS) {
        problems.add(beyond.place, format!("there are more than {MAX_ACCOUNTS} accounts"));
        return listed;
    }
    for item in items {
        let Some((id, account)) = account(item, defaults, problems) else { continue };
        if let Some((first, _)) = listed.get(&id) {
            let title = format!("account `{id}` is listed twice");
            let first = first.0;
            problems.add_with_help(item.place, title, format!("the first is at line {first}"));
        } else {
            listed.insert(id, (item.place, account));
        }
    }
    listed
}

fn account(node: &Node, defaults: &AccountSettings, problems: &mut Problems) -> Option<(Arc<str>, FleetAccount)> {
    let fields = Fields::read(node, "an account", ACCOUNT_KEYS, problems)?;
    let id = fields.required("id", problems).and_then(|node| fields::text(node, "`id`", problems));
    let id = id.filter(|id| words::account(id, problems));
    let settings = settings(&fields, id.as_ref().map(|id| id.value.as_str()), defaults, problems);
    let name = text(&fields, "name", problems);
    Some((id?.value.into(), FleetAccount { name, settings }))
}

fn text(fields: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<Arc<str>> {
    let text = fields::text(fields.get(key)?, &format!("`{key}`"), problems)?;
    Some(text.value.trim().into())
}

fn word(fields: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<Arc<str>> {
    let what = format!("`{key}`");
    let word = fields::text(fields.get(key)?, &what, problems)?;
    fields::is_word(&word, &what, problems).then(|| word.value.into())
}

/// Words, none of which may come twice.
fn unique(words: Vec<At<String>>, what: &str, problems: &mut Problems) -> Vec<Arc<str>> {
    let mut seen: Vec<Arc<str>> = Vec::with_capacity(words.len());
    for word in words {
        if seen.iter().any(|earlier| **earlier == *word.value) {
            problems.add(word.place, format!("{what} `{}` is given twice", word.value));
        } else {
            seen.push(word.value.into());
        }
    }
    seen
}

fn shared(words: Vec<At<String>>) -> Vec<Arc<str>> {
    words.into_iter().map(|word| word.value.into()).collect()
}
