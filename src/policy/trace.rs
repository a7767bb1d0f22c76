//! What a rule did with the facts of one resource: which of its statements were reached, which held, and with what values.
//!
//! regorus tells which lines it evaluated, and no more. So every definition of the rule is asked again in parts: of a body with
//! three statements, its first, its first two, and all three are rules of their own, appended to a copy of the file. A part
//! that holds says with which values of its variables; the first that does not is where the body stopped. What the file reads
//! (`input.x`, `data.parameters.y`, a helper of its own) is asked for in the same way.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use regorus::{Engine, Value as Rego};
use serde::Serialize;
use serde_json::Value as Json;

use super::Policy;
use super::compiled::rego_error;
use super::draft::package_name;
use super::files::PolicyFile;
use super::syntax::{self, AssignOp, Body, Expr, Head, Literal, Parsed, Rule as Definition, Statement};
use super::text::RegoError;
use super::value::{self, Data};
use crate::model::{FactPath, Value};

/// The prefix of the names of what is appended; no rule of a person begins with it.
const OURS: &str = "dbkeel_trace_";

/// What a rule did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// What was asked: everything, or only whether the rule applies.
    pub asked: Reached,
    /// The definitions of the rule's file that were asked, in its order; functions are not among them.
    pub definitions: Vec<Traced>,
    /// The lines that were evaluated, of the rule's file and of its libraries.
    pub lines: Vec<FileLines>,
    /// The input that the rule saw.
    pub input: Json,
}

/// How far a rule was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// Whether it applies, and what is violated.
    #[default]
    Everything,
    /// Only whether it applies: it does not, or a fact that `violations` needs is not known.
    Applicability,
}

/// One definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Traced {
    /// What it defines: `violations`.
    pub name: String,
    /// Its first line, from 1.
    pub line: u32,
    /// That line.
    pub head: String,
    /// What all definitions of the name give together; `None` when that is undefined.
    pub value: Option<Json>,
    /// The statements of its bodies, in order; none for a plain value.
    pub steps: Vec<Step>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its line, from 1.
    pub line: u32,
    /// Its text, without line breaks.
    pub text: String,
    /// What became of it.
    pub held: Held,
    /// Why it raised an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What it reads, with the values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<Seen>,
    /// The variables that it gives values to, with all values for which the body holds so far.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub binds: Vec<Seen>,
}

/// What became of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It holds, at least once.
    Holds,
    /// It does not hold, so the body ends here.
    DoesNotHold,
    /// An earlier one did not hold.
    NotReached,
    /// It raised an error.
    Error,
}

/// A name in the rule, and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The name as the rule writes it: `input.multi_az`.
    pub name: String,
    /// Its values: none when it is undefined, several for a variable that goes over a collection.
    pub values: Vec<Json>,
}

/// The lines of one file that were evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileLines {
    /// The file.
    pub path: Arc<str>,
    /// The lines, from 1.
    pub lines: Vec<u32>,
}

/// Asks a rule again, in parts.
pub(super) fn trace<'f>(
    policy: &Policy,
    asked: Reached,
    data: &Data,
    facts: impl IntoIterator<Item = (&'f FactPath, Option<&'f Value>)>,
) -> Result<Trace, String> {
    let [file, libraries @ ..] = policy.compiled.files.as_slice() else { return Err("the rule has no file".into()) };
    let parsed = syntax::parse(file).map_err(|problem| problem.title)?;
    let script = Script::of(file, &parsed);
    let input = value::input(facts);
    let mut engine = engine(&PolicyFile { text: script.text.as_str().into(), ..file.clone() }, libraries)?;
    engine.add_data(data.0.clone()).map_err(|error| rego_error(&error.to_string()))?;
    engine.set_input(input.clone());
    engine.set_enable_coverage(true);
    let lines = lines(&mut engine, &script, asked, file.text.lines().count());
    engine.set_enable_coverage(false);
    let definitions = script.definitions(&mut engine, asked);
    Ok(Trace { asked, definitions, lines, input: json(&input) })
}

