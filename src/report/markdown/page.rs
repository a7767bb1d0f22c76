//! A page that never grows beyond its limit: it takes a row only when the row, and what must follow it, fits.

use std::fmt::Write as _;

/// A page of Markdown.
pub(super) struct Page {
    text: String,
    limit: usize,
    last_line: String,
}

/// A titled table.
pub(super) struct Section {
    /// Its title.
    pub(super) title: &'static str,
    /// The headings of its columns.
    pub(super) columns: &'static [&'static str],
    /// How many rows there are, written or not.
    pub(super) total: usize,
    /// How many to write at most.
    pub(super) most: usize,
    /// Whether the reader has to open it.
    pub(super) folded: bool,
    /// How many bytes to leave to the sections after it.
    pub(super) reserve: usize,
}

impl Section {
    /// A section that is not the reason why people read the page.
    pub(super) fn short(title: &'static str, columns: &'static [&'static str], total: usize) -> Self {
        Self { title, columns, total, most: super::MAX_ROWS, folded: false, reserve: 0 }
    }

    /// What it takes besides its rows.
    fn opening(&self) -> String {
        let (title, total) = (self.title, self.total);
        let mut text = match self.folded {
            true => format!("\n<details><summary>{title} ({total})</summary>\n\n"),
            false => format!("\n### {title} ({total})\n\n"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} |", self.columns.join(" | "));
        let _ = writeln!(text, "|{}", " --- |".repeat(self.columns.len()));
        text
    }

    fn closing(&self, left: usize) -> String {
        let rest = match left {
            0 => String::new(),
            left => format!("\n… {left} more\n"),
        };
        match self.folded {
            true => format!("{rest}\n</details>\n"),
            false => rest,
        }
    }
}

impl Page {
    /// An empty page of at most `limit` bytes that will end in `last_line`.
    pub(super) fn new(limit: usize, last_line: &str) -> Self {
        let last_line = format!("\n{last_line}\n");
        Self { text: String::new(), limit: limit.saturating_sub(last_line.len()), last_line }
    }

    /// Adds a line, if it fits.
    pub(super) fn line(&mut self, line: &str) {
        if self.fits(line.len() + 1) {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// Adds a table with as many rows as fit; a section without rows, or without room for one, is left out.
    pub(super) fn section(&mut self, section: &Section, rows: impl Iterator<Item = Vec<String>>) {
        let (opening, closing) = (section.opening(), section.closing(usize::MAX).len());
        if section.total == 0 || !self.fits(opening.len() + closing) {
            return;
        }
        self.text.push_str(&opening);
        let mut written = 0;
        for row in rows.take(section.most) {
            let row = format!("| {} |\n", row.join(" | "));
            // The reserve is for others, but never keeps the page from showing a first row.
            let reserve = if written == 0 { 0 } else { section.reserve };
            if !self.fits(row.len() + closing + reserve) {
                break;
            }
            self.text.push_str(&row);
            written += 1;
        }
        self.text.push_str(&section.closing(section.total.saturating_sub(written)));
    }

    fn fits(&self, bytes: usize) -> bool {
        self.text.len() + bytes <= self.limit
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        self.text.push_str(&self.last_line);
        self.text
    }
}
