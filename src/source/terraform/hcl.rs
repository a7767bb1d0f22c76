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
mod outline;
mod overrides;
#[cfg(test)]
mod tests;

/// The body of a text in native syntax, for tests; `None` when it is not valid or sets a name twice.
#[cfg(test)]
pub(crate) fn parse_text(text: &str, id: FileId) -> Option<Body> {
    let file = SourceFile::new("main.tf".into(), "main.tf".into(), text.into(), Syntax::Native);
    native::parse(&file, id).ok().filter(|(_, diagnostics)| diagnostics.is_empty()).map(|(body, _)| body)
}

pub(crate) use self::{
    body::{Attribute, Block, Body, FileId, Span},
    comments::{Above, Comment, comments},
    configuration::{Configuration, Node, NotFound, Root, Target, Tree, literal, source_of},
    files::{Files, SourceFile, Syntax},
    files::{normal, relative},
    folder::text_of,
    json::property,
    module::{Module, ModuleId, ResourceKey},
    outline::agree::{Agreement, agreement},
};
