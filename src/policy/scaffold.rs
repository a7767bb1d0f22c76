//! A new rule and its test, to be filled with meaning by a person.
//!
//! What is made is sound from the first moment: the checks find nothing, the tests pass, every line is run. Each fact gets a
//! condition that suits its type, with a parameter where there is something to set.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::draft::domain_code;
use crate::facts::catalogue::ENGINE;
use crate::facts::{self, FactType};
use crate::model::{Domain, FactPath, Kind, Severity};
use crate::nearest::nearest;

/// What the rule is to be.
#[derive(Clone, Debug)]
pub struct NewRule {
    /// What it is about.
    pub domain: Domain,
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
    /// How much a failure matters.
    pub severity: Severity,
    /// The good state, in a few words.
    pub title: String,
    /// The facts that it reads; at least one.
    pub facts: Vec<FactPath>,
}

/// The texts of a rule and of its test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaffold {
    /// The rule.
    pub rule: String,
    /// Its test.
    pub test: String,
}

/// Reads a fact as a rule would write it, without `input.`.
///
/// # Errors
///
/// What is wrong with it, and the remedy.
pub fn fact(text: &str) -> Result<FactPath, (String, String)> {
    let name = text.strip_prefix("input.").unwrap_or(text);
    if let Ok(path) = serde_json::from_value::<FactPath>(name.into()) {
        let is_map = path.fact.def().ty == FactType::Map;
        return match (is_map, &path.key) {
            (true, None) => Err((
                format!("`{text}` is read by key"),
                format!("name the key: `{name}.owner`, or `{name}[\"a.b\"]` for one with dots"),
            )),
            (false, Some(_)) => {
                let def = path.fact.def();
                Err((
                    format!("`{}` has nothing inside", def.name),
                    format!("`dbkeel facts {}` tells what it is", def.name),
                ))
            }
            _ => Ok(path),
        };
    }
    let known = facts::CATALOGUE.iter().map(|def| def.name);
    let help = nearest(name, known).map_or_else(
        || "`dbkeel facts` lists them".to_owned(),
        |near| format!("did you mean `{near}`? `dbkeel facts` lists them all"),
    );
    Err((format!("there is no fact `{text}`"), help))
}

/// The domain that an id names: `RET` in `ACME-RET-001`.
pub fn domain_of_id(id: &str) -> Option<Domain> {
    let named = |(code, domain)| id.split('-').skip(1).any(|part| part == code).then_some(domain);
    domain_codes().find_map(named)
}

/// The letters of each domain in ids.
pub fn domain_codes() -> impl Iterator<Item = (&'static str, Domain)> {
    Domain::ALL.iter().map(|domain| (domain_code(*domain), *domain))
}

/// The next free id of a prefix in a domain: `ACME-RET-001`.
pub fn next_id<'a>(prefix: &str, domain: Domain, taken: impl Iterator<Item = &'a str>) -> String {
    let stem = format!("{prefix}-{}-", domain_code(domain));
    let taken: BTreeSet<u32> = taken.filter_map(|id| id.strip_prefix(&stem)?.parse().ok()).collect();
    let free = (1..).find(|number| !taken.contains(number)).unwrap_or(1);
    format!("{stem}{free:03}")
}

impl NewRule {
    /// The kinds that have every fact.
    pub fn kinds(&self) -> Vec<Kind> {
        let has_all = |kind: &&Kind| self.facts.iter().all(|path| path.fact.def().kinds.contains(kind));
        Kind::ALL.iter().filter(has_all).copied().collect()
    }

    /// Its texts; `taken` are the names of parameters that other rules have.
    pub fn scaffold(&self, taken: &BTreeSet<&str>) -> Scaffold {
        let conditions: Vec<Condition> = self.facts.iter().map(|path| Condition::of(self, path, taken)).collect();
        let exempt = Exempt::of(self, taken);
        Scaffold { rule: self.rule(&conditions, &exempt), test: self.test(&conditions, &exempt) }
    }

