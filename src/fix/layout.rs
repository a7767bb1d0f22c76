//! Edits to the text of a file, laid out as `terraform fmt` lays it out.
//!
//! Attributes on neighbouring lines have their `=` below one another, and so have comments behind them. Lines that stand
//! in such an order keep it; lines that do not are left as they are. (The formatter of hashicorp/hcl, hclwrite/format.go,
//! is what `terraform fmt` runs.)

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::shape::Shape;

/// A stretch of a text, in bytes, and what stands there instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edit {
    /// What is taken out.
    pub(crate) start: usize,
    /// The byte after it.
    pub(crate) end: usize,
    /// What is put in.
    pub(crate) text: String,
}

/// What is to be done at a place of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wish<'a> {
    /// Another value in place of the one at these bytes.
    Replace {
        /// What surrounds it.
        shape: &'a Shape,
        /// The value.
        value: &'a Range<usize>,
        /// What it becomes.
        text: &'a str,
    },
    /// An attribute more in a block.
    Insert {
        /// The block.
        shape: &'a Shape,
        /// The attribute.
        name: &'a str,
        /// Its value.
        text: &'a str,
    },
}

/// The edits that fulfil wishes, by place.
pub(crate) fn edits(text: &str, wishes: &[Wish<'_>]) -> Vec<Edit> {
    let mut layout = Layout::of(text, wishes);
    layout.crowded = wishes.iter().filter_map(|wish| layout.without_room(wish)).collect();
    for wish in wishes {
        layout.wish(*wish);
    }
    layout.edits()
}

/// The text after edits. INVARIANT: they are sorted and do not overlap.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        out.push_str(text.get(done..edit.start).unwrap_or_default());
        out.push_str(&edit.text);
        done = edit.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// A line that sets an attribute.
#[derive(Clone, Debug)]
struct Row {
    /// Where the line begins, and where its content ends.
    line: Range<usize>,
    name: Range<usize>,
    equals: usize,
    /// As far as it stands on this line.
    value: Range<usize>,
    comment: Option<usize>,
    /// Whether the value goes on below: a heredoc.
    goes_on: bool,
    /// What the value becomes.
    becomes: Option<String>,
    /// Attributes that come below.
    below: Vec<(String, String)>,
}

struct Layout<'t> {
    text: &'t str,
    lines: Lines<'t>,
    /// By number of the line, from 0.
    rows: BTreeMap<usize, Row>,
    /// Numbers of the lines that wishes are about.
    touched: BTreeSet<usize>,
    /// Where the blocks begin that get a name for which no group has room: what they get stays together.
    crowded: BTreeSet<usize>,
    /// Edits that have to do with no line above.
    others: Vec<Edit>,
    /// What is put in at the head of a block or below a line with a blank line between, by place.
    apart: BTreeMap<usize, (Vec<(String, String)>, Apart)>,
}

#[derive(Clone, Debug)]
struct Apart {
    indent: String,
    before: bool,
    after: bool,
}

