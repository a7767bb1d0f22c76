//! Subnets and where their traffic goes.

use serde_json::Value as Json;

use crate::facts::aws::api;
use crate::facts::mapped::{Feed, Leads, Role, Routes, Target};
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
    recorded_by: Some(Role::RouteTable),
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

fn inline(view: &View<'_>) -> Routes {
    let none = Routes { recorded: view.is_recorded("route"), ..Routes::default() };
    match view.get("route") {
        Attribute::Referenced(_) | Attribute::Undetermined(_) | Attribute::Sensitive => {
            Routes { unsure: Leads::Undetermined, ..none }
        }
        _ => (0..view.blocks("route").len()).map(|position| of_block(view, position)).fold(none, Routes::and),
    }
}

fn of_block(view: &View<'_>, position: usize) -> Routes {
    let field =
        |name: &str| view.blocks("route").get(position).and_then(|block| block.get(name)).and_then(Json::as_str);
    let unknown = |name: &str| view.unknown_in_block("route", position, name);
    let gateway = if unknown("gateway_id") {
        by_references(view.references("route"))
    } else {
        by_id(field("gateway_id").unwrap_or_default())
    };
    gateway.to([field("cidr_block"), field("ipv6_cidr_block")], unknown("cidr_block") || unknown("ipv6_cidr_block"))
}

fn route(view: &View<'_>) -> Routes {
    const DESTINATIONS: [&str; 2] = ["destination_cidr_block", "destination_ipv6_cidr_block"];
    let unknown = |name: &str| matches!(view.get(name), Attribute::Referenced(_) | Attribute::Undetermined(_));
    let gateway = match view.get("gateway_id") {
        Attribute::Known(id) => by_id(id.as_str().unwrap_or_default()),
        Attribute::Referenced(references) => by_references(Some(references)),
        Attribute::Null | Attribute::Computed => Leads::Elsewhere,
        Attribute::Undetermined(_) | Attribute::Sensitive => Leads::Undetermined,
    };
    gateway.to(DESTINATIONS.map(|name| view.text(name)), DESTINATIONS.into_iter().any(unknown))
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
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::ToInternet, _) | (_, Self::ToInternet) => Self::ToInternet,
            (Self::Undetermined, _) | (_, Self::Undetermined) => Self::Undetermined,
            _ => Self::Elsewhere,
        }
    }

    /// The route to a gateway. Only one for everything that has no other leads to the internet at large.
    fn to(self, [ipv4, ipv6]: [Option<&str>; 2], destination_unknown: bool) -> Routes {
        let leads = |is_default: bool| if is_default { self } else { Self::Elsewhere };
        let (to_ipv4, to_ipv6) = (ipv4 == Some("0.0.0.0/0"), ipv6 == Some("::/0"));
        let unsure = match self {
            Self::Elsewhere => Self::Elsewhere,
            _ if destination_unknown && !to_ipv4 && !to_ipv6 => Self::Undetermined,
            _ => Self::Elsewhere,
        };
        Routes { ipv4: leads(to_ipv4), ipv6: leads(to_ipv6), unsure, recorded: false }
    }
}

impl Routes {
    /// Those of one table together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            ipv4: self.ipv4.or(other.ipv4),
            ipv6: self.ipv6.or(other.ipv6),
            unsure: self.unsure.or(other.unsure),
            recorded: self.recorded || other.recorded,
        }
    }

    /// Those that are left when others are taken away; a table has one route to a destination.
    pub(crate) fn without(self, gone: Self) -> Self {
        let left = |leads: Leads, gone: Leads| if gone == Leads::ToInternet { Leads::Elsewhere } else { leads };
        Self { ipv4: left(self.ipv4, gone.ipv4), ipv6: left(self.ipv6, gone.ipv6), ..self }
    }

    /// Whether any leads to the internet.
    pub(crate) fn lead(self) -> Leads {
        self.ipv4.or(self.ipv6).or(self.unsure)
    }
}
