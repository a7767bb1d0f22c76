//! Instants as the AWS CLI prints them: RFC 3339, UTC.

use jiff::Timestamp;
use serde_json::Number;

/// Seconds since 1970, as services that speak JSON give them. Fractions are kept to the millisecond, which is what AWS
/// has and more than a float can be trusted with.
pub(super) fn from_epoch(seconds: &Number) -> Option<String> {
    let milliseconds = match seconds.as_i64() {
        Some(whole) => whole.checked_mul(1000)?,
        None => rounded(seconds.as_f64()? * 1000.0)?,
    };
    Timestamp::from_millisecond(milliseconds).ok().map(|instant| instant.to_string())
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn rounded(number: f64) -> Option<i64> {
    // Year 9999 in milliseconds is below 2^48.
    (number.is_finite() && number.abs() < 2f64.powi(48)).then(|| number.round() as i64)
}

/// Whether a text is an instant.
pub(super) fn is_instant(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}
