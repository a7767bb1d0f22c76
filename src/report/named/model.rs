//! The neutral model of a named report: what every report fills and every format renders.
//!
//! A report is a few figures, then sections, each a table of typed cells. Cells are typed so that each format shows them in
//! its own way: CSV gives the raw number, HTML a class and a `<time>`, a terminal pads. What is not known stands in the
//! table with its reason; no format may show it as 0, as 100% or as nothing.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Gap, SourceInfo, Text, Verdict, word_enum};

mod json;
mod words;

pub use json::SCHEMA;
pub use words::{length, percent};

/// A report under a name of its own: `dbkeel report NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedReport {
    /// The word on the command line: `patch`.
    pub name: &'static str,
    /// The title: `Patch report`.
    pub title: Text,
    /// The question that it answers, in a sentence.
    pub about: Text,
    /// The instant that it takes for now; RFC 3339.
    pub as_of: Arc<str>,
    /// What it was judged by, such as `baseline standard`; empty when nothing was judged.
    pub judged_by: Vec<Text>,
    /// What was read.
    pub sources: Vec<SourceInfo>,
    /// How many resources (or controls, or waivers) it speaks of. With none it proves nothing.
    pub subjects: usize,
    /// The figures at its head.
    pub figures: Vec<Figure>,
    /// How figures moved over time; empty where no history was read.
    pub trends: Vec<Trend>,
    /// Its tables, in the order of reading.
    pub sections: Vec<Section>,
    /// What could not be read, and so is not in it.
    pub gaps: Vec<Gap>,
}

impl NamedReport {
    /// A report without content.
    pub fn new(name: &'static str, title: impl Into<Text>, about: impl Into<Text>, as_of: Arc<str>) -> Self {
        Self {
            name,
            title: title.into(),
            about: about.into(),
            as_of,
            judged_by: Vec::new(),
            sources: Vec::new(),
            subjects: 0,
            figures: Vec::new(),
            trends: Vec::new(),
            sections: Vec::new(),
            gaps: Vec::new(),
        }
    }
}

/// One figure at the head of a report: `Databases on a compliant patch level: 41 of 50`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// A word for machines, unique in the report: `compliant`.
    pub key: Text,
    /// What it counts.
    pub title: Text,
    /// The figure; unknown with its reason when the data does not tell.
    pub value: Cell,
    /// What to know when reading it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Figure {
    /// A figure without a note.
    pub fn new(key: impl Into<Text>, title: impl Into<Text>, value: Cell) -> Self {
        Self { key: key.into(), title: title.into(), value, note: None }
    }

    /// The same, with what to know when reading it.
    #[must_use]
    pub fn note(self, note: impl Into<Text>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}

/// How one figure moved over time, for a line or bars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trend {
    /// A word for machines, unique in the report: `patch_compliance`.
    pub key: Text,
    /// What it counts.
    pub label: Text,
    /// The unit of its numbers: `%`, `days`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// Its points. INVARIANT: in the order of time, each day once.
    pub points: Vec<Point>,
    /// What it should reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Number>,
    /// Whether it is better the lower it is.
    pub lower_is_better: bool,
}

/// A figure on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The day.
    #[serde(serialize_with = "json::as_text")]
    pub date: Date,
    /// The figure; `None` when it could not be computed on that day, which is a hole in the line and not a 0.
    pub value: Option<Number>,
}

/// One table of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// A word for machines, unique in the report: `instances`.
    pub key: Text,
    /// Its heading.
    pub title: Text,
    /// What stands in it, in a sentence or two.
    pub about: Option<Text>,
    /// Its columns. The first one tells what a row is about.
    pub columns: Vec<Column>,
    /// Its rows. INVARIANT: sorted by what matters to its reader, and every one has as many cells as there are columns.
    pub rows: Vec<Row>,
    /// What is said in place of a table without rows.
    pub empty: Text,
    /// What to know when reading it: how something was reckoned, and from which source a fact about the world is.
    pub notes: Vec<Text>,
}

