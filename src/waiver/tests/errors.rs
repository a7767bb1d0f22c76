//! Every mistake has its place and its remedy.

use super::*;

/// `GOOD` with one stretch replaced.
fn with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    errors(&GOOD.replace(from, to))
}

#[test]
fn a_good_file_has_no_error() {
    assert_eq!(errors(GOOD), "no error");
    assert_eq!(errors("waivers: []"), "no error");
}

#[test]
fn an_unknown_key_names_the_nearest() {
    assert_eq!(
        with("reason:", "raeson:"),
        "a waiver has no key `raeson`\n  --> w.yaml:5:5\n   = help: did you mean `reason`?"
    );
    assert_eq!(
        with("waivers:", "wavers:"),
        "a waiver file has no key `wavers`\n  --> w.yaml:1:1\n   = help: did you mean `waivers`?"
    );
}

#[test]
fn a_key_that_must_be_there_is_missed() {
    for (line, key) in
        [("id: W-1\n    ", "id"), ("    rule: DBK-RET-001\n", "rule"), ("    expires: 2027-01-31\n", "expires")]
    {
        assert_eq!(
            with(line, ""),
            format!("a waiver has no `{key}`\n  --> w.yaml:2:5\n   = help: add `{key}`, which must be there"),
            "{key}"
        );
    }
}

#[test]
fn a_waiver_says_which_resources_it_is_for() {
    assert_eq!(
        with("    resource: aws_db_instance.a\n", ""),
        "the waiver does not say which resources it is for\n  --> w.yaml:2:5\n   \
         = help: add `resource` (an address, an ARN or a glob), `tags` or `tier`, or `source_comment: required`"
    );
    assert_eq!(with("resource: aws_db_instance.a", "source_comment: required"), "no error");
    assert_eq!(with("resource: aws_db_instance.a", "tags: {owner: [db-*]}"), "no error");
    assert_eq!(
        with("resource: aws_db_instance.a", "source_comment: true"),
        "`source_comment` takes only the word `required`\n  --> w.yaml:4:21\n   \
         = help: write `source_comment: required`, or leave it out"
    );
    assert_eq!(
        with("resource: aws_db_instance.a", "resource: []"),
        "`resource` is empty\n  --> w.yaml:4:15\n   = help: name at least one, or leave it out"
    );
    assert_eq!(with("resource: aws_db_instance.a", "tags: {}"), "`tags` is empty\n  --> w.yaml:4:11");
}

#[test]
fn names_are_looked_up() {
    for name in ["DBK-RET-000", "backup_retention"] {
        assert_eq!(with("DBK-RET-001", name), "no error");
    }
    assert_eq!(
        with("DBK-RET-001", "backup_retentoin"),
        "no rule is called `backup_retentoin`\n  --> w.yaml:3:11\n   = help: did you mean `backup_retention`?"
    );
    assert_eq!(
        with("resource: aws_db_instance.a", "tier: tier-3"),
        "the baseline has no tier `tier-3`\n  --> w.yaml:4:11\n   = help: did you mean `tier-1`?"
    );
}

#[test]
fn a_day_is_a_day_of_the_calendar() {
    assert_eq!(
        with("2027-01-31", "2027-02-29"),
        "`expires` is `2027-02-29`, not a date\n  --> w.yaml:6:14\n   = help: write it as `2026-08-22`"
    );
    assert_eq!(
        with("2027-01-31", "2027-01-31T00:00:00Z"),
        "`expires` is `2027-01-31T00:00:00Z`, not a date\n  --> w.yaml:6:14\n   = help: write it as `2026-08-22`"
    );
    assert_eq!(
        with("    expires: ", "    created: 2027-02-01\n    expires: "),
        "it expires on 2027-01-31, before it is created on 2027-02-01\n  --> w.yaml:7:14\n   \
         = help: exchange the two days, or mend the one that is wrong"
    );
}

#[test]
fn two_waivers_have_two_ids() {
    let second = GOOD.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>();
    assert_eq!(
        errors(&format!("{GOOD}{second}")),
        "two waivers have the id `W-1`\n  --> w.yaml:7:9\n   = help: the first is at line 2"
    );
    assert_eq!(
        with("id: W-1", "id: a b"),
        "`id` is `a b`\n  --> w.yaml:2:9\n   \
         = help: use up to 64 of the letters a to z, digits, `-`, `_` and `.`"
    );
}

#[test]
fn what_is_no_list_is_refused() {
    assert_eq!(
        errors(""),
        "the waiver file is empty\n  --> w.yaml:1:1\n   = help: write `waivers: []` if there are none"
    );
    assert_eq!(
        errors("waivers: {}"),
        "`waivers` is a mapping, not a list\n  --> w.yaml:1:10\n   = help: write `waivers: []` if there are none"
    );
}
