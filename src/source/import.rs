//! Imports what people already have: what `aws … describe-… --output json` prints, and what AWS Config records.
//!
//! What a file holds is seen by its content, never by its name; only what the content leaves open (which parameter group a
//! list of parameters is of, which account and region a security group is in) is taken from names, from the folder and
//! from what lies beside it. The same objects come out as from a collection, without their secrets, so that one mapping
//! makes facts of both. A call of which nothing was imported is [`CallStatus::NotImported`]: what it would tell is unknown.
//!
//! [`CallStatus::NotImported`]: super::aws::CallStatus::NotImported

mod about;
mod assemble;
mod config;
mod detect;
mod files;
mod place;
#[cfg(test)]
mod tests;
mod tidy;

use std::sync::Arc;

use serde_json::Value as Json;

pub use files::ImportError;

use super::aws::{Operation, ScopeReplies};
use crate::model::Scope;

/// What an import is told besides its files.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The account and region of replies that do not tell.
    pub scope: Scope,
    /// The time that the replies are said to be of; RFC 3339, UTC.
    pub collected_at: Arc<str>,
}

/// What was imported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// By account and region, sorted.
    pub scopes: Vec<ScopeReplies>,
    /// What was left out or had to be chosen, for people.
    pub notes: Vec<String>,
    /// The files that something was taken from, by name, sorted.
    pub files: Vec<Arc<str>>,
}

/// A reply, or what amounts to one.
#[derive(Clone, Debug, PartialEq)]
struct Reply {
    operation: &'static Operation,
    /// What it is about; found by [`about`] when the content does not tell.
    of: Option<Arc<str>>,
    /// The objects of the list, or the one object that the reply is.
    values: Vec<Json>,
    /// The member that says that there are more pages.
    cut: Option<&'static str>,
    /// What recorded it, if that was not the service itself.
    recorder: Option<&'static str>,
    /// Where it is, as far as it was told from without.
    scope: Scope,
    /// The file, as the user named it.
    file: Arc<str>,
}

/// Imports files, and the `.json` files of folders.
///
/// # Errors
///
/// When a file cannot be read or is not whole, when one that was named holds nothing to import, or when nothing does.
pub fn import(paths: &[String], options: &ImportOptions) -> Result<Import, Vec<ImportError>> {
    let mut notes = Vec::new();
    let replies = files::replies(paths, &mut notes)?;
    let import = put_together(replies, options, notes);
    import.map_err(|notes| vec![ImportError::nothing(paths, &notes)])
}

/// Imports the bytes of one file.
///
/// # Errors
///
/// When they are not JSON, not all of it, or nothing to import.
pub fn import_bytes(path: &str, bytes: &[u8], options: &ImportOptions) -> Result<Import, ImportError> {
    let replies = files::parse(&path.replace('\\', "/").into(), bytes)?;
    put_together(replies, options, Vec::new()).map_err(|notes| ImportError::nothing(&[path.to_owned()], &notes))
}

/// What replies amount to; the notes, when that is nothing.
fn put_together(
    mut replies: Vec<Reply>,
    options: &ImportOptions,
    mut notes: Vec<String>,
) -> Result<Import, Vec<String>> {
    about::settle(&mut replies, &mut notes);
    let files = files_of(&replies);
    let placed = place::place(replies, &options.scope, &mut notes);
    let scopes = assemble::assemble(placed, &options.collected_at, &mut notes);
    if scopes.is_empty() { Err(notes) } else { Ok(Import { scopes, notes, files }) }
}

fn files_of(replies: &[Reply]) -> Vec<Arc<str>> {
    let mut files: Vec<Arc<str>> = replies.iter().map(|reply| Arc::clone(&reply.file)).collect();
    files.sort_unstable();
    files.dedup();
    files
}
