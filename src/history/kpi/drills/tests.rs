//! What a file of drills may say, in the words of the reader and of the schema.

use super::*;
use crate::yaml::testing::as_json;

const GOOD: &str = "\
drills:
  - drilled: 2026-09-30
    by: Ada Lovelace
    resource: [orders, \"arn:*:db:pay*\"]
    account: \"1111*\"
    recovery_point: 2026-09-30T02:00:00Z
    rto_minutes: 42
    check: row counts
    result: succeeded
    ticket: OPS-77
";

fn fits(text: &str) -> bool {
    let mut problems = Problems::new("d.yaml", text);
    let root = yaml::read(text, &mut problems).unwrap();
    let schema = serde_json::from_str(include_str!("../../../../docs/schema/drill-v1.json")).unwrap();
    jsonschema::draft202012::new(&schema).unwrap().is_valid(&as_json(&root))
}

fn errors(text: &str) -> String {
    match parse("d.yaml", text) {
        Ok(_) => "no error".to_owned(),
        Err(all) => all.iter().map(|one| one.title.clone()).collect::<Vec<_>>().join("; "),
    }
}

#[test]
fn the_reader_and_the_schema_agree() {
    for text in [GOOD.to_owned(), "drills: []".to_owned(), GOOD.replace("    rto_minutes: 42\n", "")] {
        assert_eq!(errors(&text), "no error");
        assert!(fits(&text), "{text}");
    }
    for (from, to, error) in [
        ("by: Ada Lovelace", "by: \"\"", "`by` is empty"),
        ("    check: row counts\n", "", "a drill has no `check`"),
        ("succeeded", "well", "`well` is not a result"),
        ("42", "-1", "`rto_minutes`"),
        ("2026-09-30T02:00:00Z", "yesterday", "`recovery_point` is `yesterday`, not an instant"),
        ("by:", "who:", "a drill has no key `who`"),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert!(errors(&text).contains(error), "{text}\n{}", errors(&text));
        assert!(!fits(&text), "{text}");
    }
    let of_nothing = GOOD.replace("    resource: [orders, \"arn:*:db:pay*\"]\n    account: \"1111*\"\n", "");
    assert_eq!(errors(&of_nothing), "the drill does not say what was restored");
    assert!(!fits(&of_nothing));
    assert!(errors(&GOOD.replace("2026-09-30T02", "2026-10-01T02")).contains("still to come"));
    assert!(errors("").contains("empty"));
}

#[test]
fn a_drill_counts_for_what_it_names_when_it_succeeded() {
    let drills = parse("d.yaml", GOOD).unwrap();
    let now = "2026-11-22T00:00:00Z".parse::<Timestamp>().unwrap().as_second();
    let day = "2026-09-30T00:00:00Z".parse::<Timestamp>().unwrap().as_second();
    let of = |key, name, account| Subject { key, name, account };
    assert_eq!(drills.last_restore(&of("arn:x:db:payments", None, "111122223333"), now), Some(day));
    assert_eq!(drills.last_restore(&of("arn:x:db:other", Some("orders"), "111122223333"), now), Some(day));
    assert_eq!(drills.last_restore(&of("arn:x:db:other", Some("other"), "111122223333"), now), None);
    assert_eq!(drills.last_restore(&of("arn:x:db:payments", None, "222"), now), None);
    assert_eq!(drills.last_restore(&of("arn:x:db:payments", None, "111122223333"), day - 1), None);
    assert_eq!(drills.recovery_times(), [42 * 60]);
    let failed = parse("d.yaml", &GOOD.replace("succeeded", "failed")).unwrap();
    assert_eq!(failed.last_restore(&of("arn:x:db:payments", None, "111122223333"), now), None);
    assert!(failed.recovery_times().is_empty());
}
