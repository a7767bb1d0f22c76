//! Every mistake has its place and its remedy.

use super::*;

/// `GOOD` with one stretch replaced.
fn with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    errors(&GOOD.replace(from, to))
}

#[test]
fn a_good_baseline_has_no_error() {
    assert_eq!(errors(GOOD), "no error");
}

#[test]
fn an_unknown_key_names_the_nearest() {
    assert_eq!(
        with("tiers:\n", "tires: {}\ntiers:\n"),
        "a baseline has no key `tires`\n  --> b.yaml:2:1\n   = help: did you mean `tiers`?"
    );
    assert_eq!(
        with("strict: {}", "strict: {wombat: 1}"),
        "tier `strict` has no key `wombat`\n  --> b.yaml:3:12\n   = help: expected one of `description`, `parameters`, `severity`"
    );
}

#[test]
fn an_unknown_parameter_names_the_nearest_and_its_rule() {
    assert_eq!(
        with("tiers:\n", "parameters:\n  min_backup_days: 3\ntiers:\n"),
        "baseline `good` sets `min_backup_days`, which no rule takes\n  --> b.yaml:3:3\n   \
         = help: rule `backup_retention` takes `min_backup_retention_days`"
    );
    assert_eq!(
        with("strict: {}", "strict: {parameters: {wombat: 1}}"),
        "tier `strict` sets `wombat`, which no rule takes\n  --> b.yaml:3:25\n   \
         = help: `dbkeel policy list` shows the rules and their parameters"
    );
}

#[test]
fn a_parameter_of_the_wrong_type_says_what_the_rule_takes() {
    let set = |what: &str| with("strict: {}", &format!("strict: {{parameters: {{{what}}}}}"));
    assert_eq!(
        set("min_backup_retention_days: \"7\""),
        "`min_backup_retention_days` is a text; rule `backup_retention` takes an integer\n  --> b.yaml:3:52\n   \
         = help: its default is `7`"
    );
    assert_eq!(
        set("require_multi_az: yes"),
        "`require_multi_az` is a text; rule `multi_az` takes true or false\n  --> b.yaml:3:43\n   \
         = help: its default is `true`"
    );
    assert_eq!(
        set("min_tls: 1.20"),
        "`min_tls` is a number; rule `tls_version` takes a text\n  --> b.yaml:3:34\n   = help: quote it: `\"1.20\"`"
    );
    assert_eq!(
        set("required_tags: owner"),
        "`required_tags` is a text; rule `required_tags` takes a list of texts\n  --> b.yaml:3:40\n   \
         = help: write a list: `[owner]`"
    );
    assert_eq!(
        set("required_tags: [owner, 8.0]"),
        "an element of `required_tags` is a number, not a text\n  --> b.yaml:3:48\n   = help: quote it: `\"8.0\"`"
    );
}

#[test]
fn an_integer_beyond_its_bounds_is_refused_and_at_its_bounds_taken() {
    let set = |days: i64| with("strict: {}", &format!("strict: {{parameters: {{min_backup_retention_days: {days}}}}}"));
    assert_eq!(set(1), "no error");
    assert_eq!(set(35), "no error");
    assert_eq!(
        set(0),
        "`min_backup_retention_days` is 0; rule `backup_retention` takes 1 to 35\n  --> b.yaml:3:52\n   = help: its default is `7`"
    );
    assert_eq!(
        set(36),
        "`min_backup_retention_days` is 36; rule `backup_retention` takes 1 to 35\n  --> b.yaml:3:52\n   = help: its default is `7`"
    );
}

#[test]
fn a_text_that_a_rule_does_not_take_names_the_nearest() {
    let set = |what: &str| with("strict: {}", &format!("strict: {{parameters: {{{what}}}}}"));
    assert_eq!(set("tls_levels: [none, ddl]"), "no error");
    assert_eq!(
        set("tls_levels: [ddl, nome]"),
        "an element of `tls_levels` is `nome`, which rule `tls_version` does not take\n  --> b.yaml:3:43\n   \
         = help: did you mean `none`?"
    );
}

#[test]
fn a_key_given_twice_names_both_places() {
    assert_eq!(
        with("  usual: {}\n", "  usual: {}\n  strict: {}\n"),
        "`strict` is given twice in `tiers`\n  --> b.yaml:5:3\n   = help: the first is at line 3"
    );
    assert_eq!(
        with("tiers:\n", "name: again\ntiers:\n"),
        "`name` is given twice in a baseline\n  --> b.yaml:2:1\n   = help: the first is at line 1"
    );
}

