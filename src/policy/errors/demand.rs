//! Whether a body fails without the value of a variable.
//!
//! Rego gives up a body at `owner := input.tags.owner` when there is no such tag. The VM goes on with a variable that has no
//! value, so both say the same only if the body cannot hold without it.

use super::{Absent, Locals, Prover};
use crate::policy::syntax::{AssignOp, Expr, Literal, Query};

impl<'a> Prover<'a> {
    /// Whether the body, or its value, comes to nothing when a variable that it sets has no value.
    pub(super) fn fails_without_values(self, query: &'a Query, value: Option<&'a Expr>, locals: &Locals) -> bool {
        if self.absent == Absent::IsLeftToTheInterpreter {
            return true;
        }
        let mut demanded: Vec<&Expr> = value.into_iter().collect();
        let mut sets: Vec<(&str, &Expr)> = Vec::new();
        for statement in &query.stmts {
            match &statement.literal {
                Literal::Expr { expr: Expr::Assignment { op: AssignOp::ColEq, lhs, rhs, .. } } => {
                    sets.extend(lhs.as_var().map(|name| (name, rhs.as_ref())));
                }
                // As a condition it fails for an element without a value.
                Literal::Expr { expr: Expr::Membership { value, .. } } => demanded.push(value),
                Literal::Expr { expr } => demanded.push(expr),
                _ => {}
            }
        }
        // What a demanded variable is made of is demanded, and stands before it.
        sets.into_iter().rev().all(|(name, made_of)| {
            let is_demanded = demanded.iter().any(|expr| self.needs(expr, name));
            if is_demanded {
                demanded.push(made_of);
            }
            is_demanded || locals.get(name).is_some_and(|outcome| outcome.defined)
        })
    }

    /// Whether an expression has no value, or does not hold, when a variable has none.
    fn needs(self, expr: &'a Expr, name: &str) -> bool {
        match expr {
            Expr::Var { .. } => expr.as_var() == Some(name),
            Expr::RefDot { refr, .. } => self.needs(refr, name),
            Expr::RefBrack { refr, index, .. } => self.needs(refr, name) || self.needs(index, name),
            Expr::Comparison { lhs, rhs, .. }
            | Expr::Arithmetic { lhs, rhs, .. }
            | Expr::SetOperation { lhs, rhs, .. } => self.needs(lhs, name) || self.needs(rhs, name),
            Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().any(|item| self.needs(item, name)),
            Expr::Call { fcn, params, .. } => {
                // What a function of the rules or of a library does without an argument is its own.
                let is_builtin = fcn.as_var().is_some_and(|function| !self.defines(function));
                is_builtin && params.iter().any(|param| self.needs(param, name))
            }
            _ => false,
        }
    }
}
