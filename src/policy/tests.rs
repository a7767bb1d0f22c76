mod proof;

use std::path::Path;

use super::compiled::Question;
use super::samples::{BACKUP_RETENTION, NETWORKS, OPEN_INGRESS, file, files};
use super::*;
use crate::model::{Domain, Kind, ParameterType, Severity};

/// Every problem as `line:column title | help`.
fn shown(problems: &[Diagnostic]) -> Vec<String> {
    let shown = |problem: &Diagnostic| {
        let (line, column) = problem.place.unwrap_or_default();
        let help = problem.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{line}:{column} {}{help}", problem.title)
    };
    problems.iter().map(shown).collect()
}

fn problems_of(files: &[PolicyFile]) -> Vec<String> {
    shown(&load(files).map(|_| ()).expect_err("the files load"))
}

/// The problems of the first sample rule when one text is replaced by another.
fn changed(from: &str, to: &str) -> Vec<String> {
    assert!(BACKUP_RETENTION.contains(from), "the sample has no {from}");
    problems_of(&[file("policies/retention/backup_retention.rego", &BACKUP_RETENTION.replace(from, to))])
}

/// The problems when the body of the first sample rule's `not_applicable` (line 26) is replaced.
fn body(body: &str) -> Vec<String> {
    let text = BACKUP_RETENTION.replace("#   optional: [is_replica]\n", "#\n");
    let text = text.replace("input.is_replica\n", &format!("{body}\n"));
    problems_of(&[file("policies/retention/backup_retention.rego", &text)])
}

#[test]
fn a_rule_is_loaded_with_what_it_reads() {
    let policies = load(&files()).unwrap();
    let policy = policies.find("backup_retention").unwrap();
    let rule = &policy.rule;
    assert_eq!(*rule.id, *"DBK-RET-001");
    assert_eq!(rule.domain, Domain::Retention);
    assert_eq!(rule.severity, Severity::High);
    assert_eq!(rule.reads.iter().map(ToString::to_string).collect::<Vec<_>>(), ["is_replica", "backup_retention_days"]);
    assert_eq!(rule.optional.iter().map(ToString::to_string).collect::<Vec<_>>(), ["is_replica"]);
    assert_eq!(rule.kinds, [Kind::Instance, Kind::Cluster, Kind::Table]);
    assert_eq!(rule.parameters["min_backup_retention_days"].ty, ParameterType::Integer);
    let template = &rule.remediation.terraform["aws_db_instance"]["backup_retention_period"];
    assert_eq!(**template, *"{{ min_backup_retention_days }}");
    assert!(policy.reads_tier);
    assert!(!policies.find("DBK-ACC-001").unwrap().reads_tier);
}

#[test]
fn keys_of_maps_and_facts_before_the_change_are_read_one_by_one() {
    let reads = "input.tags.owner; input.parameters[\"rds.force_ssl\"]; input.before.multi_az; input[\"engine\"]; count(input.tags) > 0";
    let text = BACKUP_RETENTION
        .replace("input.is_replica\n", &format!("{reads}\n"))
        .replace("#   optional: [is_replica]\n", "");
    let policies = load(&[file("policies/retention/backup_retention.rego", &text)]).unwrap();
    let reads: Vec<String> = policies.iter().next().unwrap().rule.reads.iter().map(ToString::to_string).collect();
    let expected =
        ["engine", "tags", "tags.owner", "backup_retention_days", "parameters[\"rds.force_ssl\"]", "before.multi_az"];
    assert_eq!(reads, expected);
}

#[test]
fn an_unknown_fact_is_refused_with_the_nearest_one() {
    let help = "did you mean `backup_retention_days`? `dbkeel facts` lists them all";
    let problem = format!("17:8 there is no fact `backup_retention_day` | {help}");
    assert_eq!(changed("input.backup_retention_days <", "input.backup_retention_day <"), [problem]);
}

