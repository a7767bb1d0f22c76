//! What a key figure is.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use super::fleet::Database;
use crate::model::word_enum;

word_enum! {
    /// What databases are grouped by.
    By, "grouping" {
        /// The tier.
        Tier = "tier",
        /// The account.
        Account = "account",
        /// The owner.
        Owner = "owner",
        /// The engine.
        Engine = "engine",
    }
}

/// One key figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Kpi {
    /// A word for machines: `patch_compliance`.
    pub key: &'static str,
    /// What it counts.
    pub title: &'static str,
    /// The unit of a number: `days`; `%` of a share.
    pub unit: &'static str,
    /// Whether it is better the lower it is.
    pub lower_is_better: bool,
    /// What the baseline aims at, in the unit; a share in percent.
    pub target: Option<i64>,
    /// Of the whole fleet.
    pub value: KpiValue,
    /// By tier, account, owner and engine.
    pub groups: Vec<Group>,
    /// How it moved, run by run; none where only now is known.
    pub trend: Vec<KpiPoint>,
    /// What to know when reading it.
    pub note: Option<String>,
}

/// A figure of a part of the fleet.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What the part is chosen by.
    pub by: By,
    /// Which part.
    pub name: Arc<str>,
    /// The figure.
    pub value: KpiValue,
}

/// The figure of one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KpiPoint {
    /// The run's instant, in seconds of Unix time.
    pub at: i64,
    /// The figure, in its unit; `None` when that run could not tell.
    pub value: Option<f64>,
}

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub enum KpiValue {
    /// A part of a whole.
    Share {
        /// How many.
        part: usize,
        /// Of how many.
        whole: usize,
        /// How many are in neither, because it is not known of them.
        unknown: usize,
    },
    /// A number in the figure's unit.
    Number {
        /// The number.
        value: f64,
        /// Of how many measurements.
        of: usize,
    },
    /// It cannot be told; why.
    Unknown(String),
}

impl KpiValue {
    /// The figure as a number: a share in percent.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Share { part, whole, .. } => share(*part, *whole),
            Self::Number { value, .. } => Some(*value),
            Self::Unknown(_) => None,
        }
    }
}

/// A share in percent; of nothing there is none.
pub(super) fn share(part: usize, whole: usize) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a fleet has less than 2^52 databases")]
    (whole > 0).then(|| part as f64 * 100.0 / whole as f64)
}

impl Kpi {
    pub(super) fn new(key: &'static str, title: &'static str, unit: &'static str) -> Self {
        Self {
            key,
            title,
            unit,
            lower_is_better: false,
            target: None,
            value: KpiValue::Unknown("nothing is recorded".to_owned()),
            groups: Vec::new(),
            trend: Vec::new(),
            note: None,
        }
    }

    /// One that is better the lower it is.
    pub(super) fn lower(self) -> Self {
        Self { lower_is_better: true, ..self }
    }

    pub(super) fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    pub(super) fn trend(self, trend: Vec<KpiPoint>) -> Self {
        Self { trend, ..self }
    }

    /// Fills it from what was counted; `why` says what is lacking where nothing was.
    pub(super) fn of<T: Figure>(self, counted: &Grouped<T>, why: &str) -> Self {
        let group = |((by, name), counted): (&(By, Arc<str>), &T)| Group {
            by: *by,
            name: Arc::clone(name),
            value: counted.figure().unwrap_or_else(|| KpiValue::Unknown(counted.why(why))),
        };
        Self {
            value: counted.all.figure().unwrap_or_else(|| KpiValue::Unknown(counted.all.why(why))),
            groups: counted.groups.iter().map(group).collect(),
            ..self
        }
    }

    /// Gives it the target of the baseline, where there is one of its name.
    pub(super) fn aim(&mut self, targets: &BTreeMap<Arc<str>, i64>) {
        if self.target.is_none() {
            self.target = targets.get(self.key).copied();
        }
    }
}

/// Something that is counted of the whole fleet and of each of its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Grouped<T> {
    pub(super) all: T,
    pub(super) groups: BTreeMap<(By, Arc<str>), T>,
}

impl<T: Default> Grouped<T> {
    /// Counts something of a database.
    pub(super) fn add(&mut self, database: &Database, add: impl Fn(&mut T)) {
        self.add_as(&database.groups(), add);
    }

    /// Counts something of groups.
    pub(super) fn add_as(&mut self, groups: &[(By, Arc<str>)], add: impl Fn(&mut T)) {
        add(&mut self.all);
        for group in groups {
            add(self.groups.entry(group.clone()).or_default());
        }
    }
}

/// Something that a figure can be made of.
pub(super) trait Figure {
    /// The figure; `None` when there is nothing to make it of.
    fn figure(&self) -> Option<KpiValue>;

    /// Why there is none.
    fn why(&self, why: &str) -> String {
        why.to_owned()
    }
}

/// How many are in the part, in the whole, and in neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) part: usize,
    pub(super) whole: usize,
    pub(super) unknown: usize,
}

impl Tally {
    /// Counts one; `None` when it is not known of it.
    pub(super) fn add(&mut self, is_in: Option<bool>) {
        match is_in {
            Some(is_in) => {
                self.whole += 1;
                self.part += usize::from(is_in);
            }
            None => self.unknown += 1,
        }
    }
}

impl Figure for Tally {
    fn figure(&self) -> Option<KpiValue> {
        let Self { part, whole, unknown } = *self;
        (whole > 0).then_some(KpiValue::Share { part, whole, unknown })
    }

    fn why(&self, why: &str) -> String {
        match self.unknown {
            0 => why.to_owned(),
            unknown => format!("of none of {unknown} it is known"),
        }
    }
}

/// A plain count of what may be none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// How many.
    pub(super) count: usize,
    /// Of how many that could be told.
    pub(super) of: usize,
}

impl Figure for Count {
    fn figure(&self) -> Option<KpiValue> {
        #[expect(clippy::cast_precision_loss, reason = "a fleet has less than 2^52 databases")]
        (self.of > 0).then_some(KpiValue::Number { value: self.count as f64, of: self.of })
    }
}
