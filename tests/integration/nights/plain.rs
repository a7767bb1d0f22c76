//! The key figures of each night by a simple calculation: everything is gone through again, night by night, from what the
//! nights found.

use std::collections::{BTreeMap, BTreeSet};

use dbkeel::history::kpi::{Attested, By};
use dbkeel::history::{DriftSeen, Measured, ResourceSeen, RunRecord};
use dbkeel::model::{DriftClass, Kind, Severity, Verdict, WaiverState};

use super::world::ACCOUNTS;

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Part, whole, not known.
    Share(usize, usize, usize),
    Number(f64),
    None,
}

impl Value {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Share(part, whole, _) => Some(*part as f64 * 100.0 / *whole as f64),
            Self::Number(number) => Some(*number),
            Self::None => None,
        }
    }
}

/// A figure of everything, and of each part.
pub(super) struct Figure {
    pub(super) all: Value,
    pub(super) groups: BTreeMap<(By, String), Value>,
}

/// What one night shows.
pub(super) struct Plain {
    pub(super) kpis: BTreeMap<&'static str, Figure>,
    pub(super) known: usize,
    pub(super) approvers: Vec<(String, usize, usize, usize, usize)>,
}

type Groups = Vec<(By, String)>;

/// A measurement of something that belongs to groups.
type Measurements<T> = Vec<(Groups, T)>;

fn groups_of(seen: &ResourceSeen) -> Groups {
    let account = seen.scope.account.as_deref().unwrap();
    let account = if account == ACCOUNTS[0] { format!("{account} payments") } else { account.to_owned() };
    vec![
        (By::Tier, seen.tier.to_string()),
        (By::Account, account),
        (By::Owner, seen.owner.as_deref().unwrap_or("(no owner known)").to_owned()),
        (By::Engine, seen.engine.as_deref().unwrap().to_owned()),
    ]
}

/// Makes a figure of measurements, of all of them and of each group's.
fn figure<T: Clone>(measured: &Measurements<T>, make: impl Fn(&[T]) -> Value) -> Figure {
    let all: Vec<T> = measured.iter().map(|(_, value)| value.clone()).collect();
    let mut of_group: BTreeMap<(By, String), Vec<T>> = BTreeMap::new();
    for (groups, value) in measured {
        for group in groups {
            of_group.entry(group.clone()).or_default().push(value.clone());
        }
    }
    Figure { all: make(&all), groups: of_group.iter().map(|(group, values)| (group.clone(), make(values))).collect() }
}

fn share(values: &[Option<bool>]) -> Value {
    let known: Vec<bool> = values.iter().flatten().copied().collect();
    match known.len() {
        0 => Value::None,
        whole => Value::Share(known.iter().filter(|is| **is).count(), whole, values.len() - whole),
    }
}

fn percentile(percent: usize, unit: f64) -> impl Fn(&[i64]) -> Value {
    move |values| {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let place = (sorted.len() as f64 * percent as f64 / 100.0).ceil().max(1.0) as usize;
        sorted.get(place - 1).map_or(Value::None, |value| Value::Number(*value as f64 / unit))
    }
}

fn mean(unit: f64) -> impl Fn(&[i64]) -> Value {
    move |values| match values {
        [] => Value::None,
        values => Value::Number(values.iter().sum::<i64>() as f64 / values.len() as f64 / unit),
    }
}

fn is_database(seen: &ResourceSeen) -> bool {
    matches!(seen.kind, Kind::Instance | Kind::Cluster)
}

fn is_declarable(kind: Kind) -> bool {
    matches!(kind, Kind::Instance | Kind::Cluster | Kind::ClusterMember | Kind::GlobalCluster)
}

/// What makes a database the same from night to night.
type Id = (String, String);

fn id(seen: &ResourceSeen) -> Id {
    (seen.key.to_string(), seen.resource_id.as_deref().unwrap().to_owned())
}

/// What is known of a resource when a night is over.
#[derive(Clone)]
struct Known {
    last: ResourceSeen,
    is_seen: bool,
    is_gone: bool,
}

struct Finding {
    opened: i64,
    severity: Severity,
    is_waived: bool,
}

struct Drifting {
    opened: i64,
    class: DriftClass,
    running: Option<Id>,
    seen: DriftSeen,
}

