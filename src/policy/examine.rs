//! All files together: parsed, checked one by one and against each other, compiled.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::compiled::Compiled;
use super::draft::{self, Draft};
use super::errors::{self, Code, Subject};
use super::files::PolicyFile;
use super::lookup;
use super::syntax::{self, Module, Parsed};
use super::text::{Places, RegoError};
use super::usage::{self, Role, Usage};
use super::{Policies, Policy};
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;

/// A library file that was looked at.
struct Library {
    file: PolicyFile,
    name: String,
    usage: Usage,
    module: Module,
    places: Places,
}

impl Library {
    fn code(&self) -> Code<'_> {
        Code { module: &self.module, places: &self.places }
    }
}

/// Everything that is wrong with the files, and the policies when nothing is.
pub(super) struct Examined {
    pub(super) policies: Policies,
    pub(super) problems: Vec<Diagnostic>,
}

/// Looks at every file that is not a test.
pub(super) fn examine(files: &[PolicyFile]) -> Examined {
    let mut files: Vec<&PolicyFile> = files.iter().filter(|file| !file.is_test()).collect();
    // What clashes is said of the user's file: those of the binary cannot be changed.
    files.sort_by(|a, b| (a.user, &a.path).cmp(&(b.user, &b.path)));
    let (libraries, rules): (Vec<&PolicyFile>, Vec<&PolicyFile>) =
        files.into_iter().partition(|file| file.folder_and_stem().0 == "lib");
    let mut problems = Vec::new();
    let libraries = read_libraries(&libraries, &mut problems);
    let draft = |file: &&PolicyFile| {
        let parsed = syntax::parse(file)?;
        match of_conftest(&parsed) {
            Some(problem) => Err(Box::new(problem)),
            None => Ok(draft::draft(file, parsed)),
        }
    };
    let drafted: Vec<Result<Draft, Box<Diagnostic>>> = rules.par_iter().map(draft).collect();
    let mut drafts = Vec::new();
    for (file, drafted) in rules.iter().zip(drafted) {
        match drafted {
            Ok(draft) => drafts.push((*file, draft)),
            Err(problem) => problems.push(*problem),
        }
    }
    check_duplicates(&drafts, &mut problems);
    check_shared_parameters(&drafts, &mut problems);
    let libraries_are_sound = problems.is_empty();
    let compiled: Vec<(Option<Policy>, Vec<Diagnostic>)> =
        drafts.into_par_iter().map(|(file, draft)| finish(file, draft, &libraries, libraries_are_sound)).collect();
    let mut policies = Vec::new();
    for (policy, mut of_rule) in compiled {
        policies.extend(policy);
        problems.append(&mut of_rule);
    }
    policies.sort_by(|a, b| a.rule.id.cmp(&b.rule.id));
    problems.sort_by_cached_key(sort_key);
    problems.dedup();
    Examined { policies: Policies::new(policies), problems }
}

