//! A large fleet that changes as fleets do: a little every night, much when a baseline or an engine changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use dbkeel::history::{DriftRecord, DriftSeen, Measured, ResourceSeen, RuleSeen, RunRecord, VerdictSeen};
use dbkeel::model::{
    Against, Domain, DriftClass, Gap, Kind, Provider, Scope, ScopeSeen, Severity, Text, Verdict, WaiverState, WaiverUse,
};

use crate::dice::Dice;

/// Rules that concern a database, as many as the standard baseline has.
const RULES: usize = 64;

const ACCOUNTS: usize = 100;

pub(crate) struct Fleet {
    dice: Dice,
    record: RunRecord,
    made: usize,
    hidden: Vec<ResourceSeen>,
}

fn instant(night: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_767_240_000 + night * 86_400).unwrap()
}

fn place(account: usize) -> Scope {
    Scope { account: Some(format!("{:012}", 111_100_000_000 + account).into()), region: Some("eu-west-1".into()) }
}

fn rule(number: usize) -> RuleSeen {
    let (name, domain) = match number {
        0 => ("newest_minor_version".to_owned(), Domain::Patch),
        1 => ("engine_standard_support".to_owned(), Domain::Patch),
        2 => ("backups_enabled".to_owned(), Domain::Retention),
        3 => ("in_backup_plan".to_owned(), Domain::Retention),
        4..12 => (format!("encryption_{number}"), Domain::Encryption),
        _ => (format!("rule_{number}"), Domain::ALL[number % Domain::ALL.len()]),
    };
    RuleSeen { id: format!("DBK-TST-{number:03}").into(), title: name.as_str().into(), name: name.into(), domain }
}

const SEVERITIES: [Severity; 4] = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];

fn judged(rule: usize, verdict: Verdict) -> VerdictSeen {
    VerdictSeen {
        rule: rule as u32,
        verdict,
        severity: SEVERITIES[rule % 4],
        waiver: (verdict == Verdict::Waived).then(|| format!("W-{}", rule % 50).into()),
        message: (verdict != Verdict::Pass).then(|| format!("what rule {rule} says when it says {verdict}").into()),
    }
}

impl Fleet {
    pub(crate) fn new(databases: usize) -> Self {
        let record = RunRecord {
            at: instant(0),
            version: "0.1.0".into(),
            baseline: "standard".into(),
            baseline_sha256: "b".repeat(64).into(),
            policies_sha256: "a".repeat(64).into(),
            source_sha256: "c".repeat(64).into(),
            rules: (0..RULES).map(rule).collect(),
            scopes: Vec::new(),
            resources: Vec::new(),
            drift: None,
            waivers: (0..50).map(waiver).collect(),
            gaps: Vec::new(),
            accounts: BTreeMap::new(),
            targets: BTreeMap::from([(("tier-1".into(), "recovery_point_seconds".into()), 3_600)]),
        };
        let mut fleet = Self { dice: Dice::new(20_261_122, 365), record, made: 0, hidden: Vec::new() };
        (0..databases).for_each(|_| fleet.make());
        fleet
    }

    fn make(&mut self) {
        let (number, dice) = (self.made, &mut self.dice);
        let account = number % ACCOUNTS;
        let verdict = |dice: &mut Dice| match dice.below(100) {
            0..70 => Verdict::Pass,
            70..82 => Verdict::NotApplicable,
            82..95 => Verdict::Fail,
            95..98 => Verdict::Unknown,
            _ => Verdict::Waived,
        };
        let known = |text: &str| Measured::Known(text.into());
        let facts = BTreeMap::from([
            ("engine_version", known("16.3")),
            ("newer_minor_since", known("2025-11-13")),
            ("engine_support_end", known("2029-02-28")),
            ("certificate_valid_till", known("2027-08-22T17:08:50Z")),
            ("pending_maintenance", known("")),
            ("maintenance_forced_at", Measured::Missing),
            ("backup_retention_days", known("7")),
            ("in_backup_plan", known("true")),
            ("last_restore_test", Measured::Missing),
        ]);
        let region = place(account);
        self.record.resources.push(ResourceSeen {
            key: format!("arn:aws:rds:eu-west-1:{}:db:service-{number:06}-primary", region.account.as_deref().unwrap())
                .into(),
            resource_id: Some(format!("db-{number:026}").into()),
            resource_type: "aws_db_instance".into(),
            kind: if number.is_multiple_of(4) { Kind::Cluster } else { Kind::Instance },
            provider: Provider::Aws,
            scope: region,
            name: Some(format!("service-{number:06}-primary").into()),
            tier: format!("tier-{}", 1 + number % 3).into(),
            owner: Some(format!("team-{:03}", number % 200).into()),
            engine: Some(["postgres", "mysql", "aurora-postgresql", "mariadb"][number % 4].into()),
            verdicts: (0..RULES).map(|rule| judged(rule, verdict(dice))).collect(),
            facts,
            samples: BTreeMap::from([("recovery_lag_seconds", 300)]),
        });
        self.made += 1;
    }

