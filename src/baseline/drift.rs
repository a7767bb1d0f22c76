//! What a baseline says of drift: what of it is ignored.

use crate::drift::ignore::{self, IgnoreRule};
use crate::yaml::Node;
use crate::yaml::fields::Fields;
use crate::yaml::problems::Problems;

/// What a baseline says of drift.
#[derive(Debug, Default)]
pub(super) struct DriftRules {
    pub(super) ignore: Vec<IgnoreRule>,
}

/// Reads `drift`; what is wrong with it goes to `problems`.
pub(super) fn read(node: &Node, problems: &mut Problems) -> DriftRules {
    let Some(fields) = Fields::read(node, "`drift`", &["ignore"], problems) else { return DriftRules::default() };
    DriftRules { ignore: fields.get("ignore").map(|node| ignore::rules(node, problems)).unwrap_or_default() }
}
