//! Terraform configuration as it is written: files, bodies, modules and the calls between them, with spans.
//!
//! Native syntax and JSON syntax become the same [`Body`]; override files are merged into what they override. Nothing is
//! evaluated here.

mod body;

#[allow(unused_imports, reason = "until `scan` reads source")]
pub(crate) use body::{Attribute, Block, Body, FileId, Span};
