//! Whether an outline says what hcl-edit says: the promise of this module, for tests and the fuzzer.

use std::sync::Arc;

use hcl_edit::Span as _;

use super::of_file;
use crate::source::terraform::hcl::body::{Attribute, Block, Body, FileId};
use crate::source::terraform::hcl::files::{SourceFile, Syntax};
use crate::source::terraform::hcl::native;

/// What became of the outline of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// It is not certain that the text is valid.
    Refused,
    /// The outline and hcl-edit say the same.
    Same,
    /// They do not.
    Different,
}

/// Compares the outline of a text with what hcl-edit makes of it, down to the spans.
pub(crate) fn agreement(text: &str) -> Agreement {
    let file = FileId(0);
    let text: Arc<str> = text.into();
    let Some(outline) = of_file(&text, file) else { return Agreement::Refused };
    let whole = native::parse(&SourceFile::new("main.tf".into(), "main.tf".into(), text, Syntax::Native), file);
    match whole {
        Ok((whole, _)) if same_body(&outline, &whole) => Agreement::Same,
        _ => Agreement::Different,
    }
}

fn same_body(one: &Body, other: &Body) -> bool {
    all(&one.attributes, &other.attributes, same_attribute) && all(&one.blocks, &other.blocks, same_block)
}

fn all<T>(one: &[T], other: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
}

fn same_attribute(one: &Attribute, other: &Attribute) -> bool {
    one.name == other.name
        && one.span == other.span
        && one.value == other.value
        && **one.expression == **other.expression
        && expression_span(one) == expression_span(other)
}

/// Where the expression says itself that it is.
fn expression_span(attribute: &Attribute) -> Option<std::ops::Range<usize>> {
    let (start, span) = (attribute.expression.start() as usize, attribute.expression.span()?);
    Some(start + span.start..start + span.end)
}

fn same_block(one: &Block, other: &Block) -> bool {
    one.kind == other.kind
        && one.labels == other.labels
        && one.span == other.span
        && one.header == other.header
        && same_body(&one.body, &other.body)
}
