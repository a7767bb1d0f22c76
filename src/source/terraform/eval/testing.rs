//! Scopes for tests.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;

use super::expression::{Evaluator, Outcome};
use super::fault::Fault;
use super::run::Run;
use super::scope::{Resolved, Scope, Step};
use super::value::{MapKind, SequenceKind, Unsettled, Val};

/// A scope of a few names, with no functions but `length` and `secret`.
#[derive(Default)]
pub(crate) struct Names(pub(crate) BTreeMap<&'static str, Val>);

impl Scope for Names {
    fn resolve(&self, _: &mut Run<'_>, name: &str, _: &[Step<'_>]) -> Result<Resolved, Fault> {
        let value = self.0.get(name).cloned();
        value.map(|value| Resolved::of(value, 0)).ok_or_else(|| Fault::new(format!("nothing is called `{name}`")))
    }

    fn call(&self, name: &str, arguments: &[Val]) -> Option<Result<Val, String>> {
        match (name, arguments) {
            ("length", [Val::Sequence(_, items)]) => Some(Ok(number(items.len() as i64))),
            ("secret", [value]) => Some(Ok(Val::Sensitive(Arc::new(value.clone())))),
            ("tolist", [Val::Sequence(_, items)]) => Some(Ok(Val::Sequence(SequenceKind::List, items.clone()))),
            _ => None,
        }
    }

    fn template(&self, path: &str) -> Option<String> {
        (path == "greeting.tftpl").then(|| "%{ for name in names ~}\nhello ${name}\n%{ endfor ~}\n".to_owned())
    }
}

/// The value of an expression among some names.
pub(crate) fn value_among(names: &Names, expression: &str) -> Outcome {
    let total = AtomicU64::new(0);
    Evaluator::new(names).value(&mut Run::new(&total), &parsed(expression))
}

/// An expression; only in a document may a heredoc be its end.
pub(crate) fn parsed(expression: &str) -> Expression {
    let body: Body = format!("x = {expression}\n").parse().expect("an expression");
    body.get_attribute("x").expect("the attribute").value.clone()
}

/// Unknown, resting on a resource.
pub(crate) fn of_resource(address: &str) -> Val {
    Unsettled::on_resource(address).into_val()
}

/// Unknown, resting on something else.
pub(crate) fn of_other(other: &str) -> Val {
    Unsettled::on_other(other).into_val()
}

/// A number.
pub(crate) fn number(value: i64) -> Val {
    Val::Number(value.into())
}

/// A text.
pub(crate) fn text(value: &str) -> Val {
    Val::String(value.into())
}

/// A tuple.
pub(crate) fn tuple(items: impl IntoIterator<Item = Val>) -> Val {
    Val::Sequence(SequenceKind::Tuple, Arc::new(items.into_iter().collect()))
}

/// An object.
pub(crate) fn object<'n>(fields: impl IntoIterator<Item = (&'n str, Val)>) -> Val {
    let fields = fields.into_iter().map(|(name, value)| (Arc::from(name), value));
    Val::Mapping(MapKind::Object, Arc::new(fields.collect()))
}
