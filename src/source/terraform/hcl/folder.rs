//! The configuration files of a folder, read and parsed.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::body::{Body, FileId};
use super::files::{SourceFile, Syntax};
use super::{json, native, outline};
use crate::diagnostic::{Diagnostic, SourceText};

/// A file beyond this size is no configuration that people wrote.
const MAX_BYTES: u64 = 16 << 20;

/// How much of a file is parsed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// All of it.
    Whole,
    /// Its outline; the rest when somebody asks for it. A file that may not be valid is parsed as a whole all the same.
    Outline,
}

/// A configuration file that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) path: PathBuf,
    pub(super) syntax: Syntax,
    /// Whether it overrides what the other files say.
    pub(super) overrides: bool,
    /// Whether it is known to be a regular file, and no link.
    is_regular: bool,
}

/// A file as it was read; `body` is `None` when it is not valid.
pub(super) struct Parsed {
    pub(super) file: SourceFile,
    pub(super) body: Option<Body>,
    pub(super) overrides: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The configuration files of a folder, in the order in which Terraform reads them: overrides last, each sort by name.
pub(super) fn list(folder: &Path) -> io::Result<Vec<Listed>> {
    let mut listed = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Some((syntax, overrides)) = entry.file_name().to_str().and_then(kind_of) else { continue };
        let is_regular = entry.file_type().is_ok_and(|kind| kind.is_file());
        let path = entry.path();
        if is_regular || !path.is_dir() {
            listed.push(Listed { path, syntax, overrides, is_regular });
        }
    }
    listed.sort_by(|a, b| (a.overrides, &a.path).cmp(&(b.overrides, &b.path)));
    Ok(listed)
}

/// How Terraform reads a file of this name, if it does.
pub(super) fn kind_of(name: &str) -> Option<(Syntax, bool)> {
    let of_an_editor = name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    if of_an_editor {
        return None;
    }
    let (stem, syntax) = match (name.strip_suffix(".tf"), name.strip_suffix(".tf.json")) {
        (Some(stem), _) => (stem, Syntax::Native),
        (_, Some(stem)) => (stem, Syntax::Json),
        _ => return None,
    };
    Some((syntax, stem == "override" || stem.ends_with("_override")))
}

/// Reads and parses a file, or the text that stands for it; `name` is what reports call it.
pub(super) fn read(
    listed: &Listed,
    (base, reading): (&Path, Reading),
    instead: Option<&Arc<str>>,
    name: Arc<str>,
    id: FileId,
) -> Parsed {
    let text = match instead {
        Some(text) => Ok(Arc::clone(text)),
        None if listed.is_regular => text_of_regular(&listed.path),
        None => text_of(&listed.path, base),
    };
    parsed(listed, reading, name, id, text)
}

/// The same for bytes that are already here; `None` when Terraform reads no file of this name.
pub(super) fn of_bytes(name: &str, bytes: &[u8], id: FileId) -> Option<Parsed> {
    let (syntax, overrides) = kind_of(name)?;
    let listed = Listed { path: name.into(), syntax, overrides, is_regular: false };
    Some(parsed(&listed, Reading::Whole, name.into(), id, decode(bytes)))
}

fn parsed(listed: &Listed, reading: Reading, name: Arc<str>, id: FileId, text: Result<Arc<str>, Unreadable>) -> Parsed {
    let (text, problem) = match text {
        Ok(text) => (text, None),
        Err((title, place)) => (Arc::from(""), Some((title, place))),
    };
    let file = SourceFile::new(Arc::clone(&name), listed.path.clone(), text, listed.syntax);
    let (body, diagnostics) = match problem {
        Some((title, place)) => {
            let diagnostic = Diagnostic::new(title).help("the rest of the folder is read without this file");
            let source = SourceText { name, text: "".into() };
            (None, vec![Diagnostic { source: Some(source), place, ..diagnostic }])
        }
        None => match outline_or_all(&file, reading, id) {
            Ok((body, diagnostics)) => (Some(body), diagnostics),
            Err(diagnostic) => (None, vec![diagnostic]),
        },
    };
    Parsed { file, body, overrides: listed.overrides, diagnostics }
}

fn outline_or_all(file: &SourceFile, reading: Reading, id: FileId) -> Result<(Body, Vec<Diagnostic>), Diagnostic> {
    let outline = match (reading, file.syntax) {
        (Reading::Outline, Syntax::Native) => outline::of_file(&file.text, id),
        _ => None,
    };
    outline.map_or_else(|| parse(file, id), |body| Ok((body, Vec::new())))
}

/// Parses a file in its syntax.
pub(super) fn parse(file: &SourceFile, id: FileId) -> Result<(Body, Vec<Diagnostic>), Diagnostic> {
    match file.syntax {
        Syntax::Native => native::parse(file, id),
        Syntax::Json => json::parse(file, id),
    }
}

/// Why a file cannot be read, and where in it.
pub(crate) type Unreadable = (String, Option<(u32, u32)>);

/// The text of a file, if it is a regular one of a sensible size. A link must stay in the repository: whoever proposes a
/// change to it must not have other files of the machine shown.
pub(crate) fn text_of(path: &Path, base: &Path) -> Result<Arc<str>, Unreadable> {
    if path.is_symlink() && !path.canonicalize().map_err(refused)?.starts_with(base) {
        return Err(("this is a link that leads out of the repository".to_owned(), None));
    }
    // Opening a pipe or a device would wait for ever.
    if !fs::metadata(path).map_err(refused)?.is_file() {
        return Err(("this is not a regular file".to_owned(), None));
    }
    text_of_regular(path)
}

fn text_of_regular(path: &Path) -> Result<Arc<str>, Unreadable> {
    let file = fs::File::open(path).map_err(refused)?;
    let length = file.metadata().map_err(refused)?.len();
    if length > MAX_BYTES {
        return Err((format!("the file is larger than {} MiB", MAX_BYTES >> 20), None));
    }
    // One byte more than there is, so that the end is found without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(refused)?;
    decode(&bytes)
}

fn refused(error: io::Error) -> Unreadable {
    (format!("the file cannot be read: {error}"), None)
}

/// UTF-8, with or without a byte order mark: Terraform takes nothing else.
pub(super) fn decode(bytes: &[u8]) -> Result<Arc<str>, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map(Arc::from).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok());
        let place = valid.map(|valid| crate::source::text::place(valid, valid.len()));
        ("the file is not UTF-8".to_owned(), place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_names() {
        let native = |overrides| Some((Syntax::Native, overrides));
        assert_eq!(kind_of("main.tf"), native(false));
        assert_eq!(kind_of("override.tf"), native(true));
        assert_eq!(kind_of("prod_override.tf"), native(true));
        assert_eq!(kind_of("myoverride.tf"), native(false));
        assert_eq!(kind_of("x.tf.json"), Some((Syntax::Json, false)));
        assert_eq!(kind_of("override.tf.json"), Some((Syntax::Json, true)));
        for ignored in [".#main.tf", "main.tf~", "#main.tf#", ".hidden.tf", "main.tfvars", "x.json", "main.tftest.hcl"]
        {
            assert_eq!(kind_of(ignored), None, "{ignored}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_have_a_place() {
        assert_eq!(decode(b"\xef\xbb\xbfa = 1").as_deref(), Ok("a = 1"));
        assert_eq!(decode(b"a = 1\nb\xff"), Err(("the file is not UTF-8".to_owned(), Some((2, 2)))));
    }
}
