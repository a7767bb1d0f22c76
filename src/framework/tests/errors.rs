//! Every mistake has its place and its remedy.

use super::*;

/// `GOOD` with one stretch replaced.
fn with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    errors_of("own.yaml", &GOOD.replacen(from, to, 1))
}

#[test]
fn a_good_framework_has_no_error() {
    assert_eq!(errors_of("own.yaml", GOOD), "no error");
}

#[test]
fn a_rule_that_does_not_exist_names_the_nearest() {
    assert_eq!(
        with("DBK-RET-002", "DBK-RET-0002"),
        "there is no rule `DBK-RET-0002`\n  --> own.yaml:17:31\n   = help: did you mean `DBK-RET-002`?"
    );
}

#[test]
fn a_demand_on_a_parameter_that_no_rule_takes_names_the_nearest() {
    assert_eq!(
        with("  min_backup_retention_days", "  min_retention_days"),
        "no rule of the evidence takes `min_retention_days`\n  --> own.yaml:10:3\n   \
         = help: did you mean `min_backup_retention_days`?"
    );
}

#[test]
fn a_demand_that_does_not_fit_the_parameter_says_why() {
    let demand = |what: &str| with("{minimum: 30, ", what);
    assert_eq!(
        demand("{minimum: 36, "),
        "the demand on `min_backup_retention_days` does not fit: no baseline can set 36: the rule takes 1 to 35\n  \
         --> own.yaml:10:3"
    );
    assert_eq!(demand("{minimum: 35, "), "no error");
    assert_eq!(
        demand("{equals: true, "),
        "the demand on `min_backup_retention_days` does not fit: `equals` is for a parameter of type boolean, and this one is \
         of type integer\n  --> own.yaml:10:3"
    );
    assert_eq!(
        demand("{"),
        "the demand on `min_backup_retention_days` asks nothing\n  --> own.yaml:10:3\n   \
         = help: give one of `minimum`, `maximum`, `equals`, `contains`, `within`"
    );
    assert_eq!(
        demand("{minimum: 3, maximum: 30, "),
        "the demand on `min_backup_retention_days` asks more than one thing\n  --> own.yaml:10:3\n   \
         = help: give one of `minimum`, `maximum`, `equals`, `contains`, `within`"
    );
    assert_eq!(demand("{minimum: many, "), "`minimum` is a text, not an integer\n  --> own.yaml:10:40");
}

#[test]
fn a_report_must_not_claim_more_than_rules_test() {
    assert_eq!(
        with("assessment: partial", "assessment: automated"),
        "control `DB-1` is `automated`, and has a `remainder`\n  --> own.yaml:14:17\n   = help: write `partial`, or take it out"
    );
    assert_eq!(
        with("assessment: automated", "assessment: partial"),
        "control `DB-2` is `partial`, and does not say what is left\n  --> own.yaml:20:17\n   = help: add a `remainder`"
    );
    assert_eq!(
        with("assessment: manual", "assessment: automated"),
        "control `DB-3` has no rule that gives evidence\n  --> own.yaml:28:17\n   = help: write `manual`"
    );
    assert_eq!(
        with("assessment: partial", "assessment: manual"),
        "control `DB-1` is `manual`, and rules give evidence for it\n  --> own.yaml:14:17\n   \
         = help: write `partial`, with a `remainder`"
    );
    assert_eq!(
        with("assessment: partial", "assessment: full"),
        "`full` is not a degree of assessment; expected one of automated, partial, manual\n  --> own.yaml:14:17"
    );
}

#[test]
fn a_mapping_without_a_source_is_refused_and_so_is_a_source_without_a_mapping() {
    assert_eq!(
        with("DBK-RET-002], sources: [handbook]", "DBK-RET-002], sources: [handbok]"),
        "`sources` does not say what `handbok` is\n  --> own.yaml:17:55\n   = help: did you mean `handbook`?"
    );
    assert_eq!(
        with("DBK-RET-002], sources: [handbook]", "DBK-RET-002]"),
        "evidence has no `sources`\n  --> own.yaml:17:9\n   = help: add `sources`, which must be there"
    );
    assert_eq!(
        with("  handbook: chapter 4\n", "  handbook: chapter 4\n  gossip: the canteen\n"),
        "no mapping and no demand names the source `gossip`\n  --> own.yaml:9:3"
    );
}

