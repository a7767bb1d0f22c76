//! Small runs for tests: one account a letter, one database a word, verdicts by name.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::{History, Recorded, ResourceSeen, RuleSeen, RunRecord, VerdictSeen};
use crate::model::{Domain, Gap, Kind, Provider, Scope, ScopeSeen, Severity, Text, Unknown, Unseen, Verdict};

pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// The instant of a night.
pub(super) fn night(number: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_767_225_600 + number * 86_400).unwrap()
}

/// The run of a night in which every account was seen; rules are `DBK-TST-000`, …
pub(super) fn run_of(number: i64, accounts: &[&str], resources: Vec<ResourceSeen>) -> RunRecord {
    let rule = |number: u32| RuleSeen {
        id: format!("DBK-TST-{number:03}").into(),
        name: format!("rule_{number}").into(),
        domain: Domain::Encryption,
        title: format!("Rule {number} holds").into(),
    };
    RunRecord {
        at: night(number),
        version: "0.1.0".into(),
        baseline: "standard".into(),
        baseline_sha256: "b".repeat(64).into(),
        policies_sha256: "a".repeat(64).into(),
        source_sha256: "c".repeat(64).into(),
        rules: (0..3).map(rule).collect(),
        scopes: accounts.iter().map(|account| looked(account)).collect(),
        resources,
        drift: None,
        waivers: Vec::new(),
        gaps: Vec::new(),
        accounts: BTreeMap::new(),
        targets: BTreeMap::new(),
    }
}

pub(super) fn looked(account: &str) -> ScopeSeen {
    ScopeSeen { scope: place(account), not_whole: Vec::new(), never_asked: Vec::new() }
}

pub(super) fn place(account: &str) -> Scope {
    Scope { account: Some(account.into()), region: Some("eu-west-1".into()) }
}

/// A gap in an account: it was not looked at.
pub(super) fn without(mut run: RunRecord, account: &str) -> RunRecord {
    run.scopes.retain(|seen| seen.scope.account.as_deref() != Some(account));
    run.resources.retain(|seen| seen.scope.account.as_deref() != Some(account));
    run.gaps.push(Gap {
        place: format!("{account}/eu-west-1").into(),
        reason: Text::Static("nothing was collected: denied"),
    });
    run
}

/// A gap in an account: its instances could not be listed whole.
pub(super) fn partly(mut run: RunRecord, account: &str) -> RunRecord {
    for seen in run.scopes.iter_mut().filter(|seen| seen.scope.account.as_deref() == Some(account)) {
        seen.not_whole.push(Unseen {
            kind: Kind::Instance,
            types: &["aws_db_"],
            why: Unknown::NotCollected(Text::Static("throttled")),
        });
    }
    run.gaps.push(Gap { place: format!("{account}/eu-west-1").into(), reason: Text::Static("throttled") });
    run
}

/// A database with the verdicts of the rules 0, 1, …
pub(super) fn database(account: &str, name: &str, verdicts: &[Verdict]) -> ResourceSeen {
    let judged = |(rule, verdict): (u32, &Verdict)| VerdictSeen {
        rule,
        verdict: *verdict,
        severity: Severity::High,
        waiver: (*verdict == Verdict::Waived).then(|| "W-1".into()),
        message: (*verdict != Verdict::Pass).then(|| format!("rule {rule} says {verdict}").into()),
    };
    ResourceSeen {
        key: key(account, name),
        resource_id: Some(format!("db-{name}").into()),
        resource_type: "aws_db_instance".into(),
        kind: Kind::Instance,
        provider: Provider::Aws,
        scope: place(account),
        name: Some(name.into()),
        tier: "tier-1".into(),
        owner: Some("payments".into()),
        engine: Some("postgres".into()),
        verdicts: (0..).zip(verdicts).map(judged).collect(),
        facts: BTreeMap::new(),
        samples: BTreeMap::new(),
    }
}

pub(super) fn key(account: &str, name: &str) -> Arc<str> {
    format!("arn:aws:rds:eu-west-1:{account}:db:{name}").into()
}

/// A history in a folder.
pub(super) fn history(folder: &Path) -> History {
    History::create(&folder.join("h.sqlite"), "audits", PATIENCE).unwrap()
}

/// Records runs, in order.
pub(super) fn record(history: &mut History, runs: &[RunRecord]) -> Vec<Recorded> {
    runs.iter().map(|run| history.record(run).unwrap()).collect()
}
