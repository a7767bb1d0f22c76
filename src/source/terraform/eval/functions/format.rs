//! `format` and `formatlist` (<https://developer.hashicorp.com/terraform/language/functions/format>).

use std::iter::Peekable;
use std::str::Chars;
use std::sync::Arc;

use num_bigint::BigInt;

use super::super::number::Number;
use super::super::value::{SequenceKind, Val};
use super::arguments::Arguments;
use super::types::{Type, convert};
use super::{MAX_ELEMENTS, MAX_TEXT, json, survey, text, too_long, too_many_elements};

/// The greatest width and precision, as Go has it.
const MAX_WIDTH: usize = 1_000_000;

pub(super) fn format(arguments: &Arguments<'_>) -> Result<Val, String> {
    let values = arguments.all().get(1..).unwrap_or_default();
    Ok(text::value(&formatted(arguments.text(0)?, values)?))
}

pub(super) fn formatlist(arguments: &Arguments<'_>) -> Result<Val, String> {
    let pattern = arguments.text(0)?;
    let values = arguments.all().get(1..).unwrap_or_default();
    let lists = values
        .iter()
        .filter_map(|value| if let Val::Sequence(_, elements) = value { Some(elements.len()) } else { None });
    let mut lengths = lists.collect::<Vec<_>>().into_iter();
    let count = lengths.next();
    if lengths.any(|length| Some(length) != count) {
        return Err("the lists have different lengths".to_owned());
    }
    if values.is_empty() || count.is_none() {
        let only = if values.iter().any(survey::holds_unknown) {
            survey::unsettled(values)
        } else {
            text::value(&formatted(pattern, values)?)
        };
        return Ok(Val::Sequence(SequenceKind::List, Arc::new(vec![only])));
    }
    let mut made = Vec::new();
    let mut size = 0usize;
    for index in 0..count.unwrap_or(0) {
        let row = row(values, index);
        let line = if row.iter().any(survey::holds_unknown) {
            survey::unsettled(&row)
        } else {
            text::value(&formatted(pattern, &row)?)
        };
        if let Val::String(line) = &line {
            size = size.saturating_add(line.len());
        }
        made.push(line);
        if size > MAX_TEXT {
            return Err(too_long());
        }
    }
    if made.len() > MAX_ELEMENTS {
        Err(too_many_elements())
    } else {
        Ok(Val::Sequence(SequenceKind::List, Arc::new(made)))
    }
}

/// The arguments for one text: of a list its element, all else as it is.
fn row(values: &[Val], index: usize) -> Vec<Val> {
    let element = |value: &Val| match value {
        Val::Sequence(_, elements) => elements.get(index).cloned().unwrap_or(Val::Null),
        _ => value.clone(),
    };
    values.iter().map(element).collect()
}

/// One `%` of a pattern.
#[derive(Default)]
struct Verb {
    minus: bool,
    plus: bool,
    space: bool,
    zero: bool,
    sharp: bool,
    width: usize,
    precision: Option<usize>,
    /// The argument, the first being 1.
    argument: Option<usize>,
    mode: char,
}

fn formatted(pattern: &str, values: &[Val]) -> Result<String, String> {
    let mut result = String::new();
    let mut rest = pattern.chars().peekable();
    let (mut next, mut highest) = (0usize, 0usize);
    while let Some(character) = rest.next() {
        if character != '%' {
            result.push(character);
            continue;
        }
        let verb = Verb::parse(&mut rest)?;
        if verb.mode == '%' {
            result.push('%');
            continue;
        }
        let place = verb.argument.unwrap_or(next.saturating_add(1));
        let value = place.checked_sub(1).and_then(|index| values.get(index));
        let value =
            value.ok_or_else(|| format!("the pattern asks for argument {place}, and there are {}", values.len()))?;
        next = place;
        highest = highest.max(place);
        result.push_str(&verb.format(value)?);
        if result.len() > MAX_TEXT {
            return Err(too_long());
        }
    }
    if highest < values.len() {
        return Err(format!("the pattern uses {highest} arguments, and there are {}", values.len()));
    }
    Ok(result)
}

impl Verb {
    fn parse(rest: &mut Peekable<Chars<'_>>) -> Result<Self, String> {
        let mut verb = Self::default();
        while let Some(flag) = rest.next_if(|character| "-+ 0#".contains(*character)) {
            match flag {
                '-' => verb.minus = true,
                '+' => verb.plus = true,
                ' ' => verb.space = true,
                '0' => verb.zero = true,
                _ => verb.sharp = true,
            }
        }
        verb.width = digits(rest)?.unwrap_or(0);
        if rest.next_if_eq(&'.').is_some() {
            verb.precision = Some(digits(rest)?.unwrap_or(0));
        }
        if rest.next_if_eq(&'[').is_some() {
            verb.argument = digits(rest)?;
            rest.next_if_eq(&']').ok_or("a `[` of the pattern has no end")?;
        }
        verb.mode = rest.next().ok_or("the pattern ends in the middle of a verb")?;
        Ok(verb)
    }

