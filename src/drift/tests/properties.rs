//! What holds for any two inventories.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::drift::table::COMPARED;
use crate::facts::FactType;
use crate::model::{DriftSubject, Unknown};

const KINDS: [Kind; 4] = [Kind::Instance, Kind::Cluster, Kind::ClusterMember, Kind::Snapshot];

/// What is told of one fact: which one, how well it is known, which of its values, and whether another one waits.
type Sketch = (usize, u8, u8, bool);

fn value(id: FactId, choice: u8) -> Value {
    let text = ["16", "16.3", "mon:00:00-mon:00:30", "Mon:0:00-mon:0:30", "arn:aws:kms:r:1:key/k", "k", "alias/a"];
    let text = |choice: u8| text[usize::from(choice) % text.len()];
    match id.def().ty {
        FactType::Boolean => choice.is_multiple_of(2).into(),
        FactType::Integer => Value::Integer(i64::from(choice % 3)),
        FactType::Strings => Value::set((0..choice % 3).map(|choice| Value::from(text(choice)))),
        FactType::String | FactType::Map => Value::from(text(choice)),
    }
}

fn told(id: FactId, (_, how, choice, waits): Sketch, is_whole: bool) -> Fact {
    let why = || Unknown::Denied("rds:DescribeDBInstances".into());
    let state = match how % 8 {
        0 => FactState::Missing("there is none".into()),
        1 if !is_whole => FactState::Unknown(why()),
        2 if !is_whole => FactState::Partial(value(id, choice), why()),
        _ => FactState::Known(value(id, choice)),
    };
    let waits_for = "next maintenance window".into();
    let pending = waits.then(|| Box::new(Pending { value: value(id, choice.wrapping_add(1)), waits_for }));
    Fact { pending, ..Fact::new(state, Origin::attribute("attribute", SetBy::Source)) }
}

fn one(is_whole: bool) -> impl Strategy<Value = Resource> {
    let facts = proptest::collection::vec((0..COMPARED.len(), any::<u8>(), any::<u8>(), any::<bool>()), 0..60);
    (0..KINDS.len(), 0..2_u8, 0..3_u8, 0..4_u8, facts).prop_map(move |(kind, name, region, life, facts)| {
        let mut one = resource(KINDS[kind]);
        let region =
            [Some("eu-west-1"), Some("us-east-1"), None][usize::from(if is_whole { region % 2 } else { region })];
        one.scope = place(region);
        // Instances and members share one space of names.
        one.name = Some(format!("{}-{name}", one.kind).into());
        one.id = format!("arn:{}:{region:?}:{name}", one.kind).into();
        one.identity.arn = Some(Arc::clone(&one.id));
        // One in four is another database under the same identifier.
        one.identity.resource_id = Some(format!("{}:{}", one.id, life / 3).into());
        for sketch in facts {
            let Some(row) = COMPARED.get(sketch.0).filter(|row| row.fact.def().ty != FactType::Map) else { continue };
            one.facts.set(row.fact, told(row.fact, sketch, is_whole));
        }
        one
    })
}

/// An inventory; `is_whole` for one in which every value is known and every database is told once.
fn any_inventory(is_whole: bool) -> impl Strategy<Value = Inventory> {
    proptest::collection::vec(one(is_whole), 0..8).prop_map(move |mut resources| {
        if is_whole {
            resources.sort_by(|a, b| a.id.cmp(&b.id));
            resources.dedup_by(|a, b| a.id == b.id);
        }
        inventory(SourceKind::Inventory, resources)
    })
}

/// What drifted of which resource, and the two values. Which of two inventories saw more is not the same in a mirror.
fn mirrored(first: &Inventory, second: &Inventory, is_mirror: bool) -> BTreeSet<(String, String, String, String)> {
    let compared = compare(first, second, &how(Against::Earlier));
    let text = |value: &Option<Value>| format!("{value:?}");
    let row = |of: &DriftOf<'_>| {
        let id = of.declared.or(of.running).map(|resource| resource.id.to_string()).unwrap_or_default();
        let drift = &of.drift;
        let is_whole = drift.subject == DriftSubject::Resource;
        let (one, other) = if is_whole { (&None, &None) } else { (&drift.declared, &drift.running) };
        let (one, other) = if is_mirror { (other, one) } else { (one, other) };
        (id, drift.subject.to_string(), text(one), text(other))
    };
    compared.drifts.iter().filter(|of| of.drift.class != DriftClass::Unverifiable).map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_differs_from_itself(inventory in any_inventory(false)) {
        let compared = compare(&inventory, &inventory, &how(Against::Earlier));
        prop_assert_eq!(lines(&compared.drifts), Vec::<String>::new());
    }

    #[test]
    fn time_runs_both_ways(first in any_inventory(true), second in any_inventory(true)) {
        prop_assert_eq!(mirrored(&first, &second, false), mirrored(&second, &first, true));
    }

    #[test]
    fn the_order_of_resources_does_not_matter(
        first in any_inventory(false),
        second in any_inventory(false),
        against in prop_oneof![Just(Against::Declared), Just(Against::Earlier)],
    ) {
        let other_way = |inventory: &Inventory| {
            let resources = inventory.resources.iter().rev().cloned().collect();
            Inventory { resources, ..inventory.clone() }
        };
        let (turned_first, turned_second) = (other_way(&first), other_way(&second));
        let one = compare(&first, &second, &how(against));
        let other = compare(&turned_first, &turned_second, &how(against));
        prop_assert_eq!(lines(&one.drifts), lines(&other.drifts));
        prop_assert_eq!(one.comparison, other.comparison);
    }
}
