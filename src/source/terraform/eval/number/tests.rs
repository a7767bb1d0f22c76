//! The answers are those of `terraform console` 1.11.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::Number;

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

#[test]
fn fractions_are_calculated_and_printed_as_terraform_does() {
    let sum = number("0.1").add(&number("0.2")).unwrap();
    assert_eq!(sum.to_string(), "0.3");
    let third = number("1").div(&number("3")).unwrap().to_string();
    assert_eq!(third, format!("0.{}5", "3".repeat(154)));
    let two_thirds = number("2").div(&number("3")).unwrap().to_string();
    assert_eq!(two_thirds, format!("0.{}7", "6".repeat(153)));
    let large = number("1e154").div(&number("3")).unwrap().to_string();
    assert_eq!(large, format!("{}.2", "3".repeat(154)));
    assert_eq!(Number::from_f64(2.095_903_274_289_385).unwrap().to_string(), "2.095903274289385");
    assert_eq!(Number::from_f64(0.1).unwrap().to_string(), "0.1");
    assert_ne!(Number::from_f64(0.1).unwrap(), number("0.1"));
}

#[test]
fn no_number_is_printed_with_an_exponent() {
    for (text, printed) in [
        ("1e20", "100000000000000000000".to_owned()),
        ("1e200", format!("1{}", "0".repeat(200))),
        ("1e-20", format!("0.{}1", "0".repeat(19))),
        ("123456789012345678901234567890", "123456789012345678901234567890".to_owned()),
        ("-12.50", "-12.5".to_owned()),
        ("9223372036854775808", "9223372036854775808".to_owned()),
        ("-9223372036854775808", "-9223372036854775808".to_owned()),
    ] {
        assert_eq!(number(text).to_string(), printed, "{text}");
    }
}

#[test]
fn text_is_read_as_tonumber_reads_it() {
    for (text, printed) in
        [("1.", "1"), (".5", "0.5"), ("+5", "5"), ("1p3", "8"), ("1e3", "1000"), ("-1.5E-1", "-0.15")]
    {
        assert_eq!(number(text).to_string(), printed, "{text}");
    }
    for text in [
        "",
        "-",
        ".",
        "e3",
        "0x10",
        "1_000",
        " 1",
        "1e",
        "1e+",
        "--1",
        "+-1",
        "Inf",
        "NaN",
        "1e999999999",
        "1e99999999999999999999",
    ] {
        assert!(text.parse::<Number>().is_err(), "{text}");
    }
}

#[test]
fn a_remainder_has_the_sign_of_what_is_divided() {
    for (left, right, rest) in [("-7", "3", "-1"), ("7", "-3", "1"), ("-7.5", "2", "-1.5"), ("1", "0", "1")] {
        assert_eq!(number(left).rem(&number(right)).unwrap().to_string(), rest, "{left} % {right}");
    }
    assert_eq!(number("1").div(&number("0")), Err("cannot divide by zero".to_owned()));
}

#[test]
fn the_largest_integers_have_one_form() {
    let beyond = number("9223372036854775807").add(&1.into()).unwrap();
    assert_eq!(beyond.as_i64(), None);
    assert!(beyond.is_whole());
    assert_eq!(beyond.sub(&1.into()).unwrap().as_i64(), Some(i64::MAX));
    assert_eq!(number("-9223372036854775808").neg().unwrap(), beyond);
    assert_eq!(beyond.neg().unwrap().as_i64(), Some(i64::MIN));
    assert_eq!(number("-9223372036854775808").rem(&number("-1")).unwrap(), Number::ZERO);
    assert_eq!(number("2.50").as_f64().total_cmp(&2.5), Ordering::Equal);
}

#[test]
fn numbers_that_would_fill_the_memory_are_errors() {
    let large = number("1e8000");
    assert!(large.mul(&large).is_err());
    assert!(number("1").div(&large).unwrap().div(&large).is_err());
}

proptest! {
    #[test]
    fn printing_loses_nothing(mantissa in any::<i64>(), power in -60i32..60) {
        let value = number(&format!("{mantissa}e{power}"));
        prop_assert_eq!(number(&value.to_string()), value);
    }

    #[test]
    fn doubles_are_printed_with_as_few_digits_as_they_need(value in proptest::num::f64::NORMAL) {
        prop_assume!(value.abs() < 1e300 && value.abs() > 1e-300);
        let printed = Number::from_f64(value).unwrap().to_string();
        // Of two that are as near the standard library takes the upper one, and Terraform the even one.
        prop_assert_eq!(printed.len(), value.to_string().len());
        prop_assert_eq!(printed.parse::<f64>().unwrap().total_cmp(&value), Ordering::Equal);
        prop_assert_eq!(Number::from_f64(value).unwrap().as_f64().total_cmp(&value), Ordering::Equal);
    }

    #[test]
    fn whole_numbers_are_calculated_as_the_processor_does(left in any::<i32>(), right in any::<i32>()) {
        let (left, right) = (i64::from(left), i64::from(right));
        let (one, other) = (Number::from(left), Number::from(right));
        prop_assert_eq!(one.add(&other).unwrap().as_i64(), Some(left + right));
        prop_assert_eq!(one.mul(&other).unwrap().as_i64(), Some(left * right));
        prop_assert_eq!(one.cmp(&other), left.cmp(&right));
        let halves = (one.div(&2.into()).unwrap(), other.div(&2.into()).unwrap());
        prop_assert_eq!(halves.0.add(&halves.1).unwrap().mul(&2.into()).unwrap().as_i64(), Some(left + right));
        if right != 0 {
            prop_assert_eq!(one.rem(&other).unwrap().as_i64(), Some(left % right));
        }
    }
}