    /// The next night.
    pub(crate) fn night(&mut self, night: i64) -> &RunRecord {
        self.record.resources.append(&mut self.hidden);
        self.change(night);
        let outage: Vec<usize> = (0..ACCOUNTS).filter(|_| self.dice.chance(1)).collect();
        let is_hidden =
            |seen: &ResourceSeen| outage.iter().any(|account| place(*account).account == seen.scope.account);
        let (hidden, here) = std::mem::take(&mut self.record.resources).into_iter().partition(is_hidden);
        (self.hidden, self.record.resources) = (hidden, here);
        self.record.at = instant(night);
        let scopes = (0..ACCOUNTS).filter(|account| !outage.contains(account));
        self.record.scopes = scopes
            .map(|account| ScopeSeen { scope: place(account), not_whole: Vec::new(), never_asked: Vec::new() })
            .collect();
        let gap = |account: &usize| Gap {
            place: format!("{}/eu-west-1", place(*account).account.unwrap()).into(),
            reason: Text::Static("nothing was collected: denied"),
        };
        self.record.gaps = outage.iter().map(gap).collect();
        self.record.drift = Some(self.drift());
        &self.record
    }

    /// What changes from one night to the next.
    fn change(&mut self, night: i64) {
        let dice = &mut self.dice;
        // A rule of the baseline changes four times a year, an engine has a new minor version every month.
        let changed = (night % 91 == 90).then(|| dice.below(RULES as u64) as usize);
        let released = (night % 30 == 29).then(|| instant(night).to_string().chars().take(10).collect::<String>());
        for (position, seen) in self.record.resources.iter_mut().enumerate() {
            seen.samples
                .insert("recovery_lag_seconds", 120 + dice.below(600) as i64 + if dice.chance(1) { 7_200 } else { 0 });
            // One verdict in 500 changes a night.
            if dice.chance(13) {
                let rule = dice.below(RULES as u64) as usize;
                let verdict = dice.pick(&[Verdict::Pass, Verdict::Fail, Verdict::Pass, Verdict::Unknown]);
                seen.verdicts[rule] = judged(rule, verdict);
            }
            if let Some(rule) = changed {
                let verdict = if dice.chance(50) { Verdict::Pass } else { Verdict::Fail };
                seen.verdicts[rule] = judged(rule, verdict);
            }
            if let Some(day) = released.as_deref().filter(|_| position % 5 == (night / 30 % 5) as usize) {
                seen.facts.insert("newer_minor_since", Measured::Known(day.into()));
                seen.verdicts[0] = judged(0, Verdict::Fail);
            } else if dice.chance(1) {
                seen.facts.insert("newer_minor_since", Measured::Known("".into()));
                seen.verdicts[0] = judged(0, Verdict::Pass);
            }
            if dice.chance(1) && dice.chance(30) {
                seen.tier = format!("tier-{}", 1 + dice.below(3)).into();
            }
        }
        // One database in a thousand comes and goes a night.
        let leaves = self.record.resources.len() / 1000;
        for _ in 0..leaves {
            let position = self.dice.below(self.record.resources.len() as u64) as usize;
            self.record.resources.swap_remove(position);
        }
        (0..leaves).for_each(|_| self.make());
    }

    fn drift(&mut self) -> DriftRecord {
        let mut drifts = Vec::new();
        let dice = &mut self.dice;
        for (position, seen) in self.record.resources.iter().enumerate() {
            // What drifts does so for a while.
            if (position as i64 + self.record.at.as_second() / 86_400 / 9).rem_euclid(20) == 0 || dice.chance(1) {
                drifts.push(DriftSeen {
                    fingerprint: format!("{:064x}", position * 31 + 7).into(),
                    resource: format!("module.services[\"{position}\"].aws_db_instance.main").into(),
                    running: Some(Arc::clone(&seen.key)),
                    scope: seen.scope.clone(),
                    tier: Arc::clone(&seen.tier),
                    class: DriftClass::Changed,
                    against: Against::Declared,
                    subject: "multi_az".into(),
                    severity: Some(Severity::High),
                });
            }
        }
        let declared = self.record.resources.iter().step_by(2).map(|seen| Arc::clone(&seen.key)).collect();
        DriftRecord { drifts, is_whole: true, declared, approved: None }
    }
}

fn waiver(number: usize) -> WaiverUse {
    WaiverUse {
        id: format!("W-{number}").into(),
        rule: format!("DBK-TST-{:03}", number % RULES).into(),
        state: WaiverState::Active,
        remarks: Vec::new(),
        selected: 20,
        waived: 20,
        expires: "2027-12-31".into(),
        reason: "a migration that takes its time".into(),
        owner: None,
        approver: Some("ciso".into()),
        ticket: None,
        created: None,
        line: 1,
    }
}
