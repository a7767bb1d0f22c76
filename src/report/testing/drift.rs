//! Canonical results of a comparison: every class, every side, every effect; nothing that drifted; very much that did.

use std::sync::Arc;

use super::{HOSTILE, everything, nothing, path, source};
use crate::facts::catalogue;
use crate::model::{
    Against, Comparison, CoverageRow, Drift, DriftClass, DriftEffect, DriftReport, DriftSubject, DriftedResource,
    IgnoreUse, Kind, Location, Mover, Pending, Place, Provider, Region, Related, Results, Scope, Severity, SourceKind,
    Text, Value, Verdict,
};

/// A comparison in which everything drifted, and no verdict.
pub(crate) fn drifted() -> Results {
    Results { drift: DriftReport { drifts: drifts(), comparison: Some(comparison()) }, ..compared() }
}

/// A comparison in which nothing drifted.
pub(crate) fn undrifted() -> Results {
    let comparison =
        Comparison { coverage: Vec::new(), ignores: Vec::new(), declared: 3, running: 3, joined: 3, ..comparison() };
    Results { drift: DriftReport { drifts: Vec::new(), comparison: Some(comparison) }, ..compared() }
}

/// A comparison of things that have nothing to do with each other.
pub(crate) fn uncompared() -> Results {
    let mut results = undrifted();
    results.drift.comparison = Some(Comparison { declared: 3, running: 2, ..Comparison::default() });
    results
}

/// Verdicts and a comparison, as an audit has them.
pub(crate) fn audited() -> Results {
    Results { drift: drifted().drift, ..everything() }
}

/// As many drifts as asked for, each on a resource of its own, in a file that has as many lines.
pub(crate) fn many_drifts(count: u32) -> Results {
    let mut results = drifted();
    let comparison = Comparison { coverage: Vec::new(), ignores: Vec::new(), ..comparison() };
    let drift = |position: u32| {
        let mut drift = retention(&format!("aws_db_instance.db[{position:05}]"));
        drift.place = Some(Place { location: Some(line("main.tf", position + 1)), ..Place::default() });
        drift
    };
    results.drift = DriftReport { drifts: (0..count).map(drift).collect(), comparison: Some(comparison) };
    results
}

/// What was read, and nothing judged.
fn compared() -> Results {
    Results {
        sources: vec![
            source("states/prod.json", SourceKind::TerraformState),
            source("live/2026-11-22.jsonl", SourceKind::Inventory),
        ],
        rules: Vec::new(),
        verdicts: Vec::new(),
        ..nothing()
    }
}

fn comparison() -> Comparison {
    let row = |by, name: &str, running, declared, approved| CoverageRow {
        by,
        name: name.into(),
        running,
        declared,
        approved,
    };
    let ignore = |reason: &str, expires: &str, line_number, expired, matched| IgnoreUse {
        reason: reason.into(),
        expires: expires.into(),
        location: line("ops/drift-ignores.yaml", line_number),
        expired,
        matched,
    };
    Comparison {
        declared: 9,
        running: 400,
        joined: 7,
        compared: 412,
        coverage: vec![
            row("all", "all", 400, 7, Some(3)),
            row("account", "111122223333", 399, 7, Some(3)),
            row("account", HOSTILE, 1, 0, Some(0)),
            row("tier", "tier-1", 2, 2, None),
            row("type", "aws_db_instance", 0, 0, None),
        ],
        ignores: vec![
            ignore("the console owns the window", "2027-06-30", 4, false, 5),
            ignore("migration|<b>", "2026-01-31", 9, true, 0),
            ignore("no such database", "2027-06-30", 14, false, 0),
        ],
        fail_on: vec![DriftClass::Changed, DriftClass::Missing],
    }
}

/// The worst first, as a comparison ranks them.
fn drifts() -> Vec<Drift> {
    let mut drifts = worse();
    drifts.extend(changed());
    drifts.extend(whole_resources());
    drifts.extend(of_other_sides());
    drifts.extend(nobodys_fault());
    drifts
}

fn worse() -> Vec<Drift> {
    let opened = Drift {
        declared: Some(false.into()),
        running: Some(true.into()),
        effects: vec![
            effect("DBK-ACC-001", Severity::Critical, (Verdict::Pass, Verdict::Fail), &["has a public address"]),
            effect("DBK-ACC-002", Severity::Low, (Verdict::Fail, Verdict::Fail), &["lets in `0.0.0.0/0`"]),
        ],
        reason: Some(Text::Static("no state was given")),
        ..drift(DriftClass::Changed, orders(), fact(catalogue::PUBLICLY_ACCESSIBLE, None))
    };
    let golden = Drift {
        against: Against::Golden,
        declared: Some("all".into()),
        running: Some("none".into()),
        effects: vec![effect("DBK-PAR-001", Severity::Medium, (Verdict::Pass, Verdict::Fail), &["logs `none`"])],
        reason: Some(Text::Static("the instance's group overrides the cluster's")),
        ..drift(DriftClass::Changed, live("orders"), fact(catalogue::PARAMETERS, Some("pgaudit.log")))
    };
    vec![opened, retention("module.prod[\"eu\"].aws_db_instance.orders"), golden]
}

