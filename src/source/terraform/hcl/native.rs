//! Native syntax.

use std::ops::Range;
use std::sync::Arc;

use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block as HclBlock, BlockLabel, Body as HclBody, Structure};

use super::body::{Attribute, Block, Body, FileId, Span};
use super::files::SourceFile;
use crate::diagnostic::Diagnostic;

/// Parses a file. `Err` when no part of it can be read; a name that is set twice is told in the list.
pub(super) fn parse(file: &SourceFile, id: FileId) -> Result<(Body, Vec<Diagnostic>), Diagnostic> {
    let body = hcl_edit::parser::parse_body(&file.text).map_err(|error| {
        let offset = u32::try_from(error.location().offset()).unwrap_or(u32::MAX);
        let title = format!("this is not valid Terraform: {}", error.message());
        file.diagnostic(title, offset).help("the rest of the folder is read without this file")
    })?;
    let mut reader = Reader { file, id, diagnostics: Vec::new() };
    let body = reader.body(body);
    Ok((body, reader.diagnostics))
}

/// An expression that stands alone.
pub(super) fn expression(text: &str) -> Option<Expression> {
    hcl_edit::parser::parse_expr(text).ok()
}

struct Reader<'a> {
    file: &'a SourceFile,
    id: FileId,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn body(&mut self, parsed: HclBody) -> Body {
        let mut body = Body::default();
        for structure in parsed {
            match structure {
                Structure::Attribute(attribute) => self.attribute(attribute, &mut body),
                Structure::Block(block) => body.blocks.push(self.block(block)),
            }
        }
        body
    }

    fn attribute(&mut self, attribute: hcl_edit::structure::Attribute, body: &mut Body) {
        let span = self.span(attribute.span());
        if body.attribute(&attribute.key).is_some() {
            let title = format!("`{}` is set twice in this block", attribute.key.as_str());
            self.diagnostics.push(self.file.diagnostic(title, span.start).help("keep one of the two"));
            return;
        }
        body.attributes.push(Attribute {
            name: Arc::from(attribute.key.as_str()),
            value: self.span(attribute.value.span()),
            span,
            expression: attribute.value.into(),
        });
    }

    fn block(&mut self, block: HclBlock) -> Block {
        let span = self.span(block.span());
        let last = block.labels.last().and_then(|label| match label {
            BlockLabel::Ident(ident) => ident.span(),
            BlockLabel::String(string) => string.span(),
        });
        let header = self.span(last.or_else(|| block.ident.span()));
        Block {
            kind: Arc::from(block.ident.as_str()),
            labels: block.labels.iter().map(|label| Arc::from(label.as_str())).collect(),
            header: Span { start: span.start, ..header },
            span,
            body: self.body(block.body).into(),
        }
    }

    fn span(&self, range: Option<Range<usize>>) -> Span {
        span(self.id, range)
    }
}

/// A span of a file. What hcl-edit parsed always has a range.
pub(super) fn span(file: FileId, range: Option<Range<usize>>) -> Span {
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let range = range.unwrap_or(0..0);
    Span { file, start: at(range.start), end: at(range.end) }
}