    fn rule(&self, conditions: &[Condition], exempt: &Exempt) -> String {
        let Self { domain, name, id, severity, title, .. } = self;
        let mut text = format!(
            "# METADATA\n# title: {}\n# description: >-\n#   Say here, in the present tense, why this matters to the \
             owner of a database.\n# custom:\n#   id: {id}\n#   severity: {severity}\n",
            quoted(title)
        );
        let monotone: Vec<&str> =
            conditions.iter().filter(|one| one.ty == FactType::Strings).map(|one| one.fact.as_str()).collect();
        if !monotone.is_empty() {
            push(&mut text, &format!("#   monotone: [{}]\n", monotone.join(", ")));
        }
        push(&mut text, "#   parameters:\n");
        for condition in conditions {
            push(&mut text, &condition.parameter());
        }
        push(&mut text, &exempt.declaration());
        push(&mut text, "#   remediation:\n#     text: Say here what to change, and what it costs.\n");
        push(&mut text, &format!("package dbkeel.{domain}.{name}\n"));
        for condition in conditions {
            push(&mut text, &condition.violations());
        }
        push(&mut text, &exempt.clause());
        text
    }

    fn test(&self, conditions: &[Condition], exempt: &Exempt) -> String {
        let Self { domain, name, .. } = self;
        let mut text = format!("package dbkeel.{domain}.{name}_test\n\nimport data.dbkeel.{domain}.{name}\n");
        let mut tests = Tests { conditions, exempt, text: &mut text };
        for (position, condition) in conditions.iter().enumerate() {
            let word = &condition.word;
            let (bad, boundary) = (condition.bad(), condition.boundary());
            let what = condition.what_fails();
            let message = condition.message_of_bad();
            let fails = format!("{name}.violations == {{{message}}}");
            tests.add(&format!("test_fails_when_{word}_{what}"), &fails, (position, &bad), false);
            let none = format!("count({name}.violations) == 0");
            tests.add(&format!("test_passes_when_{word}_is_fine"), &none, (position, &condition.good()), false);
            if let Some(boundary) = boundary {
                tests.add(&format!("test_passes_when_{word}_is_at_the_boundary"), &none, (position, &boundary), false);
            }
        }
        let message = format!("{name}.not_applicable == {{{}}}", exempt.message());
        let first = conditions.first().map_or(Json::Null, Condition::bad);
        tests.add("test_not_applicable_when_it_is_exempt", &message, (0, &first), true);
        text
    }
}

/// Writing to a String cannot fail.
fn push(text: &mut String, more: &str) {
    let _ = text.write_str(more);
}

/// A text as YAML takes it, whatever is in it.
fn quoted(text: &str) -> String {
    let is_plain = text.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, ' ' | '_' | '-'))
        && text.starts_with(|first: char| first.is_ascii_alphabetic());
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// What one fact is asked for.
struct Condition {
    /// As the rule writes it, without `input.`.
    fact: String,
    /// As a part of a name: `tags_owner`.
    word: String,
    path: FactPath,
    ty: FactType,
    unit: Option<&'static str>,
    parameter: String,
}

impl Condition {
    fn of(rule: &NewRule, path: &FactPath, taken: &BTreeSet<&str>) -> Self {
        let def = path.fact.def();
        let (ty, fact) = (if def.ty == FactType::Map { FactType::String } else { def.ty }, path.to_string());
        let mut word: String = fact
            .chars()
            .map(|char| if char.is_ascii_alphanumeric() { char.to_ascii_lowercase() } else { '_' })
            .collect();
        word = word.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
        let prefix = match ty {
            FactType::Integer => "min",
            FactType::Boolean => "required",
            _ => "allowed",
        };
        let parameter = free(&format!("{prefix}_{word}"), &rule.name, taken);
        Self { fact, word, path: path.clone(), ty, unit: def.unit, parameter }
    }

