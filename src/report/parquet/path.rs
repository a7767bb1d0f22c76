//! Where the files of a run stand: `verdicts/date=2026-11-22/account=111122223333/plan-infra-5f2a90c1.parquet`.
//!
//! The name of an account may be anybody's text. It becomes one segment of a path that leads nowhere else, on any file system,
//! and two accounts never share one: letters, digits, `-`, `_` and `.` stay, everything else is percent-encoded, as Hive does.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::report::category::digest;

/// Hive's word for no value, which DuckDB, Spark, Trino and Athena read as null.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// The longest name of a partition: file systems allow 255 bytes.
const MAX_NAME: usize = 200;

/// How much of a category is in the name of a file, for people.
const MAX_CATEGORY: usize = 60;

/// The folder of a day, under that of a table.
pub(super) fn of_day(table: &str, date: &str) -> PathBuf {
    [table, &format!("date={date}")].iter().collect()
}

/// The folder of an account, on a day.
pub(super) fn of_account(table: &str, date: &str, account: Option<&str>) -> PathBuf {
    let account = account.map_or_else(|| NO_VALUE.to_owned(), partition);
    of_day(table, date).join(format!("account={account}"))
}

/// The file of a table for an account, on a day.
pub(super) fn of_file(table: &str, date: &str, account: Option<&str>, category: &str) -> PathBuf {
    of_account(table, date, account).join(file_name(category))
}

/// The name of the files of a scope.
pub(super) fn file_name(category: &str) -> String {
    let slug = category.replace('/', "-");
    // A category is ASCII, so that every byte ends a character.
    let slug = slug.get(..MAX_CATEGORY).unwrap_or(&slug);
    format!("{slug}-{}.parquet", digest(category))
}

/// An account as a segment of a path.
fn partition(account: &str) -> String {
    let mut name = String::with_capacity(account.len());
    let last = account.len().saturating_sub(1);
    for (position, byte) in account.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => name.push(char::from(byte)),
            // Neither `..` nor a name that Windows takes the last dot of, nor Hive's own word.
            b'.' | b'_' if position != 0 && position != last => name.push(char::from(byte)),
            // Upper case too: two accounts that differ in case alone are one folder on some file systems.
            // Writing to a string cannot fail.
            byte => drop(write!(name, "%{byte:02X}")),
        }
    }
    if name.len() <= MAX_NAME {
        return name;
    }
    // Longer than any account; its column has it whole.
    format!("{}-{}", name.get(..MAX_NAME).unwrap_or_default(), digest(account))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Component;

    use proptest::prelude::*;

    use super::*;

    fn place(account: &str) -> String {
        of_file("facts", "2026-11-22", Some(account), "plan/infra/prod").to_str().unwrap().to_owned()
    }

    #[test]
    fn a_file_says_what_it_is_about() {
        let name = format!("plan-infra-prod-{}.parquet", digest("plan/infra/prod"));
        assert_eq!(place("111122223333"), format!("facts/date=2026-11-22/account=111122223333/{name}"));
        assert_eq!(place("a b=c/../Ä"), format!("facts/date=2026-11-22/account=a%20b%3Dc%2F..%2F%C3%84/{name}"));
        let nobody = of_file("drift", "2026-11-22", None, "all");
        assert!(nobody.starts_with(format!("drift/date=2026-11-22/account={NO_VALUE}")));
        assert_ne!(file_name("plan/a-b"), file_name("plan/a/b"));
    }

    #[test]
    fn accounts_that_look_alike_have_folders_of_their_own() {
        let long = |last: char| format!("{}{last}", "x".repeat(5_000));
        let (one, other) = (long('a'), long('b'));
        let names = ["", ".", "..", "%2E", NO_VALUE, "prod", "PROD", "prod.", "prod ", "prod/", &one, &other];
        let folders: BTreeSet<String> = names.iter().map(|name| place(name).to_lowercase()).collect();
        assert_eq!(folders.len(), names.len(), "{folders:?}");
        assert!(!folders.iter().any(|folder| folder.contains(&NO_VALUE.to_lowercase())));
    }

    proptest! {
        #[test]
        fn no_name_leads_out_of_its_folder(account in any::<String>()) {
            let path = of_file("facts", "2026-11-22", Some(&account), "all");
            let parts: Vec<_> = path.components().collect();
            prop_assert_eq!(parts.len(), 4);
            prop_assert!(parts.iter().all(|part| matches!(part, Component::Normal(name) if name.len() < 255)));
            prop_assert!(path.to_str().unwrap().bytes().all(|byte| byte.is_ascii_graphic() && !br#"\:*?"<>|"#.contains(&byte)));
        }
    }
}
