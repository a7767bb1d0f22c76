//! The form of a mapping file: a table with one row a fact, which says what attribute gives it or why there is none.

use std::sync::Arc;

use crate::facts::FactId;
use crate::facts::api::{Api, NO_API, only_terraform};
use crate::facts::common::{COMMON, RARE};
use crate::facts::mapped::{Feed, Role, Target};
use crate::facts::shared::{Known, SharedFacts};
use crate::facts::view::{Attr, Inherits, NOT_JOINED, Presence, Running, View, WhenOmitted};
use crate::model::{Change, Fact, FactMap, FactState, Facts, Kind, Origin, Pending, SetBy};

/// What a derived fact is computed to.
pub(crate) type Derived = (FactState, SetBy);

/// How one resource type becomes facts and relations.
pub(crate) struct Mapping {
    /// The type in Terraform's words.
    pub(crate) resource_type: &'static str,
    /// What a resource of the type is; `None` for one that only feeds others.
    pub(crate) kind: Option<fn(&View<'_>) -> Kind>,
    /// Whether a resource concerns databases: not every log group is of one. One that does not is not judged.
    pub(crate) concerns: fn(&View<'_>) -> bool,
    /// The attribute by which the provider knows the resource.
    pub(crate) name: &'static str,
    /// Every attribute by whose value other resources may refer to it.
    pub(crate) ids: &'static [&'static str],
    /// As what others refer to it.
    pub(crate) target: Option<Target>,
    /// The attributes that make it a replica.
    pub(crate) replicates: &'static [&'static str],
    /// The attributes that make it a restored copy.
    pub(crate) restores: &'static [&'static str],
    /// The facts.
    pub(crate) rows: &'static [Row],
    /// The facts that it has in the same way as other types.
    pub(crate) common: &'static [Row],
    /// What it refers to.
    pub(crate) relations: &'static [RelationRow],
    /// What it tells about the resources that refer to it.
    pub(crate) feed: Option<fn(&View<'_>) -> Feed>,
    /// What it is to the resource that records what this one tells as its own.
    pub(crate) recorded_by: Option<Role>,
    /// What the provider's API calls it, and its attributes.
    pub(crate) api: &'static Api,
}

/// One relation of a mapping.
pub(crate) struct RelationRow {
    /// What the other resource is to this one.
    pub(crate) role: Role,
    /// What it may be.
    pub(crate) targets: &'static [Target],
    /// The attribute that names it.
    pub(crate) attribute: &'static str,
    /// The field, when the attribute is a block.
    pub(crate) field: Option<&'static str>,
    /// What stands before the names that it may be; those without it are of something else.
    pub(crate) below: Option<&'static str>,
}

/// A relation by an attribute.
pub(crate) const fn relation(role: Role, targets: &'static [Target], attribute: &'static str) -> RelationRow {
    RelationRow { role, targets, attribute, field: None, below: None }
}

/// A relation by a field of a block.
pub(crate) const fn relation_in(
    role: Role,
    targets: &'static [Target],
    attribute: &'static str,
    field: &'static str,
) -> RelationRow {
    RelationRow { role, targets, attribute, field: Some(field), below: None }
}

/// A relation by an attribute that names things of many kinds, each below its own word: `table/orders`.
pub(crate) const fn relation_below(
    role: Role,
    targets: &'static [Target],
    attribute: &'static str,
    below: &'static str,
) -> RelationRow {
    RelationRow { role, targets, attribute, field: None, below: Some(below) }
}

/// A mapping with nothing in it yet.
pub(crate) const EMPTY: Mapping = Mapping {
    resource_type: "",
    kind: None,
    concerns: |_| true,
    name: "name",
    ids: &["id", "arn"],
    target: None,
    replicates: &[],
    restores: &[],
    rows: &[],
    common: COMMON,
    relations: &[],
    feed: None,
    recorded_by: None,
    api: &NO_API,
};

