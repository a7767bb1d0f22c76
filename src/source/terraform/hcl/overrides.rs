//! Override files: <https://developer.hashicorp.com/terraform/language/files/override>.
//!
//! An attribute of the override replaces that of the original. A nested block of the override replaces every block of its
//! kind. `lifecycle` and `required_providers` are merged attribute by attribute, `locals` value by value.

use std::sync::Arc;

use super::body::{Attribute, Block, Body, Span};
use super::files::Files;
use super::module::{Module, title_of};
use crate::diagnostic::Diagnostic;

/// Merges what an override file says into a module.
pub(super) fn apply(module: &mut Module, body: Body, files: &Files, diagnostics: &mut Vec<Diagnostic>) {
    let mut complain = |title: String, span: Span, help: &str| {
        diagnostics.push(files.diagnostic(title, span).help(help));
    };
    const NOTHING: &str = "declare it in a file that is no override file";
    for block in body.blocks {
        match block.kind.as_ref() {
            "locals" => {
                for attribute in block.body.into_body().attributes {
                    match module.locals.get_mut(&attribute.name) {
                        Some(original) => *original = attribute,
                        None => {
                            let title = format!("there is no local value `{}` to override", attribute.name);
                            complain(title, attribute.span, NOTHING);
                        }
                    }
                }
            }
            "provider" => match module.providers.iter_mut().find(|original| is_same_provider(original, &block)) {
                Some(original) => original.body.change(|body| merge(body, block.body.into_body())),
                // A provider that no other file configures is configured by the override.
                None => module.providers.push(block),
            },
            "terraform" => match module.settings.first_mut() {
                Some(original) => original.body.change(|body| merge(body, block.body.into_body())),
                None => module.settings.push(block),
            },
            "moved" | "removed" | "import" | "check" => {
                complain(format!("`{}` cannot be overridden", block.kind), block.header, "move it to another file");
            }
            _ => match module.named_mut(&block) {
                Some(original) => original.body.change(|body| merge(body, block.body.into_body())),
                None => complain(format!("there is no `{}` to override", title_of(&block)), block.header, NOTHING),
            },
        }
    }
}

fn is_same_provider(one: &Block, other: &Block) -> bool {
    let alias =
        |block: &Block| block.body.attribute("alias").map(|alias| alias.expression.to_string().trim().to_owned());
    one.labels == other.labels && alias(one) == alias(other)
}

fn merge(original: &mut Body, overriding: Body) {
    for attribute in overriding.attributes {
        replace(original, attribute);
    }
    let (merged, replacing): (Vec<Block>, Vec<Block>) = overriding
        .blocks
        .into_iter()
        .partition(|block| matches!(block.kind.as_ref(), "lifecycle" | "required_providers"));
    for block in merged {
        match original.blocks.iter_mut().find(|there| there.kind == block.kind) {
            Some(there) => there.body.change(|body| merge(body, block.body.into_body())),
            None => original.blocks.push(block),
        }
    }
    let kinds: Vec<Arc<str>> = replacing.iter().map(produced).collect();
    original.blocks.retain(|block| !kinds.contains(&produced(block)));
    original.blocks.extend(replacing);
}

fn replace(body: &mut Body, attribute: Attribute) {
    match body.attributes.iter_mut().find(|there| there.name == attribute.name) {
        Some(there) => *there = attribute,
        None => body.attributes.push(attribute),
    }
}

/// The kind of block that a block stands for: a `dynamic` block makes blocks of the kind that its label names. `cloud` and
/// `backend` say the same in two ways.
fn produced(block: &Block) -> Arc<str> {
    match (block.kind.as_ref(), block.labels.first()) {
        ("dynamic", Some(label)) => Arc::clone(label),
        ("cloud", _) => Arc::from("backend"),
        _ => Arc::clone(&block.kind),
    }
}
