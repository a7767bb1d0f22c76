//! Calls of functions, and those that look at their arguments before these are evaluated.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::{Expression, FuncCall};
use hcl_edit::template::Template;

use super::convert::{closed, to_text};
use super::expression::{Evaluator, Outcome};
use super::fault::{Fault, FaultKind};
use super::run::Run;
use super::scope::{Resolved, Scope, Step};
use super::unsettled::{has_mark, mark, unmark, unsettled_in, unsettled_in_all};
use super::value::{MapKind, Unsettled, Val};

/// Functions that pass elements on as they are, and so resources as a whole.
const STRUCTURAL: &[&str] = &[
    "coalescelist",
    "concat",
    "element",
    "flatten",
    "keys",
    "length",
    "lookup",
    "merge",
    "one",
    "reverse",
    "slice",
    "tolist",
    "tomap",
    "values",
    "zipmap",
];

/// Functions whose result may be null, or one of several arguments: what it rests on when it is unknown is no certain part of it.
const CHOOSING: &[&str] = &[
    "coalesce",
    "coalescelist",
    "element",
    "index",
    "jsondecode",
    "lookup",
    "matchkeys",
    "one",
    "contains",
    "yamldecode",
];

impl Evaluator<'_> {
    pub(super) fn call(&self, run: &mut Run<'_>, call: &FuncCall) -> Outcome {
        let name = call.name.name.as_str();
        match namespace(call).as_deref() {
            None | Some("core") => {}
            Some(namespace) => return Ok(Unsettled::on_other(format!("{namespace}::{name}()")).into_val()),
        }
        match name {
            "try" => self.first_that_works(run, call),
            "can" => self.works(run, call),
            "templatefile" => self.template_file(run, call),
            "templatestring" => self.template_string(run, call),
            _ => self.function(run, call, name),
        }
    }

    fn function(&self, run: &mut Run<'_>, call: &FuncCall, name: &str) -> Outcome {
        let arguments = match self.arguments(run, call)? {
            Ok(arguments) => arguments,
            Err(unsettled) => return Ok(unsettled.into_val()),
        };
        let structural = STRUCTURAL.contains(&name);
        let close = |argument: Val| match &argument {
            Val::Mapping(MapKind::Resource, _) => closed(argument),
            _ if structural => argument,
            _ => closed(argument),
        };
        let arguments: Vec<Val> = arguments.into_iter().map(close).collect();
        for argument in &arguments {
            run.built(argument.clone())?;
        }
        let result =
            self.scope.call(name, &arguments).ok_or_else(|| Fault::new(format!("there is no function `{name}`")))?;
        let result = result.map_err(|message| Fault::new(format!("{name}: {message}")))?;
        let result = run.built(result)?;
        Ok(if CHOOSING.contains(&name) { undecided(result, &arguments) } else { result })
    }

    /// The arguments, the last one expanded if `...` stands behind it.
    fn arguments(&self, run: &mut Run<'_>, call: &FuncCall) -> Result<Result<Vec<Val>, Unsettled>, Fault> {
        let mut arguments =
            call.args.iter().map(|argument| self.value(run, argument)).collect::<Result<Vec<_>, _>>()?;
        if !call.args.expand_final() {
            return Ok(Ok(arguments));
        }
        let (last, sensitive) = unmark(arguments.pop().unwrap_or(Val::Null));
        match last {
            Val::Sequence(_, items) => {
                arguments.extend(items.iter().map(|item| mark(item.clone(), sensitive)));
                Ok(Ok(arguments))
            }
            Val::Unknown(unsettled) => {
                let mut all = unsettled_in_all(&arguments).unwrap_or_default();
                all.join(&unsettled);
                Ok(Err(all.undecided()))
            }
            _ => Err(Fault::new("only a list, set or tuple can be expanded by `...`")),
        }
    }

    fn first_that_works(&self, run: &mut Run<'_>, call: &FuncCall) -> Outcome {
        for argument in call.args.iter() {
            let read = run.read.clone();
            match self.attempt(run, argument)? {
                Ok((value, None)) => return Ok(value),
                // It may come to this value, or to that of another argument.
                Ok((value, Some(mut unsettled))) => {
                    unsettled.join(&unsettled_in(&value).unwrap_or_default());
                    return Ok(mark(unsettled.undecided().into_val(), has_mark(&value)));
                }
                Err(_) => run.read = read,
            }
        }
        Err(Fault::new("try: no argument has a value"))
    }

    fn works(&self, run: &mut Run<'_>, call: &FuncCall) -> Outcome {
        Ok(match self.attempt(run, only(call, "can")?)? {
            Ok((_, None)) => Val::Bool(true),
            Ok((_, Some(unsettled))) => unsettled.undecided().into_val(),
            Err(_) => Val::Bool(false),
        })
    }

    /// The value of an argument, and what makes it doubtful whether it will have one; the inner error is the argument's.
    fn attempt(&self, run: &mut Run<'_>, argument: &Expression) -> Result<Result<Attempt, Fault>, Fault> {
        let (outcome, watched) = run.watched(|run| self.value(run, argument));
        match outcome {
            Err(fault) if fault.kind == FaultKind::Limit => Err(fault),
            Err(fault) => Ok(Err(fault)),
            // An attribute that a resource will have is there; what is calculated with it may fail.
            Ok(value) if is_reference(argument) && !watched.doubtful => Ok(Ok((value, None))),
            Ok(value) => Ok(Ok((value, watched.touched))),
        }
    }

    fn template_file(&self, run: &mut Run<'_>, call: &FuncCall) -> Outcome {
        let (path, variables) = two(call, "templatefile")?;
        let (path, sensitive) = self.text(run, path)?;
        let path = match path {
            Ok(path) => path,
            Err(unsettled) => return Ok(mark(unsettled.undecided().into_val(), sensitive)),
        };
        let variables = self.value(run, variables)?;
        match self.scope.template(&path) {
            Some(text) => Ok(mark(self.render(run, &text, variables)?, sensitive)),
            None => Ok(mark(Unsettled::on_other("templatefile()").into_val(), sensitive)),
        }
    }

    fn template_string(&self, run: &mut Run<'_>, call: &FuncCall) -> Outcome {
        let (template, variables) = two(call, "templatestring")?;
        let (template, sensitive) = unmark(self.value(run, template)?);
        let variables = self.value(run, variables)?;
        match unsettled_in(&template) {
            Some(unsettled) => Ok(mark(unsettled.into_val(), sensitive)),
            None => Ok(mark(self.render(run, &to_text(&template)?, variables)?, sensitive)),
        }
    }

    fn render(&self, run: &mut Run<'_>, text: &str, variables: Val) -> Outcome {
        let (variables, sensitive) = unmark(variables);
        let variables = match variables {
            Val::Mapping(MapKind::Map | MapKind::Object, variables) => variables,
            Val::Unknown(_) | Val::Mapping(MapKind::Resource, _) => {
                return Ok(unsettled_in(&variables).unwrap_or_default().undecided().into_val());
            }
            _ => return Err(Fault::new("the variables of a template must be a map or an object")),
        };
        let template: Template = text.parse().map_err(|_| Fault::new("the template cannot be parsed"))?;
        let scope = TemplateScope { variables: &variables, outer: self.scope };
        let value = run.nested(|run| Evaluator::new(&scope).file(run, &template));
        // What is wrong in the template has no place in the configuration.
        Ok(mark(value.map_err(|fault| Fault { span: None, ..fault })?, sensitive))
    }
}

