//! JSON syntax, as Terraform lays it on top of JSON: <https://developer.hashicorp.com/terraform/language/syntax/json>.
//!
//! What is a block and what is an attribute is for Terraform a question of the provider's schema. Here it is told by the
//! language's own blocks, and inside of resources by the value: a list of objects is blocks, as is an object under one of
//! the names in [`NESTED_BLOCKS`].

use std::sync::Arc;

use hcl_edit::expr::{Expression, Object as HclObject, ObjectKey, ObjectValue};
use hcl_edit::template::{Element, StringTemplate, Template};
use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::{Range, Ranged as _};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::body::{Attribute, Block, Body, FileId, Span};
use super::files::SourceFile;
use crate::diagnostic::Diagnostic;

/// As deep as hcl-edit lets native syntax be.
const MAX_DEPTH: usize = 64;

/// JSON and nothing more lenient.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The nested blocks of the resource types that dbkeel judges, and of the language itself, that stand once and may so be
/// written as an object (the provider's schema, hashicorp/aws 6).
const NESTED_BLOCKS: &[&str] = &[
    "auth",
    "blue_green_update",
    "connection",
    "cross_region_copy",
    "egress",
    "ingress",
    "lifecycle",
    "master_user_secret",
    "option",
    "option_settings",
    "parameter",
    "restore_to_point_in_time",
    "s3_import",
    "scaling_configuration",
    "serverless_v2_scaling_configuration",
    "serverlessv2_scaling_configuration",
    "timeouts",
];

/// How the strings of an attribute are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strings {
    /// As templates.
    Templates,
    /// As they are.
    Literal,
    /// As expressions.
    Expressions,
}

/// Parses a file. `Err` when it is not JSON; what is laid out otherwise than Terraform expects is told in the list.
pub(super) fn parse(file: &SourceFile, id: FileId) -> Result<(Body, Vec<Diagnostic>), Diagnostic> {
    let parsed = parse_to_ast(&file.text, &CollectOptions::default(), &STRICT).map_err(|error| {
        let title = format!("this is not valid JSON: {}", error.kind().to_string().to_lowercase());
        file.diagnostic(title, offset(error.range().start)).help("the rest of the folder is read without this file")
    })?;
    let mut reader = Reader { file, id, diagnostics: Vec::new() };
    let mut body = Body::default();
    match &parsed.value {
        Some(value) => reader.bodies(value, &mut |reader, object| reader.members(object, "", &mut body, 0)),
        None => return Err(file.diagnostic("the file is empty", 0).help("write `{}` in it, or remove it")),
    }
    Ok((body, reader.diagnostics))
}

/// The property of an object in JSON text, from its key on, as a range of the text.
pub(crate) fn property(text: &str, key: &str) -> Option<std::ops::Range<usize>> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT).ok()?;
    let range = parsed.value?.as_object()?.get(key)?.range;
    Some(range.start..range.end)
}

