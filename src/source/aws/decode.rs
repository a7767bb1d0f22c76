//! Replies read strictly: a body that was cut short, is HTML, has mismatched tags, another root, a member of another type
//! or something after its end is no reply. The SDK's own reader takes some of these for success.
//!
//! What is read becomes the JSON that `aws <service> <operation> --output json` prints. [`shapes`] says what the members
//! are called and of which type they are; elements that it does not know are kept.

mod error;
mod json;
mod shape;
#[rustfmt::skip]
mod shapes;
#[cfg(test)]
mod tests;
mod time;
mod xml;

use std::borrow::Cow;

use serde_json::Value as Json;

use super::Operation;
use super::services::{Protocol, protocol};
pub(super) use error::{code, code_of_xml};
use shape::Shape;

/// What is wrong with a reply; without any of its text, which may hold secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Flaw(Cow<'static, str>);

impl Flaw {
    const fn new(what: &'static str) -> Self {
        Self(Cow::Borrowed(what))
    }

    /// A flaw at a member that the model names.
    fn at(member: &str, what: &str) -> Self {
        Self(Cow::Owned(format!("`{member}` {what}")))
    }

    const EMPTY: Self = Self::new("the reply is empty");
    const CUT: Self = Self::new("the reply is cut short");
    const SYNTAX: Self = Self::new("the reply is not well-formed");
    const OTHER: Self = Self::new("the reply is another document");
    const DEEP: Self = Self::new("the reply is nested too deep");
    const TRAILING: Self = Self::new("something follows the end of the reply");
    const STRAY: Self = Self::new("text stands between elements");
}

/// How deep a reply may nest; the deepest of the models has eight levels.
const DEEPEST: usize = 48;

/// Reads the body of a successful reply.
pub fn reply(operation: &Operation, body: &[u8]) -> Result<Json, Flaw> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Flaw::EMPTY);
    }
    let shape = shape_of(operation);
    match protocol(operation) {
        Protocol::Query { .. } => xml::reply(operation, shape, true, body),
        Protocol::Ec2 { .. } => xml::reply(operation, shape, false, body),
        Protocol::Json { .. } | Protocol::Json10 { .. } | Protocol::Rest => json::reply(shape, body),
    }
}

/// A call that the table lacks has a shape without members: its elements are kept as they come.
fn shape_of(operation: &Operation) -> &'static Shape {
    static UNKNOWN: Shape = Shape(&[]);
    let name = operation.to_string();
    let found = shapes::REPLIES.binary_search_by(|(call, _)| (*call).cmp(name.as_str()));
    found.ok().and_then(|at| shapes::REPLIES.get(at)).map_or(&UNKNOWN, |(_, shape)| shape)
}
