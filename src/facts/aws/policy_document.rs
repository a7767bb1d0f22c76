//! Policies of resources: whom a document of IAM's policy language lets in.
//!
//! Keys, secrets, backup vaults and tables carry such a policy. What matters of it to a database's owner is whether it lets
//! everyone in, which other accounts it lets in, and what it forbids everybody. The reader leans to one side: a statement
//! for everyone counts as public unless a condition in it, or a denial beside it, surely narrows it down.
//!
//! The language: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html. Which conditions narrow a
//! statement down follows what S3 takes for public
//! (docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status),
//! with KMS's `kms:CallerAccount` and the global keys that came later.

mod condition;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::facts::mapped::Policy as Told;
use crate::facts::mapping::Derived;
use crate::facts::view::View;
use crate::model::{FactState, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

use condition::{Condition, Narrowed};

/// A policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Policy {
    statements: Vec<Statement>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Statement {
    allows: bool,
    principals: Principals,
    actions: Actions,
    conditions: Vec<Condition>,
}

/// Whom a statement is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Principals {
    /// `"*"`, in any of its spellings.
    Everyone,
    /// Everyone but these (`NotPrincipal`).
    EveryoneBut(Vec<Principal>),
    These(Vec<Principal>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Principal {
    Account(String),
    /// Somebody who logs in elsewhere, such as with Google: anybody, as long as no condition asks for more.
    WebIdentity(String),
    /// A service of AWS, or somebody who is not told by an account.
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Actions {
    These(Vec<String>),
    AllBut(Vec<String>),
}

/// Whom an allowing statement lets in.
enum Admits {
    Everyone,
    Accounts(BTreeSet<String>),
}

impl Policy {
    /// Reads a document; `None` when it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        read::policy(&serde_json::from_str(text).ok()?)
    }

    /// Whether it lets everyone in, whoever they are.
    pub(crate) fn is_public(&self) -> bool {
        self.allowing().any(|statement| matches!(statement.admits(), Admits::Everyone) && !self.is_fenced(statement))
    }

    /// The accounts that it lets in by name, its own too. A whole organization is no account.
    pub(crate) fn accounts(&self) -> BTreeSet<String> {
        let accounts = self.allowing().flat_map(|statement| match statement.admits() {
            Admits::Accounts(accounts) => accounts,
            // Those whom a denial leaves.
            Admits::Everyone => self.denying().filter_map(Statement::exempted).flatten().collect(),
        });
        accounts.collect()
    }

    /// Whether it forbids an action to everybody, or to everybody but a few that it names.
    pub(crate) fn denies_everyone(&self, action: &str) -> bool {
        self.denying().any(|statement| statement.exempted().is_some() && statement.actions.cover(action))
    }

    fn allowing(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| statement.allows)
    }

    fn denying(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| !statement.allows)
    }

    /// Whether a denial leaves only known ones of those whom a statement lets in.
    fn is_fenced(&self, allowing: &Statement) -> bool {
        let mut fences = self.denying().filter(|statement| statement.exempted().is_some());
        match &allowing.actions {
            Actions::These(actions) => {
                let fences: Vec<&Statement> = fences.collect();
                let is_covered = |action: &String| fences.iter().any(|fence| fence.actions.cover(action));
                !actions.is_empty() && actions.iter().all(is_covered)
            }
            Actions::AllBut(_) => fences.any(|fence| fence.actions.are_all()),
        }
    }
}

impl Statement {
    fn admits(&self) -> Admits {
        let narrowed = || self.conditions.iter().filter_map(Condition::narrows);
        let by_conditions = || narrowed().next().map(|first| narrowed().fold(first, Narrowed::and).accounts());
        match &self.principals {
            Principals::These(named) if !named.iter().any(|principal| self.is_anybody(principal)) => {
                Admits::Accounts(named.iter().filter_map(Principal::account).collect())
            }
            _ => by_conditions().map_or(Admits::Everyone, Admits::Accounts),
        }
    }

    /// Whether a principal stands for people that nobody knows.
    fn is_anybody(&self, principal: &Principal) -> bool {
        match principal {
            Principal::WebIdentity(provider) => !self.conditions.iter().any(|it| it.is_of_provider(provider)),
            Principal::Account(_) | Principal::Other => false,
        }
    }

    /// The accounts that a denying statement for everybody takes out, beside others that are known; `None` for a statement
    /// that is not for everybody, or that may take out anybody.
    fn exempted(&self) -> Option<BTreeSet<String>> {
        let mut exempted = match &self.principals {
            Principals::Everyone => BTreeSet::new(),
            Principals::EveryoneBut(few) if few.iter().any(|principal| self.is_anybody(principal)) => return None,
            Principals::EveryoneBut(few) => few.iter().filter_map(Principal::account).collect(),
            Principals::These(_) => return None,
        };
        for condition in &self.conditions {
            exempted.extend(condition.exempts()?.accounts());
        }
        Some(exempted)
    }
}

