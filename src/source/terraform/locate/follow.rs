//! Follows a value outwards: from `var.x` in a module to the argument of its `module` block, and on.

use std::sync::Arc;

use hcl_edit::expr::{Expression, TraversalOperator};
use hcl_edit::visit::{Visit, visit_traversal};

use super::Declared;
use super::choose::Wanted;
use super::find::{self, Set, descend};
use crate::model::{Place, Related, Text};
use crate::source::terraform::hcl::{Attribute, Block, Configuration, Module, Span};

/// How many steps a value is followed.
const MAX_STEPS: usize = 64;

/// Where the value is now.
#[derive(Clone)]
struct Stand<'a> {
    set: Set,
    /// How many calls lead to the module that it is in.
    level: usize,
    /// The block that it is in, which `each` is about.
    block: &'a Block,
}

/// A line that the value came through.
struct Step {
    span: Span,
    level: usize,
    message: String,
}

/// The place of an attribute of a resource, or of the resource as a whole.
pub(super) fn place(configuration: &Configuration, declared: &Declared<'_>, wanted: Option<&Wanted<'_>>) -> Place {
    let follower = Follower { configuration, declared };
    let wanted = wanted.filter(|wanted| !wanted.attribute.is_empty());
    let level = declared.targets.len().saturating_sub(1);
    let found = wanted.and_then(|wanted| find::find(configuration, declared.block, wanted));
    let Some(set) = found else {
        let note = wanted.map(absent);
        return follower.anchored(declared.block.header, level, Vec::new(), note);
    };
    let mut note = None;
    let start = Stand { set, level, block: declared.block };
    let (stand, mut steps) = follower.outwards(start);
    if let Some((span, level)) = wanted.and_then(|wanted| follower.rule_of_group(&stand, wanted)) {
        let message = format!("`{}.{}` refers to it here", declared.names.resource_type, declared.names.name);
        steps.push(Step { span: stand.set.span, level: stand.level, message });
        return follower.anchored(span, level, steps, None);
    }
    if let (Some(wanted), [key]) = (wanted, stand.set.path.as_slice()) {
        let is_literal = matches!(stand.set.expression.as_deref(), Some(Expression::Object(_)));
        let is_key = wanted.key.as_deref() == Some(key);
        note = (is_literal && is_key).then(|| format!("`{key}` is not set here"));
    }
    follower.anchored(stand.set.span, stand.level, steps, note)
}

fn absent(wanted: &Wanted<'_>) -> String {
    match (wanted.attribute.as_ref(), &wanted.key, wanted.words.first()) {
        ("parameter", Some(name), _) => format!("no `parameter` block sets `{name}` here"),
        ("parameter", None, Some(name)) => format!("no `parameter` block sets `{name}` here"),
        (attribute, ..) => format!("`{attribute}` is not set here"),
    }
}

struct Follower<'a> {
    configuration: &'a Configuration,
    declared: &'a Declared<'a>,
}

