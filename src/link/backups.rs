//! Whether a database's automated backups are copied to another region.

use rustc_hash::FxHashMap;

use crate::facts::catalogue::{BACKUP_RETENTION_DAYS, BACKUPS_REPLICATED};
use crate::facts::mapped::Role;
use crate::model::{FactState, Unknown, Value};

use super::index::{Index, is_elsewhere, not_here};
use super::{Context, Joined, Telling};

/// The databases whose backups are copied.
pub(super) struct Replicated {
    by: FxHashMap<usize, usize>,
    /// Why some copying may be of any database.
    doubt: Option<Unknown>,
}

impl Replicated {
    pub(super) fn new(telling: &Telling<'_>, index: &Index<'_>) -> Self {
        let mut replicated = Self { by: FxHashMap::default(), doubt: None };
        for (position, replication) in telling.copies.iter().copied() {
            let Some(relation) = replication.relation(Role::Source) else { continue };
            match index.resolve_one(replication, relation) {
                Ok(database) => drop(replicated.by.insert(database, position)),
                Err(reason) if is_elsewhere(replication, &reason) => {}
                Err(reason) => replicated.doubt = Some(reason),
            }
        }
        replicated
    }

    pub(super) fn join(&self, context: &Context<'_>, joined: &mut Joined) {
        if !context.wants(BACKUPS_REPLICATED) {
            return;
        }
        let by = self.by.get(&context.position).copied();
        let none_kept = context.resource.facts.known(BACKUP_RETENTION_DAYS) == Some(&Value::Integer(0));
        let state = match &self.doubt {
            _ if by.is_some() => FactState::Known(Value::Bool(true)),
            _ if none_kept => FactState::Known(Value::Bool(false)),
            Some(reason) => FactState::Unknown(reason.clone()),
            // Nothing outside the plan can know the ARN of what the plan is yet to make.
            None if context.of.only_here => FactState::Known(Value::Bool(false)),
            None => FactState::Unknown(not_here("a replication of its backups may be declared elsewhere")),
        };
        joined.set(context, BACKUPS_REPLICATED, state, by);
    }
}
