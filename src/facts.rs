//! Facts: what is known of a database, in one vocabulary for every provider and source.
//!
//! [`catalogue`] is the one table of all facts. Beside it stands one file a resource type (`aws/db_instance.rs`, …) that
//! maps the type's own vocabulary to facts. Adding a fact is one row of the catalogue and a line in each mapping that
//! has it; a test walks the whole matrix of facts and types, so that a forgotten line cannot pass in silence.
//!
//! [`map_terraform`] makes a [`Mapped`] of one resource; `crate::link` joins those of one document. [`state_of`] is the one
//! way to read a fact of a joined resource.

pub mod catalogue;
pub mod version;

mod api;
mod aws;
mod common;
pub(crate) mod mapped;
mod mapping;
#[cfg(test)]
mod matrix;
pub(crate) mod parameters;
mod read;
mod shared;
mod terraform;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod view;

pub use aws::{Arrived, AwsScope, map_aws};
pub use catalogue::{CATALOGUE, FactDef, FactId, FactType, find};
pub use mapped::Mapped;
pub use read::{missing_reason, origin_of, state_of};
pub use shared::SharedFacts;
pub use terraform::{Document, is_mapped, map_terraform};

/// The members of the provider's API behind a fact, such as `DBInstance.StorageEncrypted`: those that the mappings read.
pub fn api_members(fact: FactId) -> Vec<&'static str> {
    let mut members: Vec<&str> = aws::MAPPINGS.iter().flat_map(|mapping| mapping.members(fact)).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// The documentation's page on facts.
pub fn markdown(facts: &[&FactDef]) -> String {
    let mut page = String::from(
        "# Facts\n\nA fact is one named, typed property of a database. Policies read it as `input.<name>`; in a plan,\n\
         `input.before.<name>` is the same fact before the change. This page is generated from the catalogue by\n\
         `dbkeel facts --format markdown`.\n",
    );
    for def in facts {
        let kinds: Vec<&str> = def.kinds.iter().map(|kind| kind.as_str()).collect();
        let unit = def.unit.map(|unit| format!(" in {unit}")).unwrap_or_default();
        page.push_str(&format!(
            "\n## `{}`\n\n{}\n\n- type: {}{unit}\n- of: {}\n",
            def.name,
            def.meaning,
            def.ty.as_str(),
            kinds.join(", ")
        ));
        let attributes: Vec<String> =
            def.terraform.iter().map(|(resource_type, attribute)| format!("`{resource_type}.{attribute}`")).collect();
        if !attributes.is_empty() {
            page.push_str(&format!("- Terraform: {}\n", attributes.join(", ")));
        }
        let members: Vec<String> =
            find(def.name).map(api_members).unwrap_or_default().iter().map(|member| format!("`{member}`")).collect();
        if !members.is_empty() {
            page.push_str(&format!("- AWS API: {}\n", members.join(", ")));
        }
    }
    page
}
