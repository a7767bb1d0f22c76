//! Input variables: what they are given, by their caller or from outside, as the type that they declare.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;

use super::convert::convert;
use super::expression::{Evaluator, Outcome};
use super::fault::Fault;
use super::inputs::VariableFile;
use super::instance::Caller;
use super::names::{ModuleScope, is_true};
use super::problem::Problem;
use super::program::Program;
use super::run::Run;
use super::scope::{Resolved, Scope, Step};
use super::types::Type;
use super::unsettled::{has_mark, mark};
use super::value::{MapKind, SequenceKind, Unsettled, Val};
use crate::source::terraform::hcl::Block;

/// What a variable of the root module is given.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// A value, of a file.
    Value(Val),
    /// Text, of the environment or the command line: how it is read depends on the variable's type.
    Text(String),
}

/// What the root module's variables are given, and which file may give any of them a value that nobody knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct AllGiven {
    by_name: BTreeMap<Arc<str>, Given>,
    unread: Option<Arc<str>>,
}

impl Program<'_> {
    /// Reads what the root module's variables are given, the last of several.
    pub(super) fn read_inputs(&mut self) {
        let mut all = AllGiven::default();
        for (name, text) in &self.inputs.environment {
            if let Some(name) = name.strip_prefix("TF_VAR_") {
                all.by_name.insert(name.into(), Given::Text(text.clone()));
            }
        }
        for file in &self.inputs.var_files {
            match self.values(file) {
                Ok(values) => {
                    all.by_name.extend(values.into_iter().map(|(name, value)| (name, Given::Value(value))));
                }
                Err(reason) => {
                    let message = format!("the variables of `{}` cannot be read: {reason}", file.name);
                    let help = "it may set any variable: those that nothing later sets are unknown";
                    self.report(Problem::error(None, message).help(help));
                    // It may have set what came before it, and what has a default.
                    all = AllGiven { by_name: BTreeMap::new(), unread: Some(Arc::clone(&file.name)) };
                }
            }
        }
        for (name, text) in &self.inputs.vars {
            all.by_name.insert(name.as_str().into(), Given::Text(text.clone()));
        }
        self.given = all;
    }

    fn values(&self, file: &VariableFile) -> Result<BTreeMap<Arc<str>, Val>, String> {
        let text = file.text.as_ref().map_err(ToString::to_string)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if file.name.ends_with(".json") { json_values(text) } else { self.native_values(text) }
    }

    fn native_values(&self, text: &str) -> Result<BTreeMap<Arc<str>, Val>, String> {
        // The parser's own message shows the line, which may hold a secret.
        let body: Body = text.parse().map_err(|error: hcl_edit::parser::Error| {
            format!("line {}: {}", error.location().line(), error.message())
        })?;
        let mut run = Run::new(&self.total);
        let each = body.attributes().map(|attribute| {
            let value = Evaluator::new(&Constants).value(&mut run, &attribute.value);
            let name = attribute.key.as_str();
            Ok((Arc::from(name), value.map_err(|fault| format!("`{name}`: {}", fault.message))?))
        });
        each.collect()
    }
}

fn json_values(text: &str) -> Result<BTreeMap<Arc<str>, Val>, String> {
    let values: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text)
        .map_err(|error| format!("line {}: this is not a JSON object of values", error.line()))?;
    values.into_iter().map(|(name, value)| Ok((Arc::from(name), json_value(value)?))).collect()
}

fn json_value(value: serde_json::Value) -> Result<Val, String> {
    use serde_json::Value as Json;
    Ok(match value {
        Json::Null => Val::Null,
        Json::Bool(value) => Val::Bool(value),
        Json::Number(number) => {
            Val::Number(number.to_string().parse().map_err(|_| "a number is too large".to_owned())?)
        }
        Json::String(text) => Val::String(text.into()),
        Json::Array(items) => {
            let items = items.into_iter().map(json_value).collect::<Result<_, _>>()?;
            Val::Sequence(SequenceKind::Tuple, Arc::new(items))
        }
        Json::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| Ok((Arc::from(name), json_value(value)?)));
            Val::Mapping(MapKind::Object, Arc::new(fields.collect::<Result<_, String>>()?))
        }
    })
}

/// Where only constants may stand: neither names nor functions.
struct Constants;

impl Scope for Constants {
    fn resolve(&self, _: &mut Run<'_>, name: &str, _: &[Step<'_>]) -> Result<Resolved, Fault> {
        Err(Fault::new(format!("`{name}` cannot be used here: the value must be a constant")))
    }

    fn call(&self, name: &str, _: &[Val]) -> Option<Result<Val, String>> {
        Some(Err(format!("`{name}` cannot be called here: the value must be a constant")))
    }

    fn template(&self, _: &str) -> Option<String> {
        None
    }
}

