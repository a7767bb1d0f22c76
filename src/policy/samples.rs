//! Rules for tests.

use super::PolicyFile;

/// A rule with a parameter, a not_applicable clause and an optional fact.
pub(crate) const BACKUP_RETENTION: &str = r#"# METADATA
# title: Backups are kept long enough
# description: Point-in-time recovery reaches back only as far as automated backups are kept.
# custom:
#   id: DBK-RET-001
#   severity: high
#   covers: [rds-instance-backup-retention-min]
#   optional: [is_replica]
#   parameters:
#     min_backup_retention_days: {type: integer, unit: days, default: 7}
#   remediation:
#     terraform: {aws_db_instance: {backup_retention_period: "{{ min_backup_retention_days }}"}}
#     text: Raise the backup retention period; storage for backups grows with it.
package dbkeel.retention.backup_retention

violations contains message if {
	input.backup_retention_days < data.parameters.min_backup_retention_days
	message := sprintf("keeps %d days of backups; %s asks for %d", [
		input.backup_retention_days,
		data.baseline.tier,
		data.parameters.min_backup_retention_days,
	])
}

not_applicable contains message if {
	input.is_replica
	message := "a replica keeps what its source keeps"
}
"#;

/// A rule over a set that may be known in part, with a library.
pub(crate) const OPEN_INGRESS: &str = r#"# METADATA
# title: Only known networks get in
# description: A database that the whole internet can reach is found within minutes.
# custom:
#   id: DBK-ACC-001
#   severity: critical
#   monotone: [ingress_cidrs]
#   remediation:
#     text: Narrow the security group's rules.
package dbkeel.access.open_ingress

import data.dbkeel.lib.networks

violations contains message if {
	some cidr in input.ingress_cidrs
	networks.is_everything(cidr)
	message := sprintf("lets in %s", [cidr])
}
"#;

/// The library that it uses.
pub(crate) const NETWORKS: &str = r#"package dbkeel.lib.networks

is_everything(cidr) if endswith(cidr, "/0")
"#;

/// A file of the binary.
pub(crate) fn file(path: &str, text: &str) -> PolicyFile {
    PolicyFile { path: path.into(), text: text.into(), user: false }
}

/// The two rules and their library.
pub(crate) fn files() -> Vec<PolicyFile> {
    vec![
        file("policies/access/open_ingress.rego", OPEN_INGRESS),
        file("policies/lib/networks.rego", NETWORKS),
        file("policies/retention/backup_retention.rego", BACKUP_RETENTION),
    ]
}
