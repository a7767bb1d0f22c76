//! Errors in the user's own files, shown with the line that they are about.
//!
//! ```text
//! error: baseline `standard` sets `min_backup_days`, which no rule takes
//!   --> baselines/standard.yaml:14:7
//!    = help: rule `backup_retention` takes `min_backup_retention_days`
//! ```

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::source::terraform::may_hold_secret;

/// A file's name and text, shared by every diagnostic about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The name, as the user gave it.
    pub name: Arc<str>,
    /// The text.
    pub text: Arc<str>,
}

/// One error in one file. The title is lower case, without a full stop, with the user's words in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub title: String,
    /// The file.
    pub source: Option<SourceText>,
    /// Line and column of the place, from 1; columns count Unicode code points.
    pub place: Option<(u32, u32)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), source: None, place: None, help: None }
    }

    /// Adds the file and the place in it.
    #[must_use]
    pub fn at(mut self, source: &SourceText, line: u32, column: u32) -> Self {
        self.source = Some(source.clone());
        self.place = Some((line, column));
        self
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Diagnostic {
    /// The error with the line that it is about, a caret under the place, and the remedy; in colour or plain.
    pub fn render(&self, color: bool) -> String {
        self.render_as(Level::ERROR, color)
    }

    /// The same for what is no error, but good to know.
    pub fn render_note(&self, color: bool) -> String {
        self.render_as(Level::NOTE, color)
    }

    fn render_as(&self, level: Level<'_>, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let title = level.primary_title(&self.title);
        let mut group = match (&self.source, self.place) {
            // A text that must not be shown, such as a plan with its secrets, is left empty.
            (Some(source), Some((line, column))) if source.text.is_empty() || is_secret(&source.text, line) => {
                let origin = Origin::path(source.name.as_ref()).line(line as usize);
                title.element(origin.char_column(column as usize))
            }
            (Some(source), Some(place)) => title.element(snippet(source, place)),
            (Some(source), None) => title.element(Origin::path(source.name.as_ref())),
            (None, _) => Group::with_title(title),
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }
}

/// Whether a line may hold a secret: a person's own file is shown only where it does not. The name that tells may stand
/// above it, as that of a variable does above its default; so may what marks the variable, on either side.
fn is_secret(text: &str, line: u32) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let at = (line.saturating_sub(1) as usize).min(lines.len());
    let (before, from) = lines.split_at(at);
    let Some((line, after)) = from.split_first() else { return false };
    let is_header = |line: &&str| line.starts_with(|first: char| first.is_alphabetic());
    let header = before.iter().rposition(is_header).unwrap_or(0);
    let inside = before.iter().skip(header).chain(after.iter().take_while(|line| !is_header(line)));
    let is_secret_block = || {
        inside.clone().any(|line| line.trim_start().starts_with("sensitive"))
            || before.get(header).is_some_and(|line| may_hold_secret(line))
    };
    may_hold_secret(line) || (!is_header(line) && line.contains(['"', '\'', '<']) && is_secret_block())
}

fn snippet(source: &SourceText, place: (u32, u32)) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let annotation = AnnotationKind::Primary.span(word_at(&source.text, place));
    Snippet::source(source.text.as_ref()).path(source.name.as_ref()).annotation(annotation)
}

/// The bytes of the word at a place: what is quoted, or what looks like one name, else a single character.
fn word_at(text: &str, (line, column): (u32, u32)) -> Range<usize> {
    let line_start = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum::<usize>();
    let rest = text.get(line_start..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    let offset = line.char_indices().nth(column.saturating_sub(1) as usize).map_or(line.len(), |(offset, _)| offset);
    let start = line_start + offset;
    start..start + word_length(line.get(offset..).unwrap_or(""))
}

fn word_length(text: &str) -> usize {
    let mut chars = text.chars();
    match chars.next() {
        None => 0,
        Some(quote @ ('"' | '`' | '\'')) => chars.as_str().find(quote).map_or(1, |end| end + 2),
        Some(first) => {
            let is_name = |char: &char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.');
            text.chars().take_while(is_name).map(char::len_utf8).sum::<usize>().max(first.len_utf8())
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.title)?;
        if let Some(source) = &self.source {
            write!(f, "\n  --> {}", source.name)?;
            if let Some((line, column)) = self.place {
                write!(f, ":{line}:{column}")?;
            }
        }
        if let Some(help) = &self.help {
            write!(f, "\n   = help: {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> SourceText {
        SourceText { name: "baselines/standard.yaml".into(), text: text.into() }
    }

    #[test]
    fn the_line_is_shown_with_a_caret_under_the_word() {
        let source = source("rules:\n  parameters:\n    min_backup_days: 35\n");
        let diagnostic = Diagnostic::new("no rule takes `min_backup_days`")
            .at(&source, 3, 5)
            .help("did you mean `min_backup_retention_days`?");
        assert_eq!(
            diagnostic.render(false),
            "\
error: no rule takes `min_backup_days`
 --> baselines/standard.yaml:3:5
  |
3 |     min_backup_days: 35
  |     ^^^^^^^^^^^^^^^
  |
  = help: did you mean `min_backup_retention_days`?"
        );
    }

    #[test]
    fn a_line_with_a_secret_is_told_but_not_shown() {
        let source = source("a = 1\nmaster_password = \"hunter2\" +\n");
        let rendered = Diagnostic::new("this is not an expression").at(&source, 2, 30).render_note(false);
        assert_eq!(rendered, "note: this is not an expression\n--> baselines/standard.yaml:2:30");
    }

    #[test]
    fn a_line_below_the_name_of_a_secret_is_not_shown() {
        let shown =
            |text: &str, line| Diagnostic::new("wrong").at(&source(text), line, 3).render(false).contains("hunter2");
        for text in [
            "variable \"db_password\" {\n  default = \"hunter2\n}\n",
            "variable \"pw\" {\n  default = \"hunter2\n  sensitive = true\n}\n",
            "variable \"pw\" {\n  default = \"postgres://admin:hunter2@host/db\n}\n",
        ] {
            assert!(!shown(text, 2), "{text}");
        }
        let of_another = "variable \"db_password\" {}\nvariable \"name\" {\n  default = \"hunter2\n}\noutput \"o\" {\n  sensitive = true\n}\n";
        assert!(shown(of_another, 3));
    }

    #[test]
    fn a_place_past_the_end_of_the_text_is_no_reason_to_panic() {
        let diagnostic = Diagnostic::new("it ends too early").at(&source("a: é"), 9, 9);
        assert!(diagnostic.render(false).starts_with("error: it ends too early"));
    }

    #[test]
    fn columns_count_code_points() {
        assert_eq!(word_at("é: \"ü\" # c", (1, 4)), 4..8);
    }

    #[test]
    fn an_error_without_a_file_is_its_title() {
        assert_eq!(Diagnostic::new("nothing to do").render(false), "error: nothing to do");
    }
}