/// What was gathered over the nights.
#[derive(Default)]
struct Memory {
    resources: BTreeMap<Id, Known>,
    findings: BTreeMap<(Id, u32), Finding>,
    /// Fixed: when, how grave, how long, whose.
    fixed: Vec<(i64, Severity, i64, Id)>,
    drifting: BTreeMap<String, Drifting>,
    /// Reconciled: when, how long, of what runs, or else whose.
    reconciled: Vec<(i64, i64, Option<Id>, Groups)>,
}

pub(super) fn calculate(nights: &[RunRecord], period_days: u32, attested: &Attested) -> Vec<Plain> {
    let mut memory = Memory::default();
    // Owners and tiers are told as they were last seen, so what ended is grouped at the end of the last night.
    nights
        .iter()
        .map(|night| {
            memory.live(night);
            memory.figures(night, i64::from(period_days), attested)
        })
        .collect()
}

/// Whether a night could list everything of a kind in an account.
fn is_whole(night: &RunRecord, account: &str, kind: Kind) -> bool {
    let scope = night.scopes.iter().find(|seen| seen.scope.account.as_deref() == Some(account));
    let around = !matches!(kind, Kind::Instance | Kind::Cluster | Kind::ClusterMember);
    scope.is_some_and(|scope| {
        !scope.not_whole.iter().any(|unseen| unseen.kind == kind || (around && unseen.kind == Kind::Instance))
    })
}

impl Memory {
    fn live(&mut self, night: &RunRecord) {
        let now = night.at.as_second();
        let seen: BTreeMap<Id, &ResourceSeen> = night.resources.iter().map(|seen| (id(seen), seen)).collect();
        let keys: BTreeSet<&str> = night.resources.iter().map(|seen| seen.key.as_ref()).collect();
        for (id, known) in &mut self.resources {
            known.is_seen = seen.contains_key(id);
            if !known.is_seen {
                // Another one has its key, or it would have been seen.
                let account = known.last.scope.account.as_deref().unwrap();
                known.is_gone |= keys.contains(id.0.as_str()) || is_whole(night, account, known.last.kind);
            }
        }
        for (id, seen) in &seen {
            let is_quiet =
                seen.verdicts.iter().all(|judged| matches!(judged.verdict, Verdict::Pass | Verdict::NotApplicable));
            if seen.kind == Kind::Snapshot && is_quiet && !self.resources.contains_key(id) {
                continue;
            }
            self.resources.insert(id.clone(), Known { last: (*seen).clone(), is_seen: true, is_gone: false });
        }
        self.findings.retain(|(id, _), _| !self.resources[id].is_gone);
        for (id, seen) in &seen {
            for judged in &seen.verdicts {
                let key = (id.clone(), judged.rule);
                match judged.verdict {
                    Verdict::Fail | Verdict::Waived => {
                        let opened = self.findings.get(&key).map_or(now, |finding| finding.opened);
                        let is_waived = judged.verdict == Verdict::Waived;
                        self.findings.insert(key, Finding { opened, severity: judged.severity, is_waived });
                    }
                    Verdict::Unknown | Verdict::Error => {
                        if let Some(finding) = self.findings.get_mut(&key) {
                            (finding.severity, finding.is_waived) = (judged.severity, false);
                        }
                    }
                    Verdict::Pass | Verdict::NotApplicable => {
                        if let Some(finding) = self.findings.remove(&key) {
                            self.fixed.push((now, finding.severity, now - finding.opened, id.clone()));
                        }
                    }
                }
            }
        }
        self.drift(night);
    }

    fn drift(&mut self, night: &RunRecord) {
        let Some(drift) = &night.drift else { return };
        let now = night.at.as_second();
        let id_of = |key: &str| night.resources.iter().find(|seen| seen.key.as_ref() == key).map(id);
        let mut before = std::mem::take(&mut self.drifting);
        for one in &drift.drifts {
            let opened = before.remove(one.fingerprint.as_ref()).map_or(now, |was| was.opened);
            let running = one.running.as_deref().and_then(id_of);
            let drifting = Drifting { opened, class: one.class, running, seen: one.clone() };
            self.drifting.insert(one.fingerprint.to_string(), drifting);
        }
        for (fingerprint, was) in before {
            let is_over = match &was.running {
                Some(id) => {
                    let known = &self.resources[id];
                    known.is_gone || (known.is_seen && drift.is_whole)
                }
                None => {
                    drift.is_whole
                        && ACCOUNTS[1..2].iter().all(|account| {
                            night.scopes.iter().any(|seen| {
                                seen.scope.account.as_deref() == Some(*account) && seen.not_whole.is_empty()
                            })
                        })
                }
            };
            if !is_over {
                self.drifting.insert(fingerprint, was);
            } else if was.class.can_fail() {
                let groups = vec![
                    (By::Tier, was.seen.tier.to_string()),
                    (By::Account, was.seen.scope.account.as_deref().unwrap().to_owned()),
                ];
                self.reconciled.push((now, now - was.opened, was.running, groups));
            }
        }
    }

