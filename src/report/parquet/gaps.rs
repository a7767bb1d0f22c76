//! The table of gaps: one row for each place that could not be read. What is there has rows in no other table, so a share of a
//! table is one of what was read.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::cells::{RUN, column, text};
use super::table::{Column, ColumnType, Columns, TableFile};
use super::{Account, Scope};
use crate::model::{Gap, Results};

const OWN: [Column; 4] = [
    column("account_id", ColumnType::Text, "the account, subscription or project, where the place tells it"),
    column("account_name", ColumnType::Text, "its name in the fleet file"),
    column("place", ColumnType::Text, "where: a path, the address of a resource, `111122223333/eu-west-1`"),
    column("reason", ColumnType::Text, "why"),
];

/// The columns.
pub(super) const COLUMNS: Columns = [&RUN, &OWN, &[]];

/// Writes the gaps of an account.
pub(super) fn write(file: &mut TableFile, scope: &Scope<'_>) -> io::Result<()> {
    let info = scope.account.and_then(|account| scope.run.results.accounts.get(account));
    let name = text(info.and_then(|info| info.name.as_ref()));
    for gap in scope.gaps {
        let own = [scope.account.into(), name.clone(), text(Some(&gap.place)), gap.reason.as_str().into()];
        file.row(scope.run.cells.iter().cloned().chain(own))?;
    }
    Ok(())
}

/// How long the id of an AWS account is.
const OF_AWS: usize = 12;

/// The gaps of each account.
pub(super) fn by_account(results: &Results) -> BTreeMap<Account<'_>, Vec<&Gap>> {
    let of_resources = results.resources.iter().filter_map(|resource| resource.scope.account.as_deref());
    let known: BTreeSet<&str> = results.accounts.keys().map(AsRef::as_ref).chain(of_resources).collect();
    let mut gaps: BTreeMap<Account<'_>, Vec<&Gap>> = BTreeMap::new();
    for gap in &results.gaps {
        gaps.entry(account_of(gap, &known)).or_default().push(gap);
    }
    gaps
}

/// The account that a gap is of, where its place begins with one: one that the run knows, or what AWS has for accounts.
fn account_of<'a>(gap: &'a Gap, known: &BTreeSet<&'a str>) -> Account<'a> {
    let first = gap.place.split('/').next().unwrap_or_default();
    if first.len() == OF_AWS && first.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(first);
    }
    // An account of another provider may have a `/` in its name.
    let ends = gap.place.match_indices('/').map(|(end, _)| end).chain([gap.place.len()]);
    ends.filter_map(|end| gap.place.get(..end)).find(|place| known.contains(place))
}
