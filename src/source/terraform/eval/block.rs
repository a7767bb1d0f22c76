//! Bodies of blocks: attributes, nested blocks, and those that `dynamic` makes.
//!
//! Nested blocks become what a plan makes of them: a list of objects under the name of the block.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::comprehension::entries;
use super::expression::Evaluator;
use super::fault::Fault;
use super::names::ModuleScope;
use super::run::Run;
use super::scope::Bindings;
use super::unsettled::{unmark, unsettled_in};
use super::value::{MapKind, SequenceKind, Unsettled, Val};
use crate::source::terraform::hcl::{Attribute, Block, Body};

/// The kind of the blocks that a block is or, if it is `dynamic`, makes.
pub(super) fn kind_of(block: &Block) -> &str {
    match block.kind.as_ref() {
        "dynamic" => block.labels.first().map_or("dynamic", AsRef::as_ref),
        kind => kind,
    }
}

/// The nested blocks of a kind, or what makes their number unknown.
type Blocks = Result<Vec<Val>, Unsettled>;

impl ModuleScope<'_, '_> {
    /// All nested blocks of a kind. What is wrong in them is reported.
    pub(super) fn blocks_named(&self, run: &mut Run<'_>, body: &Body, kind: &str, of: &str) -> Val {
        let blocks: Vec<&Block> = body.blocks.iter().filter(|block| kind_of(block) == kind).collect();
        Nested { scope: self, of }.list(run, Evaluator::new(self), kind, &blocks)
    }
}

/// Evaluates nested blocks of a resource.
struct Nested<'a, 'p, 'c> {
    scope: &'a ModuleScope<'p, 'c>,
    /// The resource, for reasons.
    of: &'a str,
}

impl Nested<'_, '_, '_> {
    fn list(&self, run: &mut Run<'_>, evaluator: Evaluator<'_>, kind: &str, blocks: &[&Block]) -> Val {
        let mut all = Vec::new();
        let mut open: Option<Unsettled> = None;
        for block in blocks {
            match self.blocks(run, evaluator, block) {
                Ok(blocks) => all.extend(blocks),
                Err(unsettled) => open.get_or_insert_default().join(&unsettled),
            }
        }
        match open {
            Some(mut unsettled) => {
                let rest = all.iter().filter_map(unsettled_in);
                rest.for_each(|rest| unsettled.join(&rest));
                unsettled.undecided().into_val()
            }
            // The one block that a plan has as an object.
            None if kind == "timeouts" => all.pop().unwrap_or(Val::Null),
            None => Val::Sequence(SequenceKind::List, Arc::new(all)),
        }
    }

    fn blocks(&self, run: &mut Run<'_>, evaluator: Evaluator<'_>, block: &Block) -> Blocks {
        if block.kind.as_ref() == "dynamic" {
            return self.dynamic(run, evaluator, block);
        }
        Ok(vec![self.body(run, evaluator, &block.body)])
    }

    fn body(&self, run: &mut Run<'_>, evaluator: Evaluator<'_>, body: &Body) -> Val {
        let mut fields: BTreeMap<Arc<str>, Val> = BTreeMap::new();
        for attribute in &body.attributes {
            fields.insert(Arc::clone(&attribute.name), self.attribute(run, evaluator, attribute));
        }
        let mut kinds: Vec<&str> = body.blocks.iter().map(kind_of).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let blocks: Vec<&Block> = body.blocks.iter().filter(|block| kind_of(block) == kind).collect();
            let value = run.nested(|run| Ok(self.list(run, evaluator, kind, &blocks)));
            fields.insert(kind.into(), value.unwrap_or_else(|fault| self.report(&fault, body, kind)));
        }
        Val::Mapping(MapKind::Object, Arc::new(fields))
    }

    fn report(&self, fault: &Fault, body: &Body, kind: &str) -> Val {
        if let Some(block) = body.blocks.iter().find(|block| kind_of(block) == kind) {
            self.scope.program.report_fault(fault, block.header);
        }
        self.not_valid(kind)
    }

    fn not_valid(&self, name: &str) -> Val {
        self.scope.instance.unknown(&format!("{}.{name} (not valid)", self.of))
    }

    fn attribute(&self, run: &mut Run<'_>, evaluator: Evaluator<'_>, attribute: &Attribute) -> Val {
        evaluator.value(run, &attribute.expression).unwrap_or_else(|fault| {
            self.scope.program.report_fault(&fault, attribute.value);
            self.not_valid(&attribute.name)
        })
    }

    /// <https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks>
    fn dynamic(&self, run: &mut Run<'_>, evaluator: Evaluator<'_>, block: &Block) -> Blocks {
        let content = block.body.blocks.iter().find(|inner| inner.kind.as_ref() == "content");
        let (Some(content), Some(each)) = (content, block.body.attribute("for_each")) else {
            let fault = Fault::new("a `dynamic` block has a `for_each` and a `content`");
            self.scope.program.report_fault(&fault, block.header);
            return Err(Unsettled::on_other(self.scope.instance.address(&format!(
                "{}.{} (not valid)",
                self.of,
                kind_of(block)
            ))));
        };
        let (collection, _) = unmark(self.attribute(run, evaluator, each));
        let entries = match entries(&collection) {
            Ok(Ok(entries)) => entries,
            Ok(Err(unsettled)) => return Err(unsettled.undecided()),
            Err(_) => {
                let fault = Fault::new("`for_each` of a `dynamic` block takes a collection");
                self.scope.program.report_fault(&fault, each.value);
                return Err(Unsettled::on_other(self.scope.instance.address(&format!(
                    "{}.{} (not valid)",
                    self.of,
                    kind_of(block)
                ))));
            }
        };
        let name = iterator(block);
        let mut made = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let fields = [(Arc::from("key"), key), (Arc::from("value"), value)];
            let item = Val::Mapping(MapKind::Object, Arc::new(fields.into()));
            let binding = Bindings::new(&name, &item, evaluator.bindings);
            let inner = Evaluator { scope: evaluator.scope, bindings: Some(&binding) };
            let body = run.nested(|run| Ok(self.body(run, inner, &content.body)));
            made.push(body.unwrap_or_else(|fault| {
                self.scope.program.report_fault(&fault, block.header);
                self.not_valid(kind_of(block))
            }));
        }
        Ok(made)
    }
}

/// The name of what a `dynamic` block goes through: that of `iterator`, else of the blocks.
fn iterator(block: &Block) -> String {
    let named = block.body.attribute("iterator").and_then(|attribute| match attribute.expression.as_ref() {
        hcl_edit::expr::Expression::Variable(name) => Some(name.as_str().to_owned()),
        other => other.as_str().map(str::to_owned),
    });
    named.unwrap_or_else(|| kind_of(block).to_owned())
}
