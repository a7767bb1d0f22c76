//! OCSF 1.5.0: one Compliance Finding (class 2003) a line, for Security Lake, Splunk, Elastic and other systems that collect
//! events. An event is one verdict, or one drift; a run that judged nothing is an empty file.
//!
//! - `compliance.status_id` is what the rule says: 1 pass; 3 fail, waived too, since a waiver mends nothing; 2 ("did not
//!   yield a result due to missing information") for unknown; 99 with its own word for an error and for not applicable.
//! - `status_id` is what is to be done: 1 new; 3 suppressed, with who accepted it in `comment`; 4 resolved, when the history
//!   knows that it was open until now; 99 with its own word for what never was a finding.
//! - `status_detail` is how a failure stands to the change that was judged, with `--gate delta`.
//! - `activity_id` is 1 (create) unless a history tells: 2 (update) when it has been open, 3 (close) when it was until now.
//! - Times are milliseconds since 1970, taken from the run and not from the clock.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::siem::{Activity, Record, Records, Requirement, Subject};
use super::text::clean;
use super::{Report, ReportOptions};
use crate::model::{FindingAge, Kind, Provider, Results, Severity, Stood, Value, Verdict, WaiverUse};

/// The format.
pub(super) struct Ocsf;

impl Report for Ocsf {
    fn write(&self, results: &Results, _: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        let (time, version) = (milliseconds(&results.run.as_of), results.run.version.as_ref());
        let line = |record: &Record<'_>| {
            let mut line = serde_json::to_vec(&Event::of(record, &Run { time, version, results }))?;
            line.push(b'\n');
            Ok(Some(line))
        };
        Records::of(results).write(&line, out)
    }

    fn tells_digests(&self) -> bool {
        false
    }
}

/// What the events of a run have in common.
struct Run<'a> {
    time: i64,
    version: &'a str,
    results: &'a Results,
}

/// An instant of ours in OCSF's time; one that cannot be read is 1970, which is told from any run.
fn milliseconds(instant: &str) -> i64 {
    instant.parse().map_or(0, |instant: jiff::Timestamp| instant.as_millisecond())
}

type Words<'a> = Cow<'a, str>;

/// A Compliance Finding.
#[derive(Serialize)]
struct Event<'a> {
    activity_id: u8,
    activity_name: &'static str,
    category_uid: u8,
    category_name: &'static str,
    class_uid: u16,
    class_name: &'static str,
    type_uid: u32,
    type_name: String,
    time: i64,
    severity_id: u8,
    severity: &'static str,
    status_id: u8,
    status: &'static str,
    status_code: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_detail: Option<Stood>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    metadata: Metadata<'a>,
    finding_info: FindingInfo<'a>,
    compliance: Compliance<'a>,
    resources: [Resource<'a>; 1],
    cloud: Cloud<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remediation: Option<Remediation>,
}

impl<'a> Event<'a> {
    fn of(record: &'a Record<'a>, run: &Run<'a>) -> Self {
        let (activity_id, activity_name) = activity(record.activity);
        let (severity_id, severity) = severity_of(record);
        let (status_id, status) = status(record);
        Self {
            activity_id,
            activity_name,
            category_uid: 2,
            category_name: "Findings",
            class_uid: 2003,
            class_name: "Compliance Finding",
            type_uid: 200_300 + u32::from(activity_id),
            type_name: format!("Compliance Finding: {activity_name}"),
            time: run.time,
            severity_id,
            severity,
            status_id,
            status,
            status_code: record.verdict,
            status_detail: record.standing,
            message: message(record),
            comment: record.waiver.map(comment),
            metadata: Metadata::of(record, run),
            finding_info: FindingInfo::of(record, run.time),
            compliance: Compliance::of(record),
            resources: [Resource::of(record)],
            cloud: Cloud::of(&record.subject, run.results),
            remediation: record.remedy.as_deref().map(|remedy| Remediation { desc: clean(remedy).into_owned() }),
        }
    }
}

fn activity(activity: Activity) -> (u8, &'static str) {
    match activity {
        Activity::Create => (1, "Create"),
        Activity::Update => (2, "Update"),
        Activity::Close => (3, "Close"),
    }
}

/// What matters nothing any more is informational, whatever its rule.
fn severity_of(record: &Record<'_>) -> (u8, &'static str) {
    match record.verdict {
        Verdict::Pass | Verdict::NotApplicable => severity(Severity::Info),
        _ => severity(record.severity),
    }
}

