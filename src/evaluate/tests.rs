mod sharing;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use litemap::LiteMap;
use proptest::prelude::*;

use super::*;
use crate::facts::catalogue::{BACKUP_RETENTION_DAYS, INGRESS_CIDRS, IS_REPLICA, MULTI_AZ, TAGS};
use crate::facts::{FactId, FactType};
use crate::model::{
    Before, Fact, FactMap, FactPath, FactState, Facts, Location, Origin, Provider, Scope, SetBy, Text, Unknown, Value,
    Verdict,
};
use crate::policy;
use crate::policy::samples::{self, file};

const BASELINE: &str = "\
name: test
description: For tests.
rules: all
tiers:
  tier-1: {description: Critical., parameters: {min_backup_retention_days: 35}}
  tier-2: {description: The rest., parameters: {}}
assign:
  - tier: tier-1
    tags: [{tier: [tier-1]}]
  - tier: tier-2
    default: true
";

fn options() -> Options {
    Options { as_of: "2026-01-01T00:00:00Z".into(), fail_on: Severity::High }
}

static SAMPLES: LazyLock<Policies> = LazyLock::new(|| policy::load(&samples::files()).unwrap());

fn judged(resources: Vec<Resource>) -> Results {
    judged_by(&SAMPLES, resources)
}

fn judged_by(policies: &Policies, resources: Vec<Resource>) -> Results {
    let rules: Vec<_> = policies.iter().map(|policy| policy.rule.clone()).collect();
    let baseline = crate::baseline::parse("test.yaml", BASELINE, &rules).unwrap();
    evaluate(Inventory { resources, ..Inventory::default() }, policies, &baseline, &options())
}

fn resource(id: &str, facts: &[(FactId, FactState)]) -> Resource {
    let origin = Origin::attribute("x", SetBy::Source);
    let mut all = Facts::default();
    for (id, state) in facts {
        all.set(*id, Fact { state: state.clone(), origin: origin.clone(), pending: None });
    }
    Resource {
        id: id.into(),
        kind: Kind::Instance,
        provider: Provider::Aws,
        resource_type: "aws_db_instance",
        name: None,
        identity: crate::model::Identity::default(),
        module_sources: None,
        scope: Scope::default(),
        facts: all,
        before: Before::None("the plan creates it".into()),
        change: None,
        location: Location { file: "plan.json".into(), region: None },
        source: 0,
    }
}

fn tagged(mut resource: Resource, tier: &str) -> Resource {
    let origin = Origin::attribute("tags", SetBy::Source);
    let fact = Fact { state: FactState::Known(tier.into()), origin: origin.clone(), pending: None };
    let rest = FactState::Missing("there is no such tag".into());
    resource.facts.set_map(TAGS, FactMap { entries: [("tier".into(), fact)].into_iter().collect(), rest, origin });
    resource
}

fn days(days: i64) -> (FactId, FactState) {
    (BACKUP_RETENTION_DAYS, FactState::Known(days.into()))
}

fn replica(state: FactState) -> (FactId, FactState) {
    (IS_REPLICA, state)
}

fn cidrs(cidrs: &[&str]) -> Value {
    Value::set(cidrs.iter().map(|cidr| Value::from(*cidr)))
}

/// The verdict of one rule on one resource, with its messages.
fn verdict(results: &Results, rule: &str, resource: usize) -> (Verdict, String) {
    let rule = results.rules.iter().position(|known| *known.id == *rule).unwrap();
    let of_rule = &results.verdicts[rule];
    let (_, outcome) = of_rule.verdicts.iter().find(|(position, _)| *position as usize == resource).unwrap();
    let outcome = &of_rule.outcomes[*outcome as usize];
    (outcome.verdict, outcome.messages.join("; "))
}

fn retention(facts: &[(FactId, FactState)]) -> (Verdict, String) {
    verdict(&judged(vec![resource("db", facts)]), "DBK-RET-001", 0)
}

fn ingress(state: FactState) -> (Verdict, String) {
    verdict(&judged(vec![resource("db", &[(INGRESS_CIDRS, state)])]), "DBK-ACC-001", 0)
}

#[test]
fn known_facts_pass_or_fail() {
    let standalone = replica(FactState::Known(false.into()));
    assert_eq!(retention(&[days(7), standalone.clone()]), (Verdict::Pass, String::new()));
    let message = "keeps 6 days of backups; tier-2 asks for 7".to_owned();
    assert_eq!(retention(&[days(6), standalone]), (Verdict::Fail, message));
}

