use super::*;
use crate::history::GapRow;
use crate::history::kpi::{ApproverLoad, Group};
use crate::report::named::testing::render;

const DAY: i64 = 86_400;
/// 2026-11-22T06:00:00Z
const LAST: i64 = 1_795_327_200;

fn share(part: usize, whole: usize, unknown: usize) -> KpiValue {
    KpiValue::Share { part, whole, unknown }
}

/// Figures a month ago, a day ago with none, and now.
fn points(before: f64, now: f64) -> Vec<KpiPoint> {
    let point = |at, value| KpiPoint { at, value };
    vec![point(LAST - 31 * DAY, Some(before)), point(LAST - DAY, None), point(LAST, Some(now))]
}

fn kpi(key: &'static str, title: &'static str, unit: &'static str, value: KpiValue) -> Kpi {
    Kpi {
        key,
        title,
        unit,
        lower_is_better: unit != "%",
        target: None,
        value,
        groups: Vec::new(),
        trend: Vec::new(),
        note: None,
    }
}

fn group(by: By, name: &str, value: KpiValue) -> Group {
    Group { by, name: name.into(), value }
}

fn card() -> Scorecard {
    let hostile = "<script>alert(1)</script>";
    Scorecard {
        as_of: "2026-11-22T06:00:00Z".into(),
        run: 60,
        runs: 60,
        baseline: "standard".to_owned(),
        databases: 4,
        period_days: 90,
        kpis: vec![
            Kpi {
                target: Some(95),
                groups: vec![group(By::Tier, "tier-1", share(1, 1, 1)), group(By::Owner, hostile, share(1, 2, 0))],
                trend: points(80.0, 66.7),
                ..kpi("patch_compliance", "On a compliant patch level", "%", share(2, 3, 1))
            },
            Kpi {
                target: Some(100),
                trend: points(50.0, 100.0),
                ..kpi("encryption", "Encrypted", "%", share(4, 4, 0))
            },
            Kpi {
                target: Some(60),
                note: Some("of 3 databases".to_owned()),
                ..kpi("rpo_p95", "Recovery point, p95", "min", KpiValue::Number { value: 7.5, of: 3 })
            },
            Kpi {
                target: Some(90),
                ..kpi("drift_rate", "Drifted", "%", KpiValue::Unknown("no run compared anything".to_owned()))
            },
            kpi("open_findings_high", "Open, high", "", KpiValue::Number { value: 2.0, of: 2 }),
        ],
        approvers: vec![ApproverLoad { approver: "".into(), open: 2, expiring: 1, expired: 1, waived: 3 }],
        gaps: vec![GapRow { place: "111122223333".to_owned(), reason: "access denied".to_owned() }],
    }
}

#[test]
fn every_figure_stands_beside_its_target_and_says_how_it_moved() {
    insta::assert_snapshot!(render("table", &report(&card(), false)));
}

#[test]
fn what_cannot_be_computed_says_why_and_is_no_number() {
    let document: serde_json::Value = serde_json::from_str(&render("json", &report(&card(), true))).unwrap();
    let text = document.to_string();
    assert!(text.contains("no run compared anything"), "{text}");
    let drifted = document["figures"].as_array().unwrap().iter().find(|figure| figure["key"] == "drift_rate").unwrap();
    assert!(!drifted.to_string().contains("100"), "{drifted}");
    assert!(!drifted.to_string().contains(":0"), "{drifted}");
}

#[test]
fn a_page_draws_the_trends_and_is_safe_from_names() {
    let page = render("html", &report(&card(), true));
    assert!(page.contains("<svg"), "no trend is drawn");
    assert!(!page.contains("<script"), "a name became markup");
}
