//! Makes an inventory file of a journal.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;

use super::journal::{Digested, Finished, Lines};
use super::line::{End, EndLine, HeaderLine, ManifestLine, Seal, SealLine, SealedManifest};
use super::{Header, Manifest};
use crate::file::{folder_of, write_whole};
use crate::model::Scope;

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

pub(super) fn seal(
    target: &Path,
    journal: &File,
    header: &Header,
    finished: &[Finished],
    manifest: &Manifest,
) -> io::Result<Sealed> {
    // The last of several with one scope is the one that counts.
    let scopes: BTreeMap<&Scope, &Finished> = finished.iter().map(|one| (&one.head.scope, one)).collect();
    let inventory = Unsealed { header, scopes, manifest };
    write_whole(target, |out| match target.extension().is_some_and(|extension| extension == "zst") {
        true => {
            let mut encoder = zstd::stream::write::Encoder::new(out, LEVEL)?;
            encoder.include_checksum(true)?;
            inventory.write(journal, &mut encoder)?;
            encoder.finish().map(drop)
        }
        false => inventory.write(journal, out),
    })?;
    sync_folder(target)?;
    Ok(inventory.sealed())
}

/// The new name must be on disk before the journal goes.
fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder_of(target))?.sync_all() } else { Ok(()) }
}

struct Unsealed<'a> {
    header: &'a Header,
    scopes: BTreeMap<&'a Scope, &'a Finished>,
    manifest: &'a Manifest,
}

impl Unsealed<'_> {
    fn write(&self, journal: &File, out: impl Write) -> io::Result<()> {
        let mut lines = Lines::new(out, Digested::default());
        lines.line(&HeaderLine { inventory: Cow::Borrowed(self.header) })?;
        for finished in self.scopes.values() {
            copy(journal, finished, &mut lines)?;
            let end = End { items: finished.items, sha256: lines.written.sha256() };
            lines.line(&EndLine { end })?;
        }
        let sealed = self.sealed();
        let manifest = SealedManifest {
            scopes: self.scopes.keys().map(|scope| (*scope).into()).collect(),
            missing: self.missing(),
            items: sealed.items,
            requests: sealed.requests,
            finished_at: self.manifest.finished_at.clone(),
        };
        lines.line(&ManifestLine { manifest })?;
        let seal = Seal { sha256: lines.written.sha256() };
        lines.line(&SealLine { seal })?;
        lines.finish().map(drop)
    }

    fn missing(&self) -> Vec<super::Missing> {
        let mut missing = self.manifest.missing.clone();
        missing.sort();
        missing.dedup();
        missing
    }

    fn sealed(&self) -> Sealed {
        let calls = || self.scopes.values().flat_map(|finished| &finished.head.calls);
        let gaps = self.scopes.values().map(|finished| super::gaps_of(&finished.head).len()).sum::<usize>();
        Sealed {
            scopes: self.scopes.len(),
            items: self.scopes.values().map(|finished| finished.items).sum(),
            requests: calls().map(|call| u64::from(call.requests)).sum(),
            gaps: gaps + self.missing().len(),
        }
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
