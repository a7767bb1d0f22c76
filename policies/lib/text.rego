# Words of messages.
package dbkeel.lib.text

# "1 day", "35 days"
counted(1, unit) := sprintf("1 %s", [unit])

counted(number, unit) := sprintf("%d %ss", [number, unit]) if number != 1

# "audit", "audit and error", "audit, error and slowquery": in alphabetical order.
listed(words) := "" if count(words) == 0

listed(words) := sort(words)[0] if count(words) == 1

listed(words) := sprintf("%s and %s", [concat(", ", array.slice(ordered, 0, last)), ordered[last]]) if {
	count(words) > 1
	ordered := sort(words)
	last := count(ordered) - 1
}
