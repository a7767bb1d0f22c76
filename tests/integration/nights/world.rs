//! A fleet that lives: databases come, go, break and are mended; waivers run out; accounts cannot be read.

use std::collections::BTreeMap;
use std::sync::Arc;

use dbkeel::history::{DriftRecord, DriftSeen, Measured, ResourceSeen, RuleSeen, RunRecord, VerdictSeen};
use dbkeel::model::{
    AccountInfo, Against, Domain, DriftClass, Gap, Kind, Provider, Scope, ScopeSeen, Severity, Text, Unknown, Unseen,
    Verdict, WaiverState, WaiverUse,
};

use crate::integration::fleet::dice::Dice;

pub(super) const ACCOUNTS: [&str; 3] = ["111100000001", "111100000002", "111100000003"];

/// The rules: name, domain, severity.
const RULES: [(&str, Domain, Severity); 9] = [
    ("newest_minor_version", Domain::Patch, Severity::Medium),
    ("engine_standard_support", Domain::Patch, Severity::High),
    ("backups_enabled", Domain::Retention, Severity::Critical),
    ("in_backup_plan", Domain::Retention, Severity::Medium),
    ("storage_encrypted", Domain::Encryption, Severity::High),
    ("tls_required", Domain::Encryption, Severity::High),
    ("not_publicly_accessible", Domain::Access, Severity::Critical),
    ("owner_named", Domain::Ownership, Severity::Low),
    ("audit_on", Domain::Parameters, Severity::Info),
];

/// One database of the world.
struct Database {
    account: usize,
    number: usize,
    incarnation: usize,
    kind: Kind,
    tier: usize,
    owner: Option<usize>,
    engine: usize,
    verdicts: [Verdict; RULES.len()],
    behind: Option<i64>,
    pending: bool,
    forced: Option<i64>,
    support: i64,
    certificate: i64,
    tested: Option<i64>,
    lag: Option<i64>,
    drifts: Vec<(usize, DriftClass)>,
    declared: bool,
    approved: bool,
}

struct Waiver {
    id: String,
    account: usize,
    number: usize,
    rule: usize,
    expires: i64,
    approver: Option<&'static str>,
}

pub(super) struct World {
    dice: Dice,
    databases: Vec<Database>,
    waivers: Vec<Waiver>,
    made: usize,
    missing: bool,
}

pub(super) fn instant(night: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_767_240_000 + night * 86_400).unwrap()
}

