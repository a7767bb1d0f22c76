//! Severities that a baseline gives to rules: by id, by an earlier id, or by a glob over `<domain>/<name>`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::phase::SetSeverity;
use super::raw::RawSeverity;
use super::rules::Names;
use crate::model::Severity;
use crate::yaml::problems::{Place, Problems};

/// The severities that one mapping sets. A rule that is named by itself has what is said of it, wherever that stands; of
/// globs the last one that matches decides.
pub(super) fn set(raw: &[RawSeverity], names: &mut Names<'_>, problems: &mut Problems) -> Vec<SetSeverity> {
    let mut by_glob: BTreeMap<Arc<str>, (Severity, Place)> = BTreeMap::new();
    let mut by_id: BTreeMap<Arc<str>, (Severity, Place)> = BTreeMap::new();
    for RawSeverity { rules, severity } in raw {
        let said = (*severity, rules.place);
        let Some(id) = names.exact(rules, problems) else {
            by_glob.extend(names.ids(rules, problems).into_iter().map(|id| (id, said)));
            continue;
        };
        if let Some((_, (line, _))) = by_id.insert(id.clone(), said) {
            let title = format!("rule `{id}` is given a severity twice");
            problems.add_with_help(rules.place, title, format!("the first is at line {line}"));
        }
    }
    by_glob.extend(by_id);
    by_glob.into_iter().map(|(rule, (severity, place))| SetSeverity { rule, severity, place }).collect()
}