/// One fact of a mapping.
pub(crate) struct Row {
    /// The fact.
    pub(crate) fact: FactId,
    /// How it is made.
    pub(crate) how: How,
}

/// What a row makes of a resource.
#[derive(Clone, Debug)]
pub(crate) enum Made {
    /// A fact, unless there is none.
    Fact(Option<Arc<Fact>>),
    /// A fact that is read by key.
    Map(Arc<FactMap>),
}

/// How a fact is made.
pub(crate) enum How {
    /// One attribute.
    Attribute(Attr),
    /// One attribute, which says something only while a plan is applied.
    Planned(Attr),
    /// Several attributes; the first is where a person looks.
    Derived(&'static [&'static str], fn(&View<'_>) -> Derived),
    /// An attribute that is read by key.
    Map(&'static [&'static str], fn(&View<'_>, &'static str) -> FactMap),
    /// `link` tells, by the resources that this attribute leads to.
    Joined(&'static str),
    /// One attribute, which only what runs has; why nothing else does.
    Observed(Attr, &'static str),
    /// The plan's change of the resource.
    Change(&'static str, fn(&View<'_>, &Change) -> FactState),
    /// There is none; why.
    Absent(&'static str),
}

/// A fact that an attribute gives.
pub(crate) const fn given(fact: FactId, attribute: Attr) -> Row {
    Row { fact, how: How::Attribute(attribute) }
}

/// A fact that an attribute gives, in plans only.
pub(crate) const fn planned(fact: FactId, attribute: Attr) -> Row {
    Row { fact, how: How::Planned(attribute) }
}

/// A fact that several attributes give.
pub(crate) const fn derived(fact: FactId, attributes: &'static [&'static str], read: fn(&View<'_>) -> Derived) -> Row {
    Row { fact, how: How::Derived(attributes, read) }
}

/// A fact that is read by key.
pub(crate) const fn map(
    fact: FactId,
    attributes: &'static [&'static str],
    read: fn(&View<'_>, &'static str) -> FactMap,
) -> Row {
    Row { fact, how: How::Map(attributes, read) }
}

/// A fact that other resources give.
pub(crate) const fn joined(fact: FactId, attribute: &'static str) -> Row {
    Row { fact, how: How::Joined(attribute) }
}

/// A fact of what runs only; why nothing else has it.
pub(crate) const fn observed(fact: FactId, attribute: Attr, otherwise: &'static str) -> Row {
    Row { fact, how: How::Observed(attribute, otherwise) }
}

/// A fact that the plan's change gives.
pub(crate) const fn change(fact: FactId, attribute: &'static str, read: fn(&View<'_>, &Change) -> FactState) -> Row {
    Row { fact, how: How::Change(attribute, read) }
}

/// A fact that resources of this type do not have; why.
pub(crate) const fn absent(fact: FactId, reason: &'static str) -> Row {
    Row { fact, how: How::Absent(reason) }
}

impl Mapping {
    /// The facts of a resource at one time; with `change`, also what the plan does.
    pub(crate) fn facts(&self, view: &View<'_>, kind: Kind, change: Option<&Change>, shared: &SharedFacts) -> Facts {
        let Some(mut known) = shared.of_this_worker() else { return Facts::default() };
        let (memo, known) = known.parts();
        memo.facts(self, view, kind, change, known)
    }