    fn seen_now(&self) -> impl Iterator<Item = &ResourceSeen> {
        self.resources.values().filter(|known| known.is_seen).map(|known| &known.last)
    }

    fn databases(&self) -> impl Iterator<Item = &ResourceSeen> {
        self.seen_now().filter(|seen| is_database(seen))
    }

    fn figures(&self, night: &RunRecord, period: i64, attested: &Attested) -> Plain {
        let now = night.at.as_second();
        let since = now - period * 86_400;
        let mut kpis: BTreeMap<&'static str, Figure> = BTreeMap::new();
        self.of_rules(night, &mut kpis);
        self.of_facts(now, &mut kpis);
        self.of_lags(&mut kpis);
        self.of_findings(now, since, &mut kpis);
        self.of_drift(night, since, &mut kpis);
        self.of_tests(now, attested, &mut kpis);
        let known: Vec<&Known> =
            self.resources.values().filter(|known| is_database(&known.last) && !known.is_gone).collect();
        let seen = known.iter().map(|known| (groups_of(&known.last), Some(known.is_seen))).collect();
        kpis.insert("scan_coverage", figure(&seen, share));
        let counts = night.counts();
        let (decided, silent) = (counts.pass + counts.fail + counts.waived, counts.unknown + counts.error);
        let decided = if decided + silent > 0 { Value::Share(decided, decided + silent, 0) } else { Value::None };
        let alone = |all: Value| Figure { all, groups: BTreeMap::new() };
        kpis.insert("verdicts_decided", alone(decided));
        kpis.insert("gaps", alone(Value::Number(night.gaps.len() as f64)));
        let holds = |state| matches!(state, WaiverState::Active | WaiverState::Expiring);
        let count =
            |wanted: &dyn Fn(WaiverState) -> bool| night.waivers.iter().filter(|used| wanted(used.state)).count();
        kpis.insert("waivers_open", alone(Value::Number(count(&holds) as f64)));
        kpis.insert("waivers_expired", alone(Value::Number(count(&|state| state == WaiverState::Expired) as f64)));
        let names: BTreeSet<String> =
            night.waivers.iter().map(|used| used.approver.as_deref().unwrap_or_default().to_owned()).collect();
        let load = |name: String| {
            let of_it: Vec<_> =
                night.waivers.iter().filter(|used| used.approver.as_deref().unwrap_or_default() == name).collect();
            let count = |wanted: &dyn Fn(WaiverState) -> bool| of_it.iter().filter(|used| wanted(used.state)).count();
            let (expiring, expired) =
                (count(&|state| state == WaiverState::Expiring), count(&|state| state == WaiverState::Expired));
            let waived = of_it.iter().map(|used| used.waived).sum();
            (name, count(&holds), expiring, expired, waived)
        };
        Plain { kpis, known: known.len(), approvers: names.into_iter().map(load).collect() }
    }

