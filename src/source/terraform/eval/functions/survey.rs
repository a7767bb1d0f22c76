//! What a value holds deep inside: unknown values, and marks of sensitive ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::value::{Unsettled, Val};

/// A value may hold another many times, and those one again, so that it is small in memory and endless to walk.
const MAX_STEPS: usize = 4_000_000;

/// What was found in values.
#[derive(Default)]
pub(super) struct Survey {
    steps: usize,
    pub(super) sensitive: bool,
    pub(super) unknown: bool,
}

impl Survey {
    pub(super) fn of(values: &[Val]) -> Result<Self, String> {
        let mut survey = Self::default();
        values.iter().try_for_each(|value| survey.walk(value))?;
        Ok(survey)
    }

    fn walk(&mut self, value: &Val) -> Result<(), String> {
        self.steps = self.steps.saturating_add(1);
        if self.steps > MAX_STEPS {
            return Err("the value is too large to calculate with".to_owned());
        }
        match value {
            Val::Unknown(_) => self.unknown = true,
            Val::Sensitive(inner) => {
                self.sensitive = true;
                self.walk(inner)?;
            }
            Val::Sequence(_, elements) => elements.iter().try_for_each(|element| self.walk(element))?,
            Val::Mapping(_, elements) => elements.values().try_for_each(|element| self.walk(element))?,
            Val::Null | Val::Bool(_) | Val::Number(_) | Val::String(_) => {}
        }
        Ok(())
    }
}

/// Whether something in it is unknown.
pub(super) fn holds_unknown(value: &Val) -> bool {
    match value {
        Val::Unknown(_) => true,
        Val::Sensitive(inner) => holds_unknown(inner),
        Val::Sequence(_, elements) => elements.iter().any(holds_unknown),
        Val::Mapping(_, elements) => elements.values().any(holds_unknown),
        Val::Null | Val::Bool(_) | Val::Number(_) | Val::String(_) => false,
    }
}

/// All that the unknown values rest on; marked as sensitive if one of the values is.
pub(super) fn unsettled<'a>(values: impl IntoIterator<Item = &'a Val>) -> Val {
    let mut reasons = Unsettled::default();
    let mut sensitive = false;
    values.into_iter().for_each(|value| gather(value, &mut reasons, &mut sensitive));
    let unknown = Val::Unknown(Arc::new(reasons));
    if sensitive { super::marked(unknown) } else { unknown }
}

fn gather(value: &Val, reasons: &mut Unsettled, sensitive: &mut bool) {
    match value {
        Val::Unknown(found) => {
            reasons.resources.extend(found.resources.iter().cloned());
            reasons.others.extend(found.others.iter().cloned());
        }
        Val::Sensitive(inner) => {
            *sensitive = true;
            gather(inner, reasons, sensitive);
        }
        Val::Sequence(_, elements) => elements.iter().for_each(|element| gather(element, reasons, sensitive)),
        Val::Mapping(_, elements) => elements.values().for_each(|element| gather(element, reasons, sensitive)),
        Val::Null | Val::Bool(_) | Val::Number(_) | Val::String(_) => {}
    }
}

/// Without marks, at any depth.
pub(super) fn unmarked(value: &Val) -> Val {
    match value {
        Val::Sensitive(inner) => unmarked(inner),
        Val::Sequence(kind, elements) => Val::Sequence(*kind, Arc::new(elements.iter().map(unmarked).collect())),
        Val::Mapping(kind, elements) => {
            let bare = elements.iter().map(|(name, element)| (name.clone(), unmarked(element)));
            Val::Mapping(*kind, Arc::new(bare.collect::<BTreeMap<_, _>>()))
        }
        Val::Null | Val::Bool(_) | Val::Number(_) | Val::String(_) | Val::Unknown(_) => value.clone(),
    }
}