fn day(night: i64) -> String {
    instant(night).to_string().chars().take(10).collect()
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut world =
            Self { dice: Dice::new(seed, 60), databases: Vec::new(), waivers: Vec::new(), made: 0, missing: false };
        (0..36).for_each(|_| world.make());
        world
    }

    fn make(&mut self) {
        let dice = &mut self.dice;
        let verdicts = std::array::from_fn(|_| if dice.chance(25) { Verdict::Fail } else { Verdict::Pass });
        let database = Database {
            account: dice.below(3) as usize,
            number: self.made,
            incarnation: 0,
            kind: dice.pick(&[Kind::Instance, Kind::Instance, Kind::Cluster, Kind::ClusterMember, Kind::Snapshot]),
            tier: dice.below(3) as usize,
            owner: dice.chance(80).then(|| dice.below(4) as usize),
            engine: dice.below(2) as usize,
            verdicts,
            behind: dice.chance(60).then(|| -(dice.below(200) as i64)),
            pending: dice.chance(20),
            forced: None,
            support: dice.below(500) as i64,
            certificate: dice.below(300) as i64,
            tested: dice.chance(40).then(|| -(dice.below(500) as i64)),
            lag: dice.chance(85).then(|| 200 + dice.below(20_000) as i64),
            drifts: Vec::new(),
            declared: dice.chance(80),
            approved: dice.chance(50),
        };
        self.databases.push(database);
        self.made += 1;
    }

    /// A day goes by.
    fn live(&mut self, night: i64) {
        let dice = &mut self.dice;
        for database in &mut self.databases {
            for verdict in &mut database.verdicts {
                let chance = if *verdict == Verdict::Pass { 3 } else { 12 };
                if dice.chance(chance) {
                    *verdict = dice.pick(&[
                        Verdict::Pass,
                        Verdict::Pass,
                        Verdict::Fail,
                        Verdict::Fail,
                        Verdict::Unknown,
                        Verdict::Error,
                        Verdict::NotApplicable,
                    ]);
                }
            }
            if dice.chance(2) {
                database.tier = dice.below(3) as usize;
            }
            if dice.chance(2) {
                database.owner = dice.chance(70).then(|| dice.below(4) as usize);
            }
            if dice.chance(5) {
                database.behind = dice.chance(60).then_some(night);
            }
            if dice.chance(4) {
                database.pending = !database.pending;
                database.forced = (database.pending && dice.chance(50)).then(|| night + dice.below(200) as i64);
            }
            if dice.chance(2) {
                database.tested = Some(night);
            }
            if dice.chance(3) {
                (database.certificate, database.declared) = (night + 200, !database.declared);
            }
            if let Some(lag) = &mut database.lag {
                *lag = 200 + (*lag * 7 + dice.below(9_000) as i64) % 40_000;
            }
            database.drifts.retain(|_| !dice.chance(15));
            if dice.chance(5) {
                let fact = dice.below(4) as usize;
                let class = dice.pick(&[
                    DriftClass::Changed,
                    DriftClass::Undeclared,
                    DriftClass::Pending,
                    DriftClass::Unverifiable,
                ]);
                database.drifts.retain(|(other, _)| *other != fact);
                database.drifts.push((fact, class));
            }
        }
        self.databases.retain(|_| !dice.chance(1));
        if dice.chance(10)
            && let Some(database) = self.databases.first_mut()
        {
            // Deleted and made again under its name.
            database.incarnation += 1;
        }
        self.missing ^= dice.chance(10);
        while self.databases.len() < 30 || self.dice.chance(30) {
            self.make();
        }
        if self.dice.chance(35) {
            let dice = &mut self.dice;
            let (position, rule) = (dice.below(self.databases.len() as u64) as usize, dice.below(9) as usize);
            let database = &self.databases[position];
            self.waivers.push(Waiver {
                id: format!("W-{night}"),
                account: database.account,
                number: database.number,
                rule,
                expires: night + 5 + dice.below(50) as i64,
                approver: dice.pick(&[Some("ciso"), Some("head-of-data"), None]),
            });
        }
    }

    /// What an audit of a night would find.
    pub(super) fn night(&mut self, night: i64) -> RunRecord {
        self.live(night);
        let outage: Vec<usize> = (0..3).filter(|_| self.dice.chance(8)).collect();
        let partly: Vec<usize> = (0..3).filter(|_| self.dice.chance(8)).collect();
        let compared = !self.dice.chance(12);
        let (is_whole, without_rule) = (!self.dice.chance(10), self.dice.chance(10));
        let mut seen: Vec<(usize, bool)> = Vec::new();
        for (position, database) in self.databases.iter().enumerate() {
            let hidden = outage.contains(&database.account)
                || (partly.contains(&database.account) && database.kind == Kind::Instance && self.dice.chance(50));
            seen.push((position, !hidden));
        }
        let here: Vec<&Database> =
            seen.iter().filter(|(_, is_seen)| *is_seen).map(|(position, _)| &self.databases[*position]).collect();
        let waivers: Vec<&Waiver> = self.waivers.iter().filter(|waiver| waiver.expires + 10 > night).collect();
        let gap = |account: usize, reason: &'static str| Gap {
            place: format!("{}/eu-west-1", ACCOUNTS[account]).into(),
            reason: Text::Static(reason),
        };
        let scope = |account: usize| ScopeSeen {
            scope: place(account),
            never_asked: Vec::new(),
            not_whole: partly
                .contains(&account)
                .then_some(Unseen {
                    kind: Kind::Instance,
                    types: &["aws_db_"],
                    why: Unknown::NotCollected(Text::Static("throttled")),
                })
                .into_iter()
                .collect(),
        };
        // One rule is out of the baseline now and then.
        let used = RULES.len() - usize::from(without_rule);
        RunRecord {
            at: instant(night),
            version: "0.1.0".into(),
            baseline: "standard".into(),
            baseline_sha256: "b".repeat(64).into(),
            policies_sha256: "a".repeat(64).into(),
            source_sha256: "c".repeat(64).into(),
            rules: RULES[..used].iter().enumerate().map(rule).collect(),
            scopes: (0..3).filter(|account| !outage.contains(account)).map(scope).collect(),
            resources: here.iter().map(|database| seen_of(database, night, &waivers, used)).collect(),
            drift: compared.then(|| drift(&here, is_whole, self.missing)),
            waivers: waivers.iter().map(|waiver| used_of(waiver, night)).collect(),
            gaps: outage
                .iter()
                .map(|account| gap(*account, "nothing was collected: denied"))
                .chain(partly.iter().map(|account| gap(*account, "throttled")))
                .collect(),
            accounts: BTreeMap::from([(
                Arc::from(ACCOUNTS[0]),
                AccountInfo { name: Some("payments".into()), owner: None },
            )]),
            targets: targets(),
        }
    }
}

