//! Results that have no bound end in an error, and soon.

use std::sync::Arc;

use super::super::super::value::{MapKind, SequenceKind, Val};
use super::super::{Surroundings, call, text};
use super::Folder;
use super::evaluate::{evaluate, number};

fn fails(name: &str, arguments: &[Val]) {
    let result = call(name, arguments, &Surroundings { files: &Folder });
    assert!(matches!(result, Some(Err(_))), "{name}");
}

fn list(elements: Vec<Val>) -> Val {
    Val::Sequence(SequenceKind::List, Arc::new(elements))
}

#[test]
fn expressions_that_ask_for_too_much_fail() {
    for expression in [
        "range(1e9)",
        "format(\"%1000000000d\", 1)",
        "format(\"%.999999999f\", 1)",
        "format(\"%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s%999999s\", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)",
        "setproduct(range(1000), range(1000))",
        "indent(1e15, \"a\\nb\")",
        "indent(10000000, \"a\\nb\\nc\")",
        "regex(\"((a{500}){500}){500}\", \"a\")",
        "parseint(\"1e9\", 10)",
        "cidrsubnets(\"10.0.0.0/8\", 25)",
        "pow(10, 400)",
        "tonumber(\"1e1000000\")",
        "jsondecode(\"1e1000000\")",
    ] {
        assert!(evaluate(expression).is_err(), "{expression}");
    }
}

#[test]
fn texts_do_not_multiply_without_end() {
    let long = text::value(&"a\n".repeat(1 << 20));
    fails("replace", &[long.clone(), text::value(""), long.clone()]);
    fails("replace", &[long.clone(), text::value("/a/"), long.clone()]);
    fails("join", &[long.clone(), list(vec![long.clone(); 100])]);
    fails("indent", &[number(1000), long.clone()]);
    fails("jsonencode", &[list(vec![long.clone(); 100])]);
    fails("yamlencode", &[list(vec![long.clone(); 100])]);
    fails("format", &[text::value(&"%[1]s".repeat(100)), long.clone()]);
    fails("formatlist", &[text::value("%s%s"), list(vec![number(1); 1000]), long.clone()]);
    fails("split", &[text::value("\n"), text::value(&"\n".repeat(2 << 20))]);
    fails("split", &[text::value(""), text::value(&"a".repeat(2 << 20))]);
    fails("regexall", &[text::value(""), text::value(&"a".repeat(2 << 20))]);
}

#[test]
fn a_value_that_holds_another_many_times_is_not_walked_for_ever() {
    let doubled = (0..40).fold(number(1), |value, _| list(vec![value.clone(), value]));
    for name in ["jsonencode", "yamlencode", "toset"] {
        fails(name, std::slice::from_ref(&doubled));
    }
    fails("flatten", std::slice::from_ref(&doubled));
    fails("contains", &[list(vec![doubled.clone()]), number(1)]);
    fails("coalesce", std::slice::from_ref(&doubled));
    fails("tolist", std::slice::from_ref(&doubled));
    fails("merge", &[Val::Mapping(MapKind::Map, Arc::new([("a".into(), doubled)].into()))]);
}

#[test]
fn deep_documents_fail_instead_of_the_stack() {
    let deep = "[".repeat(100_000);
    fails("jsondecode", &[text::value(&deep)]);
    fails("yamldecode", &[text::value(&deep)]);
    fails("jsondecode", &[text::value(&format!("{}{}", "[".repeat(1000), "]".repeat(1000)))]);
    fails("yamldecode", &[text::value(&format!("{}{}", "[".repeat(1000), "]".repeat(1000)))]);
    fails("regex", &[text::value(&"(".repeat(100_000)), text::value("a")]);
    let bomb = (1..60).fold("a0: &a0 [x, x]\n".to_owned(), |yaml, level| {
        let below = level - 1;
        format!("{yaml}a{level}: &a{level} [*a{below}, *a{below}]\n")
    });
    fails("yamldecode", &[text::value(&bomb)]);
}
