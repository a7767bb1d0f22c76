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
use super::line;
use super::{
    Header, InventoryInfo, JournalError, Manifest, Missing, SHARD, ScopeHead, Sealed, Taker, header, read_into, seal,
};
use crate::diagnostic::Diagnostic;
use crate::file::folder_of;
use crate::model::Scope;
use crate::source::aws::RawItem;
use crate::source::aws::collect::Shard;
use crate::source::{Opened, Problem, SourceError, open};

/// How far apart shards of one collection may begin. What half a day lies between shows two states of a fleet: a shard that
/// did not come to its end tonight must not be replaced by last night's in silence.
const ONE_COLLECTION: SignedDuration = SignedDuration::from_hours(12);

/// Why shards cannot be joined.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// One of the files is no inventory file, was cut off or changed.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The merged file cannot be written.
    #[error(transparent)]
    Target(#[from] JournalError),
    /// No file at all.
    #[error("there is no shard to merge")]
    Nothing,
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
            Self::Nothing | Self::NotShard(_) => "merge files of `dbkeel collect aws --shard I/N`".into(),
            Self::Twice { .. } => "name each shard once: leave out the one that was collected earlier".into(),
            Self::Different { .. } => {
                "merge the shards of one collection: the same options, fleet file, number of shards and version".into()
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
    joined: Joined,
    /// Files that were left out, since they are of another night.
    stale: Vec<Begun>,
    spool: Spool,
}

/// A shard of which there is no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// Which one.
    pub shard: Shard,
    /// Why, and what to do about it.
    pub why: String,
}

impl Shards {
    /// Reads and verifies the files of shards. What is in them is kept in a file without a name in the folder of `target`.
    /// Those that began long before the last one are left out.
    ///
    /// # Errors
    ///
    /// When one of the files is not a whole inventory file of a shard, or they are not different shards of one collection.
    pub fn read(paths: &[String], target: &Path) -> Result<Self, MergeError> {
        let begun = paths.iter().map(|path| Begun::read(path)).collect::<Result<Vec<_>, _>>()?;
        let last = begun.iter().map(|one| one.at.0).max();
        let is_of_this_night = |one: &Begun| last.is_none_or(|last| last.duration_since(one.at.0) <= ONE_COLLECTION);
        let (fresh, stale): (Vec<Begun>, Vec<Begun>) = begun.into_iter().partition(is_of_this_night);
        let file = tempfile::tempfile_in(folder_of(target)).map_err(JournalError::io(target))?;
        let (mut spool, mut joined) = (Spool::new(file), None);
        for one in fresh {
            let read = spool.add(one, target)?;
            joined.get_or_insert_with(|| Joined::begin(&read)).take(read)?;
        }
        let joined = joined.ok_or(MergeError::Nothing)?;
        Ok(Self { joined, stale, spool })
    }

    /// The header of the whole collection.
    pub fn header(&self) -> &Header {
        &self.joined.header
    }

    /// How many shards the collection has.
    pub fn of(&self) -> u32 {
        self.joined.of
    }

    /// The shards of which there is no file of this night.
    pub fn absent(&self) -> Vec<Absent> {
        let absent = (0..self.joined.of).filter(|index| !self.joined.files.contains_key(index));
        let shards = absent.filter_map(|index| Shard::new(index, self.joined.of).ok());
        shards.map(|shard| Absent { shard, why: self.why(shard) }).collect()
    }

    fn why(&self, shard: Shard) -> String {
        let remedy = format!("collect it with `--shard {shard}`, and merge again");
        match self.stale.iter().find(|one| one.shard == shard) {
            None => format!("shard {shard} is not among the files; {remedy}"),
            Some(Begun { path, at, .. }) => {
                format!("shard {shard} is of another night (`{path}` was begun at {}); {remedy}", at.1)
            }
        }
    }

