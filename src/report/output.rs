//! Reports on disk: written whole, or not at all.

use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use super::{Format, ReportOptions};
use crate::model::Results;

/// Writes a report to a file: beside it first, then synced, then renamed over it, so that a reader never sees half a
/// report and a failed run leaves the old one. A device (`/dev/null`, `/dev/stderr`) is written to directly.
///
/// # Errors
///
/// When the folder does not exist or takes no file, when there is no room, or when the report cannot be made.
pub fn write_file(path: &str, format: Format, results: &Results, options: &ReportOptions) -> io::Result<()> {
    let path = Path::new(path);
    if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return write_device(path, format, results, options);
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut beside = builder().tempfile_in(folder)?;
    {
        let mut out = BufWriter::new(beside.as_file_mut());
        format.write(results, options, &mut out)?;
        out.flush()?;
    }
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn write_device(path: &Path, format: Format, results: &Results, options: &ReportOptions) -> io::Result<()> {
    let mut out = BufWriter::new(std::fs::OpenOptions::new().write(true).open(path)?);
    format.write(results, options, &mut out)?;
    out.flush()
}

/// Temporary files are private by default; a report is as readable as the process's umask lets any new file be.
fn builder<'a>() -> tempfile::Builder<'a, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dbkeel-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn a_report_replaces_the_old_one_and_leaves_nothing_beside_it() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("out.txt");
        std::fs::write(&path, "old")?;
        let text = path.to_string_lossy().into_owned();
        write_file(&text, Format::TABLE, &testing::empty(), &ReportOptions::default())?;
        assert_ne!(std::fs::read_to_string(&path)?, "old");
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_folder_that_does_not_exist_is_an_error_and_nothing_is_made() {
        let written = write_file("no/such/folder/x.json", Format::TABLE, &testing::empty(), &ReportOptions::default());
        assert_eq!(written.map_err(|error| error.kind()), Err(io::ErrorKind::NotFound));
        assert!(!Path::new("no").exists());
    }
}
