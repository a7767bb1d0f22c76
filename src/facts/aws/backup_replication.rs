//! `aws_db_instance_automated_backups_replication`: automated backups copied to another region.

use crate::facts::aws::{api, key};
use crate::facts::catalogue::*;
use crate::facts::mapped::{Role, Target};
use crate::facts::mapping::{EMPTY, Mapping, derived, relation};
use crate::model::Kind;

pub(super) static DB_INSTANCE_AUTOMATED_BACKUPS_REPLICATION: Mapping = Mapping {
    resource_type: "aws_db_instance_automated_backups_replication",
    kind: Some(|_| Kind::BackupReplication),
    name: "id",
    rows: &[derived(CUSTOMER_MANAGED_KEY, &["kms_key_id"], |view| key::customer_managed(view, "kms_key_id"))],
    relations: &[
        relation(Role::Source, &[Target::Instance], "source_db_instance_arn"),
        relation(Role::Key, &[Target::Key], "kms_key_id"),
    ],
    api: &api::BACKUP_REPLICATION,
    ..EMPTY
};
