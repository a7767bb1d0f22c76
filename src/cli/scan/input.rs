//! Reads the paths of the command line into one inventory.

use std::sync::Arc;

use super::CliError;
use crate::diagnostic::Diagnostic;
use crate::facts::{self, Document, SharedFacts};
use crate::link::link;
use crate::model::Inventory;
use crate::source::{self, terraform};

/// One inventory of all paths, or every error that stands in the way: a run that leaves out a file that was asked for
/// proves less than it seems to.
pub(super) fn inventory(paths: &[String]) -> Result<Inventory, CliError> {
    let mut inventory = Inventory::default();
    let mut errors: Vec<Diagnostic> = Vec::new();
    for (position, path) in paths.iter().enumerate() {
        let source = u32::try_from(position).unwrap_or(u32::MAX);
        match read(path, source) {
            Ok(one) => append(&mut inventory, one),
            Err(error) => errors.push(error.into()),
        }
    }
    if errors.is_empty() { Ok(inventory) } else { Err(errors.into()) }
}

fn read(path: &str, source: u32) -> Result<Inventory, source::SourceError> {
    let bytes = source::load(path)?;
    let document = Document { file: Arc::from(path.replace('\\', "/")), source, shared: SharedFacts::new() };
    let read = terraform::read(path, &bytes, &facts::is_mapped, |resource| facts::map_terraform(&resource, &document))?;
    // The text is the largest thing in memory; the facts hold no part of it.
    drop(bytes);
    Ok(Inventory {
        sources: vec![read.source],
        resources: link(read.resources.into_iter().flatten().collect(), &document.shared),
        gaps: read.gaps,
        drift: read.drift,
        resources_seen: read.resources_seen,
    })
}

fn append(inventory: &mut Inventory, mut one: Inventory) {
    inventory.sources.append(&mut one.sources);
    inventory.resources.append(&mut one.resources);
    inventory.gaps.append(&mut one.gaps);
    inventory.drift.append(&mut one.drift);
    inventory.resources_seen += one.resources_seen;
}
