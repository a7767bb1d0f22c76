//! Proves of a rule that it cannot raise an error, from the types of what it reads.
//!
//! The VM takes an error inside a body for a body that does not hold, so a rule that may raise one is judged by the
//! interpreter too (see `compiled`), which costs many times what the VM takes. Most rules compare and print facts whose types
//! the catalogue gives and parameters whose types METADATA gives, and nothing in them can go wrong. [`trust`] follows the
//! types through a rule and the functions that it calls. What it does not know is not proven: an operation that fails on
//! some values of a type (`to_number`), definitions that may contradict each other, and an operand that may be undefined
//! where the VM goes on with it (`in`, the argument of a function, a variable).

mod apart;
mod builtins;
mod demand;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compiled::Trust;
use super::syntax::{
    ArithmeticOp, AssignOp, CompareOp, Expr, Head, Literal, Module, Query, Rule as Definition, Statement, Step,
};
use super::text::Places;
use crate::facts::{self, FactType};
use crate::model::{FactPath, ParameterSpec, ParameterType};

/// How deeply functions may call each other.
const MAX_DEPTH: usize = 8;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Type {
    Bool,
    /// A whole number.
    Integer,
    Text,
    List(Box<Type>),
    Set(Box<Type>),
    /// An object whose keys are text.
    Map(Box<Type>),
    /// Of no known type: it can be tested and compared for equality.
    Any,
}

impl Type {
    fn list(of: Self) -> Self {
        Self::List(Box::new(of))
    }

    /// What both are.
    fn or(self, other: Self) -> Self {
        if self == other { self } else { Self::Any }
    }

    /// Whether values of the type come before or after each other.
    fn has_order(&self) -> bool {
        match self {
            Self::Integer | Self::Text => true,
            Self::List(of) => of.has_order(),
            _ => false,
        }
    }

    /// What it holds.
    fn element(&self) -> Option<&Self> {
        match self {
            Self::List(of) | Self::Set(of) | Self::Map(of) => Some(of),
            _ => None,
        }
    }
}

/// What an expression gives.
#[derive(Clone, Debug)]
struct Outcome {
    ty: Type,
    /// Whether it always gives a value.
    defined: bool,
}

impl Outcome {
    fn always(ty: Type) -> Self {
        Self { ty, defined: true }
    }
}

/// The variables of a body, by name.
type Locals = BTreeMap<String, Outcome>;

/// A file, and its text.
#[derive(Clone, Copy)]
pub(super) struct Code<'a> {
    pub(super) module: &'a Module,
    pub(super) places: &'a Places,
}

/// What a rule is made of, and what it declares.
pub(super) struct Subject<'a> {
    pub(super) rule: Code<'a>,
    pub(super) libraries: BTreeMap<&'a str, Code<'a>>,
    pub(super) parameters: &'a BTreeMap<Arc<str>, ParameterSpec>,
    /// The facts that may be missing.
    pub(super) optional: &'a [FactPath],
}

/// Whose word counts for the rule, whatever the facts and parameters are, given that they are of their types.
pub(super) fn trust(subject: &Subject<'_>) -> Trust {
    let names = ["violations", "not_applicable"];
    let proves = |absent: Absent| {
        let prover = Prover { subject, code: subject.rule, depth: 0, absent };
        let mut asked = subject.rule.module.rules.iter().filter(|rule| names.contains(&rule.name()));
        asked.all(|rule| matches!(prover.definition(rule, &[]), Some(Outcome { ty: Type::Text, .. })))
    };
    if proves(Absent::Counts) {
        Trust::Vm
    } else if proves(Absent::IsLeftToTheInterpreter) {
        Trust::Interpreter
    } else {
        Trust::Agreement
    }
}

/// What is made of an operand that may have no value. It raises no error; but the VM may go on with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absent {
    /// Nothing is proven where the VM would go on.
    Counts,
    /// The interpreter treats it as Rego does.
    IsLeftToTheInterpreter,
}