/// A package of conftest, of which everything else would be wrong too.
fn of_conftest(parsed: &Parsed) -> Option<Diagnostic> {
    if draft::package_name(&parsed.module).starts_with("dbkeel.") {
        return None;
    }
    let is_conftest = |name: &str| {
        let words = ["deny", "warn", "violation"];
        words.iter().any(|word| name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
    };
    let rule = parsed.module.rules.iter().find(|rule| is_conftest(rule.name()))?;
    let title = format!("`{}` is a rule of conftest, over a whole document", rule.name());
    let problem = parsed.places.error(rule.defines().span(), title);
    Some(problem.help(
        "rules of dbkeel judge facts: `dbkeel policy new` begins one; leave what conftest runs out of the folder",
    ))
}

pub(super) fn sort_key(problem: &Diagnostic) -> (Arc<str>, Option<(u32, u32)>, String) {
    let name = problem.source.as_ref().map_or_else(|| Arc::from(""), |source| source.name.clone());
    (name, problem.place, problem.title.clone())
}

fn read_libraries(files: &[&PolicyFile], problems: &mut Vec<Diagnostic>) -> BTreeMap<String, Library> {
    let mut libraries = BTreeMap::new();
    for file in files {
        match syntax::parse(file) {
            Ok(parsed) => {
                let places = parsed.places.clone();
                let library = library(file, parsed, problems);
                if let Some(earlier) = libraries.insert(library.name.clone(), library) {
                    let title = format!("there are two libraries `{}`", earlier.name);
                    problems.push(places.whole(title).help(format!("the other is {}", earlier.file.path)));
                }
            }
            Err(problem) => problems.push(*problem),
        }
    }
    let modules = libraries.iter().map(|(name, library)| (Some(name.as_str()), &library.usage)).collect();
    let places = libraries.iter().map(|(name, library)| (Some(name.as_str()), &library.places)).collect();
    problems.extend(draft::recursion(&modules, &places));
    for library in libraries.values() {
        check_mentions(&library.usage, &library.places, &libraries, problems);
    }
    libraries
}

fn library(file: &PolicyFile, parsed: Parsed, problems: &mut Vec<Diagnostic>) -> Library {
    let name = file.folder_and_stem().1.to_owned();
    let package = draft::package_name(&parsed.module);
    if package != format!("dbkeel.lib.{name}") {
        let title = format!("the package is `{package}`, but the path says `dbkeel.lib.{name}`");
        problems.push(parsed.places.error(parsed.module.package.refr.span(), title));
    }
    let mut usage = usage::collect(&parsed.module, &parsed.places, &Role::Library(name.clone()));
    problems.append(&mut usage.problems);
    Library { file: file.clone(), name, usage, module: parsed.module, places: parsed.places }
}

/// Every function of a library that is used is there; Rego would take it for undefined, in silence.
fn check_mentions(
    usage: &Usage,
    places: &Places,
    libraries: &BTreeMap<String, Library>,
    problems: &mut Vec<Diagnostic>,
) {
    for (name, span) in &usage.libraries {
        let Some(library) = libraries.get(name) else {
            let help = nearest(name, libraries.keys().map(String::as_str)).map_or_else(
                || "libraries stand in `lib/<name>.rego`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            problems.push(places.error(*span, format!("there is no library `{name}`")).help(help));
            continue;
        };
        let defined: Vec<&str> = library.usage.definitions.iter().map(|definition| definition.name.as_str()).collect();
        for definition in &usage.definitions {
            let of_library = definition.mentions.iter().filter(|(library, _)| library.as_deref() == Some(name));
            for (_, function) in of_library.filter(|(_, function)| !defined.contains(&function.as_str())) {
                let place = definition.span.unwrap_or(*span);
                let problem = places.error(place, format!("library `{name}` has no `{function}`"));
                let near = nearest(function, defined.iter().copied());
                problems.push(match near {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem,
                });
            }
        }
    }
}

/// Ids, aliases and names are one space: a baseline or a waiver may use any of them.
fn check_duplicates(drafts: &[(&PolicyFile, Draft)], problems: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Arc<str>> = BTreeMap::new();
    for (file, draft) in drafts {
        let id = draft.metadata.id.iter().map(|id| (id.value.as_str(), id.place));
        let aliases = draft.metadata.aliases.iter().map(|alias| (alias.value.as_str(), alias.place));
        let package = draft.parsed.places.at(draft.parsed.module.package.refr.span().start);
        let name = std::iter::once((draft.rule.name.as_ref(), package));
        for (name, (line, column)) in id.chain(aliases).chain(name) {
            if let Some(other) = seen.insert(name, file.path.clone()) {
                let problem = draft.parsed.places.error_at(line, column, format!("`{name}` is taken"));
                problems.push(problem.help(format!("it is an id, alias or name in {other}")));
            }
        }
    }
}

/// Two rules may share a parameter when both say the same of it: a baseline sets it once.
fn check_shared_parameters(drafts: &[(&PolicyFile, Draft)], problems: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for (file, draft) in drafts {
        for (name, spec) in &draft.metadata.parameters {
            let Some(value) = &spec.value else { continue };
            let (first, path) = seen.entry(name.clone()).or_insert_with(|| (value.clone(), file.path.clone()));
            if *first != *value {
                let title = format!("`{name}` is another parameter elsewhere");
                let help = format!("{path} declares it with another type, unit, default, bound or description");
                problems.push(draft.parsed.places.error_at(spec.place.0, spec.place.1, title).help(help));
            }
        }
    }
}

/// The checks that need the libraries, then compilation of what is sound so far.
fn finish(
    file: &PolicyFile,
    draft: Draft,
    libraries: &BTreeMap<String, Library>,
    sound: bool,
) -> (Option<Policy>, Vec<Diagnostic>) {
    let mut problems = draft.problems;
    let places = &draft.parsed.places;
    check_mentions(&draft.usage, places, libraries, &mut problems);
    let modules = BTreeMap::from([(None, &draft.usage)]);
    problems.extend(draft::recursion(&modules, &BTreeMap::from([(None, places)])));
    if !sound || !problems.is_empty() {
        return (None, problems);
    }
    let used = used_libraries(&draft.usage, libraries);
    let trust = errors::trust(&Subject {
        rule: Code { module: &draft.parsed.module, places },
        libraries: used.iter().map(|library| (library.name.as_str(), library.code())).collect(),
        parameters: &draft.rule.parameters,
        optional: &draft.rule.optional,
    });
    let mut engine = draft.parsed.engine;
    for library in &used {
        // It was parsed before, on its own.
        let _ = engine.add_policy(library.file.path.to_string(), library.file.text.to_string());
    }
    let reads_tier = draft.usage.reads_tier;
    let lookups = lookup::lookups(&draft.usage, &draft.rule.parameters);
    let files = std::iter::once(file).chain(used.iter().map(|library| &library.file)).cloned().collect();
    match Compiled::new(engine, files, &draft.package, draft.has_not_applicable, trust) {
        Ok(compiled) => (Some(Policy { rule: Arc::new(draft.rule), compiled, reads_tier, lookups }), problems),
        Err(text) => {
            problems.push(compile_problem(&text, places, &used));
            (None, problems)
        }
    }
}

fn compile_problem(text: &str, places: &Places, libraries: &[&Library]) -> Diagnostic {
    let error = RegoError::parse(text);
    let in_library =
        libraries.iter().find(|library| error.place.is_some_and(|(file, ..)| file == library.file.path.as_ref()));
    in_library.map_or(places, |library| &library.places).rego_error(text)
}

/// The libraries that a file uses, and those that they use; sorted by name.
fn used_libraries<'a>(usage: &'a Usage, libraries: &'a BTreeMap<String, Library>) -> Vec<&'a Library> {
    let mut used = BTreeMap::new();
    let mut pending: Vec<&String> = usage.libraries.keys().collect();
    while let Some(name) = pending.pop() {
        if let Some(library) = libraries.get(name)
            && used.insert(name, library).is_none()
        {
            pending.extend(library.usage.libraries.keys());
        }
    }
    used.into_values().collect()
}
