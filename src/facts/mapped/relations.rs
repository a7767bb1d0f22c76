//! Reads what a resource refers to; relations that say the same are one.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};
use serde_json::Value as Json;

use super::{Instances, Reference, Relation};
use crate::facts::mapping::RelationRow;
use crate::facts::view::{View, lower_case};
use crate::model::Unknown;
use crate::source::terraform::{Attribute, Field, References, without_keys};

/// The relations that were read so far. A database has several, and those of a fleet are few.
#[derive(Default)]
pub(crate) struct Relations {
    /// By what they say.
    told: FxHashMap<u64, Arc<Relation>>,
    /// Of what runs, by the addresses of the row and of the attribute, which nothing else decides: it has no configuration that
    /// could refer to anything. The attribute is kept so that no other one gets its address.
    of_cells: FxHashMap<(usize, usize), (Arc<Field>, Arc<Relation>)>,
}

/// How many attributes are remembered with their relation: many more than resources share.
const CELLS: usize = 4096;

impl Relations {
    /// The relation of one resource, or its equal that was read before.
    pub(crate) fn read(&mut self, row: &RelationRow, view: &View<'_>) -> Arc<Relation> {
        let Some(cell) = view.running.and_then(|_| view.cell(row.attribute)) else { return self.told(row, view) };
        let key = (std::ptr::from_ref(row).addr(), Arc::as_ptr(cell).addr());
        if let Some((_, relation)) = self.of_cells.get(&key) {
            return Arc::clone(relation);
        }
        let relation = self.told(row, view);
        if self.of_cells.len() == CELLS {
            self.of_cells.clear();
        }
        self.of_cells.insert(key, (Arc::clone(cell), Arc::clone(&relation)));
        relation
    }

    fn told(&mut self, row: &RelationRow, view: &View<'_>) -> Arc<Relation> {
        let draft = Draft::read(row, view);
        match self.told.entry(draft.digest(row)) {
            Entry::Occupied(same) if draft.is(row, same.get()) => Arc::clone(same.get()),
            Entry::Occupied(mut other) => {
                let new = Arc::new(draft.relation(row));
                other.insert(Arc::clone(&new));
                new
            }
            Entry::Vacant(slot) => Arc::clone(slot.insert(Arc::new(draft.relation(row)))),
        }
    }
}

/// A relation as a resource tells it, of which nothing is copied yet.
#[derive(Default)]
struct Draft<'v> {
    known: Vec<Cow<'v, str>>,
    references: Vec<Reference>,
    rest: Option<Unknown>,
    by_reference: bool,
}

impl<'v> Draft<'v> {
    fn read(row: &RelationRow, view: &View<'v>) -> Self {
        let mut draft = Self::default();
        match row.field {
            None => draft.read_attribute(view, row.attribute),
            Some(field) => draft.read_blocks(view, row.attribute, field),
        }
        if !draft.is_omitted()
            && let Some(references) = view.references(row.attribute)
        {
            draft.refer(references, row.role.is_of_one());
        }
        if let Some(prefix) = row.below {
            draft.known.retain(|id| id.starts_with(prefix));
            draft.known.iter_mut().for_each(|id| *id = Cow::Owned(id.trim_start_matches(prefix).to_owned()));
        }
        draft
    }

    /// Equal relations of a row have equal digests, and others hardly ever.
    fn digest(&self, row: &RelationRow) -> u64 {
        let mut hasher = FxHasher::default();
        (row.role, row.targets, &self.known, &self.references, &self.rest, self.by_reference).hash(&mut hasher);
        hasher.finish()
    }

    /// Whether this is the relation.
    fn is(&self, row: &RelationRow, relation: &Relation) -> bool {
        let Relation { role, targets, known, references, rest, by_reference } = relation;
        (row.role, row.targets, self.by_reference) == (*role, *targets, *by_reference)
            && self.known.iter().map(AsRef::as_ref).eq(known.iter().map(AsRef::<str>::as_ref))
            && (&self.references, &self.rest) == (references, rest)
    }

    fn relation(self, row: &RelationRow) -> Relation {
        Relation {
            role: row.role,
            targets: row.targets,
            known: self.known.into_iter().map(Arc::from).collect(),
            references: self.references,
            rest: self.rest,
            by_reference: self.by_reference,
        }
    }

    /// Whether the resource names nothing at all.
    fn is_omitted(&self) -> bool {
        self.known.is_empty() && !self.by_reference && self.rest.is_none()
    }

