//! Functions on numbers.

use std::sync::Arc;

use num_bigint::BigInt;

use super::super::number::Number;
use super::super::value::{SequenceKind, Val};
use super::arguments::Arguments;
use super::types::{Type, convert};

/// Terraform's own bound for `range`.
const MAX_RANGE: usize = 1024;
/// The longest text that `parseint` reads; the time it takes grows with its square.
const MAX_DIGITS: usize = 10_000;

pub(super) fn abs(arguments: &Arguments<'_>) -> Result<Val, String> {
    let number = arguments.number(0)?;
    if number.is_negative() { number.neg().map(Val::Number) } else { Ok(Val::Number(number.clone())) }
}

pub(super) fn ceil(arguments: &Arguments<'_>) -> Result<Val, String> {
    let number = arguments.number(0)?;
    let cut = number.truncated();
    if cut < *number { cut.add(&1.into()).map(Val::Number) } else { Ok(Val::Number(cut)) }
}

pub(super) fn floor(arguments: &Arguments<'_>) -> Result<Val, String> {
    let number = arguments.number(0)?;
    let cut = number.truncated();
    if cut > *number { cut.sub(&1.into()).map(Val::Number) } else { Ok(Val::Number(cut)) }
}

pub(super) fn log(arguments: &Arguments<'_>) -> Result<Val, String> {
    let (number, base) = (arguments.number(0)?.as_f64(), arguments.number(1)?.as_f64());
    Number::from_f64(number.ln() / base.ln()).map(Val::Number)
}

pub(super) fn pow(arguments: &Arguments<'_>) -> Result<Val, String> {
    let (number, power) = (arguments.number(0)?.as_f64(), arguments.number(1)?.as_f64());
    Number::from_f64(number.powf(power)).map(Val::Number)
}

pub(super) fn max(arguments: &Arguments<'_>) -> Result<Val, String> {
    let largest = arguments.numbers()?.into_iter().max().cloned();
    largest.map(Val::Number).ok_or_else(|| "too few arguments: the largest of none".to_owned())
}

pub(super) fn min(arguments: &Arguments<'_>) -> Result<Val, String> {
    let smallest = arguments.numbers()?.into_iter().min().cloned();
    smallest.map(Val::Number).ok_or_else(|| "too few arguments: the smallest of none".to_owned())
}

pub(super) fn signum(arguments: &Arguments<'_>) -> Result<Val, String> {
    let number = arguments.number(0)?;
    if !number.is_whole() {
        return Err(arguments.wrong(0, "a whole number"));
    }
    Ok(Val::Number(match number.cmp(&Number::ZERO) {
        std::cmp::Ordering::Less => (-1).into(),
        std::cmp::Ordering::Equal => 0.into(),
        std::cmp::Ordering::Greater => 1.into(),
    }))
}

pub(super) fn sum(arguments: &Arguments<'_>) -> Result<Val, String> {
    let elements = arguments.elements(0)?;
    if elements.is_empty() {
        return Err("the list is empty, and has no sum".to_owned());
    }
    let mut total = Number::ZERO;
    for element in elements {
        match convert(element, &Type::Number)? {
            Val::Number(number) => total = total.add(&number)?,
            _ => return Err("the list holds a null, which cannot be added".to_owned()),
        }
    }
    Ok(Val::Number(total))
}

pub(super) fn parseint(arguments: &Arguments<'_>) -> Result<Val, String> {
    let text = arguments.text(0)?;
    let base = u32::try_from(arguments.integer(1)?).ok().filter(|base| (2..=62).contains(base));
    let base = base.ok_or_else(|| "the base is not between 2 and 62".to_owned())?;
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || digits.len() > MAX_DIGITS {
        return Err("the text is empty or too long to be a number".to_owned());
    }
    let mut total = BigInt::ZERO;
    for character in digits.chars() {
        let digit = digit(character, base).ok_or_else(|| format!("the text is not a number of base {base}"))?;
        total = total * base + digit;
    }
    Number::from_integer(&if negative { -total } else { total }).map(Val::Number)
}

/// Up to base 36 upper and lower case are the same; beyond, upper case counts on after lower case.
fn digit(character: char, base: u32) -> Option<u32> {
    let value = match character {
        '0'..='9' => u32::from(character).checked_sub(u32::from('0')),
        'a'..='z' => u32::from(character).checked_sub(u32::from('a') - 10),
        'A'..='Z' if base <= 36 => u32::from(character).checked_sub(u32::from('A') - 10),
        'A'..='Z' => u32::from(character).checked_sub(u32::from('A') - 36),
        _ => None,
    };
    value.filter(|value| *value < base)
}

pub(super) fn range(arguments: &Arguments<'_>) -> Result<Val, String> {
    let (start, end, step) = match arguments.numbers()?.as_slice() {
        [end] => (Number::ZERO, (*end).clone(), None),
        [start, end] => ((*start).clone(), (*end).clone(), None),
        [start, end, step] => ((*start).clone(), (*end).clone(), Some((*step).clone())),
        _ => return Err("a range takes one, two or three numbers".to_owned()),
    };
    let down = end < start;
    let step = step.unwrap_or_else(|| if down { (-1).into() } else { 1.into() });
    if step == Number::ZERO || end != start && step.is_negative() != down {
        return Err("the step does not lead from the start to the end".to_owned());
    }
    let mut elements = Vec::new();
    let mut next = start;
    while if down { next > end } else { next < end } {
        if elements.len() >= MAX_RANGE {
            return Err(format!("the range has more than {MAX_RANGE} numbers"));
        }
        elements.push(Val::Number(next.clone()));
        next = next.add(&step)?;
    }
    Ok(Val::Sequence(SequenceKind::List, Arc::new(elements)))
}
