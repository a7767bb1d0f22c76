//! Resources that are read along their neighbours are what they are when each is read alone.

use proptest::prelude::*;

use super::super::neighbours::Neighbours;
use super::super::reader::Reader;
use super::*;

/// What a document yields, and what each of its resources is.
fn yields(text: &str, alone: bool) -> Result<String, String> {
    let document = Document::split("p", text).map_err(|error| format!("{error:?}"))?;
    let wanted = |ty: &str| ty.starts_with("aws_");
    let mut reader = Reader::new(&document, &wanted, |resource: TerraformResource| format!("{resource:#?}"));
    if alone {
        reader.neighbours = Neighbours::none();
    }
    let read = match document.kind {
        DocumentKind::Plan => plan::read(reader),
        DocumentKind::State => state(&reader),
        DocumentKind::RawState => raw_state::read(&reader),
    };
    let read = read.map_err(|error| format!("{error:?}"))?;
    Ok(format!("{} {:#?} {:#?}", read.resources_seen, read.gaps, read.resources))
}

fn same(text: &str) {
    assert_eq!(yields(text, false), yields(text, true), "{text}");
}

/// A value as an attribute may have it; some are the same more often than not, so that neighbours share them.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(&[
            "null", "true", "false", "1", "10", "1.0", "\"a\"", "\"\"", "[]", "{}", "[\"a\"]", "{\"x\":\"s\",\"y\":[1]}", "[{\"name\":\"db_password\",\"value\":\"s\"}]",
            "{\"a\":null}", "{ \"x\" : \"s\" }",
        ][..]).prop_map(str::to_owned),
        1 => "\"[a-z]{0,9}\"",
        // What serde_json takes only as long as nobody looks: a lone surrogate, a number that is too large.
        1 => prop::sample::select(&["\"\\ud800\"", "1e999", "\"\\u0041\"", "\"\\n\"", "-0", "1E2", "nul", "01", "\"", "[1,]"][..]).prop_map(str::to_owned),
    ]
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(
        &["a", "b", "engine", "name", "password", "tags", "value", "identifier_of_it", "identifier_of_that", "\\u0061"]
            [..],
    )
}

/// An object of attributes, mostly in order.
fn attributes() -> impl Strategy<Value = String> {
    (prop::collection::vec((name(), value()), 0..7), 0..6u8, "[ \n]{0,1}").prop_map(|(mut pairs, order, blank)| {
        if order > 0 {
            pairs.sort();
            pairs.dedup_by_key(|pair| pair.0);
        }
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("\"{name}\":{blank}{value}")).collect();
        format!("{{{}{blank}}}", pairs.join(","))
    })
}

fn marks() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(
        &["true", "false", "{}", "[]", "{\"x\":true}", "[true]", "[{\"value\":true}]", "null"][..],
    );
    let each = prop::collection::btree_map(name(), mark, 0..4).prop_map(|marks| {
        let marks: Vec<String> = marks.iter().map(|(name, mark)| format!("\"{name}\":{mark}")).collect();
        format!("{{{}}}", marks.join(","))
    });
    prop_oneof![6 => each, 1 => Just("false".to_owned()), 1 => Just("true".to_owned()), 1 => prop::sample::select(&["null", "[]", "1", "\"x\"", "[true]"][..]).prop_map(str::to_owned)]
}

fn change() -> impl Strategy<Value = String> {
    let actions = prop::sample::select(
        &[
            "[\"create\"]",
            "[\"update\"]",
            "[\"no-op\"]",
            "[\"delete\"]",
            "[\"delete\",\"create\"]",
            "[\"forget\"]",
            "[\"new\"]",
            "null",
            "1",
        ][..],
    );
    let side = || prop_oneof![4 => attributes(), 1 => Just("null".to_owned())];
    let extra = prop::sample::select(
        &[
            "",
            "",
            "",
            "",
            ",\"importing\":{\"id\":\"i\"}",
            ",\"replace_paths\":[[\"a\"],[\"b\",0]]",
            ",\"importing\":null",
            ",\"other\":1",
            ",\"after\":{}",
            ",\"actions\":[\"read\"]",
        ][..],
    );
    (actions, side(), side(), [marks(), marks(), marks()], extra, any::<bool>()).prop_map(
        |(actions, before, after, [unknown, sensitive, was_sensitive], extra, stays)| {
            let before = if stays { &after } else { &before };
            format!(
                "{{\"actions\":{actions},\"after\":{after},\"after_sensitive\":{sensitive},\"after_unknown\":{unknown},\"before\":{before},\"before_sensitive\":{was_sensitive}{extra}}}"
            )
        },
    )
}

/// The parts of an entry that say which resource it is.
fn identity() -> impl Strategy<Value = String> {
    let address = prop::sample::select(
        &[
            "aws_db_instance.a",
            "aws_db_instance.b[0]",
            "module.m[\\\"k\\\"].aws_db_instance.c",
            "aws_rds_cluster.d",
            "data.aws_vpc.e",
            "other.f",
            "",
        ][..],
    );
    let rest = prop::sample::select(
        &[
            ",\"mode\":\"managed\",\"name\":\"n\",\"type\":\"aws_db_instance\"",
            ",\"mode\":\"managed\",\"name\":\"n\",\"type\":\"other\"",
            ",\"mode\":\"data\"",
            "",
            ",\"index\":0",
            ",\"index\":null",
            ",\"deposed\":\"d\",\"type\":\"aws_db_instance\"",
            ",\"mode\":\"managed\",\"mode\":\"managed\"",
            ",\"type\":1",
        ][..],
    );
    (address, rest).prop_map(|(address, rest)| format!("\"address\":\"{address}\"{rest}"))
}

