# METADATA
# title: Nobody can delete recovery points before their time
# description: >-
#   Extortion begins with the backups. A vault that is locked, or whose policy forbids deletion to everybody, keeps them
#   even from an administrator whose session was stolen.
# custom:
#   id: DBK-RET-012
#   severity: medium
#   covers: [backup-recovery-point-undeletable]
#   parameters:
#     require_undeletable_recovery_points:
#       type: boolean
#       default: false
#       description: Whether vaults must keep everybody from deleting recovery points.
#   remediation:
#     terraform:
#       aws_backup_vault_lock_configuration: {min_retention_days: "7"}
#     text: >-
#       Lock the vault, or forbid backup:DeleteRecoveryPoint, backup:UpdateRecoveryPointLifecycle and
#       backup:PutBackupVaultAccessPolicy to everybody in its policy. A lock in compliance mode cannot be undone: try the
#       retention out first.
package dbkeel.retention.recovery_points_undeletable

violations contains message if {
	input.recovery_points_undeletable == false
	message := sprintf("lets recovery points be deleted; %s asks to keep them", [data.baseline.tier])
}

not_applicable contains message if {
	not data.parameters.require_undeletable_recovery_points
	message := sprintf("%s does not ask for recovery points that nobody can delete", [data.baseline.tier])
}
