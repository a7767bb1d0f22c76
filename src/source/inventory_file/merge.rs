//! Joins the inventory files of the shards of one collection into the file that one collection would have written.
//!
//! Each file is read once, verified as it always is, and its lines are kept as they stand in a file without a name, so that
//! nothing but the heads of scopes is in memory, however many shards there are. What is written at the end comes from there,
//! scope by scope.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::journal::Finished;
use super::{Header, InventoryInfo, JournalError, Manifest, Missing, SHARD, ScopeHead, Sealed, Taker, read_into, seal};
use crate::diagnostic::Diagnostic;
use crate::file::folder_of;
use crate::model::Scope;
use crate::source::aws::Item;
use crate::source::aws::collect::Shard;
use crate::source::{Opened, Problem, SourceError, open};

/// How far apart shards of one collection may begin. What a day lies between shows two states of a fleet, and drift that is
/// none.
const ONE_COLLECTION: SignedDuration = SignedDuration::from_hours(24);

/// Why shards cannot be joined.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// One of the files is no inventory file, was cut off or changed.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The merged file cannot be written.
    #[error(transparent)]
    Target(#[from] JournalError),
    /// A whole collection, or an import.
    #[error("`{0}` is no shard: its collection was not given `--shard`")]
    NotShard(Arc<str>),
    /// One shard in two files.
    #[error("`{first}` and `{second}` are both shard {shard}")]
    Twice {
        /// Which one.
        shard: Shard,
        /// A file.
        first: Arc<str>,
        /// Another, or the same again.
        second: Arc<str>,
    },
    /// Two collections.
    #[error("`{first}` and `{second}` are shards of different collections: {what}")]
    Different {
        /// A file.
        first: Arc<str>,
        /// Another.
        second: Arc<str>,
        /// In what they differ.
        what: String,
    },
    /// Two shards hold the same.
    #[error("`{first}` and `{second}` both hold {place}")]
    Overlap {
        /// A file.
        first: Arc<str>,
        /// Another.
        second: Arc<str>,
        /// The account and the region.
        place: String,
    },
}

impl MergeError {
    /// What to do about it.
    pub fn help(&self) -> Cow<'static, str> {
        match self {
            Self::Source(error) => error.problem.help(),
            Self::Target(error) => error.help().into(),
            Self::NotShard(_) => "merge files of `dbkeel collect aws --shard I/N`".into(),
            Self::Twice { .. } => "name each shard once: leave out the one that was collected earlier".into(),
            Self::Different { .. } => {
                "merge the shards of one collection: the same options, fleet file, number of shards, version and night"
                    .into()
            }
            Self::Overlap { .. } => {
                "no two shards have an account in common: collect both again with one dbkeel".into()
            }
        }
    }
}

impl From<MergeError> for Diagnostic {
    fn from(error: MergeError) -> Self {
        match error {
            MergeError::Source(error) => error.into(),
            other => Diagnostic::new(other.to_string()).help(other.help()),
        }
    }
}

/// Shards that were read and fit together.
#[derive(Debug)]
pub struct Shards {
    /// That of the whole collection: no shard is in its request.
    header: Header,
    of: u32,
    started_at: Instant,
    finished_at: Instant,
    /// The file of each shard, by its number.
    files: BTreeMap<u32, Arc<str>>,
    /// The file of each account.
    accounts: BTreeMap<Option<Arc<str>>, Arc<str>>,
    missing: Vec<Missing>,
    spool: Spool,
}

/// An instant, and how the file has it.
type Instant = (Timestamp, Arc<str>);

impl Shards {
    /// Reads and verifies the files of shards. What is in them is kept in a file without a name in the folder of `target`.
    ///
    /// # Errors
    ///
    /// When one of the files is not a whole inventory file of a shard, or they are not different shards of one collection.
    pub fn read(first: &str, others: &[String], target: &Path) -> Result<Self, MergeError> {
        let file = tempfile::tempfile_in(folder_of(target)).map_err(JournalError::io(target))?;
        let mut spool = Spool::new(file);
        let read = spool.add(first, target)?;
        let mut shards = Self {
            header: read.whole(),
            of: read.shard.of(),
            started_at: read.started_at.clone(),
            finished_at: read.finished_at.clone(),
            files: BTreeMap::new(),
            accounts: BTreeMap::new(),
            missing: Vec::new(),
            spool,
        };
        shards.take(read)?;
        for path in others {
            let read = shards.spool.add(path, target)?;
            shards.take(read)?;
        }
        Ok(shards)
    }

    /// The header of the whole collection.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How many shards the collection has.
    pub fn of(&self) -> u32 {
        self.of
    }

    /// The shards of which there is no file.
    pub fn absent(&self) -> impl Iterator<Item = Shard> {
        let absent = (0..self.of).filter(|index| !self.files.contains_key(index));
        absent.filter_map(|index| Shard::new(index, self.of).ok())
    }