#[test]
fn the_tier_brings_its_parameters() {
    let results = judged(vec![tagged(resource("db", &[days(7)]), "tier-1"), resource("eb", &[days(7)])]);
    let message = "keeps 7 days of backups; tier-1 asks for 35".to_owned();
    assert_eq!(verdict(&results, "DBK-RET-001", 0), (Verdict::Fail, message));
    assert_eq!(verdict(&results, "DBK-RET-001", 1), (Verdict::Pass, String::new()));
}

const LIMITED: &str = "\
# METADATA
# title: Backups go away
# description: What is kept for ever is read one day.
# custom:
#   id: DBK-RET-051
#   severity: low
#   remediation: {text: Mend it.}
#   parameters:
#     limited: {type: boolean, default: true}
package dbkeel.retention.limited
violations contains \"too long\" if input.backup_retention_days > 30
not_applicable contains sprintf(\"%s sets no limit\", [data.baseline.tier]) if not data.parameters.limited
not_applicable contains \"it is a replica\" if input.is_replica
";

#[test]
fn whether_a_rule_applies_is_asked_of_all_that_differ_in_what_decides_it() {
    let mut files = samples::files();
    files.push(file("policies/retention/limited.rego", LIMITED));
    let policies = policy::load(&files).unwrap();
    let rules: Vec<_> = policies.iter().map(|policy| policy.rule.clone()).collect();
    let text = BASELINE.replace("35}", "35, limited: false}");
    let baseline = crate::baseline::parse("test.yaml", &text, &rules).unwrap();
    let unknown = || FactState::Unknown(Unknown::KnownAfterApply);
    let (mut resources, mut expected) = (Vec::new(), Vec::new());
    for (tier, is_limited) in [("tier-1", false), ("tier-2", true)] {
        for is_replica in [Some(true), Some(false), None] {
            for days in [Some(30), Some(31), None] {
                let state = |known: Option<Value>| known.map_or_else(unknown, FactState::Known);
                let facts = [
                    (BACKUP_RETENTION_DAYS, state(days.map(Value::Integer))),
                    replica(state(is_replica.map(Value::Bool))),
                ];
                resources.push(tagged(resource(&format!("db-{:02}", resources.len()), &facts), tier));
                expected.push(match (is_limited, is_replica, days) {
                    (_, None, None) => (
                        Verdict::Unknown,
                        "backup_retention_days is known after apply; is_replica is known after apply",
                    ),
                    (_, None, _) => (Verdict::Unknown, "is_replica is known after apply"),
                    (false, Some(true), _) => (Verdict::NotApplicable, "it is a replica; tier-1 sets no limit"),
                    (false, Some(false), _) => (Verdict::NotApplicable, "tier-1 sets no limit"),
                    (true, Some(true), _) => (Verdict::NotApplicable, "it is a replica"),
                    (true, Some(false), None) => (Verdict::Unknown, "backup_retention_days is known after apply"),
                    (true, Some(false), Some(31)) => (Verdict::Fail, "too long"),
                    (true, Some(false), Some(_)) => (Verdict::Pass, ""),
                });
            }
        }
    }
    let results = evaluate(Inventory { resources, ..Inventory::default() }, &policies, &baseline, &options());
    for (position, (expected, messages)) in expected.into_iter().enumerate() {
        assert_eq!(verdict(&results, "DBK-RET-051", position), (expected, messages.to_owned()), "{position}");
    }
}

/// What a changed baseline says.
fn judged_with(from: &str, to: &str, as_of: &str, resources: Vec<Resource>) -> Results {
    let rules: Vec<_> = SAMPLES.iter().map(|policy| policy.rule.clone()).collect();
    let text = BASELINE.replace(from, to);
    assert_ne!(text, BASELINE);
    let baseline = crate::baseline::parse("test.yaml", &text, &rules).unwrap();
    let options = Options { as_of: as_of.into(), ..options() };
    evaluate(Inventory { resources, ..Inventory::default() }, &SAMPLES, &baseline, &options)
}

#[test]
fn a_tier_may_give_a_rule_another_severity() {
    let standalone = replica(FactState::Known(false.into()));
    let resources =
        vec![tagged(resource("db", &[days(7), standalone.clone()]), "tier-1"), resource("eb", &[days(6), standalone])];
    let text = "severity: {retention/*: low}\nassign:";
    let severities = |from: &str, to: &str| -> Vec<Severity> {
        let results = judged_with(from, to, "2026-01-01T00:00:00Z", resources.clone());
        results.findings(&[Verdict::Fail]).filter(|it| *it.rule.id == *"DBK-RET-001").map(|it| it.severity()).collect()
    };
    assert_eq!(severities("assign:", text), [Severity::Low, Severity::Low]);
    let tier = "{description: Critical., severity: {DBK-RET-001: critical}, ";
    assert_eq!(severities("{description: Critical., ", tier), [Severity::Critical, Severity::High]);
}

/// What is announced: day, rule, severity, today's severity, resources.
fn announced(results: &Results) -> Vec<String> {
    let told = |coming: &crate::model::Coming| {
        let today = coming.today.map(|today| format!(" instead of {today}")).unwrap_or_default();
        let ids: Vec<&str> = coming.ids(results).map(AsRef::as_ref).collect();
        format!("{} {} {}{today}: {}", coming.from, coming.rule.id, coming.severity, ids.join(", "))
    };
    results.coming.iter().map(told).collect()
}

const UPCOMING: &str = "\
upcoming:
  - {from: 2026-07-01, reason: audit, parameters: {min_backup_retention_days: 14}}
  - {from: 2027-01-01, tiers: {tier-2: {parameters: {min_backup_retention_days: 35}}}, severity: {DBK-RET-001: critical}}
assign:";

fn fleet() -> Vec<Resource> {
    let standalone = replica(FactState::Known(false.into()));
    [("a", 1), ("b", 7), ("c", 14), ("d", 35)].map(|(id, kept)| resource(id, &[days(kept), standalone.clone()])).into()
}

#[test]
fn a_change_is_announced_until_its_day_and_holds_from_it_on() {
    let before = judged_with("assign:", UPCOMING, "2026-06-30T23:59:59Z", fleet());
    assert_eq!(verdict(&before, "DBK-RET-001", 1).0, Verdict::Pass);
    assert_eq!(
        announced(&before),
        [
            "2026-07-01 DBK-RET-001 high: b",
            "2027-01-01 DBK-RET-001 critical instead of high: a",
            "2027-01-01 DBK-RET-001 critical: b",
            "2027-01-01 DBK-RET-001 critical: c",
        ]
    );
    assert_eq!(before.coming[0].messages, ["keeps 7 days of backups; tier-2 asks for 14".into()]);
    assert_eq!((before.coming[0].reasons.as_slice(), before.coming[1].reasons.len()), (&["audit".into()][..], 0));
    let on_the_day = judged_with("assign:", UPCOMING, "2026-07-01T00:00:00Z", fleet());
    assert_eq!(verdict(&on_the_day, "DBK-RET-001", 1).0, Verdict::Fail);
    assert_eq!(
        announced(&on_the_day),
        [
            "2027-01-01 DBK-RET-001 critical instead of high: a",
            "2027-01-01 DBK-RET-001 critical instead of high: b",
            "2027-01-01 DBK-RET-001 critical: c",
        ]
    );
    let after = judged_with("assign:", UPCOMING, "2027-01-01T00:00:00Z", fleet());
    assert_eq!(announced(&after), [""; 0]);
    let severities: BTreeSet<Severity> = after.findings(&[Verdict::Fail]).map(|finding| finding.severity()).collect();
    assert!(severities.contains(&Severity::Critical));
    // What was announced is what failed.
    let failed: Vec<&str> = after
        .findings(&[Verdict::Fail])
        .filter(|it| *it.rule.id == *"DBK-RET-001")
        .map(|it| &*it.resource.id)
        .collect();
    assert_eq!(failed, ["a", "b", "c"]);
}

#[test]
fn a_database_that_no_entry_matches_is_a_finding_and_judged_by_the_fallback() {
    let policies = policy::load_embedded().unwrap();
    let rules: Vec<_> = policies.iter().map(|policy| policy.rule.clone()).collect();
    let judged = |text: &str, resource: Resource| {
        let baseline = crate::baseline::parse("test.yaml", text, &rules).unwrap();
        evaluate(Inventory { resources: vec![resource], ..Inventory::default() }, &policies, &baseline, &options())
    };
    let untiered =
        BASELINE.replace("  - tier: tier-2\n    default: true\n", "  - {tier: tier-2, tags: {tier: tier-2}}\n");
    let plain = || tagged(resource("db", &[days(7), replica(FactState::Known(false.into()))]), "nobody knows");
    let of = |results: &Results| {
        let (verdict, message) = verdict(results, "DBK-OWN-008", 0);
        (verdict, message, results.tiers[usize::from(results.assignments[0].tier)].name.to_string())
    };
    let message = "the database matches no entry of the baseline's assign and is judged as tier-1".to_owned();
    let results = judged(&untiered, plain());
    assert_eq!(of(&results), (Verdict::Fail, message, "tier-1".into()));
    assert_eq!(&*results.assignments[0].reason, "untiered, judged as tier-1: no entry of `assign` matches");
    let message = "the database matches no entry of the baseline's assign and is judged as tier-2".to_owned();
    assert_eq!(
        of(&judged(&format!("{untiered}untiered: tier-2\n"), plain())),
        (Verdict::Fail, message, "tier-2".into())
    );
    assert_eq!(of(&judged(BASELINE, plain())).0, Verdict::Pass);
    assert_eq!(of(&judged(&untiered, tagged(plain(), "tier-2"))).0, Verdict::Pass);
    let mut unknown = plain();
    let rest = FactState::Unknown(Unknown::KnownAfterApply);
    unknown
        .facts
        .set_map(TAGS, FactMap { entries: LiteMap::new(), rest, origin: Origin::attribute("tags", SetBy::Source) });
    let results = judged(&untiered, unknown);
    assert_eq!(of(&results).0, Verdict::Unknown);
    assert_eq!(&*results.assignments[0].reason, "untiered, judged as tier-1: tags are known after apply");
}

#[test]
fn a_rule_that_is_not_used_yet_is_announced_and_not_judged() {
    let rules = "rules: {exclude: [retention/*]}\nupcoming: [{from: 2026-07-01, rules: {add: [DBK-RET-001]}}]";
    let results = judged_with("rules: all", rules, "2026-01-01T00:00:00Z", fleet());
    assert!(results.rules.iter().all(|rule| *rule.id != *"DBK-RET-001"));
    assert_eq!(announced(&results), ["2026-07-01 DBK-RET-001 high: a"]);
    let later = judged_with("rules: all", rules, "2026-07-01T00:00:00Z", fleet());
    assert_eq!(verdict(&later, "DBK-RET-001", 0).0, Verdict::Fail);
}

#[test]
fn a_change_that_relaxes_announces_nothing() {
    let lax = "upcoming: [{from: 2026-07-01, parameters: {min_backup_retention_days: 1}}]\nassign:";
    assert_eq!(announced(&judged_with("assign:", lax, "2026-01-01T00:00:00Z", fleet())), [""; 0]);
}

#[test]
fn what_several_baselines_announce_is_told_of_the_right_resources() {
    let one = judged_with("assign:", UPCOMING, "2026-06-30T23:59:59Z", fleet());
    let mut others = fleet();
    for resource in &mut others {
        resource.id = format!("{}{}", resource.id, resource.id).into();
    }
    let other = judged_with("assign:", UPCOMING, "2026-06-30T23:59:59Z", others);
    let both = merge(one, vec![other]);
    assert_eq!(
        announced(&both),
        [
            "2026-07-01 DBK-RET-001 high: b",
            "2026-07-01 DBK-RET-001 high: bb",
            "2027-01-01 DBK-RET-001 critical instead of high: a",
            "2027-01-01 DBK-RET-001 critical instead of high: aa",
            "2027-01-01 DBK-RET-001 critical: b",
            "2027-01-01 DBK-RET-001 critical: bb",
            "2027-01-01 DBK-RET-001 critical: c",
            "2027-01-01 DBK-RET-001 critical: cc",
        ]
    );
}

#[test]
fn not_applicable_comes_before_violations() {
    let message = "a replica keeps what its source keeps".to_owned();
    assert_eq!(retention(&[days(1), replica(FactState::Known(true.into()))]), (Verdict::NotApplicable, message));
}

#[test]
fn a_missing_fact_is_not_applicable_with_its_reason() {
    let missing = (BACKUP_RETENTION_DAYS, FactState::Missing("the plan deletes it".into()));
    let message = "backup_retention_days: the plan deletes it".to_owned();
    assert_eq!(retention(&[missing]), (Verdict::NotApplicable, message));
}

#[test]
fn a_missing_fact_outweighs_an_unknown_one() {
    let missing = (BACKUP_RETENTION_DAYS, FactState::Missing("the plan deletes it".into()));
    let unknown = replica(FactState::Unknown(Unknown::KnownAfterApply));
    assert_eq!(retention(&[missing, unknown]).0, Verdict::NotApplicable);
}

#[test]
fn an_unknown_fact_is_unknown_whatever_the_others_are() {
    let unknown = |why| (BACKUP_RETENTION_DAYS, FactState::Unknown(why));
    let says = |why| retention(&[unknown(why), replica(FactState::Known(false.into()))]);
    let expected = |reason: &str| (Verdict::Unknown, format!("backup_retention_days{reason}"));
    assert_eq!(says(Unknown::KnownAfterApply), expected(" is known after apply"));
    let denied = Unknown::Denied("rds:DescribeDBInstances".into());
    assert_eq!(says(denied), expected(": permission denied: rds:DescribeDBInstances"));
    assert_eq!(
        says(Unknown::NotCollected("the file has none".into())),
        expected(" is not collected: the file has none")
    );
    assert_eq!(says(Unknown::Sensitive), expected(" is withheld because it is sensitive"));
}

#[test]
fn an_optional_fact_may_be_missing_but_not_unknown() {
    let missing = replica(FactState::Missing("instances have none".into()));
    assert_eq!(retention(&[days(9), missing]), (Verdict::Pass, String::new()));
    let unknown = replica(FactState::Unknown(Unknown::KnownAfterApply));
    assert_eq!(retention(&[days(9), unknown]), (Verdict::Unknown, "is_replica is known after apply".to_owned()));
}

#[test]
fn a_monotone_fact_that_is_known_in_part_fails_or_stays_unknown() {
    let part = |known: &[&str]| FactState::Partial(cidrs(known), Unknown::KnownAfterApply);
    assert_eq!(ingress(part(&["0.0.0.0/0", "10.0.0.0/8"])), (Verdict::Fail, "lets in 0.0.0.0/0".to_owned()));
    let message = "ingress_cidrs is known only in part: known after apply".to_owned();
    assert_eq!(ingress(part(&["10.0.0.0/8"])), (Verdict::Unknown, message));
    assert_eq!(ingress(FactState::Known(cidrs(&["10.0.0.0/8"]))), (Verdict::Pass, String::new()));
}

#[test]
fn a_fact_that_is_known_in_part_is_unknown_to_a_rule_that_is_not_monotone() {
    let rule = samples::OPEN_INGRESS.replace("#   monotone: [ingress_cidrs]\n", "");
    let mut files = samples::files();
    files[0] = file("policies/access/open_ingress.rego", &rule);
    let part = FactState::Partial(cidrs(&["0.0.0.0/0"]), Unknown::KnownAfterApply);
    let results = judged_by(&policy::load(&files).unwrap(), vec![resource("db", &[(INGRESS_CIDRS, part)])]);
    let message = "ingress_cidrs is known only in part: known after apply".to_owned();
    assert_eq!(verdict(&results, "DBK-ACC-001", 0), (Verdict::Unknown, message));
}

#[test]
fn a_value_of_the_wrong_type_is_unknown() {
    let message = "backup_retention_days is not readable: it is not of type integer".to_owned();
    assert_eq!(retention(&[(BACKUP_RETENTION_DAYS, FactState::Known("7".into()))]), (Verdict::Unknown, message));
}

/// The sample rule with other statements instead of the comparison.
fn erring(body: &str) -> (Verdict, String) {
    let comparison = "input.backup_retention_days < data.parameters.min_backup_retention_days\n";
    let text = samples::BACKUP_RETENTION.replace(comparison, &format!("{body}\n"));
    let files = [file("policies/retention/backup_retention.rego", &text)];
    verdict(&judged_by(&policy::load(&files).unwrap(), vec![resource("db", &[days(7)])]), "DBK-RET-001", 0)
}

#[test]
fn an_error_is_reported_and_never_a_silent_pass() {
    assert_eq!(
        erring("to_number(data.baseline.tier) > 1"),
        (Verdict::Error, "could not parse string as number (line 17)".to_owned())
    );
    assert_eq!(erring("input.backup_retention_days / 0 > 1"), (Verdict::Error, "divide by zero (line 17)".to_owned()));
    assert_eq!(erring("not time.parse_rfc3339_ns(\"soon\")").0, Verdict::Error);
    let mixed = "compares or combines values of different types".to_owned();
    assert_eq!(erring("input.backup_retention_days < \"7\""), (Verdict::Error, mixed));
}

/// Rego gives up a body at a variable that gets no value; the VM goes on.
#[test]
fn a_variable_without_a_value_makes_no_violation() {
    let missing = "replica := input.is_replica";
    assert_eq!(erring(&format!("{missing}; not replica in {{true}}")).0, Verdict::Pass);
    assert_eq!(erring(&format!("{missing}; input.backup_retention_days > 0")).0, Verdict::Pass);
    assert_eq!(erring(&format!("input.is_replica != null; {missing}; not replica in {{true}}")).0, Verdict::Pass);
    assert_eq!(erring(&format!("{missing}; replica != true")).0, Verdict::Pass);
}

#[test]
fn a_message_that_is_not_text_is_an_error() {
    let text =
        samples::BACKUP_RETENTION.replace("message := \"a replica keeps what its source keeps\"", "message := 3");
    let files = [file("policies/retention/backup_retention.rego", &text)];
    let results = judged_by(
        &policy::load(&files).unwrap(),
        vec![resource("db", &[days(7), replica(FactState::Known(true.into()))])],
    );
    let message = "`not_applicable` holds `3`, which is not text".to_owned();
    assert_eq!(verdict(&results, "DBK-RET-001", 0), (Verdict::Error, message));
}

#[test]
fn a_runaway_rule_is_stopped() {
    let endless = "some a in numbers.range(1, 2000); some b in numbers.range(1, 2000); a * b < 0";
    assert_eq!(erring(endless), (Verdict::Error, "takes more than 1000000 steps".to_owned()));
}

#[test]
fn a_kind_that_lacks_a_fact_is_out_of_scope() {
    let mut proxy = resource("proxy", &[]);
    proxy.kind = Kind::Proxy;
    let results = judged(vec![proxy, resource("db", &[days(9)])]);
    assert_eq!(results.resources.len(), 1);
    assert!(results.verdicts.iter().all(|of_rule| of_rule.verdicts.len() == 1));
}

#[test]
fn outcomes_are_distinct_and_in_order_of_the_first_resource() {
    let resources = (0..30).map(|number| resource(&format!("db-{number:02}"), &[days(5 + number % 3)])).collect();
    let results = judged(resources);
    let of_rule = &results.verdicts[1];
    let numbers: Vec<u32> = of_rule.verdicts.iter().map(|(_, outcome)| *outcome).collect();
    assert_eq!(numbers[..6], [0, 1, 2, 0, 1, 2]);
    assert_eq!(of_rule.outcomes.len(), 3);
    assert_eq!(results.counts().fail, 20);
}

#[test]
fn what_rules_read_before_the_change_is_judged() {
    let comparison = "input.backup_retention_days < data.parameters.min_backup_retention_days\n";
    let text = samples::BACKUP_RETENTION.replace(comparison, &format!("input.before.multi_az\n\t{comparison}"));
    let files = [file("policies/retention/backup_retention.rego", &text)];
    let mut changed = resource("db", &[days(1)]);
    changed.before = Before::Facts(Box::new(resource("", &[(MULTI_AZ, FactState::Known(true.into()))]).facts));
    let results = judged_by(&policy::load(&files).unwrap(), vec![changed, resource("eb", &[days(1)])]);
    assert_eq!(verdict(&results, "DBK-RET-001", 0).0, Verdict::Fail);
    let message = "before.multi_az: the plan creates it".to_owned();
    assert_eq!(verdict(&results, "DBK-RET-001", 1), (Verdict::NotApplicable, message));
}

fn any_state(ty: FactType) -> BoxedStrategy<FactState> {
    let unknown = prop_oneof![
        Just(Unknown::KnownAfterApply),
        Just(Unknown::Sensitive),
        Just(Unknown::Denied(Text::Static("rds:DescribeDBInstances"))),
    ];
    let known = match ty {
        FactType::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        FactType::Integer => (0i64..40).prop_map(Value::from).boxed(),
        FactType::Strings => prop::collection::vec(prop_oneof!["0.0.0.0/0", "::/0", "10.0.0.0/8"], 0..3)
            .prop_map(|texts| Value::set(texts.into_iter().map(Value::from)))
            .boxed(),
        FactType::String | FactType::Map => "[a-z]{0,2}".prop_map(Value::from).boxed(),
    };
    prop_oneof![
        4 => known.clone().prop_map(FactState::Known),
        1 => (known, unknown.clone()).prop_map(|(value, why)| FactState::Partial(value, why)),
        1 => unknown.prop_map(FactState::Unknown),
        1 => Just(FactState::Missing(Text::Static("there is none"))),
    ]
    .boxed()
}

fn any_resource() -> impl Strategy<Value = Resource> {
    let states = (any_state(FactType::Integer), any_state(FactType::Boolean), any_state(FactType::Strings));
    (0u32..1000, states, any::<bool>()).prop_map(|(id, (days, replica, cidrs), critical)| {
        let facts = [(BACKUP_RETENTION_DAYS, days), (IS_REPLICA, replica), (INGRESS_CIDRS, cidrs)];
        let resource = resource(&format!("db-{id}"), &facts);
        if critical { tagged(resource, "tier-1") } else { resource }
    })
}

/// Ids are unique within a source.
fn unique(resources: Vec<Resource>) -> Vec<Resource> {
    let by_id: std::collections::BTreeMap<Arc<str>, Resource> =
        resources.into_iter().map(|resource| (resource.id.clone(), resource)).collect();
    by_id.into_values().collect()
}

fn in_pool(threads: usize, resources: Vec<Resource>) -> Results {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| judged(resources))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn judging_together_is_judging_one_by_one(resources in prop::collection::vec(any_resource(), 1..40)) {
        let resources = unique(resources);
        let together = judged(resources.clone());
        for (position, resource) in resources.into_iter().enumerate() {
            let alone = judged(vec![resource]);
            for rule in ["DBK-RET-001", "DBK-ACC-001"] {
                prop_assert_eq!(verdict(&together, rule, position), verdict(&alone, rule, 0));
            }
        }
    }

    #[test]
    fn neither_order_nor_threads_change_the_results(resources in prop::collection::vec(any_resource(), 1..60)) {
        let resources = unique(resources);
        let mut reversed = resources.clone();
        reversed.reverse();
        let expected = in_pool(1, resources);
        prop_assert_eq!(&in_pool(2, reversed), &expected);
    }

    #[test]
    fn what_is_not_known_neither_passes_nor_fails(resource in any_resource()) {
        let facts = resource.facts.clone();
        let results = judged(vec![resource]);
        for of_rule in &results.verdicts {
            let rule = &results.rules[of_rule.rule];
            let (outcome, _) = verdict(&results, &rule.id, 0);
            let unknown = |path: &FactPath| matches!(facts.get(path.fact).map(|fact| &fact.state), Some(FactState::Unknown(_)));
            if rule.reads.iter().any(unknown) {
                prop_assert!(matches!(outcome, Verdict::Unknown | Verdict::NotApplicable));
            }
        }
    }
}