/// Looks at one file. Every method gives `None` for what is not proven.
#[derive(Clone, Copy)]
struct Prover<'a> {
    subject: &'a Subject<'a>,
    code: Code<'a>,
    depth: usize,
    absent: Absent,
}

impl<'a> Prover<'a> {
    /// What a definition gives: the value of a rule or function, an element of a set.
    fn definition(self, rule: &'a Definition, arguments: &[Type]) -> Option<Outcome> {
        let (head, bodies) = match rule {
            Definition::Default { args, value, .. } if args.is_empty() => return self.expr(value, &Locals::new()),
            Definition::Default { .. } => return None,
            Definition::Spec { head, bodies, .. } => (head, bodies),
        };
        // Several bodies are alternatives of which a later one counts when an earlier one does not hold.
        let (body, others) = bodies.split_first().map_or((None, 0), |(body, rest)| (Some(body), rest.len()));
        if others > 0 || body.is_some_and(|body| body.assign.is_some()) {
            return None;
        }
        let mut locals = Locals::new();
        let value = match head {
            Head::Compr { refr, assign } => {
                refr.as_var()?;
                assign.as_ref().map(|assign| &assign.value)
            }
            Head::Set { key, .. } => Some(key.as_ref()?),
            Head::Func { args, assign, .. } => {
                self.bind(args, arguments, &mut locals)?;
                assign.as_ref().map(|assign| &assign.value)
            }
        };
        let always = body.is_none_or(|body| body.query.stmts.is_empty()) && head.takes_anything();
        if let Some(body) = body {
            self.query(&body.query, value, &mut locals)?;
        }
        let value = value.map_or(Some(Outcome::always(Type::Bool)), |value| self.expr(value, &locals))?;
        Some(Outcome { defined: value.defined && always, ..value })
    }

    fn bind(self, parameters: &'a [Expr], arguments: &[Type], locals: &mut Locals) -> Option<()> {
        if parameters.len() != arguments.len() {
            return None;
        }
        for (parameter, argument) in parameters.iter().zip(arguments) {
            match parameter {
                Expr::Var { .. } => {
                    drop(locals.insert(parameter.as_var()?.to_owned(), Outcome::always(argument.clone())))
                }
                Expr::String { .. } | Expr::Number { .. } | Expr::Bool { .. } => {}
                _ => return None,
            }
        }
        Some(())
    }

    /// A body, and the value that is given where it holds.
    fn query(self, query: &'a Query, value: Option<&'a Expr>, locals: &mut Locals) -> Option<()> {
        query.stmts.iter().try_for_each(|statement| self.statement(statement, locals))?;
        self.fails_without_values(query, value, locals).then_some(())
    }

    fn statement(self, statement: &'a Statement, locals: &mut Locals) -> Option<()> {
        if !statement.with_mods.is_empty() {
            return None;
        }
        match &statement.literal {
            Literal::SomeIn { key: None, value, collection } => {
                let collection = self.defined(collection, locals)?;
                let name = value.as_var()?;
                // A variable that has a value already is compared with each element.
                let earlier = locals.insert(name.to_owned(), Outcome::always(collection.element()?.clone()));
                earlier.is_none().then_some(())
            }
            Literal::Expr { expr: Expr::Assignment { op: AssignOp::ColEq, lhs, rhs, .. } } => {
                let value = self.expr(rhs, locals)?;
                let earlier = locals.insert(lhs.as_var()?.to_owned(), value);
                earlier.is_none().then_some(())
            }
            // The VM takes an undefined element for one that is not in the collection; as a condition, both fail.
            Literal::Expr { expr: Expr::Membership { key: None, value, collection, .. } } => {
                self.expr(value, locals)?;
                self.defined(collection, locals)?.element().map(drop)
            }
            Literal::Expr { expr } | Literal::NotExpr { expr } => self.expr(expr, locals).map(drop),
            Literal::SomeIn { .. } | Literal::SomeVars { .. } | Literal::Every { .. } => None,
        }
    }