#[test]
fn what_is_read_must_be_plain() {
    let whole = "26:2 `input` is read as a whole | name the fact: `input.engine`";
    assert_eq!(body("input == {}"), [whole]);
    assert_eq!(body("object.get(input, \"engine\", \"\") == \"\""), [whole.replace("26:2", "26:13")]);
    assert_eq!(body("x := input; x.engine == \"\""), [whole.replace("26:2", "26:7")]);
    assert_eq!(body("some fact in input; fact"), [whole.replace("26:2", "26:15")]);
    assert_eq!(
        body("input.before == {}"),
        ["26:2 `input.before` is read as a whole | name the fact: `input.before.engine`"]
    );
    let by_variable = "`input` is read by a name that is not constant | name the fact: `input.engine`";
    assert_eq!(body("some name in [\"engine\"]; input[name] == \"\""), [format!("26:33 {by_variable}")]);
}

#[test]
fn a_fact_has_only_what_its_type_has() {
    let help = "`dbkeel facts engine` tells what it is";
    assert_eq!(
        body("input.engine.name == \"\""),
        [format!("26:15 `engine` is a text and has nothing inside | {help}")]
    );
    let help = help.replace("engine", "log_exports");
    let title = "`log_exports` is a set of texts and has nothing inside";
    assert_eq!(body("input.log_exports.audit"), [format!("26:20 {title} | {help}")]);
}

#[test]
fn data_has_five_roots() {
    assert_eq!(body("data.parameter.x"), ["26:7 there is no `data.parameter` | did you mean `data.parameters`?"]);
    assert_eq!(body("data[\"x\"]")[0].split(" |").next().unwrap(), "26:8 there is no `data.x`");
    assert_eq!(body("data == {}"), ["26:2 `data` is read as a whole | name what is read: `data.parameters.<name>`"]);
    assert_eq!(
        body("data.baseline.tiers"),
        ["26:7 `data.baseline` has `tier` and `name` | write `data.baseline.tier`"]
    );
    assert_eq!(body("data.now.year"), ["26:7 `data.now` is text | write `time.parse_rfc3339_ns(data.now)`"]);
    let other = "a rule reads another rule | put what both need into `policies/lib`";
    assert_eq!(body("data.dbkeel.access.open_ingress.violations"), [format!("26:2 {other}")]);
    assert!(load(&own("data.dbkeel.retention.backup_retention.violations")).is_ok());
}

fn own(body: &str) -> Vec<PolicyFile> {
    let text = BACKUP_RETENTION.replace("input.is_replica\n", &format!("input.is_replica; {body}\n"));
    vec![file("policies/retention/backup_retention.rego", &text)]
}

#[test]
fn parameters_are_declared_and_read() {
    let undeclared =
        "METADATA declares no parameter `min_backup_retention` | did you mean `min_backup_retention_days`?";
    assert_eq!(body("data.parameters.min_backup_retention == 1"), [format!("26:18 {undeclared}")]);
    let whole = "`data.parameters` is read as a whole | name the parameter: `data.parameters.<name>`";
    assert_eq!(body("count(data.parameters) == 1"), [format!("26:13 {whole}")]);
    let unread = "10:7 the rule never reads its parameter `spare` | read it or remove it";
    let spare = "#   parameters:\n#     spare: {type: boolean, default: true}\n";
    assert_eq!(changed("#   parameters:\n", spare), [unread]);
}