    /// The rows of the facts that a kind has.
    pub(crate) fn rows_of(&self, kind: Kind) -> Vec<&'static Row> {
        self.all_rows().filter(|row| row.fact.def().kinds.contains(&kind)).collect()
    }

    /// Its own rows and those that other types have too; and why it has none of the facts that few types have, unless it has.
    pub(crate) fn all_rows(&self) -> impl Iterator<Item = &'static Row> + use<> {
        let (own, common) = (self.rows, self.common);
        let given = move |fact| own.iter().chain(common).any(|row| row.fact == fact);
        own.iter().chain(common).chain(RARE.iter().filter(move |row| !given(row.fact)))
    }

    /// Where a resource takes what it omits from. What cannot be told to be absent counts, lest a default be invented.
    pub(crate) fn inherits(&self, view: &View<'_>) -> Inherits {
        let may_be_set = |attributes: &[&str]| attributes.iter().any(|name| view.presence(name) != Presence::Omitted);
        if !view.new {
            Inherits::Nothing
        } else if may_be_set(self.replicates) {
            Inherits::Replicates
        } else if may_be_set(self.restores) {
            Inherits::Restored
        } else {
            Inherits::Nothing
        }
    }

    /// The members of the API's objects behind a fact.
    pub(crate) fn members(&self, fact: FactId) -> impl Iterator<Item = &'static str> + use<> {
        let api = self.api;
        let rows = self.all_rows().filter(move |row| row.fact == fact && !api.object.is_empty());
        let of_row = move |row: &'static Row| match api.direct.iter().find(|(id, _)| *id == row.fact) {
            Some((_, attribute)) => vec![attribute.name],
            None => row.all_attributes(),
        };
        rows.flat_map(of_row).filter_map(move |attribute| api.member(attribute))
    }

    /// The fact that an attribute is by itself.
    pub(crate) fn fact_of(&self, attribute: &str) -> Option<FactId> {
        let is_it = |row: &&Row| matches!(&row.how, How::Attribute(of) if of.name == attribute && of.is_plain());
        self.all_rows().find(is_it).map(|row| row.fact)
    }

    /// What becomes of a fact whose attribute the configuration omits.
    pub(crate) fn when_omitted(&self, fact: FactId) -> WhenOmitted {
        match self.all_rows().find(|row| row.fact == fact).map(|row| &row.how) {
            Some(How::Attribute(attribute) | How::Planned(attribute)) => attribute.when_omitted_is(),
            Some(How::Derived(..)) => WhenOmitted::Kept { created: None, taken_by: None },
            _ => WhenOmitted::Enforced(None),
        }
    }

    /// Why resources of this type do not have a fact.
    pub(crate) fn missing_reason(&self, fact: FactId) -> Option<&'static str> {
        self.all_rows().find(|row| row.fact == fact).and_then(|row| match row.how {
            How::Absent(reason) | How::Observed(_, reason) => Some(reason),
            _ => None,
        })
    }
}

impl Row {
    /// The fact of a resource.
    pub(crate) fn make(&self, view: &View<'_>, change: Option<&Change>, known: &mut Known) -> Made {
        match self.how {
            How::Map(attributes, read) => {
                let mut map = read(view, attributes.first().copied().unwrap_or_default());
                view.running.into_iter().for_each(|running| running.api.tell_origins(&mut map));
                Made::Map(known.map(map))
            }
            _ => Made::Fact(self.fact(view, change).map(|fact| known.fact(self.fact, fact))),
        }
    }

    /// Sets the fact, or takes it away where there is none.
    pub(crate) fn put(&self, made: Made, facts: &mut Facts) {
        match made {
            Made::Fact(Some(fact)) => facts.set(self.fact, fact),
            Made::Fact(None) => facts.unset(self.fact),
            Made::Map(map) => facts.set_map(self.fact, map),
        }
    }

    /// Whether it is read of the plan's change, which is more than attributes.
    pub(crate) fn is_of_change(&self) -> bool {
        matches!(self.how, How::Change(..))
    }

    fn fact(&self, view: &View<'_>, change: Option<&Change>) -> Option<Fact> {
        match view.running {
            Some(running) => self.running(view, running),
            None => self.scalar(view, change),
        }
    }

    /// The fact of a resource that runs, with the value that waits beside it.
    fn running(&self, view: &View<'_>, running: &Running) -> Option<Fact> {
        let api = running.api;
        let mut fact = self.observed(view, api)?;
        if let Some((attributes, waits_for)) = &running.pending {
            let then = self.observed(&view.with(attributes), api)?;
            if let (FactState::Known(value), true) = (then.state, self.is_read_here()) {
                let pending = Pending { value, waits_for: waits_for.clone() };
                fact.pending = (fact.state.known() != Some(&pending.value)).then(|| Box::new(pending));
            }
        }
        Some(fact)
    }

