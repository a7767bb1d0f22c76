//! Subnets and where their traffic goes.

use serde_json::Value as Json;

use crate::facts::aws::api;
use crate::facts::mapped::{Feed, Leads, Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, relation};
use crate::facts::view::{View, text};
use crate::model::FactState;
use crate::source::terraform::{Attribute, References};

pub(super) static SUBNET: Mapping = Mapping {
    resource_type: "aws_subnet",
    target: Some(Target::Subnet),
    feed: Some(|view| Feed::Subnet(zone(view))),
    api: &api::SUBNET,
    ..EMPTY
};

pub(super) static ROUTE_TABLE: Mapping = Mapping {
    resource_type: "aws_route_table",
    target: Some(Target::RouteTable),
    feed: Some(|view| Feed::Route(inline(view))),
    api: &api::ROUTE_TABLE,
    ..EMPTY
};

pub(super) static ROUTE: Mapping = Mapping {
    resource_type: "aws_route",
    relations: &[relation(Role::RouteTable, &[Target::RouteTable], "route_table_id")],
    feed: Some(|view| Feed::Route(route(view))),
    ..EMPTY
};

pub(super) static ROUTE_TABLE_ASSOCIATION: Mapping = Mapping {
    resource_type: "aws_route_table_association",
    relations: &[
        relation(Role::Subnets, &[Target::Subnet], "subnet_id"),
        relation(Role::RouteTable, &[Target::RouteTable], "route_table_id"),
    ],
    feed: Some(|_| Feed::RouteTableAssociation),
    ..EMPTY
};

/// The zone's name, or its id when the configuration chooses by that.
fn zone(view: &View<'_>) -> FactState {
    match text("availability_zone").state(view).0 {
        FactState::Unknown(reason) => match text("availability_zone_id").state(view).0 {
            FactState::Known(id) => FactState::Known(id),
            _ => FactState::Unknown(reason),
        },
        known => known,
    }
}

fn inline(view: &View<'_>) -> Leads {
    match view.get("route") {
        Attribute::Referenced(_) | Attribute::Undetermined(_) | Attribute::Sensitive => Leads::Undetermined,
        _ => (0..view.blocks("route").len()).map(|position| of_block(view, position)).fold(Leads::Elsewhere, Leads::or),
    }
}

fn of_block(view: &View<'_>, position: usize) -> Leads {
    let field =
        |name: &str| view.blocks("route").get(position).and_then(|block| block.get(name)).and_then(Json::as_str);
    let default = field("cidr_block") == Some("0.0.0.0/0") || field("ipv6_cidr_block") == Some("::/0");
    let unknown = |name: &str| view.unknown_in_block("route", position, name);
    let gateway = if unknown("gateway_id") {
        by_references(view.references("route"))
    } else {
        by_id(field("gateway_id").unwrap_or_default())
    };
    gateway.to(default, unknown("cidr_block") || unknown("ipv6_cidr_block"))
}

fn route(view: &View<'_>) -> Leads {
    let default = view.text("destination_cidr_block") == Some("0.0.0.0/0")
        || view.text("destination_ipv6_cidr_block") == Some("::/0");
    let unknown = |name: &str| matches!(view.get(name), Attribute::Referenced(_) | Attribute::Undetermined(_));
    let gateway = match view.get("gateway_id") {
        Attribute::Known(id) => by_id(id.as_str().unwrap_or_default()),
        Attribute::Referenced(references) => by_references(Some(references)),
        Attribute::Null | Attribute::Computed => Leads::Elsewhere,
        Attribute::Undetermined(_) | Attribute::Sensitive => Leads::Undetermined,
    };
    gateway.to(default, unknown("destination_cidr_block") || unknown("destination_ipv6_cidr_block"))
}

fn by_id(gateway: &str) -> Leads {
    if gateway.starts_with("igw-") { Leads::ToInternet } else { Leads::Elsewhere }
}

/// A gateway that is still to be made is told by its type.
fn by_references(references: Option<&References>) -> Leads {
    let Some(references) = references else { return Leads::Undetermined };
    let mut named = references.led.resources.iter().chain(&*references.addresses);
    let internet = named.any(|address| address.split('.').any(|segment| segment == "aws_internet_gateway"));
    if internet { Leads::ToInternet } else { Leads::Undetermined }
}

impl Leads {
    /// Of two routes of one table: one to the internet is enough.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::ToInternet, _) | (_, Self::ToInternet) => Self::ToInternet,
            (Self::Undetermined, _) | (_, Self::Undetermined) => Self::Undetermined,
            _ => Self::Elsewhere,
        }
    }

    /// Only the route for everything that has no other leads to the internet at large.
    fn to(self, default: bool, destination_unknown: bool) -> Self {
        match self {
            Self::Elsewhere => Self::Elsewhere,
            gateway if default => gateway,
            _ if destination_unknown => Self::Undetermined,
            _ => Self::Elsewhere,
        }
    }
}
