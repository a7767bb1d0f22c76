//! Writes a bundle: beside its place, synced, then put there in one step; never over anything.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::ingredients::{Ingredients, Named};
use super::layout::{self, REPORTS};
use super::manifest::{
    Covered, FileRow, IngredientRows, Judging, Manifest, NamedRow, Previous, ReadRow, Tool, read as read_manifest,
};
use super::record::Record;
use super::sums::{self, Sum};
use super::verify::{LARGEST_LISTS, gate};
use super::{ENVELOPE, FACTS, MANIFEST, Redacted, SCHEMA, SIGNATURE, SUMS, Signer, dsse, folder};
use crate::file::folder_of;
use crate::model::{PlanDrift, Results, Rule, ScopeSeen, SourceComment};
use crate::report::{Format, ReportOptions};
use crate::source::sha256;

/// How many files are synced at once: a disk takes many in the time of one.
const SYNCING: usize = 32;

/// What a bundle is made of.
pub struct Packing<'a> {
    /// What was found.
    pub results: &'a Results,
    /// How reports are written.
    pub options: &'a ReportOptions,
    /// By what it was judged.
    pub ingredients: &'a Ingredients,
    /// The rules that are asked, today and later.
    pub asked: &'a [Arc<Rule>],
    /// The accounts and regions that were looked at.
    pub scopes: &'a [ScopeSeen],
    /// What plans say that changed outside Terraform.
    pub drift: &'a [PlanDrift],
    /// The comments of the source; `None` when none was read.
    pub comments: Option<&'a [SourceComment]>,
    /// What was redacted.
    pub redacted: &'a Redacted,
    /// The bundle before this one.
    pub previous: Option<Previous>,
    /// SHA-256 of the binary.
    pub tool_sha256: String,
    /// Who signs.
    pub signer: Option<&'a Signer>,
    /// Whether the signer makes an envelope too.
    pub envelope: bool,
}

/// Why a bundle is not written, or the one before it not followed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Something is there already.
    #[error("`{0}` is there already")]
    Exists(String),
    /// It cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The bundle before is none.
    #[error("{0}")]
    Previous(String),
}

/// Writes a bundle to a folder that is not there yet; its digest: that of `SHA256SUMS`.
///
/// # Errors
///
/// When something is there, when there is no room, or when a report cannot be made.
pub fn pack(dir: &Path, packing: &Packing<'_>) -> Result<String, PackError> {
    if dir.symlink_metadata().is_ok() {
        return Err(PackError::Exists(dir.display().to_string()));
    }
    let beside = builder().tempdir_in(folder_of(dir))?;
    let digest = write(beside.path(), packing)?;
    sync(beside.path())?;
    put(beside.path(), dir)?;
    // The name is on disk once its folder is.
    File::open(folder_of(dir)).and_then(|folder| folder.sync_all()).or_else(unless_unsupported)?;
    Ok(digest)
}

/// What the next bundle says of this one.
///
/// # Errors
///
/// When the folder is none, or its manifest is not the one of its digests.
pub fn previous(dir: &Path) -> Result<Previous, PackError> {
    let none = |why: String| PackError::Previous(format!("`{}` is not a bundle: {why}", dir.display()));
    let read = |name: &str| folder::read(dir, name, LARGEST_LISTS).map_err(|error| none(format!("`{name}`: {error}")));
    let (sums_bytes, manifest_bytes) = (read(SUMS)?, read(MANIFEST)?);
    let sums = sums::read(&sums_bytes).map_err(|problems| none(problems.join("; ")))?;
    let digest = sha256(&manifest_bytes);
    if !sums.iter().any(|sum| sum.path == MANIFEST && *sum.sha256 == *digest) {
        return Err(none(format!("`{MANIFEST}` is not the one of `{SUMS}`")));
    }
    let manifest = read_manifest(&manifest_bytes).map_err(|problem| none(problem.to_string()))?;
    match manifest.problems().first() {
        Some(why) => Err(none(why.clone())),
        None => Ok(Previous { sha256sums: sha256(&sums_bytes).to_string(), as_of: manifest.as_of }),
    }
}

/// A file to write.
struct Task<'a> {
    path: String,
    write: Box<Writing<'a>>,
}

type Writing<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'a;

fn write(root: &Path, packing: &Packing<'_>) -> io::Result<String> {
    let (rows, mut tasks) = ingredients(packing.ingredients);
    tasks.extend(reports(packing));
    tasks.push(facts(packing));
    let folders: BTreeSet<PathBuf> = tasks.iter().map(|task| folder_of(&root.join(&task.path))).collect();
    folders.iter().try_for_each(fs::create_dir_all)?;
    // The large ones first, so that no thread is left with one at the end.
    tasks.reverse();
    let mut files: Vec<FileRow> =
        tasks.par_iter().with_max_len(1).map(|task| write_file(root, task)).collect::<io::Result<_>>()?;
    files.sort();
    let manifest = manifest(packing, rows, files);
    write_lists(root, &manifest, packing)
}

/// Writes the manifest, the digests and what is signed of them.
fn write_lists(root: &Path, manifest: &Manifest, packing: &Packing<'_>) -> io::Result<String> {
    let text = manifest.text();
    fs::write(root.join(MANIFEST), &text)?;
    let of_files = manifest.files.iter().map(|file| Sum { path: file.path.clone(), sha256: file.sha256.clone() });
    let of_manifest = Sum { path: MANIFEST.to_owned(), sha256: sha256(text.as_bytes()).to_string() };
    let sums = sums::write(of_files.chain([of_manifest]).collect());
    fs::write(root.join(SUMS), &sums)?;
    let digest = sha256(sums.as_bytes()).to_string();
    if let Some(signer) = packing.signer {
        fs::write(root.join(SIGNATURE), signer.sign(sums.as_bytes()))?;
        if packing.envelope {
            fs::write(root.join(ENVELOPE), dsse::write(&digest, manifest, signer))?;
        }
    }
    Ok(digest)
}

