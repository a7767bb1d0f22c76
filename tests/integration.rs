//! Tests of the whole: the binary on files, as a user runs it.
// The fleet's resources are written as one `json!` each.
#![recursion_limit = "512"]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails by a panic, and says on stderr what it skips"
)]

mod integration {
    mod audit;
    mod bad_input;
    mod baseline;
    mod ci;
    mod collect;
    pub(crate) mod command;
    mod corpus;
    mod delta;
    mod determinism;
    mod doctor;
    mod drift;
    mod evidence;
    mod exit_status;
    mod fix;
    pub(crate) mod fleet;
    mod folders;
    mod frameworks;
    mod generated;
    mod history;
    mod html;
    mod import;
    mod init;
    pub(crate) mod inputs;
    mod kit;
    mod locations;
    mod nights;
    mod outputs;
    mod own_rules;
    mod policy_explain;
    mod policy_tools;
    mod properties;
    mod rdsrules;
    mod reports;
    mod s3;
    pub(crate) mod secrets;
    mod shards;
    mod taking_away;
    mod truth;
    mod waivers;
}
