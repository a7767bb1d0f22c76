//! Whether definitions of one name can contradict each other: two that hold at once with different values are an error.

use serde_json::Value as Json;

use crate::policy::syntax::{Body, CompareOp, Expr, Head, Literal, Query, Rule as Definition, Statement};
use crate::policy::text::Places;

/// Whether no two of the definitions hold at once with different values.
pub(super) fn agree(definitions: &[&Definition], places: &Places) -> bool {
    let clauses: Option<Vec<Clause<'_>>> =
        definitions.iter().filter_map(|definition| Clause::of(definition, places)).collect();
    let Some(clauses) = clauses else { return false };
    let mut pairs = clauses
        .iter()
        .enumerate()
        .flat_map(|(at, clause)| clauses.iter().skip(at + 1).map(move |other| (clause, other)));
    pairs.all(|(one, other)| one.value == other.value || one.excludes(other))
}

/// A definition with what must hold for it.
struct Clause<'a> {
    /// Its value as text, when that is the same wherever it holds.
    value: Constant<'a>,
    arguments: Vec<&'a Expr>,
    conditions: Vec<Condition<'a>>,
}

/// A value that is written down.
enum Constant<'a> {
    /// A definition without a value is true where it holds.
    True,
    Text(&'a str),
    Other,
}

impl PartialEq for Constant<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::True, Self::True) => true,
            (Self::Text(one), Self::Text(other)) => one == other,
            _ => false,
        }
    }
}

/// What a statement asks of an expression over arguments, facts and parameters.
#[derive(Debug)]
enum Condition<'a> {
    Holds(&'a str),
    Fails(&'a str),
    Is(&'a str, CompareOp, &'a Json),
}

impl<'a> Clause<'a> {
    /// `None` for a default, which counts only where no other definition holds; `Some(None)` for what is not understood.
    fn of(definition: &'a Definition, places: &'a Places) -> Option<Option<Self>> {
        let (head, bodies) = match definition {
            Definition::Spec { head, bodies, .. } => (head, bodies),
            Definition::Default { .. } => return None,
        };
        let (arguments, assign) = match head {
            Head::Compr { assign, .. } => (Vec::new(), assign),
            Head::Func { args, assign, .. } => (args.iter().collect(), assign),
            Head::Set { .. } => return Some(None),
        };
        let value = match assign.as_ref().map(|assign| &assign.value) {
            None => Constant::True,
            Some(value) => value.as_literal().map_or(Constant::Other, Constant::Text),
        };
        let mut conditions = Vec::new();
        if let [Body { query, .. }] = bodies.as_slice() {
            let own = own_names(query, places);
            conditions.extend(query.stmts.iter().filter_map(|statement| condition(statement, &own, places)));
        }
        Some(Some(Self { value, arguments, conditions }))
    }

    fn excludes(&self, other: &Self) -> bool {
        let mut conditions: Vec<Condition<'_>> = Vec::new();
        for (one, other) in self.arguments.iter().zip(&other.arguments) {
            match (one.as_var(), other.as_var(), constant(one), constant(other)) {
                (Some(name), Some(same), ..) if name == same => {}
                (Some(name), None, _, Some(value)) | (None, Some(name), Some(value), _) => {
                    conditions.push(Condition::Is(name, CompareOp::Eq, value));
                }
                (None, None, Some(one), Some(other)) if one != other => return true,
                (None, None, Some(one), Some(other)) if one == other => {}
                // The same argument by two names: the conditions do not speak of the same.
                _ => return false,
            }
        }
        self.conditions.iter().any(|one| other.conditions.iter().chain(&conditions).any(|other| contradict(one, other)))
            || other.conditions.iter().any(|one| conditions.iter().any(|other| contradict(one, other)))
    }
}

/// The variables that a body gives values to; of what they are, another body knows nothing.
fn own_names<'a>(query: &'a Query, places: &'a Places) -> Vec<&'a str> {
    let mut names = Vec::new();
    for statement in &query.stmts {
        match &statement.literal {
            Literal::SomeVars { vars } => names.extend(vars.iter().map(|span| places.text(*span))),
            Literal::SomeIn { key, value, .. } => {
                key.iter().chain([value]).for_each(|pattern| patterns(pattern, &mut names));
            }
            Literal::Expr { expr: Expr::Assignment { lhs, .. } } => patterns(lhs, &mut names),
            _ => {}
        }
    }
    names
}

fn patterns<'a>(pattern: &'a Expr, names: &mut Vec<&'a str>) {
    match pattern {
        Expr::Array { items, .. } => items.iter().for_each(|item| patterns(item, names)),
        other => names.extend(other.as_var()),
    }
}

fn condition<'a>(statement: &'a Statement, own: &[&str], places: &'a Places) -> Option<Condition<'a>> {
    let text = |expr: &Expr| {
        let text = places.text(expr.span());
        let mut words = text.split(|char: char| !(char.is_alphanumeric() || char == '_'));
        // A comprehension has variables of its own.
        (!words.any(|word| own.contains(&word) || word == "some" || word == "_")).then_some(text)
    };
    match &statement.literal {
        Literal::Expr { expr: Expr::Comparison { op, lhs, rhs, .. } } => {
            Some(Condition::Is(text(lhs)?, *op, constant(rhs)?))
        }
        Literal::Expr { expr } => Some(Condition::Holds(text(expr)?)),
        Literal::NotExpr { expr } => Some(Condition::Fails(text(expr)?)),
        _ => None,
    }
}

fn constant(expr: &Expr) -> Option<&Json> {
    match expr {
        Expr::String { value, .. } | Expr::Number { value, .. } | Expr::Bool { value, .. } => Some(value),
        _ => None,
    }
}

fn contradict(one: &Condition<'_>, other: &Condition<'_>) -> bool {
    match (one, other) {
        (Condition::Holds(one), Condition::Fails(other)) | (Condition::Fails(one), Condition::Holds(other)) => {
            one == other
        }
        (Condition::Is(one, op, value), Condition::Is(other, other_op, other_value)) => {
            one == other && !possible((*op, value), (*other_op, other_value))
        }
        _ => false,
    }
}

/// Whether some value is in both relations. Between and beyond the two values given, all values behave alike.
fn possible(one: (CompareOp, &Json), other: (CompareOp, &Json)) -> bool {
    match (one.1.as_f64(), other.1.as_f64()) {
        (Some(a), Some(b)) => {
            let witnesses = [a, b, f64::midpoint(a, b), a.min(b) - 1.0, a.max(b) + 1.0];
            witnesses.into_iter().any(|witness| is(witness, one.0, a) && is(witness, other.0, b))
        }
        _ => match (one.0, other.0) {
            (CompareOp::Eq, CompareOp::Eq) => one.1 == other.1,
            (CompareOp::Eq, CompareOp::Ne) | (CompareOp::Ne, CompareOp::Eq) => one.1 != other.1,
            _ => true,
        },
    }
}

fn is(left: f64, op: CompareOp, right: f64) -> bool {
    match op {
        CompareOp::Lt => left < right,
        CompareOp::Le => left <= right,
        CompareOp::Eq => left == right,
        CompareOp::Ge => left >= right,
        CompareOp::Gt => left > right,
        CompareOp::Ne => left != right,
    }
}