fn targets() -> BTreeMap<(Arc<str>, Arc<str>), i64> {
    let of = |tier: &str, name: &str, value| ((Arc::from(tier), Arc::from(name)), value);
    [
        of("", "patch_compliance", 95),
        of("", "remediation_days_critical", 3),
        of("", "remediation_days_high", 9),
        of("", "restore_test_age_days", 300),
        of("tier-0", "recovery_point_seconds", 3_600),
        of("tier-1", "recovery_point_seconds", 20_000),
    ]
    .into()
}

fn place(account: usize) -> Scope {
    Scope { account: Some(ACCOUNTS[account].into()), region: Some("eu-west-1".into()) }
}

fn rule((number, (name, domain, _)): (usize, &(&str, Domain, Severity))) -> RuleSeen {
    RuleSeen { id: format!("DBK-TST-{number:03}").into(), name: (*name).into(), domain: *domain, title: (*name).into() }
}

fn key(database: &Database) -> Arc<str> {
    format!("arn:aws:rds:eu-west-1:{}:db:db-{}", ACCOUNTS[database.account], database.number).into()
}

fn seen_of(database: &Database, night: i64, waivers: &[&Waiver], used: usize) -> ResourceSeen {
    let judged = |(number, verdict): (usize, &Verdict)| {
        let (_, _, severity) = RULES[number];
        // The first tier is graver.
        let severity = if database.tier == 0 && severity == Severity::Medium { Severity::High } else { severity };
        let waiver = waivers.iter().find(|waiver| {
            (waiver.account, waiver.number, waiver.rule) == (database.account, database.number, number)
                && night <= waiver.expires
        });
        let waiver = waiver.filter(|_| *verdict == Verdict::Fail);
        VerdictSeen {
            rule: number as u32,
            verdict: if waiver.is_some() { Verdict::Waived } else { *verdict },
            severity,
            waiver: waiver.map(|waiver| waiver.id.as_str().into()),
            message: (*verdict != Verdict::Pass).then(|| format!("says {verdict}").into()),
        }
    };
    let known = |value: String| Measured::Known(value.into());
    let instant_of = |night: i64| known(instant(night).to_string());
    let is_database = matches!(database.kind, Kind::Instance | Kind::Cluster | Kind::ClusterMember);
    let mut facts: BTreeMap<&'static str, Measured> = BTreeMap::new();
    if is_database {
        facts.insert("newer_minor_since", known(database.behind.map(day).unwrap_or_default()));
        let pending = if database.number % 7 == 3 {
            Measured::Unknown("denied".into())
        } else {
            known(if database.pending { "system-update".to_owned() } else { String::new() })
        };
        facts.insert("pending_maintenance", pending);
        facts.insert("maintenance_forced_at", database.forced.map_or(Measured::Missing, instant_of));
        if !database.number.is_multiple_of(5) {
            facts.insert("engine_support_end", known(day(database.support)));
        }
        facts.insert("certificate_valid_till", instant_of(database.certificate));
        if !database.number.is_multiple_of(6) {
            facts.insert("last_restore_test", database.tested.map_or(Measured::Missing, instant_of));
        }
    }
    let sample = database.lag.filter(|_| is_database).map(|lag| ("recovery_lag_seconds", lag));
    ResourceSeen {
        key: key(database),
        resource_id: Some(format!("db-{}-{}", database.number, database.incarnation).into()),
        resource_type: "aws_db_instance".into(),
        kind: database.kind,
        provider: Provider::Aws,
        scope: place(database.account),
        name: Some(format!("db-{}", database.number).into()),
        tier: format!("tier-{}", database.tier).into(),
        owner: database.owner.map(|owner| format!("team-{owner}").into()),
        engine: Some(["postgres", "mysql"][database.engine].into()),
        verdicts: database.verdicts[..used].iter().enumerate().map(judged).collect(),
        facts,
        samples: sample.into_iter().collect(),
    }
}

