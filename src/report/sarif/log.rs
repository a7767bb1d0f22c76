//! The SARIF log itself. This is the one file that knows `serde-sarif`.
//!
//! Its types leave many words untyped (`version`, `columnKind`, the kind of a suppression), so those are written here once
//! and checked by the schema in the tests. A log is written result by result, since a run may have a million.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix as SarifFix, Invocation, Location as SarifLocation,
    LogicalLocation, Message, MultiformatMessageString, Notification, PhysicalLocation, PropertyBag,
    Region as SarifRegion, Replacement, ReportingConfiguration, ReportingDescriptor, ReportingDescriptorReference,
    Result as SarifResult, ResultKind, ResultLevel, ResultProvenance, RunAutomationDetails, Suppression, Tool,
    ToolComponent,
};

use super::{Entry, Sort, Subject, prose};
use crate::model::{
    Coming, Drift, FactState, Finding, FindingAge, Fix, Location, Place, Region, Results, Rule, Severity, Stood,
    Verdict,
};
use crate::report::category::category;
use crate::report::drift::{self, Effect, Standing};
use crate::report::drift_rule::DriftRule;
use crate::report::failures;
use crate::report::text::{capital, clean, count};
use crate::report::{ReportOptions, uri};
use crate::waiver;

/// The schema's URL that sarif-multitool and GitHub know.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Where to read about the tool; SARIF2005 asks for it.
const INFORMATION: &str = "https://docs.rs/dbkeel";

/// The folder that relative URIs start from.
const ROOT: &str = "%SRCROOT%";

/// GitHub shows at most so many tags of a rule.
const MAX_TAGS: usize = 10;

/// GitHub refuses a log with more than 1,000 in a result; nobody reads so many.
const MAX_RELATED: usize = 50;

/// What a consumer can take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    /// All of SARIF.
    Full,
    /// GitHub's part of it.
    Github,
}

/// What a log is of.
#[derive(Clone, Copy)]
pub(super) struct Of<'r> {
    pub(super) results: &'r Results,
    pub(super) options: &'r ReportOptions,
    /// The rules that drift is shown under, after those that judge.
    pub(super) drift_rules: &'r [DriftRule],
    pub(super) profile: Profile,
    /// How many results were dropped because a consumer would refuse them.
    pub(super) left_out: usize,
}

/// Writes a log with one run.
pub(super) fn write<'a, I: Iterator<Item = Entry<'a>>>(
    of: Of<'_>,
    entries: &dyn Fn() -> I,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Of { results, options, left_out, .. } = of;
    let run = Run {
        automation_details: RunAutomationDetails::builder()
            .id(format!("dbkeel/{}/", category(results, options)))
            .build(),
        column_kind: "unicodeCodePoints",
        invocations: [invocation(results, left_out)],
        original_uri_base_ids: BTreeMap::from([(ROOT, root())]),
        results: Entries { entries, of },
        tool: tool(results, of.drift_rules),
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

/// `serde-sarif` has both of these too, but with all results in memory.
#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [R; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    automation_details: RunAutomationDetails,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    original_uri_base_ids: BTreeMap<&'static str, ArtifactLocation>,
    tool: Tool,
    results: R,
}

struct Entries<'f, 'r, I> {
    entries: &'f dyn Fn() -> I,
    of: Of<'r>,
}

impl<'a, I: Iterator<Item = Entry<'a>>> Serialize for Entries<'_, '_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = (self.entries)();
        serializer.collect_seq(entries.map(|entry| result(entry, self.of)))
    }
}

fn root() -> ArtifactLocation {
    ArtifactLocation::builder().description(message("The root of the repository, or the folder of the run.")).build()
}

fn message(text: impl Into<String>) -> Message {
    Message::builder().text(text).build()
}

fn multiformat(text: String) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

fn properties(properties: BTreeMap<String, Json>) -> PropertyBag {
    PropertyBag::builder().additional_properties(properties).build()
}

