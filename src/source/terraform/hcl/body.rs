//! The shape that both syntaxes of Terraform configuration share.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use hcl_edit::expr::Expression;

use super::{native, outline};

/// A file of a configuration: an index into its list of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileId(pub(crate) u32);

/// A stretch of a file, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    /// The file.
    pub(crate) file: FileId,
    /// Its first byte.
    pub(crate) start: u32,
    /// The byte after its last one.
    pub(crate) end: u32,
}

/// What stands between the braces of a block, or in a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    /// In the order in which they stand; each name once.
    pub(crate) attributes: Vec<Attribute>,
    /// In the order in which they stand.
    pub(crate) blocks: Vec<Block>,
}

/// `name = expression`.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    /// The name.
    pub(crate) name: Arc<str>,
    /// The expression; one of JSON syntax is already that which Terraform reads in it (strings are templates).
    pub(crate) expression: Written,
    /// From the name to the end of the expression.
    pub(crate) span: Span,
    /// The expression.
    pub(crate) value: Span,
}

/// `kind "label" { … }`.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// `resource`, `ingress`, `dynamic`.
    pub(crate) kind: Arc<str>,
    /// The labels.
    pub(crate) labels: Vec<Arc<str>>,
    /// What it holds.
    pub(crate) body: Held,
    /// From its kind to its closing brace.
    #[allow(dead_code, reason = "fixes are inserted by it")]
    pub(crate) span: Span,
    /// From its kind to its last label.
    pub(crate) header: Span,
}

/// An expression, which is parsed when somebody asks for it.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    parsed: OnceLock<Arc<Expression>>,
    /// The file's text and the expression in it, unless it was parsed with its file.
    unparsed: Option<(Arc<str>, Span)>,
}

impl Written {
    /// An expression of an outline.
    pub(super) fn unparsed(text: Arc<str>, span: Span) -> Self {
        Self { parsed: OnceLock::new(), unparsed: Some((text, span)) }
    }

    /// Whether it is told without parsing that the value is written out: a number, a word, or a string without templates.
    pub(crate) fn is_plain(&self) -> bool {
        let Some(text) = self.unparsed.as_ref().and_then(|(text, span)| text.get(span.range())) else { return false };
        match text.as_bytes() {
            [b'"', inner @ .., b'"'] => !inner.iter().any(|byte| matches!(byte, b'"' | b'$' | b'%')),
            b"true" | b"false" | b"null" => true,
            bytes => bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.'),
        }
    }

    /// Where in its file the text is that the spans of the expression are about.
    pub(crate) fn start(&self) -> u32 {
        self.unparsed.as_ref().map_or(0, |(_, span)| span.start)
    }
}

impl From<Expression> for Written {
    fn from(expression: Expression) -> Self {
        Self { parsed: OnceLock::from(Arc::new(expression)), unparsed: None }
    }
}

impl Deref for Written {
    type Target = Arc<Expression>;

    fn deref(&self) -> &Arc<Expression> {
        self.parsed.get_or_init(|| {
            let text = self.unparsed.as_ref().and_then(|(text, span)| text.get(span.range()));
            // INVARIANT: an outline has only what hcl-edit takes.
            Arc::new(text.and_then(native::expression).unwrap_or_else(Expression::null))
        })
    }
}

/// What a block holds, which is read when somebody asks for it.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    body: OnceLock<Body>,
    /// The file's text and the braces in it, unless the block was parsed with its file.
    unread: Option<(Arc<str>, Span)>,
}

impl Held {
    /// What stands between the braces at `span`, in an outline.
    pub(super) fn unread(text: Arc<str>, span: Span) -> Self {
        Self { body: OnceLock::new(), unread: Some((text, span)) }
    }

    /// The body itself.
    pub(crate) fn into_body(self) -> Body {
        let _body: &Body = &self;
        self.body.into_inner().unwrap_or_default()
    }

    /// Changes the body.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Body)) {
        let mut body = std::mem::replace(self, Body::default().into()).into_body();
        change(&mut body);
        *self = body.into();
    }
}

impl From<Body> for Held {
    fn from(body: Body) -> Self {
        Self { body: OnceLock::from(body), unread: None }
    }
}

impl Deref for Held {
    type Target = Body;

    fn deref(&self) -> &Body {
        self.body.get_or_init(|| {
            // INVARIANT: the outline of the file has been through this block.
            let read = self.unread.as_ref().and_then(|(text, braces)| outline::of_block(text, *braces));
            read.unwrap_or_default()
        })
    }
}

impl Span {
    /// Its bytes.
    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Body {
    /// The attribute of a name.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name.as_ref() == name)
    }
}
