//! Who belongs to which tier, and why.

use super::*;
use crate::facts::catalogue::{ENGINE, TAGS};
use crate::model::{
    Before, Change, ChangeAction, Fact, FactMap, FactState, Facts, Kind, Location, Origin, Provider, Scope, SetBy,
    Unknown,
};

const ORIGIN: Origin = Origin::attribute("tags", SetBy::Source);

pub(super) fn tags(entries: &[(&str, FactState)], rest: FactState) -> FactMap {
    let entries = entries.iter().map(|(key, state)| ((*key).into(), Fact::new(state.clone(), ORIGIN)));
    FactMap { entries: entries.collect(), rest, origin: ORIGIN }
}

pub(super) fn known(text: &str) -> FactState {
    FactState::Known(Value::from(text))
}

pub(super) fn none() -> FactState {
    FactState::Missing("all tags are named".into())
}

pub(super) fn facts(map: FactMap) -> Facts {
    let mut facts = Facts::default();
    facts.set_map(TAGS, map);
    facts
}

pub(super) fn resource(id: &str, facts: Facts) -> Resource {
    Resource {
        id: id.into(),
        kind: Kind::Instance,
        provider: Provider::Aws,
        resource_type: "aws_db_instance",
        name: None,
        identity: crate::model::Identity::default(),
        module_sources: None,
        scope: Scope::default(),
        facts,
        before: Before::None("not a plan".into()),
        change: None,
        location: Location { file: "plan.json".into(), region: None },
        source: 0,
    }
}

pub(super) fn tagged(entries: &[(&str, &str)]) -> Resource {
    let entries: Vec<_> = entries.iter().map(|(key, value)| (*key, known(value))).collect();
    resource("aws_db_instance.x", facts(tags(&entries, none())))
}

fn baseline(assign: &str) -> Baseline {
    good(&format!(
        "name: t\ntiers: {{strict: {{}}, usual: {{}}, lax: {{}}}}\nassign:\n{assign}  - {{tier: lax, name: never}}\n  - {{tier: strict, name: never}}\n  - {{tier: usual, default: true}}\n"
    ))
}

pub(super) fn tier(baseline: &Baseline, resource: &Resource) -> (String, String) {
    let assignment = baseline.assign(resource);
    (baseline.tiers()[usize::from(assignment.tier)].name.to_string(), assignment.reason.to_string())
}

pub(super) fn pair(tier: &str, reason: &str) -> (String, String) {
    (tier.to_owned(), reason.to_owned())
}

#[test]
fn the_first_that_matches_wins() {
    let baseline = baseline("  - {tier: lax, tags: {tier: [bronze, gold]}}\n  - {tier: strict, tags: {tier: gold}}\n");
    assert_eq!(tier(&baseline, &tagged(&[("tier", "gold")])), pair("lax", "tag tier=gold"));
    assert_eq!(tier(&baseline, &tagged(&[("tier", "silver")])), pair("usual", "default tier"));
    assert_eq!(tier(&baseline, &tagged(&[])), pair("usual", "default tier"));
}

#[test]
fn case_does_not_matter_in_tags() {
    let baseline = baseline("  - {tier: strict, tags: {environment: production}}\n");
    let resource = tagged(&[("Environment", "PRODUCTION")]);
    assert_eq!(tier(&baseline, &resource), pair("strict", "tag environment=production"));
}

#[test]
fn of_two_spellings_of_a_key_either_will_do() {
    let baseline = baseline("  - {tier: strict, tags: {env: prod}}\n");
    let resource = tagged(&[("ENV", "dev"), ("env", "prod")]);
    assert_eq!(tier(&baseline, &resource), pair("strict", "tag env=prod"));
}

#[test]
fn a_list_of_tags_is_alternatives_and_a_mapping_is_all() {
    let any = baseline("  - {tier: strict, tags: [{a: x}, {b: y}]}\n");
    assert_eq!(tier(&any, &tagged(&[("b", "y")])), pair("strict", "tag b=y"));
    let all = baseline("  - {tier: strict, tags: {a: x, b: [y, z]}}\n");
    assert_eq!(tier(&all, &tagged(&[("b", "y")])), pair("usual", "default tier"));
    assert_eq!(tier(&all, &tagged(&[("a", "x"), ("b", "y")])), pair("strict", "tag a=x and tag b=y|z"));
}

#[test]
fn names_match_the_identifier_or_the_address() {
    let baseline = baseline("  - {tier: strict, name: [\"*-prod-*\", \"module.prod.*\"]}\n");
    let mut named = tagged(&[]);
    named.name = Some("orders-PROD-1".into());
    assert_eq!(tier(&baseline, &named), pair("strict", "name matches *-prod-*"));
    let addressed = resource("module.prod.aws_db_instance.x[0]", Facts::default());
    assert_eq!(tier(&baseline, &addressed), pair("strict", "name matches module.prod.*"));
    assert_eq!(tier(&baseline, &tagged(&[])), pair("usual", "default tier"));
}

#[test]
fn a_bracket_of_an_address_is_written_with_a_backslash() {
    let baseline = baseline("  - {tier: strict, name: '*.x\\[\"eu\"\\]'}\n");
    let addressed = resource("aws_db_instance.x[\"eu\"]", Facts::default());
    assert_eq!(tier(&baseline, &addressed).0, "strict");
}

#[test]
fn conditions_of_one_entry_must_all_hold() {
    let baseline = baseline("  - {tier: strict, account: \"1111*\", tags: {env: prod}}\n");
    let mut resource = tagged(&[("env", "prod")]);
    resource.scope.account = Some("111122223333".into());
    assert_eq!(tier(&baseline, &resource), pair("strict", "tag env=prod and account matches 1111*"));
    resource.scope.account = Some("999922223333".into());
    assert_eq!(tier(&baseline, &resource), pair("usual", "default tier"));
}