    fn observed(&self, view: &View<'_>, api: &Api) -> Option<Fact> {
        let (attribute, (state, set_by)) = match &self.how {
            How::Observed(attribute, _) => (attribute.name, attribute.state(view)),
            _ => {
                let fact = self.scalar(view, None)?;
                (fact.origin.attribute, (fact.state, fact.origin.set_by))
            }
        };
        if let Some(why) = only_terraform(attribute) {
            return Some(Fact::new(FactState::Missing(why), Origin::attribute(attribute, SetBy::Derived)));
        }
        let itself = api.direct.iter().find(|(id, _)| state == NOT_JOINED && *id == self.fact).map(|(_, attr)| attr);
        let (attribute, (state, set_by)) =
            itself.map_or((attribute, (state, set_by)), |attr| (attr.name, attr.state(view)));
        // What runs has no defaults: a value that nothing sets is what the API means by leaving it out.
        let set_by = if set_by == SetBy::Default { SetBy::Source } else { set_by };
        Some(Fact::new(api.reason(state), Origin::attribute(api.path(attribute), set_by)))
    }

    /// Whether the fact comes of the resource's own attributes.
    fn is_read_here(&self) -> bool {
        matches!(self.how, How::Attribute(_) | How::Derived(..) | How::Observed(..))
    }

    /// The fact, unless it is one that is read by key, or there is none.
    fn scalar(&self, view: &View<'_>, change: Option<&Change>) -> Option<Fact> {
        let (attribute, (state, set_by)) = match (&self.how, change) {
            (How::Attribute(attribute), _) | (How::Planned(attribute), Some(_)) => {
                (attribute.name, attribute.state(view))
            }
            (How::Derived(attributes, read), _) => (attributes.first().copied().unwrap_or_default(), read(view)),
            (How::Joined(attribute), _) => (*attribute, (NOT_JOINED, SetBy::Inherited)),
            (How::Change(attribute, read), Some(change)) => (*attribute, (read(view, change), SetBy::Derived)),
            (How::Planned(_) | How::Change(..), None) | (How::Map(..) | How::Absent(_) | How::Observed(..), _) => {
                return None;
            }
        };
        let set_by = match set_by {
            SetBy::Source | SetBy::Derived if matches!(state, FactState::Known(_)) && self.is_omitted(view) => {
                if view.new { SetBy::Default } else { SetBy::Recorded }
            }
            set_by => set_by,
        };
        Some(Fact::new(state, Origin::attribute(attribute, set_by)))
    }

    /// Whether the configuration is at hand, and omits what Terraform then keeps as it finds it.
    fn is_omitted(&self, view: &View<'_>) -> bool {
        if !view.has_configuration() {
            return false;
        }
        let omits = |name: &str| view.is_configured(name) == Some(false) && !view.is_block(name);
        match &self.how {
            How::Attribute(attribute) => attribute.is_computed() && omits(attribute.name),
            How::Derived(attributes, _) => attributes.iter().all(|name| omits(name)),
            _ => false,
        }
    }

    /// The attributes that it reads of Terraform's sources.
    #[cfg(test)]
    pub(crate) fn attributes(&self) -> Vec<&'static str> {
        match &self.how {
            How::Observed(..) => Vec::new(),
            _ => self.all_attributes(),
        }
    }

    /// The attributes that it reads, of what runs too.
    fn all_attributes(&self) -> Vec<&'static str> {
        match &self.how {
            How::Attribute(attribute) | How::Planned(attribute) | How::Observed(attribute, _) => vec![attribute.name],
            How::Derived(attributes, _) | How::Map(attributes, _) => attributes.to_vec(),
            How::Joined(attribute) | How::Change(attribute, _) => vec![attribute],
            How::Absent(_) => Vec::new(),
        }
    }
}
