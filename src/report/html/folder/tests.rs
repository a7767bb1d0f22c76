//! A folder of pages, written whole or not at all.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::*;
use crate::report::testing::{audited, everything};

fn write_to(path: &Path, results: &Results) -> io::Result<()> {
    write_folder(path, results, &ReportOptions::default())
}

/// The pages of a folder by name.
fn pages(path: &Path) -> BTreeMap<String, String> {
    let page =
        |path: PathBuf| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap());
    fs::read_dir(path).unwrap().map(|entry| page(entry.unwrap().path())).collect()
}

fn count(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// The same run with the databases of one account moved to another.
fn moved(account: &str) -> Results {
    let mut results = everything();
    for resource in results.resources.iter_mut().filter(|resource| resource.scope.account.is_some()) {
        resource.scope.account = Some(account.into());
    }
    results
}

#[test]
fn the_index_leads_to_a_page_for_each_account_and_each_page_back() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    write_to(&report, &audited()).unwrap();
    let pages = pages(&report);
    let names: Vec<&str> = pages.keys().map(String::as_str).collect();
    assert_eq!(names, ["account-111122223333.html", "index.html", "no-account.html"]);
    for name in names.iter().filter(|name| **name != "index.html") {
        assert!(pages["index.html"].contains(&format!("href=\"{name}\"")), "{name}");
        assert!(pages[*name].contains("href=\"index.html\""), "{name}");
        assert!(pages[*name].contains("id=\"findings\""), "{name}");
    }
    assert!(!pages["index.html"].contains("id=\"findings\""));
}

#[test]
fn a_new_report_takes_the_place_of_the_old_one_with_all_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    write_to(&report, &moved("1")).unwrap();
    write_to(&report, &moved("2")).unwrap();
    let pages = pages(&report);
    assert!(pages.contains_key("account-2.html") && !pages.contains_key("account-1.html"), "{:?}", pages.keys());
    assert_eq!(count(folder.path()), 1, "nothing is left beside it");
}

#[test]
fn what_is_not_of_a_report_is_never_replaced() {
    for (name, text) in [("notes.txt", "mine"), ("index.html", "<!DOCTYPE html><title>my page</title>")] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), text).unwrap();
        let error = write_to(folder.path(), &everything()).unwrap_err();
        assert!(error.to_string().starts_with(&format!("it holds `{name}`, which is not of a report")), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), text);
        assert_eq!(count(folder.path()), 1);
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    assert!(write_to(folder.path(), &everything()).is_err());
}

#[test]
fn an_empty_folder_is_filled() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    fs::create_dir(&report).unwrap();
    write_to(&report, &everything()).unwrap();
    assert!(report.join("index.html").exists());
}

#[test]
fn a_folder_in_no_folder_is_an_error_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("no/such/report");
    assert_eq!(write_to(&report, &everything()).map_err(|error| error.kind()), Err(io::ErrorKind::NotFound));
    assert_eq!(count(folder.path()), 0);
}

#[test]
fn a_file_is_not_taken_for_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report");
    fs::write(&file, "mine").unwrap();
    assert!(write_to(&file, &everything()).is_err());
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (report, link) = (folder.path().join("report"), folder.path().join("link"));
    fs::create_dir(&report).unwrap();
    std::os::unix::fs::symlink(&report, &link).unwrap();
    write_to(&link, &everything()).unwrap();
    assert!(link.is_symlink() && report.join("index.html").exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_the_folder_is_not_of_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let (report, kept) = (folder.path().join("report"), folder.path().join("kept"));
    write_to(&report, &everything()).unwrap();
    std::os::unix::fs::symlink(&kept, report.join("account-9.html")).unwrap();
    assert!(write_to(&report, &everything()).is_err());
}

#[test]
fn accounts_with_names_like_paths_stay_inside() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    write_to(&report, &moved("../../<script>")).unwrap();
    assert_eq!(count(folder.path()), 1);
    assert!(pages(&report).keys().any(|name| name.starts_with("account_")));
}
