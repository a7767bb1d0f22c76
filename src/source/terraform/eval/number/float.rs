//! Binary floating point of a given precision, rounded to the nearest, ties to even.
//!
//! It does what Go's `math/big.Float` does (<https://pkg.go.dev/math/big#Float>), on which Terraform stands.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::{BigInt, BigUint, Sign};

/// The bits of a number that is written in a configuration, and of what is calculated from it.
pub(super) const PRECISION: u64 = 512;
/// The bits of a number that a function calculated as `float64`.
const DOUBLE: u64 = 53;
/// Beyond 2^±40000, about 12,000 digits, there is no use but to fill the memory.
const MAX_EXPONENT: i64 = 40_000;
/// The longest text that is read as a number; longer ones are no numbers of a configuration.
const MAX_TEXT: usize = 20_000;

/// `mantissa * 2^exponent`.
#[derive(Clone, Debug)]
pub(super) struct Float {
    /// INVARIANT: odd, or zero with the exponent zero.
    mantissa: BigInt,
    exponent: i64,
    /// How many bits a mantissa may have; how many digits are printed depends on it.
    precision: u64,
}

// The precision is how the number came about, not what it is.
impl PartialEq for Float {
    fn eq(&self, other: &Self) -> bool {
        self.exponent == other.exponent && self.mantissa == other.mantissa
    }
}

impl Eq for Float {}

impl Float {
    pub(super) fn new(mantissa: BigInt, exponent: i64, precision: u64) -> Self {
        Self::rounded(mantissa, exponent, precision, false)
    }

    /// `inexact`: the true value is a little further from zero than the mantissa says.
    fn rounded(mantissa: BigInt, exponent: i64, precision: u64, inexact: bool) -> Self {
        let (sign, magnitude) = mantissa.into_parts();
        let excess = magnitude.bits().saturating_sub(precision);
        let magnitude = if excess == 0 { magnitude } else { shortened(&magnitude, excess, inexact) };
        let zeros = magnitude.trailing_zeros();
        let Some(zeros) = zeros else { return Self { mantissa: BigInt::ZERO, exponent: 0, precision } };
        let mantissa = BigInt::from_biguint(sign, magnitude >> zeros);
        Self { mantissa, exponent: exponent.saturating_add(signed(excess)).saturating_add(signed(zeros)), precision }
    }

