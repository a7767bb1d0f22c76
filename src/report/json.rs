//! `dbkeel.results/v1`: every verdict of a run, as JSON. The other formats show parts of it.
//!
//! A verdict is a pure function of the facts that its rule reads, so many resources share one outcome. A row of `verdicts`
//! is one outcome with the resources that show it, as ranges of positions in `resources`: `[[0, 19], [25, 25]]` is 0 to 19
//! and 25. With `jq`, one line a verdict:
//!
//! ```text
//! jq -c '. as $run | .verdicts[] | . as $row | .resources[] | range(.[0]; .[1] + 1)
//!        | [$row.rule, $row.verdict, $run.resources[.].id]'
//! ```
//!
//! Rows that are not `pass` or `not_applicable` say where their facts came from too; resources whose facts came from
//! different places then stand in different rows. `places` has the line of each of them in the Terraform source, when that
//! was read. `drift` has a row for each fact, or whole resource, that differs between two sides that should agree, and
//! `comparison` what was compared, when somebody asked for that; a run that only compares has no `rules`, no `resources` and
//! no `verdicts`. `history` has what changed since the run before, and `ages` how old each open finding is, of a run that is
//! recorded. `frameworks` has what the verdicts show of the controls of each framework that was asked for. What makes rules fail, one line each:
//!
//! ```text
//! jq -c '.drift[] | select(.effect == "worse") | [.severity, .class, .resource.id, .fact, .declared, .running]'
//! ```
//!
//! The document is written as it is made, with one element of each list a line, and conforms to
//! `docs/schema/results-v1.json`.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::lines::OneALine;
use super::summary::Summary;
use super::{Report, ReportOptions};
use crate::model::{
    AccountInfo, FrameworkReport, Gap, Location, Place, Resource, Results, Rule, RunInfo, SourceInfo, Tier,
    TierAssignment, VerdictCounts, WaiverReport,
};

mod drift;
mod history;
mod rows;

use history::{AgeRows, HistoryRow};
pub(super) use rows::cause;
use rows::{ComingRow, Rows};

/// The name and version of the form.
const SCHEMA: &str = "dbkeel.results/v1";

/// The format.
pub(super) struct Json;

impl Report for Json {
    fn write(&self, results: &Results, _: &ReportOptions, out: &mut dyn io::Write) -> io::Result<()> {
        let summary = Summary::of(results);
        let document = Document {
            schema: SCHEMA,
            run: &results.run,
            summary: Counts { results, summary: &summary },
            sources: &results.sources,
            tiers: &results.tiers,
            accounts: &results.accounts,
            rules: &results.rules,
            resources: Resources(results),
            verdicts: Rows(results),
            coming: results.coming.iter().map(ComingRow::of).collect(),
            places: PlaceRows(results),
            gaps: &results.gaps,
            drift: drift::Rows(&results.drift.drifts),
            comparison: drift::ComparisonRow::of(&results.drift),
            waivers: results.waivers.as_ref(),
            frameworks: &results.frameworks,
            history: results.history.as_ref().map(HistoryRow::of),
            ages: AgeRows(results),
        };
        document.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, OneALine::to_depth(2, 2)))?;
        out.write_all(b"\n")
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    run: &'a RunInfo,
    summary: Counts<'a>,
    sources: &'a [SourceInfo],
    tiers: &'a [Tier],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    accounts: &'a BTreeMap<Arc<str>, AccountInfo>,
    rules: &'a [Arc<Rule>],
    resources: Resources<'a>,
    verdicts: Rows<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    coming: Vec<ComingRow<'a>>,
    #[serde(skip_serializing_if = "PlaceRows::is_empty")]
    places: PlaceRows<'a>,
    gaps: &'a [Gap],
    drift: drift::Rows<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<drift::ComparisonRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waivers: Option<&'a WaiverReport>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    frameworks: &'a [FrameworkReport],
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<HistoryRow<'a>>,
    #[serde(skip_serializing_if = "AgeRows::is_empty")]
    ages: AgeRows<'a>,
}

struct Counts<'a> {
    results: &'a Results,
    summary: &'a Summary,
}

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (results, summary) = (self.results, self.summary);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("resources_seen", &results.resources_seen)?;
        map.serialize_entry("resources", &results.resources.len())?;
        map.serialize_entry("databases", &summary.databases)?;
        map.serialize_entry("rules", &results.rules.len())?;
        map.serialize_entry("gaps", &results.gaps.len())?;
        map.serialize_entry("drift", &results.drift.drifts.len())?;
        map.serialize_entry("drift_by_class", &drift::ByClass(&results.drift))?;
        map.serialize_entry("total", &summary.total)?;
        map.serialize_entry("by_severity", &summary.by_severity)?;
        map.serialize_entry("by_domain", &summary.by_domain)?;
        map.serialize_entry("by_tier", &ByTier(results, summary))?;
        if !summary.by_account.is_empty() {
            map.serialize_entry("by_account", &summary.by_account)?;
        }
        map.end()
    }
}

struct ByTier<'a>(&'a Results, &'a Summary);

impl Serialize for ByTier<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.0.tiers.iter().map(|tier| tier.name.as_ref());
        let counts: &[VerdictCounts] = &self.1.by_tier;
        serializer.collect_map(names.zip(counts))
    }
}

struct Resources<'a>(&'a Results);

impl Serialize for Resources<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.0.resources.iter().zip(&self.0.assignments);
        serializer.collect_seq(rows.map(|(resource, assignment)| resource_row(self.0, resource, assignment)))
    }
}

/// Where the findings are in the source; left out when no source was read.
struct PlaceRows<'a>(&'a Results);

impl PlaceRows<'_> {
    fn is_empty(&self) -> bool {
        self.0.places().next().is_none()
    }
}

impl Serialize for PlaceRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.places().filter_map(|(rule, resource, place)| {
            let rule = &self.0.rules.get(rule)?.id;
            Some(PlaceRow { rule, resource, place })
        }))
    }
}

#[derive(Serialize)]
struct PlaceRow<'a> {
    rule: &'a str,
    resource: u32,
    #[serde(flatten)]
    place: &'a Place,
}

#[derive(Serialize)]
struct ResourceRow<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    resource_type: &'a str,
    kind: &'a str,
    provider: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    tier: &'a str,
    tier_reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    planned_action: Option<&'a str>,
    source: u32,
    location: &'a Location,
}

fn resource_row<'a>(results: &'a Results, resource: &'a Resource, assignment: &'a TierAssignment) -> ResourceRow<'a> {
    ResourceRow {
        id: &resource.id,
        resource_type: resource.resource_type,
        kind: resource.kind.as_str(),
        provider: resource.provider.as_str(),
        account: resource.scope.account.as_deref(),
        region: resource.scope.region.as_deref(),
        name: resource.name.as_deref(),
        tier: results.tiers.get(assignment.tier as usize).map_or("", |tier| &tier.name),
        tier_reason: &assignment.reason,
        planned_action: resource.change.as_ref().map(|change| change.action.as_str()),
        source: resource.source,
        location: &resource.location,
    }
}

#[cfg(test)]
mod tests;
