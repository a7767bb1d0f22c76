//! Compares the facts of one declared resource with those of what runs for it.

use std::borrow::Cow;
use std::sync::Arc;

use crate::facts::catalogue::{ALLOCATED_STORAGE_GIB, STORAGE_AUTOSCALING_LIMIT_GIB, UNAPPLIED_GROUPS};
use crate::facts::{FactId, Omission, is_default, is_unsaid, omission};
use crate::model::{
    Against, Drift, DriftClass, DriftSubject, DriftedResource, Fact, FactMap, FactPath, FactState, Facts, Mover,
    Pending, Resource, SetBy, Text, Unknown, Value,
};

use super::classify::{Waits, expected, is_own_encryption, known, opens_at, waits};
use super::differ::{Same, same};
use super::entries::Entries;
use super::join::{Pair, Running, recorded_facts};
use super::table::{COMPARED, Compare, Row};

/// What a declared resource and what runs for it are compared with.
pub(super) struct Sides<'a> {
    pub(super) against: Against,
    pub(super) now: jiff::Timestamp,
    pub(super) pair: &'a Pair<'a>,
    pub(super) running: &'a Resource,
    /// Made when the first drift is found: most resources have none.
    pub(super) drifted: &'a dyn Fn() -> Arc<DriftedResource>,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) drifts: Vec<Drift>,
    /// How many facts were known on both sides.
    pub(super) compared: usize,
}

/// Why a value is taken for what should run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// Somebody declares it, or Terraform holds the resource to its default.
    Declared,
    /// A state recorded it; whether the configuration sets it, nothing tells.
    Recorded,
    /// The configuration omits it: what creation gave, or what was found later.
    Blind,
}

/// What should run.
pub(super) struct Expected<'a> {
    pub(super) value: Cow<'a, Value>,
    pub(super) basis: Basis,
    pub(super) attribute: Option<&'static str>,
}

/// Every fact that differs.
pub(super) fn compare(sides: &Sides<'_>) -> Found {
    let mut found = Found::default();
    for row in COMPARED.iter().filter(|row| sides.is_about(row)) {
        let follows =
            |drift: &Drift| matches!(&drift.subject, DriftSubject::Fact(path) if row.follows.contains(&path.fact));
        if found.drifts.iter().any(follows) || row.settled_by.is_some_and(|fact| sides.is_same(fact)) {
            continue;
        }
        match row.compare {
            Compare::Tags | Compare::Parameters => sides.map(row, &mut found),
            _ => sides.scalar(row, &mut found),
        }
    }
    sides.unapplied(&mut found);
    found
}

impl<'a> Sides<'a> {
    fn is_about(&self, row: &Row) -> bool {
        let kinds = row.kinds.unwrap_or(row.fact.def().kinds);
        let of_type = || row.types.iter().any(|prefix| self.running.resource_type.starts_with(prefix));
        (kinds.contains(&self.running.kind) || of_type()) && (row.is_portable || self.against != Against::Environment)
    }