    pub(super) fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let bits = value.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        // IEEE 754: eleven bits of exponent, biased by 1023; all of them zero means that there is no hidden bit.
        let biased = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
        let (magnitude, exponent) =
            if biased == 0 { (fraction, -1074) } else { (fraction | (1 << 52), biased.saturating_sub(1075)) };
        let mantissa = BigInt::from(magnitude);
        Some(Self::new(if value.is_sign_negative() { -mantissa } else { mantissa }, exponent, DOUBLE))
    }

    /// Reads `[+-] digits [. digits] [e|E|p|P [+-] digits]`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_TEXT {
            return None;
        }
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let mark = unsigned.find(['e', 'E', 'p', 'P']);
        let (coefficient, tail) = mark.map_or((unsigned, ""), |at| unsigned.split_at(at));
        let (whole, fraction) = coefficient.split_once('.').unwrap_or((coefficient, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (binary, power) = exponent_of(tail)?;
        let magnitude: BigInt = digits.parse().ok()?;
        let mantissa = if negative { -magnitude } else { magnitude };
        let places = signed(u64::try_from(fraction.len()).ok()?);
        if binary {
            Some(Self::scaled(mantissa, places.checked_neg()?, power))
        } else {
            Some(Self::scaled(mantissa, power.checked_sub(places)?, 0))
        }
    }

    /// `mantissa * 10^tens * 2^twos`.
    fn scaled(mantissa: BigInt, tens: i64, twos: i64) -> Self {
        // A power that is out of range anyway is not calculated.
        let bound = tens.clamp(-MAX_EXPONENT, MAX_EXPONENT);
        let power = BigInt::from(5).pow(u32::try_from(bound.unsigned_abs()).unwrap_or(u32::MAX));
        let exponent = twos.saturating_add(tens);
        if tens >= 0 {
            return Self::new(mantissa * power, exponent, PRECISION);
        }
        Self::quotient(mantissa, &power, exponent, PRECISION)
    }

    fn quotient(numerator: BigInt, denominator: &BigInt, exponent: i64, precision: u64) -> Self {
        // Two bits more than are kept: the one that decides how to round, and one because the first may be zero.
        let shift = precision.saturating_add(2).saturating_add(denominator.bits()).saturating_sub(numerator.bits());
        let numerator: BigInt = numerator << shift;
        let quotient = &numerator / denominator;
        let inexact = &quotient * denominator != numerator;
        Self::rounded(quotient, exponent.saturating_sub(signed(shift)), precision, inexact)
    }

    pub(super) fn is_out_of_range(&self) -> bool {
        let size = self.exponent.saturating_add(signed(self.mantissa.bits()));
        size.abs() > MAX_EXPONENT || self.exponent.abs() > MAX_EXPONENT
    }

    pub(super) fn add(&self, other: &Self) -> Self {
        let exponent = self.exponent.min(other.exponent);
        let sum = self.mantissa_at(exponent) + other.mantissa_at(exponent);
        Self::new(sum, exponent, self.precision.max(other.precision))
    }

    pub(super) fn mul(&self, other: &Self) -> Self {
        let exponent = self.exponent.saturating_add(other.exponent);
        let mut product = Self::new(&self.mantissa * &other.mantissa, exponent, PRECISION);
        // A product keeps the bits that it needs, though its factors have fewer.
        product.precision = self.precision.max(other.precision).max(product.mantissa.bits());
        product
    }

    /// INVARIANT: `other` is not zero.
    pub(super) fn div(&self, other: &Self) -> Self {
        let exponent = self.exponent.saturating_sub(other.exponent);
        Self::quotient(self.mantissa.clone(), &other.mantissa, exponent, self.precision.max(other.precision))
    }

    pub(super) fn neg(&self) -> Self {
        Self { mantissa: -&self.mantissa, ..self.clone() }
    }

    pub(super) fn truncated(&self) -> Self {
        let digits = self.exponent.min(0).unsigned_abs();
        let (sign, magnitude) = self.mantissa.clone().into_parts();
        let cut = BigInt::from_biguint(sign, magnitude >> digits);
        Self::new(cut, self.exponent.max(0), PRECISION)
    }

    /// Whether it is a whole number of which the last digits are not known.
    pub(super) fn is_rough(&self) -> bool {
        let size = self.exponent.saturating_add(signed(self.mantissa.bits()));
        self.exponent > 0 && size > signed(self.precision)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    pub(super) fn to_integer(&self) -> Option<BigInt> {
        self.is_whole().then(|| self.mantissa_at(0))
    }

    pub(super) fn to_i64(&self) -> Option<i64> {
        if self.exponent > 64 {
            return None;
        }
        i64::try_from(self.to_integer()?).ok()
    }

    pub(super) fn to_f64(&self) -> f64 {
        // The printed form has all digits that count, and the standard library rounds it correctly.
        self.to_string().parse().unwrap_or(f64::MAX)
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let exponent = self.exponent.min(other.exponent);
        self.mantissa_at(exponent).cmp(&other.mantissa_at(exponent))
    }

    /// The mantissa for a smaller exponent.
    fn mantissa_at(&self, exponent: i64) -> BigInt {
        &self.mantissa << self.exponent.saturating_sub(exponent).unsigned_abs()
    }
}

/// Drops the last bits, and rounds.
fn shortened(magnitude: &BigUint, excess: u64, inexact: bool) -> BigUint {
    let kept = magnitude >> excess;
    let half = excess.saturating_sub(1);
    let below = magnitude.trailing_zeros().is_some_and(|zeros| zeros < half) || inexact;
    let up = magnitude.bit(half) && (below || kept.bit(0));
    if up { kept + 1u32 } else { kept }
}

/// Reads what follows the digits: whether the power is one of two, and the power.
fn exponent_of(tail: &str) -> Option<(bool, i64)> {
    let mut characters = tail.chars();
    let Some(mark) = characters.next() else { return Some((false, 0)) };
    let power = characters.as_str();
    let digits = power.strip_prefix(['+', '-']).unwrap_or(power);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((mark.eq_ignore_ascii_case(&'p'), power.parse().ok()?))
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

impl fmt::Display for Float {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (digits, places) = self.shortest();
        formatter.pad_integral(self.mantissa.sign() != Sign::Minus, "", &pointed(&digits, places))
    }
}

/// Digits of which so many stand behind the point, without zeros that say nothing.
fn pointed(digits: &str, places: usize) -> String {
    let padded = format!("{digits:0>width$}", width = places.saturating_add(1));
    let (whole, fraction) = padded.split_at(padded.len().saturating_sub(places));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

impl Float {
    pub(super) fn exact(&self) -> String {
        let places = usize::try_from(self.exponent.min(0).unsigned_abs()).unwrap_or(0);
        let sign = if self.mantissa.sign() == Sign::Minus { "-" } else { "" };
        format!("{sign}{}", pointed(&decimal(self.mantissa.magnitude(), self.exponent), places))
    }

    /// The fewest digits that stand for this number and no other one of its precision, and how many of them are behind the
    /// point. Each digit may be the last one when the number that it makes, rounded, still lies nearer to this than to its
    /// neighbours.
    fn shortest(&self) -> (String, usize) {
        let magnitude = self.mantissa.magnitude();
        let spare = self.precision.saturating_sub(magnitude.bits());
        // Half a step to either side. The step below a power of two is half as wide, of which Go takes no notice:
        // Terraform prints 2^64 as 18446744073709550000.
        let [value, lower, upper] = {
            let unit = spare.saturating_add(2);
            let value = magnitude << unit;
            [value.clone(), &value - 2u32, value + 2u32]
        };
        let exponent = self.exponent.saturating_sub(signed(spare)).saturating_sub(2);
        let digits = [value, lower, upper].map(|bound| decimal(&bound, exponent));
        let places = usize::try_from(exponent.min(0).unsigned_abs()).unwrap_or(0);
        let inclusive = spare > 0 || self.precision == 0;
        (cut(&digits, inclusive), places)
    }
}

/// The digits of `value * 2^exponent`; with a negative exponent, that many of them are behind the point.
fn decimal(value: &BigUint, exponent: i64) -> String {
    let power = exponent.unsigned_abs();
    if exponent >= 0 {
        return (value << power).to_string();
    }
    (value * BigUint::from(5u32).pow(u32::try_from(power).unwrap_or(u32::MAX))).to_string()
}

fn cut([value, lower, upper]: &[String; 3], inclusive: bool) -> String {
    let width = upper.len();
    let [value, lower, upper] = [value, lower, upper].map(|digits| format!("{digits:0>width$}").into_bytes());
    for end in 1..=width {
        let rest_is_zero = |digits: &[u8]| digits.iter().skip(end).all(|&digit| digit == b'0');
        let down = value.get(..end).unwrap_or_default().to_vec();
        let up = incremented(&down);
        let below = down.as_slice() > lower.get(..end).unwrap_or_default()
            || inclusive && rest_is_zero(&lower) && down.as_slice() == lower.get(..end).unwrap_or_default();
        let above = match up.as_slice().cmp(upper.get(..end).unwrap_or_default()) {
            _ if up.len() > end => false,
            Ordering::Less => true,
            Ordering::Equal => inclusive || !rest_is_zero(&upper),
            Ordering::Greater => false,
        };
        let chosen = match (below, above) {
            (true, true) if rounds_up(&value, end) => up,
            (true, _) => down,
            (false, true) => up,
            (false, false) => continue,
        };
        return format!("{:0<width$}", String::from_utf8_lossy(&chosen));
    }
    String::from_utf8_lossy(&value).into_owned()
}

/// Whether the digits from `end` on are more than half, or half after an odd digit.
fn rounds_up(digits: &[u8], end: usize) -> bool {
    let rest = digits.get(end..).unwrap_or_default();
    match rest.split_first() {
        None => false,
        Some((b'5', tail)) if tail.iter().all(|&digit| digit == b'0') => {
            end.checked_sub(1).and_then(|last| digits.get(last)).is_some_and(|digit| digit % 2 == 1)
        }
        Some((first, _)) => *first >= b'5',
    }
}

fn incremented(digits: &[u8]) -> Vec<u8> {
    let mut digits = digits.to_vec();
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit = digit.saturating_add(1);
            return digits;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
    digits
}