fn offset(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

struct Reader<'a> {
    file: &'a SourceFile,
    id: FileId,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn span(&self, range: Range) -> Span {
        Span { file: self.id, start: offset(range.start), end: offset(range.end) }
    }

    fn complain(&mut self, title: &str, range: Range) {
        let help = "see Terraform's JSON configuration syntax";
        self.diagnostics.push(self.file.diagnostic(title, offset(range.start)).help(help));
    }

    /// One object, or a list of them.
    fn bodies<'v>(&mut self, value: &'v Value<'v>, each: &mut dyn FnMut(&mut Self, &'v Object<'v>)) {
        match value {
            Value::Object(object) => each(self, object),
            Value::Array(array) => {
                for element in &array.elements {
                    match element {
                        Value::Object(object) => each(self, object),
                        other => self.complain("expected an object here", other.range()),
                    }
                }
            }
            Value::NullKeyword(_) => {}
            other => self.complain("expected an object here", other.range()),
        }
    }

    /// What stands in a block of a kind; `""` is the file itself.
    fn members<'v>(&mut self, object: &'v Object<'v>, kind: &str, body: &mut Body, depth: usize) {
        for property in &object.properties {
            let name = property.name.as_str();
            // A comment.
            if name == "//" {
                continue;
            }
            if depth >= MAX_DEPTH {
                self.complain("this is nested too deeply", property.range);
                return;
            }
            match labels_of(kind, name) {
                Some(labels) => self.labelled(property, labels, &mut Vec::new(), &mut body.blocks, depth),
                None if is_block(kind, name, &property.value) => {
                    self.labelled(property, 0, &mut Vec::new(), &mut body.blocks, depth);
                }
                None if kind.is_empty() => self.complain("Terraform has no block of this name", property.range),
                None => self.attribute(property, kind, body),
            }
        }
    }

    /// The blocks under a property whose next `left` levels are labels.
    fn labelled<'v>(
        &mut self,
        property: &'v ObjectProp<'v>,
        left: usize,
        path: &mut Vec<(&'v str, Range)>,
        blocks: &mut Vec<Block>,
        depth: usize,
    ) {
        path.push((property.name.as_str(), property.name.range()));
        if left > 0 {
            self.bodies(&property.value, &mut |reader, object| {
                for label in object.properties.iter().filter(|label| label.name.as_str() != "//") {
                    reader.labelled(label, left - 1, path, blocks, depth);
                }
            });
        } else {
            let in_a_list = property.value.as_array().is_some();
            self.bodies(&property.value, &mut |reader, object| {
                let header = if in_a_list {
                    Range::new(object.range.start, object.range.start + 1)
                } else {
                    path.last().map_or(object.range, |(_, range)| *range)
                };
                blocks.push(reader.block(object, path, header, depth));
            });
        }
        path.pop();
    }

    fn block<'v>(&mut self, object: &'v Object<'v>, path: &[(&str, Range)], header: Range, depth: usize) -> Block {
        let (kind, labels) = path.split_first().map_or(("", path), |((kind, _), labels)| (*kind, labels));
        let mut body = Body::default();
        self.members(object, kind, &mut body, depth + 1);
        Block {
            kind: Arc::from(kind),
            labels: labels.iter().map(|(label, _)| Arc::from(*label)).collect(),
            body: body.into(),
            span: self.span(Range::new(header.start, object.range.end)),
            header: self.span(header),
        }
    }

    fn attribute(&mut self, property: &ObjectProp<'_>, kind: &str, body: &mut Body) {
        let name = property.name.as_str();
        if body.attribute(name).is_some() {
            return self.complain(&format!("`{name}` is set twice in this block"), property.range);
        }
        let expression = match self.expression(&property.value, strings_of(kind, name), 0) {
            Ok(expression) => expression,
            Err((title, range)) => return self.complain(&title, range),
        };
        body.attributes.push(Attribute {
            name: Arc::from(name),
            expression: expression.into(),
            span: self.span(property.range),
            value: self.span(property.value.range()),
        });
    }

    fn expression(&self, value: &Value<'_>, strings: Strings, depth: usize) -> Result<Expression, (String, Range)> {
        if depth >= MAX_DEPTH {
            return Err(("this is nested too deeply".to_owned(), value.range()));
        }
        let invalid = |message: &str| (format!("this is not valid Terraform: {message}"), value.range());
        let parse = |text: &str| hcl_edit::parser::parse_expr(text).map_err(|error| invalid(error.message()));
        match value {
            Value::NullKeyword(_) => Ok(Expression::null()),
            Value::BooleanLit(literal) => Ok(Expression::from(literal.value)),
            Value::NumberLit(literal) => parse(literal.value),
            Value::StringLit(literal) => match strings {
                Strings::Literal => Ok(Expression::from(literal.value.as_ref())),
                Strings::Expressions => parse(&literal.value),
                Strings::Templates => template(&literal.value).map_err(|error| invalid(&error)),
            },
            Value::Array(array) => {
                let elements = array.elements.iter().map(|element| self.expression(element, strings, depth + 1));
                Ok(Expression::Array(elements.collect::<Result<Vec<_>, _>>()?.into()))
            }
            Value::Object(object) => {
                let mut items = HclObject::with_capacity(object.properties.len());
                for property in &object.properties {
                    let key = match strings {
                        Strings::Templates => template(property.name.as_str()).map_err(|error| invalid(&error))?,
                        _ => Expression::from(property.name.as_str()),
                    };
                    let value = self.expression(&property.value, strings, depth + 1)?;
                    items.insert(ObjectKey::Expression(key), ObjectValue::new(value));
                }
                Ok(Expression::from(items))
            }
        }
    }
}

/// A string as Terraform reads it: a template, and what stands in `${…}` alone is an expression of any type.
fn template(text: &str) -> Result<Expression, String> {
    if !text.contains("${") && !text.contains("%{") {
        return Ok(Expression::from(text));
    }
    let parsed: Template = text.parse().map_err(|error: hcl_edit::parser::Error| error.message().to_owned())?;
    Ok(match parsed.as_single_element() {
        Some(Element::Interpolation(alone)) => alone.expr.clone(),
        _ => Expression::from(parsed.into_iter().collect::<StringTemplate>()),
    })
}

/// How many labels the language's own blocks have; `None` when a name is none of them.
fn labels_of(parent: &str, name: &str) -> Option<usize> {
    match (parent, name) {
        ("", "resource" | "data" | "ephemeral") => Some(2),
        ("", "variable" | "output" | "module" | "provider" | "check") => Some(1),
        ("", "locals" | "terraform" | "moved" | "removed" | "import") => Some(0),
        ("check", "data") => Some(2),
        ("terraform", "backend" | "provider_meta") => Some(1),
        ("terraform", "required_providers" | "cloud") | ("cloud", "workspaces") => Some(0),
        ("resource" | "data" | "ephemeral", "provisioner") | (_, "dynamic") => Some(1),
        ("dynamic", "content") | ("variable", "validation") | ("check", "assert") => Some(0),
        ("resource" | "data" | "ephemeral" | "removed", "lifecycle" | "connection") => Some(0),
        ("lifecycle" | "output", "precondition" | "postcondition") => Some(0),
        _ => None,
    }
}

fn is_block(parent: &str, name: &str, value: &Value<'_>) -> bool {
    let never = ["module", "variable", "output", "locals", "provider", "terraform", "required_providers", ""];
    if never.contains(&parent) {
        return false;
    }
    match value {
        Value::Array(array) => {
            !array.elements.is_empty() && array.elements.iter().all(|element| element.as_object().is_some())
        }
        Value::Object(_) => NESTED_BLOCKS.contains(&name),
        _ => false,
    }
}

fn strings_of(parent: &str, name: &str) -> Strings {
    match (parent, name) {
        ("variable", "default" | "description") | ("module", "source" | "version") | ("terraform" | "backend", _) => {
            Strings::Literal
        }
        ("variable", "type") | ("moved" | "removed", "from" | "to") | ("import", "to" | "provider") => {
            Strings::Expressions
        }
        ("resource" | "data" | "ephemeral", "provider") | ("module", "providers") => Strings::Expressions,
        (_, "depends_on") | ("lifecycle", "ignore_changes" | "replace_triggered_by") => Strings::Expressions,
        ("required_providers", _) => Strings::Literal,
        _ => Strings::Templates,
    }
}
