use std::collections::BTreeSet;

use regorus::Value as Rego;

use super::super::compiled::{Evaluator, Question, Trust};
use super::super::samples::{BACKUP_RETENTION, file};
use super::super::value::{self, Data};
use super::super::{Policies, Policy, embedded, load};
use crate::facts::FactType;
use crate::model::{FactPath, ParameterType, Tier, Value};

/// The rules in the binary in which an error is conceivable, by name; each is judged twice, so this list should stay short.
const MAY_ERR: &[&str] = &[
    // Read an address range or a window, which fails on other text.
    "ingress_not_open",
    "ingress_public_ranges_approved",
    "ingress_ranges_narrow",
    "not_internet_reachable",
    "windows_apart",
    // Read the engines' dates.
    "engine_standard_support",
    "newest_minor_version",
    "not_in_extended_support",
    // Read the dates of what runs.
    "certificate_not_expiring",
    "air_gapped_backup",
    "blue_green_finished",
    "manual_snapshot_age",
    "no_overdue_maintenance",
    "not_left_stopped",
    "recent_recovery_point",
    "table_in_use",
    "secret_in_use",
    "secret_rotated_in_time",
    // Have definitions of which only the meaning says that one holds at a time.
    "non_default_port",
];

/// Those that look up, or pass on, what may be missing.
const MAY_MISS: &[&str] = &["event_subscription", "key_account_approved", "restarts_in_window", "snapshot_kept"];

#[test]
fn most_embedded_rules_cannot_raise_an_error() {
    let policies = load(&embedded()).unwrap();
    let those = |trust: Trust| -> BTreeSet<&str> {
        policies.iter().filter(|policy| policy.compiled.trust == trust).map(|policy| &*policy.rule.name).collect()
    };
    assert_eq!(those(Trust::Agreement), MAY_ERR.iter().copied().collect());
    assert_eq!(those(Trust::Interpreter), MAY_MISS.iter().copied().collect());
}

/// Whose word counts for the sample rule when it says this instead.
fn trust(body: &str) -> Trust {
    let start = BACKUP_RETENTION.find("violations").unwrap();
    let rule = format!(
        "{}violations contains \"x\" if {{\n\tinput.backup_retention_days < data.parameters.min_backup_retention_days\n\tinput.is_replica\n}}\n\n{body}\n",
        &BACKUP_RETENTION[..start]
    );
    let policies = load(&[file("policies/retention/backup_retention.rego", &rule)]);
    let policies = policies.unwrap_or_else(|problems| panic!("{body}: {}", problems[0]));
    policies.iter().next().unwrap().compiled.trust
}

#[test]
fn what_the_types_admit_is_proven() {
    for body in [
        "violations contains \"y\" if input.backup_retention_days > 3",
        "violations contains \"y\" if not input.is_replica",
        "violations contains sprintf(\"%d %s\", [input.backup_retention_days, data.baseline.tier])",
        "violations contains \"y\" if input.backup_retention_days in {1, 2}",
        "violations contains \"y\" if input.is_replica in {true}",
        "violations contains x if { some x in {\"a\", \"b\"}; startswith(x, \"a\") }",
        "violations contains x if x := concat(\", \", [y | some y in {\"a\", \"b\"}])",
        "violations contains word\n\nword := \"a\" if input.backup_retention_days == 1\n\nword := \"b\" if input.backup_retention_days > 1",
        "violations contains word(input.backup_retention_days)\n\nword(1) := \"a\"\n\nword(n) := sprintf(\"%d\", [n]) if n != 1",
        "default word := \"a\"\n\nviolations contains word\n\nword := \"b\" if input.is_replica",
        "violations contains \"y\" if { x := {\"a\": 1}[data.baseline.tier]; x == 1 }",
        "violations contains \"y\" if { x := {\"a\": 1}[data.baseline.tier]; y := x + 1; y in {2} }",
        "violations contains x if x := {\"a\": \"b\"}[data.baseline.tier]",
        "violations contains \"y\" if [data.baseline.tier, \"a\"] < [\"b\"]",
        "violations contains \"y\" if [[input.backup_retention_days]] >= [[1], [2]]",
    ] {
        assert_eq!(trust(body), Trust::Vm, "{body}");
    }
}

#[test]
fn what_may_raise_an_error_is_not_proven() {
    for body in [
        // Types.
        "violations contains \"y\" if input.backup_retention_days < \"3\"",
        "violations contains \"y\" if [input.backup_retention_days] < [\"3\"]",
        "violations contains \"y\" if [input.is_replica] < [true]",
        "violations contains \"y\" if [1, \"a\"] < [2, \"b\"]",
        "violations contains \"y\" if to_number(data.baseline.tier) == 1",
        "violations contains sprintf(\"%d\", [data.baseline.tier])",
        "violations contains sprintf(\"%s %s\", [data.baseline.tier])",
        "violations contains sprintf(\"%5.\", [1])",
        "violations contains \"y\" if input.backup_retention_days % 2 == 1",
        "violations contains input.backup_retention_days",
        "violations contains \"y\" if data.engines.postgres[\"16\"].ended < 3",
        // Contradictions.
        "violations contains word\n\nword := \"a\" if input.backup_retention_days == 1\n\nword := \"b\" if input.backup_retention_days > 0",
        "violations contains word\n\nword := \"a\" if { some x in {1, 2}; x == 1 }\n\nword := \"b\" if { some x in {1, 2}; x == 2 }",
        "violations contains word(1)\n\nword(n) := \"a\" if n == 1\n\nword(m) := \"b\" if m != 1",
    ] {
        assert_eq!(trust(body), Trust::Agreement, "{body}");
    }
}

