//! What is of one account, and the list of all of them.

use maud::{Markup, html};
use sha2::{Digest as _, Sha256};

use super::page::Section;
use super::run::Run;
use super::scorecard;
use super::text::words;
use crate::model::{Gap, VerdictCounts};
use crate::report::part::Part;
use crate::report::summary::{Summary, account_label};
use crate::report::text::hex;

/// The longest account that is part of a file name as it stands.
const MAX_PLAIN: usize = 64;

/// What people call the account of a page.
pub(super) fn label(part: &Part<'_>) -> String {
    part.account().map_or_else(|| "that is not known".to_owned(), |account| account_label(part.results, account))
}

/// The file of an account's page. A name that a file system might take for something else is replaced by its digest.
pub(super) fn file_name(account: Option<&str>) -> String {
    let Some(account) = account else { return "no-account.html".to_owned() };
    let is_plain = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
    match account.len() <= MAX_PLAIN && !account.is_empty() && account.chars().all(is_plain) {
        true => format!("account-{account}.html"),
        false => {
            let digest = hex(&Sha256::digest(account.as_bytes()));
            // A prefix that no plain name has.
            format!("account_{}.html", digest.get(..16).unwrap_or(&digest))
        }
    }
}

/// Whether a gap is about a part of a run: gaps of what runs begin with their account (`111122223333/eu-west-1`).
pub(super) fn concerns(part: &Part<'_>, gap: &Gap) -> bool {
    if part.is_whole() {
        return true;
    }
    let first = gap.place.split('/').next().unwrap_or_default();
    part.account().is_some_and(|account| first == account.as_ref())
}

/// Every account, the one with the most failures first, each a link to its page.
pub(super) fn section<'a>(run: &Run<'a>) -> Section<'a> {
    let parts = Part::by_account(run.results());
    let mut accounts: Vec<(&Part<'_>, VerdictCounts)> =
        parts.iter().map(|part| (part, Summary::of_part(part).total)).collect();
    accounts.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.fail));
    let count = accounts.len();
    let row = |(part, counts): (&Part<'_>, VerdictCounts)| {
        let file = file_name(part.account().map(AsRef::as_ref));
        let resources = part.resources().count();
        let link = html! { a href=(file) { (words(&match part.account() {
            Some(_) => label(part),
            None => "account not known".to_owned(),
        })) } };
        (link, html! { (super::text::many(resources, "resource")) }, counts)
    };
    let table: Markup =
        scorecard::table("By account, with a page for each", "Account", accounts.into_iter().map(row).collect());
    Section::of("accounts", "Accounts", Some(count), table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_holds_nothing_that_leads_elsewhere() {
        assert_eq!(file_name(Some("111122223333")), "account-111122223333.html");
        assert_eq!(file_name(None), "no-account.html");
        for account in ["../../etc/passwd", "a/b", "", "A", "x".repeat(10_000).as_str(), "\u{202e}", "<script>"] {
            let name = file_name(Some(account));
            assert!(name.starts_with("account_") && name.len() == 29, "{name}");
        }
    }
}
