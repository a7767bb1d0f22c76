//! `manifest.json`: what a bundle is, by what it was judged, what was read, and its files.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{SCHEMA, strict};
use crate::model::{Resource, ScopeSeen, Severity};

/// What a bundle says of itself. Its JSON Schema is `docs/schema/evidence-v1.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The name and version of the form.
    pub schema: String,
    /// What packed it.
    pub tool: Tool,
    /// The instant that rules took for now; RFC 3339, UTC.
    pub as_of: String,
    /// How it was judged.
    pub judging: Judging,
    /// What it covers.
    pub scope: Covered,
    /// The files and streams that resources were read from; they are not in the bundle.
    pub read: Vec<ReadRow>,
    /// Where in the bundle the rules, the baseline, the waivers and the frameworks are.
    pub ingredients: IngredientRows,
    /// What was redacted, if anything was.
    pub redaction: Option<RedactionRow>,
    /// The bundle before this one.
    pub previous: Option<Previous>,
    /// Every file but this one and those over `SHA256SUMS`; sorted.
    pub files: Vec<FileRow>,
}

/// What packed a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the binary.
    pub sha256: String,
}

/// How a bundle was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judging {
    /// The baseline's name.
    pub baseline: String,
    /// SHA-256 of the baseline's files, as in results.
    pub baseline_sha256: String,
    /// SHA-256 of the rules that were used, as in results.
    pub policies_sha256: String,
    /// The severity from which the gate fails.
    pub fail_on: Severity,
    /// Whether the gate might pass although part of the scope could not be read.
    pub allow_partial: bool,
    /// How the gate ended: `passed`, `failed` or `not-proven`.
    pub gate: String,
}

/// What a bundle covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covered {
    /// The accounts of its resources, sorted.
    pub accounts: Vec<String>,
    /// Their regions, sorted.
    pub regions: Vec<String>,
    /// How many resources were judged.
    pub resources: usize,
    /// How many the sources hold.
    pub resources_seen: usize,
    /// How many parts could not be read.
    pub gaps: usize,
}

impl Covered {
    /// What these scopes and resources are, of so many resources and with so many gaps.
    pub(super) fn of(scopes: &[ScopeSeen], resources: &[Resource], resources_seen: usize, gaps: usize) -> Self {
        let distinct = |texts: BTreeSet<&Arc<str>>| texts.into_iter().map(ToString::to_string).collect();
        let seen = || scopes.iter().map(|seen| &seen.scope).chain(resources.iter().map(|of| &of.scope));
        Self {
            accounts: distinct(seen().filter_map(|scope| scope.account.as_ref()).collect()),
            regions: distinct(seen().filter_map(|scope| scope.region.as_ref()).collect()),
            resources: resources.len(),
            resources_seen,
            gaps,
        }
    }
}

/// What resources were read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadRow {
    /// The path as it was given.
    pub path: String,
    /// What it is.
    pub kind: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A file of the bundle, and what the user or the binary calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedRow {
    /// The name that it was read by.
    pub name: String,
    /// Its path in the bundle.
    pub file: String,
    /// Whether it was in the binary.
    pub embedded: bool,
}

/// Where in a bundle the rules, the baseline, the waivers and the frameworks are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IngredientRows {
    /// What the command line called the baseline.
    pub baseline: String,
    /// Its files, and those that it extends.
    pub baselines: Vec<NamedRow>,
    /// The engine versions of the binary, where they hold.
    pub engines: Option<NamedRow>,
    /// Every rule and library that was loaded, whether it was used or not.
    pub policies: Vec<NamedRow>,
    /// The waivers, if there were any.
    pub waivers: Option<NamedRow>,
    /// The frameworks that were reported on, in that order.
    pub frameworks: Vec<NamedRow>,
}

/// What was redacted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedactionRow {
    /// The facts, as the command line named them; sorted.
    pub facts: Vec<String>,
    /// The word for how a digest is made.
    pub digest: String,
    /// What tells one key from another, where somebody keeps it; without it the key was random and is gone.
    pub key_id: Option<String>,
    /// How many values.
    pub values: usize,
}

/// The bundle before this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// SHA-256 of its `SHA256SUMS`.
    pub sha256sums: String,
    /// The instant that its rules took for now.
    pub as_of: String,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRow {
    /// Its path in the bundle.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
}

/// Why a manifest is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ManifestProblem {
    /// It is of a version that this dbkeel does not know.
    Version(String),
    /// It is none.
    Broken(String),
}

impl fmt::Display for ManifestProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Version(why) | Self::Broken(why)) = self;
        f.write_str(why)
    }
}

/// Reads a manifest.
pub(super) fn read(bytes: &[u8]) -> Result<Manifest, ManifestProblem> {
    #[derive(Deserialize)]
    struct Versioned {
        schema: String,
    }
    let broken = |error: serde_json::Error| ManifestProblem::Broken(format!("manifest.json is not one: {error}"));
    let Versioned { schema } = serde_json::from_slice(bytes).map_err(broken)?;
    match schema.strip_prefix("dbkeel.evidence/v") {
        _ if schema == SCHEMA => strict::from_slice(bytes).map_err(broken),
        Some(number) if !number.is_empty() && number.len() < 10 && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(ManifestProblem::Version(format!(
                "the bundle is of form `{schema}`, which this dbkeel does not know; verify it with a newer one"
            )))
        }
        _ => Err(ManifestProblem::Broken("manifest.json does not say that it is of dbkeel's evidence".to_owned())),
    }
}

/// An instant as dbkeel writes it, UTC in whole seconds: other texts for the same one would sort elsewhere.
pub(super) fn instant(text: &str) -> Option<jiff::Timestamp> {
    let instant: jiff::Timestamp = text.parse().ok()?;
    let whole = jiff::Timestamp::from_second(instant.as_second()).ok()?;
    (whole.to_string() == text).then_some(whole)
}

/// Whether a text is a SHA-256 in lower-case hexadecimal.
pub(super) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl Manifest {
    /// What it says of itself that nobody writes.
    pub(super) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut demand = |holds: bool, why: &str| {
            if !holds {
                problems.push(why.to_owned());
            }
        };
        demand(
            instant(&self.as_of).is_some(),
            "the clock of manifest.json is not an instant in UTC and whole seconds, such as 2026-11-22T00:00:00Z",
        );
        let is_link = |of: &Previous| is_digest(&of.sha256sums) && instant(&of.as_of).is_some();
        demand(
            self.previous.as_ref().is_none_or(is_link),
            "the bundle before, as manifest.json names it, is not a digest and an instant",
        );
        let is_tool = self.tool.name == env!("CARGO_PKG_NAME") && is_digest(&self.tool.sha256);
        demand(is_tool, "manifest.json does not name dbkeel and the digest of a binary as what packed it");
        problems
    }

    /// The text, for people too.
    pub(super) fn text(&self) -> String {
        // Only maps with keys that are not text could make this fail; there are none.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}
