//! Compiled rules, and their evaluation.
//!
//! A rule is compiled once, to the bytecode of regorus' VM. The VM stops a runaway rule after a fixed number of steps, the
//! same on every machine. But the VM (0.14.1) takes an error inside a rule body for a body that does not hold
//! (`execute_rule_definitions_common` keeps only exceeded limits), so that a violation would be lost without a word, and it
//! goes on with a variable that was set to what has no value. The interpreter reports errors, and gives up such a body.
//! [`Trust`] says whose word counts; the interpreter is asked once for each distinct combination of facts, not for each
//! resource.

use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::Program;
use regorus::rvm::vm::{RegoVM, VmError};
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value as Rego};
use serde::Deserialize;

use super::files::PolicyFile;
use super::stored;
use super::text::RegoError;
use super::value::Data;

/// The steps that a rule may take for one resource. The rules in the binary take some hundred.
pub(super) const MAX_STEPS: usize = 1_000_000;

/// A backstop for one built-in that runs for long in a single step; the number of steps is the real limit.
const TIME_LIMIT: Duration = Duration::from_secs(2);

/// Whose word counts for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(rename_all = "snake_case")]
pub(super) enum Trust {
    /// The VM's: neither an error nor a missing value is conceivable.
    Vm,
    /// The interpreter's: no error is conceivable, but what has no value, with which the VM goes on.
    Interpreter,
    /// What both agree on: an error is conceivable.
    Agreement,
}

/// What a rule says of one resource.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// The messages of `not_applicable`; sorted.
    pub not_applicable: Vec<Arc<str>>,
    /// The messages of `violations`; sorted. Empty when the rule is not applicable.
    pub violations: Vec<Arc<str>>,
}

/// A rule that is ready to be evaluated, or becomes so when it is first asked.
pub(super) struct Compiled {
    /// Its file and the libraries that it uses.
    pub(super) files: Vec<PolicyFile>,
    violations: String,
    not_applicable: Option<String>,
    /// Whose word counts.
    pub(super) trust: Trust,
    /// The program as [`Compiled::stored`] wrote it.
    stored: Option<String>,
    program: OnceLock<Result<Arc<Program>, String>>,
    engine: OnceLock<Result<Engine, String>>,
}

impl Compiled {
    /// Compiles the rule of a package in an engine that holds its files.
    pub(super) fn new(
        mut engine: Engine,
        files: Vec<PolicyFile>,
        package: &str,
        has_not_applicable: bool,
        trust: Trust,
    ) -> Result<Self, String> {
        engine.set_execution_timer_config(timer());
        let rule = Self::unread(files, package, has_not_applicable, trust);
        let program = rule.compile(&mut engine)?;
        Ok(Self { program: OnceLock::from(Ok(program)), engine: OnceLock::from(Ok(engine)), ..rule })
    }

    /// A rule that was compiled before, with its program as [`Compiled::stored`] wrote it. Its files were sound then.
    pub(super) fn read(
        files: Vec<PolicyFile>,
        package: &str,
        has_not_applicable: bool,
        trust: Trust,
        stored: String,
    ) -> Self {
        Self { stored: Some(stored), ..Self::unread(files, package, has_not_applicable, trust) }
    }

    fn unread(files: Vec<PolicyFile>, package: &str, has_not_applicable: bool, trust: Trust) -> Self {
        Self {
            files,
            violations: format!("data.{package}.violations"),
            not_applicable: has_not_applicable.then(|| format!("data.{package}.not_applicable")),
            trust,
            stored: None,
            program: OnceLock::new(),
            engine: OnceLock::new(),
        }
    }

    fn compile(&self, engine: &mut Engine) -> Result<Arc<Program>, String> {
        let policy =
            engine.compile_with_entrypoint(&self.violations.as_str().into()).map_err(|error| error.to_string())?;
        let entry_points: Vec<&str> =
            [self.violations.as_str()].into_iter().chain(self.not_applicable.as_deref()).collect();
        Compiler::compile_from_policy(&policy, &entry_points).map_err(|error| error.to_string())
    }

    /// The bytecode. A stored program that this version of regorus does not read is made anew.
    fn program(&self) -> Result<Arc<Program>, String> {
        let made = || match self.stored.as_deref().and_then(stored::read) {
            Some(program) => Ok(Arc::new(program)),
            None => self.compile(&mut self.engine()?.clone()),
        };
        self.program.get_or_init(made).clone()
    }

    /// An interpreter that holds the files.
    fn engine(&self) -> Result<&Engine, String> {
        let made = || {
            let mut engine = Engine::new();
            engine.set_strict_builtin_errors(true);
            engine.set_execution_timer_config(timer());
            for file in &self.files {
                engine
                    .add_policy(file.path.to_string(), file.text.to_string())
                    .map_err(|error| rego_error(&error.to_string()))?;
            }
            Ok(engine)
        };
        self.engine.get_or_init(made).as_ref().map_err(String::clone)
    }

    /// The bytecode as text, for [`Compiled::read`].
    #[cfg(test)]
    pub(super) fn stored(&self) -> String {
        stored::write(&self.program().unwrap())
    }
}

pub(super) fn timer() -> ExecutionTimerConfig {
    let check_interval = NonZeroU32::new(1_000).unwrap_or(NonZeroU32::MIN);
    ExecutionTimerConfig { limit: TIME_LIMIT, check_interval }
}

/// What a rule is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Whether it applies, and if so, what is violated.
    Everything,
    /// Only whether it applies.
    Applicability,
    /// Only what is violated, of a resource to which it applies.
    Violations,
}

