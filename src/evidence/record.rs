//! `inventory/facts.jsonl`: the evaluation's whole input, a line a resource. Its JSON Schema is
//! `docs/schema/evidence-facts-v1.json`.
//!
//! ```text
//! {"facts":{"version":1,"resources_seen":28,"comments_read":false,"paths":["multi_az","tags.owner",…]}}
//! {"source":{"path":"tfplan.json","kind":"terraform-plan","tool_version":"1.9.5","sha256":"…"}}
//! {"gap":{"place":"…","reason":"…"}}
//! {"resource":{"id":"aws_db_instance.orders","kind":"instance",…,"known":{"multi_az":true},"unknown":[…],"missing":[…]}}
//! {"drift":{"resource":"…","type":"aws_db_instance","attribute":"multi_az","recorded":"true","running":"false"}}
//! {"end":{"resources":1}}
//! ```
//!
//! A resource has the state of each fact that a rule of the baseline reads of its kind, as the rule saw it: nobody needs to know
//! how it was found to judge again. What picks the tier and what waivers select by stands beside it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::redact::Redacted;
use super::state::{State, Why};
use crate::facts;
use crate::facts::catalogue::{ENGINE, TAGS, TIER_ASSIGNED};
use crate::model::{
    Before, ChangeAction, FactPath, FactState, Facts, Gap, Kind, Location, Pending, PlanDrift, Resource, Results, Rule,
    ScopeSeen, SourceComment, SourceInfo, Value,
};

/// The version of the form.
pub(super) const VERSION: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) version: u32,
    pub(super) resources_seen: usize,
    /// Whether source was read, so that its comments are all there are.
    pub(super) comments_read: bool,
    /// Every fact that a rule reads.
    pub(super) paths: Vec<String>,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    pub(super) resources: usize,
}

/// An account and region that was looked at.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<String>,
}

/// What a plan says that changed outside Terraform; values as JSON text.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DriftRow {
    pub(super) resource: String,
    #[serde(rename = "type")]
    pub(super) resource_type: String,
    pub(super) attribute: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) recorded: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) running: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) deleted: bool,
}

/// A comment that names a waiver.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentRow {
    pub(super) waiver: String,
    pub(super) file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<[u32; 4]>,
    /// The rule's id and the resource's position of each finding under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) covers: Option<Vec<(String, u32)>>,
}

/// Facts that are not known for one reason.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnknownRow {
    pub(super) of: Why,
    pub(super) paths: Vec<String>,
}

/// Facts that are missing for one reason.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MissingRow {
    pub(super) why: String,
    pub(super) paths: Vec<String>,
}

/// A list that is known in part.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartialRow {
    pub(super) value: Value,
    pub(super) of: Why,
}

/// A value that waits.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PendingRow {
    value: Value,
    waits_for: String,
}

/// Tags: what picks the tier, and what waivers select by.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagsRow {
    pub(super) entries: BTreeMap<String, State>,
    pub(super) rest: State,
}

/// A resource.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResourceRow {
    pub(super) id: String,
    pub(super) kind: String,
    #[serde(rename = "type")]
    pub(super) resource_type: String,
    pub(super) provider: String,
    pub(super) source: u32,
    pub(super) file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// The ARN, by which drift names what runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) arn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) planned_action: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) engine: Option<State>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tags: Option<TagsRow>,
    pub(super) known: BTreeMap<String, Value>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) partial: BTreeMap<String, PartialRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) unknown: Vec<UnknownRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) missing: Vec<MissingRow>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) pending: BTreeMap<String, PendingRow>,
    /// Digests of values that are withheld: equal ones are of equal values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) redacted: BTreeMap<String, String>,
}

/// A line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Line {
    Facts(Head),
    Source(SourceRow),
    Scope(ScopeRow),
    Gap(GapRow),
    Comment(CommentRow),
    Resource(Box<ResourceRow>),
    Drift(DriftRow),
    End(End),
}

/// What resources were read from.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceRow {
    pub(super) path: String,
    pub(super) kind: String,
    pub(super) tool_version: Option<String>,
    pub(super) sha256: String,
}

/// What could not be read.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GapRow {
    pub(super) place: String,
    pub(super) reason: String,
}

