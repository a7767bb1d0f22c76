//! What is in a folder that claims to be a bundle: names, without following any link and without opening what is no file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::names;
use super::verify::Reason;

/// A bundle is a few steps deep.
const DEEPEST: usize = 16;

/// A bundle has some hundred files.
const MOST: usize = 200_000;

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    /// Sizes of regular files, by path.
    pub(super) files: BTreeMap<String, u64>,
    /// Folders.
    folders: BTreeSet<String>,
    pub(super) reasons: Vec<Reason>,
}

/// Lists a folder.
pub(super) fn list(root: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    let mut open: Vec<(PathBuf, String, usize)> = vec![(root.to_path_buf(), String::new(), 0)];
    while let Some((path, prefix, depth)) = open.pop() {
        for entry in fs::read_dir(&path)? {
            let entry = entry?;
            if found.files.len() + found.folders.len() + found.reasons.len() > MOST {
                found.reasons.push(Reason::new("extra", format!("the folder holds more than {MOST} files")));
                return Ok(found);
            }
            let Some(step) = entry.file_name().to_str().map(str::to_owned) else {
                let text = format!("a file in `{prefix}` has a name that is not UTF-8: {:?}", entry.file_name());
                found.reasons.push(Reason::new("name", text));
                continue;
            };
            let name = format!("{prefix}{step}");
            // Of the entry itself: a link is not followed.
            let kind = fs::symlink_metadata(entry.path())?;
            if let Some(why) = names::problem(&name) {
                found.reasons.push(Reason::new("name", format!("the name {name:?} is refused: {why}")));
            } else if kind.is_symlink() {
                found.reasons.push(Reason::new("link", format!("`{name}` is a symbolic link")));
            } else if kind.is_dir() && depth >= DEEPEST {
                found.reasons.push(Reason::new("extra", format!("`{name}` is deeper than any folder of a bundle")));
            } else if kind.is_dir() {
                open.push((entry.path(), format!("{name}/"), depth + 1));
                found.folders.insert(name);
            } else if kind.is_file() {
                found.files.insert(name, kind.len());
            } else {
                found.reasons.push(Reason::new("not-a-file", format!("`{name}` is neither a file nor a folder")));
            }
        }
    }
    found.reasons.sort();
    Ok(found)
}

impl Found {
    /// Folders in which none of these files is.
    pub(super) fn empty_folders<'a>(&self, listed: impl Iterator<Item = &'a str>) -> Vec<String> {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for path in listed {
            let mut path = path;
            while let Some((folder, _)) = path.rsplit_once('/') {
                used.insert(folder);
                path = folder;
            }
        }
        self.folders.iter().filter(|folder| !used.contains(folder.as_str())).cloned().collect()
    }
}

/// The bytes of a file that is not larger than it may be.
pub(super) fn read(root: &Path, name: &str, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(root.join(name))?.take(most + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > most {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {most} bytes"))),
        false => Ok(bytes),
    }
}

/// The digest of a file that is not larger than it was.
pub(super) fn digest(root: &Path, name: &str, size: u64) -> io::Result<String> {
    let mut file = File::open(root.join(name))?.take(size);
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let count = file.read(&mut buffer)?;
        match buffer.get(..count) {
            Some([]) | None => break,
            Some(bytes) => hasher.update(bytes),
        }
    }
    Ok(hex(&hasher.finalize()))
}

/// What half a million resources have is less; a value takes some ten times its text in memory.
const MOST_VALUES: usize = 50_000_000;

/// Whether JSON holds more values than anybody wrote who packed what they judged.
pub(super) fn is_too_much(json: &[u8]) -> bool {
    memchr::memchr_iter(b',', json).take(MOST_VALUES).count() == MOST_VALUES
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