#[test]
fn the_world_outside_is_out_of_reach() {
    let clock =
        "26:2 `time.now_ns` reads the clock | use `time.parse_rfc3339_ns(data.now)`, so that a run can be repeated";
    assert_eq!(body("time.now_ns() > 0"), [clock]);
    for (call, why) in [
        ("http.send({\"method\": \"get\", \"url\": \"http://x\"})", "`http.send` reaches the network"),
        ("net.lookup_ip_addr(\"x\")", "`net.lookup_ip_addr` reaches the network"),
        ("rand.intn(\"x\", 3) == 1", "`rand.intn` is random"),
        ("uuid.rfc4122(\"x\")", "`uuid.rfc4122` is random"),
        ("opa.runtime()", "`opa.runtime` reads the environment"),
        ("print(\"x\")", "`print` writes to the terminal"),
        ("trace(\"x\")", "`trace` writes to the terminal"),
        ("__builtin_host_await(1, 2)", "`__builtin_host_await` is no function of Rego"),
    ] {
        let problems = body(call);
        assert!(problems.len() == 1 && problems[0].starts_with(&format!("26:2 {why} | ")), "{call}: {problems:?}");
    }
}

#[test]
fn an_unknown_function_is_refused() {
    assert_eq!(body("startwith(data.now, \"2\")"), ["26:2 unknown function: `startwith`"]);
    assert_eq!(body("io.jwt.decode(data.now)"), ["26:2 unknown function: `io.jwt.decode`"]);
}

#[test]
fn with_is_for_tests() {
    let problem = "`with` in a rule | `with` is for tests; pass the value to a function instead";
    assert_eq!(body("data.now == \"\" with data.now as \"\""), [format!("26:17 {problem}")]);
}

#[test]
fn a_rule_that_is_defined_by_itself_is_refused() {
    let text = BACKUP_RETENTION.replace("input.is_replica\n", "input.is_replica; even(1)\n")
        + "\neven(x) if odd(x)\n\nodd(x) if even(x)\n";
    let help = "is defined by itself | Rego has no recursion";
    assert_eq!(
        problems_of(&[file("policies/retention/backup_retention.rego", &text)]),
        [format!("30:1 `even` {help}"), format!("32:1 `odd` {help}")]
    );
    let library = "package dbkeel.lib.networks\n\nis_everything(cidr) if is_everything(cidr)\n";
    let files = [file("policies/access/open_ingress.rego", OPEN_INGRESS), file("policies/lib/networks.rego", library)];
    assert_eq!(problems_of(&files), [format!("3:1 `is_everything` {help}")]);
}

#[test]
fn a_local_variable_named_like_a_rule_is_no_recursion() {
    let text = BACKUP_RETENTION.replace("input.is_replica\n", "input.is_replica; even(1)\n")
        + "\neven(x) if {\n\teven := x\n\teven > 0\n}\n";
    assert!(load(&[file("policies/retention/backup_retention.rego", &text)]).is_ok());
}

#[test]
fn the_messages_are_sets() {
    let help = "write `not_applicable contains message if { … }`";
    let problem = format!("25:1 `not_applicable` is not a set of messages | {help}");
    assert_eq!(changed("not_applicable contains message if", "not_applicable := message if"), [problem]);
    let missing = "14:9 the rule defines no `violations` | write `violations contains message if { … }`";
    assert_eq!(changed("violations contains", "violation contains"), [missing]);
}

#[test]
fn path_package_and_id_agree() {
    let expected = "the package is `dbkeel.retention.backups`, but the path says `dbkeel.retention.backup_retention`";
    let problem = format!("14:9 {expected} | path, package and rule name agree");
    assert_eq!(changed("package dbkeel.retention.backup_retention", "package dbkeel.retention.backups"), [problem]);
    let problem = "5:9 `DBK-ENC-001` is not an id | the ids of `retention` are `DBK-RET-` and three digits";
    assert_eq!(changed("DBK-RET-001", "DBK-ENC-001"), [problem]);
    let problems = problems_of(&[file("policies/retain/backup_retention.rego", BACKUP_RETENTION)]);
    assert_eq!(problems[0].split(" |").next().unwrap(), "14:9 the folder `retain` is not a domain");
}

