package dbkeel.ownership.data_classified_test

import data.dbkeel.ownership.data_classified

test_fails_when_the_tag_is_absent if {
	expected := "the database has no tag data-classification; tier-1 asks for one of internal, confidential"
	data_classified.violations == {expected}
		with input as {"tags": {"owner": "orders"}, "is_replica": false}
		with data.parameters as {
			"classification_tag": "data-classification",
			"classifications": ["internal", "confidential"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_fails_when_the_class_is_unheard_of if {
	expected := "the replica is classified as secret; tier-1 asks for one of internal, confidential"
	data_classified.violations == {expected}
		with input as {"tags": {"data-classification": "secret"}, "is_replica": true}
		with data.parameters as {
			"classification_tag": "data-classification",
			"classifications": ["internal", "confidential"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_passes_when_the_class_is_one_of_those_asked_for if {
	data_classified.violations == set()
		with input as {"tags": {"data-classification": "confidential"}, "is_replica": false}
		with data.parameters as {
			"classification_tag": "data-classification",
			"classifications": ["internal", "confidential"],
		}
		with data.baseline as {"tier": "tier-1"}
}

test_not_applicable_when_the_tier_asks_for_no_classification if {
	data_classified.not_applicable == {"tier-3 asks for no classification"}
		with input as {"tags": {}, "is_replica": false}
		with data.parameters as {"classification_tag": "data-classification", "classifications": []}
		with data.baseline as {"tier": "tier-3"}
}

test_is_applicable_when_the_tier_asks_for_a_classification if {
	data_classified.not_applicable == set()
		with input as {"tags": {}, "is_replica": false}
		with data.parameters as {"classification_tag": "data-classification", "classifications": ["internal"]}
		with data.baseline as {"tier": "tier-1"}
}
