//! What the history tells: the run before, and how old findings are.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::rows::Ranges;
use crate::model::{FindingAge, HistoryReport, Results, Since};

/// The run in its history.
#[derive(Serialize)]
pub(super) struct HistoryRow<'a> {
    file: &'a str,
    run: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a Since>,
}

impl<'a> HistoryRow<'a> {
    pub(super) fn of(history: &'a HistoryReport) -> Self {
        Self { file: &history.file, run: history.run, since: history.since.as_ref() }
    }
}

/// The findings of one rule that are as old as each other; most are found in the same night.
#[derive(Serialize)]
struct AgeRow<'a> {
    rule: &'a str,
    #[serde(flatten)]
    age: &'a FindingAge,
    resources: Ranges<'a>,
}

/// How old findings are: by rule, then by age.
pub(super) struct AgeRows<'a>(pub(super) &'a Results);

impl AgeRows<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.history.as_ref().is_none_or(|history| history.ages.is_empty())
    }
}

impl Serialize for AgeRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ages = self.0.history.as_ref().map(|history| history.ages.as_slice()).unwrap_or_default();
        let mut alike: BTreeMap<(u32, &FindingAge), Vec<u32>> = BTreeMap::new();
        for ((rule, resource), age) in ages {
            alike.entry((*rule, age)).or_default().push(*resource);
        }
        serializer.collect_seq(alike.iter().filter_map(|((rule, age), resources)| {
            let rule = &self.0.rules.get(*rule as usize)?.id;
            Some(AgeRow { rule, age, resources: Ranges(resources) })
        }))
    }
}