/// Somebody took away backups: the drift that every report is measured by.
fn retention(id: &str) -> Drift {
    let asks = &["keeps 1 day of backups; tier-1 asks for 35"];
    Drift {
        declared: Some(35i64.into()),
        recorded: Some(35i64.into()),
        running: Some(1i64.into()),
        moved_by: Some(Mover::Outside),
        effects: vec![effect("DBK-RET-001", Severity::High, (Verdict::Pass, Verdict::Fail), asks)],
        place: Some(Place {
            location: Some(line("envs/prod eu/main.tf", 7)),
            related: vec![Related {
                location: line("modules/db/main.tf", 12),
                message: Text::Static("set through variable `backup_days` here"),
            }],
            note: None,
        }),
        attribute: Some("backup_retention_period"),
        resource: Arc::new(DriftedResource { id: id.into(), ..orders() }),
        ..drift(DriftClass::Changed, orders(), fact(catalogue::BACKUP_RETENTION_DAYS, None))
    }
}

fn changed() -> Vec<Drift> {
    let better = Drift {
        declared: Some(false.into()),
        recorded: Some(false.into()),
        running: Some(true.into()),
        moved_by: Some(Mover::Outside),
        effects: vec![effect("DBK-AVA-001", Severity::Info, (Verdict::Fail, Verdict::Pass), &[])],
        ..drift(DriftClass::Changed, orders(), fact(catalogue::MULTI_AZ, None))
    };
    let unapplied = Drift {
        declared: Some("16.4".into()),
        recorded: Some("16.3".into()),
        running: Some("16.3".into()),
        moved_by: Some(Mover::Unapplied),
        ..drift(DriftClass::Changed, orders(), fact(catalogue::ENGINE_VERSION, None))
    };
    let both = Drift {
        declared: Some(Value::set(["audit".into(), "error".into()])),
        recorded: Some(Value::set(["error".into()])),
        running: Some(Value::set([])),
        moved_by: Some(Mover::Both),
        ..drift(DriftClass::Changed, orders(), fact(catalogue::LOG_EXPORTS, None))
    };
    let hostile = Drift {
        declared: Some("=HYPERLINK(\"https://evil.example\")".into()),
        running: Some(HOSTILE.into()),
        ..drift(DriftClass::Changed, named(HOSTILE, "aws_db_instance"), fact(catalogue::TAGS, Some("<b>|owner")))
    };
    let removed = Drift {
        declared: Some("db-team".into()),
        ..drift(DriftClass::Changed, orders(), fact(catalogue::TAGS, Some("owner")))
    };
    let undeclared = Drift {
        running: Some("0".into()),
        ..drift(DriftClass::Undeclared, orders(), fact(catalogue::PARAMETERS, Some("rds.force_ssl")))
    };
    let renamed = Drift {
        declared: Some("orders".into()),
        running: Some("orders-old".into()),
        ..drift(DriftClass::Changed, orders(), DriftSubject::Name)
    };
    let withheld = Drift {
        against: Against::Plan,
        ..drift(
            DriftClass::Changed,
            DriftedResource { location: file(""), tier: "".into(), ..named("aws_db_instance.p", "aws_db_instance") },
            DriftSubject::Attribute("password".into()),
        )
    };
    vec![better, unapplied, both, hostile, removed, undeclared, renamed, withheld]
}

fn whole_resources() -> Vec<Drift> {
    let gone = DriftedResource { running_id: None, ..named("aws_rds_cluster.gone", "aws_rds_cluster") };
    let replaced = Drift {
        recorded: Some("db-AAAA".into()),
        running: Some("db-BBBB".into()),
        ..drift(DriftClass::Replaced, orders(), DriftSubject::Resource)
    };
    vec![
        drift(DriftClass::Missing, gone, DriftSubject::Resource),
        drift(DriftClass::Unmanaged, live("by-hand"), DriftSubject::Resource),
        drift(DriftClass::Unmanaged, live("../../=cmd"), DriftSubject::Resource),
        replaced,
    ]
}

