//! No bytes make the reader panic or hang, and no secret comes through it.

use proptest::prelude::*;

use super::*;

const DOCUMENTS: &[&[u8]] = &[
    include_bytes!("../../../../testdata/terraform/recorded/create.json"),
    include_bytes!("../../../../testdata/terraform/recorded/change.json"),
    include_bytes!("../../../../testdata/terraform/recorded/state.json"),
    include_bytes!("../../../../testdata/terraform/recorded/raw_state.json"),
];

/// Reads everything, and uses what was read.
fn survives(bytes: &[u8]) {
    let read = read("p", bytes, Digests::Taken, &|_| true, |resource| {
        let after = resource.after.as_ref();
        after.map_or(0, |after| after.names().filter(|name| matches!(after.get(name), Attribute::Known(_))).count())
    });
    match read {
        Ok(read) => assert!(read.resources.len() <= read.resources_seen),
        Err(error) => {
            let shown = crate::diagnostic::Diagnostic::from(error).to_string();
            assert!(shown.lines().count() <= 3 && !shown.contains("hunter"), "{shown}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives(&bytes);
    }

    #[test]
    fn any_text_that_begins_like_a_plan_is_read_or_refused(text in "\\{\"(resource_changes|planned_values|values|version|configuration)\":[\\[\\]{}\",:a-z0-9 ]{0,60}") {
        survives(text.as_bytes());
    }

    #[test]
    fn a_document_with_changed_bytes_is_read_or_refused(
        which in 0..DOCUMENTS.len(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&b"\"{}[]:,0tn\\\xff "[..])), 1..4),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut bytes = DOCUMENTS[which].to_vec();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(&bytes);
    }

    #[test]
    fn a_document_with_parts_of_other_types_is_read_or_refused(
        which in 0..DOCUMENTS.len(),
        path in proptest::collection::vec(any::<prop::sample::Index>(), 1..9),
        with in prop::sample::select(vec!["null", "7", "true", "\"hunter2\"", "[]", "{}", "[\"hunter2\"]", "{\"hunter\": 2}"]),
    ) {
        let mut document: serde_json::Value = serde_json::from_slice(DOCUMENTS[which]).unwrap();
        let mut place = &mut document;
        for step in &path {
            let size = place.as_object().map(serde_json::Map::len).or(place.as_array().map(Vec::len)).unwrap_or_default();
            if size == 0 {
                break;
            }
            let index = step.index(size);
            place = match place {
                serde_json::Value::Object(fields) => fields.values_mut().nth(index).unwrap(),
                other => &mut other[index],
            };
        }
        *place = serde_json::from_str(with).unwrap();
        survives(document.to_string().as_bytes());
    }

    #[test]
    fn a_marked_secret_comes_through_nowhere(
        place in prop::sample::select(vec!["password", "tags", "list", "deep", "parameter", "whole"]),
        actions in prop::sample::select(vec!["[\"create\"]", "[\"update\"]", "[\"delete\"]", "[\"no-op\"]", "[\"create\",\"delete\"]"]),
    ) {
        let secret = "planted-secret";
        let (value, mark) = match place {
            "password" => (json!({"password": secret}), json!({})),
            "tags" => (json!({"tags": {"a": secret, "b": "x"}}), json!({"tags": {"a": true}})),
            "list" => (json!({"list": ["x", secret]}), json!({"list": [false, true]})),
            "deep" => (json!({"a": [{"b": {"c": [secret]}}]}), json!({"a": [{"b": {"c": [true]}}]})),
            "parameter" => (json!({"parameter": [{"name": "x", "value": secret}]}), json!({"parameter": true})),
            _ => (json!({"anything": secret}), json!(true)),
        };
        let entry = json!({"type": "aws_x", "name": "y", "change": {
            "actions": serde_json::from_str::<serde_json::Value>(actions).unwrap(),
            "before": value, "after": value, "before_sensitive": false, "after_sensitive": mark,
        }});
        let mut drift = entry.clone();
        drift["change"]["after"] = json!({"anything": "else"});
        let read = read_json(&json!({"resource_changes": [entry], "resource_drift": [drift]}));
        prop_assert_eq!(read.resources.len(), 1);
        prop_assert!(!format!("{read:?}").contains(secret), "{read:?}");
    }
}

#[test]
fn deep_nesting_is_refused_or_skipped_and_never_overflows() {
    let deep = |open: &str, close: &str| open.repeat(200_000) + &close.repeat(200_000);
    for text in [
        deep("[", "]"),
        deep("{\"a\":", "}"),
        format!("{{\"resource_changes\": {}}}", deep("[", "]")),
        format!("{{\"resource_changes\": [{}]}}", deep("{\"change\":", "}")),
        format!(
            "{{\"resource_changes\": [{{\"type\": \"a\", \"change\": {{\"after\": {{\"a\": {}}}}}}}]}}",
            deep("[", "]")
        ),
        format!("{{\"resource_changes\": [], \"configuration\": {}}}", deep("{\"root_module\":", "}")),
        format!("{{\"values\": {}}}", deep("{\"root_module\":{\"child_modules\":[", "]}}")),
        format!(
            "{{\"version\": 4, \"resources\": [{{\"type\":\"a\",\"name\":\"b\",\"mode\":\"managed\",\"instances\":{}}}]}}",
            deep("[", "]")
        ),
        format!("{{\"resource_changes\": [], \"unread\": {}}}", deep("[", "]")),
    ] {
        survives(text.as_bytes());
    }
}
