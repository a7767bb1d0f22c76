//! Conditions of a statement: which of them leave only known ones.
//!
//! Operators: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html; keys:
//! docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html. Keys are compared without case.

use std::collections::BTreeSet;

use crate::source::aws::names::is_account;

/// One operator with one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    test: Test,
    key: String,
    values: Vec<String>,
}

/// What an operator asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    /// That one of the values is the request's; those may have wildcards in them, or not.
    Is { wild: bool },
    /// That none is.
    IsNot { wild: bool },
    /// That an address is in one of the ranges.
    Within,
    /// That it is in none.
    NotWithin,
    /// That something is true or false; or that the request says nothing of it.
    Truth { or_unsaid: bool },
    /// Something else, or something that holds as well when the request says nothing of it.
    Other,
}

/// Those whom a condition leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Narrowed {
    /// These accounts.
    Accounts(BTreeSet<String>),
    /// Known ones, who are not told by an account.
    Others,
}

impl Narrowed {
    /// Those whom two conditions leave together.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Accounts(some), Self::Accounts(others)) => {
                Self::Accounts(some.intersection(&others).cloned().collect())
            }
            (accounts @ Self::Accounts(_), Self::Others) | (Self::Others, accounts) => accounts,
        }
    }

    pub(super) fn accounts(self) -> BTreeSet<String> {
        match self {
            Self::Accounts(accounts) => accounts,
            Self::Others => BTreeSet::new(),
        }
    }
}

impl Condition {
    pub(super) fn new(operator: &str, key: &str, values: Vec<String>) -> Self {
        Self { test: Test::of(&operator.to_lowercase()), key: key.to_lowercase(), values }
    }

    /// Whom it leaves of everyone; `None` when it may leave anybody.
    pub(super) fn narrows(&self) -> Option<Narrowed> {
        match self.test {
            Test::Is { wild } => self.known(wild),
            Test::Within if self.key == "aws:sourceip" => self.all(is_narrow).then_some(Narrowed::Others),
            // A service of AWS that acts for itself is no stranger.
            Test::Truth { or_unsaid: false } if self.key == "aws:principalisawsservice" => {
                self.all(|value| value == "true").then_some(Narrowed::Others)
            }
            _ => None,
        }
    }

    /// Whom it takes out of a denial; `None` when it may be anybody. A condition that negates holds as well when the request
    /// says nothing of its key, so that strangers stay denied.
    pub(super) fn exempts(&self) -> Option<Narrowed> {
        let is_known = match self.test {
            Test::IsNot { wild } => return self.known(wild),
            Test::NotWithin => self.key == "aws:sourceip" && self.all(is_narrow),
            Test::Truth { .. } => self.key == "aws:principalisawsservice" && self.all(|value| value == "false"),
            _ => false,
        };
        is_known.then_some(Narrowed::Others)
    }

    /// Whether it asks for something of an identity provider, such as for whom a token was issued.
    pub(super) fn is_of_provider(&self, provider: &str) -> bool {
        let asks = matches!(self.test, Test::Is { .. }) && !self.values.iter().any(|value| value == "*");
        asks && self.key.strip_prefix(provider).is_some_and(|rest| rest.starts_with(':'))
    }

    fn all(&self, holds: impl Fn(&str) -> bool) -> bool {
        !self.values.is_empty() && self.values.iter().all(|value| holds(value))
    }

    /// Those that the values name, when they name somebody known.
    fn known(&self, wild: bool) -> Option<Narrowed> {
        match self.key.as_str() {
            "aws:sourceaccount" | "aws:sourceowner" | "aws:principalaccount" | "kms:calleraccount" => {
                self.accounts(wild, |value| is_own(value, "account"))
            }
            // `aws:ResourceAccount` that is `${aws:PrincipalAccount}`: whoever asks is of the resource's own account.
            "aws:resourceaccount" => self.all(|value| is_own(value, "account")).then_some(Narrowed::Others),
            "aws:sourcearn" | "aws:principalarn" => self.arns(wild),
            "aws:principalorgid" | "aws:principalorgpaths" | "aws:sourceorgid" | "aws:sourceorgpaths" => {
                self.all(|value| is_organization(value, wild) || is_own(value, "orgid")).then_some(Narrowed::Others)
            }
            "aws:resourceorgid" => self.all(|value| is_own(value, "orgid")).then_some(Narrowed::Others),
            "aws:sourcevpc" | "aws:sourcevpce" | "aws:sourcevpcarn" | "aws:principalservicename" => {
                self.all(|value| is_fixed(value, wild)).then_some(Narrowed::Others)
            }
            // `AROA…:*` is every session of one role.
            "aws:userid" => self.all(|value| before_wildcard(value, wild).len() > 4).then_some(Narrowed::Others),
            _ => None,
        }
    }

