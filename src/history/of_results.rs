//! From the results of a run to what the history takes of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::run::{DriftRecord, DriftSeen, Measured, ResourceSeen, RuleSeen, RunRecord, VerdictSeen};
use crate::facts::FactId;
use crate::facts::catalogue::{
    BACKUP_RETENTION_DAYS, CERTIFICATE_VALID_TILL, ENGINE, ENGINE_MAJOR_VERSION, ENGINE_SUPPORT_END, ENGINE_VERSION,
    IN_BACKUP_PLAN, LAST_RESTORE_TEST, LATEST_RESTORABLE_TIME, MAINTENANCE_FORCED_AT, OBSERVED_AT, PENDING_MAINTENANCE,
    TAGS,
};
use crate::model::{
    Against, Drift, DriftReport, FactState, Kind, Resource, Results, ScopeSeen, SourceInfo, Value, Verdict,
};
use crate::report::named::patch::version;

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

/// The fact since when a newer minor version has been there: a day; empty of one that runs the newest.
pub(super) const BEHIND_SINCE: &str = "newer_minor_since";

/// The target of the recovery point, by tier, in seconds.
pub(super) const RECOVERY_TARGET: &str = "recovery_point_seconds";

/// The parameter of rules that asks for a recovery point, in hours.
const RECOVERY_PARAMETER: &str = "max_recovery_point_age_hours";

/// What a run knows besides its results.
#[derive(Debug, Default)]
pub struct Looked<'a> {
    /// Where it looked.
    pub scopes: &'a [ScopeSeen],
    /// The instant of the run, where the results name none.
    pub now: jiff::Timestamp,
    /// What drifted; `None` when nothing was compared.
    pub drift: Option<DriftRecord>,
    /// Engine versions, as the rules read them.
    pub engines: Option<&'a serde_json::Value>,
    /// What the baseline aims at.
    pub targets: BTreeMap<Arc<str>, i64>,
}

/// What the history takes of a run.
pub fn of_results(results: &Results, looked: Looked<'_>) -> RunRecord {
    let mut verdicts = verdicts(results);
    let mut keys = BTreeSet::new();
    let mut resources = Vec::with_capacity(results.resources.len());
    for (position, resource) in results.resources.iter().enumerate() {
        // Of two sources that tell of one resource, the first counts.
        if keys.insert(&resource.id) {
            let of_it = verdicts.get_mut(position).map(std::mem::take).unwrap_or_default();
            resources.push(seen(results, position, resource, of_it, looked.engines));
        }
    }
    let rule = |rule: &Arc<crate::model::Rule>| RuleSeen {
        id: Arc::clone(&rule.id),
        name: Arc::clone(&rule.name),
        domain: rule.domain,
        title: Arc::clone(&rule.title),
    };
    let digests: Vec<&str> = results.sources.iter().map(SourceInfo::digest).collect();
    RunRecord {
        at: results.run.as_of.parse().unwrap_or(looked.now),
        version: Arc::clone(&results.run.version),
        baseline: Arc::clone(&results.run.baseline),
        baseline_sha256: Arc::clone(&results.run.baseline_sha256),
        policies_sha256: Arc::clone(&results.run.policies_sha256),
        source_sha256: match digests.as_slice() {
            [one] => (*one).into(),
            several => crate::source::sha256(several.join("\n").as_bytes()),
        },
        rules: results.rules.iter().map(rule).collect(),
        scopes: looked.scopes.to_vec(),
        resources,
        drift: looked.drift,
        waivers: results.waivers.as_ref().map(|report| report.entries.clone()).unwrap_or_default(),
        gaps: results.gaps.clone(),
        accounts: results.accounts.clone(),
        targets: targets(results, looked.targets),
    }
}

