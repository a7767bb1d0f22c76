//! Who reaches a database: the address ranges of its security groups, the subnets that lead to the internet, their zones.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::FactId;
use crate::facts::catalogue::{INGRESS_CIDRS, PORT, SUBNET_GROUP, SUBNET_ZONES, SUBNETS_WITH_INTERNET_ROUTE};
use crate::facts::mapped::{Feed, Ingress, IngressRule, Leads, Role, Routes, Ties};
use crate::facts::view::INHERITED;
use crate::model::{FactState, SetBy, Unknown, Value};

use super::index::{Index, Resolution, is_elsewhere, not_here};
use super::{Context, Joined, Telling};

/// What the networks of the document let in and where they lead.
pub(super) struct Network {
    ingress: FxHashMap<usize, Ingress>,
    /// Why a rule may belong to any group.
    stray_rule: Option<Unknown>,
    tables: FxHashMap<usize, Routes>,
    /// Why a route may belong to any table.
    stray_route: Option<Unknown>,
    /// The route table of each subnet that is tied to one.
    table_of: FxHashMap<usize, Result<usize, Unknown>>,
    stray_association: Option<Unknown>,
}

impl Network {
    pub(super) fn new(telling: &Telling<'_>, index: &Index<'_>) -> Self {
        let mut network = Self {
            ingress: FxHashMap::default(),
            stray_rule: None,
            tables: FxHashMap::default(),
            stray_route: None,
            table_of: FxHashMap::default(),
            stray_association: None,
        };
        let gone = Gone::new(telling, index);
        for (position, of) in telling.feeds.iter().copied() {
            match &of.feed {
                Some(Feed::Ingress(ingress)) => {
                    network.add_ingress(position, of, gone.ingress_left(position, ingress), index);
                }
                Some(Feed::Route(routes)) => {
                    network.add_route(position, of, gone.routes_left(position, *routes), index);
                }
                Some(Feed::RouteTableAssociation) => network.associate(of, index),
                _ => {}
            }
        }
        network
    }

    fn add_ingress(&mut self, position: usize, of: &Ties, ingress: Ingress, index: &Index<'_>) {
        let group = match of.relation(Role::SecurityGroups) {
            None => Ok(position),
            Some(relation) => index.resolve_one(of, relation),
        };
        match group {
            Ok(group) => self.ingress.entry(group).or_default().add(ingress),
            // A rule of a group elsewhere is none of those here; a rule that lets nobody in cannot matter.
            Err(reason) if is_elsewhere(of, &reason) => {}
            Err(_) if ingress.rules.is_empty() && ingress.rest.is_none() => {}
            Err(reason) => self.stray_rule = Some(reason),
        }
    }

    fn add_route(&mut self, position: usize, of: &Ties, routes: Routes, index: &Index<'_>) {
        let table = match of.relation(Role::RouteTable) {
            None => Ok(position),
            Some(relation) => index.resolve_one(of, relation),
        };
        match table {
            Ok(table) => {
                let slot = self.tables.entry(table).or_default();
                *slot = slot.and(routes);
            }
            Err(reason) if is_elsewhere(of, &reason) => {}
            Err(_) if routes.lead() == Leads::Elsewhere => {}
            Err(reason) => self.stray_route = Some(reason),
        }
    }

    fn associate(&mut self, of: &Ties, index: &Index<'_>) {
        let Some(subnets) = of.relation(Role::Subnets) else { return };
        let table = of.relation(Role::RouteTable).map(|relation| index.resolve_one(of, relation));
        let table = table.unwrap_or(Err(Unknown::KnownAfterApply));
        match index.resolve_one(of, subnets) {
            Ok(subnet) => drop(self.table_of.insert(subnet, table)),
            Err(reason) if is_elsewhere(of, &reason) => {}
            Err(reason) => self.stray_association = Some(reason),
        }
    }

    pub(super) fn join(&self, context: &Context<'_>, joined: &mut Joined) {
        if context.wants(INGRESS_CIDRS) {
            self.join_ingress(context, joined);
        }
        if context.wants(SUBNETS_WITH_INTERNET_ROUTE) {
            self.join_subnets(context, joined);
        }
        if context.wants(SUBNET_ZONES) {
            joined.set(context, SUBNET_ZONES, zones(context), None);
        }
    }