/// What is recorded.
pub(super) struct Record<'a> {
    pub(super) results: &'a Results,
    pub(super) rules: &'a [Arc<Rule>],
    pub(super) scopes: &'a [ScopeSeen],
    pub(super) drift: &'a [PlanDrift],
    pub(super) comments: Option<&'a [SourceComment]>,
    pub(super) redacted: &'a Redacted,
}

/// How many resources are written out at once: enough to share the work, few enough to hold in memory.
const BATCH: usize = 2_048;

impl Record<'_> {
    /// Writes all lines.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let wanted = Wanted::of(self.rules);
        line(out, &Line::Facts(self.head(&wanted)))?;
        for source in &self.results.sources {
            line(out, &Line::Source(source_row(source)))?;
        }
        for scope in self.scopes {
            let text = |of: &Option<Arc<str>>| of.as_deref().map(str::to_owned);
            let row = ScopeRow { account: text(&scope.scope.account), region: text(&scope.scope.region) };
            line(out, &Line::Scope(row))?;
        }
        for Gap { place, reason } in &self.results.gaps {
            line(out, &Line::Gap(GapRow { place: place.to_string(), reason: reason.to_string() }))?;
        }
        for comment in self.comments.unwrap_or_default() {
            line(out, &Line::Comment(self.comment_row(comment)))?;
        }
        self.write_resources(&wanted, out)?;
        for drift in self.drift {
            line(out, &Line::Drift(drift_row(drift)))?;
        }
        line(out, &Line::End(End { resources: self.results.resources.len() }))
    }

    fn head(&self, wanted: &Wanted<'_>) -> Head {
        Head {
            version: VERSION,
            resources_seen: self.results.resources_seen,
            comments_read: self.comments.is_some(),
            paths: wanted.paths.iter().map(|wanted| wanted.text.clone()).collect(),
        }
    }

    fn write_resources(&self, wanted: &Wanted<'_>, out: &mut dyn Write) -> io::Result<()> {
        for batch in self.results.resources.chunks(BATCH) {
            let lines: Vec<io::Result<Vec<u8>>> = batch
                .par_iter()
                .map(|resource| {
                    let mut text = Vec::with_capacity(4_096);
                    line(&mut text, &Line::Resource(Box::new(self.resource_row(resource, wanted))))?;
                    Ok(text)
                })
                .collect();
            for text in lines {
                out.write_all(&text?)?;
            }
        }
        Ok(())
    }

    fn comment_row(&self, comment: &SourceComment) -> CommentRow {
        let covered =
            |(rule, resource): &(u32, u32)| Some((self.results.rules.get(*rule as usize)?.id.to_string(), *resource));
        let Location { file, region } = &comment.location;
        CommentRow {
            waiver: comment.waiver.to_string(),
            file: file.to_string(),
            region: region.map(|of| [of.start_line, of.start_column, of.end_line, of.end_column]),
            covers: comment.covers.as_ref().map(|covers| covers.iter().filter_map(covered).collect()),
        }
    }

    fn resource_row(&self, resource: &Resource, wanted: &Wanted<'_>) -> ResourceRow {
        let text = |of: &Option<Arc<str>>| of.as_deref().map(str::to_owned);
        let facts = facts_of(resource);
        let mut row = ResourceRow {
            id: resource.id.to_string(),
            kind: resource.kind.as_str().to_owned(),
            resource_type: resource.resource_type.to_owned(),
            provider: resource.provider.as_str().to_owned(),
            source: resource.source,
            file: resource.location.file.to_string(),
            name: text(&resource.name),
            arn: text(&resource.identity.arn),
            account: text(&resource.scope.account),
            region: text(&resource.scope.region),
            planned_action: resource.change.as_ref().map(|change| change.action.as_str().to_owned()),
            engine: facts.get(ENGINE).map(|fact| State::of(&fact.state)),
            tags: tags_row(facts),
            known: BTreeMap::new(),
            partial: BTreeMap::new(),
            unknown: Vec::new(),
            missing: Vec::new(),
            pending: BTreeMap::new(),
            redacted: self.redacted.of(resource).cloned().unwrap_or_default(),
        };
        Sorting { resource, row: &mut row }.add_all(wanted);
        row
    }
}

/// Sorts the states of a resource by what is known.
struct Sorting<'a> {
    resource: &'a Resource,
    row: &'a mut ResourceRow,
}

