//! One policy: what it asks, of which facts.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kind::word_enum;
use super::{FactPath, Kind, Severity, Value};

word_enum! {
    /// What a rule is about; the folder and the second part of its package.
    Domain, "domain" {
        /// Data is unreadable to those who get at the storage or the wire.
        Encryption = "encryption",
        /// Versions are supported and current.
        Patch = "patch",
        /// Who can reach, authenticate and administer.
        Access = "access",
        /// Backups exist and are kept.
        Retention = "retention",
        /// The database survives failures and mistakes.
        Availability = "availability",
        /// What happened can be found out.
        Logging = "logging",
        /// What a plan would do.
        Change = "change",
        /// Engine parameters.
        Parameters = "parameters",
        /// Whose it is.
        Ownership = "ownership",
    }
}

word_enum! {
    /// The type of a rule's parameter.
    ParameterType, "parameter type" {
        /// True or false.
        Boolean = "boolean",
        /// A whole number.
        Integer = "integer",
        /// Text.
        String = "string",
        /// A list of texts.
        Strings = "strings",
    }
}

/// A value that a baseline may set for a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterSpec {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: ParameterType,
    /// Its unit, such as `days`.
    pub unit: Option<Arc<str>>,
    /// The value when no baseline sets one.
    pub default: Value,
    /// The least value of an integer.
    pub minimum: Option<i64>,
    /// The greatest value of an integer.
    pub maximum: Option<i64>,
    /// The texts that it takes, or that a list of it may hold; any, when there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Arc<str>>,
    /// What it means.
    pub description: Option<Arc<str>>,
}

/// How to mend what the rule finds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remediation {
    /// Per Terraform resource type: attribute and the value to give it; values are templates over the parameters.
    pub terraform: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Arc<str>>>,
    /// In words.
    pub text: Arc<str>,
}

/// One policy: its metadata and what it reads. The compiled Rego stays in the `policy` room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The frozen id: `DBK-RET-001`.
    pub id: Arc<str>,
    /// The name: the last part of its package, and of its path: `backup_retention`.
    pub name: Arc<str>,
    /// What it is about.
    pub domain: Domain,
    /// The good state, in a few words.
    pub title: Arc<str>,
    /// Why it matters to a database owner.
    pub description: Arc<str>,
    /// How much a failure matters.
    pub severity: Severity,
    /// Controls of the catalogue that it answers.
    pub covers: Vec<Arc<str>>,
    /// Earlier ids.
    pub aliases: Vec<Arc<str>>,
    /// What a baseline may set.
    pub parameters: BTreeMap<Arc<str>, ParameterSpec>,
    /// How to mend.
    pub remediation: Remediation,
    /// The facts that it reads, from its syntax tree; sorted.
    pub reads: Vec<FactPath>,
    /// Those of `reads` that may be missing.
    pub optional: Vec<FactPath>,
    /// Those of `reads` of which more elements can only add violations.
    pub monotone: Vec<FactPath>,
    /// Those of `reads` that fail below a parameter, and nowhere above one: lower is worse.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_least: Vec<FactPath>,
    /// Those of `reads` that fail above a parameter, and nowhere below one: higher is worse.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_most: Vec<FactPath>,
    /// Whether a violation is about one of several elements, so that another violation is about another element.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub per_element: bool,
    /// Those of `reads` that tell whether it applies, which may be none; `None` when it never says `not_applicable`.
    pub applicability: Option<Vec<FactPath>>,
    /// The kinds of resource that it concerns: those that have every fact it needs.
    pub kinds: Vec<Kind>,
    /// Its path: `policies/retention/backup_retention.rego`.
    pub path: Arc<str>,
    /// Whether it came with `--policy` rather than in the binary.
    pub user: bool,
}

impl Rule {
    /// Whether a word is its id, an earlier id or name, or its name: all of them are one space, in which no two rules meet.
    pub fn is_called(&self, word: &str) -> bool {
        *self.id == *word || *self.name == *word || self.aliases.iter().any(|alias| **alias == *word)
    }
}
