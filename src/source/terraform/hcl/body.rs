//! The shape that both syntaxes of Terraform configuration share.

use std::sync::Arc;

use hcl_edit::expr::Expression;

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
    pub(crate) expression: Arc<Expression>,
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
    pub(crate) body: Body,
    /// From its kind to its closing brace.
    #[allow(dead_code, reason = "fixes are inserted by it")]
    pub(crate) span: Span,
    /// From its kind to its last label.
    pub(crate) header: Span,
}

impl Body {
    /// The attribute of a name.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name.as_ref() == name)
    }
}
