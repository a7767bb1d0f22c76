//! The `provider_config` of a plan's configuration: region, account and default tags, when they are constants.
//!
//! Nothing else of it is kept: a provider block may hold credentials.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value as Json;

use super::attributes::ProviderSettings;
use super::json::{Pairs, Sorted, Str, null_as_default};

/// One provider configuration.
#[derive(Debug, Deserialize)]
pub(super) struct ProviderConfig<'a> {
    #[serde(borrow, default)]
    name: Option<Str<'a>>,
    #[serde(borrow, default)]
    full_name: Option<Str<'a>>,
    #[serde(borrow, default)]
    alias: Option<Str<'a>>,
    #[serde(borrow, default)]
    module_address: Option<Str<'a>>,
    #[serde(borrow, default)]
    version_constraint: Option<Str<'a>>,
    #[serde(default, deserialize_with = "null_as_default")]
    expressions: ProviderExpressions,
}

#[derive(Debug, Default, Deserialize)]
struct ProviderExpressions {
    #[serde(default)]
    region: Json,
    #[serde(default)]
    allowed_account_ids: Json,
    #[serde(default)]
    default_tags: Json,
}

/// All provider configurations.
pub(super) struct Providers<'a> {
    by_key: Sorted<'a, Arc<ProviderSettings>>,
    /// The provider's name and full name of the unaliased configurations of the root module.
    roots: Vec<(String, String, Arc<ProviderSettings>)>,
    none: Arc<ProviderSettings>,
}

impl<'a> Providers<'a> {
    pub(super) fn new(configs: Pairs<'a, ProviderConfig<'a>>) -> Self {
        let mut by_key = Pairs::default();
        let mut roots = Vec::new();
        for (key, config) in configs.0 {
            let settings = Arc::new(config.settings());
            if config.alias.is_none() && config.module_address.is_none_or(|address| address.0.is_empty()) {
                let text = |text: Option<Str<'_>>| text.map(|text| text.0.into_owned()).unwrap_or_default();
                roots.push((text(config.name), text(config.full_name), settings.clone()));
            }
            by_key.0.push((key, settings));
        }
        Self { by_key: by_key.sorted(), roots, none: Arc::default() }
    }

    /// The settings of the configuration that manages a resource.
    ///
    /// Inside modules, older versions of Terraform name a configuration that is not listed (`module.a:aws`), since the
    /// module inherits it: then the root's, if there is but one for that provider and no alias is named.
    pub(super) fn get(&self, key: Option<&str>, provider_name: &str) -> Arc<ProviderSettings> {
        if let Some(settings) = key.and_then(|key| self.by_key.get(key)) {
            return settings.clone();
        }
        let local = key.map(|key| key.rsplit(':').next().unwrap_or(key));
        if local.is_some_and(|local| local.contains('.')) {
            return self.none.clone();
        }
        let is_same = |name: &str, full_name: &str| match (provider_name, local) {
            ("", local) => local == Some(name),
            // Terraform 0.12 writes the short name.
            (provider_name, _) => provider_name == full_name || provider_name == name,
        };
        let mut same = self.roots.iter().filter(|(name, full_name, _)| is_same(name, full_name));
        match (same.next(), same.next()) {
            (Some((_, _, settings)), None) => settings.clone(),
            _ => self.none.clone(),
        }
    }
}

impl ProviderConfig<'_> {
    fn settings(&self) -> ProviderSettings {
        let constant = |expression: &Json| expression.get("constant_value").and_then(Json::as_str).map(Arc::from);
        ProviderSettings {
            region: constant(&self.expressions.region),
            account: only_account(&self.expressions.allowed_account_ids),
            default_tags: default_tags(&self.expressions.default_tags),
            version_constraint: self.version_constraint.as_ref().map(|version| version.0.as_ref().into()),
        }
    }
}

fn only_account(expression: &Json) -> Option<Arc<str>> {
    match expression.get("constant_value")?.as_array()?.as_slice() {
        [account] => account.as_str().map(Arc::from),
        _ => None,
    }
}

/// The block is a list of one: `[{"tags": {"constant_value": {…}}}]`. Without the block there are no default tags.
fn default_tags(blocks: &Json) -> Option<BTreeMap<Arc<str>, Arc<str>>> {
    let mut all = BTreeMap::new();
    let blocks = match blocks {
        Json::Null => return Some(all),
        Json::Array(blocks) => blocks.as_slice(),
        block => std::slice::from_ref(block),
    };
    for tags in blocks.iter().filter_map(|block| block.get("tags")) {
        for (key, value) in tags.get("constant_value")?.as_object()? {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            all.insert(key.as_str().into(), text.into());
        }
    }
    Some(all)
}
