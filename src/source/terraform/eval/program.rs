//! The evaluation of one root module: what its parts share.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::expression::Outcome;
use super::fault::Fault;
use super::inputs::Inputs;
use super::item::Item;
use super::problem::Problem;
use super::run::Run;
use super::value::{Unsettled, Val};
use crate::source::terraform::hcl::{Configuration, Span, Syntax, Tree};

/// What is evaluated once, and kept.
#[derive(Debug)]
pub(crate) struct Kept {
    /// The value.
    pub(crate) value: Val,
    /// The resources whose known attributes were read for it.
    pub(crate) read: BTreeSet<Arc<str>>,
}

/// Where something is kept.
pub(crate) type Slot = OnceLock<Kept>;

/// The evaluation of one root module.
pub(crate) struct Program<'c> {
    pub(super) configuration: &'c Configuration,
    pub(super) tree: &'c Tree,
    pub(super) inputs: &'c Inputs,
    /// What the root module's variables are given, already read.
    pub(super) given: super::variables::AllGiven,
    pub(super) files: &'c (dyn super::functions::Files + Sync),
    pub(super) total: AtomicU64,
    instances: AtomicUsize,
    problems: Mutex<BTreeSet<Problem>>,
    /// The root module's variables that nothing gives a value, and something reads.
    without_value: Mutex<BTreeMap<Arc<str>, Span>>,
    /// What depends on itself.
    cyclic: Mutex<BTreeSet<Item>>,
}

impl<'c> Program<'c> {
    pub(super) fn new(
        configuration: &'c Configuration,
        tree: &'c Tree,
        inputs: &'c Inputs,
        files: &'c (dyn super::functions::Files + Sync),
    ) -> Self {
        Self {
            configuration,
            tree,
            inputs,
            given: super::variables::AllGiven::default(),
            files,
            total: AtomicU64::new(0),
            instances: AtomicUsize::new(0),
            problems: Mutex::default(),
            without_value: Mutex::default(),
            cyclic: Mutex::default(),
        }
    }

    /// The folder of the root module.
    pub(super) fn folder(&self) -> &'c Path {
        let root = self.tree.nodes.first().map(|node| self.configuration.module(node.module));
        root.map_or(Path::new(""), |root| &root.folder)
    }

    /// The number of a new instance of a module.
    pub(super) fn next_instance(&self) -> usize {
        self.instances.fetch_add(1, Ordering::Relaxed)
    }

    /// How many instances of modules there are so far.
    pub(super) fn instances(&self) -> usize {
        self.instances.load(Ordering::Relaxed)
    }

    /// Reports what is wrong.
    pub(super) fn report(&self, problem: Problem) {
        lock(&self.problems).insert(problem);
    }

    /// Reports why an expression has no value. `span` is where it stands as a whole.
    pub(super) fn report_fault(&self, fault: &Fault, span: Span) {
        let place = fault.span.as_ref().and_then(|bytes| self.within(span, bytes)).unwrap_or(span);
        self.report(Problem::error(Some(place), fault.message.clone()));
    }

    /// Some bytes of an expression; expressions of JSON syntax have no bytes of their own.
    fn within(&self, span: Span, bytes: &std::ops::Range<usize>) -> Option<Span> {
        let native = self.configuration.files.get(span.file).is_some_and(|file| file.syntax == Syntax::Native);
        let place = Span { start: u32::try_from(bytes.start).ok()?, end: u32::try_from(bytes.end).ok()?, ..span };
        (native && span.start <= place.start && place.end <= span.end).then_some(place)
    }

    /// Reports that a variable of the root module has no value.
    pub(super) fn without_value(&self, name: &str, span: Span) {
        lock(&self.without_value).insert(name.into(), span);
    }

    /// What was reported, in order.
    pub(super) fn problems(self) -> Vec<Problem> {
        let without_value = std::mem::take(&mut *lock(&self.without_value));
        if let Some(span) = without_value.values().min() {
            let names: Vec<String> = without_value.keys().map(|name| format!("`{name}`")).collect();
            let note = Problem::note(Some(*span), format!("no value for {}", names.join(", ")));
            self.report(note.help("what depends on it is unknown; give one with `--var` or `--var-file`"));
        }
        let problems = self.problems.into_inner().unwrap_or_else(PoisonError::into_inner);
        problems.into_iter().collect()
    }

    /// Evaluates an item once. What is wrong with it is reported, and makes it unknown; and so is what depends on itself.
    pub(super) fn keep<'s>(
        &self,
        run: &mut Run<'_>,
        slot: &'s Slot,
        name: impl FnOnce() -> (Item, Arc<str>, Span),
        evaluate: impl FnOnce(&mut Run<'_>) -> Outcome,
    ) -> Result<Ref<'s>, Fault> {
        if let Some(kept) = slot.get() {
            return Ok(Ref::Kept(kept));
        }
        let (item, address, span) = name();
        if run.chain.contains(&item) {
            self.cycle(&run.chain, &item, span);
            return Ok(Ref::Made(Unsettled::on_other(format!("{address} (depends on itself)")).into_val()));
        }
        let (outcome, read) = run.nested(|run| Ok(run.item(item.clone(), evaluate)))?;
        let mut value = outcome.unwrap_or_else(|fault| {
            self.report_fault(&fault, span);
            Unsettled::on_other(format!("{address} (not valid)")).into_val()
        });
        if lock(&self.cyclic).contains(&item) {
            value = Unsettled::on_other(format!("{address} (depends on itself)")).into_val();
        }
        Ok(Ref::Kept(slot.get_or_init(|| Kept { value, read })))
    }

    /// Reports a cycle, once, however it was found: it begins with the least of its members.
    pub(super) fn cycle(&self, chain: &[Item], item: &Item, span: Span) {
        let start = chain.iter().position(|open| open == item).unwrap_or(chain.len());
        let mut members: Vec<Item> = chain.get(start..).unwrap_or_default().to_vec();
        let first = members.iter().enumerate().min_by_key(|(_, member)| *member).map_or(0, |(position, _)| position);
        members.rotate_left(first);
        lock(&self.cyclic).extend(members.iter().cloned());
        let names: Vec<String> =
            members.iter().chain(members.first()).map(|member| format!("`{}`", member.name)).collect();
        let problem = Problem::error(Some(span), format!("a cycle: {}", names.join(" needs ")));
        let mut problems = lock(&self.problems);
        // The same cycle may have been entered elsewhere: of its places the first one is shown.
        let same = problems.iter().find(|known| known.message == problem.message).cloned();
        match same {
            Some(known) if known.span <= problem.span => {}
            Some(known) => {
                problems.remove(&known);
                problems.insert(problem);
            }
            None => drop(problems.insert(problem)),
        }
    }
}

/// Something kept, or made up because it cannot be kept.
pub(crate) enum Ref<'s> {
    Kept(&'s Kept),
    Made(Val),
}

impl Ref<'_> {
    /// The value, read by what is being evaluated: with the resources that it was read from, if it is taken as a whole.
    pub(super) fn read(&self, run: &mut Run<'_>, whole: bool) -> Val {
        match self {
            Self::Kept(kept) => {
                // Of a part of it, nothing tells which resources it was read from.
                if whole {
                    run.read.extend(kept.read.iter().cloned());
                }
                kept.value.clone()
            }
            Self::Made(value) => value.clone(),
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