impl<'t> Layout<'t> {
    fn of(text: &'t str, wishes: &[Wish<'_>]) -> Self {
        let lines = Lines::of(text);
        let mut rows = BTreeMap::new();
        for wish in wishes {
            let (Wish::Replace { shape, .. } | Wish::Insert { shape, .. }) = wish;
            for attribute in &shape.attributes {
                if let Some((number, row)) = lines.row(&attribute.name, &attribute.value) {
                    rows.entry(number).or_insert(row);
                }
            }
        }
        let (touched, crowded) = (BTreeSet::new(), BTreeSet::new());
        Self { text, lines, rows, touched, crowded, others: Vec::new(), apart: BTreeMap::new() }
    }

    /// The block of a wish, if none of its groups has room for the new name.
    fn without_room(&self, wish: &Wish<'_>) -> Option<usize> {
        match wish {
            Wish::Insert { shape, name, .. } => self.group_for(shape, name).is_none().then_some(shape.start),
            Wish::Replace { .. } => None,
        }
    }

    /// The last line of the last group in which a name needs no more room than the others.
    fn group_for(&self, shape: &Shape, name: &str) -> Option<usize> {
        let fits = |number: &usize| self.chain(*number).iter().any(|row| row.name.len() >= name.len());
        self.ends_of_groups(shape).into_iter().rev().find(fits)
    }

    fn wish(&mut self, wish: Wish<'_>) {
        match wish {
            Wish::Replace { value, text, .. } => {
                let number = self.lines.number(value.start);
                match self.rows.get_mut(&number).filter(|row| row.value == *value) {
                    Some(row) => {
                        row.becomes = Some(text.to_owned());
                        self.touched.insert(number);
                    }
                    None => self.others.push(Edit { start: value.start, end: value.end, text: text.to_owned() }),
                }
            }
            Wish::Insert { shape, name, text } => self.insert(shape, name, text),
        }
    }

    fn insert(&mut self, shape: &Shape, name: &str, text: &str) {
        let entry = (name.to_owned(), text.to_owned());
        let group = self.group_for(shape, name).filter(|_| !self.crowded.contains(&shape.start));
        if let Some((number, row)) = group.and_then(|number| Some((number, self.rows.get_mut(&number)?))) {
            row.below.push(entry);
            self.touched.insert(number);
            return;
        }
        // Where no group has room for the name it is in a group of its own, so that no other line moves.
        let above = self.ends_of_groups(shape).last().copied().or_else(|| self.last_meta(shape));
        let number = above.unwrap_or_else(|| self.lines.number(shape.brace));
        let indent = match above.and_then(|number| self.rows.get(&number)) {
            Some(row) => self.text.get(row.line.start..row.name.start).unwrap_or_default().to_owned(),
            None => format!("{}  ", indent_of(self.lines.text(self.lines.number(shape.start)))),
        };
        let next = self.lines.text(number + 1).trim();
        let is_attribute =
            shape.attributes.iter().any(|attribute| self.lines.number(attribute.name.start) == number + 1);
        let after = !(next.is_empty() || next.starts_with('}') || (above.is_none() && is_attribute));
        let place = self.apart.entry(self.lines.get(number).end);
        let apart = Apart { indent, before: above.is_some(), after };
        place.or_insert_with(|| (Vec::new(), apart)).0.push(entry);
    }

    /// The lines below which a new attribute may stand: the last one of each group, before any nested block.
    fn ends_of_groups(&self, shape: &Shape) -> Vec<usize> {
        let before_blocks = shape.first_block.unwrap_or(usize::MAX);
        let own = |row: &Row| shape.attributes.iter().any(|attribute| attribute.name == row.name && !attribute.is_meta);
        let is_anchor = |row: &Row| own(row) && !row.goes_on && row.line.start < before_blocks;
        let mut ends: Vec<usize> = Vec::new();
        for (number, _) in self.rows.iter().filter(|(_, row)| is_anchor(row)) {
            match ends.last_mut() {
                Some(last) if *last + 1 == *number => *last = *number,
                _ => ends.push(*number),
            }
        }
        ends
    }

    /// The last line of a block that is the language's own, such as `count = 2`.
    fn last_meta(&self, shape: &Shape) -> Option<usize> {
        let meta = shape.attributes.iter().filter(|attribute| attribute.is_meta);
        let lines = meta.map(|attribute| self.lines.number(attribute.name.start));
        lines.filter(|number| self.rows.get(number).is_some_and(|row| !row.goes_on)).max()
    }

    /// The rows of the group that a line is in.
    fn chain(&self, number: usize) -> Vec<&Row> {
        self.span_of_chain(number).filter_map(|number| self.rows.get(&number)).collect()
    }

    fn span_of_chain(&self, number: usize) -> Range<usize> {
        let (mut first, mut last) = (number, number);
        while first > 0 && self.rows.get(&(first - 1)).is_some_and(|row| !row.goes_on) {
            first -= 1;
        }
        while self.rows.get(&last).is_some_and(|row| !row.goes_on) && self.rows.contains_key(&(last + 1)) {
            last += 1;
        }
        first..last + 1
    }

    fn edits(self) -> Vec<Edit> {
        let mut edits = self.others.clone();
        let mut done = 0;
        for number in &self.touched {
            if *number < done {
                continue;
            }
            let chain = self.span_of_chain(*number);
            done = chain.end;
            let rows: Vec<&Row> = chain.filter_map(|number| self.rows.get(&number)).collect();
            self.chain_edits(&rows, &mut edits);
        }
        for (place, (entries, apart)) in &self.apart {
            edits.push(self.apart_edit(*place, entries, apart));
        }
        edits.sort();
        edits
    }

    fn apart_edit(&self, place: usize, entries: &[(String, String)], apart: &Apart) -> Edit {
        let line = self.lines.get(self.lines.number(place));
        let ending = self.lines.ending();
        let entries = sorted(entries);
        let width = entries.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        let mut text = if apart.before { ending.to_owned() } else { String::new() };
        for (name, value) in entries {
            text.push_str(&format!("{ending}{}{name:width$} = {value}", apart.indent));
        }
        if apart.after {
            text.push_str(ending);
        }
        // `{}` on one line is opened: its closing brace goes below.
        let content = self.text.get(line.clone()).unwrap_or_default();
        match content.trim_end().strip_suffix('}').map(str::trim_end) {
            Some(open) if open.ends_with('{') => {
                let start = line.start + open.len();
                let end = line.start + content.trim_end().len() - 1;
                let text = format!("{}{ending}{}", text.trim_end_matches(['\r', '\n']), indent_of(content));
                Edit { start, end, text }
            }
            _ => Edit { start: line.end, end: line.end, text },
        }
    }

    fn chain_edits(&self, rows: &[&Row], edits: &mut Vec<Edit>) {
        let aligned =
            is_aligned(rows, |row| Some(self.width(row.line.start..row.name.end)), |row| row.equals - row.name.end);
        let widths = rows.iter().flat_map(|row| {
            let indent = self.width(row.line.start..row.name.start);
            let new = row.below.iter().map(move |(name, _)| indent + name.len());
            std::iter::once(self.width(row.line.start..row.name.end)).chain(new)
        });
        let widest = widths.max().unwrap_or(0);
        let comments = self.comments(rows, aligned.then_some(widest));
        for (row, comment) in rows.iter().zip(comments) {
            let name = self.width(row.line.start..row.name.end);
            if aligned {
                push(self.text, edits, row.name.end..row.equals, &" ".repeat(widest - name + 1));
            }
            if let Some(becomes) = &row.becomes {
                push(self.text, edits, row.value.clone(), becomes);
            }
            if let (Some(at), Some(spaces)) = (row.comment, comment) {
                push(self.text, edits, row.value.end..at, &" ".repeat(spaces));
            }
            let column = if aligned { widest + 1 } else { self.width(row.line.start..row.equals) };
            self.below(row, column, edits);
        }
    }

    /// Puts attributes below a row, with their `=` in a column.
    fn below(&self, row: &Row, column: usize, edits: &mut Vec<Edit>) {
        if row.below.is_empty() {
            return;
        }
        let indent = self.text.get(row.line.start..row.name.start).unwrap_or_default();
        let mut text = String::new();
        for (name, value) in sorted(&row.below) {
            let spaces = column.saturating_sub(indent.chars().count() + name.len()).max(1);
            text.push_str(&format!("{}{indent}{name}{}= {value}", self.lines.ending(), " ".repeat(spaces)));
        }
        edits.push(Edit { start: row.line.end, end: row.line.end, text });
    }

    /// For each row, the spaces before its comment, if they are to change.
    fn comments(&self, rows: &[&Row], widest: Option<usize>) -> Vec<Option<usize>> {
        let mut spaces = vec![None; rows.len()];
        let mut start = 0;
        for run in
            rows.chunk_by(|above, below| above.comment.is_some() == below.comment.is_some() && above.below.is_empty())
        {
            let old = |row: &Row| Some(self.width(row.line.start..row.value.end));
            let gap = |row: &Row| row.comment.map_or(0, |at| at - row.value.end);
            if run.iter().all(|row| row.comment.is_some()) && is_aligned(run, old, gap) {
                let new: Vec<usize> = run.iter().map(|row| self.end_of_value(row, widest)).collect();
                let widest = new.iter().max().copied().unwrap_or(0);
                for (place, width) in (start..).zip(new) {
                    if let Some(spaces) = spaces.get_mut(place) {
                        *spaces = Some(widest - width + 1);
                    }
                }
            }
            start += run.len();
        }
        spaces
    }

    /// The column after the value, once it is what it becomes.
    fn end_of_value(&self, row: &Row, widest: Option<usize>) -> usize {
        let equals = widest.map_or_else(|| self.width(row.line.start..row.equals), |widest| widest + 1);
        let value = match &row.becomes {
            Some(becomes) => becomes.chars().count(),
            None => self.width(row.value.clone()),
        };
        equals + self.width(row.equals..row.value.start) + value
    }

    fn width(&self, range: Range<usize>) -> usize {
        self.text.get(range).map_or(0, |text| text.chars().count())
    }
}

