//! Operators.

use std::cmp::Ordering;
use std::sync::Arc;

use hcl_edit::expr::{BinaryOperator, UnaryOperator};

use super::convert::{to_bool, to_number};
use super::number::Number;
use super::unsettled::{mark, unmark, unmark_deep, unsettled_in, unsettled_in_all};
use super::value::Val;

/// `-a`, `!a`.
pub(crate) fn unary(operator: UnaryOperator, value: Val) -> Result<Val, String> {
    let (value, sensitive) = unmark(value);
    if matches!(value, Val::Unknown(_)) {
        return Ok(mark(value, sensitive));
    }
    let result = match operator {
        UnaryOperator::Neg => Val::Number(to_number(&value)?.neg()?),
        UnaryOperator::Not => Val::Bool(!to_bool(&value)?),
    };
    Ok(mark(result, sensitive))
}

/// `a + b`, `a == b`, `a && b`.
pub(crate) fn binary(operator: BinaryOperator, lhs: Val, rhs: Val) -> Result<Val, String> {
    if matches!(operator, BinaryOperator::Eq | BinaryOperator::NotEq) {
        return Ok(equality(operator, &lhs, &rhs));
    }
    let ((lhs, one), (rhs, other)) = (unmark(lhs), unmark(rhs));
    let result = match operator {
        BinaryOperator::And | BinaryOperator::Or => logical(operator, &lhs, &rhs)?,
        _ => match unsettled_in_all([&lhs, &rhs]) {
            Some(unsettled) => unsettled.into_val(),
            None => numeric(operator, &to_number(&lhs)?, &to_number(&rhs)?)?,
        },
    };
    Ok(mark(result, one || other))
}

/// Whether one side of `&&` or `||` decides alone; then the other one is not looked at.
pub(crate) fn decides(operator: BinaryOperator, side: &Val) -> bool {
    matches!((operator, side), (BinaryOperator::And, Val::Bool(false)) | (BinaryOperator::Or, Val::Bool(true)))
}

fn equality(operator: BinaryOperator, lhs: &Val, rhs: &Val) -> Val {
    let ((lhs, one), (rhs, other)) = (unmark_deep(lhs), unmark_deep(rhs));
    let result = match unsettled_in_all([&lhs, &rhs]) {
        Some(unsettled) => unsettled.into_val(),
        None => Val::Bool(equals(&lhs, &rhs) == (operator == BinaryOperator::Eq)),
    };
    mark(result, one || other)
}

/// Equality of known values. Values of different types are never equal: neither `1` and `"1"`, nor a list and a tuple.
pub(crate) fn equals(lhs: &Val, rhs: &Val) -> bool {
    match (lhs, rhs) {
        (Val::Sequence(_, a), Val::Sequence(_, b)) if Arc::ptr_eq(a, b) => true,
        (Val::Mapping(_, a), Val::Mapping(_, b)) if Arc::ptr_eq(a, b) => true,
        _ => lhs == rhs,
    }
}

fn logical(operator: BinaryOperator, lhs: &Val, rhs: &Val) -> Result<Val, String> {
    let side = |value: &Val| match unsettled_in(value) {
        Some(unsettled) => Ok(unsettled.into_val()),
        None => to_bool(value).map(Val::Bool),
    };
    let (lhs, rhs) = (side(lhs)?, side(rhs)?);
    if decides(operator, &lhs) || decides(operator, &rhs) {
        return Ok(Val::Bool(operator == BinaryOperator::Or));
    }
    match unsettled_in_all([&lhs, &rhs]) {
        Some(unsettled) => Ok(unsettled.into_val()),
        None => Ok(Val::Bool(operator == BinaryOperator::And)),
    }
}

fn numeric(operator: BinaryOperator, lhs: &Number, rhs: &Number) -> Result<Val, String> {
    let compares =
        |wanted: &[Ordering]| Ok(Val::Bool(lhs.partial_cmp(rhs).is_some_and(|ordering| wanted.contains(&ordering))));
    match operator {
        BinaryOperator::Plus => lhs.add(rhs).map(Val::Number),
        BinaryOperator::Minus => lhs.sub(rhs).map(Val::Number),
        BinaryOperator::Mul => lhs.mul(rhs).map(Val::Number),
        BinaryOperator::Div => lhs.div(rhs).map(Val::Number),
        BinaryOperator::Mod => lhs.rem(rhs).map(Val::Number),
        BinaryOperator::Less => compares(&[Ordering::Less]),
        BinaryOperator::LessEq => compares(&[Ordering::Less, Ordering::Equal]),
        BinaryOperator::Greater => compares(&[Ordering::Greater]),
        BinaryOperator::GreaterEq => compares(&[Ordering::Greater, Ordering::Equal]),
        BinaryOperator::Eq | BinaryOperator::NotEq | BinaryOperator::And | BinaryOperator::Or => {
            Err("the operator takes no numbers".to_owned())
        }
    }
}
