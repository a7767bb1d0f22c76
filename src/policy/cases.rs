//! The inputs of the Rego tests, from the literal objects after `with` in their syntax trees.

use serde_json::{Map, Value as Json, json};

use super::syntax::{Body, Expr, Literal, Parsed, Query, Rule, Statement, With};

/// What one statement of a test sets.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) input: Json,
    pub(super) data: Json,
}

/// Every combination of literal values that the tests of a file set. `None` stands for one that sets `input` to no literal.
pub(super) fn cases(parsed: &Parsed) -> Vec<Option<Case>> {
    let mut cases = Vec::new();
    for rule in &parsed.module.rules {
        if let Rule::Spec { bodies, .. } = rule {
            bodies.iter().for_each(|Body { query, .. }| of_query(query, &mut cases));
        }
    }
    cases
}

fn of_query(query: &Query, cases: &mut Vec<Option<Case>>) {
    for Statement { literal, with_mods, .. } in &query.stmts {
        if let Literal::Every { query, .. } = literal {
            of_query(query, cases);
        }
        if with_mods.iter().any(|with| with.refr.constant_path().is_some_and(|path| path.first() == Some(&"input"))) {
            cases.push(of_statement(with_mods));
        }
    }
}

fn of_statement(with_mods: &[With]) -> Option<Case> {
    let mut root = json!({"input": {}, "data": {}});
    for with in with_mods {
        let value = literal(&with.r#as)?;
        let mut slot = &mut root;
        for step in with.refr.constant_path()? {
            if !slot.is_object() {
                *slot = Json::Object(Map::new());
            }
            slot = &mut slot[step];
        }
        *slot = value;
    }
    Some(Case { input: root["input"].take(), data: root["data"].take() })
}

fn literal(expr: &Expr) -> Option<Json> {
    match expr {
        Expr::String { value, .. }
        | Expr::RawString { value, .. }
        | Expr::Number { value, .. }
        | Expr::Bool { value, .. } => Some(value.clone()),
        Expr::Null { .. } => Some(Json::Null),
        Expr::Array { items, .. } => items.iter().map(literal).collect(),
        Expr::Object { fields, .. } => fields
            .iter()
            .map(|(_, key, value)| Some((key.as_literal()?.to_owned(), literal(value)?)))
            .collect::<Option<Map<_, _>>>()
            .map(Json::Object),
        _ => None,
    }
}
