//! Files on disk: written whole, or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file: beside it first, then synced, then renamed over it, so that a reader never sees half a file and a failed
/// run leaves the old one. A device or a pipe (`/dev/null`, `/dev/fd/3`) is written to directly, and a link stays a link.
///
/// # Errors
///
/// When the folder does not exist or takes no file, when there is no room, or when `write` fails.
pub(crate) fn write_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => unless_broken(stream(File::options().write(true).open(path)?, write)),
        Ok(_) => replace(&fs::canonicalize(path)?, write),
        Err(_) => replace(path, write),
    }
}

/// Writes a new file in the same way; one that is there is left as it is.
///
/// # Errors
///
/// When something of that name is there, or the file cannot be written.
pub(crate) fn create_whole(path: &Path, bytes: &[u8], is_script: bool) -> io::Result<()> {
    let mut beside = builder(if is_script { 0o777 } else { 0o666 }).tempfile_in(folder_of(path))?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// The folder that a path's file is in.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or_else(|| Path::new(".")).to_path_buf()
}

fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let beside = builder(0o666).tempfile_in(folder_of(path))?;
    stream(beside.as_file(), write)?;
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
    let mut beside = builder(0o666).tempfile_in(folder_of(&path))?;
    beside.write_all(bytes)?;
    beside.as_file().set_permissions(permissions)?;
    beside.as_file().sync_all()?;
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

fn stream(out: impl Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    write(&mut out)?;
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
#[cfg_attr(not(unix), expect(unused_variables, reason = "only Unix has modes"))]
fn builder<'a>(mode: u32) -> tempfile::Builder<'a, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dbkeel-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    builder
}