    fn accounts(&self, wild: bool, is_own: impl Fn(&str) -> bool) -> Option<Narrowed> {
        if !self.all(|value| is_fixed(value, wild) || is_own(value)) {
            return None;
        }
        let accounts = self.values.iter().filter(|value| is_account(value)).cloned();
        Some(Narrowed::Accounts(accounts.collect()))
    }

    /// An ARN of a bucket has no account in it, and is one bucket's all the same.
    fn arns(&self, wild: bool) -> Option<Narrowed> {
        let parts = |value: &str| {
            let mut parts = value.splitn(6, ':').skip(4).map(str::to_owned);
            Some((parts.next()?, parts.next()?))
        };
        let is_known = |value: &str| {
            parts(value).is_some_and(|(account, resource)| match account.as_str() {
                "" => !before_wildcard(&resource, wild).is_empty(),
                account => is_fixed(account, wild),
            })
        };
        if !self.all(is_known) {
            return None;
        }
        let accounts = self.values.iter().filter_map(|value| parts(value)).map(|(account, _)| account);
        let accounts: BTreeSet<String> = accounts.filter(|account| is_account(account)).collect();
        Some(if accounts.is_empty() { Narrowed::Others } else { Narrowed::Accounts(accounts) })
    }
}

impl Test {
    fn of(operator: &str) -> Self {
        // `ForAllValues:` holds of a request that says nothing of the key.
        let (operator, vacuous) = match operator.split_once(':') {
            Some(("foranyvalue", operator)) => (operator, false),
            Some(_) => (operator, true),
            None => (operator, false),
        };
        let (operator, if_exists) =
            operator.strip_suffix("ifexists").map_or((operator, false), |operator| (operator, true));
        match operator {
            _ if vacuous => Self::Other,
            "stringnotequals" | "stringnotequalsignorecase" => Self::IsNot { wild: false },
            "stringnotlike" | "arnnotequals" | "arnnotlike" => Self::IsNot { wild: true },
            "notipaddress" => Self::NotWithin,
            "bool" => Self::Truth { or_unsaid: if_exists },
            _ if if_exists => Self::Other,
            "stringequals" | "stringequalsignorecase" => Self::Is { wild: false },
            // The ARN operators take wildcards, both of them.
            "stringlike" | "arnequals" | "arnlike" => Self::Is { wild: true },
            "ipaddress" => Self::Within,
            _ => Self::Other,
        }
    }
}

/// Whether a value stands for the resource's own account or organization: `${aws:PrincipalAccount}`.
fn is_own(value: &str, what: &str) -> bool {
    let name = value.to_lowercase();
    let name = name.strip_prefix("${aws:").and_then(|name| name.strip_suffix('}'));
    let name = name.and_then(|name| name.strip_prefix("resource").or_else(|| name.strip_prefix("principal")));
    name == Some(what)
}

/// Whether a value stands for one thing. What it stands for by a variable, the request decides.
fn is_fixed(value: &str, wild: bool) -> bool {
    !value.is_empty() && before_wildcard(value, wild).len() == value.len()
}

fn before_wildcard(value: &str, wild: bool) -> &str {
    let end = if wild { value.find(['*', '?']) } else { None };
    let end = end.into_iter().chain(value.find("${")).min();
    end.and_then(|end| value.get(..end)).unwrap_or(value)
}

/// `o-a1b2c3d4e5`, and paths below it.
fn is_organization(value: &str, wild: bool) -> bool {
    before_wildcard(value, wild).strip_prefix("o-").is_some_and(|rest| rest.len() >= 10)
}

/// Ranges wider than a network of a large organization are as good as everywhere: S3 draws the line at /8 and /32.
fn is_narrow(range: &str) -> bool {
    let (address, length) = range.split_once('/').map_or((range, None), |(address, length)| (address, Some(length)));
    let shortest = if address.contains(':') { 32 } else { 8 };
    address.parse::<std::net::IpAddr>().is_ok()
        && length.is_none_or(|length| length.parse::<u8>().is_ok_and(|length| length >= shortest))
}

/// Whether a text matches a pattern with `*` and `?`, without case.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let (mut pattern, mut text) = (pattern.as_str(), text.as_str());
    // What to go on with when the last `*` takes one more character.
    let mut star: Option<(&str, &str)> = None;
    loop {
        let (wanted, is) = (pattern.chars().next(), text.chars().next());
        match (wanted, is) {
            (None, None) => return true,
            (Some('*'), _) => {
                pattern = pattern.get(1..).unwrap_or_default();
                star = Some((pattern, text));
            }
            (Some(wanted), Some(is)) if wanted == is || wanted == '?' => {
                pattern = rest(pattern);
                text = rest(text);
            }
            _ => {
                let Some((after, at)) = star.filter(|(_, at)| !at.is_empty()) else { return false };
                star = Some((after, rest(at)));
                pattern = after;
                text = rest(at);
            }
        }
    }
}

fn rest(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next();
    characters.as_str()
}
