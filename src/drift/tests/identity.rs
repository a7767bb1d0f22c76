//! Which running resource a declared one is.

use super::*;
use crate::facts::catalogue::*;
use crate::model::{Change, ChangeAction, Mover};

fn named(id: &str, name: &str, resource_id: Option<&str>, source: u32) -> Resource {
    let identity = Identity { arn: None, resource_id: resource_id.map(Arc::from) };
    Resource { id: id.into(), name: Some(name.into()), identity, source, ..resource(Kind::Instance) }
}

fn planned(action: ChangeAction) -> Resource {
    let change = Change {
        action,
        importing: false,
        reason: None,
        replace_attributes: Vec::new(),
        changed_attributes: Vec::new(),
        previous_address: None,
        deposed: None,
    };
    Resource { change: Some(change), ..named("aws_db_instance.db", "db", Some("db-1"), 0) }
}

/// Lines and the number of gaps.
fn outcome(kinds: &[SourceKind], declared: Vec<Resource>, running: Vec<Resource>) -> (Vec<String>, usize) {
    let (declared, running) = (of_sources(kinds, declared), inventory(SourceKind::Inventory, running));
    let compared = compare(&declared, &running, &how(Against::Declared));
    (lines(&compared.drifts), compared.gaps.len())
}

const STATE: &[SourceKind] = &[SourceKind::TerraformState];

#[test]
fn renamed_replaced_and_gone() {
    let state = || vec![named("aws_db_instance.db", "db", Some("db-1"), 0)];
    let runs = |name: &str, id: &str| vec![named("arn", name, Some(id), 0)];
    assert_eq!(outcome(STATE, state(), runs("db", "db-1")), (vec![], 0));
    assert_eq!(outcome(STATE, state(), runs("new", "db-1")).0, ["changed identifier: db -> new"]);
    assert_eq!(outcome(STATE, state(), runs("db", "db-2")).0, ["replaced resource: - -> db-2"]);
    let gone = outcome(STATE, state(), runs("new", "db-2")).0;
    assert_eq!(gone, ["missing resource: - -> -", "unmanaged resource: - -> -"]);
}

#[test]
fn ambiguity_is_no_guess() {
    let mut state = named("aws_db_instance.db", "db", None, 0);
    state.scope.region = None;
    let there = Resource { scope: place(Some("us-east-1")), ..named("arn-2", "db", Some("db-2"), 0) };
    let here = || named("arn-1", "db", Some("db-1"), 0);
    let one_of_two = outcome(STATE, vec![state.clone()], vec![here(), there]);
    assert_eq!(one_of_two, (vec![], 1), "a gap, and neither of them is unmanaged");
    assert_eq!(outcome(STATE, vec![state], vec![here()]), (vec![], 0), "one that fits is it");
    let twice =
        vec![named("aws_db_instance.a", "db", Some("db-1"), 0), named("aws_db_instance.b", "db", Some("db-1"), 1)];
    let kinds = [SourceKind::TerraformState, SourceKind::TerraformState];
    assert_eq!(outcome(&kinds, twice, vec![here()]), (vec![], 1));
}

#[test]
fn a_folder_and_a_state_declare_one_database_wherever_it_went() {
    let kinds = [SourceKind::TerraformState, SourceKind::TerraformConfiguration];
    let state = || named("aws_db_instance.db", "db", Some("db-1"), 0);
    let folder = |region: Option<&str>| Resource {
        scope: place(region),
        identity: Identity::default(),
        ..named("aws_db_instance.db", "db", None, 1)
    };
    for region in [None, Some("eu-west-1")] {
        let declared = || vec![state(), folder(region)];
        assert_eq!(outcome(&kinds, declared(), vec![]).0, ["missing resource: - -> -"], "{region:?}");
        let renamed = outcome(&kinds, declared(), vec![named("arn", "new", Some("db-1"), 0)]);
        assert_eq!(renamed.0, ["changed identifier: db -> new"], "{region:?}");
    }
    let left = vec![Resource { id: "aws_db_instance.db (deposed 0a1b)".into(), ..state() }];
    assert_eq!(outcome(STATE, left, vec![]), (vec![], 0), "what a failed replacement left behind");
    let perhaps = vec![Resource { id: "aws_db_instance.db[*]".into(), ..folder(Some("eu-west-1")) }];
    let kinds = [SourceKind::TerraformState, SourceKind::TerraformConfiguration];
    assert_eq!(outcome(&kinds, perhaps, vec![]).0, ["unverifiable resource: - -> -"]);
}

#[test]
fn a_plan_says_what_is_meant_to_be() {
    let plan = |action| vec![planned(action)];
    let runs = || vec![named("arn", "db", Some("db-1"), 0)];
    let kinds = [SourceKind::TerraformPlan];
    assert_eq!(outcome(&kinds, plan(ChangeAction::Create), vec![]), (vec![], 0), "it is still to be made");
    assert_eq!(outcome(&kinds, plan(ChangeAction::Delete), vec![]), (vec![], 0), "it is gone already");
    assert_eq!(outcome(&kinds, plan(ChangeAction::NoOp), vec![]).0, ["missing resource: - -> -"]);
    let made_anew = vec![named("arn", "db", Some("db-2"), 0)];
    assert_eq!(outcome(&kinds, plan(ChangeAction::DeleteThenCreate), made_anew), (vec![], 0));
    assert_eq!(outcome(&kinds, plan(ChangeAction::NoOp), runs()), (vec![], 0));
}

#[test]
fn three_sides_tell_who_moved_it() {
    let days = |resource: Resource, days: i64| with(resource, vec![(BACKUP_RETENTION_DAYS, fact(days, SetBy::Source))]);
    let sides = |declared: i64, recorded: i64, running: i64| {
        let kinds = [SourceKind::TerraformPlan, SourceKind::TerraformState, SourceKind::TerraformConfiguration];
        let mut plan = days(planned(ChangeAction::Update), declared);
        plan.source = 0;
        let state = days(named("aws_db_instance.db", "db", Some("db-1"), 1), recorded);
        let folder = days(named("aws_db_instance.db", "db", None, 2), declared);
        let declared = of_sources(&kinds, vec![plan, state, folder]);
        let running = inventory(SourceKind::Inventory, vec![days(named("arn", "db", Some("db-1"), 0), running)]);
        let compared = compare(&declared, &running, &how(Against::Declared));
        assert!(compared.gaps.is_empty() && compared.drifts.len() <= 1, "{:?}", lines(&compared.drifts));
        compared.drifts.first().map(|of| (of.drift.recorded.clone(), of.drift.moved_by))
    };
    assert_eq!(sides(7, 7, 7), None);
    assert_eq!(sides(7, 7, 1), Some((Some(Value::Integer(7)), Some(Mover::Outside))));
    assert_eq!(sides(14, 7, 7), Some((Some(Value::Integer(7)), Some(Mover::Unapplied))));
    assert_eq!(sides(14, 7, 1), Some((Some(Value::Integer(7)), Some(Mover::Both))));
}