    fn format(&self, value: &Val) -> Result<String, String> {
        match self.mode {
            'v' if self.sharp || !matches!(value, Val::String(_) | Val::Number(_) | Val::Bool(_)) => {
                Ok(self.padded_text(&json::encoded(value)?))
            }
            'v' if matches!(value, Val::Number(_)) => Ok(self.float(&self.number(value)?)),
            'v' => Ok(self.padded_text(&self.text(value)?)),
            _ if *value == Val::Null => Err(format!("null cannot be formatted with `%{}`", self.mode)),
            's' => Ok(self.padded_text(&self.shortened(&self.text(value)?))),
            'q' => Ok(self.padded_text(&json::quoted(&self.shortened(&self.text(value)?)))),
            't' => match self.converted(value, &Type::Bool)? {
                // Terraform takes no notice of the width.
                Val::Bool(value) => Ok(value.to_string()),
                _ => Err(format!("the argument of `%{}` is not a bool", self.mode)),
            },
            'd' | 'b' | 'o' | 'x' | 'X' => self.integer(&self.number(value)?),
            'e' | 'E' | 'f' | 'g' | 'G' => Ok(self.float(&self.number(value)?)),
            mode => Err(format!("`%{mode}` is not a verb of the pattern")),
        }
    }

    fn converted(&self, value: &Val, kind: &Type) -> Result<Val, String> {
        convert(value, kind).map_err(|what| format!("an argument does not fit `%{}`: {what}", self.mode))
    }

    fn text(&self, value: &Val) -> Result<Arc<str>, String> {
        match self.converted(value, &Type::String)? {
            Val::String(text) => Ok(text),
            _ => Err(format!("the argument of `%{}` is not a text", self.mode)),
        }
    }

    fn number(&self, value: &Val) -> Result<Number, String> {
        match self.converted(value, &Type::Number)? {
            Val::Number(number) => Ok(number),
            _ => Err(format!("the argument of `%{}` is not a number", self.mode)),
        }
    }

    /// A precision of zero is none, for a text: Terraform has it so.
    fn shortened(&self, body: &str) -> String {
        match self.precision {
            Some(characters) if characters > 0 => text::head(body, characters).to_owned(),
            _ => body.to_owned(),
        }
    }

    fn integer(&self, number: &Number) -> Result<String, String> {
        let integer =
            number.as_integer().ok_or_else(|| format!("the argument of `%{}` is not a whole number", self.mode))?;
        let (negative, magnitude) = (integer < BigInt::ZERO, integer.magnitude());
        let (prefix, digits) = match self.mode {
            'b' => ("0b", magnitude.to_str_radix(2)),
            'o' => ("0", magnitude.to_str_radix(8)),
            'x' => ("0x", magnitude.to_str_radix(16)),
            'X' => ("0X", magnitude.to_str_radix(16).to_uppercase()),
            _ => ("", magnitude.to_str_radix(10)),
        };
        let digits = match self.precision {
            Some(precision) => format!("{digits:0>precision$}"),
            None => digits,
        };
        Ok(self.padded_number(negative, if self.sharp { prefix } else { "" }, &digits))
    }

    fn float(&self, number: &Number) -> String {
        let decimal = Decimal::of(number);
        let body = match (self.mode.to_ascii_lowercase(), self.precision) {
            ('f', precision) => decimal.fixed(precision.unwrap_or(6)),
            ('e', precision) => decimal.exponential(precision.unwrap_or(6)),
            (_, Some(precision)) => decimal.general(precision.max(1), precision.max(1)),
            (_, None) => Decimal::shortest(number).general_shortest(),
        };
        let body = if self.mode.is_uppercase() { body.to_uppercase() } else { body };
        self.padded_number(number.is_negative(), "", &body)
    }

    fn padded_text(&self, body: &str) -> String {
        let missing = self.width.saturating_sub(text::width(body));
        match (self.minus, self.zero) {
            (true, _) => format!("{body}{}", " ".repeat(missing)),
            (false, true) => format!("{}{body}", "0".repeat(missing)),
            (false, false) => format!("{}{body}", " ".repeat(missing)),
        }
    }

    fn padded_number(&self, negative: bool, prefix: &str, digits: &str) -> String {
        // `%+v` means something else to Go.
        let sign = match (negative, self.plus && self.mode != 'v', self.space) {
            (true, _, _) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            (false, false, false) => "",
        };
        let missing = self.width.saturating_sub(sign.len().saturating_add(prefix.len()).saturating_add(digits.len()));
        match (self.minus, self.zero) {
            (true, _) => format!("{sign}{prefix}{digits}{}", " ".repeat(missing)),
            (false, true) => format!("{sign}{prefix}{}{digits}", "0".repeat(missing)),
            (false, false) => format!("{}{sign}{prefix}{digits}", " ".repeat(missing)),
        }
    }
}