#[test]
fn a_user_has_ids_of_their_own() {
    let user = |id: &str| {
        let text = BACKUP_RETENTION.replace("DBK-RET-001", id);
        load(&[PolicyFile { user: true, ..file("acme/retention/backup_retention.rego", &text) }])
    };
    for id in ["ACME-1", "ACME-RET-001", "A9-B"] {
        assert!(user(id).is_ok(), "{id}");
    }
    for id in ["DBK-RET-001", "ACME", "acme-1", "ACME--1", "ACME-", "9A-1"] {
        let help = "capital letters and digits joined by `-`, such as `ACME-RET-1`; `DBK-` is dbkeel's own";
        assert_eq!(shown(&user(id).unwrap_err()), [format!("5:9 `{id}` is not an id | {help}")]);
    }
}

#[test]
fn metadata_has_a_closed_schema() {
    assert_eq!(changed("#   covers:", "#   cover:"), ["7:5 `custom` has no key `cover` | did you mean `covers`?"]);
    assert_eq!(
        changed("# title: Backups are kept long enough\n", ""),
        ["2:3 METADATA has no `title` | add `title`, which must be there"]
    );
    let problem = "6:15 `urgent` is not a severity; expected one of info, low, medium, high, critical";
    assert_eq!(changed("severity: high", "severity: urgent"), [problem]);
    assert_eq!(
        changed("covers: [rds-instance-backup-retention-min]", "covers: 7"),
        ["7:13 `covers` is an integer, not a text | quote it: `\"7\"`"]
    );
    let problem = "10:71 the default is a text, not of type `integer`";
    assert_eq!(changed("default: 7", "default: seven"), [problem]);
    let problem = "10:41 `number` is not a parameter type; expected one of boolean, integer, string, strings";
    assert_eq!(changed("type: integer", "type: number"), [problem]);
    assert_eq!(changed("default: 7", "default: 7, minimum: 8"), ["10:7 the default 7 is outside its bounds"]);
    let problem = "10:71 a parameter of type `integer` has no `values`";
    assert_eq!(changed("default: 7", "values: [seven], default: 7"), [problem]);
    let texts = "{type: strings, default: [sat, snu], values: [sat, sun]}";
    let found = changed("{type: integer, unit: days, default: 7}", texts);
    assert_eq!(found[0].split_once(' ').unwrap().1, "`snu` of the default is not among `values`");
    assert_eq!(changed("#     text: Raise", "#     texts: Raise").len(), 1);
}

#[test]
fn metadata_stands_right_above_the_package() {
    let help = "a comment `# METADATA` with title, description and custom stands right above `package`";
    let problems = changed("package dbkeel", "\npackage dbkeel");
    assert_eq!(problems[0], format!("1:1 METADATA does not stand right above `package` | {help}"));
    let problems = changed("# METADATA", "# METHODDATA");
    assert_eq!(problems[0], format!("1:1 the rule has no METADATA | {help}"));
}

#[test]
fn metadata_that_is_not_yaml_is_shown_where_it_ends_to_be() {
    let problems = changed("#   severity: high", "#   severity: [high");
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("7:11 not valid YAML: illegal placement of ':' indicator | look for"));
    let problems = changed("#   severity: high", "#   severity: high\n#   severity: low");
    assert_eq!(problems, ["7:5 `severity` is given twice in `custom` | the first is at line 6"]);
}

#[test]
fn lists_of_facts_name_what_is_read() {
    let problem = "8:16 `optional` names `is_replicas`, which the rule does not read | did you mean `is_replica`?";
    assert_eq!(changed("optional: [is_replica]", "optional: [is_replicas]"), [problem]);
    let problem = "8:16 `is_replica` is not a set, so it is never known in part | remove it from `monotone`";
    assert_eq!(changed("optional: [is_replica]", "monotone: [is_replica]"), [problem]);
    let decides = OPEN_INGRESS.to_owned()
        + "\nnot_applicable contains \"closed\" if none\n\nnone if count(input.ingress_cidrs) == 0\n";
    let problems = problems_of(&[
        file("policies/access/open_ingress.rego", &decides),
        file("policies/lib/networks.rego", NETWORKS),
    ]);
    let help = "more elements could take a violation back; remove it from `monotone`";
    assert_eq!(problems, [format!("7:16 `ingress_cidrs` is monotone, but `not_applicable` depends on it | {help}")]);
}

