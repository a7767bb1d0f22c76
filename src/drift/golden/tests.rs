//! What drifts from the golden parameters, of what class, and who is named.

use super::*;
use crate::facts::catalogue::{
    ENGINE, ENGINE_MAJOR_VERSION, ENGINE_VERSION, MEMBER_PARAMETERS, PARAMETER_GROUP, PARAMETER_GROUP_FAMILY,
    PARAMETERS,
};
use crate::model::{Before, FactMap, Facts, Identity, Kind, Location, Origin, Provider, Scope, SetBy, Unknown};
use crate::selection::Case;
use crate::yaml::At;
use crate::yaml::problems::Problems;

fn set(family: &str, tiers: &[&str], parameters: &[(&str, &str)]) -> GoldenSet {
    let at = At { place: (1, 1), value: family.to_owned() };
    let families = Patterns::new(&[at], Case::Ignored, &mut Problems::new("b.yaml", ""));
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    GoldenSet::new(
        families,
        vec![family.to_owned()],
        tiers.iter().map(|tier| Arc::from(*tier)).collect(),
        parameters.collect::<Vec<_>>(),
    )
}

fn resource(kind: Kind, id: &str, facts: Facts) -> Resource {
    Resource {
        id: id.into(),
        kind,
        provider: Provider::Aws,
        resource_type: "aws_db_instance",
        name: Some(id.into()),
        identity: Identity::default(),
        module_sources: None,
        scope: Scope::default(),
        facts,
        before: Before::None("the source is not a plan".into()),
        change: None,
        location: Location { file: "f".into(), region: None },
        source: 0,
    }
}

fn text(value: &str) -> Fact {
    Fact::new(FactState::Known(Value::from(value)), Origin::attribute("a", SetBy::Source))
}

fn from(value: &str, set_by: SetBy) -> Fact {
    Fact { origin: Origin::attribute("parameter", set_by), ..text(value) }
}

fn own(value: &str) -> Fact {
    from(value, SetBy::Source)
}

fn default(value: &str) -> Fact {
    from(value, SetBy::Default)
}

/// A value that the group has, and that waits for a reboot.
fn waiting(value: &str) -> Fact {
    let pending = Pending { value: Value::from(value), waits_for: Text::Static("reboot") };
    let why = Unknown::NotCollected(Text::Static("the group waits"));
    Fact { state: FactState::Unknown(why), pending: Some(Box::new(pending)), ..own(value) }
}

fn map(group: &str, entries: &[(&str, Fact)]) -> FactMap {
    let origin = Origin { resource: Some(group.into()), ..Origin::attribute("parameter_group_name", SetBy::Inherited) };
    let rest = FactState::Unknown(Unknown::NotCollected(Text::Static("the engine's own default applies")));
    let entries = entries.iter().map(|(name, fact)| (Arc::from(*name), fact.clone())).collect();
    FactMap { entries, rest, origin }
}

fn facts(engine: &str, major: &str, group: &str) -> Facts {
    let mut facts = Facts::default();
    facts.set(ENGINE, text(engine));
    facts.set(ENGINE_MAJOR_VERSION, text(major));
    facts.set(PARAMETER_GROUP, text(group));
    facts
}

fn instance(entries: &[(&str, Fact)]) -> Resource {
    let mut facts = facts("postgres", "16", "main");
    facts.set_map(PARAMETERS, map("no-such-group", entries));
    resource(Kind::Instance, "db", facts)
}

fn cluster(entries: &[(&str, Fact)]) -> Resource {
    let mut facts = facts("aurora-mysql", "3", "shared");
    facts.set_map(PARAMETERS, map("no-such-group", entries));
    resource(Kind::Cluster, "cluster", facts)
}

fn member(entries: &[(&str, Fact)]) -> Resource {
    let mut facts = facts("aurora-mysql", "3", "own");
    let mut version = text("8.0.mysql_aurora.3.08.0");
    version.origin =
        Origin { resource: Some("cluster".into()), ..Origin::attribute("engine_version", SetBy::Inherited) };
    facts.set(ENGINE_VERSION, version);
    facts.set_map(MEMBER_PARAMETERS, map("no-such-group", entries));
    resource(Kind::ClusterMember, "member", facts)
}

