//! Amazon Timestream for LiveAnalytics: databases of time series. Terraform tells of them; no collection asks for them.

use crate::facts::aws::{key, shared};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, Row, absent, derived, given, joined, relation};
use crate::facts::view::text;
use crate::model::Kind;

pub(super) static DATABASE: Mapping = Mapping {
    resource_type: "aws_timestreamwrite_database",
    kind: Some(|_| Kind::Namespace),
    name: "database_name",
    rows: ROWS,
    relations: &[relation(Role::Key, &[Target::Key], "kms_key_id")],
    ..EMPTY
};

const NO_ADMINISTRATOR: &str = "Timestream knows the provider's identities only, and no administrator with a password";

const ROWS: &[Row] = &[
    derived(ENGINE, &["database_name"], |_| shared::engine("timestream")),
    derived(IS_REPLICA, &["database_name"], shared::no),
    derived(HOLDS_DATA, &["database_name"], shared::yes),
    given(DATABASE_NAME, text("database_name")),
    // docs.aws.amazon.com/timestream/latest/developerguide/EncryptionAtRest.html: always, with the account's default key of
    // Timestream where none is named (API_CreateDatabase, `KmsKeyId`).
    derived(ENCRYPTED_AT_REST, &["database_name"], shared::yes),
    derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| key::customer_managed(view, "kms_key_id")),
    derived(STORAGE_KEY, &["kms_key_id"], |view| key::named(view, "kms_key_id", "alias/aws/timestream").state(view)),
    joined(KEY_ROTATION, "kms_key_id"),
    joined(KEY_ENABLED, "kms_key_id"),
    absent(MASTER_USERNAME, NO_ADMINISTRATOR),
    absent(MASTER_PASSWORD_MANAGED, NO_ADMINISTRATOR),
    absent(MASTER_SECRET_KEY, NO_ADMINISTRATOR),
    absent(MASTER_PASSWORD_IN_STATE, NO_ADMINISTRATOR),
    absent(IAM_ROLES, "Timestream assumes no roles for a database"),
    absent(LOG_EXPORTS, "Timestream delivers no logs"),
];
