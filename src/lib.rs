//! dbkeel keeps a database fleet from drifting.
//!
//! Every source is translated into the same **facts**, once; everything after that speaks facts only:
//!
//! ```text
//! source ──► Inventory of Resources, each with Facts ──► link ──► evaluate ──► Results ──► waive ──► report
//! ```
//!
//! Every stage is a function from values to values; only sources, `cli` and the writers of files touch the world.

pub mod baseline;
pub mod book;
pub mod cli;
pub mod diagnostic;
pub mod drift;
pub mod evaluate;
pub mod evidence;
pub mod explain;
pub mod facts;
mod file;
mod fix;
pub mod fleet;
pub mod framework;
pub mod history;
pub mod link;
pub mod model;
mod nearest;
pub mod policy;
pub mod report;
mod selection;
pub mod source;
pub mod standing;
pub mod waiver;
mod yaml;
