//! Functions on times, which are RFC 3339 as Terraform reads it: `T` and `Z` in upper case, a fraction if need be, no leap second.

use jiff::civil::DateTime;
use jiff::{SignedDuration, tz::Offset};

use super::super::value::Val;
use super::arguments::Arguments;
use super::{text, unknown};

pub(super) fn timestamp(_: &Arguments<'_>) -> Result<Val, String> {
    Ok(unknown("timestamp"))
}

pub(super) fn plantimestamp(_: &Arguments<'_>) -> Result<Val, String> {
    Ok(unknown("plantimestamp"))
}

/// A time of day somewhere.
struct Stamp {
    time: DateTime,
    offset: Offset,
}

pub(super) fn timeadd(arguments: &Arguments<'_>) -> Result<Val, String> {
    let stamp = Stamp::parse(arguments.text(0)?)?;
    let later = stamp.time.checked_add(duration(arguments.text(1)?)?);
    let later = later.map_err(|_| "the time would lie beyond the year 9999".to_owned())?;
    Ok(text::value(&format!("{}{}", later.strftime("%Y-%m-%dT%H:%M:%S"), offset(stamp.offset, true, "Z"))))
}

pub(super) fn timecmp(arguments: &Arguments<'_>) -> Result<Val, String> {
    let instant = |index: usize| {
        let stamp = Stamp::parse(arguments.text(index)?)?;
        let since = stamp.time.duration_since(DateTime::ZERO);
        Ok::<_, String>(since.saturating_sub(SignedDuration::from_secs(stamp.offset.seconds().into())))
    };
    Ok(Val::Number(match instant(0)?.cmp(&instant(1)?) {
        std::cmp::Ordering::Less => (-1).into(),
        std::cmp::Ordering::Equal => 0.into(),
        std::cmp::Ordering::Greater => 1.into(),
    }))
}

impl Stamp {
    fn parse(body: &str) -> Result<Self, String> {
        Self::read(body).ok_or_else(|| "the text is not a time such as `2017-11-22T00:00:00Z`".to_owned())
    }

    fn read(body: &str) -> Option<Self> {
        let shape = |byte: u8| if byte.is_ascii_digit() { b'0' } else { byte };
        let (head, tail) = body.split_at_checked(19)?;
        if !head.bytes().map(shape).eq(*b"0000-00-00T00:00:00") || head.get(17..)? == "60" {
            return None;
        }
        let digits = tail
            .strip_prefix('.')
            .map_or(0, |rest| rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        let (fraction, zone) = if digits == 0 { ("", tail) } else { tail.split_at_checked(digits + 1)? };
        // What is finer than a nanosecond changes nothing.
        let time = format!("{head}{}", fraction.get(..10).unwrap_or(fraction)).parse().ok()?;
        Some(Self { time, offset: zone_of(zone)? })
    }
}

fn zone_of(zone: &str) -> Option<Offset> {
    if zone == "Z" {
        return Some(Offset::UTC);
    }
    let sign = if zone.starts_with('+') { 1 } else { -1 };
    let digits = zone.strip_prefix(['+', '-'])?;
    let (hours, minutes) = digits.split_once(':').filter(|(hours, minutes)| hours.len() == 2 && minutes.len() == 2)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return None;
    }
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    let valid = hours <= 24 && minutes < 60;
    valid.then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()).flatten()
}

/// `+05:30`, or without the colon; for UTC what is given.
fn offset(offset: Offset, colon: bool, utc: &str) -> String {
    let seconds = offset.seconds();
    if seconds == 0 && !utc.is_empty() {
        return utc.to_owned();
    }
    let minutes = seconds.abs() / 60;
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("{sign}{:02}{}{:02}", minutes / 60, if colon { ":" } else { "" }, minutes % 60)
}

