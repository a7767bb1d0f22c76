//! Sixty nights of a fleet that changes: the history's key figures against those of a calculation that has all the nights
//! before it and knows nothing of the history.

mod plain;
mod world;

use std::collections::BTreeMap;

use dbkeel::history::History;
use dbkeel::history::kpi::{Attested, By, Kpi, KpiValue, ScorecardOptions, drills};
use dbkeel::report::named::access::review;
use rusqlite::Connection;
use std::time::Duration;

use plain::{Plain, Value};
use world::World;

const PERIOD_DAYS: u32 = 45;
const PATIENCE: Duration = Duration::from_secs(30);

/// A drill of the databases of one account whose names end in an even number, and one that failed.
const DRILLS: &str = "\
drills:
  - {drilled: 2026-01-20, by: Ada, resource: '*0', account: '111100000001', recovery_point: 2026-01-19T02:00:00Z,
     rto_minutes: 50, check: counts, result: succeeded}
  - {drilled: 2025-12-01, by: Bob, resource: '*2', recovery_point: 2025-11-30T02:00:00Z, rto_minutes: 90, check: counts,
     result: succeeded}
  - {drilled: 2026-02-01, by: Bob, resource: '*', recovery_point: 2026-01-31T02:00:00Z, check: none, result: failed}
";

const REVIEWS: &str = "\
reviews:
  - {reviewed: 2026-01-10, reviewer: Ada, account: '111100000002', decision: confirmed}
  - {reviewed: 2024-01-10, reviewer: Ada, account: '111100000001', decision: confirmed}
";

fn attested() -> Attested {
    Attested {
        drills: Some(drills::parse("d.yaml", DRILLS).unwrap()),
        reviews: Some(review::parse("r.yaml", REVIEWS).unwrap()),
    }
}

/// Takes a file back to the layout before the newest.
fn downgrade(file: &std::path::Path) {
    let connection = Connection::open(file).unwrap();
    connection.execute_batch("DROP TABLE accounts; PRAGMA user_version = 1;").unwrap();
}

fn assert_same(what: &str, found: &KpiValue, expected: &Value) {
    let same = match (found, expected) {
        (KpiValue::Share { part, whole, unknown }, Value::Share(p, w, u)) => (part, whole, unknown) == (p, w, u),
        (KpiValue::Number { value, .. }, Value::Number(number)) => (value - number).abs() < 1e-9,
        (KpiValue::Unknown(_), Value::None) => true,
        _ => false,
    };
    assert!(same, "{what}: the history says {found:?}, the nights {expected:?}");
}

fn compare(kpi: &Kpi, nights: &[Plain]) {
    let last = nights.last().unwrap();
    let expected = last.kpis.get(kpi.key).unwrap_or_else(|| panic!("nothing is expected of {}", kpi.key));
    assert_same(kpi.key, &kpi.value, &expected.all);
    let found: BTreeMap<(By, String), &KpiValue> =
        kpi.groups.iter().map(|group| ((group.by, group.name.to_string()), &group.value)).collect();
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        expected.groups.keys().collect::<Vec<_>>(),
        "the groups of {}",
        kpi.key
    );
    for (group, value) in found {
        assert_same(&format!("{} of {group:?}", kpi.key), value, &expected.groups[&group]);
    }
    if kpi.trend.is_empty() {
        return;
    }
    assert_eq!(kpi.trend.len(), nights.len(), "{}", kpi.key);
    for (number, (point, night)) in kpi.trend.iter().zip(nights).enumerate() {
        let expected = night.kpis[kpi.key].all.number();
        let same = match (point.value, expected) {
            (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
            (found, expected) => found.is_none() && expected.is_none(),
        };
        assert!(same, "{} in night {number}: the history says {:?}, the nights {expected:?}", kpi.key, point.value);
    }
}

fn sixty_nights(seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("h.sqlite");
    let mut world = World::new(seed);
    let mut records = Vec::new();
    for night in 0..60 {
        if night == 30 {
            downgrade(&file);
        }
        let record = world.night(night);
        let mut history = History::create(&file, "audits", PATIENCE).unwrap();
        history.record(&record).unwrap();
        records.push(record);
        // On some mornings somebody looks.
        if [0, 1, 29, 30, 31, 59].contains(&night) {
            let options = ScorecardOptions { period_days: PERIOD_DAYS, attested: attested() };
            let card = history.scorecard(&options).unwrap();
            let nights = plain::calculate(&records, PERIOD_DAYS, &attested());
            let last = nights.last().unwrap();
            assert_eq!(card.databases, last.known, "the databases that are known in night {night}");
            card.kpis.iter().for_each(|kpi| compare(kpi, &nights));
            assert_eq!(card.kpis.len(), last.kpis.len(), "every figure that is expected is there");
            let loads: Vec<(String, usize, usize, usize, usize)> = card
                .approvers
                .iter()
                .map(|load| (load.approver.to_string(), load.open, load.expiring, load.expired, load.waived))
                .collect();
            assert_eq!(loads, last.approvers);
            assert_eq!(card.gaps.len(), records.last().unwrap().gaps.len());
        }
    }
    // The world was not a dull one.
    let last = plain::calculate(&records, PERIOD_DAYS, &attested()).pop().unwrap();
    for key in ["remediation_days_high", "drift_reconcile_days", "rpo_p95", "days_behind_median", "restore_test_age"] {
        assert!(last.kpis[key].all.number().is_some_and(|number| number > 0.0), "{key}");
    }
    assert!(records.iter().filter(|record| !record.gaps.is_empty()).count() > 8, "outages");
    assert!(records.iter().any(|record| record.drift.is_none()), "nights that compared nothing");
    let states: std::collections::BTreeSet<_> =
        records.iter().flat_map(|record| record.waivers.iter().map(|used| used.state.as_str())).collect();
    assert_eq!(states, ["active", "expired", "expiring"].into());
}

#[test]
fn the_key_figures_are_those_of_a_simple_calculation() {
    for seed in [1, 20_261_122, 7_777] {
        sixty_nights(seed);
    }
}
