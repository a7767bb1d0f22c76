//! Where a report goes: standard output, or a file that is written whole or not at all.

use std::fmt;
use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{Format, ReportOptions};
use crate::model::Results;

/// Where a report goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File(PathBuf),
}

impl Target {
    /// The target that the user named; `-` is standard output.
    pub fn parse(text: &str) -> Self {
        match text {
            "-" => Self::Stdout,
            path => Self::File(path.into()),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdout => f.write_str("standard output"),
            Self::File(path) => write!(f, "`{}`", path.display()),
        }
    }
}

/// A report could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the report to {target}: {source}")]
pub struct OutputError {
    /// Where to.
    target: Target,
    /// Why not.
    source: io::Error,
}

impl OutputError {
    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self.source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Some("create the folder first"),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Some("name a folder that you may write to: the report is written beside its place, then moved there")
            }
            io::ErrorKind::IsADirectory => Some("name a file in the folder"),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some("free some space on the disk"),
            _ => None,
        }
    }
}

/// Writes a report to a target. A reader of standard output that goes away early (`| head`) is no error.
pub fn write_to(
    target: &Target,
    format: Format,
    results: &Results,
    options: &ReportOptions,
) -> Result<(), OutputError> {
    let written = match target {
        Target::Stdout => unless_broken(stream(io::stdout().lock(), format, results, options)),
        Target::File(path) => write_file(path, format, results, options),
    };
    written.map_err(|source| OutputError { target: target.clone(), source })
}

fn unless_broken(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn stream(out: impl Write, format: Format, results: &Results, options: &ReportOptions) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    format.write(results, options, &mut out)?;
    out.flush()
}

fn write_file(path: &Path, format: Format, results: &Results, options: &ReportOptions) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        // A device or a pipe (`/dev/null`, `/dev/fd/3`) is written to, never replaced.
        Ok(found) if !found.is_file() => {
            unless_broken(stream(File::options().write(true).open(path)?, format, results, options))
        }
        // A link stays a link.
        Ok(_) => replace(&fs::canonicalize(path)?, format, results, options),
        Err(_) => replace(path, format, results, options),
    }
}

/// Writes beside the file, then moves it there: a reader sees the old report or the new one, never half of one.
fn replace(path: &Path, format: Format, results: &Results, options: &ReportOptions) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let file = beside(folder)?;
    stream(file.as_file(), format, results, options)?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// A temporary file in the folder, readable by whom the user's umask lets, as any other file that a command writes.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dbkeel-");
    if let Some(permissions) = permissions() {
        builder.permissions(permissions);
    }
    builder.tempfile_in(folder)
}

#[cfg(unix)]
fn permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn permissions() -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{everything, nothing, render};

    fn write(path: &Path, results: &Results) -> Result<(), OutputError> {
        write_to(&Target::File(path.into()), Format::TABLE, results, &ReportOptions::default())
    }

    #[test]
    fn a_file_is_replaced_as_a_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.txt");
        write(&path, &everything()).unwrap();
        write(&path, &nothing()).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), render("table", &nothing()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
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

    #[test]
    fn an_error_names_the_file_and_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(&folder.path().join("no/such/report.txt"), &nothing()).unwrap_err();
        assert!(error.to_string().contains("no/such/report.txt`: "), "{error}");
        assert_eq!(error.help(), Some("create the folder first"));
        let error = write(folder.path(), &nothing()).unwrap_err();
        assert_eq!(error.help(), Some("name a file in the folder"));
    }
}
