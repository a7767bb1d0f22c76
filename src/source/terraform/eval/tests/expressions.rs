//! Expressions whose values are known. What `terraform console` says of several hundred more is in `recorded`.

use crate::source::terraform::eval::testing::{Names, number, object, text, tuple, value_among};
use crate::source::terraform::eval::value::Val;

fn value(expression: &str) -> Result<Val, String> {
    let names = Names(
        [
            ("list", tuple([text("a"), text("b")])),
            ("map", object([("a", number(1)), ("b", number(2))])),
            ("nothing", Val::Null),
            ("people", tuple([object([("name", text("Ada"))]), object([("name", text("Bob"))])])),
        ]
        .into(),
    );
    value_among(&names, expression).map_err(|fault| fault.message)
}

#[test]
fn a_template_of_one_interpolation_keeps_the_type() {
    assert_eq!(value(r#""${[1]}""#), Ok(tuple([number(1)])));
    assert_eq!(value(r#""${1}""#), Ok(number(1)));
    assert_eq!(value(r#""a${1.50}b${true}""#), Ok(text("a1.5btrue")));
}

#[test]
fn strip_markers_take_the_white_space_beside_them() {
    assert_eq!(value(r#""x ${~ "a" ~}   y\t\n z""#), Ok(text("xay\t\n z")));
    assert_eq!(value(r#""a %{~ if true ~} b %{~ else ~} c %{~ endif ~} d""#), Ok(text("abd")));
    assert_eq!(value(r#""%{ for i, x in list ~} ${i}=${x}, %{ endfor ~}""#), Ok(text("0=a, 1=b, ")));
}

#[test]
fn in_a_heredoc_a_marker_takes_no_more_than_its_line() {
    // As Terraform 1.11 prints it.
    let lines = "<<EOT\n%{ for ip in [\"x\",\"y\"] ~}\n    server ${ip}\n\n%{ endfor ~}\nend\nEOT\n";
    assert_eq!(value(lines), Ok(text("    server x\n\n    server y\n\nend\n")));
    let branches = "<<EOT\n  %{~ if true ~}\n\n    yes  \n  %{~ else ~}\n  no\n  %{~ endif ~}\n\n  z\nEOT\n";
    assert_eq!(value(branches), Ok(text("\n    yes  \n\n  z\n")));
}

#[test]
fn an_indented_heredoc_loses_its_indentation() {
    assert_eq!(value("<<-EOT\n    a\n      b ${1}\n\n    d\n    EOT\n"), Ok(text("a\n  b 1\n\nd\n")));
    assert_eq!(value("<<-EOT\n    ${\"x\"} y\n      z\n  EOT\n"), Ok(text("x y\n  z\n")));
}

#[test]
fn both_sides_of_a_conditional_get_one_type() {
    assert_eq!(value(r#"true ? 1 : "a""#), Ok(text("1")));
    assert_eq!(value(r#"true ? [1] : ["a"]"#), Ok(tuple([text("1")])));
    assert_eq!(value("true ? null : 1"), Ok(Val::Null));
    assert!(value("true ? 1 : false").unwrap_err().contains("no type in common"));
    assert_eq!(value("true ? 1 : nothing.x"), Ok(number(1)), "what is wrong on the other side does not matter");
}

#[test]
fn splats_go_through_lists_and_make_lists_of_everything_else() {
    assert_eq!(value("people[*].name"), Ok(tuple([text("Ada"), text("Bob")])));
    assert_eq!(value("people.*.name[0]"), Ok(text("Ada")));
    assert_eq!(value("nothing[*]"), Ok(tuple([])));
    assert_eq!(value("map[*].a"), Ok(tuple([number(1)])));
    assert_eq!(value(r#""x".*"#), Ok(tuple([text("x")])));
    assert_eq!(value("[{a = [1, 2]}, {a = [3]}][*].a[0]"), Ok(tuple([number(1), number(3)])));
}

#[test]
fn for_makes_tuples_objects_and_groups() {
    assert_eq!(value("[for k, v in map : \"${k}${v}\" if v > 1]"), Ok(tuple([text("b2")])));
    assert_eq!(value("{for p in people : p.name => 1}"), Ok(object([("Ada", number(1)), ("Bob", number(1))])));
    assert_eq!(value("{for v in [1, 2, 1] : v => v...}"), {
        Ok(object([("1", tuple([number(1), number(1)])), ("2", tuple([number(2)]))]))
    });
    assert!(value("{for v in [1, 1] : v => v}").unwrap_err().contains("same key"));
    assert!(value("[for v in nothing : v]").unwrap_err().contains("null"));
}

#[test]
fn try_takes_the_first_that_works() {
    assert_eq!(value(r#"try(list[9], nothing.x, "d")"#), Ok(text("d")));
    assert_eq!(value("can(list[9])"), Ok(Val::Bool(false)));
    assert_eq!(value("can(list[1])"), Ok(Val::Bool(true)));
    assert!(value("try(list[9])").is_err());
}

#[test]
fn a_template_file_sees_its_variables_only() {
    assert_eq!(value(r#"templatefile("greeting.tftpl", {names = list})"#), Ok(text("hello a\nhello b\n")));
    assert!(value(r#"templatefile("greeting.tftpl", {})"#).unwrap_err().contains("`names`"));
    assert_eq!(value(r#"templatestring("$${x}", {x = 1})"#), Ok(number(1)));
}

#[test]
fn arguments_can_be_expanded() {
    assert_eq!(value("length([list]...)"), Ok(number(2)));
    assert!(value("length(nothing...)").is_err());
    assert!(value("nofunc()").unwrap_err().contains("no function `nofunc`"));
}

#[test]
fn values_of_different_types_are_never_equal() {
    assert_eq!(value(r#"1 == "1""#), Ok(Val::Bool(false)));
    assert_eq!(value("tolist([1]) == [1]"), Ok(Val::Bool(false)));
    assert_eq!(value("null == nothing"), Ok(Val::Bool(true)));
    assert_eq!(value(r#"1 < "2""#), Ok(Val::Bool(true)));
}

#[test]
fn sensitive_values_mark_what_is_made_of_them() {
    let secret = |value| Ok(Val::Sensitive(std::sync::Arc::new(value)));
    assert_eq!(value(r#""a${secret("b")}""#), secret(text("ab")));
    assert_eq!(value(r#"secret(1) + 1"#), secret(number(2)));
    assert_eq!(value(r#"secret(true) ? 1 : 2"#), secret(number(1)));
    assert_eq!(value("secret(map).a"), secret(number(1)));
    assert_eq!(value("[for x in secret(list) : x]"), secret(tuple([text("a"), text("b")])));
    assert_eq!(value(r#"secret("a") == "a""#), secret(Val::Bool(true)));
}
