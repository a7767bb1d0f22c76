//! Recordings of others, where they lie: each is imported, or refused with one clear line.

use super::*;
use crate::diagnostic::Diagnostic;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/live");

fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path.to_str().unwrap().to_owned());
        }
    }
}

#[test]
fn every_recording_is_imported_or_refused_with_a_line() {
    if !Path::new(CORPUS).is_dir() {
        eprintln!("SKIPPED: recordings of others: ../shared/corpus/live is not here");
        return;
    }
    let (mut found, mut taken) = (Vec::new(), 0);
    files(Path::new(CORPUS), &mut found);
    found.sort();
    for file in &found {
        match import(std::slice::from_ref(file), &options()) {
            Ok(import) => {
                taken += 1;
                assert!(import.scopes.iter().all(|replies| replies.items.iter().all(|item| item.value.is_object())));
            }
            Err(errors) => {
                assert_eq!(errors.len(), 1, "{file}");
                let diagnostic = errors.into_iter().map(Diagnostic::from).next().unwrap();
                assert!(!diagnostic.title.contains('\n') && diagnostic.help.is_some(), "{file}: {}", diagnostic.title);
            }
        }
        // The replies of describe calls that are whole are all taken.
        let name = file.rsplit('/').next().unwrap();
        let text = fs::read_to_string(file).unwrap();
        let databases = ["rds.DescribeDBInstances_", "rds.DescribeDBClusters_", "rds.DescribeDBSnapshots_"];
        if databases.iter().any(|start| name.starts_with(start)) && !text.contains("\"Error\"") {
            assert!(import(std::slice::from_ref(file), &options()).is_ok(), "{file}");
        }
    }
    assert!(taken > 100, "{taken} of {}", found.len());
}
