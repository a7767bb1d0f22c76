//! Minor versions in the way in which the rules compare them: `policies/lib/version.rego`.

/// Whether a version is older than another, as far as both of them go: `16` is neither older nor newer than `16.14`.
pub(crate) fn is_older(left: &str, right: &str) -> bool {
    let (left, right) = (numbers(left), numbers(right));
    let shared = left.len().min(right.len());
    left.iter().take(shared).lt(right.iter().take(shared))
}

/// Whether a version says its minor version: it counts in the way of its major version, and goes as far as the newest. Aurora
/// MySQL `8.0` names the MySQL that it speaks, and no release of major version 3.
pub(crate) fn says_minor(version: &str, major: &str, newest: &str) -> bool {
    let version = numbers(version);
    version.starts_with(&numbers(major)) && version.len() >= numbers(newest).len()
}

/// The leading numbers: 16, 3 of `16.3`; 3, 8, 0 of `8.0.mysql_aurora.3.08.0`.
fn numbers(version: &str) -> Vec<u64> {
    let own = version.rsplit_once("mysql_aurora.").map_or(version, |(_, own)| own);
    own.split('.')
        .map_while(|part| {
            let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            part.get(..end)?.parse().ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_far_as_both_go() {
        assert!(is_older("16.9", "16.14"));
        assert!(!is_older("16.14", "16.14"));
        assert!(!is_older("16", "16.14"));
        assert!(is_older("8.0.mysql_aurora.3.08.0", "3.10"));
        assert!(is_older("19.0.0.0.ru-2026-04.rur-2026-04.r1", "19.1"));
    }

    #[test]
    fn a_version_says_its_minor_when_it_counts_in_the_way_of_its_major() {
        assert!(says_minor("16.3", "16", "16.14"));
        assert!(!says_minor("16", "16", "16.14"));
        assert!(!says_minor("8.0", "3", "3.10"));
        assert!(says_minor("8.0.mysql_aurora.3.08.0", "3", "3.10"));
    }
}
