use proptest::prelude::*;
use serde_json::{Map, Value as Json};

use super::*;
use crate::source::inventory_file::raw_item;

/// Names and values of members, as some text writes them.
fn text() -> impl Strategy<Value = String> {
    let name = prop_oneof![4 => "[A-C]", 1 => Just("D\\\\n".to_owned())];
    let value = prop_oneof![
        6 => prop_oneof![Just("1"), Just("12"), Just("true"), Just("\"a\""), Just("[]"), Just("{\"x\": [1, null]}")],
        1 => prop_oneof![Just("1."), Just("\"\\\\u00e9\""), Just("\"\\\\q\""), Just("tru"), Just("01"), Just("")],
    ];
    let blank = prop_oneof![6 => Just(""), 1 => Just(" ")];
    let member =
        (name, blank.clone(), blank, value).prop_map(|(name, a, b, value)| format!("\"{name}\"{a}:{b}{value}"));
    let end = prop_oneof![8 => Just("}"), 1 => Just(""), 1 => Just(",}"), 1 => Just("}}")];
    (prop::collection::vec(member, 0..5), end).prop_map(|(members, end)| format!("{{{}{end}", members.join(",")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_walked_is_what_is_parsed(texts in prop::collection::vec(text(), 1..8)) {
        let mut layout = Layout::default();
        for text in texts {
            let line = format!("{{\"item\":\"rds:DescribeDBInstances\",\"value\":{text}}}\n");
            let Ok(item) = raw_item(line.as_bytes()) else { continue };
            let Some(members) = item.members(&mut layout) else { continue };
            let parsed: Json = serde_json::from_str(&text).expect("only valid objects are walked");
            let walked: Option<Map<String, Json>> = members
                .iter()
                .map(|member| Some((member.name.to_owned(), serde_json::from_str(member.raw).ok()?)))
                .collect();
            prop_assert_eq!(walked.map(Json::Object), Some(parsed));
        }
    }
}

#[test]
fn an_object_in_the_usual_form_is_walked_along_the_last_one() {
    let mut layout = Layout::default();
    for (value, expected) in [("1", "1"), ("12", "12"), ("1", "1"), ("[1, {\"b\": 2}]", "[1, {\"b\": 2}]")] {
        let line =
            format!("{{\"item\":\"rds:DescribeDBInstances\",\"of\":\"x\",\"value\":{{\"a\":{value},\"c\":null}}}}\n");
        let item = raw_item(line.as_bytes()).unwrap();
        assert_eq!(item.of.as_deref(), Some("x"));
        let members = item.members(&mut layout).unwrap();
        let written: Vec<(&str, &str)> = members.iter().map(|member| (member.name, member.raw)).collect();
        assert_eq!(written, [("a", expected), ("c", "null")]);
    }
}