#[test]
fn controls_stand_in_order_and_once() {
    assert_eq!(
        with("id: DB-2", "id: DB-1"),
        "control `DB-1` is given twice\n  --> own.yaml:18:9\n   = help: sort controls by number, each once"
    );
    assert_eq!(
        with("id: DB-2", "id: DB-10"),
        "control `DB-3` stands after `DB-10`\n  --> own.yaml:26:9\n   = help: sort controls by number, each once"
    );
    assert_eq!(with("[DB-9]", "[DB-3]"), "`DB-3` is set aside, and is a control too\n  --> own.yaml:30:12");
    assert_eq!(
        with("[DBK-RET-001, DBK-RET-002]", "[DBK-RET-001, DBK-RET-001]"),
        "rule `DBK-RET-001` is given twice\n  --> own.yaml:17:31"
    );
}

#[test]
fn a_number_that_the_framework_does_not_have_is_refused() {
    assert_eq!(
        with("numbering: free", "numbering: soc-2").lines().take(3).collect::<Vec<_>>(),
        ["`DB-1` is no number of `soc-2`", "  --> own.yaml:12:9", "   = help: a number looks like `CC6.1`"]
    );
    assert!(with("numbering: free", "numbering: sox").starts_with("`sox` is not a numbering; expected one of cis, "));
}

#[test]
fn a_type_that_no_source_knows_is_refused() {
    assert_eq!(
        with("[aws_db_instance]", "[aws_db_instances]"),
        "no source gives facts of type `aws_db_instances`\n  --> own.yaml:21:13\n   \
         = help: `types` takes Terraform types such as `aws_db_instance`"
    );
}

#[test]
fn the_file_is_called_like_the_framework() {
    assert_eq!(
        errors_of("other.yaml", GOOD),
        "the framework's id is `own`, and the file is called otherwise\n  --> other.yaml:1:5\n   = help: call the file `own.yaml`"
    );
}

#[test]
fn keys_are_strict_everywhere() {
    for (from, to, said) in [
        ("edition: \"1\"", "edition: \"1\"\nversion: 2", "a framework has no key `version`"),
        ("    title: Backups", "    name: x\n    title: Backups", "a control has no key `name`"),
        (
            "sources: [handbook]}\n  - id: DB-2",
            "sources: [handbook], rule: x}\n  - id: DB-2",
            "evidence has no key `rule`",
        ),
        ("reason: about", "why: x, reason: about", "an element of `set_aside` has no key `why`"),
        (
            "{minimum: 30, ",
            "{minimum: 30, at_least: 3, ",
            "the demand on `min_backup_retention_days` has no key `at_least`",
        ),
        ("edition: \"1\"\n", "", "a framework has no `edition`"),
        ("controls:", "control:", "a framework has no key `control`"),
        (
            "set_aside:\n  - {ids: [DB-9], reason: about something else}",
            "set_aside: no",
            "`set_aside` is a text, not a list",
        ),
    ] {
        let errors = with(from, to);
        assert!(errors.contains(said), "{said}:\n{errors}");
    }
}

#[test]
fn no_text_makes_the_reader_panic() {
    // Every cut of a file that is well-formed YAML, or is not.
    for end in (0..GOOD.len()).filter(|end| GOOD.is_char_boundary(*end)) {
        let _ = errors_of("own.yaml", &GOOD[..end]);
    }
    for text in ["", "null", "[]", "a: [", "controls: {}", "id: {a: b}\ncontrols: [1, [], null]", "\u{feff}id: x"] {
        assert_ne!(errors_of("own.yaml", text), "no error");
    }
}
