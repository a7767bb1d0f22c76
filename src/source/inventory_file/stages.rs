//! What may stand where in an inventory file, and whether it adds up.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use memchr::memchr_iter;
use rayon::prelude::*;
use serde::Deserialize;

use super::journal::Digested;
use super::line::{
    self, CALL, END, EndLine, HeaderLine, INVENTORY, ITEM, MANIFEST, ManifestLine, SCOPE, SEAL, ScopeLine, SealLine,
    SealedManifest, SealedScope,
};
use super::read::Taker;
use super::{Header, InventoryInfo, ScopeHead, VERSION, gaps};
use crate::model::{Gap, Scope, SourceInfo, SourceKind};
use crate::source::aws::operations::position;
use crate::source::aws::{CallStatus, OPERATIONS};
use crate::source::{Problem, SourceError};

/// A file while it is read.
pub(super) struct Reading<'p, T> {
    path: &'p str,
    taker: &'p mut T,
    /// The number of the line that is read next, from 1.
    line: u32,
    read: Digested,
    stage: Stage,
    header: Option<Header>,
    scopes: Vec<Scope>,
    totals: Totals,
}

#[derive(Default)]
struct Totals {
    items: u64,
    requests: u64,
    gaps: Vec<Gap>,
    /// Positions of the calls of which an import holds replies, and of those of which it holds none.
    imported: BTreeSet<usize>,
    not_imported: BTreeSet<usize>,
}

enum Stage {
    /// Before the first line.
    Start,
    /// Where a scope or the manifest may begin.
    Between,
    /// In a scope.
    Scope(Open),
    /// Behind the manifest.
    Manifest(SealedManifest),
    /// Behind the seal.
    Sealed(SealedManifest),
}

/// A scope that is not at its end.
struct Open {
    head: ScopeHead,
    items: u64,
    /// Where the last item stands in the order of items.
    last: Option<ItemPlace>,
}

/// Where an item stands in the order of items: its call, and what that was asked about.
type ItemPlace = (usize, Option<Arc<str>>);

impl<'p, T: Taker> Reading<'p, T> {
    pub(super) fn new(path: &'p str, taker: &'p mut T) -> Self {
        Self {
            path,
            taker,
            line: 1,
            read: Digested::default(),
            stage: Stage::Start,
            header: None,
            scopes: Vec::new(),
            totals: Totals::default(),
        }
    }

    /// Takes whole lines.
    pub(super) fn block(&mut self, block: &[u8]) -> Result<(), SourceError> {
        let mut start = 0;
        // Lines of items that stand together are parsed together.
        let mut items: Vec<&[u8]> = Vec::new();
        let mut items_start = 0;
        for feed in memchr_iter(b'\n', block) {
            let line = block.get(start..=feed).unwrap_or_default();
            if line.starts_with(ITEM) {
                items.push(line);
            } else {
                self.items(&mut items, block.get(items_start..start).unwrap_or_default())?;
                self.control(line)?;
                items_start = feed + 1;
            }
            start = feed + 1;
        }
        self.items(&mut items, block.get(items_start..start).unwrap_or_default())
    }

    /// Takes what follows the last line feed.
    pub(super) fn rest(&self, rest: &[u8]) -> Result<(), SourceError> {
        match &self.stage {
            Stage::Start => Err(self.not_inventory(rest)),
            Stage::Sealed(_) if !rest.is_empty() => Err(self.misplaced("something follows the seal")),
            Stage::Sealed(_) => Ok(()),
            Stage::Between | Stage::Scope(_) | Stage::Manifest(_) => Err(self.unsealed()),
        }
    }

    /// What it means that the input gave an error.
    pub(super) fn input_error(&self, error: io::Error) -> SourceError {
        match error.kind() {
            _ if error.raw_os_error().is_some() => SourceError::new(self.path, Problem::Unreadable(error)),
            // A frame that ends too early.
            io::ErrorKind::UnexpectedEof if self.header.is_some() => self.unsealed(),
            io::ErrorKind::UnexpectedEof => {
                SourceError::new(self.path, Problem::NotInventory { what: "it is cut short" })
            }
            io::ErrorKind::InvalidData => self.misplaced("a line is longer than 64 MiB"),
            _ if self.header.is_some() => self.changed("what is compressed does not add up"),
            _ => SourceError::new(self.path, Problem::NotInventory { what: "it cannot be decompressed" }),
        }
    }

