//! A mistake in every kind of place of a baseline gives exactly one error, with file, line, column and a remedy.

use std::collections::BTreeSet;

use super::*;

const RICH: &str = include_str!("../../../testdata/baselines/rich.yaml");
const COMPANY: &str = include_str!("../../../testdata/baselines/company.yaml");

/// What is misspelt or misplaced: what it is, what stands there, what stands there instead.
const MISTAKES: &[(&str, &str, &str)] = &[
    // Keys
    ("a key of the baseline", "description: A base", "descripton: A base"),
    ("a key that must be there", "name: rich", "nmae: rich"),
    ("a key without a like", "untiered: tier-2", "wombat: tier-2"),
    ("a key that is indented too little", "  max_resources: 10", "max_resources: 10"),
    ("a key of rules", "  include: [", "  inclde: ["),
    ("a key of a tier", "    severity:\n      DBK-AVA-001", "    severty:\n      DBK-AVA-001"),
    ("a key of a change", "    reason: the audit", "    raeson: the audit"),
    ("the day of a change", "  - from: 2027-01-01", "  - form: 2027-01-01"),
    (
        "a key of a tier of a change",
        "        parameters: {min_backup_retention_days: 14}",
        "        parmeters: {min_backup_retention_days: 14}",
    ),
    ("a key that a change does not take", "    rules: {add: [logging/*]}", "    assign: {add: [logging/*]}"),
    ("a key of an assignment", "    engine: [postgres", "    engin: [postgres"),
    ("a key of waivers", "  max_days: {", "  max_day: {"),
    ("a key of drift", "  approved_modules: [", "  aproved_modules: ["),
    ("a key of an ignore rule", "      reason: Finance", "      reson: Finance"),
    ("a key of golden parameters", "  - family: [", "  - familly: ["),
    ("a key of an engine version", "newest_minor: \"17.9\"", "newest_mnior: \"17.9\""),
    ("a key given twice", "waivers:\n", "description: again\nwaivers:\n"),
    (
        "a parameter given twice",
        "  required_tags: [owner, service]",
        "  required_tags: [owner]\n  required_tags: [owner, service]",
    ),
    ("a tier given twice", "  lab:\n", "  tier-1: {}\n  lab:\n"),
    ("a severity given twice", "  DBK-ACC-012: medium", "  DBK-ACC-012: medium\n  DBK-ACC-012: low"),
    ("a tag given twice", "{purpose: [lab, experiment]}", "{purpose: [lab], purpose: [experiment]}"),
    // Names
    ("the name of the baseline", "name: rich", "name: rich and famous"),
    ("an empty name", "name: rich", "name: \"\""),
    ("the name of a new tier", "  lab:\n", "  our lab:\n"),
    ("a tier that is not assigned", "  lab:\n", "  lab: {}\n  lap:\n"),
    ("a tier of another file, misspelt", "  tier-1:\n    description", "  teir-1:\n    description"),
    ("a tier of an assignment", "  - tier: lab", "  - tier: lub"),
    ("a tier of a change", "      tier-2:\n", "      tier-22:\n"),
    ("the tier of what is untiered", "untiered: tier-2", "untiered: teir-2"),
    ("a tier of golden parameters", "    tiers: [tier-1]", "    tiers: [tier-11]"),
    ("the id of a rule", "  add: [DBK-AVA-001]", "  add: [DBK-AVA-0001]"),
    ("a glob over rules that matches none", "    - ownership/data_classified", "    - ownership/data_clasified"),
    ("the id of a rule with a severity", "  DBK-ACC-012: medium", "  DBK-AAC-012: medium"),
    ("a domain with a severity", "  access/*: high", "  acess/*: high"),
    ("a rule of a change", "[logging/*]", "[loging/*]"),
    ("a parameter", "  min_backup_retention_days: 7", "  min_backup_days: 7"),
    ("a parameter of a tier", "      min_backup_retention_days: 35", "      min_backup_retension_days: 35"),
    ("a parameter of a change", "{max_minor_version_age_days: 30}", "{max_minor_age_days: 30}"),
    ("a severity", "  access/*: high", "  access/*: hihg"),
    ("a severity of a tier", "      DBK-AVA-001: critical", "      DBK-AVA-001: urgent"),
    ("a severity of a waiver", "{critical: 30, high: 90}", "{critcal: 30, high: 90}"),
    ("a fact of an ignore rule", "    - fact: tags.cost-centre", "    - fact: tag.cost-centre"),
    // Types
    ("a text for an integer", "  min_backup_retention_days: 7", "  min_backup_retention_days: \"7\""),
    ("a fraction for an integer", "  min_backup_retention_days: 7", "  min_backup_retention_days: 7.5"),
    ("a word for true", "  require_customer_managed_key: false", "  require_customer_managed_key: no"),
    ("a text for a list", "  required_tags: [owner, service]", "  required_tags: owner"),
    ("a number in a list of texts", "  required_tags: [owner, service]", "  required_tags: [owner, 7]"),
    ("an empty text in a list of texts", "  required_tags: [owner, service]", "  required_tags: [owner, \"\"]"),
    ("a list for a text", "  classification_tag: data-classification", "  classification_tag: [data-classification]"),
    ("an empty text for a text", "  classification_tag: data-classification", "  classification_tag: \"\""),
    ("nothing for a parameter", "  min_backup_retention_days: 7", "  min_backup_retention_days:"),
    ("a number for a severity", "  access/*: high", "  access/*: 3"),
    ("a number for a tag", "      - pci: \"true\"", "      - pci: 1"),
    ("a truth for a tag", "      - pci: \"true\"", "      - pci: true"),
    ("a number for an account", "    account: \"111122223333\"", "    account: 111122223333"),
    (
        "a list for tiers",
        "tiers:\n  tier-1:\n    description: Critical.\n    parameters:\n      min_backup_retention_days: 35\n    severity:\n      DBK-AVA-001: critical\n  lab:\n    description: For experiments.",
        "tiers: [tier-1, lab]",
    ),
    ("a text for a tier", "  lab:\n    description: For experiments.", "  lab: For experiments."),
    (
        "a list for parameters",
        "    parameters: {max_minor_version_age_days: 30}",
        "    parameters: [max_minor_version_age_days]",
    ),
    ("a list for severities", "    severity: {patch/*: high}", "    severity: [patch/*]"),
    ("a mapping for upcoming", "upcoming:\n  - from: 2027-01-01\n", "upcoming:\n    from: 2027-01-01\n"),
    (
        "a text for assign",
        "assign:\n  - tier: lab\n    tags: {purpose: [lab, experiment]}\n    account: \"111122223333\"\n    name: [\"lab-*\", \"*-lab\"]\n    engine: [postgres, \"aurora-*\"]\n  - tier: tier-1\n    tags:\n      - pci: \"true\"\n      - hipaa: \"true\"",
        "assign: lab",
    ),
    (
        "a text for a list of rules",
        "  exclude:\n    - ownership/data_classified",
        "  exclude: {ownership: data_classified}",
    ),
    ("a text for waivers", "waivers:\n  max_days: {critical: 30, high: 90}\n  max_resources: 10", "waivers: none"),
    ("a text for engines of a version", "{newest_minor: \"17.9\"", "{newest_minor: 17.9"),
    ("an empty list", "    name: [\"lab-*\", \"*-lab\"]", "    name: []"),
    ("an empty mapping of tags", "    tags: {purpose: [lab, experiment]}", "    tags: {}"),
    ("nothing in a list", "    - ownership/data_classified", "    - ownership/data_classified\n    -"),
    // Values
    ("a parameter above its bounds", "      min_backup_retention_days: 35", "      min_backup_retention_days: 36"),
    ("a parameter below its bounds", "{min_backup_retention_days: 14}", "{min_backup_retention_days: 0}"),
    ("a text that a rule does not take", "  log_statement_levels: [ddl, all]", "  log_statement_levels: [ddl, al]"),
    ("a day that is none", "  - from: 2027-01-01", "  - from: 2027-02-30"),
    ("a day in another form", "  - from: 2027-01-01", "  - from: 01.01.2027"),
    ("a day of an ignore rule", "      expires: 2027-06-30", "      expires: 2027-6-30"),
    ("a day of an engine version", "standard_support_ends: 2030-02-28", "standard_support_ends: 2030"),
    ("the order of two days", "extended_support_ends: 2033-02-28", "extended_support_ends: 2029-02-28"),
    ("too many days of a waiver", "{critical: 30, high: 90}", "{critical: 30, high: 9000}"),
    ("no resources of a waiver", "  max_resources: 10", "  max_resources: 0"),
    ("a glob that is none", "    name: [\"lab-*\", \"*-lab\"]", "    name: [\"lab-[\"]"),
    ("a glob over rules that is none", "  access/*: high", "  access/{*: high"),
    (
        "a change that changes nothing",
        "    rules: {add: [logging/*]}\n    parameters: {max_minor_version_age_days: 30}\n    severity: {patch/*: high}\n    tiers:\n      tier-2:\n        parameters: {min_backup_retention_days: 14}\n        severity: {DBK-RET-001: critical}\n",
        "",
    ),
    (
        "an assignment without a condition",
        "  - tier: tier-1\n    tags:\n      - pci: \"true\"\n      - hipaa: \"true\"",
        "  - tier: tier-1",
    ),
    ("a default with a condition", "untiered: tier-2", "  - {tier: tier-2, default: true, name: x}"),
    ("a default beside untiered", "untiered: tier-2", "  - {tier: tier-2, default: true}\nuntiered: tier-2"),
    ("two defaults", "untiered: tier-2", "  - {tier: tier-2, default: true}\n  - {tier: tier-2, default: true}\n"),
    // Files
    ("a baseline that does not exist", "extends: company.yaml", "extends: stnadard"),
    ("a file that does not exist", "extends: company.yaml", "extends: ../company.yml"),
    ("a circle", "extends: company.yaml", "extends: ./rich.yaml"),
    ("several baselines", "extends: company.yaml", "extends: [standard, company.yaml]"),
    (
        "a file of engine versions that does not exist",
        "engines:\n  postgres:\n    \"17\": {newest_minor: \"17.9\", standard_support_ends: 2030-02-28, extended_support_ends: 2033-02-28, ended: false}",
        "engines: versions.yaml",
    ),
    // YAML
    ("a tab", "  max_resources: 10", "\tmax_resources: 10"),
    ("a bracket that is not closed", "  add: [DBK-AVA-001]", "  add: [DBK-AVA-001"),
    ("a quote that is not closed", "description: A baseline", "description: \"A baseline"),
    ("a colon that is missing", "  max_resources: 10", "  max_resources 10"),
    ("an alias without an anchor", "  required_tags: [owner, service]", "  required_tags: *tags"),
    ("a merge key", "  lab:\n", "  lab:\n    <<: {description: x}\n"),
    ("a second document", "waivers:\n", "---\nwaivers:\n"),
];

