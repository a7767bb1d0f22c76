//! Who else uses a variable: a change of its value changes them all.

use crate::source::terraform::hcl::{Attribute, Block, Body, Files, Module, Span};

/// An attribute that a variable decides besides the one that is to change, with its block; `None` when there is none. An
/// attribute of the same name that is just the variable is no other: it is meant to follow.
pub(super) fn another(files: &Files, module: &Module, variable: &str, attribute: &str, own: Span) -> Option<String> {
    let plain = format!("var.{variable}");
    let is_other = |found: &Attribute| {
        let text = files.text(found.value);
        let is_same = found.name.as_ref() == attribute && stripped(text) == plain;
        found.span != own && !is_same && mentions(text, &plain)
    };
    let in_blocks = blocks(module).find_map(|block| Some((in_body(&block.body, &is_other)?, Some(block))));
    let in_locals = || Some((module.locals.values().find(|local| is_other(local))?, None));
    let (found, block) = in_blocks.or_else(in_locals)?;
    let place = match block {
        Some(block) => block.labels.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("."),
        None => "local".to_owned(),
    };
    Some(format!("`{}` of `{place}`", found.name))
}

fn blocks(module: &Module) -> impl Iterator<Item = &Block> {
    let by_name = module.outputs.values().chain(module.calls.values());
    let by_key = module.resources.values().chain(module.data.values()).chain(module.ephemeral.values());
    by_key.chain(by_name).chain(&module.providers).chain(&module.checks).chain(&module.imports)
}

fn in_body<'b>(body: &'b Body, is_other: &dyn Fn(&Attribute) -> bool) -> Option<&'b Attribute> {
    let own = body.attributes.iter().find(|attribute| is_other(attribute));
    own.or_else(|| body.blocks.iter().find_map(|block| in_body(&block.body, is_other)))
}

/// The expression without the wrapping of JSON syntax: `"${var.x}"`.
fn stripped(text: &str) -> &str {
    let inner = text.strip_prefix("\"${").and_then(|text| text.strip_suffix("}\""));
    inner.unwrap_or(text).trim()
}

/// Whether an expression's text names a variable. A comment or a text that does so counts too: rather too careful.
fn mentions(text: &str, plain: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let ends = |(at, found): (usize, &str)| !text.get(at + found.len()..).unwrap_or_default().starts_with(is_part);
    text.contains("var[") || text.match_indices(plain).any(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_a_longer_one() {
        assert!(mentions("var.x ? 1 : 0", "var.x") && mentions("[var.x]", "var.x") && mentions("var[\"x\"]", "var.x"));
        assert!(!mentions("var.xy", "var.x") && !mentions("var.x-y", "var.x") && !mentions("local.x", "var.x"));
        assert_eq!(stripped("\"${var.x}\""), "var.x");
    }
}
