//! Amazon Redshift Serverless: namespaces, which hold the data, and workgroups, which compute.
//!
//! Unless something else is named, defaults are those of the provider's schemas of the two types.

use crate::facts::aws::{api, key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{Derived, EMPTY, Mapping, Row, derived, given, joined, map, relation};
use crate::facts::parameters::{of_workgroup, tls_required};
use crate::facts::view::{Constant, View, boolean, integer, strings, text};
use crate::model::{FactState, Kind, SetBy, Text, Value};

pub(super) static NAMESPACE: Mapping = Mapping {
    resource_type: "aws_redshiftserverless_namespace",
    kind: Some(|_| Kind::Namespace),
    name: "namespace_name",
    ids: &["id", "arn", "namespace_id", "namespace_name"],
    rows: NAMESPACE_ROWS,
    relations: &[relation(Role::Key, &[Target::Key], "kms_key_id")],
    api: &api::NAMESPACE,
    ..EMPTY
};

const ENGINE_NAME: &str = "redshift-serverless";

const NAMESPACE_ROWS: &[Row] = &[
    derived(ENGINE, &["namespace_name"], |_| shared::engine(ENGINE_NAME)),
    derived(HOLDS_DATA, &["namespace_name"], shared::yes),
    derived(IS_REPLICA, &["namespace_name"], shared::no),
    given(DATABASE_NAME, text("db_name").means(Constant::Text("dev"))),
    // docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces-rotate-kms-key.html: always encrypted.
    derived(ENCRYPTED_AT_REST, &["namespace_name"], |_| (FactState::Known(Value::Bool(true)), SetBy::Derived)),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], customer_managed_key),
    derived(STORAGE_KEY, &["kms_key_id"], storage_key),
    joined(KEY_ROTATION, "kms_key_id"),
    joined(KEY_ENABLED, "kms_key_id"),
    // API_Namespace (`adminUsername`); Security Hub RedshiftServerless.6: `admin` when none is chosen.
    given(MASTER_USERNAME, text("admin_username").creates(Constant::Text("admin"))),
    given(MASTER_PASSWORD_MANAGED, boolean("manage_admin_password").default(false)),
    derived(MASTER_SECRET_KEY, &["admin_password_secret_kms_key_id"], |view| {
        let managed = boolean("manage_admin_password").default(false).state(view);
        shared::key_of_secret(view, managed, "admin_password_secret_kms_key_id")
    }),
    derived(MASTER_PASSWORD_IN_STATE, &["admin_user_password"], |view| {
        shared::password_in_state(view, "admin_user_password")
    }),
    given(IAM_ROLES, strings("iam_roles").means(Constant::Empty)),
    given(LOG_EXPORTS, strings("log_exports").means(Constant::Empty)),
];

/// The word that stands for a key which AWS owns and shows to nobody.
fn is_unseen(view: &View<'_>) -> bool {
    view.text("kms_key_id") == Some("AWS_OWNED_KMS_KEY")
}

fn customer_managed_key(view: &View<'_>) -> Derived {
    match is_unseen(view) {
        true => (FactState::Known(Value::Bool(false)), SetBy::Source),
        false => key::customer_managed(view, "kms_key_id"),
    }
}

fn storage_key(view: &View<'_>) -> Derived {
    let encrypted = (FactState::Known(Value::Bool(true)), SetBy::Derived);
    match is_unseen(view) {
        true => (FactState::Missing(Text::Static("no key of the key service encrypts it")), SetBy::Source),
        false => key::of_storage_or_unseen(view, encrypted, "kms_key_id"),
    }
}

pub(super) static WORKGROUP: Mapping = Mapping {
    resource_type: "aws_redshiftserverless_workgroup",
    kind: Some(|_| Kind::Workgroup),
    name: "workgroup_name",
    ids: &["id", "arn", "workgroup_id", "workgroup_name"],
    rows: WORKGROUP_ROWS,
    relations: &[
        relation(Role::SecurityGroups, &[Target::SecurityGroup], "security_group_ids"),
        relation(Role::Subnets, &[Target::Subnet], "subnet_ids"),
    ],
    api: &api::WORKGROUP,
    ..EMPTY
};

const WORKGROUP_ROWS: &[Row] = &[
    derived(ENGINE, &["workgroup_name"], |_| shared::engine(ENGINE_NAME)),
    derived(IS_REPLICA, &["workgroup_name"], shared::no),
    // API_CreateWorkgroup (`publiclyAccessible`, `enhancedVpcRouting`); catalogue rows redshift-serverless-not-public and
    // redshift-serverless-enhanced-vpc-routing.
    given(PUBLICLY_ACCESSIBLE, boolean("publicly_accessible").default(false)),
    given(ROUTES_THROUGH_NETWORK, boolean("enhanced_vpc_routing").default(false)),
    joined(INGRESS_CIDRS, "security_group_ids"),
    given(SECURITY_GROUPS, strings("security_group_ids")),
    joined(SUBNETS_WITH_INTERNET_ROUTE, "subnet_ids"),
    given(SUBNETS, strings("subnet_ids")),
    joined(SUBNET_ZONES, "subnet_ids"),
    // API_CreateWorkgroup (`port`).
    given(PORT, integer("port").creates(Constant::Integer(5439))),
    map(PARAMETERS, &["config_parameter"], of_workgroup),
    derived(TLS_REQUIRED, &["config_parameter"], |view| {
        (tls_required(ENGINE_NAME, &of_workgroup(view, "config_parameter")), SetBy::Derived)
    }),
];

#[cfg(test)]
mod tests;
