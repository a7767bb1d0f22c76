//! The layout of the file, and how an older one becomes this one.
//!
//! A version is a list of statements that lead from the version before it. A released version is never changed; what is
//! new is a new one. The version stands in SQLite's `user_version`, and `application_id` says whose file it is
//! (<https://www.sqlite.org/pragma.html#pragma_application_id>).

use rusqlite::{Connection, Transaction};

/// "dbkl", in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x6462_6b6c;

/// The versions of the layout, the first first.
const VERSIONS: &[&str] = &[include_str!("schema/v1.sql"), include_str!("schema/v2.sql")];

/// The version that this dbkeel writes.
pub(super) fn newest() -> i64 {
    VERSIONS.len() as i64
}

/// Brings a file from a version to the newest one, in the caller's transaction.
pub(super) fn migrate(transaction: &Transaction<'_>, from: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(from).unwrap_or_default();
    for statements in VERSIONS.iter().skip(done) {
        transaction.execute_batch(statements)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", newest())
}

/// A number that SQLite keeps in the file's header.
pub(super) fn header(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}