fn reports<'a>(packing: &'a Packing<'_>) -> Vec<Task<'a>> {
    let task = |(name, path): &(&str, &str)| {
        let format: Format = name.parse().ok()?;
        let write = move |out: &mut dyn Write| format.write(packing.results, packing.options, out);
        Some(Task { path: (*path).to_owned(), write: Box::new(write) })
    };
    REPORTS.iter().filter_map(task).collect()
}

fn facts<'a>(packing: &'a Packing<'_>) -> Task<'a> {
    let write = move |out: &mut dyn Write| {
        let record = Record {
            results: packing.results,
            rules: packing.asked,
            scopes: packing.scopes,
            drift: packing.drift,
            comments: packing.comments,
            redacted: packing.redacted,
        };
        record.write(out)
    };
    Task { path: FACTS.to_owned(), write: Box::new(write) }
}

/// The texts that it was judged by, and where each is.
fn ingredients(of: &Ingredients) -> (IngredientRows, Vec<Task<'_>>) {
    let mut tasks = Vec::new();
    let mut add = |name: &str, text: &Arc<str>, embedded: bool, file: String| {
        let text = Arc::clone(text);
        let write = move |out: &mut dyn Write| out.write_all(text.as_bytes());
        tasks.push(Task { path: file.clone(), write: Box::new(write) });
        NamedRow { name: name.to_owned(), file, embedded }
    };
    let mut named = |of: &Named, file: String| add(&of.name, &Arc::from(of.text.as_str()), of.embedded, file);
    let baselines = (1..).zip(&of.baselines);
    let baselines =
        baselines.map(|(number, one)| named(one, layout::baseline(number, &one.name, one.embedded))).collect();
    let engines = of.engines.as_ref().map(|one| named(one, layout::ENGINES.to_owned()));
    let waivers = of.waivers.as_ref().map(|one| named(one, layout::WAIVERS.to_owned()));
    let frameworks = (1..).zip(&of.frameworks);
    let frameworks = frameworks.map(|(number, one)| named(one, layout::framework(number, &one.name))).collect();
    let policies = (1..).zip(&of.policies).map(|(number, one)| {
        let file = layout::policy(number, &one.path, !one.user);
        add(&one.path, &one.text, !one.user, file)
    });
    let policies = policies.collect();
    let baseline = of.baseline.clone();
    (IngredientRows { baseline, baselines, engines, policies, waivers, frameworks }, tasks)
}

fn manifest(packing: &Packing<'_>, ingredients: IngredientRows, files: Vec<FileRow>) -> Manifest {
    let Results { run, resources, resources_seen, gaps, .. } = packing.results;
    let read = packing.results.sources.iter().map(|source| ReadRow {
        path: source.path.to_string(),
        kind: source.kind.as_str().to_owned(),
        sha256: source.digest().to_owned(),
    });
    Manifest {
        schema: SCHEMA.to_owned(),
        tool: Tool {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: run.version.to_string(),
            sha256: packing.tool_sha256.clone(),
        },
        as_of: run.as_of.to_string(),
        judging: Judging {
            baseline: run.baseline.to_string(),
            baseline_sha256: run.baseline_sha256.to_string(),
            policies_sha256: run.policies_sha256.to_string(),
            fail_on: run.fail_on,
            allow_partial: packing.options.allow_partial,
            gate: gate(packing.results, packing.options.allow_partial).to_owned(),
        },
        scope: Covered::of(packing.scopes, resources, *resources_seen, gaps.len()),
        read: read.collect(),
        ingredients,
        redaction: packing.redacted.row(),
        previous: packing.previous.clone(),
        files,
    }
}

fn write_file(root: &Path, task: &Task<'_>) -> io::Result<FileRow> {
    let file = File::create(root.join(&task.path))?;
    let mut out = BufWriter::with_capacity(1 << 18, Hashing { file, hasher: Sha256::new(), bytes: 0 });
    (task.write)(&mut out)?;
    let Hashing { hasher, bytes, .. } = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(FileRow { path: task.path.clone(), sha256: folder::hex(&hasher.finalize()), bytes })
}

/// A file whose digest is made while it is written.
struct Hashing {
    file: File,
    hasher: Sha256,
    bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Waits until every file and every folder is on disk.
fn sync(root: &Path) -> io::Result<()> {
    let (mut files, mut folders) = (Vec::new(), vec![root.to_path_buf()]);
    let mut position = 0;
    while let Some(folder) = folders.get(position).cloned() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let list = if entry.file_type()?.is_dir() { &mut folders } else { &mut files };
            list.push(entry.path());
        }
        position += 1;
    }
    sync_all(&files)?;
    sync_all(&folders).or_else(unless_unsupported)
}

fn sync_all(paths: &[PathBuf]) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            File::open(path)?.sync_all()?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..SYNCING.min(paths.len())).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into())))
    })
}

/// Not every system syncs folders.
fn unless_unsupported(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => Ok(()),
        _ => Err(error),
    }
}

/// Puts a folder in a place where nothing is.
#[cfg(target_os = "linux")]
fn put(new: &Path, dir: &Path) -> Result<(), PackError> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, dir, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(Errno::EXIST) => Err(PackError::Exists(dir.display().to_string())),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(fs::rename(new, dir)?),
        Err(error) => Err(io::Error::from(error).into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn put(new: &Path, dir: &Path) -> Result<(), PackError> {
    Ok(fs::rename(new, dir)?)
}

/// Temporary folders are private by default; a bundle is as readable as the process's umask lets any new folder be.
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
