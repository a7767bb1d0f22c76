//! Makes an inventory file of a journal.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;

use super::journal::{Digested, Finished, Lines};
use super::line::{HeaderLine, ManifestLine, Seal, SealLine, SealedManifest};
use super::{Header, JournalError, Manifest, Missing, ScopeHead};
use crate::file::{folder_of, write_whole};
use crate::model::Scope;
use crate::source::aws::ScopeReplies;

/// The level that zstd calls its default: a file of API replies shrinks to about a twentieth.
const LEVEL: i32 = 3;

/// What was sealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Accounts and regions.
    pub scopes: usize,
    /// All items.
    pub items: u64,
    /// All requests that were sent.
    pub requests: u64,
    /// Calls that did not give everything, and scopes that are missing.
    pub gaps: usize,
}

/// The inventory file of a journal's scopes.
pub(super) fn seal(
    target: &Path,
    journal: &File,
    header: &Header,
    finished: &[Finished],
    manifest: &Manifest,
) -> io::Result<Sealed> {
    let scopes = last_of_each(finished);
    let mut ending = Ending::new(manifest);
    scopes.values().for_each(|finished| ending.add(&finished.head, finished.items));
    whole(target, header, &ending, |lines| {
        scopes.values().try_for_each(|finished| {
            copy(journal, finished, lines)?;
            lines.end(finished.items).map(drop)
        })
    })
}

/// The last of several with one scope is the one that counts. An account that could not be entered is one scope without a
/// region, until it is entered after all.
fn last_of_each(finished: &[Finished]) -> BTreeMap<&Scope, &Finished> {
    let mut scopes: BTreeMap<&Scope, &Finished> = BTreeMap::new();
    for one in finished {
        let scope = &one.head.scope;
        if scope.region.is_some() {
            scopes.retain(|other, _| other.region.is_some() || other.account != scope.account);
        }
        scopes.insert(scope, one);
    }
    scopes
}

/// Writes an inventory file of what is in memory, whole or not at all.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write(
    target: &Path,
    header: &Header,
    scopes: &[ScopeReplies],
    manifest: &Manifest,
) -> Result<Sealed, JournalError> {
    let scopes: BTreeMap<&Scope, &ScopeReplies> = scopes.iter().map(|replies| (&replies.scope, replies)).collect();
    let mut ending = Ending::new(manifest);
    scopes.values().for_each(|replies| ending.add(&ScopeHead::of(replies), replies.items.len() as u64));
    let written =
        whole(target, header, &ending, |lines| scopes.values().try_for_each(|replies| lines.scope(replies).map(drop)));
    written.map_err(JournalError::io(target))
}

/// Writes the file beside, with the lines of its scopes between its header and its end, and puts it in place.
fn whole(
    target: &Path,
    header: &Header,
    ending: &Ending<'_>,
    scopes: impl FnOnce(&mut Lines<&mut dyn Write>) -> io::Result<()>,
) -> io::Result<Sealed> {
    let write = |out: &mut dyn Write| {
        let mut lines = Lines::new(out, Digested::default());
        lines.line(&HeaderLine { inventory: Cow::Borrowed(header) })?;
        scopes(&mut lines)?;
        ending.write(&mut lines)?;
        lines.finish().map(drop)
    };
    write_whole(target, |out| match target.extension().is_some_and(|extension| extension == "zst") {
        true => {
            let mut encoder = zstd::stream::write::Encoder::new(out, LEVEL)?;
            encoder.include_checksum(true)?;
            write(&mut encoder)?;
            encoder.finish().map(drop)
        }
        false => write(out),
    })?;
    sync_folder(target)?;
    Ok(ending.sealed)
}

/// The new name must be on disk before the journal goes.
fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder_of(target))?.sync_all() } else { Ok(()) }
}

/// What stands at the end of the file.
struct Ending<'a> {
    manifest: &'a Manifest,
    scopes: Vec<Scope>,
    missing: Vec<Missing>,
    sealed: Sealed,
}

impl<'a> Ending<'a> {
    fn new(manifest: &'a Manifest) -> Self {
        let mut missing = manifest.missing.clone();
        missing.sort();
        missing.dedup();
        let sealed = Sealed { gaps: missing.len(), ..Sealed::default() };
        Self { manifest, scopes: Vec::new(), missing, sealed }
    }

    fn add(&mut self, head: &ScopeHead, items: u64) {
        self.scopes.push(head.scope.clone());
        self.sealed.scopes += 1;
        self.sealed.items += items;
        self.sealed.requests += head.calls.iter().map(|call| u64::from(call.requests)).sum::<u64>();
        self.sealed.gaps += super::gaps_of(head).len();
    }

    fn write(&self, lines: &mut Lines<impl Write>) -> io::Result<()> {
        let manifest = SealedManifest {
            scopes: self.scopes.iter().map(Into::into).collect(),
            missing: self.missing.clone(),
            items: self.sealed.items,
            requests: self.sealed.requests,
            finished_at: self.manifest.finished_at.clone(),
        };
        lines.line(&ManifestLine { manifest })?;
        let seal = Seal { sha256: lines.written.sha256() };
        lines.line(&SealLine { seal })
    }
}

/// Copies the lines of a scope, without their `end`.
fn copy(mut journal: &File, finished: &Finished, lines: &mut Lines<impl Write>) -> io::Result<()> {
    journal.seek(SeekFrom::Start(finished.bytes.start))?;
    let mut left = BufReader::with_capacity(1 << 20, journal).take(finished.bytes.end - finished.bytes.start);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match left.read(&mut buffer)? {
            0 if left.limit() > 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            0 => return Ok(()),
            read => lines.raw(buffer.get(..read).unwrap_or_default())?,
        }
    }
}
