//! What is too deep or too much ends in a fault.

use crate::source::terraform::eval::testing::{Names, number, text, tuple, value_among};

fn message(names: &Names, expression: &str) -> String {
    value_among(names, expression).unwrap_err().message
}

#[test]
fn the_parser_refuses_what_is_nested_too_deep() {
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(deep.parse::<hcl_edit::expr::Expression>().is_err());
    let chain = format!("1{}", " + 1".repeat(10_000));
    assert!(chain.parse::<hcl_edit::expr::Expression>().is_err());
}

#[test]
fn loops_in_loops_end() {
    let list = tuple((0..2_000).map(number));
    let names = Names([("xs", list)].into());
    assert!(message(&names, "[for a in xs : [for b in xs : [for c in xs : 1]]]").contains("steps"));
    assert!(message(&names, "try([for a in xs : [for b in xs : [for c in xs : 1]]], 1)").contains("steps"));
}

#[test]
fn texts_that_double_end() {
    let names = Names([("x", text(&"x".repeat(1_000_000)))].into());
    let doubled = format!("\"{}\"", "${x}".repeat(200));
    assert!(message(&names, &doubled).contains("steps"));
}

#[test]
fn values_that_share_their_parts_end_where_they_are_unfolded() {
    let mut value = number(1);
    for _ in 0..64 {
        value = tuple([value.clone(), value]);
    }
    let names = Names([("x", value)].into());
    assert!(message(&names, "x == x").contains("steps"));
    assert!(message(&names, "length(x)").contains("steps"));
}
