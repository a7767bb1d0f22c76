//! What is unknown, and what it rests on.

use super::super::super::value::Val;
use super::evaluate::evaluate;

fn rests_on(expression: &str) -> Vec<String> {
    match evaluate(expression) {
        Ok(Val::Unknown(reasons)) => reasons.resources.iter().chain(&reasons.others).map(ToString::to_string).collect(),
        other => panic!("{expression}: {other:?}"),
    }
}

#[test]
fn what_cannot_be_known_names_the_call() {
    for (expression, name) in [
        ("timestamp()", "timestamp()"),
        ("plantimestamp()", "plantimestamp()"),
        ("uuid()", "uuid()"),
        ("bcrypt(\"x\")", "bcrypt()"),
        ("base64gzip(\"x\")", "base64gzip()"),
        ("rsadecrypt(\"x\", \"y\")", "rsadecrypt()"),
        ("pathexpand(\"~/x\")", "pathexpand()"),
        ("abspath(\"x\")", "abspath()"),
        ("file(\"files/none.txt\")", "file()"),
        ("filebase64(\"files/none.txt\")", "filebase64()"),
        ("filemd5(\"files/none.txt\")", "filemd5()"),
        ("fileexists(\"files/none.txt\")", "fileexists()"),
        ("fileset(\"none\", \"*\")", "fileset()"),
        ("provider::aws::arn_parse(\"x\")", "provider::aws::arn_parse()"),
    ] {
        assert_eq!(rests_on(expression), [name], "{expression}");
    }
}

#[test]
fn an_unknown_result_rests_on_all_that_is_unknown() {
    assert_eq!(rests_on("format(\"%s %s\", terraform_data.u.id, timestamp())"), ["terraform_data.u", "timestamp()"]);
    assert_eq!(rests_on("jsonencode({a = [uuid()], b = timestamp()})"), ["timestamp()", "uuid()"]);
    assert_eq!(rests_on("contains([uuid(), \"a\"], \"b\")"), ["uuid()"]);
}

#[test]
fn what_is_known_in_part_stays_known_in_part() {
    for (expression, same) in [
        ("length([uuid(), 1])", "2"),
        ("merge({a = uuid()}, {a = 1})", "{a = 1}"),
        ("keys(merge({a = uuid()}, {b = 1}))", "[\"a\", \"b\"]"),
        ("lookup({a = 1, b = uuid()}, \"a\", 2)", "1"),
        ("element(concat([1], [uuid()]), 0)", "1"),
        ("coalesce(\"a\", uuid())", "\"a\""),
        ("contains([uuid(), \"a\"], \"a\")", "true"),
    ] {
        assert_eq!(evaluate(expression), evaluate(same), "{expression}");
    }
}

#[test]
fn an_unknown_argument_of_the_wrong_place_is_still_one_too_many() {
    assert!(evaluate("upper(uuid(), 1)").is_err());
    assert!(evaluate("cidrsubnet(uuid(), \"x\", 1)").is_err());
}

#[test]
fn an_unknown_result_of_something_sensitive_is_sensitive() {
    for expression in
        ["flatten([sensitive(uuid())])", "flatten([sensitive(null), [uuid()]])", "upper(sensitive(uuid()))"]
    {
        assert!(matches!(evaluate(expression), Ok(Val::Sensitive(_))), "{expression}");
    }
}