    fn parameter(&self) -> String {
        let Self { fact, parameter, .. } = self;
        let unit = self.unit.map(|unit| format!("#       unit: {unit}\n")).unwrap_or_default();
        match self.ty {
            FactType::Integer => format!(
                "#     {parameter}:\n#       type: integer\n{unit}#       default: 1\n#       minimum: 0\n#       \
                 description: The least that {fact} may be.\n"
            ),
            FactType::Boolean => format!(
                "#     {parameter}:\n#       type: boolean\n#       default: true\n#       description: What {fact} has \
                 to be.\n"
            ),
            _ => format!(
                "#     {parameter}:\n#       type: strings\n#       default: []\n#       description: The values of \
                 {} that are approved.\n",
                fact.replace('"', "'")
            ),
        }
    }

    fn violations(&self) -> String {
        let Self { fact, parameter, .. } = self;
        let shown = fact.replace('\\', "\\\\").replace('"', "'").replace('%', "%%");
        match self.ty {
            FactType::Integer => format!(
                "\nviolations contains message if {{\n\tinput.{fact} < data.parameters.{parameter}\n\tmessage := \
                 sprintf(\"{shown} is %d; %s asks for %d\", [\n\t\tinput.{fact},\n\t\tdata.baseline.tier,\n\t\t\
                 data.parameters.{parameter},\n\t])\n}}\n"
            ),
            FactType::Boolean => format!(
                "\nviolations contains message if {{\n\tinput.{fact} != data.parameters.{parameter}\n\tmessage := \
                 sprintf(\"{shown} is %v; %s asks for the opposite\", [input.{fact}, data.baseline.tier])\n}}\n"
            ),
            FactType::Strings => format!(
                "\nviolations contains message if {{\n\tsome value in input.{fact}\n\tnot value in \
                 data.parameters.{parameter}\n\tmessage := sprintf(\"{shown} has %s, which %s does not approve\", \
                 [value, data.baseline.tier])\n}}\n"
            ),
            FactType::String | FactType::Map => format!(
                "\nviolations contains message if {{\n\tnot input.{fact} in data.parameters.{parameter}\n\tmessage := \
                 sprintf(\"{shown} is %s, which %s does not approve\", [input.{fact}, data.baseline.tier])\n}}\n"
            ),
        }
    }

    /// The parameter in the tests.
    fn tested(&self) -> Json {
        match self.ty {
            FactType::Integer => json!(7),
            FactType::Boolean => json!(true),
            _ => json!(["a"]),
        }
    }

    fn bad(&self) -> Json {
        match self.ty {
            FactType::Integer => json!(6),
            FactType::Boolean => json!(false),
            FactType::Strings => json!(["a", "b"]),
            _ => json!("b"),
        }
    }

    fn good(&self) -> Json {
        match self.ty {
            FactType::Integer => json!(8),
            FactType::Boolean => json!(true),
            FactType::Strings => json!(["a"]),
            _ => json!("a"),
        }
    }

    /// The last value that passes.
    fn boundary(&self) -> Option<Json> {
        match self.ty {
            FactType::Integer => Some(json!(7)),
            FactType::Strings => Some(json!([])),
            _ => None,
        }
    }

    fn what_fails(&self) -> &'static str {
        match self.ty {
            FactType::Integer => "is_one_too_few",
            FactType::Boolean => "is_off",
            _ => "is_not_approved",
        }
    }

    fn message_of_bad(&self) -> String {
        let shown = self.fact.replace('\\', "\\\\").replace('"', "'");
        match self.ty {
            FactType::Integer => format!("\"{shown} is 6; tier-1 asks for 7\""),
            FactType::Boolean => format!("\"{shown} is false; tier-1 asks for the opposite\""),
            FactType::Strings => format!("\"{shown} has b, which tier-1 does not approve\""),
            _ => format!("\"{shown} is b, which tier-1 does not approve\""),
        }
    }
}

/// The name of a parameter, or the same with the rule's name when another rule has it.
fn free(name: &str, rule: &str, taken: &BTreeSet<&str>) -> String {
    if taken.contains(name) { format!("{rule}_{name}") } else { name.to_owned() }
}

/// Where the rule has no meaning: engines that are exempt, or tiers, of what has no engine.
struct Exempt {
    parameter: String,
    by_engine: bool,
    /// Whether a fact that is asked for is the engine itself.
    engine_is_given: bool,
}