impl Principal {
    fn account(&self) -> Option<String> {
        match self {
            Self::Account(account) => Some(account.clone()),
            Self::WebIdentity(_) | Self::Other => None,
        }
    }
}

impl Actions {
    /// Whether they have an action, or every action of a pattern, among them.
    fn cover(&self, action: &str) -> bool {
        match self {
            Self::These(patterns) => patterns.iter().any(|pattern| condition::matches(pattern, action)),
            // A pattern may hold an action that is left out.
            Self::AllBut(few) => !action.contains(['*', '?']) && !few.iter().any(|it| condition::matches(it, action)),
        }
    }

    fn are_all(&self) -> bool {
        matches!(self, Self::These(patterns) if patterns.iter().any(|pattern| pattern == "*"))
    }
}

/// What the policy in an attribute makes of a fact. `omitted` is the fact where the attribute is not set.
pub(crate) fn fact_of(
    view: &View<'_>,
    attribute: &str,
    omitted: Derived,
    fact: impl FnOnce(&Policy) -> FactState,
) -> Derived {
    match view.get(attribute) {
        Attribute::Known(Json::String(text)) => {
            (Policy::parse(text).map_or(NO_POLICY, |policy| fact(&policy)), SetBy::Source)
        }
        Attribute::Known(_) => (NO_POLICY, SetBy::Source),
        Attribute::Sensitive => (FactState::Unknown(Unknown::Sensitive), SetBy::Source),
        Attribute::Referenced(_) => (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Source),
        Attribute::Undetermined(why) => (FactState::Unknown(why.clone()), SetBy::Source),
        Attribute::Null | Attribute::Computed => omitted,
    }
}

/// What the policy says that a resource has in its attribute `policy`; `None` when it does not tell of one, which may be
/// declared apart from it.
pub(super) fn told(view: &View<'_>) -> Option<Told> {
    match view.get("policy") {
        // What was recorded without a policy has none.
        Attribute::Null if !view.new && view.has("policy") => Some(none()),
        Attribute::Null | Attribute::Computed => None,
        _ => Some(of(view)),
    }
}

/// What the policy says that a resource is.
pub(super) fn of(view: &View<'_>) -> Told {
    let own = own_account(view);
    let missing = || (FactState::Unknown(Unknown::KnownAfterApply), SetBy::Source);
    let fact = |fact: &dyn Fn(&Policy) -> FactState| fact_of(view, "policy", missing(), fact).0;
    Told {
        public: fact(&public),
        foreign: fact(&|policy| foreign_accounts(policy, own.as_deref())),
        undeletable: fact(&undeletable),
    }
}

/// What is said by no policy at all.
pub(crate) fn none() -> Told {
    Told {
        public: FactState::Known(Value::Bool(false)),
        foreign: FactState::Known(Value::set([])),
        undeletable: FactState::Known(Value::Bool(false)),
    }
}

/// The text itself stays out: nothing has told whether it is secret.
const NO_POLICY: FactState = FactState::Unknown(Unknown::Invalid(Text::Static("the policy is no policy document")));

/// Whether a policy lets everyone in.
pub(crate) fn public(policy: &Policy) -> FactState {
    FactState::Known(Value::Bool(policy.is_public()))
}

/// Whether a policy keeps everybody from deleting recovery points, and from taking the policy away: the actions that AWS
/// Config's rule backup-recovery-point-manual-deletion-disabled asks for.
pub(crate) fn undeletable(policy: &Policy) -> FactState {
    let actions =
        ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"];
    FactState::Known(Value::Bool(actions.iter().all(|action| policy.denies_everyone(action))))
}

/// The accounts but its own that the policy of a resource lets in.
pub(crate) fn foreign_accounts(policy: &Policy, own: Option<&str>) -> FactState {
    let accounts = policy.accounts();
    match own {
        None if !accounts.is_empty() => FactState::Unknown(OWN_NOT_KNOWN),
        _ => FactState::Known(Value::set(
            accounts
                .iter()
                .filter(|account| Some(account.as_str()) != own)
                .map(|account| Value::from(account.as_str())),
        )),
    }
}

const OWN_NOT_KNOWN: Unknown =
    Unknown::NotCollected(Text::Static("the resource's own account is not known, so nothing tells which are others"));

/// The account that a resource belongs to, as far as its source tells.
pub(crate) fn own_account(view: &View<'_>) -> Option<String> {
    // A policy that is declared by itself names what it is of.
    let arns = ["arn", "resource_arn"].iter().filter_map(|attribute| view.text(attribute));
    let of_arn = arns.filter_map(|arn| arn.split(':').nth(4)).find(|account| !account.is_empty());
    of_arn.or(view.provider().account.as_deref()).map(str::to_owned)
}