// ---- the tool and its rules

fn tool(results: &Results, drift_rules: &[DriftRule]) -> Tool {
    // Every rule that was evaluated, whatever it found: a rule without findings has passed.
    let judging = results.rules.iter().map(|rule| descriptor(rule, results));
    let rules: Vec<_> = judging.chain(drift_rules.iter().map(drift_descriptor)).collect();
    let driver = ToolComponent::builder()
        .name("dbkeel")
        .semantic_version(&*results.run.version)
        .organization("dbkeel")
        .information_uri(INFORMATION)
        .rules(rules)
        .build();
    Tool::builder().driver(driver).build()
}

/// A rule has one severity in SARIF: the gravest that the baseline gives it in any tier, which is the same in every run, or
/// the alerts of a repository would change with each other. Results have their own level and rank.
fn descriptor(rule: &Rule, results: &Results) -> ReportingDescriptor {
    let help = prose::help(rule, &results.tiers);
    let severity = results.gravest(rule);
    let mut descriptor = ReportingDescriptor::builder()
        .id(&*rule.id)
        .name(prose::pascal_case(&rule.name))
        .short_description(multiformat(prose::description(&rule.title)))
        .full_description(multiformat(prose::description(&rule.description)))
        .help(MultiformatMessageString::builder().text(help.text).markdown(help.markdown).build())
        .default_configuration(
            ReportingConfiguration::builder().level(json!(level(severity))).rank(rank(severity)).build(),
        )
        .properties(rule_properties(rule, severity))
        .build();
    if !rule.aliases.is_empty() {
        descriptor.deprecated_ids = Some(rule.aliases.iter().map(ToString::to_string).collect());
    }
    descriptor
}

fn drift_descriptor(rule: &DriftRule) -> ReportingDescriptor {
    let help = prose::drift_help(rule);
    ReportingDescriptor::builder()
        .id(&*rule.id)
        .name(prose::pascal_case(&rule.name))
        .short_description(multiformat(prose::description(&rule.title)))
        .full_description(multiformat(prose::description(&prose::quoted(&rule.description))))
        .help(MultiformatMessageString::builder().text(help.text).markdown(help.markdown).build())
        .default_configuration(
            ReportingConfiguration::builder().level(json!(level(rule.severity))).rank(rank(rule.severity)).build(),
        )
        .properties(properties_of(
            rule.severity,
            vec!["security".to_owned(), "database".to_owned(), "drift".to_owned()],
        ))
        .build()
}

fn rule_properties(rule: &Rule, severity: Severity) -> PropertyBag {
    let mut tags = vec!["security".to_owned(), "database".to_owned(), format!("domain/{}", rule.domain)];
    tags.extend(rule.covers.iter().map(|control| format!("control/{control}")));
    properties_of(severity, tags)
}

/// GitHub reads `security-severity` only with the tag `security`, and shows the first ten tags.
fn properties_of(severity: Severity, mut tags: Vec<String>) -> PropertyBag {
    tags.truncate(MAX_TAGS);
    let mut bag = BTreeMap::from([
        ("precision".to_owned(), json!("very-high")),
        ("problem.severity".to_owned(), json!(problem_severity(severity))),
    ]);
    if let Some(score) = security_severity(severity) {
        bag.insert("security-severity".to_owned(), json!(score));
    }
    let mut bag = properties(bag);
    bag.tags = Some(tags);
    bag
}

fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Critical | Severity::High => ResultLevel::Error,
        Severity::Medium => ResultLevel::Warning,
        Severity::Low | Severity::Info => ResultLevel::Note,
    }
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "recommendation",
    }
}

