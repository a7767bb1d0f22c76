//! Whether two values of a fact are the same thing.

use super::table::Compare;
use crate::facts::parameters::normalise;
use crate::model::Value;

/// What came of comparing two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Same {
    /// They are.
    Yes,
    /// They are not.
    No,
    /// It cannot be told; why.
    Unclear(&'static str),
}

impl From<bool> for Same {
    fn from(is_same: bool) -> Self {
        if is_same { Self::Yes } else { Self::No }
    }
}

/// Compares two values, of which the declared one may be less precise.
pub(super) fn same(compare: Compare, declared: &Value, running: &Value) -> Same {
    if declared == running {
        return Same::Yes;
    }
    if let (Compare::Within, Some(declared), Some(running)) = (compare, declared.as_list(), running.as_list()) {
        return declared.iter().all(|one| running.contains(one)).into();
    }
    let (Some(one), Some(other)) = (declared.as_str(), running.as_str()) else { return Same::No };
    match compare {
        Compare::Text => one.eq_ignore_ascii_case(other).into(),
        Compare::Version => is_version_of(one, other).into(),
        Compare::Window => (window(one).is_some() && window(one) == window(other)).into(),
        Compare::Key => key(one, other),
        Compare::Reference => (name_of(one).eq_ignore_ascii_case(name_of(other))).into(),
        _ => Same::No,
    }
}

/// Whether a version has every segment that a declaration names: `16.3` has those of `16`, `161` does not
/// (RDS.md section 4).
pub(super) fn is_version_of(declared: &str, running: &str) -> bool {
    let mut segments = running.split('.');
    declared.split('.').all(|segment| segments.next() == Some(segment))
}

/// A parameter's value as it takes effect: switches as `1` and `0`, numbers as numbers.
pub(super) fn same_parameter(name: &str, declared: &str, running: &str) -> Same {
    let (one, other) = (normalise(name, declared), normalise(name, running));
    if one == other {
        return Same::Yes;
    }
    // What a formula comes to depends on the instance class, and the API does not compute it (RDS.md section 2.4).
    if one.contains('{') != other.contains('{') {
        return Same::Unclear("one value is a formula, which the provider computes");
    }
    match (one.parse::<i128>(), other.parse::<i128>()) {
        (Ok(one), Ok(other)) => (one == other).into(),
        _ => (switch(&one).is_some() && switch(&one) == switch(&other)).into(),
    }
}

/// A value that is on or off.
fn switch(value: &str) -> Option<bool> {
    match value {
        "1" | "on" | "true" | "yes" => Some(true),
        "0" | "off" | "false" | "no" => Some(false),
        _ => None,
    }
}

/// A key by ARN or by its id, which is the end of the ARN; only the key service knows which key an alias stands for
/// (RDS.md section 3.4).
fn key(one: &str, other: &str) -> Same {
    let is_alias = |key: &str| key.starts_with("alias/") || key.contains(":alias/");
    if is_alias(one) != is_alias(other) {
        return Same::Unclear("an alias does not tell which key it stands for");
    }
    // Two ARNs are of two regions where their ids are alike: copies of a multi-region key.
    if one.starts_with("arn:") && other.starts_with("arn:") {
        return one.eq_ignore_ascii_case(other).into();
    }
    fn id(key: &str) -> &str {
        key.rsplit_once("key/").map_or(key, |(_, id)| id)
    }
    id(one).eq_ignore_ascii_case(id(other)).into()
}

/// The name at the end of an ARN, or the name itself.
fn name_of(reference: &str) -> &str {
    match reference.starts_with("arn:") {
        true => reference.rsplit_once(':').map_or(reference, |(_, name)| name),
        false => reference,
    }
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTES_OF_DAY: u32 = 24 * 60;

/// A window as minutes, of the week where it names days: `Mon:00:00-mon:1:00`, `3:00-03:30` (RDS.md section 3.3). `None` for
/// what is no window.
pub(super) fn window(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().to_ascii_lowercase();
    let (start, end) = text.split_once('-')?;
    let (start, end) = (instant(start)?, instant(end)?);
    (start.1 == end.1).then_some((start.0, end.0))
}

/// Minutes, and whether they are of the week.
fn instant(text: &str) -> Option<(u32, bool)> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let (day, hours, minutes) = match parts.as_slice() {
        [day, hours, minutes] => (Some(DAYS.iter().position(|known| known == day)?), hours, minutes),
        [hours, minutes] => (None, hours, minutes),
        _ => return None,
    };
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let is_time = hours < 24 && minutes < 60;
    let days = u32::try_from(day.unwrap_or_default()).ok()?;
    is_time.then_some((days * MINUTES_OF_DAY + hours * 60 + minutes, day.is_some()))
}

