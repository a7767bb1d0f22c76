//! Evaluates Terraform configuration without Terraform: expressions, functions, modules.
//!
//! What cannot be known before apply is [`Val::Unknown`] and makes unknown only what depends on it.

mod call;
mod comprehension;
mod convert;
mod expression;
mod fault;
mod item;
mod number;
mod operation;
mod run;
mod scope;
mod template;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod traversal;
mod types;
mod unsettled;
mod value;

#[allow(unused_imports, reason = "until `scan` reads source")]
pub(crate) use number::Number;
#[allow(unused_imports, reason = "until `scan` reads source")]
pub(crate) use value::{MapKind, SequenceKind, Unsettled, Val};