fn entries(contents: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let one = (identity(), contents, any::<bool>()).prop_map(|(identity, contents, first)| {
        if first { format!("{{{contents},{identity}}}") } else { format!("{{{identity},{contents}}}") }
    });
    prop::collection::vec(one, 1..8).prop_map(|entries| format!("[{}]", entries.join(",\n")))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn changes_are_read_the_same_along_their_neighbours(entries in entries(change().prop_map(|change| format!("\"change\":{change}")))) {
        same(&format!("{{\"format_version\":\"1.2\",\"resource_changes\":{entries}}}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn states_are_read_the_same_along_their_neighbours(
        entries in entries((attributes(), marks()).prop_map(|(values, marks)| format!("\"sensitive_values\":{marks},\"values\":{values}"))),
        part in prop::sample::select(&["values", "planned_values"][..]),
    ) {
        let inner = format!("{{\"child_modules\":[{{\"resources\":{entries}}}]}}");
        same(&format!("{{\"format_version\":\"1.0\",\"{part}\":{{\"root_module\":{{\"resources\":{entries},\"child_modules\":[{inner}]}}}}}}"));
    }

    #[test]
    fn raw_states_are_read_the_same_along_their_neighbours(instances in prop::collection::vec((attributes(), paths(), of_instance()), 1..8)) {
        let instances: Vec<String> = instances.iter()
            .map(|(attributes, paths, more)| format!("{{\"attributes\":{attributes},\"sensitive_attributes\":{paths}{more}}}")).collect();
        let resource = format!("{{\"mode\":\"managed\",\"type\":\"aws_db_instance\",\"name\":\"n\",\"instances\":[{}]}}", instances.join(","));
        same(&format!("{{\"version\":4,\"lineage\":\"l\",\"resources\":[{resource}]}}"));
    }
}

/// The `sensitive_attributes` of a raw state.
fn paths() -> impl Strategy<Value = String> {
    let step = prop::sample::select(
        &[
            "{\"type\":\"get_attr\",\"value\":\"tags\"}",
            "{\"type\":\"get_attr\",\"value\":\"engine\"}",
            "{\"type\":\"get_attr\",\"value\":\"x\"}",
            "{\"type\":\"index\",\"value\":{\"value\":0,\"type\":\"number\"}}",
            "{\"type\":\"index\",\"value\":{\"value\":\"x\",\"type\":\"string\"}}",
            "1",
        ][..],
    );
    let path = prop::collection::vec(step, 0..3).prop_map(|steps| format!("[{}]", steps.join(",")));
    let paths = prop::collection::vec(path, 0..3).prop_map(|paths| format!("[{}]", paths.join(",")));
    prop_oneof![3 => Just("[]".to_owned()), 6 => paths, 1 => Just("null".to_owned()), 1 => Just("{}".to_owned())]
}

fn of_instance() -> impl Strategy<Value = &'static str> {
    prop::sample::select(
        &[
            "",
            "",
            ",\"index_key\":0",
            ",\"index_key\":\"k\"",
            ",\"index_key\":null",
            ",\"deposed\":\"d\"",
            ",\"deposed\":1",
            ",\"attributes\":{}",
        ][..],
    )
}

#[test]
fn neighbours_share_what_is_equal() {
    let resource = |name: &str, tier: &str, mark: bool| {
        json!({"address": format!("aws_db_instance.{name}"), "mode": "managed", "type": "aws_db_instance", "name": name, "change": {
            "actions": ["create"], "before": null,
            "after": {"engine": "mysql", "identifier": name, "password": "hunter2", "tags": {"tier": tier}},
            "after_unknown": {"arn": true, "id": true}, "after_sensitive": {"tags": mark}, "before_sensitive": false,
        }})
    };
    let changes = json!([resource("a", "1", false), resource("b", "1", false), resource("c", "2", true)]);
    let text = json!({"format_version": "1.2", "resource_changes": changes}).to_string();
    // One thread reads all of them.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let read = pool
        .install(|| read("p", text.as_bytes(), Digests::Taken, &|_| true, |resource| resource.after.unwrap()))
        .unwrap();
    let [a, b, c] = <[_; 3]>::try_from(read.resources).unwrap();
    let shares = |one: &Attributes, other: &Attributes, name: &str| {
        one.cell(name).zip(other.cell(name)).is_some_and(|(one, other)| Arc::ptr_eq(one, other))
    };
    for name in ["engine", "tags", "arn", "id"] {
        assert!(shares(&a, &b, name), "{name}");
    }
    assert!(shares(&b, &c, "engine") && !shares(&a, &b, "identifier"));
    // What was dropped is never shared.
    assert!(!shares(&a, &b, "password") && !shares(&b, &c, "tags"));
    assert!(matches!((c.get("tags"), a.get("password")), (Attribute::Sensitive, Attribute::Sensitive)));
}
