//! What one evaluation carries along: how deep it is, what it may still take, and which resources it has read.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fault::Fault;
use super::item::Item;
use super::unsettled::{unsettled_in, weight};
use super::value::{Unsettled, Val};

/// The deepest nesting of expressions, through locals, variables and modules.
///
/// A chain of thirty modules that hand a value down takes about 150. Each level takes up to 5 KiB of stack in a debug build,
/// and a thread has 2 MiB.
pub(crate) const DEEPEST: usize = 250;

/// The most steps that one attribute, local or output may take.
const MOST_STEPS: u64 = 2_000_000;

/// The most steps that the evaluation of one root module may take: about a thousand for each of 100,000 resources, and
/// some minutes at the most.
pub(crate) const MOST_STEPS_OF_ROOT: u64 = 100_000_000;

/// What an evaluation carries along.
#[derive(Debug)]
pub(crate) struct Run<'r> {
    depth: usize,
    steps: u64,
    total: &'r AtomicU64,
    /// What is being evaluated, outermost first: a repetition is a cycle.
    pub(crate) chain: Vec<Item>,
    /// The resources whose known attributes were read: full addresses.
    pub(crate) read: BTreeSet<Arc<str>>,
    /// What `try` or `can` wants to know of its argument.
    watch: Option<Watched>,
}

/// What is not known of an expression that has a value so far.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    /// What it rests on.
    pub(crate) touched: Option<Unsettled>,
    /// Whether it may turn out to have no value: it steps into something unknown, or rests on more than resources'
    /// attributes.
    pub(crate) doubtful: bool,
}

impl<'r> Run<'r> {
    /// An evaluation that counts towards a total.
    pub(crate) fn new(total: &'r AtomicU64) -> Self {
        Self { depth: 0, steps: 0, total, chain: Vec::new(), read: BTreeSet::new(), watch: None }
    }

    /// Counts steps.
    pub(crate) fn charge(&mut self, steps: usize) -> Result<(), Fault> {
        let steps = steps as u64;
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MOST_STEPS {
            return Err(Fault::limit(format!("the expression takes more than {MOST_STEPS} steps or values")));
        }
        if self.total.fetch_add(steps, Ordering::Relaxed) > MOST_STEPS_OF_ROOT {
            return Err(Fault::limit(format!(
                "the configuration takes more than {MOST_STEPS_OF_ROOT} steps or values"
            )));
        }
        Ok(())
    }

    /// What is left before a limit is met.
    pub(crate) fn left(&self) -> usize {
        usize::try_from(MOST_STEPS.saturating_sub(self.steps)).unwrap_or(usize::MAX)
    }

    /// Evaluates something nested.
    pub(crate) fn nested<T>(&mut self, evaluate: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.charge(1)?;
        if self.depth >= DEEPEST {
            return Err(Fault::limit(format!("expressions are nested more than {DEEPEST} levels deep")));
        }
        self.depth += 1;
        let outcome = evaluate(self);
        self.depth -= 1;
        outcome
    }

    /// Evaluates another item, with steps of its own. Gives also which resources it read.
    pub(crate) fn item<T>(&mut self, item: Item, evaluate: impl FnOnce(&mut Self) -> T) -> (T, BTreeSet<Arc<str>>) {
        let steps = std::mem::take(&mut self.steps);
        let read = std::mem::take(&mut self.read);
        let watch = self.watch.take();
        self.chain.push(item);
        let outcome = evaluate(self);
        self.chain.pop();
        self.watch = watch;
        self.steps = steps;
        (outcome, std::mem::replace(&mut self.read, read))
    }

    /// Counts what a new value is made of. So no value is larger than what may be counted, however much its parts share.
    pub(crate) fn built(&mut self, value: Val) -> Result<Val, Fault> {
        self.charge(weight(&value, self.left()))?;
        Ok(value)
    }

    /// Evaluates, and tells what is not known of it.
    pub(crate) fn watched<T>(&mut self, evaluate: impl FnOnce(&mut Self) -> T) -> (T, Watched) {
        let outer = self.watch.replace(Watched::default());
        let outcome = evaluate(self);
        let found = std::mem::replace(&mut self.watch, outer).unwrap_or_default();
        if let (Some(outer), Some(touched)) = (&mut self.watch, &found.touched) {
            outer.touched.get_or_insert_default().join(touched);
            outer.doubtful |= found.doubtful;
        }
        (outcome, found)
    }

    /// Notes what a name means.
    pub(crate) fn touch(&mut self, value: &Val) {
        let Some(watch) = &mut self.watch else { return };
        if let Some(unsettled) = unsettled_in(value) {
            watch.doubtful |= !unsettled.others.is_empty();
            watch.touched.get_or_insert_default().join(&unsettled);
        }
    }

    /// Notes that something unknown is stepped into.
    pub(crate) fn doubt(&mut self) {
        if let Some(watch) = &mut self.watch {
            watch.doubtful = true;
        }
    }
}
