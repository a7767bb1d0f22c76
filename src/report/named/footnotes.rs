//! Reasons under a table: in its cells only marks stand for them, since most cells that are not known share a few reasons.

use super::model::{CellValue, Column, Row, Section};

/// The reasons of one table, numbered as they come.
#[derive(Default)]
pub(in crate::report) struct Footnotes {
    reasons: Vec<String>,
}

impl Footnotes {
    /// The mark of a reason: the same one for the same reason.
    pub(in crate::report) fn mark(&mut self, reason: &str) -> usize {
        let at = self.reasons.iter().position(|known| known == reason);
        at.unwrap_or_else(|| {
            self.reasons.push(reason.to_owned());
            self.reasons.len() - 1
        }) + 1
    }

    /// The reasons by their marks.
    pub(in crate::report) fn reasons(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.reasons.iter().map(String::as_str))
    }

    /// A value in a few words, with a mark where it has a reason: `? [1]` is not known, `- [2]` does not apply. A list shows
    /// at most `most` of its elements.
    pub(super) fn words(&mut self, value: &CellValue, most: usize) -> String {
        match value {
            CellValue::Unknown(reason) => format!("? [{}]", self.mark(&format!("not known: {reason}"))),
            CellValue::Missing(reason) => format!("- [{}]", self.mark(reason.as_str())),
            CellValue::List(values) if !values.is_empty() => {
                let mut shown: Vec<String> = values.iter().take(most).map(|value| self.words(value, most)).collect();
                shown.extend((values.len() > most).then(|| format!("+{} more", values.len() - most)));
                shown.join(", ")
            }
            CellValue::Blank => "_".repeat(8),
            value => value.to_string(),
        }
    }
}

/// Which columns a format with little room shows, and what it says of those that hold one and the same value in every row.
pub(in crate::report) struct Layout<'a> {
    /// The positions and columns to show.
    pub(in crate::report) shown: Vec<(usize, &'a Column)>,
    /// Columns whose value is the same in every row, with that value.
    pub(in crate::report) constant: Vec<(&'a Column, &'a CellValue)>,
}

impl<'a> Layout<'a> {
    /// The first column always stays, and so do figures, verdicts, and what a person fills in.
    pub(in crate::report) fn of(section: &'a Section) -> Self {
        let mut layout = Self { shown: Vec::new(), constant: Vec::new() };
        for (position, column) in section.columns.iter().enumerate().filter(|(_, column)| !column.is_detail) {
            match same_everywhere(&section.rows, position).filter(|value| position > 0 && is_place(value)) {
                Some(value) => layout.constant.push((column, value)),
                None => layout.shown.push((position, column)),
            }
        }
        layout
    }
}

fn is_place(value: &CellValue) -> bool {
    matches!(value, CellValue::Identifier(_) | CellValue::Unknown(_) | CellValue::Missing(_))
}

fn same_everywhere(rows: &[Row], position: usize) -> Option<&CellValue> {
    let (first, others) = rows.split_first()?;
    let value = &first.cells.get(position)?.value;
    let is_same = |row: &Row| row.cells.get(position).is_some_and(|cell| cell.value == *value);
    (!others.is_empty() && others.iter().all(is_same)).then_some(value)
}
