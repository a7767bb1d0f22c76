//! Collections that are cut off and go on.

use super::*;

fn partial(path: &Path) -> PathBuf {
    path.with_file_name(format!("{}.partial", path.file_name().unwrap().to_str().unwrap()))
}

/// The journal of the first two scopes, as it lies on disk.
fn cut_off(path: &Path) -> Vec<u8> {
    let mut journal = Journal::create(path, header()).unwrap();
    fleet().iter().take(2).for_each(|scope| journal.append(scope).unwrap());
    drop(journal);
    fs::read(partial(path)).unwrap()
}

#[test]
fn a_collection_that_was_cut_off_anywhere_goes_on_and_ends_the_same() {
    let undisturbed = bytes();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("i.jsonl");
    let journal = cut_off(&path);
    let feeds = (0..journal.len()).filter(|place| journal[*place] == b'\n').flat_map(|feed| [feed, feed + 1]);
    for end in feeds.chain((0..journal.len()).step_by(97)).chain([journal.len()]) {
        fs::write(partial(&path), &journal[..end]).unwrap();
        let mut resumed = Journal::resume(&path, header()).unwrap();
        let done: Vec<Scope> = resumed.finished().map(|head| head.scope.clone()).collect();
        assert!(end < journal.len() || done.len() == 2);
        for scope in fleet().iter().filter(|scope| !done.contains(&scope.scope)) {
            resumed.append(scope).unwrap();
        }
        resumed.seal(&manifest()).unwrap();
        assert!(fs::read(&path).unwrap() == undisturbed, "cut at {end}");
        assert!(!partial(&path).exists());
    }
}

#[test]
fn what_follows_a_damaged_scope_is_collected_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("i.jsonl");
    let journal = String::from_utf8(cut_off(&path)).unwrap().replacen("db-1", "db-9", 1);
    fs::write(partial(&path), journal).unwrap();
    assert_eq!(Journal::resume(&path, header()).unwrap().finished().count(), 0);
}

#[test]
fn a_scope_that_is_appended_again_replaces_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("i.jsonl");
    let mut journal = Journal::create(&path, header()).unwrap();
    journal.append(&replies("1", "r", 7)).unwrap();
    journal.append(&replies("1", "r", 2)).unwrap();
    assert_eq!(journal.seal(&manifest()).unwrap(), Sealed { scopes: 1, items: 3, requests: 3, gaps: 1 });
    assert_eq!(read_file(&path).1, [replies("1", "r", 2)]);
}

#[test]
fn an_account_that_was_entered_after_all_is_no_longer_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("i.jsonl");
    let whole = |mut scope: ScopeReplies| {
        scope.scope.region = None;
        scope
    };
    let scopes_of = |order: &[ScopeReplies]| {
        let mut journal = Journal::create(&path, header()).unwrap();
        order.iter().for_each(|scope| journal.append(scope).unwrap());
        journal.seal(&manifest()).unwrap().scopes
    };
    let (lost, found, other) = (whole(replies("1", "r", 1)), replies("1", "r", 1), whole(replies("2", "r", 1)));
    assert_eq!(scopes_of(&[lost.clone(), other.clone(), found.clone()]), 2);
    // Lost after a part of it was collected, it is missing.
    assert_eq!(scopes_of(&[found, lost]), 2);
}

#[test]
fn finished_scopes_are_not_thrown_away_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("i.jsonl");
    cut_off(&path);
    let error = Journal::create(&path, header()).unwrap_err();
    assert!(matches!(error, JournalError::Unfinished { scopes: 2, .. }), "{error}");
    // A journal without any is no loss.
    fs::write(partial(&path), "{\"inventory\":{\"ver").unwrap();
    assert!(Journal::create(&path, header()).is_ok());
}

#[test]
fn only_the_same_collection_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("i.jsonl");
    cut_off(&path);
    let other = |change: fn(&mut Header)| {
        let mut wanted = header();
        change(&mut wanted);
        Journal::resume(&path, wanted).map(drop)
    };
    let of_other = |result: Result<(), JournalError>| matches!(result, Err(JournalError::OtherRequest { .. }));
    assert!(of_other(other(|header| header.request.clear())));
    assert!(of_other(other(|header| header.tool = "dbkeel 1.0.0".into())));
    assert!(of_other(other(|header| header.source = Origin::Import)));
    assert!(other(|header| header.tool = "dbkeel 0.9.0".into()).is_ok());
    let later = Header { started_at: "2026-11-23T00:00:00Z".into(), ..header() };
    assert_eq!(Journal::resume(&path, later).unwrap().header(), &header());
    fs::write(partial(&path), "my notes\n").unwrap();
    assert!(matches!(other(|_| ()), Err(JournalError::NotJournal(_))));
    assert_eq!(fs::read_to_string(partial(&path)).unwrap(), "my notes\n");
}

#[test]
fn two_processes_do_not_write_one_journal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("i.jsonl");
    let first = Journal::create(&path, header()).unwrap();
    assert!(matches!(Journal::create(&path, header()), Err(JournalError::Busy(_))));
    assert!(matches!(Journal::resume(&path, header()), Err(JournalError::Busy(_))));
    drop(first);
    assert!(Journal::resume(&path, header()).is_ok());
}

#[test]
fn a_journal_is_not_taken_for_an_inventory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("i.jsonl");
    let error = read_bytes(&cut_off(&path)).unwrap_err();
    assert!(matches!(error.problem, crate::source::Problem::Unsealed { scopes: 2 }), "{error}");
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let error = Journal::create(Path::new("no/such/folder/i.jsonl"), header()).unwrap_err();
    assert!(error.to_string().starts_with("`no/such/folder/i.jsonl.partial` cannot be written"), "{error}");
}
