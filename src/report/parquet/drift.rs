//! The table of drift: one row for each fact, or whole resource, that differs between two sides that should agree.

use std::io;

use super::Scope;
use super::cells::{RUN, Run, column, instant, is_database, json, place, text};
use super::table::{Cell, Column, ColumnType, Columns, TableFile};
use crate::model::{Drift, Kind, Mover, Severity};
use crate::report::drift::{Effect, what};

const OWN: [Column; 17] = [
    column(
        "class",
        ColumnType::Text,
        "`changed`, `undeclared`, `pending`, `expected`, `missing`, `unmanaged`, `replaced`, `unverifiable`",
    ),
    column(
        "against",
        ColumnType::Text,
        "what was compared with what runs: `declared`, `golden`, `earlier`, `environment`, `plan`",
    ),
    column("rule", ColumnType::Text, "the rule that reports show it under: `DBK-DRIFT-MULTI-AZ`"),
    column(
        "subject",
        ColumnType::Text,
        "what drifted: a fact (`tags.owner`), an attribute, `identifier`, or `resource` as a whole",
    ),
    column("declared", ColumnType::Text, "the value on the declared side, as JSON"),
    column("recorded", ColumnType::Text, "the value that Terraform recorded last, as JSON"),
    column("running", ColumnType::Text, "the value that runs, as JSON"),
    column("pending", ColumnType::Text, "the value to come at what runs, as JSON"),
    column("pending_at", ColumnType::Instant, "when the window that it waits for opens next, UTC"),
    column("moved_by", ColumnType::Text, "who moved it: `outside` Terraform, `unapplied`, `both`"),
    column(
        "effect",
        ColumnType::Text,
        "what it does to verdicts: `worse`, `better`, `cosmetic`; null when it was not judged",
    ),
    column("severity", ColumnType::Text, "of the gravest rule that it makes fail"),
    column("fails_gate", ColumnType::Boolean, "whether the gate fails on its class"),
    column("message", ColumnType::Text, "what drifted, in words"),
    column(
        "file",
        ColumnType::Text,
        "the file of the line that declares it, else the file that the resource was read from",
    ),
    column("line", ColumnType::Integer, "the line, from 1"),
    column("fingerprint", ColumnType::Text, "an identity that survives moved lines and other values"),
];

const RESOURCE: [Column; 11] = [
    column(
        "resource",
        ColumnType::Text,
        "the Terraform address, where something declares it; else the id of what runs",
    ),
    column("running_id", ColumnType::Text, "the id of what runs (an ARN); null when nothing does"),
    column("resource_type", ColumnType::Text, "the type in Terraform's words"),
    column("kind", ColumnType::Text, "what it is; null for a type that has no facts"),
    column("provider", ColumnType::Text, "`aws`, `azure`, `google`, `postgres`, `mysql`"),
    column("account_id", ColumnType::Text, "the account, subscription or project, as it is"),
    column("account_name", ColumnType::Text, "its name in the fleet file"),
    column("region", ColumnType::Text, "the region"),
    column("name", ColumnType::Text, "the name that the provider knows it by"),
    column("tier", ColumnType::Text, "its tier; null when no baseline was asked"),
    column("database", ColumnType::Boolean, "whether it is a database: an instance or a cluster"),
];

/// The columns.
pub(super) const COLUMNS: Columns = [&RUN, &RESOURCE, &OWN];

/// Writes the drift of an account.
pub(super) fn write(file: &mut TableFile, scope: &Scope<'_>) -> io::Result<()> {
    for drift in &scope.drifts {
        let cells = scope.run.cells.iter().cloned().chain(of_resource(scope.run, drift));
        file.row(cells.chain(own(scope.run, drift)))?;
    }
    Ok(())
}

fn of_resource(run: &Run<'_>, drift: &Drift) -> [Cell; RESOURCE.len()] {
    let resource = &drift.resource;
    let account = resource.scope.account.as_ref();
    [
        resource.id.as_ref().into(),
        text(resource.running_id.as_ref()),
        resource.resource_type.as_ref().into(),
        resource.kind.map(Kind::as_str).into(),
        resource.provider.as_str().into(),
        text(account),
        run.account_name(account),
        text(resource.scope.region.as_ref()),
        text(resource.name.as_ref()),
        text(Some(&resource.tier)),
        resource.kind.is_some_and(is_database).into(),
    ]
}

fn own(run: &Run<'_>, drift: &Drift) -> [Cell; OWN.len()] {
    let [file, line] = place(drift.location());
    let comparison = run.results.drift.comparison.as_ref();
    [
        drift.class.as_str().into(),
        drift.against.as_str().into(),
        drift.rule_id().as_str().into(),
        drift.subject.to_string().as_str().into(),
        json(drift.declared.as_ref()),
        json(drift.recorded.as_ref()),
        json(drift.running.as_ref()),
        json(drift.pending.as_ref().map(|pending| &pending.value)),
        instant(drift.pending_at.as_deref()),
        drift.moved_by.map(Mover::as_str).into(),
        Effect::of(drift).map(Effect::as_str).into(),
        drift.severity().map(Severity::as_str).into(),
        comparison.is_some_and(|comparison| comparison.fails(drift)).into(),
        what(drift).as_str().into(),
        file,
        line,
        drift.fingerprint().as_str().into(),
    ]
}