    /// The type of an expression that has to give a value.
    fn defined(self, expr: &'a Expr, locals: &Locals) -> Option<Type> {
        let is_sound = |outcome: &Outcome| outcome.defined || self.absent == Absent::IsLeftToTheInterpreter;
        self.expr(expr, locals).filter(is_sound).map(|outcome| outcome.ty)
    }

    fn expr(self, expr: &'a Expr, locals: &Locals) -> Option<Outcome> {
        Some(match expr {
            Expr::String { .. } | Expr::RawString { .. } => Outcome::always(Type::Text),
            Expr::Number { value, .. } => Outcome::always(value.is_i64().then_some(Type::Integer)?),
            Expr::Bool { .. } => Outcome::always(Type::Bool),
            Expr::Null { .. } => Outcome::always(Type::Any),
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => return self.reference(expr, locals),
            Expr::Array { items, .. } => {
                let of = self.all(items.iter(), locals)?;
                Outcome { ty: Type::list(of.ty), ..of }
            }
            Expr::Set { items, .. } => {
                let of = self.all(items.iter(), locals)?;
                Outcome { ty: Type::Set(Box::new(of.ty)), ..of }
            }
            Expr::Object { fields, .. } => {
                fields.iter().try_for_each(|(_, key, _)| key.as_literal().map(drop))?;
                Outcome::always(Type::Map(Box::new(
                    fields
                        .iter()
                        .map(|(_, _, value)| self.defined(value, locals))
                        .try_fold(None, |all: Option<Type>, ty| Some(Some(join(all, ty?))))?
                        .unwrap_or(Type::Any),
                )))
            }
            Expr::ArrayCompr { term, query, .. } => {
                Outcome::always(Type::list(self.comprehension(term, query, locals)?))
            }
            Expr::SetCompr { term, query, .. } => {
                Outcome::always(Type::Set(Box::new(self.comprehension(term, query, locals)?)))
            }
            Expr::Call { fcn, params, .. } => return self.call(fcn, params, locals),
            Expr::SetOperation { lhs, rhs, .. } => self.of_sets(lhs, rhs, locals)?,
            Expr::Comparison { op, lhs, rhs, .. } => {
                let (left, right) = (self.expr(lhs, locals)?, self.expr(rhs, locals)?);
                let is_sound =
                    matches!(op, CompareOp::Eq | CompareOp::Ne) || (left.ty == right.ty && left.ty.has_order());
                Outcome { ty: is_sound.then_some(Type::Bool)?, defined: left.defined && right.defined }
            }
            Expr::Arithmetic { op: ArithmeticOp::Div | ArithmeticOp::Mod, .. } => return None,
            Expr::Arithmetic { op, lhs, rhs, .. } => {
                let (left, right) = (self.expr(lhs, locals)?, self.expr(rhs, locals)?);
                if *op == ArithmeticOp::Sub && matches!(left.ty, Type::Set(_)) {
                    return self.of_sets(lhs, rhs, locals);
                }
                let are_numbers = left.ty == Type::Integer && right.ty == Type::Integer;
                Outcome { ty: are_numbers.then_some(Type::Integer)?, defined: left.defined && right.defined }
            }
            Expr::Membership { key: None, value, collection, .. } => {
                self.defined(value, locals)?;
                self.defined(collection, locals)?.element()?;
                Outcome::always(Type::Bool)
            }
            Expr::ObjectCompr { .. } | Expr::Unary { .. } | Expr::Assignment { .. } | Expr::Membership { .. } => {
                return None;
            }
        })
    }

    /// The common type of expressions.
    fn all(self, exprs: impl Iterator<Item = &'a Expr>, locals: &Locals) -> Option<Outcome> {
        let mut of: Option<Type> = None;
        let mut defined = true;
        for expr in exprs {
            let outcome = self.expr(expr, locals)?;
            of = Some(join(of, outcome.ty));
            defined &= outcome.defined;
        }
        Some(Outcome { ty: of.unwrap_or(Type::Any), defined })
    }

    fn of_sets(self, lhs: &'a Expr, rhs: &'a Expr, locals: &Locals) -> Option<Outcome> {
        let (left, right) = (self.expr(lhs, locals)?, self.expr(rhs, locals)?);
        let are_equal = left.ty == right.ty && matches!(left.ty, Type::Set(_));
        Some(Outcome { ty: are_equal.then_some(left.ty)?, defined: left.defined && right.defined })
    }

