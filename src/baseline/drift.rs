//! What a baseline says of drift: what of it is ignored, and which modules databases should come from.

use crate::drift::coverage::ApprovedModules;
use crate::drift::ignore::{self, IgnoreRule};
use crate::yaml::Node;
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::Problems;

/// What a baseline says of drift.
#[derive(Debug, Default)]
pub(super) struct DriftRules {
    pub(super) ignore: Vec<IgnoreRule>,
    pub(super) approved_modules: ApprovedModules,
}

impl DriftRules {
    /// Adds what the baseline says that is extended.
    pub(super) fn join(&mut self, parent: Self) {
        self.ignore.extend(parent.ignore);
        self.approved_modules.join(parent.approved_modules);
    }
}

/// Reads `drift`; what is wrong with it goes to `problems`.
pub(super) fn read(node: &Node, problems: &mut Problems) -> DriftRules {
    let Some(fields) = Fields::read(node, "`drift`", &["ignore", "approved_modules"], problems) else {
        return DriftRules::default();
    };
    let approved = fields.get("approved_modules").map(|node| fields::texts(node, "`approved_modules`", problems));
    DriftRules {
        ignore: fields.get("ignore").map(|node| ignore::rules(node, problems)).unwrap_or_default(),
        approved_modules: approved.map(|texts| ApprovedModules::new(texts, problems)).unwrap_or_default(),
    }
}