impl Section {
    /// A table without rows.
    pub fn new(key: impl Into<Text>, title: impl Into<Text>, columns: Vec<Column>, empty: impl Into<Text>) -> Self {
        Self {
            key: key.into(),
            title: title.into(),
            about: None,
            columns,
            rows: Vec::new(),
            empty: empty.into(),
            notes: Vec::new(),
        }
    }

    /// The same, with rows.
    #[must_use]
    pub fn rows(self, rows: Vec<Row>) -> Self {
        Self { rows, ..self }
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// A word for machines, unique in its table: `days_behind`.
    pub key: Text,
    /// Its heading.
    pub title: Text,
    /// What its cells hold, when they hold something.
    #[serde(rename = "type")]
    pub kind: ColumnKind,
    /// The unit of its numbers: `days`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// Whether only formats without a limit to their width show it, such as a full ARN beside a name.
    #[serde(skip)]
    pub is_detail: bool,
}

impl Column {
    /// A column whose numbers, if it has some, have no unit.
    pub fn new(key: impl Into<Text>, title: impl Into<Text>, kind: ColumnKind) -> Self {
        Self { key: key.into(), title: title.into(), kind, unit: None, is_detail: false }
    }

    /// The same, left out where width is short.
    #[must_use]
    pub fn detail(self) -> Self {
        Self { is_detail: true, ..self }
    }

    /// A column of numbers with a unit.
    pub fn number(key: impl Into<Text>, title: impl Into<Text>, unit: impl Into<Text>) -> Self {
        Self { unit: Some(unit.into()), ..Self::new(key, title, ColumnKind::Number) }
    }

    /// Whether its cells stand at the right, digit under digit.
    pub fn is_numeric(&self) -> bool {
        matches!(self.kind, ColumnKind::Number | ColumnKind::Duration | ColumnKind::Share)
    }
}

word_enum! {
    /// What the cells of a column hold.
    ColumnKind, "type of column" {
        /// Words.
        Text = "text",
        /// A name or address that a reader copies: never wrapped or cut where that can be helped.
        Identifier = "identifier",
        /// A number, in the column's unit.
        Number = "number",
        /// A length of time.
        Duration = "duration",
        /// A part of a whole.
        Share = "share",
        /// A day.
        Date = "date",
        /// An instant.
        Instant = "instant",
        /// A verdict of a rule.
        Verdict = "verdict",
        /// A word out of a few that say how something stands.
        Status = "status",
        /// Yes or no.
        Flag = "flag",
        /// Several of these.
        List = "list",
        /// What a person fills in.
        SignOff = "sign-off",
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As many cells as the table has columns.
    pub cells: Vec<Cell>,
    /// The account that it belongs to, for reports that are split by account.
    pub account: Option<Arc<str>>,
}

impl Row {
    /// A row of no account.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, account: None }
    }

    /// A row of an account.
    pub fn of(account: Option<Arc<str>>, cells: Vec<Cell>) -> Self {
        Self { cells, account }
    }
}

/// A cell: a value, and how good that is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// What it holds.
    pub value: CellValue,
    /// How good that is. It only repeats what a verdict or a status in the same row says in words.
    pub tone: Tone,
}

