//! Drift of the seeded fleet, from the command line: what Terraform would have recorded of it against what is collected.

mod api;
mod command;
mod declared;
mod deviations;
mod documents;
mod fleet;
mod pairs;
mod recorded;
mod world;
