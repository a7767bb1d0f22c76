//! Rows that hold from run to run: what is still the same stays as it is, what is new begins, what is over ends.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Transaction, params_from_iter};
use rustc_hash::FxHashMap;

/// A cell of such a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Text(Arc<str>),
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<&Arc<str>> for Cell {
    fn from(value: &Arc<str>) -> Self {
        Self::Text(Arc::clone(value))
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Self::Text(value.into())
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Integer(value) => ToSqlOutput::from(*value),
            Self::Text(value) => ToSqlOutput::Borrowed(ValueRef::from(value.as_ref())),
        })
    }
}

impl FromSql for Cell {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(value) => Self::Integer(value),
            ValueRef::Text(_) => Self::Text(value.as_str()?.into()),
            ValueRef::Real(_) | ValueRef::Blob(_) => return Err(FromSqlError::InvalidType),
        })
    }
}

/// The cells of a row without its runs.
pub(super) type Row = Vec<Cell>;

/// A table whose rows hold from run to run: its name and its other columns.
pub(super) struct Lasting {
    pub(super) table: &'static str,
    pub(super) columns: &'static [&'static str],
}

impl Lasting {
    /// The rows that hold.
    fn open(&self, transaction: &Transaction<'_>) -> rusqlite::Result<BTreeSet<Row>> {
        let sql = format!("SELECT {} FROM {} WHERE last_run IS NULL", self.columns.join(", "), self.table);
        let mut statement = transaction.prepare_cached(&sql)?;
        let width = self.columns.len();
        let rows =
            statement.query_map([], |row| (0..width).map(|column| row.get(column)).collect::<Result<Row, _>>())?;
        rows.collect()
    }

    /// Makes `now` what holds from this run on. A row that is not among it ends with the run before, unless `stays` says
    /// that nobody could tell.
    pub(super) fn set(
        &self,
        transaction: &Transaction<'_>,
        run: i64,
        now: BTreeSet<Row>,
        stays: impl Fn(&Row) -> bool,
    ) -> rusqlite::Result<()> {
        let open = self.open(transaction)?;
        let same: Vec<String> = self.columns.iter().map(|column| format!("{column} IS ?")).collect();
        let end = format!("UPDATE {} SET last_run = ? WHERE {} AND last_run IS NULL", self.table, same.join(" AND "));
        let marks = "?, ".repeat(self.columns.len());
        let begin = format!("INSERT INTO {} ({}, first_run) VALUES ({marks}?)", self.table, self.columns.join(", "));
        let mut end = transaction.prepare_cached(&end)?;
        for row in open.difference(&now).filter(|row| !stays(row)) {
            end.execute(params_from_iter(std::iter::once(&Cell::Integer(run - 1)).chain(row)))?;
        }
        let mut begin = transaction.prepare_cached(&begin)?;
        for row in now.difference(&open) {
            begin.execute(params_from_iter(row.iter().chain(std::iter::once(&Cell::Integer(run)))))?;
        }
        Ok(())
    }
}

/// Texts by number, looked up once.
pub(super) struct Texts<'t> {
    transaction: &'t Transaction<'t>,
    known: FxHashMap<Arc<str>, i64>,
}

impl<'t> Texts<'t> {
    pub(super) fn new(transaction: &'t Transaction<'t>) -> Self {
        Self { transaction, known: FxHashMap::default() }
    }

    /// The number of a text, a new one if it has none.
    pub(super) fn number(&mut self, text: &Arc<str>) -> rusqlite::Result<i64> {
        if let Some(number) = self.known.get(text) {
            return Ok(*number);
        }
        let sql = "INSERT INTO texts (text) VALUES (?1) ON CONFLICT DO UPDATE SET text = text RETURNING id";
        let number = self.transaction.prepare_cached(sql)?.query_row([text], |row| row.get(0))?;
        self.known.insert(Arc::clone(text), number);
        Ok(number)
    }

    /// The number of a text that may be none.
    pub(super) fn maybe(&mut self, text: Option<&Arc<str>>) -> rusqlite::Result<Option<i64>> {
        text.map(|text| self.number(text)).transpose()
    }
}
