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
    let mut names = vec![Cow::Borrowed(place.base())];
    if !place.module.contains('[') {
        return names;
    }
    let steps: Vec<Step<'_>> = steps(place.base()).collect();
    for kept in (0..steps.len()).rev() {
        // Leaving out a key that is not there would name it twice.
        if steps.get(kept).is_some_and(|step| step.key.is_some()) {
            names.push(Cow::Owned(join(&steps, kept)));
        }
    }
    names
}

/// The name of a reference, with the instance keys of the modules that it shares with the resource that refers.
pub(super) fn name_from<'a>(from: &Place, reference: &'a str) -> Cow<'a, str> {
    if !from.module.contains('[') {
        return Cow::Borrowed(reference);
    }
    let mut name = String::with_capacity(from.module.len() + reference.len());
    let mut here = steps(&from.module);
    let mut is_shared = true;
    for there in steps(reference) {
        let same = here.next().filter(|here| is_shared && here.plain == there.plain);
        let same = same.filter(|here| there.key.is_none() || there.key == here.key);
        is_shared = same.is_some();
        add(&mut name, &same.unwrap_or(there), true);
    }
    Cow::Owned(name)
}

/// Whether a resource may be what a reference means: no key that the reference states is another.
pub(super) fn agrees(place: &Place, reference: &str) -> bool {
    let agree = |(place, reference): (Step<'_>, Step<'_>)| reference.key.is_none() || reference.key == place.key;
    !reference.contains('[') || steps(place.base()).zip(steps(reference)).all(agree)
}

/// The instance keys of a resource, its own first, then its modules' from the innermost on.
pub(super) fn keys_of(place: &Place) -> Vec<&str> {
    let mut keys: Vec<&str> = Vec::new();
    if place.module.contains('[') {
        keys.extend(steps(&place.module).filter_map(|step| step.key));
    }
    keys.extend(place.index.as_deref());
    keys.reverse();
    keys
}

/// Puts an address together, with the keys of the first few steps.
fn join(steps: &[Step<'_>], kept: usize) -> String {
    let mut name = String::new();
    for (position, step) in steps.iter().enumerate() {
        add(&mut name, step, position < kept);
    }
    name
}

/// Adds a step to an address.
fn add(name: &mut String, step: &Step<'_>, with_key: bool) {
    if !name.is_empty() {
        name.push('.');
    }
    name.push_str(step.plain);
    if let Some(key) = step.key.filter(|_| with_key) {
        name.push('[');
        name.push_str(key);
        name.push(']');
    }
}

/// Takes an address apart; a key may hold dots and brackets in its quotes.
fn steps(address: &str) -> impl Iterator<Item = Step<'_>> {
    let mut rest = address;
    std::iter::from_fn(move || {
        let (plain, after) = rest.split_at_checked(end_of_plain(rest)).filter(|_| !rest.is_empty())?;
        let (key, after) = key(after);
        rest = after.strip_prefix('.').unwrap_or(after);
        Some(Step { plain, key })
    })
}

/// A step is two words, `module.a` or `aws_subnet.b`, and ends before the second dot or the key.
fn end_of_plain(text: &str) -> usize {
    let first = text.as_bytes().iter().position(|byte| *byte == b'.').map_or(text.len(), |dot| dot + 1);
    let rest = text.as_bytes().get(first..).unwrap_or_default();
    rest.iter().position(|byte| matches!(byte, b'.' | b'[')).map_or(text.len(), |end| first + end)
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
    use super::*;

    #[test]
    fn a_resource_goes_by_its_address_with_fewer_and_fewer_module_keys() {
        let module = r#"module.a["x.]\"y"].module.b.module.c[0]"#;
        let place = Place::sketch(module, &format!("{module}.aws_subnet.s"), None);
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
        let from = Place::sketch(r#"module.a["x"].module.b[0]"#, "", None);
        assert_eq!(name_from(&from, "module.a.module.b.aws_subnet.s"), r#"module.a["x"].module.b[0].aws_subnet.s"#);
        assert_eq!(name_from(&from, "module.a.module.c.aws_subnet.s"), r#"module.a["x"].module.c.aws_subnet.s"#);
        assert_eq!(name_from(&from, "aws_subnet.s"), "aws_subnet.s");
        let stated = r#"module.a["y"].module.b[1].aws_subnet.s"#;
        assert_eq!(name_from(&from, stated), stated);
    }

    #[test]
    fn a_reference_without_a_key_agrees_with_every_key() {
        let place = Place::sketch("", r#"module.a["x"].module.b[0].aws_subnet.s"#, None);
        assert!(agrees(&place, "module.a.module.b[0].aws_subnet.s"));
        assert!(!agrees(&place, "module.a.module.b[1].aws_subnet.s"));
    }

    #[test]
    fn keys_come_innermost_first() {
        let place = Place::sketch(r#"module.a["x"].module.b[0]"#, "", Some("\"k\""));
        assert_eq!(keys_of(&place), ["\"k\"", "0", "\"x\""]);
    }
}
