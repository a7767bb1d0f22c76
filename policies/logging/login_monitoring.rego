# METADATA
# title: Logins to databases are watched
# description: >-
#   A stolen password logs in like its owner, and no rule of the network sees a difference. Detection that knows from
#   where and when people usually log in does.
# custom:
#   id: DBK-LOG-015
#   severity: medium
#   covers: [guardduty-rds-protection]
#   parameters:
#     require_login_monitoring:
#       type: boolean
#       default: true
#       description: Whether logins to databases must be watched for attacks in every account and region with databases.
#   remediation:
#     terraform:
#       aws_guardduty_detector_feature: {name: RDS_LOGIN_EVENTS, status: ENABLED}
#     text: Turn on RDS Protection in the detector of the account and region, best from the organization's administrator.
package dbkeel.logging.login_monitoring

violations contains message if {
	input.login_monitoring == false
	message := sprintf("does not watch logins to databases; %s asks for it", [data.baseline.tier])
}

not_applicable contains message if {
	not data.parameters.require_login_monitoring
	message := sprintf("%s does not ask to watch logins", [data.baseline.tier])
}
