//! Evaluates Terraform configuration without Terraform: expressions, functions, modules.
//!
//! What cannot be known before apply is [`Val::Unknown`] and makes unknown only what depends on it.

mod functions;
mod number;
mod value;

#[allow(unused_imports, reason = "until `scan` reads source")]
pub(crate) use number::Number;
#[allow(unused_imports, reason = "until `scan` reads source")]
pub(crate) use value::{MapKind, SequenceKind, Unsettled, Val};
