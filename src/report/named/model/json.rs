//! The model as JSON: `docs/schema/report-v1.json`.

use std::fmt;

use serde::ser::{SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};

use super::{Cell, CellValue, Column, NamedReport, Number, Row, Section};

/// The name and version of the form.
pub const SCHEMA: &str = "dbkeel.report/v1";

impl Serialize for NamedReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", SCHEMA)?;
        map.serialize_entry("report", self.name)?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("about", &self.about)?;
        map.serialize_entry("as_of", &self.as_of)?;
        map.serialize_entry("judged_by", &self.judged_by)?;
        map.serialize_entry("sources", &self.sources)?;
        map.serialize_entry("subjects", &self.subjects)?;
        map.serialize_entry("figures", &self.figures)?;
        map.serialize_entry("trends", &self.trends)?;
        map.serialize_entry("sections", &self.sections)?;
        map.serialize_entry("gaps", &self.gaps)?;
        map.end()
    }
}

impl Serialize for Section {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", &self.key)?;
        map.serialize_entry("title", &self.title)?;
        if let Some(about) = &self.about {
            map.serialize_entry("about", about)?;
        }
        map.serialize_entry("columns", &self.columns)?;
        map.serialize_entry("rows", &Rows(self))?;
        map.serialize_entry("notes", &self.notes)?;
        map.end()
    }
}

/// Rows as objects by the keys of their columns, so that `jq` needs no positions.
struct Rows<'a>(&'a Section);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.0.rows.len()))?;
        for row in &self.0.rows {
            rows.serialize_element(&ByKey { columns: &self.0.columns, row })?;
        }
        rows.end()
    }
}

struct ByKey<'a> {
    columns: &'a [Column],
    row: &'a Row,
}

impl Serialize for ByKey<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let keys = self.columns.iter().map(|column| column.key.as_str());
        serializer.collect_map(keys.zip(&self.row.cells))
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl Serialize for CellValue {
    /// What is known is a plain value of JSON; what is not is an object that says why.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) | Self::Status(text) => text.serialize(serializer),
            Self::Identifier(text) => text.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Duration(seconds) => serializer.serialize_i64(*seconds),
            Self::Share { part, whole } => serializer.collect_map([("part", part), ("whole", whole)]),
            Self::Date(date) => serializer.collect_str(date),
            Self::Instant(instant) => serializer.collect_str(instant),
            Self::Verdict(verdict) => verdict.serialize(serializer),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::List(values) => serializer.collect_seq(values),
            Self::Unknown(reason) => serializer.collect_map([("unknown", reason)]),
            Self::Missing(reason) => serializer.collect_map([("not_applicable", reason)]),
            Self::Blank => serializer.serialize_unit(),
        }
    }
}

pub(super) fn as_text<S: Serializer>(value: &impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.decimals {
            0 => serializer.serialize_i64(self.digits),
            // The nearest float of a short decimal is written as that decimal.
            _ => serializer.serialize_f64(self.to_string().parse().unwrap_or(f64::NAN)),
        }
    }
}
