//! Facts: what is known of a database, in one vocabulary for every provider and source.
//!
//! [`catalogue`] is the one table of all facts. Beside it stands one file a resource type (`aws/db_instance.rs`, …) that
//! maps the type's own vocabulary to facts. Adding a fact is one row of the catalogue and a line in each mapping that
//! has it; a test walks the whole matrix of facts and types, so that a forgotten line cannot pass in silence.

pub mod catalogue;

pub use catalogue::{CATALOGUE, FactDef, FactId, FactType, find};