fn digits(rest: &mut Peekable<Chars<'_>>) -> Result<Option<usize>, String> {
    let mut value = None;
    while let Some(digit) = rest.peek().and_then(|character| character.to_digit(10)) {
        rest.next();
        let digit = usize::try_from(digit).unwrap_or(0);
        let sum = value.unwrap_or(0usize).saturating_mul(10).saturating_add(digit);
        if sum > MAX_WIDTH {
            return Err(format!("a width of the pattern is greater than {MAX_WIDTH}"));
        }
        value = Some(sum);
    }
    Ok(value)
}

/// A number as `%g` prints it with so many digits, and its sign.
pub(super) fn general(number: &Number, digits: usize) -> String {
    let body = Decimal::of(number).general(digits, digits);
    if number.is_negative() { format!("-{body}") } else { body }
}

/// The digits of a number without its sign. INVARIANT: the first one is not zero, unless the number is.
struct Decimal {
    digits: Vec<u8>,
    /// Where the point stands: the number is `0.digits * 10^point`.
    point: i64,
}

impl Decimal {
    /// All digits.
    fn of(number: &Number) -> Self {
        Self::read(&number.exact())
    }

    /// The fewest digits that stand for the number.
    fn shortest(number: &Number) -> Self {
        Self::read(&number.to_string())
    }

    fn read(printed: &str) -> Self {
        let printed = printed.trim_start_matches('-');
        let (whole, fraction) = printed.split_once('.').unwrap_or((printed, ""));
        let all = [whole.as_bytes(), fraction.as_bytes()].concat();
        let zeros = all.iter().take_while(|&&digit| digit == b'0').count();
        let digits: Vec<u8> = all.into_iter().skip(zeros).collect();
        let point = i64::try_from(whole.len()).unwrap_or(0).saturating_sub(i64::try_from(zeros).unwrap_or(0));
        let point = if digits.is_empty() { 1 } else { point };
        Self { digits, point }
    }

    /// With no more than so many digits; to the nearest, ties to even.
    fn rounded(&self, count: usize) -> Self {
        let Some(rest) = self.digits.get(count..).filter(|rest| !rest.is_empty()) else {
            return Self { digits: self.digits.clone(), point: self.point };
        };
        let mut kept: Vec<u8> = self.digits.iter().copied().take(count).collect();
        let half = rest.first() == Some(&b'5') && rest.iter().skip(1).all(|&digit| digit == b'0');
        let odd = kept.last().is_some_and(|digit| digit % 2 == 1);
        let up = if half { odd } else { rest.first() >= Some(&b'5') };
        let mut point = self.point;
        if up && !increment(&mut kept) {
            kept.insert(0, b'1');
            kept.truncate(count.max(1));
            point = point.saturating_add(1);
        }
        Self { digits: kept, point }
    }

    fn digit(&self, index: i64) -> char {
        let digit = usize::try_from(index).ok().and_then(|index| self.digits.get(index));
        digit.map_or('0', |digit| char::from(*digit))
    }

    fn fixed(&self, places: usize) -> String {
        let places = i64::try_from(places).unwrap_or(0);
        let rounded = match usize::try_from(self.point.saturating_add(places)) {
            Ok(count) => self.rounded(count),
            Err(_) => Self { digits: Vec::new(), point: 1 },
        };
        let mut body: String = (0..rounded.point).map(|index| rounded.digit(index)).collect();
        if body.is_empty() {
            body.push('0');
        }
        if places > 0 {
            body.push('.');
            body.extend((0..places).map(|place| rounded.digit(rounded.point.saturating_add(place))));
        }
        body
    }

    fn exponential(&self, places: usize) -> String {
        let rounded = self.rounded(places.saturating_add(1));
        let places = i64::try_from(places).unwrap_or(0);
        let mut body = rounded.digit(0).to_string();
        if places > 0 {
            body.push('.');
            body.extend((1..=places).map(|index| rounded.digit(index)));
        }
        let exponent = if rounded.digits.is_empty() { 0 } else { rounded.point.saturating_sub(1) };
        format!("{body}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
    }

    /// The shorter of the two forms: an exponent where it is less than -4 or not less than `limit`.
    fn general(&self, count: usize, limit: usize) -> String {
        let mut rounded = self.rounded(count);
        while rounded.digits.last() == Some(&b'0') {
            rounded.digits.pop();
        }
        let exponent = rounded.point.saturating_sub(1);
        let significant = rounded.digits.len();
        if !rounded.digits.is_empty() && (exponent < -4 || exponent >= i64::try_from(limit).unwrap_or(i64::MAX)) {
            return rounded.exponential(significant.saturating_sub(1));
        }
        let places = i64::try_from(significant).unwrap_or(0).saturating_sub(rounded.point);
        rounded.fixed(usize::try_from(places).unwrap_or(0))
    }

    /// With as many digits as need be; they count as six where it is decided whether there is an exponent.
    fn general_shortest(&self) -> String {
        self.general(self.digits.len(), 6)
    }
}

/// Whether there was a digit that could be raised; all were nines otherwise.
fn increment(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit = digit.saturating_add(1);
            return true;
        }
        *digit = b'0';
    }
    false
}
