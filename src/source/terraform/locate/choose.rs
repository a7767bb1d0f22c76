//! Which attribute of which resource decides a finding.
//!
//! In this order: the attribute that the rule's remediation sets, on the resource that its facts came from or on the
//! resource itself; then the facts that the rule read, in its order, those that only tell whether it applies last. Among
//! equals, one that the source sets comes before one that it omits.

use std::borrow::Cow;

use super::{Locator, find};
use crate::facts::catalogue::{ENGINE, INGRESS_CIDRS, IS_REPLICA, PLANNED_ACTION};
use crate::facts::origin_of;
use crate::model::{FactPath, FactState, Finding, Origin, Verdict};
use crate::source::terraform::address::steps;

/// An attribute to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted<'a> {
    /// The address of the resource that holds it.
    pub(super) holder: &'a str,
    /// Its dotted path; empty for the resource as a whole.
    pub(super) attribute: Cow<'a, str>,
    /// The key of a tag, or the name of a parameter.
    pub(super) key: Option<Cow<'a, str>>,
    /// Words of the finding's messages that tell one block from another: address ranges.
    pub(super) words: Vec<&'a str>,
    /// The attribute of the judged resource that refers to the holder, when that is another resource.
    pub(super) through: Option<(&'a str, &'a str)>,
}

impl<'a> Wanted<'a> {
    /// An attribute of a resource.
    pub(super) fn plain(holder: &'a str, attribute: &'a str) -> Self {
        Self { holder, attribute: attribute.into(), key: None, words: Vec::new(), through: None }
    }
}

/// The attributes of the types that let traffic in (hashicorp/aws 6).
const INGRESS: &[(&str, &str)] = &[
    ("aws_security_group", "ingress.cidr_blocks"),
    ("aws_default_security_group", "ingress.cidr_blocks"),
    ("aws_security_group_rule", "cidr_blocks"),
    ("aws_vpc_security_group_ingress_rule", "cidr_ipv4"),
];

/// The attribute that decides a finding; `None` when no fact that the rule reads came from an attribute.
pub(super) fn wanted<'a>(finding: &Finding<'a>, locator: &Locator<'a>) -> Option<Wanted<'a>> {
    let mut candidates: Vec<(usize, Wanted<'a>)> = Vec::with_capacity(finding.rule.reads.len());
    for (position, path) in finding.rule.reads.iter().enumerate().filter(|(_, path)| !path.before) {
        let Some(origin) = origin_of(finding.resource, path) else { continue };
        let candidate = of_fact(finding, path, origin);
        candidates.push((rank(finding, (position, path), &candidate), candidate));
    }
    candidates.sort_by_key(|(rank, _)| *rank);
    let best = candidates.first()?.0;
    let is_set = |wanted: &Wanted<'a>| match locator.find(wanted.holder).as_ref() {
        Ok(declared) => find::find(locator.configuration, declared.block, wanted).is_some(),
        Err(_) => false,
    };
    // Of several that matter alike, one that the source sets says more than one that it omits.
    let alike = || candidates.iter().filter(|(rank, _)| *rank == best).map(|(_, wanted)| wanted);
    let set = if alike().nth(1).is_some() { alike().find(|wanted| is_set(wanted)) } else { None };
    set.or_else(|| alike().next()).cloned()
}

/// How much a fact matters to a finding; the least first.
fn rank(finding: &Finding<'_>, (position, path): (usize, &FactPath), wanted: &Wanted<'_>) -> usize {
    let tells_whether_it_applies = [ENGINE, IS_REPLICA, PLANNED_ACTION].contains(&path.fact)
        || finding.rule.applicability.as_ref().is_some_and(|facts| facts.contains(path));
    let state = finding.outcome.facts.get(position);
    let is_unknown = matches!(state, Some(FactState::Unknown(_) | FactState::Partial(..)));
    let explains = finding.outcome.verdict == Verdict::Unknown && is_unknown;
    let is_attribute = !wanted.attribute.is_empty();
    match (is_attribute, tells_whether_it_applies) {
        _ if explains => 0,
        _ if is_remedied(finding, wanted) => 1,
        (true, false) => 2,
        (false, false) => 3,
        (true, true) => 4,
        (false, true) => 5,
    }
}

