//! Reports on disk: written whole, or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::{Format, ReportOptions};
use crate::model::Results;

/// Writes a report to a file: beside it first, then synced, then renamed over it, so that a reader never sees half a
/// report and a failed run leaves the old one. A device or a pipe (`/dev/null`, `/dev/fd/3`) is written to directly, and a
/// link stays a link.
///
/// # Errors
///
/// When the folder does not exist or takes no file, when there is no room, or when the report cannot be made.
pub fn write_file(path: &str, format: Format, results: &Results, options: &ReportOptions) -> io::Result<()> {
    let path = Path::new(path);
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => {
            unless_broken(stream(File::options().write(true).open(path)?, format, results, options))
        }
        Ok(_) => replace(&fs::canonicalize(path)?, format, results, options),
        Err(_) => replace(path, format, results, options),
    }
}

fn replace(path: &Path, format: Format, results: &Results, options: &ReportOptions) -> io::Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let beside = builder().tempfile_in(folder)?;
    stream(beside.as_file(), format, results, options)?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Replaces the text of a file that is there, in the same way; it stays as readable as it was.
///
/// # Errors
///
/// When the file may not be written, or its folder takes no file.
pub(crate) fn replace_text(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut beside = builder().tempfile_in(path.parent().unwrap_or_else(|| Path::new(".")))?;
    beside.write_all(bytes)?;
    beside.as_file().set_permissions(permissions)?;
    beside.as_file().sync_all()?;
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

fn stream(out: impl Write, format: Format, results: &Results, options: &ReportOptions) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    format.write(results, options, &mut out)?;
    out.flush()
}

/// A reader of a pipe that goes away early is no error.
fn unless_broken(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Temporary files are private by default; a report is as readable as the process's umask lets any new file be.
fn builder<'a>() -> tempfile::Builder<'a, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dbkeel-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

#[cfg(test)]
mod tests {
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