fn engine(file: &PolicyFile, libraries: &[PolicyFile]) -> Result<Engine, String> {
    let mut engine = Engine::new();
    engine.set_strict_builtin_errors(true);
    engine.set_execution_timer_config(super::compiled::timer());
    for file in std::iter::once(file).chain(libraries) {
        let added = engine.add_policy(file.path.to_string(), file.text.to_string());
        added.map_err(|error| rego_error(&error.to_string()))?;
    }
    Ok(engine)
}

/// Asks the rule as it is, and notes the lines.
fn lines(engine: &mut Engine, script: &Script<'_>, asked: Reached, own: usize) -> Vec<FileLines> {
    let questions: &[&str] = match asked {
        Reached::Everything => &["not_applicable", "violations"],
        Reached::Applicability => &["not_applicable"],
    };
    for name in questions.iter().filter(|name| script.defines(name)) {
        // An error is shown at the statement that raises it.
        let _ = engine.eval_rule(format!("data.{}.{name}", script.package));
    }
    let files = engine.get_coverage_report().unwrap_or_default().files.into_iter();
    let lines = files.map(|file| {
        let lines = file.covered.into_iter().filter(|line| !file.path.eq(script.path) || *line as usize <= own);
        FileLines { path: file.path.as_str().into(), lines: lines.collect() }
    });
    lines.filter(|file| !file.lines.is_empty()).collect()
}

fn json(value: &Rego) -> Json {
    serde_json::to_value(value).unwrap_or(Json::Null)
}

/// The rule's file with the parts appended.
struct Script<'a> {
    path: &'a str,
    package: String,
    parsed: &'a Parsed,
    text: String,
    /// The number of each name that is read.
    names: BTreeMap<String, usize>,
}

impl<'a> Script<'a> {
    fn of(file: &'a PolicyFile, parsed: &'a Parsed) -> Self {
        let package = package_name(&parsed.module);
        let text = format!("{}\n", file.text.trim_end());
        let mut script = Self { path: &file.path, package, parsed, text, names: BTreeMap::new() };
        for (number, definition) in parsed.module.rules.iter().enumerate() {
            if let Definition::Spec { bodies, .. } = definition {
                script.add(number, definition, bodies);
            }
        }
        script
    }

    fn defines(&self, name: &str) -> bool {
        self.parsed.module.rules.iter().any(|rule| rule.name() == name)
    }

    /// Appends the parts of one definition.
    fn add(&mut self, number: usize, definition: &Definition, bodies: &[Body]) {
        if is_function(definition) {
            return;
        }
        for (body, Body { query, .. }) in bodies.iter().enumerate() {
            let mut so_far = String::new();
            let mut bound: Vec<&str> = Vec::new();
            for (step, statement) in query.stmts.iter().enumerate() {
                let text = self.text_of(statement);
                let _ = writeln!(so_far, "\t{text}");
                bound.extend(self.bound(statement));
                let variables: Vec<String> = bound.iter().map(|name| format!("{name:?}: {name}")).collect();
                let part = part(number, body, step);
                // Writing to a String cannot fail.
                let _ = write!(
                    self.text,
                    "\n{part} contains dbkeel_bound if {{\n{so_far}\tdbkeel_bound := {{{}}}\n}}\n",
                    variables.join(", ")
                );
                for name in self.reads(text, &bound) {
                    let next = self.names.len();
                    if let std::collections::btree_map::Entry::Vacant(free) = self.names.entry(name) {
                        let _ = write!(self.text, "\n{} := {}\n", named(next), free.key());
                        free.insert(next);
                    }
                }
            }
        }
    }

