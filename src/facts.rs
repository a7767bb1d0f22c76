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
mod attr;
mod aws;
mod common;
pub(crate) mod mapped;
mod mapping;
#[cfg(test)]
mod matrix;
mod memo;
mod object_memo;
pub(crate) mod parameters;
#[cfg(test)]
pub(crate) mod reach;
mod read;
mod shared;
mod sources;
mod terraform;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod view;

use crate::model::{FactState, Resource, Unknown, Value};

pub use aws::{Arrived, AwsScope, map_aws, scope_seen};
pub use catalogue::{CATALOGUE, FactDef, FactId, FactType, find};
pub use mapped::Mapped;
pub(crate) use read::{Circumstances, Time, address, basis_of_map, before};
pub use read::{missing_reason, origin_of, state_of};
pub use shared::SharedFacts;
pub use sources::{TypeSource, sources_of};
pub use terraform::{Document, is_mapped, map_terraform};

/// A type of resource of which facts are known, by its name.
pub fn known_type(name: &str) -> Option<&'static str> {
    terraform::mapping_of(name).map(|mapping| mapping.resource_type)
}

/// What Terraform does about a fact of a resource whose configuration omits it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Omission {
    /// It holds the resource to the provider's default.
    Enforced,
    /// It keeps what it finds, and is blind to every change; with the value that creation gave, where that is known.
    Kept(Option<Value>),
}

/// What Terraform does about a fact that the configuration of a resource omits.
pub fn omission(resource: &Resource, fact: FactId) -> Omission {
    let Some(mapping) = terraform::mapping_of(resource.resource_type) else { return Omission::Kept(None) };
    match mapping.when_omitted(fact) {
        view::WhenOmitted::Enforced(_) => Omission::Enforced,
        view::WhenOmitted::Kept { created, taken_by } => {
            let created = created.filter(|_| !may_inherit(resource, taken_by));
            Omission::Kept(created.map(view::Constant::value))
        }
    }
}

/// Whether a value is what a resource of a type has that nobody chose otherwise for.
pub fn is_default(resource_type: &str, fact: FactId, value: &Value) -> bool {
    let when_omitted = terraform::mapping_of(resource_type).map(|mapping| mapping.when_omitted(fact));
    let (Some(view::WhenOmitted::Enforced(default)) | Some(view::WhenOmitted::Kept { created: default, .. })) =
        when_omitted
    else {
        return false;
    };
    default.is_some_and(|default| default.value() == *value)
}

/// Whether a fact of something that runs is not known for the one reason that the reply says nothing of it.
pub fn is_unsaid(resource_type: &str, why: &Unknown) -> bool {
    terraform::mapping_of(resource_type).is_some_and(|mapping| mapping.api.silence() == *why)
}

/// The fact that an attribute of a type is by itself.
pub fn fact_of_attribute(resource_type: &str, attribute: &str) -> Option<FactId> {
    terraform::mapping_of(resource_type)?.fact_of(attribute)
}

/// Whether a resource took what it omits from another one, as far as is known.
fn may_inherit(resource: &Resource, taken_by: Option<view::Copies>) -> bool {
    let may_be = |fact| resource.facts.get(fact).is_some_and(|fact| fact.state != FactState::Known(Value::Bool(false)));
    match taken_by {
        None => false,
        Some(view::Copies::Replicas) => may_be(catalogue::IS_REPLICA),
        Some(view::Copies::Restored) => may_be(catalogue::RESTORED),
        Some(view::Copies::All | view::Copies::AllButInTime) => {
            may_be(catalogue::IS_REPLICA) || may_be(catalogue::RESTORED)
        }
    }
}

/// The members of the provider's API behind a fact, such as `DBInstance.StorageEncrypted`: those that the mappings read.
pub fn api_members(fact: FactId) -> Vec<&'static str> {
    let mut members: Vec<&str> = aws::MAPPINGS.iter().flat_map(|mapping| mapping.members(fact)).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// Those of the mapping of one type.
pub fn api_members_of(resource_type: &str, fact: FactId) -> Vec<&'static str> {
    let mapping = terraform::mapping_of(resource_type);
    let mut members: Vec<&str> = mapping.into_iter().flat_map(|mapping| mapping.members(fact)).collect();
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