/// Whether what follows each row's cell stands in one column, a space after the widest.
fn is_aligned(rows: &[&Row], width: impl Fn(&Row) -> Option<usize>, gap: impl Fn(&Row) -> usize) -> bool {
    let widths: Vec<usize> = rows.iter().filter_map(|row| width(row)).collect();
    let widest = widths.iter().max().copied().unwrap_or(0);
    rows.iter().zip(widths).all(|(row, width)| gap(row) == widest - width + 1)
}

fn sorted(entries: &[(String, String)]) -> Vec<&(String, String)> {
    let mut entries: Vec<&(String, String)> = entries.iter().collect();
    entries.sort();
    entries
}

fn push(text: &str, edits: &mut Vec<Edit>, range: Range<usize>, becomes: &str) {
    if text.get(range.clone()) != Some(becomes) {
        edits.push(Edit { start: range.start, end: range.end, text: becomes.to_owned() });
    }
}

fn indent_of(line: &str) -> &str {
    let content = line.trim_start();
    line.get(..line.len() - content.len()).unwrap_or_default()
}

/// The lines of a text.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self { text, starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The number of the line that a byte is in, from 0.
    fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of a line, without its line break.
    fn get(&self, number: usize) -> Range<usize> {
        let start = self.starts.get(number).copied().unwrap_or(self.text.len());
        let next = self.starts.get(number + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..next).unwrap_or_default();
        start..start + line.trim_end_matches(['\r', '\n']).len()
    }

    fn text(&self, number: usize) -> &'t str {
        self.text.get(self.get(number)).unwrap_or_default()
    }

    /// How the lines of this file end.
    fn ending(&self) -> &'static str {
        match self.text.find('\n') {
            Some(end) if self.text.get(..end).is_some_and(|line| line.ends_with('\r')) => "\r\n",
            _ => "\n",
        }
    }

    /// The line of an attribute, when it stands alone there.
    fn row(&self, name: &Range<usize>, value: &Range<usize>) -> Option<(usize, Row)> {
        let number = self.number(name.start);
        let line = self.get(number);
        let before = self.text.get(line.start..name.start)?;
        let between = self.text.get(name.end..value.start)?;
        let equals = name.end + between.find('=')?;
        if !before.trim().is_empty() || !between.trim().eq("=") || value.start > line.end {
            return None;
        }
        let goes_on = value.end > line.end;
        let shown = self.text.get(value.start..value.end.min(line.end))?;
        if goes_on && !shown.starts_with("<<") {
            return None;
        }
        let rest = if goes_on { "" } else { self.text.get(value.end..line.end)? };
        let comment = rest.trim_start();
        if !(comment.is_empty() || ["#", "//", "/*"].iter().any(|sign| comment.starts_with(sign))) {
            return None;
        }
        let comment = (!comment.is_empty()).then(|| value.end + rest.len() - comment.len());
        let value = value.start..value.end.min(line.end);
        let (becomes, below) = (None, Vec::new());
        Some((number, Row { line, name: name.clone(), equals, value, comment, goes_on, becomes, below }))
    }
}