#[test]
fn templates_take_the_rules_parameters() {
    let problem = "12:62 the rule has no parameter `days` | a template takes the rule's parameters";
    assert_eq!(changed("{{ min_backup_retention_days }}", "{{ days }}"), [problem]);
    let problems = changed("{{ min_backup_retention_days }}", "{{ days");
    assert!(problems[0].starts_with("12:62 `{{ days` is not a template: "), "{problems:?}");
}

#[test]
fn some_kind_of_resource_has_every_fact() {
    let problems = body("input.member_count == input.allocated_storage_gib");
    let title = "1:1 no kind of resource has all of `allocated_storage_gib`, `member_count`, `backup_retention_days`";
    assert_eq!(problems[0].split(" |").next().unwrap().len(), title.len(), "{problems:?}");
    assert!(problems[0].starts_with("1:1 no kind of resource has all of "));
}

#[test]
fn ids_aliases_and_names_are_taken_once() {
    let mut files = files();
    let other = OPEN_INGRESS
        .replace("DBK-ACC-001", "DBK-ACC-002")
        .replace("severity: critical", "severity: critical\n#   aliases: [DBK-RET-001]");
    files.push(file("policies/access/opened.rego", &other.replace("access.open_ingress", "access.opened")));
    let problem = "5:9 `DBK-RET-001` is taken | it is an id, alias or name in policies/access/opened.rego";
    assert_eq!(problems_of(&files), [problem]);
}

#[test]
fn a_shared_parameter_says_the_same_everywhere() {
    let mut files = files();
    let other = BACKUP_RETENTION.replace("DBK-RET-001", "DBK-RET-002").replace("default: 7", "default: 8");
    files.push(file("policies/retention/other.rego", &other.replace("retention.backup_retention", "retention.other")));
    let help =
        "policies/retention/backup_retention.rego declares it with another type, unit, default, bound or description";
    assert_eq!(
        problems_of(&files),
        [format!("10:7 `min_backup_retention_days` is another parameter elsewhere | {help}")]
    );
}

#[test]
fn libraries_are_pure_and_known() {
    let rule = file("policies/access/open_ingress.rego", OPEN_INGRESS);
    let with = |library: &str| problems_of(&[rule.clone(), file("policies/lib/networks.rego", library)]);
    let input = NETWORKS.replace("endswith(cidr, \"/0\")", "input.engine");
    let help = "pass the value to the function, so that the rule shows what it reads";
    assert_eq!(with(&input), [format!("3:24 a library reads `input` | {help}")]);
    let parameters = NETWORKS.replace("endswith(cidr, \"/0\")", "data.parameters.x");
    assert_eq!(with(&parameters), ["3:29 a library reads `data.parameters` | pass the value to the function"]);
    let other = with(&NETWORKS.replace("is_everything", "is_everythin"));
    assert_eq!(other, ["14:1 library `networks` has no `is_everything` | did you mean `is_everythin`?"]);
    let renamed = [rule.clone(), file("policies/lib/network.rego", &NETWORKS.replace("lib.networks", "lib.network"))];
    assert_eq!(problems_of(&renamed), ["12:8 there is no library `networks` | did you mean `network`?"]);
}

#[test]
fn a_package_of_conftest_is_one_error() {
    let text = "package main\n\nimport rego.v1\n\ndeny_open contains msg if {\n\tinput.resource_changes[_].type == \"aws_db_instance\"\n\tmsg := \"no\"\n}\n";
    let help =
        "rules of dbkeel judge facts: `dbkeel policy new` begins one; leave what conftest runs out of the folder";
    let problems = problems_of(&[PolicyFile { user: true, ..file("acme/policy/main.rego", text) }]);
    assert_eq!(problems, [format!("5:1 `deny_open` is a rule of conftest, over a whole document | {help}")]);
}

