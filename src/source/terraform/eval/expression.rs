//! Evaluates expressions.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::Span as _;
use hcl_edit::expr::{BinaryOp, Conditional, Expression, Object, ObjectKey, Traversal, TraversalOperator};

use super::convert::{convert, to_bool, to_text};
use super::fault::{Fault, FaultKind};
use super::functions;
use super::operation::{binary, decides, equals, unary};
use super::run::Run;
use super::scope::{Bindings, Scope, Step, StepKind};
use super::traversal::{of_each, walk};
use super::types::Type;
use super::unsettled::{mark, unmark, unmark_deep, unsettled_in, unsettled_in_all, weight};
use super::value::{MapKind, SequenceKind, Unsettled, Val};

/// What an expression is worth.
pub(crate) type Outcome = Result<Val, Fault>;

/// Evaluates expressions where certain names have certain meanings.
#[derive(Clone, Copy)]
pub(crate) struct Evaluator<'a> {
    /// What names mean.
    pub(super) scope: &'a dyn Scope,
    /// The variables of the `for` expressions around.
    pub(super) bindings: Option<&'a Bindings<'a>>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator outside any `for` expression.
    pub(crate) fn new(scope: &'a dyn Scope) -> Self {
        Self { scope, bindings: None }
    }

    /// The value of an expression.
    pub(crate) fn value(&self, run: &mut Run<'_>, expression: &Expression) -> Outcome {
        run.nested(|run| self.dispatch(run, expression)).map_err(|fault| fault.at(expression))
    }

    fn dispatch(&self, run: &mut Run<'_>, expression: &Expression) -> Outcome {
        match expression {
            Expression::Null(_) => Ok(Val::Null),
            Expression::Bool(value) => Ok(Val::Bool(*value.value())),
            Expression::Number(number) => literal_number(number),
            Expression::String(text) => Ok(literal_text(text.value())),
            Expression::Array(array) => {
                let items = array.iter().map(|item| self.value(run, item)).collect::<Result<_, _>>()?;
                run.built(Val::Sequence(SequenceKind::Tuple, Arc::new(items)))
            }
            Expression::Object(object) => self.object(run, object),
            Expression::StringTemplate(template) => self.template(run, template),
            Expression::HeredocTemplate(heredoc) => self.heredoc(run, heredoc),
            Expression::Parenthesis(inner) => self.value(run, inner.inner()),
            Expression::Variable(name) => self.name(run, name.as_str(), &[]),
            Expression::Conditional(conditional) => self.conditional(run, conditional),
            Expression::FuncCall(call) => self.call(run, call),
            Expression::Traversal(traversal) => self.traversal(run, traversal),
            Expression::UnaryOp(operation) => {
                let value = self.value(run, &operation.expr)?;
                Ok(unary(*operation.operator.value(), value)?)
            }
            Expression::BinaryOp(operation) => self.binary(run, operation),
            Expression::ForExpr(comprehension) => self.comprehension(run, comprehension),
        }
    }

    /// A text that a key asks for, or what it rests on; and whether it is sensitive.
    pub(super) fn text(
        &self,
        run: &mut Run<'_>,
        expression: &Expression,
    ) -> Result<(Result<Arc<str>, Unsettled>, bool), Fault> {
        let (value, sensitive) = unmark(self.value(run, expression)?);
        let text = match unsettled_in(&value) {
            Some(unsettled) => Err(unsettled),
            None => Ok(to_text(&value).map_err(|error| Fault::from(error).at(expression))?),
        };
        Ok((text, sensitive))
    }

    fn object(&self, run: &mut Run<'_>, object: &Object) -> Outcome {
        let mut fields = BTreeMap::new();
        let mut unknown_keys: Option<Unsettled> = None;
        let mut sensitive = false;
        for (key, value) in object.iter() {
            let key = match key {
                ObjectKey::Ident(name) => Ok(Arc::from(name.as_str())),
                ObjectKey::Expression(Expression::Variable(name)) => Ok(Arc::from(name.as_str())),
                ObjectKey::Expression(key) => {
                    let (key, marked) = self.text(run, key)?;
                    sensitive |= marked;
                    key
                }
            };
            let value = self.value(run, value.expr())?;
            match key {
                Ok(key) => {
                    fields.insert(key, value);
                }
                Err(unsettled) => {
                    let all = unknown_keys.get_or_insert_default();
                    all.join(&unsettled.undecided());
                    all.join(&unsettled_in(&value).unwrap_or_default().undecided());
                }
            }
        }
        match unknown_keys {
            None => run.built(mark(Val::Mapping(MapKind::Object, Arc::new(fields)), sensitive)),
            Some(mut unsettled) => {
                unsettled.join(&unsettled_in_all(fields.values()).unwrap_or_default().undecided());
                Ok(mark(unsettled.into_val(), sensitive))
            }
        }
    }

    fn binary(&self, run: &mut Run<'_>, operation: &BinaryOp) -> Outcome {
        let operator = *operation.operator.value();
        let lhs = self.value(run, &operation.lhs_expr)?;
        if decides(operator, &lhs) {
            return Ok(lhs);
        }
        let rhs = self.value(run, &operation.rhs_expr)?;
        let left = run.left();
        run.charge(weight(&lhs, left).saturating_add(weight(&rhs, left)))?;
        Ok(binary(operator, lhs, rhs)?)
    }

    fn conditional(&self, run: &mut Run<'_>, conditional: &Conditional) -> Outcome {
        let Conditional { cond_expr, true_expr, false_expr, .. } = conditional;
        let (condition, sensitive) = unmark(self.value(run, cond_expr)?);
        if let Val::Unknown(condition) = condition {
            let value = self.either(run, &condition, true_expr, false_expr)?;
            return Ok(mark(value, sensitive));
        }
        let condition = to_bool(&condition).map_err(|error| Fault::from(error).at(cond_expr))?;
        let (taken, other) = if condition { (true_expr, false_expr) } else { (false_expr, true_expr) };
        let value = self.value(run, taken)?;
        if matches!(value, Val::Null | Val::Unknown(_) | Val::String(_)) {
            return Ok(mark(value, sensitive));
        }
        // The other side only tells the type: what is wrong in it, or read by it, does not matter.
        let read = run.read.clone();
        let other = self.value(run, other);
        run.read = read;
        let other = match other {
            Err(fault) if fault.kind == FaultKind::Limit => return Err(fault),
            other => other.ok(),
        };
        run.charge(weight(&value, run.left()))?;
        Ok(mark(unified(value, other.as_ref())?, sensitive))
    }

    /// Either of two values, and what decides is not known.
    fn either(
        &self,
        run: &mut Run<'_>,
        condition: &Unsettled,
        true_expr: &Expression,
        false_expr: &Expression,
    ) -> Outcome {
        let read = run.read.clone();
        let (one, other) = (self.value(run, true_expr)?, self.value(run, false_expr)?);
        run.charge(weight(&one, run.left()).saturating_add(weight(&other, run.left())))?;
        let ((one, a), (other, b)) = (unmark_deep(&one), unmark_deep(&other));
        let unsettled = unsettled_in_all([&one, &other]);
        if unsettled.is_none() && equals(&one, &other) {
            return Ok(mark(one, a || b));
        }
        // What only one of the sides reads is not certain to be read.
        run.read = read;
        let mut all = condition.clone();
        all.join(&unsettled.unwrap_or_default());
        Ok(mark(all.undecided().into_val(), a || b))
    }

    fn traversal(&self, run: &mut Run<'_>, traversal: &Traversal) -> Outcome {
        let steps = self.steps(run, traversal)?;
        match &traversal.expr {
            Expression::Variable(name) => self.name(run, name.as_str(), &steps),
            other => {
                let value = self.value(run, other)?;
                walk(run, value, &steps)
            }
        }
    }

    fn name(&self, run: &mut Run<'_>, name: &str, steps: &[Step<'_>]) -> Outcome {
        if let Some(value) = self.bindings.and_then(|bindings| bindings.get(name)) {
            run.touch(value);
            return walk(run, value.clone(), steps);
        }
        let resolved = self.scope.resolve(run, name, steps)?;
        run.touch(&resolved.value);
        let rest = steps.get(resolved.taken..).unwrap_or_default();
        if resolved.of_each { of_each(run, resolved.value, rest) } else { walk(run, resolved.value, rest) }
    }

    fn steps<'e>(&self, run: &mut Run<'_>, traversal: &'e Traversal) -> Result<Vec<Step<'e>>, Fault> {
        let step = |operator: &'e hcl_edit::Decorated<TraversalOperator>| {
            let kind = match operator.value() {
                TraversalOperator::AttrSplat(_) => StepKind::AttributeSplat,
                TraversalOperator::FullSplat(_) => StepKind::FullSplat,
                TraversalOperator::GetAttr(name) => StepKind::Attribute(name.as_str()),
                TraversalOperator::Index(key) => StepKind::Index(self.value(run, key)?),
                TraversalOperator::LegacyIndex(index) => {
                    StepKind::Index(Val::Number(i64::try_from(*index.value()).unwrap_or(i64::MAX).into()))
                }
            };
            Ok(Step { kind, span: operator.span().or_else(|| operator.value().span()) })
        };
        traversal.operators.iter().map(step).collect()
    }
}

/// A value as the type that it has in common with the other side of a conditional.
fn unified(value: Val, other: Option<&Val>) -> Result<Val, Fault> {
    let Some(other) = other else { return Ok(value) };
    let ty = Type::of(&value).unify(Type::of(other));
    let ty = ty.ok_or_else(|| {
        let (one, other) = (Type::of(&value), Type::of(other));
        Fault::new(format!("the two results of the condition have no type in common: {one} and {other}"))
    })?;
    Ok(convert(value, &ty)?)
}

fn literal_number(number: &hcl_edit::Formatted<hcl_edit::Number>) -> Outcome {
    // The text as it is written has digits that a float has not.
    let text = number.as_repr().map(|repr| repr.replace(' ', ""));
    let parsed = text.and_then(|text| text.parse().ok()).or_else(|| number.value().to_string().parse().ok());
    parsed.map(Val::Number).ok_or_else(|| Fault::new("the number is too large"))
}

/// A text, in the normal form that Terraform holds text in.
pub(super) fn literal_text(text: &str) -> Val {
    functions::text::value(text)
}
