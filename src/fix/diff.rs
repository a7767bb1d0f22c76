//! What changes, as a unified diff for people.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::{Edit, File, apply};
use crate::report::text::clean;
use crate::source::terraform::may_hold_secret;

/// How a diff is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// As plain text.
    Plain,
    /// With colours.
    Colored,
}

const HEADER: Style = Style::new().bold();
const HUNK: Style = AnsiColor::Cyan.on_default();
const OLD: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();

/// The edits of one file, with three lines around each. A value that is set to the name of a secret is not shown.
pub(crate) fn unified(file: &File, edits: &[Edit], shown: Shown) -> String {
    let after = apply(&file.text, edits);
    let diff = TextDiff::from_lines(file.text.as_ref(), after.as_str());
    let (name, hidden) = (clean(&file.name), hidden(&file.text));
    let mut out = String::new();
    line(&mut out, shown, HEADER, &format!("--- a/{name}"));
    line(&mut out, shown, HEADER, &format!("+++ b/{name}"));
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        line(&mut out, shown, HUNK, hunk.header().to_string().trim_end());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Equal => (' ', Style::new()),
                ChangeTag::Delete => ('-', OLD),
                ChangeTag::Insert => ('+', NEW),
            };
            let is_hidden = change.old_index().is_some_and(|index| hidden.contains(&index));
            let text = if is_hidden { "(not shown)".to_owned() } else { safe(change.value()) };
            line(&mut out, shown, style, &format!("{sign}{text}"));
            if change.missing_newline() {
                line(&mut out, shown, Style::new(), "\\ No newline at end of file");
            }
        }
    }
    out
}

fn line(out: &mut String, shown: Shown, style: Style, text: &str) {
    // Writing to a string cannot fail.
    let _ = match shown {
        Shown::Plain => writeln!(out, "{text}"),
        Shown::Colored => writeln!(out, "{style}{text}{style:#}"),
    };
}

/// A line of a file that a terminal only shows, without its line break and without a secret.
fn safe(text: &str) -> String {
    let text = text.trim_end_matches(['\r', '\n']);
    let kept = match text.find(['=', ':']).filter(|_| may_hold_secret(text)) {
        Some(end) => format!("{} (not shown)", text.get(..=end).unwrap_or_default()),
        None => text.to_owned(),
    };
    // Tabs are layout here.
    kept.split('\t').map(clean).collect::<Vec<_>>().join("\t")
}

/// The lines of heredocs that hold a secret, by number from 0.
fn hidden(text: &str) -> BTreeSet<usize> {
    let mut hidden = BTreeSet::new();
    let mut end: Option<&str> = None;
    for (number, line) in text.lines().enumerate() {
        match end {
            Some(mark) if line.trim() == mark => end = None,
            Some(_) => drop(hidden.insert(number)),
            None => {
                let opened = line.rsplit_once("<<").filter(|_| may_hold_secret(line));
                end = opened.map(|(_, mark)| mark.trim_start_matches('-').trim());
            }
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_escapes_are_not_shown() {
        assert_eq!(safe("  password = \"hunter2\"\n"), "  password = (not shown)");
        assert_eq!(safe("  password = var.password\r\n"), "  password = var.password");
        assert_eq!(safe("  \"auth_token\": \"x\","), "  \"auth_token\": (not shown)");
        assert_eq!(hidden("a = 1\nsecret_string = <<-EOT\nx\n  EOT\nb = <<EOT\ny\nEOT\n"), BTreeSet::from([2]));
        assert_eq!(safe("\tname = \"\u{1b}[31m\""), "\tname = \"\\u{1b}[31m\"");
    }

    #[test]
    fn a_diff_has_the_lines_around_the_edit() {
        let file = File {
            name: "main.tf".into(),
            path: "/main.tf".into(),
            text: "a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\ng = 7\n".into(),
        };
        let edits = [Edit { start: 28, end: 29, text: "50".into() }];
        let expected =
            "--- a/main.tf\n+++ b/main.tf\n@@ -2,6 +2,6 @@\n b = 2\n c = 3\n d = 4\n-e = 5\n+e = 50\n f = 6\n g = 7\n";
        assert_eq!(unified(&file, &edits, Shown::Plain), expected);
        assert!(unified(&file, &edits, Shown::Colored).contains("\u{1b}[31m-e = 5\u{1b}[0m"));
    }
}
