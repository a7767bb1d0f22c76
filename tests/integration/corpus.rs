//! Real plans and states that no one here wrote: each is judged, or refused with one clear line. They lie beside the
//! project and are read in place.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::command::{AS_OF, dbkeel, shared};

#[test]
fn every_plan_and_state_of_the_corpus_is_judged_or_refused() {
    let Some(corpus) = shared("corpus") else { return };
    let mut files = Vec::new();
    for kind in ["plan", "state"] {
        collect(&corpus.join(kind), &mut files);
    }
    files.sort();
    assert!(!files.is_empty(), "the corpus has files");
    let (next, tally, complaints) = (AtomicUsize::new(0), Tally::default(), Mutex::new(Vec::new()));
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(complaint) = try_one(path, &tally) {
                        complaints.lock().expect("no test thread panicked").push(complaint);
                    }
                }
            });
        }
    });
    let complaints = complaints.into_inner().expect("no test thread panicked");
    let count = |number: &AtomicUsize| number.load(Ordering::Relaxed);
    eprintln!(
        "corpus: {} files, {} judged, {} of them with databases, {} refused",
        files.len(),
        count(&tally.judged),
        count(&tally.proven),
        count(&tally.refused)
    );
    assert!(complaints.is_empty(), "{} of {} files:\n{}", complaints.len(), files.len(), complaints.join("\n"));
    assert!(count(&tally.judged) > count(&tally.refused), "most of the corpus is in order");
}

#[derive(Default)]
struct Tally {
    judged: AtomicUsize,
    proven: AtomicUsize,
    refused: AtomicUsize,
}

fn try_one(path: &Path, tally: &Tally) -> Result<(), String> {
    let words =
        ["scan".as_ref(), path.as_os_str(), "--as-of".as_ref(), AS_OF.as_ref(), "--output".as_ref(), "csv".as_ref()];
    let ran = dbkeel(words);
    let complain = |why: &str| Err(format!("{}: {why}: status {}: {}", path.display(), ran.status, ran.stderr));
    if ran.stderr.contains("panicked") || ran.stderr.contains("overflow") {
        return complain("it panicked");
    }
    match ran.status {
        0 | 1 | 3 => {
            tally.judged.fetch_add(1, Ordering::Relaxed);
            tally.proven.fetch_add(usize::from(ran.status != 3), Ordering::Relaxed);
            if ran.stderr.contains("raised an error") { complain("a rule raised an error") } else { Ok(()) }
        }
        2 => {
            tally.refused.fetch_add(1, Ordering::Relaxed);
            let errors = ran.stderr.lines().filter(|line| line.starts_with("error")).count();
            let is_clear = errors == 1 && ran.stdout.is_empty() && ran.stderr.lines().all(|line| line.len() < 400);
            if is_clear { Ok(()) } else { complain("the refusal is not one clear line") }
        }
        _ => complain("it did not end by itself"),
    }
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
