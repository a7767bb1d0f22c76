//! What is unknown makes unknown only what depends on it, and tells what it rests on.

use crate::source::terraform::eval::testing::{Names, number, object, of_other, of_resource, text, tuple, value_among};
use crate::source::terraform::eval::value::{Unsettled, Val};

fn value(expression: &str) -> Val {
    let names = Names(
        [
            ("key", object([("arn", of_resource("aws_kms_key.a")), ("id", text("known"))])),
            ("other", of_resource("aws_kms_key.b")),
            ("flag", of_other("var.flag")),
        ]
        .into(),
    );
    value_among(&names, expression).unwrap()
}

fn resting_on(resources: &[&str], others: &[&str]) -> Val {
    let set = |names: &[&str]| names.iter().map(|name| std::sync::Arc::from(*name)).collect();
    Unsettled { resources: set(resources), others: set(others) }.into_val()
}

#[test]
fn only_what_depends_on_it_is_unknown() {
    assert_eq!(value("[key.arn, key.id]"), tuple([of_resource("aws_kms_key.a"), text("known")]));
    assert_eq!(value(r#""${key.arn}/${other}""#), resting_on(&["aws_kms_key.a", "aws_kms_key.b"], &[]));
    assert_eq!(value("[for x in [key.arn, 1] : x]"), tuple([of_resource("aws_kms_key.a"), number(1)]));
}

#[test]
fn one_side_may_decide_alone() {
    assert_eq!(value("false && flag"), Val::Bool(false));
    assert_eq!(value("flag && false"), Val::Bool(false));
    assert_eq!(value("flag || true"), Val::Bool(true));
    assert_eq!(value("flag || false"), of_other("var.flag"));
    assert_eq!(value("flag ? 1 : 1"), number(1));
}

#[test]
fn either_of_two_values_is_no_certain_reference() {
    assert_eq!(value("flag ? key.arn : null"), resting_on(&[], &["aws_kms_key.a", "var.flag"]));
    assert_eq!(value("other == \"x\" ? 1 : 2"), resting_on(&[], &["aws_kms_key.b"]));
    assert_eq!(value("[key.arn, null][flag]"), resting_on(&[], &["aws_kms_key.a", "var.flag"]));
    assert_eq!(value("[for x in [1] : x if flag]"), of_other("var.flag"));
    assert_eq!(value("{(flag) = key.arn}"), resting_on(&[], &["aws_kms_key.a", "var.flag"]));
}

#[test]
fn try_does_not_vouch_for_what_is_not_known() {
    assert_eq!(value("try(key.arn, null)"), of_resource("aws_kms_key.a"));
    assert_eq!(value("try(flag.x.y, 1)"), of_other("var.flag"));
    assert_eq!(value("can(flag.x)"), of_other("var.flag"));
    assert_eq!(value("can(key.arn)"), Val::Bool(true));
}
