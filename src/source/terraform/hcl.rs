//! Terraform configuration as it is written: files, bodies, modules and the calls between them, with spans.
//!
//! Native syntax and JSON syntax become the same [`Body`]; override files are merged into what they override. Nothing is
//! evaluated here. One file that cannot be read is a diagnostic, and the rest of its folder counts.

mod body;
mod comments;
mod configuration;
mod discover;
mod files;
mod folder;
mod json;
mod manifest;
mod module;
mod native;
mod overrides;
#[cfg(test)]
mod tests;

pub(crate) use self::{
    body::{Attribute, Block, Body, FileId, Span},
    comments::{Above, Comment, comments},
    configuration::{Configuration, Node, NotFound, Root, Target, Tree, literal},
    files::{Files, SourceFile, Syntax},
    files::{normal, relative},
    folder::text_of,
    json::property,
    module::{Module, ModuleId, ResourceKey},
};