fn found(text: &str, company: &str) -> Vec<Diagnostic> {
    let read = |path: &str| match path.replace("/./", "/").as_str() {
        "conf/rich.yaml" => Ok(text.as_bytes().to_vec()),
        "conf/company.yaml" => Ok(company.as_bytes().to_vec()),
        _ => Err(io::Error::from(io::ErrorKind::NotFound)),
    };
    let policies = crate::policy::load_embedded().unwrap();
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| Arc::clone(&policy.rule)).collect();
    load("conf/rich.yaml", &read, &rules).err().unwrap_or_default()
}

#[test]
fn the_rich_baseline_has_no_mistake() {
    assert_eq!(joined(&found(RICH, COMPANY)), "");
    let names: BTreeSet<&str> = MISTAKES.iter().map(|(name, _, _)| *name).collect();
    assert_eq!(names.len(), MISTAKES.len());
}

#[test]
fn a_mistake_in_any_place_is_one_error_with_a_place_and_a_remedy() {
    let mut golden = String::new();
    let mut odd = Vec::new();
    for (name, from, to) in MISTAKES {
        assert_eq!(RICH.matches(from).count(), 1, "{name}: `{from}`");
        let found = found(&RICH.replacen(from, to, 1), COMPANY);
        golden.push_str(&format!("# {name}\n{}\n\n", joined(&found)));
        if found.len() != 1 || found.iter().any(|found| found.place.is_none() || found.help.is_none()) {
            odd.push(*name);
        }
    }
    assert!(odd.is_empty(), "{odd:?}\n{golden}");
    insta::assert_snapshot!(golden);
}

#[test]
fn a_mistake_in_a_file_that_is_extended_is_told_there() {
    let found = found(RICH, &COMPANY.replace("60", "6000"));
    assert_eq!(
        joined(&found),
        "`max_minor_version_age_days` is 6000; rule `newest_minor_version` takes 0 to 730\n  \
         --> conf/company.yaml:5:31\n   = help: its default is `90`"
    );
}
