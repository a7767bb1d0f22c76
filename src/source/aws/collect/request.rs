//! What is to be collected, and how hard to try.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Shard;
use crate::model::Scope;
use crate::source::aws::Family;

/// A run of the collector.
#[derive(Clone, Debug)]
pub struct Request {
    /// The profile of `~/.aws/config`; `None` takes what the environment says.
    pub profile: Option<String>,
    /// Where every service is, instead of AWS; `None` takes what environment and profile say.
    pub endpoint_url: Option<String>,
    /// Credentials that are given rather than found.
    pub keys: Option<Keys>,
    /// The accounts.
    pub accounts: AccountChoice,
    /// The share of the accounts that is collected; `None` for all of them.
    pub shard: Option<Shard>,
    /// The regions of each account.
    pub regions: RegionChoice,
    /// The services whose databases are collected.
    pub services: BTreeSet<Family>,
    /// Scopes that are not to be collected, because an earlier run has.
    pub done: BTreeSet<Scope>,
    /// Scopes under way at the same time.
    pub scopes_at_once: usize,
    /// Calls under way at the same time in one scope and service.
    pub calls_per_service: usize,
    /// The requests that may be sent in all, retries too, those that assume roles not counted.
    pub max_requests: Option<u64>,
    /// Whether to try only: one region of each account, and each call about one thing at most.
    pub trial: bool,
    /// Timeouts and retries.
    pub limits: Limits,
}

impl Default for Request {
    /// The account of the credentials that are found, in all of its regions, with the databases of every service.
    fn default() -> Self {
        Self {
            profile: None,
            endpoint_url: None,
            keys: None,
            accounts: AccountChoice::Own,
            shard: None,
            regions: RegionChoice::Enabled,
            services: Family::all(),
            done: BTreeSet::new(),
            scopes_at_once: 8,
            calls_per_service: 2,
            max_requests: None,
            trial: false,
            limits: Limits::default(),
        }
    }
}

/// Credentials.
#[derive(Clone)]
pub struct Keys {
    /// The access key's id.
    pub id: String,
    /// The secret access key.
    pub secret: String,
    /// The session token.
    pub token: Option<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// Which accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountChoice {
    /// The one that the credentials are of.
    Own,
    /// These.
    Listed(Vec<Account>),
    /// Those of the organization.
    Organization(Organization),
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its twelve digits.
    pub id: Arc<str>,
    /// The role to assume; `None` takes the credentials as they are, which have to be of this account.
    pub role: Option<Role>,
    /// Its regions, where they are other than the request's.
    pub regions: Option<RegionChoice>,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its name, with its path if it has one, or its ARN.
    pub name: String,
    /// The external id that the role asks for.
    pub external_id: Option<String>,
}

/// Accounts of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// The organizational units (`ou-…`, `r-…`), with all that are in them; empty for the whole organization.
    pub units: Vec<String>,
    /// Accounts, and organizational units with all that are in them, that are left out.
    pub except: Vec<String>,
    /// The role to assume in each account but the one that the credentials are of.
    pub role: Option<Role>,
    /// Accounts that are entered in their own way, whether the organization has them or not; excludes do not hold for them.
    pub accounts: Vec<Account>,
}

/// Which regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegionChoice {
    /// These.
    Listed(Vec<Arc<str>>),
    /// All that an account has enabled.
    Enabled,
}

/// Timeouts, retries and the size of replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until the first byte of a reply.
    pub read: Duration,
    /// For one attempt.
    pub attempt: Duration,
    /// For a page, all of its attempts and the waiting between them together.
    pub call: Duration,
    /// How often a page is asked for, when connections or the service fail.
    pub attempts: u32,
    /// How often a page is asked for, when the service asks to slow down: that passes.
    pub throttled_attempts: u32,
    /// The wait before the second attempt, at most; it doubles.
    pub first_backoff: Duration,
    /// The longest wait.
    pub longest_backoff: Duration,
    /// The bytes that a reply may have.
    pub reply_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(15),
            attempt: Duration::from_secs(20),
            call: Duration::from_secs(120),
            attempts: 4,
            throttled_attempts: 8,
            first_backoff: Duration::from_millis(500),
            longest_backoff: Duration::from_secs(20),
            reply_bytes: 32 << 20,
        }
    }
}
