//! Facts that need not be made again: those of a resource whose attributes are, as far as they rest on them, its neighbour's.
//!
//! A fact is a function of the attributes that it was made of, and these are noted while it is made. So of another resource
//! of the type only the facts are made that rest on what differs; the resources of a fleet differ in a dozen attributes.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::facts::mapping::{Made, Mapping, Row};
use crate::facts::shared::Known;
use crate::facts::view::{Inherits, View};
use crate::model::{Change, Facts, Kind};
use crate::source::terraform::{Attributes, Difference, Field, ProviderSettings};

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
    /// By row, what became of it when one attribute was not the model's, by the address of that.
    variants: Vec<FxHashMap<usize, Variant>>,
    /// By row, how many variants were kept and how often one was met, since they were last forgotten.
    uses: Vec<Uses>,
}

/// Whether it pays to keep variants.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Uses {
    kept: u32,
    met: u32,
}

impl Uses {
    /// How many variants are kept at a time.
    const VARIANTS: u32 = 64;

    pub(crate) fn meet(&mut self) {
        self.met += 1;
    }

    /// Whether one more is worth keeping: what each resource has of its own is not.
    pub(crate) fn keeps(&self) -> bool {
        self.kept < Self::VARIANTS || self.met >= Self::VARIANTS
    }

    /// Counts one that is kept; whether there were so many that the earlier ones are to be forgotten.
    pub(crate) fn keep(&mut self) -> bool {
        let is_full = self.kept >= Self::VARIANTS;
        if is_full {
            *self = Self::default();
        }
        self.kept += 1;
        is_full
    }
}

/// A fact of a resource that differs from its model in one of the attributes that the fact was made of.
#[derive(Debug)]
struct Variant {
    /// The attribute, kept so that no other one gets its address.
    _cell: Option<Arc<Field>>,
    /// What else the fact was made of, which has to be the model's.
    others: Vec<CompactString>,
    made: Made,
}

/// Rows whose facts are to be made, and why.
#[derive(Debug, Default)]
struct Due {
    /// By row; `None` for one that is not due.
    causes: Vec<Option<Cause>>,
    rows: Vec<u16>,
    /// The attributes that differ.
    names: Vec<CompactString>,
}

/// Why a fact is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// An attribute that is another cell than the model's: its position among the names.
    Cell(usize),
    /// More than that.
    More,
}