#[test]
fn imports_are_of_libraries() {
    let imported = OPEN_INGRESS.replace("import data.dbkeel.lib.networks", "import data.parameters");
    let problem = "import of `data.parameters` | only `data.dbkeel.lib.<name>` and `rego.v1` can be imported";
    let problems = problems_of(&[file("policies/access/open_ingress.rego", &imported)]);
    assert_eq!(problems, [format!("12:8 {problem}")]);
}

#[test]
fn brackets_nested_too_deeply_are_refused_at_once() {
    let nested = format!("x := {}1{}", "[".repeat(40), "]".repeat(40));
    assert_eq!(body(&nested), ["26:22 brackets are nested more than 16 deep"]);
}

#[test]
fn what_rego_refuses_is_shown_where_it_is() {
    assert_eq!(changed("data.baseline.tier,\n", "data.baseline.tier\n"), ["21:3 expecting `]` while parsing array"]);
    assert_eq!(body("unbound > 3"), ["26:2 use of undefined variable `unbound` is unsafe"]);
}

#[test]
fn a_rule_without_a_test_fails_the_check_and_not_the_load() {
    let mut files = files();
    assert!(load(&files).is_ok());
    assert_eq!(
        shown(&check(&files)),
        [
            "1:1 the rule `open_ingress` has no test | write rules `test_…` in policies/access/open_ingress_test.rego",
            "1:1 the library `networks` has no test | write rules `test_…` in policies/lib/networks_test.rego",
            "1:1 the rule `backup_retention` has no test | write rules `test_…` in policies/retention/backup_retention_test.rego",
        ]
    );
    files.push(file("policies/access/open_ingress_test.rego", "package dbkeel.access.open_ingress_test\n\nx := 1\n"));
    files.push(file("policies/access/gone_test.rego", "package dbkeel.access.gone\n\ntest_x if true\n"));
    let problems = shown(&check(&files));
    assert!(problems.contains(&"1:1 there is no `policies/access/gone.rego` to test".to_owned()));
    let package = "1:9 the package is `dbkeel.access.gone`, but the path says `dbkeel.access.gone_test`";
    assert!(problems.contains(&package.to_owned()), "{problems:?}");
    let empty = "1:1 there is no rule `test_…` in it | a test is a rule whose name begins with `test_`";
    assert!(problems.contains(&empty.to_owned()));
}

const RETENTION_TEST: &str = r#"package dbkeel.retention.backup_retention_test

import data.dbkeel.retention.backup_retention

test_fails_when_short if {
	count(backup_retention.violations) == 1
		with input as {"backup_retention_days": 6}
		with data.parameters as {"min_backup_retention_days": 7}
		with data.baseline as {"tier": "tier-1"}
}

test_is_wrong if {
	count(backup_retention.violations) == 1
		with input as {"backup_retention_days": 7}
		with data.parameters as {"min_backup_retention_days": 7}
}

test_raises_an_error if to_number("x") == 1
"#;

#[test]
fn tests_pass_fail_and_err_with_coverage() {
    let mut files = files();
    files.push(file("policies/retention/backup_retention_test.rego", RETENTION_TEST));
    let report = test(&files, None, true).unwrap();
    let outcomes: Vec<(u32, &TestOutcome)> =
        report.results.iter().map(|result| (result.line, &result.outcome)).collect();
    let error = TestOutcome::Error("could not parse string as number (line 18)".to_owned());
    assert_eq!(outcomes, [(5, &TestOutcome::Passed), (12, &TestOutcome::Failed), (18, &error)]);
    assert_eq!(report.results[0].name, "dbkeel.retention.backup_retention_test.test_fails_when_short");
    assert!(!report.passed());
    let coverage = &report.coverage[0];
    assert_eq!((&*coverage.path, &*coverage.not_covered), ("policies/retention/backup_retention.rego", &[25, 27][..]));
    assert!((50..100).contains(&report.coverage_percent()));
    let filtered = test(&files, Some("fails_when"), false).unwrap();
    assert_eq!((filtered.results.len(), filtered.coverage.len()), (1, 0));
    assert!(filtered.passed());
}