    fn join_ingress(&self, context: &Context<'_>, joined: &mut Joined) {
        let Some(relation) = context.of.relation(Role::SecurityGroups) else {
            let why = not_here("the network's default security group applies, which nothing here tells");
            return joined.set(context, INGRESS_CIDRS, FactState::Unknown(why), None);
        };
        let port = context.resource.facts.known(PORT).and_then(Value::as_integer);
        match context.index.only(context.of, relation) {
            Some(group) => {
                let found = Resolution { found: vec![group], ..Resolution::default() };
                let make = || (self.ingress_cidrs(found, port), None);
                joined.set_alike(context, (INGRESS_CIDRS, group), |of| of.port = port, make);
            }
            None => {
                let resolution = context.index.resolve(context.of, relation);
                joined.set(context, INGRESS_CIDRS, self.ingress_cidrs(resolution, port), None);
            }
        }
    }

    fn ingress_cidrs(&self, resolution: Resolution, port: Option<i64>) -> FactState {
        let mut list = List { known: Vec::new(), rest: resolution.rest };
        for group in &resolution.found {
            let Some(ingress) = self.ingress.get(group) else { continue };
            let reaching = ingress.rules.iter().filter(|rule| reaches(rule, port));
            list.known.extend(reaching.map(|rule| Value::String(Arc::clone(&rule.cidr))));
            list.doubt(ingress.rest.as_ref());
        }
        list.doubt(self.stray_rule.as_ref());
        if port.is_none() {
            list.doubt(Some(&not_here("the database's port is not known")));
        }
        list.state()
    }

    fn join_subnets(&self, context: &Context<'_>, joined: &mut Joined) {
        const FACT: FactId = SUBNETS_WITH_INTERNET_ROUTE;
        // What its source refers to is joined at the same time, and handed on after that.
        if context.resource.facts.get(SUBNET_GROUP).is_some_and(|group| group.origin.set_by == SetBy::Inherited) {
            return joined.set(context, FACT, INHERITED, None);
        }
        // Some name their subnets themselves.
        if context.of.relation(Role::Subnets).is_some() {
            return joined.set(context, FACT, self.public_subnets(context, context.position), None);
        }
        let Some(relation) = context.of.relation(Role::SubnetGroup) else {
            let why = not_here("the account's default subnet group applies, which nothing here tells");
            return joined.set(context, FACT, FactState::Unknown(why), None);
        };
        match context.index.resolve_one(context.of, relation) {
            // One document holds what runs, or what does not.
            Ok(group) => {
                let make = || (self.public_subnets(context, group), Some(group));
                joined.set_alike(context, (FACT, group), |_| {}, make);
            }
            Err(reason) => joined.set(context, FACT, FactState::Unknown(reason), None),
        }
    }

    /// Those of the subnets that one resource names.
    fn public_subnets(&self, context: &Context<'_>, group: usize) -> FactState {
        let subnets = context.ties.get(group).and_then(|group| Some((group, group.relation(Role::Subnets)?)));
        let Some((group, relation)) = subnets else { return FactState::Unknown(not_here("the subnets are not named")) };
        let resolution = context.index.resolve(group, relation);
        let mut list = List { known: Vec::new(), rest: resolution.rest };
        for position in &resolution.found {
            match (self.leads(*position, context.of.runs), context.ties.get(*position)) {
                (Ok(true), Some(subnet)) => list.known.push(Value::String(name_of(subnet))),
                (Err(reason), _) => list.doubt(Some(&reason)),
                _ => {}
            }
        }
        list.state()
    }

