//! Terraform's built-in functions, from 1.11 (<https://developer.hashicorp.com/terraform/language/functions>).
//!
//! [`call`] does what all have in common: it looks the function up in one table, converts the arguments as Terraform does, takes
//! the marks of sensitive values off and puts them on the result, and answers [`Val::Unknown`] where an argument is not known.
//! What cannot be known before apply at all (`timestamp()`, a file that is not there) is unknown and names the call.
//!
//! No function reads the world but through [`Surroundings`], none panics, and none fills the memory: results that have no bound
//! end in an error. `testdata/terraform/functions.txt` says what Terraform itself answers.
//!
//! The evaluator brings `try`, `can`, `templatefile` and `templatestring`, which do not take values.

mod arguments;
mod collection;
mod containers;
mod conversion;
mod csv;
mod datetime;
mod encoding;
mod filesystem;
mod format;
mod glob;
mod hash;
mod json;
mod network;
mod numeric;
mod pattern;
pub(crate) mod sets;
mod string;
mod survey;
mod table;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod text;
mod types;
mod yaml;
mod yaml_emitter;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::value::{Unsettled, Val};
use arguments::Arguments;
use survey::Survey;
use table::{Function, Reach};

#[allow(unused_imports, reason = "until the evaluator of expressions converts with them")]
pub(crate) use types::{Type, convert, type_of, unify};

/// The longest sequence that a function makes.
const MAX_ELEMENTS: usize = 1_000_000;
/// The longest text that a function makes, in bytes.
const MAX_TEXT: usize = 16 << 20;

/// What functions may read of the world.
pub(crate) struct Surroundings<'a> {
    pub(crate) files: &'a dyn Files,
}

/// The files of a configuration.
pub(crate) trait Files {
    /// The bytes of a file; its path as Terraform sees it: relative to the directory of the root module, or absolute.
    fn read(&self, path: &str) -> Option<Arc<[u8]>>;
    /// The paths of the files under a directory, at any depth, relative to it and sorted.
    fn list(&self, directory: &str) -> Option<Vec<String>>;
}

/// Calls a function. None: there is none of that name, which may begin with `core::`.
pub(crate) fn call(name: &str, arguments: &[Val], surroundings: &Surroundings<'_>) -> Option<Result<Val, String>> {
    if name.starts_with("provider::") {
        return Some(Ok(unknown(name)));
    }
    table::find(plain(name)).map(|function| run(function, arguments, surroundings))
}

fn plain(name: &str) -> &str {
    name.strip_prefix("core::").unwrap_or(name)
}

fn run(function: &Function, arguments: &[Val], surroundings: &Surroundings<'_>) -> Result<Val, String> {
    // Before anything walks the arguments: they may be endless to walk.
    let found = if function.reach == Reach::Containers { Survey::default() } else { Survey::of(arguments)? };
    let values = converted(function, arguments)?;
    if function.reach == Reach::Itself {
        return (function.run)(&Arguments { values, surroundings });
    }
    let (values, sensitive) = without_marks(function.reach, values, &found);
    if is_unsettled(function.reach, &values) {
        let unknown = survey::unsettled(&values);
        return Ok(if sensitive { marked(unknown) } else { unknown });
    }
    let result = (function.run)(&Arguments { values, surroundings });
    // What is wrong with an argument is told with its text.
    let holds_secret = || sensitive || !Survey::of(arguments).is_ok_and(|found| !found.sensitive);
    let result =
        result.map_err(|error| if holds_secret() { "a sensitive argument does not fit".into() } else { error });
    let result = bounded(result?)?;
    Ok(if sensitive { marked(result) } else { result })
}

fn converted(function: &Function, arguments: &[Val]) -> Result<Vec<Val>, String> {
    if arguments.len() < function.parameters.len() {
        return Err(format!("too few arguments: `{}` takes {}", function.name, function.arity()));
    }
    let mut values = Vec::with_capacity(arguments.len());
    for (index, argument) in arguments.iter().enumerate() {
        let Some(takes) = function.parameters.get(index).copied().or(function.rest) else {
            return Err(format!("too many arguments: `{}` takes {}", function.name, function.arity()));
        };
        let place = index.saturating_add(1);
        let value = takes.convert(argument);
        values.push(value.map_err(|what| format!("argument {place} of `{}` does not fit: {what}", function.name))?);
    }
    Ok(values)
}

/// The arguments as the function sees them, and whether the result is to be marked.
fn without_marks(reach: Reach, values: Vec<Val>, found: &Survey) -> (Vec<Val>, bool) {
    if matches!(reach, Reach::Containers | Reach::Typed) {
        let sensitive = values.iter().any(|value| matches!(value, Val::Sensitive(_)));
        let bare = |value| if let Val::Sensitive(inner) = value { Arc::unwrap_or_clone(inner) } else { value };
        return (values.into_iter().map(bare).collect(), sensitive);
    }
    let values = if found.sensitive { values.iter().map(survey::unmarked).collect() } else { values };
    (values, found.sensitive)
}

/// Whether so much of the arguments is unknown that the result is.
fn is_unsettled(reach: Reach, values: &[Val]) -> bool {
    match reach {
        Reach::Whole => values.iter().any(survey::holds_unknown),
        Reach::Elements | Reach::Typed | Reach::Containers => {
            values.iter().any(|value| matches!(value, Val::Unknown(_)))
        }
        Reach::Choice | Reach::Itself => false,
    }
}

fn bounded(value: Val) -> Result<Val, String> {
    match &value {
        Val::String(text) if text.len() > MAX_TEXT => Err(too_long()),
        Val::Sequence(_, elements) if elements.len() > MAX_ELEMENTS => Err(too_many_elements()),
        Val::Mapping(_, elements) if elements.len() > MAX_ELEMENTS => Err(too_many_elements()),
        _ => Ok(value),
    }
}

fn too_long() -> String {
    format!("the text would be longer than {} MiB", MAX_TEXT >> 20)
}

fn too_many_elements() -> String {
    format!("the result would have more than {MAX_ELEMENTS} elements")
}

/// What a call that cannot be known yields.
fn unknown(name: &str) -> Val {
    let others = BTreeSet::from([Arc::from(format!("{name}()"))]);
    Val::Unknown(Arc::new(Unsettled { others, ..Unsettled::default() }))
}

/// The value with the mark of sensitive ones.
fn marked(value: Val) -> Val {
    match value {
        Val::Sensitive(_) => value,
        _ => Val::Sensitive(Arc::new(value)),
    }
}
