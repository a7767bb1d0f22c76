//! One rule file, checked by itself: from parsed text and METADATA to a [`Rule`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::files::PolicyFile;
use super::metadata::{self, Metadata};
use super::syntax::{Head, Module, Parsed, Rule as Definition};
use super::text::Places;
use super::usage::{self, Role, Usage};
use crate::diagnostic::Diagnostic;
use crate::facts::{self, FactType};
use crate::model::{Domain, FactPath, Kind, ParameterSpec, Rule, Severity};
use crate::nearest::nearest;
use crate::yaml::At;

/// A rule file that was looked at, with everything that is wrong with it.
pub(super) struct Draft {
    pub(super) rule: Rule,
    pub(super) package: String,
    pub(super) has_not_applicable: bool,
    pub(super) metadata: Metadata,
    pub(super) usage: Usage,
    pub(super) parsed: Parsed,
    pub(super) problems: Vec<Diagnostic>,
}

/// Checks one rule file.
pub(super) fn draft(file: &PolicyFile, parsed: Parsed) -> Draft {
    let mut problems = Vec::new();
    let places = &parsed.places;
    let package = package_name(&parsed.module);
    let domain = check_package(file, &package, &parsed, &mut problems);
    let metadata = metadata::read(places, &mut problems);
    let role = Role::Rule(package.split('.').map(str::to_owned).collect());
    let mut usage = usage::collect(&parsed.module, places, &role);
    problems.append(&mut usage.problems);
    let mut checks = Checks { places, metadata: &metadata, usage: &usage, problems: &mut problems };
    let has_not_applicable = checks.shape(&parsed.module);
    checks.id(file.user, domain);
    if metadata.readable {
        checks.parameters();
        checks.templates();
    }
    let reads: Vec<FactPath> = usage.facts().into_keys().cloned().collect();
    let optional = checks.listed(&reads, &metadata.optional, "optional");
    let monotone = checks.monotone(&reads);
    let kinds = checks.kinds(&reads, &optional);
    let (at_least, at_most) = usage::bounds(&parsed.module);
    let applicability = has_not_applicable.then(|| checks.reachable("not_applicable").into_iter().collect());
    let rule = Rule {
        id: metadata.id.as_ref().map_or_else(|| Arc::from(""), |id| id.value.as_str().into()),
        name: file.folder_and_stem().1.into(),
        domain: domain.unwrap_or(Domain::Ownership),
        title: metadata.title.clone(),
        description: metadata.description.clone(),
        severity: metadata.severity.unwrap_or(Severity::Info),
        covers: values(&metadata.covers),
        aliases: values(&metadata.aliases),
        parameters: specifications(&metadata),
        remediation: metadata.remediation.clone(),
        reads,
        optional,
        monotone,
        at_least,
        at_most,
        per_element: usage::per_element(&parsed.module),
        applicability,
        kinds,
        path: file.path.clone(),
        user: file.user,
    };
    Draft { rule, package, has_not_applicable, metadata, usage, parsed, problems }
}

fn specifications(metadata: &Metadata) -> BTreeMap<Arc<str>, ParameterSpec> {
    let sound = |(name, spec): (&Arc<str>, &At<Option<ParameterSpec>>)| Some((name.clone(), spec.value.clone()?));
    metadata.parameters.iter().filter_map(sound).collect()
}

fn values(texts: &[At<String>]) -> Vec<Arc<str>> {
    texts.iter().map(|text| text.value.as_str().into()).collect()
}

/// The package without `data.`: `dbkeel.retention.backup_retention`.
pub(super) fn package_name(module: &Module) -> String {
    module.package.refr.constant_path().map(|path| path.join(".")).unwrap_or_default()
}

/// Path, package and rule name agree.
fn check_package(file: &PolicyFile, package: &str, parsed: &Parsed, problems: &mut Vec<Diagnostic>) -> Option<Domain> {
    let (folder, stem) = file.folder_and_stem();
    let domain = folder.parse::<Domain>().ok();
    let span = parsed.module.package.refr.span();
    let expected = format!("dbkeel.{folder}.{stem}");
    if domain.is_none() {
        let words: Vec<&str> = Domain::ALL.iter().map(|domain| domain.as_str()).collect();
        let title = format!("the folder `{folder}` is not a domain");
        let help = format!("rules stand in {}; code that rules share stands in lib", words.join(", "));
        problems.push(parsed.places.error(span, title).help(help));
    } else if package != expected {
        let title = format!("the package is `{package}`, but the path says `{expected}`");
        problems.push(parsed.places.error(span, title).help("path, package and rule name agree"));
    }
    domain
}

struct Checks<'a> {
    places: &'a Places,
    metadata: &'a Metadata,
    usage: &'a Usage,
    problems: &'a mut Vec<Diagnostic>,
}