/// A number in a string, well inside GitHub's bands: above 9.0, 7.0 to 8.9, 4.0 to 6.9, 0.1 to 3.9.
fn security_severity(severity: Severity) -> Option<&'static str> {
    match severity {
        Severity::Critical => Some("9.5"),
        Severity::High => Some("8.0"),
        Severity::Medium => Some("5.5"),
        Severity::Low => Some("2.0"),
        Severity::Info => None,
    }
}

/// GitLab reads the rank before anything else; it must sort as the severity does.
fn rank(severity: Severity) -> f64 {
    match severity {
        Severity::Critical => 95.0,
        Severity::High => 80.0,
        Severity::Medium => 55.0,
        Severity::Low => 20.0,
        Severity::Info => 5.0,
    }
}

// ---- results

fn result(entry: Entry<'_>, of: Of<'_>) -> SarifResult {
    // SARIF 2.1.0, section 3.27.10: any kind but `fail` has the level `none`.
    let (level, rank) = entry.sort.severity().map_or((ResultLevel::None, 0.0), |of| (level(of), rank(of)));
    let mut place = physical(&entry.place.uri, entry.place.region);
    place.logical_locations = match &entry.subject {
        Subject::Finding(finding) => Some(vec![logical(finding)]),
        Subject::Drift(drift) => Some(vec![drift_logical(drift)]),
        Subject::Several => None,
    };
    let mut result = SarifResult::builder()
        .rule_index(entry.rule as i64)
        .kind(kind(entry.sort))
        .level(level)
        .rank(rank)
        .message(message(entry.message))
        .locations(vec![place])
        .partial_fingerprints(fingerprints(&entry.fingerprint, entry.place.region.is_none(), of.profile))
        .build();
    result.rule_id = rule_id(entry.rule, of);
    match (of.profile, &entry.subject) {
        (Profile::Full, Subject::Finding(finding)) => {
            result.properties = Some(result_properties(finding));
            result.baseline_state = finding.stood().map(baseline_state);
            result.provenance = finding.age().map(provenance);
            result.related_locations = related(finding.place());
            result.fixes = finding.fix.map(|of_finding| vec![fix(of_finding)]);
            result.suppressions = matches!(entry.sort, Sort::Accepted(_)).then(|| vec![suppression(finding)]);
        }
        (Profile::Full, Subject::Drift(drift)) => {
            result.properties = Some(drift_properties(drift));
            result.related_locations = related(drift.place.as_ref());
        }
        _ => {}
    }
    result
}

fn rule_id(rule: usize, of: Of<'_>) -> Option<String> {
    match rule.checked_sub(of.results.rules.len()) {
        None => of.results.rules.get(rule).map(|rule| rule.id.to_string()),
        Some(of_drift) => of.drift_rules.get(of_drift).map(|rule| rule.id.clone()),
    }
}

/// Section 3.27.9: `open` is a rule that was evaluated with too little information to decide, `review` asks a person, and
/// `informational` is no problem.
fn kind(sort: Sort) -> ResultKind {
    match sort {
        Sort::Fail(_) | Sort::Accepted(_) => ResultKind::Fail,
        Sort::Pass => ResultKind::Pass,
        Sort::NotApplicable => ResultKind::NotApplicable,
        Sort::Open => ResultKind::Open,
        Sort::Review => ResultKind::Review,
        Sort::Informational => ResultKind::Informational,
    }
}

/// GitHub compares only `primaryLocationLineHash`. The upload action computes it from the line in the file; the first line of
/// a plan is all of the plan, which every run changes, so there we give one that stays.
fn fingerprints(fingerprint: &str, is_whole_file: bool, profile: Profile) -> BTreeMap<String, String> {
    let mut fingerprints = BTreeMap::from([("dbkeel/v1".to_owned(), fingerprint.to_owned())]);
    if profile == Profile::Github && is_whole_file {
        let hash: String = fingerprint.chars().take(16).collect();
        fingerprints.insert("primaryLocationLineHash".to_owned(), format!("{hash}:1"));
    }
    fingerprints
}