    /// Writes the inventory file, whole or not at all. `missing` is what the absent shards would have collected.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn seal(mut self, target: &Path, missing: Vec<Missing>) -> Result<Sealed, MergeError> {
        let missing = self.joined.missing.into_iter().chain(missing).collect();
        let manifest = Manifest { finished_at: self.joined.finished_at.1, missing };
        let file = self.spool.whole().map_err(JournalError::io(target))?;
        let sealed = seal::seal(target, &file, &self.joined.header, &self.spool.finished, &manifest);
        Ok(sealed.map_err(JournalError::io(target))?)
    }
}

/// What shards have in common, and who has what.
#[derive(Debug)]
struct Joined {
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
}

impl Joined {
    fn begin(read: &OneShard) -> Self {
        Self {
            header: read.whole(),
            of: read.begun.shard.of(),
            started_at: read.begun.at.clone(),
            finished_at: read.finished_at.clone(),
            files: BTreeMap::new(),
            accounts: BTreeMap::new(),
            missing: Vec::new(),
        }
    }

    /// Takes a shard that fits to those before it.
    fn take(&mut self, read: OneShard) -> Result<(), MergeError> {
        let Begun { path: file, shard, at } = &read.begun;
        if let Some((first, what)) = self.files.values().next().zip(self.difference(&read)) {
            return Err(MergeError::Different { first: Arc::clone(first), second: Arc::clone(file), what });
        }
        if let Some(first) = self.files.insert(shard.index(), Arc::clone(file)) {
            return Err(MergeError::Twice { shard: *shard, first, second: Arc::clone(file) });
        }
        for scope in &read.scopes {
            let first = self.accounts.entry(scope.account.clone()).or_insert_with(|| Arc::clone(file));
            if *first != *file {
                let (first, place) = (Arc::clone(first), super::gaps::place(scope));
                return Err(MergeError::Overlap { first, second: Arc::clone(file), place });
            }
        }
        if at.0 < self.started_at.0 {
            self.started_at = at.clone();
            self.header.started_at = Arc::clone(&at.1);
        }
        if read.finished_at.0 > self.finished_at.0 {
            self.finished_at = read.finished_at;
        }
        self.missing.extend(read.missing);
        Ok(())
    }

    /// In what a shard is not of this collection.
    fn difference(&self, read: &OneShard) -> Option<String> {
        let (ours, theirs, of) = (&self.header, read.whole(), read.begun.shard.of());
        Some(match () {
            () if self.of != of => format!("one is of {}, the other of {of}", self.of),
            () if ours.provider != theirs.provider || ours.source != theirs.source => "they are of another kind".into(),
            () if ours.request != theirs.request => "they asked for something else".into(),
            () if ours.tool != theirs.tool => format!("one is written by {}, the other by {}", ours.tool, theirs.tool),
            () => return None,
        })
    }
}

/// An instant, and how the file has it.
type Instant = (Timestamp, Arc<str>);

/// A file of a shard, of which the first line was read.
#[derive(Debug)]
struct Begun {
    path: Arc<str>,
    shard: Shard,
    at: Instant,
}

impl Begun {
    fn read(path: &str) -> Result<Self, MergeError> {
        let header = header(path)?;
        let path: Arc<str> = path.into();
        let Some(shard) = header.shard() else { return Err(MergeError::NotShard(path)) };
        Ok(Self { shard, at: instant(&path, &header.started_at)?, path })
    }
}

/// What the file of one shard says of itself.
struct OneShard {
    begun: Begun,
    header: Header,
    finished_at: Instant,
    scopes: Vec<Scope>,
    missing: Vec<Missing>,
}

impl OneShard {
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
    fn add(&mut self, begun: Begun, target: &Path) -> Result<OneShard, MergeError> {
        let path = &*begun.path;
        let info = match open(path)? {
            Opened::Inventory(input) => read_into(path, input, self)?,
            Opened::Whole(bytes) => read_into(path, &*bytes, self)?,
        };
        if let Some(error) = self.failed.take() {
            return Err(JournalError::io(target)(error).into());
        }
        let InventoryInfo { header, scopes, missing, .. } = info;
        Ok(OneShard { finished_at: instant(path, &info.finished_at)?, begun, header, scopes, missing })
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

    fn make(&self, item: RawItem<'_>) -> Result<(), String> {
        line::value(item).map(drop)
    }

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
