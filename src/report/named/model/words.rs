//! Values in words, for the formats that people read.

use std::fmt;

use super::{CellValue, Number};

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.decimals);
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = decimals + 1);
        let sign = if self.digits < 0 { "-" } else { "" };
        let (whole, fraction) = digits.split_at_checked(digits.len() - decimals).unwrap_or((&digits, ""));
        let point = if fraction.is_empty() { "" } else { "." };
        f.pad(&format!("{sign}{whole}{point}{fraction}"))
    }
}

impl fmt::Display for CellValue {
    /// In words, on one line; what is empty is empty.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Status(text) => f.write_str(text.as_str()),
            Self::Identifier(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Duration(seconds) => f.write_str(&length(*seconds)),
            Self::Share { part, whole } => write!(f, "{part} of {whole} ({})", percent(*part, *whole)),
            Self::Date(date) => date.fmt(f),
            Self::Instant(instant) => instant.fmt(f),
            Self::Verdict(verdict) => f.write_str(&verdict.as_str().replace('_', " ")),
            Self::Flag(true) => f.write_str("yes"),
            Self::Flag(false) => f.write_str("no"),
            Self::List(values) if values.is_empty() => f.write_str("none"),
            Self::List(values) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                f.write_str(&values.join(", "))
            }
            Self::Unknown(reason) => write!(f, "unknown: {reason}"),
            Self::Missing(reason) => write!(f, "not applicable: {reason}"),
            Self::Blank => Ok(()),
        }
    }
}

/// A length of time in its two largest units: `4 min 12 s`, `3 d 2 h`.
pub fn length(seconds: i64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let sign = if seconds < 0 { "-" } else { "" };
    let mut left = seconds.unsigned_abs();
    let mut parts = Vec::new();
    for (size, unit) in UNITS {
        if left >= size || (!parts.is_empty() && parts.len() < 2) || (unit == "s" && parts.is_empty()) {
            parts.push((left / size, unit));
            left %= size;
        }
        if parts.len() == 2 {
            break;
        }
    }
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0 || parts.len() == 1)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    format!("{sign}{}", parts.join(" "))
}

/// A share in percent, rounded so that 100% is all and 0% is none.
pub fn percent(part: usize, whole: usize) -> String {
    let tenths = part.saturating_mul(1000).checked_div(whole);
    match tenths {
        None => "-".to_owned(),
        Some(0) if part > 0 => "<0.1%".to_owned(),
        Some(tenths) if tenths % 10 == 0 => format!("{}%", tenths / 10),
        Some(tenths) => format!("{}.{}%", tenths / 10, tenths % 10),
    }
}
