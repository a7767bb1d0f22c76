//! What a run would ask, without asking.

use super::accounts::share;
use super::{Account, AccountChoice, RegionChoice, Request};
use crate::source::aws::family;
use crate::source::aws::operations::{self, OPERATIONS, Operation, Per};

/// The calls of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The accounts, where the request lists them.
    pub accounts: Option<usize>,
    /// The scopes, where the request lists accounts and regions; those that are done already are not counted.
    pub scopes: Option<usize>,
    /// Every call, in the order in which an inventory holds them, those that find accounts and regions first.
    pub calls: Vec<PlannedCall>,
}

/// A call, and how often it would be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedCall {
    /// The call.
    pub operation: &'static Operation,
    /// How often.
    pub times: Times,
}

/// How often a call would be made; each of them page by page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Once in the run.
    PerRun,
    /// Once an account.
    PerAccount,
    /// Once for each organizational unit.
    PerUnit,
    /// Once an account and region.
    PerScope,
    /// Once an account and region in which there are databases.
    PerScopeWithDatabases,
    /// Once for each of these, in each account and region.
    PerEach(&'static str),
}

impl Plan {
    /// The requests that the run sends at least: one page of everything that is asked whatever there is.
    pub fn at_least(&self) -> Option<u64> {
        let (accounts, scopes) = (self.accounts? as u64, self.scopes? as u64);
        let times = |call: &PlannedCall| match call.times {
            Times::PerRun => 1,
            Times::PerAccount => accounts,
            Times::PerScope => scopes,
            Times::PerUnit | Times::PerScopeWithDatabases | Times::PerEach(_) => 0,
        };
        Some(self.calls.iter().map(times).sum())
    }
}

/// Which calls a run would make, and how often.
pub fn planned_calls(request: &Request) -> Plan {
    let discovery = discovery(request).into_iter().map(|(operation, times)| PlannedCall { operation, times });
    let asked = OPERATIONS.iter().filter(|operation| family::is_of(&request.services, operation));
    let calls = asked.map(|operation| PlannedCall { operation, times: times(operation) });
    Plan { accounts: accounts(request), scopes: scopes(request), calls: discovery.chain(calls).collect() }
}

fn times(operation: &Operation) -> Times {
    match operation.per {
        Per::Each(what) => Times::PerEach(what),
        _ if super::needs::is_asked_always(operation) => Times::PerScope,
        _ => Times::PerScopeWithDatabases,
    }
}

fn discovery(request: &Request) -> Vec<(&'static Operation, Times)> {
    let mut calls = vec![(&operations::CALLER, Times::PerRun)];
    if let AccountChoice::Organization(organization) = &request.accounts {
        if organization.units.is_empty() {
            calls.push((&operations::ACCOUNTS, Times::PerRun));
        }
        if !organization.units.is_empty() || organization.except.iter().any(|except| except.contains('-')) {
            calls.extend([(&operations::ACCOUNTS_OF, Times::PerUnit), (&operations::UNITS_OF, Times::PerUnit)]);
        }
    }
    if listed_regions(request).is_none() {
        calls.push((&operations::REGIONS, Times::PerAccount));
    }
    calls
}

fn accounts(request: &Request) -> Option<usize> {
    match &request.accounts {
        AccountChoice::Own => Some(1),
        AccountChoice::Listed(accounts) => Some(share(request, accounts).len()),
        AccountChoice::Organization(_) => None,
    }
}

/// The regions of each account; `None` if those of one have to be asked for.
fn listed_regions(request: &Request) -> Option<Vec<usize>> {
    let count = |regions: &RegionChoice| match regions {
        RegionChoice::Listed(regions) => Some(regions.len()),
        RegionChoice::Enabled => None,
    };
    match &request.accounts {
        AccountChoice::Listed(accounts) => {
            let of = |account: &Account| count(account.regions.as_ref().unwrap_or(&request.regions));
            share(request, accounts).iter().map(of).collect()
        }
        AccountChoice::Own | AccountChoice::Organization(_) => count(&request.regions).map(|regions| vec![regions]),
    }
}

fn scopes(request: &Request) -> Option<usize> {
    if matches!(request.accounts, AccountChoice::Organization(_)) {
        return None;
    }
    let all: usize = listed_regions(request)?.into_iter().sum();
    Some(all.saturating_sub(request.done.len()))
}
