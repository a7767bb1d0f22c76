//! A rule's METADATA: the comment of YAML right above its package, with a closed schema.
//!
//! Everything that is wrong is reported at once, each with its place in the `.rego` file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::Fields;
use super::parameters;
use super::text::Places;
use super::yaml::{self, Node, Yaml};
use crate::diagnostic::Diagnostic;
use crate::model::{ParameterSpec, Remediation, Severity};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// What METADATA says. What is missing or wrong was reported and is empty here.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    /// Whether it could be read at all, so that what is missing is not an echo of that error.
    pub(super) readable: bool,
    pub(super) title: Arc<str>,
    pub(super) description: Arc<str>,
    pub(super) id: Option<At<Arc<str>>>,
    pub(super) severity: Option<Severity>,
    pub(super) covers: Vec<At<Arc<str>>>,
    pub(super) aliases: Vec<At<Arc<str>>>,
    /// The parameters by name; `None` is one whose specification is wrong.
    pub(super) parameters: BTreeMap<Arc<str>, At<Option<ParameterSpec>>>,
    pub(super) remediation: Remediation,
    pub(super) templates: Vec<At<Arc<str>>>,
    pub(super) optional: Vec<At<Arc<str>>>,
    pub(super) monotone: Vec<At<Arc<str>>>,
}

/// Reads the METADATA of a file.
pub(super) fn read(places: &Places, problems: &mut Vec<Diagnostic>) -> Metadata {
    let mut reader = Reader { places, problems, metadata: Metadata::default() };
    reader.file();
    reader.metadata
}

/// The comment block right above `package`, as YAML in which every line and column is that of the file: the lines above it
/// are empty, and each `#` is a space.
fn block(text: &str) -> Result<String, (u32, &'static str)> {
    let lines: Vec<&str> = text.lines().collect();
    let package = lines.iter().position(|line| line.starts_with("package ")).unwrap_or(lines.len());
    let above = lines.get(..package).unwrap_or(&[]);
    let first = above.iter().rposition(|line| !line.starts_with('#')).map_or(0, |gap| gap + 1);
    let comment = above.get(first..).unwrap_or(&[]);
    let Some(start) = comment.iter().position(|line| line.trim_end() == "# METADATA") else {
        let elsewhere = above.iter().position(|line| line.trim_end() == "# METADATA");
        return Err(match elsewhere {
            Some(line) => (line as u32 + 1, "METADATA does not stand right above `package`"),
            None => (1, "the rule has no METADATA"),
        });
    };
    let mut yaml = "\n".repeat(first + start + 1);
    for line in comment.iter().skip(start + 1) {
        yaml.push(' ');
        yaml.push_str(line.get(1..).unwrap_or(""));
        yaml.push('\n');
    }
    Ok(yaml)
}

struct Reader<'a> {
    places: &'a Places,
    problems: &'a mut Vec<Diagnostic>,
    metadata: Metadata,
}

impl Reader<'_> {
    fn file(&mut self) {
        match block(&self.places.source.text) {
            Ok(text) => self.document(&text),
            Err((line, title)) => {
                let problem = self.places.error_at(line, 1, title);
                self.problems
                    .push(problem.help(
                        "a comment `# METADATA` with title, description and custom stands right above `package`",
                    ));
            }
        }
    }

    fn document(&mut self, text: &str) {
        match yaml::parse(text) {
            Ok(node) => {
                self.metadata.readable = true;
                self.root(node);
            }
            Err(error) => {
                let (line, column) = error.place.unwrap_or((1, 1));
                self.problems.push(self.places.error_at(
                    line,
                    column,
                    format!("METADATA is not YAML: {}", error.message),
                ));
            }
        }
    }

    fn fields(&mut self, node: Node, what: &'static str) -> Option<Fields<'_>> {
        Fields::new(node, what, self.places, self.problems)
    }

    fn root(&mut self, node: Node) {
        let Some(mut fields) = self.fields(node, "METADATA") else { return };
        let title = fields.required_text("title");
        let description = fields.required_text("description");
        let custom = fields.required("custom");
        fields.finish();
        self.metadata.title = title;
        self.metadata.description = description;
        if let Some(custom) = custom {
            self.custom(custom);
        }
    }

    fn custom(&mut self, node: Node) {
        let Some(mut fields) = self.fields(node, "`custom`") else { return };
        let id = fields.required_text_at("id");
        let severity = fields.required_text_at("severity");
        let covers = fields.texts("covers");
        let aliases = fields.texts("aliases");
        let optional = fields.texts("optional");
        let monotone = fields.texts("monotone");
        let parameters = fields.optional("parameters");
        let remediation = fields.required("remediation");
        fields.finish();
        self.metadata.id = id;
        self.metadata.covers = covers;
        self.metadata.aliases = aliases;
        self.metadata.optional = optional;
        self.metadata.monotone = monotone;
        self.severity(severity);
        self.parameters(parameters);
        self.remediation(remediation);
    }

    fn severity(&mut self, word: Option<At<Arc<str>>>) {
        let Some(word) = word else { return };
        match word.value.parse::<Severity>() {
            Ok(severity) => self.metadata.severity = Some(severity),
            Err(why) => self.problems.push(self.places.error_at(word.line, word.column, why)),
        }
    }

    fn parameters(&mut self, node: Option<Node>) {
        let Some(node) = node else { return };
        let Some(entries) = self.entries(node, "`parameters`") else { return };
        for entry in entries {
            let place = (entry.line, entry.column);
            let spec = parameters::read(entry.value, &entry.key, place, self.places, self.problems);
            let spec = At { value: spec, line: place.0, column: place.1 };
            self.metadata.parameters.insert(entry.key.into(), spec);
        }
    }

    fn remediation(&mut self, node: Option<Node>) {
        let Some(node) = node else { return };
        let Some(mut fields) = self.fields(node, "`remediation`") else { return };
        let text = fields.required_text("text");
        let terraform = fields.optional("terraform");
        fields.finish();
        self.metadata.remediation.text = text;
        let types = terraform.and_then(|node| self.entries(node, "`terraform`")).unwrap_or_default();
        for resource_type in types {
            let attributes = self.entries(resource_type.value, "a resource type").unwrap_or_default();
            let attributes = attributes.into_iter().filter_map(|entry| self.template(entry)).collect();
            self.metadata.remediation.terraform.insert(resource_type.key.into(), attributes);
        }
    }

    /// An attribute and the value to give it: text is a template, and `true` or `30` are what they look like.
    fn template(&mut self, entry: yaml::Entry) -> Option<(Arc<str>, Arc<str>)> {
        let text: Arc<str> = match entry.value.value {
            Yaml::String(text) => text.into(),
            Yaml::Bool(value) => value.to_string().into(),
            Yaml::Integer(value) => value.to_string().into(),
            other => {
                let title = format!("`{}` is {}; expected text", entry.key, other.described());
                self.problems.push(self.places.error_at(entry.value.line, entry.value.column, title));
                return None;
            }
        };
        let at = At { value: text.clone(), line: entry.value.line, column: entry.value.column };
        self.metadata.templates.push(at);
        Some((entry.key.into(), text))
    }

    fn entries(&mut self, node: Node, what: &str) -> Option<Vec<yaml::Entry>> {
        match node.value {
            Yaml::Map(entries) => Some(entries),
            other => {
                let title = format!("{what} is {}; expected a map", other.described());
                self.problems.push(self.places.error_at(node.line, node.column, title));
                None
            }
        }
    }
}