fn is_remedied(finding: &Finding<'_>, wanted: &Wanted<'_>) -> bool {
    let holder_type = match wanted.holder == finding.resource.id.as_ref() {
        true => finding.resource.resource_type,
        false => type_of(wanted.holder),
    };
    let remedies = finding.rule.remediation.terraform.get(holder_type);
    let first = wanted.attribute.split('.').next().unwrap_or_default();
    remedies.is_some_and(|attributes| attributes.keys().any(|name| name.split('.').next() == Some(first)))
}

fn of_fact<'a>(finding: &Finding<'a>, path: &'a FactPath, origin: &'a Origin) -> Wanted<'a> {
    let own = finding.resource.id.as_ref();
    let holder = origin.resource.as_deref().unwrap_or(own);
    // What holds for an engine as a whole is told by no attribute.
    let of_engine = origin.attribute == "engine" && path.fact != ENGINE;
    let attribute = if of_engine { "" } else { in_source(origin.attribute) };
    let mut wanted = Wanted {
        holder,
        attribute: attribute.into(),
        key: path.key.as_deref().map(Cow::Borrowed),
        words: if path.fact == INGRESS_CIDRS { ranges(finding) } else { Vec::new() },
        through: None,
    };
    if holder == own {
        return wanted;
    }
    wanted.through = Some((own, attribute));
    let holder_type = type_of(holder);
    let remedy = || finding.rule.remediation.terraform.get(holder_type).and_then(|remedies| remedies.iter().next());
    let ingress = || INGRESS.iter().find(|(name, _)| path.fact == INGRESS_CIDRS && *name == holder_type);
    if let Some((_, attribute)) = ingress() {
        wanted.attribute = (*attribute).into();
    } else if let Some((attribute, value)) = remedy() {
        wanted.attribute = attribute.as_ref().into();
        // `rds.force_ssl = 1, or require_secure_transport = 1`: the first of them that is set counts.
        if attribute.as_ref() == "parameter" && wanted.key.is_none() {
            wanted.words = value.split(" = ").filter_map(|part| part.rsplit([' ', ',']).next()).collect();
        }
    } else if holder_type != type_of(own) && path.key.is_none() {
        // The attribute is the judged resource's; the other one as a whole tells.
        wanted.attribute = "".into();
    }
    wanted
}

/// An attribute as configuration has it: a plan has more.
fn in_source(attribute: &str) -> &str {
    match attribute {
        "tags_all" | "default_tags" => "tags",
        // What a plan does is no attribute.
        "change.actions" | "change.replace_paths" | "change.after" | "cluster_members" => "",
        attribute => attribute,
    }
}

/// The type in an address.
fn type_of(address: &str) -> &str {
    let mut steps = steps(address);
    while let Some(step) = steps.next() {
        if step.name != "module" {
            return step.name;
        }
        steps.next();
    }
    ""
}

/// The address ranges that the messages name.
fn ranges<'a>(finding: &Finding<'a>) -> Vec<&'a str> {
    let is_range =
        |word: &&str| word.contains('/') && word.starts_with(|first: char| first.is_ascii_hexdigit() || first == ':');
    let separators = |letter: char| !(letter.is_ascii_hexdigit() || ".:/".contains(letter));
    let waived = usize::from(finding.outcome.verdict == Verdict::Waived);
    // The last message of a waived one is that of the waiver.
    let messages = finding.outcome.messages.iter().rev().skip(waived).rev();
    messages.flat_map(|message| message.split(separators)).filter(is_range).collect()
}