#[test]
fn there_is_one_default_at_most_and_it_is_last() {
    assert_eq!(
        with("tags: {tier: gold}", "default: true"),
        "there are two defaults\n  --> b.yaml:7:5\n   = help: the first is at line 6; keep one of them, as the last entry"
    );
    assert_eq!(
        with("  - {tier: usual, default: true}\n", "  - {tier: usual, default: true}\n  - {tier: strict, name: x}\n"),
        "the default is not last\n  --> b.yaml:7:5\n   = help: what stands after it could never match"
    );
    assert_eq!(
        with("default: true", "default: true, name: x"),
        "the default has conditions, but it takes what is left\n  --> b.yaml:7:5\n   = help: take out `default: true`, or the conditions"
    );
}

#[test]
fn an_assignment_needs_a_condition_and_a_tier_that_exists() {
    assert_eq!(
        with(", tags: {tier: gold}", ""),
        "the assignment has no condition\n  --> b.yaml:6:5\n   \
         = help: add `tags`, `account`, `name` or `engine`, or write `default: true`"
    );
    assert_eq!(
        with("{tier: strict,", "{tier: strickt,"),
        "there is no tier `strickt`\n  --> b.yaml:6:12\n   = help: did you mean `strict`?"
    );
    assert_eq!(
        with("tier: strict, ", ""),
        "an assignment has no `tier`\n  --> b.yaml:6:5\n   = help: add `tier`, which must be there"
    );
}

#[test]
fn a_tier_that_nothing_is_assigned_to_is_refused() {
    assert_eq!(
        with("  usual: {}\n", "  usual: {}\n  idle: {}\n"),
        "nothing is assigned to tier `idle`\n  --> b.yaml:5:3\n   = help: add it to `assign`, or take it out"
    );
}

#[test]
fn a_bad_glob_shows_what_is_wrong_with_it() {
    assert_eq!(
        with("tags: {tier: gold}", "name: [\"db[\"]"),
        "`db[` is not a glob: unclosed character class; missing ']'\n  --> b.yaml:6:27\n   = help: write `\\` before a bracket or a brace that stands for itself"
    );
    assert_eq!(
        errors(&format!("rules: {{include: [\"a{{\"]}}\n{GOOD}")),
        "`a{` is not a glob: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)\n  --> b.yaml:1:19\n   = help: write `\\` before a bracket or a brace that stands for itself"
    );
}

#[test]
fn a_rule_that_does_not_exist_names_the_nearest() {
    let include = |what: &str| errors(&format!("rules: {{include: [{what}]}}\n{GOOD}"));
    assert_eq!(
        include("backup_retentoin"),
        "no rule matches `backup_retentoin`\n  --> b.yaml:1:19\n   \
         = help: did you mean `DBK-RET-001` (retention/backup_retention)?"
    );
    assert_eq!(
        include("DBK-RET-002"),
        "no rule matches `DBK-RET-002`\n  --> b.yaml:1:19\n   = help: did you mean `DBK-RET-001`?"
    );
    assert_eq!(
        include("wombats/*"),
        "no rule matches `wombats/*`\n  --> b.yaml:1:19\n   \
         = help: a rule is named by its id, or by a glob such as `retention/*`"
    );
}

#[test]
fn rules_are_all_or_lists() {
    assert_eq!(
        errors(&format!("rules: [retention/*]\n{GOOD}")),
        "`rules` is a list\n  --> b.yaml:1:8\n   = help: write `all`, or lists under `include`, `add` and `exclude`"
    );
    assert_eq!(
        errors(&format!("rules: some\n{GOOD}")),
        "`rules` is a text\n  --> b.yaml:1:8\n   = help: write `all`, or lists under `include`, `add` and `exclude`"
    );
}