impl<'a> Follower<'a> {
    fn module(&self, level: usize) -> Option<&'a Module> {
        self.declared.targets.get(level).map(|target| self.configuration.module(target.module))
    }

    fn is_own(&self, level: usize) -> bool {
        self.declared.targets.get(level).is_some_and(|target| self.configuration.is_own(target.module))
    }

    /// The `module` block that leads into a level.
    fn call(&self, level: usize) -> Option<&'a Block> {
        let outer = level.checked_sub(1)?;
        self.module(outer)?.calls.get(self.declared.names.path.get(outer)?)
    }

    /// Where the value is set in the end, and the lines on the way there, from the resource outwards.
    fn outwards(&self, start: Stand<'a>) -> (Stand<'a>, Vec<Step>) {
        let (mut stand, mut steps) = (start, Vec::new());
        // An element of `for_each` only counts when it is found; until then this is where to go back to.
        let mut sure: Option<(Stand<'a>, usize)> = None;
        for _ in 0..MAX_STEPS {
            let Some((next, message, is_sure)) = self.next(&stand) else { break };
            if !is_sure && sure.is_none() {
                sure = Some((stand.clone(), steps.len()));
            }
            steps.push(Step { span: stand.set.span, level: stand.level, message });
            stand = next;
        }
        match sure {
            Some((before, count)) if !stand.set.path.is_empty() => {
                steps.truncate(count);
                (before, steps)
            }
            _ => (stand, steps),
        }
    }

    /// One step outwards, what it is, and whether it is certain by itself.
    fn next(&self, stand: &Stand<'a>) -> Option<(Stand<'a>, String, bool)> {
        let expression = stand.set.expression.as_deref()?;
        let reference = Reference::of(expression, stand.set.path.is_empty())?;
        let path = |own: &[Arc<str>]| own.iter().chain(&stand.set.path).cloned().collect::<Vec<_>>();
        let stand_at = |attribute: &Attribute, path: Vec<Arc<str>>, level: usize, block: &'a Block| Stand {
            set: descend(self.configuration, Set::of(attribute, path)),
            level,
            block,
        };
        let name = &reference.name;
        match reference.root.as_ref() {
            "var" => {
                let call = self.call(stand.level)?;
                let message = format!("set through variable `{name}` here");
                if let Some(argument) = call.body.attribute(name) {
                    let next = stand_at(argument, path(&reference.path), stand.level - 1, call);
                    return Some((next, message, true));
                }
                let variable = self.module(stand.level)?.variables.get(name)?;
                let default = variable.body.attribute("default").filter(|_| self.is_own(stand.level))?;
                let next = stand_at(default, path(&reference.path), stand.level, variable);
                Some((next, format!("set through the default of variable `{name}` here"), true))
            }
            "local" => {
                let local = self.module(stand.level)?.locals.get(name)?;
                let next = stand_at(local, path(&reference.path), stand.level, stand.block);
                Some((next, format!("set through local value `{name}` here"), true))
            }
            "each" if name.as_ref() == "value" => {
                let for_each = stand.block.body.attribute("for_each")?;
                let key = self.declared.names.keys.get(self.depth_of(stand))?.as_ref()?;
                let key: Arc<str> = serde_json::from_str::<String>(key).ok()?.into();
                let below: Vec<Arc<str>> = std::iter::once(key).chain(path(&reference.path)).collect();
                let next = stand_at(for_each, below, stand.level, stand.block);
                Some((next, "set through `each.value` here".to_owned(), false))
            }
            _ => None,
        }
    }

    /// From a list of security groups into the rule of one of them, when it names what the finding is about.
    fn rule_of_group(&self, stand: &Stand<'a>, wanted: &Wanted<'_>) -> Option<(Span, usize)> {
        let expression = stand.set.expression.as_deref().filter(|_| !wanted.words.is_empty())?;
        let module = self.module(stand.level)?;
        let mut found = References::default();
        found.visit_expr(expression);
        let ingress = Wanted { attribute: "ingress.cidr_blocks".into(), ..wanted.clone() };
        found.list.into_iter().flatten().filter(|reference| reference.root.as_ref() == "aws_security_group").find_map(
            |reference| {
                let block = module.resource(&reference.root, &reference.name)?;
                let set = find::find(self.configuration, block, &ingress)?;
                let text = self.configuration.files.text(set.span);
                wanted.words.iter().any(|word| text.contains(word)).then_some((set.span, stand.level))
            },
        )
    }

    /// The position of the instance key that `each` is about: the call's, or the resource's.
    fn depth_of(&self, stand: &Stand<'_>) -> usize {
        // INVARIANT: keys are those of the calls from the root on, then the resource's.
        stand.level
    }

    /// The place, moved outwards to the repository's nearest `module` block if it is not part of it.
    fn anchored(&self, span: Span, level: usize, steps: Vec<Step>, note: Option<String>) -> Place {
        let files = &self.configuration.files;
        let (span, note) = match (0..=level).rev().find(|level| self.is_own(*level)) {
            Some(own) if own == level => (Some(span), note),
            Some(own) => {
                let file = files.get(span.file).map_or("", |file| &file.name);
                let outside = format!("in `{file}`, which is no part of this repository");
                let note = match note {
                    Some(note) => format!("{}, {outside}", note.trim_end_matches(" here")),
                    None => format!("set {outside}"),
                };
                (self.call(own + 1).map(|call| call.header), Some(note))
            }
            None => (None, Some("the module is not part of this repository".to_owned())),
        };
        let related = steps.into_iter().rev().filter(|step| self.is_own(step.level));
        Place {
            location: span.and_then(|span| files.location(span)),
            related: related
                .filter_map(|step| {
                    Some(Related { location: files.location(step.span)?, message: Text::from(step.message) })
                })
                .collect(),
            note: note.map(Text::from),
        }
    }
}

/// What an expression takes its value from: `var.x.y`.
#[derive(Debug, PartialEq, Eq)]
struct Reference {
    root: Arc<str>,
    name: Arc<str>,
    path: Vec<Arc<str>>,
}

impl Reference {
    /// The only reference of an expression. When a part of the value is meant, only a plain reference tells where it is.
    fn of(expression: &Expression, any: bool) -> Option<Self> {
        if let Some(plain) = Self::plain(expression) {
            return Some(plain);
        }
        // Of an object, the line that it is written at says more than that of one of its parts.
        if !any || matches!(expression, Expression::Object(_) | Expression::ForExpr(_)) {
            return None;
        }
        let mut found = References::default();
        found.visit_expr(expression);
        let first = found.list.pop()??;
        let alike = |other: &Option<Self>| {
            other.as_ref().is_some_and(|other| other.root == first.root && other.name == first.name)
        };
        (found.list.iter().all(alike) && matches!(first.root.as_ref(), "var" | "local")).then_some(first)
    }

    fn plain(expression: &Expression) -> Option<Self> {
        match expression {
            Expression::Parenthesis(inner) => Self::plain(inner.inner()),
            Expression::Traversal(traversal) => Self::of_traversal(traversal),
            _ => None,
        }
    }

    fn of_traversal(traversal: &hcl_edit::expr::Traversal) -> Option<Self> {
        let root = traversal.expr.as_variable()?;
        let step = |operator: &TraversalOperator| match operator {
            TraversalOperator::GetAttr(name) => Some(Arc::from(name.as_str())),
            TraversalOperator::Index(Expression::String(key)) => Some(Arc::from(key.as_str())),
            _ => None,
        };
        let mut steps = traversal.operators.iter().map(|operator| step(operator.value()));
        let name = steps.next()??;
        Some(Self { root: Arc::from(root.as_str()), name, path: steps.collect::<Option<_>>()? })
    }
}

/// Collects the references of an expression; `None` stands for one that is not plain.
#[derive(Default)]
struct References {
    list: Vec<Option<Reference>>,
}

impl Visit for References {
    fn visit_traversal(&mut self, node: &hcl_edit::expr::Traversal) {
        if node.expr.as_variable().is_some() {
            self.list.push(Reference::of_traversal(node));
        }
        visit_traversal(self, node);
    }
}
