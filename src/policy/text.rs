//! From byte offsets and regorus' error texts to places in the user's file.

use std::sync::Arc;

use super::files::PolicyFile;
use super::syntax::Span;
use crate::diagnostic::{Diagnostic, SourceText};

/// A file with the starts of its lines.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub(super) source: SourceText,
    line_starts: Arc<[usize]>,
}

impl Places {
    pub(super) fn new(file: &PolicyFile) -> Self {
        let starts = std::iter::once(0).chain(file.text.match_indices('\n').map(|(at, _)| at + 1));
        Self { source: SourceText { name: file.path.clone(), text: file.text.clone() }, line_starts: starts.collect() }
    }

    /// Line and column of a byte offset, from 1; columns count code points.
    pub(super) fn at(&self, offset: u32) -> (u32, u32) {
        let offset = (offset as usize).min(self.source.text.len());
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.source.text.get(start..offset).map_or(0, |before| before.chars().count());
        (line as u32, column as u32 + 1)
    }

    /// The text of a span.
    pub(super) fn text(&self, span: Span) -> &str {
        self.source.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// An error at a span.
    pub(super) fn error(&self, span: Span, title: impl Into<String>) -> Diagnostic {
        let (line, column) = self.at(span.start);
        self.error_at(line, column, title)
    }

    /// An error at a line and column.
    pub(super) fn error_at(&self, line: u32, column: u32, title: impl Into<String>) -> Diagnostic {
        Diagnostic::new(title).at(&self.source, line, column)
    }

    /// An error about the file as a whole.
    pub(super) fn whole(&self, title: impl Into<String>) -> Diagnostic {
        self.error_at(1, 1, title)
    }

    /// An error of regorus, which names file, line and column in its text.
    pub(super) fn rego_error(&self, text: &str) -> Diagnostic {
        let error = RegoError::parse(text);
        match error.place {
            Some((file, line, column)) if file == self.source.name.as_ref() => {
                self.error_at(line, self.column(line, column), error.message)
            }
            _ => self.whole(error.message),
        }
    }

    /// regorus counts a tab as four columns.
    fn column(&self, line: u32, rego_column: u32) -> u32 {
        let text = self.source.text.lines().nth(line.saturating_sub(1) as usize).unwrap_or("");
        let mut counted = 1;
        for (position, char) in text.chars().enumerate() {
            if counted >= rego_column {
                return position as u32 + 1;
            }
            counted += if char == '\t' { 4 } else { 1 };
        }
        text.chars().count() as u32 + 1
    }
}

/// What regorus says, taken apart: `\n--> file:3:4\n  |\n3 | text\n  | ^\nerror: message`.
pub(super) struct RegoError<'a> {
    pub(super) place: Option<(&'a str, u32, u32)>,
    pub(super) message: String,
}

impl<'a> RegoError<'a> {
    pub(super) fn parse(text: &'a str) -> Self {
        let place = text.lines().find_map(|line| line.strip_prefix("--> ")).and_then(|place| {
            let (rest, column) = place.rsplit_once(':')?;
            let (file, line) = rest.rsplit_once(':')?;
            Some((file, line.parse().ok()?, column.parse().ok()?))
        });
        let message = text.rsplit_once("\nerror: ").map_or(text, |(_, message)| message);
        Self { place, message: house_style(message) }
    }
}

/// One line, lower case, without a full stop, what is quoted in backticks.
fn house_style(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    let message = words.join(" ").replace('\'', "`");
    let mut chars = message.trim_end_matches('.').chars();
    let first = chars.next();
    let is_word = chars.as_str().starts_with(|second: char| second.is_lowercase() || second == ' ');
    let first = first.map(|first| if is_word { first.to_ascii_lowercase() } else { first });
    first.into_iter().chain(chars).collect()
}
