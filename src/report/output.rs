//! Reports on disk.

use std::io;
use std::path::Path;

use super::{Format, ReportOptions, html, parquet};
use crate::file::write_whole;
use crate::model::Results;

/// Writes a report to a file, whole or not at all. A device or a pipe (`/dev/null`, `/dev/fd/3`) is written to directly, and
/// a link stays a link. HTML may also be written to a folder, which is written whole or not at all too: an index, and a page
/// for each account. Parquet is a folder that grows by a partition a day.
///
/// # Errors
///
/// When the folder does not exist or takes no file, when there is no room, or when the report cannot be made.
pub fn write_file(path: &str, format: Format, results: &Results, options: &ReportOptions) -> io::Result<()> {
    if format == Format::HTML && is_folder(path) {
        return html::write_folder(Path::new(path), results, options);
    }
    if format == Format::PARQUET {
        return parquet::write_folder(Path::new(path), results, options);
    }
    write_whole(Path::new(path), |out| format.write(results, options, out))
}

/// Whether a path names a folder, there or not.
fn is_folder(path: &str) -> bool {
    path.ends_with(std::path::is_separator) || Path::new(path).is_dir()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::report::testing::{everything, nothing, render};

    fn write(path: &Path, results: &Results) -> io::Result<()> {
        write_file(path.to_str().unwrap(), Format::TABLE, results, &ReportOptions::default())
    }

    #[test]
    fn a_report_replaces_the_old_one_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.txt");
        write(&path, &everything()).unwrap();
        write(&path, &nothing()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), render("table", &nothing()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_does_not_exist_is_an_error_and_nothing_is_made() {
        let written = write(Path::new("no/such/folder/x.json"), &nothing());
        assert_eq!(written.map_err(|error| error.kind()), Err(io::ErrorKind::NotFound));
        assert!(!Path::new("no").exists());
    }

    #[test]
    fn a_folder_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let written = write(folder.path(), &nothing());
        assert_eq!(written.map_err(|error| error.kind()), Err(io::ErrorKind::IsADirectory));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, &nothing()).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), render("table", &nothing()));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_not_replaced() {
        use std::os::unix::fs::FileTypeExt as _;
        write(Path::new("/dev/null"), &nothing()).unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }
}
