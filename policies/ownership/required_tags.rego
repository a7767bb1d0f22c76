# METADATA
# title: The required tags are there
# description: >-
#   A database whose owner nobody knows is patched by nobody, paid by everybody and deleted by somebody who guessed.
#   Tags answer whose it is before the question is urgent.
# custom:
#   id: DBK-OWN-001
#   severity: low
#   covers:
#     - rds-instance-tagged
#     - rds-cluster-tagged
#     - rds-snapshot-tagged
#     - rds-cluster-snapshot-tagged
#     - rds-subnet-group-tagged
#     - docdb-tagged
#     - elasticache-tagged
#     - dynamodb-tagged
#     - rds-security-group-tagged
#   parameters:
#     required_tags:
#       type: strings
#       default: [owner]
#       description: The keys of the tags that everything must carry, as they are written; upper and lower case differ.
#   remediation:
#     text: >-
#       Set the tags in default_tags of the provider where they hold for everything that it manages, and on the
#       resource where they do not.
package dbkeel.ownership.required_tags

not_applicable contains message if {
	count(data.parameters.required_tags) == 0
	message := sprintf("%s asks for no tags", [data.baseline.tier])
}

# A tag without a value answers nothing.
violations contains message if {
	some tag in data.parameters.required_tags
	trim_space(object.get(input.tags, tag, "")) == ""
	message := sprintf("has no tag %s; %s asks for it", [tag, data.baseline.tier])
}
