//! The names of the configuration that a resource goes by, with and without the instance keys of its modules.
//!
//! A reference is written without instance keys, or with those of the modules that it does not leave. So a resource is
//! found by its address with the keys of its first modules, for every number of them.

use std::borrow::Cow;

use crate::facts::mapped::Place;

/// One step of an address: `module.a["x"]`, or `aws_subnet.b`.
struct Step<'a> {
    /// Without the instance key.
    plain: &'a str,
    /// The instance key, as JSON text.
    key: Option<&'a str>,
}

/// Every name that a resource goes by: its modules keep their keys from the first one on, as many as there are.
pub(super) fn names_of(place: &Place) -> Vec<Cow<'_, str>> {
    let mut names = vec![Cow::Borrowed(place.base.as_ref())];
    if !place.module.contains('[') {
        return names;
    }
    let steps = steps(&place.base);
    for kept in (0..steps.len()).rev() {
        // Leaving out a key that is not there would name it twice.
        if steps.get(kept).is_some_and(|step| step.key.is_some()) {
            names.push(Cow::Owned(join(&steps, &steps, kept)));
        }
    }
    names
}

/// The name of a reference, with the instance keys of the modules that it shares with the resource that refers.
pub(super) fn name_from(from: &Place, reference: &str) -> String {
    let (here, there) = (steps(&from.module), steps(reference));
    let shared = here.iter().zip(&there).take_while(|(here, there)| here.plain == there.plain).count();
    join(&here, &there, shared)
}

/// The instance keys of a resource, its own first, then its modules' from the innermost on.
pub(super) fn keys_of(place: &Place) -> Vec<&str> {
    let modules = steps(&place.module).into_iter().rev().filter_map(|step| step.key);
    place.index.as_deref().into_iter().chain(modules).collect()
}

/// The steps of `there`, the first few of them with the keys that `here` has.
fn join(here: &[Step<'_>], there: &[Step<'_>], kept: usize) -> String {
    let mut name = String::new();
    for (position, step) in there.iter().enumerate() {
        if position > 0 {
            name.push('.');
        }
        name.push_str(step.plain);
        if let Some(key) = here.get(position).filter(|_| position < kept).and_then(|step| step.key) {
            name.push('[');
            name.push_str(key);
            name.push(']');
        }
    }
    name
}

/// Takes an address apart; a key may hold dots and brackets in its quotes.
fn steps(address: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        let (plain, after) = rest.split_at(end_of_plain(rest));
        let (key, after) = key(after);
        steps.push(Step { plain, key });
        rest = after.strip_prefix('.').unwrap_or(after);
    }
    steps
}

/// A step is two words, `module.a` or `aws_subnet.b`, and ends before the second dot or the key.
fn end_of_plain(text: &str) -> usize {
    let first = text.find('.').map_or(text.len(), |dot| dot + 1);
    let rest = text.get(first..).unwrap_or_default();
    rest.find(['.', '[']).map_or(text.len(), |end| first + end)
}

/// The instance key at the beginning, and what follows it.
fn key(text: &str) -> (Option<&str>, &str) {
    let Some(inside) = text.strip_prefix('[') else { return (None, text) };
    let (mut quoted, mut escaped) = (false, false);
    for (position, character) in inside.char_indices() {
        match character {
            '"' if !escaped => quoted = !quoted,
            ']' if !quoted => return (inside.get(..position), inside.get(position + 1..).unwrap_or_default()),
            _ => {}
        }
        escaped = character == '\\' && !escaped;
    }
    (Some(inside), "")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn place(module: &str, base: &str, index: Option<&str>) -> Place {
        Place { address: "".into(), base: base.into(), module: module.into(), index: index.map(Arc::from) }
    }

    #[test]
    fn a_resource_goes_by_its_address_with_fewer_and_fewer_module_keys() {
        let module = r#"module.a["x.]\"y"].module.b.module.c[0]"#;
        let place = place(module, &format!("{module}.aws_subnet.s"), None);
        assert_eq!(
            names_of(&place),
            [
                r#"module.a["x.]\"y"].module.b.module.c[0].aws_subnet.s"#,
                r#"module.a["x.]\"y"].module.b.module.c.aws_subnet.s"#,
                "module.a.module.b.module.c.aws_subnet.s",
            ]
        );
    }

    #[test]
    fn a_reference_keeps_the_keys_of_the_modules_that_it_does_not_leave() {
        let from = place(r#"module.a["x"].module.b[0]"#, "", None);
        assert_eq!(name_from(&from, "module.a.module.b.aws_subnet.s"), r#"module.a["x"].module.b[0].aws_subnet.s"#);
        assert_eq!(name_from(&from, "module.a.module.c.aws_subnet.s"), r#"module.a["x"].module.c.aws_subnet.s"#);
        assert_eq!(name_from(&from, "aws_subnet.s"), "aws_subnet.s");
        assert_eq!(name_from(&from, r#"module.a["x"].aws_subnet.s"#), r#"module.a["x"].aws_subnet.s"#);
    }

    #[test]
    fn keys_come_innermost_first() {
        let place = place(r#"module.a["x"].module.b[0]"#, "", Some("\"k\""));
        assert_eq!(keys_of(&place), ["\"k\"", "0", "\"x\""]);
    }
}
