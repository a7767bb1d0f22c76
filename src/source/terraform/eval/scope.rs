//! What names mean where an expression stands.

use std::ops::Range;

use super::fault::Fault;
use super::run::Run;
use super::value::Val;

/// One step behind a name: `.id`, `[0]`, `[*]`.
#[derive(Clone, Debug)]
pub(crate) struct Step<'e> {
    /// What it does.
    pub(crate) kind: StepKind<'e>,
    /// Where it stands.
    pub(crate) span: Option<Range<usize>>,
}

/// What a step does.
#[derive(Clone, Debug)]
pub(crate) enum StepKind<'e> {
    /// `.name`
    Attribute(&'e str),
    /// `[key]`, or the old `.0`
    Index(Val),
    /// `.*`: the attributes that follow are taken of each element
    AttributeSplat,
    /// `[*]`: all steps that follow are taken of each element
    FullSplat,
}

/// What a name with the first steps behind it is.
#[derive(Debug)]
pub(crate) struct Resolved {
    /// The value.
    pub(crate) value: Val,
    /// How many steps it takes in.
    pub(crate) taken: usize,
    /// Whether a splat was among them, so that the other steps are for each element of the value.
    pub(crate) of_each: bool,
}

impl Resolved {
    /// A value that takes in some steps.
    pub(crate) fn of(value: Val, taken: usize) -> Self {
        Self { value, taken, of_each: false }
    }
}

/// What names mean where an expression stands.
pub(crate) trait Scope {
    /// What a name with the first steps behind it is. The variables of `for` expressions are already looked up.
    fn resolve(&self, run: &mut Run<'_>, name: &str, steps: &[Step<'_>]) -> Result<Resolved, Fault>;

    /// Calls a function that is no special form; `None` when there is no such function.
    fn call(&self, name: &str, arguments: &[Val]) -> Option<Result<Val, String>>;

    /// The text of a file that `templatefile` names; `None` when it cannot be read.
    fn template(&self, path: &str) -> Option<String>;
}

/// The variables of `for` expressions, innermost first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bindings<'b> {
    name: &'b str,
    value: &'b Val,
    outer: Option<&'b Bindings<'b>>,
}

impl<'b> Bindings<'b> {
    /// One more variable.
    pub(crate) fn new(name: &'b str, value: &'b Val, outer: Option<&'b Bindings<'b>>) -> Self {
        Self { name, value, outer }
    }

    /// The value of a variable.
    pub(crate) fn get(&self, name: &str) -> Option<&'b Val> {
        let mut next = Some(self);
        while let Some(binding) = next {
            if binding.name == name {
                return Some(binding.value);
            }
            next = binding.outer;
        }
        None
    }
}