fn of_other_sides() -> Vec<Drift> {
    let of = |against, class, name: &str| Drift { against, ..drift(class, live(name), DriftSubject::Resource) };
    let smaller = |against, name: &str| Drift {
        against,
        declared: Some("db.r6g.xlarge".into()),
        running: Some("db.r6g.large".into()),
        ..drift(DriftClass::Changed, live(name), fact(catalogue::INSTANCE_CLASS, None))
    };
    vec![
        smaller(Against::Earlier, "billing"),
        of(Against::Earlier, DriftClass::Missing, "retired"),
        of(Against::Earlier, DriftClass::Unmanaged, "fresh"),
        of(Against::Earlier, DriftClass::Replaced, "restored"),
        smaller(Against::Environment, "billing-staging"),
        of(Against::Environment, DriftClass::Missing, "only-there"),
        of(Against::Environment, DriftClass::Unmanaged, "only-here"),
    ]
}

fn nobodys_fault() -> Vec<Drift> {
    let waits = |value: Value, waits_for| Some(Pending { value, waits_for: Text::Static(waits_for) });
    let upgrade = Drift {
        declared: Some("16.4".into()),
        running: Some("16.3".into()),
        pending: waits("16.4".into(), "next maintenance window"),
        pending_at: Some("2026-11-29T03:00:00Z".into()),
        ..drift(DriftClass::Pending, live("billing"), fact(catalogue::ENGINE_VERSION, None))
    };
    let reboot = Drift {
        declared: Some("1".into()),
        running: Some("0".into()),
        pending: waits("1".into(), "reboot"),
        ..drift(DriftClass::Pending, orders(), fact(catalogue::PARAMETERS, Some("rds.logical_replication")))
    };
    let expected = Drift {
        declared: Some(100i64.into()),
        running: Some(140i64.into()),
        reason: Some(Text::Static("storage grows by itself up to 200 GiB")),
        ..drift(DriftClass::Expected, orders(), fact(catalogue::ALLOCATED_STORAGE_GIB, None))
    };
    let unseen = |name: &str, fact_of: DriftSubject, reason: &'static str| Drift {
        declared: Some(true.into()),
        reason: Some(Text::Static(reason)),
        ..drift(DriftClass::Unverifiable, live(name), fact_of)
    };
    let denied = "permission denied: rds:DescribeDBParameters";
    let parameter = |name| fact(catalogue::PARAMETERS, Some(name));
    vec![
        upgrade,
        reboot,
        expected,
        unseen("billing", parameter("rds.force_ssl"), denied),
        unseen("billing", fact(catalogue::TLS_REQUIRED, None), denied),
        unseen("orders", parameter("rds.force_ssl"), denied),
        unseen("orders", fact(catalogue::KEY_ROTATION, None), "not collected: the key is of another account"),
    ]
}

fn drift(class: DriftClass, resource: DriftedResource, subject: DriftSubject) -> Drift {
    Drift {
        class,
        against: Against::Declared,
        resource: Arc::new(resource),
        subject,
        declared: None,
        recorded: None,
        running: None,
        pending: None,
        pending_at: None,
        reason: None,
        moved_by: None,
        effects: Vec::new(),
        place: None,
        attribute: None,
    }
}

fn fact(fact: crate::facts::FactId, key: Option<&str>) -> DriftSubject {
    DriftSubject::Fact(path(fact, key))
}

fn effect(rule: &str, severity: Severity, verdicts: (Verdict, Verdict), messages: &[&str]) -> DriftEffect {
    let messages = messages.iter().map(|message| Arc::from(*message)).collect();
    DriftEffect { rule: rule.into(), severity, declared: verdicts.0, running: verdicts.1, messages }
}

/// Something that is declared.
fn named(id: &str, resource_type: &str) -> DriftedResource {
    DriftedResource {
        id: id.into(),
        running_id: None,
        resource_type: resource_type.into(),
        kind: Some(Kind::Instance),
        provider: Provider::Aws,
        name: None,
        scope: Scope::default(),
        tier: "tier-2".into(),
        location: file("states/prod.json"),
    }
}

/// Something that runs, whether anything declares it or not.
fn live(name: &str) -> DriftedResource {
    let arn: Arc<str> = format!("arn:aws:rds:eu-central-1:111122223333:db:{name}").into();
    DriftedResource {
        running_id: Some(Arc::clone(&arn)),
        name: Some(name.into()),
        scope: Scope { account: Some("111122223333".into()), region: Some("eu-central-1".into()) },
        tier: "tier-1".into(),
        location: file("live/2026-11-22.jsonl"),
        ..named(&arn, "aws_db_instance")
    }
}

/// Something that is declared and runs.
fn orders() -> DriftedResource {
    DriftedResource {
        id: "module.prod[\"eu\"].aws_db_instance.orders".into(),
        location: file("states/prod.json"),
        ..live("orders")
    }
}

fn file(name: &str) -> Location {
    Location { file: name.into(), region: None }
}

fn line(name: &str, number: u32) -> Location {
    let region = Region { start_line: number, start_column: 3, end_line: number, end_column: 30 };
    Location { region: Some(region), ..file(name) }
}
