# Compares dotted versions as far as both of them go: `16` is neither older nor newer than `16.14`.
package dbkeel.lib.version

older(left, right) if {
	shared := min({count(numbers(left)), count(numbers(right))})
	array.slice(numbers(left), 0, shared) < array.slice(numbers(right), 0, shared)
}

# Says at least as much as the other: `16.3` of `16.14`, but not `16`.
precise(left, right) if count(numbers(left)) >= count(numbers(right))

# Counts in the way of its major version. Aurora MySQL has two: `8.0` names the MySQL that it speaks and does not count
# in the way of major version 3, as `8.0.mysql_aurora.3.08.0` does.
counts_in(version, major) if array.slice(numbers(version), 0, count(numbers(major))) == numbers(major)

# The leading numbers: [16, 3] of `16.3`, [3, 8, 0] of `8.0.mysql_aurora.3.08.0`, [19, 0, 0, 0] of
# `19.0.0.0.ru-2026-04.rur-2026-04.r1`. What follows a word is left out, and so are zeros that lead a number.
numbers(version) := [number |
	own := regex.replace(version, `^.*mysql_aurora\.`, "")
	leading := regex.find_n(`^[0-9]+(\.[0-9]+)*`, own, 1)
	some digits in split(leading[0], ".")
	number := value(trim_left(digits, "0"))
]

value("") := 0

value(digits) := to_number(digits) if digits != ""
