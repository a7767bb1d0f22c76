use serde_json::json;

use super::super::samples::{BACKUP_RETENTION, NETWORKS, OPEN_INGRESS, file};
use super::super::{Policies, load};
use super::*;
use crate::facts::find;

fn policies(text: &str) -> Policies {
    load(&[file("policies/retention/backup_retention.rego", text)]).unwrap()
}

fn data() -> Data {
    let data =
        json!({"parameters": {"min_backup_retention_days": 7}, "baseline": {"name": "standard", "tier": "tier-1"}});
    Data(data.into())
}

fn path(name: &str) -> FactPath {
    FactPath { before: false, fact: find(name).unwrap(), key: None }
}

fn traced(text: &str, days: i64, replica: Option<bool>, asked: Reached) -> Trace {
    let policies = policies(text);
    let (retention, is_replica) = (path("backup_retention_days"), path("is_replica"));
    let (days, replica) = (Value::from(days), replica.map(Value::from));
    let facts = [(&retention, Some(&days)), (&is_replica, replica.as_ref())];
    policies.iter().next().unwrap().trace(asked, &data(), facts).unwrap()
}

/// Every step as `line held text; name=values …`.
fn shown(trace: &Trace) -> Vec<String> {
    let mut shown = Vec::new();
    for definition in &trace.definitions {
        let value = definition.value.as_ref().map_or("undefined".to_owned(), Json::to_string);
        shown.push(format!("{} {} = {value}", definition.line, definition.name));
        for step in &definition.steps {
            let seen = step.reads.iter().chain(&step.binds);
            let seen: Vec<String> =
                seen.map(|seen| format!("{}={}", seen.name, Json::from(seen.values.clone()))).collect();
            shown.push(format!("  {} {:?}: {}", step.line, step.held, seen.join(" ")));
        }
    }
    shown
}

#[test]
fn a_failure_shows_what_was_compared() {
    let trace = traced(BACKUP_RETENTION, 1, Some(false), Reached::Everything);
    let message = "keeps 1 days of backups; tier-1 asks for 7";
    assert_eq!(
        shown(&trace),
        [
            format!("16 violations = [\"{message}\"]"),
            "  17 Holds: input.backup_retention_days=[1] data.parameters.min_backup_retention_days=[7]".into(),
            format!(
                "  18 Holds: input.backup_retention_days=[1] data.baseline.tier=[\"tier-1\"] \
                 data.parameters.min_backup_retention_days=[7] message=[\"{message}\"]"
            ),
            "25 not_applicable = []".into(),
            "  26 DoesNotHold: input.is_replica=[false]".into(),
            "  27 NotReached: ".into(),
        ]
    );
    assert_eq!(trace.lines.len(), 1);
    assert_eq!(trace.lines[0].lines, [16, 17, 18, 19, 20, 21, 26]);
    assert_eq!(trace.input, json!({"backup_retention_days": 1, "is_replica": false}));
}

#[test]
fn a_fact_that_is_missing_is_undefined() {
    let trace = traced(BACKUP_RETENTION, 30, None, Reached::Everything);
    assert_eq!(
        shown(&trace)[1],
        "  17 DoesNotHold: input.backup_retention_days=[30] data.parameters.min_backup_retention_days=[7]"
    );
    assert_eq!(shown(&trace)[4], "  26 DoesNotHold: input.is_replica=[]");
}

#[test]
fn only_what_decides_applicability_is_asked() {
    let trace = traced(BACKUP_RETENTION, 1, Some(true), Reached::Applicability);
    let names: Vec<&str> = trace.definitions.iter().map(|definition| definition.name.as_str()).collect();
    assert_eq!(names, ["not_applicable"]);
    assert_eq!(trace.lines[0].lines, [25, 26, 27]);
}

