# Compares dotted versions as far as both of them go: `16` is neither older nor newer than `16.14`.
package dbkeel.lib.version

older(left, right) if {
	ours := numbers(left)
	theirs := numbers(right)
	array.slice(ours, 0, count(theirs)) < array.slice(theirs, 0, count(ours))
}

# Says at least as much as the other: `16.3` of `16.14`, but not `16`.
precise(left, right) if count(numbers(left)) >= count(numbers(right))

# Counts in the way of its major version. Aurora MySQL has two: `8.0` names the MySQL that it speaks and does not count
# in the way of major version 3, as `8.0.mysql_aurora.3.08.0` does.
counts_in(version, major) if {
	of_major := numbers(major)
	array.slice(numbers(version), 0, count(of_major)) == of_major
}

# The leading numbers: those of 16 and 3 of `16.3`, of 3, 8 and 0 of `8.0.mysql_aurora.3.08.0`. The year and month of Oracle's
# release update count as well: 19, 0, 0, 0, 2026 and 4 of `19.0.0.0.ru-2026-04.rur-2026-04.r1`. What follows a word is left out. Numbers are texts of one length, which compare as
# numbers do, and cannot fail as `to_number` can. Regular expressions would say the same, but take longer than all the rest of
# a rule.
numbers(version) := [padded(digits) |
	parts := split(version, "mysql_aurora.")
	own := concat("", array.slice(parts, count(parts) - 1, count(parts)))
	updated := concat(".", split(concat(".", split(own, ".ru-")), "-"))
	leading := trim_suffix(updated, trim_left(updated, "0123456789."))
	some digits in split(leading, ".")
	digits != ""
]

# Twenty digits, more than any vendor uses.
padded(digits) := concat("", [substring("00000000000000000000", 0, 20 - count(digits)), digits])