impl<'c> ModuleScope<'_, 'c> {
    pub(super) fn variable(&self, run: &mut Run<'_>, name: &str, whole: bool) -> Outcome {
        let (Some(slot), Some(block)) = (self.instance.variables.get(name), self.instance.module.variables.get(name))
        else {
            return Err(Fault::new(format!("there is no variable `{name}` in this module")));
        };
        let argument = |caller: &Caller<'c>| caller.block.body.attribute(name).map(|argument| argument.value);
        let label = || {
            let item = self.item(&format!("var.{name}"));
            let address = Arc::clone(&item.name);
            (item, address, self.instance.caller.as_ref().and_then(argument).unwrap_or(block.header))
        };
        let kept = self.program.keep(run, slot, label, |run| {
            let given = match &self.instance.caller {
                Some(caller) => self.argument(run, caller, name)?,
                None => self.given(run, block, name)?,
            };
            self.declared(run, block, name, given)
        })?;
        Ok(kept.read(run, whole))
    }

    /// What the `module` block sets.
    fn argument(&self, run: &mut Run<'_>, caller: &Caller<'c>, name: &str) -> Result<Option<Val>, Fault> {
        let (Some(argument), Some(instance)) = (caller.block.body.attribute(name), caller.instance.upgrade()) else {
            return Ok(None);
        };
        let scope = ModuleScope { program: self.program, instance: &instance, repetition: &caller.repetition };
        scope.evaluate(run, argument).map(Some)
    }

    /// What the root module is given.
    fn given(&self, run: &mut Run<'_>, block: &Block, name: &str) -> Result<Option<Val>, Fault> {
        let all = &self.program.given;
        match all.by_name.get(name) {
            None => Ok(all.unread.as_ref().map(|file| Unsettled::on_other(Arc::clone(file)).into_val())),
            Some(Given::Value(value)) => Ok(Some(value.clone())),
            Some(Given::Text(text)) if is_plain(block) => Ok(Some(Val::String(text.as_str().into()))),
            Some(Given::Text(text)) => {
                let fault = |_| Fault::new(format!("the value that `{name}` is given from outside is no expression"));
                let expression: Expression = text.trim().parse().map_err(fault)?;
                let value = Evaluator::new(&Constants).value(run, &expression);
                value.map(Some).map_err(|fault| Fault { span: None, ..fault })
            }
        }
    }

    /// A value as the variable declares it.
    fn declared(&self, run: &mut Run<'_>, block: &Block, name: &str, given: Option<Val>) -> Outcome {
        let ty = self.declared_type(run, block)?;
        let nullable =
            block.body.attribute("nullable").and_then(|attribute| attribute.expression.as_bool()) != Some(false);
        let given = given.filter(|value| nullable || *value != Val::Null);
        let value = match given {
            Some(value) => value,
            None => match block.body.attribute("default") {
                Some(default) => Evaluator::new(&Constants)
                    .value(run, &default.expression)
                    .map_err(|fault| Fault::new(format!("the default of `{name}`: {}", fault.message)))?,
                None => self.without_value(block, name),
            },
        };
        run.charge(super::unsettled::weight(&value, run.left()))?;
        let sensitive = is_true(block, "sensitive") || is_true(block, "ephemeral");
        // What does not fit is told with the keys that lead to it.
        let is_secret = sensitive || has_mark(&value);
        let value = convert(value, &ty).map_err(|error| match is_secret {
            true => Fault::new(format!("the value of `{name}`, which is sensitive, does not fit its type")),
            false => Fault::new(format!("the value of `{name}`: {error}")),
        })?;
        Ok(mark(value, sensitive))
    }

    fn declared_type(&self, run: &mut Run<'_>, block: &Block) -> Result<Type, Fault> {
        let Some(ty) = block.body.attribute("type") else { return Ok(Type::Any) };
        let mut constant =
            |expression: &Expression| Evaluator::new(&Constants).value(run, expression).map_err(|fault| fault.message);
        Type::parse(&ty.expression, &mut constant).or_else(|message| {
            // The value may be right all the same.
            self.program.report(Problem::error(Some(ty.value), message));
            Ok(Type::Any)
        })
    }

    fn without_value(&self, block: &Block, name: &str) -> Val {
        match &self.instance.caller {
            None => self.program.without_value(name, block.header),
            Some(caller) => {
                let message = format!("`{name}`, which the module requires, is not set");
                self.program.report(Problem::error(Some(caller.block.header), message));
            }
        }
        Unsettled::on_other(self.instance.address(&format!("var.{name}"))).into_val()
    }
}

/// Whether text for a variable is taken as it is: Terraform reads it as an expression for a variable of a compound type.
fn is_plain(block: &Block) -> bool {
    match block.body.attribute("type").map(|ty| ty.expression.as_ref()) {
        None => true,
        Some(Expression::Variable(name)) => matches!(name.as_str(), "string" | "number" | "bool"),
        Some(Expression::String(name)) => matches!(name.as_str(), "string" | "number" | "bool"),
        Some(_) => false,
    }
}
