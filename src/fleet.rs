//! The fleet file: which accounts and regions an audit looks at, how it enters them, and by what it judges them.
//!
//! It is read strictly: a key that is misspelt would otherwise leave an account out, and nobody would see it.

mod read;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::aws::Family;
use crate::source::sha256;

/// A fleet file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fleet {
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: Arc<str>,
    /// The profile whose credentials assume the roles.
    pub profile: Option<Arc<str>>,
    /// Accounts and regions at the same time.
    pub concurrency: Option<u16>,
    /// Requests in all.
    pub max_calls: Option<u64>,
    /// The services whose databases are looked at; `None` for all.
    pub services: Option<BTreeSet<Family>>,
    /// The organization whose accounts are looked at, beside those that are listed.
    pub organization: Option<OrganizationUnits>,
    /// What holds for accounts that are not listed.
    pub defaults: AccountSettings,
    /// The accounts that are listed, by id.
    pub accounts: BTreeMap<Arc<str>, FleetAccount>,
}

/// Which accounts of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationUnits {
    /// Roots and organizational units, with all that is in them; empty for the whole organization.
    pub units: Vec<Arc<str>>,
    /// Accounts and organizational units that are left out, with all that is in them.
    pub exclude: Vec<Arc<str>>,
}

/// An account that is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetAccount {
    /// What people call it.
    pub name: Option<Arc<str>>,
    /// Its settings, with the defaults where it has none of its own.
    pub settings: AccountSettings,
}

/// How an account is entered and judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSettings {
    /// The role to assume; `None` takes the credentials as they are.
    pub role: Option<AssumedRole>,
    /// Its regions.
    pub regions: FleetRegions,
    /// The baseline: the name of an embedded one, or a file.
    pub baseline: Option<Arc<str>>,
    /// The tier of databases whose tags name none.
    pub tier: Option<Arc<str>>,
    /// The owner of databases whose tags name none.
    pub owner: Option<Arc<str>>,
    /// What declares it: plans, states, folders of configuration.
    pub declared: Vec<Arc<str>>,
}

/// A role to assume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedRole {
    /// Its name, with its path if it has one, or its ARN.
    pub name: Arc<str>,
    /// What its trust policy asks for.
    pub external_id: Option<Arc<str>>,
}

/// The regions of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FleetRegions {
    /// Those that are enabled in it.
    AllEnabled,
    /// These, sorted.
    Listed(Vec<Arc<str>>),
}

impl Fleet {
    /// How an account is entered and judged, listed or found in the organization.
    pub fn settings(&self, account: &str) -> &AccountSettings {
        self.accounts.get(account).map_or(&self.defaults, |listed| &listed.settings)
    }
}

/// Reads the text of a fleet file, or says everything that is wrong with it. `name` is for messages.
///
/// # Errors
///
/// When the file is not laid out as a fleet file, with line and column of each place.
pub fn parse(name: &str, text: &str) -> Result<Fleet, Vec<Diagnostic>> {
    let fleet = read::fleet(name, text)?;
    Ok(Fleet { sha256: sha256(text.as_bytes()), ..fleet })
}
