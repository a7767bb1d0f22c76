//! `dbkeel --version`: which program this is, of which commit, and by which rules it judges.

use crate::policy;

/// The commit that the program was built of; a build for development does not know it.
pub(crate) const COMMIT: Option<&str> = option_env!("DBKEEL_COMMIT");

/// The lines that `--version` prints. The first is what other programs read: the name, a space, the version.
pub fn version() -> String {
    let policies = match policy::load_embedded() {
        Ok(policies) => format!("{} rules, sha256 {}", policies.iter().count(), policies.sha256(|_| true)),
        Err(_) => "broken".to_owned(),
    };
    let commit = COMMIT.unwrap_or("unknown (a build for development)");
    format!("dbkeel {}\ncommit {commit}\npolicies {policies}\n", env!("CARGO_PKG_VERSION"))
}