    fn of_rules(&self, night: &RunRecord, kpis: &mut BTreeMap<&'static str, Figure>) {
        let sets: [(&'static str, &[&str]); 5] = [
            ("patch_compliance", &["newest_minor_version"]),
            ("engine_support", &["engine_standard_support"]),
            ("backup_coverage", &["backups_enabled"]),
            ("backup_plan_coverage", &["in_backup_plan"]),
            ("encryption", &["storage_encrypted", "tls_required"]),
        ];
        for (key, rules) in sets {
            let mut stands = Measurements::new();
            for seen in self.databases() {
                let of_rules = seen
                    .verdicts
                    .iter()
                    .filter(|judged| rules.contains(&night.rules[judged.rule as usize].name.as_ref()));
                let verdicts: Vec<Verdict> = of_rules.map(|judged| judged.verdict).collect();
                let any = |wanted: &[Verdict]| verdicts.iter().any(|verdict| wanted.contains(verdict));
                let stand = if any(&[Verdict::Fail, Verdict::Waived]) {
                    Some(false)
                } else if any(&[Verdict::Unknown, Verdict::Error]) {
                    None
                } else if any(&[Verdict::Pass]) {
                    Some(true)
                } else {
                    continue;
                };
                stands.push((groups_of(seen), stand));
            }
            kpis.insert(key, figure(&stands, share));
        }
    }

    fn of_facts(&self, now: i64, kpis: &mut BTreeMap<&'static str, Figure>) {
        let mut behind = Measurements::new();
        for seen in self.databases() {
            let Some(Measured::Known(since)) = seen.facts.get("newer_minor_since") else { continue };
            let days = if since.is_empty() { 0 } else { (now - second(since)).max(0) / 86_400 };
            behind.push((groups_of(seen), days));
        }
        kpis.insert("days_behind_median", figure(&behind, percentile(50, 1.0)));
        kpis.insert("days_behind_p95", figure(&behind, percentile(95, 1.0)));
        let pending = self.databases().filter_map(|seen| {
            let is = match seen.facts.get("pending_maintenance")? {
                Measured::Known(waits) => Some(!waits.is_empty()),
                Measured::Unknown(_) => None,
                Measured::Missing => return None,
            };
            Some((groups_of(seen), is))
        });
        kpis.insert("pending_maintenance", figure(&pending.collect(), share));
        for (key, fact) in [
            ("forced_maintenance", "maintenance_forced_at"),
            ("support_ends", "engine_support_end"),
            ("certificates_expire", "certificate_valid_till"),
        ] {
            let soon = self.seen_now().filter(|seen| is_declarable(seen.kind)).filter_map(|seen| {
                let is = match seen.facts.get(fact)? {
                    Measured::Known(end) => second(end) - now < 90 * 86_400,
                    Measured::Missing => false,
                    Measured::Unknown(_) => return None,
                };
                Some((groups_of(seen), is))
            });
            let count = |values: &[bool]| match values {
                [] => Value::None,
                values => Value::Number(values.iter().filter(|is| **is).count() as f64),
            };
            kpis.insert(key, figure(&soon.collect(), count));
        }
    }

    fn of_lags(&self, kpis: &mut BTreeMap<&'static str, Figure>) {
        let lags =
            self.databases().filter_map(|seen| Some((groups_of(seen), *seen.samples.get("recovery_lag_seconds")?)));
        let lags: Measurements<i64> = lags.collect();
        for (key, percent) in [("rpo_median", 50), ("rpo_p95", 95), ("rpo_worst", 100)] {
            kpis.insert(key, figure(&lags, percentile(percent, 60.0)));
        }
        let in_time = self.databases().filter_map(|seen| {
            let most = match seen.tier.as_ref() {
                "tier-0" => 3_600,
                "tier-1" => 20_000,
                _ => return None,
            };
            Some((groups_of(seen), Some(*seen.samples.get("recovery_lag_seconds")? <= most)))
        });
        kpis.insert("rpo_in_time", figure(&in_time.collect(), share));
    }

    fn of_findings(&self, now: i64, since: i64, kpis: &mut BTreeMap<&'static str, Figure>) {
        // What stands around databases belongs to nobody.
        let groups = |id: &Id| {
            let last = &self.resources[id].last;
            if is_declarable(last.kind) { groups_of(last) } else { Vec::new() }
        };
        for (severity, lead, in_time, open, aim) in [
            (
                Severity::Critical,
                "remediation_days_critical",
                "remediation_in_time_critical",
                "open_findings_critical",
                Some(3),
            ),
            (Severity::High, "remediation_days_high", "remediation_in_time_high", "open_findings_high", Some(9)),
            (Severity::Medium, "remediation_days_medium", "remediation_in_time_medium", "open_findings_medium", None),
            (Severity::Low, "remediation_days_low", "remediation_in_time_low", "open_findings_low", None),
        ] {
            let fixed = self.fixed.iter().filter(|(at, of, ..)| *of == severity && *at > since);
            let took: Measurements<i64> = fixed.map(|(_, _, took, id)| (groups(id), *took)).collect();
            let within: Measurements<Option<bool>> = match aim {
                Some(days) => {
                    took.iter().map(|(groups, took)| (groups.clone(), Some(*took <= days * 86_400))).collect()
                }
                None => Vec::new(),
            };
            kpis.insert(lead, figure(&took, mean(86_400.0)));
            kpis.insert(in_time, figure(&within, share));
            let still = self.findings.iter().filter(|(_, finding)| finding.severity == severity && !finding.is_waived);
            let still: Measurements<i64> = still.map(|((id, _), finding)| (groups(id), now - finding.opened)).collect();
            kpis.insert(open, figure(&still, |ages: &[i64]| Value::Number(ages.len() as f64)));
        }
    }

    fn of_drift(&self, night: &RunRecord, since: i64, kpis: &mut BTreeMap<&'static str, Figure>) {
        let took = self.reconciled.iter().filter(|(at, ..)| *at > since);
        let whose = |running: &Option<Id>, groups: &Groups| match running {
            Some(id) => groups_of(&self.resources[id].last),
            None => groups.clone(),
        };
        let took: Measurements<i64> = took.map(|(_, took, running, groups)| (whose(running, groups), *took)).collect();
        kpis.insert("drift_reconcile_days", figure(&took, mean(86_400.0)));
        let (mut drifts, mut declared, mut approved) = (Vec::new(), Vec::new(), Vec::new());
        for seen in self.seen_now().filter(|seen| is_declarable(seen.kind)) {
            let groups = groups_of(seen);
            let (mut is_declared, mut is_drifting) = (None, None);
            if let Some(drift) = &night.drift {
                let is = drift.declared.contains(&seen.key);
                is_declared = (is || drift.is_whole).then_some(is);
                let drifting = |one: &DriftSeen| one.running.as_ref() == Some(&seen.key) && one.class.can_fail();
                is_drifting = is_declared.map(|_| drift.drifts.iter().any(drifting));
                let from_module = drift.approved.as_ref().unwrap().contains(&seen.key);
                if is && is_database(seen) {
                    approved.push((groups.clone(), Some(from_module)));
                }
            }
            drifts.push((groups.clone(), is_drifting));
            if is_database(seen) {
                declared.push((groups, is_declared));
            }
        }
        kpis.insert("drift_rate", figure(&drifts, share));
        kpis.insert("declared", figure(&declared, share));
        kpis.insert("self_service", figure(&approved, share));
    }

    fn of_tests(&self, now: i64, attested: &Attested, kpis: &mut BTreeMap<&'static str, Figure>) {
        assert!(attested.drills.is_some() && attested.reviews.is_some());
        // The drills and reviews of `nights.rs`, once more.
        let drills = |seen: &ResourceSeen| {
            let account = seen.scope.account.as_deref().unwrap();
            let name = seen.name.as_deref().unwrap();
            let of_ada = (account == ACCOUNTS[0] && name.ends_with('0')).then(|| second("2026-01-20"));
            let of_bob = name.ends_with('2').then(|| second("2025-12-01"));
            [of_ada, of_bob].into_iter().flatten().filter(|at| *at <= now).max()
        };
        let (mut covered, mut ages, mut reviewed) = (Vec::new(), Vec::new(), Vec::new());
        for seen in self.databases() {
            let measured = match seen.facts.get("last_restore_test") {
                Some(Measured::Known(at)) => Some(second(at)),
                _ => None,
            };
            let age = measured.max(drills(seen)).map(|last| (now - last).max(0) / 86_400);
            covered.push((groups_of(seen), Some(age.is_some_and(|age| age <= 300))));
            ages.extend(age.map(|age| (groups_of(seen), age)));
            let account = seen.scope.account.as_deref().unwrap();
            let at = [(ACCOUNTS[1], "2026-01-10"), (ACCOUNTS[0], "2024-01-10")];
            let last =
                at.iter().filter(|(of, day)| *of == account && second(day) <= now).map(|(_, day)| second(day)).max();
            reviewed.push((groups_of(seen), Some(last.is_some_and(|last| now - last <= 365 * 86_400))));
        }
        kpis.insert("restore_test_coverage", figure(&covered, share));
        kpis.insert("restore_test_age", figure(&ages, percentile(50, 1.0)));
        kpis.insert("rto_worst", Figure { all: Value::Number(90.0), groups: BTreeMap::new() });
        kpis.insert("access_review", figure(&reviewed, share));
    }
}

/// An instant, or the first second of a day.
fn second(text: &str) -> i64 {
    let text = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
    text.parse::<jiff::Timestamp>().unwrap().as_second()
}
