//! Tests of the evaluation of expressions.

mod expressions;
mod limits;
mod modules;
mod properties;
mod recorded;
mod sample;
mod unknowns;
