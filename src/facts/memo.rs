//! Facts that need not be made again: those of a resource whose attributes are, as far as they rest on them, its neighbour's.
//!
//! A fact is a function of the attributes that it was made of, and these are noted while it is made. So of another resource
//! of the type only the facts are made that rest on what differs; the resources of a fleet differ in a dozen attributes.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::facts::mapping::{Mapping, Row};
use crate::facts::shared::Known;
use crate::facts::view::{Inherits, View};
use crate::model::{Change, Facts, Kind};
use crate::source::terraform::{Attributes, Difference, ProviderSettings};

/// The name under which reading the provider's settings is noted; no attribute has it.
pub(crate) const PROVIDER: &str = "(provider)";

/// What of an attribute a fact was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noted {
    /// Its value, its marks, whether it is set.
    Value,
    /// What its expression refers to, too.
    References,
}

/// What one fact was made of.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    attributes: RefCell<Vec<(CompactString, Noted)>>,
    everything: Cell<bool>,
}

impl Reads {
    pub(crate) fn note(&self, name: &str, what: Noted) {
        if let Ok(mut attributes) = self.attributes.try_borrow_mut() {
            attributes.push((name.into(), what));
        } else {
            self.note_everything();
        }
    }

    pub(crate) fn note_everything(&self) {
        self.everything.set(true);
    }
}

/// The resources that others are compared with.
#[derive(Default)]
pub(crate) struct Memo {
    groups: FxHashMap<Group, Models>,
    rows: FxHashMap<(&'static str, Kind), Arc<[&'static Row]>>,
    /// The rows whose facts are to be made, while that is found out.
    due: Due,
}

/// What resources must have in common, besides attributes, for their facts to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Group {
    resource_type: &'static str,
    kind: Kind,
    new: bool,
    inherits: Inherits,
    declared: bool,
    runs: bool,
    planned: bool,
}

/// The models of a group.
#[derive(Debug, Default)]
struct Models {
    /// What was near last stands last.
    models: Vec<Model>,
    /// How many were made, and how many resources were near one.
    made: usize,
    met: usize,
}

/// A resource with its facts, and what each of these rests on.
#[derive(Debug)]
struct Model {
    attributes: Attributes,
    provider: ProviderSettings,
    facts: Facts,
    /// The rows that rest on an attribute.
    of_attribute: FxHashMap<CompactString, Vec<(u16, Noted)>>,
    /// The rows that rest on more than attributes.
    always: Vec<u16>,
}

/// Positions of rows, each once.
#[derive(Debug, Default)]
struct Due {
    is_due: Vec<bool>,
    rows: Vec<u16>,
}

impl Memo {
    /// How many models a group has at most: the fleets of some engines and versions.
    const MODELS: usize = 8;
    /// A model from which no more facts than these differ is as good as any.
    const NEAR: usize = 16;
    /// A resource from whose nearest model more facts differ becomes a model.
    const FAR: usize = 48;

    /// The facts of a resource.
    pub(crate) fn facts(
        &mut self,
        mapping: &Mapping,
        view: &View<'_>,
        kind: Kind,
        change: Option<&Change>,
        known: &mut Known,
    ) -> Facts {
        let key = (mapping.resource_type, kind);
        let rows = Arc::clone(self.rows.entry(key).or_insert_with(|| mapping.rows_of(kind).into()));
        // A value that waits is read of two sets of attributes.
        if view.running.is_some_and(|running| running.pending.is_some()) {
            return all(&rows, view, change, known);
        }
        let group = Group {
            resource_type: mapping.resource_type,
            kind,
            new: view.new,
            inherits: view.inherits,
            declared: view.is_declared(),
            runs: view.running.is_some(),
            planned: change.is_some(),
        };
        let Models { models, made, met } = self.groups.entry(group).or_default();
        if let Some(model) = nearest(models, view, rows.len(), &mut self.due) {
            *met += 1;
            let mut facts = model.facts.clone();
            for row in self.due.rows.iter().filter_map(|row| rows.get(usize::from(*row))) {
                row.put(view, change, known, &mut facts);
            }
            return facts;
        }
        // Resources that have nothing in common are not worth a model each.
        if *made >= Self::MODELS + *met / Self::MODELS {
            return all(&rows, view, change, known);
        }
        let model = Model::of(&rows, view, change, known);
        let facts = model.facts.clone();
        if models.len() >= Self::MODELS {
            models.remove(0);
        }
        models.push(model);
        *made += 1;
        facts
    }
}

