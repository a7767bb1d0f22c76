//! The facts that every type has in the same way: tags, and what a plan does.

use std::collections::BTreeMap;
use std::sync::Arc;

use litemap::LiteMap;
use serde_json::{Map, Value as Json};

use crate::facts::FactId;
use crate::facts::api::is_withheld;
use crate::facts::catalogue::*;
use crate::facts::mapping::{Row, absent, change, map, observed};
use crate::facts::view::{Attr, View, boolean, strings, text};
use crate::model::{Change, ChangeAction, Fact, FactMap, FactState, Origin, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

/// Rows that belong to every mapping that has no others in their place; those of facts that a type's kind does not have are
/// passed over.
pub(crate) static COMMON: &[Row] = &[
    TAGS_OF_ALL,
    PLANNED_ACTION_OF_ALL,
    REPLACE_ATTRIBUTES_OF_ALL,
    CHANGED_ATTRIBUTES_OF_ALL,
    runs(STORAGE_ENCRYPTION_TYPE, text("storage_encryption_type")),
    runs(CERTIFICATE_VALID_TILL, text("ca_certificate_valid_till")),
    runs(ENGINE_VERSION_OFFERED, boolean("engine_version_offered")),
    runs(ENGINE_SUPPORT_END, text("engine_support_end")),
    runs(PENDING_MAINTENANCE, strings("pending_maintenance")),
    runs(MAINTENANCE_FORCED_AT, text("maintenance_forced_at")),
    runs(
        SECONDARY_AVAILABILITY_ZONE,
        text("secondary_availability_zone").or_missing("it has no standby in a second zone"),
    ),
    runs(UNAPPLIED_GROUPS, strings("unapplied_groups")),
    runs(
        LATEST_RESTORABLE_TIME,
        text("latest_restorable_time").or_missing("automated backups are off, or it is stopped"),
    ),
    runs(OBSERVED_AT, text("observed_at")),
    runs(LAST_SNAPSHOT_TIME, text("last_snapshot_time")),
    runs(IN_BACKUP_PLAN, boolean("in_backup_plan")),
    runs(LAST_RESTORE_TEST, text("last_restore_test")),
    runs(SNAPSHOT_CREATED_AT, text("snapshot_create_time")),
    runs(INTERNET_ACCESS_GATEWAY, boolean("internet_access_gateway").or_missing("only Aurora can have one")),
    runs(BLUE_GREEN_SINCE, text("blue_green_since").or_missing("no blue/green deployment is under way")),
    runs(STOPPED_SINCE, text("stopped_since").or_missing("it is not stopped")),
    runs(LAST_AIR_GAPPED_BACKUP, text("last_air_gapped_backup")),
];

/// Facts that few types have, and why the others have none; a mapping with a row of its own has that.
pub(crate) static RARE: &[Row] = &[
    absent(TIER_ASSIGNED, "the baseline says, and none was asked"),
    runs(CLASSIC_SECURITY_GROUPS, strings("db_security_groups")),
    absent(IN_VPC, "it cannot be outside a virtual network"),
    absent(KEY_POLICY_PUBLIC, "its storage has no key of its own"),
    absent(ACTIVITY_STREAM, "the engine has no activity streams"),
    absent(ACTIVITY_STREAM_CUSTOMER_MANAGED_KEY, "the engine has no activity streams"),
    absent(MASTER_PASSWORD_EPHEMERAL, "it has no administrator whose password Terraform could fetch"),
    absent(MEMBER_DIFFERENCES, "it has no members with settings of their own"),
    absent(PUBLICLY_ACCESSIBLE, "its members have public addresses, or none"),
    absent(ROUTES_THROUGH_NETWORK, "only a data warehouse loads and unloads on a way of its own"),
    absent(AUDIT_LOGGING, "it exports each log by name (`log_exports`)"),
];

/// The tags.
pub(crate) const TAGS_OF_ALL: Row = map(TAGS, &["tags_all", "tags"], tags);

/// What the plan does.
pub(crate) const PLANNED_ACTION_OF_ALL: Row =
    change(PLANNED_ACTION, "change.actions", |_, change| FactState::Known(Value::from(change.action.as_str())));

/// Why the plan makes it anew.
pub(crate) const REPLACE_ATTRIBUTES_OF_ALL: Row = change(REPLACE_ATTRIBUTES, "change.replace_paths", |_, change| {
    set_when(change.action.is_replace(), &change.replace_attributes)
});

/// What the plan changes.
pub(crate) const CHANGED_ATTRIBUTES_OF_ALL: Row = change(CHANGED_ATTRIBUTES, "change.after", changed_attributes);

/// A fact that only what runs has.
pub(crate) const fn runs(fact: FactId, attribute: Attr) -> Row {
    observed(fact, attribute, "only what runs tells, and the source does not")
}

/// A resource that is made anew changes nothing of an older one.
fn alters(change: &Change) -> bool {
    change.action.is_replace() || change.action == ChangeAction::Update
}

fn set_when(applies: bool, attributes: &[Arc<str>]) -> FactState {
    let attributes = if applies { attributes } else { &[] };
    FactState::Known(Value::set(attributes.iter().map(|attribute| Value::String(Arc::clone(attribute)))))
}

/// What the plan changes for certain. What the configuration sets to something that is not known yet may change too, so
/// the set is known in part; what the provider computes anew is no change of the plan's.
fn changed_attributes(view: &View<'_>, change: &Change) -> FactState {
    let certain = set_when(alters(change), &change.changed_attributes);
    let is_set = |name: &str| view.is_configured(name) != Some(false);
    let may_change = |name: &str| view.is_unknown_inside(name) && is_set(name);
    match certain {
        FactState::Known(value) if alters(change) && view.attributes().names().any(may_change) => {
            FactState::Partial(value, Unknown::KnownAfterApply)
        }
        certain => certain,
    }
}

const EVERY_TAG_NAMED: FactState = FactState::Missing(Text::Static("the tag is not set"));

/// `tags_all` has the provider's default tags in it; where it is not known, `tags` and the constant default tags stand in.
fn tags(view: &View<'_>, _: &str) -> FactMap {
    match view.given("tags_all") {
        Attribute::Known(Json::Object(tags)) => TagReader { view, attribute: "tags_all" }.read(tags),
        Attribute::Sensitive => unknown_tags("tags_all", Unknown::Sensitive),
        // Nobody adds default tags to what runs.
        Attribute::Undetermined(why) if view.running.is_some() => unknown_tags("tags_all", why.clone()),
        // Providers before 3.38 know neither `tags_all` nor default tags. Configuration never sets `tags_all`.
        Attribute::Null if !view.is_declared() && !view.has("tags_all") => {
            let defaults = view.provider().default_tags.clone();
            own_tags(view, Some(defaults.unwrap_or_default()))
        }
        _ => own_tags(view, view.provider().default_tags.clone()),
    }
}

fn own_tags(view: &View<'_>, defaults: Option<BTreeMap<Arc<str>, Arc<str>>>) -> FactMap {
    let mut map = match view.given("tags") {
        Attribute::Known(Json::Object(tags)) => TagReader { view, attribute: "tags" }.read(tags),
        Attribute::Null | Attribute::Computed => TagReader { view, attribute: "tags" }.read(&Map::new()),
        Attribute::Sensitive => unknown_tags("tags", Unknown::Sensitive),
        Attribute::Undetermined(why) => unknown_tags("tags", why.clone()),
        _ => unknown_tags("tags", Unknown::KnownAfterApply),
    };
    match defaults {
        None => map.rest = FactState::Unknown(Unknown::KnownAfterApply),
        // An unknown map may set a default tag's key to another value.
        Some(defaults) if matches!(map.rest, FactState::Missing(_)) => {
            for (key, value) in defaults {
                let origin = Origin::attribute("default_tags", SetBy::Default);
                map.entries.entry(key).or_insert_with(|| Fact::new(FactState::Known(Value::String(value)), origin));
            }
        }
        Some(_) => {}
    }
    map
}

fn unknown_tags(attribute: &'static str, reason: Unknown) -> FactMap {
    FactMap {
        entries: LiteMap::new(),
        rest: FactState::Unknown(reason),
        origin: Origin::attribute(attribute, SetBy::Source),
    }
}

struct TagReader<'a> {
    view: &'a View<'a>,
    attribute: &'static str,
}