#[test]
fn empty_parts_are_named() {
    assert_eq!(
        errors(""),
        "the baseline is empty\n  --> b.yaml:1:1\n   \
         = help: a baseline has `name`, `tiers` and `assign`, or `name` and `extends`"
    );
    assert_eq!(errors("# nothing\n"), errors(""));
    assert_eq!(with("name: good", "name: \"\""), "`name` is empty\n  --> b.yaml:1:7\n   = help: write a text");
    assert_eq!(
        with("{tier: gold}", "{}"),
        "`tags` is empty\n  --> b.yaml:6:26\n   = help: name at least one tag, or leave it out"
    );
    assert_eq!(
        with("gold", "[]"),
        "tag `tier` is empty\n  --> b.yaml:6:33\n   = help: name at least one, or leave it out"
    );
    assert_eq!(
        errors("name: x\ntiers: {}\nassign: []\n"),
        "`tiers` is empty\n  --> b.yaml:2:8\n   = help: name at least one tier\n`assign` is empty\n  --> b.yaml:3:9\n   \
         = help: list the tiers and what belongs to them, the default last"
    );
}

#[test]
fn what_must_be_there_is_missed() {
    assert_eq!(
        errors("description: x\n"),
        "a baseline has no `assign`\n  --> b.yaml:1:1\n   = help: add `assign`, which must be there\na baseline has no `name`\n  --> b.yaml:1:1\n   = help: add `name`, which must be there\n\
         a baseline has no `tiers`\n  --> b.yaml:1:1\n   = help: add `tiers`, which must be there"
    );
    assert_eq!(
        errors("- 1\n"),
        "a baseline is a list, not a mapping\n  --> b.yaml:1:1\n   = help: it takes `name`, `extends`, `description`, \
         `rules`, `engines`, `parameters`, `severity`, `tiers`, `upcoming`, `assign`, `untiered`, `waivers`, `drift`, \
         `golden_parameters`, `targets`"
    );
}

#[test]
fn names_are_plain_words() {
    assert_eq!(with("usual: {}", "\"a\\nb\": {}").lines().next(), Some("the name of a tier is `a\\nb`"));
}

#[test]
fn numbers_that_are_texts_must_be_quoted() {
    assert_eq!(
        with("tags: {tier: gold}", "account: [012345678901]"),
        "an element of `account` is a number, not a text\n  --> b.yaml:6:30\n   = help: quote it: `\"012345678901\"`"
    );
}