/// All facts of a resource, made of it alone.
fn all(rows: &[&'static Row], view: &View<'_>, change: Option<&Change>, known: &mut Known) -> Facts {
    let mut facts = Facts::default();
    rows.iter().for_each(|row| row.put(view, change, known, &mut facts));
    facts.shrink_to_fit();
    facts
}

/// The model that a resource differs from in the fewest facts, unless it differs from all in many; `due` then holds the rows of
/// these facts. What is near stands last.
fn nearest<'m>(models: &'m mut [Model], view: &View<'_>, rows: usize, due: &mut Due) -> Option<&'m Model> {
    let mut best: Option<(usize, usize)> = None;
    for (position, model) in models.iter().enumerate().rev() {
        if !model.differ(view, rows, due) {
            continue;
        }
        let count = due.rows.len();
        if count <= Memo::NEAR {
            best = Some((position, count));
            break;
        }
        if count <= Memo::FAR && best.is_none_or(|(_, least)| count < least) {
            best = Some((position, count));
        }
    }
    let (position, count) = best?;
    if due.rows.len() != count || count > Memo::NEAR {
        models.get(position)?.differ(view, rows, due);
    }
    let last = models.len().checked_sub(1)?;
    models.swap(position, last);
    models.last()
}

impl Model {
    fn of(rows: &[&'static Row], view: &View<'_>, change: Option<&Change>, known: &mut Known) -> Self {
        let mut facts = Facts::default();
        let mut of_attribute: FxHashMap<CompactString, Vec<(u16, Noted)>> = FxHashMap::default();
        let mut always = Vec::new();
        for (position, row) in (0u16..).zip(rows) {
            let reads = Reads::default();
            row.put(&view.noting(&reads), change, known, &mut facts);
            if reads.everything.get() || row.is_of_change() {
                always.push(position);
            }
            for (name, what) in reads.attributes.into_inner() {
                let of_name = of_attribute.entry(name).or_default();
                match of_name.iter_mut().find(|(row, _)| *row == position) {
                    Some((_, noted)) if what == Noted::References => *noted = what,
                    Some(_) => {}
                    None => of_name.push((position, what)),
                }
            }
        }
        facts.shrink_to_fit();
        let (attributes, provider) = (view.attributes().clone(), view.provider().clone());
        Self { attributes, provider, facts, of_attribute, always }
    }

    /// Finds the rows whose facts may not be the model's; false when all may not be.
    fn differ(&self, view: &View<'_>, rows: usize, due: &mut Due) -> bool {
        due.clear(rows);
        self.always.iter().for_each(|row| due.add(*row));
        let mut tell = |name: &str, difference: Difference| {
            for (row, noted) in self.of_attribute.get(name).into_iter().flatten() {
                if difference == Difference::Value || *noted == Noted::References {
                    due.add(*row);
                }
            }
        };
        if self.provider != *view.provider() {
            tell(PROVIDER, Difference::Value);
        }
        view.attributes().differ(&self.attributes, tell)
    }
}

impl Due {
    fn clear(&mut self, rows: usize) {
        self.rows.clear();
        self.is_due.clear();
        self.is_due.resize(rows, false);
    }

    fn add(&mut self, row: u16) {
        if let Some(is_due) = self.is_due.get_mut(usize::from(row)).filter(|is_due| !**is_due) {
            *is_due = true;
            self.rows.push(row);
        }
    }
}