fn agreed(quick: Judgement, careful: Judgement) -> Result<Judgement, String> {
    if quick == careful { Ok(careful) } else { Err("compares or combines values of different types".to_owned()) }
}

/// Evaluates one rule, for one thread.
pub(super) struct Evaluator<'a> {
    compiled: &'a Compiled,
    data: &'a [Data],
    vm: Option<RegoVM>,
    vm_tier: Option<usize>,
    interpreters: Vec<Option<Engine>>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(compiled: &'a Compiled, data: &'a [Data]) -> Self {
        Self { compiled, data, vm: None, vm_tier: None, interpreters: vec![None; data.len()] }
    }

    /// What the rule says, or why there is no judgement.
    pub(super) fn judge(&mut self, tier: usize, input: &Rego) -> Result<Judgement, String> {
        self.ask(tier, input, Question::Everything)
    }

    /// Why the rule has no meaning for such a resource; only what `not_applicable` reads needs to be in the input.
    pub(super) fn applicability(&mut self, tier: usize, input: &Rego) -> Result<Vec<Arc<str>>, String> {
        self.ask(tier, input, Question::Applicability).map(|judgement| judgement.not_applicable)
    }

    /// What is violated, given that the rule applies.
    pub(super) fn violations(&mut self, tier: usize, input: &Rego) -> Result<Vec<Arc<str>>, String> {
        self.ask(tier, input, Question::Violations).map(|judgement| judgement.violations)
    }

    fn ask(&mut self, tier: usize, input: &Rego, question: Question) -> Result<Judgement, String> {
        // The VM stops a runaway rule, whoever is trusted.
        let quick = self.by_vm(tier, input, question)?;
        match self.compiled.trust {
            Trust::Vm => Ok(quick),
            Trust::Interpreter => self.by_interpreter(tier, input, question),
            Trust::Agreement => agreed(quick, self.by_interpreter(tier, input, question)?),
        }
    }

    /// What the VM alone says.
    pub(super) fn by_vm(&mut self, tier: usize, input: &Rego, question: Question) -> Result<Judgement, String> {
        let vm = match &mut self.vm {
            Some(vm) => vm,
            unready => unready.insert(vm(self.compiled.program()?)),
        };
        if self.vm_tier != Some(tier) {
            let data = self.data.get(tier).ok_or("the tier does not exist")?;
            vm.set_data(data.0.clone()).map_err(|error| vm_error(&error))?;
            self.vm_tier = Some(tier);
        }
        vm.set_input(input.clone());
        judgement(self.compiled, question, |entry_point, _| {
            vm.execute_entry_point_by_index(entry_point).map_err(|error| vm_error(&error))
        })
    }

    /// What the interpreter alone says.
    pub(super) fn by_interpreter(
        &mut self,
        tier: usize,
        input: &Rego,
        question: Question,
    ) -> Result<Judgement, String> {
        let slot = self.interpreters.get_mut(tier).ok_or("the tier does not exist")?;
        let engine = match slot {
            Some(engine) => engine,
            None => {
                let mut engine = self.compiled.engine()?.clone();
                let data = self.data.get(tier).ok_or("the tier does not exist")?;
                engine.add_data(data.0.clone()).map_err(|error| rego_error(&error.to_string()))?;
                slot.insert(engine)
            }
        };
        engine.set_input(input.clone());
        judgement(self.compiled, question, |_, rule| {
            engine.eval_rule(rule.to_owned()).map_err(|error| rego_error(&error.to_string()))
        })
    }
}

fn vm(program: Arc<Program>) -> RegoVM {
    let mut vm = RegoVM::new();
    vm.set_max_instructions(MAX_STEPS);
    vm.set_strict_builtin_errors(true);
    vm.set_execution_timer_config(Some(timer()));
    vm.load_program(program);
    vm
}

fn vm_error(error: &VmError) -> String {
    match error {
        VmError::InstructionLimitExceeded { limit, .. } => format!("takes more than {limit} steps"),
        VmError::TimeLimitExceeded { limit, .. } => format!("takes longer than {} s", limit.as_secs()),
        other => rego_error(&other.to_string()),
    }
}

/// An error's text in one line, with the line of the rule but without its path: the rule's id says which file it is.
pub(super) fn rego_error(text: &str) -> String {
    let error = RegoError::parse(text);
    match error.place {
        Some((_, line, _)) => format!("{} (line {line})", error.message),
        None => error.message,
    }
}

/// Asks whether the rule applies, and only then what is violated: what `violations` would say of the rest, an error included, has
/// no meaning.
fn judgement(
    compiled: &Compiled,
    question: Question,
    mut evaluate: impl FnMut(usize, &str) -> Result<Rego, String>,
) -> Result<Judgement, String> {
    let not_applicable = match &compiled.not_applicable {
        Some(rule) if question != Question::Violations => messages(&evaluate(1, rule)?, "not_applicable")?,
        _ => Vec::new(),
    };
    if !not_applicable.is_empty() || question == Question::Applicability {
        return Ok(Judgement { not_applicable, violations: Vec::new() });
    }
    let violations = messages(&evaluate(0, &compiled.violations)?, "violations")?;
    Ok(Judgement { not_applicable, violations })
}

fn messages(set: &Rego, name: &str) -> Result<Vec<Arc<str>>, String> {
    let set = match set {
        Rego::Undefined => return Ok(Vec::new()),
        Rego::Set(set) => set,
        other => return Err(format!("`{name}` is not a set: {other}")),
    };
    let texts = set.iter().map(|message| match message {
        Rego::String(text) => Ok(text.clone()),
        other => Err(format!("`{name}` holds `{other}`, which is not text")),
    });
    texts.collect()
}