#[test]
fn what_was_judged_apart_reads_like_what_was_judged_together() {
    let of = |ids: &[(&str, i64)]| judged(ids.iter().map(|(id, kept)| resource(id, &[days(*kept)])).collect());
    let together = of(&[("d", 40), ("a", 1), ("c", 1), ("b", 2)]);
    let merged = merge(of(&[("d", 40), ("b", 2)]), vec![of(&[("c", 1), ("a", 1)])]);
    let ids = |results: &Results| results.resources.iter().map(|of| of.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&merged), ids(&together));
    assert_eq!((&merged.rules, &merged.verdicts), (&together.rules, &together.verdicts));
    let tiers = together.tiers.len();
    let names: Vec<&str> = merged.tiers.iter().map(|tier| tier.name.as_ref()).collect();
    assert_eq!(names, ["tier-1", "tier-2", "test/tier-1", "test/tier-2"]);
    let of_second: Vec<bool> = merged.assignments.iter().map(|of| usize::from(of.tier) >= tiers).collect();
    assert_eq!(of_second, [true, false, true, false], "each resource keeps the tier of its own baseline");
    assert_eq!(merged.run.baseline.as_ref(), "test + test");
    assert_eq!(merge(of(&[("a", 1)]), Vec::new()), of(&[("a", 1)]));
}