fn severity(severity: Severity) -> (u8, &'static str) {
    match severity {
        Severity::Info => (1, "Informational"),
        Severity::Low => (2, "Low"),
        Severity::Medium => (3, "Medium"),
        Severity::High => (4, "High"),
        Severity::Critical => (5, "Critical"),
    }
}

fn status(record: &Record<'_>) -> (u8, &'static str) {
    match record.verdict {
        _ if record.activity == Activity::Close => (4, "Resolved"),
        Verdict::Fail | Verdict::Unknown | Verdict::Error => (1, "New"),
        Verdict::Waived => (3, "Suppressed"),
        Verdict::Pass => (99, "Compliant"),
        Verdict::NotApplicable => (99, "Not Applicable"),
    }
}

fn compliance_status(verdict: Verdict) -> (u8, &'static str) {
    match verdict {
        Verdict::Pass => (1, "Pass"),
        Verdict::Unknown => (2, "Warning"),
        Verdict::Fail | Verdict::Waived => (3, "Fail"),
        Verdict::Error => (99, "Error"),
        Verdict::NotApplicable => (99, "Not Applicable"),
    }
}

/// What a person reads first.
fn message(record: &Record<'_>) -> String {
    let what = match record.messages.as_slice() {
        [] => clean(record.rule.title),
        messages => Cow::Owned(messages.join("; ")),
    };
    format!("{}: {what}", clean(record.subject.id))
}

/// Who accepted it, until when, and why.
fn comment(waiver: &WaiverUse) -> String {
    let mut parts = vec![format!("waived by {} until {}: {}", waiver.id, waiver.expires, waiver.reason)];
    let mut add = |word: &str, text: &Option<std::sync::Arc<str>>| {
        parts.extend(text.as_ref().map(|text| format!("{word} {text}")));
    };
    add("accepted by", &waiver.approver);
    add("owned by", &waiver.owner);
    add("decided in", &waiver.ticket);
    clean(&parts.join("; ")).into_owned()
}

#[derive(Serialize)]
struct Metadata<'a> {
    version: &'static str,
    profiles: [&'static str; 1],
    product: Product<'a>,
    /// One event, so that a run that is loaded twice is counted once.
    uid: String,
}

impl<'a> Metadata<'a> {
    fn of(record: &Record<'_>, run: &Run<'a>) -> Self {
        Self {
            version: "1.5.0",
            profiles: ["cloud"],
            product: Product { name: "dbkeel", vendor_name: "dbkeel", version: run.version },
            uid: format!("{}-{}", record.uid, run.time),
        }
    }
}

#[derive(Serialize)]
struct Product<'a> {
    name: &'static str,
    vendor_name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
struct FindingInfo<'a> {
    uid: &'a str,
    title: Words<'a>,
    desc: Words<'a>,
    types: [&'a str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    created_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen_time: Option<i64>,
    modified_time: i64,
}

impl<'a> FindingInfo<'a> {
    fn of(record: &'a Record<'a>, time: i64) -> Self {
        let at = |instant: fn(&FindingAge) -> &str| record.age.map(|age| milliseconds(instant(age)));
        Self {
            uid: &record.uid,
            title: clean(record.rule.title),
            desc: clean(record.rule.description),
            types: [record.rule.domain],
            created_time: at(|age| &age.opened),
            first_seen_time: at(|age| &age.first_seen),
            last_seen_time: at(|age| &age.last_seen),
            modified_time: time,
        }
    }
}

#[derive(Serialize)]
struct Compliance<'a> {
    control: Words<'a>,
    category: &'a str,
    status_id: u8,
    status: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    status_details: &'a [Words<'a>],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    standards: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    requirements: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    control_parameters: Vec<Parameter<'a>>,
    checks: [Check<'a>; 1],
}