impl TagReader<'_> {
    fn read(&self, tags: &Map<String, Json>) -> FactMap {
        let mut map = unknown_tags(self.attribute, Unknown::KnownAfterApply);
        map.rest = EVERY_TAG_NAMED;
        let sensitive = self.view.sensitive_in(self.attribute);
        let named = tags.iter().filter_map(|(key, value)| Some((key, self.state(value, sensitive.get(key))?)));
        map.entries.reserve(tags.len());
        map.entries.extend(named.map(|(key, state)| (key.as_str().into(), Fact::new(state, map.origin.clone()))));
        for key in self.unknown_keys() {
            let state = FactState::Unknown(Unknown::KnownAfterApply);
            map.entries.insert(key.into(), Fact::new(state, map.origin.clone()));
        }
        map
    }

    fn state(&self, value: &Json, sensitive: Option<&Json>) -> Option<FactState> {
        if sensitive == Some(&Json::Bool(true)) {
            return Some(FactState::Unknown(Unknown::Sensitive));
        }
        match value {
            withheld if self.view.running.is_some() && is_withheld(withheld) => {
                Some(FactState::Unknown(Unknown::Sensitive))
            }
            Json::String(text) => Some(FactState::Known(Value::from(text.as_str()))),
            // Terraform drops a tag whose value is null.
            Json::Null => None,
            Json::Bool(_) | Json::Number(_) => Some(FactState::Known(Value::from(value.to_string()))),
            _ => Some(FactState::Unknown(Unknown::Invalid(Text::Static("the tag's value is not a text")))),
        }
    }

    fn unknown_keys(&self) -> impl Iterator<Item = &str> {
        let marks = self.view.unknown_in(self.attribute).as_object();
        marks.into_iter().flatten().filter(|(_, mark)| **mark == Json::Bool(true)).map(|(key, _)| key.as_str())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::facts::testing::{Sketch, creates, key, known, missing, records, state};
    use crate::source::terraform::ProviderSettings;

    fn with_defaults(sketch: Sketch, defaults: Option<&[(&str, &str)]>) -> Sketch {
        let map =
            |tags: &[(&str, &str)]| tags.iter().map(|(key, value)| (Arc::from(*key), Arc::from(*value))).collect();
        sketch.provider(ProviderSettings { default_tags: defaults.map(map), ..ProviderSettings::default() })
    }

    fn db(values: Json) -> Sketch {
        creates("aws_db_instance.db", values)
    }

    #[test]
    fn known_tags_name_every_tag() {
        let db = db(json!({"tags": {"owner": "a"}, "tags_all": {"owner": "a", "env": "prod"}})).alone();
        assert_eq!(key(&db, TAGS, "env"), known("prod"));
        assert_eq!(missing(&key(&db, TAGS, "tier")), "the tag is not set");
        assert!(state(&db, TAGS).known().is_some());
    }

    #[test]
    fn an_unknown_or_sensitive_tag_is_unknown_and_so_is_the_whole() {
        let db = db(json!({"tags_all": {"owner": "a", "secret": null}}))
            .unknown(json!({"tags_all": {"id": true}}))
            .sensitive(json!({"tags_all": {"secret": true}}))
            .alone();
        assert_eq!(key(&db, TAGS, "owner"), known("a"));
        assert_eq!(key(&db, TAGS, "id"), FactState::Unknown(Unknown::KnownAfterApply));
        assert_eq!(key(&db, TAGS, "secret"), FactState::Unknown(Unknown::Sensitive));
        assert!(matches!(state(&db, TAGS), FactState::Unknown(_)));
    }

    #[test]
    fn constant_default_tags_stand_in_for_tags_that_are_not_merged_yet() {
        let base = db(json!({"tags": {"owner": "a"}})).unknown(json!({"tags_all": true}));
        let merged = with_defaults(base.clone(), Some(&[("owner", "default"), ("env", "prod")])).alone();
        assert_eq!(key(&merged, TAGS, "owner"), known("a"));
        assert_eq!(key(&merged, TAGS, "env"), known("prod"));
        assert_eq!(missing(&key(&merged, TAGS, "tier")), "the tag is not set");
        let computed = with_defaults(base, None).alone();
        assert_eq!(key(&computed, TAGS, "owner"), known("a"));
        assert_eq!(key(&computed, TAGS, "tier"), FactState::Unknown(Unknown::KnownAfterApply));
    }

    #[test]
    fn tags_that_may_override_a_default_leave_it_unknown() {
        let base =
            db(json!({})).unknown(json!({"tags": true, "tags_all": true})).refers("tags", &["data.x.y.tags"], &[]);
        let db = with_defaults(base, Some(&[("env", "prod")])).alone();
        assert_eq!(key(&db, TAGS, "env"), FactState::Unknown(Unknown::KnownAfterApply));
    }

    #[test]
    fn a_provider_without_default_tags_has_all_tags_in_tags() {
        let db = with_defaults(records("aws_db_instance.db", json!({"tags": {"owner": "a"}})), None).alone();
        assert_eq!(key(&db, TAGS, "owner"), known("a"));
        assert_eq!(missing(&key(&db, TAGS, "tier")), "the tag is not set");
    }
}