/// When a window opens next, from an instant on.
pub(crate) fn opens_next(text: &str, from: jiff::Timestamp) -> Option<jiff::Timestamp> {
    let (start, _) = window(text)?;
    let is_weekly = text.matches(':').count() > 2;
    let today = from.to_zoned(jiff::tz::TimeZone::UTC).start_of_day().ok()?;
    let day = i64::from(today.weekday().to_monday_zero_offset());
    let start = i64::from(start);
    let minutes = if is_weekly { start - day * i64::from(MINUTES_OF_DAY) } else { start };
    let period = i64::from(MINUTES_OF_DAY) * if is_weekly { 7 } else { 1 };
    let opens = |minutes: i64| today.timestamp().checked_add(jiff::SignedDuration::from_mins(minutes)).ok();
    let first = opens(minutes)?;
    if first >= from { Some(first) } else { opens(minutes + period) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(compare: Compare, one: &str, other: &str) -> Same {
        same(compare, &Value::from(one), &Value::from(other))
    }

    #[test]
    fn every_fold_hides_noise_and_shows_a_change_at_the_same_place() {
        for (compare, noise, change) in [
            (Compare::Text, ("Default", "default"), ("default", "defaults")),
            (Compare::Version, ("16", "16.3"), ("16", "161.3")),
            (
                Compare::Version,
                ("8.0", "8.0.mysql_aurora.3.08.0"),
                ("8.0.mysql_aurora.3.08", "8.0.mysql_aurora.3.07.1"),
            ),
            (Compare::Version, ("15.00", "15.00.4470.1.v1"), ("15.00", "15.0.4470.1.v1")),
            (
                Compare::Window,
                ("Mon:00:00-mon:01:00", "mon:0:00-Mon:1:00"),
                ("mon:00:00-mon:01:00", "tue:00:00-tue:01:00"),
            ),
            (Compare::Window, ("03:00-03:30", "3:00-3:30"), ("03:00-03:30", "03:00-04:00")),
            (
                Compare::Key,
                ("abc-1", "arn:aws:kms:eu-west-1:1:key/abc-1"),
                ("arn:aws:kms:eu-west-1:1:key/abc-1", "arn:aws:kms:eu-west-1:1:key/abc-2"),
            ),
            (
                Compare::Key,
                ("alias/db", "alias/db"),
                ("arn:aws:kms:eu-west-1:1:key/mrk-1", "arn:aws:kms:us-east-1:1:key/mrk-1"),
            ),
            (
                Compare::Reference,
                ("main", "arn:aws:rds:eu-west-1:1:db:main"),
                ("main", "arn:aws:rds:eu-west-1:1:db:main2"),
            ),
        ] {
            assert_eq!(of(compare, noise.0, noise.1), Same::Yes, "{compare:?} {noise:?}");
            assert_eq!(of(compare, change.0, change.1), Same::No, "{compare:?} {change:?}");
        }
        assert!(matches!(of(Compare::Key, "alias/db", "arn:aws:kms:eu-west-1:1:key/abc"), Same::Unclear(_)));
    }

    #[test]
    fn parameters_are_the_same_when_their_effect_is() {
        for (name, one, other, expected) in [
            ("rds.force_ssl", "1", "on", Same::Yes),
            ("rds.force_ssl", "1", "off", Same::No),
            ("autovacuum", "true", "ON", Same::Yes),
            ("work_mem", "4096", "04096", Same::Yes),
            ("work_mem", "4096", "4097", Same::No),
            (
                "shared_preload_libraries",
                "pg_stat_statements,auto_explain",
                "auto_explain,pg_stat_statements",
                Same::No,
            ),
            ("character_set_server", "UTF8MB4", "utf8mb4", Same::Yes),
            ("max_connections", "{DBInstanceClassMemory/9531392}", "{DBInstanceClassMemory/9531392}", Same::Yes),
            ("max_connections", "{DBInstanceClassMemory/1}", "{DBInstanceClassMemory/2}", Same::No),
        ] {
            assert_eq!(same_parameter(name, one, other), expected, "{name} {one} {other}");
        }
        assert!(matches!(same_parameter("max_connections", "{DBInstanceClassMemory/2}", "100"), Same::Unclear(_)));
    }

    #[test]
    fn a_window_opens_next_at_its_own_day_and_hour() {
        let from = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
        // 2026-11-22 is a Sunday.
        for (window, now, expected) in [
            ("sun:04:00-sun:05:00", "2026-11-22T03:00:00Z", "2026-11-22T04:00:00Z"),
            ("sun:04:00-sun:05:00", "2026-11-22T04:30:00Z", "2026-11-29T04:00:00Z"),
            ("mon:00:15-mon:00:45", "2026-11-22T12:00:00Z", "2026-11-23T00:15:00Z"),
            ("tue:00:15-tue:00:45", "2026-11-25T12:00:00Z", "2026-12-01T00:15:00Z"),
            ("03:00-03:30", "2026-11-22T12:00:00Z", "2026-11-23T03:00:00Z"),
        ] {
            assert_eq!(opens_next(window, from(now)), Some(from(expected)), "{window} from {now}");
        }
        assert_eq!(opens_next("whenever", from("2026-11-22T12:00:00Z")), None);
    }

    #[test]
    fn what_is_no_window_is_no_window() {
        for text in ["", "mon", "mon:00:00", "24:00-25:00", "mon:00:00-01:00", "xyz:00:00-xyz:01:00", "a:b-c:d"] {
            assert_eq!(window(text), None, "{text}");
        }
    }
}
