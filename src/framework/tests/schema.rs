//! The published schema and the reader agree.

use super::*;
use crate::yaml;
use crate::yaml::problems::Problems;
use crate::yaml::testing::as_json;

fn fits(text: &str) -> bool {
    let root = yaml::read(text, &mut Problems::new("f.yaml", text)).unwrap();
    let schema = serde_json::from_str(include_str!("../../../docs/schema/framework-v1.json")).unwrap();
    jsonschema::draft202012::new(&schema).unwrap().is_valid(&as_json(&root))
}

#[test]
fn the_frameworks_in_the_binary_fit_the_schema() {
    for (id, text) in EMBEDDED {
        assert!(fits(text), "{id}");
    }
}

#[test]
fn what_the_reader_takes_the_schema_takes() {
    let optional = "    unconfirmed: the number\n    topics: [backups]\n";
    for text in [
        GOOD.to_owned(),
        GOOD.replace("    title: People", &format!("{optional}    title: People")),
        GOOD.replace("types: [aws_db_instance]", "types: aws_db_instance"),
        GOOD.replace(
            "requires:\n  min_backup_retention_days: {minimum: 30, source: handbook, why: we promised it}\n",
            "",
        ),
    ] {
        assert_eq!(errors_of("own.yaml", &text), "no error");
        assert!(fits(&text), "{text}");
    }
}

#[test]
fn what_the_reader_refuses_for_its_form_the_schema_refuses() {
    for (from, to) in [
        ("id: own", "id: \"o n\""),
        ("name: Own\n", ""),
        ("name: Own", "name: \"\""),
        ("numbering: free", "numbering: sox"),
        ("publisher: Us", "publisher: Us\nversion: 1"),
        ("assessment: partial", "assessment: full"),
        ("{minimum: 30, ", "{"),
        ("{minimum: 30, ", "{minimum: 3, maximum: 30, "),
        ("{minimum: 30, ", "{minimum: many, "),
        ("{equals: true, ", "{equals: yes, "),
        (", why: we promised it", ""),
        ("{rules: [DBK-RET-001, DBK-RET-002], sources: [handbook]}", "{rules: [DBK-RET-001, DBK-RET-002]}"),
        ("{ids: [DB-9], reason: about something else}", "{ids: [DB-9]}"),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from}");
        assert_ne!(errors_of("own.yaml", &text), "no error", "{text}");
        assert!(!fits(&text), "{text}");
    }
}