    /// The text of a statement. regorus leaves the quotes out of the span of a string, at either end of a statement too.
    fn text_of(&self, statement: &Statement) -> &'a str {
        let text: &str = &self.parsed.places.source.text;
        let is_quote =
            |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(|byte| b"\"`".contains(byte));
        let (start, end) = (statement.span.start as usize, statement.span.end as usize);
        let start = start - usize::from(is_quote(start.checked_sub(1)));
        let end = end + usize::from(is_quote(Some(end)));
        text.get(start..end).unwrap_or("")
    }

    /// The names that a statement reads besides its variables, as it writes them.
    fn reads(&self, text: &str, bound: &[&str]) -> Vec<String> {
        let mut reads = Vec::new();
        for name in names_in(text) {
            let root = name.split(['.', '[']).next().unwrap_or_default();
            let helper = || self.parsed.module.rules.iter().any(|rule| rule.name() == root && !is_function(rule));
            let is_read = name != root && matches!(root, "input" | "data") || helper();
            if is_read && !bound.contains(&root) && !reads.iter().any(|read| read == name) {
                reads.push(name.to_owned());
            }
        }
        reads
    }

    /// The variables that a statement gives values to.
    fn bound(&self, statement: &'a Statement) -> Vec<&'a str> {
        let mut bound = Vec::new();
        match &statement.literal {
            Literal::SomeIn { key, value, .. } => {
                key.iter().chain([value]).for_each(|pattern| variables(pattern, &mut bound));
            }
            Literal::Expr { expr: Expr::Assignment { op: AssignOp::ColEq, lhs, .. } } => variables(lhs, &mut bound),
            _ => {}
        }
        bound
    }

    fn definitions(&self, engine: &mut Engine, asked: Reached) -> Vec<Traced> {
        let reachable = self.reachable(asked);
        let rules = self.parsed.module.rules.iter().enumerate();
        let wanted = rules.filter(|(_, rule)| reachable.contains(rule.name()) && !is_function(rule));
        let traced = wanted.filter_map(|(number, rule)| match rule {
            Definition::Spec { span, head, bodies } => {
                let (line, _) = self.parsed.places.at(span.start);
                let head_line = self.parsed.places.source.text.lines().nth(line.saturating_sub(1) as usize);
                let value = engine.eval_rule(format!("data.{}.{}", self.package, rule.name())).ok();
                let value = value.filter(|value| *value != Rego::Undefined);
                Some(Traced {
                    name: rule.name().to_owned(),
                    line,
                    head: head_line.unwrap_or_default().trim_end().to_owned(),
                    value: value.filter(|_| !matches!(head, Head::Func { .. })).map(|value| json(&value)),
                    steps: self.steps(engine, number, bodies),
                })
            }
            Definition::Default { .. } => None,
        });
        traced.collect()
    }

    /// What `not_applicable` and, when it was asked, `violations` lead to.
    fn reachable(&self, asked: Reached) -> BTreeSet<&str> {
        let mut pending = match asked {
            Reached::Everything => vec!["not_applicable", "violations"],
            Reached::Applicability => vec!["not_applicable"],
        };
        let mut seen = BTreeSet::new();
        while let Some(name) = pending.pop() {
            if !seen.insert(name) {
                continue;
            }
            for rule in self.parsed.module.rules.iter().filter(|rule| rule.name() == name) {
                let text = match rule {
                    Definition::Spec { span, .. } => self.parsed.places.text(*span),
                    Definition::Default { value, .. } => self.parsed.places.text(value.span()),
                };
                let mentioned = names_in(text).into_iter().map(|name| name.split('.').next().unwrap_or(name));
                let own = self.parsed.module.rules.iter().map(Definition::name);
                let mentioned: BTreeSet<&str> = mentioned.collect();
                pending.extend(own.filter(|name| mentioned.contains(name)));
            }
        }
        seen
    }

    fn steps(&self, engine: &mut Engine, number: usize, bodies: &'a [Body]) -> Vec<Step> {
        let mut steps = Vec::new();
        for (body, Body { query, .. }) in bodies.iter().enumerate() {
            let mut reached = true;
            let mut bound = Vec::new();
            for (position, statement) in query.stmts.iter().enumerate() {
                let own = self.bound(statement);
                bound.extend(own.iter().copied());
                let mut step = self.step(engine, statement, &bound);
                if reached {
                    let found = engine.eval_rule(format!("data.{}.{}", self.package, part(number, body, position)));
                    (step.held, step.error) = match &found {
                        Ok(Rego::Set(found)) if !found.is_empty() => (Held::Holds, None),
                        Ok(_) => (Held::DoesNotHold, None),
                        // Not its line, which is that of the part.
                        Err(error) => (Held::Error, Some(RegoError::parse(&error.to_string()).message)),
                    };
                    step.binds = own.iter().map(|name| binding(name, found.as_ref().ok())).collect();
                    reached = step.held == Held::Holds;
                }
                steps.push(step);
            }
        }
        steps
    }

    fn step(&self, engine: &mut Engine, statement: &Statement, bound: &[&str]) -> Step {
        let text = self.text_of(statement);
        let reads = self.reads(text, bound).into_iter().filter_map(|name| {
            let number = *self.names.get(&name)?;
            let value = engine.eval_rule(format!("data.{}.{}", self.package, named(number))).ok();
            let value = value.filter(|value| *value != Rego::Undefined);
            Some(Seen { name, values: value.iter().map(json).collect() })
        });
        let reads = reads.collect();
        let (line, _) = self.parsed.places.at(statement.span.start);
        let words: Vec<&str> = text.split_whitespace().collect();
        Step { line, text: words.join(" "), held: Held::NotReached, error: None, reads, binds: Vec::new() }
    }
}

