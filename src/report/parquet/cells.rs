//! The cells that many rows share, made once: those of the run and those of a resource.

use std::io;
use std::sync::Arc;

use super::table::{Cell, Column, ColumnType};
use crate::history::owner;
use crate::model::{Kind, Location, Resource, Results, Value};

/// The columns of the run.
pub(super) const RUN: [Column; 2] = [
    column("as_of", ColumnType::Instant, "the instant that the run judged from (`--as-of`), UTC"),
    column("category", ColumnType::Text, "what tells the runs of one scope from those of another (`--category`)"),
];

/// The columns of a resource.
pub(super) const RESOURCE: [Column; 13] = [
    column("resource", ColumnType::Text, "the Terraform address, or the id of what runs (an ARN)"),
    column("arn", ColumnType::Text, "the ARN, where it is known"),
    column("resource_type", ColumnType::Text, "the type in Terraform's words: `aws_db_instance`"),
    column("kind", ColumnType::Text, "what it is, whoever runs it: `instance`, `cluster`, `snapshot`, …"),
    column(
        "database",
        ColumnType::Boolean,
        "whether it is a database: an instance or a cluster; members count with their cluster",
    ),
    column("provider", ColumnType::Text, "`aws`, `azure`, `google`, `postgres`, `mysql`"),
    column(
        "account_id",
        ColumnType::Text,
        "the account, subscription or project, as it is; `account` is that of the path",
    ),
    column("account_name", ColumnType::Text, "its name in the fleet file"),
    column("region", ColumnType::Text, "the region"),
    column("name", ColumnType::Text, "the name that the provider knows it by"),
    column("tier", ColumnType::Text, "its tier in the baseline"),
    column("owner", ColumnType::Text, "its tag `owner`, else the account's owner in the fleet file"),
    column(
        "planned_action",
        ColumnType::Text,
        "what the plan does to it: `create`, `update`, …; null when no plan was read",
    ),
];

/// A column.
pub(super) const fn column(name: &'static str, ty: ColumnType, about: &'static str) -> Column {
    Column { name, ty, about }
}

/// A run, and its cells.
pub(super) struct Run<'a> {
    /// What it found.
    pub(super) results: &'a Results,
    /// Its day, in UTC.
    pub(super) date: String,
    /// The cells of [`RUN`].
    pub(super) cells: [Cell; RUN.len()],
}

impl<'a> Run<'a> {
    pub(super) fn new(results: &'a Results, category: &str) -> io::Result<Self> {
        let as_of: jiff::Timestamp = results.run.as_of.parse().map_err(io::Error::other)?;
        let date = as_of.strftime("%Y-%m-%d").to_string();
        Ok(Self { results, date, cells: [as_of.as_millisecond().into(), category.into()] })
    }

    /// The cells of [`RESOURCE`].
    pub(super) fn of_resource(&self, resource: &Resource, position: u32) -> Vec<Cell> {
        let results = self.results;
        let tier = results
            .assignments
            .get(position as usize)
            .and_then(|assignment| results.tiers.get(usize::from(assignment.tier)));
        let arn = resource.identity.arn.as_ref().or_else(|| is_arn(&resource.id).then_some(&resource.id));
        vec![
            resource.id.as_ref().into(),
            text(arn),
            resource.resource_type.into(),
            resource.kind.as_str().into(),
            is_database(resource.kind).into(),
            resource.provider.as_str().into(),
            text(resource.scope.account.as_ref()),
            self.account_name(resource.scope.account.as_ref()),
            text(resource.scope.region.as_ref()),
            text(resource.name.as_ref()),
            text(tier.map(|tier| &tier.name)),
            text(owner(results, resource).as_ref()),
            resource.change.as_ref().map(|change| change.action.as_str()).into(),
        ]
    }

    /// What people call an account.
    pub(super) fn account_name(&self, account: Option<&Arc<str>>) -> Cell {
        let info = account.and_then(|account| self.results.accounts.get(account));
        text(info.and_then(|info| info.name.as_ref()))
    }
}

/// Whether a resource of a kind is a database; members count with their cluster.
pub(super) fn is_database(kind: Kind) -> bool {
    matches!(kind, Kind::Instance | Kind::Cluster)
}

fn is_arn(id: &str) -> bool {
    id.starts_with("arn:")
}

/// A text; what is empty is null.
pub(super) fn text(text: Option<&Arc<str>>) -> Cell {
    text.map(AsRef::as_ref).filter(|text| !text.is_empty()).into()
}

/// A value as JSON.
pub(super) fn json(value: Option<&Value>) -> Cell {
    value.and_then(|value| serde_json::to_string(value).ok()).as_deref().into()
}

/// An instant of ours.
pub(super) fn instant(text: Option<&str>) -> Cell {
    let instant = text.and_then(|text| text.parse::<jiff::Timestamp>().ok());
    instant.map(jiff::Timestamp::as_millisecond).into()
}

/// A day, as days since 1970.
pub(super) fn day(text: Option<&str>) -> Cell {
    let day = text.and_then(|text| text.get(..10)).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let day = day.and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok());
    day.map(|day| day.timestamp().as_second().div_euclid(86_400)).into()
}

/// A file and a line of it.
pub(super) fn place(location: &Location) -> [Cell; 2] {
    let file = Some(location.file.as_ref()).filter(|file| !file.is_empty());
    [file.into(), location.region.map(|region| region.start_line).into()]
}
