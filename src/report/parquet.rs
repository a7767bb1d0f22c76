//! Parquet: verdicts, facts, drift and gaps as four tables in a folder that grows by a partition a day, for those whose questions
//! outgrow one file: DuckDB, Athena, Spark, Trino.
//!
//! ```text
//! DIR/verdicts/date=2026-11-22/account=111122223333/state-live-5f2a90c1.parquet
//! DIR/facts/…    DIR/drift/…    DIR/gaps/…
//! ```
//!
//! A table has a folder of its own, because Athena, Spark and Trino take every file under a folder for one table. A file is
//! named for the category of the run, so that a second run of the same day replaces what the first one wrote, and runs of
//! other scopes stay beside it. All files of a run are written first and then put into place one after the other, each in one
//! step. What an earlier run of the day wrote about an account that this one does not see is removed, unless it could not be
//! read now: then what was known of it stays, and the table of gaps says that it is not of now.
//!
//! Values are as the source has them, like in `json`: a table is data, not text for a terminal. What is sensitive was dropped
//! when it was read. The same results give the same bytes.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::category;
use super::part::Part;
use super::{Report, ReportOptions};
use crate::file::folder_of;
use crate::model::{Drift, Gap, Results};

mod cells;
mod drift;
mod facts;
mod gaps;
mod path;
mod table;
mod verdicts;

use cells::Run;
use table::{Columns, TableFile};

/// The name and version of the form.
const SCHEMA: &str = "dbkeel.parquet/v1";

/// The format, which is a folder and no stream.
pub(super) struct Parquet;

impl Report for Parquet {
    fn write(&self, _: &Results, _: &ReportOptions, _: &mut dyn Write) -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "Parquet is a folder of files: name one, `parquet=DIR`"))
    }
}

/// One of the tables.
struct Table {
    name: &'static str,
    columns: Columns,
    /// Whether it has a file for an account of which nothing was seen.
    is_of_unseen: bool,
    write: fn(&mut TableFile, &Scope<'_>) -> io::Result<()>,
}

const TABLES: [Table; 4] = [
    Table { name: "verdicts", columns: verdicts::COLUMNS, is_of_unseen: false, write: verdicts::write },
    Table { name: "facts", columns: facts::COLUMNS, is_of_unseen: false, write: facts::write },
    Table { name: "drift", columns: drift::COLUMNS, is_of_unseen: false, write: drift::write },
    Table { name: "gaps", columns: gaps::COLUMNS, is_of_unseen: true, write: gaps::write },
];

/// What one file of each table is about: one account, or what is of none that is known.
struct Scope<'a> {
    run: &'a Run<'a>,
    account: Account<'a>,
    /// `None` when nothing of the account was judged.
    part: Option<&'a Part<'a>>,
    drifts: Vec<&'a Drift>,
    gaps: &'a [&'a Gap],
}

/// An account, or what is of none that is known.
type Account<'a> = Option<&'a str>;

/// Adds the partitions of a run to a folder, which is made when it is not there.
///
/// # Errors
///
/// When the folder cannot be made or written to, or when there is no room. What was there stays then.
pub(super) fn write_folder(folder: &Path, results: &Results, options: &ReportOptions) -> io::Result<()> {
    results.find_places(|_, _| true);
    let category = category::of_inputs(results, options);
    let run = Run::new(results, &category)?;
    make(folder)?;
    // Hidden, and in no table's folder, so that no query takes what is half written for data.
    let beside = tempfile::Builder::new().prefix(".dbkeel-").suffix(".tmp").tempdir_in(folder)?;
    let parts = Part::by_account(results);
    let mut written = Vec::new();
    let seen = seen(results);
    let unread = gaps::by_account(results);
    let accounts: BTreeSet<Account<'_>> = seen.iter().chain(unread.keys()).copied().collect();
    for account in accounts {
        let scope = Scope {
            run: &run,
            account,
            part: parts.iter().find(|part| part.account().map(AsRef::as_ref) == account),
            drifts: results.drift.drifts.iter().filter(|of| of.resource.scope.account.as_deref() == account).collect(),
            gaps: unread.get(&account).map(Vec::as_slice).unwrap_or_default(),
        };
        for table in TABLES.iter().filter(|table| table.is_of_unseen || seen.contains(&account)) {
            let place = path::of_file(table.name, &run.date, account, &category);
            write_table(&beside.path().join(written.len().to_string()), table, &scope)?;
            written.push(place);
        }
    }
    put_into_place(beside.path(), folder, &written)?;
    remove_others(folder, &run.date, &category, |table, partition| {
        let place = partition.join(path::file_name(&category));
        let is_unread = |account: &Account<'_>| partition == path::of_account(table.name, &run.date, *account);
        // Of a gap whose account nobody knows, any account may be.
        let stays = !table.is_of_unseen && (unread.contains_key(&None) || unread.keys().any(is_unread));
        written.contains(&place) || stays
    })
}

fn make(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(io::ErrorKind::NotADirectory.into()),
        made => made,
    }
}

/// The accounts that a run saw something of; when there was nothing to see at all, the unknown one, so that its files show
/// that the run was there.
fn seen(results: &Results) -> BTreeSet<Account<'_>> {
    let of_resources = results.resources.iter().map(|resource| resource.scope.account.as_deref());
    let of_drifts = results.drift.drifts.iter().map(|drift| drift.resource.scope.account.as_deref());
    let mut accounts: BTreeSet<_> = of_resources.chain(of_drifts).collect();
    if accounts.is_empty() && results.gaps.is_empty() {
        accounts.insert(None);
    }
    accounts
}

fn write_table(path: &Path, table: &Table, scope: &Scope<'_>) -> io::Result<()> {
    let mut file = TableFile::new(File::create_new(path)?, table.columns, &scope.run.results.run)?;
    (table.write)(&mut file, scope)?;
    file.finish()?.sync_all()
}

/// Moves what was written, by its number, to where it belongs.
fn put_into_place(beside: &Path, folder: &Path, places: &[PathBuf]) -> io::Result<()> {
    for place in places {
        fs::create_dir_all(folder_of(&folder.join(place)))?;
    }
    places
        .iter()
        .enumerate()
        .try_for_each(|(number, place)| fs::rename(beside.join(number.to_string()), folder.join(place)))
}

/// Removes what an earlier run of the same day and category wrote of accounts, but for the partitions of a table that stay.
fn remove_others(folder: &Path, date: &str, category: &str, stays: impl Fn(&Table, &Path) -> bool) -> io::Result<()> {
    for table in &TABLES {
        let day = path::of_day(table.name, date);
        for partition in partitions(&folder.join(&day))? {
            let partition = day.join(partition);
            if !stays(table, &partition) {
                remove(&folder.join(&partition), category)?;
            }
        }
    }
    Ok(())
}

/// The names of the partitions of a day; none when a run that saw nothing is the first one of the day.
fn partitions(day: &Path) -> io::Result<Vec<OsString>> {
    match fs::read_dir(day) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        entries => entries?.map(|entry| Ok(entry?.file_name())).collect(),
    }
}

fn remove(partition: &Path, category: &str) -> io::Result<()> {
    match fs::remove_file(partition.join(path::file_name(category))) {
        Err(error) if !is_absent(&error) => Err(error),
        // An empty folder would be an account without rows; one with files of other scopes stays.
        _ => {
            drop(fs::remove_dir(partition));
            Ok(())
        }
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests;
