//! Opening a history file: what it must be, and what is refused before anything is written.
//!
//! The file keeps SQLite's rollback journal rather than a write-ahead log. A night writes once, at its end, so there is
//! nothing for a log to speed up; and a history is one file that people copy, keep in a cache of their pipeline and put on
//! shared folders, where a write-ahead log needs two more files and shared memory
//! (<https://www.sqlite.org/wal.html>, "Disadvantages"). A crash leaves a journal beside it, which the next one who opens it
//! rolls back.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior};

use super::error::{HistoryError, Problem};
use super::schema;
use crate::file::folder_of;

/// A history file that is open.
pub struct History {
    pub(super) connection: Connection,
    pub(super) file: Arc<str>,
}

impl History {
    /// Opens a history to read it, or to take something out of it; an older layout becomes the newest.
    ///
    /// # Errors
    ///
    /// When there is no such file, when it is no history, when it is damaged, or when a later dbkeel wrote it.
    pub fn open(path: &Path, patience: Duration) -> Result<Self, HistoryError> {
        let file = name(path);
        let opened = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, patience);
        let mut history = Self { connection: opened.map_err(|problem| HistoryError::new(&file, problem))?, file };
        let known = history.version().and_then(|version| match version {
            Some(version) => Ok(version),
            None => Err(Problem::SomethingElse),
        });
        known
            .and_then(|version| history.migrate(version))
            .map_err(|problem| HistoryError::new(&history.file, problem))?;
        Ok(history)
    }

    /// Opens a history to record runs of a subject in it; makes it when there is none.
    ///
    /// # Errors
    ///
    /// As [`Self::open`]; also when it may not be written, or holds runs of another subject.
    pub fn create(path: &Path, subject: &str, patience: Duration) -> Result<Self, HistoryError> {
        let file = name(path);
        let wrong = |problem| HistoryError::new(&file, problem);
        may_be_written(path).map_err(wrong)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let connection = connect(path, flags, patience).map_err(wrong)?;
        let mut history = Self { connection, file: Arc::clone(&file) };
        history.prepare(subject).map_err(wrong)?;
        Ok(history)
    }

    /// Says what would keep a run from being recorded, before the work that it is about begins. An older layout
    /// becomes the newest; a file that is not there is not made.
    ///
    /// # Errors
    ///
    /// As [`Self::create`].
    pub fn check(path: &Path, subject: &str, patience: Duration) -> Result<(), HistoryError> {
        let exists = fs::metadata(path).is_ok_and(|found| found.len() > 0);
        if exists {
            let history = Self::create(path, subject, patience)?;
            let whole = history.is_whole();
            return whole.map_err(|problem| HistoryError::new(&history.file, problem));
        }
        let file = name(path);
        may_be_written(path).map_err(|problem| HistoryError::new(&file, problem))?;
        match tempfile::tempfile_in(folder_of(path)) {
            Ok(_) => Ok(()),
            Err(error) => Err(HistoryError::new(&file, Problem::ReadOnly(error.to_string()))),
        }
    }

    /// The file, as the user named it.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// The version of the layout; `None` of an empty file.
    fn version(&self) -> Result<Option<i64>, Problem> {
        let application = schema::header(&self.connection, "application_id")?;
        let version = schema::header(&self.connection, "user_version")?;
        let tables: i64 = self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if application != schema::APPLICATION_ID {
            return if tables == 0 && version == 0 { Ok(None) } else { Err(Problem::SomethingElse) };
        }
        match version > schema::newest() {
            true => Err(Problem::Newer { found: version, known: schema::newest() }),
            false => Ok(Some(version)),
        }
    }

    fn migrate(&mut self, from: i64) -> Result<(), Problem> {
        if from == schema::newest() {
            return Ok(());
        }
        may_be_written(Path::new(self.file.as_ref()))?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have done it while this one waited for its turn.
        let from = schema::header(&transaction, "user_version")?;
        schema::migrate(&transaction, from)?;
        Ok(transaction.commit()?)
    }

    fn prepare(&mut self, subject: &str) -> Result<(), Problem> {
        let version = self.version()?.unwrap_or(0);
        self.migrate(version)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let found = transaction.query_row("SELECT value FROM about WHERE name = 'subject'", [], |row| row.get(0));
        let found: Option<String> = found.optional()?;
        match found.filter(|found| found != subject) {
            Some(found) => return Err(Problem::OtherSubject { found, asked: subject.to_owned() }),
            // Of a folder that takes no journal only a write tells. This one says what is there already, or begins.
            None => {
                transaction.execute("INSERT OR REPLACE INTO about (name, value) VALUES ('subject', ?1)", [subject])?
            }
        };
        Ok(transaction.commit()?)
    }

    fn is_whole(&self) -> Result<(), Problem> {
        let said: String = self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if said == "ok" { Ok(()) } else { Err(Problem::Corrupt(said)) }
    }
}

fn name(path: &Path) -> Arc<str> {
    path.display().to_string().replace('\\', "/").into()
}

fn connect(path: &Path, flags: OpenFlags, patience: Duration) -> Result<Connection, Problem> {
    if !flags.contains(OpenFlags::SQLITE_OPEN_CREATE) && !path.exists() {
        return Err(Problem::None);
    }
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(patience)?;
    // A file of a stranger may not make this process do anything but read rows
    // (https://www.sqlite.org/security.html).
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

/// A file that is marked as read-only is left alone, also by a user whom the system would let write to it.
fn may_be_written(path: &Path) -> Result<(), Problem> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(Problem::ReadOnly("it is a folder".to_owned())),
        Ok(found) if found.permissions().readonly() => Err(Problem::ReadOnly("it is read-only".to_owned())),
        _ => Ok(()),
    }
}