impl Sorting<'_> {
    fn add_all(&mut self, wanted: &Wanted<'_>) {
        let mut unknown: BTreeMap<Why, Vec<String>> = BTreeMap::new();
        let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for WantedPath { path, text, kinds } in &wanted.paths {
            if !kinds.contains(&self.resource.kind) || is_of_judging(self.resource, path) {
                continue;
            }
            match facts::state_of(self.resource, path).into_owned() {
                FactState::Known(value) => drop(self.row.known.insert(text.clone(), value)),
                FactState::Partial(value, why) => {
                    self.row.partial.insert(text.clone(), PartialRow { value, of: Why::of(&why) });
                }
                FactState::Unknown(why) => unknown.entry(Why::of(&why)).or_default().push(text.clone()),
                FactState::Missing(why) => missing.entry(why.to_string()).or_default().push(text.clone()),
            }
            self.add_pending(path, text);
        }
        self.row.unknown = unknown.into_iter().map(|(of, paths)| UnknownRow { of, paths }).collect();
        self.row.missing = missing.into_iter().map(|(why, paths)| MissingRow { why, paths }).collect();
    }

    fn add_pending(&mut self, path: &FactPath, text: &str) {
        let fact = self.resource.facts.get(path.fact).filter(|_| !path.before);
        let Some(Pending { value, waits_for }) = fact.and_then(|fact| fact.pending.as_deref()) else { return };
        let row = PendingRow { value: value.clone(), waits_for: waits_for.to_string() };
        self.row.pending.insert(text.to_owned(), row);
    }
}

/// Whether a fact is found out by judging, and so by judging again.
fn is_of_judging(resource: &Resource, path: &FactPath) -> bool {
    path.fact == TIER_ASSIGNED && !path.before && resource.facts.get(TIER_ASSIGNED).is_some()
}

/// The facts by which baselines pick the tier and waivers select: of what a plan deletes, those that it had.
pub(super) fn facts_of(resource: &Resource) -> &Facts {
    match &resource.before {
        Before::Facts(before) if is_leaving(resource.change.as_ref().map(|change| change.action)) => before,
        _ => &resource.facts,
    }
}

/// Whether a plan leaves nothing of a resource.
pub(super) fn is_leaving(action: Option<ChangeAction>) -> bool {
    matches!(action, Some(ChangeAction::Delete | ChangeAction::Forget))
}

fn tags_row(facts: &Facts) -> Option<TagsRow> {
    let tags = facts.map(TAGS)?;
    let entries = tags.entries.iter().map(|(key, fact)| (key.to_string(), State::of(&fact.state)));
    Some(TagsRow { entries: entries.collect(), rest: State::of(&tags.rest) })
}

fn drift_row(drift: &PlanDrift) -> DriftRow {
    let text = |of: &Option<Arc<str>>| of.as_deref().map(str::to_owned);
    DriftRow {
        resource: drift.resource.to_string(),
        resource_type: drift.resource_type.to_string(),
        attribute: drift.attribute.to_string(),
        recorded: text(&drift.recorded),
        running: text(&drift.running),
        deleted: drift.deleted,
    }
}

fn source_row(source: &SourceInfo) -> SourceRow {
    SourceRow {
        path: source.path.to_string(),
        kind: source.kind.as_str().to_owned(),
        tool_version: source.tool_version.as_deref().map(str::to_owned),
        sha256: source.digest().to_owned(),
    }
}

fn line(out: &mut (impl Write + ?Sized), line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// Every fact that rules read, and of which kinds.
struct Wanted<'a> {
    paths: Vec<WantedPath<'a>>,
}

struct WantedPath<'a> {
    path: &'a FactPath,
    text: String,
    kinds: Vec<Kind>,
}

impl<'a> Wanted<'a> {
    fn of(rules: &'a [Arc<Rule>]) -> Self {
        let mut kinds_of: BTreeMap<&FactPath, Vec<Kind>> = BTreeMap::new();
        for rule in rules {
            for path in &rule.reads {
                kinds_of.entry(path).or_default().extend(&rule.kinds);
            }
        }
        let wanted = |(path, kinds): (&'a FactPath, Vec<Kind>)| WantedPath { path, text: path.to_string(), kinds };
        Self { paths: kinds_of.into_iter().map(wanted).collect() }
    }
}
