//! Which versions of the AWS provider a configuration allows: some defaults changed with a major version.

use crate::facts::mapping::Derived;
use crate::facts::view::{Attr, View, boolean};
use crate::model::{FactState, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

/// A boolean whose default changed with version 6 of the provider: before it was the opposite of what it is now. A plan and a
/// state hold the value; only configuration by itself leaves it open.
pub(super) fn boolean_since_6(view: &View<'_>, name: &'static str, now: bool) -> Derived {
    let attribute: Attr = boolean(name).inherited();
    match (view.get(name), attribute.state(view)) {
        (Attribute::Null | Attribute::Computed, (_, SetBy::Default)) if view.new => {
            let constraint = view.provider().version_constraint.as_deref();
            let state = match constraint.and_then(|constraint| is_before(constraint, 6)) {
                Some(before) => FactState::Known(Value::Bool(before != now)),
                None => FactState::Unknown(EITHER),
            };
            (state, SetBy::Default)
        }
        (_, told) => told,
    }
}

const EITHER: Unknown = Unknown::Unresolved(Text::Static(
    "its default changed with version 6 of the AWS provider, and the configuration does not say which version is used",
));

/// Whether every version that a constraint allows is before a major version, or none is; `None` when it allows both.
/// The operators are those of developer.hashicorp.com/terraform/language/expressions/version-constraints.
fn is_before(constraint: &str, major: u64) -> Option<bool> {
    let terms: Vec<Term> = constraint.split(',').map(Term::read).collect::<Option<_>>()?;
    if terms.iter().any(|term| term.is_below(major)) {
        Some(true)
    } else if terms.iter().any(|term| term.is_from(major)) {
        Some(false)
    } else {
        None
    }
}

/// One condition of a constraint.
struct Term<'a> {
    operator: &'a str,
    major: u64,
    /// Whether the version names more than its major part.
    is_precise: bool,
    /// Whether every part after the major one is 0.
    is_first: bool,
}

impl<'a> Term<'a> {
    fn read(term: &'a str) -> Option<Self> {
        let term = term.trim();
        let version = term.trim_start_matches(['=', '!', '<', '>', '~']);
        let operator = term.strip_suffix(version)?;
        let mut parts = version.trim().trim_start_matches('v').split(['.', '-', '+']);
        let major = parts.next()?.parse().ok()?;
        let rest: Vec<&str> = parts.collect();
        let is_first = rest.iter().all(|part| part.bytes().all(|byte| byte == b'0'));
        Some(Self { operator, major, is_precise: !rest.is_empty(), is_first })
    }

    fn is_below(&self, major: u64) -> bool {
        match self.operator {
            "" | "=" | "<=" => self.major < major,
            "<" => self.major < major || (self.major == major && self.is_first),
            // `~> 5` lets the major version grow, `~> 5.0` does not.
            "~>" => self.major < major && self.is_precise,
            _ => false,
        }
    }

    fn is_from(&self, major: u64) -> bool {
        matches!(self.operator, "" | "=" | ">" | ">=" | "~>") && self.major >= major
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_says_on_which_side_of_a_major_version_it_is() {
        for before in ["5.31.0", "~> 5.0", "~> 4.67.0", ">= 4.0, < 6.0", "< 6", "<= 5.99", "= 5.0.0"] {
            assert_eq!(is_before(before, 6), Some(true), "{before}");
        }
        for from in ["6.0.0", "~> 6.1", ">= 6.0.0", "~> 7", "> 6.2, != 6.4.0"] {
            assert_eq!(is_before(from, 6), Some(false), "{from}");
        }
        for either in [">= 5.0", "~> 5", "!= 5.1.0", "< 6.1", "latest", ""] {
            assert_eq!(is_before(either, 6), None, "{either}");
        }
    }
}