#[test]
fn all_mistakes_are_reported_in_the_order_of_the_file() {
    let text = "\
nmae: x
rules: {exclude: [DBK-XXX-999]}
tiers:
  a: {parameters: {min_backup_retention_days: 99, require_multi_az: 1}}
assign:
  - {tier: b, name: \"[\"}
";
    let found = parse("b.yaml", text, &rules()).unwrap_err();
    let places: Vec<_> = found.iter().filter_map(|found| found.place).collect();
    assert_eq!(places, [(1, 1)]);
    let found = parse("b.yaml", &text.replace("nmae", "name"), &rules()).unwrap_err();
    let places: Vec<_> = found.iter().filter_map(|found| found.place).collect();
    assert_eq!(places, [(2, 19), (4, 47), (4, 69), (6, 12), (6, 21)]);
}

#[test]
fn yaml_that_cannot_be_read_has_a_place() {
    assert_eq!(errors("name: [a\ntiers: {}\n").lines().nth(1), Some("  --> b.yaml:2:6"));
    assert_eq!(errors("name: a\n---\nname: b\n").lines().next(), Some("the file holds more than one YAML document"));
    assert_eq!(errors("a: &x {b: 1}\nc:\n  <<: *x\n").lines().next(), Some("merge keys (`<<`) are not supported"));
}

#[test]
fn a_file_that_is_not_utf_8_is_refused_at_the_byte() {
    let read = |_: &str| Ok(b"name: g\n  \xc3\xa4 \xff".to_vec());
    let found = load("x.yaml", &read, &rules()).unwrap_err();
    assert_eq!(joined(&found), "the file is not UTF-8\n  --> x.yaml:2:5\n   = help: save it as UTF-8");
}

#[test]
fn a_name_that_is_not_embedded_lists_those_that_are() {
    let read = |_: &str| Err(io::Error::from(io::ErrorKind::NotFound));
    assert_eq!(
        joined(&load("strict", &read, &rules()).unwrap_err()),
        "no baseline is named `strict`\n   = help: a baseline is the path of a file, or one of `standard`, `startup`, `pci-dss-4.0`, `hipaa`"
    );
    assert_eq!(
        joined(&load("./strict.yaml", &read, &rules()).unwrap_err()),
        "baseline `./strict.yaml` cannot be read: entity not found\n   \
         = help: a baseline is the path of a file, or one of `standard`, `startup`, `pci-dss-4.0`, `hipaa`"
    );
}

#[test]
fn engine_versions_are_checked_at_their_own_place() {
    let engines = |text: &str| errors(&format!("engines:\n  postgres:\n    \"16\": {{{text}}}\n{GOOD}"));
    assert_eq!(engines("newest_minor: \"16.14\", ended: true"), "no error");
    assert_eq!(
        engines("ended: 2020-01-01"),
        "`ended` is a text\n  --> b.yaml:3:19\n   = help: write `true` or `false`"
    );
    assert_eq!(
        engines("released: 2023-13-01"),
        "`released` is `2023-13-01`, not a date\n  --> b.yaml:3:22\n   = help: write it as `2026-08-22`"
    );
    assert_eq!(
        engines("released: true"),
        "`released` is true or false, not a date\n  --> b.yaml:3:22\n   \
         = help: write it as `\"2026-08-22\"`, or leave it out"
    );
    assert_eq!(
        engines("standard_support_ends: 9999-12-31"),
        "`standard_support_ends` is `9999-12-31`, and rules reckon with the years 1678 to 2261 only\n  \
         --> b.yaml:3:35\n   = help: leave it out when no such day is announced"
    );
    assert_eq!(
        engines("eol: 2023-11-01"),
        "version `16` has no key `eol`\n  --> b.yaml:3:12\n   = help: expected one of `released`, \
         `standard_support_ends`, `extended_support_ends`, `ended`, `newest_minor`, `newest_minor_released`"
    );
    assert_eq!(
        engines("standard_support_ends: 2030-01-01, extended_support_ends: 2029-12-31"),
        "extended support of `16` ends before standard support\n  --> b.yaml:3:5\n   \
         = help: exchange the two days, or leave out the one that is not known"
    );
}

#[test]
fn a_file_of_engine_versions_is_read_beside_the_baseline() {
    let baseline = format!("engines: versions.yaml\n{GOOD}");
    let read = move |path: &str| match path.replace('\\', "/").as_str() {
        "conf/b.yaml" => Ok(baseline.clone().into_bytes()),
        "conf/versions.yaml" => {
            Ok(b"retrieved: 2026-01-02\nengines: {postgres: {\"16\": {released: soon}}}\n".to_vec())
        }
        other => Err(io::Error::other(format!("nothing at {other}"))),
    };
    assert_eq!(
        joined(&load("conf/b.yaml", &read, &rules()).unwrap_err()),
        "`released` is `soon`, not a date\n  --> conf/versions.yaml:2:39\n   = help: write it as `2026-08-22`"
    );
    assert_eq!(
        errors(&format!("engines: versions.yaml\n{GOOD}")),
        "`versions.yaml` cannot be read: there is no folder to look in\n  --> b.yaml:1:10\n   \
         = help: name a file beside this one, or leave `engines` out"
    );
}

#[test]
fn limits_of_waivers_have_severities_and_bounds() {
    let set = |what: &str| with("tiers:\n", &format!("waivers: {what}\ntiers:\n"));
    assert_eq!(set("{max_days: {critical: 1, low: 3650}, max_resources: 1}"), "no error");
    assert_eq!(
        set("{max_days: {hihg: 30}}"),
        "there is no severity `hihg`\n  --> b.yaml:2:22\n   = help: did you mean `high`?"
    );
    assert_eq!(
        set("{max_days: {high: 0}}"),
        "`max_days` of `high` is 0; it takes 1 to 3650\n  --> b.yaml:2:28\n   = help: write an integer from 1 to 3650, or leave it out"
    );
    assert_eq!(
        set("{max_days: {high: 3651}}"),
        "`max_days` of `high` is 3651; it takes 1 to 3650\n  --> b.yaml:2:28\n   = help: write an integer from 1 to 3650, or leave it out"
    );
    assert_eq!(
        set("{max_resources: many}"),
        "`max_resources` is a text\n  --> b.yaml:2:26\n   = help: write an integer from 1 to 1000000"
    );
    assert_eq!(
        set("{max_day: {}}"),
        "`waivers` has no key `max_day`\n  --> b.yaml:2:11\n   = help: did you mean `max_days`?"
    );
}
