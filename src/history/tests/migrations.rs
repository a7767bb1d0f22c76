//! Files that an earlier version wrote.

use std::path::Path;

use rusqlite::Connection;

use crate::history::testing::{PATIENCE, night, record, run_of};
use crate::history::{History, schema};

/// A history that version 1 recorded: three audits of a fleet, of which four databases and twelve rules are kept.
fn recorded(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("h.sqlite");
    Connection::open(&file).unwrap().execute_batch(include_str!("../../../testdata/history/v1.sql")).unwrap();
    file
}

#[test]
fn a_file_of_the_first_version_becomes_the_newest_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = recorded(folder.path());
    let rows = |table: &str| -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        Connection::open(&file).unwrap().query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let before = ["runs", "resources", "seen", "verdicts", "facts", "texts"].map(rows);
    let mut history = History::create(&file, "audits", PATIENCE).unwrap();
    assert_eq!(["runs", "resources", "seen", "verdicts", "facts", "texts"].map(rows), before);
    assert_eq!(schema::header(&history.connection, "user_version").unwrap(), schema::newest());
    let runs = history.runs().unwrap();
    assert_eq!(runs.iter().map(|run| run.run).collect::<Vec<_>>(), [1, 2, 3]);
    let diff = history.diff(&runs[0], &runs[2]).unwrap();
    assert!(diff.findings.is_empty() && diff.unchanged > 0, "{diff:?}");
    // And a run of now follows.
    let next = record(&mut history, &[run_of(300, &["1"], vec![])]);
    assert_eq!((next[0].run, next[0].previous), (4, Some(3)));
    assert_eq!(history.run("latest").unwrap().as_of, night(300).to_string());
    History::check(&file, "audits", PATIENCE).unwrap();
}

#[test]
fn each_version_leads_to_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = recorded(folder.path());
    let layout = |connection: &Connection| -> Vec<String> {
        let mut statement =
            connection.prepare("SELECT name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    drop(History::open(&file, PATIENCE).unwrap());
    let new = crate::history::testing::history(tempfile::tempdir().unwrap().path());
    assert_eq!(layout(&Connection::open(&file).unwrap()), layout(&new.connection));
}

#[test]
fn a_read_only_file_of_an_earlier_version_is_one_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = recorded(folder.path());
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).unwrap();
    let before = std::fs::read(&file).unwrap();
    let said = History::open(&file, PATIENCE).err().map(|error| error.to_string());
    assert!(said.is_some_and(|said| said.contains("it may not be written")));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}