fn drift(here: &[&Database], is_whole: bool, missing: bool) -> DriftRecord {
    let declarable: Vec<&&Database> = here.iter().filter(|database| database.kind != Kind::Snapshot).collect();
    let one = |database: &Database, fact: usize, class: DriftClass| DriftSeen {
        fingerprint: format!("{:064x}", (database.number * 10 + database.incarnation) * 10 + fact).into(),
        resource: format!("aws_db_instance.db[{}]", database.number).into(),
        running: Some(key(database)),
        scope: place(database.account),
        tier: format!("tier-{}", database.tier).into(),
        class,
        against: Against::Declared,
        subject: format!("fact_{fact}").into(),
        severity: (class == DriftClass::Changed).then_some(Severity::High),
    };
    let mut drifts: Vec<DriftSeen> = declarable
        .iter()
        .flat_map(|database| database.drifts.iter().map(|(fact, class)| one(database, *fact, *class)))
        .collect();
    drifts.extend(missing.then(|| DriftSeen {
        fingerprint: "f".repeat(64).into(),
        resource: "aws_db_instance.lost".into(),
        running: None,
        scope: place(1),
        tier: "tier-1".into(),
        class: DriftClass::Missing,
        against: Against::Declared,
        subject: "resource".into(),
        severity: None,
    }));
    let declared: Vec<&&&Database> = declarable.iter().filter(|database| database.declared).collect();
    DriftRecord {
        drifts,
        is_whole,
        declared: declared.iter().map(|database| key(database)).collect(),
        approved: Some(declared.iter().filter(|database| database.approved).map(|database| key(database)).collect()),
    }
}

fn used_of(waiver: &Waiver, night: i64) -> WaiverUse {
    let left = waiver.expires - night;
    WaiverUse {
        id: waiver.id.as_str().into(),
        rule: format!("DBK-TST-{:03}", waiver.rule).into(),
        state: match left {
            i64::MIN..0 => WaiverState::Expired,
            0..=30 => WaiverState::Expiring,
            _ => WaiverState::Active,
        },
        remarks: Vec::new(),
        selected: 1,
        waived: usize::from(left >= 0),
        expires: day(waiver.expires).into(),
        reason: "a migration".into(),
        owner: None,
        approver: waiver.approver.map(Arc::from),
        ticket: None,
        created: None,
        line: 1,
    }
}
