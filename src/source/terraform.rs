//! Terraform: plans (`terraform show -json`), states (the same, or the raw file of version 4).
//!
//! This room reads the documents and hands each resource, as a [`TerraformResource`], to the mappings of
//! `crate::facts`, which alone know what an attribute means.
//!
//! A document is split into unparsed slices first. Only the resources of wanted types are parsed, each in a worker that
//! maps it at once, so that time and memory go where they are needed. Secrets are dropped before the mapping sees a
//! resource (see `secrets`).

mod address;
mod attributes;
mod change;
mod configuration;
mod document;
mod drift;
mod entry;
mod eval;
mod expression;
mod expressions;
mod fields;
mod folder;
mod follow;
pub(crate) mod hcl;
mod json;
mod locate;
mod module_sources;
mod neighbours;
mod outline;
mod plan;
mod providers;
mod raw_state;
mod reader;
mod root_files;
mod secrets;
#[cfg(test)]
mod tests;
mod values;
mod walk;

use std::sync::Arc;

pub(crate) use address::without_keys;
pub(crate) use attributes::Difference;
pub use attributes::{Attribute, Attributes, Expressions, Led, ProviderSettings, References, TerraformResource};
pub(crate) use eval::{Severity, VariableFile};
pub(crate) use fields::{Field, Slot};
pub(crate) use folder::{Folder, Given, NoModule, read_folder, root_modules};
pub(crate) use locate::{InSource, Match, Names, NoConfiguration, Opened, Roots, in_source, locate, open};
pub(crate) use secrets::{is_secret_name, may_hold_secret};

use self::document::{Document, DocumentKind};
use self::reader::{Reader, Yield};
use super::text::decode;
use super::{Digests, SourceError, sha256};
use crate::diagnostic::Diagnostic;
use crate::model::{Gap, PlanDrift, SourceInfo, SourceKind};

/// What a plan or state yields.
#[derive(Clone, Debug)]
pub struct TerraformDocument<T> {
    /// The file.
    pub source: SourceInfo,
    /// What the caller made of each managed resource of a wanted type, in the document's order.
    pub resources: Vec<T>,
    /// Every managed resource that the document holds, wanted or not.
    pub resources_seen: usize,
    /// What the document does not say, or does not say readably.
    pub gaps: Vec<Gap>,
    /// Changes outside Terraform to resources of wanted types.
    pub drift: Vec<PlanDrift>,
}

/// Reads a plan or a state. `wanted` says which resource types matter; `map` makes of each such resource what the caller
/// needs, in parallel. `path` is only for messages and [`SourceInfo`].
pub fn read<T, M>(
    path: &str,
    bytes: &[u8],
    digests: Digests,
    wanted: &(dyn Fn(&str) -> bool + Sync),
    map: M,
) -> Result<TerraformDocument<T>, SourceError>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync + Send,
{
    let digest = || (digests == Digests::Taken).then(|| sha256(bytes));
    let (sha256, found) = rayon::join(digest, || read_text(path, bytes, wanted, map));
    let (kind, tool_version, found) = found?;
    Ok(TerraformDocument {
        source: SourceInfo { path: path.replace(std::path::MAIN_SEPARATOR, "/").into(), kind, tool_version, sha256 },
        resources: found.resources,
        resources_seen: found.resources_seen,
        gaps: found.gaps,
        drift: found.drift,
    })
}

/// Reads the resources of a plan as they were before it, each in the way of a state; `None` for what is no plan, which knows
/// nothing of before.
pub fn read_before<T, M>(
    path: &str,
    bytes: &[u8],
    wanted: &(dyn Fn(&str) -> bool + Sync),
    map: M,
) -> Result<Option<Vec<T>>, SourceError>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync + Send,
{
    let text = decode(path, bytes)?;
    let document = Document::split(path, &text)?;
    match document.kind {
        DocumentKind::Plan => plan::read_before(Reader::new(&document, wanted, map)).map(|found| Some(found.resources)),
        DocumentKind::State | DocumentKind::RawState => Ok(None),
    }
}

/// What is wrong with a file of configuration, given its name (`main.tf`, `main.tf.json`) and its bytes: as it is read, and
/// as it is evaluated alone.
pub fn diagnose(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    folder::diagnose(name, bytes)
}

/// Whether the outline of a text in native syntax, if it is taken at all, says what the parser says. For the fuzzer.
#[doc(hidden)]
pub fn outline_holds(text: &str) -> bool {
    hcl::agreement(text) != hcl::Agreement::Different
}

type Found<T> = (SourceKind, Option<Arc<str>>, Yield<T>);

fn read_text<T, M>(
    path: &str,
    bytes: &[u8],
    wanted: &(dyn Fn(&str) -> bool + Sync),
    map: M,
) -> Result<Found<T>, SourceError>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync,
{
    let text = decode(path, bytes)?;
    let document = Document::split(path, &text)?;
    let reader = Reader::new(&document, wanted, map);
    let (kind, found) = match document.kind {
        DocumentKind::Plan => (SourceKind::TerraformPlan, plan::read(reader)?),
        DocumentKind::State => (SourceKind::TerraformState, state(&reader)?),
        DocumentKind::RawState => (SourceKind::TerraformState, raw_state::read(&reader)?),
    };
    Ok((kind, document.text_part("terraform_version").map(Arc::from), found))
}

fn state<T, M>(reader: &Reader<'_, '_, M>) -> Result<Yield<T>, SourceError>
where
    T: Send,
    M: Fn(TerraformResource) -> T + Sync,
{
    let mut out = Yield::default();
    out.add(values::read(reader, "values", reader.document.part("values"))?);
    Ok(out)
}