/// Each drift in a line.
fn found(sets: &[GoldenSet], running: &[&Resource]) -> Vec<String> {
    let running: Vec<_> = running.iter().map(|resource| (*resource, None)).collect();
    let drifts = against_golden(sets, &running, &|_| "tier-1".into());
    drifts.iter().map(|of| line(&of.drift)).collect()
}

fn line(drift: &Drift) -> String {
    assert_eq!(drift.against, Against::Golden);
    let shown = |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), ToString::to_string);
    let reason = drift.reason.as_ref().map_or("-", Text::as_str);
    let (class, subject, id) = (drift.class, &drift.subject, &drift.resource.id);
    format!("{class} {id} {subject} {} {} ({reason})", shown(&drift.declared), shown(&drift.running))
}

/// What comes of one parameter of one instance.
fn one(name: &str, wanted: &str, runs: Fact) -> Vec<String> {
    found(&[set("postgres16", &[], &[(name, wanted)])], &[&instance(&[(name, runs)])])
}

#[test]
fn the_same_value_however_written_is_no_drift() {
    for (name, wanted, runs) in [
        ("log_statement", "DDL", "ddl"),
        ("rds.force_ssl", "true", "1"),
        ("rds.force_ssl", "on", "1"),
        ("autovacuum", "true", "on"),
        ("max_connections", "0100", "100"),
        ("work_mem", "{DBInstanceClassMemory/32768}", "{dbinstanceclassmemory/32768}"),
        ("audit", "", ""),
    ] {
        assert_eq!(one(name, wanted, own(runs)), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn another_value_is_changed_and_says_who_set_it() {
    assert_eq!(
        one("rds.force_ssl", "on", own("0")),
        ["changed db parameters[\"rds.force_ssl\"] 1 0 (in sync; set by parameter group `main`)"]
    );
    assert_eq!(
        one("log_statement", "ddl", default("none")),
        ["changed db parameters.log_statement ddl none (in sync; the engine's default)"]
    );
}

#[test]
fn a_value_that_waits_for_a_reboot_is_pending() {
    let reason = "(pending reboot; set by parameter group `main`)";
    assert_eq!(one("a", "1", waiting("1")), [format!("pending db parameters.a 1 - {reason}")]);
    let mut runs_otherwise = waiting("1");
    runs_otherwise.state = FactState::Known(Value::from("0"));
    assert_eq!(one("a", "1", runs_otherwise), [format!("pending db parameters.a 1 0 {reason}")]);
    let mut will_drift = waiting("0");
    will_drift.state = FactState::Known(Value::from("1"));
    let reason = "(another value waits; pending reboot; set by parameter group `main`)";
    assert_eq!(one("a", "1", will_drift), [format!("pending db parameters.a 1 1 {reason}")]);
}

#[test]
fn a_wrong_value_that_waits_is_changed() {
    let reason = "(pending reboot; set by parameter group `main`)";
    assert_eq!(one("a", "1", waiting("0")), [format!("changed db parameters.a 1 - {reason}")]);
}

#[test]
fn what_is_not_known_is_unverifiable_with_the_reason() {
    let sets = [set("postgres16", &[], &[("a", "1")])];
    assert_eq!(
        found(&sets, &[&instance(&[])]),
        ["unverifiable db parameters.a 1 - (not collected: the engine's own default applies)"]
    );
    let formula = one("work_mem", "100", own("{dbinstanceclassmemory/32768}"));
    let why = "one value is a formula, which the provider computes; in sync; set by parameter group `main`";
    assert_eq!(formula, [format!("unverifiable db parameters.work_mem 100 {{dbinstanceclassmemory/32768}} ({why})")]);
}

#[test]
fn another_engines_parameter_is_passed_over() {
    assert_eq!(found(&[set("*", &[], &[("require_secure_transport", "1")])], &[&instance(&[])]), Vec::<String>::new());
}

#[test]
fn a_set_is_for_its_families_and_tiers() {
    let runs = instance(&[("a", own("0"))]);
    let count = |family: &str, tiers: &[&str]| found(&[set(family, tiers, &[("a", "1")])], &[&runs]).len();
    assert_eq!(count("postgres16", &[]), 1);
    assert_eq!(count("Postgres*", &["tier-2", "tier-1"]), 1);
    assert_eq!(count("postgres15", &[]), 0);
    assert_eq!(count("postgres16", &["tier-2"]), 0);
}

#[test]
fn the_first_set_that_names_a_parameter_decides() {
    let sets = [
        set("postgres16", &["tier-2"], &[("a", "0")]),
        set("postgres16", &["tier-1"], &[("a", "1")]),
        set("postgres*", &[], &[("a", "2"), ("b", "2")]),
    ];
    let drifts = found(&sets, &[&instance(&[("a", own("3")), ("b", own("3"))])]);
    let reason = "(in sync; set by parameter group `main`)";
    let expected = [format!("changed db parameters.a 1 3 {reason}"), format!("changed db parameters.b 2 3 {reason}")];
    assert_eq!(drifts, expected);
}

#[test]
fn the_family_is_the_groups_else_the_default_groups_else_the_engines() {
    let family = |resource: &Resource, group: Option<&Resource>| {
        Fleet::new(group).family(resource, running::parameters_of(resource.kind).unwrap())
    };
    let mut told = Facts::default();
    told.set(PARAMETER_GROUP_FAMILY, text("postgres15"));
    let group = resource(Kind::ParameterGroup, "no-such-group", told);
    assert_eq!(family(&instance(&[]), Some(&group)).as_deref(), Some("postgres15"));
    assert_eq!(family(&instance(&[]), None).as_deref(), Some("postgres16"));
    let mut of_default = instance(&[]);
    of_default.facts.set(PARAMETER_GROUP, text("default.postgres14"));
    assert_eq!(family(&of_default, None).as_deref(), Some("postgres14"));
    assert_eq!(family(&member(&[]), None).as_deref(), Some("aurora-mysql8.0"));
}

#[test]
fn a_members_own_group_overrules_its_clusters() {
    let sets = [set("aurora-mysql8.0", &[], &[("general_log", "0")])];
    let (cluster, member) = (cluster(&[("general_log", own("0"))]), member(&[("general_log", own("1"))]));
    let reason =
        "in sync; set by the member's own parameter group `own`, over \"0\" of the cluster's parameter group `shared`";
    assert_eq!(
        found(&sets, &[&cluster, &member]),
        [format!("changed member member_parameters.general_log 0 1 ({reason})")]
    );
}

#[test]
fn what_a_member_has_from_its_cluster_is_told_once() {
    let sets = [set("aurora-mysql8.0", &[], &[("general_log", "0")])];
    let (cluster, member) = (cluster(&[("general_log", own("1"))]), member(&[("general_log", default("0"))]));
    let reason = "in sync; set by the cluster's parameter group `shared`";
    assert_eq!(found(&sets, &[&cluster, &member]), [format!("changed cluster parameters.general_log 0 1 ({reason})")]);
}

#[test]
fn a_parameter_that_only_members_have_is_told_with_them() {
    let sets = [set("aurora-mysql8.0", &[], &[("max_connections", "100")])];
    let member = member(&[("max_connections", default("90"))]);
    assert_eq!(
        found(&sets, &[&cluster(&[]), &member]),
        ["changed member member_parameters.max_connections 100 90 (in sync; the engine's default)"]
    );
    let unseen = "not resolved: the cluster, whose parameters stand over the engine's defaults, was not seen";
    assert_eq!(
        found(&sets, &[&member]),
        [format!("unverifiable member member_parameters.max_connections 100 - ({unseen})")]
    );
}

#[test]
fn a_parameter_that_nobody_tells_is_told_with_the_cluster() {
    let sets = [set("aurora-mysql8.0", &[], &[("a", "100")])];
    let drifts = found(&sets, &[&cluster(&[]), &member(&[])]);
    assert_eq!(drifts, ["unverifiable cluster parameters.a 100 - (not collected: the engine's own default applies)"]);
}

#[test]
fn a_drift_is_of_what_declares_the_database() {
    let runs = instance(&[("a", own("0"))]);
    let declared = Resource { id: "aws_db_instance.main".into(), ..instance(&[]) };
    let sets = [set("postgres16", &[], &[("a", "1")])];
    let drifts = against_golden(&sets, &[(&runs, Some(&declared))], &|_| "tier-1".into());
    let ids: Vec<_> =
        drifts.iter().map(|of| (&*of.drift.resource.id, of.drift.resource.running_id.as_deref())).collect();
    assert_eq!(ids, [("aws_db_instance.main", Some("db"))]);
}
