//! Evaluates Terraform configuration without Terraform: expressions, functions, modules.
//!
//! What cannot be known before apply is [`Val::Unknown`] and makes unknown only what depends on it.

mod block;
mod call;
mod comprehension;
mod convert;
mod evaluate;
mod expression;
mod fault;
mod functions;
mod indentation;
mod inputs;
mod instance;
mod instances;
mod item;
mod names;
mod number;
mod operation;
mod problem;
mod program;
mod provider;
mod repetition;
mod resource;
mod run;
mod scope;
mod shape;
mod template;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod traversal;
mod type_syntax;
mod types;
mod unsettled;
mod value;
mod variables;

pub(crate) use evaluate::{Evaluated, evaluate};
pub(crate) use functions::Files;
pub(crate) use inputs::{Inputs, VariableFile, automatic_rank};
pub(crate) use problem::{Problem, Severity};
