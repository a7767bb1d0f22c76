//! Numbers of Terraform's language: binary floating point with a mantissa of 512 bits, as Terraform calculates.
//!
//! Nearly all numbers of a configuration are small and whole, so those are an `i64` and cost nothing. The others are held
//! exactly as Terraform holds them, because it is visible: `0.1 + 0.2` is `0.3`, and `1 / 3` prints 155 digits.
//! What Terraform has and this has not: infinities and the negative zero, which no configuration needs.

mod float;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use num_bigint::BigInt;

use float::{Float, PRECISION};

/// A number. It can be compared, calculated with, and printed as Terraform prints it.
#[derive(Clone, Debug)]
pub(crate) struct Number(Form);

#[derive(Clone, Debug)]
enum Form {
    Small(i64),
    Wide(Arc<Float>),
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl Number {
    /// Zero.
    pub(crate) const ZERO: Number = Number(Form::Small(0));

    /// A number that was calculated with 53 bits, as a few of Terraform's functions do. A number literal is to be read from its
    /// text instead: `0.1` is not the same number in 53 bits and in 512.
    pub(crate) fn from_f64(value: f64) -> Result<Self, String> {
        if value.is_nan() {
            return Err("the result is not a number".to_owned());
        }
        Float::from_f64(value).map_or_else(|| Err("the result is infinite".to_owned()), Self::from_float)
    }

    /// A whole number of any size.
    pub(crate) fn from_integer(value: &BigInt) -> Result<Self, String> {
        Self::from_float(Float::new(value.clone(), 0, PRECISION))
    }

    fn from_float(float: Float) -> Result<Self, String> {
        if float.is_out_of_range() {
            return Err("the number is too large or too small to calculate with".to_owned());
        }
        // A double beyond 2^53 is printed with fewer digits than it has, so it stays one: `pow(2, 60)`.
        let small = if float.is_rough() { None } else { float.to_i64() };
        Ok(Self(small.map_or_else(|| Form::Wide(Arc::new(float)), Form::Small)))
    }

    fn float(&self) -> Float {
        match &self.0 {
            Form::Small(value) => Float::new(BigInt::from(*value), 0, PRECISION),
            Form::Wide(float) => Float::clone(float),
        }
    }

    /// The sum.
    pub(crate) fn add(&self, other: &Self) -> Result<Self, String> {
        match (&self.0, &other.0) {
            (Form::Small(left), Form::Small(right)) if let Some(sum) = left.checked_add(*right) => Ok(sum.into()),
            _ => Self::from_float(self.float().add(&other.float())),
        }
    }

    /// The difference.
    pub(crate) fn sub(&self, other: &Self) -> Result<Self, String> {
        self.add(&other.neg()?)
    }

    /// The product.
    pub(crate) fn mul(&self, other: &Self) -> Result<Self, String> {
        match (&self.0, &other.0) {
            (Form::Small(left), Form::Small(right)) if let Some(product) = left.checked_mul(*right) => {
                Ok(product.into())
            }
            _ => Self::from_float(self.float().mul(&other.float())),
        }
    }

    /// The quotient.
    pub(crate) fn div(&self, other: &Self) -> Result<Self, String> {
        match (&self.0, &other.0) {
            (_, Form::Small(0)) => Err("cannot divide by zero".to_owned()),
            (Form::Small(left), Form::Small(right)) if left.checked_rem(*right) == Some(0) => Ok((left / right).into()),
            _ => Self::from_float(self.float().div(&other.float())),
        }
    }

    /// What remains of a division whose quotient is cut to a whole number; it has the sign of `self`. Of a division by zero
    /// all remains: Terraform says so.
    pub(crate) fn rem(&self, other: &Self) -> Result<Self, String> {
        match (&self.0, &other.0) {
            (_, Form::Small(0)) => Ok(self.clone()),
            (Form::Small(left), Form::Small(right)) => Ok(left.checked_rem(*right).unwrap_or(0).into()),
            _ => self.sub(&other.mul(&self.div(other)?.truncated())?),
        }
    }

    /// The number with the other sign.
    pub(crate) fn neg(&self) -> Result<Self, String> {
        match &self.0 {
            Form::Small(value) if let Some(negated) = value.checked_neg() => Ok(negated.into()),
            _ => Self::from_float(self.float().neg()),
        }
    }

    /// Without what stands after the point.
    pub(crate) fn truncated(&self) -> Self {
        match &self.0 {
            Form::Small(_) => self.clone(),
            Form::Wide(float) => Self::from_float(float.truncated()).unwrap_or_else(|_| self.clone()),
        }
    }

    /// Whether it has no fraction.
    pub(crate) fn is_whole(&self) -> bool {
        match &self.0 {
            Form::Small(_) => true,
            Form::Wide(float) => float.is_whole(),
        }
    }

    /// Whether it is less than zero.
    pub(crate) fn is_negative(&self) -> bool {
        *self < Self::ZERO
    }

    /// As an integer, if it is whole and fits.
    pub(crate) fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Small(value) => Some(*value),
            Form::Wide(float) => float.to_i64(),
        }
    }

    /// As an integer of any size, if it is whole.
    pub(crate) fn as_integer(&self) -> Option<BigInt> {
        match &self.0 {
            Form::Small(value) => Some(BigInt::from(*value)),
            Form::Wide(float) => float.to_integer(),
        }
    }

    /// All of its digits: printed, it may have fewer.
    pub(crate) fn exact(&self) -> String {
        match &self.0 {
            Form::Small(value) => value.to_string(),
            Form::Wide(float) => float.exact(),
        }
    }

    /// The nearest number of 53 bits.
    pub(crate) fn as_f64(&self) -> f64 {
        match &self.0 {
            #[expect(clippy::cast_precision_loss, reason = "the nearest is what is asked for")]
            Form::Small(value) => *value as f64,
            Form::Wide(float) => float.to_f64(),
        }
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Form::Small(value))
    }
}

impl FromStr for Number {
    type Err = String;

    /// Reads what `tonumber` reads, which is more than a literal may be: `+5`, `.5`, `1e3`.
    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(value) = text.parse() {
            return Ok(Self(Form::Small(value)));
        }
        let float = Float::parse(text).ok_or_else(|| "a number is required".to_owned())?;
        Self::from_float(float)
    }
}

impl fmt::Display for Number {
    /// The shortest text that is read as the same number, never with an exponent.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Small(value) => value.fmt(formatter),
            Form::Wide(float) => float.fmt(formatter),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Small(left), Form::Small(right)) => left.cmp(right),
            _ => self.float().compare(&other.float()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests;
