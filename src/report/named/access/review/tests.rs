use super::*;
use crate::yaml::testing::as_json;

const GOOD: &str = "\
reviews:
  - reviewed: 2026-09-30
    reviewer: Ada Lovelace
    resource: [orders, \"arn:aws:rds:*:db:reports\"]
    decision: confirmed
";

fn errors(text: &str) -> String {
    let errors = parse("r.yaml", text).err().unwrap_or_default();
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn fits(text: &str) -> bool {
    let mut problems = Problems::new("r.yaml", text);
    let root = yaml::read(text, &mut problems).unwrap();
    let schema = serde_json::from_str(include_str!("../../../../../docs/schema/access-reviews-v1.json")).unwrap();
    jsonschema::draft202012::new(&schema).unwrap().is_valid(&as_json(&root))
}

#[test]
fn what_the_reader_takes_the_schema_takes() {
    for text in [
        GOOD.to_owned(),
        "reviews: []".to_owned(),
        GOOD.replace("    decision", "    ticket: SEC-77\n    account: \"111122223333\"\n    decision"),
        GOOD.replace("resource: [orders, \"arn:aws:rds:*:db:reports\"]", "tags: {service: [orders, pay*]}"),
        GOOD.replace("confirmed", "revoked"),
    ] {
        assert_eq!(errors(&text), "", "{text}");
        assert!(fits(&text), "{text}");
    }
}

#[test]
fn what_the_reader_refuses_for_its_form_the_schema_refuses() {
    for text in [
        GOOD.replace("reviews:", "review:"),
        GOOD.replace("2026-09-30", "in autumn"),
        GOOD.replace("    reviewer: Ada Lovelace\n", ""),
        GOOD.replace("Ada Lovelace", "\" \""),
        GOOD.replace("    resource: [orders, \"arn:aws:rds:*:db:reports\"]\n", ""),
        GOOD.replace("confirmed", "fine"),
        GOOD.replace("decision", "decison"),
        "reviews: {}".to_owned(),
    ] {
        assert_ne!(errors(&text), "", "{text}");
        assert!(!fits(&text), "{text}");
    }
}

#[test]
fn errors_name_the_place_and_the_remedy() {
    let text = GOOD.replace("confirmed", "confirm").replace("reviewer", "reviewr");
    let errors = errors(&text);
    assert!(errors.contains("`confirm` is not a decision") && errors.contains("did you mean `confirmed`?"), "{errors}");
    assert!(
        errors.contains("a review has no key `reviewr`") && errors.contains("did you mean `reviewer`?"),
        "{errors}"
    );
    assert!(errors.contains("r.yaml:3:5"), "{errors}");
}

#[test]
fn the_example_is_taken() {
    let text = include_str!("../../../../../testdata/reports/reviews.yaml");
    assert!(parse("reviews.yaml", text).is_ok_and(|reviews| reviews.reviews.len() == 3));
    assert!(fits(text));
}
