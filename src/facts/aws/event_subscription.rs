//! `aws_db_event_subscription`: who is told about database events.

use crate::facts::aws::api;
use crate::facts::catalogue::*;
use crate::facts::mapping::{Derived, EMPTY, Mapping, derived, given};
use crate::facts::view::{Constant, View, boolean, lower, strings, text};
use crate::model::{FactState, Kind, SetBy, Value};

/// Omitted, the source type and the categories are all that there are (catalogue row rds-events-instance).
pub(super) static DB_EVENT_SUBSCRIPTION: Mapping = Mapping {
    resource_type: "aws_db_event_subscription",
    kind: Some(|_| Kind::EventSubscription),
    rows: &[
        given(EVENT_SOURCE_TYPE, lower("source_type").means(Constant::Text("all"))),
        derived(EVENT_CATEGORIES, &["event_categories"], categories),
        given(EVENT_SOURCES, strings("source_ids").means(Constant::Empty)),
        given(EVENT_TOPIC, text("sns_topic")),
        given(SUBSCRIPTION_ENABLED, boolean("enabled").default(true)),
    ],
    api: &api::EVENT_SUBSCRIPTION,
    ..EMPTY
};

fn categories(view: &View<'_>) -> Derived {
    match strings("event_categories").means(Constant::Only("all")).state(view) {
        (FactState::Known(Value::List(none)), _) if none.is_empty() => {
            (FactState::Known(Constant::Only("all").value()), SetBy::Default)
        }
        other => other,
    }
}