    /// Whether a subnet's traffic gets to an internet gateway.
    fn leads(&self, subnet: usize, runs: bool) -> Result<bool, Unknown> {
        let table = match (self.table_of.get(&subnet), &self.stray_association) {
            (Some(table), _) => table.clone()?,
            (None, Some(reason)) => return Err(reason.clone()),
            (None, None) => return Err(not_here("the subnet follows its network's main route table")),
        };
        match (self.tables.get(&table).map(|routes| routes.lead()), &self.stray_route) {
            (Some(Leads::ToInternet), _) => Ok(true),
            (Some(Leads::Undetermined), _) if runs => Err(not_here("the route table does not say where it leads")),
            (Some(Leads::Undetermined), _) => Err(Unknown::KnownAfterApply),
            (_, Some(reason)) => Err(reason.clone()),
            _ => Ok(false),
        }
    }
}

/// What the plan changes or takes away of rules and routes that are resources of their own. Their groups and tables record
/// them as well, and go on doing so until the plan is applied.
#[derive(Default)]
struct Gone {
    ingress: FxHashMap<usize, FxHashSet<IngressRule>>,
    routes: FxHashMap<usize, Routes>,
}

impl Gone {
    fn new(telling: &Telling<'_>, index: &Index<'_>) -> Self {
        let mut gone = Self::default();
        for of in &telling.told {
            let Some(told) = &of.told else { continue };
            // What it was a part of is not here, or no more: then nothing here records it.
            let Ok(whole) = index.resolve_one(of, &told.part_of) else { continue };
            match &told.feed {
                Feed::Ingress(ingress) => gone.ingress.entry(whole).or_default().extend(ingress.rules.iter().cloned()),
                Feed::Route(routes) => {
                    let slot = gone.routes.entry(whole).or_default();
                    *slot = slot.and(*routes);
                }
                _ => {}
            }
        }
        gone
    }

    fn ingress_left(&self, group: usize, ingress: &Ingress) -> Ingress {
        let mut left = ingress.clone();
        if let Some(gone) = self.ingress.get(&group).filter(|_| left.recorded) {
            left.rules.retain(|rule| !gone.contains(rule));
        }
        left
    }

    fn routes_left(&self, table: usize, routes: Routes) -> Routes {
        let gone = self.routes.get(&table).filter(|_| routes.recorded);
        gone.map_or(routes, |gone| routes.without(*gone))
    }
}

/// Whether a rule is about a port; one for all ports is about every port, known or not.
fn reaches(rule: &IngressRule, port: Option<i64>) -> bool {
    match (rule.ports, port) {
        (None, _) => true,
        (Some((from, to)), Some(port)) => (from..=to).contains(&port),
        (Some((from, to)), None) => from <= 1 && to >= 65535,
    }
}

/// The id of a subnet, or its address while it has none.
fn name_of(subnet: &Ties) -> Arc<str> {
    // What runs goes by names that begin with its account and region.
    let bare = |id: &str| id.rsplit('/').next().filter(|id| id.starts_with("subnet-")).map(Arc::from);
    subnet.ids.iter().find_map(|id| bare(id)).unwrap_or_else(|| Arc::clone(&subnet.place.address))
}

fn zones(context: &Context<'_>) -> FactState {
    let Some(relation) = context.of.relation(Role::Subnets) else {
        return FactState::Unknown(not_here("the subnets are not named"));
    };
    let resolution = context.index.resolve(context.of, relation);
    let mut list = List { known: Vec::new(), rest: resolution.rest };
    for position in &resolution.found {
        match context.ties.get(*position).and_then(|subnet| subnet.feed.as_ref()) {
            Some(Feed::Subnet(FactState::Known(zone))) => list.known.push(zone.clone()),
            Some(Feed::Subnet(FactState::Unknown(reason))) => list.doubt(Some(reason)),
            _ => {}
        }
    }
    list.state()
}

/// A list of which some elements may be unknown.
struct List {
    known: Vec<Value>,
    rest: Option<Unknown>,
}

impl List {
    fn doubt(&mut self, reason: Option<&Unknown>) {
        if self.rest.is_none() {
            self.rest = reason.cloned();
        }
    }

    fn state(self) -> FactState {
        match self.rest {
            None => FactState::Known(Value::set(self.known)),
            Some(reason) if self.known.is_empty() => FactState::Unknown(reason),
            Some(reason) => FactState::Partial(Value::set(self.known), reason),
        }
    }
}