#[test]
fn variables_that_go_over_a_set_have_all_their_values() {
    let files = [file("policies/access/open_ingress.rego", OPEN_INGRESS), file("policies/lib/networks.rego", NETWORKS)];
    let policies = load(&files).unwrap();
    let ranges = Value::set(["10.0.0.0/8", "0.0.0.0/0", "::/0"].map(Value::from));
    let (path, data) = (path("ingress_cidrs"), Data(json!({}).into()));
    let policy = policies.iter().next().unwrap();
    let trace = policy.trace(Reached::Everything, &data, [(&path, Some(&ranges))]).unwrap();
    let steps = &trace.definitions[0].steps;
    assert_eq!(steps[0].binds[0].values, ["0.0.0.0/0", "10.0.0.0/8", "::/0"].map(Json::from));
    // What is left of them is what the next statement binds its own to.
    assert_eq!(steps[1].held, Held::Holds);
    assert_eq!(steps[2].binds[0].values, ["lets in 0.0.0.0/0", "lets in ::/0"].map(Json::from));
    assert_eq!(
        trace.lines.iter().map(|file| &*file.path).collect::<Vec<_>>(),
        ["policies/access/open_ingress.rego", "policies/lib/networks.rego"]
    );
}

#[test]
fn helpers_have_their_values_and_errors_their_statement() {
    let text = BACKUP_RETENTION.replace("input.is_replica\n", "count(gaps) > 0\n\tto_number(data.baseline.tier) > 1\n")
        + "\ngaps := [1, 2] if input.is_replica\n";
    let trace = traced(&text, 1, Some(true), Reached::Applicability);
    let shown = shown(&trace);
    assert_eq!(shown[1], "  26 Holds: gaps=[[1,2]]");
    assert_eq!(shown[2], "  27 Error: data.baseline.tier=[\"tier-1\"]");
    assert_eq!(trace.definitions[0].steps[1].error.as_deref(), Some("could not parse string as number"));
    assert_eq!(shown[4..], ["31 gaps = [1,2]", "  31 Holds: input.is_replica=[true]"]);
}

/// Every rule of ours can be asked in parts, and the parts say the same as the whole.
#[test]
fn the_parts_of_every_rule_agree_with_the_whole() {
    let files = super::super::embedded();
    let policies = load(&files).unwrap();
    for policy in policies.iter() {
        let test = policy.rule.path.replace(".rego", "_test.rego");
        let test = files.iter().find(|file| *file.path == *test).unwrap();
        for case in super::super::cases::cases(&syntax::parse(test).unwrap()).into_iter().flatten() {
            agree(policy, &case);
        }
    }
}

fn agree(policy: &Policy, case: &super::super::cases::Case) {
    let [file, libraries @ ..] = policy.compiled.files.as_slice() else { panic!("no file") };
    let parsed = syntax::parse(file).unwrap();
    let script = Script::of(file, &parsed);
    let mut engine = engine(&PolicyFile { text: script.text.as_str().into(), ..file.clone() }, libraries).unwrap();
    engine.add_data(case.data.clone().into()).unwrap();
    engine.set_input(case.input.clone().into());
    for definition in script.definitions(&mut engine, Reached::Everything) {
        if matches!(definition.name.as_str(), "violations" | "not_applicable") {
            let holds = definition.steps.iter().any(|step| step.held == Held::Holds)
                && definition.steps.last().is_some_and(|step| step.held == Held::Holds);
            let messages = definition.value.as_ref().and_then(Json::as_array).map_or(0, Vec::len);
            assert!(!holds || messages > 0, "{}: {definition:#?}", policy.rule.path);
        }
        let errors: Vec<&Step> = definition.steps.iter().filter(|step| step.held == Held::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", policy.rule.path);
    }
}

#[test]
fn names_are_found_outside_of_strings_and_calls() {
    let text = "f(input.a, x[\"b\"].c, \"input.z\") == data.engines[input.e] # input.w\n7 `y`";
    assert_eq!(names_in(text), ["input.a", "x[\"b\"].c", "data.engines", "input.e"]);
}