/// What the baseline aims at: its targets of everything, and of each tier the recovery point that rules ask for.
fn targets(results: &Results, of_baseline: BTreeMap<Arc<str>, i64>) -> BTreeMap<(Arc<str>, Arc<str>), i64> {
    let of_all = of_baseline.into_iter().map(|(name, value)| ((Arc::from(""), name), value));
    let of_tier = results.tiers.iter().filter_map(|tier| {
        let hours = tier.parameters.get(RECOVERY_PARAMETER)?.as_integer()?;
        Some(((Arc::clone(&tier.name), Arc::from(RECOVERY_TARGET)), hours.saturating_mul(3600)))
    });
    of_all.chain(of_tier).collect()
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

fn seen(
    results: &Results,
    position: usize,
    resource: &Resource,
    verdicts: Vec<VerdictSeen>,
    engines: Option<&serde_json::Value>,
) -> ResourceSeen {
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
        facts: if is_database { facts(resource, engines) } else { BTreeMap::new() },
        samples: lag(resource).into_iter().map(|lag| (RECOVERY_LAG, lag)).collect(),
    }
}

/// Whose it is: by its tag `owner`, in any case, else by the fleet file.
pub(crate) fn owner(results: &Results, resource: &Resource) -> Option<Arc<str>> {
    let tags = resource.facts.map(TAGS);
    let tag = tags.and_then(|tags| tags.entries.iter().find(|(key, _)| key.eq_ignore_ascii_case("owner")));
    let tag = tag.and_then(|(_, fact)| fact.state.known()).and_then(Value::as_str).filter(|owner| !owner.is_empty());
    let of_account = || results.accounts.get(resource.scope.account.as_ref()?)?.owner.clone();
    tag.map(Arc::from).or_else(of_account)
}

fn facts(resource: &Resource, engines: Option<&serde_json::Value>) -> BTreeMap<&'static str, Measured> {
    let measured = |id: FactId| {
        let fact = resource.facts.get(id)?;
        let measured = match &fact.state {
            FactState::Known(Value::List(values)) if values.is_empty() => Measured::Known("".into()),
            FactState::Known(value) => Measured::Known(value.to_string().into()),
            FactState::Partial(_, why) | FactState::Unknown(why) => Measured::Unknown(why.to_string().into()),
            FactState::Missing(_) => Measured::Missing,
        };
        Some((id.def().name, measured))
    };
    let mut facts: BTreeMap<&'static str, Measured> = KEPT.into_iter().filter_map(measured).collect();
    facts.extend(engines.and_then(|engines| newer_minor_since(resource, engines)).map(|since| (BEHIND_SINCE, since)));
    facts
}

/// Since when a newer minor version has been there; nothing where the calendar does not know the major version.
fn newer_minor_since(resource: &Resource, engines: &serde_json::Value) -> Option<Measured> {
    let text = |id: FactId| resource.facts.known(id)?.as_str();
    let (major, running) = (text(ENGINE_MAJOR_VERSION)?, text(ENGINE_VERSION)?);
    let lifecycle = engines.get(text(ENGINE)?)?.get(major)?;
    let newest = lifecycle.get("newest_minor")?.as_str()?;
    if !version::says_minor(running, major, newest) {
        return Some(Measured::Unknown(format!("`{running}` does not say which minor version it is").into()));
    }
    if !version::is_older(running, newest) {
        return Some(Measured::Known("".into()));
    }
    let released = lifecycle.get("newest_minor_released").and_then(serde_json::Value::as_str);
    Some(match released {
        Some(day) => Measured::Known(day.into()),
        None => Measured::Unknown(format!("it is not known when {newest} came out").into()),
    })
}

/// How much would be lost if it had to be restored when it was looked at.
fn lag(resource: &Resource) -> Option<i64> {
    let instant = |id: FactId| resource.facts.known(id)?.as_str()?.parse::<jiff::Timestamp>().ok();
    let (latest, observed) = (instant(LATEST_RESTORABLE_TIME)?, instant(OBSERVED_AT)?);
    Some(observed.as_second().saturating_sub(latest.as_second()).max(0))
}
