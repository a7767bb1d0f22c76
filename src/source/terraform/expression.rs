//! One expression of a plan's configuration: what it refers to. Constants are not kept: they may be secrets.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::address::steps;
use super::json::Str;

/// What an attribute's expression, or a whole block, refers to.
#[derive(Debug, Default)]
pub(super) struct Expression<'a> {
    /// All `references` at any depth, in order.
    pub(super) references: Vec<Cow<'a, str>>,
    /// Whether it is the constant null, which is the same as leaving the attribute out; or an empty text, which the provider takes
    /// for that too where it then plans a value that is known after apply.
    pub(super) is_unset: bool,
    /// Whether it is a single attribute with references, not a block of several.
    pub(super) is_attribute: bool,
}

impl Expression<'_> {
    /// The references proper: Terraform lists `a.b["k"].c`, then `a.b["k"]` and `a.b`, which say nothing new.
    ///
    /// Such a chain ends at `a.b`, or at `module.m["k"]` for the output of a module: a `module.m` after it stands for itself.
    pub(super) fn heads(&self) -> impl Iterator<Item = &str> {
        let mut previous = "";
        self.references.iter().map(AsRef::as_ref).filter(move |reference: &&str| {
            let continues = previous.strip_prefix(*reference).is_some_and(|rest| rest.starts_with(['.', '[']));
            let ends = continues && reference.starts_with("module.") && steps(reference).count() == 2;
            previous = if ends { "" } else { reference };
            !continues
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Expression<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut expression: Expression<'de> = Expression::default();
        Gather { into: &mut expression, place: Place::Top }.deserialize(deserializer)?;
        Ok(expression)
    }
}

/// Where in an expression the parser is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the whole value of an attribute or block.
    Top,
    /// Inside `references`, whose strings count (a nested block may have that name too).
    References,
    /// Anywhere else.
    Inside,
}

struct Gather<'g, 'de> {
    into: &'g mut Expression<'de>,
    place: Place,
}

impl<'de> DeserializeSeed<'de> for Gather<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Gather<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an expression")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        if self.place == Place::References {
            self.into.references.push(Cow::Borrowed(text));
        }
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        if self.place == Place::References {
            self.into.references.push(Cow::Owned(text.to_owned()));
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let place = if self.place == Place::References { self.place } else { Place::Inside };
        while items.next_element_seed(Gather { into: self.into, place })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(key) = fields.next_key::<Str<'de>>()? {
            match key.0.as_ref() {
                "constant_value" => {
                    let constant = fields.next_value::<Constant>()?;
                    self.into.is_unset = self.place == Place::Top && constant.is_unset;
                }
                "references" => {
                    self.into.is_attribute |= self.place == Place::Top;
                    fields.next_value_seed(Gather { into: self.into, place: Place::References })?;
                }
                _ => fields.next_value_seed(Gather { into: self.into, place: Place::Inside })?,
            }
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}

/// A constant, of which nothing is kept but whether it says anything.
struct Constant {
    is_unset: bool,
}

impl<'de> Deserialize<'de> for Constant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OfConstant)
    }
}

struct OfConstant;

impl<'de> Visitor<'de> for OfConstant {
    type Value = Constant;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a constant")
    }

    fn visit_unit<E>(self) -> Result<Constant, E> {
        Ok(Constant { is_unset: true })
    }

    fn visit_str<E>(self, text: &str) -> Result<Constant, E> {
        Ok(Constant { is_unset: text.is_empty() })
    }

    fn visit_bool<E>(self, _: bool) -> Result<Constant, E> {
        Ok(Constant { is_unset: false })
    }

    fn visit_i64<E>(self, _: i64) -> Result<Constant, E> {
        Ok(Constant { is_unset: false })
    }

    fn visit_u64<E>(self, _: u64) -> Result<Constant, E> {
        Ok(Constant { is_unset: false })
    }

    fn visit_f64<E>(self, _: f64) -> Result<Constant, E> {
        Ok(Constant { is_unset: false })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Constant, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Constant { is_unset: false })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Constant, A::Error> {
        while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Constant { is_unset: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Expression<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn references_are_gathered_at_any_depth() {
        let block = r#"[{"name": {"constant_value": "x"}, "value": {"references": ["var.a"]}},
            {"inner": {"references": {"x": {"references": ["local.b"]}}}}, null, 1, -1, 1.5, true, "no"]"#;
        assert_eq!(parse(block).references, ["var.a", "local.b"]);
        assert!(!parse(block).is_attribute);
        assert!(parse(r#"{"references": ["a\u0022"]}"#).is_attribute);
    }

    #[test]
    fn constants_are_skipped_and_what_says_nothing_is_seen() {
        for unset in [r#"{"constant_value": null}"#, r#"{"constant_value": ""}"#] {
            assert!(parse(unset).is_unset, "{unset}");
        }
        let others =
            ["1", "-1", "1.5", "false", r#""x""#, "[]", "{}"].map(|value| format!(r#"{{"constant_value": {value}}}"#));
        for other in others.iter().map(String::as_str).chain(["{}", r#"[{"a": {"constant_value": null}}]"#]) {
            assert!(!parse(other).is_unset, "{other}");
        }
        assert!(parse(r#"{"constant_value": {"references": ["hunter2"]}}"#).references.is_empty());
    }

    #[test]
    fn heads_leave_out_what_only_continues_a_reference() {
        let json = r#"{"references": ["a.b[\"k.x\"].id", "a.b[\"k.x\"]", "a.b", "a.b", "var.key", "var.k", "var.pw", "var.pw",
            "module.m[0].id.x", "module.m[0].id", "module.m[0]", "module.m", "module.m[1]", "module.m"]}"#;
        let expected = [
            "a.b[\"k.x\"].id",
            "a.b",
            "var.key",
            "var.k",
            "var.pw",
            "var.pw",
            "module.m[0].id.x",
            "module.m",
            "module.m[1]",
        ];
        assert_eq!(parse(json).heads().collect::<Vec<_>>(), expected);
    }
}
