//! Terraform: plans (`terraform show -json`), states (the same, or the raw file of version 4).
//!
//! This room reads the documents and hands each resource, as a [`TerraformResource`], to the mappings of
//! `crate::facts`, which alone know what an attribute means.

mod attributes;

pub use attributes::{Attribute, Attributes, ProviderSettings, References, TerraformResource};
