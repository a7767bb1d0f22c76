//! A small evaluator, of as much of the language as it takes to write the arguments of functions down.

use std::collections::BTreeSet;
use std::sync::Arc;

use hcl_edit::expr::{BinaryOperator, Expression, FuncCall, ObjectKey, UnaryOperator};

use super::super::super::number::Number;
use super::super::super::value::{MapKind, SequenceKind, Unsettled, Val};
use super::super::{Surroundings, call, text};
use super::Folder;

/// The value of an expression in its text.
pub(super) fn evaluate(expression: &str) -> Result<Val, String> {
    let expression: Expression = expression.parse().map_err(|error: hcl_edit::parser::Error| error.to_string())?;
    value(&expression)
}

fn value(expression: &Expression) -> Result<Val, String> {
    match expression {
        Expression::Null(_) => Ok(Val::Null),
        Expression::Bool(value) => Ok(Val::Bool(*value.as_ref())),
        Expression::Number(number) => {
            let written = number.as_repr().map_or_else(|| number.value().to_string(), |repr| repr.to_string());
            written.parse().map(Val::Number)
        }
        Expression::String(body) => Ok(text::value(body.as_str())),
        Expression::StringTemplate(template) => Ok(text::value(&literal(template))),
        Expression::Array(elements) => {
            let elements = elements.iter().map(value).collect::<Result<_, _>>()?;
            Ok(Val::Sequence(SequenceKind::Tuple, Arc::new(elements)))
        }
        Expression::Object(fields) => {
            let fields = fields.iter().map(|(key, field)| Ok((name(key)?, value(field.expr())?)));
            Ok(Val::Mapping(MapKind::Object, Arc::new(fields.collect::<Result<_, String>>()?)))
        }
        Expression::FuncCall(call) => function(call),
        Expression::UnaryOp(operation) => match (operation.operator.value(), value(&operation.expr)?) {
            (UnaryOperator::Neg, Val::Number(number)) => number.neg().map(Val::Number),
            other => Err(format!("not covered: {other:?}")),
        },
        Expression::BinaryOp(operation) => {
            match (value(&operation.lhs_expr)?, operation.operator.value(), value(&operation.rhs_expr)?) {
                (Val::Number(left), BinaryOperator::Div, Val::Number(right)) => left.div(&right).map(Val::Number),
                (unknown @ Val::Unknown(_), BinaryOperator::Eq, _) => Ok(unknown),
                other => Err(format!("not covered: {other:?}")),
            }
        }
        // `terraform_data.u.id` and the like.
        Expression::Traversal(_) => Ok(unknown()),
        other => Err(format!("not covered: {other:?}")),
    }
}

pub(super) fn unknown() -> Val {
    let resources = BTreeSet::from([Arc::from("terraform_data.u")]);
    Val::Unknown(Arc::new(Unsettled { resources, ..Unsettled::default() }))
}

fn literal(template: &hcl_edit::template::StringTemplate) -> String {
    let parts = template.iter().map(|element| match element {
        hcl_edit::template::Element::Literal(part) => part.value().clone(),
        _ => String::new(),
    });
    parts.collect()
}

fn name(key: &ObjectKey) -> Result<Arc<str>, String> {
    match key {
        ObjectKey::Ident(name) => Ok(name.as_str().into()),
        ObjectKey::Expression(expression) => match value(expression)? {
            Val::String(name) => Ok(name),
            Val::Number(number) => Ok(number.to_string().into()),
            Val::Bool(value) => Ok(value.to_string().into()),
            other => Err(format!("not covered: {other:?}")),
        },
    }
}

fn function(called: &FuncCall) -> Result<Val, String> {
    let mut arguments = called.args.iter().map(value).collect::<Result<Vec<_>, _>>()?;
    if called.args.expand_final()
        && let Some(Val::Sequence(_, last)) = arguments.pop()
    {
        arguments.extend(last.iter().cloned());
    }
    let parts = called.name.namespace.iter().chain([&called.name.name]).map(|part| part.as_str());
    let name = parts.collect::<Vec<_>>().join("::");
    let surroundings = Surroundings { files: &Folder };
    call(&name, &arguments, &surroundings).unwrap_or_else(|| Err(format!("no function `{name}`")))
}

/// A number, for tests that need no text.
pub(super) fn number(value: i64) -> Val {
    Val::Number(Number::from(value))
}
