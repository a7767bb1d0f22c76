//! Reading ignore rules, and what they take out.

use std::sync::Arc;

use super::*;
use crate::facts::catalogue::{MULTI_AZ, PARAMETERS, TAGS};
use crate::model::{
    Against, DriftedResource, Fact, FactState, Kind, Origin, Provider, Scope, SetBy, Text, Unknown, Value,
};
use crate::yaml::problems::Problems;
use crate::yaml::testing::as_json;

const AS_OF: &str = "2026-11-22T12:00:00Z";

const GOOD: &str = "\
ignore:
  - class: changed
    reason: the autoscaler moves it
    expires: 2027-01-31
";

fn rules(text: &str) -> Vec<IgnoreRule> {
    parse("i.yaml", text).unwrap_or_else(|found| panic!("{}", joined(&found)))
}

fn joined(found: &[Diagnostic]) -> String {
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn errors(text: &str) -> String {
    parse("i.yaml", text).map_or_else(|found| joined(&found), |_| "no error".to_owned())
}

/// A file of one rule that asks only this.
fn asking(what: &str) -> String {
    GOOD.replace("class: changed", what)
}

fn drift(class: DriftClass, subject: DriftSubject) -> Drift {
    Drift {
        class,
        against: Against::Declared,
        resource: Arc::new(DriftedResource {
            id: "module.a[\"x\"].aws_db_instance.main".into(),
            running_id: Some("arn:aws:rds:eu-central-1:111122223333:db:ledger".into()),
            resource_type: "aws_db_instance".into(),
            kind: Some(Kind::Instance),
            provider: Provider::Aws,
            name: Some("ledger".into()),
            scope: Scope::default(),
            tier: "tier-1".into(),
            location: Location { file: "f".into(), region: None },
        }),
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

fn of(fact: FactId, key: Option<&str>) -> DriftSubject {
    DriftSubject::Fact(FactPath { before: false, fact, key: key.map(Arc::from) })
}

fn tags() -> FactMap {
    let origin = Origin::attribute("tags", SetBy::Source);
    let team = Fact::new(FactState::Known(Value::from("Billing")), origin.clone());
    let owner = Fact::new(FactState::Unknown(Unknown::Sensitive), origin.clone());
    let entries = [("Team".into(), team), ("owner".into(), owner)].into_iter().collect();
    FactMap { entries, rest: FactState::Missing(Text::Static("the tag is not set")), origin }
}

/// How many of some drifts stay, and how many each rule took out.
fn applied(text: &str, mut drifts: Vec<Drift>) -> (usize, Vec<usize>) {
    let tags = tags();
    let uses = apply(&mut drifts, &rules(text), AS_OF, &|_| Some(&tags));
    (drifts.len(), uses.iter().map(|used| used.matched).collect())
}

fn matches(what: &str, class: DriftClass, subject: DriftSubject) -> bool {
    applied(&asking(what), vec![drift(class, subject)]) == (0, vec![1])
}

#[test]
fn a_rule_selects_by_class() {
    assert!(matches("class: changed", DriftClass::Changed, DriftSubject::Name));
    assert!(matches("class: [missing, changed]", DriftClass::Missing, DriftSubject::Resource));
    assert!(!matches("class: missing", DriftClass::Changed, DriftSubject::Name));
}

#[test]
fn a_rule_selects_by_fact_and_key() {
    let matches = |what: &str, subject| matches(&format!("fact: '{what}'"), DriftClass::Changed, subject);
    assert!(matches("multi_az", of(MULTI_AZ, None)));
    assert!(!matches("multi_az", of(TAGS, Some("multi_az"))));
    assert!(!matches("multi_az", DriftSubject::Name));
    assert!(!matches("multi_az", DriftSubject::Attribute("multi_az".into())));
    assert!(matches("tags.Owner", of(TAGS, Some("owner"))));
    assert!(!matches("tags.owner", of(TAGS, Some("team"))));
    assert!(matches("parameters[\"rds.force_ssl\"]", of(PARAMETERS, Some("rds.force_ssl"))));
    assert!(matches("parameters.rds.force_ssl", of(PARAMETERS, Some("rds.force_ssl"))));
    assert!(matches("parameters[\"log_*\"]", of(PARAMETERS, Some("log_statement"))));
    assert!(!matches("parameters[\"log_*\"]", of(PARAMETERS, Some("rds.force_ssl"))));
    for all in ["tags", "tags.*"] {
        assert!(matches(all, of(TAGS, Some("owner"))));
        assert!(matches(all, of(TAGS, None)), "{all}");
    }
    assert!(!matches("tags.owner", of(TAGS, None)));
}

#[test]
fn a_rule_selects_by_address_arn_or_name() {
    let matches = |what: &str| matches(&format!("resource: '{what}'"), DriftClass::Changed, DriftSubject::Name);
    assert!(matches("module.a[\"*\"].aws_db_instance.main"));
    assert!(matches("arn:aws:rds:*:111122223333:db:*"));
    assert!(matches("ledger"));
    assert!(!matches("Ledger"));
    assert!(!matches("main"));
}

#[test]
fn a_rule_selects_by_tags_that_are_known() {
    let matches = |what: &str| matches(&format!("tags: {what}"), DriftClass::Changed, DriftSubject::Name);
    assert!(matches("{team: [sales, billing]}"));
    assert!(!matches("{team: sales}"));
    assert!(!matches("{owner: '*'}"));
    assert!(!matches("{nothing: '*'}"));
    let mut drifts = vec![drift(DriftClass::Changed, DriftSubject::Name)];
    assert_eq!(
        apply(&mut drifts, &rules(&asking("tags: {team: '*'}")), AS_OF, &|_| None).first().map(|u| u.matched),
        Some(0)
    );
}

#[test]
fn all_that_is_given_must_match() {
    let what = "{class: changed, fact: multi_az, resource: ledger, tags: {team: billing}, ";
    let text = format!("ignore:\n  - {what}reason: r, expires: 2027-01-31}}\n");
    let drifts = vec![
        drift(DriftClass::Changed, of(MULTI_AZ, None)),
        drift(DriftClass::Undeclared, of(MULTI_AZ, None)),
        drift(DriftClass::Changed, of(TAGS, None)),
    ];
    assert_eq!(applied(&text, drifts), (2, vec![1]));
}

#[test]
fn a_rule_holds_to_the_end_of_its_last_day() {
    let of = |as_of: &str| {
        let mut drifts = vec![drift(DriftClass::Changed, DriftSubject::Name)];
        let uses = apply(&mut drifts, &rules(GOOD), as_of, &|_| None);
        (drifts.len(), uses.first().map(|used| (used.expired, used.matched)), notes(&uses).join("\n"))
    };
    assert_eq!(of("2027-01-31T23:59:59Z"), (0, Some((false, 1)), String::new()));
    let note = "note: the ignore rule at i.yaml:2 (the autoscaler moves it) expired on 2027-01-31 and ignores nothing";
    assert_eq!(of("2027-02-01T00:00:00Z"), (1, Some((true, 0)), note.to_owned()));
    assert_eq!(of("soon").1, Some((true, 0)));
}

#[test]
fn a_rule_that_matches_nothing_is_told() {
    let mut drifts = vec![drift(DriftClass::Missing, DriftSubject::Resource)];
    let uses = apply(&mut drifts, &rules(GOOD), AS_OF, &|_| None);
    assert_eq!(drifts.len(), 1);
    let note = "note: the ignore rule at i.yaml:2 (the autoscaler moves it) matches no drift: take it out, or mend what it selects";
    assert_eq!(notes(&uses), [note]);
}

#[test]
fn several_rules_that_match_all_count() {
    let text = format!("{GOOD}  - {{resource: '*', reason: r, expires: 2027-01-31}}\n");
    let drifts =
        vec![drift(DriftClass::Changed, DriftSubject::Name), drift(DriftClass::Missing, DriftSubject::Resource)];
    assert_eq!(applied(&text, drifts), (0, vec![1, 2]));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_a_remedy() {
    for (text, expected) in [
        ("", "the file of ignore rules is empty\n  --> i.yaml:1:1\n   = help: write `ignore: []` if there are none"),
        (
            "ignore: {}",
            "`ignore` is a mapping, not a list\n  --> i.yaml:1:9\n   = help: write `ignore: []` if there are none",
        ),
        (
            "ignored: []",
            "a file of ignore rules has no key `ignored`\n  --> i.yaml:1:1\n   = help: did you mean `ignore`?",
        ),
        (
            "ignore:\n  - {reason: r, expires: 2027-01-31}",
            "the ignore rule does not say what it is for\n  --> i.yaml:2:5\n   = help: add `class`, `fact`, `resource` (an address, an ARN, a name or a glob) or `tags`",
        ),
        (
            "ignore:\n  - {class: changed, expires: 2027-01-31}",
            "an ignore rule has no `reason`\n  --> i.yaml:2:5\n   = help: add `reason`, which must be there",
        ),
        (
            "ignore:\n  - {class: changed, reason: r}",
            "an ignore rule has no `expires`\n  --> i.yaml:2:5\n   = help: add `expires`, which must be there",
        ),
        (
            &asking("class: chaged"),
            "there is no class of drift `chaged`\n  --> i.yaml:2:12\n   = help: did you mean `changed`?",
        ),
        (
            &asking("fact: mulit_az"),
            "there is no fact `mulit_az`\n  --> i.yaml:2:11\n   = help: did you mean `multi_az`?",
        ),
        (
            &asking("fact: wombat"),
            "there is no fact `wombat`\n  --> i.yaml:2:11\n   = help: `dbkeel facts` shows them all",
        ),
        (
            &asking("fact: multi_az.x"),
            "`multi_az` is one value; it has no keys\n  --> i.yaml:2:11\n   = help: write `multi_az`",
        ),
        (
            &asking("fact: tags[owner]"),
            "`tags[owner]` names no key of `tags`\n  --> i.yaml:2:11\n   = help: write `tags.KEY`, `tags[\"KEY\"]` or `tags.*`",
        ),
        (&asking("resource: []"), "`resource` is empty\n  --> i.yaml:2:15"),
        (
            &asking("wombat: x"),
            "an ignore rule has no key `wombat`\n  --> i.yaml:2:5\n   = help: expected one of `class`, `fact`, `resource`, `tags`, `reason`, `expires`",
        ),
        (
            &GOOD.replace("2027-01-31", "soon"),
            "`expires` is `soon`, not a date\n  --> i.yaml:4:14\n   = help: write it as `2026-08-22`",
        ),
    ] {
        assert!(errors(text).contains(expected), "{text}\n{}", errors(text));
    }
}

#[test]
fn every_error_of_a_file_is_told_at_once() {
    let text = "ignore:\n  - {class: x, fact: y, reason: '', expires: never}\n  - wombat\n";
    assert_eq!(errors(text).matches("-->").count(), 5, "{}", errors(text));
}

#[test]
fn a_rule_says_what_it_is_for() {
    let text = asking("class: [changed, missing]\n    fact: multi_az\n    resource: 'a*'\n    tags: {team: x}");
    let what = rules(&text).iter().map(|rule| rule.what().to_owned()).collect::<Vec<_>>();
    assert_eq!(what, ["class changed|missing and fact multi_az and resource a* and tag team"]);
}

#[test]
fn the_published_schema_and_the_reader_agree() {
    let fits = |text: &str| {
        let mut problems = Problems::new("i.yaml", text);
        let root = crate::yaml::read(text, &mut problems).unwrap();
        let schema = serde_json::from_str(include_str!("../../../docs/schema/drift-ignore-v1.json")).unwrap();
        jsonschema::draft202012::new(&schema).unwrap().is_valid(&as_json(&root))
    };
    let full =
        asking("class: [pending, expected]\n    fact: [multi_az, tags.*]\n    resource: x\n    tags: {a: [b, c]}");
    for text in [GOOD, "ignore: []", &full] {
        assert_eq!(errors(text), "no error", "{text}");
        assert!(fits(text), "{text}");
    }
    for text in [
        "ignore: {}",
        "ignored: []",
        "ignore:\n  - {reason: r, expires: 2027-01-31}",
        "ignore:\n  - {class: changed, reason: r}",
        "ignore:\n  - {class: changed, expires: 2027-01-31}",
        &asking("class: other"),
        &asking("class: []"),
        &asking("wombat: x"),
        &GOOD.replace("2027-01-31", "soon"),
    ] {
        assert_ne!(errors(text), "no error", "{text}");
        assert!(!fits(text), "{text}");
    }
}