/// A value, and what makes it doubtful whether there will be one.
type Attempt = (Val, Option<Unsettled>);

fn is_reference(expression: &Expression) -> bool {
    match expression {
        Expression::Variable(_) => true,
        Expression::Traversal(traversal) => matches!(traversal.expr, Expression::Variable(_)),
        _ => false,
    }
}

/// An unknown choice: it may be any argument, or none.
fn undecided(result: Val, arguments: &[Val]) -> Val {
    let is_argument = |value: &Val| {
        arguments.iter().any(|argument| match argument {
            Val::Sequence(_, items) => items.contains(value),
            Val::Mapping(_, fields) => fields.values().any(|field| field == value),
            argument => argument == value,
        })
    };
    match result {
        Val::Unknown(unsettled) if !is_argument(&Val::Unknown(Arc::clone(&unsettled))) => {
            Arc::unwrap_or_clone(unsettled).undecided().into_val()
        }
        result => result,
    }
}

fn namespace(call: &FuncCall) -> Option<String> {
    let names: Vec<&str> = call.name.namespace.iter().map(|name| name.as_str()).collect();
    (!names.is_empty()).then(|| names.join("::"))
}

fn only<'c>(call: &'c FuncCall, name: &str) -> Result<&'c Expression, Fault> {
    match (call.args.get(0), call.args.len()) {
        (Some(argument), 1) => Ok(argument),
        _ => Err(Fault::new(format!("{name} takes one argument"))),
    }
}

fn two<'c>(call: &'c FuncCall, name: &str) -> Result<(&'c Expression, &'c Expression), Fault> {
    match (call.args.get(0), call.args.get(1), call.args.len()) {
        (Some(one), Some(other), 2) => Ok((one, other)),
        _ => Err(Fault::new(format!("{name} takes two arguments"))),
    }
}

/// The names of a template: only the variables that it is given.
struct TemplateScope<'a> {
    variables: &'a BTreeMap<Arc<str>, Val>,
    outer: &'a dyn Scope,
}

impl Scope for TemplateScope<'_> {
    fn resolve(&self, _: &mut Run<'_>, name: &str, _: &[Step<'_>]) -> Result<Resolved, Fault> {
        match self.variables.get(name) {
            Some(value) => Ok(Resolved::of(value.clone(), 0)),
            None => Err(Fault::new(format!("the template is given no variable `{name}`"))),
        }
    }

    fn call(&self, name: &str, arguments: &[Val]) -> Option<Result<Val, String>> {
        self.outer.call(name, arguments)
    }

    fn template(&self, path: &str) -> Option<String> {
        self.outer.template(path)
    }
}
