# METADATA
# title: The database says what kind of data it holds
# description: >-
#   How a copy may be used, who may see a dump and how fast a leak must be reported depend on what is inside. The
#   owner knows it today; the people who have to decide in an incident do not.
# custom:
#   id: DBK-OWN-003
#   severity: low
#   covers: []
#   parameters:
#     classification_tag:
#       type: string
#       default: data-classification
#       description: The key of the tag that names the class of the data.
#     classifications:
#       type: strings
#       default: []
#       description: The classes of data that there are; with none, no classification is asked for.
#   remediation:
#     text: Tag the database with the most sensitive class of data that it holds, and let its snapshots copy the tag.
package dbkeel.ownership.data_classified

import data.dbkeel.lib.roles

class := trim_space(object.get(input.tags, data.parameters.classification_tag, ""))

not_applicable contains message if {
	count(data.parameters.classifications) == 0
	message := sprintf("%s asks for no classification", [data.baseline.tier])
}

violations contains message if {
	class == ""
	message := sprintf("the %s has no tag %s; %s asks for one of %s", [
		roles.role(input.is_replica),
		data.parameters.classification_tag,
		data.baseline.tier,
		concat(", ", data.parameters.classifications),
	])
}

violations contains message if {
	class != ""
	not class in data.parameters.classifications
	message := sprintf("the %s is classified as %s; %s asks for one of %s", [
		roles.role(input.is_replica),
		class,
		data.baseline.tier,
		concat(", ", data.parameters.classifications),
	])
}
