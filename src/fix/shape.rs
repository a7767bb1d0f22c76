//! Where the parts of a block stand in the text of its file.

use std::ops::Range;

use crate::source::terraform::hcl::{Block, Body, FileId, Span};

/// The parts of a block, as bytes of its file. What override files add to it is no part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Where the block begins.
    pub(crate) start: usize,
    /// Its opening brace.
    pub(crate) brace: usize,
    /// In the order in which they stand.
    pub(crate) attributes: Vec<Line>,
    /// Where its first nested block begins.
    pub(crate) first_block: Option<usize>,
}

/// `name = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The name.
    pub(crate) name: Range<usize>,
    /// The value.
    pub(crate) value: Range<usize>,
    /// Whether the language gives it its meaning, not the provider: `count`, `source`.
    pub(crate) is_meta: bool,
}

impl Shape {
    /// The attributes of a body that stand in one of its files.
    pub(crate) fn of_body(body: &Body, file: FileId) -> Self {
        let own = body.attributes.iter().filter(|attribute| attribute.span.file == file);
        let mut attributes: Vec<Line> = own
            .map(|attribute| {
                let start = attribute.span.start as usize;
                Line {
                    name: start..start + attribute.name.len(),
                    value: range(attribute.value),
                    is_meta: is_meta(&attribute.name),
                }
            })
            .collect();
        attributes.sort_by_key(|line| line.name.start);
        let blocks = body.blocks.iter().filter(|block| block.span.file == file);
        let first_block = blocks.map(|block| block.span.start as usize).min();
        Self { start: 0, brace: 0, attributes, first_block }
    }

    /// A block that takes one more line; `None` when it stands on one line and is not empty.
    pub(crate) fn of_block(text: &str, block: &Block) -> Option<Self> {
        let span = range(block.span);
        let mut shape = Self::of_body(&block.body, block.span.file);
        shape.attributes.retain(|line| span.contains(&line.name.start));
        shape.start = span.start;
        let header = block.header.end as usize;
        shape.brace = header + text.get(header..span.end)?.find('{')?;
        let inside = text.get(shape.brace + 1..span.end)?;
        let first_line = inside.lines().next()?.trim();
        let is_comment = ["#", "//"].iter().any(|sign| first_line.starts_with(sign));
        (first_line.is_empty() || is_comment || first_line == "}").then_some(shape)
    }
}

/// The bytes of a span.
pub(crate) fn range(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

fn is_meta(name: &str) -> bool {
    matches!(name, "count" | "for_each" | "provider" | "depends_on" | "source" | "version" | "providers")
}
