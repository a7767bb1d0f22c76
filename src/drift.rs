//! Drift: a difference in facts between two inventories that should agree, classified, and ranked by what it does to a
//! verdict.
//!
//! `join` finds what runs for each resource that is declared, by identity and never by guessing. `table` says for every fact
//! how two values of it are compared, and `differ` compares them; `classify` says what a difference is: somebody's
//! change, one that waits, one that the provider is expected to make. A value that is not known on the declared side declares
//! nothing, and is no drift.

pub mod coverage;
pub mod ignore;
mod plan;

pub use plan::of_plans;