    /// What the file says of itself, once all of it was taken.
    pub(super) fn finish(mut self) -> Result<InventoryInfo, SourceError> {
        let Stage::Sealed(manifest) = std::mem::replace(&mut self.stage, Stage::Start) else {
            return Err(self.unsealed());
        };
        let Some(header) = self.header else {
            return Err(SourceError::new(self.path, Problem::NotInventory { what: "it has no header" }));
        };
        let mut gaps = self.totals.gaps;
        gaps.extend(manifest.missing.iter().map(gaps::gap_of));
        if let Some(shard) = gaps::of_shard(self.path, &header) {
            gaps.push(shard);
        } else if self.scopes.is_empty() && manifest.missing.is_empty() {
            let reason = "the inventory holds no account and region: nothing was collected".into();
            gaps.push(Gap { place: self.path.into(), reason });
        }
        let source = SourceInfo {
            path: self.path.replace(std::path::MAIN_SEPARATOR, "/").into(),
            kind: SourceKind::Inventory,
            tool_version: header.tool.rsplit(' ').next().map(Arc::from),
            sha256: Some(self.read.sha256()),
        };
        Ok(InventoryInfo {
            header,
            finished_at: manifest.finished_at,
            source,
            scopes: self.scopes,
            items: self.totals.items,
            requests: self.totals.requests,
            gaps,
            missing: manifest.missing,
            notes: note(&self.totals.imported, &self.totals.not_imported).into_iter().collect(),
        })
    }

    fn items(&mut self, lines: &mut Vec<&[u8]>, bytes: &[u8]) -> Result<(), SourceError> {
        if lines.is_empty() {
            return Ok(());
        }
        let Stage::Scope(open) = &mut self.stage else {
            return Err(self.misplaced("an item stands outside of a scope"));
        };
        if open.items == 0 {
            self.taker.begin(&open.head);
        }
        let taker = &*self.taker;
        let make = || lines.par_iter().map(|line| made(line, taker)).collect::<Vec<_>>();
        let ((), all) = rayon::join(|| self.read.add(bytes), make);
        let mut batch = Vec::with_capacity(all.len());
        for one in all {
            let taken = one.and_then(|(place, made)| open.take(place).map(|()| made));
            batch.push(taken.map_err(|reason| layout(self.path, self.line, reason))?);
            self.line += 1;
        }
        self.taker.take(batch);
        self.taker.lines(bytes);
        lines.clear();
        Ok(())
    }

    /// Takes a line that is no item.
    fn control(&mut self, line: &[u8]) -> Result<(), SourceError> {
        match std::mem::replace(&mut self.stage, Stage::Start) {
            Stage::Start => self.begin(line)?,
            Stage::Between if line.starts_with(SCOPE) => self.scope(line)?,
            Stage::Between if line.starts_with(MANIFEST) => self.manifest(line)?,
            Stage::Manifest(manifest) if line.starts_with(SEAL) => self.seal(manifest, line)?,
            Stage::Scope(open) if line.starts_with(CALL) => self.call(open, line)?,
            Stage::Scope(open) if line.starts_with(END) => self.end(open, line)?,
            Stage::Sealed(_) => return Err(self.misplaced("something follows the seal")),
            Stage::Between | Stage::Scope(_) | Stage::Manifest(_) => {
                return Err(self.misplaced("it is not what may stand there"));
            }
        }
        self.read.add(line);
        self.line += 1;
        Ok(())
    }