#[test]
fn what_may_have_no_value_is_left_to_the_interpreter() {
    for body in [
        "violations contains \"y\" if not input.is_replica in {true}",
        "violations contains word(input.is_replica)\n\nword(x) := \"a\" if not x",
        "violations contains \"y\" if { x := {\"a\": 1}[data.baseline.tier]; not x == 2 }",
        "violations contains \"y\" if { x := {\"a\": 1}[data.baseline.tier]; input.is_replica }",
        "violations contains \"y\" if { x := {\"a\": 1}[data.baseline.tier]; y := x + 1; input.is_replica }",
        "violations contains \"y\" if { x := {\"a\": 1}[data.baseline.tier]; one(x) }\n\none(n) if n == 1",
        "violations contains \"y\" if { x := {\"a\": 1}[data.baseline.tier]; not x in {2} }",
        "violations contains \"y\" if count([1 | x := {\"a\": 1}[data.baseline.tier]]) == 1",
    ] {
        assert_eq!(trust(body), Trust::Interpreter, "{body}");
    }
}

/// Numbers for a test, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

/// What a rule and its libraries write down: texts in quotes and whole numbers, which are the values that matter to it.
struct Words {
    texts: Vec<String>,
    integers: Vec<i64>,
}

impl Words {
    fn of(policy: &Policy) -> Self {
        let mut texts: Vec<String> = ["", "1", "a"].map(str::to_owned).into();
        let mut integers = vec![-1, 0, 1, 2, 7, 35];
        for file in &policy.compiled.files {
            texts.extend(file.text.split('"').skip(1).step_by(2).map(str::to_owned));
            let numbers = file.text.split(|char: char| !char.is_ascii_digit());
            integers.extend(numbers.filter_map(|digits| digits.parse::<i64>().ok()).flat_map(|n| [n - 1, n, n + 1]));
        }
        Self { texts, integers }
    }

    fn value(&self, ty: FactType, numbers: &mut Numbers) -> Value {
        match ty {
            FactType::Boolean => Value::Bool(numbers.below(2) == 0),
            FactType::Integer => Value::Integer(numbers.pick(&self.integers)),
            FactType::String => Value::from(numbers.pick(&self.texts)),
            FactType::Strings => Value::set((0..numbers.below(4)).map(|_| Value::from(numbers.pick(&self.texts)))),
            FactType::Map => {
                let entry = |numbers: &mut Numbers| {
                    (numbers.pick(&self.texts).as_str().into(), Value::from(numbers.pick(&self.texts)))
                };
                Value::Map(std::sync::Arc::new((0..numbers.below(4)).map(|_| entry(numbers)).collect()))
            }
        }
    }

    fn input(&self, policy: &Policy, numbers: &mut Numbers) -> Rego {
        let values: Vec<(FactPath, Option<Value>)> = policy
            .rule
            .reads
            .iter()
            .map(|path| {
                let ty = if path.key.is_some() { FactType::String } else { path.fact.def().ty };
                let is_there = !policy.rule.optional.contains(path) || numbers.below(3) > 0;
                (path.clone(), is_there.then(|| self.value(ty, numbers)))
            })
            .collect();
        value::input(values.iter().map(|(path, value)| (path, value.as_ref())))
    }

    fn data(&self, policy: &Policy, numbers: &mut Numbers) -> Data {
        let of = |ty, numbers: &mut Numbers| match ty {
            ParameterType::Boolean => self.value(FactType::Boolean, numbers),
            ParameterType::Integer => self.value(FactType::Integer, numbers),
            ParameterType::String => self.value(FactType::String, numbers),
            ParameterType::Strings => self.value(FactType::Strings, numbers),
        };
        let parameters =
            policy.rule.parameters.iter().map(|(name, spec)| (name.clone(), of(spec.ty, numbers))).collect();
        let tier = Tier { name: "tier-1".into(), description: "".into(), parameters, severity: Default::default() };
        let engines = serde_json::json!({});
        Data::for_tiers(&[tier], "standard", "2026-11-22T00:00:00Z", &engines).remove(0)
    }
}

/// The proof holds for random values of the types of the catalogue: the interpreter raises no error, and says what the VM says.
#[test]
fn where_no_error_is_possible_the_vm_and_the_interpreter_agree() {
    let policies: Policies = load(&embedded()).unwrap();
    let mut numbers = Numbers(20_261_122);
    for policy in policies.iter().filter(|policy| policy.compiled.trust != Trust::Agreement) {
        let words = Words::of(policy);
        let data: Vec<Data> = (0..12).map(|_| words.data(policy, &mut numbers)).collect();
        let mut evaluator = Evaluator::new(&policy.compiled, &data);
        for round in 0..300 {
            let (tier, input) = (round % data.len(), words.input(policy, &mut numbers));
            for question in [Question::Everything, Question::Applicability] {
                let careful = evaluator.by_interpreter(tier, &input, question);
                assert!(careful.is_ok(), "{}: {input}: {careful:?}", policy.rule.path);
                if policy.compiled.trust == Trust::Interpreter {
                    continue;
                }
                assert_eq!(evaluator.by_vm(tier, &input, question), careful, "{}: {input}", policy.rule.path);
            }
        }
    }
}