fn physical(uri: &str, of: Option<Region>) -> SarifLocation {
    let artifact = ArtifactLocation::builder().uri(uri).uri_base_id(ROOT).build();
    let physical = PhysicalLocation::builder().artifact_location(artifact).region(region(of)).build();
    SarifLocation::builder().physical_location(physical).build()
}

fn location(location: &Location) -> SarifLocation {
    physical(&uri::relative(&location.file), location.region)
}

/// The lines that lead to the place; a viewer tells them apart by their ids.
fn related(place: Option<&Place>) -> Option<Vec<SarifLocation>> {
    let related = place.map(|place| place.related.iter().take(MAX_RELATED)).into_iter().flatten();
    let locations: Vec<SarifLocation> = (1i64..)
        .zip(related)
        .map(|(id, related)| {
            let mut place = location(&related.location);
            place.id = Some(id);
            place.message = Some(message(prose::plain(&prose::quoted(related.message.as_str()))));
            place
        })
        .collect();
    (!locations.is_empty()).then_some(locations)
}

fn region(region: Option<Region>) -> SarifRegion {
    match region {
        None => SarifRegion::builder().start_line(1i64).build(),
        Some(region) => SarifRegion::builder()
            .start_line(i64::from(region.start_line))
            .start_column(i64::from(region.start_column))
            .end_line(i64::from(region.end_line))
            .end_column(i64::from(region.end_column))
            .build(),
    }
}

/// A fix, its edits by file.
fn fix(fix: &Fix) -> SarifFix {
    let mut by_file: BTreeMap<&str, Vec<Replacement>> = BTreeMap::new();
    for edit in &fix.edits {
        let inserted = ArtifactContent::builder().text(&*edit.text).build();
        let replacement =
            Replacement::builder().deleted_region(region(edit.location.region)).inserted_content(inserted).build();
        by_file.entry(&edit.location.file).or_default().push(replacement);
    }
    let changes = by_file.into_iter().map(|(file, replacements)| {
        let artifact = ArtifactLocation::builder().uri(uri::relative(file)).uri_base_id(ROOT).build();
        ArtifactChange::builder().artifact_location(artifact).replacements(replacements).build()
    });
    let description = message(prose::plain(&prose::quoted(&fix.description)));
    SarifFix::builder().description(description).artifact_changes(changes.collect::<Vec<_>>()).build()
}

fn logical(finding: &Finding<'_>) -> LogicalLocation {
    let resource = finding.resource;
    LogicalLocation::builder()
        .name(clean(resource.name.as_deref().unwrap_or(&resource.id)))
        .fully_qualified_name(clean(&resource.id))
        .kind("resource")
        .build()
}

fn drift_logical(drift: &Drift) -> LogicalLocation {
    let resource = &drift.resource;
    LogicalLocation::builder()
        .name(clean(resource.name.as_deref().unwrap_or(&resource.id)))
        .fully_qualified_name(clean(&resource.id))
        .kind("resource")
        .build()
}

/// A comment that the waiver asks for is part of the source (SARIF 2.1.0, section 3.35.2); the waiver file is not.
fn suppression(finding: &Finding<'_>) -> Suppression {
    let comment = finding.outcome.waived_by.as_ref().and_then(|waived_by| waived_by.comment.as_ref());
    let mut suppression = Suppression::builder()
        .kind(json!(if comment.is_some() { "inSource" } else { "external" }))
        .status(json!("accepted"))
        .justification(prose::justification(finding))
        .build();
    suppression.location = comment.map(location);
    suppression
}

/// Section 3.27.24: how a result stands to an earlier state of what was analysed.
fn baseline_state(stood: Stood) -> Json {
    Json::from(match stood {
        Stood::Before => "unchanged",
        Stood::Worse => "updated",
        Stood::New => "new",
    })
}

