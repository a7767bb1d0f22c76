//! Provider configurations: which one manages a resource, and what it sets for all of its resources.
//!
//! Only region, account and default tags are evaluated: the rest may be credentials.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::{Expression, ObjectKey, TraversalOperator};

use super::convert::to_text;
use super::names::ModuleScope;
use super::program::lock;
use super::run::Run;
use super::value::Val;
use crate::source::terraform::ProviderSettings;
use crate::source::terraform::hcl::{Attribute, Block};

/// A provider configuration as a module names it: `aws`, `aws.west`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    local: String,
    alias: Option<String>,
}

impl Name {
    /// `aws.west`, as an expression or, in JSON syntax and old Terraform, as text.
    fn parse(expression: &Expression) -> Option<Self> {
        let text = match expression {
            Expression::Variable(name) => name.as_str().to_owned(),
            Expression::String(text) => text.as_str().to_owned(),
            Expression::Traversal(traversal) => {
                let (Expression::Variable(local), [operator]) = (&traversal.expr, traversal.operators.as_slice())
                else {
                    return None;
                };
                match operator.value() {
                    TraversalOperator::GetAttr(alias) => format!("{}.{}", local.as_str(), alias.as_str()),
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(match text.split_once('.') {
            Some((local, alias)) => Self { local: local.to_owned(), alias: Some(alias.to_owned()) },
            None => Self { local: text, alias: None },
        })
    }

    fn text(&self) -> String {
        match &self.alias {
            Some(alias) => format!("{}.{alias}", self.local),
            None => self.local.clone(),
        }
    }

    fn is(&self, block: &Block) -> bool {
        let alias = block.body.attribute("alias").and_then(|alias| alias.expression.as_str());
        block.labels.first().is_some_and(|label| label.as_ref() == self.local) && alias == self.alias.as_deref()
    }
}

impl ModuleScope<'_, '_> {
    /// The settings of the provider configuration that manages a resource.
    pub(super) fn provider_settings(&self, run: &mut Run<'_>, block: &Block) -> Arc<ProviderSettings> {
        let named = block.body.attribute("provider").and_then(|provider| Name::parse(&provider.expression));
        let of_type = || {
            let resource_type = block.labels.first().map_or("", AsRef::as_ref);
            let local = resource_type.split('_').next().unwrap_or(resource_type).to_owned();
            Name { local, alias: None }
        };
        ModuleScope::of(self.program, self.instance).settings(run, &named.unwrap_or_else(of_type))
    }

    fn settings(&self, run: &mut Run<'_>, name: &Name) -> Arc<ProviderSettings> {
        let text = name.text();
        if let Some(known) = lock(&self.instance.providers).get(&text) {
            return Arc::clone(known);
        }
        let found = self.find(run, name);
        Arc::clone(lock(&self.instance.providers).entry(text).or_insert(found))
    }

    /// A module's own configuration, else the one that its caller hands down; one without an alias also unasked.
    fn find(&self, run: &mut Run<'_>, name: &Name) -> Arc<ProviderSettings> {
        if let Some(block) = self.instance.module.providers.iter().find(|block| name.is(block)) {
            return Arc::new(self.configured(run, block));
        }
        let caller = self.instance.caller.as_ref();
        let Some((caller, instance)) = caller.and_then(|caller| Some((caller, caller.instance.upgrade()?))) else {
            return Arc::new(self.unconfigured(name));
        };
        let handed = caller.block.body.attribute("providers");
        let inner = match handed.map(|handed| handed_down(handed, name)) {
            Some(Some(outer)) => outer,
            _ if name.alias.is_none() => name.clone(),
            _ => return Arc::new(ProviderSettings::default()),
        };
        ModuleScope::of(self.program, &instance).settings(run, &inner)
    }

    /// A provider without a block is configured by its environment, which nobody tells; it has no default tags.
    fn unconfigured(&self, name: &Name) -> ProviderSettings {
        ProviderSettings {
            default_tags: Some(BTreeMap::new()),
            version_constraint: self.version_constraint(&name.local),
            ..ProviderSettings::default()
        }
    }

    fn configured(&self, run: &mut Run<'_>, block: &Block) -> ProviderSettings {
        let local = block.labels.first().map_or("", AsRef::as_ref);
        let region = block.body.attribute("region").and_then(|region| self.known(run, region));
        let accounts = block.body.attribute("allowed_account_ids").and_then(|accounts| self.known(run, accounts));
        ProviderSettings {
            region: region.and_then(|region| to_text(&region).ok()),
            account: accounts.and_then(|accounts| only(&accounts)),
            default_tags: self.default_tags(run, block),
            version_constraint: self.version_constraint(local),
        }
    }

    /// A value, if it is known and no secret.
    fn known(&self, run: &mut Run<'_>, attribute: &Attribute) -> Option<Val> {
        let value = self.evaluate_or_report(run, attribute, "provider");
        let hidden = super::unsettled::unsettled_in(&value).is_some() || super::unsettled::has_mark(&value);
        (!hidden && value != Val::Null).then_some(value)
    }

    /// `None` when there are default tags that are not known.
    fn default_tags(&self, run: &mut Run<'_>, block: &Block) -> Option<BTreeMap<Arc<str>, Arc<str>>> {
        let mut all = BTreeMap::new();
        for inner in &block.body.blocks {
            match inner.kind.as_ref() {
                "default_tags" => {}
                "dynamic" if super::block::kind_of(inner) == "default_tags" => return None,
                _ => continue,
            }
            let Some(tags) = inner.body.attribute("tags") else { continue };
            let Val::Mapping(_, tags) = self.known(run, tags)? else { return None };
            for (key, value) in tags.iter() {
                all.insert(Arc::clone(key), to_text(value).ok()?);
            }
        }
        Some(all)
    }

    /// The root module's `required_providers`, as a plan shows it.
    fn version_constraint(&self, local: &str) -> Option<Arc<str>> {
        let root = self.program.tree.nodes.first()?;
        let settings = self.program.configuration.module(root.module).settings.iter();
        let mut required =
            settings.flat_map(|block| &block.body.blocks).filter(|block| block.kind.as_ref() == "required_providers");
        let requirement = required.find_map(|block| block.body.attribute(local))?;
        match requirement.expression.as_ref() {
            Expression::String(version) => Some(version.as_str().into()),
            Expression::Object(fields) => {
                let version = fields.iter().find(|(key, _)| is_key(key, "version"))?.1;
                version.expr().as_str().map(Arc::from)
            }
            _ => None,
        }
    }
}

/// What the caller hands down under a name: `providers = { aws = aws.west }`.
fn handed_down(providers: &Attribute, name: &Name) -> Option<Name> {
    let Expression::Object(fields) = providers.expression.as_ref() else { return None };
    let wanted = |key: &ObjectKey| match key {
        ObjectKey::Ident(ident) => name.alias.is_none() && ident.as_str() == name.local,
        ObjectKey::Expression(expression) => Name::parse(expression).as_ref() == Some(name),
    };
    fields.iter().find(|(key, _)| wanted(key)).and_then(|(_, value)| Name::parse(value.expr()))
}

fn is_key(key: &ObjectKey, name: &str) -> bool {
    match key {
        ObjectKey::Ident(ident) => ident.as_str() == name,
        ObjectKey::Expression(Expression::Variable(ident)) => ident.as_str() == name,
        ObjectKey::Expression(expression) => expression.as_str() == Some(name),
    }
}

fn only(accounts: &Val) -> Option<Arc<str>> {
    match accounts {
        Val::Sequence(_, accounts) => match accounts.as_slice() {
            [account] => to_text(account).ok(),
            _ => None,
        },
        _ => None,
    }
}