/// Reads `1h30m`, `-1.5h`, `500ms`, `0`, as Go does (<https://pkg.go.dev/time#ParseDuration>).
fn duration(body: &str) -> Result<SignedDuration, String> {
    let wrong = || "the text is not a duration such as `1h30m`".to_owned();
    let (negative, mut rest) = match body.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, body.strip_prefix('+').unwrap_or(body)),
    };
    if rest == "0" {
        return Ok(SignedDuration::ZERO);
    }
    let mut nanoseconds = 0i64;
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let digits = rest.find(|character: char| !character.is_ascii_digit() && character != '.').ok_or_else(wrong)?;
        let (amount, tail) = rest.split_at(digits);
        let end = tail.find(|character: char| character.is_ascii_digit() || character == '.').unwrap_or(tail.len());
        let (unit, next) = tail.split_at(end);
        let part = unit_of(unit).and_then(|unit| in_nanoseconds(amount, unit)).ok_or_else(wrong)?;
        nanoseconds = nanoseconds.checked_add(part).ok_or("the duration is longer than 292 years")?;
        rest = next;
    }
    Ok(SignedDuration::from_nanos(if negative { nanoseconds.saturating_neg() } else { nanoseconds }))
}

fn unit_of(unit: &str) -> Option<i64> {
    Some(match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

fn in_nanoseconds(amount: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let kept = fraction.get(..15).unwrap_or(fraction);
    let part: i128 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
    let scale = 10i128.checked_pow(u32::try_from(kept.len()).ok()?)?;
    let part = i64::try_from(part.checked_mul(unit.into())?.checked_div(scale)?).ok()?;
    whole.checked_mul(unit)?.checked_add(part)
}

pub(super) fn formatdate(arguments: &Arguments<'_>) -> Result<Val, String> {
    let pattern = arguments.text(0)?;
    let stamp = Stamp::parse(arguments.text(1)?)?;
    let mut formatted = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            rest = quoted(rest, &mut formatted)?;
            continue;
        }
        let length = rest.len() - rest.trim_start_matches(first).len();
        let (token, next) = rest.split_at(length);
        if first.is_ascii_alphabetic() {
            formatted.push_str(&field(token, &stamp)?);
        } else {
            formatted.push_str(token);
        }
        rest = next;
    }
    Ok(text::value(&formatted))
}

/// Text in quotes stands for itself, and two quotes in it for one.
fn quoted<'a>(pattern: &'a str, formatted: &mut String) -> Result<&'a str, String> {
    let mut rest = pattern.strip_prefix('\'').unwrap_or(pattern);
    loop {
        let (part, tail) = rest.split_once('\'').ok_or("a quote in the pattern has no end")?;
        formatted.push_str(part);
        match tail.strip_prefix('\'') {
            Some(next) => {
                formatted.push('\'');
                rest = next;
            }
            None => return Ok(tail),
        }
    }
}

fn field(token: &str, stamp: &Stamp) -> Result<String, String> {
    let time = stamp.time;
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = (time.hour() + 11) % 12 + 1;
    Ok(match token {
        "YYYY" => format!("{:04}", time.year()),
        "YY" => format!("{:02}", time.year() % 100),
        "MMMM" => time.strftime("%B").to_string(),
        "MMM" => time.strftime("%b").to_string(),
        "MM" => format!("{:02}", time.month()),
        "M" => time.month().to_string(),
        "DD" => format!("{:02}", time.day()),
        "D" => time.day().to_string(),
        "EEEE" => time.strftime("%A").to_string(),
        "EEE" => time.strftime("%a").to_string(),
        "hh" => format!("{:02}", time.hour()),
        "h" => time.hour().to_string(),
        "HH" => format!("{hour:02}"),
        "H" => hour.to_string(),
        "AA" => half.to_uppercase(),
        "aa" => half.to_owned(),
        "mm" => format!("{:02}", time.minute()),
        "m" => time.minute().to_string(),
        "ss" => format!("{:02}", time.second()),
        "s" => time.second().to_string(),
        "ZZZZZ" => offset(stamp.offset, true, ""),
        "ZZZZ" => offset(stamp.offset, false, ""),
        "ZZZ" => offset(stamp.offset, false, "UTC"),
        "Z" => offset(stamp.offset, true, "Z"),
        _ => return Err(format!("`{token}` in the pattern stands for nothing; other letters go in single quotes")),
    })
}
