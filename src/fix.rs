//! Fixes: edits of the source that make a finding pass.
//!
//! A fix is **certain** when the attribute that the rule's remediation sets is a plain value in a file of the repository,
//! or absent from a block of it, and what it is to become is a plain value too; through `var.x` it is certain when the
//! argument of the `module` block is a plain value. Everything else is a suggestion, with the reason.
//!
//! What is certain is verified: the configuration is judged again with the edited texts, and an edit stays only when its
//! findings pass and no other verdict gets worse. Nothing here touches the world; whoever calls reads, judges and writes.

mod caution;
mod certain;
mod diff;
mod layout;
mod propose;
mod shape;
#[cfg(test)]
mod tests;
mod uses;
mod verify;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) use self::{
    diff::{Shown, unified},
    layout::{Edit, apply},
    propose::{exists, key, propose},
    verify::{Outcome, verify},
};
use self::{layout::Wish, shape::Shape};
use crate::model::Location;

/// Texts that stand for those of files, by path.
pub(crate) type Texts = BTreeMap<PathBuf, Arc<str>>;

/// One verdict: of a rule, on a resource, of a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    /// The source, by its index in `Results::sources`.
    pub(crate) source: u32,
    /// The address of the resource.
    pub(crate) resource: Arc<str>,
    /// The id of the rule.
    pub(crate) rule: Arc<str>,
}

/// A file that is edited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct File {
    /// As reports name it.
    pub(crate) name: Arc<str>,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What it holds now, without a byte order mark.
    pub(crate) text: Arc<str>,
}

/// Where an attribute is set, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// A plain value at these bytes.
    Value(Range<usize>),
    /// Nothing: the block does not have the attribute.
    Absent,
}

/// One attribute that becomes another plain value.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// The file.
    pub(crate) file: File,
    /// Where.
    pub(crate) site: Site,
    /// What surrounds it.
    pub(crate) shape: Shape,
    /// The attribute.
    pub(crate) attribute: Arc<str>,
    /// What it may become; the first is tried first.
    pub(crate) values: Vec<Arc<str>>,
    /// The findings that ask for it.
    pub(crate) findings: Vec<Key>,
    /// Where it is, for a reader.
    pub(crate) location: Option<Location>,
    /// What a person should know before it is applied.
    pub(crate) cautions: Vec<String>,
}

/// A fix that is not certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// The finding.
    pub(crate) finding: Key,
    /// Its line, if it has one.
    pub(crate) location: Option<Location>,
    /// What to do.
    pub(crate) what: String,
    /// Why a person has to do it.
    pub(crate) why: String,
}

/// What could be done about the findings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proposals {
    /// Changes that are certain, as far as the text tells.
    pub(crate) changes: Vec<Change>,
    /// What is left to a person.
    pub(crate) suggestions: Vec<Suggestion>,
}

impl Change {
    /// What tells the place from others: an attribute that two root modules share is one.
    fn place(&self) -> (PathBuf, usize, usize, Arc<str>) {
        let range = match &self.site {
            Site::Value(range) => range.clone(),
            Site::Absent => self.shape.start..self.shape.start,
        };
        let name = if self.site == Site::Absent { Arc::clone(&self.attribute) } else { Arc::from("") };
        (self.file.path.clone(), range.start, range.end, name)
    }

    /// What it becomes, as things stand.
    pub(crate) fn value(&self) -> &str {
        self.values.first().map_or("", AsRef::as_ref)
    }

    fn wish(&self) -> Wish<'_> {
        let (shape, text) = (&self.shape, self.value());
        match &self.site {
            Site::Value(value) => Wish::Replace { shape, value, text },
            Site::Absent => Wish::Insert { shape, name: &self.attribute, text },
        }
    }
}

/// The edits that make some changes, for each file.
pub(crate) fn edits<'c>(changes: impl IntoIterator<Item = &'c Change>) -> BTreeMap<&'c File, Vec<Edit>> {
    let mut by_file: BTreeMap<&File, Vec<Wish<'_>>> = BTreeMap::new();
    for change in changes {
        by_file.entry(&change.file).or_default().push(change.wish());
    }
    by_file.into_iter().map(|(file, wishes)| (file, layout::edits(&file.text, &wishes))).collect()
}

/// The texts of the files once some changes are made.
pub(crate) fn texts<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Texts {
    let edited = edits(changes).into_iter();
    edited.map(|(file, edits)| (file.path.clone(), apply(&file.text, &edits).into())).collect()
}
