//! What runs, from inventory files and from replies that somebody has on disk, as one inventory with facts.

use std::io::Read;
use std::sync::Arc;

use crate::facts::{AwsScope, Document, Mapped, SharedFacts};
use crate::link::link;
use crate::model::{Gap, Inventory, Scope, SourceInfo, SourceKind};
use crate::source::aws::Item;
use crate::source::import::{ImportOptions, import_bytes};
use crate::source::inventory_file::{self, ScopeHead, gaps_of};
use crate::source::{SourceError, sha256};

/// Reads an inventory file as a stream: a batch of its objects at a time is in memory, and the facts that came of others.
pub(super) fn inventory(
    path: &str,
    file: impl Read + Send,
    source: u32,
) -> Result<(Inventory, Vec<String>), SourceError> {
    let document = document(path, source);
    let mut mapping = Mapping::new(&document);
    let info = inventory_file::read(path, file, |head, items| mapping.add(head, items))?;
    Ok((mapping.inventory(info.source, info.gaps), info.notes))
}

/// Reads a file of replies that was never made an inventory; `None` when it holds none.
pub(super) fn replies(path: &str, bytes: &[u8], source: u32, as_of: &Arc<str>) -> Option<(Inventory, Vec<String>)> {
    let options = ImportOptions { scope: Scope::default(), collected_at: Arc::clone(as_of) };
    let imported = import_bytes(path, bytes, &options).ok()?;
    let (kind, sha256) = (SourceKind::Inventory, sha256(bytes));
    let info = SourceInfo { path: path.replace('\\', "/").into(), kind, tool_version: None, sha256 };
    let document = document(path, source);
    let (mut mapping, mut gaps) = (Mapping::new(&document), Vec::new());
    for replies in imported.scopes {
        let head = ScopeHead::of(&replies);
        gaps.extend(gaps_of(&head));
        mapping.add(&head, replies.items);
    }
    Some((mapping.inventory(info, gaps), imported.notes))
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
    gaps: Vec<Gap>,
}

impl<'a> Mapping<'a> {
    fn new(document: &'a Document) -> Self {
        Self { document, open: None, mapped: Vec::new(), gaps: Vec::new() }
    }

    fn add(&mut self, head: &ScopeHead, items: Vec<Item>) {
        if self.open.as_ref().is_none_or(|(open, _)| open.scope != head.scope) {
            self.close();
        }
        let (_, scope) = self.open.get_or_insert_with(|| (head.clone(), AwsScope::new(&head.scope, self.document)));
        scope.add(items);
    }

    fn close(&mut self) {
        if let Some((head, scope)) = self.open.take() {
            let (mapped, gaps) = scope.finish(&head.calls);
            self.mapped.extend(mapped);
            self.gaps.extend(gaps);
        }
    }

    fn inventory(mut self, source: SourceInfo, mut gaps: Vec<Gap>) -> Inventory {
        self.close();
        gaps.append(&mut self.gaps);
        let resources_seen = self.mapped.len();
        let resources = link(self.mapped, &self.document.shared);
        Inventory { sources: vec![source], resources, gaps, drift: Vec::new(), resources_seen }
    }
}
