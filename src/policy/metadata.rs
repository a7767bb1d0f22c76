//! A rule's METADATA: the comment of YAML right above its package, with a closed schema.
//!
//! Everything that is wrong is reported at once, each with its place in the `.rego` file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::parameters;
use super::text::Places;
use crate::diagnostic::Diagnostic;
use crate::model::{ParameterSpec, Remediation, Severity};
use crate::yaml::fields::{self, Fields};
use crate::yaml::problems::Problems;
use crate::yaml::{self, At, Node, Tree};

/// What METADATA says. What is missing or wrong was reported and is empty here.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    /// Whether it could be read at all, so that what is missing is not an echo of that error.
    pub(super) readable: bool,
    pub(super) title: Arc<str>,
    pub(super) description: Arc<str>,
    pub(super) id: Option<At<String>>,
    pub(super) severity: Option<Severity>,
    pub(super) covers: Vec<At<String>>,
    pub(super) aliases: Vec<At<String>>,
    /// The parameters by name; `None` is one whose specification is wrong.
    pub(super) parameters: BTreeMap<Arc<str>, At<Option<ParameterSpec>>>,
    pub(super) remediation: Remediation,
    pub(super) templates: Vec<At<String>>,
    pub(super) optional: Vec<At<String>>,
    pub(super) monotone: Vec<At<String>>,
}

/// Reads the METADATA of a file.
pub(super) fn read(places: &Places, found: &mut Vec<Diagnostic>) -> Metadata {
    let mut problems = Problems::of(places.source.clone());
    let mut metadata = Metadata::default();
    match block(&places.source.text) {
        Ok(text) => {
            if let Some(root) = yaml::read(&text, &mut problems) {
                metadata.readable = true;
                metadata.root(&root, &mut problems);
            }
        }
        Err((line, title)) => problems.add_with_help(
            (line, 1),
            title,
            "a comment `# METADATA` with title, description and custom stands right above `package`",
        ),
    }
    found.extend(problems.into_diagnostics());
    metadata
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

const CUSTOM: &[&str] = &["id", "severity", "covers", "parameters", "remediation", "optional", "monotone", "aliases"];

impl Metadata {
    fn root(&mut self, root: &Node, problems: &mut Problems) {
        let Some(keys) = Fields::read(root, "METADATA", &["title", "description", "custom"], problems) else { return };
        self.title = required_text(&keys, "title", problems);
        self.description = required_text(&keys, "description", problems);
        if let Some(custom) = keys.required("custom", problems) {
            self.custom(custom, problems);
        }
    }

    fn custom(&mut self, node: &Node, problems: &mut Problems) {
        let Some(keys) = Fields::read(node, "`custom`", CUSTOM, problems) else { return };
        self.id = keys.required("id", problems).and_then(|node| fields::text(node, "`id`", problems));
        self.severity = severity(&keys, problems);
        self.covers = texts(&keys, "covers", problems);
        self.aliases = texts(&keys, "aliases", problems);
        self.optional = texts(&keys, "optional", problems);
        self.monotone = texts(&keys, "monotone", problems);
        if let Some(node) = keys.get("parameters") {
            self.parameters(node, problems);
        }
        if let Some(node) = keys.required("remediation", problems) {
            self.remediation(node, problems);
        }
    }

    fn parameters(&mut self, node: &Node, problems: &mut Problems) {
        for (name, node) in fields::entries(node, "`parameters`", problems) {
            let value = parameters::read(node, name, problems);
            self.parameters.insert(name.value.as_str().into(), At { place: name.place, value });
        }
    }

    fn remediation(&mut self, node: &Node, problems: &mut Problems) {
        let Some(keys) = Fields::read(node, "`remediation`", &["terraform", "text"], problems) else { return };
        self.remediation.text = required_text(&keys, "text", problems);
        let Some(types) = keys.get("terraform") else { return };
        for (resource_type, node) in fields::entries(types, "`terraform`", problems) {
            let what = format!("`{}`", resource_type.value);
            let attributes = fields::entries(node, &what, problems);
            let templates = attributes.into_iter().filter_map(|(name, node)| self.template(name, node, problems));
            let templates = templates.collect();
            self.remediation.terraform.insert(resource_type.value.as_str().into(), templates);
        }
    }

    /// An attribute and the value to give it: text is a template, and `true` or `30` are what they look like.
    fn template(&mut self, name: &At<String>, node: &Node, problems: &mut Problems) -> Option<(Arc<str>, Arc<str>)> {
        let text = match &node.value {
            Tree::Bool(value) => value.to_string(),
            Tree::Integer(value) => value.to_string(),
            _ => fields::text(node, &format!("`{}`", name.value), problems)?.value,
        };
        self.templates.push(At { place: node.place, value: text.clone() });
        Some((name.value.as_str().into(), text.into()))
    }
}

fn required_text(keys: &Fields<'_>, key: &str, problems: &mut Problems) -> Arc<str> {
    let text = keys.required(key, problems).and_then(|node| fields::text(node, &format!("`{key}`"), problems));
    text.map_or_else(|| Arc::from(""), |text| text.value.trim().into())
}

/// A list that may be absent or empty.
fn texts(keys: &Fields<'_>, key: &str, problems: &mut Problems) -> Vec<At<String>> {
    let node = keys.get(key).filter(|node| !matches!(&node.value, Tree::List(items) if items.is_empty()));
    node.map_or_else(Vec::new, |node| fields::texts(node, &format!("`{key}`"), problems))
}

fn severity(keys: &Fields<'_>, problems: &mut Problems) -> Option<Severity> {
    let word = fields::text(keys.required("severity", problems)?, "`severity`", problems)?;
    word.value.parse().map_err(|why: String| problems.add(word.place, why)).ok()
}
