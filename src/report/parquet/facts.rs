//! The table of facts: one row for each fact that a resource of its kind can have, whatever is known of it; of a fact that is
//! read by key (tags, engine parameters) one for the whole, without a value, and one for each key that the source names.

use std::io;

use super::Scope;
use super::cells::{RESOURCE, RUN, column, json, place, text};
use super::table::{Cell, Column, ColumnType, Columns, TableFile};
use crate::facts::{FactId, FactType, origin_of, state_of};
use crate::model::{Fact, FactPath, FactState, Origin, Pending, Resource, SetBy, Unknown, Value};
use crate::report::json::cause;

const OWN: [Column; 17] = [
    column("fact", ColumnType::Text, "the fact's name: `backup_retention_days`"),
    column("key", ColumnType::Text, "the key, of a fact that is read by key; null of the fact as a whole"),
    column("unit", ColumnType::Text, "the unit of a number: `days`, `GiB`, …"),
    column(
        "state",
        ColumnType::Text,
        "`known`; `partial`: of a list, some elements; `unknown`; `missing`: there is no such property",
    ),
    column("value", ColumnType::Text, "the value as JSON, when it is known, also in part; null of a map as a whole"),
    column("value_number", ColumnType::Integer, "a whole number, in the unit"),
    column("value_bool", ColumnType::Boolean, "a truth value"),
    column("value_text", ColumnType::Text, "a text as it is"),
    column(
        "cause",
        ColumnType::Text,
        "why it is not known, in a word: `known-after-apply`, `denied`, `not-collected`, `unresolved`, `withheld` (sensitive), `invalid`",
    ),
    column("reason", ColumnType::Text, "the same in words; of a missing fact why there is none"),
    column("pending", ColumnType::Text, "the value to come, as JSON"),
    column("waits_for", ColumnType::Text, "what that waits for"),
    column("attribute", ColumnType::Text, "where it came from: the attribute in the source's own words"),
    column("attribute_of", ColumnType::Text, "the resource that holds the attribute, when it is another one"),
    column("set_by", ColumnType::Text, "who set it: `source`, `default`, `recorded`, `inherited`, `derived`"),
    column("file", ColumnType::Text, "the file that declares the resource, or that it was read from"),
    column("line", ColumnType::Integer, "the line, from 1, where it is known"),
];

/// The columns.
pub(super) const COLUMNS: Columns = [&RUN, &RESOURCE, &OWN];

/// Writes the facts of an account.
pub(super) fn write(file: &mut TableFile, scope: &Scope<'_>) -> io::Result<()> {
    let Some(part) = scope.part else { return Ok(()) };
    for position in part.positions() {
        let Some(resource) = scope.run.results.resources.get(position as usize) else { continue };
        let head = scope.run.cells.iter().cloned().chain(scope.run.of_resource(resource, position)).collect();
        Rows { file, head, tail: place(&resource.location), resource }.write()?;
    }
    Ok(())
}

/// The rows of one resource.
struct Rows<'f, 'a> {
    file: &'f mut TableFile,
    head: Vec<Cell>,
    /// `file` and `line`.
    tail: [Cell; 2],
    resource: &'a Resource,
}

impl Rows<'_, '_> {
    fn write(mut self) -> io::Result<()> {
        let kind = self.resource.kind;
        FactId::all().filter(|id| id.def().kinds.contains(&kind)).try_for_each(|id| self.fact(id))
    }

    fn fact(&mut self, id: FactId) -> io::Result<()> {
        let path = FactPath { before: false, fact: id, key: None };
        let (state, origin) = (state_of(self.resource, &path), origin_of(self.resource, &path));
        let is_map = id.def().ty == FactType::Map;
        let pending = self.resource.facts.get(id).and_then(|fact| fact.pending.as_deref());
        self.row(id, Cell::None, Said { state: &state, origin, pending, with_value: !is_map })?;
        let resource = self.resource;
        let Some(map) = resource.facts.map(id) else { return Ok(()) };
        map.entries.iter().try_for_each(|(key, fact)| self.row(id, key.as_ref().into(), Said::of(fact)))
    }

    fn row(&mut self, id: FactId, key: Cell, said: Said<'_>) -> io::Result<()> {
        let name: [Cell; 3] = [id.def().name.into(), key, id.def().unit.into()];
        let head = self.head.iter().cloned();
        self.file.row(head.chain(name).chain(said.cells()).chain(self.tail.iter().cloned()))
    }
}

/// What is said of a fact.
struct Said<'a> {
    state: &'a FactState,
    origin: Option<&'a Origin>,
    pending: Option<&'a Pending>,
    with_value: bool,
}

impl<'a> Said<'a> {
    fn of(fact: &'a Fact) -> Self {
        Self { state: &fact.state, origin: Some(&fact.origin), pending: fact.pending.as_deref(), with_value: true }
    }

    /// From `state` to `set_by`.
    fn cells(&self) -> [Cell; 12] {
        let (word, value, unknown) = match self.state {
            FactState::Known(value) => ("known", Some(value), None),
            FactState::Partial(value, why) => ("partial", Some(value), Some(why)),
            FactState::Unknown(why) => ("unknown", None, Some(why)),
            FactState::Missing(_) => ("missing", None, None),
        };
        let reason = match self.state {
            FactState::Missing(why) => Some(why.to_string()),
            _ => unknown.map(Unknown::to_string),
        };
        let value = value.filter(|_| self.with_value);
        [
            word.into(),
            json(value),
            value.and_then(Value::as_integer).into(),
            value.and_then(Value::as_bool).into(),
            value.and_then(Value::as_str).into(),
            unknown.map(cause).into(),
            reason.as_deref().into(),
            json(self.pending.map(|pending| &pending.value)),
            self.pending.map(|pending| pending.waits_for.as_str()).into(),
            self.origin.map(|origin| origin.attribute).into(),
            text(self.origin.and_then(|origin| origin.resource.as_ref())),
            self.origin.map(|origin| set_by(origin.set_by)).into(),
        ]
    }
}

fn set_by(set_by: SetBy) -> &'static str {
    match set_by {
        SetBy::Source => "source",
        SetBy::Default => "default",
        SetBy::Recorded => "recorded",
        SetBy::Inherited => "inherited",
        SetBy::Derived => "derived",
    }
}
