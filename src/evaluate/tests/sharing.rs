//! Facts that stand at one address, facts that are equal, facts that only look alike: what is judged is what they say.

use super::*;
use crate::facts::catalogue::{ENGINE, PARAMETER_GROUP_FAMILY, PARAMETERS};
use crate::model::Change;

const LOGS: &str = "\
# METADATA
# title: Connections are logged
# description: Who came and went.
# custom:
#   id: DBK-LOG-050
#   severity: low
#   remediation: {text: Mend it.}
package dbkeel.logging.connections
violations contains message if {
	input.parameters.log_connections == \"0\"
	message := sprintf(\"%s logs no connections\", [input.engine])
}
";

const TAGGED: &str = "\
# METADATA
# title: Tags are there
# description: Whose it is.
# custom:
#   id: DBK-OWN-050
#   severity: low
#   remediation: {text: Mend it.}
#   parameters:
#     wanted: {type: strings, default: [owner, tier]}
package dbkeel.ownership.tagged
violations contains message if {
	some tag in data.parameters.wanted
	value := object.get(input.tags, tag, \"\")
	value in {\"\", \"nobody\"}
	message := sprintf(\"%s is %s in %s\", [tag, value, data.baseline.tier])
}
";

const GREW: &str = "\
# METADATA
# title: Nothing shrinks
# description: It was more.
# custom:
#   id: DBK-RET-050
#   severity: low
#   remediation: {text: Mend it.}
package dbkeel.retention.shrinks
violations contains \"it was more\" if input.before.backup_retention_days > input.backup_retention_days
";

static POLICIES: LazyLock<Policies> = LazyLock::new(|| {
    let mut files = samples::files();
    files.extend([
        file("policies/logging/connections.rego", LOGS),
        file("policies/ownership/tagged.rego", TAGGED),
        file("policies/retention/shrinks.rego", GREW),
    ]);
    policy::load(&files).unwrap()
});

fn origin() -> Origin {
    Origin::attribute("x", SetBy::Source)
}

fn any_map(keys: &'static [&'static str]) -> impl Strategy<Value = Option<FactMap>> {
    let state = prop_oneof![
        6 => prop_oneof!["0", "1", "nobody", "tier-1"].prop_map(|text| FactState::Known(text.as_str().into())),
        1 => Just(FactState::Unknown(Unknown::KnownAfterApply)),
        1 => Just(FactState::Known(1.into())),
    ];
    let entries = prop::collection::btree_map(prop::sample::select(keys), state, 0..4);
    let rest = prop_oneof![
        3 => Just(FactState::Missing(Text::Static("there is no other"))),
        1 => Just(FactState::Unknown(Unknown::KnownAfterApply)),
    ];
    let map = (entries, rest).prop_map(|(entries, rest)| {
        let fact = |(key, state): (&str, FactState)| (Arc::from(key), Fact::new(state, origin()));
        FactMap { entries: entries.into_iter().map(fact).collect(), rest, origin: origin() }
    });
    prop::option::weighted(0.9, map)
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let scalars = (
        any_state(FactType::Integer),
        any_state(FactType::Boolean),
        prop::option::of(prop_oneof!["postgres", "mysql"]),
        prop::option::of(prop_oneof!["postgres16", "mysql8[.]0"]),
    );
    let maps = (any_map(&["owner", "tier", "Name", "x"]), any_map(&["log_connections", "general_log", "a"]));
    (scalars, maps).prop_map(|((days, replica, engine, family), (tags, parameters))| {
        let mut facts = Facts::default();
        let mut set = |id, state| facts.set(id, Fact::new(state, origin()));
        set(BACKUP_RETENTION_DAYS, days);
        set(IS_REPLICA, replica);
        engine.into_iter().for_each(|engine| set(ENGINE, FactState::Known(engine.as_str().into())));
        family.into_iter().for_each(|family| set(PARAMETER_GROUP_FAMILY, FactState::Known(family.as_str().into())));
        tags.into_iter().for_each(|map| facts.set_map(TAGS, map));
        parameters.into_iter().for_each(|map| facts.set_map(PARAMETERS, map));
        facts
    })
}

fn any_database() -> impl Strategy<Value = Resource> {
    let before = prop_oneof![
        any_facts().prop_map(|facts| Before::Facts(Box::new(facts))),
        Just(Before::Unchanged),
        Just(Before::None(Text::Static("the plan creates it"))),
        Just(Before::None(Text::Static("the source is not a plan"))),
    ];
    let action = prop::option::of(prop::sample::select(&[ChangeAction::Delete, ChangeAction::Update][..]));
    let kind = prop::sample::select(&[(Kind::Instance, "aws_db_instance"), (Kind::Cluster, "aws_rds_cluster")][..]);
    (any_facts(), before, action, kind).prop_map(|(facts, before, action, (kind, resource_type))| {
        let change = action.map(|action| Change {
            action,
            importing: false,
            reason: None,
            replace_attributes: Vec::new(),
            changed_attributes: Vec::new(),
            previous_address: None,
            deposed: None,
        });
        Resource { kind, resource_type, facts, before, change, ..resource("", &[]) }
    })
}

/// Equal facts at other addresses.
fn apart(facts: &Facts) -> Facts {
    let mut apart = Facts::default();
    facts.scalars().for_each(|(id, fact)| apart.set(id, fact.clone()));
    facts.maps().for_each(|(id, map)| apart.set_map(id, map.clone()));
    apart
}

/// The same facts as what differs from others, with which all else is shared.
fn patched(others: &Facts, facts: &Facts) -> Facts {
    let mut patched = others.clone();
    for id in FactId::all() {
        match facts.shared(id) {
            Some(fact) => patched.set(id, Arc::clone(fact)),
            None => patched.unset(id),
        }
    }
    facts.maps().for_each(|(id, map)| patched.set_map(id, map.clone()));
    patched
}

/// All that is said of each resource: rule, verdict, messages and what was read.
fn said(results: &Results) -> Vec<Vec<(Arc<str>, crate::model::Outcome)>> {
    let mut said = vec![Vec::new(); results.resources.len()];
    for of_rule in &results.verdicts {
        for (resource, outcome) in &of_rule.verdicts {
            let rule = results.rules[of_rule.rule].id.clone();
            said[*resource as usize].push((rule, of_rule.outcomes[*outcome as usize].clone()));
        }
    }
    said
}

#[test]
fn a_rule_that_looks_into_tags_says_the_same_of_all_that_have_the_same_there() {
    let named = |number: usize| {
        let mut one = resource(&format!("db-{number:02}"), &[]);
        let tag = |(key, value): (&str, &str)| (Arc::from(key), Fact::new(FactState::Known(value.into()), origin()));
        let name = format!("db-{number}");
        let owner = if number < 10 { "team" } else { "nobody" };
        let entries = [("Name", name.as_str()), ("owner", owner), ("tier", "x")].into_iter().map(tag).collect();
        let rest = FactState::Missing(Text::Static("there is no other"));
        one.facts.set_map(TAGS, FactMap { entries, rest, origin: origin() });
        one
    };
    let results = judged_by(&POLICIES, (0..20).map(named).collect());
    assert_eq!(verdict(&results, "DBK-OWN-050", 9), (Verdict::Pass, String::new()));
    assert_eq!(verdict(&results, "DBK-OWN-050", 10), (Verdict::Fail, "owner is nobody in tier-2".to_owned()));
    let rule = results.rules.iter().position(|rule| *rule.id == *"DBK-OWN-050").unwrap();
    // What was read is told, of each its own.
    assert_eq!(results.verdicts[rule].outcomes.len(), 20);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn where_facts_stand_decides_nothing(databases in prop::collection::vec(any_database(), 1..6), threads in 1usize..4) {
        let alone: Vec<_> = databases.iter().map(|one| said(&judged_by(&POLICIES, vec![one.clone()])).remove(0)).collect();
        let mut others = Facts::default();
        databases[0].facts.scalars().for_each(|(id, fact)| others.set(id, fact.clone()));
        let copies = databases.iter().enumerate().flat_map(|(number, one)| {
            let id = |copy: &str| Arc::from(format!("db-{copy}-{number}"));
            let mut other = Resource { id: id("other"), facts: apart(&one.facts), ..one.clone() };
            if let Before::Facts(facts) = &one.before {
                other.before = Before::Facts(Box::new(apart(facts)));
            }
            let patched = Resource { id: id("patched"), facts: patched(&others, &one.facts), ..one.clone() };
            [Resource { id: id("first"), ..one.clone() }, other, patched, Resource { id: id("shared"), ..one.clone() }]
        });
        let copies: Vec<Resource> = copies.collect();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let results = pool.install(|| judged_by(&POLICIES, copies));
        for (resource, said) in results.resources.iter().zip(said(&results)) {
            let number: usize = resource.id.rsplit('-').next().unwrap().parse().unwrap();
            prop_assert_eq!(&said, &alone[number]);
        }
        for of_rule in &results.verdicts {
            for (position, outcome) in of_rule.outcomes.iter().enumerate() {
                prop_assert!(!of_rule.outcomes[..position].contains(outcome));
            }
        }
    }
}