impl Checks<'_> {
    fn problem<T>(&mut self, at: &At<T>, title: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.places.error_at(at.place.0, at.place.1, title).help(help));
    }

    /// `violations` is there, and it and `not_applicable` are sets of messages. Returns whether the second is there.
    fn shape(&mut self, module: &Module) -> bool {
        let mut defined = BTreeSet::new();
        for rule in &module.rules {
            let name = rule.name();
            if !matches!(name, "violations" | "not_applicable") {
                continue;
            }
            defined.insert(name.to_owned());
            let is_set =
                matches!(rule, Definition::Spec { head: Head::Set { refr, .. }, .. } if refr.as_var().is_some());
            if !is_set {
                let title = format!("`{name}` is not a set of messages");
                let problem = self.places.error(rule.defines().span(), title);
                self.problems.push(problem.help(format!("write `{name} contains message if {{ … }}`")));
            }
        }
        if !defined.contains("violations") {
            let problem = self.places.error(module.package.refr.span(), "the rule defines no `violations`");
            self.problems.push(problem.help("write `violations contains message if { … }`"));
        }
        defined.contains("not_applicable")
    }

    /// `DBK-RET-001` in the binary; a user's ids are free but not `DBK-`.
    fn id(&mut self, user: bool, domain: Option<Domain>) {
        let Some(id) = &self.metadata.id else { return };
        let title = format!("`{}` is not an id", id.value);
        if user && (id.value.starts_with("DBK-") || !is_id(&id.value)) {
            self.problem(
                id,
                title,
                "capital letters and digits joined by `-`, such as `ACME-RET-1`; `DBK-` is dbkeel's own",
            );
        } else if !user && let Some(domain) = domain {
            let prefix = format!("DBK-{}-", domain_code(domain));
            let digits = id.value.strip_prefix(&prefix).unwrap_or("");
            if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                self.problem(id, title, format!("the ids of `{domain}` are `{prefix}` and three digits"));
            }
        }
    }

    fn parameters(&mut self) {
        let declared = &self.metadata.parameters;
        for (name, span) in &self.usage.parameters {
            if !declared.contains_key(name.as_str()) {
                let help = nearest(name, declared.keys().map(AsRef::as_ref)).map_or_else(
                    || "declare it under `parameters` in METADATA".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                let title = format!("METADATA declares no parameter `{name}`");
                self.problems.push(self.places.error(*span, title).help(help));
            }
        }
        for (name, spec) in declared {
            if !self.usage.parameters.contains_key(name.as_ref()) {
                self.problem(spec, format!("the rule never reads its parameter `{name}`"), "read it or remove it");
            }
        }
    }

    /// Remediation templates parse, and take only the rule's parameters.
    fn templates(&mut self) {
        let environment = minijinja::Environment::new();
        for template in self.metadata.templates.iter().filter(|template| template.value.contains('{')) {
            match environment.template_from_str(&template.value) {
                Err(error) => {
                    let why = error.detail().unwrap_or("it cannot be read").to_owned();
                    self.problem(
                        template,
                        format!("`{}` is not a template: {why}", template.value),
                        "write `{{ parameter }}`",
                    );
                }
                Ok(parsed) => {
                    let names: BTreeSet<String> = parsed.undeclared_variables(false).into_iter().collect();
                    for name in names.iter().filter(|name| !self.metadata.parameters.contains_key(name.as_str())) {
                        self.problem(
                            template,
                            format!("the rule has no parameter `{name}`"),
                            "a template takes the rule's parameters",
                        );
                    }
                }
            }
        }
    }

    /// The facts read that a list of METADATA names. A map without a key means every key of it that is read.
    fn listed(&mut self, reads: &[FactPath], names: &[At<String>], list: &str) -> Vec<FactPath> {
        let mut listed = BTreeSet::new();
        for name in names {
            let matching: Vec<&FactPath> = reads.iter().filter(|path| is_named(path, &name.value)).collect();
            if matching.is_empty() {
                let texts: Vec<String> = reads.iter().map(ToString::to_string).collect();
                let help = nearest(&name.value, texts.iter().map(String::as_str)).map_or_else(
                    || "list only facts that the rule reads".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.problem(name, format!("`{list}` names `{}`, which the rule does not read", name.value), help);
            }
            listed.extend(matching.into_iter().cloned());
        }
        listed.into_iter().collect()
    }

    fn monotone(&mut self, reads: &[FactPath]) -> Vec<FactPath> {
        let metadata = self.metadata;
        let monotone = self.listed(reads, &metadata.monotone, "monotone");
        let decides = self.reachable("not_applicable");
        for name in &metadata.monotone {
            for path in monotone.iter().filter(|path| is_named(path, &name.value)) {
                if path.fact.def().ty != FactType::Strings {
                    self.problem(
                        name,
                        format!("`{path}` is not a set, so it is never known in part"),
                        "remove it from `monotone`",
                    );
                } else if decides.contains(path) {
                    let title = format!("`{path}` is monotone, but `not_applicable` depends on it");
                    self.problem(name, title, "more elements could take a violation back; remove it from `monotone`");
                }
            }
        }
        monotone
    }

    /// The facts that a definition reads, through others of the same file.
    fn reachable(&self, start: &str) -> BTreeSet<FactPath> {
        let mut names = vec![start];
        let mut seen = BTreeSet::new();
        let mut facts = BTreeSet::new();
        while let Some(name) = names.pop() {
            if !seen.insert(name) {
                continue;
            }
            for definition in self.usage.definitions.iter().filter(|definition| definition.name == name) {
                facts.extend(definition.facts.iter().map(|(path, _)| path.clone()));
                names.extend(
                    definition.mentions.iter().filter(|(library, _)| library.is_none()).map(|(_, name)| name.as_str()),
                );
            }
        }
        facts
    }

    /// The kinds that have every fact the rule needs.
    fn kinds(&mut self, reads: &[FactPath], optional: &[FactPath]) -> Vec<Kind> {
        let needed: Vec<&FactPath> = reads.iter().filter(|path| !optional.contains(path)).collect();
        let has_all =
            |kind: &&Kind| !needed.is_empty() && needed.iter().all(|path| path.fact.def().kinds.contains(kind));
        let kinds: Vec<Kind> = Kind::ALL.iter().filter(has_all).copied().collect();
        if kinds.is_empty() && self.usage_is_sound() {
            let names: Vec<String> = needed.iter().map(|path| format!("`{path}`")).collect();
            let title = match names.len() {
                0 => "the rule needs no fact".to_owned(),
                _ => format!("no kind of resource has all of {}", names.join(", ")),
            };
            self.problems.push(self.places.whole(title).help("`dbkeel facts` tells which kinds have a fact"));
        }
        kinds
    }

    /// Whether every reference to a fact was understood, so that what follows from them is no echo of an earlier error.
    fn usage_is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Whether an entry of `optional` or `monotone` means a fact that is read.
fn is_named(path: &FactPath, name: &str) -> bool {
    if path.to_string() == name {
        return true;
    }
    let (before, rest) = name.strip_prefix("before.").map_or((false, name), |rest| (true, rest));
    let (fact, key) = rest.split_once('.').map_or((rest, None), |(fact, key)| (fact, Some(key)));
    facts::find(fact) == Some(path.fact) && before == path.before && (key.is_none() || key == path.key.as_deref())
}

fn is_id(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    parts.next().is_some_and(|first| first.starts_with(|char: char| char.is_ascii_uppercase()) && is_part(first))
        && text.contains('-')
        && parts.all(is_part)
}

/// The three letters of a domain in the ids of the rules in the binary.
pub(super) const fn domain_code(domain: Domain) -> &'static str {
    match domain {
        Domain::Encryption => "ENC",
        Domain::Patch => "PAT",
        Domain::Access => "ACC",
        Domain::Retention => "RET",
        Domain::Availability => "AVA",
        Domain::Logging => "LOG",
        Domain::Change => "CHG",
        Domain::Parameters => "PAR",
        Domain::Ownership => "OWN",
    }
}

/// A cycle among definitions: the first definition that leads back to itself, and its places. regorus would overflow its stack.
pub(super) fn recursion(
    modules: &BTreeMap<Option<&str>, &Usage>,
    places: &BTreeMap<Option<&str>, &Places>,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (module, usage) in modules {
        for definition in &usage.definitions {
            let start = (module.map(str::to_owned), definition.name.clone());
            if leads_back(modules, &start)
                && let (Some(places), Some(span)) = (places.get(module), definition.span)
            {
                let title = format!("`{}` is defined by itself", definition.name);
                problems.push(places.error(span, title).help("Rego has no recursion"));
            }
        }
    }
    problems
}

fn leads_back(modules: &BTreeMap<Option<&str>, &Usage>, start: &usage::Mention) -> bool {
    let mut pending = vec![start.clone()];
    let mut seen = BTreeSet::new();
    while let Some((module, name)) = pending.pop() {
        let definitions = modules.get(&module.as_deref()).into_iter().flat_map(|usage| &usage.definitions);
        for (library, mentioned) in
            definitions.filter(|definition| definition.name == name).flat_map(|definition| &definition.mentions)
        {
            let next = (library.clone().or_else(|| module.clone()), mentioned.clone());
            if next == *start {
                return true;
            }
            if seen.insert(next.clone()) {
                pending.push(next);
            }
        }
    }
    false
}