#[test]
fn the_digest_is_of_the_files_that_are_used() {
    let policies = load(&files()).unwrap();
    let all = policies.sha256(|_| true);
    let without_access = policies.sha256(|rule| rule.domain != Domain::Access);
    let only_retention = load(&files()[2..]).unwrap();
    assert_ne!(all, without_access);
    assert_eq!(without_access, only_retention.sha256(|_| true));
    let mut changed = files();
    changed[1] = file("policies/lib/networks.rego", &(NETWORKS.to_owned() + "\n"));
    assert_ne!(load(&changed).unwrap().sha256(|_| true), all);
}

#[test]
fn the_embedded_rules_are_sound_and_their_tests_pass() {
    let files = embedded();
    assert_eq!(shown(&check(&files)), Vec::<String>::new());
    let report = test(&files, None, true).unwrap();
    let failed: Vec<&TestResult> =
        report.results.iter().filter(|result| result.outcome != TestOutcome::Passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

/// The VM and the interpreter say the same of every input of every test, and of it without each fact.
#[test]
fn the_vm_and_the_interpreter_agree_on_all_test_inputs() {
    let files = embedded();
    let policies = load(&files).unwrap();
    for policy in policies.iter() {
        let test = policy.rule.path.replace(".rego", "_test.rego");
        let test = files.iter().find(|file| *file.path == *test).unwrap();
        let cases = cases::cases(&syntax::parse(test).unwrap_or_else(|problem| panic!("{problem}")));
        assert!(!cases.is_empty(), "{}: no test sets `input`", test.path);
        for case in cases {
            let case = case.unwrap_or_else(|| panic!("{}: `with input as` takes literal values", test.path));
            agree(policy, &case);
        }
    }
}

fn agree(policy: &Policy, case: &cases::Case) {
    let data = [Data(case.data.clone().into())];
    let mut evaluator = Evaluator::new(&policy.compiled, &data);
    let given: Vec<String> = case.input.as_object().unwrap().keys().cloned().collect();
    let inputs = std::iter::once(None).chain(given.iter().map(Some));
    for without in inputs {
        let mut input = case.input.clone();
        without.and_then(|fact| input.as_object_mut()?.remove(fact));
        let input: regorus::Value = input.into();
        let careful = evaluator.by_interpreter(0, &input, Question::Everything);
        if without.is_none() {
            assert!(careful.is_ok(), "{}: {input}: {careful:?}", policy.rule.path);
        }
        if careful.is_ok() {
            assert_eq!(evaluator.by_vm(0, &input, Question::Everything), careful, "{}: {input}", policy.rule.path);
        }
    }
}

/// Every number that a baseline may set has a test that one more or one less would turn: it stands at the boundary.
#[test]
fn every_threshold_is_tested_at_its_boundary() {
    let files = embedded();
    let policies = load(&files).unwrap();
    let mut untested = Vec::new();
    for policy in policies.iter() {
        let test = policy.rule.path.replace(".rego", "_test.rego");
        let test = files.iter().find(|file| *file.path == *test).unwrap();
        let cases: Vec<cases::Case> = cases::cases(&syntax::parse(test).unwrap()).into_iter().flatten().collect();
        let thresholds = policy.rule.parameters.iter().filter(|(_, spec)| spec.ty == ParameterType::Integer);
        for (name, _) in thresholds.filter(|(name, _)| !cases.iter().any(|case| turns(policy, case, name))) {
            untested.push(format!("{}: {name}", policy.rule.path));
        }
    }
    assert_eq!(untested, [""; 0]);
}

/// Whether the verdict of a case changes with one more or one less.
fn turns(policy: &Policy, case: &cases::Case, parameter: &str) -> bool {
    let Some(value) = case.data["parameters"][parameter].as_i64() else { return false };
    let fails = |value: i64| {
        let mut data = case.data.clone();
        data["parameters"][parameter] = value.into();
        let data = [Data(data.into())];
        let answer = Evaluator::new(&policy.compiled, &data).judge(0, &case.input.clone().into());
        answer.is_ok_and(|answer| !answer.violations.is_empty())
    };
    let verdict = fails(value);
    fails(value - 1) != verdict || fails(value + 1) != verdict
}

/// The inputs of our own tests, and of them without each optional fact, for `tools/compare-with-opa.py`.
#[test]
fn the_questions_of_our_tests_have_answers() {
    let mut questions = crate::explain::questions::Questions::default();
    let files = embedded();
    let policies = load(&files).unwrap();
    for policy in policies.iter() {
        let test = policy.rule.path.replace(".rego", "_test.rego");
        let test = files.iter().find(|file| *file.path == *test).unwrap();
        for case in cases::cases(&syntax::parse(test).unwrap()).into_iter().flatten() {
            let data = [Data(case.data.clone().into())];
            let mut evaluator = Evaluator::new(&policy.compiled, &data);
            let optional = policy.rule.optional.iter().map(ToString::to_string);
            let optional: Vec<String> = optional.filter(|fact| case.input.get(fact).is_some()).collect();
            for without in std::iter::once(None).chain(optional.iter().map(Some)) {
                let mut input = case.input.clone();
                without.and_then(|fact| input.as_object_mut()?.remove(fact));
                if let Ok(answer) = evaluator.judge(0, &input.clone().into()) {
                    questions.add(policy, Reached::Everything, input, case.data.clone(), &answer);
                }
            }
        }
    }
    assert!(questions.len() > 400, "{}", questions.len());
    questions.write("tests.jsonl");
}

#[test]
fn a_folder_is_read_in_order() {
    let files = read(Path::new("policies")).unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_ref()).collect();
    let embedded = embedded();
    assert_eq!(paths, embedded.iter().map(|file| file.path.as_ref()).collect::<Vec<_>>());
    assert!(files.iter().all(|file| file.user));
    assert_eq!(read(Path::new("no/such/folder")).unwrap_err().to_string(), "cannot read `no/such/folder`");
}

/// The catalogue of controls is no part of the project; it stands beside it where the project is made.
#[test]
fn covers_names_controls_of_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/controls/catalogue.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: ../shared/controls is not here, so `covers` was compared with nothing");
        return;
    };
    let controls: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let known: std::collections::BTreeSet<&str> =
        controls.iter().filter_map(|control| control["id"].as_str()).collect();
    for policy in load(&embedded()).unwrap().iter() {
        for control in &policy.rule.covers {
            assert!(known.contains(control.as_ref()), "{}: there is no control `{control}`", policy.rule.path);
        }
    }
}

#[test]
fn what_a_number_is_compared_with_tells_which_way_it_is_worse() {
    let policies = load_embedded().unwrap();
    let bounds = |id: &str| {
        let policy = policies.iter().find(|policy| &*policy.rule.id == id).unwrap();
        let names = |paths: &[FactPath]| paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        (names(&policy.rule.at_least), names(&policy.rule.at_most))
    };
    assert_eq!(bounds("DBK-RET-001"), ("backup_retention_days".to_owned(), String::new()));
    assert_eq!(bounds("DBK-ACC-023"), (String::new(), "rotation_period_days".to_owned()));
    // Nothing at all is worse than seldom, so more is not always worse.
    assert_eq!(bounds("DBK-LOG-010"), (String::new(), String::new()));
}