word_enum! {
    /// How good a value is.
    Tone, "tone" {
        /// Neither.
        Plain = "plain",
        /// As it should be.
        Good = "good",
        /// Somebody should look.
        Attention = "attention",
        /// Not as it should be.
        Bad = "bad",
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellValue {
    /// Words.
    Text(Text),
    /// A name or address that a reader copies.
    Identifier(Arc<str>),
    /// A number.
    Number(Number),
    /// A length of time, in seconds.
    Duration(i64),
    /// A part of a whole, both counted; a whole of 0 is not a share, but unknown.
    Share {
        /// How many.
        part: usize,
        /// Of how many.
        whole: usize,
    },
    /// A day.
    Date(Date),
    /// An instant.
    Instant(Timestamp),
    /// A verdict.
    Verdict(Verdict),
    /// A word out of a few that say how something stands: `expired`.
    Status(Text),
    /// Yes or no.
    Flag(bool),
    /// Several values, in order; with none, the reader is told that there is none.
    List(Vec<CellValue>),
    /// Not known; why.
    Unknown(Text),
    /// It has no such property, or the question has no meaning here; why.
    Missing(Text),
    /// For a person to fill in.
    Blank,
}

/// A number with a fixed count of decimals, so that equal numbers are equal bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    /// The number without its decimal point.
    pub digits: i64,
    /// How many of the digits stand behind the point.
    pub decimals: u8,
}

impl Number {
    /// A number rounded to so many decimals, half away from zero; `None` when it is not finite or too large.
    pub fn rounded(value: f64, decimals: u8) -> Option<Self> {
        let scaled = (value * 10_f64.powi(i32::from(decimals))).round();
        // 2^53: from there on not every whole number is a float, so digits would be invented.
        let is_exact = scaled.is_finite() && scaled.abs() < 9_007_199_254_740_992.0;
        #[expect(clippy::cast_possible_truncation, reason = "it is a whole number below 2^53")]
        is_exact.then_some(Self { digits: scaled as i64, decimals })
    }
}

impl From<i64> for Number {
    fn from(digits: i64) -> Self {
        Self { digits, decimals: 0 }
    }
}

// ---- cells in a few letters

impl From<CellValue> for Cell {
    fn from(value: CellValue) -> Self {
        Self { value, tone: Tone::Plain }
    }
}

impl From<jiff::civil::Date> for Cell {
    fn from(date: Date) -> Self {
        CellValue::Date(date).into()
    }
}

impl From<Timestamp> for Cell {
    fn from(instant: Timestamp) -> Self {
        CellValue::Instant(instant).into()
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        CellValue::Flag(flag).into()
    }
}

impl From<Verdict> for Cell {
    fn from(verdict: Verdict) -> Self {
        let tone = match verdict {
            Verdict::Pass => Tone::Good,
            Verdict::Fail | Verdict::Error => Tone::Bad,
            Verdict::Unknown | Verdict::Waived => Tone::Attention,
            Verdict::NotApplicable => Tone::Plain,
        };
        Self { value: CellValue::Verdict(verdict), tone }
    }
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<Text>) -> Self {
        CellValue::Text(text.into()).into()
    }

    /// A name or address that a reader copies.
    pub fn identifier(text: impl Into<Arc<str>>) -> Self {
        CellValue::Identifier(text.into()).into()
    }

    /// A whole number.
    pub fn integer(number: i64) -> Self {
        CellValue::Number(number.into()).into()
    }

    /// A count.
    pub fn count(number: usize) -> Self {
        Self::integer(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A part of a whole; of nothing, it is not known, for that reason.
    pub fn share(part: usize, whole: usize, of_nothing: impl Into<Text>) -> Self {
        match whole {
            0 => Self::unknown(of_nothing),
            _ => CellValue::Share { part, whole }.into(),
        }
    }

    /// A word that says how something stands, and how good that is.
    pub fn status(word: impl Into<Text>, tone: Tone) -> Self {
        Self { value: CellValue::Status(word.into()), tone }
    }

    /// Not known; why.
    pub fn unknown(reason: impl Into<Text>) -> Self {
        CellValue::Unknown(reason.into()).into()
    }

    /// Without meaning here; why.
    pub fn missing(reason: impl Into<Text>) -> Self {
        CellValue::Missing(reason.into()).into()
    }

    /// Several values.
    pub fn list(values: impl IntoIterator<Item = CellValue>) -> Self {
        CellValue::List(values.into_iter().collect()).into()
    }

    /// For a person to fill in.
    pub fn blank() -> Self {
        CellValue::Blank.into()
    }

    /// The same, as good as that.
    #[must_use]
    pub fn toned(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

#[cfg(test)]
mod tests;