    /// Writes the inventory file, whole or not at all. `missing` is what the absent shards would have collected.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn seal(mut self, target: &Path, missing: Vec<Missing>) -> Result<Sealed, MergeError> {
        self.missing.extend(missing);
        let manifest = Manifest { finished_at: self.finished_at.1, missing: self.missing };
        let file = self.spool.whole().map_err(JournalError::io(target))?;
        let sealed = seal::seal(target, &file, &self.header, &self.spool.finished, &manifest);
        Ok(sealed.map_err(JournalError::io(target))?)
    }

    /// Takes a shard that fits to those before it.
    fn take(&mut self, read: OneShard) -> Result<(), MergeError> {
        let file = Arc::clone(&read.path);
        if let Some(first) = self.files.get(&read.shard.index()).filter(|_| read.shard.of() == self.of) {
            return Err(MergeError::Twice { shard: read.shard, first: Arc::clone(first), second: file });
        }
        if let Some((first, what)) = self.files.values().next().zip(self.difference(&read)) {
            return Err(MergeError::Different { first: Arc::clone(first), second: file, what });
        }
        for scope in &read.scopes {
            let first = self.accounts.entry(scope.account.clone()).or_insert_with(|| Arc::clone(&file));
            if *first != file {
                let (first, place) = (Arc::clone(first), super::gaps::place(scope));
                return Err(MergeError::Overlap { first, second: file, place });
            }
        }
        if read.started_at.0 < self.started_at.0 {
            self.header.started_at = Arc::clone(&read.started_at.1);
            self.started_at = read.started_at;
        }
        if read.finished_at.0 > self.finished_at.0 {
            self.finished_at = read.finished_at;
        }
        self.missing.extend(read.missing);
        self.files.insert(read.shard.index(), file);
        Ok(())
    }

    /// In what a shard is not of this collection.
    fn difference(&self, read: &OneShard) -> Option<String> {
        let (ours, theirs) = (&self.header, read.whole());
        let apart = read.started_at.0.duration_since(self.started_at.0).abs();
        Some(match () {
            () if self.of != read.shard.of() => format!("one is of {}, the other of {}", self.of, read.shard.of()),
            () if ours.provider != theirs.provider || ours.source != theirs.source => "they are of another kind".into(),
            () if ours.request != theirs.request => "they asked for something else".into(),
            () if ours.tool != theirs.tool => format!("one is written by {}, the other by {}", ours.tool, theirs.tool),
            () if apart > ONE_COLLECTION => {
                format!("one began at {}, the other at {}", self.started_at.1, read.started_at.1)
            }
            () => return None,
        })
    }
}

/// What the file of one shard says of itself.
struct OneShard {
    path: Arc<str>,
    shard: Shard,
    header: Header,
    started_at: Instant,
    finished_at: Instant,
    scopes: Vec<Scope>,
    missing: Vec<Missing>,
}

impl OneShard {
    fn of(path: &str, info: InventoryInfo) -> Result<Self, MergeError> {
        let path: Arc<str> = path.into();
        let Some(shard) = info.header.shard() else { return Err(MergeError::NotShard(path)) };
        Ok(Self {
            shard,
            started_at: instant(&path, &info.header.started_at)?,
            finished_at: instant(&path, &info.finished_at)?,
            path,
            header: info.header,
            scopes: info.scopes,
            missing: info.missing,
        })
    }

    /// The header of the whole collection, but for its instant.
    fn whole(&self) -> Header {
        let mut header = self.header.clone();
        header.request.remove(SHARD);
        header
    }
}

fn instant(path: &str, text: &Arc<str>) -> Result<Instant, SourceError> {
    let wrong = |_| {
        let reason = "an instant of it is not written as RFC 3339 has it".to_owned();
        SourceError::new(path, Problem::InventoryLayout { reason })
    };
    text.parse().map_err(wrong).map(|instant| (instant, Arc::clone(text)))
}

/// The lines of scopes as they stand in the files, one after the other.
#[derive(Debug)]
struct Spool {
    out: BufWriter<File>,
    written: u64,
    /// Where the scope that is being read begins.
    start: u64,
    finished: Vec<Finished>,
    failed: Option<io::Error>,
}

impl Spool {
    fn new(file: File) -> Self {
        let out = BufWriter::with_capacity(1 << 18, file);
        Self { out, written: 0, start: 0, finished: Vec::new(), failed: None }
    }

    /// Reads a file to its end.
    fn add(&mut self, path: &str, target: &Path) -> Result<OneShard, MergeError> {
        let info = match open(path)? {
            Opened::Inventory(input) => read_into(path, input, self)?,
            Opened::Whole(bytes) => read_into(path, bytes.as_slice(), self)?,
        };
        match self.failed.take() {
            Some(error) => Err(JournalError::io(target)(error).into()),
            None => OneShard::of(path, info),
        }
    }

    /// All of it, in a file.
    fn whole(&mut self) -> io::Result<File> {
        self.out.flush()?;
        self.out.get_ref().try_clone()
    }
}

impl Taker for Spool {
    type Made = ();

    fn begin(&mut self, _: &ScopeHead) {}

    fn make(&self, _: Item) {}

    fn take(&mut self, _: Vec<()>) {}

    fn lines(&mut self, lines: &[u8]) {
        match self.out.write_all(lines) {
            Ok(()) => self.written += lines.len() as u64,
            // It is told when the file is at its end.
            Err(error) => self.failed = self.failed.take().or(Some(error)),
        }
    }

    fn end(&mut self, head: ScopeHead, items: u64) {
        self.finished.push(Finished { head, items, bytes: self.start..self.written });
        self.start = self.written;
    }
}
