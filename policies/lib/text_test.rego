package dbkeel.lib.text_test

import data.dbkeel.lib.text

test_one_is_singular if text.counted(1, "day") == "1 day"

test_none_and_many_are_plural if {
	text.counted(0, "day") == "0 days"
	text.counted(35, "day") == "35 days"
}

test_lists_words_as_a_sentence_does if {
	text.listed(set()) == ""
	text.listed({"audit"}) == "audit"
	text.listed({"error", "audit"}) == "audit and error"
	text.listed({"slowquery", "error", "audit"}) == "audit, error and slowquery"
	text.listed(["b", "a"]) == "a and b"
}
