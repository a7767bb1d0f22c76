//! Finds an attribute in a resource's block.

use std::sync::Arc;

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ObjectKey};

use super::choose::Wanted;
use crate::source::terraform::hcl::{self, Attribute, Block, Body, Configuration, Span, Syntax, literal};

/// Where something is set, and by what expression; below it may be more steps into the value.
#[derive(Clone, Debug)]
pub(super) struct Set {
    /// The line.
    pub(super) span: Span,
    /// Its value; `None` for a whole block, and for a value that leads nowhere else.
    pub(super) expression: Option<Arc<Expression>>,
    /// Where in the file the text is that the spans of the value are about.
    pub(super) start: u32,
    /// What of the value is meant: the key of a map, the attribute of an object.
    pub(super) path: Vec<Arc<str>>,
}

impl Set {
    /// What an attribute sets.
    pub(super) fn of(attribute: &Attribute, path: Vec<Arc<str>>) -> Self {
        let expression = (!attribute.expression.is_plain()).then(|| Arc::clone(&attribute.expression));
        Self { span: attribute.span, expression, start: attribute.expression.start(), path }
    }

    /// A block as a whole.
    fn of_block(header: Span) -> Self {
        Self { span: header, expression: None, start: 0, path: Vec::new() }
    }
}

/// The attribute or nested block; `None` when the block does not have it.
pub(super) fn find(configuration: &Configuration, block: &Block, wanted: &Wanted<'_>) -> Option<Set> {
    in_body(configuration, &block.body, &wanted.attribute, wanted)
}

fn in_body(configuration: &Configuration, body: &Body, path: &str, wanted: &Wanted<'_>) -> Option<Set> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    if let Some(attribute) = body.attribute(first) {
        let rest = rest.into_iter().flat_map(|rest| rest.split('.'));
        let below = rest.map(Arc::from).chain(wanted.key.as_deref().map(Arc::from));
        return Some(descend(configuration, Set::of(attribute, below.collect())));
    }
    let blocks = nested(body, first);
    let (header, inner) = pick(configuration, &blocks, first == "parameter", wanted)?;
    let Some(rest) = rest else {
        // What a parameter is set to is what a person changes.
        let value = inner.attribute("value").filter(|_| first == "parameter");
        return Some(match value {
            Some(value) => Set::of(value, Vec::new()),
            None => Set::of_block(header),
        });
    };
    let below = Wanted { key: None, ..wanted.clone() };
    let found = in_body(configuration, inner, rest, &below);
    Some(found.unwrap_or(Set::of_block(header)))
}

/// The blocks of a kind, and what `dynamic` blocks make of it: where each begins, and what it holds.
fn nested<'b>(body: &'b Body, kind: &str) -> Vec<(Span, &'b Body)> {
    body.blocks
        .iter()
        .filter_map(|block| {
            if block.kind.as_ref() == kind {
                return Some((block.header, &*block.body));
            }
            let makes =
                block.kind.as_ref() == "dynamic" && block.labels.first().is_some_and(|label| label.as_ref() == kind);
            let content = block.body.blocks.iter().find(|inner| inner.kind.as_ref() == "content")?;
            makes.then_some((block.header, &*content.body))
        })
        .collect()
}

/// Of several blocks that which the finding speaks of, else the first. A parameter that no block sets is none of them.
fn pick<'b>(
    configuration: &Configuration,
    blocks: &[(Span, &'b Body)],
    by_name: bool,
    wanted: &Wanted<'_>,
) -> Option<(Span, &'b Body)> {
    if by_name && (wanted.key.is_some() || !wanted.words.is_empty()) {
        let is_named = |body: &Body| {
            let name = body.attribute("name").and_then(|name| literal(&name.expression));
            name.is_some_and(|name| wanted.key.as_deref() == Some(&name) || wanted.words.contains(&name.as_str()))
        };
        let is_open = |body: &Body| body.attribute("name").is_some_and(|name| literal(&name.expression).is_none());
        let named = blocks.iter().find(|(_, body)| is_named(body));
        // A name that is computed may be the one.
        return named.or_else(|| blocks.iter().find(|(_, body)| is_open(body))).copied();
    }
    let speaks_of = |body: &Body| {
        let texts = body.attributes.iter().map(|attribute| configuration.files.text(attribute.value));
        texts.into_iter().any(|text| wanted.words.iter().any(|word| text.contains(word)))
    };
    blocks.iter().find(|(_, body)| speaks_of(body)).or_else(|| blocks.first()).copied()
}

/// Goes into a literal object or map as far as its keys are written there.
pub(super) fn descend(configuration: &Configuration, mut set: Set) -> Set {
    while let (Some(first), Some(expression)) = (set.path.first().cloned(), set.expression.clone()) {
        let Expression::Object(object) = expression.as_ref() else { break };
        let named = |key: &ObjectKey| match key {
            ObjectKey::Ident(ident) => ident.as_str() == first.as_ref(),
            ObjectKey::Expression(Expression::String(text)) => text.as_str() == first.as_ref(),
            ObjectKey::Expression(Expression::Variable(name)) => name.as_str() == first.as_ref(),
            ObjectKey::Expression(_) => false,
        };
        let Some((key, value)) = object.iter().find(|(key, _)| named(key)) else { break };
        let in_native = || {
            let key = match key {
                ObjectKey::Ident(ident) => ident.span(),
                ObjectKey::Expression(expression) => expression.span(),
            }?;
            let start = set.start as usize;
            Some(start + key.start..start + value.expr().span()?.end)
        };
        let file = configuration.files.get(set.span.file);
        let range = match file.map(|file| file.syntax) {
            Some(Syntax::Native) => in_native(),
            // The expressions of JSON have no spans of their own.
            _ => in_json(configuration, set.span, &first),
        };
        let Some(range) = range else { break };
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        set.span = Span { file: set.span.file, start: at(range.start), end: at(range.end) };
        set.expression = Some(Arc::new(value.expr().clone()));
        set.path.remove(0);
    }
    set
}

/// The property of an object whose own property is at `span`: `"tags": {"owner": "a"}`.
fn in_json(configuration: &Configuration, span: Span, key: &str) -> Option<std::ops::Range<usize>> {
    let text = configuration.files.text(span);
    // The value begins behind the colon that follows the quoted key.
    let braces = text.find('{')?;
    let range = hcl::property(text.get(braces..)?, key)?;
    let start = span.start as usize + braces;
    Some(start + range.start..start + range.end)
}
