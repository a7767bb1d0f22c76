//! Engine versions: the major version by each engine's own counting, and an order for finding downgrades.

use std::cmp::Ordering;

/// The major version of an engine version, as the release calendars count it: PostgreSQL `16`, MySQL `8.0`,
/// MariaDB `10.11`, Aurora MySQL `3`, DocumentDB `5.0`, Neptune `1.3`, Oracle `19`, SQL Server `15.00`, Db2 `11.5`, Redis `7`,
/// Valkey `8`, Memcached `1.6`.
/// `None` when the version does not say it: `8` for MySQL may become 8.0 or 8.4.
// Source: RDS.md section 4; release cycles of engine_lifecycle.json (Neptune there lists single releases, not majors).
pub fn major(engine: &str, version: &str) -> Option<String> {
    let engine = engine.strip_prefix("custom-").unwrap_or(engine);
    match engine {
        "aurora" | "aurora-mysql" => aurora_mysql_major(version),
        "postgres" | "aurora-postgresql" => counted_by_one_from(10, version),
        "redis" | "valkey" => counted_by_one_from(0, version),
        _ if engine.starts_with("oracle-") => counted_by_one_from(18, version),
        _ => segments(version, 2),
    }
}

/// Orders two versions of one engine by their segments. A version that is less precise equals every version that it may
/// become: `16` and `16.3` are equal, so pinning a minor version is no downgrade.
pub fn compare(left: &str, right: &str) -> Ordering {
    left.split('.')
        .zip(right.split('.'))
        .map(|(l, r)| compare_segments(l, r))
        .find(|o| o.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// Releases before `first` count majors by two segments (PostgreSQL 9.6, Oracle 12.1), later ones by one.
fn counted_by_one_from(first: u32, version: &str) -> Option<String> {
    let leading: u32 = version.split('.').next()?.parse().ok()?;
    if leading >= first { Some(leading.to_string()) } else { segments(version, 2) }
}

/// A version begins with the MySQL release that Aurora is compatible with (`8.0.mysql_aurora.3.08.0`); up to 8.0 Aurora has
/// majors of its own for these, later ones are called alike.
fn aurora_mysql_major(version: &str) -> Option<String> {
    let compatible = segments(version, 2)?;
    match compatible.as_str() {
        "5.6" => Some("1".to_owned()),
        "5.7" => Some("2".to_owned()),
        "8.0" => Some("3".to_owned()),
        later => (compare(later, "8.4") != Ordering::Less).then_some(compatible),
    }
}

/// The first segments of a version, when they are all there and begin with a digit.
fn segments(version: &str, count: usize) -> Option<String> {
    let parts: Vec<&str> = version.split('.').take(count).collect();
    let complete = parts.len() == count && parts.iter().all(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    complete.then(|| parts.join("."))
}

/// Compares digits as numbers and the rest as text, stretch by stretch: `v8` is before `v10`, `10a` after `10`.
fn compare_segments(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left, right);
    loop {
        if left.is_empty() || right.is_empty() {
            return left.len().cmp(&right.len());
        }
        let (left_stretch, left_rest) = stretch(left);
        let (right_stretch, right_rest) = stretch(right);
        let order = match (left_stretch.parse::<u64>(), right_stretch.parse::<u64>()) {
            (Ok(l), Ok(r)) => l.cmp(&r),
            _ => left_stretch.cmp(right_stretch),
        };
        if order.is_ne() {
            return order;
        }
        (left, right) = (left_rest, right_rest);
    }
}

/// The longest beginning that is all digits or has none, and the rest.
fn stretch(text: &str) -> (&str, &str) {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    text.find(|c: char| c.is_ascii_digit() != digits).map_or((text, ""), |end| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn majors_are_counted_as_each_engine_counts_them() {
        for (engine, version, expected) in [
            ("postgres", "16", Some("16")),
            ("postgres", "16.3", Some("16")),
            ("postgres", "16.3-R2", Some("16")),
            ("postgres", "9.6.24", Some("9.6")),
            ("postgres", "9", None),
            ("aurora-postgresql", "15.4", Some("15")),
            ("mysql", "8.0.36", Some("8.0")),
            ("mysql", "8.4", Some("8.4")),
            ("mysql", "8", None),
            ("mariadb", "10.11.6", Some("10.11")),
            ("aurora-mysql", "8.0.mysql_aurora.3.08.0", Some("3")),
            ("aurora-mysql", "5.7.mysql_aurora.2.11.1", Some("2")),
            ("aurora-mysql", "8.0", Some("3")),
            ("aurora-mysql", "8.0.mysql_aurora.3", Some("3")),
            ("aurora", "5.6.10a", Some("1")),
            ("aurora-mysql", "8.4.mysql_aurora.8.4.8", Some("8.4")),
            ("aurora-mysql", "3.08.0", None),
            ("aurora-mysql", "8", None),
            ("redis", "7.1", Some("7")),
            ("redis", "6.x", Some("6")),
            ("valkey", "8", Some("8")),
            ("memcached", "1.6.22", Some("1.6")),
            ("docdb", "5.0.0", Some("5.0")),
            ("neptune", "1.3.2.1", Some("1.3")),
            ("oracle-ee", "19.0.0.0.ru-2026-04.rur-2026-04.r1", Some("19")),
            ("oracle-se2", "12.1.0.2.v8", Some("12.1")),
            ("custom-oracle-ee", "19.my_cev1", Some("19")),
            ("sqlserver-se", "15.00.4470.1.v1", Some("15.00")),
            ("db2-ae", "11.5.9.0.sb00000000.r1", Some("11.5")),
            ("postgres", "", None),
            ("mysql", "eight.zero", None),
        ] {
            assert_eq!(major(engine, version).as_deref(), expected, "{engine} {version}");
        }
    }

    #[test]
    fn versions_are_ordered_by_segments_and_not_by_text() {
        assert_eq!(compare("8.0.9", "8.0.36"), Ordering::Less);
        assert_eq!(compare("10.6", "10.11"), Ordering::Less);
        assert_eq!(compare("17.1", "16.9"), Ordering::Greater);
        assert_eq!(compare("8.0.mysql_aurora.3.04.2", "8.0.mysql_aurora.3.08.0"), Ordering::Less);
        assert_eq!(compare("12.1.0.2.v8", "12.1.0.2.v10"), Ordering::Less);
        assert_eq!(compare("19.0.0.0.ru-2025-10.r1", "19.0.0.0.ru-2026-04.r1"), Ordering::Less);
        assert_eq!(compare("5.6.10", "5.6.10a"), Ordering::Less);
    }

    #[test]
    fn a_less_precise_version_equals_what_it_may_become() {
        assert_eq!(compare("16", "16.3"), Ordering::Equal);
        assert_eq!(compare("8.0.mysql_aurora.3.08.0", "8.0"), Ordering::Equal);
    }
}
