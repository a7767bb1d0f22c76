//! The files of a configuration: their texts, and lines and columns in them.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::body::{FileId, Span};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::model::{Location, Region};

/// In which of Terraform's two syntaxes a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// `.tf`
    Native,
    /// `.tf.json`
    Json,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// As reports name it: relative to the repository, with forward slashes.
    pub(crate) name: Arc<str>,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What it holds, without a byte order mark; empty when it could not be read.
    pub(crate) text: Arc<str>,
    /// How it is written.
    pub(crate) syntax: Syntax,
    /// Where each line begins; made when somebody asks, since most files have no finding.
    lines: OnceLock<Vec<u32>>,
}

impl SourceFile {
    pub(super) fn new(name: Arc<str>, path: PathBuf, text: Arc<str>, syntax: Syntax) -> Self {
        Self { name, path, text, syntax, lines: OnceLock::new() }
    }

    /// Line and column, from 1, of a byte; columns count Unicode code points.
    pub(crate) fn place(&self, offset: u32) -> (u32, u32) {
        let lines = self.lines();
        let line = lines.partition_point(|start| *start <= offset).max(1);
        let start = lines.get(line - 1).copied().unwrap_or(0) as usize;
        let before = self.text.as_bytes().get(start..(offset as usize).min(self.text.len())).unwrap_or_default();
        let is_start_of_char = |byte: &&u8| **byte & 0xC0 != 0x80;
        let column = before.iter().filter(is_start_of_char).count() + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| line_starts(&self.text))
    }

    /// A line, from 1, without its line break; `None` beyond the last one.
    pub(crate) fn line(&self, number: u32) -> Option<&str> {
        let start = *self.lines().get(number.checked_sub(1)? as usize)?;
        self.text.get(start as usize..)?.lines().next()
    }

    /// An error at a byte of this file.
    pub(crate) fn diagnostic(&self, title: impl Into<String>, offset: u32) -> Diagnostic {
        let (line, column) = self.place(offset);
        Diagnostic::new(title).at(&self.source_text(), line, column)
    }

    /// Its name and text, for a diagnostic.
    pub(crate) fn source_text(&self) -> SourceText {
        SourceText { name: Arc::clone(&self.name), text: Arc::clone(&self.text) }
    }
}

fn line_starts(text: &str) -> Vec<u32> {
    let after_newlines = text.match_indices('\n').map(|(offset, _)| u32::try_from(offset + 1).unwrap_or(u32::MAX));
    std::iter::once(0).chain(after_newlines).collect()
}

/// The files of a configuration, by [`FileId`].
#[derive(Debug, Default)]
pub(crate) struct Files(Vec<SourceFile>);

impl Files {
    /// The number of the next file.
    pub(super) fn next(&self) -> FileId {
        FileId(u32::try_from(self.0.len()).unwrap_or(u32::MAX))
    }

    pub(super) fn push(&mut self, file: SourceFile) {
        self.0.push(file);
    }

    /// A file.
    pub(crate) fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.0.get(id.0 as usize)
    }

    /// All of them, in the order in which they were read.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.0)
    }

    /// The text of a span.
    pub(crate) fn text(&self, span: Span) -> &str {
        let file = self.get(span.file);
        file.and_then(|file| file.text.get(span.start as usize..span.end as usize)).unwrap_or_default()
    }

    /// Where a span is, for a reader: no further than the end of its first line, since a code host shows an alert beside
    /// a change only when the change touches every line of it.
    pub(crate) fn location(&self, span: Span) -> Option<Location> {
        let file = self.get(span.file)?;
        let text = self.text(span);
        let first_line = text.lines().next().unwrap_or_default().trim_end();
        let (start_line, start_column) = file.place(span.start);
        let end_column = start_column + u32::try_from(first_line.chars().count()).unwrap_or(0);
        let region = Region { start_line, start_column, end_line: start_line, end_column };
        Some(Location { file: Arc::clone(&file.name), region: Some(region) })
    }

    /// An error about a span.
    pub(crate) fn diagnostic(&self, title: impl Into<String>, span: Span) -> Diagnostic {
        match self.get(span.file) {
            Some(file) => file.diagnostic(title, span.start),
            None => Diagnostic::new(title),
        }
    }
}

/// A path relative to a folder, with forward slashes. Both are absolute and without `.` and `..`.
pub(crate) fn relative(path: &Path, base: &Path) -> String {
    let (mut path, mut base) = (path.components().peekable(), base.components().peekable());
    while path.peek().is_some() && path.peek() == base.peek() {
        path.next();
        base.next();
    }
    let up = base.map(|_| "..".to_owned());
    let down = path.map(|component| component.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// A path without `.` and `..`, by its letters alone, as Terraform joins paths.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("main.tf".into(), "/main.tf".into(), text.into(), Syntax::Native)
    }

    #[test]
    fn places_count_lines_and_code_points() {
        let file = file("ab\r\ncäd\n");
        let places: Vec<(u32, u32)> = [0, 4, 5, 7, 8, 9, 99].map(|offset| file.place(offset)).into();
        assert_eq!(places, [(1, 1), (2, 1), (2, 2), (2, 3), (2, 4), (3, 1), (3, 1)]);
    }

    #[test]
    fn lines_are_those_of_the_text() {
        for text in ["", "a", "a\n", "a\r\nb\n\nc", "\n\n"] {
            let file = file(text);
            let lines: Vec<&str> = (1..9).map_while(|number| file.line(number)).collect();
            assert_eq!(lines, text.lines().collect::<Vec<_>>(), "{text:?}");
        }
        assert_eq!(file("a").line(0), None);
    }

    #[test]
    fn a_location_ends_with_its_first_line() {
        let mut files = Files::default();
        files.push(file("a = [\r\n  1,\n]\n"));
        let location = files.location(Span { file: FileId(0), start: 0, end: 14 }).unwrap();
        assert_eq!(location.region, Some(Region { start_line: 1, start_column: 1, end_line: 1, end_column: 6 }));
    }

    #[test]
    fn a_path_is_told_from_the_repository() {
        let of = |path: &str, base: &str| relative(Path::new(path), Path::new(base));
        assert_eq!(of("/a/b/c.tf", "/a"), "b/c.tf");
        assert_eq!(of("/a/x/c.tf", "/a/b"), "../x/c.tf");
        assert_eq!(of("/a", "/a"), ".");
        assert_eq!(normal(Path::new("/a/./b/../c")), Path::new("/a/c"));
    }
}
