//! Whether a data warehouse delivers its audit logs, which a resource of its own turns on.

use rustc_hash::FxHashMap;

use crate::facts::catalogue::AUDIT_LOGGING;
use crate::facts::mapped::{Feed, Role, Ties};
use crate::model::{FactState, Unknown, Value};

use super::index::{Index, is_elsewhere, not_here};
use super::{Context, Joined, Telling};

/// The warehouses whose audit logging is on.
pub(super) struct Logging {
    by: FxHashMap<usize, usize>,
    /// Why some logging may be of any warehouse.
    doubt: Option<Unknown>,
}

impl Logging {
    pub(super) fn new(telling: &Telling<'_>, index: &Index<'_>) -> Self {
        let mut logging = Self { by: FxHashMap::default(), doubt: None };
        let logs = |of: &Ties| matches!(of.feed, Some(Feed::AuditLogging));
        for (position, of) in telling.feeds.iter().copied().filter(|(_, of)| of.stays && logs(of)) {
            let Some(relation) = of.relation(Role::Source) else { continue };
            match index.resolve_one(of, relation) {
                Ok(warehouse) => drop(logging.by.insert(warehouse, position)),
                Err(reason) if is_elsewhere(of, &reason) => {}
                Err(reason) => logging.doubt = Some(reason),
            }
        }
        logging
    }

    pub(super) fn join(&self, context: &Context<'_>, joined: &mut Joined) {
        if !context.wants(AUDIT_LOGGING) {
            return;
        }
        let by = self.by.get(&context.position).copied();
        let state = match &self.doubt {
            _ if by.is_some() => FactState::Known(Value::Bool(true)),
            Some(reason) => FactState::Unknown(reason.clone()),
            // Nothing outside the plan can log what the plan is yet to make.
            None if context.of.only_here => FactState::Known(Value::Bool(false)),
            None => FactState::Unknown(not_here("audit logging may be declared elsewhere")),
        };
        joined.set(context, AUDIT_LOGGING, state, by);
    }
}