#[test]
fn an_engine_is_matched_by_its_name() {
    let baseline = baseline("  - {tier: strict, engine: [aurora-*, docdb]}\n");
    let mut facts = Facts::default();
    facts.set(ENGINE, Fact::new(known("aurora-mysql"), ORIGIN));
    assert_eq!(tier(&baseline, &resource("x", facts)), pair("strict", "engine matches aurora-*"));
    let mut facts = Facts::default();
    facts.set(ENGINE, Fact::new(FactState::Unknown(Unknown::KnownAfterApply), ORIGIN));
    assert_eq!(tier(&baseline, &resource("x", facts)), pair("usual", "default tier: the engine is known after apply"));
}

#[test]
fn unknown_tags_lead_to_the_default_and_not_to_a_later_entry() {
    let baseline = baseline("  - {tier: strict, tags: {tier: gold}}\n  - {tier: lax, name: \"*dev*\"}\n");
    let unknown = FactState::Unknown(Unknown::KnownAfterApply);
    let all = resource("dev", facts(tags(&[], unknown.clone())));
    assert_eq!(tier(&baseline, &all), pair("usual", "default tier: tags are known after apply"));
    let one = resource("dev", facts(tags(&[("tier", unknown)], none())));
    assert_eq!(tier(&baseline, &one), pair("usual", "default tier: tags are known after apply"));
    let withheld = resource("dev", facts(tags(&[("tier", FactState::Unknown(Unknown::Sensitive))], none())));
    assert_eq!(tier(&baseline, &withheld), pair("usual", "default tier: tags are withheld because they are sensitive"));
    let denied = FactState::Unknown(Unknown::Denied("rds:ListTagsForResource".into()));
    let denied = resource("dev", facts(tags(&[], denied)));
    assert_eq!(tier(&baseline, &denied), pair("usual", "default tier: tags are not known"));
}

#[test]
fn tags_that_nobody_asks_for_may_be_unknown() {
    let unknown = FactState::Unknown(Unknown::KnownAfterApply);
    let baseline = baseline("  - {tier: lax, name: \"*dev*\"}\n  - {tier: strict, tags: {tier: gold}}\n");
    let by_name = resource("dev", facts(tags(&[], unknown.clone())));
    assert_eq!(tier(&baseline, &by_name), pair("lax", "name matches *dev*"));
    let by_known_tag = resource("x", facts(tags(&[("tier", known("gold"))], unknown)));
    assert_eq!(tier(&baseline, &by_known_tag), pair("strict", "tag tier=gold"));
}

#[test]
fn an_unknown_that_could_not_change_the_outcome_is_passed_over() {
    let unknown = FactState::Unknown(Unknown::KnownAfterApply);
    let baseline = baseline("  - {tier: strict, name: prod, tags: {tier: gold}}\n  - {tier: lax, name: dev}\n");
    let resource = resource("dev", facts(tags(&[], unknown)));
    assert_eq!(tier(&baseline, &resource), pair("lax", "name is dev"));
}

#[test]
fn an_account_that_the_source_does_not_tell_leads_to_the_default() {
    let baseline = baseline("  - {tier: strict, account: \"111122223333\"}\n  - {tier: lax, name: \"*\"}\n");
    assert_eq!(tier(&baseline, &tagged(&[])), pair("usual", "default tier: the account is not known"));
}

#[test]
fn what_the_plan_deletes_keeps_the_tier_that_it_had() {
    let baseline = baseline("  - {tier: strict, tags: {tier: gold}}\n");
    let mut deleted = resource("x", facts(tags(&[], FactState::Missing("the plan deletes it".into()))));
    deleted.before = Before::Facts(Box::new(facts(tags(&[("tier", known("gold"))], none()))));
    assert_eq!(tier(&baseline, &deleted), pair("usual", "default tier"));
    for action in [ChangeAction::Delete, ChangeAction::Forget] {
        deleted.change = Some(change(action));
        assert_eq!(tier(&baseline, &deleted), pair("strict", "tag tier=gold"), "{action}");
    }
    deleted.change = Some(change(ChangeAction::Update));
    assert_eq!(tier(&baseline, &deleted), pair("usual", "default tier"));
}

fn change(action: ChangeAction) -> Change {
    Change {
        action,
        importing: false,
        reason: None,
        replace_attributes: Vec::new(),
        changed_attributes: Vec::new(),
        previous_address: None,
        deposed: None,
    }
}

#[test]
fn resources_of_one_tier_share_their_reason() {
    let baseline = baseline("  - {tier: strict, name: \"*prod*\"}\n");
    let first = baseline.assign(&resource("prod-1", Facts::default()));
    let second = baseline.assign(&resource("prod-2", Facts::default()));
    assert!(Arc::ptr_eq(&first.reason, &second.reason));
}

#[test]
fn an_account_has_a_tier_for_what_no_entry_claims() {
    let mut baseline = baseline("  - {tier: strict, tags: {tier: one}}\n");
    assert_eq!(baseline.assign_account("111111111111", "stric"), Err(Some("strict")));
    assert_eq!(baseline.assign_account("111111111111", "lax"), Ok(()));
    let of = |account: &str, tags: &[(&str, &str)]| {
        let scope = Scope { account: Some(account.into()), region: None };
        tier(&baseline, &Resource { scope, ..tagged(tags) })
    };
    assert_eq!(of("111111111111", &[]), ("lax".into(), "fleet file: account 111111111111".into()));
    assert_eq!(of("222222222222", &[]), ("usual".into(), "default tier".into()));
    assert_eq!(of("111111111111", &[("tier", "one")]).0, "strict");
}
