//! What a history promises.

mod changes;
mod files;
mod migrations;
mod upkeep;