    fn recorded(&self) -> Option<&'a Facts> {
        // What was recorded of another database says nothing of this one.
        recorded_facts(self.pair).filter(|_| matches!(self.pair.running, Running::Found(_)))
    }

    /// What should run of a fact; `None` when nothing says.
    fn expected(&self, fact: FactId) -> Option<Expected<'a>> {
        let recorded = self.recorded().and_then(|facts| known(facts.get(fact)));
        let of_record = |basis| {
            let value = Cow::Borrowed(recorded?);
            Some(Expected { value, basis, attribute: self.recorded()?.get(fact).map(|fact| fact.origin.attribute) })
        };
        let Some(intent) = self.pair.intent else { return of_record(Basis::Recorded) };
        let Some(declared) = intent.facts.get(fact) else { return of_record(Basis::Recorded) };
        let attribute = Some(declared.origin.attribute);
        let is_omitted = matches!(declared.origin.set_by, SetBy::Default | SetBy::Recorded);
        match (&declared.state, is_omitted) {
            (FactState::Known(value), false) => {
                Some(Expected { value: Cow::Borrowed(value), basis: Basis::Declared, attribute })
            }
            (FactState::Known(value), true) => match omission(intent, fact) {
                Omission::Enforced => Some(Expected { value: Cow::Borrowed(value), basis: Basis::Declared, attribute }),
                Omission::Kept(Some(created)) => {
                    Some(Expected { value: Cow::Owned(created), basis: Basis::Blind, attribute })
                }
                // A value of the configuration alone is the one that creation gives.
                Omission::Kept(None) if declared.origin.set_by == SetBy::Default => {
                    Some(Expected { value: Cow::Borrowed(value), basis: Basis::Blind, attribute })
                }
                Omission::Kept(None) => of_record(Basis::Blind),
            },
            (FactState::Unknown(_) | FactState::Partial(..), false) => of_record(Basis::Recorded),
            (FactState::Unknown(_) | FactState::Partial(..), true) => of_record(Basis::Blind),
            (FactState::Missing(_), _) => None,
        }
    }

    /// Something that was not there at an earlier time, or is not in another environment. A declaration that has none of it
    /// says nothing: a block that is missing is no opinion (RDS.md section 3.5).
    fn appeared(&self, row: &Row, fact: &Fact, found: &mut Found) {
        let was = self.pair.intent.and_then(|intent| intent.facts.get(row.fact));
        let (Some(FactState::Missing(_)), FactState::Known(runs)) = (was.map(|fact| &fact.state), &fact.state) else {
            return;
        };
        if !row.may_be_none || self.against == Against::Declared {
            return;
        }
        found.compared += 1;
        let should = Expected {
            value: Cow::Borrowed(runs),
            basis: Basis::Declared,
            attribute: was.map(|fact| fact.origin.attribute),
        };
        let path = FactPath { before: false, fact: row.fact, key: None };
        found.drifts.push(Drift { declared: None, running: Some(runs.clone()), ..self.drift(path, runs, &should) });
    }

    /// Two values of a fact. A declaration may say less than what runs; two looks at the same database say as much as each other.
    fn same(&self, row: &Row, value: &Value, runs: &Value) -> Same {
        let is_declared = self.against == Against::Declared;
        match same(row.compare, value, runs) {
            _ if is_declared && is_own_encryption(row.fact, value, self.running) => Same::Yes,
            _ if is_declared && self.is_no_limit(row.fact, value, runs) => Same::Yes,
            Same::Yes if self.against == Against::Earlier && value != runs && row.compare.is_less_precise() => Same::No,
            is_same => is_same,
        }
    }

    /// Whether a fact is known on both sides and is the same.
    fn is_same(&self, fact: FactId) -> bool {
        let (Some(should), Some(runs)) = (self.expected(fact), known(self.running.facts.get(fact))) else {
            return false;
        };
        let row = COMPARED.iter().find(|row| row.fact == fact);
        row.is_some_and(|row| same(row.compare, should.value.as_ref(), runs) == Same::Yes)
    }

    fn scalar(&self, row: &Row, found: &mut Found) {
        let Some(fact) = self.running.facts.get(row.fact) else { return };
        let Some(should) = self.expected(row.fact) else { return self.appeared(row, fact, found) };
        let value = should.value.as_ref();
        let path = FactPath { before: false, fact: row.fact, key: None };
        let runs = match &fact.state {
            FactState::Known(runs) => runs,
            FactState::Unknown(why) | FactState::Partial(_, why) => {
                // An older reply does not name what is as it always was; that it does not is no news of a default.
                let is_default = is_unsaid(self.running.resource_type, why)
                    && is_default(self.running.resource_type, row.fact, value);
                if should.basis != Basis::Blind && !is_default {
                    found.drifts.push(self.unverifiable(path, value, why, &should));
                }
                return;
            }
            FactState::Missing(_) => {
                if row.may_be_none && should.basis != Basis::Blind {
                    found.compared += 1;
                    found.drifts.push(self.drift(path, value, &should));
                }
                return;
            }
        };
        found.compared += 1;
        let is_same = self.same(row, value, runs);
        if let Same::Unclear(why) = is_same {
            // The provider's own choice, of which nobody said anything.
            if should.basis == Basis::Blind {
                return;
            }
            let why = Unknown::NotCollected(Text::Static(why));
            found.drifts.push(Drift { running: Some(runs.clone()), ..self.unverifiable(path, value, &why, &should) });
            return;
        }
        let drift = || Drift { running: Some(runs.clone()), ..self.drift(path.clone(), value, &should) };
        let waiting = |pending: &Pending, reason: Option<Text>| Drift {
            class: DriftClass::Pending,
            pending_at: opens_at(pending, self.running, self.now),
            pending: Some(pending.clone()),
            reason,
            ..drift()
        };
        match waits(row, value, fact, is_same == Same::Yes) {
            Waits::ForDeclared(pending) => found.drifts.push(waiting(pending, None)),
            // That the same waits as before is no difference.
            Waits::ForOther(_) if self.against != Against::Declared => {}
            Waits::ForOther(pending) => {
                let reason = Text::Static("what waits is not what is declared");
                found.drifts.push(waiting(pending, Some(reason)));
            }
            Waits::No if is_same == Same::Yes => {}
            Waits::No => {
                let reason = expected(row, value, runs, self.running);
                let class = if reason.is_some() { DriftClass::Expected } else { self.class(should.basis) };
                let by_provider = class == DriftClass::Expected;
                let moved_by = self.moved_by(row, value, runs, should.basis).filter(|_| !by_provider);
                found.drifts.push(Drift { class, reason, moved_by, ..drift() });
            }
        }
    }

    /// A limit of what is allocated lets storage grow by nothing, and so the provider tells of none (RDS.md section 2.1,
    /// `max_allocated_storage`).
    fn is_no_limit(&self, fact: FactId, declared: &Value, running: &Value) -> bool {
        fact == STORAGE_AUTOSCALING_LIMIT_GIB
            && *running == Value::Integer(0)
            && self.expected(ALLOCATED_STORAGE_GIB).is_some_and(|allocated| allocated.value.as_ref() == declared)
    }

    fn class(&self, basis: Basis) -> DriftClass {
        if basis == Basis::Blind { DriftClass::Undeclared } else { DriftClass::Changed }
    }

    /// Who moved it, where declared, recorded and running are all known.
    fn moved_by(&self, row: &Row, declared: &Value, running: &Value, basis: Basis) -> Option<Mover> {
        let recorded = known(self.recorded()?.get(row.fact))?;
        let is_outside = same(row.compare, recorded, running) != Same::Yes;
        let is_unapplied = basis == Basis::Declared && same(row.compare, declared, recorded) != Same::Yes;
        // What a plan started from is what it had just found: a change at the console looks like one that was never applied.
        if self.pair.recorded.is_none() && is_unapplied {
            return None;
        }
        match (is_outside, is_unapplied) {
            (true, false) => Some(Mover::Outside),
            (false, true) => Some(Mover::Unapplied),
            (true, true) => Some(Mover::Both),
            (false, false) => None,
        }
    }

    /// A change of a fact, of which what runs is still to be said.
    pub(super) fn drift(&self, path: FactPath, value: &Value, should: &Expected<'_>) -> Drift {
        let recorded = self.recorded().and_then(|facts| known(facts.get(path.fact)));
        // Where only a state declares it, the recorded value is the declared one.
        let recorded = recorded.filter(|_| path.key.is_none() && should.basis != Basis::Recorded);
        Drift {
            declared: Some(value.clone()),
            recorded: recorded.cloned(),
            attribute: should.attribute,
            ..Drift::new(DriftClass::Changed, self.against, (self.drifted)(), DriftSubject::Fact(path))
        }
    }

    fn unverifiable(&self, path: FactPath, value: &Value, why: &Unknown, should: &Expected<'_>) -> Drift {
        let reason = Some(Text::from(why.to_string()));
        Drift { class: DriftClass::Unverifiable, reason, ..self.drift(path, value, should) }
    }

    /// The map that should run, and why it is taken for that.
    fn expected_map(&self, fact: FactId) -> Option<(&'a FactMap, Basis)> {
        let intent = self.pair.intent.and_then(|intent| intent.facts.map(fact));
        let is_known = |map: &&FactMap| !map.entries.is_empty() || matches!(map.rest, FactState::Missing(_));
        let recorded = || self.recorded()?.map(fact).map(|map| (map, Basis::Recorded));
        intent.filter(is_known).map(|map| (map, Basis::Declared)).or_else(recorded)
    }

    fn map(&self, row: &Row, found: &mut Found) {
        let (Some((should, basis)), Some(runs)) = (self.expected_map(row.fact), self.running.facts.map(row.fact))
        else {
            return;
        };
        let entries = Entries { sides: self, row, should, runs, basis };
        if let (FactState::Unknown(why), true) = (&runs.rest, runs.entries.is_empty()) {
            // The whole map could not be seen: to say so of every key would say it too often.
            if entries.declares() {
                let path = FactPath { before: false, fact: row.fact, key: None };
                let reason = Some(Text::from(why.to_string()));
                let drift = Drift { class: DriftClass::Unverifiable, reason, ..entries.drift(path, None, None) };
                found.drifts.push(drift);
            }
            return;
        }
        entries.compare(found);
    }

    /// Groups that are not in force: each waits for a reboot, a window, or is being applied.
    fn unapplied(&self, found: &mut Found) {
        if self.against != Against::Declared {
            return;
        }
        let Some(Value::List(groups)) = known(self.running.facts.get(UNAPPLIED_GROUPS)) else { return };
        let path = FactPath { before: false, fact: UNAPPLIED_GROUPS, key: None };
        let should = Expected { value: Cow::Owned(Value::set([])), basis: Basis::Declared, attribute: None };
        for group in groups.iter() {
            found.drifts.push(Drift {
                class: DriftClass::Pending,
                declared: None,
                running: Some(group.clone()),
                reason: group.as_str().map(|text| Text::from(waiting_group(text))),
                ..self.drift(path.clone(), &should.value, &should)
            });
        }
    }
}

/// What a group waits for, by its status (RDS.md section 6).
fn waiting_group(text: &str) -> String {
    let (group, status) = text.rsplit_once(": ").unwrap_or((text, ""));
    let waits = match status {
        "pending-reboot" => "waits for a reboot of the database; a maintenance window does not apply it",
        "pending-database-upgrade" => "waits for an upgrade of the engine",
        "pending-maintenance-apply" | "pending-maintenance-removal" => "waits for the next maintenance window",
        "failed-to-apply" | "failed" => "could not be applied",
        _ => "is being applied",
    };
    format!("{group} {waits}")
}
