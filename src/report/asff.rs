//! ASFF, the form in which AWS Security Hub takes findings: an array with one finding a line. It is a file and never uploaded;
//! the commands that would do so are in `docs/`.
//!
//! A finding has to name an AWS account of twelve digits and its region, and an invented one would put it in front of the
//! wrong people: what is of another provider, or of a plan that does not tell the account, is left out and counted on stderr.
//!
//! - `Compliance.Status`: `PASSED`; `FAILED`, waived too; `WARNING` ("some information is missing") for unknown;
//!   `NOT_AVAILABLE` for an error and for not applicable.
//! - `Workflow.Status`: `NEW`; `SUPPRESSED` for waived, with who accepted it in `Note`; `RESOLVED` for what passes.
//! - Texts are cut to the limits of the service's API reference, which botocore's model repeats in words and does not check.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::siem::{Record, Records, Subject};
use super::text::{clean, cut};
use super::{Report, ReportOptions};
use crate::model::{Provider, Results, RunInfo, Severity, Stood, Verdict, WaiverUse};

const MAX_TITLE: usize = 256;
const MAX_DESCRIPTION: usize = 1024;
const MAX_GENERATOR: usize = 512;
const MAX_RECOMMENDATION: usize = 512;
const MAX_NOTE: usize = 512;
const MAX_REQUIREMENTS: usize = 32;
const MAX_FIELD: usize = 2048;
/// Of the id of a resource and who wrote a note, for which no limit is documented.
const MAX_ID: usize = 512;
/// Of a region (Resource.Region), so that what is none is not taken for one.
const MAX_REGION: usize = 16;

const TYPES: [&str; 1] = ["Software and Configuration Checks"];

/// The format.
pub(super) struct Asff;

impl Report for Asff {
    fn write(&self, results: &Results, _: &ReportOptions, out: &mut dyn Write) -> io::Result<()> {
        let line = |record: &Record<'_>| {
            let Some(home) = Home::of(&record.subject) else { return Ok(None) };
            let mut line = b",\n".to_vec();
            serde_json::to_writer(&mut line, &AsffFinding::of(record, &home, &results.run))?;
            Ok(Some(line))
        };
        out.write_all(b"[")?;
        Records::of(results).write(&line, &mut WithoutFirst { out, first: true })?;
        out.write_all(b"\n]\n")
    }

    fn left_out(&self, results: &Results) -> Option<String> {
        let (told, all) = Records::of(results).count(|subject| Home::of(subject).is_some());
        (told < all).then(|| {
            format!(
                "asff leaves out {} of {all} findings: ASFF asks for an AWS account and a region, which their source does not tell",
                all - told
            )
        })
    }

    fn tells_digests(&self) -> bool {
        false
    }
}

/// Writes what it is given, less the comma before the first element of the array.
struct WithoutFirst<'o> {
    out: &'o mut dyn Write,
    first: bool,
}

impl Write for WithoutFirst<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.first && bytes.first() == Some(&b',') {
            self.first = false;
            self.out.write_all(bytes.get(1..).unwrap_or_default())?;
            return Ok(bytes.len());
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Where Security Hub takes a finding.
struct Home<'a> {
    partition: &'a str,
    region: &'a str,
    account: &'a str,
}

impl<'a> Home<'a> {
    fn of(subject: &Subject<'a>) -> Option<Self> {
        let is_account = |account: &&str| account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        let is_region = |region: &&str| {
            let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            region.contains('-') && region.len() <= MAX_REGION && region.bytes().all(is_part)
        };
        // Values of the model of botocore, which has others for the isolated partitions than ARNs have.
        let partition = match subject.partition()? {
            "aws-iso" => "aws-us-iso",
            "aws-iso-b" => "aws-us-iso-b",
            known @ ("aws" | "aws-cn" | "aws-us-gov") => known,
            _ => return None,
        };
        (subject.provider == Provider::Aws).then_some(())?;
        Some(Self {
            partition,
            region: subject.region.filter(is_region)?,
            account: subject.account.filter(is_account)?,
        })
    }

    /// The ARN under which an account sends findings of its own products.
    fn product(&self) -> String {
        let Self { partition, region, account } = self;
        let partition = match *partition {
            "aws-us-iso" => "aws-iso",
            "aws-us-iso-b" => "aws-iso-b",
            partition => partition,
        };
        format!("arn:{partition}:securityhub:{region}:{account}:product/{account}/default")
    }
}

