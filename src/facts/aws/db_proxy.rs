//! `aws_db_proxy`: a connection proxy before a database.

use serde_json::Value as Json;

use crate::facts::aws::api;
use crate::facts::catalogue::*;
use crate::facts::mapped::{Feed, Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, derived, given, joined, relation, relation_in};
use crate::facts::view::{Constant, View, boolean, integer, lower, text};
use crate::model::{FactState, Kind, SetBy, Text, Unknown, Value};
use crate::source::terraform::Attribute;

pub(super) static DB_PROXY: Mapping = Mapping {
    resource_type: "aws_db_proxy",
    kind: Some(|_| Kind::Proxy),
    ids: &["id", "arn", "name"],
    target: Some(Target::Proxy),
    rows: &[
        given(TLS_REQUIRED, boolean("require_tls").default(false)),
        joined(SECRET_ROTATION, "auth.secret_arn"),
        derived(PROXY_IAM_AUTHENTICATION, &["auth.iam_auth", "default_auth_scheme"], iam_authentication),
        given(PROXY_DEBUG_LOGGING, boolean("debug_logging").default(false)),
        // docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html: 1800 seconds when it is omitted.
        given(PROXY_IDLE_TIMEOUT_SECONDS, integer("idle_client_timeout").creates(Constant::Integer(1800))),
        given(PROXY_ROLE, text("role_arn")),
        joined(PROXY_TARGETS, "name"),
    ],
    relations: &[relation_in(
        Role::Secrets,
        &[Target::Secret, Target::Instance, Target::Cluster],
        "auth",
        "secret_arn",
    )],
    api: &api::PROXY,
    ..EMPTY
};

/// A database behind a proxy, by its identifier.
pub(super) static DB_PROXY_TARGET: Mapping = Mapping {
    resource_type: "aws_db_proxy_target",
    relations: &[relation(Role::Whole, &[Target::Proxy], "db_proxy_name")],
    feed: Some(|view| Feed::ProxyTarget(target(view))),
    ..EMPTY
};

fn target(view: &View<'_>) -> FactState {
    let identifier = |attribute| lower(attribute).or_missing("").state(view).0;
    match identifier("db_cluster_identifier") {
        FactState::Missing(_) => identifier("db_instance_identifier"),
        told => told,
    }
}

/// Every `auth` block must require IAM (`DISABLED` when omitted, catalogue row rds-proxy-iam-auth); without blocks, the
/// default scheme `IAM_AUTH` uses IAM from client to database.
fn iam_authentication(view: &View<'_>) -> Derived {
    let blocks = view.blocks("auth");
    let state = match view.get("auth") {
        Attribute::Undetermined(why) => FactState::Unknown(why.clone()),
        Attribute::Referenced(_) | Attribute::Computed => FactState::Unknown(Unknown::KnownAfterApply),
        Attribute::Sensitive => FactState::Unknown(Unknown::Sensitive),
        _ if blocks.is_empty() => by_default_scheme(view),
        _ => by_blocks(view, blocks),
    };
    (state, SetBy::Derived)
}

fn by_blocks(view: &View<'_>, blocks: &[Json]) -> FactState {
    let requires = |block: &Json| block.get("iam_auth").and_then(Json::as_str) == Some("REQUIRED");
    let unknown = |position| view.unknown_in_block("auth", position, "iam_auth");
    let open = blocks.iter().enumerate().any(|(position, block)| !requires(block) && !unknown(position));
    if !open && (0..blocks.len()).any(unknown) {
        return FactState::Unknown(Unknown::KnownAfterApply);
    }
    FactState::Known(Value::Bool(!open))
}

fn by_default_scheme(view: &View<'_>) -> FactState {
    match text("default_auth_scheme").or_missing("the proxy names no way to authenticate").state(view).0 {
        FactState::Known(scheme) if scheme.as_str() == Some("IAM_AUTH") => FactState::Known(Value::Bool(true)),
        FactState::Known(_) => FactState::Missing(Text::Static("the proxy names no way to authenticate")),
        other => other,
    }
}
