use super::samples::{BACKUP_RETENTION, file, files};
use super::*;
use crate::model::{Domain, Kind, ParameterType, Severity};

/// Every problem as `line:column title | help`.
fn problems_of(files: &[PolicyFile]) -> Vec<String> {
    let problems = load(files).expect_err("the files load");
    let shown = |problem: &Diagnostic| {
        let (line, column) = problem.place.unwrap_or_default();
        let help = problem.help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{line}:{column} {}{help}", problem.title)
    };
    problems.iter().map(shown).collect()
}

fn retention(text: &str) -> Vec<String> {
    problems_of(&[file("policies/retention/backup_retention.rego", text)])
}

/// The sample rule with one text replaced by another.
fn changed(from: &str, to: &str) -> Vec<String> {
    assert!(BACKUP_RETENTION.contains(from), "the sample has no {from}");
    retention(&BACKUP_RETENTION.replace(from, to))
}

#[test]
fn a_rule_is_loaded_with_what_it_reads() {
    let policies = load(&files()).unwrap();
    let rule = &policies.find("backup_retention").unwrap().rule;
    assert_eq!(*rule.id, *"DBK-RET-001");
    assert_eq!(rule.domain, Domain::Retention);
    assert_eq!(rule.severity, Severity::High);
    assert_eq!(rule.reads.iter().map(ToString::to_string).collect::<Vec<_>>(), ["is_replica", "backup_retention_days"]);
    assert_eq!(rule.optional.iter().map(ToString::to_string).collect::<Vec<_>>(), ["is_replica"]);
    assert_eq!(rule.kinds, [Kind::Instance, Kind::Cluster]);
    assert_eq!(rule.parameters["min_backup_retention_days"].ty, ParameterType::Integer);
    assert_eq!(
        *rule.remediation.terraform["aws_db_instance"]["backup_retention_period"],
        *"{{ min_backup_retention_days }}"
    );
    assert!(policies.find("DBK-RET-001").unwrap().reads_tier);
    assert!(!policies.find("DBK-ACC-001").unwrap().reads_tier);
}

#[test]
fn an_unknown_fact_is_refused_with_the_nearest_one() {
    assert_eq!(
        changed("input.backup_retention_days <", "input.backup_retention_day <"),
        [
            "17:8 there is no fact `backup_retention_day` | did you mean `backup_retention_days`? `dbkeel facts` lists them all"
        ]
    );
}

#[test]
fn tmp_real_rules() {
    let mut files = read(std::path::Path::new("../rules2/policies")).unwrap();
    for file in &mut files {
        file.user = false;
    }
    let start = std::time::Instant::now();
    match load(&files) {
        Ok(p) => println!("loaded {} in {:?}", p.iter().count(), start.elapsed()),
        Err(problems) => {
            for problem in problems {
                println!("{problem}");
            }
        }
    }
}
