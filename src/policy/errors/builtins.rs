//! The functions of Rego that cannot fail when their arguments are of the right types.

use super::Type;
use crate::policy::syntax::Expr;

/// What a function gives for arguments of these types; `None` when it may raise an error or give nothing, or is not known.
pub(super) fn result(name: &str, params: &[Expr], types: &[&Type]) -> Option<Type> {
    use Type::{Bool, Integer, List, Map, Set, Text};
    Some(match (name, types) {
        ("count", [List(_) | Set(_) | Map(_) | Text]) => Integer,
        ("lower" | "upper" | "trim_space", [Text]) => Text,
        ("contains" | "startswith" | "endswith", [Text, Text]) => Bool,
        ("trim" | "trim_left" | "trim_right" | "trim_prefix" | "trim_suffix", [Text, Text]) => Text,
        ("concat", [Text, List(of) | Set(of)]) if **of == Text => Text,
        ("split", [Text, Text]) => Type::list(Text),
        ("sort", [List(of) | Set(of)]) => List(of.clone()),
        ("array.slice", [List(of), Integer, Integer]) => List(of.clone()),
        ("object.get", [Map(of), Text, default]) if **of == **default => (**default).clone(),
        ("substring", [Text, Integer, Integer]) if params.get(1).is_some_and(is_natural) => Text,
        _ => return None,
    })
}

fn is_natural(expr: &Expr) -> bool {
    matches!(expr, Expr::Number { value, .. } if value.as_u64().is_some())
}

/// Whether `sprintf` prints items of these types: a verb an item, and `%d` for whole numbers only.
pub(super) fn prints(format: &str, items: &[Type]) -> bool {
    let mut items = items.iter();
    let mut rest = format.split('%').skip(1);
    while let Some(after) = rest.next() {
        let is_sound = match after.chars().next() {
            Some('s' | 'v') => items.next().is_some(),
            Some('d') => items.next() == Some(&Type::Integer),
            // `%%`: what follows the second is text.
            None => rest.next().is_some(),
            Some(_) => false,
        };
        if !is_sound {
            return false;
        }
    }
    items.next().is_none()
}
