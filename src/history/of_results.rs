//! From the results of a run to what the history takes of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::run::{DriftRecord, DriftSeen, Measured, ResourceSeen, RuleSeen, RunRecord, VerdictSeen};
use crate::facts::FactId;
use crate::facts::catalogue::{
    BACKUP_RETENTION_DAYS, CERTIFICATE_VALID_TILL, ENGINE, ENGINE_SUPPORT_END, ENGINE_VERSION, IN_BACKUP_PLAN,
    LAST_RESTORE_TEST, LATEST_RESTORABLE_TIME, MAINTENANCE_FORCED_AT, OBSERVED_AT, PENDING_MAINTENANCE, TAGS,
};
use crate::model::{Against, Drift, DriftReport, FactState, Kind, Resource, Results, ScopeSeen, Value, Verdict};

/// The facts whose past is kept. None of them can be sensitive: versions, dates, numbers, yes and no.
const KEPT: [FactId; 8] = [
    ENGINE_VERSION,
    ENGINE_SUPPORT_END,
    CERTIFICATE_VALID_TILL,
    PENDING_MAINTENANCE,
    MAINTENANCE_FORCED_AT,
    BACKUP_RETENTION_DAYS,
    IN_BACKUP_PLAN,
    LAST_RESTORE_TEST,
];

/// The sample of how much would be lost now: from the latest moment that can be restored to when it was looked at.
pub(super) const RECOVERY_LAG: &str = "recovery_lag_seconds";

/// What the history takes of a run, and of where it looked. `now` is the instant of the run.
pub fn of_results(
    results: &Results,
    scopes: &[ScopeSeen],
    now: jiff::Timestamp,
    drift: Option<DriftRecord>,
) -> RunRecord {
    let mut verdicts = verdicts(results);
    let mut keys = BTreeSet::new();
    let mut resources = Vec::with_capacity(results.resources.len());
    for (position, resource) in results.resources.iter().enumerate() {
        // Of two sources that tell of one resource, the first counts.
        if keys.insert(&resource.id) {
            let of_it = verdicts.get_mut(position).map(std::mem::take).unwrap_or_default();
            resources.push(seen(results, position, resource, of_it));
        }
    }
    let rule = |rule: &Arc<crate::model::Rule>| RuleSeen {
        id: Arc::clone(&rule.id),
        name: Arc::clone(&rule.name),
        domain: rule.domain,
        title: Arc::clone(&rule.title),
    };
    let digests: Vec<&str> = results.sources.iter().map(|source| source.sha256.as_ref()).collect();
    RunRecord {
        at: results.run.as_of.parse().unwrap_or(now),
        version: Arc::clone(&results.run.version),
        baseline: Arc::clone(&results.run.baseline),
        baseline_sha256: Arc::clone(&results.run.baseline_sha256),
        policies_sha256: Arc::clone(&results.run.policies_sha256),
        source_sha256: match digests.as_slice() {
            [one] => (*one).into(),
            several => crate::source::sha256(several.join("\n").as_bytes()),
        },
        rules: results.rules.iter().map(rule).collect(),
        scopes: scopes.to_vec(),
        resources,
        drift,
        waivers: results.waivers.as_ref().map(|report| report.entries.clone()).unwrap_or_default(),
        gaps: results.gaps.clone(),
        targets: BTreeMap::new(),
    }
}

/// The drifts of a report, as the history takes them. Nothing of one that only a plan's own comparison tells.
pub fn drifts_of(report: &DriftReport) -> Vec<DriftSeen> {
    let recorded = report.drifts.iter().filter(|drift| drift.against != Against::Plan);
    recorded.map(drift_seen).collect()
}

fn drift_seen(drift: &Drift) -> DriftSeen {
    let resource = &drift.resource;
    DriftSeen {
        fingerprint: drift.fingerprint().into(),
        resource: Arc::clone(&resource.id),
        running: resource.running_id.clone(),
        scope: resource.scope.clone(),
        tier: Arc::clone(&resource.tier),
        class: drift.class,
        against: drift.against,
        subject: drift.subject.to_string().into(),
        severity: drift.severity(),
    }
}

