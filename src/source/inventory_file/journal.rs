//! The journal of a collection: `<file>.partial`, to which every finished scope is appended and synced.
//!
//! Killing the process at any moment loses at most the scopes that were under way: a scope counts when its `end` line is
//! there with the right digest, and whatever follows the last such line is dropped.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{self, BufWriter, Seek as _, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::line::{CallLine, End, EndLine, HeaderLine, ItemLine, ScopeBegin, ScopeLine};
use super::{Header, JournalError, Manifest, ScopeHead, Sealed, scan, seal};
use crate::source::aws::ScopeReplies;
use crate::source::hexadecimal;

/// A collection under way.
#[derive(Debug)]
pub struct Journal {
    /// The file that will hold the inventory.
    target: PathBuf,
    /// The journal itself.
    path: PathBuf,
    /// INVARIANT: locked, and written up to `written.len`.
    file: File,
    header: Header,
    written: Digested,
    finished: Vec<Finished>,
}

/// A scope that is in the journal as a whole.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) head: ScopeHead,
    pub(super) items: u64,
    /// Where its lines are, without the `end`.
    pub(super) bytes: Range<u64>,
}

/// How much was written or read, and its digest.
#[derive(Clone, Debug, Default)]
pub(super) struct Digested {
    pub(super) len: u64,
    hasher: Sha256,
}

impl Digested {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.len += bytes.len() as u64;
        self.hasher.update(bytes);
    }

    /// The digest of everything until now, in hexadecimal.
    pub(super) fn sha256(&self) -> std::sync::Arc<str> {
        hexadecimal(&self.hasher.clone().finalize())
    }
}

impl Journal {
    /// Begins the journal of an inventory file.
    ///
    /// # Errors
    ///
    /// When a collection that was cut off left finished scopes, when another process writes the journal, or when it
    /// cannot be written.
    pub fn create(target: &Path, header: Header) -> Result<Self, JournalError> {
        let (path, mut file) = open(target)?;
        match scan::finished(&mut file, &path)? {
            Some(found) if !found.finished.is_empty() => {
                Err(JournalError::Unfinished { path, scopes: found.finished.len() })
            }
            _ => Self::begin(target, path, file, header),
        }
    }

    /// Goes on with a journal, if there is one, and begins one otherwise. Its header stays that of the first beginning.
    ///
    /// # Errors
    ///
    /// When the journal is of another request, when another process writes it, or when it cannot be written.
    pub fn resume(target: &Path, header: Header) -> Result<Self, JournalError> {
        let (path, mut file) = open(target)?;
        let Some(found) = scan::finished(&mut file, &path)? else { return Self::begin(target, path, file, header) };
        if let Some(what) = difference(&found.header, &header) {
            return Err(JournalError::OtherRequest { path, what });
        }
        let scan::Found { header, finished, written } = found;
        let mut journal = Self { target: target.to_path_buf(), path, file, header, written, finished };
        journal.rewind()?;
        Ok(journal)
    }

    fn begin(target: &Path, path: PathBuf, file: File, header: Header) -> Result<Self, JournalError> {
        let (target, written, finished) = (target.to_path_buf(), Digested::default(), Vec::new());
        let mut journal = Self { target, path, file, header, written, finished };
        journal.rewind()?;
        let header = journal.header.clone();
        let line = HeaderLine { inventory: std::borrow::Cow::Borrowed(&header) };
        journal.whole(|lines| lines.line(&line))?;
        Ok(journal)
    }

    /// The scopes that are done.
    pub fn finished(&self) -> impl Iterator<Item = &ScopeHead> {
        self.finished.iter().map(|finished| &finished.head)
    }

    /// The header, that of the first beginning.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Appends a finished scope and waits until it is on disk. A scope that is there already is replaced by this one.
    ///
    /// # Errors
    ///
    /// When it cannot be written; the journal is then as it was before.
    pub fn append(&mut self, replies: &ScopeReplies) -> Result<(), JournalError> {
        let start = self.written.len;
        let items = replies.items.len() as u64;
        let end = self.whole(|lines| lines.scope(replies))?;
        self.finished.push(Finished { head: ScopeHead::of(replies), items, bytes: start..end });
        Ok(())
    }

