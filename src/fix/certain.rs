//! Follows an attribute of a resource to the plain value that sets it, and says why where that is not certain.

use std::ops::Range;
use std::sync::Arc;

use hcl_edit::expr::{Expression, TraversalOperator};

use super::shape::{Shape, range};
use super::{Site, caution, uses};
use crate::model::Location;
use crate::source::terraform::hcl::{Attribute, Block, Body, Configuration, Module, SourceFile, Span, Syntax, Target};

/// How many `module` blocks a value is followed through.
const MAX_STEPS: usize = 64;

/// Where an attribute is set by a plain value, or absent.
#[derive(Debug)]
pub(super) struct Found {
    /// The file.
    pub(super) span: Span,
    pub(super) site: Site,
    pub(super) shape: Shape,
    /// The attribute's name there: that of a `module` block's argument may be another.
    pub(super) name: Arc<str>,
    /// The plain value as it is written.
    pub(super) now: Option<String>,
    pub(super) cautions: Vec<String>,
}

/// Why it is not certain, and the line to look at.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) why: String,
    pub(super) location: Option<Location>,
}

/// A resource's block, and the modules on the way to it.
pub(super) struct Holder<'a> {
    pub(super) configuration: &'a Configuration,
    pub(super) block: &'a Block,
    /// The names of the calls that lead to it.
    pub(super) path: &'a [Arc<str>],
    /// The modules on the way, the root module first.
    pub(super) targets: &'a [Target],
}

impl<'a> Holder<'a> {
    /// Where the attribute is set to a plain value that may be replaced, or where it belongs.
    pub(super) fn find(&self, attribute: &str, value: &str) -> Result<Found, Open> {
        let (body, block, name) = self.body_of(attribute)?;
        if let Some(why) = caution::refusal(name, value, body) {
            return Err(self.open(why, block.header));
        }
        let cautions = caution::told(name, value, body);
        let found = match body.attribute(name) {
            Some(found) => self.outwards(found, body)?,
            None => self.absent(block, name)?,
        };
        Ok(Found { cautions, ..found })
    }