/// The verdicts of each resource, by its position; by rule.
fn verdicts(results: &Results) -> Vec<Vec<VerdictSeen>> {
    let mut verdicts: Vec<Vec<VerdictSeen>> = vec![Vec::new(); results.resources.len()];
    for of_rule in &results.verdicts {
        let Ok(rule) = u32::try_from(of_rule.rule) else { continue };
        // Many resources share an outcome, so its text is made once.
        let messages: Vec<Option<Arc<str>>> = of_rule
            .outcomes
            .iter()
            .map(|outcome| {
                let is_said = !matches!(outcome.verdict, Verdict::Pass | Verdict::NotApplicable);
                is_said.then(|| outcome.messages.join("; ").into())
            })
            .collect();
        for (resource, number) in &of_rule.verdicts {
            let Some(outcome) = of_rule.outcomes.get(*number as usize) else { continue };
            let Some(finding) = results.finding(of_rule.rule, *resource, outcome) else { continue };
            let Some(of_resource) = verdicts.get_mut(*resource as usize) else { continue };
            of_resource.push(VerdictSeen {
                rule,
                verdict: outcome.verdict,
                severity: finding.severity(),
                waiver: finding.waiver.map(|waiver| Arc::clone(&waiver.id)),
                message: messages.get(*number as usize).cloned().flatten(),
            });
        }
    }
    verdicts
}

fn seen(results: &Results, position: usize, resource: &Resource, verdicts: Vec<VerdictSeen>) -> ResourceSeen {
    let tier = results.assignments.get(position).and_then(|of| results.tiers.get(usize::from(of.tier)));
    let is_database = matches!(resource.kind, Kind::Instance | Kind::Cluster | Kind::ClusterMember);
    ResourceSeen {
        key: Arc::clone(&resource.id),
        resource_id: resource.identity.resource_id.clone(),
        resource_type: resource.resource_type.into(),
        kind: resource.kind,
        provider: resource.provider,
        scope: resource.scope.clone(),
        name: resource.name.clone(),
        tier: tier.map_or_else(|| Arc::from(""), |tier| Arc::clone(&tier.name)),
        owner: owner(results, resource),
        engine: resource.facts.known(ENGINE).and_then(Value::as_str).map(Arc::from),
        verdicts,
        facts: if is_database { facts(resource) } else { BTreeMap::new() },
        samples: lag(resource).into_iter().map(|lag| (RECOVERY_LAG, lag)).collect(),
    }
}

/// Whose it is: by its tag `owner`, in any case, else by the fleet file.
fn owner(results: &Results, resource: &Resource) -> Option<Arc<str>> {
    let tags = resource.facts.map(TAGS);
    let tag = tags.and_then(|tags| tags.entries.iter().find(|(key, _)| key.eq_ignore_ascii_case("owner")));
    let tag = tag.and_then(|(_, fact)| fact.state.known()).and_then(Value::as_str).filter(|owner| !owner.is_empty());
    let of_account = || results.accounts.get(resource.scope.account.as_ref()?)?.owner.clone();
    tag.map(Arc::from).or_else(of_account)
}

fn facts(resource: &Resource) -> BTreeMap<&'static str, Measured> {
    let measured = |id: FactId| {
        let fact = resource.facts.get(id)?;
        let measured = match &fact.state {
            FactState::Known(value) => Measured::Known(value.to_string().into()),
            FactState::Partial(_, why) | FactState::Unknown(why) => Measured::Unknown(why.to_string().into()),
            FactState::Missing(_) => Measured::Missing,
        };
        Some((id.def().name, measured))
    };
    KEPT.into_iter().filter_map(measured).collect()
}

/// How much would be lost if it had to be restored when it was looked at.
fn lag(resource: &Resource) -> Option<i64> {
    let instant = |id: FactId| resource.facts.known(id)?.as_str()?.parse::<jiff::Timestamp>().ok();
    let (latest, observed) = (instant(LATEST_RESTORABLE_TIME)?, instant(OBSERVED_AT)?);
    Some(observed.as_second().saturating_sub(latest.as_second()).max(0))
}