impl Exempt {
    fn of(rule: &NewRule, taken: &BTreeSet<&str>) -> Self {
        let kinds = rule.kinds();
        let by_engine = kinds.iter().all(|kind| ENGINE.def().kinds.contains(kind));
        let what = if by_engine { "engines" } else { "tiers" };
        let engine_is_given = rule.facts.iter().any(|path| path.fact == ENGINE && !path.before);
        Self { parameter: free(&format!("{}_exempt_{what}", rule.name), &rule.name, taken), by_engine, engine_is_given }
    }

    fn declaration(&self) -> String {
        let what = if self.by_engine { "engines" } else { "tiers" };
        format!(
            "#     {}:\n#       type: strings\n#       default: []\n#       description: The {what} for which the rule \
             has no meaning.\n",
            self.parameter
        )
    }

    fn value(&self) -> &'static str {
        if self.by_engine { "input.engine" } else { "data.baseline.tier" }
    }

    fn clause(&self) -> String {
        let Self { parameter, .. } = self;
        let value = self.value();
        format!(
            "\nnot_applicable contains message if {{\n\t{value} in data.parameters.{parameter}\n\tmessage := \
             sprintf(\"%s is exempt\", [{value}])\n}}\n"
        )
    }

    fn message(&self) -> &'static str {
        match (self.by_engine, self.engine_is_given) {
            (true, true) => "\"b is exempt\"",
            (true, false) => "\"postgres is exempt\"",
            (false, _) => "\"tier-1 is exempt\"",
        }
    }

    /// The parameter in the tests.
    fn tested(&self, is_exempt: bool) -> Json {
        match (is_exempt, self.by_engine, self.engine_is_given) {
            (false, ..) => json!([]),
            (true, true, true) => json!(["b"]),
            (true, true, false) => json!(["postgres"]),
            (true, false, _) => json!(["tier-1"]),
        }
    }
}

/// Writes tests.
struct Tests<'a> {
    conditions: &'a [Condition],
    exempt: &'a Exempt,
    text: &'a mut String,
}

impl Tests<'_> {
    /// Adds a test in which one fact has a value, and every other is fine.
    fn add(&mut self, name: &str, body: &str, (position, value): (usize, &Json), is_exempt: bool) {
        let (mut input, mut parameters) = (json!({}), json!({}));
        for (number, condition) in self.conditions.iter().enumerate() {
            condition.path.put(&mut input, if number == position { value.clone() } else { condition.good() });
            put(&mut parameters, &condition.parameter, condition.tested());
        }
        if self.exempt.by_engine && !self.exempt.engine_is_given {
            put(&mut input, "engine", json!("postgres"));
        }
        put(&mut parameters, &self.exempt.parameter, self.exempt.tested(is_exempt));
        push(
            self.text,
            &format!(
                "\n{name} if {{\n\t{body}\n\t\twith input as {}\n\t\twith data.parameters as {}\n\t\twith \
                 data.baseline as {{\"tier\": \"tier-1\"}}\n}}\n",
                literal(&input),
                literal(&parameters)
            ),
        );
    }
}

impl FactPath {
    /// Puts a value where a rule reads this fact.
    fn put(&self, input: &mut Json, value: Json) {
        let mut steps = Vec::from_iter(self.before.then_some("before"));
        steps.push(self.fact.def().name);
        steps.extend(self.key.as_deref());
        let Some((last, steps)) = steps.split_last() else { return };
        let mut object = input;
        for step in steps {
            put_if_absent(object, step);
            let Some(inner) = object.get_mut(step) else { return };
            object = inner;
        }
        put(object, last, value);
    }
}

fn put_if_absent(object: &mut Json, name: &str) {
    if object.get(name).is_none() {
        put(object, name, json!({}));
    }
}

fn put(object: &mut Json, name: &str, value: Json) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

/// A value as people write it in Rego: with a space after each colon and comma.
fn literal(value: &Json) -> String {
    match value {
        Json::Object(fields) => {
            let fields =
                fields.iter().map(|(name, value)| format!("{}: {}", Json::from(name.as_str()), literal(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