fn is_function(rule: &Definition) -> bool {
    matches!(rule, Definition::Spec { head: Head::Func { .. }, .. })
}

fn part(definition: usize, body: usize, step: usize) -> String {
    format!("{OURS}{definition}_{body}_{step}")
}

fn named(number: usize) -> String {
    format!("{OURS}name_{number}")
}

/// The variables of a pattern.
fn variables<'a>(pattern: &'a Expr, found: &mut Vec<&'a str>) {
    match pattern {
        Expr::Var { .. } => found.extend(pattern.as_var().filter(|name| *name != "_")),
        Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().for_each(|item| variables(item, found)),
        Expr::Object { fields, .. } => fields.iter().for_each(|(_, _, value)| variables(value, found)),
        _ => {}
    }
}

/// The distinct values of a variable.
fn binding(name: &str, found: Option<&Rego>) -> Seen {
    let mut values: BTreeSet<&Rego> = BTreeSet::new();
    if let Some(Rego::Set(found)) = found {
        for bound in found.iter() {
            if let Rego::Object(bound) = bound {
                values.extend(bound.get(&Rego::from(name)));
            }
        }
    }
    Seen { name: name.to_owned(), values: values.into_iter().map(json).collect() }
}

/// The names in a piece of Rego that are no calls: `input.tags.owner`, `input.parameters["x"]`, `lifecycle.newest_minor`.
fn names_in(text: &str) -> Vec<&str> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let mut names = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match byte(at) {
            quote @ (b'"' | b'`') => at = end_of_string(bytes, at, quote),
            b'#' => at = text.get(at..).and_then(|rest| rest.find('\n')).map_or(bytes.len(), |end| at + end),
            first if is_name(first) => {
                let start = at;
                loop {
                    while is_name(byte(at)) {
                        at += 1;
                    }
                    if byte(at) == b'.' && is_name(byte(at + 1)) {
                        at += 1;
                    } else if byte(at) == b'[' && byte(at + 1) == b'"' {
                        let end = end_of_string(bytes, at + 1, b'"');
                        if byte(end) != b']' {
                            break;
                        }
                        at = end + 1;
                    } else {
                        break;
                    }
                }
                let is_call = byte(at) == b'(';
                let is_number = first.is_ascii_digit();
                names.extend(text.get(start..at).filter(|_| !is_call && !is_number));
            }
            _ => at += 1,
        }
    }
    names
}

/// The byte after a string that begins here.
fn end_of_string(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 1,
            byte if *byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests;