    fn comprehension(self, term: &'a Expr, query: &'a Query, outer: &Locals) -> Option<Type> {
        let mut locals = outer.clone();
        self.query(query, None, &mut locals)?;
        self.defined(term, &locals)
    }

    fn reference(self, expr: &'a Expr, locals: &Locals) -> Option<Outcome> {
        let Some((root, steps)) = expr.reference() else {
            // A reference into something computed: `sort(words)[0]`.
            let Expr::RefBrack { refr, index, .. } = expr else { return None };
            let inner = self.expr(refr, locals)?;
            return self.index(inner, index, locals);
        };
        let (base, rest) = match (root, locals.get(root)) {
            (_, Some(outcome)) => (outcome.clone(), steps.as_slice()),
            ("input", _) => self.input(&steps)?,
            ("data", _) => self.data(&steps)?,
            (name, None) => (self.named(None, name, None)?, steps.as_slice()),
        };
        rest.iter().try_fold(base, |base, step| match (step.index, &base.ty) {
            (Some(index), _) => self.index(base, index, locals),
            (None, Type::Map(of)) => Some(Outcome { ty: (**of).clone(), defined: false }),
            (None, _) => None,
        })
    }

    fn index(self, base: Outcome, index: &'a Expr, locals: &Locals) -> Option<Outcome> {
        let key = self.defined(index, locals)?;
        let fits = match &base.ty {
            Type::List(_) => key == Type::Integer,
            Type::Map(_) => key == Type::Text,
            _ => false,
        };
        Some(Outcome { ty: fits.then(|| base.ty.element().cloned()).flatten()?, defined: false })
    }