    /// Makes the inventory file of the journal: scopes sorted, written beside, synced, renamed; then the journal goes.
    ///
    /// # Errors
    ///
    /// When the file cannot be written; the journal is still there then.
    pub fn seal(self, manifest: &Manifest) -> Result<Sealed, JournalError> {
        let sealed = seal::seal(&self.target, &self.file, &self.header, &self.finished, manifest)
            .map_err(JournalError::io(&self.target))?;
        std::fs::remove_file(&self.path).map_err(JournalError::io(&self.path))?;
        Ok(sealed)
    }

    /// Removes a journal in which nothing is worth going on with.
    ///
    /// # Errors
    ///
    /// When it cannot be removed.
    pub fn discard(self) -> Result<(), JournalError> {
        std::fs::remove_file(&self.path).map_err(JournalError::io(&self.path))
    }

    /// Writes lines so that either all of them are on disk or none.
    fn whole<T>(&mut self, write: impl FnOnce(&mut Lines<&File>) -> io::Result<T>) -> Result<T, JournalError> {
        let mut lines = Lines::new(&self.file, self.written.clone());
        let written = write(&mut lines).and_then(|value| Ok((value, lines.finish()?)));
        match written.and_then(|done| self.file.sync_data().map(|()| done)) {
            Ok((value, written)) => {
                self.written = written;
                Ok(value)
            }
            Err(error) => {
                // What cannot be cut off here is cut off by the next reader: it has no `end`.
                let _ = self.rewind();
                Err(JournalError::io(&self.path)(error))
            }
        }
    }

    /// Drops what stands behind the last whole scope.
    fn rewind(&mut self) -> Result<(), JournalError> {
        let end = self.written.len;
        let cut = self.file.set_len(end).and_then(|()| self.file.seek(SeekFrom::Start(end)));
        cut.map(drop).map_err(JournalError::io(&self.path))
    }
}

fn open(target: &Path) -> Result<(PathBuf, File), JournalError> {
    let mut name = OsString::from(target);
    name.push(".partial");
    let path = PathBuf::from(name);
    let opened = File::options().read(true).write(true).create(true).truncate(false).open(&path);
    let file = opened.map_err(JournalError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok((path, file)),
        Err(TryLockError::WouldBlock) => Err(JournalError::Busy(path)),
        Err(TryLockError::Error(error)) => Err(JournalError::Io { path, error }),
    }
}

/// In what two beginnings of one collection must not differ.
fn difference(found: &Header, wanted: &Header) -> Option<&'static str> {
    let major = |header: &Header| header.tool.split('.').next().unwrap_or_default().to_owned();
    match () {
        () if found.version != wanted.version || major(found) != major(wanted) => Some("by another version of dbkeel"),
        () if found.provider != wanted.provider || found.source != wanted.source => Some("of another kind"),
        () if found.request != wanted.request => Some("that asked for something else"),
        () => None,
    }
}

/// Writes lines, and keeps their digest.
pub(super) struct Lines<W: Write> {
    out: BufWriter<W>,
    pub(super) written: Digested,
    buffer: Vec<u8>,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(out: W, written: Digested) -> Self {
        Self { out: BufWriter::with_capacity(1 << 16, out), written, buffer: Vec::new() }
    }

    pub(super) fn line(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        serde_json::to_writer(&mut buffer, line)?;
        buffer.push(b'\n');
        let written = self.raw(&buffer);
        self.buffer = buffer;
        written
    }

    /// Lines that are made already.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written.add(bytes);
        self.out.write_all(bytes)
    }

    pub(super) fn finish(mut self) -> io::Result<Digested> {
        self.out.flush()?;
        Ok(self.written)
    }

    /// A scope; where its `end` begins.
    pub(super) fn scope(&mut self, replies: &ScopeReplies) -> io::Result<u64> {
        let (account, region) = (replies.scope.account.clone(), replies.scope.region.clone());
        let collected_at = replies.collected_at.clone();
        self.line(&ScopeLine { scope: ScopeBegin { account, region, collected_at } })?;
        replies.calls.iter().try_for_each(|call| self.line(&CallLine::from(call)))?;
        replies.items.iter().try_for_each(|item| self.line(&ItemLine::from(item)))?;
        self.end(replies.items.len() as u64)
    }

    /// The `end` of a scope; where it begins.
    pub(super) fn end(&mut self, items: u64) -> io::Result<u64> {
        let at = self.written.len;
        let sha256 = self.written.sha256();
        self.line(&EndLine { end: End { items, sha256 } })?;
        Ok(at)
    }
}
