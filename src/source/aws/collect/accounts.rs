//! Which accounts and regions there are.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value as Json;

use super::pages;
use super::seen::text;
use super::{Account, AccountChoice, CollectError, Organization, RegionChoice, Request, Role};
use crate::source::aws::CallStatus;
use crate::source::aws::api::{Accounts, Asked, AwsApi};
use crate::source::aws::live::partition_name;
use crate::source::aws::operations::{self, Operation};

/// A call that tells about accounts, and how it failed.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) call: &'static Operation,
    pub(super) status: CallStatus,
}

async fn ask(
    api: &dyn AwsApi,
    call: &'static Operation,
    region: &Arc<str>,
    of: Option<&str>,
) -> Result<Vec<Json>, Lost> {
    let asked = Asked { operation: call, region: Arc::clone(region), of: of.map(Arc::from), page: None };
    let listed = pages::call(api, asked).await;
    if listed.status.is_complete() { Ok(listed.values) } else { Err(Lost { call, status: listed.status }) }
}

/// The account that credentials are of.
pub(super) async fn caller(api: &dyn AwsApi, home: &Arc<str>) -> Result<Arc<str>, Lost> {
    let call = &operations::CALLER;
    let identity = ask(api, call, home, None).await?;
    let account = identity.first().and_then(|identity| text(identity, "Account")).map(Arc::from);
    account.ok_or_else(|| Lost { call, status: CallStatus::Malformed(Arc::from("the reply names no account")) })
}

/// The accounts that a request means, or its shard's share of them; without doubles, by id.
pub(super) async fn chosen(
    request: &Request,
    own: &dyn AwsApi,
    own_id: &Arc<str>,
    home: &Arc<str>,
) -> Result<Vec<Account>, CollectError> {
    let plain = |id: &Arc<str>| Account { id: Arc::clone(id), role: None, regions: None };
    let mut accounts = match &request.accounts {
        AccountChoice::Own => vec![plain(own_id)],
        AccountChoice::Listed(accounts) => share(request, accounts),
        AccountChoice::Organization(organization) => {
            let ids = of_organization(organization, own, home)
                .await
                .map_err(|Lost { call, status }| CollectError::Accounts { call, status })?;
            let with_role = |id: Arc<str>| Account { id, role: organization.role.clone(), regions: None };
            // What is listed is shared out as that, wherever else it is found.
            let is_listed = |id: &Arc<str>| organization.accounts.iter().any(|account| account.id == *id);
            let is_ours = |id: &Arc<str>| request.shard.is_none_or(|shard| shard.takes(id));
            let ids = ids.into_iter().filter(|id| !is_listed(id) && is_ours(id));
            // The role is not made in the account that runs the scan, least of all in the management account.
            let found = ids.map(|id| if id == *own_id { plain(own_id) } else { with_role(id) });
            share(request, &organization.accounts).into_iter().chain(found).collect()
        }
    };
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    accounts.dedup_by(|a, b| a.id == b.id);
    // There may be more shards than accounts; that there are accounts is seen when the shards are merged.
    if accounts.is_empty() && request.shard.is_none() { Err(CollectError::NoAccounts) } else { Ok(accounts) }
}

/// Those of the accounts that are listed which this run collects.
pub(super) fn share(request: &Request, listed: &[Account]) -> Vec<Account> {
    request.shard.map_or_else(|| listed.to_vec(), |shard| shard.listed(listed))
}

async fn of_organization(
    organization: &Organization,
    api: &dyn AwsApi,
    home: &Arc<str>,
) -> Result<BTreeSet<Arc<str>>, Lost> {
    let is_unit = |name: &&String| name.starts_with("ou-") || name.starts_with("r-");
    let mut wanted = match organization.units.is_empty() {
        true => active(&ask(api, &operations::ACCOUNTS, home, None).await?),
        false => of_units(organization.units.iter(), api, home).await?,
    };
    let left_out = of_units(organization.except.iter().filter(is_unit), api, home).await?;
    wanted.retain(|id| !left_out.contains(id) && !organization.except.iter().any(|except| **except == **id));
    Ok(wanted)
}

/// The accounts in some organizational units, and in those within.
async fn of_units(
    units: impl Iterator<Item = &String>,
    api: &dyn AwsApi,
    home: &Arc<str>,
) -> Result<BTreeSet<Arc<str>>, Lost> {
    let mut to_do: Vec<String> = units.cloned().collect();
    let (mut seen, mut accounts) = (BTreeSet::new(), BTreeSet::new());
    while let Some(unit) = to_do.pop() {
        if seen.insert(unit.clone()) {
            accounts.extend(active(&ask(api, &operations::ACCOUNTS_OF, home, Some(&unit)).await?));
            let within = ask(api, &operations::UNITS_OF, home, Some(&unit)).await?;
            to_do.extend(within.iter().filter_map(|unit| text(unit, "Id")).map(str::to_owned));
        }
    }
    Ok(accounts)
}

/// A closed or suspended account answers nobody. `Status` gives way to `State` in September 2026:
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html>
fn active(accounts: &[Json]) -> BTreeSet<Arc<str>> {
    let is_active = |account: &&Json| {
        let state = text(account, "State").or_else(|| text(account, "Status"));
        state.is_none_or(|state| state == "ACTIVE")
    };
    accounts.iter().filter(is_active).filter_map(|account| text(account, "Id")).map(Arc::from).collect()
}

/// The API of an account: its role, or the credentials as they are if they are of this account.
pub(super) async fn api_of(
    account: &Account,
    accounts: &dyn Accounts,
    own_id: &Arc<str>,
) -> Result<Arc<dyn AwsApi>, Lost> {
    let lost = |status| Lost { call: &operations::CALLER, status };
    match &account.role {
        Some(role) => {
            let arn = arn_of(role, &account.id, &accounts.home());
            accounts.with_role(&arn, role.external_id.as_deref()).await.map_err(lost)
        }
        None if account.id == *own_id => Ok(accounts.own()),
        None => {
            let why = format!("the credentials are of account {own_id}, and no role is named for this one");
            Err(lost(CallStatus::Credentials(Arc::from(why))))
        }
    }
}

/// The ARN of a role of an account.
pub(in crate::source::aws) fn arn_of(role: &Role, account: &str, region: &str) -> String {
    if role.name.starts_with("arn:") {
        return role.name.clone();
    }
    let partition = partition_name(region);
    format!("arn:{partition}:iam::{account}:role/{}", role.name.trim_start_matches('/'))
}

/// The regions of an account.
pub(super) async fn regions_of(
    account: &Account,
    request: &Request,
    api: &dyn AwsApi,
    home: &Arc<str>,
) -> Result<BTreeSet<Arc<str>>, Lost> {
    match account.regions.as_ref().unwrap_or(&request.regions) {
        RegionChoice::Listed(regions) => Ok(regions.iter().cloned().collect()),
        RegionChoice::Enabled => {
            let call = &operations::REGIONS;
            let regions = ask(api, call, home, None).await?;
            let names: BTreeSet<Arc<str>> =
                regions.iter().filter_map(|region| text(region, "RegionName")).map(Arc::from).collect();
            let none = CallStatus::Malformed(Arc::from("the reply names no region"));
            if names.is_empty() { Err(Lost { call, status: none }) } else { Ok(names) }
        }
    }
}
