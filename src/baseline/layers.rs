//! The files of a baseline: the one that was asked for, the one that it extends, and so on.
//!
//! Each file keeps its own text and its own mistakes, so that a mistake in a file that somebody else wrote is told with that
//! file's name, line and column.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::raw::{self, RawBaseline};
use super::{EMBEDDED, Files, decode, embedded_path, names};
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::yaml::problems::Problems;
use crate::yaml::{self, At};

/// A chain that is longer explains nothing to anybody; most have two files.
const MAX_FILES: usize = 8;

/// One file.
pub(super) struct Layer {
    /// Its path, or that of a baseline in the binary.
    pub(super) file: Arc<str>,
    pub(super) sha256: String,
    pub(super) problems: Problems,
    pub(super) raw: RawBaseline,
}

/// The text of a file, and where it is.
struct Found {
    /// What the user calls it.
    name: String,
    /// What it is known by, however it is written.
    identity: String,
    text: String,
}

/// The files, from the one that extends nothing to the one that was asked for.
pub(super) fn read(source: &str, text: &str, files: Files<'_>) -> Result<Vec<Layer>, Vec<Diagnostic>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut known: Vec<String> = Vec::new();
    let mut next = Some(Found { name: source.to_owned(), identity: normal(source), text: text.to_owned() });
    let mut errors = Vec::new();
    while let Some(found) = next.take() {
        let mut problems = Problems::new(&found.name, &found.text);
        let raw = yaml::read(&found.text, &mut problems).and_then(|root| raw::read(&root, &mut problems));
        known.push(found.identity);
        let Some(raw) = raw else {
            errors.extend(problems.finish(None::<()>).err().unwrap_or_default());
            break;
        };
        if let Some(extends) = &raw.extends {
            match parent(extends, &known, &problems, files) {
                Ok(found) => next = Some(found),
                Err(found) => errors.extend(found),
            }
        }
        layers.push(Layer { file: found.name.as_str().into(), sha256: sha256(&found.text), problems, raw });
    }
    if errors.is_empty() {
        layers.reverse();
        return Ok(layers);
    }
    let of_layers = layers.into_iter().flat_map(|layer| layer.problems.finish(None::<()>).err().unwrap_or_default());
    Err(of_layers.chain(errors).collect())
}

/// The baseline, when nothing is wrong with any of its files; otherwise everything that is, the file that was asked for
/// first, each in its order.
pub(super) fn finish<T>(layers: Vec<Layer>, value: Option<T>) -> Result<T, Vec<Diagnostic>> {
    let of_layers =
        layers.into_iter().rev().flat_map(|layer| layer.problems.finish(None::<()>).err().unwrap_or_default());
    let errors: Vec<Diagnostic> = of_layers.collect();
    value.filter(|_| errors.is_empty()).ok_or(errors)
}

/// The digest of all files: of one that extends nothing it is its own.
pub(super) fn digest<'a>(digests: impl Iterator<Item = &'a str>) -> String {
    match digests.collect::<Vec<_>>().as_slice() {
        [one] => (*one).to_owned(),
        several => sha256(&several.join("\n")),
    }
}

pub(super) fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Looks up what a file extends: a baseline in the binary by its name, or a file beside it.
fn parent(
    extends: &At<String>,
    known: &[String],
    problems: &Problems,
    files: Files<'_>,
) -> Result<Found, Vec<Diagnostic>> {
    let word = extends.value.as_str();
    let embedded = files.library.find(word);
    let beside = Path::new(problems.file()).with_file_name(word);
    let path = embedded.map_or_else(|| shown(&beside), |(name, _)| embedded_path(name));
    let identity = embedded.map_or_else(|| normal(&path), |(name, _)| format!("{name} in the binary"));
    let error = |title: String, help: String| vec![problems.diagnostic(extends.place, title).help(help)];
    if let Some(first) = known.iter().position(|file| *file == identity) {
        let circle = known.iter().skip(first).chain([&identity]).map(String::as_str).collect::<Vec<_>>();
        let help = format!("take one `extends` out of the circle {}", circle.join(" -> "));
        return Err(error(format!("`extends` leads back to `{word}`"), help));
    }
    if known.len() >= MAX_FILES {
        let help = format!("the chain is {} -> {identity}", known.join(" -> "));
        return Err(error(format!("more than {MAX_FILES} files extend each other"), help));
    }
    if let Some((_, text)) = embedded {
        return Ok(Found { name: path, identity, text: text.to_owned() });
    }
    let looks_like_a_name = !word.contains(['/', '\\', '.']);
    match (files.read)(&beside.to_string_lossy()) {
        Ok(bytes) => Ok(Found { text: decode(&path, bytes)?, name: path, identity }),
        Err(_) if looks_like_a_name => {
            let help = match nearest(word, EMBEDDED.iter().map(|(name, _)| *name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("name one of {}, or the path of a file", names()),
            };
            Err(error(format!("no baseline is named `{word}`"), help))
        }
        Err(why) => {
            let help = format!("the path starts at the folder of this file; in the binary are {}", names());
            Err(error(format!("`{path}` cannot be read: {why}"), help))
        }
    }
}

/// One way to write a path.
fn normal(path: &str) -> String {
    shown(Path::new(path))
}

/// A path without steps that lead nowhere, with the same separators everywhere.
fn shown(path: &Path) -> String {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => drop(parts.pop()),
            (part, _) => parts.push(part),
        }
    }
    parts.iter().collect::<PathBuf>().to_string_lossy().replace('\\', "/")
}
