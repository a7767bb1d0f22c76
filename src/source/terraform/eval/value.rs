//! Values of Terraform's language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::number::Number;

/// A value; cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Val {
    /// `null`, of any type.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text, in Unicode normalisation form C, as Terraform holds it.
    String(Arc<str>),
    /// A list, tuple or set.
    Sequence(SequenceKind, Arc<Vec<Val>>),
    /// A map or object, in the order of its keys.
    Mapping(MapKind, Arc<BTreeMap<Arc<str>, Val>>),
    /// Known only after apply.
    Unknown(Arc<Unsettled>),
    /// A value that must not be shown. INVARIANT: what it holds is not itself `Sensitive`.
    Sensitive(Arc<Val>),
}

/// What kind of sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SequenceKind {
    /// Elements of one type.
    List,
    /// What `[a, b]` makes.
    Tuple,
    /// INVARIANT: the elements are sorted as Terraform sorts them, each once.
    Set,
}

/// What kind of mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum MapKind {
    /// Elements of one type.
    Map,
    /// What `{a = b}` makes.
    Object,
    /// A resource as a whole: what its configuration sets. INVARIANT: under the empty name it holds the unknown value that
    /// all its other attributes have.
    Resource,
}

/// Why a value is not known: what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unsettled {
    /// The resources whose attributes it rests on, as full addresses; a step without a key may be any instance.
    pub(crate) resources: BTreeSet<Arc<str>>,
    /// What else it rests on: `data.aws_vpc.main`, `module.net` (not downloaded), `var.x` (no value), `timestamp()`.
    pub(crate) others: BTreeSet<Arc<str>>,
}
