//! What runs, from inventory files and from replies that somebody has on disk, as one inventory with facts.

use std::io::Read;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::facts::{Arrived, AwsScope, Document, Mapped, SharedFacts, scope_seen};
use crate::link::link;
use crate::model::{Gap, Inventory, Scope, ScopeSeen, SourceInfo, SourceKind};
use crate::report::text::count;
use crate::source::aws::{Item, RawItem};
use crate::source::import::{Import, ImportOptions, import, import_bytes};
use crate::source::inventory_file::{self, ScopeHead, Taker, gaps_of};
use crate::source::{SourceError, load, sha256};

/// Reads an inventory file as a stream: a batch of its objects at a time is in memory, and the facts that came of others.
pub(super) fn inventory(
    path: &str,
    file: impl Read + Send,
    source: u32,
    as_of: &str,
) -> Result<(Inventory, Vec<String>), SourceError> {
    let document = document(path, source);
    let mut mapping = Mapping::new(&document);
    let info = inventory_file::read_into(path, file, &mut mapping)?;
    let mut notes = info.notes;
    notes.extend(age(path, &info.finished_at, as_of));
    let inventory = mapping.inventory(vec![info.source], info.gaps);
    // What the resources share is theirs now; to let go of each of a million facts here would only take time.
    std::mem::forget(document);
    Ok((inventory, notes))
}

/// What to do about an inventory that is older than a day: what moves on while a database runs, such as the moment to which it
/// can be restored, is judged as if it had stood still since then.
fn age(path: &str, finished_at: &str, as_of: &str) -> Option<String> {
    let instant = |text: &str| text.parse::<jiff::Timestamp>().ok();
    let hours = instant(as_of)?.duration_since(instant(finished_at)?).as_hours();
    let is_old = hours >= 24;
    is_old.then(|| {
        let age = count(usize::try_from(hours / 24).unwrap_or_default(), "day");
        format!("`{path}` is {age} old; give `--as-of {finished_at}` to judge it as of then")
    })
}

/// Reads a file of replies that was never made an inventory; `None` when it holds none.
pub(super) fn replies(path: &str, bytes: &[u8], source: u32, as_of: &Arc<str>) -> Option<(Inventory, Vec<String>)> {
    let options = ImportOptions { scope: Scope::default(), collected_at: Arc::clone(as_of) };
    let imported = import_bytes(path, bytes, &options).ok()?;
    let (inventory, notes) = imported_inventory(path, imported, source);
    Some((Inventory { sources: vec![info(path, bytes)], ..inventory }, notes))
}

/// Reads replies that lie in several files, or in folders, as what they are together: one call tells about another's objects.
pub(super) fn all_replies(
    paths: &[String],
    source: u32,
    as_of: &Arc<str>,
) -> Result<(Inventory, Vec<String>), Vec<Diagnostic>> {
    let options = ImportOptions { scope: Scope::default(), collected_at: Arc::clone(as_of) };
    let of_import = |errors: Vec<_>| errors.into_iter().map(Diagnostic::from).collect::<Vec<_>>();
    let imported = import(paths, &options).map_err(of_import)?;
    let files = imported.files.clone();
    let read = |file: &Arc<str>| Ok(info(file, &load(file)?));
    let sources: Result<Vec<SourceInfo>, SourceError> = files.iter().map(read).collect();
    let sources = sources.map_err(|error| vec![Diagnostic::from(error)])?;
    let first = files.first().map_or("", AsRef::as_ref);
    let (inventory, notes) = imported_inventory(first, imported, source);
    Ok((Inventory { sources, ..inventory }, notes))
}

fn info(path: &str, bytes: &[u8]) -> SourceInfo {
    let path = path.replace('\\', "/").into();
    SourceInfo { path, kind: SourceKind::Inventory, tool_version: None, sha256: Some(sha256(bytes)) }
}

/// What was imported, with facts; the sources are left to the caller.
fn imported_inventory(path: &str, imported: Import, source: u32) -> (Inventory, Vec<String>) {
    let document = document(path, source);
    let (mut mapping, mut gaps) = (Mapping::new(&document), Vec::new());
    for replies in imported.scopes {
        let head = ScopeHead::of(&replies);
        gaps.extend(gaps_of(&head));
        mapping.begin(&head);
        mapping.add(replies.items);
    }
    (mapping.inventory(Vec::new(), gaps), imported.notes)
}

fn document(path: &str, source: u32) -> Document {
    Document { file: Arc::from(path.replace('\\', "/")), source, shared: SharedFacts::new() }
}

/// Makes facts of objects as they arrive.
struct Mapping<'a> {
    document: &'a Document,
    /// The account and region that objects arrive of.
    open: Option<(ScopeHead, AwsScope<'a>)>,
    mapped: Vec<Mapped>,
    scopes: Vec<ScopeSeen>,
    gaps: Vec<Gap>,
}

impl<'a> Mapping<'a> {
    fn new(document: &'a Document) -> Self {
        Self { document, open: None, mapped: Vec::new(), scopes: Vec::new(), gaps: Vec::new() }
    }

    fn add(&mut self, items: Vec<Item>) {
        if let Some((_, scope)) = &mut self.open {
            scope.add(items);
        }
    }

    fn close(&mut self) {
        if let Some((head, scope)) = self.open.take() {
            let (mapped, gaps) = scope.finish(&head.calls);
            self.scopes.push(scope_seen(&head.scope, &head.calls));
            self.mapped.extend(mapped);
            self.gaps.extend(gaps);
        }
    }

    fn inventory(mut self, sources: Vec<SourceInfo>, mut gaps: Vec<Gap>) -> Inventory {
        self.close();
        gaps.append(&mut self.gaps);
        let resources_seen = self.mapped.len();
        let resources = link(self.mapped, &self.document.shared);
        let scopes = self.scopes;
        Inventory { sources, resources, scopes, gaps, drift: Vec::new(), resources_seen }
    }
}

impl Taker for Mapping<'_> {
    type Made = Arrived;

    fn begin(&mut self, head: &ScopeHead) {
        self.close();
        self.open = Some((head.clone(), AwsScope::new(&head.scope, &head.collected_at, self.document)));
    }

    fn make(&self, item: RawItem<'_>) -> Result<Arrived, String> {
        let (_, scope) = self.open.as_ref().ok_or("an item stands outside of a scope")?;
        match scope.make_raw(&item) {
            Some(arrived) => Ok(arrived),
            None => inventory_file::parsed(item).map(|item| scope.make(item)),
        }
    }

    fn take(&mut self, batch: Vec<Self::Made>) {
        if let Some((_, scope)) = &mut self.open {
            scope.take(batch);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inventory_of_another_day_is_noted_with_the_instant_to_judge_it_as_of() {
        let of = |as_of| age("night.jsonl", "2026-11-19T02:00:00Z", as_of);
        assert_eq!(of("2026-11-20T01:59:59Z"), None);
        assert_eq!(of("2026-11-01T00:00:00Z"), None);
        let note = "`night.jsonl` is 3 days old; give `--as-of 2026-11-19T02:00:00Z` to judge it as of then";
        assert_eq!(of("2026-11-22T08:00:00Z").as_deref(), Some(note));
    }
}
