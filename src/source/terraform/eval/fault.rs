//! Why an expression has no value.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::expr::Expression;

/// An error in one expression. The message is lower case, without a full stop, and holds no values: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What is wrong.
    pub(crate) message: String,
    /// The bytes of the expression's file that it is about, when the expression was read from one.
    pub(crate) span: Option<Range<usize>>,
    /// Whose fault it is.
    pub(crate) kind: FaultKind,
}

/// Whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The expression's own: `try` and `can` catch it.
    Expression,
    /// It takes more than an evaluation may take: nothing catches it.
    Limit,
}

impl Fault {
    /// An error that is still to be placed.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), span: None, kind: FaultKind::Expression }
    }

    /// A limit that was met.
    pub(crate) fn limit(message: impl Into<String>) -> Self {
        Self { kind: FaultKind::Limit, ..Self::new(message) }
    }

    /// The same at an expression, unless it has a place already.
    pub(crate) fn at(mut self, expression: &Expression) -> Self {
        self.span = self.span.or_else(|| expression.span());
        self
    }

    /// The same at some bytes, unless it has a place already.
    pub(crate) fn at_bytes(mut self, bytes: Option<Range<usize>>) -> Self {
        self.span = self.span.or(bytes);
        self
    }
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self::new(message)
    }
}
