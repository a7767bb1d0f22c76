//! A folder of pages: an index, and a page for each account. It is written beside its place and then put there whole, so that
//! no reader finds the index of one night beside the pages of another.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read as _, Write as _};
use std::path::Path;

use super::account::file_name;
use super::page::GENERATOR_MARK;
use super::run::{Run, Stands, write};
use crate::file::folder_of;
use crate::model::Results;
use crate::report::ReportOptions;
use crate::report::part::Part;

/// How much of a file is read to tell whose it is.
const BEGINNING: u64 = 4_096;

/// Writes the pages of a run to a folder, which is made or replaced.
///
/// # Errors
///
/// When the folder holds a file that is not of such a report, when it cannot be replaced, or when there is no room.
pub(in crate::report) fn write_folder(path: &Path, results: &Results, options: &ReportOptions) -> io::Result<()> {
    // A link to a folder stays a link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    refuse_others(path)?;
    let beside = builder().tempdir_in(folder_of(path))?;
    write_page(&beside.path().join("index.html"), &Run::new(&Part::whole(results), options, Stands::Above))?;
    for part in Part::by_account(results) {
        let file = file_name(part.account().map(AsRef::as_ref));
        write_page(&beside.path().join(file), &Run::new(&part, options, Stands::Below))?;
    }
    if path.exists() { exchange(beside.path(), path) } else { fs::rename(beside.path(), path) }
}

fn write_page(path: &Path, run: &Run<'_>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
    write(run, &mut out)?;
    out.flush()?;
    out.get_ref().sync_all()
}

/// A folder is replaced only when all of it is ours: the name of one's home folder must cost nobody their files.
fn refuse_others(path: &Path) -> io::Result<()> {
    let files = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        files => files?,
    };
    for file in files {
        let file = file?.path();
        if !is_ours(&file).unwrap_or(false) {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let name = crate::report::text::clean(&name).into_owned();
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!("it holds `{name}`, which is not of a report; name a new folder, which may be inside of it"),
            ));
        }
    }
    Ok(())
}

fn is_ours(file: &Path) -> io::Result<bool> {
    if !fs::symlink_metadata(file)?.is_file() || file.extension().is_none_or(|extension| extension != "html") {
        return Ok(false);
    }
    let mut beginning = String::new();
    // What is not text is not ours either, which the error says.
    BufReader::new(File::open(file)?.take(BEGINNING)).read_to_string(&mut beginning)?;
    Ok(beginning.contains(GENERATOR_MARK))
}

/// Puts a folder in the place of another, and removes that.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    if exchange_at_once(new, old)? {
        // Now the old one is under the temporary name, which is removed with what it holds.
        return Ok(());
    }
    let aside = builder().tempdir_in(folder_of(old))?;
    let kept = aside.path().join("old");
    fs::rename(old, &kept)?;
    fs::rename(new, old).inspect_err(|_| {
        // The old report is better than none. When that fails too, the first error is the one to tell.
        let _ = fs::rename(&kept, old);
    })
}

/// Exchanges two folders in one step; `false` when this system or file system cannot.
#[cfg(target_os = "linux")]
fn exchange_at_once(new: &Path, old: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange_at_once(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Temporary folders are private by default; a report is as readable as the process's umask lets any new folder be.
fn builder<'a>() -> tempfile::Builder<'a, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dbkeel-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder
}

#[cfg(test)]
mod tests;
