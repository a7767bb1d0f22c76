//! Files that are no history, or may not be one.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Barrier};

use rusqlite::Connection;

use crate::diagnostic::Diagnostic;
use crate::history::testing::{PATIENCE, database, history, record, run_of};
use crate::history::{History, HistoryError};
use crate::model::Verdict::{Fail, Pass};

/// What opening a file in each way says; it must leave the file's bytes as they are.
fn refused(file: &Path) -> String {
    let before = fs::read(file).unwrap();
    let said = [
        History::create(file, "audits", PATIENCE).err().map(text),
        History::check(file, "audits", PATIENCE).err().map(text),
    ];
    assert_eq!(fs::read(file).unwrap(), before, "nothing was written");
    let beside = fs::read_dir(file.parent().unwrap()).unwrap().count();
    assert_eq!(beside, 1, "nothing is left beside it");
    let [created, checked] = said;
    assert_eq!(created, checked);
    created.unwrap()
}

fn text(error: HistoryError) -> String {
    Diagnostic::from(error).render(false).replace('\\', "/")
}

fn recorded(folder: &Path) -> std::path::PathBuf {
    let mut history = history(folder);
    let many = (0..200).map(|name| database("1", &format!("db-{name}"), &[Pass, Fail])).collect();
    record(&mut history, &[run_of(1, &["1"], many)]);
    folder.join("h.sqlite")
}

#[test]
fn a_newer_layout_is_one_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = recorded(folder.path());
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let said = refused(&file);
    assert!(said.contains("it has version 99 of the layout, and this dbkeel knows versions up to"), "{said}");
    assert!(said.contains("use the dbkeel that wrote it"), "{said}");
    assert!(History::open(&file, PATIENCE).is_err());
}

#[test]
fn what_is_no_history_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other");
    fs::write(&file, "This is not a database, and long enough that SQLite looks at its header. ".repeat(20)).unwrap();
    assert!(refused(&file).contains("it is not a database"));
    fs::remove_file(&file).unwrap();
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(refused(&file).contains("it is a database of something else"));
    assert!(
        text(History::open(&folder.path().join("none"), PATIENCE).err().unwrap()).contains("there is no such file")
    );
    assert!(!folder.path().join("none").exists());
}

#[test]
fn a_damaged_history_is_one_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = recorded(folder.path());
    let whole = fs::read(&file).unwrap();
    let half = &whole[..whole.len() / 2];
    fs::write(&file, half).unwrap();
    let said = text(History::check(&file, "audits", PATIENCE).err().unwrap());
    assert!(said.contains("it is damaged"), "{said}");
    assert_eq!(fs::read(&file).unwrap(), half);
    let mut scratched = whole.clone();
    scratched[8192..20480].fill(0xa5);
    fs::write(&file, &scratched).unwrap();
    let said = text(History::check(&file, "audits", PATIENCE).err().unwrap());
    assert!(said.contains("it is damaged"), "{said}");
    // What is met only while a run is recorded ends it, and nothing of it stays.
    let recording = History::create(&file, "audits", PATIENCE)
        .and_then(|mut history| history.record(&run_of(2, &["1"], vec![database("1", "db-1", &[Fail, Pass])])));
    assert!(text(recording.err().unwrap()).contains("it is damaged"));
    assert_eq!(fs::read(&file).unwrap(), scratched);
}

#[test]
fn a_read_only_history_may_be_read_and_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = recorded(folder.path());
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    assert!(refused(&file).contains("it may not be written: it is read-only"));
    assert_eq!(History::open(&file, PATIENCE).unwrap().runs().unwrap().len(), 1);
}

#[test]
fn a_history_of_something_else_is_not_mixed() {
    let folder = tempfile::tempdir().unwrap();
    let file = recorded(folder.path());
    let said = text(History::create(&file, "scans", PATIENCE).err().unwrap());
    assert!(said.contains("it is the history of audits, not of scans"), "{said}");
}

#[test]
fn runs_that_are_recorded_at_once_come_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = Arc::new(folder.path().join("h.sqlite"));
    let barrier = Arc::new(Barrier::new(4));
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let (file, barrier) = (Arc::clone(&file), Arc::clone(&barrier));
            std::thread::spawn(move || {
                barrier.wait();
                for number in 0..5 {
                    let mut history = History::create(&file, "audits", PATIENCE).unwrap();
                    let databases = (0..20).map(|name| database("1", &format!("db-{name}"), &[Pass, Fail])).collect();
                    history.record(&run_of(thread * 5 + number, &["1"], databases)).unwrap();
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let history = History::open(&file, PATIENCE).unwrap();
    let runs: Vec<i64> = history.runs().unwrap().iter().map(|run| run.run).collect();
    assert_eq!(runs, (1..=20).collect::<Vec<_>>());
    History::check(&file, "audits", PATIENCE).unwrap();
}