    fn read_attribute(&mut self, view: &View<'v>, attribute: &str) {
        match view.get(attribute) {
            Attribute::Known(value) => {
                self.know(value);
                self.by_reference = view.is_unknown_inside(attribute);
            }
            Attribute::Referenced(_) => self.by_reference = true,
            Attribute::Undetermined(why) => self.rest = Some(why.clone()),
            Attribute::Sensitive => self.rest = Some(Unknown::Sensitive),
            Attribute::Null | Attribute::Computed => {}
        }
        if self.by_reference && view.references(attribute).is_none() {
            self.rest = Some(Unknown::KnownAfterApply);
        }
    }

    fn read_blocks(&mut self, view: &View<'v>, attribute: &str, field: &str) {
        for (position, block) in view.blocks(attribute).iter().enumerate() {
            if view.unknown_in_block(attribute, position, field) {
                self.by_reference = true;
            } else if let Some(value) = block.get(field) {
                self.know(value);
            }
        }
        self.by_reference |= matches!(view.get(attribute), Attribute::Referenced(_));
        if let Attribute::Undetermined(why) = view.get(attribute) {
            self.rest = Some(why.clone());
        }
    }

    fn know(&mut self, value: &'v Json) {
        match value {
            Json::String(id) if !id.is_empty() => self.known.push(lower_case(id)),
            Json::Array(items) => items.iter().for_each(|item| self.know(item)),
            _ => {}
        }
    }

    /// Takes in what the configuration's expression refers to. Literal ids beside references in one list do not show in a
    /// plan; that nobody mixes the two is assumed.
    fn refer(&mut self, references: &References, is_of_one: bool) {
        let by_key = references.led.others.iter().any(|other| is_key(other));
        for base in &references.led.resources {
            let mut keyed =
                references.led.instances.iter().filter(|instance| without_keys(instance) == **base).peekable();
            if keyed.peek().is_none() {
                let one = by_key || names_attribute(references, base);
                let instances = if one { Instances::One } else { Instances::All };
                self.references.push(Reference { base: Arc::clone(base), instances });
            }
            self.references.extend(keyed.map(|instance| Reference::to_instance(instance)));
        }
        let may_be_others = match is_of_one {
            true => references.led.undecided,
            false => references.led.others.iter().any(|other| !is_key(other)),
        };
        if self.by_reference && may_be_others {
            self.rest.get_or_insert(Unknown::KnownAfterApply);
        }
    }
}

impl Reference {
    /// Takes the resource's own key off an address such as `module.net["eu"].aws_subnet.private[0]`.
    fn to_instance(address: &str) -> Self {
        let own_key = address.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
        match own_key {
            Some((base, key)) if !key.contains("].") => {
                Self { base: base.into(), instances: Instances::Key(key.into()) }
            }
            _ => Self { base: address.into(), instances: Instances::One },
        }
    }
}

/// Whether an expression names an attribute of one instance of a resource, as `aws_subnet.a.id` does; a splat names the
/// resource alone, and so does a computed key.
fn names_attribute(references: &References, base: &str) -> bool {
    references.addresses.iter().any(|address| {
        let mut dots = address.match_indices('.').map(|(position, _)| position);
        let local = dots.nth(1).and_then(|end| address.get(..end));
        let before = local.and_then(|local| base.strip_suffix(local));
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// What chooses an instance and carries no id.
fn is_key(other: &str) -> bool {
    other.ends_with("each.key") || other.ends_with("count.index")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::facts::api::NO_API;
    use crate::facts::mapped::{Role, Target};
    use crate::facts::mapping::{relation, relation_below};
    use crate::facts::testing::records;
    use crate::facts::view::Running;

    /// Two that read the same attribute in different ways.
    const ROWS: [RelationRow; 2] = [
        relation(Role::Key, &[Target::Key], "resource_id"),
        relation_below(Role::Source, &[Target::Table], "resource_id", "table/"),
    ];

    fn known(relation: &Relation) -> Vec<&str> {
        relation.known.iter().map(AsRef::as_ref).collect()
    }

    #[test]
    fn what_runs_is_remembered_by_the_row_and_the_attribute() {
        let sketch = |id: &str| records("aws_appautoscaling_target.a", json!({"resource_id": id}));
        let (one, other) = (sketch("table/orders"), sketch("table/bills"));
        let running = Running { api: &NO_API, pending: None };
        let mut relations = Relations::default();
        for _ in 0..2 {
            for (sketch, name) in [(&one, "orders"), (&other, "bills")] {
                let resource = sketch.resource();
                let view = View::of_running(resource, resource.after.as_ref().unwrap(), &running);
                let [key, table] = ROWS.each_ref().map(|row| relations.read(row, &view));
                assert_eq!((known(&key), known(&table)), (vec![&*format!("table/{name}")], vec![name]));
                assert!(Arc::ptr_eq(&key, &relations.read(&ROWS[0], &view)));
            }
        }
        assert_eq!(relations.of_cells.len(), 4);
    }
}
