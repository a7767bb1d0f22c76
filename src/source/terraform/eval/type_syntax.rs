//! `type = …` of a variable: <https://developer.hashicorp.com/terraform/language/expressions/type-constraints>.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::{Expression, FuncCall, Object, ObjectKey};

use super::convert::convert;
use super::types::{Field, Type};
use super::value::Val;

/// The deepest nesting of a type.
const DEEPEST: usize = 50;

impl Type {
    /// The type that an expression stands for. `constant` evaluates the defaults in it.
    pub(crate) fn parse(
        expression: &Expression,
        constant: &mut dyn FnMut(&Expression) -> Result<Val, String>,
    ) -> Result<Self, String> {
        parse(expression, constant, 0)
    }
}

type Constant<'c> = dyn FnMut(&Expression) -> Result<Val, String> + 'c;

fn parse(expression: &Expression, constant: &mut Constant<'_>, depth: usize) -> Result<Type, String> {
    if depth > DEEPEST {
        return Err("the type is nested too deep".to_owned());
    }
    match expression {
        Expression::Variable(name) => keyword(name.as_str()),
        Expression::Parenthesis(inner) => parse(inner.inner(), constant, depth + 1),
        // JSON syntax, and Terraform before 0.12.
        Expression::String(text) => {
            let parsed: Expression = text.parse().map_err(|_| "this is no type".to_owned())?;
            match parsed {
                Expression::String(_) => Err("this is no type".to_owned()),
                parsed => parse(&parsed, constant, depth + 1),
            }
        }
        Expression::FuncCall(call) => constructed(call, constant, depth),
        _ => Err("this is no type".to_owned()),
    }
}

fn keyword(name: &str) -> Result<Type, String> {
    let any = || Box::new(Type::Any);
    match name {
        "any" => Ok(Type::Any),
        "bool" => Ok(Type::Bool),
        "number" => Ok(Type::Number),
        "string" => Ok(Type::String),
        "list" => Ok(Type::List(any())),
        "map" => Ok(Type::Map(any())),
        "set" => Ok(Type::Set(any())),
        _ => Err(format!("there is no type `{name}`")),
    }
}

fn constructed(call: &FuncCall, constant: &mut Constant<'_>, depth: usize) -> Result<Type, String> {
    let name = call.name.name.as_str();
    let (Some(argument), 1) = (call.args.get(0), call.args.len()) else {
        return Err(format!("the type `{name}` takes one argument"));
    };
    let mut element = || parse(argument, constant, depth + 1).map(Box::new);
    match (name, argument) {
        ("list", _) => Ok(Type::List(element()?)),
        ("set", _) => Ok(Type::Set(element()?)),
        ("map", _) => Ok(Type::Map(element()?)),
        ("tuple", Expression::Array(elements)) => {
            let each = elements.iter().map(|element| parse(element, constant, depth + 1));
            Ok(Type::Tuple(each.collect::<Result<_, _>>()?))
        }
        ("object", Expression::Object(fields)) => object(fields, constant, depth),
        _ => Err(format!("there is no such type as this `{name}`")),
    }
}

fn object(fields: &Object, constant: &mut Constant<'_>, depth: usize) -> Result<Type, String> {
    let mut types: BTreeMap<Arc<str>, Field> = BTreeMap::new();
    for (key, value) in fields.iter() {
        let name = match key {
            ObjectKey::Ident(name) => name.as_str(),
            ObjectKey::Expression(Expression::Variable(name)) => name.as_str(),
            ObjectKey::Expression(Expression::String(name)) => name.as_str(),
            ObjectKey::Expression(_) => return Err("the name of an attribute must be plain".to_owned()),
        };
        types.insert(name.into(), field(value.expr(), constant, depth)?);
    }
    Ok(Type::Object(types))
}

fn field(expression: &Expression, constant: &mut Constant<'_>, depth: usize) -> Result<Field, String> {
    let Expression::FuncCall(call) = expression else {
        return Ok(Field { ty: parse(expression, constant, depth + 1)?, default: None });
    };
    if call.name.name.as_str() != "optional" {
        return Ok(Field { ty: parse(expression, constant, depth + 1)?, default: None });
    }
    let ty = call.args.get(0).ok_or_else(|| "`optional` takes a type".to_owned())?;
    let ty = parse(ty, constant, depth + 1)?;
    let default = match call.args.get(1) {
        Some(default) => convert(constant(default)?, &ty)?,
        None => Val::Null,
    };
    Ok(Field { ty, default: Some(default) })
}