    fn input<'s>(self, steps: &'s [Step<'a>]) -> Option<(Outcome, &'s [Step<'a>])> {
        let (before, steps) = match steps.split_first()? {
            (first, rest) if first.name == Some("before") => (true, rest),
            _ => (false, steps),
        };
        let (first, rest) = steps.split_first()?;
        let fact = facts::find(first.name?)?;
        let (ty, key, rest) = match (fact.def().ty, rest.split_first()) {
            (FactType::Boolean, _) => (Type::Bool, None, rest),
            (FactType::Integer, _) => (Type::Integer, None, rest),
            (FactType::String, _) => (Type::Text, None, rest),
            (FactType::Strings, _) => (Type::list(Type::Text), None, rest),
            (FactType::Map, Some((Step { name: Some(key), .. }, rest))) => (Type::Text, Some(Arc::from(*key)), rest),
            (FactType::Map, _) => (Type::Map(Box::new(Type::Text)), None, rest),
        };
        let path = FactPath { before, fact, key };
        Some((Outcome { ty, defined: !self.subject.optional.contains(&path) }, rest))
    }

    fn data<'s>(self, steps: &'s [Step<'a>]) -> Option<(Outcome, &'s [Step<'a>])> {
        let names: Vec<Option<&str>> = steps.iter().map(|step| step.name).collect();
        let (ty, used) = match names.as_slice() {
            [Some("parameters"), Some(name), ..] => {
                let ty = match self.subject.parameters.get(*name)?.ty {
                    ParameterType::Boolean => Type::Bool,
                    ParameterType::Integer => Type::Integer,
                    ParameterType::String => Type::Text,
                    ParameterType::Strings => Type::list(Type::Text),
                };
                (ty, 2)
            }
            [Some("baseline"), Some("tier" | "name"), ..] => (Type::Text, 2),
            [Some("now"), ..] => (Type::Text, 1),
            _ => return None,
        };
        Some((Outcome::always(ty), steps.get(used..)?))
    }

    fn call(self, fcn: &'a Expr, params: &'a [Expr], locals: &Locals) -> Option<Outcome> {
        let path = fcn.constant_path()?;
        let (library, function) = match path.as_slice() {
            [name] => (None, *name),
            [alias, name] => (self.library(alias), *name),
            _ => (None, ""),
        };
        if library.is_some() || self.defines(function) {
            let arguments: Option<Vec<Type>> = params.iter().map(|param| self.defined(param, locals)).collect();
            return self.named(library, function, Some(&arguments?));
        }
        if let (["sprintf"], [format, Expr::Array { items, .. }]) = (path.as_slice(), params) {
            return self.sprintf(format, items, locals);
        }
        let arguments: Option<Vec<Outcome>> = params.iter().map(|param| self.expr(param, locals)).collect();
        let arguments = arguments?;
        let types: Vec<&Type> = arguments.iter().map(|argument| &argument.ty).collect();
        let ty = builtins::result(&path.join("."), params, &types)?;
        Some(Outcome { ty, defined: arguments.iter().all(|argument| argument.defined) })
    }

    /// Whether the file says what a name means.
    fn defines(self, name: &str) -> bool {
        self.code.module.rules.iter().any(|rule| rule.name() == name)
    }

    fn sprintf(self, format: &'a Expr, items: &'a [Expr], locals: &Locals) -> Option<Outcome> {
        let items: Option<Vec<Outcome>> = items.iter().map(|item| self.expr(item, locals)).collect();
        let (types, defined): (Vec<Type>, Vec<bool>) = items?.into_iter().map(|item| (item.ty, item.defined)).unzip();
        let defined = defined.into_iter().all(|item| item);
        builtins::prints(format.as_literal()?, &types).then_some(Outcome { ty: Type::Text, defined })
    }

    /// The library that an import gives this name.
    fn library(self, alias: &str) -> Option<&'a str> {
        self.code.module.imports.iter().find_map(|import| match import.refr.constant_path()?.as_slice() {
            ["data", "dbkeel", "lib", name] => {
                let given = import.r#as.map_or(*name, |span| self.code.places.text(span));
                (given == alias).then(|| self.subject.libraries.keys().find(|library| *library == name).copied())?
            }
            _ => None,
        })
    }

    /// What the definitions of a name give together; with arguments, those of a function.
    fn named(self, library: Option<&str>, name: &str, arguments: Option<&[Type]>) -> Option<Outcome> {
        let code = match library {
            Some(library) => *self.subject.libraries.get(library)?,
            None => self.code,
        };
        let prover = Prover { code, depth: self.depth + 1, ..self };
        let definitions: Vec<&Definition> = code.module.rules.iter().filter(|rule| rule.name() == name).collect();
        let is_function = |rule: &&Definition| matches!(rule, Definition::Spec { head: Head::Func { .. }, .. });
        if prover.depth > MAX_DEPTH
            || definitions.is_empty()
            || definitions.iter().any(|rule| is_function(rule) != arguments.is_some())
        {
            return None;
        }
        let mut together: Option<Outcome> = None;
        for definition in &definitions {
            let outcome = prover.definition(definition, arguments.unwrap_or(&[]))?;
            let defined = outcome.defined || together.as_ref().is_some_and(|earlier| earlier.defined);
            together = Some(Outcome { ty: join(together.map(|earlier| earlier.ty), outcome.ty), defined });
        }
        let Outcome { ty, defined } = together?;
        let is_set = |rule: &&Definition| matches!(rule, Definition::Spec { head: Head::Set { .. }, .. });
        if definitions.iter().all(is_set) {
            return Some(Outcome::always(Type::Set(Box::new(ty))));
        }
        apart::agree(&definitions, code.places).then_some(Outcome { ty, defined })
    }
}

fn join(earlier: Option<Type>, ty: Type) -> Type {
    match earlier {
        Some(earlier) => earlier.or(ty),
        None => ty,
    }
}

impl Head {
    /// Whether it takes every argument, rather than one literal value.
    fn takes_anything(&self) -> bool {
        match self {
            Self::Func { args, .. } => args.iter().all(|arg| matches!(arg, Expr::Var { .. })),
            Self::Compr { .. } | Self::Set { .. } => true,
        }
    }
}

#[cfg(test)]
mod tests;