impl Memo {
    /// How many models a group has at most: the fleets of some engines and versions.
    const MODELS: usize = 8;
    /// A model from which no more attributes than these differ is as good as any.
    const NEAR: usize = 12;
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
            for position in &self.due.rows {
                if let Some(row) = rows.get(usize::from(*position)) {
                    row.put(model.made(*position, row, view, change, &self.due, known), &mut facts);
                }
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
    rows.iter().for_each(|row| row.put(row.make(view, change, known), &mut facts));
    facts.shrink_to_fit();
    facts
}

/// The model that is nearest to a resource, unless many facts differ even from that; `due` then holds the rows of these facts.
/// What is near stands last.
fn nearest<'m>(models: &'m mut [Model], view: &View<'_>, rows: usize, due: &mut Due) -> Option<&'m mut Model> {
    let mut best: Option<(usize, usize)> = None;
    for (position, model) in models.iter().enumerate().rev() {
        let distance = view.attributes().distance(&model.attributes);
        if best.is_none_or(|(_, least)| distance < least) {
            best = Some((position, distance));
        }
        if distance <= Memo::NEAR {
            break;
        }
    }
    let (position, _) = best?;
    let last = models.len().checked_sub(1)?;
    models.swap(position, last);
    let model = models.last_mut()?;
    (model.differ(view, rows, due) && due.rows.len() <= Memo::FAR).then_some(model)
}

impl Model {
    fn of(rows: &[&'static Row], view: &View<'_>, change: Option<&Change>, known: &mut Known) -> Self {
        let mut facts = Facts::default();
        let mut of_attribute: FxHashMap<CompactString, Vec<(u16, Noted)>> = FxHashMap::default();
        let mut always = Vec::new();
        for (position, row) in (0u16..).zip(rows) {
            let reads = Reads::default();
            row.put(row.make(&view.noting(&reads), change, known), &mut facts);
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
        let variants = rows.iter().map(|_| FxHashMap::default()).collect();
        Self { attributes, provider, facts, of_attribute, always, variants, uses: vec![Uses::default(); rows.len()] }
    }

    /// What becomes of a row that is due.
    fn made(
        &mut self,
        position: u16,
        row: &Row,
        view: &View<'_>,
        change: Option<&Change>,
        due: &Due,
        known: &mut Known,
    ) -> Made {
        let Some(name) = due.cause(position) else { return row.make(view, change, known) };
        let place = usize::from(position);
        let (Some(variants), Some(uses)) = (self.variants.get_mut(place), self.uses.get_mut(place)) else {
            return row.make(view, change, known);
        };
        let cell = view.cell(name);
        let address = cell.map_or(0, |cell| Arc::as_ptr(cell).addr());
        let are_models = |others: &[CompactString]| !others.iter().any(|other| due.names.contains(other));
        if let Some(variant) = variants.get(&address).filter(|variant| are_models(&variant.others)) {
            uses.meet();
            return variant.made.clone();
        }
        if !uses.keeps() {
            return row.make(view, change, known);
        }
        let reads = Reads::default();
        let made = row.make(&view.noting(&reads), change, known);
        let mut noted = reads.attributes.into_inner();
        // The same cell may be set by another expression in the next resource.
        let is_referred = view.has_configuration() && noted.contains(&(name.clone(), Noted::References));
        noted.retain(|(other, _)| other != name);
        let others: Vec<CompactString> = noted.into_iter().map(|(other, _)| other).collect();
        if !reads.everything.get() && !is_referred && are_models(&others) {
            if uses.keep() {
                variants.clear();
            }
            variants.insert(address, Variant { _cell: cell.cloned(), others, made: made.clone() });
        }
        made
    }

    /// Finds the rows whose facts may not be the model's; false when all may not be.
    fn differ(&self, view: &View<'_>, rows: usize, due: &mut Due) -> bool {
        due.clear(rows);
        self.always.iter().for_each(|row| due.add(*row, Cause::More));
        let mut tell = |name: &str, difference: Difference| {
            let cause = due.cause_of(name, difference);
            for (row, noted) in self.of_attribute.get(name).into_iter().flatten() {
                if difference != Difference::References || *noted == Noted::References {
                    due.add(*row, cause);
                }
            }
        };
        if self.provider != *view.provider() {
            tell(PROVIDER, Difference::Configuration);
        }
        view.attributes().differ(&self.attributes, tell)
    }
}

impl Due {
    fn clear(&mut self, rows: usize) {
        self.rows.clear();
        self.names.clear();
        self.causes.clear();
        self.causes.resize(rows, None);
    }

    fn cause_of(&mut self, name: &str, difference: Difference) -> Cause {
        self.names.push(name.into());
        match difference {
            Difference::Cell => Cause::Cell(self.names.len() - 1),
            Difference::Configuration | Difference::References => Cause::More,
        }
    }

    fn add(&mut self, row: u16, cause: Cause) {
        match self.causes.get_mut(usize::from(row)) {
            Some(before @ None) => {
                *before = Some(cause);
                self.rows.push(row);
            }
            Some(before) => *before = Some(Cause::More),
            None => {}
        }
    }

    /// The one attribute for which a row is due, if it differs from the model's in its cell only.
    fn cause(&self, row: u16) -> Option<&CompactString> {
        match self.causes.get(usize::from(row)) {
            Some(Some(Cause::Cell(name))) => self.names.get(*name),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
