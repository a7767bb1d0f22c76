//! Real plans and states that no one here wrote: each is judged, or refused with one clear line. They lie beside the
//! project and are read in place.

//! Files are scanned many at a time. A run that is refused names the files at fault, which are set aside and tried alone.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use super::command::{AS_OF, Ran, dbkeel, shared};

/// How many files one run reads.
const AT_A_TIME: usize = 50;

#[test]
fn every_plan_and_state_of_the_corpus_is_judged_or_refused() {
    let Some(corpus) = shared("corpus") else { return };
    let mut files = Vec::new();
    for kind in ["plan", "state"] {
        collect(&corpus.join(kind), &mut files);
    }
    files.sort();
    let found = files.len();
    let mut tally = Tally::default();
    let mut left = VecDeque::from(files);
    while !left.is_empty() {
        let batch: Vec<PathBuf> = left.drain(..left.len().min(AT_A_TIME)).collect();
        judge(batch, &mut tally);
    }
    eprintln!("corpus: {found} files, {} judged, {} refused", tally.judged, tally.refused.len());
    assert!(tally.complaints.is_empty(), "{}", tally.complaints.join("\n"));
    assert_eq!(tally.judged + tally.refused.len(), found);
    assert!(tally.judged > tally.refused.len(), "most of the corpus is in order");
}

#[derive(Default)]
struct Tally {
    judged: usize,
    refused: Vec<PathBuf>,
    complaints: Vec<String>,
}

/// Judges all of these files in one run; those that are refused are set aside, and the rest is judged.
fn judge(mut batch: Vec<PathBuf>, tally: &mut Tally) {
    while !batch.is_empty() {
        let ran = scan(&batch);
        match ran.status {
            0 | 1 | 3 => {
                tally.judged += batch.len();
                if ran.text().lines().any(|line| line.split(',').nth(4) == Some("error")) {
                    tally.complaints.push(format!("a rule raised an error on one of {batch:?}"));
                }
                return;
            }
            2 => {
                let (named, rest): (Vec<_>, Vec<_>) =
                    batch.into_iter().partition(|path| ran.stderr.contains(text(path)));
                if named.is_empty() {
                    tally.complaints.push(format!("the refusal names none of the files: {}", ran.stderr));
                    return;
                }
                named.into_iter().for_each(|path| refuse(path, tally));
                batch = rest;
            }
            status => {
                tally.complaints.push(format!("status {status} on {batch:?}: {}", ran.stderr));
                return;
            }
        }
    }
}

/// What is refused among others is refused alone too, with one error.
fn refuse(path: PathBuf, tally: &mut Tally) {
    let alone = scan(std::slice::from_ref(&path));
    if !is_clear_refusal(&alone) {
        tally.complaints.push(format!("{}: status {}: {}", path.display(), alone.status, alone.stderr));
    }
    tally.refused.push(path);
}

fn is_clear_refusal(ran: &Ran) -> bool {
    let errors = ran.stderr.lines().filter(|line| line.starts_with("error")).count();
    ran.status == 2
        && errors == 1
        && ran.stdout.is_empty()
        && !ran.stderr.contains("panicked")
        && ran.stderr.lines().all(|line| line.len() < 400)
}

fn scan(paths: &[PathBuf]) -> Ran {
    let options = ["--as-of", AS_OF, "--output", "csv", "--allow-partial"];
    dbkeel(["scan"].into_iter().chain(paths.iter().map(|path| text(path))).chain(options))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of text")
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the corpus can be read").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, into);
        } else {
            into.push(path);
        }
    }
}