    /// The body that holds the last part of a dotted name: that of the block itself, or of its only nested block of a kind.
    fn body_of<'n>(&self, attribute: &'n str) -> Result<(&'a Body, &'a Block, &'n str), Open> {
        let Some((kind, name)) = attribute.split_once('.') else {
            return Ok((&self.block.body, self.block, attribute));
        };
        let mut nested = self.block.body.blocks.iter().filter(|block| block.kind.as_ref() == kind);
        let makes_more = self.block.body.blocks.iter().any(|block| block.kind.as_ref() == "dynamic");
        match (nested.next(), nested.next()) {
            (Some(block), None) if !makes_more && !name.contains('.') => Ok((&block.body, block, name)),
            _ => Err(self.open(format!("`{kind}` is not one block with plain values"), self.block.header)),
        }
    }

    fn absent(&self, block: &Block, name: &str) -> Result<Found, Open> {
        let level = self.targets.len().saturating_sub(1);
        if !self.is_own(level) {
            return Err(self.outside(level, block.header));
        }
        let open = |why: String| self.open(why, block.header);
        let file = self.file(block.span).filter(|file| file.syntax == Syntax::Native);
        let file =
            file.ok_or_else(|| open("the file is in JSON syntax, where lines are laid out in many ways".into()))?;
        let shape = Shape::of_block(&file.text, block);
        let shape = shape.ok_or_else(|| open("the block stands on one line".into()))?;
        Ok(Found { span: block.header, site: Site::Absent, shape, name: name.into(), now: None, cautions: Vec::new() })
    }

    /// The plain value behind an attribute: its own, or that of the argument that leads to it.
    fn outwards(&self, attribute: &'a Attribute, body: &'a Body) -> Result<Found, Open> {
        let wanted = Arc::clone(&attribute.name);
        let (mut attribute, mut body, mut level) = (attribute, body, self.targets.len().saturating_sub(1));
        for _ in 0..MAX_STEPS {
            if let Some(bytes) = self.plain(attribute) {
                if !self.is_own(level) {
                    return Err(self.outside(level, attribute.span));
                }
                return Ok(self.replace(attribute, body, bytes));
            }
            let open = |why: String| self.open(why, attribute.span);
            let Some(variable) = variable(&attribute.expression) else {
                return Err(open(format!("`{}` is computed", attribute.name)));
            };
            let module = self.module(level).ok_or_else(|| open("its module is not here".into()))?;
            let files = &self.configuration.files;
            if let Some(other) = uses::another(files, module, &variable, &wanted, attribute.span) {
                return Err(open(format!("variable `{variable}` decides {other} too")));
            }
            let Some(call) = self.call(level) else {
                return Err(open(format!("variable `{variable}` of the root module decides it")));
            };
            let Some(argument) = call.body.attribute(&variable) else {
                let why = format!("the default of variable `{variable}` decides it, for every call of the module");
                return Err(self.open(why, call.header));
            };
            (attribute, body, level) = (argument, &call.body, level - 1);
        }
        Err(self.open("it leads through too many modules".into(), attribute.span))
    }

    fn replace(&self, attribute: &Attribute, body: &Body, bytes: Range<usize>) -> Found {
        let file = self.file(attribute.span);
        let shape = match file.map(|file| file.syntax) {
            Some(Syntax::Native) => Shape::of_body(body, attribute.span.file),
            _ => Shape::default(),
        };
        let now = file.and_then(|file| file.text.get(bytes.clone())).map(str::to_owned);
        let name = Arc::clone(&attribute.name);
        Found { span: attribute.span, site: Site::Value(bytes), shape, name, now, cautions: Vec::new() }
    }

    /// The bytes of a plain value: a truth value, a number, a text without templates, null.
    fn plain(&self, attribute: &Attribute) -> Option<Range<usize>> {
        let is_plain = matches!(
            attribute.expression.as_ref(),
            Expression::Bool(_) | Expression::Number(_) | Expression::String(_) | Expression::Null(_)
        );
        let bytes = range(attribute.value);
        let text = self.file(attribute.value)?.text.get(bytes.clone())?;
        // JSON's texts may be templates that say the same: `"${true}"`.
        (is_plain && !text.contains(['\n', '$', '%'])).then_some(bytes)
    }

    fn module(&self, level: usize) -> Option<&'a Module> {
        self.targets.get(level).map(|target| self.configuration.module(target.module))
    }

    /// The `module` block that leads into a level.
    fn call(&self, level: usize) -> Option<&'a Block> {
        let outer = level.checked_sub(1)?;
        self.module(outer)?.calls.get(self.path.get(outer)?)
    }

    fn is_own(&self, level: usize) -> bool {
        self.targets.get(level).is_some_and(|target| self.configuration.is_own(target.module))
    }

    fn file(&self, span: Span) -> Option<&'a SourceFile> {
        self.configuration.files.get(span.file)
    }

    /// It is set outside of the repository: the line is that of the call that leads there.
    fn outside(&self, level: usize, span: Span) -> Open {
        let file = self.file(span).map_or("", |file| &file.name);
        let why = format!("it is set in `{file}`, which is no part of this repository");
        let own = (0..level).rev().find(|level| self.is_own(*level));
        let call = own.and_then(|own| self.call(own + 1));
        Open { why, location: call.and_then(|call| self.configuration.files.location(call.header)) }
    }

    /// Why it is not certain, at a place of the source.
    pub(super) fn open(&self, why: String, span: Span) -> Open {
        let level = self.targets.len().saturating_sub(1);
        let is_here = self.file(span).is_some_and(|file| file.path.starts_with(self.configuration.base()));
        match is_here && self.is_own(level) {
            true => Open { why, location: self.configuration.files.location(span) },
            false => Open { why, location: self.outside(level, span).location },
        }
    }
}

/// The variable that an expression is, and nothing else.
fn variable(expression: &Expression) -> Option<String> {
    match expression {
        Expression::Parenthesis(inner) => variable(inner.inner()),
        Expression::Traversal(traversal) => {
            let root = traversal.expr.as_variable()?;
            match traversal.operators.as_slice() {
                [only] if root.as_str() == "var" => match only.value() {
                    TraversalOperator::GetAttr(name) => Some(name.as_str().to_owned()),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}
