//! Parquet: verdicts, facts and drift as three tables in a folder that grows by a partition a day, for those whose questions
//! outgrow one file: DuckDB, Athena, Spark, Trino.
//!
//! ```text
//! DIR/verdicts/date=2026-11-22/account=111122223333/state-live-5f2a90c1.parquet
//! DIR/facts/…    DIR/drift/…
//! ```
//!
//! A table has a folder of its own, because Athena, Spark and Trino take every file under a folder for one table. A file is
//! named for the category of the run, so that a second run of the same day replaces what the first one wrote, and runs of
//! other scopes stay beside it. All files of a run are written first and then put into place one after the other, each in one
//! step; what an earlier run of the day wrote about an account that this one does not see is removed.
//!
//! Values are as the source has them, like in `json`: a table is data, not text for a terminal. What is sensitive was dropped
//! when it was read. The same results give the same bytes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::category::category;
use super::part::Part;
use super::{Report, ReportOptions};
use crate::file::folder_of;
use crate::model::{Drift, Results};

mod cells;
mod drift;
mod facts;
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

/// One of the three tables.
struct Table {
    name: &'static str,
    columns: Columns,
    write: fn(&mut TableFile, &Scope<'_>) -> io::Result<()>,
}

const TABLES: [Table; 3] = [
    Table { name: "verdicts", columns: verdicts::COLUMNS, write: verdicts::write },
    Table { name: "facts", columns: facts::COLUMNS, write: facts::write },
    Table { name: "drift", columns: drift::COLUMNS, write: drift::write },
];

/// What one file of each table is about: one account, or what is of none that is known.
struct Scope<'a> {
    run: &'a Run<'a>,
    /// `None` when the account has drift and nothing that was judged.
    part: Option<&'a Part<'a>>,
    drifts: Vec<&'a Drift>,
}

/// Adds the partitions of a run to a folder, which is made when it is not there.
///
/// # Errors
///
/// When the folder cannot be made or written to, or when there is no room. What was there stays then.
pub(super) fn write_folder(folder: &Path, results: &Results, options: &ReportOptions) -> io::Result<()> {
    results.find_places(|_, _| true);
    let category = category(results, options);
    let run = Run::new(results, &category)?;
    make(folder)?;
    // Hidden, and in no table's folder, so that no query takes what is half written for data.
    let beside = tempfile::Builder::new().prefix(".dbkeel-").suffix(".tmp").tempdir_in(folder)?;
    let parts = Part::by_account(results);
    let mut written = Vec::new();
    for account in accounts(results) {
        let scope = Scope {
            run: &run,
            part: parts.iter().find(|part| part.account() == account),
            drifts: results.drift.drifts.iter().filter(|of| of.resource.scope.account.as_ref() == account).collect(),
        };
        for table in &TABLES {
            let place = path::of_file(table.name, &run.date, account.map(AsRef::as_ref), &category);
            write_table(&beside.path().join(written.len().to_string()), table, &scope)?;
            written.push(place);
        }
    }
    put_into_place(beside.path(), folder, &written)?;
    remove_others(folder, &run.date, &category, &written)
}

fn make(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(io::ErrorKind::NotADirectory.into()),
        made => made,
    }
}

/// The accounts of a run; when it saw nothing at all, the unknown one, so that its files show that it was there.
fn accounts(results: &Results) -> BTreeSet<Option<&Arc<str>>> {
    let of_resources = results.resources.iter().map(|resource| resource.scope.account.as_ref());
    let of_drifts = results.drift.drifts.iter().map(|drift| drift.resource.scope.account.as_ref());
    let mut accounts: BTreeSet<_> = of_resources.chain(of_drifts).collect();
    if accounts.is_empty() {
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

/// Removes what an earlier run of the same day and category wrote of accounts that this one does not have.
fn remove_others(folder: &Path, date: &str, category: &str, written: &[PathBuf]) -> io::Result<()> {
    for table in &TABLES {
        let day = path::of_day(table.name, date);
        for partition in fs::read_dir(folder.join(&day))? {
            let place = day.join(partition?.file_name()).join(path::file_name(category));
            if written.contains(&place) {
                continue;
            }
            match fs::remove_file(folder.join(&place)) {
                Err(error) if !is_absent(&error) => return Err(error),
                // An empty folder would be an account without rows; one with files of other scopes stays.
                _ => drop(place.parent().map(|partition| fs::remove_dir(folder.join(partition)))),
            }
        }
    }
    Ok(())
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests;
