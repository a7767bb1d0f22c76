//! Native syntax without syntax trees: which attributes and blocks a file or a block has, and where.
//!
//! A reader of the places of a few findings needs few of the expressions of a repository, and to build the others takes
//! most of the time. The outline checks every byte and keeps nothing of what is inside of expressions and nested blocks:
//! those are parsed when somebody asks for them.
//!
//! It promises: **what it takes, hcl-edit takes too, and finds the same attributes and blocks at the same bytes.** The
//! grammar here is a part of hcl-edit's, so that it may refuse a text that is valid: such a file is parsed as a whole.

use std::hash::Hasher as _;
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::body::{Attribute, Block, Body, FileId, Held, Span, Written};

pub(super) mod agree;
mod expression;
#[cfg(test)]
mod tests;
mod trivia;

/// How deep blocks and expressions may be inside of each other: less than hcl-edit allows.
const MAX_DEPTH: usize = 40;

/// How many binary operators one attribute may have: less than hcl-edit allows.
const MAX_OPERATORS: usize = 100;

/// What a text holds; `None` when it is not certain that it is valid.
pub(super) fn of_file(text: &Arc<str>, file: FileId) -> Option<Body> {
    let mut reader = Reader::new(text, file, 0);
    let mut body = Body::default();
    reader.body(Some(&mut body))?;
    (reader.at == text.len()).then_some(body)
}

/// What the block of a text holds whose braces, and what is between them, are at `braces`.
pub(super) fn of_block(text: &Arc<str>, braces: Span) -> Option<Body> {
    let mut reader = Reader::new(text, braces.file, braces.start as usize);
    let mut body = Body::default();
    reader.braces(Some(&mut body))?;
    Some(body)
}

/// Reads a text from its beginning; `None` of any of its methods is "not certain", and ends it.
struct Reader<'t> {
    text: &'t Arc<str>,
    bytes: &'t [u8],
    file: FileId,
    at: usize,
    depth: usize,
    /// The binary operators of the attribute that is being read.
    operators: usize,
    /// The names in the bodies and objects that are being read, the innermost last.
    names: Vec<u64>,
}

/// A label of a block, without its quotes, and where it ends.
struct Label {
    name: Arc<str>,
    end: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t Arc<str>, file: FileId, at: usize) -> Self {
        Self { text, bytes: text.as_bytes(), file, at, depth: 0, operators: 0, names: Vec::new() }
    }

    /// Attributes and blocks, each on lines of its own, up to a closing brace or the end of the text.
    fn body(&mut self, mut into: Option<&mut Body>) -> Option<()> {
        let first = self.names.len();
        loop {
            self.lines()?;
            match self.peek() {
                None | Some(b'}') => return self.are_unique(first),
                _ => self.structure(into.as_deref_mut())?,
            }
            self.gap()?;
            self.line_comment()?;
            if self.peek().is_some() {
                self.newline()?;
            }
        }
    }

    fn structure(&mut self, into: Option<&mut Body>) -> Option<()> {
        let start = self.at;
        self.identifier()?;
        let name = self.at;
        self.gap()?;
        match self.peek()? {
            b'=' => self.attribute(start, name, into),
            _ => self.block(start, name, into),
        }
    }

    /// The rest of `name = expression`.
    fn attribute(&mut self, start: usize, name: usize, into: Option<&mut Body>) -> Option<()> {
        self.at += 1;
        self.gap()?;
        let value = self.at;
        self.operators = 0;
        self.expression(false)?;
        self.remember(start, name);
        let Some(body) = into else { return Some(()) };
        let value = self.span(value, self.at);
        body.attributes.push(Attribute {
            name: Arc::from(self.text.get(start..name)?),
            expression: Written::unparsed(Arc::clone(self.text), value),
            span: self.span(start, self.at),
            value,
        });
        Some(())
    }

    /// The rest of `kind "label" { … }`.
    fn block(&mut self, start: usize, kind: usize, into: Option<&mut Body>) -> Option<()> {
        let Some(body) = into else {
            while self.label(false)?.is_some() {}
            return self.braces(None);
        };
        let (mut labels, mut header) = (Vec::new(), kind);
        while let Some(label) = self.label(true)? {
            header = label.end;
            labels.push(label.name);
        }
        let brace = self.at;
        self.braces(None)?;
        body.blocks.push(Block {
            kind: Arc::from(self.text.get(start..kind)?),
            labels,
            body: Held::unread(Arc::clone(self.text), self.span(brace, self.at)),
            span: self.span(start, self.at),
            header: self.span(start, header),
        });
        Some(())
    }

    /// A label and the gap behind it; the inner `None` when there is none.
    fn label(&mut self, is_wanted: bool) -> Option<Option<Label>> {
        let start = self.at;
        let (start, end) = match self.peek()? {
            b'{' => return Some(None),
            b'"' => {
                let is_plain = self.string()?;
                is_plain.then_some((start + 1, self.at - 1))?
            }
            _ => {
                self.identifier()?;
                (start, self.at)
            }
        };
        let label =
            Label { name: if is_wanted { Arc::from(self.text.get(start..end)?) } else { "".into() }, end: self.at };
        self.gap()?;
        Some(Some(label))
    }

    /// `{ … }`: lines, or one attribute, or nothing.
    fn braces(&mut self, into: Option<&mut Body>) -> Option<()> {
        self.expect(b'{')?;
        self.deeper()?;
        self.gap()?;
        let is_comment = self.line_comment()?;
        match self.peek()? {
            b'\n' | b'\r' => {
                self.newline()?;
                self.body(into)?;
            }
            _ if is_comment => return None,
            b'}' => {}
            _ => self.only_attribute(into)?,
        }
        self.depth -= 1;
        self.expect(b'}')
    }

    fn only_attribute(&mut self, into: Option<&mut Body>) -> Option<()> {
        let (first, start) = (self.names.len(), self.at);
        self.identifier()?;
        let name = self.at;
        self.gap()?;
        if self.peek()? != b'=' {
            return None;
        }
        self.attribute(start, name, into)?;
        self.names.truncate(first);
        self.gap()
    }

    /// Keeps a name, for [`Self::are_unique`].
    fn remember(&mut self, start: usize, end: usize) {
        let mut hasher = FxHasher::default();
        hasher.write(self.bytes.get(start..end).unwrap_or_default());
        self.names.push(hasher.finish());
    }

    /// Whether no two of the names since `first` are the same; forgets them.
    fn are_unique(&mut self, first: usize) -> Option<()> {
        let names = self.names.get_mut(first..)?;
        names.sort_unstable();
        let is_unique = names.array_windows().all(|[one, next]| one != next);
        self.names.truncate(first);
        is_unique.then_some(())
    }

    /// One level deeper; the caller comes back by itself.
    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())
    }

    fn span(&self, start: usize, end: usize) -> Span {
        // Files of more than 16 MiB are refused before.
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { file: self.file, start: at(start), end: at(end) }
    }
}