type Words<'a> = Cow<'a, str>;

/// A text that fits; the API takes none that is blank.
fn fit(text: &str, most: usize) -> String {
    let text = clean(text);
    match text.trim().is_empty() {
        true => "-".to_owned(),
        false => cut(&text, most).into_owned(),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AsffFinding<'a> {
    schema_version: &'static str,
    id: String,
    product_arn: String,
    product_name: &'static str,
    company_name: &'static str,
    region: &'a str,
    generator_id: String,
    aws_account_id: &'a str,
    types: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    first_observed_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_observed_at: Option<&'a str>,
    created_at: &'a str,
    updated_at: &'a str,
    severity: AsffSeverity<'a>,
    finding_provider_fields: FindingProviderFields<'a>,
    title: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remediation: Option<Remediation>,
    product_fields: BTreeMap<&'static str, String>,
    resources: [Resource<'a>; 1],
    compliance: Compliance<'a>,
    workflow: Workflow,
    record_state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Note<'a>>,
}

impl<'a> AsffFinding<'a> {
    fn of(record: &'a Record<'a>, home: &Home<'a>, run: &'a RunInfo) -> Self {
        let description = match record.messages.as_slice() {
            [] => format!("{}: {}", record.subject.id, record.rule.title),
            messages => format!("{}: {}", record.subject.id, messages.join("; ")),
        };
        let severity = AsffSeverity { label: label(record), original: record.severity.as_str() };
        Self {
            schema_version: "2018-10-08",
            id: format!("dbkeel/{}", record.uid),
            product_arn: home.product(),
            product_name: "dbkeel",
            company_name: "dbkeel",
            region: home.region,
            generator_id: fit(&format!("dbkeel/{}", record.rule.id), MAX_GENERATOR),
            aws_account_id: home.account,
            types: TYPES,
            first_observed_at: record.age.map(|age| age.first_seen.as_ref()),
            last_observed_at: record.age.map(|age| age.last_seen.as_ref()),
            created_at: record.age.map_or(&run.as_of, |age| &age.opened),
            updated_at: &run.as_of,
            severity,
            finding_provider_fields: FindingProviderFields { severity, types: TYPES },
            title: fit(record.rule.title, MAX_TITLE),
            description: fit(&description, MAX_DESCRIPTION),
            remediation: record.remedy.as_deref().map(Remediation::of),
            product_fields: product_fields(record, run),
            resources: [Resource::of(&record.subject, home)],
            compliance: Compliance::of(record),
            workflow: Workflow { status: workflow(record.verdict) },
            record_state: "ACTIVE",
            note: record.waiver.map(|waiver| Note::of(waiver, run)),
        }
    }
}

/// What matters nothing any more is informational, whatever its rule.
fn label(record: &Record<'_>) -> &'static str {
    match (record.verdict, record.severity) {
        (Verdict::Pass | Verdict::NotApplicable, _) | (_, Severity::Info) => "INFORMATIONAL",
        (_, Severity::Low) => "LOW",
        (_, Severity::Medium) => "MEDIUM",
        (_, Severity::High) => "HIGH",
        (_, Severity::Critical) => "CRITICAL",
    }
}

fn workflow(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail | Verdict::Unknown | Verdict::Error => "NEW",
        Verdict::Waived => "SUPPRESSED",
        Verdict::Pass | Verdict::NotApplicable => "RESOLVED",
    }
}

/// What ASFF has no names for.
fn product_fields(record: &Record<'_>, run: &RunInfo) -> BTreeMap<&'static str, String> {
    let place = match record.location.region {
        Some(region) => format!("{}:{}", record.location.file, region.start_line),
        None => record.location.file.to_string(),
    };
    let fields = [
        ("dbkeel/baseline", run.baseline.as_ref()),
        ("dbkeel/domain", record.rule.domain),
        ("dbkeel/owner", record.subject.owner.as_deref().unwrap_or_default()),
        ("dbkeel/place", &place),
        ("dbkeel/resource", record.subject.id),
        ("dbkeel/rule", record.rule.name),
        ("dbkeel/standing", record.standing.map_or("", Stood::as_str)),
        ("dbkeel/tier", record.subject.tier),
        ("dbkeel/verdict", record.verdict.as_str()),
        ("dbkeel/version", &run.version),
    ];
    let said = fields.into_iter().filter(|(_, text)| !text.trim().is_empty());
    said.map(|(name, text)| (name, fit(text, MAX_FIELD))).collect()
}

/// What the service keeps of a provider's own: only here may a later import change a severity (BatchImportFindings).
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct FindingProviderFields<'a> {
    severity: AsffSeverity<'a>,
    types: [&'static str; 1],
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "PascalCase")]
struct AsffSeverity<'a> {
    label: &'static str,
    original: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Remediation {
    recommendation: Recommendation,
}

impl Remediation {
    fn of(remedy: &str) -> Self {
        Self { recommendation: Recommendation { text: fit(remedy, MAX_RECOMMENDATION) } }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Recommendation {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Resource<'a> {
    #[serde(rename = "Type")]
    resource_type: &'static str,
    id: String,
    partition: &'a str,
    region: &'a str,
}

impl<'a> Resource<'a> {
    fn of(subject: &Subject<'a>, home: &Home<'a>) -> Self {
        Self {
            resource_type: type_of(subject.resource_type),
            id: fit(subject.arn.unwrap_or(subject.id), MAX_ID),
            partition: home.partition,
            region: home.region,
        }
    }
}

/// Security Hub's word for a type: a member of `ResourceDetails` in the service's model, else `Other`.
fn type_of(resource_type: &str) -> &'static str {
    match resource_type {
        "aws_db_instance"
        | "aws_rds_cluster_instance"
        | "aws_docdb_cluster_instance"
        | "aws_neptune_cluster_instance" => "AwsRdsDbInstance",
        "aws_rds_cluster" | "aws_docdb_cluster" | "aws_neptune_cluster" => "AwsRdsDbCluster",
        "aws_db_snapshot" => "AwsRdsDbSnapshot",
        "aws_db_cluster_snapshot" | "aws_docdb_cluster_snapshot" | "aws_neptune_cluster_snapshot" => {
            "AwsRdsDbClusterSnapshot"
        }
        "aws_db_event_subscription" => "AwsRdsEventSubscription",
        "aws_dynamodb_table" => "AwsDynamoDbTable",
        "aws_redshift_cluster" => "AwsRedshiftCluster",
        "aws_dms_endpoint" => "AwsDmsEndpoint",
        "aws_dms_replication_instance" => "AwsDmsReplicationInstance",
        "aws_dms_replication_task" => "AwsDmsReplicationTask",
        "aws_backup_vault" => "AwsBackupBackupVault",
        "aws_backup_plan" => "AwsBackupBackupPlan",
        "aws_security_group" => "AwsEc2SecurityGroup",
        "aws_subnet" => "AwsEc2Subnet",
        "aws_kms_key" => "AwsKmsKey",
        "aws_secretsmanager_secret" => "AwsSecretsManagerSecret",
        "aws_guardduty_detector" => "AwsGuardDutyDetector",
        _ => "Other",
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Compliance<'a> {
    status: &'static str,
    security_control_id: Words<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_requirements: Vec<String>,
}

impl<'a> Compliance<'a> {
    fn of(record: &'a Record<'a>) -> Self {
        let status = match record.verdict {
            Verdict::Pass => "PASSED",
            Verdict::Fail | Verdict::Waived => "FAILED",
            Verdict::Unknown => "WARNING",
            Verdict::Error | Verdict::NotApplicable => "NOT_AVAILABLE",
        };
        let requirements = record.requirements.iter().take(MAX_REQUIREMENTS);
        Self {
            status,
            security_control_id: clean(record.rule.id),
            related_requirements: requirements
                .map(|one| fit(&format!("{} {}", one.standard, one.control), MAX_ID))
                .collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Workflow {
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Note<'a> {
    text: String,
    updated_by: String,
    updated_at: &'a str,
}

impl<'a> Note<'a> {
    fn of(waiver: &WaiverUse, run: &'a RunInfo) -> Self {
        let ticket = waiver.ticket.as_ref().map(|ticket| format!(" ({ticket})")).unwrap_or_default();
        let text = format!("waived by {} until {}: {}{ticket}", waiver.id, waiver.expires, waiver.reason);
        let by = waiver.approver.as_deref().or(waiver.owner.as_deref()).unwrap_or(&waiver.id);
        Self { text: fit(&text, MAX_NOTE), updated_by: fit(by, MAX_ID), updated_at: &run.as_of }
    }
}

#[cfg(test)]
mod tests;
