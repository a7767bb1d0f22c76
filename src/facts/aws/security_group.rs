//! Security groups and their rules: what address ranges reach which ports.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::facts::aws::api;
use crate::facts::catalogue::*;
use crate::facts::mapped::{Feed, Ingress, IngressRule, Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, derived, relation};
use crate::facts::view::{View, to_integer};
use crate::model::{FactState, Kind, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

pub(super) static SECURITY_GROUP: Mapping = Mapping {
    resource_type: "aws_security_group",
    target: Some(Target::SecurityGroup),
    feed: Some(|view| Feed::Ingress(inline(view))),
    api: &api::SECURITY_GROUP,
    ..EMPTY
};

/// The rule is a block of its own (`type = "ingress"`), with lists of address ranges.
pub(super) static SECURITY_GROUP_RULE: Mapping = Mapping {
    resource_type: "aws_security_group_rule",
    relations: &[relation(Role::SecurityGroups, &[Target::SecurityGroup], "security_group_id")],
    feed: Some(|view| Feed::Ingress(rule(view))),
    recorded_by: Some(Role::SecurityGroups),
    ..EMPTY
};

pub(super) static VPC_SECURITY_GROUP_INGRESS_RULE: Mapping = Mapping {
    resource_type: "aws_vpc_security_group_ingress_rule",
    relations: &[relation(Role::SecurityGroups, &[Target::SecurityGroup], "security_group_id")],
    feed: Some(|view| Feed::Ingress(read(&SINGLE, &|field| of_attribute(view, field)))),
    recorded_by: Some(Role::SecurityGroups),
    ..EMPTY
};

/// A group of EC2-Classic, which provider versions before 5 could still declare.
pub(super) static DB_SECURITY_GROUP: Mapping = Mapping {
    resource_type: "aws_db_security_group",
    kind: Some(|_| Kind::SecurityGroup),
    rows: &[
        derived(INGRESS_CIDRS, &["ingress"], classic_ranges),
        derived(CLASSIC_SECURITY_GROUPS, &["name"], |view| {
            let name = view.text("name").unwrap_or(&view.resource().name);
            (FactState::Known(Value::set([Value::from(name)])), SetBy::Derived)
        }),
    ],
    ..EMPTY
};

fn classic_ranges(view: &View<'_>) -> Derived {
    let mut ranges = Vec::new();
    let mut rest = match view.get("ingress") {
        Attribute::Undetermined(why) => Some(why.clone()),
        Attribute::Sensitive => Some(Unknown::Sensitive),
        Attribute::Referenced(_) => Some(Unknown::KnownAfterApply),
        Attribute::Known(_) | Attribute::Null | Attribute::Computed => None,
    };
    for position in 0..view.blocks("ingress").len() {
        match of_block(view, position, "cidr") {
            Field::Known(cidr) => ranges.extend(cidr.as_str().filter(|cidr| !cidr.is_empty()).map(Value::from)),
            Field::Null => {}
            Field::Unknown(reason) => rest = Some(reason),
        }
    }
    let state = match rest {
        None => FactState::Known(Value::set(ranges)),
        Some(reason) if ranges.is_empty() => FactState::Unknown(reason),
        Some(reason) => FactState::Partial(Value::set(ranges), reason),
    };
    (state, SetBy::Source)
}

/// The words of a form in which rules are written.
struct Words {
    protocol: &'static str,
    ranges: &'static [&'static str],
    prefix_lists: &'static str,
}

const LISTS: Words =
    Words { protocol: "protocol", ranges: &["cidr_blocks", "ipv6_cidr_blocks"], prefix_lists: "prefix_list_ids" };

const SINGLE: Words =
    Words { protocol: "ip_protocol", ranges: &["cidr_ipv4", "cidr_ipv6"], prefix_lists: "prefix_list_id" };

/// One field of a rule.
enum Field<'a> {
    Known(&'a Json),
    Null,
    Unknown(Unknown),
}

fn inline(view: &View<'_>) -> Ingress {
    let mut ingress = Ingress { recorded: view.is_recorded("ingress"), ..Ingress::default() };
    match view.get("ingress") {
        Attribute::Referenced(_) => ingress.rest = Some(Unknown::KnownAfterApply),
        Attribute::Undetermined(why) => ingress.rest = Some(why.clone()),
        Attribute::Sensitive => ingress.rest = Some(Unknown::Sensitive),
        // A `dynamic` block over an unknown collection would look computed as well; so would every group without rules of
        // its own, which is what it is taken for.
        Attribute::Known(_) | Attribute::Null | Attribute::Computed => {}
    }
    for position in 0..view.blocks("ingress").len() {
        ingress.add(read(&LISTS, &|field| of_block(view, position, field)));
    }
    ingress
}