    fn begin(&mut self, line: &[u8]) -> Result<(), SourceError> {
        if !line.starts_with(INVENTORY) {
            return Err(self.not_inventory(line));
        }
        // Of another version nothing else is known.
        #[derive(Deserialize)]
        struct AnyVersion {
            inventory: Version,
        }
        #[derive(Deserialize)]
        struct Version {
            version: u64,
        }
        let version = self.parse::<AnyVersion>(line)?.inventory.version;
        if version != VERSION {
            return Err(SourceError::new(self.path, Problem::InventoryVersion { version }));
        }
        self.header = Some(self.parse::<HeaderLine<'_>>(line)?.inventory.into_owned());
        self.stage = Stage::Between;
        Ok(())
    }

    fn scope(&mut self, line: &[u8]) -> Result<(), SourceError> {
        let ScopeLine { scope } = self.parse(line)?;
        let place = Scope { account: scope.account, region: scope.region };
        if self.scopes.last().is_some_and(|last| *last >= place) {
            return Err(self.misplaced("accounts and regions are not in their order"));
        }
        self.scopes.push(place.clone());
        let head = ScopeHead { scope: place, collected_at: scope.collected_at, calls: Vec::new() };
        self.taker.lines(line);
        self.stage = Stage::Scope(Open { head, items: 0, last: None });
        Ok(())
    }

    fn call(&mut self, mut open: Open, line: &[u8]) -> Result<(), SourceError> {
        if open.items > 0 {
            return Err(self.misplaced("a call stands behind the items of its scope"));
        }
        open.head.calls.push(line::call(line).map_err(|reason| layout(self.path, self.line, reason))?);
        self.taker.lines(line);
        self.stage = Stage::Scope(open);
        Ok(())
    }

    fn end(&mut self, open: Open, line: &[u8]) -> Result<(), SourceError> {
        let EndLine { end } = self.parse(line)?;
        if end.items != open.items || end.sha256 != self.read.sha256() {
            let scope = gaps::place(&open.head.scope);
            return Err(self.changed(&format!("what it holds of {scope} does not add up")));
        }
        if open.items == 0 {
            self.taker.begin(&open.head);
            self.taker.take(Vec::new());
        }
        self.totals.add(&open);
        self.taker.end(open.head, open.items);
        self.stage = Stage::Between;
        Ok(())
    }

    fn manifest(&mut self, line: &[u8]) -> Result<(), SourceError> {
        let ManifestLine { manifest } = self.parse(line)?;
        let is_of =
            |(sealed, scope): (&SealedScope, &Scope)| sealed.account == scope.account && sealed.region == scope.region;
        let adds_up = manifest.scopes.len() == self.scopes.len()
            && manifest.scopes.iter().zip(&self.scopes).all(is_of)
            && (manifest.items, manifest.requests) == (self.totals.items, self.totals.requests);
        if !adds_up {
            return Err(self.changed("its manifest does not fit"));
        }
        self.stage = Stage::Manifest(manifest);
        Ok(())
    }

    fn seal(&mut self, manifest: SealedManifest, line: &[u8]) -> Result<(), SourceError> {
        let SealLine { seal } = self.parse(line)?;
        if seal.sha256 != self.read.sha256() {
            return Err(self.changed("its seal does not fit"));
        }
        self.stage = Stage::Sealed(manifest);
        Ok(())
    }

    fn parse<'a, L: Deserialize<'a>>(&self, line: &'a [u8]) -> Result<L, SourceError> {
        line::parse(line).map_err(|reason| layout(self.path, self.line, reason))
    }

    fn misplaced(&self, reason: &str) -> SourceError {
        layout(self.path, self.line, reason.to_owned())
    }

    fn changed(&self, what: &str) -> SourceError {
        SourceError::at(self.path, (self.line, 1), Problem::InventoryChanged { what: what.to_owned() })
    }

    fn unsealed(&self) -> SourceError {
        let scopes = self.scopes.len() - usize::from(matches!(self.stage, Stage::Scope(_)));
        SourceError::new(self.path, Problem::Unsealed { scopes })
    }

    fn not_inventory(&self, start: &[u8]) -> SourceError {
        let what = match start {
            [] => "it is empty",
            start if INVENTORY.starts_with(start) || start.starts_with(INVENTORY) => "it is cut off in its first line",
            start if std::str::from_utf8(start).is_err() => "it is not text",
            _ => "it does not begin as one",
        };
        SourceError::new(self.path, Problem::NotInventory { what })
    }
}

impl Open {
    /// Counts an item, if it stands where it should.
    fn take(&mut self, place: ItemPlace) -> Result<(), String> {
        if self.last.as_ref().is_some_and(|last| *last > place) {
            return Err("items are not in the order of their calls".to_owned());
        }
        self.last = Some(place);
        self.items += 1;
        Ok(())
    }
}

/// What becomes of the item of a line, with where it stands; or why it is none.
fn made<T: Taker>(line: &[u8], taker: &T) -> Result<(ItemPlace, T::Made), String> {
    let item = line::item(line)?;
    let place = (position(item.operation), item.of.clone());
    Ok((place, taker.make(item)?))
}

impl Totals {
    fn add(&mut self, open: &Open) {
        self.items += open.items;
        for call in &open.head.calls {
            self.requests += u64::from(call.requests);
            let of = if call.status == CallStatus::NotImported { &mut self.not_imported } else { &mut self.imported };
            of.insert(position(call.operation));
        }
        self.gaps.extend(super::gaps_of(&open.head));
        if open.head.calls.is_empty() {
            let reason = "nothing was asked of it".into();
            self.gaps.push(Gap { place: gaps::place(&open.head.scope).into(), reason });
        }
    }
}

/// What an import lacks is one note: it is what was given.
fn note(imported: &BTreeSet<usize>, not_imported: &BTreeSet<usize>) -> Option<String> {
    let lacking: Vec<String> = not_imported
        .difference(imported)
        .filter_map(|position| Some(format!("`{}`", OPERATIONS.get(*position)?)))
        .collect();
    (!lacking.is_empty()).then(|| {
        let (held, all) = (imported.len(), imported.len() + lacking.len());
        format!(
            "the import holds replies of {held} of {all} calls; what the others tell is unknown: {}",
            lacking.join(", ")
        )
    })
}

fn layout(path: &str, line: u32, reason: String) -> SourceError {
    SourceError::at(path, (line, 1), Problem::InventoryLayout { reason })
}
