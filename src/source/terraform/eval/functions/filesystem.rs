//! Functions on paths and files. A file that the configuration does not have may be there when Terraform runs: it is unknown.

use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::value::Val;
use super::arguments::Arguments;
use super::glob::Glob;
use super::hash::{BASE64_SHA256, BASE64_SHA512, Digester, MD5, SHA1, SHA256, SHA512};
use super::{sets, text, unknown};

/// Where a path that is not absolute begins depends on the machine.
pub(super) fn abspath(arguments: &Arguments<'_>) -> Result<Val, String> {
    let path = arguments.text(0)?;
    Ok(if path.starts_with('/') { text::value(&cleaned(path)) } else { unknown("abspath") })
}

/// Whose home it is depends on the machine.
pub(super) fn pathexpand(arguments: &Arguments<'_>) -> Result<Val, String> {
    let path = arguments.text(0)?;
    match path.strip_prefix('~') {
        None => Ok(text::value(path)),
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '\\']) => Ok(unknown("pathexpand")),
        Some(_) => Err("the home of another user cannot be expanded".to_owned()),
    }
}

pub(super) fn basename(arguments: &Arguments<'_>) -> Result<Val, String> {
    let path = arguments.text(0)?;
    let trimmed = path.trim_end_matches('/');
    Ok(text::value(match trimmed.rsplit('/').next() {
        _ if path.is_empty() => ".",
        None | Some("") => "/",
        Some(name) => name,
    }))
}

pub(super) fn dirname(arguments: &Arguments<'_>) -> Result<Val, String> {
    let path = arguments.text(0)?;
    let directory = path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default();
    Ok(text::value(&cleaned(directory)))
}

/// The shortest path that says the same, as Go's `path.Clean`.
pub(super) fn cleaned(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            ".." if absolute => {}
            _ => steps.push(step),
        }
    }
    let joined = steps.join("/");
    match (absolute, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

fn read(arguments: &Arguments<'_>) -> Result<Option<Arc<[u8]>>, String> {
    Ok(arguments.surroundings.files.read(&cleaned(arguments.text(0)?)))
}

pub(super) fn file(arguments: &Arguments<'_>) -> Result<Val, String> {
    let Some(bytes) = read(arguments)? else { return Ok(unknown("file")) };
    let content = std::str::from_utf8(&bytes);
    content.map(text::value).map_err(|_| "the file is not text in UTF-8; `filebase64` reads any".to_owned())
}

pub(super) fn fileexists(arguments: &Arguments<'_>) -> Result<Val, String> {
    Ok(if read(arguments)?.is_some() { Val::Bool(true) } else { unknown("fileexists") })
}

pub(super) fn filebase64(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, "filebase64", |bytes| STANDARD.encode(bytes))
}

pub(super) fn filemd5(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, "filemd5", MD5)
}

pub(super) fn filesha1(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, "filesha1", SHA1)
}

pub(super) fn filesha256(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, "filesha256", SHA256)
}

pub(super) fn filesha512(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, "filesha512", SHA512)
}

pub(super) fn filebase64sha256(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, "filebase64sha256", BASE64_SHA256)
}

pub(super) fn filebase64sha512(arguments: &Arguments<'_>) -> Result<Val, String> {
    digest(arguments, "filebase64sha512", BASE64_SHA512)
}

fn digest(arguments: &Arguments<'_>, name: &str, digester: Digester) -> Result<Val, String> {
    Ok(read(arguments)?.map_or_else(|| unknown(name), |bytes| text::value(&digester(&bytes))))
}

pub(super) fn fileset(arguments: &Arguments<'_>) -> Result<Val, String> {
    let directory = cleaned(arguments.text(0)?);
    let pattern = cleaned(&format!("{directory}/{}", arguments.text(1)?));
    let glob = Glob::new(&pattern)?;
    // What stands before the first special character is where to look.
    let Some(paths) = arguments.surroundings.files.list(glob.base()) else { return Ok(unknown("fileset")) };
    let found = paths.iter().map(|path| cleaned(&format!("{}/{path}", glob.base()))).filter(|path| glob.matches(path));
    let relative: BTreeSet<String> = found.map(|path| relative(&directory, &path)).collect();
    Ok(sets::build(relative.iter().map(|path| text::value(path)).collect()))
}

/// A path as seen from a directory.
fn relative(directory: &str, path: &str) -> String {
    let steps = |path: &str| path.split('/').filter(|step| *step != ".").map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (steps(directory), steps(path));
    let shared = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len().saturating_sub(shared));
    up.chain(to.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
}