impl<'a> Compliance<'a> {
    fn of(record: &'a Record<'a>) -> Self {
        let (status_id, status) = compliance_status(record.verdict);
        let parameter = |(name, value): &(&'a str, &Value)| Parameter { name: clean(name), value: value_of(value) };
        Self {
            control: clean(record.rule.id),
            category: record.rule.domain,
            status_id,
            status,
            status_details: &record.messages,
            standards: standards(record.requirements),
            requirements: record.requirements.iter().map(requirement).collect(),
            control_parameters: record.parameters.iter().map(parameter).collect(),
            checks: [Check::of(record)],
        }
    }
}

fn value_of(value: &Value) -> String {
    clean(&value.to_string()).into_owned()
}

/// Each standard once; requirements of one stand together.
fn standards<'a>(requirements: &'a [Requirement<'a>]) -> Vec<&'a str> {
    let mut standards: Vec<&str> = requirements.iter().map(|one| one.standard.as_str()).collect();
    standards.dedup();
    standards
}

fn requirement(requirement: &Requirement<'_>) -> String {
    format!("{} {}", requirement.standard, clean(requirement.control))
}

#[derive(Serialize)]
struct Parameter<'a> {
    name: Words<'a>,
    value: String,
}

/// The rule, whatever became of it.
#[derive(Serialize)]
struct Check<'a> {
    uid: Words<'a>,
    name: Words<'a>,
    severity_id: u8,
    severity: &'static str,
    status_id: u8,
    status: &'static str,
}

impl<'a> Check<'a> {
    fn of(record: &'a Record<'a>) -> Self {
        let (severity_id, severity) = severity(record.severity);
        let (status_id, status) = compliance_status(record.verdict);
        Self { uid: clean(record.rule.id), name: clean(record.rule.name), severity_id, severity, status_id, status }
    }
}

#[derive(Serialize)]
struct Resource<'a> {
    uid: Words<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uid_alt: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Words<'a>>,
    #[serde(rename = "type")]
    resource_type: Words<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cloud_partition: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<User>,
    data: ResourceData<'a>,
}

impl<'a> Resource<'a> {
    fn of(record: &'a Record<'a>) -> Self {
        let subject = &record.subject;
        let uid = subject.arn.unwrap_or(subject.id);
        Self {
            uid: clean(uid),
            // The Terraform address beside the ARN.
            uid_alt: Some(subject.id).filter(|id| *id != uid).map(clean),
            name: subject.name.map(clean),
            resource_type: clean(subject.resource_type),
            region: subject.region.map(clean),
            cloud_partition: subject.partition().map(clean),
            owner: subject.owner.as_deref().map(|owner| User { name: clean(owner).into_owned() }),
            data: ResourceData {
                kind: subject.kind.map(Kind::as_str),
                tier: clean(subject.tier),
                file: clean(&record.location.file),
                line: record.location.region.map(|region| region.start_line),
            },
        }
    }
}

#[derive(Serialize)]
struct User {
    name: String,
}

/// What OCSF has no names for.
#[derive(Serialize)]
struct ResourceData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "is_empty")]
    tier: Words<'a>,
    #[serde(skip_serializing_if = "is_empty")]
    file: Words<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
}

fn is_empty(text: &Words<'_>) -> bool {
    text.is_empty()
}

#[derive(Serialize)]
struct Cloud<'a> {
    provider: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<Account<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Words<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cloud_partition: Option<Words<'a>>,
}

impl<'a> Cloud<'a> {
    fn of(subject: &'a Subject<'a>, results: &'a Results) -> Self {
        let account = |uid: &'a str| Account {
            uid: clean(uid),
            name: results.accounts.get(uid).and_then(|info| info.name.as_deref()).map(clean),
            type_id: account_type(subject.provider).0,
            account_type: account_type(subject.provider).1,
        };
        Self {
            provider: provider(subject.provider),
            account: subject.account.map(account),
            region: subject.region.map(clean),
            cloud_partition: subject.partition().map(clean),
        }
    }
}

/// OCSF's examples: `AWS`, `MS Azure`, `GCP`.
fn provider(provider: Provider) -> &'static str {
    match provider {
        Provider::Aws => "AWS",
        Provider::Azure => "MS Azure",
        Provider::Google => "GCP",
        // Nobody's cloud, and the schema asks for a word.
        Provider::Postgres | Provider::Mysql => "Other",
    }
}

fn account_type(provider: Provider) -> (u8, &'static str) {
    match provider {
        Provider::Aws => (10, "AWS Account"),
        Provider::Azure => (13, "Azure Subscription"),
        Provider::Google => (11, "GCP Project"),
        Provider::Postgres | Provider::Mysql => (0, "Unknown"),
    }
}

#[derive(Serialize)]
struct Account<'a> {
    uid: Words<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Words<'a>>,
    type_id: u8,
    #[serde(rename = "type")]
    account_type: &'static str,
}

#[derive(Serialize)]
struct Remediation {
    desc: String,
}

#[cfg(test)]
mod tests;