/// Section 3.48.3: when the result was first and last detected.
fn provenance(age: &FindingAge) -> ResultProvenance {
    ResultProvenance::builder()
        .first_detection_time_utc(age.first_seen.to_string())
        .last_detection_time_utc(age.last_seen.to_string())
        .build()
}

fn result_properties(finding: &Finding<'_>) -> PropertyBag {
    let mut bag = BTreeMap::from([
        ("dbkeel/tier".to_owned(), json!(finding.tier.name)),
        ("dbkeel/tierReason".to_owned(), json!(clean(finding.tier_reason))),
        ("dbkeel/resourceType".to_owned(), json!(finding.resource.resource_type)),
        ("dbkeel/actual".to_owned(), actual(finding)),
    ]);
    if let Some(change) = &finding.resource.change {
        bag.insert("dbkeel/plannedAction".to_owned(), json!(change.action));
    }
    if let Some(age) = finding.age() {
        bag.insert("dbkeel/opened".to_owned(), json!(age.opened));
        bag.insert("dbkeel/ageDays".to_owned(), json!(age.age_days));
        bag.insert("dbkeel/reopened".to_owned(), json!(age.reopened));
    }
    properties(bag)
}

fn drift_properties(drift: &Drift) -> PropertyBag {
    let failed: Vec<&str> =
        drift.effects.iter().filter(|effect| effect.is_worse()).map(|effect| effect.rule.as_ref()).collect();
    let members = [
        ("dbkeel/class", Some(json!(drift.class))),
        ("dbkeel/against", Some(json!(drift.against))),
        ("dbkeel/resourceType", Some(json!(drift.resource.resource_type))),
        ("dbkeel/tier", Some(json!(drift.resource.tier)).filter(|_| !drift.resource.tier.is_empty())),
        ("dbkeel/runningId", drift.resource.running_id.as_ref().map(|id| json!(id))),
        ("dbkeel/drifted", Some(json!(drift.subject.to_string()))),
        ("dbkeel/expected", drift.declared.as_ref().map(|value| json!(value))),
        ("dbkeel/recorded", drift.recorded.as_ref().map(|value| json!(value))),
        ("dbkeel/actual", drift.running.as_ref().map(|value| json!(value))),
        ("dbkeel/pending", drift.pending.as_ref().map(|pending| json!(pending.value))),
        ("dbkeel/movedBy", drift.moved_by.map(|mover| json!(mover))),
        ("dbkeel/effect", Effect::of(drift).map(|effect| json!(effect))),
        ("dbkeel/fails", (!failed.is_empty()).then(|| json!(failed))),
    ];
    properties(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

/// The facts that the rule read, by name; what is not known as its reason.
fn actual(finding: &Finding<'_>) -> Json {
    let facts = finding.rule.reads.iter().zip(&finding.outcome.facts);
    facts.map(|(path, state)| (path.to_string(), fact(state))).collect::<serde_json::Map<_, _>>().into()
}

fn fact(state: &FactState) -> Json {
    match state {
        FactState::Known(value) => json!(value),
        FactState::Partial(value, why) => json!({"known": value, "rest": why.to_string()}),
        FactState::Unknown(why) => json!({"unknown": why.to_string()}),
        FactState::Missing(why) => json!({"missing": why}),
    }
}

// ---- how the run went

fn invocation(results: &Results, left_out: usize) -> Invocation {
    let failed = not_proven(results);
    // GitHub keeps the alerts of a run that did not succeed; it would close those of a scope that was not read.
    let successful = failed.is_empty();
    let mut notifications = failed;
    notifications.extend(waiver_notes(results));
    notifications.extend(ignore_notes(results));
    notifications.extend(results.coming.iter().map(coming_note));
    if left_out > 0 {
        let text = format!("{} left out: code scanning shows the 5,000 worst.", count(left_out, "result"));
        notifications.push(notification(ResultLevel::Warning, text));
    }
    let mut invocation = Invocation::builder()
        .execution_successful(successful)
        .start_time_utc(&*results.run.as_of)
        .end_time_utc(&*results.run.as_of)
        .build();
    invocation.tool_execution_notifications = (!notifications.is_empty()).then_some(notifications);
    invocation
}

/// Why this run does not prove what its results seem to say.
fn not_proven(results: &Results) -> Vec<Notification> {
    let mut notifications = Vec::new();
    let comparison = results.drift.comparison.as_ref();
    let standing = comparison.map(|comparison| drift::standing(&results.drift, comparison));
    if standing == Some(Standing::NothingCompared) {
        let text = "Nothing was compared: no resource is on both sides.";
        notifications.push(notification(ResultLevel::Error, text.to_owned()));
    }
    let nothing_judged = results.verdicts.iter().all(|of_rule| of_rule.verdicts.is_empty());
    if nothing_judged && !drift::is_all(results) {
        let text = "Nothing was evaluated: no rule met a resource that it concerns.";
        notifications.push(notification(ResultLevel::Error, text.to_owned()));
    }
    for gap in &results.gaps {
        let text = prose::plain(&format!("'{}' could not be read: {}.", gap.place, gap.reason));
        notifications.push(notification(ResultLevel::Error, text));
    }
    for of_rule in failures::by_rule(results, Verdict::Error) {
        notifications.extend(of_rule.outcomes.iter().map(|group| rule_error(results, of_rule.rule, group)));
    }
    notifications
}

/// What is odd about the waivers: it does not touch what the run proves.
fn waiver_notes(results: &Results) -> impl Iterator<Item = Notification> {
    let notes = results.waivers.iter().flat_map(waiver::notes);
    notes.map(|note| {
        let text = note.strip_prefix("note: ").unwrap_or(&note);
        notification(ResultLevel::Note, prose::plain(&prose::sentence(&prose::quoted(&capital(text)))))
    })
}

/// What will fail when the baseline changes: a result would fail today.
fn coming_note(coming: &Coming) -> Notification {
    let text = format!(
        "From {} on, the baseline makes it a {} of rule '{}' at {}: {}.",
        coming.from,
        coming.effect(),
        coming.rule.id,
        count(coming.resources.len(), "resource"),
        coming.messages.join("; "),
    );
    notification(ResultLevel::Warning, prose::plain(&prose::quoted(&text)))
}

/// The ignore rules that ignore nothing.
fn ignore_notes(results: &Results) -> impl Iterator<Item = Notification> {
    let odd = results.drift.comparison.iter().flat_map(drift::odd_ignores);
    odd.map(|(ignore, remark)| {
        let text = format!("The ignore rule at '{}' {remark}.", drift::place_of(ignore));
        notification(ResultLevel::Note, prose::plain(&text))
    })
}

fn rule_error(results: &Results, rule: &Rule, group: &failures::Group<'_>) -> Notification {
    let first = group.findings().next().map(|finding| finding.resource.id.clone()).unwrap_or_default();
    let text = format!(
        "Rule '{}' raised an error on {}, the first of them '{first}': {}.",
        rule.id,
        count(group.count(), "resource"),
        group.outcome.messages.join("; "),
    );
    let mut notification = notification(ResultLevel::Error, prose::plain(&text));
    let index = results.rules.iter().position(|other| other.id == rule.id).map_or(-1, |position| position as i64);
    notification.associated_rule = Some(ReportingDescriptorReference::builder().id(&*rule.id).index(index).build());
    notification
}

fn notification(level: ResultLevel, text: String) -> Notification {
    Notification::builder().level(json!(level)).message(message(text)).build()
}

/// Reads a log into `serde-sarif`'s types and writes it again.
#[cfg(test)]
pub(super) fn round_trip(log: &Json) -> Json {
    let log: serde_sarif::sarif::Sarif = serde_json::from_value(log.clone()).unwrap();
    serde_json::to_value(log).unwrap()
}
