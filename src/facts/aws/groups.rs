//! Option groups and subnet groups.

use serde_json::Value as Json;

use crate::facts::aws::api;
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, derived, given, joined, relation};
use crate::facts::view::{View, strings};
use crate::model::{FactState, Kind, SetBy, Unknown, Value};
use crate::source::terraform::Attribute;

pub(super) static DB_OPTION_GROUP: Mapping = Mapping {
    resource_type: "aws_db_option_group",
    kind: Some(|_| Kind::OptionGroup),
    rows: &[derived(OPTIONS, &["option"], options)],
    api: &api::OPTION_GROUP,
    ..EMPTY
};

pub(super) static DB_SUBNET_GROUP: Mapping = Mapping { resource_type: "aws_db_subnet_group", ..SUBNET_GROUP_MAPPING };

pub(super) static DOCDB_SUBNET_GROUP: Mapping =
    Mapping { resource_type: "aws_docdb_subnet_group", ..SUBNET_GROUP_MAPPING };

pub(super) static NEPTUNE_SUBNET_GROUP: Mapping =
    Mapping { resource_type: "aws_neptune_subnet_group", ..SUBNET_GROUP_MAPPING };

const SUBNET_GROUP_MAPPING: Mapping = Mapping {
    kind: Some(|_| Kind::SubnetGroup),
    ids: &["id", "arn", "name"],
    target: Some(Target::SubnetGroup),
    rows: &[joined(SUBNET_ZONES, "subnet_ids"), given(SUBNETS, strings("subnet_ids"))],
    relations: &[relation(Role::Subnets, &[Target::Subnet], "subnet_ids")],
    api: &api::SUBNET_GROUP,
    ..EMPTY
};

fn options(view: &View<'_>) -> Derived {
    let blocks = view.blocks("option");
    let names = blocks.iter().filter_map(|block| block.get("option_name").and_then(Json::as_str));
    let known = Value::set(names.map(Value::from));
    let complete = known.as_list().is_some_and(|names| names.len() == blocks.len());
    let state = match view.get("option") {
        Attribute::Undetermined(why) => FactState::Unknown(why.clone()),
        Attribute::Referenced(_) | Attribute::Computed => FactState::Unknown(Unknown::KnownAfterApply),
        Attribute::Sensitive => FactState::Unknown(Unknown::Sensitive),
        _ if complete => FactState::Known(known),
        _ => FactState::Partial(known, Unknown::KnownAfterApply),
    };
    (state, SetBy::Source)
}