fn rule(view: &View<'_>) -> Ingress {
    match view.text("type") {
        Some("egress") => Ingress::default(),
        None if view.is_unknown_inside("type") => {
            Ingress { rest: Some(Unknown::KnownAfterApply), ..Ingress::default() }
        }
        _ => read(&LISTS, &|field| of_attribute(view, field)),
    }
}

fn of_attribute<'a>(view: &'a View<'_>, field: &str) -> Field<'a> {
    match view.get(field) {
        Attribute::Known(_) if view.is_unknown_inside(field) => Field::Unknown(Unknown::KnownAfterApply),
        Attribute::Known(value) => Field::Known(value),
        Attribute::Null | Attribute::Computed => Field::Null,
        Attribute::Sensitive => Field::Unknown(Unknown::Sensitive),
        Attribute::Referenced(_) => Field::Unknown(Unknown::KnownAfterApply),
        Attribute::Undetermined(why) => Field::Unknown(why.clone()),
    }
}

fn of_block<'a>(view: &'a View<'_>, position: usize, field: &str) -> Field<'a> {
    if view.sensitive_in_block("ingress", position, field) {
        return Field::Unknown(Unknown::Sensitive);
    }
    if view.unknown_in_block("ingress", position, field) {
        return Field::Unknown(Unknown::KnownAfterApply);
    }
    match view.blocks("ingress").get(position).and_then(|block| block.get(field)) {
        None | Some(Json::Null) => Field::Null,
        Some(value) => Field::Known(value),
    }
}

fn read<'a>(words: &Words, get: &dyn Fn(&str) -> Field<'a>) -> Ingress {
    let mut ingress = Ingress::default();
    let Some(ports) = ports(words, get, &mut ingress.rest) else { return ingress };
    for range in words.ranges {
        match get(range) {
            Field::Known(value) => ingress.add_ranges(value, ports),
            Field::Null => {}
            Field::Unknown(reason) => ingress.rest = Some(reason),
        }
    }
    match get(words.prefix_lists) {
        Field::Null => {}
        Field::Known(Json::Array(lists)) if lists.is_empty() => {}
        Field::Known(_) | Field::Unknown(_) => ingress.rest = Some(PREFIX_LIST),
    }
    ingress
}

const PREFIX_LIST: Unknown =
    Unknown::NotCollected(Text::Static("a prefix list lets in addresses that the document does not hold"));

/// The ports that a rule is about; `None` when it is about no TCP port, or when nothing tells (then `rest` says so).
fn ports<'a>(words: &Words, get: &dyn Fn(&str) -> Field<'a>, rest: &mut Option<Unknown>) -> Option<Option<(i64, i64)>> {
    let protocol = match get(words.protocol) {
        Field::Known(protocol) => protocol.as_str().map_or_else(|| protocol.to_string(), str::to_lowercase),
        Field::Null => return None,
        Field::Unknown(reason) => {
            *rest = Some(reason);
            return None;
        }
    };
    match protocol.as_str() {
        "-1" | "all" => Some(None),
        "tcp" | "6" => match (get("from_port"), get("to_port")) {
            (Field::Known(from), Field::Known(to)) => Some(Some((to_integer(from)?, to_integer(to)?))),
            (Field::Unknown(reason), _) | (_, Field::Unknown(reason)) => {
                *rest = Some(reason);
                None
            }
            _ => None,
        },
        _ => None,
    }
}

impl Ingress {
    /// Takes in the rules of another.
    pub(crate) fn add(&mut self, other: Self) {
        self.rules.extend(other.rules);
        self.rest = self.rest.take().or(other.rest);
    }

    fn add_ranges(&mut self, value: &Json, ports: Option<(i64, i64)>) {
        match value {
            Json::String(cidr) if !cidr.is_empty() => {
                self.rules.push(IngressRule { cidr: Arc::from(cidr.to_lowercase()), ports });
            }
            Json::Array(cidrs) => cidrs.iter().for_each(|cidr| self.add_ranges(cidr, ports)),
            _ => {}
        }
    }
}
